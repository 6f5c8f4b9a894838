//! Any table file → sheets of cells with their places.
//!
//! One reader serves every input. A file is known by its content, never by its extension; what cannot be read is
//! refused with one [`Issue`](crate::school::Issue) that says what to do. Reading stays within fixed limits of cells, bytes
//! and time, whatever the file claims about itself.
//!
//! It knows nothing of pupils, staff or links: a cell has a value and a place, no meaning. No type of calamine or csv
//! leaves this room.

mod archive;
mod biff;
mod bounded_record;
mod cell_store;
mod cells;
mod compound;
mod delimited;
mod encoding;
mod html;
mod html_tokens;
mod limits;
mod moment;
mod ods;
mod owned_value;
mod plain_lines;
mod read;
#[cfg(test)]
mod read_tests;
mod refusal;
mod shared_texts;
mod sheet_builder;
mod sniff;
mod source;
mod spreadsheet;
mod spreadsheet_ml;
mod xls;
mod xlsx;
mod xlsx_claims;
mod xml_text;

pub use cell_store::CellOfRow;
pub use cells::{Form, MergedRange, Sheet, Value, Workbook};
pub use read::{read, read_bytes, read_lines, read_raw};
pub use source::Source;
