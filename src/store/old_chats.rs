//! How far the chats in foreign messengers have come, and since when (65.5.1).
//!
//! The keys and words hold no link and nobody's name; whoever answers for a chat is a member of the staff.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::Trouble;
use super::chat_keys::ChatKeys;
use super::record::Recording;
use super::values::Text;
use crate::school::{OldChatKey, OldChatRecord, OldChatState};

pub(super) fn read(connection: &Connection, keys: &ChatKeys) -> Result<BTreeMap<OldChatKey, OldChatRecord>, Trouble> {
    let mut chats = BTreeMap::new();
    let mut statement =
        connection.prepare("SELECT key, words, state, since, chat_id, responsible, until FROM old_chat")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let state = row.get::<_, String>(2)?;
        let state = OldChatState::ALL.into_iter().find(|known| known.id() == state).ok_or(Trouble::Damaged)?;
        let chat = row.get::<_, Option<i64>>(4)?.map(|id| keys.key(id).cloned()).transpose()?;
        let record = OldChatRecord {
            chat,
            words: row.get(1)?,
            state,
            since: row.get::<_, Text<_>>(3)?.0,
            responsible: row.get(5)?,
            until: row.get::<_, Option<Text<_>>>(6)?.map(|text| text.0),
        };
        chats.insert(OldChatKey::recorded(row.get(0)?), record);
    }
    Ok(chats)
}

pub(super) fn write(recording: &mut Recording<'_>) -> Result<(), Trouble> {
    let connection = recording.connection;
    let (before, after) = (&recording.before.old_chats, &recording.after.old_chats);
    for key in before.keys().filter(|key| !after.contains_key(key)) {
        connection.execute("DELETE FROM old_chat WHERE key = ?1", [key.as_str()])?;
    }
    for (key, now) in after.iter().filter(|(key, now)| before.get(key) != Some(now)) {
        let OldChatRecord { words, chat, state, since, responsible, until } = now;
        let chat = chat.as_ref().map(|key| recording.keys.id(connection, key)).transpose()?;
        connection.execute(
            "INSERT INTO old_chat (key, words, state, since, chat_id, responsible, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT (key) DO UPDATE SET words = ?2, state = ?3, since = ?4, chat_id = ?5, responsible = ?6, \
             until = ?7",
            params![key.as_str(), words, state.id(), Text(*since), chat, responsible, until.map(Text)],
        )?;
    }
    Ok(())
}
