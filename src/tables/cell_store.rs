//! The cells of a sheet, packed: sixteen bytes each, and one text for all.
//!
//! A list of a hundred thousand pupils has a million cells. A map of rows with a text of its own for each cell takes
//! several times the room of the file, and most of the time of reading goes into it.

use jiff::civil::DateTime;

use super::cells::Value;

/// The occupied cells of a sheet, in the order of rows and columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct CellStore {
    cells: Vec<Packed>,
    /// Where each occupied row begins; made when all cells are in.
    rows: Vec<RowStart>,
    texts: String,
    dates: Vec<DateTime>,
    /// Whether cells came in another order than that of rows and columns.
    unordered: bool,
}

/// A cell; what the two words mean depends on the kind.
#[derive(Clone, Copy, Debug)]
struct Packed {
    row: u32,
    column: u16,
    kind: Kind,
    words: [u32; 2],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Where the text begins and how long it is.
    Text,
    /// As [`Kind::Text`].
    Error,
    /// The bits of the number.
    Number,
    /// The place among the dates.
    Date,
    True,
    False,
    FormulaWithoutValue,
}

#[derive(Clone, Copy, Debug)]
struct RowStart {
    row: u32,
    first: u32,
}

/// An occupied cell of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CellOfRow<'a> {
    /// The zero-based column.
    pub column: u32,
    /// The value.
    pub value: Value<'a>,
}

impl CellStore {
    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The row of the cell that was added last.
    pub(super) fn last_row(&self) -> Option<u32> {
        self.cells.last().map(|cell| cell.row)
    }

    /// Adds a cell; one added twice keeps its later value. The store can be read after [`CellStore::settle`].
    pub(super) fn add(&mut self, row: u32, column: u16, value: Value<'_>) {
        let (kind, words) = self.pack(value);
        self.unordered |= self.cells.last().is_some_and(|last| (last.row, last.column) >= (row, column));
        self.cells.push(Packed { row, column, kind, words });
    }

    /// Adds a text that is written by a function into the text of all cells.
    pub(super) fn add_text(&mut self, row: u32, column: u16, write: impl FnOnce(&mut String)) {
        let start = self.texts.len();
        write(&mut self.texts);
        let words = [start as u32, (self.texts.len() - start) as u32];
        self.unordered |= self.cells.last().is_some_and(|last| (last.row, last.column) >= (row, column));
        self.cells.push(Packed { row, column, kind: Kind::Text, words });
    }

    pub(super) fn count(&self) -> usize {
        self.cells.len()
    }

    /// The bytes of all texts.
    pub(super) fn text_bytes(&self) -> usize {
        self.texts.len()
    }

    /// Adds the cells of another store, so many rows further down.
    pub(super) fn append(&mut self, other: Self, rows: u32) {
        let (texts, dates) = (self.texts.len() as u32, self.dates.len() as u32);
        let moved = other.cells.into_iter().map(|cell| {
            let [first, second] = cell.words;
            let words = match cell.kind {
                Kind::Text | Kind::Error => [first + texts, second],
                Kind::Date => [first + dates, second],
                Kind::Number | Kind::True | Kind::False | Kind::FormulaWithoutValue => cell.words,
            };
            Packed { row: cell.row + rows, words, ..cell }
        });
        let before = self.cells.len();
        self.cells.extend(moved);
        let joint = self.cells.get(before.saturating_sub(1)..=before).unwrap_or_default();
        self.unordered |= other.unordered;
        self.unordered |= matches!(joint, [last, first] if (last.row, last.column) >= (first.row, first.column));
        self.texts.push_str(&other.texts);
        self.dates.extend(other.dates);
    }

    fn pack(&mut self, value: Value<'_>) -> (Kind, [u32; 2]) {
        match value {
            Value::Text(text) => (Kind::Text, self.pack_text(text)),
            Value::Error(text) => (Kind::Error, self.pack_text(text)),
            Value::Number(number) => {
                let bits = number.to_bits();
                (Kind::Number, [(bits >> 32) as u32, bits as u32])
            }
            Value::Date(date) => {
                self.dates.push(date);
                (Kind::Date, [self.dates.len() as u32 - 1, 0])
            }
            Value::Bool(true) => (Kind::True, [0; 2]),
            Value::Bool(false) => (Kind::False, [0; 2]),
            Value::FormulaWithoutValue => (Kind::FormulaWithoutValue, [0; 2]),
        }
    }

    fn pack_text(&mut self, text: &str) -> [u32; 2] {
        let start = self.texts.len();
        self.texts.push_str(text);
        [start as u32, text.len() as u32]
    }

    /// Brings the cells into order once all of them are in.
    pub(super) fn settle(&mut self) {
        if std::mem::take(&mut self.unordered) {
            self.cells.sort_by_key(|cell| (cell.row, cell.column));
            // Of several values of one cell the last one stays.
            self.cells.reverse();
            self.cells.dedup_by_key(|cell| (cell.row, cell.column));
            self.cells.reverse();
        }
        self.index();
    }

