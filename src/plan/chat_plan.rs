//! The chats that should exist.

use serde::Serialize;

use crate::school::{Chat, ChatKey, ClassName, Homeroom, PersonName, SchoolYear};

/// All chats that should exist, class by class, then those of groups and of the school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChatPlan {
    /// The school year for which it is made.
    pub year: SchoolYear,
    /// Every class of the roster in order, one without chats too.
    pub classes: Vec<ClassPlan>,
    /// The chats of groups and of the school, by kind and key.
    pub school: Vec<Chat>,
}

/// One class with its chats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassPlan {
    /// The class.
    pub name: ClassName,
    /// How many pupils it has.
    pub pupils: usize,
    /// Its homeroom teacher: who the staff table says, else who the roster says.
    ///
    /// Where nobody is named any more it is the former one, without an address, until somebody else is: a chat must not be
    /// without an administrator.
    pub homeroom: Option<Homeroom>,
    /// The former teacher whose successor is awaited; `None` where the tables name a teacher, or never did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub successor_of: Option<PersonName>,
    /// Its chats by kind and key.
    pub chats: Vec<Chat>,
}

impl ChatPlan {
    /// Every chat: those of the classes in order, then those of groups and of the school.
    pub fn chats(&self) -> impl Iterator<Item = &Chat> {
        self.classes.iter().flat_map(|class| &class.chats).chain(&self.school)
    }

    /// The chat of a key.
    pub fn chat(&self, key: &ChatKey) -> Option<&Chat> {
        self.chats().find(|chat| chat.key == *key)
    }

    /// The plan of a class.
    pub fn class(&self, name: &ClassName) -> Option<&ClassPlan> {
        self.classes.iter().find(|class| class.name == *name)
    }
}
