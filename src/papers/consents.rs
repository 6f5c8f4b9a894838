//! «Согласие на размещение фотографий и видео»: one sheet for each pupil, and a blank one for newcomers.
//!
//! It is a document of its own with one purpose and says all that article 9 of 152-ФЗ asks for: who, to whom, which
//! data, what for, which actions, for how long, how to withdraw. Who signs it is written in by hand: the program knows
//! no address and no passport. It is made only where the act asks for a written permission (62.5–6).

#[cfg(test)]
mod tests;
mod wording;

use std::ops::RangeInclusive;

use super::canvas::Page;
use super::document::Document;
use super::error::PaperError;
use super::flow::{Flow, Foot, Frame, styles};
use super::font::Face;
use super::paper::{ClassPapers, Paper, PaperKind, Sheets};
use super::phrases::Values;
use super::pieces::{PieceContent, UNISSUED};
use super::pupil_names;
use super::rich_text::RichText;
use super::sum::Sum;
use super::table::{Cell, Column, ColumnWidth, Row, Table, TableLook};
use super::text::{Align, TextStyle};
use super::units::{Mm, Pt};
use crate::school::{Edition, OptionalPaper, Piece, Rule, SchoolClass, Service, dotted};

pub(super) use wording::{CONSENT, ConsentWording};

/// The sizes of the text, the largest first: the first one in which everything stands on one page is taken.
const SIZES: [Pt; 5] = [Pt(10.5), Pt(10.0), Pt(9.5), Pt(9.0), Pt(8.5)];
/// What stands under a line to write on.
const UNDER_LINE: TextStyle = TextStyle::new(Pt(8.0)).leading(1.15).centred();
/// The same under a line that begins in the middle of the page.
const UNDER_SIGNATURE: TextStyle = UNDER_LINE.align(Align::Right);
/// The width of the text of a bound page.
const WIDTH: Mm = Mm(178.0);
/// The column of the numbers.
const NUMBERS: Mm = Mm(6.5);
/// The height of the lines for the signatures, which stay together.
const SIGNATURES: Mm = Mm(30.0);
/// The grades whose pupils may be 14 years old and sign, too.
const SIGNING: RangeInclusive<u8> = 7..=12;

/// The consents of a class; `None` where the act asks for none, the school does without, or no chats are planned.
///
/// # Errors
/// Only where the PDF cannot be put together: a fault of the program.
pub fn consents(papers: &ClassPapers<'_>) -> Result<Option<Paper>, PaperError> {
    papers.bind(PaperKind::Consents, &consent_sheets(papers))
}

/// The pages: the pupils in the order of the class, then the blank one.
pub(super) fn consent_sheets(papers: &ClassPapers<'_>) -> Sheets {
    let Some(class) = class_of(papers) else { return Sheets::default() };
    let edition = papers.editions.of(&Piece::Consent);
    let consent = Consent { papers, class, wording: &papers.wording.consent, edition };
    let names = pupil_names::full(class);
    let sheets = names.iter().map(|name| Some(name.as_str())).chain([None]);
    Sheets { pages: sheets.flat_map(|pupil| consent.pages(pupil)).collect(), editions: vec![edition] }
}

/// What the consents say: the names of the pupils are beside the core.
pub(super) fn consents_piece(papers: &ClassPapers<'_>) -> Option<PieceContent> {
    let class = class_of(papers)?;
    let consent = Consent { papers, class, wording: &papers.wording.consent, edition: UNISSUED };
    let mut sum = Sum::of("consent 1");
    let foot = consent.put(&mut sum, None, SIZES[0]);
    sum.text(&foot.left);
    sum.text(&foot.right);
    let core = sum.finish();
    let mut sum = Sum::after(&core);
    for name in pupil_names::full(class) {
        sum.text(&name);
    }
    Some(PieceContent { piece: Piece::Consent, kind: PaperKind::Consents, core, fingerprint: sum.finish() })
}

/// The class whose families are asked.
fn class_of<'a>(papers: &ClassPapers<'a>) -> Option<&'a SchoolClass> {
    let is_wanted = papers.settings.optional.contains(&OptionalPaper::Consents);
    let is_asked_for = !papers.regulation.consent.is_empty() && !papers.chats.is_empty();
    papers.class.filter(|_| is_wanted && is_asked_for)
}

/// The consent of a class on its way to pages.
struct Consent<'a> {
    papers: &'a ClassPapers<'a>,
    class: &'a SchoolClass,
    wording: &'a ConsentWording,
    edition: Edition,
}

