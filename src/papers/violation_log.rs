//! «Журнал нарушений»: a table for the moderator to fill in by hand, with what the act says about violations above it.
//!
//! It lies behind the memo, one for each class and one for the chats of the school. Nobody is named on it beforehand.

#[cfg(test)]
mod tests;
mod wording;

use super::canvas::Page;
use super::document::{Document, part_heading};
use super::error::PaperError;
use super::flow::{Flow, Foot, Frame, styles};
use super::paper::{ClassPapers, Paper, PaperKind, Sheets};
use super::phrases::Values;
use super::pieces::{PieceContent, UNISSUED};
use super::rich_text::RichText;
use super::rules::{RuleLook, RuleSection};
use super::sum::Sum;
use super::table::{Cell, Column, ColumnWidth, Row, Table, TableLook};
use super::text::TextStyle;
use super::units::Mm;
use crate::school::{Edition, MeasureKind, OptionalPaper, Piece, dotted};

pub(super) use wording::{LOG, LogWording};

const TEXT: TextStyle = styles::TEXT.leading(1.22);
const RULES: RuleLook = RuleLook { heading: TEXT, text: TEXT };
/// Rows of two lines of handwriting.
const ROWS: TableLook = TableLook { row_height: Mm(14.0), padding: Mm(1.0), ..TableLook::FORM };
/// The sheet is printed on both sides: as many rows as both take, and one page more where the rules need it.
const PAGES: usize = 2;
/// The fewest rows, however long the rules are.
const LEAST_ROWS: usize = 12;
/// More rows than any two pages take.
const MOST_ROWS: usize = 40;

/// The log of a class or of the school; `None` where there is no chat to write in or the school does without.
///
/// # Errors
/// Only where the PDF cannot be put together: a fault of the program.
pub fn violation_log(papers: &ClassPapers<'_>) -> Result<Option<Paper>, PaperError> {
    papers.bind(PaperKind::ViolationLog, &log_sheets(papers))
}

/// The pages of the log.
pub(super) fn log_sheets(papers: &ClassPapers<'_>) -> Sheets {
    if !is_wanted(papers) {
        return Sheets::default();
    }
    let edition = papers.editions.of(&Piece::Log);
    let pages = Log { papers, wording: &papers.wording.log, edition }.pages();
    Sheets { pages, editions: vec![edition] }
}

/// What the log says: the rules and the columns as its core.
pub(super) fn log_piece(papers: &ClassPapers<'_>) -> Option<PieceContent> {
    if !is_wanted(papers) {
        return None;
    }
    let log = Log { papers, wording: &papers.wording.log, edition: UNISSUED };
    let mut sum = Sum::of("log 1");
    log.put_rules(&mut sum);
    Document::table(&mut sum, &log.table(0));
    let core = sum.finish();
    let mut sum = Sum::after(&core);
    log.put_head(&mut sum);
    log.put_notes(&mut sum);
    let foot = log.foot();
    sum.text(&foot.left);
    sum.text(&foot.right);
    Some(PieceContent { piece: Piece::Log, kind: PaperKind::ViolationLog, core, fingerprint: sum.finish() })
}

/// Nobody but administrators writes in a channel.
fn is_wanted(papers: &ClassPapers<'_>) -> bool {
    let has_chats = papers.chats.iter().any(|sheet| !sheet.chat.kind.is_channel());
    has_chats && papers.settings.optional.contains(&OptionalPaper::ViolationLog)
}

/// A log on its way to pages.
struct Log<'a> {
    papers: &'a ClassPapers<'a>,
    wording: &'a LogWording,
    edition: Edition,
}

impl Log<'_> {
    /// The pages with as many rows as fill them.
    fn pages(&self) -> Vec<Page> {
        let least = self.pages_with(LEAST_ROWS);
        let count = least.len().max(PAGES);
        let fuller = (LEAST_ROWS + 1..=MOST_ROWS).rev().map(|rows| self.pages_with(rows));
        fuller.into_iter().find(|pages| pages.len() <= count).unwrap_or(least)
    }

    fn pages_with(&self, rows: usize) -> Vec<Page> {
        let mut flow = Flow::new(Frame::BOUND);
        self.put_head(&mut flow);
        self.put_rules(&mut flow);
        self.put_notes(&mut flow);
        flow.space(Mm(3.0));
        flow.table(&self.table(rows));
        flow.finish(&self.foot())
    }

    fn put_head(&self, document: &mut dyn Document) {
        let words = self.wording;
        let title = if self.has(MeasureKind::Unblocking) { &words.title_with_unblocking } else { &words.title };
        words.head.put_on(document, title, &self.values(), self.papers.class.is_some());
    }

    fn put_rules(&self, document: &mut dyn Document) {
        let rules = self.papers.regulation.measures.iter().map(|measure| &measure.rule).collect::<Vec<_>>();
        if !rules.is_empty() {
            part_heading(document, &self.values().line(&self.wording.rules.heading));
            document.sections(&[RuleSection { heading: RichText::default(), rules }], RULES);
        }
    }

    fn put_notes(&self, document: &mut dyn Document) {
        let (values, words) = (self.values(), &self.wording.notes);
        part_heading(document, &values.line(&words.heading));
        let blocking = self.has(MeasureKind::Blocking).then_some(&words.blocking);
        let unblocking = self.has(MeasureKind::Unblocking).then_some(&words.unblocking);
        for note in values.phrases(words.items.iter().chain(blocking).chain(unblocking)) {
            document.clause("•", Mm(4.5), &note, TEXT);
            document.space(Mm(0.6));
        }
    }

    /// The table; columns for what the act does not know are left out.
    fn table(&self, rows: usize) -> Table {
        let words = &self.wording.columns;
        let fixed = |title: &str, width| Column::new(title, ColumnWidth::Fixed(Mm(width)));
        let part = |title: &str, part| Column::new(title, ColumnWidth::Part(part));
        let blocking = self.has(MeasureKind::Blocking);
        let mut columns = vec![
            fixed(&words.number, 8.0).centred(),
            fixed(&words.date, 14.0),
            part(&words.member, 1.0),
            part(&words.what, 1.2),
        ];
        columns.extend(blocking.then(|| fixed(&words.count, 14.0)));
        columns.push(fixed(&words.done, 21.0));
        columns.extend(blocking.then(|| fixed(&words.blocked, 23.0)));
        columns.extend(self.has(MeasureKind::Unblocking).then(|| fixed(&words.unblocked, 23.0)));
        columns.push(fixed(&words.sign, 21.0));
        let rows = (1..=rows).map(|number| Row { cells: vec![Cell::Text(number.to_string().into())] }).collect();
        Table { columns, rows, look: ROWS }
    }

    fn has(&self, kind: MeasureKind) -> bool {
        self.papers.regulation.has_measure(kind)
    }

    fn foot(&self) -> Foot {
        let (values, words) = (self.values(), &self.wording.foot);
        let right = if self.papers.class.is_some() { &words.class } else { &words.school };
        Foot { left: values.line(&words.edition), right: values.line(right) }
    }

    fn values(&self) -> Values {
        let Self { papers, edition, .. } = self;
        let school = papers.school;
        Values::default()
            .with_optional("класс", papers.class.map(|class| class.name.quoted()))
            .with("школа", school.short_name.as_str())
            .with("акт", papers.regulation.act.title.trim_matches(['«', '»']))
            .with("куратор", school.curator.name.to_string())
            .with("должность_куратора", school.curator.post.as_str())
            .with("версия", edition.version.to_string())
            .with("дата", dotted(edition.issued))
    }
}
