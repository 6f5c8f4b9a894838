//! The table of acknowledgements as it should be: a row for everybody who is asked, with what is known.
//!
//! What people typed and nobody could take in stays, word for word, and so do their notes beside a person; a person who
//! left has no row any more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::beside;
use super::note;
use super::sheet::{FIELDS, Line, Page, Purpose, build, day_text, header};
use super::signers::{Signer, Signers};
use super::take_marks::RULES_MARK;
use crate::roster::cell_text::is_absent;
use crate::roster::sheet_table::{self, TableRow};
use crate::roster::{ACKNOWLEDGEMENT_LAYOUT, AcknowledgementField as Field};
use crate::school::{ClassName, Fingerprint, Issue, Place, Scope, SignatureDay, Signatures, SignerId, dotted};
use crate::tables::Workbook;

/// Why a table could not be made.
#[derive(Debug, thiserror::Error)]
pub enum UptakeError {
    /// It could not be put together.
    #[error("не удалось составить таблицу ознакомления")]
    NotBuilt(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The old one, whose marks are to be kept, could not be read.
    #[error("{0}")]
    OldUnreadable(Box<Issue>),
}

/// The table of acknowledgements brought to what is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RenewedTable {
    /// It says so already.
    Same {
        /// Whether it holds more than is recorded: notes, cells, columns or sheets of somebody's own.
        holds_more: bool,
    },
    /// It is to be written anew.
    Anew {
        /// The bytes of an .xlsx file.
        bytes: Vec<u8>,
        /// Whether it holds more than is recorded: notes that were kept.
        holds_more: bool,
        /// Whether something of somebody's own stands in the old one only and would be lost: cells beside the table, columns,
        /// sheets, notes about people who have no row any more.
        loses: bool,
    },
}

/// The table as it lies in the folder.
#[derive(Clone, Copy, Debug)]
pub struct OldTable<'a> {
    /// What it holds.
    pub workbook: &'a Workbook,
    /// What messages call it.
    pub label: &'a str,
}

/// A row of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowOfSheet {
    file: Arc<str>,
    sheet: Option<Arc<str>>,
    row: u32,
}

impl RowOfSheet {
    /// The row of a cell; `None` for a place without one.
    pub fn of(place: &Place) -> Option<Self> {
        Some(Self { file: place.file.clone(), sheet: place.sheet.clone(), row: place.cell?.row })
    }

    /// The sheet and the number of the row.
    pub(super) fn on_sheet(&self) -> (Option<&str>, u32) {
        (self.sheet.as_deref(), self.row)
    }
}

/// The table, so that it says what is recorded. `kept` are the rows of the old one whose marks were not taken in or whose
/// cells nobody could read; `former` holds the codes of people who left.
///
/// # Errors
/// When the new table cannot be put together.
pub fn renewed_table(
    old: Option<OldTable<'_>>,
    signers: &Signers,
    marks: &BTreeMap<SignerId, Signatures>,
    kept: &BTreeSet<RowOfSheet>,
    former: &BTreeSet<String>,
    issued: Date,
) -> Result<RenewedTable, UptakeError> {
    let rows = old.map(|old| sheet_table::rows(old.workbook, old.label, &ACKNOWLEDGEMENT_LAYOUT).value);
    let rows = rows.unwrap_or_default();
    let is_kept =
        |row: &TableRow<Field>| RowOfSheet::of(&row.place(Field::Name)).is_some_and(|row| kept.contains(&row));
    let Renewed { pages, has_homeless_notes } = renewed(&rows, signers, marks, &is_kept, former);
    let before: Vec<Line> = rows.iter().map(|row| filled(&typed(row))).collect();
    let after: Vec<Line> = pages.iter().flat_map(|page| &page.lines).map(filled).collect();
    let has_note = |line: &Line| line.get(&Field::Note).is_some_and(|cell| !note::own_words(cell).is_empty());
    let has_notes = pages.iter().flat_map(|page| &page.lines).any(has_note);
    let has_more_beside = old.is_some_and(|old| beside::holds_more(old.workbook, &rows));
    if old.is_some() && before == after {
        return Ok(RenewedTable::Same { holds_more: has_notes || has_more_beside });
    }
    let bytes = build(&pages, issued, Purpose::Own).map_err(|error| UptakeError::NotBuilt(Box::new(error)))?;
    Ok(RenewedTable::Anew { bytes, holds_more: has_notes, loses: has_more_beside || has_homeless_notes })
}

