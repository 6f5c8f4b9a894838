//! What is still to be given, and where it is noted that it was.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::clock;
use super::planning::Due;
use crate::school::{ClassName, Email, Scope, letter_kind};
use crate::store::{LetterDraft, LetterState, RunId, Store, StoreError, StoredLetter};

/// The open packages of a store; several threads may close them.
#[derive(Debug, Default)]
pub(crate) struct Deliveries {
    due: BTreeMap<Scope, Due>,
    /// `None` where nothing is due.
    store: Option<Mutex<Store>>,
    /// The last recorded run: the one that gives.
    run: Option<RunId>,
}

impl Deliveries {
    /// Everything that a store has open.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn of(store: Store) -> Result<Self, StoreError> {
        let due = store.open_packages()?.into_iter().map(Due::of).collect::<Result<_, _>>()?;
        let run = store.runs()?.last().map(|run| run.id);
        Ok(Self { due, store: Some(Mutex::new(store)), run })
    }

    /// To whom something is due.
    pub(crate) fn scopes(&self) -> impl Iterator<Item = &Scope> {
        self.due.keys()
    }

    /// What is due to one.
    pub(crate) fn to(&self, scope: &Scope) -> Option<&Due> {
        self.due.get(scope)
    }

    /// The number of the sheet and the letter among those of the scope and date; the first letter of a class has none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn number(&self, scope: &Scope, due: &Due) -> Result<Option<u32>, StoreError> {
        match self.store() {
            Some(store) if due.parcel.is_numbered() => store.next_number(scope, due.issued).map(Some),
            _ => Ok(None),
        }
    }

    /// The letter that one to a class and an address follows: the first that was sent this school year.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn thread(&self, class: &ClassName, address: &Email) -> Result<Option<String>, StoreError> {
        let Some(store) = self.store() else { return Ok(None) };
        let year_began = store.runs_of_new_years()?.last().map(|run| run.at);
        let is_before = |letter: &StoredLetter| {
            letter.state == LetterState::Sent
                && letter.kind != letter_kind::HANDOVER
                && letter.class == *class
                && letter.address == *address
                && year_began.is_none_or(|began| letter.since >= began)
        };
        Ok(store.letters()?.into_iter().find(is_before).map(|letter| letter.message_id))
    }

    /// Notes that everything of it was made, and which files are its own; its letters are put into the outbox.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub(crate) fn close(
        &self,
        due: &Due,
        number: Option<u32>,
        files: Vec<String>,
        letters: &[LetterDraft],
    ) -> Result<(), StoreError> {
        let content = due.parcel.given(files, self.run).text();
        self.store().map_or(Ok(()), |mut store| store.close_package(due.id, &content, number, letters, clock::now()))
    }

    /// Notes that everything of it lies in «выдача/» but the letter, which could not be composed and is still due.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub(crate) fn put_off(&self, due: &Due) -> Result<(), StoreError> {
        let parcel = due.parcel.without_letter();
        if parcel == due.parcel {
            return Ok(());
        }
        self.store().map_or(Ok(()), |mut store| store.rewrite_package(due.id, &parcel.text()))
    }

    /// Notes that the register of links was rewritten.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub(crate) fn register_rewritten(&self) -> Result<(), StoreError> {
        self.store().map_or(Ok(()), |mut store| store.register_rewritten())
    }

    fn store(&self) -> Option<MutexGuard<'_, Store>> {
        self.store.as_ref().map(|store| store.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
