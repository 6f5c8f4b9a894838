//! Where a value stands, in the words a person looks for it by.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use super::natural;

/// A place in an input: a file, and within it a sheet and a cell or a line, as far as they are known.
///
/// Places sort as people look them up: «5А.xlsx» before «11А.xlsx», and in a sheet from the top to the bottom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The path of the file, relative to the workspace; empty where the whole workspace is meant.
    pub file: Arc<str>,
    /// The sheet of a workbook; `None` for files without sheets.
    pub sheet: Option<Arc<str>>,
    /// The cell of a table.
    pub cell: Option<Cell>,
    /// The line of a text file, 1-based.
    pub line: Option<u32>,
}

/// A cell by zero-based row and column; shown as «B7».
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Zero-based row, as in the file.
    pub row: u32,
    /// Zero-based column.
    pub column: u32,
}

impl Place {
    /// A whole file.
    pub fn file(file: impl AsRef<str>) -> Self {
        Self { file: file.as_ref().into(), ..Self::default() }
    }

    /// A line of a text file, 1-based.
    pub fn line(file: impl AsRef<str>, line: u32) -> Self {
        Self { file: file.as_ref().into(), line: Some(line), ..Self::default() }
    }

    /// A sheet of a workbook.
    pub fn sheet(file: impl AsRef<str>, sheet: impl AsRef<str>) -> Self {
        Self { file: file.as_ref().into(), sheet: Some(sheet.as_ref().into()), ..Self::default() }
    }

    /// The same file and sheet at a cell.
    #[must_use]
    pub fn at(&self, row: u32, column: u32) -> Self {
        Self { cell: Some(Cell { row, column }), ..self.clone() }
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        let Self { file, sheet, cell, line } = self;
        let sheets = || match (sheet, &other.sheet) {
            (Some(one), Some(other)) => natural(one, other),
            (one, other) => one.is_some().cmp(&other.is_some()),
        };
        natural(file, &other.file).then_with(sheets).then_with(|| (cell, line).cmp(&(&other.cell, &other.line)))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, sheet, cell, line } = self;
        f.write_str(file)?;
        sheet.iter().try_for_each(|sheet| write!(f, ", лист «{sheet}»"))?;
        cell.iter().try_for_each(|cell| write!(f, ", ячейка {cell}"))?;
        line.iter().try_for_each(|line| write!(f, ", строка {line}"))
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), u64::from(self.row) + 1)
    }
}

/// The letters of a zero-based column as a spreadsheet shows them: «A», «AA».
pub fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.into_iter().rev().collect()
}

impl Serialize for Cell {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[track_caller]
    fn check(row: u32, column: u32, expected: &str) {
        assert_eq!(Place::sheet("7А.xlsx", "Лист1").at(row, column).to_string(), expected);
    }

    #[test]
    fn places_sort_as_people_look_them_up() {
        let place = |file: &str, sheet: &str| Place::sheet(file, sheet);
        let sorted = [
            Place::file("списки/7.xlsx"),
            place("списки/7.xlsx", "5А"),
            place("списки/7.xlsx", "5А").at(1, 1),
            place("списки/7.xlsx", "5А").at(2, 0),
            place("списки/7.xlsx", "11А"),
            place("списки/11.xlsx", "5А"),
        ];
        assert!(sorted.is_sorted());
    }

    #[test]
    fn cells_are_named_as_in_the_spreadsheet() {
        check(6, 1, "7А.xlsx, лист «Лист1», ячейка B7");
        check(0, 25, "7А.xlsx, лист «Лист1», ячейка Z1");
        check(0, 26, "7А.xlsx, лист «Лист1», ячейка AA1");
        check(1_048_575, 16_383, "7А.xlsx, лист «Лист1», ячейка XFD1048576");
    }
}
