//! What is done and what is left, as a table for the terminal and as JSON.
//!
//! It reads finished values and changes nothing. The report holds no link, no name of a pupil and no text of an issue,
//! which may quote a table: JSON names the kind and the place of an issue, and the place leads to the cell.
//!
//! | file | idea |
//! | --- | --- |
//! | `run_report` | the report of a run as a value |
//! | `task` | what is left to do: who, what, by when |
//! | `summary` | the table of classes |
//! | `chats` | the table of planned chats |
//! | `grid` | how tables look in a terminal |

mod chats;
mod grid;
mod inspection;
mod run_report;
#[cfg(test)]
mod sample;
mod summary;
mod task;

pub use chats::plan_table;
pub use grid::wrap;
pub use inspection::{Inspection, Refusal};
pub use run_report::{
    ClassRow, IssueRow, Issues, LetterState, LinkCounts, Outcome, Papers, RunReport, SchoolRow, Totals, report,
};
pub use summary::table;
pub use task::{Task, tasks};
