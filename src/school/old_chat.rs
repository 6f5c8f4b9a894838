//! The chats in foreign messengers that move (62.2, 65.5.1): what people tell of them, and how far each has come.
//!
//! No link of a foreign messenger is kept, and nobody's name but that of a member of the staff.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use super::{ChatKey, ClassName, PersonName, Place, fold};

/// The table of old chats.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OldChats {
    /// Its chats in the order of the table.
    pub chats: Vec<OldChat>,
}

/// One chat in a foreign messenger, as its row tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldChat {
    /// By what it is known from run to run.
    pub key: OldChatKey,
    /// «Viber»; empty where nothing is said.
    pub messenger: String,
    /// Its name there.
    pub title: String,
    /// Whose it is.
    pub whose: Whose,
    /// Who is in it; `None` where neither a cell nor the name says so.
    pub members_are: Option<OldAudience>,
    /// Who runs it, as the table has it: whoever is no member of the staff is nobody.
    pub leader: Option<PersonName>,
    /// How many are in it.
    pub size: Option<u32>,
    /// By when it is to be closed.
    pub until: Option<Date>,
    /// How far it has come.
    pub state: OldChatState,
    /// The cell of the name.
    pub place: Place,
    /// The cell of who runs it.
    pub leader_place: Place,
}

/// Whose an old chat is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// A class.
    Class(ClassName),
    /// A group or the whole school, as the cell names it.
    Group(String),
    /// Nothing is said.
    Unsaid,
}

/// Who is in an old chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OldAudience {
    /// The pupils.
    Students,
    /// Their parents.
    Parents,
    /// The teachers.
    Teachers,
    /// The pupils, for a subject: its name, or a text in which it stands.
    Subject(String),
}

/// By what an old chat is known from run to run: messenger, class or group, name and members, folded.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OldChatKey(String);

/// How far an old chat has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OldChatState {
    /// Nothing was said in it yet.
    #[default]
    NotBegun,
    /// The move is announced in it.
    Announced,
    /// Its members are in the new chat.
    Moved,
    /// It is closed.
    Closed,
}

/// An old chat as the store remembers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OldChatRecord {
    /// «Viber «7А родители»».
    pub words: String,
    /// The chat that replaces it, as far as there is one.
    pub chat: Option<ChatKey>,
    /// How far it had come.
    pub state: OldChatState,
    /// Since when it is so.
    pub since: Date,
    /// The member of the staff who answers for its move, by the folded name; `None` where nobody is known.
    pub responsible: Option<String>,
    /// By when it is to be closed, where its row says so.
    pub until: Option<Date>,
}

impl OldChat {
    /// «Viber «7А родители»», as lists name it.
    pub fn words(&self) -> String {
        format!("{} «{}»", self.messenger, self.title).trim().to_owned()
    }

    /// «7А», «Робототехника», «—».
    pub fn whose_words(&self) -> String {
        match &self.whose {
            Whose::Class(class) => class.to_string(),
            Whose::Group(group) => group.clone(),
            Whose::Unsaid => "—".to_owned(),
        }
    }
}

impl OldChatKey {
    /// The key of a chat.
    pub fn of(messenger: &str, whose: &Whose, title: &str, members_are: Option<&OldAudience>) -> Self {
        let whose = match whose {
            Whose::Class(class) => class.to_string(),
            Whose::Group(group) => fold(group),
            Whose::Unsaid => String::new(),
        };
        let audience = match members_are {
            None => String::new(),
            Some(OldAudience::Students) => "обучающиеся".to_owned(),
            Some(OldAudience::Parents) => "родители".to_owned(),
            Some(OldAudience::Teachers) => "учителя".to_owned(),
            Some(OldAudience::Subject(subject)) => fold(subject),
        };
        Self(format!("{}/{whose}/{}/{audience}", fold(messenger), fold(title)))
    }

    /// A key as it was recorded.
    pub fn recorded(text: String) -> Self {
        Self(text)
    }

    /// The text to record.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OldChatKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl OldChatState {
    /// All, in the order of a chat's end.
    pub const ALL: [Self; 4] = [Self::NotBegun, Self::Announced, Self::Moved, Self::Closed];

    /// As the drop-down list of the table offers it.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotBegun => "не начат",
            Self::Announced => "объявлено",
            Self::Moved => "переехали",
            Self::Closed => "закрыт",
        }
    }

    /// Its name in JSON and in the store.
    pub fn id(self) -> &'static str {
        match self {
            Self::NotBegun => "not_begun",
            Self::Announced => "announced",
            Self::Moved => "moved",
            Self::Closed => "closed",
        }
    }
}
