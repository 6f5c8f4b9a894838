//! What the outbox holds.

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Row};

use super::columns::{moment, second, sum_of};
use super::{LetterId, LetterState, StoredLetter};
use crate::store::classes::Classes;
use crate::store::values::{Choice, Text, find, full_name_at};
use crate::store::{PackageId, Store, StoreError, Trouble};

const COLUMNS: &str = "letter.id, letter.package_id, letter.class_id, package.class_id, kind, surname, given, patronymic, \
                       address, subject, file, message_id, size, text.letter_id IS NOT NULL, state, tries, first_try, not_before, \
                       since, why";
const TABLES: &str = "letter LEFT JOIN package ON package.id = letter.package_id \
                      LEFT JOIN letter_text AS text ON text.letter_id = letter.id";

impl Store {
    /// All letters, class by class, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn letters(&self) -> Result<Vec<StoredLetter>, StoreError> {
        self.reading(|connection| {
            let classes = Classes::load(connection)?;
            let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM {TABLES} ORDER BY letter.id"))?;
            let mut rows = statement.query([])?;
            let mut letters = Vec::new();
            while let Some(row) = rows.next()? {
                letters.push(letter_of(row, &classes)?);
            }
            letters.sort_by(|one, other| one.class.cmp(&other.class).then(one.id.cmp(&other.id)));
            Ok(letters)
        })
    }

    /// One letter.
    ///
    /// # Errors
    /// When there is none of this number, or the store cannot be read.
    pub fn letter(&self, id: LetterId) -> Result<StoredLetter, StoreError> {
        self.reading(|connection| {
            let classes = Classes::load(connection)?;
            let sql = format!("SELECT {COLUMNS} FROM {TABLES} WHERE letter.id = ?1");
            let mut statement = connection.prepare_cached(&sql)?;
            let mut rows = statement.query([id.0])?;
            let row = rows.next()?.ok_or(Trouble::NoSuchLetter)?;
            letter_of(row, &classes)
        })
    }

    /// The bytes of a letter, where they are kept and are what was recorded: together with the class, the address and the
    /// Message-ID of its row.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn letter_bytes(&self, id: LetterId) -> Result<Option<Vec<u8>>, StoreError> {
        self.reading(|connection| {
            let sql = "SELECT bytes, sum, class_id, address, message_id FROM letter \
                       JOIN letter_text ON letter_id = letter.id WHERE letter.id = ?1";
            let row = |row: &Row<'_>| {
                let [sum, address, message_id]: [String; 3] = [row.get(1)?, row.get(3)?, row.get(4)?];
                let class = row.get(2)?;
                let bytes = row.get_ref(0)?.as_blob()?;
                Ok((sum_of(class, &address, &message_id, bytes) == sum).then(|| bytes.to_vec()))
            };
            Ok(connection.prepare_cached(sql)?.query_row([id.0], row).optional()?.flatten())
        })
    }

    /// Whether a run was killed in the middle of a letter: see [`recover_letters`](Self::recover_letters).
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn has_stopped_letters(&self) -> Result<bool, StoreError> {
        self.reading(|connection| {
            let sql = "SELECT EXISTS (SELECT 1 FROM letter WHERE state IN ('attempt', 'dot'))";
            Ok(connection.query_row(sql, [], |row| row.get(0))?)
        })
    }

    /// When servers may have taken letters since a moment, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn spent_since(&self, since: Timestamp) -> Result<Vec<Timestamp>, StoreError> {
        self.reading(|connection| {
            let mut statement = connection.prepare("SELECT at FROM letter_spent WHERE at > ?1 ORDER BY at")?;
            let rows = statement.query_map([second(since)], |row| row.get(0))?;
            rows.map(|at| moment(at?)).collect()
        })
    }
}

fn letter_of(row: &Row<'_>, classes: &Classes) -> Result<StoredLetter, Trouble> {
    let package_class = row.get::<_, Option<i64>>(3)?;
    Ok(StoredLetter {
        id: LetterId(row.get(0)?),
        package: row.get::<_, Option<i64>>(1)?.map(PackageId),
        class: classes.name(row.get(2)?)?.clone(),
        package_class: package_class.map(|id| classes.name(id).cloned()).transpose()?,
        kind: row.get(4)?,
        to: full_name_at(row, 5)?,
        address: row.get::<_, Text<_>>(8)?.0,
        subject: row.get(9)?,
        file: row.get(10)?,
        message_id: row.get(11)?,
        size: usize::try_from(row.get::<_, i64>(12)?).map_err(|_| Trouble::Damaged)?,
        has_bytes: row.get(13)?,
        state: row.get::<_, Choice<LetterState>>(14)?.0,
        tries: row.get(15)?,
        first_try: row.get::<_, Option<i64>>(16)?.map(moment).transpose()?,
        not_before: row.get::<_, Option<i64>>(17)?.map(moment).transpose()?,
        since: moment(row.get(18)?)?,
        why: row.get(19)?,
    })
}

impl rusqlite::types::FromSql for Choice<LetterState> {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        find(&LetterState::ALL, LetterState::id, value.as_str()?)
    }
}
