//! The papers that were handed out with their versions.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::{Connection, Row, Statement, ToSql, params};

use super::chat_keys::ChatKeys;
use super::classes::Classes;
use super::record::Recording;
use super::values::{Choice, Text, audience_id};
use super::{RunId, Store, StoreError, Trouble};
use crate::school::{ChangeKind, ChatKey, Draft, Edition, IssuedPaper, PaperId, PersonId, Piece, Scope};

/// A paper as it was issued, and whether it still holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperRecord {
    /// Which.
    pub id: PaperId,
    /// Its version, date and fingerprints.
    pub paper: IssuedPaper,
    /// Set where it holds no longer.
    pub voided: Option<Voided>,
}

/// Since when and why a paper holds no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voided {
    /// The date of the run.
    pub on: Date,
    /// Why.
    pub why: String,
}

/// A poster or a slip whose code holds no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoidCode {
    /// Which.
    pub id: PaperId,
    /// The run that issued it.
    pub since: RunId,
    /// The run that ended what its code says: the link, or the address on the school's own site.
    pub until: RunId,
}

const COLUMNS: &str =
    "class_id, kind, chat_id, student_id, audience, version, issued, content, core, void_on, void_why";

impl Store {
    /// All papers that a class or the school ever had, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn papers(&self, scope: &Scope) -> Result<Vec<PaperRecord>, StoreError> {
        self.papers_where("class_id IS ?1", |classes, _| match scope.class() {
            Some(class) => Some(Box::new(classes.known(class)?)),
            None => Some(Box::new(None::<i64>)),
        })
    }

    /// All papers that a pupil ever had, in whatever class, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn papers_of_student(&self, id: PersonId) -> Result<Vec<PaperRecord>, StoreError> {
        self.papers_where("student_id = ?1", |_, _| Some(Box::new(id.to_string())))
    }

    /// All papers with the code of a chat, under whatever key it had, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn papers_of_chat(&self, key: &ChatKey) -> Result<Vec<PaperRecord>, StoreError> {
        self.papers_where("chat_id = ?1", |_, keys| Some(Box::new(keys.known(key)?)))
    }

    fn papers_where(
        &self,
        which: &str,
        value: impl FnOnce(&Classes, &ChatKeys) -> Option<Box<dyn ToSql>>,
    ) -> Result<Vec<PaperRecord>, StoreError> {
        self.reading(|connection| {
            let classes = Classes::load(connection)?;
            let keys = ChatKeys::load(connection)?;
            let Some(value) = value(&classes, &keys) else { return Ok(Vec::new()) };
            let mut statement =
                connection.prepare(&format!("SELECT {COLUMNS} FROM paper WHERE {which} ORDER BY id"))?;
            let mut rows = statement.query([value])?;
            let mut papers = Vec::new();
            while let Some(row) = rows.next()? {
                papers.push(record_of(row, &classes, &keys)?);
            }
            Ok(papers)
        })
    }
}

impl Store {
    /// The last version of every paper that ever was, by what it is now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn last_versions(&self) -> Result<BTreeMap<PaperId, u32>, StoreError> {
        self.reading(|connection| {
            let classes = Classes::load(connection)?;
            let keys = ChatKeys::load(connection)?;
            let mut statement =
                connection.prepare(&format!("SELECT {COLUMNS} FROM paper WHERE void_on IS NOT NULL"))?;
            let mut rows = statement.query([])?;
            let mut last = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let PaperRecord { id, paper, .. } = record_of(row, &classes, &keys)?;
                let version = last.entry(id).or_default();
                *version = paper.edition.version.max(*version);
            }
            Ok(last)
        })
    }
}

impl Store {
    /// Every poster and slip whose code has ended since it was issued: the link, or the address on the school's own site,
    /// which outlives a link. The slip of a pupil who left is none of them as long as its code leads to the chat; the sheet
    /// of a family, which has several codes, ends when it is void.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn void_codes(&self) -> Result<Vec<VoidCode>, StoreError> {
        self.reading(|connection| {
            let classes = Classes::load(connection)?;
            let keys = ChatKeys::load(connection)?;
            let mut statement = connection.prepare(&format!(
                "SELECT {COLUMNS}, run_id, iif(kind = 'family', void_run, iif(short_link_id IS NULL, \
                 (SELECT min(link.ended_run) FROM link WHERE link.chat_id = paper.chat_id \
                 AND link.active_on IS NOT NULL AND link.ended_run > paper.run_id), \
                 (SELECT ended_run FROM short_link WHERE short_link.id = short_link_id))) AS dead FROM paper \
                 WHERE void_run IS NOT NULL AND (chat_id IS NOT NULL OR kind = 'family') AND dead IS NOT NULL \
                 ORDER BY id"
            ))?;
            let mut rows = statement.query([])?;
            let mut codes = Vec::new();
            while let Some(row) = rows.next()? {
                let PaperRecord { id, .. } = record_of(row, &classes, &keys)?;
                codes.push(VoidCode { id, since: RunId(row.get(11)?), until: RunId(row.get(12)?) });
            }
            Ok(codes)
        })
    }
}

