//! The links of the chats with their history.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use super::chat_keys::ChatKeys;
use super::record::Recording;
use super::values::Text;
use super::{Store, StoreError, Trouble, progress};
use crate::school::{ChatKey, ChatProgress, Fingerprint, LinkEnd, LinkStanding, LinkUrl};

/// What became of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkLife {
    /// Somebody gave it; it is not printed yet.
    Received,
    /// It may be printed.
    Active,
    /// The chat has another one.
    Replaced,
    /// The register does not have it any more.
    Withdrawn,
    /// It was revoked, and a new one was asked for.
    Reissued,
    /// It was revoked.
    Revoked,
    /// Nobody used it in time.
    Expired,
}

/// A link as it was and is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRecord {
    /// The address: a secret.
    pub url: LinkUrl,
    /// What became of it.
    pub life: LinkLife,
    /// Since when it is known.
    pub received: Date,
    /// Since when papers may carry it; `None` for one that never came so far.
    pub active: Option<Date>,
    /// Since when it holds no longer.
    pub ended: Option<Date>,
    /// Why it does not.
    pub why: String,
    /// Which one took its place.
    pub replaced_by: Option<LinkUrl>,
}

/// A link among those of all chats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkOfChat {
    /// The chat that has or had it; `None` for a chat whose key is another's now.
    pub chat: Option<ChatKey>,
    /// The link.
    pub link: LinkRecord,
}

const COLUMNS: &str = "url, state, received_on, active_on, ended_on, why, \
                       (SELECT next.url FROM link AS next WHERE next.id = link.replaced_by)";

impl LinkLife {
    /// Whether the link must not be used any more: a person made it void.
    pub fn is_void(self) -> bool {
        matches!(self, Self::Reissued | Self::Revoked | Self::Expired)
    }
}

impl LinkRecord {
    /// What is to be said of a chat whose last link this is.
    pub fn standing(&self) -> LinkStanding {
        let on = self.ended.unwrap_or(self.received);
        match self.life {
            LinkLife::Received => LinkStanding::Received { on },
            LinkLife::Active => {
                LinkStanding::Active { received: self.received, since: self.active.unwrap_or(self.received) }
            }
            LinkLife::Replaced | LinkLife::Withdrawn => LinkStanding::None,
            LinkLife::Reissued => LinkStanding::Reissued { on },
            LinkLife::Revoked => LinkStanding::Revoked { on },
            LinkLife::Expired => LinkStanding::Expired { on },
        }
    }
}

