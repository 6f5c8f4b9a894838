//! Who of those who should be in a chat was found in it: the last comparison of each chat.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::params;

use super::chat_keys::ChatKeys;
use super::progress::{joined_column, joined_of};
use super::values::Text;
use super::watch::Work;
use super::{Store, StoreError};
use crate::school::{ChatKey, ChatRoll, PersonId, RollMember};

impl Store {
    /// The last comparison of each chat, by the keys of now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn rolls(&self) -> Result<BTreeMap<ChatKey, ChatRoll>, StoreError> {
        self.reading(|connection| {
            let keys = ChatKeys::load(connection)?;
            let mut present = BTreeMap::<i64, BTreeSet<RollMember>>::new();
            let mut statement =
                connection.prepare("SELECT chat_id, student_id, guardian_id, staff FROM chat_roll_member")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let pupil = row.get::<_, Option<Text<PersonId>>>(1)?.map(|text| text.0);
                let guardian: Option<String> = row.get(2)?;
                let staff: Option<String> = row.get(3)?;
                let member = match (pupil, guardian, staff) {
                    (Some(pupil), None, _) => RollMember::Pupil(pupil),
                    (Some(pupil), Some(guardian), _) => RollMember::Parent { pupil, guardian: guardian.parse().ok() },
                    (None, _, Some(folded)) => RollMember::Staff(folded),
                    (None, _, None) => continue,
                };
                present.entry(row.get(0)?).or_default().insert(member);
            }
            let mut statement =
                connection.prepare("SELECT chat_id, day, number, strangers, doubtful, register FROM chat_roll")?;
            let mut rows = statement.query([])?;
            let mut rolls = BTreeMap::new();
            while let Some(row) = rows.next()? {
                let chat: i64 = row.get(0)?;
                let roll = ChatRoll {
                    on: row.get::<_, Text<_>>(1)?.0,
                    present: present.remove(&chat).unwrap_or_default(),
                    number: row.get(2)?,
                    strangers: row.get(3)?,
                    doubtful: row.get(4)?,
                    register: row.get::<_, Option<i64>>(5)?.map(joined_of),
                };
                rolls.insert(keys.key(chat)?.clone(), roll);
            }
            Ok(rolls)
        })
    }

    /// Keeps comparisons, each in the place of the chat's last one, in one transaction.
    ///
    /// # Errors
    /// When the store cannot be written. Nothing is recorded then.
    pub fn keep_rolls(&mut self, rolls: &BTreeMap<ChatKey, ChatRoll>) -> Result<(), StoreError> {
        let kept = self.writing(Work::Rolls, |connection| {
            let mut keys = ChatKeys::load(connection)?;
            for (key, roll) in rolls {
                let chat = keys.id(connection, key)?;
                connection.execute("DELETE FROM chat_roll WHERE chat_id = ?1", [chat])?;
                connection.execute(
                    "INSERT INTO chat_roll (chat_id, day, number, strangers, doubtful, register) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    params![
                        chat,
                        Text(roll.on),
                        roll.number,
                        roll.strangers,
                        roll.doubtful,
                        roll.register.map(joined_column)
                    ],
                )?;
                let mut insert = connection.prepare(
                    "INSERT INTO chat_roll_member (chat_id, student_id, guardian_id, staff) VALUES (?1, ?2, ?3, ?4)",
                )?;
                for member in &roll.present {
                    match member {
                        RollMember::Pupil(pupil) => {
                            insert.execute(params![chat, Text(*pupil), None::<String>, None::<String>])?
                        }
                        RollMember::Parent { pupil, guardian } => {
                            let guardian = guardian.map(|id| id.to_string()).unwrap_or_default();
                            insert.execute(params![chat, Text(*pupil), guardian, None::<String>])?
                        }
                        RollMember::Staff(folded) => {
                            insert.execute(params![chat, None::<String>, None::<String>, folded])?
                        }
                    };
                }
            }
            Ok(())
        });
        kept.map_err(StoreError::Rolls)
    }
}
