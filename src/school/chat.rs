//! A chat or channel that should exist, with everything a person needs to create and run it.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};

use super::{ClassName, NameDetail, PersonId, PersonName, lowercase};

/// The name of a chat that never changes, whatever its title becomes: `7А/родители`, `7А/предмет/алгебра/1`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ChatKey(Arc<str>);

/// The title of a chat, 1–200 characters on one line (the limit of MAX).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ChatTitle(String);

/// Why a text is not the title of a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChatTitleError {
    /// Nothing but blanks.
    #[error("название чата пустое")]
    Empty,
    /// More than 200 characters.
    #[error("название чата длиннее 200 знаков")]
    TooLong,
}

/// A chat that should exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Chat {
    /// Its lasting key.
    pub key: ChatKey,
    /// What it is for.
    pub kind: ChatKind,
    /// The exact title to type in the app.
    pub title: ChatTitle,
    /// The class it belongs to; `None` for chats of the school and of groups.
    pub class: Option<ClassName>,
    /// The subject of a subject chat, the title of a group.
    pub topic: Option<String>,
    /// The group inside the class, for a subject taught in groups.
    pub group: Option<String>,
    /// Whom its sheets are for.
    pub audience: Audience,
    /// Who creates and moderates it; `None` only where the tables name nobody.
    pub moderator: Option<PersonName>,
    /// Further administrators of the chat.
    pub co_admins: Vec<PersonName>,
    /// Who should be in it, the moderator and the administrators included. Shared by the copies of a chat: in all chats of
    /// a school there are ten times as many members as people.
    pub members: Arc<[Member]>,
}

/// Someone who should be in a chat.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Member {
    /// The name; `None` for a parent whom the roster does not name.
    pub name: Option<PersonName>,
    /// As whom.
    pub role: MemberRole,
    /// The pupil, for a parent.
    pub student: Option<PersonName>,
    /// The local id of a pupil or of a parent who is known by name.
    #[serde(skip)]
    pub id: Option<PersonId>,
    /// The local id of the pupil, for a parent.
    #[serde(skip)]
    pub student_id: Option<PersonId>,
}

/// As whom a person is in a chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    /// The one who created the chat and answers for its order.
    Moderator,
    /// A further administrator.
    CoAdmin,
    /// A member of the staff.
    Staff,
    /// A pupil.
    Student,
    /// A parent or another legal representative.
    Guardian,
}

/// Whom a chat and its papers are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// Pupils.
    Students,
    /// Parents and other legal representatives.
    Parents,
    /// The staff.
    Staff,
    /// Everybody of the school (the common channel).
    Everyone,
}

/// What a chat is for (62.3, 31.2.1–2.4, bel 4.2, 65.5.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChatKind {
    /// The students of a class.
    ClassStudents,
    /// The parents of a class.
    ClassParents,
    /// The teachers who teach a class.
    ClassTeachers,
    /// A class by subject.
    ClassSubject,
    /// A course.
    Course,
    /// An extracurricular course.
    Extracurricular,
    /// An event.
    Event,
    /// A methodical group.
    Methodical,
    /// «Учительская»: all staff.
    StaffRoom,
    /// Director ↔ deputies.
    DirectorDeputies,
    /// Director ↔ teaching staff.
    DirectorStaff,
    /// Head ↔ parents' active group.
    DirectorParents,
    /// Head ↔ students' active group.
    DirectorStudents,
    /// The channel «Общешкольный канал».
    SchoolChannel,
    /// The channel «Сотрудники».
    StaffChannel,
}

impl Member {
    /// The person as a moderator looks for them: «Иванова Анна Петровна (родитель: Иванов Пётр)». `detail` is that of the pupil
    /// who is meant: the person, or the child.
    pub fn in_words(&self, detail: NameDetail) -> String {
        match (&self.name, &self.student) {
            (Some(name), Some(student)) => format!("{name} (родитель: {})", detail.short_in_brackets(student)),
            (Some(name), None) => detail.full(name),
            (None, Some(student)) => format!("родители ученика: {}", detail.short(student)),
            (None, None) => String::new(),
        }
    }

    /// Whether [`Self::in_words`] may have said this, whatever namesakes there were. `birth` is that of the pupil who is meant.
    pub fn is_called(&self, words: &str, birth: impl FnOnce() -> Option<Date>) -> bool {
        // Most members have nothing to do with the words.
        let may_be = self.name.as_ref().or(self.student.as_ref()).is_some_and(|name| words.contains(&name.surname));
        may_be && NameDetail::all(birth()).any(|detail| self.in_words(detail) == words)
    }

    /// The pupil whom the words of a member are about: a pupil, or the child of a parent.
    pub fn pupil(&self) -> Option<PersonId> {
        self.student_id.or(self.id.filter(|_| self.role == MemberRole::Student))
    }
}

