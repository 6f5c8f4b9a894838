//! The outbox: every letter that was composed to be sent, and what became of it.
//!
//! A letter goes `queued → attempt → dot → sent`. Each step is committed before the act that it allows: `attempt` before
//! the server hears of the letter, `dot` before the final dot. A letter that is found in `attempt` was never sent; one in
//! `dot` may have been, so it is `unknown` until a person decides. Its bytes are composed once and kept with it; a second
//! letter of the same Message-ID cannot be.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::{Digest, Sha256};

use super::classes::Classes;
use super::record::Recording;
use super::values::{Choice, Text, find, full_name_at, lasting, name_columns};
use super::watch::Work;
use super::{PackageId, Store, StoreError, Trouble};
use crate::school::{ClassName, Email, PersonName};

/// The local number of a letter, which people are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LetterId(pub(super) i64);

/// How far a letter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LetterState {
    /// It waits to be sent.
    Queued,
    /// The server may have heard of it; its final dot was not sent.
    Attempt,
    /// Its final dot may have been sent.
    Dot,
    /// The server has taken it.
    Sent,
    /// Nobody knows whether the server has taken it; a person decides.
    Unknown,
    /// The server refuses it.
    Failed,
    /// It does not fit what holds now; it is not sent.
    Held,
    /// Another letter has taken its place, or a person does not want it sent.
    Cancelled,
}

/// A letter to be sent.
#[derive(Clone, PartialEq, Eq)]
pub struct LetterDraft {
    /// The class whose papers it carries.
    pub class: ClassName,
    /// What it is written for: opaque here.
    pub kind: String,
    /// Its recipient.
    pub to: PersonName,
    /// The recipient's address.
    pub address: Email,
    /// Its subject.
    pub subject: String,
    /// The name of its file.
    pub file: String,
    /// Its Message-ID with the angle brackets.
    pub message_id: String,
    /// The message.
    pub bytes: Vec<u8>,
}

/// A letter as recorded, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredLetter {
    /// Its number.
    pub id: LetterId,
    /// The package that it brings; `None` for a reminder.
    pub package: Option<PackageId>,
    /// The class whose papers it carries.
    pub class: ClassName,
    /// The class of its package.
    pub package_class: Option<ClassName>,
    /// What it is written for.
    pub kind: String,
    /// Its recipient.
    pub to: PersonName,
    /// The recipient's address.
    pub address: Email,
    /// Its subject.
    pub subject: String,
    /// The name of its file.
    pub file: String,
    /// Its Message-ID.
    pub message_id: String,
    /// Its size, in bytes.
    pub size: usize,
    /// Whether its bytes are still kept.
    pub has_bytes: bool,
    /// How far it is.
    pub state: LetterState,
    /// How often a server put it off.
    pub tries: u32,
    /// When a server put it off for the first time.
    pub first_try: Option<Timestamp>,
    /// Before when it is not to be tried.
    pub not_before: Option<Timestamp>,
    /// When its state changed.
    pub since: Timestamp,
    /// Why, for people; empty where the state says everything.
    pub why: String,
}

/// What becomes of a letter that was tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The server has taken it.
    Sent,
    /// It was not tried after all: it waits as before.
    Untried,
    /// It waits for another try.
    Later {
        /// Before when it is not to be tried.
        not_before: Timestamp,
        /// Why.
        why: String,
    },
    /// Nobody knows.
    Unknown {
        /// Why.
        why: String,
    },
    /// The server refuses it, or has put it off too often.
    Failed {
        /// Why.
        why: String,
    },
}

/// What a person decides about a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It has arrived, or was sent by hand.
    Sent,
    /// It is to be sent, once more or after all: the same bytes, the same Message-ID.
    Resend,
    /// It is not to be sent.
    Cancel,
}

/// What was found at the start of a run, and made right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// Letters whose final dot was not sent: they wait again.
    pub queued: usize,
    /// Letters whose final dot may have been sent.
    pub unknown: usize,
}

/// How many letters a moment's look at the limits of the day finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spent {
    /// Letters that a server may have taken since then, tests among them.
    pub letters: u32,
    /// When the first of them was.
    pub first: Option<Timestamp>,
}

/// Why a letter is held back whose class goes on under another name.
pub const NEW_YEAR: &str = "начался новый учебный год";

