//! Which of the pieces of a paper are to be printed: all of them, or some by name.

use std::collections::BTreeSet;

use crate::school::Piece;

/// Which pieces are to be printed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Choice<'a> {
    /// All that can be printed.
    All,
    /// These only.
    Only(&'a BTreeSet<Piece>),
}

impl Choice<'_> {
    /// Whether a piece is to be printed; one without a name of its own (a pupil without an id) only with all others.
    pub(super) fn takes(self, piece: Option<&Piece>) -> bool {
        match self {
            Self::All => true,
            Self::Only(pieces) => piece.is_some_and(|piece| pieces.contains(piece)),
        }
    }
}
