//! Which pieces the papers of a class consist of, and what each says, as fingerprints.
//!
//! The fingerprint is the sum of the words that stand on a piece, so it changes if and only if the printed paper would
//! (another edition aside). The core is the sum of those words that mislead whoever holds a copy on which they are old.
//! A piece keeps its version and its date as long as its core is the same.

#[cfg(test)]
mod tests;

use jiff::civil::Date;

use super::acknowledgement::form_pieces;
use super::announcements::announcements_piece;
use super::consents::consents_piece;
use super::family_sheets::family_pieces;
use super::memo::{MemoFacts, memo_piece};
use super::paper::{ClassPapers, PaperKind};
use super::poster::poster_pieces;
use super::rules_sheet::rules_pieces;
use super::slips::slip_pieces;
use super::violation_log::log_piece;
use crate::school::{Edition, Fingerprint, Piece};

/// What a piece says, without its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PieceContent {
    /// The piece.
    pub piece: Piece,
    /// On which kind of paper it stands.
    pub kind: PaperKind,
    /// What makes an old copy misleading. Where it is the same and `fingerprint` is not, the file is renewed with the
    /// same version, and nobody has to destroy or to sign anything again. It takes
    ///
    /// - of a poster: the audience, the link, the chat as printed, the class, hours, rules, whom to ask;
    /// - of a slip: the audience, the link, the name of the pupil as printed;
    /// - of the sheet of a family: the names of the children as printed, the links;
    /// - of a form: what is signed, without the rows of people;
    /// - of a memo: the chats with their titles, moderators and administrators, the settings, the texts to pin;
    /// - of a rules sheet: the rules, without whom to ask and where they come from;
    /// - of consents: all but the names of the pupils;
    /// - of a log: the rules above the table and its columns;
    /// - of announcements: the titles of the chats and the day by which families join.
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
    pieces.extend(family_pieces(papers));
    pieces.extend(form_pieces(papers));
    pieces.extend(memo_piece(papers, facts));
    pieces.extend(log_piece(papers));
    pieces.extend(rules_pieces(papers));
    pieces.extend(consents_piece(papers));
    pieces.extend(announcements_piece(papers, facts));
    pieces
}
