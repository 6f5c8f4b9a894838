//! `SpreadsheetML` 2003: the XML that programs of that time saved as .xls.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cells::{Form, MergedRange, Sheet, Value, Workbook};
use super::limits::Budget;
use super::moment;
use super::owned_value::OwnedValue;
use super::refusal::Refusal;
use super::sheet_builder::SheetBuilder;
use super::xml_text::{append, attribute, number};

/// Reads a decoded document.
pub(super) fn read(text: &str) -> Result<Workbook, Refusal> {
    let mut budget = Budget::new();
    let mut reader = Reader::from_str(text);
    let mut sheets = Vec::new();
    loop {
        match reader.read_event().map_err(|_| Refusal::Corrupt)? {
            Event::Start(start) if start.local_name().as_ref() == "Worksheet" => {
                sheets.push(read_sheet(&mut reader, &start, &mut budget)?);
            }
            Event::End(end) if end.local_name().as_ref() == "Workbook" => break,
            Event::Eof => return Err(Refusal::Corrupt),
            _ => {}
        }
    }
    Ok(Workbook { form: Form::SpreadsheetMl, sheets })
}

fn read_sheet(reader: &mut Reader<&[u8]>, sheet: &BytesStart<'_>, budget: &mut Budget) -> Result<Sheet, Refusal> {
    let mut built = SheetBuilder::new(attribute(sheet, "Name"), budget);
    let mut rows = Cursor::default();
    loop {
        match reader.read_event().map_err(|_| Refusal::Corrupt)? {
            Event::Start(start) => match start.local_name().as_ref() {
                "Row" => {
                    let row = rows.go_to(number(&start, "Index"), span(&start, "Span"));
                    read_row(reader, row, &mut built)?;
                }
                "Visible" => {
                    let word = read_text(reader, &start, &mut built)?;
                    if word.trim() != "SheetVisible" {
                        built.hide();
                    }
                }
                _ => {}
            },
            Event::Empty(start) if start.local_name().as_ref() == "Row" => {
                rows.go_to(number(&start, "Index"), span(&start, "Span"));
            }
            Event::End(end) if end.local_name().as_ref() == "Worksheet" => return built.finish(),
            Event::Eof => return Err(Refusal::Corrupt),
            _ => {}
        }
    }
}

fn span(start: &BytesStart<'_>, name: &str) -> u32 {
    number(start, name).unwrap_or(0)
}

/// The next free row or column; an index of the file, counted from one, goes before it.
#[derive(Default)]
struct Cursor {
    next: u32,
}

impl Cursor {
    fn go_to(&mut self, index: Option<u32>, further: u32) -> u32 {
        let here = index.and_then(|index| index.checked_sub(1)).unwrap_or(self.next);
        self.next = here.saturating_add(1).saturating_add(further);
        here
    }
}

fn read_row(reader: &mut Reader<&[u8]>, row: u32, built: &mut SheetBuilder<'_>) -> Result<(), Refusal> {
    let mut columns = Cursor::default();
    loop {
        match reader.read_event().map_err(|_| Refusal::Corrupt)? {
            Event::Start(start) if start.local_name().as_ref() == "Cell" => {
                let column = place_cell(&start, row, &mut columns, built)?;
                read_cell(reader, &start, row, column, built)?;
            }
            Event::Empty(start) if start.local_name().as_ref() == "Cell" => {
                let column = place_cell(&start, row, &mut columns, built)?;
                if attribute(&start, "Formula").is_some() {
                    built.put(row, column, Value::FormulaWithoutValue)?;
                }
            }
            Event::End(end) if end.local_name().as_ref() == "Row" => return Ok(()),
            Event::Eof => return Err(Refusal::Corrupt),
            _ => {}
        }
    }
}

fn place_cell(
    cell: &BytesStart<'_>,
    row: u32,
    columns: &mut Cursor,
    built: &mut SheetBuilder<'_>,
) -> Result<u32, Refusal> {
    let (across, down) = (span(cell, "MergeAcross"), span(cell, "MergeDown"));
    let column = columns.go_to(number(cell, "Index"), across);
    built.merge(MergedRange {
        top: row,
        left: column,
        bottom: row.saturating_add(down),
        right: column.saturating_add(across),
    })?;
    Ok(column)
}

fn read_cell(
    reader: &mut Reader<&[u8]>,
    cell: &BytesStart<'_>,
    row: u32,
    column: u32,
    built: &mut SheetBuilder<'_>,
) -> Result<(), Refusal> {
    let mut value = attribute(cell, "Formula").map(|_| OwnedValue::FormulaWithoutValue);
    loop {
        match reader.read_event().map_err(|_| Refusal::Corrupt)? {
            Event::Start(start) => match start.local_name().as_ref() {
                "Data" => {
                    let kind = attribute(&start, "Type").unwrap_or_default();
                    let text = read_text(reader, &start, built)?;
                    value = Some(typed(&kind, text));
                }
                // A comment has a Data of its own.
                "Comment" => {
                    reader.read_to_end(start.name()).map_err(|_| Refusal::Corrupt)?;
                }
                _ => {}
            },
            Event::End(end) if end.local_name().as_ref() == "Cell" => break,
            Event::Eof => return Err(Refusal::Corrupt),
            _ => {}
        }
    }
    value.map_or(Ok(()), |value| built.put_owned(row, column, &value))
}

fn typed(kind: &str, text: String) -> OwnedValue {
    match kind {
        "Number" => text.trim().parse().map_or(OwnedValue::Text(text), OwnedValue::Number),
        "DateTime" => moment::iso(&text),
        "Boolean" => OwnedValue::Bool(text.trim() == "1"),
        "Error" => OwnedValue::Error(text),
        _ => OwnedValue::Text(text),
    }
}

/// The text of an element, formatted parts within it included.
fn read_text(
    reader: &mut Reader<&[u8]>,
    start: &BytesStart<'_>,
    built: &mut SheetBuilder<'_>,
) -> Result<String, Refusal> {
    let mut text = String::new();
    let mut depth = 0_u32;
    loop {
        match reader.read_event().map_err(|_| Refusal::Corrupt)? {
            Event::Start(_) => depth += 1,
            Event::End(end) if depth == 0 && end.name() == start.name() => return Ok(text),
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof => return Err(Refusal::Corrupt),
            part => append(&part, &mut text, built.budget())?,
        }
    }
}
