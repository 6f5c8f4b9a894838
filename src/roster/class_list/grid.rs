//! A sheet as the eye sees it: blank texts are no cells, a vertical merge shows its value in all its rows.

use std::ops::RangeInclusive;

use crate::tables::{Sheet, Value};

/// A sheet of occupied cells.
#[derive(Clone, Copy)]
pub(super) struct Grid<'a> {
    sheet: &'a Sheet,
}

/// A cell with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct At<'a> {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) value: &'a Value,
}

impl<'a> Grid<'a> {
    pub(super) fn new(sheet: &'a Sheet) -> Self {
        Self { sheet }
    }

    /// The rows that have an occupied cell.
    pub(super) fn rows(self) -> impl Iterator<Item = u32> + 'a {
        self.sheet.rows.iter().filter(|(_, row)| row.values().any(is_occupied)).map(|(row, _)| *row)
    }

    /// The occupied cells of a row in some columns.
    pub(super) fn cells(self, row: u32, columns: &RangeInclusive<u32>) -> impl Iterator<Item = At<'a>> + use<'a> {
        let cells = self.sheet.rows.get(&row).map(|cells| cells.range(columns.clone())).into_iter().flatten();
        cells.filter(|(_, value)| is_occupied(value)).map(move |(column, value)| At { row, column: *column, value })
    }

    /// All occupied cells of a row.
    pub(super) fn row(self, row: u32) -> impl Iterator<Item = At<'a>> + use<'a> {
        self.cells(row, &(0..=u32::MAX))
    }

    /// The cell's own value.
    pub(super) fn own(self, row: u32, column: u32) -> Option<At<'a>> {
        let value = self.sheet.value(row, column).filter(|value| is_occupied(value))?;
        Some(At { row, column, value })
    }

    /// The cell's own value, or the top of the vertical merge in which it lies; a blank cell outside a merge stays
    /// blank (rule 9 of `domain/rosters.md` § 2).
    pub(super) fn carried_down(self, row: u32, column: u32) -> Option<At<'a>> {
        self.own(row, column).or_else(|| {
            let merges = self.sheet.merged.iter();
            let range = merges
                .filter(|range| range.left == column && range.contains(row, column))
                .find(|range| range.top < row)?;
            self.own(range.top, range.left)
        })
    }

    /// The value that stands above a cell of the second header row: its own, or that of the merge in which it lies.
    pub(super) fn spread(self, row: u32, column: u32) -> Option<At<'a>> {
        self.own(row, column).or_else(|| {
            let range = self.sheet.merged.iter().find(|range| range.contains(row, column))?;
            self.own(range.top, range.left)
        })
    }
}

impl At<'_> {
    /// The text of the cell, trimmed.
    pub(super) fn text(&self) -> String {
        self.value.text().trim().to_owned()
    }
}

fn is_occupied(value: &Value) -> bool {
    match value {
        Value::Text(text) => {
            text.contains(|letter: char| !letter.is_whitespace() && letter != '\u{feff}' && letter != '\u{200b}')
        }
        _ => true,
    }
}
