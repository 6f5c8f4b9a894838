//! Who has signed which rules, and when: kept mark by mark until somebody is forgotten.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, params};

use super::values::{Choice, Text, audience_id};
use super::watch::Work;
use super::{Store, StoreError, Trouble};
use crate::school::{
    AcknowledgementMark, Audience, EntryKind, Fingerprint, Signature, SignatureDay, SignatureEntry, Signatures,
    SignerId,
};

/// Since when the rules that are signed are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RulesVersion {
    /// Whom they are for.
    pub audience: Audience,
    /// Their sum.
    pub sum: Fingerprint,
    /// Since when.
    pub since: Date,
}

/// The table of acknowledgements when the program left it with nothing in it but what is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftTable {
    /// The sum of the bytes of the file.
    pub file: Fingerprint,
    /// The sum of what it says.
    pub says: Fingerprint,
}

/// Something that is taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSignature {
    /// Whose it is.
    pub signer: SignerId,
    /// What it says, and why.
    pub entry: SignatureEntry,
}

impl Store {
    /// Everything that was taken in of each person.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn signatures(&self) -> Result<BTreeMap<SignerId, Signatures>, StoreError> {
        self.reading(|connection| {
            let mut statement = connection.prepare(
                "SELECT kind, student_id, guardian_id, staff, mark, day, told, rules, entry, why, taken_on FROM signature \
                 ORDER BY id",
            )?;
            let mut rows = statement.query([])?;
            let mut all = BTreeMap::<SignerId, Signatures>::new();
            while let Some(row) = rows.next()? {
                let student = row.get::<_, Option<Text<_>>>(1)?.map(|text| text.0);
                let guardian = row.get::<_, Option<Text<_>>>(2)?.map(|text| text.0);
                let signer = match (row.get::<_, String>(0)?.as_str(), student, row.get::<_, Option<String>>(3)?) {
                    ("parent", Some(pupil), _) => SignerId::Parent { pupil, guardian },
                    ("student", Some(pupil), _) => SignerId::Student(pupil),
                    ("staff", None, Some(folded)) => SignerId::Staff(folded),
                    _ => return Err(Trouble::Damaged),
                };
                let mark: String = row.get(4)?;
                let mark = AcknowledgementMark::ALL.into_iter().find(|one| one.id() == mark).ok_or(Trouble::Damaged)?;
                let day = if row.get(6)? { SignatureDay::Told } else { SignatureDay::Untold };
                let rules = row.get::<_, Option<Text<_>>>(7)?.map(|text| text.0);
                let kind: String = row.get(8)?;
                let kind = EntryKind::ALL.into_iter().find(|one| one.id() == kind).ok_or(Trouble::Damaged)?;
                let signature = Signature { on: row.get::<_, Text<_>>(5)?.0, day, mark, rules };
                let taken_on = row.get::<_, Text<_>>(10)?.0;
                all.entry(signer).or_default().push(SignatureEntry { signature, kind, taken_on, why: row.get(9)? });
            }
            Ok(all)
        })
    }

    /// The rules that were ever to be signed, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn rules_versions(&self) -> Result<Vec<RulesVersion>, StoreError> {
        self.reading(|connection| {
            let mut statement =
                connection.prepare("SELECT audience, sum, since FROM rules_version ORDER BY since, audience, sum")?;
            let rows = statement.query_map([], |row| {
                let audience = row.get::<_, Choice<_>>(0)?.0;
                Ok(RulesVersion { audience, sum: row.get::<_, Text<_>>(1)?.0, since: row.get::<_, Text<_>>(2)?.0 })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    /// The table of acknowledgements as it was last left; `None` where it never was.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn acknowledgement_table(&self) -> Result<Option<LeftTable>, StoreError> {
        self.reading(|connection| {
            let left = connection.query_row("SELECT file, says FROM acknowledgement_table", [], |row| {
                Ok(LeftTable { file: row.get::<_, Text<_>>(0)?.0, says: row.get::<_, Text<_>>(1)?.0 })
            });
            Ok(left.optional()?)
        })
    }

    /// Notes how the table of acknowledgements was left.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn note_acknowledgement_table(&mut self, left: LeftTable) -> Result<(), StoreError> {
        let noted = self.writing(Work::Signatures, |connection| {
            connection.execute(
                "INSERT OR REPLACE INTO acknowledgement_table (one, file, says) VALUES (1, ?1, ?2)",
                [Text(left.file), Text(left.says)],
            )?;
            Ok(())
        });
        noted.map_err(StoreError::Signatures)
    }

    /// Takes in marks and the rules of now in one transaction; what is known already is not touched.
    ///
    /// # Errors
    /// When the store cannot be written. Nothing is recorded then.
    pub fn take_signatures(&mut self, new: &[NewSignature], rules: &[RulesVersion]) -> Result<(), StoreError> {
        let taken = self.writing(Work::Signatures, |connection| {
            for RulesVersion { audience, sum, since } in rules {
                connection.execute(
                    "INSERT OR IGNORE INTO rules_version (audience, sum, since) VALUES (?1, ?2, ?3)",
                    params![audience_id(*audience), Text(sum), Text(since)],
                )?;
            }
            new.iter().try_for_each(|new| insert(connection, new))
        });
        taken.map_err(StoreError::Signatures)
    }
}

fn insert(connection: &Connection, new: &NewSignature) -> Result<(), Trouble> {
    let (kind, student, guardian, staff) = match &new.signer {
        SignerId::Parent { pupil, guardian } => ("parent", Some(Text(*pupil)), guardian.map(Text), None),
        SignerId::Student(pupil) => ("student", Some(Text(*pupil)), None, None),
        SignerId::Staff(folded) => ("staff", None, None, Some(folded)),
    };
    let SignatureEntry { signature: Signature { on: day, day: told, mark, rules }, kind: entry, taken_on, why } =
        &new.entry;
    connection.execute(
        "INSERT INTO signature (kind, student_id, guardian_id, staff, mark, day, told, rules, taken_on, entry, why) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        params![
            kind,
            student,
            guardian,
            staff,
            mark.id(),
            Text(day),
            *told == SignatureDay::Told,
            rules.map(Text),
            Text(taken_on),
            entry.id(),
            why
        ],
    )?;
    Ok(())
}

/// Erases the marks of members of the staff who are there no longer; those of pupils and parents go with the pupil.
pub(super) fn forget_former_staff(connection: &Connection) -> Result<(), Trouble> {
    connection
        .execute("DELETE FROM signature WHERE staff IS NOT NULL AND staff NOT IN (SELECT folded FROM staff)", [])?;
    connection.execute(
        "DELETE FROM chat_roll_member WHERE staff IS NOT NULL AND staff NOT IN (SELECT folded FROM staff)",
        [],
    )?;
    connection
        .execute("UPDATE old_chat SET responsible = NULL WHERE responsible NOT IN (SELECT folded FROM staff)", [])?;
    Ok(())
}
