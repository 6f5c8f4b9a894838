//! What one class or the school still has to be given, and what it was given.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, Row, params};

use super::classes::Classes;
use super::record::Recording;
use super::values::Text;
use super::watch::Work;
use super::{LetterDraft, LetterId, RunId, Store, StoreError, Trouble, letters};
use crate::school::Scope;

/// The local number of a package.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackageId(pub(super) i64);

/// A package to be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageDraft {
    /// To whom.
    pub scope: Scope,
    /// Its date.
    pub issued: Date,
    /// What it holds: opaque here. It names pupils by their ids, or by their names as text.
    pub content: String,
    /// Letters of the same class that were surely not sent: this package brings what they would have brought.
    pub cancels: Vec<LetterId>,
}

/// A package as recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Its local number.
    pub id: PackageId,
    /// The run that recorded what it holds: that opened it, or last changed it before it was given.
    pub run: RunId,
    /// Whose it is.
    pub scope: Scope,
    /// Its date.
    pub issued: Date,
    /// What it holds; `None` where it named somebody who is forgotten.
    pub content: Option<String>,
    /// Whether it was given.
    pub standing: PackageStanding,
}

/// Whether a package was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackageStanding {
    /// It is still to be given. A scope has at most one such package.
    Open,
    /// It was given.
    Closed {
        /// The number of its change sheet among those of the scope and date; `None` where it had none.
        number: Option<u32>,
    },
}

const COLUMNS: &str = "id, class_id, issued, number, content, closed, run_id";

impl Store {
    /// The packages that are still to be given.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn open_packages(&self) -> Result<Vec<Package>, StoreError> {
        self.reading(|connection| {
            let classes = Classes::load(connection)?;
            let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM package WHERE closed = 0"))?;
            let mut rows = statement.query([])?;
            let mut packages = Vec::new();
            while let Some(row) = rows.next()? {
                packages.push(package_of(row, &classes)?);
            }
            packages.sort_by(|one, other| one.scope.cmp(&other.scope));
            Ok(packages)
        })
    }

    /// All packages of a class or of the school, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn packages(&self, scope: &Scope) -> Result<Vec<Package>, StoreError> {
        self.reading(|connection| {
            let classes = Classes::load(connection)?;
            let class = scope.class().map(|class| classes.known(class));
            if class == Some(None) {
                return Ok(Vec::new());
            }
            let sql = format!("SELECT {COLUMNS} FROM package WHERE class_id IS ?1 ORDER BY id");
            let mut statement = connection.prepare(&sql)?;
            let mut rows = statement.query([class.flatten()])?;
            let mut packages = Vec::new();
            while let Some(row) = rows.next()? {
                packages.push(package_of(row, &classes)?);
            }
            Ok(packages)
        })
    }

    /// All packages of all scopes, oldest first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn all_packages(&self) -> Result<Vec<Package>, StoreError> {
        self.reading(|connection| {
            let classes = Classes::load(connection)?;
            let mut statement = connection.prepare(&format!("SELECT {COLUMNS} FROM package ORDER BY id"))?;
            let mut rows = statement.query([])?;
            let mut packages = Vec::new();
            while let Some(row) = rows.next()? {
                packages.push(package_of(row, &classes)?);
            }
            Ok(packages)
        })
    }

    /// The number that the next change sheet of a scope has on a date: 1, 2, … The same until a package is closed with it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn next_number(&self, scope: &Scope, issued: Date) -> Result<u32, StoreError> {
        let closed = self.packages(scope)?;
        let numbers =
            closed.iter().filter(|package| package.issued == issued).filter_map(|package| match package.standing {
                PackageStanding::Closed { number } => number,
                PackageStanding::Open => None,
            });
        Ok(numbers.max().unwrap_or(0) + 1)
    }

    /// Notes what an open package holds by now.
    ///
    /// # Errors
    /// When there is no open package of this id, or the store cannot be written.
    pub fn rewrite_package(&mut self, id: PackageId, content: &str) -> Result<(), StoreError> {
        let rewritten = self.writing(Work::Package, |connection| {
            let sql = "UPDATE package SET content = ?2 WHERE id = ?1 AND closed = 0";
            match connection.execute(sql, params![id.0, content])? {
                0 => Err(Trouble::NoOpenPackage),
                _ => Ok(()),
            }
        });
        rewritten.map_err(StoreError::Package)
    }

    /// Notes that a package was given: what it held in the end, and the number of its change sheet where it had one. Its
    /// letter is put into the outbox in the same transaction: no package is closed whose letter could be lost.
    ///
    /// # Errors
    /// When there is no open package of this id, when the number is taken, or the store cannot be written.
    pub fn close_package(
        &mut self,
        id: PackageId,
        content: &str,
        number: Option<u32>,
        letters: &[LetterDraft],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let closed = self.writing(Work::Package, |connection| {
            let sql = "UPDATE package SET closed = 1, content = ?2, number = ?3 WHERE id = ?1 AND closed = 0";
            if connection.execute(sql, params![id.0, content, number])? == 0 {
                return Err(Trouble::NoOpenPackage);
            }
            letters.iter().try_for_each(|draft| letters::insert(connection, draft, Some(id), at))
        });
        closed.map_err(StoreError::Package)
    }
}

