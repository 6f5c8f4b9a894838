//! Which pieces the papers of a class consist of, and what each says, as fingerprints.
//!
//! A piece keeps its version and its date as long as its fingerprint is the same. The fingerprint is the sum of the
//! words that stand on it, so it changes if and only if the printed paper would (another edition aside).

use jiff::civil::Date;

use super::acknowledgement::form_pieces;
use super::memo::{MemoFacts, memo_piece};
use super::paper::{ClassPapers, PaperKind};
use super::poster::poster_pieces;
use super::slips::slip_pieces;
use crate::school::{Edition, Fingerprint, Piece};

/// What a piece says, without its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceContent {
    /// The piece.
    pub piece: Piece,
    /// On which kind of paper it stands.
    pub kind: PaperKind,
    /// Its lasting part: of a form what is signed, without the rows of people; of a memo all but the numbers of
    /// members; of everything else the same as `fingerprint`. Where this is the same and `fingerprint` is not, nothing
    /// has to be signed again.
    pub core: Fingerprint,
    /// All of it.
    pub fingerprint: Fingerprint,
}

/// What a sum has in the place of version and date.
pub(super) const UNISSUED: Edition = Edition { version: 0, issued: Date::ZERO };

/// The pieces that the papers of a class or of the school consist of, in the order of the papers.
///
/// Pieces without a link are not among them, nor slips of pupils who have no id.
pub fn pieces(papers: &ClassPapers<'_>, facts: &MemoFacts<'_>) -> Vec<PieceContent> {
    let mut pieces = poster_pieces(papers);
    pieces.extend(slip_pieces(papers));
    pieces.extend(form_pieces(papers));
    pieces.extend(memo_piece(papers, facts));
    pieces
}
