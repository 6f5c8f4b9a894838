//! Pupils with their parents: those of now, and those who left and are not forgotten yet.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rusqlite::{Connection, Row, params};

use super::chat_keys::ChatKeys;
use super::classes::Classes;
use super::record::Recording;
use super::values::{Text, full_name_at, lasting, name_at, name_columns, place_at};
use super::{RunId, Store, StoreError, Trouble};
use crate::school::{ChangeKind, ChatKey, Guardian, PersonId, PersonName, Roster, SchoolState, Student};

/// A pupil who left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former {
    /// The pupil as last recorded, with the last class and the parents.
    pub student: Student,
    /// The date of the run that found the pupil in no list.
    pub left: Date,
    /// That run.
    pub run: RunId,
    /// Why, as the change said.
    pub why: String,
}

const COLUMNS: &str = "id, class_id, surname, given, patronymic, birth_date, school, file, sheet, cell_row, \
                       cell_column, line, stable_id, left_on, left_why, left_run";

/// A pupil's seat in the roster.
#[derive(PartialEq, Eq)]
struct Seat<'a> {
    position: usize,
    student: &'a Student,
}

impl Store {
    /// Everybody who left and is not forgotten yet.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn former(&self) -> Result<Vec<Former>, StoreError> {
        self.reading(|connection| {
            let classes = Classes::load(connection)?;
            let mut guardians = read_guardians(connection, OF_FORMER)?;
            let sql = format!("SELECT {COLUMNS} FROM student WHERE left_on IS NOT NULL ORDER BY left_on, id");
            let mut statement = connection.prepare(&sql)?;
            let mut rows = statement.query([])?;
            let mut former = Vec::new();
            while let Some(row) = rows.next()? {
                let student = student_of(row, &classes, &mut guardians)?;
                let (left, run) = (row.get::<_, Text<_>>(13)?.0, RunId(row.get(15)?));
                former.push(Former { student, left, run, why: row.get(14)? });
            }
            Ok(former)
        })
    }

    /// The parents of a pupil whom the lists name no longer, as they were named last, as far as something was taken in of
    /// them.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn former_guardians(&self, of: PersonId) -> Result<BTreeMap<PersonId, PersonName>, StoreError> {
        self.reading(|connection| {
            let mut statement = connection
                .prepare("SELECT id, surname, given, patronymic FROM former_guardian WHERE student_id = ?1")?;
            let mut rows = statement.query([Text(of)])?;
            let mut former = BTreeMap::new();
            while let Some(row) = rows.next()? {
                former.insert(row.get::<_, Text<_>>(0)?.0, full_name_at(row, 1)?);
            }
            Ok(former)
        })
    }

    /// Who of them was removed from which chat, or whose parents were, by its key of now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn removed_former(&self) -> Result<BTreeMap<ChatKey, BTreeSet<PersonId>>, StoreError> {
        self.reading(|connection| {
            let keys = ChatKeys::load(connection)?;
            let mut statement = connection.prepare(
                "SELECT DISTINCT chat_id, event_mention.person_id FROM student \
                 JOIN event_mention ON event_mention.person_id = student.id JOIN event ON event.id = event_id \
                 WHERE left_on IS NOT NULL AND kind = 'removal' AND chat_id IS NOT NULL AND is_subject IS NOT 0",
            )?;
            let mut rows = statement.query([])?;
            let mut removed = BTreeMap::<ChatKey, BTreeSet<PersonId>>::new();
            while let Some(row) = rows.next()? {
                removed.entry(keys.key(row.get(0)?)?.clone()).or_default().insert(row.get::<_, Text<_>>(1)?.0);
            }
            Ok(removed)
        })
    }
}

/// Seats the pupils of now in their classes.
pub(super) fn read(connection: &Connection, classes: &Classes, roster: &mut Roster) -> Result<(), Trouble> {
    let mut guardians = read_guardians(connection, "")?;
    let sql = format!("SELECT {COLUMNS} FROM student WHERE left_on IS NULL ORDER BY class_id, position");
    let mut statement = connection.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let student = student_of(row, classes, &mut guardians)?;
        roster.classes.get_mut(&student.class).ok_or(Trouble::Damaged)?.students.push(student);
    }
    Ok(())
}

fn student_of(
    row: &Row<'_>,
    classes: &Classes,
    guardians: &mut BTreeMap<PersonId, Vec<Guardian>>,
) -> Result<Student, Trouble> {
    let id = row.get::<_, Text<PersonId>>(0)?.0;
    Ok(Student {
        id: Some(id),
        class: classes.name(row.get(1)?)?.clone(),
        name: full_name_at(row, 2)?,
        birth_date: row.get::<_, Option<Text<_>>>(5)?.map(|text| text.0),
        school: row.get(6)?,
        guardians: guardians.remove(&id).unwrap_or_default(),
        stable_id: row.get::<_, Option<Text<_>>>(12)?.map(|text| text.0),
        place: place_at(row, 7)?.ok_or(Trouble::Damaged)?,
    })
}

/// Those of pupils who left are few: nobody waits for all the others to be read.
const OF_FORMER: &str = "WHERE student_id IN (SELECT id FROM student WHERE left_on IS NOT NULL)";

