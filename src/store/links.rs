//! The links of the chats with their history.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{Connection, params};

use super::chat_keys::ChatKeys;
use super::record::Recording;
use super::values::Text;
use super::{Store, StoreError, Trouble};
use crate::school::{ChatKey, Fingerprint, LinkUrl};

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
    /// It was revoked in the app.
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
    /// Since when it holds no longer.
    pub ended: Option<Date>,
    /// Why it does not.
    pub why: String,
}

impl Store {
    /// All links that a chat ever had, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn links_of_chat(&self, key: &ChatKey) -> Result<Vec<LinkRecord>, StoreError> {
        self.reading(|connection| {
            let Some(chat) = ChatKeys::load(connection)?.known(key) else { return Ok(Vec::new()) };
            let mut statement = connection
                .prepare("SELECT url, state, received_on, ended_on, why FROM link WHERE chat_id = ?1 ORDER BY id")?;
            let mut rows = statement.query([chat])?;
            let mut links = Vec::new();
            while let Some(row) = rows.next()? {
                links.push(LinkRecord {
                    url: LinkUrl::judged(row.get(0)?),
                    life: life_of(&row.get::<_, String>(1)?)?,
                    received: row.get::<_, Text<_>>(2)?.0,
                    ended: row.get::<_, Option<Text<_>>>(3)?.map(|text| text.0),
                    why: row.get(4)?,
                });
            }
            Ok(links)
        })
    }
}

impl Store {
    /// Every link that was ever recorded, with the last chat that had it; `None` for a chat whose key is another's now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn link_owners(&self) -> Result<BTreeMap<LinkUrl, Option<ChatKey>>, StoreError> {
        self.reading(|connection| {
            let keys = ChatKeys::load(connection)?;
            let mut statement = connection.prepare(
                "SELECT url, chat_id, superseded FROM link JOIN chat_key ON chat_key.id = chat_id ORDER BY link.id",
            )?;
            let mut rows = statement.query([])?;
            let mut owners = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let is_superseded: bool = row.get(2)?;
                let owner = if is_superseded { None } else { Some(keys.key(row.get(1)?)?.clone()) };
                owners.insert(LinkUrl::judged(row.get(0)?), owner);
            }
            Ok(owners)
        })
    }
}

impl Store {
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

pub(super) fn write(recording: &mut Recording<'_>) -> Result<(), Trouble> {
    let connection = recording.connection;
    let date = Text(recording.date());
    let mut end = connection.prepare(
        "UPDATE link SET state = ?2, ended_on = ?3, why = ?4, ended_run = ?5 WHERE chat_id = ?1 AND state = 'active'",
    )?;
    let mut insert = connection
        .prepare("INSERT INTO link (chat_id, url, state, received_on, why) VALUES (?1, ?2, 'active', ?3, '')")?;
    for (key, url) in &recording.before.links {
        let later = recording.keys.later(key);
        let now = later.and_then(|later| recording.after.links.get(later));
        if now != Some(url) {
            let state = if now.is_some() { "replaced" } else { "withdrawn" };
            let why = recording.why(|change| {
                let about = change.chat().is_some_and(|chat| chat.key == *key || Some(&chat.key) == later);
                about && matches!(change.kind_id(), "link_replaced" | "link_gone")
            });
            end.execute(params![recording.keys.id_before(key)?, state, date, why, recording.run])?;
        }
    }
    for (key, url) in &recording.after.links {
        let old = recording.keys.earlier(key).and_then(|key| recording.before.links.get(key));
        if old != Some(url) {
            let id = recording.keys.id(connection, key)?;
            insert.execute(params![id, url.as_str(), date])?;
        }
    }
    Ok(())
}
