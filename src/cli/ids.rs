//! New ids for people, and tokens of short links, from the operating system's random source.

use crate::school::{PersonId, Token};

/// An id that nobody has.
pub(crate) fn new_id() -> PersonId {
    let mut bytes = [0; 16];
    // Every system that the program runs on has a random source; without one nothing could be told apart, and the store
    // refuses two people of one id.
    let _ = getrandom::fill(&mut bytes);
    PersonId::of_bytes(bytes)
}

/// A token that nobody has; `None` where the system gives nothing random: then nothing is printed with it.
pub(crate) fn new_token() -> Option<Token> {
    Token::random(getrandom::fill).ok()
}