impl Store {
    /// All links that a chat ever had, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn links_of_chat(&self, key: &ChatKey) -> Result<Vec<LinkRecord>, StoreError> {
        self.reading(|connection| {
            let Some(chat) = ChatKeys::load(connection)?.known(key) else { return Ok(Vec::new()) };
            let mut statement =
                connection.prepare(&format!("SELECT {COLUMNS} FROM link WHERE chat_id = ?1 ORDER BY id"))?;
            let mut rows = statement.query([chat])?;
            let mut links = Vec::new();
            while let Some(row) = rows.next()? {
                links.push(record_of(row)?);
            }
            Ok(links)
        })
    }

    /// Every link that was ever recorded, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn links(&self) -> Result<Vec<LinkOfChat>, StoreError> {
        self.reading(|connection| {
            let keys = ChatKeys::load(connection)?;
            let mut statement = connection.prepare(&format!(
                "SELECT {COLUMNS}, chat_id, superseded FROM link JOIN chat_key ON chat_key.id = chat_id ORDER BY link.id"
            ))?;
            let mut rows = statement.query([])?;
            let mut links = Vec::new();
            while let Some(row) = rows.next()? {
                let is_superseded: bool = row.get(8)?;
                let chat = if is_superseded { None } else { Some(keys.key(row.get(7)?)?.clone()) };
                links.push(LinkOfChat { chat, link: record_of(row)? });
            }
            Ok(links)
        })
    }

    /// Every link that was ever recorded, with the last chat that had it; `None` for a chat whose key is another's now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn link_owners(&self) -> Result<BTreeMap<LinkUrl, Option<ChatKey>>, StoreError> {
        Ok(self.links()?.into_iter().map(|LinkOfChat { chat, link }| (link.url, chat)).collect())
    }

    /// What [`LinkUrl::fingerprint`] says of every link that was forgotten.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn forgotten_links(&self) -> Result<BTreeSet<Fingerprint>, StoreError> {
        self.reading(|connection| {
            let mut statement = connection.prepare("SELECT sum FROM forgotten_link")?;
            let rows = statement.query_map([], |row| Ok(row.get::<_, Text<_>>(0)?.0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// What [`LinkUrl::fingerprint`] says of every link that this store knows: for the store of another school, which is
    /// to know that a link is taken, and nothing else.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn link_sums(&self) -> Result<BTreeSet<Fingerprint>, StoreError> {
        let mut sums = self.forgotten_links()?;
        sums.extend(self.links()?.iter().map(|one| one.link.url.fingerprint()));
        Ok(sums)
    }
}

fn record_of(row: &rusqlite::Row<'_>) -> Result<LinkRecord, Trouble> {
    Ok(LinkRecord {
        url: LinkUrl::judged(row.get(0)?),
        life: life_of(&row.get::<_, String>(1)?)?,
        received: row.get::<_, Text<_>>(2)?.0,
        active: row.get::<_, Option<Text<_>>>(3)?.map(|text| text.0),
        ended: row.get::<_, Option<Text<_>>>(4)?.map(|text| text.0),
        why: row.get(5)?,
        replaced_by: row.get::<_, Option<String>>(6)?.map(LinkUrl::judged),
    })
}

/// Erases links; that each of them once was a chat's is kept.
pub(super) fn forget(connection: &Connection, links: &BTreeSet<i64>) -> Result<(), Trouble> {
    let mut keep = connection.prepare("INSERT OR IGNORE INTO forgotten_link (sum) VALUES (?1)")?;
    let mut erase = connection.prepare("DELETE FROM link WHERE id = ?1 RETURNING url")?;
    for link in links {
        let url = erase.query_row([link], |row| row.get(0).map(LinkUrl::judged))?;
        keep.execute([Text(url.fingerprint())])?;
    }
    Ok(())
}

fn life_of(text: &str) -> Result<LinkLife, Trouble> {
    match text {
        "received" => Ok(LinkLife::Received),
        "active" => Ok(LinkLife::Active),
        "replaced" => Ok(LinkLife::Replaced),
        "withdrawn" => Ok(LinkLife::Withdrawn),
        "reissued" => Ok(LinkLife::Reissued),
        "revoked" => Ok(LinkLife::Revoked),
        "expired" => Ok(LinkLife::Expired),
        _ => Err(Trouble::Damaged),
    }
}

pub(super) fn read(connection: &Connection, keys: &ChatKeys) -> Result<BTreeMap<ChatKey, LinkUrl>, Trouble> {
    let mut links = BTreeMap::new();
    let mut statement = connection.prepare("SELECT chat_id, url FROM link WHERE state = 'active'")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        links.insert(keys.key(row.get(0)?)?.clone(), LinkUrl::judged(row.get(1)?));
    }
    Ok(links)
}

/// How a link ends, and why.
struct End<'a> {
    state: &'static str,
    why: &'a str,
}

