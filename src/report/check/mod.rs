//! The office's report of `check`: what every file gave, and every problem with its place and what to do.
//!
//! | file | idea |
//! | --- | --- |
//! | `files` | what each file gave, as a value |
//! | `gravity` | the order and the words in which problems are shown |
//! | `runs` | many problems of one sort as one |
//! | `text` | for the terminal |
//! | `workbook` | a table to be handed to the secretary |

mod files;
mod gravity;
mod runs;
mod text;
mod workbook;

pub use files::{CheckReport, CheckSummary, FileReport, Gave, ReadFile};
pub use gravity::Gravity;
pub use text::{check_text, issue_list, issue_totals};
pub use workbook::{check_table, is_check_table};
