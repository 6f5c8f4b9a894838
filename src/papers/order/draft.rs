//! The draft of the director's order (ГОСТ Р 7.0.97-2016) as a document, and its register as a table.

use super::annexes;
use super::facts::{DraftFacts, clean};
use super::tied::{tied, whole_name};
use super::wording::{Acquainted, Point};
use crate::docx::{self, Align, Block, Borders, Column, Document, Keep, Paragraph, Run, Table, Twips};
use crate::papers::error::PaperError;
use crate::papers::paper::{ClassPapers, Paper, PaperKind};
use crate::papers::phrases::Values;
use crate::school::{Draft, Piece};
use crate::spreadsheet::{self, Book};

/// How far the first line of running text is moved in (ГОСТ Р 7.0.97-2016, 3.3).
const FIRST_LINE: Twips = Twips::tenths_of_mm(125);
/// The height of a row that is signed by hand.
const SIGNED: Twips = Twips::tenths_of_mm(80);
/// The room between two requisites.
const GAP: Twips = Twips::points(14);

/// The draft of the order; `None` where no chat is planned.
///
/// # Errors
/// Only where the document cannot be put together: a fault of the program.
pub fn order(papers: &ClassPapers<'_>, facts: &DraftFacts<'_>) -> Result<Option<Paper>, PaperError> {
    if facts.chats.is_empty() {
        return Ok(None);
    }
    let edition = papers.editions.of(&Piece::Draft { draft: Draft::Order });
    let document = Document {
        title: papers.wording.order.of(papers.regulation.preset).subject.clone(),
        author: clean(&papers.school.short_name),
        version: edition.version,
        created: edition.issued,
        blocks: blocks(papers, facts),
    };
    let bytes = docx::write(&document).map_err(|error| PaperError::Draft(Box::new(error)))?;
    Ok(Some(paper(papers, Draft::Order, bytes)))
}

/// The register of chats and moderators as a table; `None` where no chat is planned.
///
/// # Errors
/// Only where the table cannot be put together: a fault of the program.
pub fn chat_register(papers: &ClassPapers<'_>, facts: &DraftFacts<'_>) -> Result<Option<Paper>, PaperError> {
    if facts.chats.is_empty() {
        return Ok(None);
    }
    let book = Book {
        title: papers.wording.order.register.heading.clone(),
        created: papers.editions.of(&Piece::Draft { draft: Draft::ChatRegister }).issued,
        sheets: annexes::sheets(papers, facts),
    };
    let bytes = spreadsheet::write(&book).map_err(|error| PaperError::Draft(Box::new(error)))?;
    Ok(Some(paper(papers, Draft::ChatRegister, bytes)))
}

/// Pages are the business of the program that opens the file.
fn paper(papers: &ClassPapers<'_>, draft: Draft, bytes: Vec<u8>) -> Paper {
    let kind = PaperKind::Draft(draft);
    Paper { kind, file_name: papers.file_name(kind), pages: 0, pieces: 1, bytes, copy: None }
}

/// What stands in the order, the annexes included.
pub(super) fn blocks(papers: &ClassPapers<'_>, facts: &DraftFacts<'_>) -> Vec<Block> {
    let words = &papers.wording.order;
    let of_preset = words.of(papers.regulation.preset);
    let values = facts.values(papers);
    let mut blocks = vec![
        centred(Run::bold(whole_name(&clean(&papers.school.full_name))), Twips::default()),
        centred(Run::bold(&words.word), GAP),
        beside(&tied(&words.date), &tied(&words.number)),
        centred(Run::plain(clean(&papers.school.city)), Twips::default()),
    ];
    let subject =
        Paragraph { before: GAP, keep: Keep::WithNext, ..Paragraph::of(vec![Run::bold(tied(&of_preset.subject))]) };
    blocks.push(Block::Paragraph(Paragraph { ..subject }));
    let opening = format!("{} {}", of_preset.reason, words.orders);
    blocks.push(running(&tied(&opening), GAP, Keep::WithNext));
    blocks.extend(points(&of_preset.points, &values));
    blocks.push(running(&tied(&values.line(&words.cited)), GAP, Keep::Alone));
    let mut basis = papers.regulation.act.basis.iter().map(|law| clean(law)).collect::<Vec<_>>();
    basis.push(clean(&papers.regulation.act.title));
    blocks.push(running(&tied(&format!("{} {}.", words.basis, basis.join("; "))), Twips::default(), Keep::WithNext));
    blocks.push(signature(papers, facts));
    blocks.extend(acquainted(&words.acquainted, papers, facts));
    blocks.extend(annexes::blocks(papers, facts));
    // A document ends with a paragraph.
    blocks.push(Block::Paragraph(Paragraph::of(Vec::new())));
    blocks
}

