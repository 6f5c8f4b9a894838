//! A letter as a value: what is known of it, how far it is, and what may become of it.

use jiff::Timestamp;

use crate::school::{ClassName, Email, PersonName};
use crate::store::PackageId;

/// The local number of a letter, which people are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LetterId(pub(in crate::store) i64);

/// How far a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LetterState {
    /// It waits to be sent.
    Queued,
    /// The server may have heard of it; its final dot was not sent.
    Attempt,
    /// Its final dot may have been sent.
    Dot,
    /// The server has taken it.
    Sent,
    /// Nobody knows whether the server has taken it; a person decides.
    Unknown,
    /// The server refuses it.
    Failed,
    /// It does not fit what holds now; it is not sent.
    Held,
    /// Another letter has taken its place, or a person does not want it sent.
    Cancelled,
}

/// A letter to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct LetterDraft {
    /// The class whose papers it carries.
    pub class: ClassName,
    /// What it is written for: opaque here.
    pub kind: String,
    /// Its recipient.
    pub to: PersonName,
    /// The recipient's address.
    pub address: Email,
    /// Its subject.
    pub subject: String,
    /// The name of its file.
    pub file: String,
    /// Its Message-ID with the angle brackets.
    pub message_id: String,
    /// The message.
    pub bytes: Vec<u8>,
}

/// A letter as recorded, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLetter {
    /// Its number.
    pub id: LetterId,
    /// The package that it was composed for; `None` for a reminder.
    pub package: Option<PackageId>,
    /// The class whose papers it carries.
    pub class: ClassName,
    /// The class of its package.
    pub package_class: Option<ClassName>,
    /// What it is written for.
    pub kind: String,
    /// Its recipient.
    pub to: PersonName,
    /// The recipient's address.
    pub address: Email,
    /// Its subject.
    pub subject: String,
    /// The name of its file.
    pub file: String,
    /// Its Message-ID.
    pub message_id: String,
    /// Its size, in bytes.
    pub size: usize,
    /// Whether its bytes are still kept.
    pub has_bytes: bool,
    /// How far it is.
    pub state: LetterState,
    /// How often a server put it off.
    pub tries: u32,
    /// When a server put it off for the first time.
    pub first_try: Option<Timestamp>,
    /// Before when it is not to be tried.
    pub not_before: Option<Timestamp>,
    /// When its state changed.
    pub since: Timestamp,
    /// Why, for people; empty where the state says everything.
    pub why: String,
}

/// What becomes of a letter that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The server has taken it.
    Sent,
    /// It was not tried after all: it waits as before.
    Untried,
    /// It waits for another try.
    Later {
        /// Before when it is not to be tried.
        not_before: Timestamp,
        /// Why.
        why: String,
    },
    /// Nobody knows.
    Unknown {
        /// Why.
        why: String,
    },
    /// The server refuses it, or has put it off too often.
    Failed {
        /// Why.
        why: String,
    },
}

/// What a person decides about a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It has arrived, or was sent by hand.
    Sent,
    /// It is to be sent, once more or after all: the same bytes, the same Message-ID.
    Resend,
    /// It is not to be sent.
    Cancel,
}

/// What was found at the start of a run, and made right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Letters whose final dot was not sent: they wait again.
    pub queued: usize,
    /// Letters whose final dot may have been sent.
    pub unknown: usize,
}

impl LetterId {
    /// The letter that people call by a number.
    pub fn of_number(number: u32) -> Self {
        Self(i64::from(number))
    }
}

impl std::fmt::Display for LetterId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl LetterState {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Queued, Self::Attempt, Self::Dot, Self::Sent, Self::Unknown, Self::Failed, Self::Held, Self::Cancelled];

    /// Its name in the store and in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Attempt => "attempt",
            Self::Dot => "dot",
            Self::Sent => "sent",
            Self::Unknown => "unknown",
            Self::Failed => "failed",
            Self::Held => "held",
            Self::Cancelled => "cancelled",
        }
    }

    /// Its name for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Queued => "ждёт отправки",
            Self::Attempt => "отправляется",
            Self::Dot | Self::Unknown => "неизвестно",
            Self::Sent => "отправлено",
            Self::Failed => "не принято",
            Self::Held => "задержано",
            Self::Cancelled => "отменено",
        }
    }

    /// Whether a later letter may take its place: it is meant to be sent, and surely was not.
    pub fn may_be_replaced(self) -> bool {
        matches!(self, Self::Queued | Self::Failed | Self::Held)
    }

    /// Whether nothing is left to be done about it.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Sent | Self::Cancelled)
    }
}

impl std::fmt::Debug for LetterDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut draft = f.debug_struct("LetterDraft");
        draft.field("class", &self.class).field("kind", &self.kind).field("size", &self.bytes.len());
        draft.finish_non_exhaustive()
    }
}