impl Chat {
    /// How many people are to be in it: «28», «3 + группа» where only the teacher knows who learns in the group.
    pub fn size_in_words(&self) -> String {
        let members = self.members.len();
        if self.group.is_some() { format!("{members} + группа") } else { members.to_string() }
    }
}

impl ChatKey {
    /// A key of its parts, folded to what file names and tables keep: lower case but for the class, no slashes inside,
    /// no part empty.
    pub fn of(parts: &[&str]) -> Self {
        let clean = |part: &str| {
            part.split_whitespace().collect::<Vec<_>>().join(" ").replace(['/', '\\'], "-").trim().to_owned()
        };
        let mut parts = parts.iter().map(|part| clean(part)).filter(|part| !part.is_empty());
        let first = parts.next().unwrap_or_default();
        let parts = std::iter::once(first).chain(parts.map(|part| lowercase(&part)));
        Self(parts.collect::<Vec<_>>().join("/").into())
    }

    /// The key as tables hold it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for ChatKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(Self::of(&text.split('/').collect::<Vec<_>>()))
    }
}

impl fmt::Display for ChatKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ChatTitle {
    /// The longest title MAX takes, in characters.
    pub const MAX: usize = 200;

    /// The title.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for ChatTitle {
    type Err = ChatTitleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let title = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match title.chars().count() {
            0 => Err(ChatTitleError::Empty),
            1..=Self::MAX => Ok(Self(title)),
            _ => Err(ChatTitleError::TooLong),
        }
    }
}

impl fmt::Display for ChatTitle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ChatKind {
    /// Every kind, in the order of lists.
    pub const ALL: [Self; 15] = [
        Self::ClassStudents,
        Self::ClassParents,
        Self::ClassTeachers,
        Self::ClassSubject,
        Self::Course,
        Self::Extracurricular,
        Self::Event,
        Self::Methodical,
        Self::StaffRoom,
        Self::DirectorDeputies,
        Self::DirectorStaff,
        Self::DirectorParents,
        Self::DirectorStudents,
        Self::SchoolChannel,
        Self::StaffChannel,
    ];

    /// The key of the kind in `zavuch.toml` and in the regulations.
    pub fn id(self) -> &'static str {
        match self {
            Self::ClassStudents => "class_students",
            Self::ClassParents => "class_parents",
            Self::ClassTeachers => "class_teachers",
            Self::ClassSubject => "class_subject",
            Self::Course => "course",
            Self::Extracurricular => "extracurricular",
            Self::Event => "event",
            Self::Methodical => "methodical",
            Self::StaffRoom => "staff_room",
            Self::DirectorDeputies => "director_deputies",
            Self::DirectorStaff => "director_staff",
            Self::DirectorParents => "director_parents",
            Self::DirectorStudents => "director_students",
            Self::SchoolChannel => "school_channel",
            Self::StaffChannel => "staff_channel",
        }
    }

    /// The kind in words, for lists: «чат родителей класса».
    pub fn words(self) -> &'static str {
        match self {
            Self::ClassStudents => "чат обучающихся класса",
            Self::ClassParents => "чат родителей класса",
            Self::ClassTeachers => "чат учителей класса",
            Self::ClassSubject => "чат класса по предмету",
            Self::Course => "чат курса",
            Self::Extracurricular => "чат внеурочной деятельности",
            Self::Event => "чат мероприятия",
            Self::Methodical => "чат методического объединения",
            Self::StaffRoom => "чат «Учительская»",
            Self::DirectorDeputies => "чат директора с заместителями",
            Self::DirectorStaff => "чат директора с педагогами",
            Self::DirectorParents => "чат директора с родительским активом",
            Self::DirectorStudents => "чат директора с активом обучающихся",
            Self::SchoolChannel => "общешкольный канал",
            Self::StaffChannel => "канал сотрудников",
        }
    }

    /// Whether it is a channel (only administrators write) and not a chat.
    pub fn is_channel(self) -> bool {
        matches!(self, Self::SchoolChannel | Self::StaffChannel)
    }
}

#[cfg(test)]
mod tests {
    use super::ChatKey;

    #[track_caller]
    fn check(parts: &[&str], expected: &str) {
        assert_eq!(ChatKey::of(parts).as_str(), expected);
    }

    #[test]
    fn keys() {
        check(&["7А", "предмет", "Английский  язык", "1"], "7А/предмет/английский язык/1");
        check(&["7А", "предмет", "Физика/Химия", ""], "7А/предмет/физика-химия");
        check(&["10 ПРОФИЛЬНЫЙ", "родители"], "10 ПРОФИЛЬНЫЙ/родители");
    }
}
