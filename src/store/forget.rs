//! Takes people who left out of the store, with everything that names them; and what was over by the end of a year.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rusqlite::{Connection, ToSql, params};

use super::events::{IS_CLASS_UP, names_of};
use super::values::Text;
use super::watch::Work;
use super::{Former, Mark, PackageId, RunId, Store, StoreError, Trouble, letters, links, signatures};
use crate::school::PersonId;

/// Who is to be forgotten. Only people who left can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whom<'a> {
    /// These.
    People(&'a [PersonId]),
    /// Everybody who left before a date.
    LeftBefore(Date),
    /// Everybody who left in a year or before, and everything that was over with it: events, void papers, ended links,
    /// given packages, closed chats.
    ///
    /// A year ends with the run that recorded the next one. What that run ended is the old year's; what it says and
    /// gave, and whom it found gone, is the new one's.
    Year {
        /// The last day: it ends the year where no run recorded the next one.
        ends: Date,
        /// The run that recorded the next year.
        next: Option<RunId>,
    },
}

/// What is, or would be, forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Pupils.
    pub people: Vec<PersonId>,
    /// How many parents they have.
    pub guardians: usize,
    /// How many events.
    pub events: usize,
    /// How many papers.
    pub papers: usize,
    /// How many links that ended.
    pub links: usize,
    /// How many chats that were closed.
    pub chats: usize,
    /// Packages that were given and whose content goes: they cannot be printed again.
    pub packages: Vec<PackageId>,
    /// Those who stay: they did not leave, or a package that is still to be given names them.
    pub kept: Vec<PersonId>,
}

impl Forgotten {
    /// Whether there is nothing to forget.
    pub fn is_empty(&self) -> bool {
        let Self { people, guardians: _, events, papers, links, chats, packages, kept: _ } = self;
        people.is_empty() && packages.is_empty() && events + papers + links + chats == 0
    }
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
            let count = traces.count();
            if !count.is_empty() {
                traces.erase(connection)?;
                connection.execute(
                    "INSERT INTO forgotten (date, people) VALUES (?1, ?2)",
                    params![Text(on), traces.people.len() as u32],
                )?;
                Mark::raise(connection)?;
            }
            Ok(count)
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
    links: BTreeSet<i64>,
    chats: BTreeSet<i64>,
    packages: BTreeSet<PackageId>,
    /// How answers name the people, folded.
    names: BTreeSet<String>,
    kept: Vec<PersonId>,
}

impl Traces {
    fn find(connection: &Connection, former: &[Former], whom: Whom<'_>) -> Result<Self, Trouble> {
        let is_wanted = |one: &Former| match whom {
            Whom::People(people) => one.student.id.is_some_and(|id| people.contains(&id)),
            Whom::LeftBefore(date) => one.left < date,
            Whom::Year { next: Some(next), .. } => one.run < next,
            Whom::Year { ends, next: None } => one.left <= ends,
        };
        let wanted: Vec<&Former> = former.iter().filter(|one| is_wanted(one)).collect();
        let mut statement = connection.prepare("SELECT id, closed, content FROM package WHERE content IS NOT NULL")?;
        let packages = statement
            .query_map([], |row| {
                Ok(PackageText { id: PackageId(row.get(0)?), closed: row.get(1)?, content: row.get(2)? })
            })?
            .collect::<Result<Vec<_>, _>>()?;
        let mut traces = Self {
            people: BTreeSet::new(),
            guardians: 0,
            events: BTreeSet::new(),
            papers: BTreeSet::new(),
            links: BTreeSet::new(),
            chats: BTreeSet::new(),
            packages: BTreeSet::new(),
            names: BTreeSet::new(),
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
            traces.names.insert(one.student.name.folded());
            traces.guardians += one.student.guardians.len();
            traces.packages.extend(named.iter().map(|package| package.id));
            for (statement, found) in [(&mut events, &mut traces.events), (&mut papers, &mut traces.papers)] {
                for row in statement.query_map([Text(id)], |row| row.get::<_, i64>(0))? {
                    found.insert(row?);
                }
            }
        }
        if let Whom::Year { ends, next } = whom {
            traces.add_year(connection, ends, next)?;
        }
        if let Whom::People(people) = whom {
            let is_former = |id: &PersonId| wanted.iter().any(|one| one.student.id == Some(*id));
            traces.kept.extend(people.iter().filter(|id| !is_former(id)));
        }
        Ok(traces)
    }

