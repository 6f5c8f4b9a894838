//! A card for each pupil: the name of the field on the left, its value on the right.

use super::columns::{Column, settle};
use super::grid::{At, Grid};
use super::meaning::Meaning;
use super::pupil::looks_like_name;

/// The card of one pupil.
#[derive(Debug)]
pub(super) struct Card<'a> {
    /// Its first row.
    pub(super) first_row: u32,
    /// The row behind its last one.
    pub(super) end_row: u32,
    /// Its fields. The index of a column is the row of the field: cards grow downwards.
    pub(super) columns: Vec<Column>,
    /// The values, one for each field.
    pub(super) values: Vec<At<'a>>,
}

impl<'a> Card<'a> {
    /// The values under the fields, as a row of a table would hold them.
    pub(super) fn cells(&self) -> Vec<(&Column, At<'a>)> {
        self.columns.iter().zip(self.values.iter().copied()).collect()
    }
}

/// Finds the cards of a sheet; none where the sheet is laid out in another way.
pub(super) fn cards<'a>(grid: Grid<'a>, rows: &[u32]) -> Vec<Card<'a>> {
    let mut cards: Vec<Card<'a>> = Vec::new();
    for row in rows {
        let Some((column, value)) = pair(grid, *row) else { continue };
        let repeats = |card: &Card<'_>| card.columns.iter().any(|known| known.meaning == column.meaning);
        match cards.last_mut() {
            Some(card) if !repeats(card) => {
                card.columns.push(column);
                card.values.push(value);
                card.end_row = row + 1;
            }
            _ => cards.push(Card { first_row: *row, end_row: row + 1, columns: vec![column], values: vec![value] }),
        }
    }
    for card in &mut cards {
        settle(&mut card.columns);
    }
    let whole =
        |card: &Card<'_>| card.columns.len() >= 2 && card.cells().iter().any(|(column, value)| names(column, *value));
    if cards.iter().all(whole) { cards } else { Vec::new() }
}

/// The field of a row, if it is one: a known word, and one value to its right.
fn pair(grid: Grid<'_>, row: u32) -> Option<(Column, At<'_>)> {
    let cells: Vec<At<'_>> = grid.row(row).collect();
    let [key, value] = cells.as_slice() else { return None };
    let field = Column::known_by(grid.words(), row, key.text().into_owned());
    let plain = grid.meaning(&value.text()) == Meaning::Unknown;
    (plain && !matches!(field.meaning, Meaning::Unknown | Meaning::Ordinal)).then_some((field, *value))
}

fn names(column: &Column, value: At<'_>) -> bool {
    match column.meaning {
        Meaning::FullName(_) => looks_like_name(&value.text()),
        Meaning::Surname => value.text().chars().any(char::is_alphabetic),
        _ => false,
    }
}
