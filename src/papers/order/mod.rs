//! The school's own papers that people edit and sign: the draft of the director's order with its annexes, the register
//! of chats and moderators as a table, the application to register the school.
//!
//! What the act of the preset does not know is not ordered; whoever is not in the staff table is a blank, never a guess.
//! They carry no link and no name of a pupil or a parent.

mod annexes;
mod application;
mod draft;
mod facts;
#[cfg(test)]
mod tests;
mod tied;
mod wording;

pub use application::{Application, application};
pub use draft::{chat_register, order};
pub use facts::{DraftFacts, Transfer, draft_issues};
pub(super) use wording::{ORDER, OrderWording};

use super::paper::{ClassPapers, PaperKind};
use super::pieces::PieceContent;
use super::sum::Sum;
use crate::school::{Draft, Fingerprint, Piece};

/// What the school's own papers say; none where no chat is planned. A draft has no part that may be old without
/// misleading: its core is all of it.
pub fn drafts(papers: &ClassPapers<'_>, facts: &DraftFacts<'_>) -> Vec<PieceContent> {
    let mut pieces = Vec::new();
    let mut add = |draft: Draft, sum: Fingerprint| {
        let piece = Piece::Draft { draft };
        pieces.push(PieceContent { kind: PaperKind::of(&piece), piece, core: sum, fingerprint: sum });
    };
    if facts.chats.is_empty() {
        return pieces;
    }
    let blocks = draft::blocks(papers, facts);
    let mut sum = Sum::of("order 1");
    for text in draft::words(&blocks) {
        sum.text(text);
    }
    add(Draft::Order, sum.finish());
    let mut sum = Sum::of("register of chats 1");
    for sheet in annexes::sheets(papers, facts) {
        sum.text(sheet.name);
        for cell in sheet.rows.iter().flatten() {
            sum.text(&cell.text);
        }
    }
    add(Draft::ChatRegister, sum.finish());
    if let Some(Application { to, subject, text, from }) = application(papers, facts) {
        let mut sum = Sum::of("application 1");
        for text in [to.as_str(), &subject, &text, from.as_str()] {
            sum.text(text);
        }
        add(Draft::Application, sum.finish());
    }
    pieces
}
