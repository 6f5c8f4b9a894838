//! What happened, when and why: written once, taken away only with the people it is about.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{ToSql, params};
use serde::{Deserialize, Serialize};

use super::chat_keys::ChatKeys;
use super::classes::Classes;
use super::record::Recording;
use super::values::{Text, place_at};
use super::{Store, StoreError, Trouble};
use crate::school::{Change, ChangeKind, ChatKey, ClassName, PaperRef, PersonId, Piece, Place, Scope, Student};

/// The number of a run, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RunId(pub(super) i64);

/// A recorded run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its number.
    pub id: RunId,
    /// The date it worked with.
    pub date: Date,
    /// When it was recorded.
    pub at: Timestamp,
}

/// A recorded change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The run.
    pub run: RunId,
    /// The date of the run.
    pub date: Date,
    /// When it was recorded.
    pub at: Timestamp,
    /// The class it was shown at, or the school.
    pub scope: Scope,
    /// [`Change::kind_id`].
    pub kind: String,
    /// The pupil it is about.
    pub person: Option<PersonId>,
    /// The chat it is about, by its key of now.
    pub chat: Option<ChatKey>,
    /// [`Change::words`].
    pub words: String,
    /// Why; may be empty.
    pub why: String,
    /// The row that said so.
    pub source: Option<Place>,
}

/// Which events say that a class went up.
pub(super) const IS_CLASS_UP: &str = "kind = 'class_up'";

impl RunId {
    /// The run before; `None` for the first.
    pub fn before(self) -> Option<Self> {
        (self.0 > 1).then(|| Self(self.0 - 1))
    }

    /// The number.
    pub fn number(self) -> i64 {
        self.0
    }
}

