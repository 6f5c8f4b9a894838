//! Fills one sheet within the budget of its file.

use super::cells::{MergedRange, Sheet, Value};
use super::limits::{Budget, LAST_COLUMN, LAST_ROW};
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
        if text.trim().is_empty() {
            return Ok(());
        }
        self.budget.take_text(text.len())?;
        self.put(row, column, Value::Text(cleaned(text)))
    }

    /// Puts a value.
    pub(super) fn put(&mut self, row: u32, column: u32, value: Value) -> Result<(), Refusal> {
        if matches!(&value, Value::Text(text) if text.trim().is_empty()) {
            return Ok(());
        }
        if row > LAST_ROW || column > LAST_COLUMN {
            return Err(Refusal::TooLarge);
        }
        let bytes = if let Value::Text(text) | Value::Error(text) = &value { text.len() } else { 0 };
        self.budget.take_cell(bytes)?;
        if !self.sheet.rows.contains_key(&row) {
            self.budget.take_row()?;
        }
        self.sheet.rows.entry(row).or_default().insert(column, value);
        Ok(())
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
        sheet.merged.sort_by_key(|range| (range.top, range.left, range.bottom, range.right));
        for range in &sheet.merged {
            for (row, cells) in sheet.rows.range_mut(range.top..=range.bottom) {
                budget.take_merged_row()?;
                let hidden: Vec<u32> = cells
                    .range(range.left..=range.right)
                    .map(|(column, _)| *column)
                    .filter(|column| (*row, *column) != (range.top, range.left))
                    .collect();
                for column in hidden {
                    cells.remove(&column);
                }
            }
        }
        sheet.rows.retain(|_, cells| !cells.is_empty());
        Ok(sheet)
    }
}

/// A text without control characters other than tabs and line breaks; those become «\n».
pub(super) fn cleaned(text: &str) -> String {
    let unbroken = text.replace("\r\n", "\n");
    unbroken
        .chars()
        .map(|letter| if letter == '\r' { '\n' } else { letter })
        .filter(|letter| matches!(letter, '\n' | '\t') || !letter.is_control())
        .collect()
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
        let left: Vec<_> =
            sheet.rows.iter().flat_map(|(row, cells)| cells.keys().map(move |column| (*row, *column))).collect();
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
