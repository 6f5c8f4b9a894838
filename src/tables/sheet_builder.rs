//! Fills one sheet within the budget of its file.

use std::collections::BTreeSet;

use crate::school::Cell;

use super::cells::{MergedRange, Sheet, Value};
use super::limits::{Budget, CELL_BYTES, LAST_COLUMN, LAST_ROW};
use super::owned_value::OwnedValue;
use super::refusal::Refusal;

/// Fills one sheet within the budget of its file.
#[derive(Debug)]
pub(super) struct SheetBuilder<'a> {
    sheet: Sheet,
    budget: &'a mut Budget,
}

impl<'a> SheetBuilder<'a> {
    /// An empty sheet.
    pub(super) fn new(name: Option<String>, budget: &'a mut Budget) -> Self {
        let name = name.map(|name| cleaned(&name));
        Self { sheet: Sheet { name, ..Sheet::default() }, budget }
    }

    /// Marks the sheet as hidden.
    pub(super) fn hide(&mut self) {
        self.sheet.hidden = true;
    }

    /// The budget of the file.
    pub(super) fn budget(&mut self) -> &mut Budget {
        self.budget
    }

    /// Puts a text, cleaned of control characters; blank ones are not kept.
    pub(super) fn put_text(&mut self, row: u32, column: u32, text: &str) -> Result<(), Refusal> {
        if is_blank(text) {
            return Ok(());
        }
        if text.len() > CELL_BYTES {
            return Err(Refusal::TooLarge);
        }
        self.budget.take_text(text.len())?;
        let column = self.take(row, column, text.len())?;
        if is_clean(text) {
            self.sheet.cells.add(row, column, Value::Text(text));
        } else {
            self.sheet.cells.add_text(row, column, |texts| push_cleaned(texts, text));
        }
        Ok(())
    }

    /// Puts a value.
    pub(super) fn put(&mut self, row: u32, column: u32, value: Value<'_>) -> Result<(), Refusal> {
        if matches!(value, Value::Text(text) if is_blank(text)) {
            return Ok(());
        }
        let bytes = if let Value::Text(text) | Value::Error(text) = value { text.len() } else { 0 };
        let column = self.take(row, column, bytes)?;
        self.sheet.cells.add(row, column, value);
        Ok(())
    }

    /// Puts a value that has a text of its own.
    pub(super) fn put_owned(&mut self, row: u32, column: u32, value: &OwnedValue) -> Result<(), Refusal> {
        match value {
            OwnedValue::Text(text) => self.put_text(row, column, text),
            OwnedValue::Number(number) => self.put(row, column, Value::Number(*number)),
            OwnedValue::Date(date) => self.put(row, column, Value::Date(*date)),
            OwnedValue::Bool(value) => self.put(row, column, Value::Bool(*value)),
            OwnedValue::FormulaWithoutValue => self.put(row, column, Value::FormulaWithoutValue),
            OwnedValue::Error(text) => self.put(row, column, Value::Error(text)),
        }
    }

    /// Puts the cells of another sheet, finished within a budget of its own, below a row.
    pub(super) fn append(&mut self, other: Sheet, row: u32) -> Result<(), Refusal> {
        let Some(last) = other.rows().next_back() else { return Ok(()) };
        if u64::from(row) + u64::from(last) > u64::from(LAST_ROW) {
            return Err(Refusal::TooLarge);
        }
        self.budget.take_rows(other.rows().count() as u32)?;
        self.budget.take_cells(other.cells.count() as u32, other.cells.text_bytes())?;
        self.sheet.cells.append(other.cells, row);
        Ok(())
    }

    /// Takes a cell with a text of some bytes from the budget, and tells its column.
    fn take(&mut self, row: u32, column: u32, bytes: usize) -> Result<u16, Refusal> {
        if row > LAST_ROW || column > LAST_COLUMN {
            return Err(Refusal::TooLarge);
        }
        self.budget.take_cell(bytes)?;
        if self.sheet.cells.last_row() != Some(row) {
            self.budget.take_row()?;
        }
        u16::try_from(column).map_err(|_| Refusal::TooLarge)
    }

