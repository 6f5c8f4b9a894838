//! The letters of a class that were surely not sent, and what they were to bring.
//!
//! Knows how their parcels are joined; that a letter was not sent is told by the outbox.

use super::parcel::Parcel;
use crate::store::{LetterId, StoredLetter};

/// The letters of a class that are in the outbox and were surely not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unsent {
    /// Their numbers.
    pub(crate) letters: Vec<LetterId>,
    /// Their subjects.
    pub(crate) subjects: Vec<String>,
    /// What they were to bring, all together; `None` where that is not known any more.
    pub(crate) parcel: Option<Parcel>,
}

impl Unsent {
    /// The same with another letter, and what it was to bring.
    pub(super) fn and(&mut self, letter: &StoredLetter, parcel: &Parcel) {
        self.letters.push(letter.id);
        self.subjects.push(letter.subject.clone());
        let earlier = self.parcel.take().map(|earlier| earlier.reopened().followed_by(parcel.reopened()));
        // Letters to former moderators wait by themselves.
        self.parcel = Some(earlier.unwrap_or_else(|| Parcel { handovers: Vec::new(), ..parcel.clone() }));
    }
}