/// The table as it is when nothing but what is recorded stands in it.
pub struct RecordedTable {
    pages: Vec<Page>,
}

impl RecordedTable {
    /// For these people, with what is known of them.
    pub fn of(signers: &Signers, marks: &BTreeMap<SignerId, Signatures>) -> Self {
        Self { pages: recorded_pages(signers, marks) }
    }

    /// The bytes of an .xlsx file.
    ///
    /// # Errors
    /// When it cannot be put together.
    pub fn build(&self, issued: Date) -> Result<Vec<u8>, UptakeError> {
        build(&self.pages, issued, Purpose::Own).map_err(|error| UptakeError::NotBuilt(Box::new(error)))
    }

    /// The sum of what it says: the same exactly where the rows are.
    pub fn sum(&self) -> Fingerprint {
        let mut sum = Sha256::new();
        let mut put = |text: &str| {
            sum.update((text.len() as u64).to_le_bytes());
            sum.update(text);
        };
        // A table of a former version of the program may have other columns.
        for field in FIELDS {
            put(header(field));
        }
        for line in self.pages.iter().flat_map(|page| &page.lines) {
            for field in FIELDS {
                put(line.get(&field).map_or("", String::as_str));
            }
        }
        Fingerprint::of_sum(sum.finalize().into())
    }
}

/// The table of one class, or of the staff, for the one who collects the signatures.
///
/// # Errors
/// When it cannot be put together.
pub fn class_table(
    scope: &Scope,
    signers: &Signers,
    marks: &BTreeMap<SignerId, Signatures>,
    issued: Date,
) -> Result<Vec<u8>, UptakeError> {
    let lines = signers.of_scope(scope).map(|signer| line(signer, marks)).collect();
    let page = Page { scope: scope.clone(), lines };
    build(&[page], issued, Purpose::ToHandOut).map_err(|error| UptakeError::NotBuilt(Box::new(error)))
}

/// What a table becomes.
struct Renewed {
    pages: Vec<Page>,
    /// Whether people wrote about somebody who has no row any more.
    has_homeless_notes: bool,
}

fn renewed(
    old: &[TableRow<Field>],
    signers: &Signers,
    marks: &BTreeMap<SignerId, Signatures>,
    is_kept: &dyn Fn(&TableRow<Field>) -> bool,
    former: &BTreeSet<String>,
) -> Renewed {
    let mut pages = recorded_pages(signers, marks);
    let mut has_homeless_notes = false;
    let mut at = BTreeMap::new();
    for (page, number) in pages.iter().zip(0_usize..) {
        for (line, row) in page.lines.iter().zip(0_usize..) {
            at.insert(line.get(&Field::Code).cloned().unwrap_or_default(), Seat { page: number, row });
        }
    }
    for row in old {
        let code = row.text(Field::Code).to_lowercase();
        let words = note::own_words(row.text(Field::Note));
        // A mark that was cleared, and is not to be lost without a question, stays cleared.
        let is_blank = [Field::Mark, Field::Date, Field::Stamp].into_iter().all(|field| is_absent(row.text(field)));
        let is_kept = !is_blank && is_kept(row) && !former.contains(&code);
        let own = at.get(&code).and_then(|seat| pages.get_mut(seat.page)?.lines.get_mut(seat.row));
        match own {
            Some(line) => {
                add_note(line, words);
                if is_kept {
                    // With the stamp it was typed beside: a mark that contradicts what is known is no correction of it.
                    for field in [Field::Mark, Field::Date, Field::Rules, Field::Stamp] {
                        line.insert(field, row.text(field).to_owned());
                    }
                }
            }
            None if is_kept => put_stranger(&mut pages, row),
            None => has_homeless_notes |= !words.is_empty(),
        }
    }
    Renewed { pages, has_homeless_notes }
}