/// Why a letter is held back whose bytes are gone because they named somebody who is forgotten.
pub const FORGOTTEN: &str = "в нём были сведения о тех, кого программа забыла";

const COLUMNS: &str = "letter.id, letter.package_id, letter.class_id, package.class_id, kind, surname, given, patronymic, \
                       address, subject, file, message_id, size, text.letter_id IS NOT NULL, state, tries, first_try, not_before, \
                       since, why";
const SETTLED_BEFORE: &str = "letter_id IN (SELECT id FROM letter WHERE state IN ('sent', 'cancelled') AND since < ?1)";
const TABLES: &str = "letter LEFT JOIN package ON package.id = letter.package_id \
                      LEFT JOIN letter_text AS text ON text.letter_id = letter.id";

impl Store {
    /// All letters, class by class, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn letters(&self) -> Result<Vec<StoredLetter>, StoreError> {
        self.reading(|connection| {
            let classes = Classes::load(connection)?;
            let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM {TABLES} ORDER BY letter.id"))?;
            let mut rows = statement.query([])?;
            let mut letters = Vec::new();
            while let Some(row) = rows.next()? {
                letters.push(letter_of(row, &classes)?);
            }
            letters.sort_by(|one, other| one.class.cmp(&other.class).then(one.id.cmp(&other.id)));
            Ok(letters)
        })
    }

    /// One letter.
    ///
    /// # Errors
    /// When there is none of this number, or the store cannot be read.
    pub fn letter(&self, id: LetterId) -> Result<StoredLetter, StoreError> {
        self.reading(|connection| {
            let classes = Classes::load(connection)?;
            let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE letter.id = ?1");
            let mut statement = connection.prepare(&sql)?;
            let mut rows = statement.query([id.0])?;
            let row = rows.next()?.ok_or(Trouble::NoSuchLetter)?;
            letter_of(row, &classes)
        })
    }

    /// The bytes of a letter, where they are kept and are what was recorded: together with the class, the address and the
    /// Message-ID of its row.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn letter_bytes(&self, id: LetterId) -> Result<Option<Vec<u8>>, StoreError> {
        self.reading(|connection| {
            let sql = "SELECT bytes, sum, class_id, address, message_id FROM letter \
                       JOIN letter_text ON letter_id = letter.id WHERE letter.id = ?1";
            let row = |row: &Row<'_>| {
                let bytes: Option<Vec<u8>> = row.get(0)?;
                let [sum, address, message_id]: [String; 3] = [row.get(1)?, row.get(3)?, row.get(4)?];
                let class = row.get(2)?;
                Ok(bytes.filter(|bytes| sum_of(class, &address, &message_id, bytes) == sum))
            };
            Ok(connection.query_row(sql, [id.0], row).optional()?.flatten())
        })
    }

    /// Queues a letter that brings no package.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn queue_letter(&mut self, draft: &LetterDraft, at: Timestamp) -> Result<(), StoreError> {
        let queued = self.writing(Work::Letter, |connection| insert(connection, draft, None, at));
        queued.map_err(StoreError::Letter)
    }

    /// Makes right what a run left that was killed: a letter whose dot was not sent waits again; of one whose dot may have
    /// been sent nobody knows. Only the holder of the lock may call it.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn recover_letters(&mut self, at: Timestamp) -> Result<Recovered, StoreError> {
        let count = |state: &str| format!("SELECT count(*) FROM letter WHERE state = '{state}'");
        let found = self.reading(|connection| {
            let number = |state| connection.query_row(&count(state), [], |row| row.get::<_, u32>(0));
            Ok(Recovered { queued: number("attempt")? as usize, unknown: number("dot")? as usize })
        })?;
        if found == Recovered::default() {
            return Ok(found);
        }
        let recovered = self.writing(Work::Letter, |connection| {
            connection
                .execute("UPDATE letter SET state = 'queued', since = ?1 WHERE state = 'attempt'", [second(at)])?;
            connection.execute(
                "UPDATE letter SET state = 'unknown', since = ?1, why = ?2 WHERE state = 'dot'",
                params![second(at), "программа была остановлена, когда письмо передавалось"],
            )?;
            Ok(found)
        });
        recovered.map_err(StoreError::Letter)
    }

    /// Whether a run was killed in the middle of a letter: see [`recover_letters`](Self::recover_letters).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn has_stopped_letters(&self) -> Result<bool, StoreError> {
        self.reading(|connection| {
            let sql = "SELECT EXISTS (SELECT 1 FROM letter WHERE state IN ('attempt', 'dot'))";
            Ok(connection.query_row(sql, [], |row| row.get(0))?)
        })
    }

    /// Notes that a server is about to hear of a letter.
    ///
    /// # Errors
    /// When it does not wait any more, or the store cannot be written.
    pub fn begin_letter(&mut self, id: LetterId, at: Timestamp) -> Result<(), StoreError> {
        let begun = self.writing(Work::Letter, |connection| {
            let sql = "UPDATE letter SET state = 'attempt', since = ?2 WHERE id = ?1 AND state = 'queued'";
            changed(connection.execute(sql, params![id.0, second(at)])?)
        });
        begun.map_err(StoreError::Letter)
    }

    /// Notes that the final dot of a letter is about to be sent, and counts it for the limit of the day.
    ///
    /// # Errors
    /// When it is not being tried, or the store cannot be written: the dot must not be sent then.
    pub fn dot_letter(&mut self, id: LetterId, at: Timestamp) -> Result<(), StoreError> {
        let dotted = self.writing(Work::Letter, |connection| {
            let sql = "UPDATE letter SET state = 'dot', since = ?2 WHERE id = ?1 AND state = 'attempt'";
            changed(connection.execute(sql, params![id.0, second(at)])?)?;
            spend(connection, at)
        });
        dotted.map_err(StoreError::Letter)
    }

    /// Notes what became of a letter that was tried.
    ///
    /// # Errors
    /// When it was not being tried, or the store cannot be written: then nobody knows what became of it.
    pub fn settle_letter(&mut self, id: LetterId, settled: &Settled, at: Timestamp) -> Result<(), StoreError> {
        let (state, why, not_before, tries) = match settled {
            Settled::Sent => ("sent", "", None, 0),
            Settled::Untried => ("queued", "", None, 0),
            Settled::Later { not_before, why } => ("queued", why.as_str(), Some(second(*not_before)), 1),
            Settled::Unknown { why } => ("unknown", why.as_str(), None, 1),
            Settled::Failed { why } => ("failed", why.as_str(), None, 1),
        };
        let noted = self.writing(Work::Letter, |connection| {
            // Only what a server said of the letter begins its term: a run that was stopped says nothing of it.
            let sql = "UPDATE letter SET state = ?2, why = ?3, not_before = ifnull(?4, not_before), tries = tries + ?5, \
                       first_try = CASE WHEN ?5 > 0 THEN ifnull(first_try, ?6) ELSE first_try END, since = ?6 \
                       WHERE id = ?1 AND state IN ('attempt', 'dot')";
            changed(connection.execute(sql, params![id.0, state, why, not_before, tries, second(at)])?)
        });
        noted.map_err(StoreError::Letter)
    }

    /// Notes that a letter must not be sent as it is.
    ///
    /// # Errors
    /// When it does not wait any more, or the store cannot be written.
    pub fn hold_letter(&mut self, id: LetterId, why: &str, at: Timestamp) -> Result<(), StoreError> {
        let held = self.writing(Work::Letter, |connection| {
            let sql = "UPDATE letter SET state = 'held', why = ?2, since = ?3 WHERE id = ?1 AND state = 'queued'";
            changed(connection.execute(sql, params![id.0, why, second(at)])?)
        });
        held.map_err(StoreError::Letter)
    }

    /// Notes what a person decided about a letter; `false` where that cannot be decided of it: it was sent, its bytes are
    /// gone, or it was cancelled and is not to be sent after all.
    ///
    /// # Errors
    /// When there is none of this number, or the store cannot be written.
    pub fn decide_letter(&mut self, id: LetterId, decision: Decision, at: Timestamp) -> Result<bool, StoreError> {
        self.letter(id)?;
        let (state, sql) = match decision {
            Decision::Sent => ("sent", "state IN ('queued', 'unknown', 'failed', 'held')"),
            Decision::Resend => (
                "queued",
                "state IN ('unknown', 'failed', 'held', 'cancelled') AND id IN (SELECT letter_id FROM letter_text)",
            ),
            Decision::Cancel => ("cancelled", "state IN ('queued', 'unknown', 'failed', 'held')"),
        };
        let why = match decision {
            Decision::Sent => "отмечено вручную",
            Decision::Resend => "",
            Decision::Cancel => "отменено вручную",
        };
        let decided = self.writing(Work::Letter, |connection| {
            let sql = format!(
                "UPDATE letter SET state = ?2, why = ?3, since = ?4, tries = 0, first_try = NULL, not_before = NULL \
                 WHERE id = ?1 AND {sql}"
            );
            Ok(connection.execute(&sql, params![id.0, state, why, second(at)])? == 1)
        });
        decided.map_err(StoreError::Letter)
    }

    /// Counts a letter for the limit of the day that is none of the outbox: a test.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn spend_letter(&mut self, at: Timestamp) -> Result<(), StoreError> {
        self.writing(Work::Letter, |connection| spend(connection, at)).map_err(StoreError::Letter)
    }

    /// How many letters a server may have taken since a moment.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn letters_spent(&self, since: Timestamp) -> Result<Spent, StoreError> {
        self.reading(|connection| {
            let sql = "SELECT count(*), min(at) FROM letter_spent WHERE at > ?1";
            let row = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, Option<i64>>(1)?));
            let (letters, first) = connection.query_row(sql, [second(since)], row)?;
            Ok(Spent { letters, first: first.map(moment).transpose()? })
        })
    }

    /// When servers may have taken letters since a moment, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn spent_since(&self, since: Timestamp) -> Result<Vec<Timestamp>, StoreError> {
        self.reading(|connection| {
            let mut statement = connection.prepare("SELECT at FROM letter_spent WHERE at > ?1 ORDER BY at")?;
            let rows = statement.query_map([second(since)], |row| row.get(0))?;
            rows.map(|at| moment(at?)).collect()
        })
    }

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

