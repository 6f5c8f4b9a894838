//! A sheet as the eye sees it: blank texts are no cells, a vertical merge shows its value in all its rows.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use super::column_words::ColumnWords;
use super::meaning::Meaning;
use crate::tables::{MergedRange, Sheet, Value};

/// A sheet of occupied cells, and the words by which its headers are known.
#[derive(Clone, Copy)]
pub(super) struct Grid<'a> {
    sheet: &'a Sheet,
    merges: &'a Merges,
    words: &'a ColumnWords,
}

/// The merged ranges by their left column, from top to bottom: blank cells are many, and each asks for its range.
#[derive(Debug)]
pub(super) struct Merges(BTreeMap<u32, Vec<MergedRange>>);

impl Merges {
    pub(super) fn of(sheet: &Sheet) -> Self {
        let mut merges: BTreeMap<u32, Vec<MergedRange>> = BTreeMap::new();
        for range in &sheet.merged {
            merges.entry(range.left).or_default().push(*range);
        }
        for ranges in merges.values_mut() {
            ranges.sort_by_key(|range| range.top);
        }
        Self(merges)
    }

    /// The range that begins in a column, above a row, and reaches down to it.
    fn above(&self, row: u32, column: u32) -> Option<&MergedRange> {
        let ranges = self.0.get(&column)?;
        let above = ranges.partition_point(|range| range.top < row).checked_sub(1)?;
        ranges.get(above).filter(|range| range.contains(row, column))
    }
}

/// A cell with its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct At<'a> {
    pub(super) row: u32,
    pub(super) column: u32,
    pub(super) value: Value<'a>,
}

impl<'a> Grid<'a> {
    pub(super) fn new(sheet: &'a Sheet, merges: &'a Merges, words: &'a ColumnWords) -> Self {
        Self { sheet, merges, words }
    }

    /// The words by which headers are known here.
    pub(super) fn words(self) -> &'a ColumnWords {
        self.words
    }

    /// The meaning of a header.
    pub(super) fn meaning(self, header: &str) -> Meaning {
        self.words.meaning(header)
    }

    /// The rows that have an occupied cell.
    pub(super) fn rows(self) -> impl Iterator<Item = u32> + 'a {
        self.sheet.rows().filter(move |row| self.row(*row).next().is_some())
    }

    /// The occupied cells of a row in some columns.
    pub(super) fn cells(self, row: u32, columns: &RangeInclusive<u32>) -> impl Iterator<Item = At<'a>> + use<'a> {
        let columns = columns.clone();
        let cells = self.sheet.row(row).filter(move |cell| columns.contains(&cell.column) && is_occupied(cell.value));
        cells.map(move |cell| At { row, column: cell.column, value: cell.value })
    }

    /// All occupied cells of a row.
    pub(super) fn row(self, row: u32) -> impl Iterator<Item = At<'a>> + use<'a> {
        self.cells(row, &(0..=u32::MAX))
    }

    /// The cell's own value.
    pub(super) fn own(self, row: u32, column: u32) -> Option<At<'a>> {
        let value = self.sheet.value(row, column).filter(|value| is_occupied(*value))?;
        Some(At { row, column, value })
    }

    /// The cell's own value, or the top of the vertical merge in which it lies; a blank cell outside a merge stays
    /// blank (rule 9 of `docs/inputs.md` § 2).
    pub(super) fn carried_down(self, row: u32, column: u32) -> Option<At<'a>> {
        if self.merges.0.is_empty() {
            return self.own(row, column);
        }
        self.own(row, column).or_else(|| {
            let range = self.merges.above(row, column)?;
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

impl<'a> At<'a> {
    /// The text of the cell, trimmed.
    pub(super) fn text(&self) -> Cow<'a, str> {
        match self.value.text() {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            // What is not a text has no blanks around it.
            shown @ Cow::Owned(_) => shown,
        }
    }
}

fn is_occupied(value: Value<'_>) -> bool {
    match value {
        Value::Text(text) => {
            text.contains(|letter: char| !letter.is_whitespace() && letter != '\u{feff}' && letter != '\u{200b}')
        }
        _ => true,
    }
}