    /// Adds a merged range; a single cell is none.
    pub(super) fn merge(&mut self, range: MergedRange) -> Result<(), Refusal> {
        let MergedRange { top, left, bottom, right } = range;
        let MergedRange { bottom, right, .. } =
            MergedRange { bottom: bottom.min(LAST_ROW), right: right.min(LAST_COLUMN), ..range };
        if top > bottom || left > right || (top == bottom && left == right) {
            return Ok(());
        }
        self.budget.take_merged()?;
        self.sheet.merged.push(MergedRange { top, left, bottom, right });
        Ok(())
    }

    /// The finished sheet. What merged ranges hide, as Excel hides it, is dropped.
    pub(super) fn finish(self) -> Result<Sheet, Refusal> {
        let Self { mut sheet, budget } = self;
        sheet.cells.settle();
        sheet.merged.sort_by_key(|range| (range.top, range.left, range.bottom, range.right));
        let rows: Vec<u32> = if sheet.merged.is_empty() { Vec::new() } else { sheet.rows().collect() };
        let mut hidden: BTreeSet<Cell> = BTreeSet::new();
        for range in &sheet.merged {
            let first = rows.partition_point(|row| *row < range.top);
            for &row in rows.iter().skip(first).take_while(|row| **row <= range.bottom) {
                budget.take_merged_row()?;
                let within = sheet.row(row).filter(|cell| range.contains(row, cell.column));
                let others = within.filter(|cell| (row, cell.column) != (range.top, range.left));
                hidden.extend(others.map(|cell| Cell { row, column: cell.column }));
            }
        }
        if !hidden.is_empty() {
            sheet.cells.drop_cells(|row, column| hidden.contains(&Cell { row, column }));
        }
        Ok(sheet)
    }
}

fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// Whether a text is as it is kept. Control characters are those of ASCII and of Latin-1, U+0080 to U+009F, which are
/// C2 80 to C2 9F in UTF-8.
fn is_clean(text: &str) -> bool {
    text.bytes().all(|byte| byte >= 0x20 && byte != 0x7F && byte != 0xC2)
}

/// A text without control characters other than tabs and line breaks; those become «\n».
pub(super) fn cleaned(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    push_cleaned(&mut cleaned, text);
    cleaned
}

fn push_cleaned(into: &mut String, text: &str) {
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => {
                letters.next_if_eq(&'\n');
                into.push('\n');
            }
            '\n' | '\t' => into.push(letter),
            letter if letter.is_control() => {}
            letter => into.push(letter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Budget, MergedRange, SheetBuilder, Value, cleaned};

    #[test]
    fn control_characters_go_and_line_breaks_stay() {
        assert_eq!(cleaned("Ива\0нов\u{7}\r\nАнна\rОльга\tМ\u{a0}\u{ad}"), "Иванов\nАнна\nОльга\tМ\u{a0}\u{ad}");
    }

    #[test]
    fn a_merged_range_keeps_only_its_top_left_cell() {
        let mut budget = Budget::new();
        let mut sheet = SheetBuilder::new(None, &mut budget);
        for (row, column) in [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 0)] {
            sheet.put(row, column, Value::Number(f64::from(10 * row + column))).unwrap();
        }
        sheet.merge(MergedRange { top: 0, left: 0, bottom: 1, right: 1 }).unwrap();
        let sheet = sheet.finish().unwrap();
        let columns = |row: u32| sheet.row(row).map(move |cell| (row, cell.column));
        let left: Vec<_> = sheet.rows().flat_map(columns).collect();
        assert_eq!(left, [(0, 0), (1, 2), (2, 0)]);
    }

    #[test]
    fn cells_beyond_a_spreadsheet_are_refused() {
        let mut budget = Budget::new();
        let mut sheet = SheetBuilder::new(None, &mut budget);
        assert!(sheet.put(1_048_575, 16_383, Value::Bool(true)).is_ok());
        assert!(sheet.put(1_048_576, 0, Value::Bool(true)).is_err());
        assert!(sheet.put(0, 16_384, Value::Bool(true)).is_err());
    }
}