impl LetterId {
    /// The letter that people call by a number.
    pub fn of_number(number: u32) -> Self {
        Self(i64::from(number))
    }
}

impl std::fmt::Display for LetterId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl LetterState {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Queued, Self::Attempt, Self::Dot, Self::Sent, Self::Unknown, Self::Failed, Self::Held, Self::Cancelled];

    /// Its name in the store and in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Attempt => "attempt",
            Self::Dot => "dot",
            Self::Sent => "sent",
            Self::Unknown => "unknown",
            Self::Failed => "failed",
            Self::Held => "held",
            Self::Cancelled => "cancelled",
        }
    }

    /// Its name for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Queued => "ждёт отправки",
            Self::Attempt => "отправляется",
            Self::Dot | Self::Unknown => "неизвестно",
            Self::Sent => "отправлено",
            Self::Failed => "не принято",
            Self::Held => "задержано",
            Self::Cancelled => "отменено",
        }
    }

    /// Whether a later letter may take its place: it is meant to be sent, and surely was not.
    pub fn may_be_replaced(self) -> bool {
        matches!(self, Self::Queued | Self::Failed | Self::Held)
    }

    /// Whether nothing is left to be done about it.
    pub fn is_settled(self) -> bool {
        matches!(self, Self::Sent | Self::Cancelled)
    }
}

