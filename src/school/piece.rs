//! A paper as it is handed out: one sheet, one slip, one form, each with a version of its own.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{Audience, ChatKey, ClassName, Edition, PersonId};

/// Whose papers, chats and letters something belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// A class.
    Class(ClassName),
    /// The school and its groups.
    School,
}

/// One paper among those of a class or of the school.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Piece {
    /// The poster of a chat.
    Poster {
        /// The chat.
        chat: ChatKey,
    },
    /// The slip of a pupil with the code of a chat.
    Slip {
        /// The chat.
        chat: ChatKey,
        /// The pupil.
        student: PersonId,
    },
    /// The codes of the parents' chats of all classes in which the children of a family learn.
    Family {
        /// One of the children, and of no other family's sheet.
        student: PersonId,
    },
    /// The acknowledgement form of those for whom a chat is.
    Form {
        /// Who signs it.
        audience: Audience,
    },
    /// The moderator's memo.
    Memo,
    /// The rules for those who communicate.
    Rules {
        /// Who reads them.
        audience: Audience,
    },
    /// The consents to place photographs and video, one for each pupil.
    Consent,
    /// The log of violations and unblockings.
    Log,
    /// The texts for the old and the new chats.
    Announcements,
    /// A paper of the school that people edit.
    Draft {
        /// Which.
        draft: Draft,
    },
}

/// A paper of the school that people edit and sign before it is used. What they have changed is theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Draft {
    /// The director's order.
    Order,
    /// Its annex as a table: chats and moderators.
    ChatRegister,
    /// The letter that asks to register the school (31.2.1, 65.3.3).
    Application,
}

/// What the content of a paper was made from, as a hash: equal fingerprints mean equal papers.
///
/// It leaves out the version and the date of issue, and the order of what has no order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint([u8; 32]);

/// The versions of the papers of a class or of the school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editions {
    others: Edition,
    known: BTreeMap<Piece, Edition>,
}

impl Piece {
    /// Whether it carries a code, which must not be used once it is void: a poster, a slip or the sheet of a family, handed
    /// out singly.
    pub fn has_code(&self) -> bool {
        matches!(self, Self::Poster { .. } | Self::Slip { .. } | Self::Family { .. })
    }

    /// The chat to which its only code leads.
    pub fn chat(&self) -> Option<&ChatKey> {
        match self {
            Self::Poster { chat } | Self::Slip { chat, .. } => Some(chat),
            Self::Family { .. }
            | Self::Form { .. }
            | Self::Memo
            | Self::Rules { .. }
            | Self::Consent
            | Self::Log
            | Self::Announcements
            | Self::Draft { .. } => None,
        }
    }

    /// The same paper, its chat under another key.
    #[must_use]
    pub fn with_chat(&self, key: &ChatKey) -> Self {
        match self {
            Self::Poster { .. } => Self::Poster { chat: key.clone() },
            Self::Slip { student, .. } => Self::Slip { chat: key.clone(), student: *student },
            document => document.clone(),
        }
    }

    /// What people call it, where its chat or its people need not be named: «лист ознакомления родителей»; `None` for a
    /// poster or a slip.
    pub fn document(&self) -> Option<&'static str> {
        Some(match self {
            Self::Poster { .. } | Self::Slip { .. } => return None,
            Self::Family { .. } => "семейный лист",
            Self::Form { audience } => match audience {
                Audience::Parents => "лист ознакомления родителей",
                Audience::Students => "лист ознакомления обучающихся",
                Audience::Staff => "лист ознакомления сотрудников",
                Audience::Everyone => "лист ознакомления",
            },
            Self::Memo => "памятка модератора",
            Self::Rules { audience } => match audience {
                Audience::Parents => "правила для родителей",
                Audience::Students => "правила для обучающихся",
                Audience::Staff => "правила для сотрудников",
                Audience::Everyone => "правила для всех",
            },
            Self::Consent => "согласия на фото и видео",
            Self::Log => "журнал нарушений",
            Self::Announcements => "тексты объявлений",
            Self::Draft { draft } => draft.words(),
        })
    }
}

impl Draft {
    /// Every draft.
    pub const ALL: [Self; 3] = [Self::Order, Self::ChatRegister, Self::Application];

    /// Its name in the store.
    pub fn id(self) -> &'static str {
        match self {
            Self::Order => "order",
            Self::ChatRegister => "chat_register",
            Self::Application => "application",
        }
    }

    /// The name of its file, without the school.
    pub fn title(self) -> &'static str {
        match self {
            Self::Order => "Приказ (проект)",
            Self::ChatRegister => "Реестр чатов и модераторов",
            Self::Application => "Заявка на регистрацию школы",
        }
    }

    /// What people call it in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Order => "проект приказа",
            Self::ChatRegister => "реестр чатов и модераторов",
            Self::Application => "заявка на регистрацию школы",
        }
    }

    /// The ending of its file.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Order => "docx",
            Self::ChatRegister => "xlsx",
            Self::Application => "eml",
        }
    }
}

impl Scope {
    /// «7А», «Школа».
    pub fn title(&self) -> String {
        match self {
            Self::Class(class) => class.to_string(),
            Self::School => "Школа".to_owned(),
        }
    }

    /// The class; `None` for the school.
    pub fn class(&self) -> Option<&ClassName> {
        match self {
            Self::Class(class) => Some(class),
            Self::School => None,
        }
    }
}

impl From<Option<&ClassName>> for Scope {
    fn from(class: Option<&ClassName>) -> Self {
        class.map_or(Self::School, |class| Self::Class(class.clone()))
    }
}

impl Fingerprint {
    /// The fingerprint of a SHA-256 sum.
    pub fn of_sum(sum: [u8; 32]) -> Self {
        Self(sum)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut digits = [0; 64];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(self.0) {
            let digit = |four: u8| if four < 10 { b'0' + four } else { b'a' + four - 10 };
            pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
        }
        f.write_str(str::from_utf8(&digits).unwrap_or_default())
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Fingerprint({self})")
    }
}

/// A text that is no fingerprint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("это не отпечаток: нужны 64 шестнадцатеричные цифры")]
pub struct FingerprintError;

impl FromStr for Fingerprint {
    type Err = FingerprintError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut sum = [0; 32];
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return Err(FingerprintError);
        }
        for (byte, pair) in sum.iter_mut().zip(digits.chunks(2)) {
            let digit = |digit: u8| char::from(digit).to_digit(16).ok_or(FingerprintError);
            let [high, low] = *pair else { return Err(FingerprintError) };
            *byte = (digit(high)? * 16 + digit(low)?) as u8;
        }
        Ok(Self(sum))
    }
}

impl Editions {
    /// One edition for all papers.
    pub fn all(edition: Edition) -> Self {
        Self { others: edition, known: BTreeMap::new() }
    }

    /// Sets the edition of one paper.
    pub fn set(&mut self, piece: Piece, edition: Edition) {
        self.known.insert(piece, edition);
    }

    /// The edition of a paper.
    pub fn of(&self, piece: &Piece) -> Edition {
        self.known.get(piece).copied().unwrap_or(self.others)
    }

    /// The edition of papers that have none of their own: that of this run.
    pub fn current(&self) -> Edition {
        self.others
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn a_fingerprint_is_read_back() {
        let fingerprint = Fingerprint::of_sum([0xa7; 32]);
        assert_eq!(fingerprint.to_string().parse(), Ok(fingerprint));
        assert!("a7".parse::<Fingerprint>().is_err());
        assert!("я".repeat(32).parse::<Fingerprint>().is_err());
    }
}
