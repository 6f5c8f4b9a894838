//! «Изменения»: the one paper that a class gets when its lists, chats or links have changed.
//!
//! It prints what was recorded ([`ChangeSheet`]) and decides nothing itself.

use super::choice::Choice;
use super::error::PaperError;
use super::paper::{ClassPapers, Paper, PaperKind, Sheets};
use super::poster::poster_sheets;
use super::slips::slip_sheets;
use crate::school::{ChangeSheet, dotted, file_name};

/// The paper of a change, «7А Изменения 08.09.2026 № 1.pdf», with the date of the current edition; `None` where there
/// is nothing to say and nothing to print. Pieces that cannot be printed now are passed over.
///
/// # Errors
/// When a link is longer than a QR code holds, or by a fault of the program.
pub fn change_sheet(papers: &ClassPapers<'_>, sheet: &ChangeSheet, number: u32) -> Result<Option<Paper>, PaperError> {
    let issued = papers.editions.current().issued;
    let mut sheets = Sheets::default();
    for more in [poster_sheets(papers, Choice::Only(&sheet.pieces))?, slip_sheets(papers, Choice::Only(&sheet.pieces))?]
    {
        sheets.pages.extend(more.pages);
        sheets.editions.extend(more.editions);
    }
    let title = PaperKind::Changes.title();
    let name = file_name(&format!("{} {title} {} № {number}.pdf", papers.whose(), dotted(issued)));
    papers.bind_on(issued, PaperKind::Changes, name, &sheets)
}