    /// What was over with a year, whomever it was about.
    fn add_year(&mut self, connection: &Connection, ends: Date, next: Option<RunId>) -> Result<(), Trouble> {
        // `run <= ?1`, or the same by the dates of the runs: false where there is no run.
        let by_date = "IN (SELECT id FROM run WHERE date <= ?1)";
        let (before, by, bound): (_, _, Box<dyn ToSql>) = if let Some(next) = next {
            ("< ?1", "<= ?1", Box::new(next.0))
        } else {
            (by_date, by_date, Box::new(Text(ends)))
        };
        let rows = |sql: String| -> Result<Vec<i64>, Trouble> {
            let mut statement = connection.prepare(&sql)?;
            let rows = statement.query_map([&bound], |row| row.get(0))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        // When this year began must be known, or the last one's parcels are taken for its own.
        let is_over = format!(
            "event.run_id {before} AND NOT ({IS_CLASS_UP} AND run_id = (SELECT max(run_id) FROM event WHERE {IS_CLASS_UP}))"
        );
        self.events.extend(rows(format!("SELECT id FROM event WHERE {is_over}"))?);
        self.papers.extend(rows(format!("SELECT id FROM paper WHERE void_run {by}"))?);
        // The last link of a chat that exists says whether one is awaited, or the chat is revoked.
        self.links.extend(rows(format!(
            "SELECT id FROM link WHERE ended_run {by} AND NOT (state IN ('reissued', 'revoked', 'expired') \
             AND chat_id IN (SELECT id FROM chat) \
             AND id = (SELECT max(id) FROM link AS last WHERE last.chat_id = link.chat_id))"
        ))?);
        let packages =
            rows(format!("SELECT id FROM package WHERE closed = 1 AND content IS NOT NULL AND run_id {before}"))?;
        self.packages.extend(packages.into_iter().map(PackageId));
        self.chats.extend(rows(format!(
            "SELECT id FROM chat_key AS known WHERE NOT EXISTS (SELECT 1 FROM chat WHERE id = known.id) \
             AND NOT EXISTS (SELECT 1 FROM short_link WHERE chat_id = known.id) \
             AND NOT EXISTS (SELECT 1 FROM link WHERE chat_id = known.id AND NOT ifnull(ended_run {by}, 0)) \
             AND NOT EXISTS (SELECT 1 FROM paper WHERE chat_id = known.id AND NOT ifnull(void_run {by}, 0)) \
             AND NOT EXISTS (SELECT 1 FROM event WHERE chat_id = known.id AND NOT ({is_over}))"
        ))?);
        Ok(())
    }

    fn erase(&self, connection: &Connection) -> Result<(), Trouble> {
        links::forget(connection, &self.links)?;
        letters::forget(connection, &self.packages, &self.gone(connection)?)?;
        let packages = self.packages.iter().map(|id| id.0).collect();
        for (sql, rows) in [
            ("DELETE FROM event WHERE id = ?1", &self.events),
            ("DELETE FROM paper WHERE id = ?1", &self.papers),
            ("DELETE FROM chat_progress WHERE chat_id = ?1", &self.chats),
            ("DELETE FROM chat_key WHERE id = ?1", &self.chats),
            ("UPDATE package SET content = NULL WHERE id = ?1", &packages),
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
        signatures::forget_former_staff(connection)?;
        for name in &self.names {
            // An answer names the pupil of the new list; with namesakes a question is asked again.
            connection.execute("DELETE FROM answer WHERE instr(after, ?1) > 0", [name])?;
        }
        Ok(())
    }

    /// Which classes they left, and by when.
    fn gone(&self, connection: &Connection) -> Result<letters::Gone, Trouble> {
        let mut gone = letters::Gone { classes: BTreeSet::new(), run: 0 };
        let mut statement = connection.prepare("SELECT class_id, ifnull(left_run, 0) FROM student WHERE id = ?1")?;
        for id in &self.people {
            statement.query_row([Text(id)], |row| {
                gone.classes.insert(row.get(0)?);
                gone.run = gone.run.max(row.get(1)?);
                Ok(())
            })?;
        }
        Ok(gone)
    }

    fn count(&self) -> Forgotten {
        Forgotten {
            people: self.people.iter().copied().collect(),
            guardians: self.guardians,
            events: self.events.len(),
            papers: self.papers.len(),
            links: self.links.len(),
            chats: self.chats.len(),
            packages: self.packages.iter().copied().collect(),
            kept: self.kept.clone(),
        }
    }
}

struct PackageText {
    id: PackageId,
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
