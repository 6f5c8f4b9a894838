//! What people answered to the question whether two pupils are the same.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::values::Text;
use super::watch::Work;
use super::{Store, StoreError, Trouble};
use crate::school::PersonId;

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The recorded pupil.
    pub before: PersonId,
    /// The pupil of the new list, by a key that is opaque here.
    pub after: String,
    /// The answer.
    pub verdict: Verdict,
    /// When it was given.
    pub at: Timestamp,
}

/// Whether two are the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are.
    Same,
    /// They are not.
    Different,
}

impl Store {
    /// All answers.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn answers(&self) -> Result<Vec<Answer>, StoreError> {
        self.reading(|connection| {
            let mut statement =
                connection.prepare("SELECT before, after, verdict, at FROM answer ORDER BY before, after")?;
            let rows = statement.query_map([], |row| {
                let verdict = if row.get::<_, String>(2)? == "same" { Verdict::Same } else { Verdict::Different };
                let before = row.get::<_, Text<_>>(0)?.0;
                Ok(Answer { before, after: row.get(1)?, verdict, at: row.get::<_, Text<_>>(3)?.0 })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Keeps answers outside a run; a later answer to the same question wins.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn keep_answers(&mut self, answers: &[Answer]) -> Result<(), StoreError> {
        self.writing(Work::Answers, |connection| write(connection, answers)).map_err(StoreError::Answer)
    }
}

pub(super) fn write(connection: &Connection, answers: &[Answer]) -> Result<(), Trouble> {
    for Answer { before, after, verdict, at } in answers {
        let verdict = match verdict {
            Verdict::Same => "same",
            Verdict::Different => "different",
        };
        connection.execute(
            "INSERT OR REPLACE INTO answer (before, after, verdict, at) VALUES (?1, ?2, ?3, ?4)",
            params![Text(before), after, verdict, Text(at)],
        )?;
    }
    Ok(())
}
