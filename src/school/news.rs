//! What the paper and the letter of a change tell: the words for the paper, the kind and the number for the letter.

use serde::{Deserialize, Serialize};

use super::ChangeKind;

/// Something that has changed, without a full stop: «прибыл(а): Орлов Ян» and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct News {
    /// Of which kind it is.
    pub kind: NewsKind,
    /// How many changes of the kind it tells, at least one.
    pub count: usize,
    /// What: «закрыть 10 чатов».
    pub words: String,
    /// The chats one by one, where it is of several: «7А — Алгебра» in its marks.
    pub chats: Vec<String>,
    /// Why; empty where it is plain.
    pub why: String,
}

/// What has happened, in the order and as far as a letter tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NewsKind {
    /// A class that is in no list any more.
    ClassGone,
    /// A class that went up in a new school year.
    ClassUp,
    /// A pupil came to the school.
    Arrived,
    /// A pupil came from another class.
    MovedIn,
    /// A pupil went to another class.
    MovedOut,
    /// A pupil left the school.
    Left,
    /// A pupil has another name.
    Renamed,
    /// A parent, or what is known of one.
    Guardian,
    /// Another homeroom teacher.
    Homeroom,
    /// A chat to be created.
    ChatNew,
    /// A chat to be retitled.
    ChatRetitled,
    /// A chat with another moderator.
    ChatModerator,
    /// A chat to be closed.
    ChatClosed,
    /// A chat that got its first link or another one.
    Link,
    /// A chat whose papers carry another address of the school's own site.
    Address,
    /// A chat without a valid link.
    LinkGone,
    /// A chat whose link is to be renewed in the app, because it was revoked.
    LinkVoid,
    /// A paper that is printed once more as it was.
    Reprinted,
    /// Anything else.
    Other,
}

impl NewsKind {
    /// The kind of a change; `None` for removals and papers, which have lists of their own, for what never came to a class, and
    /// for the state of old chats, which no paper tells.
    pub fn of(change: &ChangeKind) -> Option<Self> {
        Some(match change {
            ChangeKind::Arrived(_) => Self::Arrived,
            ChangeKind::MovedIn { .. } => Self::MovedIn,
            ChangeKind::MovedOut { .. } => Self::MovedOut,
            ChangeKind::Left(_) => Self::Left,
            ChangeKind::Renamed { .. } => Self::Renamed,
            ChangeKind::GuardianAdded { .. }
            | ChangeKind::GuardianRemoved { .. }
            | ChangeKind::GuardianChanged { .. } => Self::Guardian,
            ChangeKind::Homeroom { .. } | ChangeKind::HomeroomAddress => Self::Homeroom,
            ChangeKind::ChatNew(_) => Self::ChatNew,
            ChangeKind::ChatRetitled { .. } => Self::ChatRetitled,
            // Where nobody is named, there is nobody to hand it over to.
            ChangeKind::ChatModerator { to: Some(_), .. } => Self::ChatModerator,
            ChangeKind::ChatClosed(_) => Self::ChatClosed,
            ChangeKind::LinkReceived(_) | ChangeKind::LinkReplaced(_) => Self::Link,
            ChangeKind::AddressNew(_) => Self::Address,
            ChangeKind::LinkGone(_) => Self::LinkGone,
            ChangeKind::LinkVoid { .. } => Self::LinkVoid,
            ChangeKind::ClassGone => Self::ClassGone,
            ChangeKind::ClassUp { .. } => Self::ClassUp,
            ChangeKind::PaperCopied(_) => Self::Reprinted,
            ChangeKind::BirthDate { .. } | ChangeKind::ClassNew | ChangeKind::ChatModerator { to: None, .. } => {
                Self::Other
            }
            ChangeKind::OldChat { .. }
            | ChangeKind::Removal { .. }
            | ChangeKind::Admission { .. }
            | ChangeKind::LinkTakenBack(_)
            | ChangeKind::PaperNew(_)
            | ChangeKind::PaperRenewed(_)
            | ChangeKind::PaperVoid { .. } => return None,
        })
    }

    /// Whether something is to be done to a chat in the app: news of this kind are work.
    pub fn is_work_on_chats(self) -> bool {
        matches!(self, Self::ChatNew | Self::ChatRetitled | Self::ChatModerator | Self::ChatClosed | Self::LinkVoid)
    }
}

impl News {
    /// How many changes of a kind several news tell together.
    pub fn total(news: &[Self], kind: NewsKind) -> usize {
        news.iter().filter(|one| one.kind == kind).map(|one| one.count).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::NewsKind;
    use crate::plan::sample::{class, name};
    use crate::school::{ChangeKind, ChatKey, ChatRef, PersonId, PupilRef};

    #[track_caller]
    fn check(what: &ChangeKind, expected: impl Into<Option<NewsKind>>) {
        assert_eq!(NewsKind::of(what), expected.into(), "{what:?}");
    }

    #[test]
    fn every_change_has_its_kind() {
        let pupil = || PupilRef {
            id: PersonId::of_bytes([1; 16]),
            name: name("Орлов Ян Львович"),
            detail: crate::school::NameDetail::Usual,
        };
        let chat = || ChatRef {
            key: ChatKey::of(&["7А", "родители"]), title: "7А родители".parse().unwrap()
        };
        check(&ChangeKind::Arrived(pupil()), NewsKind::Arrived);
        check(&ChangeKind::Left(pupil()), NewsKind::Left);
        check(&ChangeKind::MovedIn { pupil: pupil(), from: class("7Б") }, NewsKind::MovedIn);
        check(&ChangeKind::MovedOut { pupil: pupil(), to: class("7Б") }, NewsKind::MovedOut);
        check(&ChangeKind::GuardianRemoved { pupil: pupil(), name: None }, NewsKind::Guardian);
        check(&ChangeKind::BirthDate { pupil: pupil() }, NewsKind::Other);
        check(&ChangeKind::ClassGone, NewsKind::ClassGone);
        check(&ChangeKind::ClassUp { from: class("7Б") }, NewsKind::ClassUp);
        check(&ChangeKind::HomeroomAddress, NewsKind::Homeroom);
        check(&ChangeKind::ChatNew(chat()), NewsKind::ChatNew);
        check(&ChangeKind::ChatRetitled { chat: chat(), from: chat().title }, NewsKind::ChatRetitled);
        let to = |to| ChangeKind::ChatModerator { chat: chat(), from: None, to };
        check(&to(Some(name("Орлов Ян Львович"))), NewsKind::ChatModerator);
        check(&to(None), NewsKind::Other);
        check(&ChangeKind::ChatClosed(chat()), NewsKind::ChatClosed);
        check(&ChangeKind::LinkReceived(chat()), NewsKind::Link);
        check(&ChangeKind::LinkReplaced(chat()), NewsKind::Link);
        check(&ChangeKind::AddressNew(chat()), NewsKind::Address);
        check(&ChangeKind::LinkGone(chat()), NewsKind::LinkGone);
        check(&ChangeKind::Removal { chat: chat(), who: "Орлов Ян".to_owned(), pupil: None }, None);
    }
}
