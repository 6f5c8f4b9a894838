//! Takes people who left out of the store, with everything that names them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rusqlite::{Connection, params};

use super::events::names_of;
use super::values::Text;
use super::watch::Work;
use super::{Former, Mark, Store, StoreError, Trouble};
use crate::school::PersonId;

/// Who is to be forgotten. Only people who left can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom<'a> {
    /// These.
    People(&'a [PersonId]),
    /// Everybody who left before a date.
    LeftBefore(Date),
}

/// What is, or would be, forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Pupils.
    pub people: usize,
    /// Their parents.
    pub guardians: usize,
    /// Events about them.
    pub events: usize,
    /// Papers of theirs.
    pub papers: usize,
    /// Packages that were given and named them: they cannot be printed again.
    pub packages: usize,
    /// Those who stay: they did not leave, or a package that is still to be given names them.
    pub kept: Vec<PersonId>,
}

impl Store {
    /// What [`Store::forget`] would do. Nothing is changed.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn count_forget(&self, whom: Whom<'_>) -> Result<Forgotten, StoreError> {
        let former = self.former()?;
        self.reading(|connection| Ok(Traces::find(connection, &former, whom)?.count()))
    }

    /// Forgets people for good and keeps how many they were. Their names are not in the files any more then.
    ///
    /// # Errors
    /// When the store cannot be written. Where it fails after the commit ([`StoreError::Forget`] with
    /// [`Trouble::Busy`] or [`Trouble::DiskFull`]) the people are gone and the next call clears the rest.
    pub fn forget(&mut self, whom: Whom<'_>, on: Date) -> Result<Forgotten, StoreError> {
        let former = self.former()?;
        let forgotten = self.writing(Work::Forgetting, |connection| {
            let traces = Traces::find(connection, &former, whom)?;
            if !traces.people.is_empty() {
                traces.erase(connection)?;
                connection.execute(
                    "INSERT INTO forgotten (date, people) VALUES (?1, ?2)",
                    params![Text(on), traces.people.len() as u32],
                )?;
                Mark::raise(connection)?;
            }
            Ok(traces.count())
        });
        let cleared = forgotten.and_then(|forgotten| self.clear_traces().map(|()| forgotten));
        cleared.map_err(StoreError::Forget)
    }

    /// Empties the log and writes the file anew without its free pages.
    fn clear_traces(&self) -> Result<(), Trouble> {
        self.truncate_log()?;
        self.connection.execute_batch("VACUUM")?;
        self.truncate_log()
    }

    fn truncate_log(&self) -> Result<(), Trouble> {
        let busy: bool = self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
        if busy { Err(Trouble::Busy) } else { Ok(()) }
    }
}

/// Where people stand in the store.
struct Traces {
    people: BTreeSet<PersonId>,
    guardians: usize,
    events: BTreeSet<i64>,
    papers: BTreeSet<i64>,
    packages: BTreeSet<i64>,
    kept: Vec<PersonId>,
}

impl Traces {
    fn find(connection: &Connection, former: &[Former], whom: Whom<'_>) -> Result<Self, Trouble> {
        let is_wanted = |one: &Former| match whom {
            Whom::People(people) => one.student.id.is_some_and(|id| people.contains(&id)),
            Whom::LeftBefore(date) => one.left < date,
        };
        let wanted: Vec<&Former> = former.iter().filter(|one| is_wanted(one)).collect();
        let mut statement = connection.prepare("SELECT id, closed, content FROM package WHERE content IS NOT NULL")?;
        let packages = statement
            .query_map([], |row| Ok(PackageText { id: row.get(0)?, closed: row.get(1)?, content: row.get(2)? }))?
            .collect::<Result<Vec<_>, _>>()?;
        let mut traces = Self {
            people: BTreeSet::new(),
            guardians: 0,
            events: BTreeSet::new(),
            papers: BTreeSet::new(),
            packages: BTreeSet::new(),
            kept: Vec::new(),
        };
        let mut events = connection.prepare(
            "SELECT id FROM event WHERE person_id = ?1 UNION SELECT event_id FROM event_mention WHERE person_id = ?1",
        )?;
        let mut papers = connection.prepare("SELECT id FROM paper WHERE student_id = ?1")?;
        for one in &wanted {
            let Some(id) = one.student.id else { continue };
            let named: Vec<&PackageText> = packages.iter().filter(|package| package.names(one)).collect();
            if named.iter().any(|package| !package.closed) {
                traces.kept.push(id);
                continue;
            }
            traces.people.insert(id);
            traces.guardians += one.student.guardians.len();
            traces.packages.extend(named.iter().map(|package| package.id));
            for (statement, found) in [(&mut events, &mut traces.events), (&mut papers, &mut traces.papers)] {
                for row in statement.query_map([Text(id)], |row| row.get::<_, i64>(0))? {
                    found.insert(row?);
                }
            }
        }
        if let Whom::People(people) = whom {
            let is_former = |id: &PersonId| wanted.iter().any(|one| one.student.id == Some(*id));
            traces.kept.extend(people.iter().filter(|id| !is_former(id)));
        }
        Ok(traces)
    }

    fn erase(&self, connection: &Connection) -> Result<(), Trouble> {
        for (sql, rows) in [
            ("DELETE FROM event WHERE id = ?1", &self.events),
            ("DELETE FROM paper WHERE id = ?1", &self.papers),
            ("UPDATE package SET content = NULL WHERE id = ?1", &self.packages),
        ] {
            let mut statement = connection.prepare(sql)?;
            for row in rows {
                statement.execute([row])?;
            }
        }
        for id in &self.people {
            connection.execute("DELETE FROM answer WHERE before = ?1", [Text(id)])?;
            connection.execute("DELETE FROM student WHERE id = ?1", [Text(id)])?;
        }
        Ok(())
    }

    fn count(&self) -> Forgotten {
        Forgotten {
            people: self.people.len(),
            guardians: self.guardians,
            events: self.events.len(),
            papers: self.papers.len(),
            packages: self.packages.len(),
            kept: self.kept.clone(),
        }
    }
}

struct PackageText {
    id: i64,
    closed: bool,
    content: String,
}

impl PackageText {
    /// Whether it names a pupil: by the id, by a name as texts have it, or by surname and given name apart.
    fn names(&self, former: &Former) -> bool {
        let Former { student, .. } = former;
        let parents = student.guardians.iter().filter_map(|guardian| guardian.name.as_ref());
        let in_parts = std::iter::once(&student.name)
            .chain(parents)
            .any(|name| self.content.contains(&name.surname) && self.content.contains(&name.given));
        let ids = student.id.into_iter().chain(student.guardians.iter().filter_map(|guardian| guardian.id));
        in_parts
            || ids.map(|id| id.to_string()).any(|id| self.content.contains(&id))
            || names_of(student).iter().any(|name| self.content.contains(name))
    }
}