/// Puts what people wrote behind the hints; a row that was copied says it once.
fn add_note(line: &mut Line, words: String) {
    let cell = line.entry(Field::Note).or_default();
    if !words.is_empty() && !note::own_words(cell).contains(&words) {
        let parts = [std::mem::take(cell), words];
        *cell = note::joined(parts.iter().filter(|part| !part.is_empty()));
    }
}

fn recorded_pages(signers: &Signers, marks: &BTreeMap<SignerId, Signatures>) -> Vec<Page> {
    let of_scope = |of_one: &[Signer]| {
        let lines = of_one.iter().map(|signer| line(signer, marks)).collect();
        of_one.first().map(|first| Page { scope: first.scope.clone(), lines })
    };
    signers.all.chunk_by(|one, next| one.scope == next.scope).filter_map(of_scope).collect()
}

/// Where a row stands.
struct Seat {
    page: usize,
    row: usize,
}

/// A row that nobody can be found for stays at the end of its class, so that somebody may mend it.
fn put_stranger(pages: &mut Vec<Page>, row: &TableRow<Field>) {
    let scope = row.text(Field::Class).parse::<ClassName>().map_or(Scope::School, Scope::Class);
    let own = pages.iter().position(|page| page.scope == scope);
    let own = own.unwrap_or_else(|| {
        pages.push(Page { scope, lines: Vec::new() });
        pages.len() - 1
    });
    if let Some(page) = pages.get_mut(own) {
        page.lines.push(typed(row));
    }
}

fn line(signer: &Signer, marks: &BTreeMap<SignerId, Signatures>) -> Line {
    let who = match signer.id {
        SignerId::Parent { .. } => "родитель",
        SignerId::Student(_) => "обучающийся",
        SignerId::Staff(_) => "сотрудник",
    };
    let text = |name: &Option<crate::school::PersonName>| name.as_ref().map(ToString::to_string).unwrap_or_default();
    let rules = signer.rules.map(|sum| sum.to_string().chars().take(8).collect::<String>());
    let mut line = Line::from([
        (Field::Code, signer.id.code()),
        (Field::Class, signer.scope.class().map(ToString::to_string).unwrap_or_default()),
        (Field::Signer, who.to_owned()),
        (Field::Name, text(&signer.name)),
        (Field::Pupil, text(&signer.pupil)),
        (Field::Rules, rules.map(|sum| format!("{RULES_MARK}{sum}")).unwrap_or_default()),
    ]);
    let mut hints: Vec<String> = signer.namesake.map(note::born).into_iter().collect();
    if let Some(marks) = marks.get(&signer.id) {
        match (marks.shown(signer.rules), marks.last(), marks.entries().last()) {
            (Some(shown), ..) => {
                line.insert(Field::Mark, shown.mark.words().to_owned());
                if shown.day == SignatureDay::Told {
                    line.insert(Field::Date, dotted(shown.on));
                }
            }
            (None, Some(last), _) => hints.push(note::again(last)),
            (None, None, Some(last)) => hints.push(note::withdrawn(last.taken_on)),
            (None, None, None) => {}
        }
        line.insert(Field::Stamp, marks.stamp(&signer.id, signer.rules));
    }
    line.insert(Field::Note, note::joined(&hints));
    line
}

fn typed(row: &TableRow<Field>) -> Line {
    FIELDS.into_iter().map(|field| (field, row.text(field).to_owned())).collect()
}

/// The cells of a row that hold anything, as rows are compared.
fn filled(line: &Line) -> Line {
    let cells = line.iter().filter(|(_, text)| !is_absent(text));
    let cells = cells.map(|(field, text)| {
        let text = if *field == Field::Date { day_text(text) } else { text.trim().to_owned() };
        (*field, text)
    });
    cells.collect()
}
