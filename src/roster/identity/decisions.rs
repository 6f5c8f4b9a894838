//! The answers that a person gave: these two rows are one pupil, or they are not.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;

use super::record::Record;
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

/// The text of a key, as it is kept: parts between tabs, which no folded name holds.
impl fmt::Display for PupilKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { school, class, name, birth_date } = self;
        let date = birth_date.map(|date| date.to_string()).unwrap_or_default();
        write!(f, "{class}\t{name}\t{date}")?;
        school.iter().try_for_each(|school| write!(f, "\t{school}"))
    }
}

/// A text that is not the key of a pupil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("это не ключ ученика")]
pub struct PupilKeyError;

impl FromStr for PupilKey {
    type Err = PupilKeyError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = text.splitn(4, '\t');
        let mut part = || parts.next().ok_or(PupilKeyError);
        let class = part()?.parse().map_err(|_| PupilKeyError)?;
        let name = part()?.to_owned();
        let birth_date = match part()? {
            "" => None,
            date => Some(date.parse().map_err(|_| PupilKeyError)?),
        };
        Ok(Self { school: parts.next().map(str::to_owned), class, name, birth_date })
    }
}

impl Decisions {
    /// Keeps an answer; a later one takes the place of an earlier one.
    pub fn keep(&mut self, before: PupilKey, after: PupilKey, answer: Answer) {
        self.answers.insert(Question { before, after }, answer);
    }

    /// The answers about pupils of two sides, by their places; none about a key that several of one side have.
    pub(super) fn between(&self, before: &[Record<'_>], after: &[Record<'_>]) -> Vec<([usize; 2], Answer)> {
        if self.answers.is_empty() || before.is_empty() {
            return Vec::new();
        }
        let (old, new) = (sole(before), sole(after));
        let at = |known: &BTreeMap<PupilKey, Option<usize>>, key| known.get(key).copied().flatten();
        let answers = self.answers.iter();
        let found =
            answers.filter_map(|(asked, answer)| Some(([at(&old, &asked.before)?, at(&new, &asked.after)?], *answer)));
        found.collect()
    }
}

/// The places of pupils by their keys; `None` where several have one.
fn sole(records: &[Record<'_>]) -> BTreeMap<PupilKey, Option<usize>> {
    let mut known = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        known.entry(PupilKey::of(record.student)).and_modify(|known| *known = None).or_insert(Some(at));
    }
    known
}

#[cfg(test)]
mod tests {
    use super::PupilKey;

    #[track_caller]
    fn check(school: Option<&str>, date: Option<&str>) {
        let key = PupilKey {
            school: school.map(str::to_owned),
            class: "10 ПРОФИЛЬНЫЙ".parse().unwrap(),
            name: "иванов петр".to_owned(),
            birth_date: date.map(|date| date.parse().unwrap()),
        };
        assert_eq!(key.to_string().parse(), Ok(key));
    }

    #[test]
    fn a_key_is_read_back() {
        check(None, None);
        check(None, Some("2013-05-04"));
        check(Some("филиал 2"), None);
        assert!("7А".parse::<PupilKey>().is_err());
    }
}
