//! «Всё для печати»: the papers of all classes in one file, each class a stack in the order of handing out.
//!
//! In front of each stack lies a cover that says whose it is, what is in it and what is to be done with it; in front of
//! all of them a list of the stacks with their pages. The papers are the same as in the files of the classes. It is made
//! stack by stack, so that no more than one is held as pages.

#[cfg(test)]
mod tests;
mod wording;

use jiff::civil::Date;

use super::acknowledgement::form_sheets;
use super::announcements::announcement_sheets;
use super::canvas::Page;
use super::choice::Choice;
use super::consents::consent_sheets;
use super::error::PaperError;
use super::family_sheets::family_sheets_of;
use super::flow::{Flow, Foot, Frame, styles};
use super::memo::{MemoFacts, memo_sheets};
use super::paper::{ClassPapers, PaperKind, Sheets};
use super::pdf::{About, Binder, LastPart};
use super::phrases::Values;
use super::poster::poster_sheets;
use super::rich_text::RichText;
use super::rules_sheet::rule_sheets;
use super::slips::slip_sheets;
use super::table::{Cell, Column, ColumnWidth, Row, Table, TableLook};
use super::text::TextStyle;
use super::units::{Mm, Pt};
use super::violation_log::log_sheets;
use super::wording::Wording;
use crate::school::{School, dotted};

use wording::{ActionsWording, CoverWording};
pub(super) use wording::{STACK, StackWording};

/// The order of a stack: what the teacher reads first, what is hung up, what is signed before anybody joins, and only then
/// the slips that let people in (62.4, 31.4.3).
const ORDER: [PaperKind; 9] = [
    PaperKind::ModeratorMemo,
    PaperKind::Announcements,
    PaperKind::ViolationLog,
    PaperKind::Posters,
    PaperKind::Rules,
    PaperKind::AcknowledgementForm,
    PaperKind::Consents,
    PaperKind::Slips,
    PaperKind::Families,
];

/// The class on a cover, to be read from afar.
const BADGE: TextStyle = TextStyle::new(Pt(64.0)).leading(1.1).centred();
const TITLE: TextStyle = TextStyle::new(Pt(18.0)).leading(1.25).centred();
const WHAT: TextStyle = TextStyle::new(Pt(11.0)).leading(1.25).hyphenated();
const LOOK: TableLook = TableLook { cell: WHAT, row_height: Mm(11.0), ..TableLook::FORM };

/// The file of all papers of the school on its way to bytes.
#[derive(Debug)]
pub struct AllPapers<'a> {
    school: &'a School,
    wording: &'a Wording,
    issued: Date,
    binder: Binder<Vec<u8>>,
    entries: Vec<Entry>,
}

/// A stack in the list of all of them.
#[derive(Clone, Debug)]
struct Entry {
    /// «7 «А»»; `None` for the school.
    class: Option<String>,
    teacher: String,
    pages: usize,
}

impl<'a> AllPapers<'a> {
    /// An empty file. `issued` is the day on which it is printed; the papers keep their own dates.
    ///
    /// # Errors
    /// Only where the PDF cannot be put together: a fault of the program.
    pub fn new(school: &'a School, wording: &'a Wording, issued: Date) -> Result<Self, PaperError> {
        Ok(Self { school, wording, issued, binder: Binder::new(Vec::new())?, entries: Vec::new() })
    }

    /// Adds the stack of a class or of the school; nothing where it has no paper.
    ///
    /// # Errors
    /// As for its papers.
    pub fn add(&mut self, papers: &ClassPapers<'_>, facts: &MemoFacts<'_>) -> Result<(), PaperError> {
        let stack = stack(papers, facts)?;
        if stack.is_empty() {
            return Ok(());
        }
        let mut pages = cover(papers, self.issued, &stack);
        pages.extend(stack.into_iter().flat_map(|of_kind| of_kind.pages));
        let class = papers.class.map(|class| class.name.quoted());
        let title = class.clone().unwrap_or_else(|| self.wording.stack.front.school.clone());
        self.binder.add(&title.replace('\u{a0}', " "), &pages)?;
        let teacher = papers.homeroom.map(|homeroom| homeroom.name.to_string()).unwrap_or_default();
        self.entries.push(Entry { class, teacher, pages: pages.len() });
        Ok(())
    }

    /// The bytes; `None` where nothing was added.
    ///
    /// # Errors
    /// Only where the PDF cannot be put together: a fault of the program.
    pub fn finish(mut self) -> Result<Option<Vec<u8>>, PaperError> {
        if self.entries.is_empty() {
            return Ok(None);
        }
        let words = &self.wording.stack.front;
        // The list has to know how long it is itself: it is longer with larger numbers by a page at most.
        let mut front = self.front(1);
        while front.len() != self.front(front.len()).len() {
            front = self.front(front.len());
        }
        let front = self.front(front.len());
        self.binder.add(&words.title, &front)?;
        let title = format!("{}: {}", self.school.short_name, words.title.to_lowercase());
        let about = About { title: &title, author: &self.school.short_name, issued: self.issued };
        self.binder.finish(&about, LastPart::Front).map(Some)
    }

