//! A list without a header: a column of names, perhaps with numbers and dates of birth beside it.
//!
//! Anything more would have to be guessed and is refused.

use std::collections::BTreeMap;

use super::super::names::{NameOrder, without_list_number};
use super::columns::{Column, Owner};
use super::grid::{At, Grid};
use super::meaning::Meaning;
use super::pupil::looks_like_name;
use super::table::Block;
use crate::tables::Value;

/// A list without a header.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct UnheadedList {
    /// The row of the first name.
    pub(super) first_row: u32,
    /// Its columns.
    pub(super) block: Block,
}

/// Finds the list: one column of two to three Cyrillic words, nothing else that would need a name.
pub(super) fn unheaded(grid: Grid<'_>, rows: &[u32]) -> Option<UnheadedList> {
    let mut names: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for cell in rows.iter().flat_map(|row| grid.row(*row)) {
        if is_listed_name(&cell) {
            names.entry(cell.column).or_default().push(cell.row);
        }
    }
    // A title or a signature may hold a name, too; a list holds at least three below each other.
    let mut lists = names.into_iter().filter(|(_, rows)| rows.len() >= 3);
    let (Some((column, name_rows)), None) = (lists.next(), lists.next()) else { return None };
    let first_row = first_of_run(&name_rows, rows)?;
    let mut columns = vec![Column {
        index: column,
        header: String::new(),
        meaning: Meaning::FullName(NameOrder::SurnameFirst),
        why: "шапки нет, в столбце стоят имена",
        rank: 0,
        owner: Owner::One,
    }];
    let cells_beside = || name_rows.iter().filter(|row| **row >= first_row).flat_map(|row| grid.row(*row));
    let mut others: BTreeMap<u32, Meaning> = BTreeMap::new();
    for cell in cells_beside().filter(|cell| cell.column != column) {
        let meaning = meaning_of_value(&cell)?;
        if *others.entry(cell.column).or_insert(meaning) != meaning {
            return None;
        }
    }
    columns.extend(others.into_iter().map(|(index, meaning)| Column {
        index,
        header: String::new(),
        meaning,
        why: "шапки нет, судя по значениям",
        rank: 0,
        owner: Owner::One,
    }));
    Some(UnheadedList { first_row, block: Block { columns, span: 0..=u32::MAX } })
}

fn is_listed_name(cell: &At<'_>) -> bool {
    let text = cell.text();
    let text = without_list_number(&text);
    let words = text.split_whitespace().count();
    (2..=4).contains(&words)
        && text.chars().any(|letter| matches!(letter, 'А'..='я' | 'Ё' | 'ё'))
        && !text.contains(|letter: char| letter.is_ascii_digit() || ":,«»_".contains(letter))
        && text.split_whitespace().all(|word| word.starts_with(char::is_uppercase) || words > 3)
        && looks_like_name(text)
        && Meaning::of(text) == Meaning::Unknown
}

/// The first name of the list: a name above it (a teacher, a director) stands apart from the names below.
fn first_of_run(name_rows: &[u32], rows: &[u32]) -> Option<u32> {
    let position = |row: &u32| rows.iter().position(|other| other == row);
    name_rows
        .windows(2)
        .find(|pair| matches!(pair, [one, two] if position(two) == position(one).map(|at| at + 1)))
        .and_then(|pair| pair.first().copied())
}

fn meaning_of_value(cell: &At<'_>) -> Option<Meaning> {
    match cell.value {
        Value::Date(_) => Some(Meaning::BirthDate),
        Value::Number(number) if number < 1000.0 => Some(Meaning::Ordinal),
        Value::Text(text) => {
            let digits = text.trim().trim_end_matches(['.', ')']);
            let date = text.chars().all(|letter| letter.is_ascii_digit() || letter == '.') && text.trim().len() >= 8;
            let ordinal =
                !digits.is_empty() && digits.len() <= 3 && digits.chars().all(|letter| letter.is_ascii_digit());
            match (date, ordinal) {
                (true, _) => Some(Meaning::BirthDate),
                (_, true) => Some(Meaning::Ordinal),
                _ => None,
            }
        }
        _ => None,
    }
}
