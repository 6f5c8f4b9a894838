//! Whether the register of links is still to be rewritten in the names of the new school year.
//!
//! A run that is stopped between recording a new year and rewriting the register leaves a table in which «7А» means those
//! who are 8А now. So the store says so until it is told that the table was rewritten.

use rusqlite::Connection;

use super::watch::Work;
use super::{Store, StoreError, Trouble};

/// Whether the register of links is in the names of the recorded state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RegisterState {
    /// It is.
    #[default]
    Current,
    /// Its keys are those of the last school year: it is to be rewritten before any row of it is used.
    ToBeRewritten,
}

impl RegisterState {
    pub(super) fn load(connection: &Connection) -> Result<Self, Trouble> {
        let is_past = connection.query_row("SELECT register_is_past FROM store", [], |row| row.get(0))?;
        Ok(if is_past { Self::ToBeRewritten } else { Self::Current })
    }

    /// Notes a register that is to be rewritten; one that already is stays so.
    pub(super) fn write(self, connection: &Connection) -> Result<(), Trouble> {
        if self == Self::ToBeRewritten {
            connection.execute("UPDATE store SET register_is_past = 1", [])?;
        }
        Ok(())
    }
}

impl Store {
    /// Whether the register of links is still to be rewritten.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn register(&self) -> Result<RegisterState, StoreError> {
        self.reading(|connection| RegisterState::load(connection))
    }

    /// Notes that the register of links was rewritten. The recorded state stays the last one.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn register_rewritten(&mut self) -> Result<(), StoreError> {
        let written = self.writing(Work::Register, |connection| {
            connection.execute("UPDATE store SET register_is_past = 0", [])?;
            Ok(())
        });
        written.map_err(StoreError::Register)
    }
}
