//! Reads the letters of a run, always one ahead: the next one is read, and its bytes compared with their sum, while the one
//! before it is on its way. No more than two are in memory.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::Scope;

use crate::store::{LetterId, LetterState, Store, StoreError, StoredLetter};

/// A letter as it was read.
pub(super) struct ReadLetter {
    /// What is known of it.
    pub(super) letter: StoredLetter,
    /// The message; `None` where it is not what was recorded, or the letter does not wait.
    pub(super) bytes: Option<Vec<u8>>,
}

/// The letters of a run, in order.
pub(super) struct ReadAhead {
    coming: Receiver<Result<ReadLetter, StoreError>>,
    next: Option<Result<ReadLetter, StoreError>>,
}

impl ReadAhead {
    /// Begins to read these letters from a store that nobody else reads.
    pub(super) fn start<'scope>(scope: &'scope Scope<'scope, '_>, store: Store, ids: &'scope [LetterId]) -> Self {
        // Nothing lies in the channel: whoever has read a letter waits until it is wanted.
        let (give, coming) = sync_channel(0);
        scope.spawn(move || read_all(&store, ids, &give));
        Self { coming, next: None }
    }

    /// The next letter, which stays the next one; `None` behind the last. Waits for it.
    pub(super) fn peek(&mut self) -> Option<&Result<ReadLetter, StoreError>> {
        if self.next.is_none() {
            self.next = self.coming.recv().ok();
        }
        self.next.as_ref()
    }

    /// The next letter. Waits for it.
    pub(super) fn take(&mut self) -> Option<Result<ReadLetter, StoreError>> {
        self.next.take().or_else(|| self.coming.recv().ok())
    }
}

fn read_all(store: &Store, ids: &[LetterId], give: &SyncSender<Result<ReadLetter, StoreError>>) {
    for id in ids {
        // Nobody waits any more when the run has ended.
        if give.send(read(store, *id)).is_err() {
            return;
        }
    }
}

fn read(store: &Store, id: LetterId) -> Result<ReadLetter, StoreError> {
    let letter = store.letter(id)?;
    let bytes = if letter.state == LetterState::Queued { store.letter_bytes(id)? } else { None };
    Ok(ReadLetter { letter, bytes })
}
