//! The table of acknowledgements as it should be: a row for everybody who is asked, with what is known.
//!
//! What people typed and nobody could take in stays, word for word; a person who left has no row any more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::sheet::{FIELDS, Line, Page, build, day_text, header};
use super::signers::{Signer, Signers};
use super::take_marks::RULES_MARK;
use crate::roster::cell_text::is_absent;
use crate::roster::header::header_key;
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
        /// Whether it holds columns or sheets of somebody's own.
        holds_more: bool,
    },
    /// It is to be written anew.
    Anew {
        /// The bytes of an .xlsx file.
        bytes: Vec<u8>,
        /// Whether the old one holds columns or sheets of somebody's own, which would be lost.
        old_holds_more: bool,
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
    let pages = pages(&rows, signers, marks, &is_kept, former);
    let before: Vec<Line> = rows.iter().map(|row| filled(&typed(row))).collect();
    let after: Vec<Line> = pages.iter().flat_map(|page| &page.lines).map(filled).collect();
    let holds_more = old.is_some_and(|old| holds_more(old.workbook));
    if old.is_some() && before == after {
        return Ok(RenewedTable::Same { holds_more });
    }
    let bytes = build(&pages, issued).map_err(|error| UptakeError::NotBuilt(Box::new(error)))?;
    Ok(RenewedTable::Anew { bytes, old_holds_more: holds_more })
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
        build(&self.pages, issued).map_err(|error| UptakeError::NotBuilt(Box::new(error)))
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
    build(&[page], issued).map_err(|error| UptakeError::NotBuilt(Box::new(error)))
}

fn pages(
    old: &[TableRow<Field>],
    signers: &Signers,
    marks: &BTreeMap<SignerId, Signatures>,
    is_kept: &dyn Fn(&TableRow<Field>) -> bool,
    former: &BTreeSet<String>,
) -> Vec<Page> {
    let mut pages = recorded_pages(signers, marks);
    let mut at = BTreeMap::new();
    for (page, number) in pages.iter().zip(0_usize..) {
        for (line, row) in page.lines.iter().zip(0_usize..) {
            at.insert(line.get(&Field::Code).cloned().unwrap_or_default(), Seat { page: number, row });
        }
    }
    for row in old {
        let code = row.text(Field::Code).to_lowercase();
        // A mark that was cleared, and is not to be lost without a question, stays cleared.
        let is_blank = [Field::Mark, Field::Date, Field::Stamp].into_iter().all(|field| is_absent(row.text(field)));
        if is_blank || !is_kept(row) || former.contains(&code) {
            continue;
        }
        let own = at.get(&code).and_then(|seat| pages.get_mut(seat.page)?.lines.get_mut(seat.row));
        match own {
            Some(line) => {
                // With the stamp it was typed beside: a mark that contradicts what is known is no correction of it.
                for field in [Field::Mark, Field::Date, Field::Rules, Field::Stamp] {
                    line.insert(field, row.text(field).to_owned());
                }
            }
            None => put_stranger(&mut pages, row),
        }
    }
    pages
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
    let mut note: Vec<String> =
        signer.namesake.map(|date| format!("дата рождения ученика {}", dotted(date))).into_iter().collect();
    if let Some(marks) = marks.get(&signer.id) {
        match (marks.shown(signer.rules), marks.last(), marks.entries().last()) {
            (Some(shown), ..) => {
                line.insert(Field::Mark, shown.mark.words().to_owned());
                if shown.day == SignatureDay::Told {
                    line.insert(Field::Date, dotted(shown.on));
                }
            }
            (None, Some(last), _) => {
                let was = format!("{} {}", last.mark.words(), dotted(last.on));
                note.push(format!("нужно заново: правила изменились; было — {was}"));
            }
            (None, None, Some(last)) => note.push(format!("отметка снята {}", dotted(last.taken_on))),
            (None, None, None) => {}
        }
        line.insert(Field::Stamp, marks.stamp(&signer.id, signer.rules));
    }
    line.insert(Field::Note, note.join("; "));
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

/// Whether a workbook has sheets or columns that this table has not.
fn holds_more(workbook: &Workbook) -> bool {
    let is_ours = |text: &str| FIELDS.into_iter().any(|field| header_key(header(field)) == header_key(text));
    workbook.sheets.iter().filter(|sheet| !sheet.is_blank()).any(|sheet| {
        let headers = |row: &u32| sheet.row(*row).filter(|cell| is_ours(&cell.value.text())).count();
        let header = sheet.rows().find(|row| headers(row) > 1);
        header.is_none_or(|row| sheet.row(row).any(|cell| !is_ours(&cell.value.text())))
    })
}
