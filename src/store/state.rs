//! The last recorded state, and the mark that tells whether it still is the last.

use std::collections::BTreeMap;
use std::fmt;
use std::panic::resume_unwind;

use rusqlite::Connection;

use super::chat_keys::ChatKeys;
use super::classes::Classes;
use super::{
    RegisterState, Store, StoreError, Trouble, chats, classes, links, old_chats, papers, people, progress, short_links,
    staff,
};
use crate::school::SchoolState;

/// A state as it was read. Only the store makes one, so what a run is compared with is what was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub(super) state: SchoolState,
    pub(super) mark: Mark,
    pub(super) register: RegisterState,
}

/// Which store, and how often it was recorded into. Shown, it is a text to be kept in a saved plan and compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    store: String,
    count: i64,
}

impl Recorded {
    /// The state.
    pub fn state(&self) -> &SchoolState {
        &self.state
    }

    /// Its mark.
    pub fn mark(&self) -> &Mark {
        &self.mark
    }

    /// Whether the register of links is in the names of this state.
    pub fn register(&self) -> RegisterState {
        self.register
    }
}

#[cfg(test)]
impl Recorded {
    /// A state as if it had been recorded, for models without a file.
    pub(crate) fn as_if(state: SchoolState, count: i64, register: RegisterState) -> Self {
        Self { state, mark: Mark { store: String::new(), count }, register }
    }
}

impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.store, self.count)
    }
}

impl Mark {
    pub(super) fn load(connection: &Connection) -> Result<Self, Trouble> {
        let of = |row: &rusqlite::Row<'_>| Ok(Self { store: row.get(0)?, count: row.get(1)? });
        Ok(connection.query_row("SELECT id, mark FROM store", [], of)?)
    }

    /// Makes every state that was read before one of the past.
    pub(super) fn raise(connection: &Connection) -> Result<(), Trouble> {
        connection.execute("UPDATE store SET mark = mark + 1", [])?;
        Ok(())
    }
}

impl Store {
    /// Which store it is, wherever its file lies: a copy of the file has the same name.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn name(&self) -> Result<String, StoreError> {
        self.reading(|connection| Ok(Mark::load(connection)?.store))
    }

    /// Which store it is, and how often it was recorded into.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn mark(&self) -> Result<Mark, StoreError> {
        self.reading(|connection| Mark::load(connection))
    }

    /// Everything that holds now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn state(&self) -> Result<Recorded, StoreError> {
        self.reading(|connection| {
            let known = Classes::load(connection)?;
            let keys = ChatKeys::load(connection)?;
            let twin = self.twin()?;
            std::thread::scope(|scope| {
                // The members of chats are more than half of it all.
                let chats = twin.map(|twin| {
                    scope.spawn(|| {
                        let twin = twin;
                        chats::read(&twin.connection, &known, &keys)
                    })
                });
                let mut roster = classes::read(connection, &known)?;
                people::read(connection, &known, &mut roster)?;
                let mut state = SchoolState {
                    roster,
                    staff: staff::read(connection)?,
                    homerooms: classes::read_homerooms(connection, &known)?,
                    chats: BTreeMap::new(),
                    links: links::read(connection, &keys)?,
                    progress: progress::read(connection, &keys)?,
                    old_chats: old_chats::read(connection, &keys)?,
                    short: short_links::read(connection, &keys)?,
                    papers: papers::read(connection, &known, &keys)?,
                };
                state.chats = match chats {
                    Some(chats) => chats.join().unwrap_or_else(|panic| resume_unwind(panic))?,
                    None => chats::read(connection, &known, &keys)?,
                };
                Ok(Recorded { state, mark: Mark::load(connection)?, register: RegisterState::load(connection)? })
            })
        })
    }
}
