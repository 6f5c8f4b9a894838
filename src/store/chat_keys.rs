//! The chats that were ever named: what keeps a chat's history together when its key changes.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::Trouble;
use crate::school::ChatKey;

/// Chat ⇄ row, before this recording and now.
pub(super) struct ChatKeys {
    before: BTreeMap<ChatKey, i64>,
    now: BTreeMap<ChatKey, i64>,
    names: BTreeMap<i64, ChatKey>,
    /// New key → old key.
    origins: BTreeMap<ChatKey, ChatKey>,
    /// Old key → new key.
    targets: BTreeMap<ChatKey, ChatKey>,
}

impl ChatKeys {
    pub(super) fn load(connection: &Connection) -> Result<Self, Trouble> {
        let mut keys = Self {
            before: BTreeMap::new(),
            now: BTreeMap::new(),
            names: BTreeMap::new(),
            origins: BTreeMap::new(),
            targets: BTreeMap::new(),
        };
        // A key of now wins over a superseded one.
        let mut statement =
            connection.prepare("SELECT id, key, superseded FROM chat_key ORDER BY superseded DESC, id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (id, text): (i64, String) = (row.get(0)?, row.get(1)?);
            let key = key_of(&text);
            keys.names.insert(id, key.clone());
            if !row.get::<_, bool>(2)? {
                keys.now.insert(key, id);
            }
        }
        keys.before = keys.now.clone();
        Ok(keys)
    }

    /// Gives chats their new keys, all at once.
    pub(super) fn rekey(
        &mut self,
        connection: &Connection,
        targets: &BTreeMap<ChatKey, ChatKey>,
    ) -> Result<(), Trouble> {
        self.targets.clone_from(targets);
        self.origins = targets.iter().map(|(old, new)| (new.clone(), old.clone())).collect();
        if self.origins.len() != targets.len() {
            return Err(Trouble::Contradiction("два чата получают один ключ"));
        }
        for key in targets.keys().chain(targets.values()) {
            if let Some(id) = self.now.remove(key) {
                connection.execute("UPDATE chat_key SET superseded = 1 WHERE id = ?1", [id])?;
            }
        }
        for (old, new) in targets {
            if let Some(id) = self.before.get(old) {
                let text = lasting_key(new)?;
                connection.execute("UPDATE chat_key SET superseded = 0, key = ?2 WHERE id = ?1", params![id, text])?;
                self.now.insert(new.clone(), *id);
                self.names.insert(*id, new.clone());
            }
        }
        Ok(())
    }

    /// The row of a chat by its key of now, made where it was never named before.
    pub(super) fn id(&mut self, connection: &Connection, key: &ChatKey) -> Result<i64, Trouble> {
        if let Some(id) = self.now.get(key) {
            return Ok(*id);
        }
        connection.execute("INSERT INTO chat_key (key) VALUES (?1)", [lasting_key(key)?])?;
        let id = connection.last_insert_rowid();
        self.now.insert(key.clone(), id);
        self.names.insert(id, key.clone());
        Ok(id)
    }

    /// The row of a chat by the key it had before this recording.
    pub(super) fn id_before(&self, key: &ChatKey) -> Result<i64, Trouble> {
        self.before.get(key).copied().ok_or(Trouble::MovedOn)
    }

    /// The key before this recording of the chat that has this key now; `None` where another chat had it.
    pub(super) fn earlier<'a>(&'a self, key: &'a ChatKey) -> Option<&'a ChatKey> {
        match self.origins.get(key) {
            Some(old) => Some(old),
            None => (!self.targets.contains_key(key)).then_some(key),
        }
    }

    /// The key now of the chat that had this key before; `None` where another chat took it.
    pub(super) fn later<'a>(&'a self, key: &'a ChatKey) -> Option<&'a ChatKey> {
        match self.targets.get(key) {
            Some(new) => Some(new),
            None => (!self.origins.contains_key(key)).then_some(key),
        }
    }

    /// The row of a chat that is called so now.
    pub(super) fn known_now(&self, key: &ChatKey) -> Option<i64> {
        self.now.get(key).copied()
    }

    pub(super) fn known(&self, key: &ChatKey) -> Option<i64> {
        let superseded = || self.names.iter().rev().find(|(_, name)| *name == key).map(|(id, _)| *id);
        self.now.get(key).copied().or_else(superseded)
    }

    pub(super) fn key(&self, id: i64) -> Result<&ChatKey, Trouble> {
        self.names.get(&id).ok_or(Trouble::Damaged)
    }
}

fn key_of(text: &str) -> ChatKey {
    ChatKey::of(&text.split('/').collect::<Vec<_>>())
}

fn lasting_key(key: &ChatKey) -> Result<&str, Trouble> {
    let text = key.as_str();
    if key_of(text) == *key {
        Ok(text)
    } else {
        Err(Trouble::Contradiction("ключ чата не читается обратно"))
    }
}
