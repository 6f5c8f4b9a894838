//! Texts → the bytes of an .xlsx table for people, such as the office's report of `check`.
//!
//! Every cell is a text, whatever it looks like: never a number, a formula or a hyperlink. All tables look alike, show
//! their header on every printed page and fit A4 paper across. The same values give the same bytes.
//!
//! It knows nothing of what a table is about and writes no file.

mod book;
mod write;

pub use book::{Book, Cell, Column, Filter, Look, Sheet, Weight};
pub use write::{SpreadsheetError, write};