fn record_of(row: &Row<'_>, classes: &Classes, keys: &ChatKeys) -> Result<PaperRecord, Trouble> {
    let chat = |index| -> Result<_, Trouble> { Ok(keys.key(row.get(index)?)?.clone()) };
    let piece = match row.get::<_, String>(1)?.as_str() {
        "poster" => Piece::Poster { chat: chat(2)? },
        "slip" => Piece::Slip { chat: chat(2)?, student: row.get::<_, Text<_>>(3)?.0 },
        "family" => Piece::Family { student: row.get::<_, Text<_>>(3)?.0 },
        "form" => Piece::Form { audience: row.get::<_, Choice<_>>(4)?.0 },
        "memo" => Piece::Memo,
        "rules" => Piece::Rules { audience: row.get::<_, Choice<_>>(4)?.0 },
        "consent" => Piece::Consent,
        "log" => Piece::Log,
        "announcements" => Piece::Announcements,
        "order" => Piece::Draft { draft: Draft::Order },
        "chat_register" => Piece::Draft { draft: Draft::ChatRegister },
        "application" => Piece::Draft { draft: Draft::Application },
        _ => return Err(Trouble::Damaged),
    };
    let void_on = row.get::<_, Option<Text<Date>>>(9)?;
    let voided = void_on.map(|on| Ok::<_, Trouble>(Voided { on: on.0, why: row.get(10)? })).transpose()?;
    let edition = Edition { version: row.get(5)?, issued: row.get::<_, Text<_>>(6)?.0 };
    let paper = IssuedPaper { edition, content: row.get::<_, Text<_>>(7)?.0, core: row.get::<_, Text<_>>(8)?.0 };
    Ok(PaperRecord { id: PaperId { scope: classes.scope(row.get(0)?)?, piece }, paper, voided })
}

pub(super) fn read(
    connection: &Connection,
    classes: &Classes,
    keys: &ChatKeys,
) -> Result<BTreeMap<PaperId, IssuedPaper>, Trouble> {
    let mut papers = BTreeMap::new();
    let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM paper WHERE void_on IS NULL"))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let record = record_of(row, classes, keys)?;
        papers.insert(record.id, record.paper);
    }
    Ok(papers)
}

const WHICH: &str = "ifnull(class_id, 0) = ifnull(?1, 0) AND kind = ?2 AND ifnull(chat_id, 0) = ifnull(?3, 0) \
                     AND ifnull(student_id, '') = ifnull(?4, '') AND ifnull(audience, '') = ifnull(?5, '') \
                     AND void_on IS NULL";

pub(super) fn write(recording: &mut Recording<'_>) -> Result<(), Trouble> {
    let connection = recording.connection;
    let mut void =
        connection.prepare(&format!("UPDATE paper SET void_on = ?6, void_why = ?7, void_run = ?8 WHERE {WHICH}"))?;
    let mut refresh = connection.prepare(&format!("UPDATE paper SET content = ?6, core = ?7 WHERE {WHICH}"))?;
    let mut insert = connection.prepare(
        "INSERT INTO paper (class_id, kind, chat_id, student_id, audience, version, issued, content, core, run_id, \
         short_link_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, (SELECT id FROM short_link WHERE token = ?11))",
    )?;
    let mut moves = Moves::prepare(connection)?;
    for (id, old) in &recording.before.papers {
        let later = later(recording, id);
        let now = later.as_ref().and_then(|later| recording.after.papers.get(later));
        let scope = later.as_ref().map_or(&id.scope, |later| &later.scope);
        if now == Some(old) && *scope == id.scope {
            continue;
        }
        let class = recording.classes.scope_id(connection, &id.scope)?;
        let chat = id.piece.chat().map(|chat| recording.keys.id_before(chat)).transpose()?;
        let Which { kind, student, audience } = which(&id.piece);
        match now {
            Some(now) if now.edition == old.edition => {
                let (content, core) = (Text(now.content), Text(now.core));
                refresh.execute(params![class, kind, chat, student, audience, content, core])?;
                if *scope != id.scope {
                    let now = recording.classes.scope_id(connection, scope)?;
                    moves.begin(params![class, kind, chat, student, audience], now)?;
                }
            }
            _ => {
                let why = recording.why(|change| {
                    matches!(&change.what, ChangeKind::PaperVoid { paper, .. } | ChangeKind::PaperRenewed(paper)
                        if paper.id == *later.as_ref().unwrap_or(id))
                });
                let on = Text(recording.date());
                void.execute(params![class, kind, chat, student, audience, on, why, recording.run])?;
            }
        }
    }
    moves.finish()?;
    for (id, now) in &recording.after.papers {
        let earlier = earlier(recording, id);
        let old = earlier.and_then(|earlier| recording.before.papers.get(&earlier));
        if old.is_some_and(|old| old.edition == now.edition) {
            continue;
        }
        let class = recording.classes.scope_id(connection, &id.scope)?;
        let chat = id.piece.chat().map(|chat| recording.keys.id(connection, chat)).transpose()?;
        let Which { kind, student, audience } = which(&id.piece);
        let address = id.piece.chat().and_then(|chat| recording.after.short.get(chat));
        let Edition { version, issued } = now.edition;
        insert.execute(params![
            class,
            kind,
            chat,
            student,
            audience,
            version,
            Text(issued),
            Text(now.content),
            Text(now.core),
            recording.run,
            address.map(crate::school::Token::as_str),
        ])?;
    }
    Ok(())
}

