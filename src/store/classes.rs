//! The classes that were ever named, and their homeroom teachers.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::Trouble;
use super::values::{Text, full_name_at, lasting, name_columns};
use crate::school::{ClassName, Homeroom, Roster, SchoolClass, SchoolState, Scope};

/// Class ⇄ row. Two spellings of one class are one row.
pub(super) struct Classes {
    ids: BTreeMap<ClassName, i64>,
    names: BTreeMap<i64, ClassName>,
}

impl Classes {
    pub(super) fn load(connection: &Connection) -> Result<Self, Trouble> {
        let mut statement = connection.prepare_cached("SELECT id, name FROM class")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, Text<ClassName>>(1)?.0)))?;
        let names = rows.collect::<Result<BTreeMap<i64, ClassName>, _>>()?;
        let ids = names.iter().map(|(id, name)| (name.clone(), *id)).collect();
        Ok(Self { ids, names })
    }

    /// The row of a class, made where it was never named before.
    pub(super) fn id(&mut self, connection: &Connection, class: &ClassName) -> Result<i64, Trouble> {
        if let Some(id) = self.ids.get(class) {
            return Ok(*id);
        }
        connection.execute("INSERT INTO class (name, current) VALUES (?1, 0)", [lasting(class)?])?;
        let id = connection.last_insert_rowid();
        self.ids.insert(class.clone(), id);
        self.names.insert(id, class.clone());
        Ok(id)
    }

    /// The row of a scope; `None` for the school.
    pub(super) fn scope_id(&mut self, connection: &Connection, scope: &Scope) -> Result<Option<i64>, Trouble> {
        scope.class().map(|class| self.id(connection, class)).transpose()
    }

    /// The row of a class, if it was ever named.
    pub(super) fn known(&self, class: &ClassName) -> Option<i64> {
        self.ids.get(class).copied()
    }

    pub(super) fn name(&self, id: i64) -> Result<&ClassName, Trouble> {
        self.names.get(&id).ok_or(Trouble::Damaged)
    }

    pub(super) fn scope(&self, id: Option<i64>) -> Result<Scope, Trouble> {
        id.map_or(Ok(Scope::School), |id| Ok(Scope::Class(self.name(id)?.clone())))
    }
}

/// The classes of now, without their pupils.
pub(super) fn read(connection: &Connection, classes: &Classes) -> Result<Roster, Trouble> {
    let mut roster = Roster::default();
    let mut statement = connection.prepare("SELECT id FROM class WHERE current = 1")?;
    for id in statement.query_map([], |row| row.get(0))? {
        let name = classes.name(id?)?.clone();
        roster.classes.insert(name.clone(), SchoolClass { name, homeroom: None, students: Vec::new() });
    }
    Ok(roster)
}

/// Marks which classes there are, in the spelling of now.
pub(super) fn write(
    connection: &Connection,
    classes: &mut Classes,
    before: &SchoolState,
    after: &SchoolState,
) -> Result<(), Trouble> {
    for name in after.roster.classes.keys() {
        let id = classes.id(connection, name)?;
        if !before.roster.classes.contains_key(name) || classes.name(id)?.to_string() != name.to_string() {
            connection.execute("UPDATE class SET current = 1, name = ?2 WHERE id = ?1", params![id, lasting(name)?])?;
        }
    }
    for name in before.roster.classes.keys().filter(|name| !after.roster.classes.contains_key(name)) {
        let id = classes.id(connection, name)?;
        connection.execute("UPDATE class SET current = 0 WHERE id = ?1", [id])?;
    }
    Ok(())
}

pub(super) fn read_homerooms(
    connection: &Connection,
    classes: &Classes,
) -> Result<BTreeMap<ClassName, Homeroom>, Trouble> {
    let mut homerooms = BTreeMap::new();
    let mut statement = connection.prepare("SELECT class_id, surname, given, patronymic, email FROM homeroom")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let email = row.get::<_, Option<Text<_>>>(4)?.map(|text| text.0);
        homerooms.insert(classes.name(row.get(0)?)?.clone(), Homeroom { name: full_name_at(row, 1)?, email });
    }
    Ok(homerooms)
}

pub(super) fn write_homerooms(
    connection: &Connection,
    classes: &mut Classes,
    before: &SchoolState,
    after: &SchoolState,
) -> Result<(), Trouble> {
    for class in before.homerooms.keys().filter(|class| !after.homerooms.contains_key(class)) {
        let id = classes.id(connection, class)?;
        connection.execute("DELETE FROM homeroom WHERE class_id = ?1", [id])?;
    }
    for (class, homeroom) in &after.homerooms {
        if before.homerooms.get(class) == Some(homeroom) {
            continue;
        }
        let id = classes.id(connection, class)?;
        let email = homeroom.email.as_ref().map(lasting).transpose()?;
        let [surname, given, patronymic] = name_columns(Some(&homeroom.name));
        connection.execute(
            "INSERT OR REPLACE INTO homeroom (class_id, surname, given, patronymic, email) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![id, surname, given, patronymic, email],
        )?;
    }
    Ok(())
}