pub(super) fn write(recording: &mut Recording<'_>) -> Result<(), Trouble> {
    take_back(recording)?;
    let connection = recording.connection;
    let date = Text(recording.date());
    let mut end = connection.prepare(
        "UPDATE link SET state = ?2, ended_on = ?3, why = ?4, ended_run = ?5 WHERE chat_id = ?1 AND state = 'active'",
    )?;
    for (key, url) in &recording.before.links {
        let later = recording.keys.later(key);
        let now = later.and_then(|later| recording.after.links.get(later));
        if now != Some(url) {
            let End { state, why } = ending(recording, key, now);
            end.execute(params![recording.keys.id_before(key)?, state, date, why, recording.run])?;
        }
    }
    let mut activate = connection.prepare(
        "UPDATE link SET state = 'active', active_on = ?3 WHERE chat_id = ?1 AND url = ?2 AND state = 'received'",
    )?;
    let mut insert = connection.prepare(
        "INSERT INTO link (chat_id, url, state, received_on, active_on, why) VALUES (?1, ?2, 'active', ?3, ?3, '')",
    )?;
    for (key, url) in &recording.after.links {
        let old = recording.keys.earlier(key).and_then(|key| recording.before.links.get(key));
        if old == Some(url) {
            continue;
        }
        let id = recording.keys.id(connection, key)?;
        if activate.execute(params![id, url.as_str(), date])? == 0 {
            insert.execute(params![id, url.as_str(), date])?;
        }
    }
    match recording.record.received {
        Received::Settled => settle_received(recording),
        Received::Waiting => Ok(()),
    }
}

/// Every link that was given is active now, or something else was decided: another one took its place, or its chat is
/// not to exist. One that was replaced names the one that took its place.
fn settle_received(recording: &Recording<'_>) -> Result<(), Trouble> {
    let active = "SELECT id FROM link AS now WHERE now.chat_id = link.chat_id AND now.state = 'active'";
    recording.connection.execute(
        &format!(
            "UPDATE link SET state = iif(EXISTS ({active}), 'replaced', 'withdrawn'), ended_on = ?1, ended_run = ?2 \
             WHERE state = 'received'"
        ),
        params![Text(recording.date()), recording.run],
    )?;
    recording.connection.execute(
        &format!("UPDATE link SET replaced_by = ({active}) WHERE state = 'replaced' AND ended_run = ?1"),
        [recording.run],
    )?;
    Ok(())
}

fn ending<'a>(recording: &'a Recording<'_>, key: &ChatKey, now: Option<&LinkUrl>) -> End<'a> {
    let later = recording.keys.later(key);
    let ends = recording.record.changes.iter().find_map(|change| {
        let about = change.chat().is_some_and(|chat| chat.key == *key || Some(&chat.key) == later);
        let state = match change.kind_id() {
            "link_replaced" => "replaced",
            "link_gone" => "withdrawn",
            "link_reissued" => "reissued",
            "link_revoked" => "revoked",
            "link_expired" => "expired",
            _ => return None,
        };
        about.then_some(End { state, why: &change.why })
    });
    let silently = End { state: if now.is_some() { "replaced" } else { "withdrawn" }, why: "" };
    ends.unwrap_or(silently)
}

/// A link that no paper carries, and that a person makes void.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenBack {
    /// The chat, by its key of now.
    pub chat: ChatKey,
    /// The link: a received one, one that stands in the register only, or one whose successor is not awaited any more.
    pub link: LinkUrl,
    /// How.
    pub end: LinkEnd,
    /// Why, without a full stop.
    pub why: String,
}

/// Ends the links that are taken back. One that papers carried keeps its row and gets another one: what happened to it
/// first is not forgotten.
fn take_back(recording: &mut Recording<'_>) -> Result<(), Trouble> {
    for TakenBack { chat, link, end, why } in recording.record.taken_back {
        let id = recording.keys.id(recording.connection, chat)?;
        let state = match end {
            LinkEnd::Reissue => "reissued",
            LinkEnd::Revoke => "revoked",
            LinkEnd::Expire => "expired",
        };
        let values = params![id, link.as_str(), state, Text(recording.date()), recording.run, why];
        let known = recording.connection.execute(
            "UPDATE link SET state = ?3, ended_on = ?4, ended_run = ?5, why = ?6 \
             WHERE chat_id = ?1 AND url = ?2 AND state = 'received'",
            values,
        )?;
        if known == 0 {
            recording.connection.execute(
                "INSERT INTO link (chat_id, url, state, received_on, ended_on, ended_run, why) \
                 VALUES (?1, ?2, ?3, ?4, ?4, ?5, ?6)",
                values,
            )?;
        }
    }
    Ok(())
}

