//! The value of a cell on its way from a file into a sheet.

use jiff::civil::DateTime;

/// The value of a cell with a text of its own; as [`Value`](super::cells::Value) otherwise.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum OwnedValue {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// A real date.
    Date(DateTime),
    /// True or false.
    Bool(bool),
    /// A formula whose value was not saved.
    FormulaWithoutValue,
    /// An error value.
    Error(String),
}
