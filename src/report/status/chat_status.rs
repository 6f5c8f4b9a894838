//! How far one chat is.

use jiff::civil::Date;
use serde::Serialize;

use super::share::Share;
use crate::school::{
    Chat, ChatKey, ChatKind, ChatProgress, ChatRoll, ChatStage, ChatTitle, HandedOut, Joined, LinkStanding, PersonName,
};

/// How far a chat is. It holds no link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChatStatus {
    /// Its key.
    pub key: ChatKey,
    /// Its title.
    pub title: ChatTitle,
    /// What it is for.
    pub kind: ChatKind,
    /// Who moderates it.
    #[serde(skip)]
    pub moderator: Option<PersonName>,
    /// How far it has come.
    pub stage: ChatStage,
    /// What became of its link.
    pub link: LinkStanding,
    /// When its slips were handed out.
    pub handed_out: Option<Date>,
    /// Who has joined; `None` where nobody has told, or nobody can tell who is to be in it.
    pub joined: Option<Share>,
    /// How many are to be in it; `None` where only the teacher knows.
    pub members: Option<usize>,
    /// The day of the last list of members.
    pub listed_on: Option<Date>,
    /// How many in it are in no list: a finding for the moderator.
    pub strangers: u32,
    /// How many in it may be somebody of the lists.
    pub doubtful: u32,
}

impl ChatStatus {
    pub(super) fn of(
        chat: &Chat,
        link: LinkStanding,
        progress: ChatProgress,
        roll: Option<&ChatRoll>,
        papers_since: Option<Date>,
    ) -> Self {
        let members = chat.group.is_none().then_some(chat.members.len());
        // What the register says since the list was taken in is newer than the list.
        let roll = roll.filter(|roll| progress.joined.is_none() || progress.joined == roll.register);
        let done = match (roll, progress.joined) {
            (Some(roll), _) => Some(roll.joined(&chat.members)),
            (None, Some(Joined::Everybody)) => Some(chat.members.len()),
            (None, Some(Joined::Number(number))) => Some((number as usize).min(chat.members.len())),
            (None, None) => None,
        };
        let handed_out = match progress.handed_out {
            Some(HandedOut::On(day)) => Some(day),
            Some(HandedOut::Undated) | None => None,
        };
        Self {
            key: chat.key.clone(),
            title: chat.title.clone(),
            kind: chat.kind,
            moderator: chat.moderator.clone(),
            stage: link.stage(progress, papers_since),
            link,
            handed_out,
            joined: done.zip(members).map(|(done, of)| Share { done, of }),
            members,
            listed_on: roll.map(|roll| roll.on),
            strangers: roll.map_or(0, |roll| roll.strangers),
            doubtful: roll.map_or(0, |roll| roll.doubtful),
        }
    }

    /// Whether the chat exists.
    pub(super) fn exists(&self) -> bool {
        self.stage != ChatStage::Planned
    }

    /// Whether its link is there.
    pub(super) fn has_link(&self) -> bool {
        matches!(self.link, LinkStanding::Received { .. } | LinkStanding::Active { .. })
    }

    /// Whether its papers with the address of now are made.
    pub(super) fn is_printed(&self) -> bool {
        matches!(self.stage, ChatStage::Printed | ChatStage::HandedOut)
    }

    /// The day since when its link is known.
    pub(super) fn link_since(&self) -> Option<Date> {
        match self.link {
            LinkStanding::Received { on } => Some(on),
            LinkStanding::Active { received, .. } => Some(received),
            _ => None,
        }
    }
}
