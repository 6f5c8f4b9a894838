//! Web pages with tables, which journals save as .xls.
//!
//! As in a spreadsheet program, everything stands on one sheet: texts outside the tables, one row each, and the tables,
//! one below the other.

use super::cells::{Form, MergedRange, Sheet, Value, Workbook};
use super::html_tokens::{Tag, Token, Tokens, unescaped};
use super::limits::{Budget, LAST_COLUMN};
use super::refusal::{Refusal, Stranger};
use super::sheet_builder::SheetBuilder;

const MOST_COLUMNS_SPANNED: u32 = 1000;
const MOST_ROWS_SPANNED: u32 = 65_534;
const MOST_NESTED: usize = 64;

/// Reads a decoded page.
pub(super) fn read(page: &str) -> Result<Workbook, Refusal> {
    let mut budget = Budget::new();
    let mut layout = Layout {
        built: SheetBuilder::new(None, &mut budget),
        next_row: 0,
        tables: Vec::new(),
        seen: 0,
        outside: Text::default(),
    };
    let mut hidden = false;
    for token in Tokens::new(page) {
        match token {
            Token::Open(tag) if matches!(tag.name.as_str(), "head" | "title") => hidden = true,
            Token::Close(name) if matches!(name.as_str(), "head" | "title") => hidden = false,
            Token::Open(tag) => {
                hidden &= !matches!(tag.name.as_str(), "body" | "table");
                layout.open(&tag)?;
            }
            Token::Close(name) => layout.close(&name)?,
            Token::Text(text) if !hidden => layout.text().push(text),
            Token::Text(_) => {}
        }
    }
    layout.finish()
}

/// The sheet as it grows.
struct Layout<'a> {
    built: SheetBuilder<'a>,
    next_row: u32,
    tables: Vec<Table>,
    seen: u32,
    outside: Text,
}

/// An open table; tables stand within tables.
#[derive(Default)]
struct Table {
    row: Option<u32>,
    column: u32,
    /// By column: the first row that no cell from above reaches into.
    free_from: Vec<u32>,
    spans: Vec<MergedRange>,
    last_row: u32,
    cell: Option<Cell>,
}

struct Cell {
    row: u32,
    column: u32,
    /// The number behind the shown text, where Excel wrote the page.
    number: Option<f64>,
    text: Text,
}

/// The text of a cell: white space is squeezed, line breaks are those of the tags.
#[derive(Default)]
struct Text {
    shown: String,
    blank: bool,
}

impl Text {
    fn push(&mut self, raw: &str) {
        for letter in unescaped(raw).chars() {
            if letter.is_ascii_whitespace() {
                self.blank = true;
            } else {
                if self.blank && !self.shown.is_empty() && !self.shown.ends_with('\n') {
                    self.shown.push(' ');
                }
                self.blank = false;
                self.shown.push(letter);
            }
        }
    }

    fn break_line(&mut self) {
        self.blank = false;
        if !self.shown.is_empty() {
            self.shown.push('\n');
        }
    }

    /// A new paragraph begins on a new line, however many of them end here.
    fn break_paragraph(&mut self) {
        if !self.shown.ends_with('\n') {
            self.break_line();
        }
    }

    fn take(&mut self) -> String {
        self.blank = false;
        let text = std::mem::take(&mut self.shown);
        text.trim_end_matches('\n').to_owned()
    }
}