fn package_of(row: &Row<'_>, classes: &Classes) -> Result<Package, Trouble> {
    let number = row.get(3)?;
    Ok(Package {
        id: PackageId(row.get(0)?),
        run: RunId(row.get(6)?),
        scope: classes.scope(row.get(1)?)?,
        issued: row.get::<_, Text<_>>(2)?.0,
        content: row.get(4)?,
        standing: if row.get(5)? { PackageStanding::Closed { number } } else { PackageStanding::Open },
    })
}

/// Lets open packages go with their classes. One of a class that was gone before, and whose name is another's now, is
/// closed as never given.
pub(super) fn rename(recording: &mut Recording<'_>) -> Result<(), Trouble> {
    let connection: &Connection = recording.connection;
    let mut statement = connection.prepare("SELECT id, class_id FROM package WHERE closed = 0")?;
    let open = statement
        .query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?)))?
        .collect::<Result<Vec<_>, _>>()?;
    let mut moves = Vec::new();
    for (id, class) in open {
        let scope = recording.classes.scope(class)?;
        if scope.class().is_some_and(|class| recording.names.changes(class)) {
            // A scope has one open package at a time, and names may go round in a circle.
            connection.execute("UPDATE package SET closed = 1 WHERE id = ?1", [id])?;
            moves.extend(recording.names.later(&scope).map(|later| (id, later)));
        }
    }
    for (id, later) in moves {
        let class = recording.classes.scope_id(connection, &later)?;
        connection.execute("UPDATE package SET closed = 0, class_id = ?2 WHERE id = ?1", params![id, class])?;
    }
    Ok(())
}

/// Opens packages; the open one of a scope takes the new run, date and content.
pub(super) fn write(recording: &mut Recording<'_>) -> Result<(), Trouble> {
    let connection: &Connection = recording.connection;
    for PackageDraft { scope, issued, content, cancels } in recording.record.packages {
        letters::cancel(connection, cancels, recording.record.run.at)?;
        let class = recording.classes.scope_id(connection, scope)?;
        letters::cancel_reminders(connection, class, recording.record.run.at)?;
        let replaced = connection.execute(
            "UPDATE package SET issued = ?2, content = ?3, run_id = ?4 WHERE class_id IS ?1 AND closed = 0",
            params![class, Text(issued), content, recording.run],
        )?;
        if replaced == 0 {
            connection.execute(
                "INSERT INTO package (class_id, issued, content, closed, run_id) VALUES (?1, ?2, ?3, 0, ?4)",
                params![class, Text(issued), content, recording.run],
            )?;
        }
    }
    Ok(())
}
