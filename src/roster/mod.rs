//! Cells → people and issues: the class lists, the staff, the teaching load, the groups.
//!
//! Reading never fails as a whole: each function returns what could be understood and every problem with its place.
//! A pupil is never dropped, invented or put into another class in silence (`domain/rosters.md`).
//!
//! It knows nothing of chats, links, papers and settings.

mod class_list;
mod dates;
mod header;
mod names;

pub use class_list::{
    ClassListReading, ColumnReading, GuardianPart, GuardianSlot, HomeroomMention, Kin, Meaning, SheetOutcome,
    SheetReading, SkipReason, SkippedRow, TableReading, read, read_workbook,
};
pub use names::NameOrder;
