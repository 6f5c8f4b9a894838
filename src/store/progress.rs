//! What people tell of the chats: who created them, when slips were handed out, who joined.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::{Connection, params};

use super::Trouble;
use super::chat_keys::ChatKeys;
use super::record::Recording;
use super::values::Text;
use crate::school::{ChatKey, ChatOrigin, ChatProgress, HandedOut, Joined};

/// What stands in the place of a number where everybody has joined.
const EVERYBODY: i64 = -1;

pub(super) fn read(connection: &Connection, keys: &ChatKeys) -> Result<BTreeMap<ChatKey, ChatProgress>, Trouble> {
    let mut progress = BTreeMap::new();
    let mut statement = connection.prepare("SELECT chat_id, origin, handed_out_on, joined FROM chat_progress")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let origin = row.get::<_, Option<String>>(1)?;
        let origin = origin.map(|text| origin_of(&text)).transpose()?;
        let handed_out = row.get::<_, Option<Text<Date>>>(2)?.map(|text| HandedOut::On(text.0));
        let joined = row.get::<_, Option<i64>>(3)?.map(joined_of);
        progress.insert(keys.key(row.get(0)?)?.clone(), ChatProgress { origin, handed_out, joined });
    }
    Ok(progress)
}

pub(super) fn write(recording: &mut Recording<'_>) -> Result<(), Trouble> {
    let connection = recording.connection;
    for key in recording.before.progress.keys() {
        let later = recording.keys.later(key);
        if later.is_none_or(|later| !recording.after.progress.contains_key(later)) {
            connection.execute("DELETE FROM chat_progress WHERE chat_id = ?1", [recording.keys.id_before(key)?])?;
        }
    }
    for (key, progress) in &recording.after.progress {
        let old = recording.keys.earlier(key).and_then(|key| recording.before.progress.get(key));
        if old != Some(progress) {
            put(connection, recording.keys.id(connection, key)?, *progress)?;
        }
    }
    Ok(())
}

/// Puts down what is told of a chat.
pub(super) fn put(connection: &Connection, chat: i64, progress: ChatProgress) -> Result<(), Trouble> {
    // It must be read back as it is: a day that was not told is to be set before.
    if progress.is_empty() || progress.handed_out == Some(HandedOut::Undated) {
        return Err(Trouble::Contradiction("сведения о чате не читаются обратно"));
    }
    let ChatProgress { origin, handed_out: _, joined } = progress;
    let joined = joined.map(joined_column);
    connection.execute(
        "INSERT INTO chat_progress (chat_id, origin, handed_out_on, joined) VALUES (?1, ?2, ?3, ?4) \
         ON CONFLICT (chat_id) DO UPDATE SET origin = ?2, handed_out_on = ?3, joined = ?4",
        params![chat, origin.map(origin_id), progress.handed_out_on().map(Text), joined],
    )?;
    Ok(())
}

/// How many have joined, from a column.
pub(super) fn joined_of(number: i64) -> Joined {
    u32::try_from(number).map_or(Joined::Everybody, Joined::Number)
}

/// How many have joined, as a column holds it.
pub(super) fn joined_column(joined: Joined) -> i64 {
    match joined {
        Joined::Everybody => EVERYBODY,
        Joined::Number(number) => i64::from(number),
    }
}

fn origin_id(origin: ChatOrigin) -> &'static str {
    match origin {
        ChatOrigin::ByHand => "by_hand",
        ChatOrigin::BySferum => "by_sferum",
    }
}

fn origin_of(text: &str) -> Result<ChatOrigin, Trouble> {
    match text {
        "by_hand" => Ok(ChatOrigin::ByHand),
        "by_sferum" => Ok(ChatOrigin::BySferum),
        _ => Err(Trouble::Damaged),
    }
}
