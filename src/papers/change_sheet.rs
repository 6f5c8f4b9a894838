//! «Изменения»: the one paper that a class gets when its lists, chats or links have changed.
//!
//! It prints what was recorded ([`ChangeSheet`]) and decides nothing itself. What goes different ways after printing is
//! paged and counted apart: the cover with the list of void papers stays with the homeroom teacher, the moderators sign
//! the removals, the rows of the acknowledgement form are kept with the form, posters are hung up, slips are cut.

mod cover;
mod tasks;
#[cfg(test)]
mod tests;
mod void;
mod wording;

use super::acknowledgement::addition_sheets;
use super::choice::Choice;
use super::error::PaperError;
use super::family_sheets::family_sheets_of;
use super::flow::Foot;
use super::paper::{ClassPapers, Paper, PaperKind, Sheets};
use super::phrases::Values;
use super::poster::poster_sheets;
use super::slips::slip_sheets;
use crate::school::{ChangeSheet, Rule, dotted, file_name};

use cover::{Enclosed, cover};
use tasks::{admissions, removals};
pub(super) use wording::{AdditionWording, CHANGES, ChangesWording};

/// How many pieces are handed out together with the paper of a change in whole files of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WholeFiles {
    /// Posters.
    pub posters: usize,
    /// Slips.
    pub slips: usize,
    /// Sheets of families.
    pub families: usize,
    /// Forms to be signed.
    pub forms: usize,
}

/// The paper of a change, «7А Изменения 08.09.2026 № 1.pdf», with the date of the current edition; `None` where there
/// is nothing to say and nothing to print. Pieces that cannot be printed now are passed over.
///
/// # Errors
/// When a link is longer than a QR code holds, or by a fault of the program.
pub fn change_sheet(
    papers: &ClassPapers<'_>,
    sheet: &ChangeSheet,
    whole: WholeFiles,
    number: u32,
) -> Result<Option<Paper>, PaperError> {
    let name = [papers.whose(), PaperKind::Changes.title().to_owned(), day(papers), format!("№ {number}.pdf")];
    let issued = papers.editions.current().issued;
    let sheets = change_sheets(papers, sheet, whole, number)?;
    papers.bind_on(issued, PaperKind::Changes, file_name(&name.join(" ")), &sheets)
}

/// The pages in the order of handing out; the pieces are the parts of the form, posters, slips and sheets of families.
fn change_sheets(
    papers: &ClassPapers<'_>,
    sheet: &ChangeSheet,
    whole: WholeFiles,
    number: u32,
) -> Result<Sheets, PaperError> {
    let additions = addition_sheets(papers, sheet);
    let posters = poster_sheets(papers, Choice::Only(&sheet.pieces))?;
    let slips = slip_sheets(papers, Choice::Only(&sheet.pieces))?;
    let families = family_sheets_of(papers, Choice::Only(&sheet.pieces))?;
    let change = Change { papers, sheet, wording: &papers.wording.changes, number };
    let enclosed = Enclosed {
        additions: additions.editions.len(),
        posters: posters.editions.len(),
        slips: slips.editions.len(),
        families: families.editions.len(),
        whole,
    };
    let mut sheets = Sheets::default();
    sheets.pages.extend(cover(&change, enclosed));
    sheets.pages.extend(removals(&change));
    sheets.pages.extend(admissions(&change));
    for more in [additions, posters, slips, families] {
        sheets.pages.extend(more.pages);
        sheets.editions.extend(more.editions);
    }
    Ok(sheets)
}

/// A change on its way to pages.
#[derive(Clone, Copy)]
struct Change<'a> {
    papers: &'a ClassPapers<'a>,
    sheet: &'a ChangeSheet,
    wording: &'a ChangesWording,
    number: u32,
}

impl<'a> Change<'a> {
    fn values(&self) -> Values {
        let Self { papers, sheet, number, .. } = self;
        let rule = self.against_preference();
        let act = papers.regulation.act.title.trim_matches(['«', '»']);
        Values::default()
            .with_optional("класс", papers.class.map(|class| class.name.quoted()))
            .with("дата", day(papers))
            .with("номер", number.to_string())
            .with_optional("адресат", self.addressee())
            .with("куратор", papers.school.curator.name.with_initials())
            .with("администратор", papers.school.administrator.name.with_initials())
            .with("акт", act)
            .with_optional("правило", rule.map(|rule| rule.text.trim().trim_end_matches('.').to_owned()))
            .with_optional("пункт", rule.and_then(Rule::clause_in_words))
            .with("записей", sheet.removals.len().to_string())
            .with("бумаг", sheet.void.len().to_string())
    }

    /// Who gets the paper: the homeroom teacher, for the school's chats the administrator.
    fn addressee(&self) -> Option<String> {
        match self.papers.class {
            Some(_) => self.papers.homeroom.map(|homeroom| homeroom.name.to_string()),
            None => Some(self.papers.school.administrator.name.to_string()),
        }
    }

    /// What is said about a class or about the school.
    fn of(&self, class: &'a str, school: &'a str) -> &'a str {
        if self.papers.class.is_some() { class } else { school }
    }

    /// The rule of the act that nobody is removed by preference (31.4.7, 50.3.4); not every act has one.
    fn against_preference(&self) -> Option<&'a Rule> {
        self.papers.regulation.moderation.iter().find(|rule| rule.text.contains("неприязн"))
    }

    fn foot(&self, left: &str) -> Foot {
        let (values, words) = (self.values(), &self.wording.foot);
        Foot { left: values.line(left), right: values.line(self.of(&words.class, &words.school)) }
    }
}

/// The date of the change: «08.09.2026».
fn day(papers: &ClassPapers<'_>) -> String {
    dotted(papers.editions.current().issued)
}
