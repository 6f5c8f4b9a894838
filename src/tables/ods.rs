//! `OpenDocument` spreadsheets, streamed: repeated rows and cells are laid out only where they hold something.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::archive::Archive;
use super::cells::{Form, MergedRange, Sheet, Workbook};
use super::limits::{ARCHIVE_BYTES, Budget, CELL_CHARACTERS, LAST_COLUMN, LAST_ROW};
use super::moment;
use super::owned_value::OwnedValue;
use super::refusal::Refusal;
use super::sheet_builder::SheetBuilder;
use super::xml_text::{append, attribute, qualified};

/// Reads `content.xml` of a package whose archive is known to be sound.
pub(super) fn read(mut archive: Archive<'_>) -> Result<Workbook, Refusal> {
    let content = archive.by_name("content.xml").map_err(|_| Refusal::Corrupt)?;
    Content::new(BufReader::new(content.take(ARCHIVE_BYTES))).read()
}

/// Reads a document that is one XML file.
pub(super) fn read_flat(text: &str) -> Result<Workbook, Refusal> {
    Content::new(text.as_bytes()).read()
}

struct Content<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
    hidden_styles: BTreeSet<String>,
}

/// A cell with what it repeats.
struct Cell {
    value: Option<OwnedValue>,
    columns: u32,
    /// Rows and columns that a merged cell spans.
    span: Option<Span>,
}

struct Span {
    rows: u32,
    columns: u32,
}