impl Store {
    /// Makes links void that no paper carries, and records `changes` about them. Nothing else changes: links that other
    /// chats were given go on waiting for the next run.
    ///
    /// # Errors
    /// When the store cannot be written. Nothing is recorded then.
    pub fn take_back(
        &mut self,
        run: super::RunInfo,
        taken: &[TakenBack],
        changes: &[crate::school::Change],
    ) -> Result<super::RunId, StoreError> {
        let before = self.state()?;
        self.record(&super::Record {
            run,
            before: &before,
            after: before.state(),
            rekeyed: &BTreeMap::new(),
            renamed: &BTreeMap::new(),
            changes,
            packages: &[],
            register: super::RegisterState::Current,
            taken_back: taken,
            received: Received::Waiting,
        })
    }
}

/// What becomes of links that were given and are not printed yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Received {
    /// Each is printed from now on, or given up.
    #[default]
    Settled,
    /// Nothing is decided of them.
    Waiting,
}

/// Links that were given and are not printed yet.
#[derive(Clone, Copy, Debug)]
pub struct Receipt<'a> {
    /// The run that takes them in.
    pub run: super::RunInfo,
    /// The links by the keys of now. A link that a chat has already takes back another one that was given since.
    pub links: &'a BTreeMap<ChatKey, LinkUrl>,
    /// What was told of chats besides: all that holds from now on, with a day for slips that were handed out.
    pub progress: &'a BTreeMap<ChatKey, ChatProgress>,
}

impl Store {
    /// Takes in what was given, in one transaction; the next run that records makes the links active. Links that are known
    /// already are not touched; where there is nothing else, nothing is written. Returns whether anything was.
    ///
    /// # Errors
    /// When the store cannot be written. Nothing is recorded then.
    pub fn receive(&mut self, receipt: &Receipt<'_>) -> Result<bool, StoreError> {
        let received = self.writing(super::Work::Recording, |connection| {
            let mut keys = ChatKeys::load(connection)?;
            let mut news = Vec::new();
            for (key, url) in receipt.links {
                let known = keys.known_now(key);
                let state = |state: &str| -> Result<Option<String>, Trouble> {
                    let Some(id) = known else { return Ok(None) };
                    let sql = "SELECT url FROM link WHERE chat_id = ?1 AND state = ?2";
                    Ok(connection.query_row(sql, params![id, state], |row| row.get(0)).optional()?)
                };
                let (active, received) = (state("active")?, state("received")?);
                let is_known = match (&active, &received) {
                    (_, Some(received)) => received == url.as_str(),
                    (active, None) => active.as_deref() == Some(url.as_str()),
                };
                if !is_known {
                    news.push((key, url, active.as_deref() == Some(url.as_str())));
                }
            }
            if news.is_empty() && receipt.progress.is_empty() {
                return Ok(false);
            }
            let run = receipt.run;
            super::Mark::raise(connection)?;
            connection.execute("INSERT INTO run (date, at) VALUES (?1, ?2)", params![Text(run.date), Text(run.at)])?;
            let number = connection.last_insert_rowid();
            for (key, url, is_active) in news {
                let id = keys.id(connection, key)?;
                connection.execute(
                    "UPDATE link SET state = 'replaced', ended_on = ?2, ended_run = ?3, why = 'до печати прислана другая' \
                     WHERE chat_id = ?1 AND state = 'received'",
                    params![id, Text(run.date), number],
                )?;
                if !is_active {
                    connection.execute(
                        "INSERT INTO link (chat_id, url, state, received_on, why) VALUES (?1, ?2, 'received', ?3, '')",
                        params![id, url.as_str(), Text(run.date)],
                    )?;
                }
                connection.execute(
                    "UPDATE link SET replaced_by = (SELECT id FROM link AS next WHERE next.chat_id = ?1 AND next.url = ?2 \
                     AND next.state IN ('received', 'active')) WHERE chat_id = ?1 AND ended_run = ?3",
                    params![id, url.as_str(), number],
                )?;
            }
            for (key, progress) in receipt.progress {
                progress::put(connection, keys.id(connection, key)?, *progress)?;
            }
            Ok(true)
        });
        received.map_err(StoreError::Receive)
    }
}
