//! One transaction, for reading or for writing.

use rusqlite::{Transaction, TransactionBehavior};

use super::watch::{Moment, Work, tell};
use super::{Store, StoreError, Trouble};

impl Store {
    /// Reads from one moment of the store.
    pub(super) fn reading<T>(
        &self,
        read: impl FnOnce(&Transaction<'_>) -> Result<T, Trouble>,
    ) -> Result<T, StoreError> {
        let attempt = || {
            // Reading never begins inside another transaction: the methods that write need the store for themselves.
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Deferred)?;
            let value = read(&transaction);
            // What looks damaged may be a file that somebody writes just now.
            self.unchanged()?;
            value
        };
        attempt().map_err(StoreError::Read)
    }

    /// Writes everything or nothing.
    pub(super) fn writing<T>(
        &mut self,
        work: Work,
        write: impl FnOnce(&Transaction<'_>) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = write(&transaction)?;
        tell(self.watcher.as_ref(), Moment::BeforeCommit(work))?;
        transaction.commit()?;
        tell(self.watcher.as_ref(), Moment::AfterCommit(work))?;
        Ok(value)
    }
}