    /// The list of the stacks behind a list of so many pages.
    fn front(&self, own: usize) -> Vec<Page> {
        let words = &self.wording.stack.front;
        let values = Values::default().with("школа", self.school.short_name.as_str()).with("дата", dotted(self.issued));
        let mut flow = Flow::new(Frame::BOUND);
        flow.paragraph(&RichText::bold(values.line(&words.title)), TITLE);
        flow.space(Mm(1.0));
        flow.paragraph(&values.phrase(&words.subtitle).unwrap_or_default(), styles::SUBTITLE);
        flow.space(Mm(4.0));
        flow.paragraph(&values.phrase(&words.note).unwrap_or_default(), styles::TEXT);
        flow.space(Mm(4.0));
        let columns = vec![
            Column::new(&words.whose, ColumnWidth::Fixed(Mm(34.0))),
            Column::new(&words.teacher, ColumnWidth::Part(1.0)),
            Column::new(&words.pages, ColumnWidth::Fixed(Mm(32.0))).centred(),
            Column::new(&words.count, ColumnWidth::Fixed(Mm(18.0))).centred(),
        ];
        let mut next = own + 1;
        let rows = self.entries.iter().map(|Entry { class, teacher, pages }| {
            let first = next;
            next += pages;
            let whose = class.clone().unwrap_or_else(|| words.school.clone());
            Row::texts([whose, teacher.clone(), format!("{first}–{}", next - 1), pages.to_string()])
        });
        let rows = rows.collect();
        flow.table(&Table { columns, rows, look: TableLook { row_height: Mm(7.0), ..TableLook::FORM } });
        flow.finish(&Foot { left: values.line(&words.foot), right: self.school.short_name.clone() })
    }
}

/// The pages of one kind of paper.
pub(super) struct OfKind {
    pub(super) kind: PaperKind,
    pub(super) pages: Vec<Page>,
}

/// What lies in a stack, without its cover.
pub(super) fn stack(papers: &ClassPapers<'_>, facts: &MemoFacts<'_>) -> Result<Vec<OfKind>, PaperError> {
    let mut stack = Vec::new();
    for kind in ORDER {
        let Sheets { pages, .. } = match kind {
            PaperKind::ModeratorMemo => memo_sheets(papers, facts),
            PaperKind::Announcements => announcement_sheets(papers, facts),
            PaperKind::ViolationLog => log_sheets(papers),
            PaperKind::Posters => poster_sheets(papers, Choice::All)?,
            PaperKind::Rules => rule_sheets(papers),
            PaperKind::AcknowledgementForm => form_sheets(papers, Choice::All),
            PaperKind::Consents => consent_sheets(papers),
            PaperKind::Slips => slip_sheets(papers, Choice::All)?,
            PaperKind::Families => family_sheets_of(papers, Choice::All)?,
            PaperKind::Changes | PaperKind::Draft(_) => Sheets::default(),
        };
        if !pages.is_empty() {
            stack.push(OfKind { kind, pages });
        }
    }
    Ok(stack)
}

/// The cover of a stack.
pub(super) fn cover(papers: &ClassPapers<'_>, issued: Date, stack: &[OfKind]) -> Vec<Page> {
    let words = &papers.wording.stack;
    let CoverWording { class, school_papers, school, teacher, keep, keep_school, .. } = &words.cover;
    let (title, keep, actions): (_, _, &ActionsWording) = match papers.class {
        Some(_) => (class, keep, &words.actions),
        None => (school_papers, keep_school, &words.school_actions),
    };
    let values = Values::default()
        .with_optional("класс", papers.class.map(|class| class.name.quoted()))
        .with("школа", papers.school.short_name.as_str())
        .with_optional("руководитель", papers.homeroom.map(|homeroom| homeroom.name.to_string()))
        .with("дата", dotted(issued));
    let mut flow = Flow::new(Frame::BOUND);
    if let Some(class) = papers.class {
        flow.space(Mm(6.0));
        flow.paragraph(&RichText::bold(class.name.quoted()), BADGE);
        flow.space(Mm(3.0));
    }
    flow.paragraph(&RichText::bold(values.line(title)), TITLE);
    flow.space(Mm(2.0));
    for line in values.phrases([school, teacher]) {
        flow.paragraph(&line, TextStyle::new(Pt(12.0)).centred());
    }
    flow.space(Mm(7.0));
    flow.table(&contents(&words.cover, actions, &values, stack));
    flow.space(Mm(6.0));
    flow.paragraph(&values.phrase(keep).unwrap_or_default(), WHAT);
    let right = papers.class.map_or_else(|| words.front.school.clone(), |class| class.name.quoted());
    flow.finish(&Foot { left: values.line(&words.cover.foot), right })
}

fn contents(words: &CoverWording, actions: &ActionsWording, values: &Values, stack: &[OfKind]) -> Table {
    let columns = vec![
        Column::new("№", ColumnWidth::Fixed(Mm(9.0))).centred(),
        Column::new(&words.paper, ColumnWidth::Fixed(Mm(50.0))),
        Column::new(&words.pages, ColumnWidth::Fixed(Mm(18.0))).centred(),
        Column::new(&words.what, ColumnWidth::Part(1.0)),
    ];
    let row = |(number, of): (usize, &OfKind)| Row {
        cells: vec![
            Cell::Text(number.to_string().into()),
            Cell::Text(RichText::bold(of.kind.title())),
            Cell::Text(of.pages.len().to_string().into()),
            Cell::Text(values.phrase(actions.of(of.kind)).unwrap_or_default()),
        ],
    };
    let total = 1 + stack.iter().map(|of| of.pages.len()).sum::<usize>();
    let total = Row {
        cells: vec![Cell::empty(), Cell::Text(words.total.as_str().into()), Cell::Text(total.to_string().into())],
    };
    Table { columns, rows: (1..).zip(stack).map(row).chain([total]).collect(), look: LOOK }
}
