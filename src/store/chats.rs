//! The chats that are to exist, with those who are to be in them.

use std::collections::BTreeMap;

use rusqlite::{Connection, Statement, params};

use super::Trouble;
use super::chat_keys::ChatKeys;
use super::classes::Classes;
use super::record::Recording;
use super::values::{Choice, Text, audience_id, full_name_at, lasting, name_at, name_columns, role_id};
use crate::school::{Chat, ChatKey, Member, PersonName};

/// Between two members that are written at once: room for 32 bisections.
const GAP: i64 = 1 << 32;

pub(super) fn read(
    connection: &Connection,
    classes: &Classes,
    keys: &ChatKeys,
) -> Result<BTreeMap<ChatKey, Chat>, Trouble> {
    let mut co_admins = BTreeMap::<i64, Vec<PersonName>>::new();
    let mut statement = connection
        .prepare("SELECT chat_id, surname, given, patronymic FROM chat_co_admin ORDER BY chat_id, position")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        co_admins.entry(row.get(0)?).or_default().push(full_name_at(row, 1)?);
    }
    let mut members = BTreeMap::<i64, Vec<Member>>::new();
    let mut statement = connection.prepare(
        "SELECT chat_id, role, surname, given, patronymic, student_surname, student_given, student_patronymic, \
         person_id, student_id FROM chat_member ORDER BY chat_id, position",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        members.entry(row.get(0)?).or_default().push(Member {
            role: row.get::<_, Choice<_>>(1)?.0,
            name: name_at(row, 2)?,
            student: name_at(row, 5)?,
            id: row.get::<_, Option<Text<_>>>(8)?.map(|text| text.0),
            student_id: row.get::<_, Option<Text<_>>>(9)?.map(|text| text.0),
        });
    }
    let mut chats = BTreeMap::new();
    let mut statement = connection.prepare(
        "SELECT id, kind, title, class_id, topic, group_name, audience, moderator_surname, moderator_given, \
         moderator_patronymic FROM chat",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let class: Option<i64> = row.get(3)?;
        let chat = Chat {
            key: keys.key(id)?.clone(),
            kind: row.get::<_, Choice<_>>(1)?.0,
            title: row.get::<_, Text<_>>(2)?.0,
            class: class.map(|id| classes.name(id).cloned()).transpose()?,
            topic: row.get(4)?,
            group: row.get(5)?,
            audience: row.get::<_, Choice<_>>(6)?.0,
            moderator: name_at(row, 7)?,
            co_admins: co_admins.remove(&id).unwrap_or_default(),
            members: members.remove(&id).unwrap_or_default().into(),
        };
        chats.insert(chat.key.clone(), chat);
    }
    Ok(chats)
}

pub(super) fn write(recording: &mut Recording<'_>) -> Result<(), Trouble> {
    let connection = recording.connection;
    for key in recording.before.chats.keys() {
        let later = recording.keys.later(key);
        if later.is_none_or(|later| !recording.after.chats.contains_key(later)) {
            connection.execute("DELETE FROM chat WHERE id = ?1", [recording.keys.id_before(key)?])?;
        }
    }
    let mut chat_row = connection.prepare(
        "INSERT INTO chat (id, kind, title, class_id, topic, group_name, audience, moderator_surname, moderator_given, \
         moderator_patronymic) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT (id) DO UPDATE SET \
         kind = ?2, title = ?3, class_id = ?4, topic = ?5, group_name = ?6, audience = ?7, moderator_surname = ?8, \
         moderator_given = ?9, moderator_patronymic = ?10",
    )?;
    let mut members = MemberRows::prepare(connection)?;
    for (key, chat) in &recording.after.chats {
        if chat.key != *key {
            return Err(Trouble::Contradiction("чат не под своим ключом"));
        }
        let old = recording.keys.earlier(key).and_then(|key| recording.before.chats.get(key));
        if old == Some(chat) {
            continue;
        }
        let id = recording.keys.id(connection, key)?;
        let class = chat.class.as_ref().map(|class| recording.classes.id(connection, class)).transpose()?;
        let [surname, given, patronymic] = name_columns(chat.moderator.as_ref());
        chat_row.execute(params![
            id,
            chat.kind.id(),
            lasting(&chat.title)?,
            class,
            chat.topic,
            chat.group,
            audience_id(chat.audience),
            surname,
            given,
            patronymic,
        ])?;
        if old.map_or(&[][..], |old| &old.co_admins) != chat.co_admins {
            write_co_admins(connection, id, &chat.co_admins)?;
        }
        members.splice(id, old.map_or(&[][..], |old| &old.members), &chat.members)?;
    }
    Ok(())
}

