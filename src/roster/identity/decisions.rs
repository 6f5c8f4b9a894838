//! The answers that a person gave: these two rows are one pupil, or they are not.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::school::{ClassName, Student, fold};

/// What a person goes by when telling pupils apart; it is what an answer is kept under from one run to the next.
///
/// A row that changes in one of these has a new key, and the question is asked again.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PupilKey {
    /// The school, folded, where the list names one.
    pub school: Option<String>,
    /// The class.
    pub class: ClassName,
    /// The whole name, folded.
    pub name: String,
    /// The date of birth.
    pub birth_date: Option<Date>,
}

/// The answer to «Это один и тот же ученик?».
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// One pupil.
    Same,
    /// Two pupils.
    Different,
}

/// All answers so far. An answer about a key that several pupils of one side share is not used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    answers: BTreeMap<Question, Answer>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Question {
    before: PupilKey,
    after: PupilKey,
}

impl PupilKey {
    /// The key of a pupil.
    pub fn of(student: &Student) -> Self {
        Self {
            school: student.school.as_deref().map(fold),
            class: student.class.clone(),
            name: student.name.folded(),
            birth_date: student.birth_date,
        }
    }
}

impl Decisions {
    /// Keeps an answer; a later one takes the place of an earlier one.
    pub fn keep(&mut self, before: PupilKey, after: PupilKey, answer: Answer) {
        self.answers.insert(Question { before, after }, answer);
    }

    /// The answers with the pupils that they are about: the old one, the new one.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&PupilKey, &PupilKey, Answer)> {
        self.answers.iter().map(|(Question { before, after }, answer)| (before, after, *answer))
    }

    /// Whether there is no answer.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }
}
