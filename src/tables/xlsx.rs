//! Office Open XML workbooks, cell by cell.
//!
//! Never as a dense range: one stray cell at XFD1048576 makes a dense range of 17 billion cells.

use std::io::Cursor;

use calamine::{DataRef, Reader, SheetType, Xlsx, XlsxError};

use super::cells::{Form, Sheet, Value, Workbook};
use super::limits::Budget;
use super::moment;
use super::refusal::Refusal;
use super::spreadsheet;

/// Reads a workbook whose archive is known to be sound.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let mut budget = Budget::new();
    let mut workbook: Xlsx<Cursor<&[u8]>> = Xlsx::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    let sheets = workbook.sheets_metadata().to_vec();
    let sheets = sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| read_sheet(&mut workbook, sheet, &mut budget))
        .collect::<Result<_, _>>()?;
    Ok(Workbook { form: Form::Xlsx, sheets })
}

fn refusal(error: &XlsxError) -> Refusal {
    if matches!(error, XlsxError::Password) { Refusal::Encrypted } else { Refusal::Corrupt }
}

fn read_sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &calamine::Sheet,
    budget: &mut Budget,
) -> Result<Sheet, Refusal> {
    let corrupt = |error: XlsxError| refusal(&error);
    let merged = workbook.merge_cells_by_sheet_name(&sheet.name).map_err(corrupt)?;
    let mut built = spreadsheet::begin(sheet, merged, budget)?;
    let mut cells = workbook.worksheet_cells_reader(&sheet.name).map_err(corrupt)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(corrupt)? {
        let (row, column) = cell.pos;
        match cell.value {
            DataRef::Empty if cell.formula.is_some() => built.put(row, column, Value::FormulaWithoutValue)?,
            DataRef::Empty => {}
            DataRef::Int(number) => built.put(row, column, Value::Number(number as f64))?,
            DataRef::Float(number) => built.put(row, column, Value::Number(number))?,
            DataRef::String(text) => built.put_text(row, column, &text)?,
            DataRef::SharedString(text) => built.put_text(row, column, text)?,
            DataRef::Bool(value) => built.put(row, column, Value::Bool(value))?,
            DataRef::DateTime(serial) => built.put_owned(row, column, &moment::serial(&serial))?,
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                built.put_owned(row, column, &moment::iso(&text))?;
            }
            DataRef::Error(error) => built.put(row, column, Value::Error(&error.to_string()))?,
        }
    }
    built.finish()
}
