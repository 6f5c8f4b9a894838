//! What the old side of a comparison must be able to show.

use crate::school::Student;

/// A pupil who is known already: one of another list, or a person of the store with an identity of its own.
pub trait KnownStudent {
    /// The pupil as last seen.
    fn student(&self) -> &Student;
}

impl KnownStudent for Student {
    fn student(&self) -> &Student {
        self
    }
}

impl<K: KnownStudent> KnownStudent for &K {
    fn student(&self) -> &Student {
        (*self).student()
    }
}
