//! New ids for people, from the operating system's random source.

use crate::school::PersonId;

/// An id that nobody has.
pub(crate) fn new_id() -> PersonId {
    let mut bytes = [0; 16];
    // Every system that the program runs on has a random source; without one nothing could be told apart, and the store
    // refuses two people of one id.
    let _ = getrandom::fill(&mut bytes);
    PersonId::of_bytes(bytes)
}
