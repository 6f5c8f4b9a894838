//! Who teaches what to whom.

use serde::Serialize;

use super::{ClassName, PersonName, Place};

/// The table of the teaching load.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeachingLoad {
    /// Its rows in the order of the table.
    pub lessons: Vec<Lesson>,
}

/// A subject of a class, or of a group inside the class, with its teacher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lesson {
    /// The class.
    pub class: ClassName,
    /// «Английский язык».
    pub subject: String,
    /// The teacher.
    pub teacher: PersonName,
    /// The group inside the class («1», «девочки»); `None` where the whole class learns together.
    pub group: Option<String>,
    /// The cell of the subject.
    pub place: Place,
    /// The cell of the class.
    pub class_place: Place,
    /// The cell of the teacher.
    pub teacher_place: Place,
}