/// What a recorded paper is called now; `None` where another one took its name.
fn later(recording: &Recording<'_>, id: &PaperId) -> Option<PaperId> {
    let piece = with_chat(&id.piece, |chat| recording.keys.later(chat))?;
    Some(PaperId { scope: recording.names.later(&id.scope)?, piece })
}

/// What a paper of now was called before; `None` where another one had its name.
fn earlier(recording: &Recording<'_>, id: &PaperId) -> Option<PaperId> {
    let piece = with_chat(&id.piece, |chat| recording.keys.earlier(chat))?;
    Some(PaperId { scope: recording.names.earlier(&id.scope)?, piece })
}

/// A piece under another key of its chat.
fn with_chat<'a>(piece: &'a Piece, key: impl Fn(&'a ChatKey) -> Option<&'a ChatKey>) -> Option<Piece> {
    piece.chat().map_or_else(|| Some(piece.clone()), |chat| Some(piece.with_chat(key(chat)?)))
}

/// Papers that go to another name of their class. A class has one form of a kind at a time, and names may go round in a
/// circle: so all of them are taken out before the first is put back.
struct Moves<'a> {
    find: Statement<'a>,
    take_out: Statement<'a>,
    put_back: Statement<'a>,
    taken_out: Vec<Move>,
}

struct Move {
    row: i64,
    class: Option<i64>,
}

impl<'a> Moves<'a> {
    fn prepare(connection: &'a Connection) -> Result<Self, Trouble> {
        Ok(Self {
            find: connection.prepare(&format!("SELECT id FROM paper WHERE {WHICH}"))?,
            take_out: connection.prepare("UPDATE paper SET void_on = '', void_why = '' WHERE id = ?1")?,
            put_back: connection
                .prepare("UPDATE paper SET void_on = NULL, void_why = NULL, class_id = ?2 WHERE id = ?1")?,
            taken_out: Vec::new(),
        })
    }

    fn begin(&mut self, which: &[&dyn ToSql], class: Option<i64>) -> Result<(), Trouble> {
        let row = self.find.query_row(which, |row| row.get(0))?;
        self.take_out.execute([row])?;
        self.taken_out.push(Move { row, class });
        Ok(())
    }

    fn finish(mut self) -> Result<(), Trouble> {
        for Move { row, class } in self.taken_out {
            self.put_back.execute(params![row, class])?;
        }
        Ok(())
    }
}

struct Which {
    kind: &'static str,
    student: Option<String>,
    audience: Option<&'static str>,
}

fn which(piece: &Piece) -> Which {
    let of = |kind| Which { kind, student: None, audience: None };
    match piece {
        Piece::Poster { .. } => of("poster"),
        Piece::Slip { student, .. } => Which { student: Some(student.to_string()), ..of("slip") },
        Piece::Family { student } => Which { student: Some(student.to_string()), ..of("family") },
        Piece::Form { audience } => Which { audience: Some(audience_id(*audience)), ..of("form") },
        Piece::Memo => of("memo"),
        Piece::Rules { audience } => Which { audience: Some(audience_id(*audience)), ..of("rules") },
        Piece::Consent => of("consent"),
        Piece::Log => of("log"),
        Piece::Announcements => of("announcements"),
        Piece::Draft { draft } => of(draft.id()),
    }
}
