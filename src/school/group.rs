//! Groups beyond a class: courses, events, methodical groups, active groups.

use std::fmt;

use jiff::civil::Date;
use serde::Serialize;

use super::{ChatKind, ClassName, PersonName, Place, dotted};

/// The table of groups.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// Its groups in the order of the table.
    pub groups: Vec<Group>,
}

/// One group. Its rows in the table are joined by kind and title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What kind of group it is.
    pub kind: GroupKind,
    /// «Робототехника».
    pub title: String,
    /// The staff member who runs it.
    pub leader: Option<PersonName>,
    /// The classes that take part as a whole.
    pub classes: Vec<ClassName>,
    /// People who take part one by one: pupils, parents or staff, by the kind of the group.
    pub people: Vec<Participant>,
    /// The cell of the title.
    pub place: Place,
    /// The cell of the leader, in the row that names one.
    pub leader_place: Place,
    /// The cell of the classes, in the first row.
    pub classes_place: Place,
    /// The cell of the people, in the first row.
    pub people_place: Place,
}

/// Somebody who takes part in a group: a name, and what tells the person from namesakes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Participant {
    /// The name.
    pub name: PersonName,
    /// The class, where the table says it.
    pub class: Option<ClassName>,
    /// The date of birth, where the table says it.
    pub birth_date: Option<Date>,
}

impl From<PersonName> for Participant {
    fn from(name: PersonName) -> Self {
        Self { name, class: None, birth_date: None }
    }
}

/// As the table has it: «Иванов Пётр Ильич (7А, 04.05.2013)».
impl fmt::Display for Participant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, class, birth_date } = self;
        write!(f, "{name}")?;
        let more = class.as_ref().map(ToString::to_string).into_iter().chain(birth_date.map(dotted));
        let more = more.collect::<Vec<_>>().join(", ");
        if more.is_empty() { Ok(()) } else { write!(f, " ({more})") }
    }
}

/// The kind of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum GroupKind {
    /// «курс»: a course of pupils.
    Course,
    /// «внеурочная деятельность»: an extracurricular course.
    Extracurricular,
    /// «мероприятие»: an event.
    Event,
    /// «методическое объединение»: staff.
    Methodical,
    /// «родительский актив»: parents.
    ParentsCouncil,
    /// «актив обучающихся»: pupils.
    StudentsCouncil,
}

impl GroupKind {
    /// Every kind, in the order of the drop-down list of the blank table.
    pub const ALL: [Self; 6] = [
        Self::Course,
        Self::Extracurricular,
        Self::Event,
        Self::Methodical,
        Self::ParentsCouncil,
        Self::StudentsCouncil,
    ];

    /// The word of the table: «курс».
    pub const fn words(self) -> &'static str {
        match self {
            Self::Course => "курс",
            Self::Extracurricular => "внеурочная деятельность",
            Self::Event => "мероприятие",
            Self::Methodical => "методическое объединение",
            Self::ParentsCouncil => "родительский актив",
            Self::StudentsCouncil => "актив обучающихся",
        }
    }

    /// The chat that such a group has or is in.
    pub fn chat(self) -> ChatKind {
        match self {
            Self::Course => ChatKind::Course,
            Self::Extracurricular => ChatKind::Extracurricular,
            Self::Event => ChatKind::Event,
            Self::Methodical => ChatKind::Methodical,
            Self::ParentsCouncil => ChatKind::DirectorParents,
            Self::StudentsCouncil => ChatKind::DirectorStudents,
        }
    }
}
