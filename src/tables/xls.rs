//! BIFF workbooks: .xls of Excel 5 to 2003.

use std::io::Cursor;

use calamine::{Data, Range, Reader, SheetType, Xls, XlsError};

use super::biff;
use super::cells::{Form, Sheet, Value, Workbook};
use super::compound::Compound;
use super::limits::Budget;
use super::moment;
use super::refusal::{Refusal, Stranger};
use super::spreadsheet;

/// Reads a compound file, which may be a workbook or something else of Office.
pub(super) fn read(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let file = Compound::open(bytes)?;
    let name = ["Workbook", "Book"].into_iter().find(|name| file.has(name)).ok_or_else(|| stranger(&file))?;
    let disarmed = biff::disarmed(&file.stream(name)?, bytes)?;
    let mut workbook: Xls<Cursor<&[u8]>> = Xls::new(Cursor::new(&disarmed[..])).map_err(|error| refusal(&error))?;
    let mut budget = Budget::new();
    let sheets = workbook.sheets_metadata().to_vec();
    let sheets = sheets
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| read_sheet(&mut workbook, sheet, &mut budget))
        .collect::<Result<_, _>>()?;
    Ok(Workbook { form: Form::Xls, sheets })
}

fn stranger(file: &Compound<'_>) -> Refusal {
    if file.has("EncryptedPackage") {
        Refusal::Encrypted
    } else if file.has("WordDocument") {
        Refusal::Stranger(Stranger::Document)
    } else if file.has("PowerPoint Document") {
        Refusal::Stranger(Stranger::Presentation)
    } else {
        Refusal::Stranger(Stranger::Other)
    }
}

fn refusal(error: &XlsError) -> Refusal {
    if matches!(error, XlsError::Password) { Refusal::Encrypted } else { Refusal::Corrupt }
}

fn read_sheet(
    workbook: &mut Xls<Cursor<&[u8]>>,
    sheet: &calamine::Sheet,
    budget: &mut Budget,
) -> Result<Sheet, Refusal> {
    let corrupt = |error: XlsError| refusal(&error);
    let merged = workbook.merge_cells_by_sheet_name(&sheet.name).map_err(corrupt)?;
    let mut built = spreadsheet::begin(sheet, merged, budget)?;
    let formulas = workbook.worksheet_formula(&sheet.name).map_err(corrupt)?;
    let values = workbook.worksheet_range(&sheet.name).map_err(corrupt)?;
    for (row, column, _) in places(&formulas) {
        if values.get_value((row, column)).is_none_or(|value| *value == Data::Empty) {
            built.put(row, column, Value::FormulaWithoutValue)?;
        }
    }
    for (row, column, value) in places(&values) {
        match value {
            Data::Empty => {}
            Data::Int(number) => built.put(row, column, Value::Number(*number as f64))?,
            Data::Float(number) => built.put(row, column, Value::Number(*number))?,
            Data::String(text) => built.put_text(row, column, text)?,
            Data::Bool(value) => built.put(row, column, Value::Bool(*value))?,
            Data::DateTime(serial) => built.put_owned(row, column, &moment::serial(serial))?,
            Data::DateTimeIso(text) | Data::DurationIso(text) => built.put_owned(row, column, &moment::iso(text))?,
            Data::Error(error) => built.put(row, column, Value::Error(&error.to_string()))?,
        }
    }
    built.finish()
}

/// The occupied cells of a range by their places on the sheet.
fn places<T: calamine::CellType>(range: &Range<T>) -> impl Iterator<Item = (u32, u32, &T)> {
    let (top, left) = range.start().unwrap_or_default();
    range.used_cells().map(move |(row, column, value)| (top + row as u32, left + column as u32, value))
}