/// The numbered points; those that lack a value are left out and not counted.
fn points(points: &[Point], values: &Values) -> Vec<Block> {
    let said = points.iter().filter_map(|point| Some((values.phrase(&point.text)?.text(), &point.items)));
    let mut blocks = Vec::new();
    for ((text, items), number) in said.zip(1_u32..) {
        let items = values.phrases(items);
        let keep = if items.is_empty() { Keep::Alone } else { Keep::WithNext };
        blocks.push(running(&tied(&format!("{number}. {text}")), Twips::points(3), keep));
        for (item, part) in items.iter().zip(1_u32..) {
            let text = tied(&format!("{number}.{part}. {}", item.text()));
            blocks.push(running(&text, Twips::default(), Keep::Alone));
        }
    }
    blocks
}

/// The line to sign: post, room for the signature, initials and surname.
fn signature(papers: &ClassPapers<'_>, facts: &DraftFacts<'_>) -> Block {
    let director = &papers.school.director;
    let mut post = clean(&director.post).chars().collect::<Vec<_>>();
    if let Some(first) = post.first_mut() {
        *first = first.to_uppercase().next().unwrap_or(*first);
    }
    let cells = vec![post.into_iter().collect(), "________________".to_owned(), facts.initials(&director.name)];
    let columns = [750, 500, 550].map(|width| plain_column(width, Align::Left));
    let table = Table {
        columns: columns.into(),
        rows: vec![vec![String::new(); 3], cells],
        borders: Borders::None,
        row_height: Twips::default(),
    };
    Block::Table(table)
}

/// The table of those who are to know the order, with rows for those whom nobody knows yet.
fn acquainted(words: &Acquainted, papers: &ClassPapers<'_>, facts: &DraftFacts<'_>) -> Vec<Block> {
    let Acquainted { heading, number, name, signature, date, blank_rows } = words;
    let heading = Paragraph { before: GAP, keep: Keep::WithNext, ..Paragraph::of(vec![Run::plain(tied(heading))]) };
    let columns = [(number, 110), (name, 960), (signature, 430), (date, 300)];
    let columns = columns.map(|(header, width)| Column { header: header.clone(), ..plain_column(width, Align::Left) });
    let people = facts.acquainted(papers).into_iter().map(|member| clean(&member.name.to_string()));
    let blank = std::iter::repeat_n(String::new(), usize::from(*blank_rows));
    let row = |(name, number): (String, u32)| vec![number.to_string(), name, String::new(), String::new()];
    let rows = people.chain(blank).zip(1..).map(row).collect();
    let table = Table { columns: columns.into(), rows, borders: Borders::All, row_height: SIGNED };
    let gap = Paragraph { keep: Keep::WithNext, ..Paragraph::of(Vec::new()) };
    vec![Block::Paragraph(gap), Block::Paragraph(heading), Block::Table(table)]
}

/// Two texts at the ends of a line: the date and the number.
fn beside(left: &str, right: &str) -> Block {
    let columns = vec![plain_column(900, Align::Left), plain_column(900, Align::Right)];
    let rows = vec![vec![left.to_owned(), right.to_owned()]];
    Block::Table(Table { columns, rows, borders: Borders::None, row_height: Twips::default() })
}

fn plain_column(tenths_of_mm: u32, align: Align) -> Column {
    Column { header: String::new(), width: Twips::tenths_of_mm(tenths_of_mm), align }
}

fn centred(run: Run, before: Twips) -> Block {
    Block::Paragraph(Paragraph { align: Align::Centre, before, ..Paragraph::of(vec![run]) })
}

fn running(text: &str, before: Twips, keep: Keep) -> Block {
    let paragraph = Paragraph::of(vec![Run::plain(text)]);
    Block::Paragraph(Paragraph { align: Align::Both, first_line: FIRST_LINE, before, keep, ..paragraph })
}

/// Every text of a document, one by one.
pub(super) fn words(blocks: &[Block]) -> Vec<&str> {
    fn of(block: &Block) -> Vec<&str> {
        match block {
            Block::Paragraph(paragraph) => paragraph.runs.iter().map(|run| run.text.as_str()).collect(),
            Block::Table(Table { columns, rows, .. }) => {
                let headers = columns.iter().map(|column| column.header.as_str());
                headers.chain(rows.iter().flatten().map(String::as_str)).collect()
            }
            Block::PageBreak => vec!["\u{c}"],
        }
    }
    blocks.iter().flat_map(of).collect()
}
