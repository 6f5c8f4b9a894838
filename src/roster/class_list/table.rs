//! Where a table of people is on a sheet: its header of one or two rows, and tables side by side.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::column_words::ColumnWords;
use super::columns::{Column, settle};
use super::grid::Grid;
use super::meaning::{GuardianPart, GuardianSlot, Meaning};
use crate::tables::Value;

/// How many rows from the top the header may stand at most, blank rows not counted (rule 5 of `docs/inputs.md` § 2).
const HEADER_WITHIN: usize = 30;
/// How many rows below a header are looked at for names.
const LOOK_AHEAD: usize = 10;

/// The header of a table of people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// Its rows: one or two.
    pub(super) rows: Vec<u32>,
    /// Its columns from left to right, not yet settled.
    pub(super) columns: Vec<Column>,
}

/// One table of a sheet, perhaps beside another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// The columns, settled.
    pub(super) columns: Vec<Column>,
    /// The columns of the sheet that the table takes.
    pub(super) span: RangeInclusive<u32>,
}

/// A header that repeats its names in a way that leaves the tables side by side unclear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UnclearBlocks {
    /// The column of the second name.
    pub(super) column: u32,
}

impl Header {
    /// The first header of a sheet.
    pub(super) fn first(grid: Grid<'_>) -> Option<Self> {
        let rows: Vec<u32> = grid.rows().collect();
        let top: Vec<u32> = rows.iter().copied().take(HEADER_WITHIN).collect();
        let named = top.iter().filter_map(|row| Self::at(grid, *row)).find(|header| header.names_below(grid, &rows));
        // A list that is still empty has a header, too.
        named.or_else(|| top.iter().find_map(|row| Self::at(grid, *row)).filter(|header| header.nothing_below(&rows)))
    }

    /// The header that begins in a row, if it is one.
    pub(super) fn at(grid: Grid<'_>, row: u32) -> Option<Self> {
        Self::of_two_rows(grid, row).or_else(|| Self::of_one_row(grid, row)).filter(Self::is_of_people)
    }

    /// The last row.
    pub(super) fn bottom(&self) -> u32 {
        self.rows.last().copied().unwrap_or_default()
    }

    /// Whether another header names the same columns in the same places.
    pub(super) fn repeats(&self, other: &Self) -> bool {
        let places =
            |header: &Self| header.columns.iter().map(|column| (column.index, column.meaning)).collect::<Vec<_>>();
        places(self) == places(other)
    }

    /// The tables that stand side by side under this header; usually one.
    pub(super) fn blocks(&self) -> Result<Vec<Block>, UnclearBlocks> {
        let whole = |column: &&Column| matches!(column.meaning, Meaning::FullName(_));
        let surname = |column: &&Column| column.meaning == Meaning::Surname;
        let names: Vec<&Column> = match self.columns.iter().filter(whole).collect::<Vec<_>>() {
            names if names.is_empty() => self.columns.iter().filter(surname).collect(),
            names => names,
        };
        let [_, second, ..] = names.as_slice() else { return Ok(vec![Block::of(self.columns.clone(), 0, u32::MAX)]) };
        let first_meaning = self.columns.first().map(|column| column.meaning);
        let starts: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .filter(|(_, column)| Some(column.meaning) == first_meaning)
            .map(|(at, _)| at)
            .collect();
        if starts.len() != names.len() {
            return Err(UnclearBlocks { column: second.index });
        }
        let blocks = starts.iter().enumerate().map(|(nth, &start)| {
            let end = starts.get(nth + 1).copied().unwrap_or(self.columns.len());
            let columns = self.columns.get(start..end).unwrap_or_default().to_vec();
            let left = if nth == 0 { 0 } else { columns.first().map_or(0, |column| column.index) };
            let right = self.columns.get(end).map_or(u32::MAX, |next| next.index - 1);
            Block::of(columns, left, right)
        });
        Ok(blocks.collect())
    }

    fn of_one_row(grid: Grid<'_>, row: u32) -> Option<Self> {
        let columns: Vec<Column> =
            grid.row(row).map(|cell| Column::known_by(grid.words(), cell.column, cell.text().into_owned())).collect();
        (!columns.is_empty()).then(|| Self { rows: vec![row], columns })
    }

