//! A first look at the records of an .xls: is it encrypted, and how much room would its sheets take?
//!
//! The reader of .xls lays every sheet out densely, from the first occupied cell to the last, and makes room for as many
//! cells as a sheet claims. The claim is struck out, the cells are measured.

use super::compound::Stream;
use super::limits::{DENSE_CELLS, SHARED_TEXT_BYTES};
use super::refusal::Refusal;
use super::shared_texts;

const FILE_PASS: u16 = 0x002F;
const BOUND_SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const FORMULA: u16 = 0x0006;
const MUL_RK: u16 = 0x00BD;
const MERGED: u16 = 0x00E5;
const LABEL_SST: u16 = 0x00FD;
const SST: u16 = 0x00FC;
const CONTINUE: u16 = 0x003C;
const END: u16 = 0x000A;
const CELLS: [u16; 8] = [0x0203, 0x0204, 0x00D6, 0x0205, 0x027E, LABEL_SST, FORMULA, MUL_RK];

/// A record number that no reader knows.
const STRUCK_OUT: [u8; 2] = [0xFF, 0x7F];

struct Record<'a> {
    at: usize,
    kind: u16,
    data: &'a [u8],
}

/// Looks through the records of a workbook stream and returns the file with the claims of its sheets struck out.
pub(super) fn disarmed(stream: &Stream, file: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut file = file.to_vec();
    let book = Book::read(&stream.bytes)?;
    let (mut area, mut text) = (0_u64, 0_u64);
    for start in book.sheets {
        let mut bounds = Bounds::default();
        for record in records(&stream.bytes, start) {
            match record.kind {
                END => break,
                DIMENSIONS => strike_out(&mut file, stream, record.at),
                MERGED if !holds_its_ranges(record.data) => return Err(Refusal::Corrupt),
                kind if CELLS.contains(&kind) => bounds.include(kind, record.data),
                _ => {}
            }
        }
        area = area.saturating_add(bounds.area());
        text = text.saturating_add(bounds.shared_texts.saturating_mul(book.longest_text));
        if area > DENSE_CELLS || text > SHARED_TEXT_BYTES {
            return Err(Refusal::TooLarge);
        }
    }
    Ok(file)
}

/// What the head of the workbook says.
struct Book {
    /// Where the sheets begin in the stream.
    sheets: Vec<usize>,
    /// The longest shared text, in bytes of UTF-8 at most.
    longest_text: u64,
}

impl Book {
    fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut sheets = Vec::new();
        let mut shared: Vec<&[u8]> = Vec::new();
        let mut before = 0;
        for record in records(bytes, 0) {
            match record.kind {
                END => break,
                FILE_PASS if number(record.data, 0) != Some(0) => return Err(Refusal::Encrypted),
                BOUND_SHEET => {
                    let start = record.data.get(..4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes);
                    let start = start.map(|start| start as usize).filter(|start| *start < bytes.len());
                    sheets.push(start.ok_or(Refusal::Corrupt)?);
                }
                // A second table would replace the first.
                SST if !shared.is_empty() => return Err(Refusal::Corrupt),
                SST => shared.push(record.data),
                CONTINUE if before == SST => shared.push(record.data),
                _ => {}
            }
            if record.kind != CONTINUE {
                before = record.kind;
            }
        }
        // Sheets that share their records would be read as often as they are named.
        sheets.sort_unstable();
        if sheets.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(Refusal::Corrupt);
        }
        Ok(Self { sheets, longest_text: shared_texts::longest(&shared)? })
    }
}

/// A record of merged ranges says how many it holds.
fn holds_its_ranges(data: &[u8]) -> bool {
    number(data, 0).is_some_and(|count| data.len() >= 2 + 8 * usize::from(count))
}

fn strike_out(file: &mut [u8], stream: &Stream, at: usize) {
    for (offset, byte) in STRUCK_OUT.iter().enumerate() {
        if let Some(place) = stream.place_in_file(at + offset)
            && let Some(target) = file.get_mut(place)
        {
            *target = *byte;
        }
    }
}

fn records(bytes: &[u8], start: usize) -> impl Iterator<Item = Record<'_>> {
    let mut at = start;
    std::iter::from_fn(move || {
        let kind = number(bytes, at)?;
        let length = number(bytes, at + 2)? as usize;
        let record = Record { at, kind, data: bytes.get(at + 4..at + 4 + length)? };
        at += 4 + length;
        Some(record)
    })
}

fn number(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map(u16::from_le_bytes)
}

/// The rectangle that the occupied cells of a sheet span.
#[derive(Default)]
struct Bounds {
    rows: Option<(u16, u16)>,
    columns: Option<(u16, u16)>,
    formulas: u64,
    cells: u64,
    shared_texts: u64,
}

impl Bounds {
    fn include(&mut self, kind: u16, data: &[u8]) {
        let (Some(row), Some(column)) = (number(data, 0), number(data, 2)) else { return };
        let last = if kind == MUL_RK { data.len().checked_sub(2).and_then(|at| number(data, at)) } else { None };
        self.cells += 1;
        self.shared_texts += u64::from(kind == LABEL_SST);
        widen(&mut self.rows, row);
        widen(&mut self.columns, column);
        widen(&mut self.columns, last.unwrap_or(column));
        if kind == FORMULA {
            self.formulas = 1;
        }
    }

    /// The dense area; twice where formulas take a second one.
    fn area(&self) -> u64 {
        let side = |span: Option<(u16, u16)>| span.map_or(0, |(low, high)| u64::from(high - low) + 1);
        (side(self.rows) * side(self.columns) * (1 + self.formulas)).max(self.cells)
    }
}

fn widen(span: &mut Option<(u16, u16)>, value: u16) {
    *span = Some(span.map_or((value, value), |(low, high)| (low.min(value), high.max(value))));
}