impl Layout<'_> {
    /// Where texts go: into the innermost open cell, or outside all tables.
    fn text(&mut self) -> &mut Text {
        let cell = self.tables.last_mut().and_then(|table| table.cell.as_mut());
        cell.map_or(&mut self.outside, |cell| &mut cell.text)
    }

    fn open(&mut self, tag: &Tag<'_>) -> Result<(), Refusal> {
        match tag.name.as_str() {
            "table" => {
                self.flush_outside()?;
                if self.tables.len() >= MOST_NESTED {
                    return Err(Refusal::TooLarge);
                }
                self.seen += 1;
                self.tables.push(Table::default());
            }
            "tr" => {
                self.end_cell()?;
                self.begin_row();
            }
            "td" | "th" => {
                self.end_cell()?;
                self.begin_cell(tag)?;
            }
            "br" => self.text().break_line(),
            "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "caption" => self.end_paragraph()?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Refusal> {
        match name {
            "table" => {
                self.end_cell()?;
                self.flush_outside()?;
                self.end_table()?;
            }
            "tr" => {
                self.end_cell()?;
                if let Some(table) = self.tables.last_mut() {
                    table.row = None;
                }
            }
            "td" | "th" => self.end_cell()?,
            "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" | "caption" => self.end_paragraph()?,
            _ => {}
        }
        Ok(())
    }

    fn end_paragraph(&mut self) -> Result<(), Refusal> {
        if self.tables.last().is_some_and(|table| table.cell.is_some()) {
            self.text().break_paragraph();
            return Ok(());
        }
        self.flush_outside()
    }

    /// Puts a text that stands outside all cells on rows of its own.
    fn flush_outside(&mut self) -> Result<(), Refusal> {
        let text = self.outside.take();
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            self.built.put_text(self.next_row, 0, line)?;
            self.next_row += 1;
        }
        Ok(())
    }

    fn begin_row(&mut self) {
        // A row without a table happens in pages that were cut out of larger ones.
        if self.tables.is_empty() {
            self.seen += 1;
            self.tables.push(Table::default());
        }
        let row = self.next_row;
        self.next_row += 1;
        if let Some(table) = self.tables.last_mut() {
            table.row = Some(row);
            table.last_row = row;
            table.column = 0;
        }
    }

    fn begin_cell(&mut self, tag: &Tag<'_>) -> Result<(), Refusal> {
        if self.tables.last().is_none_or(|table| table.row.is_none()) {
            self.begin_row();
        }
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let Some(row) = table.row else { return Ok(()) };
        let columns = tag.count("colspan", MOST_COLUMNS_SPANNED);
        let rows = tag.count("rowspan", MOST_ROWS_SPANNED);
        let mut column = table.column;
        while table.free_from.get(column as usize).is_some_and(|free| *free > row) {
            self.built.budget().take_merged_row()?;
            column += 1;
        }
        let range = MergedRange { top: row, left: column, bottom: row + rows - 1, right: column + columns - 1 };
        table.column = range.right + 1;
        if rows > 1 {
            let width = table.column.min(LAST_COLUMN + 1) as usize;
            if table.free_from.len() < width {
                table.free_from.resize(width, 0);
            }
            if let Some(below) = table.free_from.get_mut(column as usize..width) {
                below.fill(range.bottom + 1);
            }
        }
        if rows > 1 || columns > 1 {
            table.spans.push(range);
        }
        table.cell = Some(Cell { row, column, number: tag.number("x:num"), text: Text::default() });
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Refusal> {
        let Some(mut cell) = self.tables.last_mut().and_then(|table| table.cell.take()) else { return Ok(()) };
        let text = cell.text.take();
        match cell.number {
            Some(number) if is_cut_short(&text) => self.built.put(cell.row, cell.column, Value::Number(number)),
            _ => self.built.put_text(cell.row, cell.column, &text),
        }
    }

    fn end_table(&mut self) -> Result<(), Refusal> {
        let Some(table) = self.tables.pop() else { return Ok(()) };
        for span in table.spans {
            // A span ends with its table, whatever it claims.
            self.built.merge(MergedRange { bottom: span.bottom.min(table.last_row), ..span })?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Workbook, Refusal> {
        while !self.tables.is_empty() {
            self.end_cell()?;
            self.end_table()?;
        }
        self.flush_outside()?;
        if self.seen == 0 {
            return Err(Refusal::Stranger(Stranger::WebPage));
        }
        let sheet: Sheet = self.built.finish()?;
        Ok(Workbook { form: Form::Html, sheets: vec![sheet] })
    }
}

/// Whether Excel had no room to show the number: «8,944E+10», «####».
fn is_cut_short(text: &str) -> bool {
    text.contains("E+") || text.starts_with("##")
}

#[cfg(test)]
mod tests {
    use super::{Refusal, Stranger, read};

    fn shown(page: &str) -> String {
        let workbook = read(page).unwrap();
        let sheet = &workbook.sheets[0];
        let cells = sheet
            .rows()
            .flat_map(|row| sheet.row(row).map(move |cell| format!("{row}.{}={}", cell.column, cell.value.text())));
        let merged =
            sheet.merged.iter().map(|range| format!("[{}.{}-{}.{}]", range.top, range.left, range.bottom, range.right));
        cells.chain(merged).collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(page: &str, expected: &str) {
        assert_eq!(shown(page), expected);
    }

    #[test]
    fn cells_and_white_space() {
        check(
            "<table><tr><td> Иванов\n  Пётр </td><td>7А<tr><td>Б<br>В<br/></td></table>",
            "0.0=Иванов Пётр 0.1=7А 1.0=Б\nВ",
        );
        check("<table><tr><td><p>А</p><p>Б</p></td></tr></table>", "0.0=А\nБ");
        check("<table><tr><td>&laquo;А&raquo; <b>Б</b>в</td></tr></table>", "0.0=«А» Бв");
        check("<tr><td>А<td>Б", "0.0=А 0.1=Б");
    }

    #[test]
    fn numbers_that_excel_had_no_room_for() {
        check(
            "<table><tr><td x:num=\"89440000000\">8,944E+10<td x:num=41398>04.05.2013<td x:num>7",
            "0.0=89440000000 0.1=04.05.2013 0.2=7",
        );
    }

    #[test]
    fn spans_become_merged_ranges() {
        check(
            "<table><tr><th rowspan=2>№</th><th colspan=2>Мать</th></tr><tr><th>ФИО</th><th>Тел</th></tr>\
             <tr><td>1</td><td>А</td><td>2</td></tr></table>",
            "0.0=№ 0.1=Мать 1.1=ФИО 1.2=Тел 2.0=1 2.1=А 2.2=2 [0.0-1.0] [0.1-0.2]",
        );
        check("<table><tr><td rowspan=65534>А</td></tr><tr><td>Б</table>", "0.0=А 1.1=Б [0.0-1.0]");
    }

    #[test]
    fn titles_and_several_tables_stand_one_below_the_other() {
        check(
            "<html><head><title>нет</title></head><h1>Список 7А</h1><table><tr><td>А</table>Итого<table><tr><td>Б</table>",
            "0.0=Список 7А 1.0=А 2.0=Итого 3.0=Б",
        );
        check("<table><tr><td>А<table><tr><td>Б<td>В</table></td></tr><tr><td>Г</table>", "0.0=А 1.0=Б 1.1=В 2.0=Г");
    }

    #[test]
    fn a_page_without_a_table_is_refused() {
        assert_eq!(read("<html><body>Вход</body></html>"), Err(Refusal::Stranger(Stranger::WebPage)));
    }

    #[test]
    fn claims_of_a_page_cost_little() {
        let row = "<tr>".to_owned() + &"<td colspan=1000 rowspan=65534>".repeat(40);
        let workbook = read(&format!("<table>{}</table>", row.repeat(3))).unwrap();
        assert_eq!(workbook.sheets[0].rows().count(), 0);
        assert!(workbook.sheets[0].merged.iter().all(|range| range.bottom <= 2 && range.right <= 16_383));
    }
}