/// The parents of everybody, or of those whom a condition names.
fn read_guardians(connection: &Connection, which: &str) -> Result<BTreeMap<PersonId, Vec<Guardian>>, Trouble> {
    let mut all = BTreeMap::<PersonId, Vec<Guardian>>::new();
    let mut statement = connection.prepare(&format!(
        "SELECT student_id, id, surname, given, patronymic, kinship, phone, email FROM guardian \
         {which} ORDER BY student_id, position",
    ))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        all.entry(row.get::<_, Text<_>>(0)?.0).or_default().push(Guardian {
            id: row.get::<_, Option<Text<_>>>(1)?.map(|text| text.0),
            name: name_at(row, 2)?,
            kinship: row.get(5)?,
            phone: row.get::<_, Option<Text<_>>>(6)?.map(|text| text.0),
            email: row.get::<_, Option<Text<_>>>(7)?.map(|text| text.0),
        });
    }
    Ok(all)
}

fn seats(state: &SchoolState) -> Result<BTreeMap<PersonId, Seat<'_>>, Trouble> {
    let mut seats = BTreeMap::new();
    for (name, class) in &state.roster.classes {
        for (position, student) in class.students.iter().enumerate() {
            let id = student.id.ok_or(Trouble::Contradiction("ученик без номера"))?;
            if student.class != *name {
                return Err(Trouble::Contradiction("ученик не в своём классе"));
            }
            if seats.insert(id, Seat { position, student }).is_some() {
                return Err(Trouble::Contradiction("один номер у двух учеников"));
            }
        }
    }
    Ok(seats)
}

pub(super) fn write(recording: &mut Recording<'_>) -> Result<(), Trouble> {
    let (before, after) = (seats(recording.before)?, seats(recording.after)?);
    let connection = recording.connection;
    for id in before.keys().filter(|id| !after.contains_key(id)) {
        let why = recording.record.changes.iter().find_map(|change| match &change.what {
            ChangeKind::Left(pupil) if pupil.id == *id => Some(change.why.as_str()),
            _ => None,
        });
        connection.execute(
            "UPDATE student SET left_on = ?2, left_why = ?3, left_run = ?4 WHERE id = ?1",
            params![Text(id), Text(recording.date()), why.unwrap_or_default(), recording.run],
        )?;
    }
    let mut student = connection.prepare(
        "INSERT INTO student (id, class_id, position, surname, given, patronymic, birth_date, school, file, sheet, \
         cell_row, cell_column, line, stable_id) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) \
         ON CONFLICT (id) DO UPDATE SET class_id = ?2, position = ?3, surname = ?4, given = ?5, patronymic = ?6, \
         birth_date = ?7, school = ?8, file = ?9, sheet = ?10, cell_row = ?11, cell_column = ?12, line = ?13, stable_id = ?14, \
         left_on = NULL, left_why = NULL, left_run = NULL",
    )?;
    // Whoever left and is back was taken out of the chats meanwhile.
    let mut unseen = connection.prepare(
        "DELETE FROM chat_roll_member WHERE student_id IN (SELECT id FROM student WHERE id = ?1 AND left_on IS NOT NULL)",
    )?;
    let mut clear = connection.prepare("DELETE FROM guardian WHERE student_id = ?1")?;
    let mut replaced = connection.prepare(
        "INSERT OR REPLACE INTO former_guardian (student_id, id, surname, given, patronymic) SELECT ?1, ?2, ?3, ?4, ?5 \
         WHERE EXISTS (SELECT 1 FROM signature WHERE student_id = ?1 AND guardian_id = ?2)",
    )?;
    let mut guardian = connection.prepare(
        "INSERT INTO guardian (student_id, position, id, surname, given, patronymic, kinship, phone, email) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (id, seat) in &after {
        let old = before.get(id);
        if old == Some(seat) {
            continue;
        }
        let Student { id: _, class, name, birth_date, school, guardians, stable_id, place } = seat.student;
        let class_id = recording.classes.id(connection, class)?;
        let [surname, given, patronymic] = name_columns(Some(name));
        let cell = place.cell;
        if old.is_none() {
            unseen.execute([Text(id)])?;
        }
        student.execute(params![
            Text(id),
            class_id,
            seat.position as u32,
            surname,
            given,
            patronymic,
            birth_date.map(Text),
            school,
            &*place.file,
            place.sheet.as_deref(),
            cell.map(|cell| cell.row),
            cell.map(|cell| cell.column),
            place.line,
            stable_id.as_ref().map(|number| Text(number.as_str())),
        ])?;
        if old.is_some_and(|old| old.student.guardians == *guardians) {
            continue;
        }
        let before = old.iter().flat_map(|old| &old.student.guardians);
        for one in before.filter(|one| !guardians.iter().any(|now| now.id == one.id)) {
            let (Some(number), Some(name)) = (one.id, &one.name) else { continue };
            let [surname, given, patronymic] = name_columns(Some(name));
            replaced.execute(params![Text(id), Text(number), surname, given, patronymic])?;
        }
        clear.execute([Text(id)])?;
        for (position, one) in guardians.iter().enumerate() {
            let [surname, given, patronymic] = name_columns(one.name.as_ref());
            let phone = one.phone.as_ref().map(lasting).transpose()?;
            let email = one.email.as_ref().map(lasting).transpose()?;
            let number = one.id.map(Text);
            guardian.execute(params![
                Text(id),
                position as u32,
                number,
                surname,
                given,
                patronymic,
                one.kinship,
                phone,
                email
            ])?;
        }
    }
    Ok(())
}
