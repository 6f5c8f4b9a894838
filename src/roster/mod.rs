//! Cells → people and issues: the class lists, the staff, the teaching load, the groups, the
//! acknowledgements.
//!
//! Reading never fails as a whole: each function returns what could be understood and every problem with its place.
//! A pupil is never dropped, invented or put into another class in silence (`docs/inputs.md`).
//!
//! It knows nothing of chats, links, papers and settings.

mod acknowledgements;
mod blank_tables;
pub(crate) mod cell_text;
mod class_list;
mod classes;
mod cross_check;
pub(crate) mod dates;
mod groups;
pub(crate) mod header;
pub mod identity;
mod in_two_classes;
mod load;
mod names;
mod nearest;
mod old_chats;
pub(crate) mod sheet_table;
mod staff;

pub use acknowledgements::read_acknowledgements;
pub(crate) use acknowledgements::{
    Field as AcknowledgementField, LAYOUT as ACKNOWLEDGEMENT_LAYOUT, acknowledgements_of,
};
pub use blank_tables::{BlankTable, BlankTableError, blank_tables};
pub use class_list::{
    ClassListReading, ColumnReading, ColumnWordError, ColumnWords, GuardianPart, GuardianSlot, HomeroomMention, Kin,
    Meaning, OneList, SheetOutcome, SheetReading, SkipReason, SkippedRow, TableLayout, TableReading, UnclearColumn,
    UnclearTable, read, read_one, read_workbook,
};
pub use cross_check::{cross_check, tell_of_successors, unknown_signers};
pub use groups::read_groups;
pub use load::read_load;
pub use names::NameOrder;
pub use old_chats::read_old_chats;
pub use staff::read_staff;