impl std::fmt::Debug for LetterDraft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut draft = f.debug_struct("LetterDraft");
        draft.field("class", &self.class).field("kind", &self.kind).field("size", &self.bytes.len());
        draft.finish_non_exhaustive()
    }
}

/// Puts a letter into the outbox. One of the same Message-ID that was surely not sent waits again; one that was, or may
/// have been, stays what it is: the same letter is never sent twice.
pub(super) fn insert(
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
pub(super) fn cancel(connection: &Connection, ids: &[LetterId], at: Timestamp) -> Result<(), Trouble> {
    let mut statement = connection.prepare(
        "UPDATE letter SET state = 'cancelled', since = ?2, why = ?3 \
         WHERE id = ?1 AND state IN ('queued', 'failed', 'held')",
    )?;
    for id in ids {
        statement.execute(params![id.0, second(at), "его заменяет новое письмо"])?;
    }
    Ok(())
}

/// Cancels the reminders of a class, or of none, that were not sent: its new letter says what is to be done now.
pub(super) fn cancel_reminders(connection: &Connection, class: Option<i64>, at: Timestamp) -> Result<(), Trouble> {
    connection.execute(
        "UPDATE letter SET state = 'cancelled', since = ?2, why = 'классу составлено новое письмо' \
         WHERE class_id = ?1 AND package_id IS NULL AND state IN ('queued', 'held')",
        params![class, second(at)],
    )?;
    Ok(())
}

/// Holds back the letters of classes that go on under another name: what they carry is of last year. Nobody is reminded of
/// last year any more.
pub(super) fn hold_renamed(recording: &Recording<'_>) -> Result<(), Trouble> {
    let record = recording.record;
    for class in record.renamed.keys().chain(record.renamed.values()) {
        let Some(id) = recording.classes.known(class) else { continue };
        recording.connection.execute(
            "UPDATE letter SET state = iif(package_id IS NULL, 'cancelled', 'held'), since = ?2, why = ?3 \
             WHERE class_id = ?1 AND state = 'queued'",
            params![id, second(record.run.at), NEW_YEAR],
        )?;
    }
    Ok(())
}

/// People who are forgotten, as letters may name them.
pub(super) struct Gone {
    /// The classes that they left.
    pub(super) classes: BTreeSet<i64>,
    /// The run that found the last of them gone.
    pub(super) run: i64,
}

/// Drops the bytes of the letters that may name people who are forgotten: those of these packages, those that were
/// composed for their classes before they left, and every one of that time that is needed no more.
pub(super) fn forget(connection: &Connection, packages: &BTreeSet<PackageId>, gone: &Gone) -> Result<(), Trouble> {
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

fn spend(connection: &Connection, at: Timestamp) -> Result<(), Trouble> {
    connection.execute("INSERT INTO letter_spent (at) VALUES (?1)", [second(at)])?;
    Ok(())
}

fn changed(rows: usize) -> Result<(), Trouble> {
    if rows == 1 { Ok(()) } else { Err(Trouble::LetterMoved) }
}

fn letter_of(row: &Row<'_>, classes: &Classes) -> Result<StoredLetter, Trouble> {
    let package_class = row.get::<_, Option<i64>>(3)?;
    Ok(StoredLetter {
        id: LetterId(row.get(0)?),
        package: row.get::<_, Option<i64>>(1)?.map(PackageId),
        class: classes.name(row.get(2)?)?.clone(),
        package_class: package_class.map(|id| classes.name(id).cloned()).transpose()?,
        kind: row.get(4)?,
        to: full_name_at(row, 5)?,
        address: row.get::<_, Text<_>>(8)?.0,
        subject: row.get(9)?,
        file: row.get(10)?,
        message_id: row.get(11)?,
        size: usize::try_from(row.get::<_, i64>(12)?).map_err(|_| Trouble::Damaged)?,
        has_bytes: row.get(13)?,
        state: row.get::<_, Choice<LetterState>>(14)?.0,
        tries: row.get(15)?,
        first_try: row.get::<_, Option<i64>>(16)?.map(moment).transpose()?,
        not_before: row.get::<_, Option<i64>>(17)?.map(moment).transpose()?,
        since: moment(row.get(18)?)?,
        why: row.get(19)?,
    })
}

impl rusqlite::types::FromSql for Choice<LetterState> {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        find(&LetterState::ALL, LetterState::id, value.as_str()?)
    }
}

/// Binds the bytes of a letter to the class, the address and the Message-ID of its row.
fn sum_of(class: i64, address: &str, message_id: &str, bytes: &[u8]) -> String {
    let mut sum = Sha256::new();
    for part in [class.to_le_bytes().as_slice(), address.as_bytes(), message_id.as_bytes(), bytes] {
        sum.update(part.len().to_le_bytes());
        sum.update(part);
    }
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    sum.finalize().iter().flat_map(|byte| [byte >> 4, byte & 15]).map(digit).collect()
}

fn second(at: Timestamp) -> i64 {
    at.as_second()
}

fn moment(second: i64) -> Result<Timestamp, Trouble> {
    Timestamp::from_second(second).map_err(|_| Trouble::Damaged)
}
