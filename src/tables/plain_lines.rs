//! Delimited text in which quotes mean nothing: each line is a row.
//!
//! Most lists are such texts, and the longest ones are worth reading on all cores.

use rayon::prelude::*;

use super::cells::Sheet;
use super::limits::Budget;
use super::refusal::Refusal;
use super::sheet_builder::SheetBuilder;

/// The bytes read at once.
const PIECE: usize = 2 << 20;

/// Reads a text line by line.
pub(super) fn read(body: &str, delimiter: u8) -> Result<Sheet, Refusal> {
    let pieces: Vec<Piece> =
        pieces(body).into_par_iter().map(|text| Piece::read(text, delimiter)).collect::<Result<_, _>>()?;
    let mut budget = Budget::new();
    let mut whole = SheetBuilder::new(None, &mut budget);
    let mut row = 0;
    for piece in pieces {
        whole.append(piece.sheet, row)?;
        row += piece.lines;
    }
    whole.finish()
}

/// Parts a text behind line breaks.
fn pieces(body: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = body;
    while rest.len() > PIECE {
        let far = rest.as_bytes().iter().skip(PIECE).position(|byte| *byte == b'\n').map(|at| PIECE + at + 1);
        let Some((piece, behind)) = far.and_then(|end| rest.split_at_checked(end)) else { break };
        pieces.push(piece);
        rest = behind;
    }
    pieces.push(rest);
    pieces
}

/// Some lines with their rows counted from zero.
struct Piece {
    sheet: Sheet,
    lines: u32,
}

impl Piece {
    fn read(text: &str, delimiter: u8) -> Result<Self, Refusal> {
        let mut budget = Budget::new();
        let mut sheet = SheetBuilder::new(None, &mut budget);
        let (mut row, mut column, mut start) = (0_u32, 0_u32, 0_usize);
        let mut before = 0;
        for (at, &byte) in text.as_bytes().iter().enumerate() {
            if byte == b'\n' && before == b'\r' {
                start = at + 1;
            } else if byte == delimiter || matches!(byte, b'\n' | b'\r') {
                if at > start {
                    sheet.put_text(row, column, text.get(start..at).unwrap_or_default())?;
                }
                start = at + 1;
                (row, column) = if byte == delimiter { (row, column + 1) } else { (row + 1, 0) };
            }
            before = byte;
        }
        sheet.put_text(row, column, text.get(start..).unwrap_or_default())?;
        Ok(Self { sheet: sheet.finish()?, lines: row })
    }
}

#[cfg(test)]
mod tests {
    use super::{PIECE, read};

    #[test]
    fn pieces_are_joined_where_they_were_parted() {
        let rows = PIECE / 10;
        let lines: Vec<String> = (0..rows).map(|row| format!("{row:08};я\r\n")).collect();
        let text = lines.concat();
        let sheet = read(&text, b';').unwrap();
        assert_eq!(sheet.rows().count(), rows);
        for row in [0, 1, rows / 2, rows - 1] {
            let cells: Vec<String> = sheet.row(row as u32).map(|cell| cell.value.text().into_owned()).collect();
            assert_eq!(cells, [format!("{row:08}"), "я".to_owned()]);
        }
    }
}
