//! What letters no longer hold: the bytes of old ones, and of those that name people who are forgotten.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::Connection;

use super::FORGOTTEN;
use super::columns::second;
use crate::store::watch::Work;
use crate::store::{PackageId, Store, StoreError, Trouble};

/// The texts of letters that nothing happens to any more, since before a moment.
const SETTLED_BEFORE: &str = "letter_id IN (SELECT id FROM letter WHERE state IN ('sent', 'cancelled') AND since < ?1)";

impl Store {
    /// Drops the bytes of letters that were sent or cancelled before a moment, and what no limit counts any more. Answers
    /// of how many letters.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn drop_letter_bytes(&mut self, before: Timestamp) -> Result<usize, StoreError> {
        if !self.has_old_letter_bytes(before)? {
            return Ok(0);
        }
        let dropped = self.writing(Work::Letter, |connection| {
            connection.execute("DELETE FROM letter_spent WHERE at < ?1", [second(before)])?;
            Ok(connection.execute(&format!("DELETE FROM letter_text WHERE {SETTLED_BEFORE}"), [second(before)])?)
        });
        dropped.map_err(StoreError::Letter)
    }

    /// Whether [`drop_letter_bytes`](Self::drop_letter_bytes) has anything to drop.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn has_old_letter_bytes(&self, before: Timestamp) -> Result<bool, StoreError> {
        self.reading(|connection| {
            let sql = format!("SELECT EXISTS (SELECT 1 FROM letter_text WHERE {SETTLED_BEFORE})");
            Ok(connection.query_row(&sql, [second(before)], |row| row.get(0))?)
        })
    }
}

/// People who are forgotten, as letters may name them.
pub(in crate::store) struct Gone {
    /// The classes that they left.
    pub(in crate::store) classes: BTreeSet<i64>,
    /// The run that found the last of them gone.
    pub(in crate::store) run: i64,
}

/// Drops the bytes of the letters that may name people who are forgotten: those of these packages, those that were
/// composed for their classes before they left, and every one of that time that is needed no more.
pub(in crate::store) fn forget(
    connection: &Connection,
    packages: &BTreeSet<PackageId>,
    gone: &Gone,
) -> Result<(), Trouble> {
    let left = "state NOT IN ('attempt', 'dot')";
    let before = "package_id IN (SELECT id FROM package WHERE run_id < ?1)";
    for package in packages {
        forget_where(connection, &format!("{left} AND package_id = ?1"), &[package.0])?;
    }
    forget_where(connection, &format!("state IN ('sent', 'cancelled') AND {before}"), &[gone.run])?;
    for class in &gone.classes {
        forget_where(connection, &format!("{left} AND {before} AND class_id = ?2"), &[gone.run, *class])?;
    }
    Ok(())
}

/// Drops the bytes of these letters; one that waits is held back, for it cannot be sent any more.
fn forget_where(connection: &Connection, letters: &str, values: &[i64]) -> Result<(), Trouble> {
    let chosen = format!("SELECT id FROM letter WHERE {letters}");
    let values = rusqlite::params_from_iter(values);
    connection.execute(&format!("DELETE FROM letter_text WHERE letter_id IN ({chosen})"), values.clone())?;
    let sql = format!("UPDATE letter SET state = 'held', why = '{FORGOTTEN}' WHERE state = 'queued' AND {letters}");
    connection.execute(&sql, values)?;
    Ok(())
}