impl<R: BufRead> Content<R> {
    fn new(source: R) -> Self {
        let mut reader = Reader::from_reader(source);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, buffer: Vec::new(), hidden_styles: BTreeSet::new() }
    }

    fn next(&mut self) -> Result<Event<'static>, Refusal> {
        self.buffer.clear();
        let event = self.reader.read_event_into(&mut self.buffer).map_err(|_| Refusal::Corrupt)?;
        if event == Event::Eof { Err(Refusal::Corrupt) } else { Ok(event.into_owned()) }
    }

    fn skip(&mut self, start: &BytesStart<'_>) -> Result<(), Refusal> {
        self.buffer.clear();
        self.reader.read_to_end_into(start.name(), &mut self.buffer).map(|_| ()).map_err(|_| Refusal::Corrupt)
    }

    fn read(mut self) -> Result<Workbook, Refusal> {
        let mut budget = Budget::new();
        let mut sheets = Vec::new();
        let mut style = None;
        loop {
            match self.next()? {
                Event::Start(start) => match start.name().as_ref() {
                    "style:style" => style = qualified(&start, "style:name"),
                    "style:table-properties" if qualified(&start, "table:display").as_deref() == Some("false") => {
                        self.hidden_styles.extend(style.take());
                    }
                    "table:table" => sheets.push(self.read_sheet(&start, &mut budget)?),
                    // Deleted cells live on in the record of changes.
                    "table:tracked-changes" | "office:scripts" | "office:master-styles" => self.skip(&start)?,
                    _ => {}
                },
                Event::End(end) if matches!(end.name().as_ref(), "office:spreadsheet") => break,
                _ => {}
            }
        }
        Ok(Workbook { form: Form::Ods, sheets })
    }

    fn read_sheet(&mut self, table: &BytesStart<'_>, budget: &mut Budget) -> Result<Sheet, Refusal> {
        let mut built = SheetBuilder::new(qualified(table, "table:name"), budget);
        if qualified(table, "table:style-name").is_some_and(|style| self.hidden_styles.contains(&style)) {
            built.hide();
        }
        let mut row = 0_u32;
        loop {
            match self.next()? {
                Event::Start(start) => match start.name().as_ref() {
                    "table:table-row" => {
                        let times = repeated(&start, "table:number-rows-repeated");
                        self.read_row(row, times, &mut built)?;
                        row = row.saturating_add(times);
                    }
                    // Drawings and forms of the sheet have tables of their own.
                    "table:shapes" | "office:forms" | "table:named-expressions" => self.skip(&start)?,
                    _ => {}
                },
                Event::End(end) if end.name().as_ref() == "table:table" => return built.finish(),
                _ => {}
            }
        }
    }

    fn read_row(&mut self, row: u32, times: u32, built: &mut SheetBuilder<'_>) -> Result<(), Refusal> {
        let mut column = 0_u32;
        loop {
            match self.next()? {
                Event::Start(start) => match start.name().as_ref() {
                    name @ ("table:table-cell" | "table:covered-table-cell") => {
                        let covered = name == "table:covered-table-cell";
                        let cell = self.read_cell(&start, built)?;
                        if !covered {
                            lay_out(&cell, row, times, column, built)?;
                        }
                        column = column.saturating_add(cell.columns);
                    }
                    _ => self.skip(&start)?,
                },
                Event::End(end) if end.name().as_ref() == "table:table-row" => return Ok(()),
                _ => {}
            }
        }
    }

    fn read_cell(&mut self, start: &BytesStart<'_>, built: &mut SheetBuilder<'_>) -> Result<Cell, Refusal> {
        let mut paragraphs: Vec<String> = Vec::new();
        loop {
            match self.next()? {
                Event::Start(inner) if inner.name().as_ref() == "text:p" => {
                    paragraphs.push(self.read_paragraph(&inner, built)?);
                }
                // Notes, pictures and tables within a cell are not its value.
                Event::Start(inner) => self.skip(&inner)?,
                Event::End(end) if end.name() == start.name() => break,
                _ => {}
            }
        }
        let rows = repeated(start, "table:number-rows-spanned");
        let columns = repeated(start, "table:number-columns-spanned");
        Ok(Cell {
            value: value(start, paragraphs.join("\n")),
            columns: repeated(start, "table:number-columns-repeated"),
            span: (rows > 1 || columns > 1).then_some(Span { rows, columns }),
        })
    }

    fn read_paragraph(&mut self, start: &BytesStart<'_>, built: &mut SheetBuilder<'_>) -> Result<String, Refusal> {
        let mut text = String::new();
        loop {
            match self.next()? {
                Event::Start(inner) => match inner.name().as_ref() {
                    "text:s" => {
                        let blanks = attribute(&inner, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                        if blanks > CELL_CHARACTERS {
                            return Err(Refusal::TooLarge);
                        }
                        built.budget().take_text(blanks)?;
                        text.extend(std::iter::repeat_n(' ', blanks));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    "office:annotation" | "text:note" => self.skip(&inner)?,
                    _ => {}
                },
                Event::End(end) if end.name() == start.name() => return Ok(text),
                part => append(&part, &mut text, built.budget())?,
            }
        }
    }
}

fn repeated(start: &BytesStart<'_>, name: &str) -> u32 {
    qualified(start, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}

fn value(cell: &BytesStart<'_>, shown: String) -> Option<OwnedValue> {
    let attribute = |name: &str| qualified(cell, name);
    if attribute("calcext:value-type").as_deref() == Some("error") {
        return Some(OwnedValue::Error(shown));
    }
    let value = match attribute("office:value-type").as_deref() {
        Some("float" | "percentage" | "currency") => {
            attribute("office:value").and_then(|number| number.parse().ok()).map(OwnedValue::Number)
        }
        Some("date") => attribute("office:date-value").map(|text| moment::iso(&text)),
        Some("boolean") => attribute("office:boolean-value").map(|word| OwnedValue::Bool(word == "true")),
        None if shown.is_empty() && attribute("table:formula").is_some() => Some(OwnedValue::FormulaWithoutValue),
        _ => None,
    };
    value.or_else(|| {
        let text = if shown.is_empty() { attribute("office:string-value").unwrap_or_default() } else { shown };
        (!text.trim().is_empty()).then_some(OwnedValue::Text(text))
    })
}

fn lay_out(cell: &Cell, row: u32, times: u32, column: u32, built: &mut SheetBuilder<'_>) -> Result<(), Refusal> {
    if cell.value.is_none() && cell.span.is_none() {
        return Ok(());
    }
    let (rows, columns) = (row..row.saturating_add(times), column..column.saturating_add(cell.columns));
    if rows.end > LAST_ROW + 1 || columns.end > LAST_COLUMN + 1 {
        return Err(Refusal::TooLarge);
    }
    built.budget().check_room(u64::from(times) * u64::from(cell.columns))?;
    for row in rows {
        for column in columns.clone() {
            if let Some(value) = &cell.value {
                built.put_owned(row, column, value)?;
            }
            if let Some(Span { rows, columns }) = cell.span {
                built.merge(MergedRange {
                    top: row,
                    left: column,
                    bottom: row.saturating_add(rows - 1),
                    right: column.saturating_add(columns - 1),
                })?;
            }
        }
    }
    Ok(())
}