    /// A header whose second row tells what stands under the merged cells of the first («Мать» above «ФИО»).
    fn of_two_rows(grid: Grid<'_>, row: u32) -> Option<Self> {
        let below = row.checked_add(1)?;
        let under: Vec<_> = grid.row(below).collect();
        let known = |text: &str| grid.meaning(text) != Meaning::Unknown;
        if under.is_empty()
            || !under.iter().all(|cell| {
                let text = cell.text();
                text.chars().any(char::is_alphabetic) && (known(&text) || Meaning::is_pupil_word(&text))
            })
        {
            return None;
        }
        let indexes: BTreeSet<u32> = grid.row(row).chain(grid.row(below)).map(|cell| cell.column).collect();
        let mut columns = Vec::new();
        // The text of the last top cell that has a cell below it: files without merges leave the cells right of it blank.
        let mut group: Option<String> = None;
        let mut pairs = 0_usize;
        for index in indexes {
            let own_top = grid.own(row, index).map(|cell| cell.text().into_owned());
            let bottom = grid.own(below, index).map(|cell| cell.text().into_owned());
            let top = grid
                .spread(row, index)
                .map(|cell| cell.text().into_owned())
                .or_else(|| group.clone().filter(|_| bottom.is_some()));
            let column = match (top, bottom) {
                (Some(top), Some(bottom)) => {
                    if own_top.is_some() && !known(&top) && !is_group(&top) {
                        return None;
                    }
                    pairs += 1;
                    group = Some(top.clone());
                    let joined = format!("{top} {bottom}");
                    if let Some(meaning) = own_joined_meaning(grid.words(), &joined, &bottom) {
                        Column::told(index, joined, meaning)
                    } else {
                        let meaning = joined_meaning(Meaning::of(&joined), Meaning::of(&bottom));
                        Column::of(index, joined, meaning)
                    }
                }
                (Some(top), None) => {
                    group = None;
                    Column::known_by(grid.words(), index, top)
                }
                (None, Some(bottom)) => Column::known_by(grid.words(), index, bottom),
                (None, None) => continue,
            };
            columns.push(column);
        }
        (pairs > 0 && grid.row(row).count() >= 2).then(|| Self { rows: vec![row, below], columns })
    }

    /// At least two different known fields, one of them a person's name.
    fn is_of_people(&self) -> bool {
        let known: BTreeSet<Meaning> =
            self.columns.iter().map(|column| column.meaning).filter(|meaning| *meaning != Meaning::Unknown).collect();
        let name = known.iter().any(|meaning| matches!(meaning, Meaning::FullName(_) | Meaning::Surname));
        name && known.len() >= 2
    }

    fn names_below(&self, grid: Grid<'_>, rows: &[u32]) -> bool {
        let names: Vec<u32> =
            self.columns.iter().filter(|column| column.meaning.is_name()).map(|column| column.index).collect();
        let below = rows.iter().filter(|row| **row > self.bottom()).take(LOOK_AHEAD);
        below.into_iter().any(|row| {
            names.iter().any(|column| {
                grid.carried_down(*row, *column).is_some_and(|cell| {
                    let text = cell.text();
                    cell.value == Value::FormulaWithoutValue
                        || text.chars().any(char::is_alphabetic) && grid.meaning(&text) == Meaning::Unknown
                })
            })
        })
    }

    fn nothing_below(&self, rows: &[u32]) -> bool {
        rows.iter().all(|row| *row <= self.bottom())
    }
}

impl Block {
    fn of(mut columns: Vec<Column>, left: u32, right: u32) -> Self {
        settle(&mut columns);
        Self { columns, span: left..=right }
    }

    /// Whether the table is one of staff (`Должность`, `Предмет`). A header that calls its people pupils («ФИО
    /// ученика», «Предмет» in a list of an olympiad) says that it is not.
    pub(super) fn is_of_staff(&self) -> bool {
        let names = self.columns.iter().filter(|column| column.meaning.is_name());
        let of_pupils = names.into_iter().any(|column| Meaning::names_pupils(&column.header));
        !of_pupils && self.columns.iter().any(|column| column.meaning == Meaning::Staff)
    }
}

/// The meaning of a column whose header has two rows: that of both together, where the lower one names a part of a
/// name, only whose it is («ФИО родителя» above «Имя»).
fn joined_meaning(joined: Meaning, bottom: Meaning) -> Meaning {
    let part = match bottom {
        Meaning::Surname => Some(GuardianPart::Surname),
        Meaning::Given => Some(GuardianPart::Given),
        Meaning::Patronymic => Some(GuardianPart::Patronymic),
        _ => None,
    };
    match (joined, part) {
        (Meaning::Unknown | Meaning::FullName(_), Some(_)) | (Meaning::Unknown, None) => bottom,
        (Meaning::Guardian(slot, GuardianPart::Name(_)), Some(part)) => Meaning::Guardian(slot, part),
        (joined, _) => joined,
    }
}

/// What the school says of a header of two rows, or of its lower row alone; of whom the upper row speaks, of them the
/// column still is («Мать» above «Контакт»).
fn own_joined_meaning(words: &ColumnWords, joined: &str, bottom: &str) -> Option<Meaning> {
    let of_bottom = || match (words.own(bottom)?, Meaning::of(joined)) {
        (Meaning::Guardian(GuardianSlot::Plain, part), Meaning::Guardian(slot, _)) => {
            Some(Meaning::Guardian(slot, part))
        }
        (own, _) => Some(own),
    };
    words.own(joined).or_else(of_bottom)
}

/// Words over a group of columns that mean nothing alone.
fn is_group(text: &str) -> bool {
    let key = super::super::header::header_key(text);
    ["контакт", "сведения", "данные", "информация", "дата", "личные", "класс"].iter().any(|stem| key.starts_with(stem))
}