impl Consent<'_> {
    /// The sheet of a pupil: one page, unless the names of the school leave no other way.
    fn pages(&self, pupil: Option<&str>) -> Vec<Page> {
        let mut pages = Vec::new();
        for size in SIZES {
            let mut flow = Flow::new(Frame::BOUND);
            let foot = self.put(&mut flow, pupil, size);
            pages = flow.finish(&foot);
            if pages.len() == 1 {
                break;
            }
        }
        pages
    }

    /// All of a sheet; gives the foot of its page.
    fn put(&self, document: &mut dyn Document, pupil: Option<&str>, size: Pt) -> Foot {
        let style = TextStyle::new(size).leading(1.24).hyphenated();
        let (values, words) = (self.values(pupil), self.wording);
        document.paragraph(&RichText::bold(values.line(&words.title)), styles::TITLE);
        document.space(Mm(0.8));
        document.paragraph(&values.phrase(&words.subtitle).unwrap_or_default(), styles::SUBTITLE);
        document.space(Mm(3.5));
        let who = &words.who;
        let note = |text| Note { text, style: UNDER_LINE };
        write_in(document, &who.name, note(&who.name_note), style);
        write_in(document, &who.address, note(""), style);
        write_in(document, &who.document, note(&who.document_note), style);
        write_in(document, &who.ground, note(&who.ground_note), style);
        for line in values.phrases([&who.student, &who.agreement]) {
            document.paragraph(&line, style);
            document.space(Mm(1.6));
        }
        let mut conditions = values.phrases(&words.conditions.items).into_iter().zip(1..);
        let mut put = |document: &mut dyn Document, number: usize| {
            for (condition, number) in conditions.by_ref().take(number) {
                document.clause(&format!("{number}."), NUMBERS, &condition, style);
                document.space(Mm(1.0));
            }
        };
        // To whom and what for, then which data, then the rest.
        put(document, 2);
        document.space(Mm(1.4));
        document.table(&self.data(&values, style));
        document.space(Mm(2.4));
        put(document, usize::MAX);
        if let Some(rule) = values.phrase(&words.notes.rule) {
            document.space(Mm(1.4));
            document.paragraph(&rule, style.size(Pt(size.0 - 1.0)));
        }
        document.space(Mm(5.0));
        document.keep(SIGNATURES);
        self.put_signatures(document, style);
        Foot { left: values.line(&words.foot.edition), right: values.line(&words.foot.class) }
    }

    /// Where the parent and, where old enough, the pupil sign.
    fn put_signatures(&self, document: &mut dyn Document, style: TextStyle) {
        let words = &self.wording.signature;
        let note = Note { text: &words.note, style: UNDER_SIGNATURE };
        let date = words.date.replace(' ', "\u{a0}");
        write_in(document, &format!("{date}\u{a0}\u{a0} {}", words.parent), note, style);
        if SIGNING.contains(&self.class.name.grade()) {
            document.space(Mm(3.5));
            write_in(document, &words.student, note, style);
        }
    }

    /// The data, each to be ticked.
    fn data(&self, values: &Values, style: TextStyle) -> Table {
        let words = &self.wording.data;
        let columns = vec![
            Column::new(&words.yes, ColumnWidth::Fixed(Mm(22.0))),
            Column::new(&words.what, ColumnWidth::Part(1.0)),
        ];
        let row = |item: &String| Row { cells: vec![Cell::Tick, Cell::Text(RichText::plain(values.line(item)))] };
        let look = TableLook { cell: style.leading(1.15), row_height: Mm(5.6), padding: Mm(1.0), ..TableLook::FORM };
        Table { columns, rows: words.items.iter().map(row).collect(), look }
    }

    fn values(&self, pupil: Option<&str>) -> Values {
        let Self { papers, class, edition, .. } = self;
        let school = papers.school;
        let service = Service::of_links(papers.chats.iter().filter_map(|sheet| sheet.link), papers.regulation.platform);
        let or_blank =
            |text: &str, blank: usize| if text.trim().is_empty() { "_".repeat(blank) } else { text.to_owned() };
        let rules: Vec<String> = papers.regulation.consent.iter().map(Rule::cited).collect();
        Values::default()
            .with("ученик", or_blank(pupil.unwrap_or_default(), 48))
            .with("класс", class.name.quoted())
            .with("школа", school.full_name.as_str())
            .with("адрес", or_blank(&school.address, 58))
            .with("директор", school.director.name.to_string())
            .with("платформа", service.name())
            .with("в_платформе", service.inside())
            .with_optional("правило", Some(rules.join(" ")))
            .with("версия", edition.version.to_string())
            .with("дата", dotted(edition.issued))
    }
}

/// What is to be written on a line, under it.
#[derive(Clone, Copy)]
struct Note<'a> {
    text: &'a str,
    style: TextStyle,
}

/// Words and a line to write on up to the right edge, with what to write there under it.
fn write_in(document: &mut dyn Document, words: &str, note: Note<'_>, style: TextStyle) {
    let (gap, blank) = (Face::Regular.width(" ", style.size), Face::Regular.width("_", style.size));
    let room = WIDTH - Face::Regular.width(words, style.size) - gap - Mm(0.5);
    // A school's own words may leave no room: the line stands under them.
    let (separator, room) = if room < Mm(40.0) { ("\n", WIDTH - Mm(0.5)) } else { ("\u{a0}", room) };
    let line = "_".repeat((room / blank) as usize);
    document.keep(style.line_height() * 2.0);
    document.paragraph(&RichText::plain(format!("{words}{separator}{line}")), style);
    if !note.text.is_empty() {
        document.paragraph(&RichText::plain(note.text), note.style);
    }
    document.space(Mm(1.4));
}
