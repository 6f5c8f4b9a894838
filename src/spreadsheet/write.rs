//! A workbook as a value → the bytes of an .xlsx file.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Workbook, Worksheet,
    XlsxError,
};

use super::book::{Book, Cell, Column, Filter, Look, Sheet, Weight};

/// A table could not be put together: a fault of the program.
#[derive(Debug, thiserror::Error)]
#[error("таблицу не удалось составить")]
pub struct SpreadsheetError {
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// The row of the header.
const HEADER: u32 = 0;
/// The height of a line of text, in points.
const LINE_HEIGHT: f64 = 15.0;
/// Excel raises no row above this height, in points.
const HIGHEST: f64 = 409.0;
/// The longest text of a cell, in characters.
const LONGEST: usize = 32_767;
/// The code of A4 in a spreadsheet.
const A4: u8 = 9;

/// The bytes of an .xlsx file with a workbook.
///
/// # Errors
/// When it cannot be put together.
pub fn write(book: &Book) -> Result<Vec<u8>, SpreadsheetError> {
    build(book).map_err(|error| SpreadsheetError { source: Box::new(error) })
}

fn build(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(
        u16::try_from(book.created.year()).unwrap_or_default(),
        u8::try_from(book.created.month()).unwrap_or_default(),
        u8::try_from(book.created.day()).unwrap_or_default(),
    )?;
    workbook.set_properties(&DocProperties::new().set_title(&book.title).set_creation_datetime(&created));
    for sheet in &book.sheets {
        put(workbook.add_worksheet(), sheet)?;
    }
    workbook.save_to_buffer()
}

fn put(into: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    into.set_name(sheet.name)?;
    let last_row = u32::try_from(sheet.rows.len()).unwrap_or_default();
    let last_column = u16::try_from(sheet.columns.len().saturating_sub(1)).unwrap_or_default();
    let bold = header_format();
    for (column, index) in sheet.columns.iter().zip(0..) {
        into.set_column_width(index, column.width)?;
        into.write_string_with_format(HEADER, index, column.header, &bold)?;
        offer(into, column, index, last_row)?;
    }
    let mut formats = BTreeMap::new();
    for (cells, row) in sheet.rows.iter().zip(HEADER + 1..) {
        for ((cell, column), index) in cells.iter().zip(&sheet.columns).zip(0..) {
            let key = (column.look as u8, cell.weight);
            let format = formats.entry(key).or_insert_with(|| cell_format(column.look, cell.weight));
            let text: String = cell.text.chars().take(LONGEST).collect();
            into.write_string_with_format(row, index, text, format)?;
        }
        into.set_row_height(row, height(cells, &sheet.columns))?;
    }
    // Numbers are texts on purpose: no green corners.
    into.ignore_error_range(HEADER, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    into.set_freeze_panes(HEADER + 1, 0)?;
    into.set_repeat_rows(HEADER, HEADER)?;
    into.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    if !sheet.page_title.is_empty() {
        into.set_header(format!("&L{}", sheet.page_title.replace('&', "&&")));
    }
    into.set_footer("&RСтр. &P из &N");
    if sheet.filter == Filter::EveryColumn {
        into.autofilter(HEADER, 0, last_row.max(HEADER + 1), last_column)?;
    }
    Ok(())
}

/// The words to choose from, as a drop-down list in all rows down to `last`.
fn offer(into: &mut Worksheet, column: &Column, index: u16, last: u32) -> Result<(), XlsxError> {
    if column.choices.is_empty() {
        return Ok(());
    }
    let choice = DataValidation::new()
        .allow_list_strings(column.choices)?
        .set_error_title(column.header)?
        .set_error_message("Выберите значение из списка.")?;
    into.add_data_validation(HEADER + 1, index, last.max(HEADER + 1), index, &choice)?;
    Ok(())
}

/// The height of a row that shows its longest text: a spreadsheet does not raise the rows of a written file.
fn height(cells: &[Cell], columns: &[Column]) -> f64 {
    let lines = cells.iter().zip(columns).filter(|(_, column)| column.look == Look::Wrapped).map(|(cell, column)| {
        // Cyrillic letters are a little wider than the digits in which widths are counted, bold ones still more.
        let share = if cell.weight == Weight::Bold { 0.8 } else { 0.88 };
        let width = (column.width * share).max(1.0) as usize;
        cell.text.split('\n').map(|line| lines_of(line, width)).sum()
    });
    (LINE_HEIGHT * lines.max().unwrap_or(1) as f64).min(HIGHEST)
}

/// How many lines of at most `width` characters a text takes; a longer word is broken.
fn lines_of(text: &str, width: usize) -> usize {
    let mut lines = 1;
    let mut used = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        let needed = if used == 0 { length } else { used + 1 + length };
        if needed <= width {
            used = needed;
        } else {
            lines += usize::from(used > 0) + length.saturating_sub(1) / width;
            used = (length.saturating_sub(1) % width) + 1;
        }
    }
    lines
}

fn header_format() -> Format {
    Format::new()
        .set_bold()
        .set_background_color(0x00E7_EBF0)
        .set_border(FormatBorder::Thin)
        .set_border_color(0x00B0_B7C0)
        .set_align(FormatAlign::VerticalCenter)
}

fn cell_format(look: Look, weight: Weight) -> Format {
    // Text cells: a spreadsheet would turn the class «7.1» into the seventh of January.
    let format = Format::new()
        .set_align(FormatAlign::Top)
        .set_num_format("@")
        .set_border(FormatBorder::Thin)
        .set_border_color(0x00D0_D5DB);
    let format = match look {
        Look::Line => format,
        Look::Wrapped => format.set_text_wrap(),
        Look::ToFill => format.set_background_color(0x00FF_F9E5),
    };
    match weight {
        Weight::Plain => format,
        Weight::Bold => format.set_bold(),
    }
}

#[cfg(test)]
mod tests {
    use super::lines_of;

    #[track_caller]
    fn check(text: &str, width: usize, expected: usize) {
        assert_eq!(lines_of(text, width), expected, "{text:?}");
    }

    #[test]
    fn lines() {
        check("", 10, 1);
        check("десять рук", 10, 1);
        check("одиннадцать", 10, 2);
        check("раз два три", 7, 2);
        check("раз двадцать три", 8, 3);
        check("а двадцатьоднадвадцатьодна", 10, 4);
    }
}
