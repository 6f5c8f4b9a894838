//! What a table file holds, whatever its form was.

use std::borrow::Cow;

use jiff::civil::DateTime;

use super::cell_store::{CellOfRow, CellStore};
use super::encoding::letters_are_lost;
use super::refusal::Refusal;
use crate::school::Issue;

/// A file that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Workbook {
    /// What the file really was.
    pub form: Form,
    /// The sheets in their order, hidden ones included; one for files without sheets.
    pub sheets: Vec<Sheet>,
}

/// The form of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    /// Office Open XML: .xlsx, .xlsm.
    Xlsx,
    /// BIFF: .xls.
    Xls,
    /// `OpenDocument`: .ods.
    Ods,
    /// An HTML table saved as .xls.
    Html,
    /// `SpreadsheetML` 2003 saved as .xls.
    SpreadsheetMl,
    /// Delimited text.
    Delimited {
        /// The encoding by its name: «windows-1251».
        encoding: &'static str,
        /// The delimiter.
        delimiter: char,
    },
}

/// One sheet: its occupied cells only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The name; `None` for files without sheets.
    pub name: Option<String>,
    /// Whether the sheet is hidden.
    pub hidden: bool,
    /// Merged ranges; only the top left cell of one holds a value.
    pub merged: Vec<MergedRange>,
    pub(crate) cells: CellStore,
}

/// The value of a cell. Blank cells and empty texts are not kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    /// A text, as written, with its line breaks.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A real date (the epoch of the workbook is already accounted for).
    Date(DateTime),
    /// True or false.
    Bool(bool),
    /// A formula whose value the program that wrote the file did not save.
    FormulaWithoutValue,
    /// An error value such as `#REF!`.
    Error(&'a str),
}

/// A merged range, inclusive, zero-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MergedRange {
    /// The top row.
    pub top: u32,
    /// The left column.
    pub left: u32,
    /// The bottom row.
    pub bottom: u32,
    /// The right column.
    pub right: u32,
}

impl<'a> Value<'a> {
    /// The value as a person would type it: whole numbers without a point, dates as «04.05.2013», never in
    /// exponential form.
    pub fn text(self) -> Cow<'a, str> {
        match self {
            Self::Text(text) | Self::Error(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number_text(number)),
            Self::Date(date) => Cow::Owned(crate::school::dotted(date.date())),
            Self::Bool(true) => Cow::Borrowed("да"),
            Self::Bool(false) => Cow::Borrowed("нет"),
            Self::FormulaWithoutValue => Cow::Borrowed(""),
        }
    }
}

/// A number with the fifteen digits a spreadsheet shows: 0.1 + 0.2 is «0.3», 8.944e10 is «89440000000».
fn number_text(number: f64) -> String {
    let shown = format!("{number:.14e}").parse().unwrap_or(number);
    if shown == 0.0 { "0".to_owned() } else { format!("{shown}") }
}

impl Workbook {
    /// Says that the letters of the file are lost («????»), where they are.
    pub fn lost_letters(&self, label: &str) -> Option<Issue> {
        let rows = self.sheets.iter().flat_map(|sheet| sheet.rows().flat_map(|row| sheet.row(row)));
        let texts = rows.filter_map(|cell| match cell.value {
            Value::Text(text) => Some(text),
            _ => None,
        });
        let sample: Vec<&str> = texts.take(LOOKED_AT).collect();
        letters_are_lost(&sample.join(" ")).then(|| Refusal::EncodingLost.issue(label))
    }
}

/// So many texts tell whether letters are lost.
const LOOKED_AT: usize = 1000;

impl Sheet {
    /// Whether no cell is occupied.
    pub fn is_blank(&self) -> bool {
        self.cells.is_empty()
    }

    /// The rows that have an occupied cell, zero-based, from top to bottom.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = u32> + '_ {
        self.cells.rows()
    }

    /// The occupied cells of a row with their zero-based columns, from left to right.
    pub fn row(&self, row: u32) -> impl Iterator<Item = CellOfRow<'_>> {
        self.cells.row(row)
    }

    /// The value of a cell.
    pub fn value(&self, row: u32, column: u32) -> Option<Value<'_>> {
        self.cells.value(row, column)
    }

    /// Puts a value into a cell, in the place of an earlier one. For sheets that come from no file; files are read
    /// within limits and in order.
    pub fn put(&mut self, row: u32, column: u16, value: Value<'_>) {
        self.cells.put(row, column, value);
    }
}

impl MergedRange {
    /// Whether a cell lies in the range.
    pub fn contains(&self, row: u32, column: u32) -> bool {
        (self.top..=self.bottom).contains(&row) && (self.left..=self.right).contains(&column)
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[track_caller]
    fn check(number: f64, expected: &str) {
        assert_eq!(Value::Number(number).text(), expected);
    }

    #[test]
    fn numbers_are_shown_as_typed() {
        check(8.944e10, "89440000000");
        check(89_440_000_001.0, "89440000001");
        check(7.1, "7.1");
        check(0.1 + 0.2, "0.3");
        check(7.0, "7");
        check(-0.0, "0");
        check(-12.5, "-12.5");
        check(12_345_678_901.0, "12345678901");
    }

    #[test]
    fn other_values_are_shown_in_words() {
        assert_eq!(Value::Date(jiff::civil::date(2013, 5, 4).at(0, 0, 0, 0)).text(), "04.05.2013");
        assert_eq!(Value::Bool(true).text(), "да");
        assert_eq!(Value::FormulaWithoutValue.text(), "");
        assert_eq!(Value::Error("#REF!").text(), "#REF!");
    }
}