impl Store {
    /// What happened to a pupil, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn events_of_person(&self, id: PersonId) -> Result<Vec<Event>, StoreError> {
        let which = "person_id = ?1 OR event.id IN (SELECT event_id FROM event_mention WHERE person_id = ?1)";
        self.events(|_, _| Some(Box::new(id.to_string())), which)
    }

    /// What happened to a chat under all the keys it had, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn events_of_chat(&self, key: &ChatKey) -> Result<Vec<Event>, StoreError> {
        self.events(|_, keys| Some(Box::new(keys.known(key)?)), "chat_id = ?1")
    }

    /// What happened in a class, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn events_of_class(&self, class: &ClassName) -> Result<Vec<Event>, StoreError> {
        self.events(|classes, _| Some(Box::new(classes.known(class)?)), "class_id = ?1")
    }

    /// What happened of these kinds ([`Change::kind_id`]), to whomever, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn events_of_kinds(&self, kinds: &[&str]) -> Result<Vec<Event>, StoreError> {
        // Kinds are names of this program and hold no comma.
        let list = format!(",{},", kinds.join(","));
        self.events(|_, _| Some(Box::new(list)), "instr(?1, ',' || kind || ',') > 0")
    }

    /// All runs, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn runs(&self) -> Result<Vec<Run>, StoreError> {
        self.runs_where("true")
    }

    /// The runs that recorded a new school year, in which classes went up; oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn runs_of_new_years(&self) -> Result<Vec<Run>, StoreError> {
        self.runs_where(&format!("id IN (SELECT run_id FROM event WHERE {IS_CLASS_UP})"))
    }

    fn runs_where(&self, which: &str) -> Result<Vec<Run>, StoreError> {
        self.reading(|connection| {
            let sql = format!("SELECT id, date, at FROM run WHERE {which} ORDER BY id");
            let mut statement = connection.prepare(&sql)?;
            let rows = statement.query_map([], |row| {
                Ok(Run { id: RunId(row.get(0)?), date: row.get::<_, Text<_>>(1)?.0, at: row.get::<_, Text<_>>(2)?.0 })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    fn events(
        &self,
        value: impl FnOnce(&Classes, &ChatKeys) -> Option<Box<dyn ToSql>>,
        which: &str,
    ) -> Result<Vec<Event>, StoreError> {
        self.reading(|connection| {
            let classes = Classes::load(connection)?;
            let keys = ChatKeys::load(connection)?;
            let Some(value) = value(&classes, &keys) else { return Ok(Vec::new()) };
            let mut statement = connection.prepare(&format!(
                "SELECT run_id, date, at, class_id, kind, person_id, chat_id, words, why, file, sheet, cell_row, \
                 cell_column, line FROM event JOIN run ON run.id = run_id WHERE {which} ORDER BY event.id"
            ))?;
            let mut rows = statement.query([value])?;
            let mut events = Vec::new();
            while let Some(row) = rows.next()? {
                let chat: Option<i64> = row.get(6)?;
                events.push(Event {
                    run: RunId(row.get(0)?),
                    date: row.get::<_, Text<_>>(1)?.0,
                    at: row.get::<_, Text<_>>(2)?.0,
                    scope: classes.scope(row.get(3)?)?,
                    kind: row.get(4)?,
                    person: row.get::<_, Option<Text<_>>>(5)?.map(|text| text.0),
                    chat: chat.map(|chat| keys.key(chat).cloned()).transpose()?,
                    words: row.get(7)?,
                    why: row.get(8)?,
                    source: place_at(row, 9)?,
                });
            }
            Ok(events)
        })
    }
}

pub(super) fn write(recording: &mut Recording<'_>) -> Result<(), Trouble> {
    let connection = recording.connection;
    let mut insert = connection.prepare(
        "INSERT INTO event (run_id, class_id, kind, person_id, chat_id, words, why, file, sheet, cell_row, \
         cell_column, line) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?;
    let mut mention =
        connection.prepare("INSERT INTO event_mention (event_id, person_id, is_subject) VALUES (?1, ?2, ?3)")?;
    for change in recording.record.changes {
        let class = recording.classes.scope_id(connection, &change.scope)?;
        // A chat that is closed may be named by the key it had before.
        let chat = match chat_of(change) {
            Some(key) if recording.keys.known(key).is_none() => Some(recording.keys.id(connection, key)?),
            Some(key) => recording.keys.known(key),
            None => None,
        };
        let place = change.source.as_ref();
        let cell = place.and_then(|place| place.cell);
        insert.execute(params![
            recording.run,
            class,
            change.kind_id(),
            person_of(change).map(Text),
            chat,
            change.words(),
            change.why,
            place.map(|place| &place.file),
            place.and_then(|place| place.sheet.as_ref()),
            cell.map(|cell| cell.row),
            cell.map(|cell| cell.column),
            place.and_then(|place| place.line),
        ])?;
        let (who, subject) = match &change.what {
            ChangeKind::Removal { who, pupil, .. } => (who, *pupil),
            ChangeKind::Admission { who, .. } => (who, None),
            _ => continue,
        };
        let event = connection.last_insert_rowid();
        for person in mentioned(recording, who).into_iter().chain(subject).collect::<BTreeSet<_>>() {
            mention.execute(params![event, Text(person), Some(person) == subject])?;
        }
    }
    Ok(())
}

fn paper_of(change: &Change) -> Option<&PaperRef> {
    match &change.what {
        ChangeKind::PaperNew(paper)
        | ChangeKind::PaperRenewed(paper)
        | ChangeKind::PaperCopied(paper)
        | ChangeKind::PaperVoid { paper, .. } => Some(paper),
        _ => None,
    }
}

fn person_of(change: &Change) -> Option<PersonId> {
    let Some(paper) = paper_of(change) else { return change.pupil().map(|pupil| pupil.id) };
    match paper.id.piece {
        Piece::Slip { student, .. } | Piece::Family { student } => Some(student),
        _ => None,
    }
}

fn chat_of(change: &Change) -> Option<&ChatKey> {
    let Some(paper) = paper_of(change) else { return change.chat().map(|chat| &chat.key) };
    paper.id.piece.chat()
}

/// The pupils whose name, or whose parents' names, stand in the words of a removal: first among those who change in
/// this run, then among everybody. With namesakes it is each of them: too much is forgotten then rather than too little.
fn mentioned(recording: &Recording<'_>, who: &str) -> BTreeSet<PersonId> {
    let changing: BTreeSet<PersonId> =
        recording.record.changes.iter().filter_map(|change| change.pupil().map(|pupil| pupil.id)).collect();
    let named = |student: &Student| names_of(student).iter().any(|name| who.contains(name));
    let students = || recording.before.roster.students().chain(recording.after.roster.students());
    let among = |wanted: &dyn Fn(PersonId) -> bool| -> BTreeSet<PersonId> {
        students()
            .filter(|student| student.id.is_some_and(wanted) && named(student))
            .filter_map(|student| student.id)
            .collect()
    };
    let found = among(&|id| changing.contains(&id));
    if found.is_empty() { among(&|_| true) } else { found }
}

/// How texts name a pupil and the parents.
pub(super) fn names_of(student: &Student) -> Vec<String> {
    let parents = student.guardians.iter().filter_map(|guardian| guardian.name.as_ref());
    let names = std::iter::once(&student.name).chain(parents);
    names.map(crate::school::PersonName::without_patronymic).collect()
}
