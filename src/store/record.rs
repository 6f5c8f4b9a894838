//! One run, recorded whole or not at all.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, params};

use super::chat_keys::ChatKeys;
use super::class_names::Names;
use super::classes::Classes;
use super::values::Text;
use super::watch::Work;
use super::{
    Mark, PackageDraft, Received, Recorded, RegisterState, RunId, Store, StoreError, TakenBack, Trouble, chats,
    classes, events, letters, links, old_chats, packages, papers, people, progress, short_links, staff,
};
use crate::school::{Change, ChatKey, ClassName, SchoolState};

/// What a run leaves in the store.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    /// The run.
    pub run: RunInfo,
    /// The state that the run began with.
    pub before: &'a Recorded,
    /// The state that holds from now on. Pupils who are not in it any more left on the date of the run.
    pub after: &'a SchoolState,
    /// Old key → new key of chats that stay the same chat under another key, all at once.
    pub rekeyed: &'a BTreeMap<ChatKey, ChatKey>,
    /// Old name → new name of classes that stay the same class under another name, all at once: their papers, and what
    /// they are still to be given, go with them.
    pub renamed: &'a BTreeMap<ClassName, ClassName>,
    /// What changes: each becomes an event, and says why somebody left, a link or a paper ended.
    pub changes: &'a [Change],
    /// What is to be given from now on; an open package of the same scope is replaced.
    pub packages: &'a [PackageDraft],
    /// Whether the register of links is to be rewritten after this run; [`RegisterState::Current`] leaves what is noted.
    pub register: RegisterState,
    /// Links that no paper carries, and that are void from now on.
    pub taken_back: &'a [TakenBack],
    /// What becomes of links that were given and are not printed yet.
    pub received: Received,
}

/// A run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunInfo {
    /// The date it works with.
    pub date: Date,
    /// The time of the clock.
    pub at: Timestamp,
}

/// A recording under way.
pub(super) struct Recording<'a> {
    pub(super) connection: &'a Connection,
    pub(super) record: &'a Record<'a>,
    pub(super) before: &'a SchoolState,
    pub(super) after: &'a SchoolState,
    pub(super) run: i64,
    pub(super) classes: Classes,
    pub(super) keys: ChatKeys,
    pub(super) names: Names<'a>,
}

impl Recording<'_> {
    pub(super) fn date(&self) -> Date {
        self.record.run.date
    }

    /// Why something ends, by the first change that fits.
    pub(super) fn why(&self, fits: impl Fn(&Change) -> bool) -> &str {
        self.record.changes.iter().find(|change| fits(change)).map_or("", |change| &change.why)
    }
}

impl Store {
    /// Records a run in one transaction: only rows that differ are written.
    ///
    /// # Errors
    /// [`Trouble::MovedOn`] when something was recorded since `before` was read; [`Trouble::Contradiction`] when the
    /// state could not be read back; or when the store cannot be written. Nothing is recorded then.
    pub fn record(&mut self, record: &Record<'_>) -> Result<RunId, StoreError> {
        let recorded = self.writing(Work::Recording, |connection| {
            if Mark::load(connection)? != record.before.mark {
                return Err(Trouble::MovedOn);
            }
            Mark::raise(connection)?;
            connection.execute(
                "INSERT INTO run (date, at) VALUES (?1, ?2)",
                params![Text(record.run.date), Text(record.run.at)],
            )?;
            let run = connection.last_insert_rowid();
            let mut recording = Recording {
                connection,
                record,
                before: &record.before.state,
                after: record.after,
                run,
                classes: Classes::load(connection)?,
                keys: ChatKeys::load(connection)?,
                names: Names::of(record.renamed)?,
            };
            recording.keys.rekey(connection, record.rekeyed)?;
            write_all(&mut recording)?;
            Ok(RunId(run))
        });
        recorded.map_err(StoreError::Record)
    }
}

fn write_all(recording: &mut Recording<'_>) -> Result<(), Trouble> {
    let Recording { connection, before, after, .. } = *recording;
    classes::write(connection, &mut recording.classes, before, after)?;
    people::write(recording)?;
    staff::write(connection, before, after)?;
    classes::write_homerooms(connection, &mut recording.classes, before, after)?;
    chats::write(recording)?;
    links::write(recording)?;
    progress::write(recording)?;
    old_chats::write(recording)?;
    short_links::write(recording)?;
    papers::write(recording)?;
    events::write(recording)?;
    packages::rename(recording)?;
    letters::hold_renamed(recording)?;
    packages::write(recording)?;
    recording.record.register.write(connection)
}