    fn index(&mut self) {
        self.rows.clear();
        for (first, cell) in (0_u32..).zip(&self.cells) {
            if self.rows.last().is_none_or(|last| last.row != cell.row) {
                self.rows.push(RowStart { row: cell.row, first });
            }
        }
    }

    /// Drops the cells of which a function says so, by row and column.
    pub(super) fn drop_cells(&mut self, mut dropped: impl FnMut(u32, u32) -> bool) {
        self.cells.retain(|cell| !dropped(cell.row, u32::from(cell.column)));
        self.index();
    }

    /// Puts a value into a settled store.
    pub(super) fn put(&mut self, row: u32, column: u16, value: Value<'_>) {
        self.add(row, column, value);
        self.settle();
    }

    pub(super) fn rows(&self) -> impl DoubleEndedIterator<Item = u32> + '_ {
        self.rows.iter().map(|start| start.row)
    }

    pub(super) fn row(&self, row: u32) -> impl Iterator<Item = CellOfRow<'_>> {
        self.packed(row).iter().map(|cell| CellOfRow { column: u32::from(cell.column), value: self.unpack(cell) })
    }

    pub(super) fn value(&self, row: u32, column: u32) -> Option<Value<'_>> {
        let cells = self.packed(row);
        let at = cells.binary_search_by_key(&column, |cell| u32::from(cell.column)).ok()?;
        cells.get(at).map(|cell| self.unpack(cell))
    }

    fn packed(&self, row: u32) -> &[Packed] {
        let Ok(at) = self.rows.binary_search_by_key(&row, |start| start.row) else { return &[] };
        let place = |at: usize| self.rows.get(at).map_or(self.cells.len(), |start| start.first as usize);
        self.cells.get(place(at)..place(at + 1)).unwrap_or_default()
    }

    fn unpack(&self, cell: &Packed) -> Value<'_> {
        let [first, second] = cell.words;
        let text = || self.texts.get(first as usize..).and_then(|text| text.get(..second as usize)).unwrap_or_default();
        match cell.kind {
            Kind::Text => Value::Text(text()),
            Kind::Error => Value::Error(text()),
            Kind::Number => Value::Number(f64::from_bits(u64::from(first) << 32 | u64::from(second))),
            Kind::Date => Value::Date(self.dates.get(first as usize).copied().unwrap_or_default()),
            Kind::True => Value::Bool(true),
            Kind::False => Value::Bool(false),
            Kind::FormulaWithoutValue => Value::FormulaWithoutValue,
        }
    }
}

/// Stores are equal where their cells are, however the texts lie in memory.
impl PartialEq for CellStore {
    fn eq(&self, other: &Self) -> bool {
        self.cells.len() == other.cells.len()
            && self
                .cells
                .iter()
                .zip(&other.cells)
                .all(|(one, two)| (one.row, one.column, self.unpack(one)) == (two.row, two.column, other.unpack(two)))
    }
}

#[cfg(test)]
mod tests {
    use super::{CellStore, Value};

    #[test]
    fn cells_are_read_back_in_order() {
        let date = jiff::civil::date(2013, 5, 4).at(0, 0, 0, 0);
        let mut store = CellStore::default();
        store.add(5, 1, Value::Text("Иванов"));
        store.add(5, 0, Value::Number(-0.5));
        store.add(2, 7, Value::Date(date));
        store.add(5, 1, Value::Text("Щукина"));
        store.add(2, 8, Value::Error("#REF!"));
        store.add(9, 16_383, Value::Bool(true));
        store.add(9, 3, Value::FormulaWithoutValue);
        store.settle();
        assert_eq!(store.rows().collect::<Vec<_>>(), [2, 5, 9]);
        let row = |row: u32| store.row(row).map(|cell| (cell.column, cell.value)).collect::<Vec<_>>();
        assert_eq!(row(2), [(7, Value::Date(date)), (8, Value::Error("#REF!"))]);
        assert_eq!(row(5), [(0, Value::Number(-0.5)), (1, Value::Text("Щукина"))]);
        assert_eq!(row(9), [(3, Value::FormulaWithoutValue), (16_383, Value::Bool(true))]);
        assert_eq!(row(3), []);
        assert_eq!((store.value(5, 1), store.value(5, 2)), (Some(Value::Text("Щукина")), None));
    }

    #[test]
    fn dropped_cells_leave_no_empty_rows() {
        let mut store = CellStore::default();
        store.add(0, 0, Value::Bool(true));
        store.add(1, 0, Value::Bool(true));
        store.settle();
        store.drop_cells(|row, _| row == 0);
        assert_eq!(store.rows().collect::<Vec<_>>(), [1]);
    }
}
