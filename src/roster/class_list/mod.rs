//! Class lists: which pupils are in which class, and who their parents are.
//!
//! From the whole to the part: [`assemble`] joins files, [`workbook`] reads one, [`sheet`] one sheet; [`table`] finds
//! the header, [`columns`] settles what each column means, [`rows`] tells pupils from the rest, [`pupil`] reads one.
//! All of it is pure but for the reading of the files. What was understood, and why, is a value ([`reading`]).

mod apart;
mod assemble;
mod classes;
mod column_words;
mod columns;
mod fingerprint;
mod grid;
mod guardians;
mod header_lists;
mod header_words;
mod key_value;
mod left_out;
mod meaning;
mod mention;
mod merge;
mod notes;
mod one_cell;
mod one_list;
mod pupil;
mod reading;
mod rows;
mod sheet;
mod table;
#[cfg(test)]
mod tests;
mod unclear;
mod unheaded;
mod whose;
mod workbook;

pub use assemble::read;
pub use column_words::{ColumnWordError, ColumnWords};
pub use meaning::{GuardianPart, GuardianSlot, Kin, Meaning};
pub use one_list::{OneList, read_one};
pub use reading::{
    ClassListReading, ColumnReading, HomeroomMention, SheetOutcome, SheetReading, SkipReason, SkippedRow, TableLayout,
    TableReading,
};
pub use unclear::{UnclearColumn, UnclearTable};
pub use workbook::read_workbook;
