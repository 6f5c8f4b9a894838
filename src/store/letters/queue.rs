//! Letters come into the outbox, and leave it unsent where another one takes their place.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use super::columns::{second, sum_of};
use super::{LetterDraft, LetterId, NEW_YEAR};
use crate::school::letter_kind;
use crate::store::classes::Classes;
use crate::store::record::Recording;
use crate::store::values::{lasting, name_columns};
use crate::store::watch::Work;
use crate::store::{PackageId, Store, StoreError, Trouble};

impl Store {
    /// Queues a letter that brings no package.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn queue_letter(&mut self, draft: &LetterDraft, at: Timestamp) -> Result<(), StoreError> {
        let queued = self.writing(Work::Letter, |connection| insert(connection, draft, None, at));
        queued.map_err(StoreError::Letter)
    }
}

/// Puts a letter into the outbox. One of the same Message-ID that was surely not sent waits again; one that was, or may
/// have been, stays what it is: the same letter is never sent twice.
pub(in crate::store) fn insert(
    connection: &Connection,
    draft: &LetterDraft,
    package: Option<PackageId>,
    at: Timestamp,
) -> Result<(), Trouble> {
    let LetterDraft { class, kind, to, address, subject, file, message_id, bytes } = draft;
    let class_id = Classes::load(connection)?.id(connection, class)?;
    let address = lasting(address)?;
    let sum = sum_of(class_id, &address, message_id, bytes);
    let [surname, given, patronymic] = name_columns(Some(to));
    let changed = connection.execute(
        "INSERT INTO letter (package_id, class_id, kind, surname, given, patronymic, address, subject, file, \
                             message_id, size, sum, state, tries, since, why) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'queued', 0, ?13, '') \
         ON CONFLICT (message_id) DO UPDATE SET package_id = ?1, class_id = ?2, kind = ?3, surname = ?4, given = ?5, \
             patronymic = ?6, address = ?7, subject = ?8, file = ?9, size = ?11, sum = ?12, state = 'queued', tries = 0, \
             since = ?13, why = '', first_try = NULL, not_before = NULL \
         WHERE state IN ('cancelled', 'failed', 'held')",
        params![
            package.map(|package| package.0),
            class_id,
            kind,
            surname,
            given,
            patronymic,
            address,
            subject,
            file,
            message_id,
            bytes.len() as u32,
            sum,
            second(at)
        ],
    )?;
    if changed == 1 {
        let sql =
            "INSERT OR REPLACE INTO letter_text (letter_id, bytes) SELECT id, ?2 FROM letter WHERE message_id = ?1";
        connection.execute(sql, params![message_id, bytes])?;
    }
    Ok(())
}

/// Cancels letters that another one takes the place of.
pub(in crate::store) fn cancel(connection: &Connection, ids: &[LetterId], at: Timestamp) -> Result<(), Trouble> {
    let mut statement = connection.prepare(
        "UPDATE letter SET state = 'cancelled', since = ?2, why = ?3 \
         WHERE id = ?1 AND state IN ('queued', 'failed', 'held')",
    )?;
    for id in ids {
        statement.execute(params![id.0, second(at), "его заменяет новое письмо"])?;
    }
    Ok(())
}

/// Cancels the reminders of a class that were not sent: its new letter says what is to be done now.
pub(in crate::store) fn cancel_reminders(
    connection: &Connection,
    class: Option<i64>,
    at: Timestamp,
) -> Result<(), Trouble> {
    connection.execute(
        "UPDATE letter SET state = 'cancelled', since = ?2, why = 'классу составлено новое письмо' \
         WHERE class_id = ?1 AND kind = ?3 AND state IN ('queued', 'held')",
        params![class, second(at), letter_kind::REMINDER],
    )?;
    Ok(())
}

/// Holds back the letters of classes that go on under another name: what they carry is of last year. Nobody is reminded of
/// last year any more.
pub(in crate::store) fn hold_renamed(recording: &Recording<'_>) -> Result<(), Trouble> {
    let record = recording.record;
    for class in record.renamed.keys().chain(record.renamed.values()) {
        let Some(id) = recording.classes.known(class) else { continue };
        recording.connection.execute(
            "UPDATE letter SET state = iif(kind = ?4, 'cancelled', 'held'), since = ?2, why = ?3 \
             WHERE class_id = ?1 AND state = 'queued'",
            params![id, second(record.run.at), NEW_YEAR, letter_kind::REMINDER],
        )?;
    }
    Ok(())
}
