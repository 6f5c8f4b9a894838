//! The staff as far as it matters who is still the same.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::Trouble;
use super::values::{Text, full_name_at, lasting, name_columns, place_at};
use crate::school::{Place, SchoolState, StaffContact};

pub(super) fn read(connection: &Connection) -> Result<BTreeMap<String, StaffContact>, Trouble> {
    let mut statement = connection.prepare(
        "SELECT folded, surname, given, patronymic, email, file, sheet, cell_row, cell_column, line FROM staff",
    )?;
    let rows = statement.query_map([], |row| {
        let email = row.get::<_, Option<Text<_>>>(4)?.map(|text| text.0);
        let place = place_at(row, 5)?.unwrap_or_else(|| Place::file(""));
        Ok((row.get(0)?, StaffContact { name: full_name_at(row, 1)?, email, place }))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn write(connection: &Connection, before: &SchoolState, after: &SchoolState) -> Result<(), Trouble> {
    for folded in before.staff.keys().filter(|folded| !after.staff.contains_key(*folded)) {
        connection.execute("DELETE FROM staff WHERE folded = ?1", [folded])?;
    }
    for (folded, contact) in &after.staff {
        if before.staff.get(folded) != Some(contact) {
            let email = contact.email.as_ref().map(lasting).transpose()?;
            let [surname, given, patronymic] = name_columns(Some(&contact.name));
            connection.execute(
                "INSERT OR REPLACE INTO staff (folded, surname, given, patronymic, email, file, sheet, cell_row, \
                 cell_column, line) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    folded,
                    surname,
                    given,
                    patronymic,
                    email,
                    &*contact.place.file,
                    contact.place.sheet.as_deref(),
                    contact.place.cell.map(|cell| cell.row),
                    contact.place.cell.map(|cell| cell.column),
                    contact.place.line,
                ],
            )?;
        }
    }
    Ok(())
}
