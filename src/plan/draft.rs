//! A chat before it has its title.

use super::people;
use crate::school::{Audience, Chat, ChatKey, ChatKind, ChatTitle, ClassName, Member, PersonName, Place};

/// A chat that should exist, as the rules of its kind make it.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) key: ChatKey,
    pub(super) kind: ChatKind,
    pub(super) class: Option<ClassName>,
    pub(super) topic: Option<String>,
    pub(super) group: Option<String>,
    pub(super) moderator: Option<PersonName>,
    pub(super) co_admins: Vec<PersonName>,
    pub(super) staff: Vec<PersonName>,
    /// Pupils and parents, each once.
    pub(super) families: Vec<Member>,
    /// The row that the chat comes from; `None` where it follows from the settings alone.
    pub(super) place: Option<Place>,
}

impl Draft {
    /// A chat without people.
    pub(super) fn new(kind: ChatKind, key: ChatKey) -> Self {
        Self {
            key,
            kind,
            class: None,
            topic: None,
            group: None,
            moderator: None,
            co_admins: Vec::new(),
            staff: Vec::new(),
            families: Vec::new(),
            place: None,
        }
    }
}

/// A chat with its title, before its members are put in order.
#[derive(Clone, Debug)]
pub(super) struct Titled {
    pub(super) draft: Draft,
    pub(super) title: ChatTitle,
}

impl Titled {
    /// The chat.
    pub(super) fn chat(self) -> Chat {
        let Self { draft, title } = self;
        let Draft { key, kind, class, topic, group, moderator, co_admins, staff, families, place: _ } = draft;
        let co_admins = people::others(moderator.as_ref(), co_admins);
        let members = people::members(moderator.as_ref(), &co_admins, staff, families).into();
        Chat { key, kind, title, class, topic, group, audience: audience(kind), moderator, co_admins, members }
    }
}

/// Whom the sheets of a kind of chats are for.
fn audience(kind: ChatKind) -> Audience {
    match kind {
        ChatKind::ClassStudents
        | ChatKind::ClassSubject
        | ChatKind::Course
        | ChatKind::Extracurricular
        | ChatKind::Event
        | ChatKind::DirectorStudents => Audience::Students,
        ChatKind::ClassParents | ChatKind::DirectorParents => Audience::Parents,
        ChatKind::ClassTeachers
        | ChatKind::Methodical
        | ChatKind::StaffRoom
        | ChatKind::DirectorDeputies
        | ChatKind::DirectorStaff
        | ChatKind::StaffChannel => Audience::Staff,
        ChatKind::SchoolChannel => Audience::Everyone,
    }
}