fn write_co_admins(connection: &Connection, chat: i64, names: &[PersonName]) -> Result<(), Trouble> {
    connection.execute("DELETE FROM chat_co_admin WHERE chat_id = ?1", [chat])?;
    for (position, name) in names.iter().enumerate() {
        let [surname, given, patronymic] = name_columns(Some(name));
        connection.execute(
            "INSERT INTO chat_co_admin (chat_id, position, surname, given, patronymic) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![chat, position as u32, surname, given, patronymic],
        )?;
    }
    Ok(())
}

struct MemberRows<'a> {
    positions: Statement<'a>,
    delete: Statement<'a>,
    insert: Statement<'a>,
}

impl<'a> MemberRows<'a> {
    fn prepare(connection: &'a Connection) -> Result<Self, Trouble> {
        Ok(Self {
            positions: connection.prepare("SELECT position FROM chat_member WHERE chat_id = ?1 ORDER BY position")?,
            delete: connection.prepare("DELETE FROM chat_member WHERE chat_id = ?1 AND position BETWEEN ?2 AND ?3")?,
            insert: connection.prepare(
                "INSERT INTO chat_member (chat_id, position, role, surname, given, patronymic, student_surname, \
                 student_given, student_patronymic, person_id, student_id) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?,
        })
    }

    /// Replaces what differs between two lists: what they have in common at both ends stays.
    fn splice(&mut self, chat: i64, before: &[Member], after: &[Member]) -> Result<(), Trouble> {
        if before == after {
            return Ok(());
        }
        let head = before.iter().zip(after).take_while(|(old, new)| old == new).count();
        let tails = before[head..].iter().rev().zip(after[head..].iter().rev());
        let tail = tails.take_while(|(old, new)| old == new).count();
        let positions = self.positions.query_map([chat], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        if positions.len() != before.len() {
            return Err(Trouble::MovedOn);
        }
        let new = &after[head..after.len() - tail];
        let low = head.checked_sub(1).and_then(|index| positions.get(index)).copied();
        let high = positions.get(before.len() - tail).copied();
        let step = match (low, high) {
            (Some(low), Some(high)) => ((high - low) / (i64::from(new.len() as u32) + 1)).min(GAP),
            _ => GAP,
        };
        if step == 0 {
            self.delete.execute(params![chat, i64::MIN, i64::MAX])?;
            return self.insert_all(chat, after, 0, GAP);
        }
        if let (Some(first), Some(last)) =
            (positions.get(head), positions.get(..before.len() - tail).and_then(<[_]>::last))
            && head < before.len() - tail
        {
            self.delete.execute(params![chat, first, last])?;
        }
        let start = match (low, high) {
            (Some(low), _) => low + step,
            (None, Some(high)) => high - step * i64::from(new.len() as u32),
            (None, None) => 0,
        };
        self.insert_all(chat, new, start, step)
    }

    fn insert_all(&mut self, chat: i64, members: &[Member], start: i64, step: i64) -> Result<(), Trouble> {
        let mut position = start;
        for Member { name, role, student, id, student_id } in members {
            let [surname, given, patronymic] = name_columns(name.as_ref());
            let [child_surname, child_given, child_patronymic] = name_columns(student.as_ref());
            self.insert.execute(params![
                chat,
                position,
                role_id(*role),
                surname,
                given,
                patronymic,
                child_surname,
                child_given,
                child_patronymic,
                id.map(Text),
                student_id.map(Text),
            ])?;
            position += step;
        }
        Ok(())
    }
}
