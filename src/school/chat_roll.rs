//! Who of those who should be in a chat was found in it.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::{Joined, Member, PersonId};

/// The last comparison of a chat's members with those who should be in it. Of strangers only the number is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatRoll {
    /// The day of the list.
    pub on: Date,
    /// Who was found; empty where only a number was told.
    pub present: BTreeSet<RollMember>,
    /// How many were told, where no names were.
    pub number: Option<u32>,
    /// How many in the chat nobody of the lists can be.
    pub strangers: u32,
    /// How many in the chat may be somebody of the lists, which nobody has decided.
    pub doubtful: u32,
    /// What the register of links said then: when it says something else, that is newer.
    pub register: Option<Joined>,
}

/// A member of a chat as it is remembered that he is there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RollMember {
    /// A pupil, by the local id.
    Pupil(PersonId),
    /// A parent; `None` for one without an id of the own.
    Parent {
        /// The pupil.
        pupil: PersonId,
        /// The parent.
        guardian: Option<PersonId>,
    },
    /// A member of the staff, by the folded name.
    Staff(String),
}

impl RollMember {
    /// The member as it is remembered; `None` for somebody who cannot be known again.
    pub fn of(member: &Member) -> Option<Self> {
        match (member.student_id, member.id, &member.name, &member.student) {
            (Some(pupil), guardian, _, _) => Some(Self::Parent { pupil, guardian }),
            (None, Some(id), _, _) => Some(Self::Pupil(id)),
            (None, None, Some(name), None) => Some(Self::Staff(name.folded())),
            (None, None, _, _) => None,
        }
    }
}

impl ChatRoll {
    /// How many of `members` are in the chat, never more than they are.
    pub fn joined(&self, members: &[Member]) -> usize {
        match self.number {
            Some(number) => (number as usize).min(members.len()),
            None => members.iter().filter(|member| self.has(member)).count(),
        }
    }

    /// Whether a member was found by name.
    pub fn has(&self, member: &Member) -> bool {
        RollMember::of(member).is_some_and(|member| self.present.contains(&member))
    }
}
