//! The tables, version by version.
//!
//! `PRAGMA user_version` counts the migrations that a file has seen. A migration that was released is never changed:
//! what comes later is added at the end.

use rusqlite::{Connection, TransactionBehavior};

use super::Trouble;
use super::watch::{Moment, Watcher, Work, tell};

/// «zvch»: marks the file as one of this program.
const APPLICATION: i32 = 0x7a76_6368;

const MIGRATIONS: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("uptake.sql"),
    include_str!("families.sql"),
    include_str!("corrections.sql"),
    include_str!("former_parents.sql"),
];

/// What stands in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// No table yet.
    Empty,
    /// Tables of an earlier version of this program.
    Older,
    /// The tables of this version.
    Current,
}

/// Looks at the version of a file without changing it.
pub(super) fn standing(connection: &Connection) -> Result<Standing, Trouble> {
    standing_among(connection, MIGRATIONS.len())
}

fn standing_among(connection: &Connection, known: usize) -> Result<Standing, Trouble> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i32>(0));
    let version = number("user_version")?;
    let application = number("application_id")?;
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    match (usize::try_from(version), application) {
        (Ok(0), 0) if tables == 0 => Ok(Standing::Empty),
        (Ok(version), APPLICATION) if version > known => Err(Trouble::Newer),
        (Ok(version), APPLICATION) if version == known => Ok(Standing::Current),
        (Ok(1..), APPLICATION) => Ok(Standing::Older),
        _ => Err(Trouble::Foreign),
    }
}

/// Brings a file up to this version, all missing migrations in one exclusive transaction.
pub(super) fn migrate(connection: &mut Connection, watcher: Option<&Watcher>) -> Result<(), Trouble> {
    migrate_by(connection, MIGRATIONS, watcher)
}

fn migrate_by(connection: &mut Connection, all: &[&str], watcher: Option<&Watcher>) -> Result<(), Trouble> {
    if standing_among(connection, all.len())? == Standing::Current {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Exclusive)?;
    // Asked again under the lock: another run may have been quicker.
    if standing_among(&transaction, all.len())? == Standing::Current {
        return Ok(());
    }
    let seen: u32 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for migration in all.iter().skip(seen as usize) {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", all.len() as u32)?;
    tell(watcher, Moment::BeforeCommit(Work::Migration))?;
    transaction.commit()?;
    tell(watcher, Moment::AfterCommit(Work::Migration))
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::{MIGRATIONS, Standing, Trouble, migrate, migrate_by, standing};

    const FIRST: &str = "CREATE TABLE one (a TEXT) STRICT; INSERT INTO one VALUES ('x');";
    const SECOND: &str = "ALTER TABLE one ADD COLUMN b TEXT;";

    #[test]
    fn each_migration_runs_once() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate_by(&mut connection, &[FIRST], None).unwrap();
        migrate_by(&mut connection, &[FIRST, SECOND], None).unwrap();
        migrate_by(&mut connection, &[FIRST, SECOND], None).unwrap();
        let rows: i64 = connection.query_row("SELECT count(*) FROM one WHERE b IS NULL", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 1);
        assert_eq!(migrate_by(&mut connection, &[FIRST], None), Err(Trouble::Newer));
    }

    #[test]
    fn a_migration_that_fails_leaves_nothing() {
        let mut connection = Connection::open_in_memory().unwrap();
        assert!(migrate_by(&mut connection, &[FIRST, "no sql"], None).is_err());
        assert_eq!(standing(&connection), Ok(Standing::Empty));
    }

    #[test]
    fn a_foreign_file_is_told() {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(FIRST).unwrap();
        assert_eq!(standing(&connection), Err(Trouble::Foreign));
    }

    #[test]
    fn the_tables_are_made() {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, None).unwrap();
        assert_eq!(standing(&connection), Ok(Standing::Current));
        assert!(!MIGRATIONS.is_empty());
    }
}
