//! The short links: one token per chat at a time, and none is ever given out again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rusqlite::{Connection, params};

use super::chat_keys::ChatKeys;
use super::record::Recording;
use super::values::{Choice, Text, audience_id};
use super::watch::Work;
use super::{Store, StoreError, Trouble};
use crate::school::{Audience, BaseUrl, ChatKey, ChatKind, ChatTitle, ClassName, Token};

/// A short link with what its page says of the chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortLink {
    /// The token: a secret.
    pub token: Token,
    /// The chat; `None` for one whose key is another chat's now.
    pub chat: Option<ChatKey>,
    /// Since when it is given out.
    pub since: Date,
    /// Since when papers that carry it are void; `None` where they hold.
    pub ended: Option<Date>,
    /// The title of the chat as it was last called.
    pub title: ChatTitle,
    /// What it is for.
    pub kind: ChatKind,
    /// Whom it is for.
    pub audience: Audience,
    /// Its class.
    pub class: Option<ClassName>,
}

/// Where the site of short links was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedSite {
    /// The folder: an absolute path.
    pub folder: PathBuf,
    /// The address under which its pages stand.
    pub base: BaseUrl,
}

impl Store {
    /// Every short link that was ever given out, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn short_links(&self) -> Result<Vec<ShortLink>, StoreError> {
        self.reading(|connection| {
            let keys = ChatKeys::load(connection)?;
            let mut statement = connection.prepare(
                "SELECT token, chat_id, superseded, since, title, kind, audience, class, ended_on FROM short_link \
                 JOIN chat_key ON chat_key.id = chat_id ORDER BY short_link.id",
            )?;
            let mut rows = statement.query([])?;
            let mut links = Vec::new();
            while let Some(row) = rows.next()? {
                let is_superseded: bool = row.get(2)?;
                links.push(ShortLink {
                    token: row.get::<_, Text<_>>(0)?.0,
                    chat: if is_superseded { None } else { Some(keys.key(row.get(1)?)?.clone()) },
                    since: row.get::<_, Text<_>>(3)?.0,
                    title: row.get::<_, Text<_>>(4)?.0,
                    kind: row.get::<_, Choice<_>>(5)?.0,
                    audience: row.get::<_, Choice<_>>(6)?.0,
                    class: row.get::<_, Option<Text<_>>>(7)?.map(|text| text.0),
                    ended: row.get::<_, Option<Text<_>>>(8)?.map(|text| text.0),
                });
            }
            Ok(links)
        })
    }

    /// Where the site was published; the folder that was named last is the last one.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn sites(&self) -> Result<Vec<PublishedSite>, StoreError> {
        self.reading(|connection| {
            let mut statement = connection.prepare("SELECT folder, base FROM site ORDER BY id")?;
            let rows = statement.query_map([], |row| {
                let folder: String = row.get(0)?;
                Ok(PublishedSite { folder: folder.into(), base: row.get::<_, Text<_>>(1)?.0 })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// Notes where the site is published, besides the folders that are known. The recorded state stays the last one.
    ///
    /// # Errors
    /// When the store cannot be written, or the folder has a name that is no text.
    pub fn publish(&mut self, site: &PublishedSite) -> Result<(), StoreError> {
        let written = self.writing(Work::Register, |connection| {
            let folder = site.folder.to_str().ok_or(Trouble::NoAccess)?;
            connection.execute("DELETE FROM site WHERE folder = ?1", [folder])?;
            connection.execute(
                "INSERT INTO site (id, folder, base) VALUES ((SELECT ifnull(max(id), 0) + 1 FROM site), ?1, ?2)",
                params![folder, site.base.to_string()],
            )?;
            Ok(())
        });
        written.map_err(StoreError::Register)
    }

    /// Forgets a folder into which the site was published. The recorded state stays the last one.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn unpublish(&mut self, folder: &Path) -> Result<(), StoreError> {
        let written = self.writing(Work::Register, |connection| {
            connection.execute("DELETE FROM site WHERE folder = ?1", [folder.to_str()])?;
            Ok(())
        });
        written.map_err(StoreError::Register)
    }
}

/// The tokens that papers of the chats that exist carry.
pub(super) fn read(connection: &Connection, keys: &ChatKeys) -> Result<BTreeMap<ChatKey, Token>, Trouble> {
    let mut tokens = BTreeMap::new();
    let mut statement = connection
        .prepare("SELECT chat_id, token FROM short_link WHERE ended_on IS NULL AND chat_id IN (SELECT id FROM chat)")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        tokens.insert(keys.key(row.get(0)?)?.clone(), row.get::<_, Text<_>>(1)?.0);
    }
    Ok(tokens)
}

/// Adds new tokens, ends those that papers carry no longer, and brings what is told of the chats up to date. Nothing is
/// ever taken away.
pub(super) fn write(recording: &mut Recording<'_>) -> Result<(), Trouble> {
    let connection = recording.connection;
    let mut end = connection.prepare("UPDATE short_link SET ended_on = ?2, ended_run = ?3 WHERE token = ?1")?;
    for (key, token) in &recording.before.short {
        let now = recording.keys.later(key).and_then(|later| recording.after.short.get(later));
        if now != Some(token) {
            end.execute(params![token.as_str(), Text(recording.date()), recording.run])?;
        }
    }
    let mut put = connection.prepare(
        "INSERT INTO short_link (token, chat_id, since, title, kind, audience, class) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
         ON CONFLICT (token) DO UPDATE SET title = ?4, kind = ?5, audience = ?6, class = ?7 \
         WHERE chat_id = ?2 AND ended_on IS NULL",
    )?;
    for (key, token) in &recording.after.short {
        let chat = recording.after.chats.get(key).ok_or(Trouble::Contradiction("короткая ссылка без чата"))?;
        let earlier = recording.keys.earlier(key);
        let before = earlier.and_then(|key| recording.before.chats.get(key));
        let is_same = |old: &crate::school::Chat| {
            (&old.title, old.kind, old.audience, &old.class) == (&chat.title, chat.kind, chat.audience, &chat.class)
        };
        let is_known = earlier.and_then(|key| recording.before.short.get(key)) == Some(token);
        if is_known && before.is_some_and(is_same) {
            continue;
        }
        let id = recording.keys.id(connection, key)?;
        let class = chat.class.as_ref().map(ToString::to_string);
        let rows = put.execute(params![
            token.as_str(),
            id,
            Text(recording.date()),
            chat.title.as_str(),
            chat.kind.id(),
            audience_id(chat.audience),
            class,
        ])?;
        if rows == 0 {
            return Err(Trouble::Contradiction("короткая ссылка другого чата или отозванная"));
        }
    }
    Ok(())
}
