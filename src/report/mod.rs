//! What is done and what is left, as a table for the terminal and as JSON; how one list was understood.
//!
//! It reads finished values and changes nothing. The report of a run holds no link, no name of a pupil and no text of
//! an issue, which may quote a table: JSON names the kind and the place of an issue, and the place leads to the cell.
//! Only the register of signatures, the comparison of a chat's members, the state where names are asked for, the office's report of `check` shows the issues themselves, and a comparison of two lists and an explanation name
//! pupils, for they are asked who they are; links, telephones and addresses stand in neither.
//!
//! | file | idea |
//! | --- | --- |
//! | `run_report` | the report of a run as a value |
//! | `task` | what is left to do: who, what, by when |
//! | `summary` | the table of classes |
//! | `chats` | the table of planned chats |
//! | `check` | the office's report: what was read, and every problem |
//! | `inspection` | how one class list was understood, as JSON |
//! | `inspection_view` | the same for the terminal: form, columns, rows left out, columns not understood |
//! | `people` | the people of one list, to be compared with the paper |
//! | `difference` | what a run changes, class by class |
//! | `explanation`, `explanation_view` | what is recorded about one person, class or chat: as JSON, and for people |
//! | `forgetting` | who and what is forgotten |
//! | `reprinted` | what was printed again, and where it lies |
//! | `comparison`, `changes` | what changed between two lists: as JSON, and for people |
//! | `moving` | the chats of foreign messengers, what replaces them and what to write there |
//! | `ack` | who has read the rules and may be included |
//! | `joined` | who was found in a chat and who was not |
//! | `status` | where the move stands: terminal, JSON, a workbook, a page |
//! | `links` | how far each chat is, and what came of the links that were sent back |
//! | `letters` | the letters in the outbox |
//! | `grid` | how tables look in a terminal |

mod ack;
mod changes;
mod chats;
mod check;
mod comparison;
mod difference;
mod explanation;
mod explanation_view;
mod forgetting;
mod grid;
mod inspection;
mod inspection_view;
mod joined;
mod letters;
mod links;
mod moving;
mod outlook;
mod people;
mod reprinted;
mod run_report;
#[cfg(test)]
mod sample;
mod status;
mod summary;
mod task;
mod uptake_facts;

pub use ack::{AckLine, ack_counts, ack_table};
pub use changes::{changes, pupil_with_place};
pub use chats::plan_table;
pub use check::{
    CheckReport, CheckSummary, FileReport, Gave, Gravity, ReadFile, check_table, check_text, is_check_table,
    issue_list, issue_totals,
};
pub use comparison::{Comparison, Exceeded, FromTo, StudentRow, Unclear, comparison, questions, suggestions};
pub use difference::{ChangeRow, change_list, change_rows, difference};
pub use explanation::{
    ChatFact, ChatFacts, Ended, EventRow, Explanation, Facts, LinkFact, LinkStanding, PaperFact, PupilFacts, Standing,
    Titles, chats_of_class, chats_of_pupil, chats_of_staff, paper_facts,
};
pub use explanation_view::explanation_text;
pub use forgetting::{Forgetting, Leaver, ToldWhen, forgetting_text};
pub use grid::wrap;
pub use inspection::{Inspection, Refusal};
pub use inspection_view::{ColumnsSection, unclear_columns, understood};
pub use joined::{JoinedChat, joined_text};
pub use letters::{LetterLine, ReminderLine, letter_table, reminder_table, size_words, waiting_table};
pub use links::{AnswerLine, LinkLine, answer_list, link_table, stage_counts};
pub use moving::{MoveRow, MovingReport, NewRow, moving_text};
pub use outlook::{AwaitedRow, Kept, KeptRow, Outlook};
pub use people::people;
pub use reprinted::{Reprinted, ReprintedPaper, reprinted_text};
pub use run_report::{
    ClassRow, IssueRow, Issues, LetterState, LinkCounts, Outcome, Papers, RunReport, SchoolRow, Totals, report,
};
pub use status::{
    ChatStatus, ClassStatus, Doer, Letters, MissingMember, Names, PersonStatus, SchoolLine, Share, Shares, Signing,
    Status, StatusBookError, StatusInputs, StatusPageError, Timeline, TimelinePoint, Work, WorkKind,
    is_status_workbook, open_work, school_table, status, status_page, status_text, status_workbook, work_list,
};
pub use summary::table;
pub use task::{Task, tasks};
pub use uptake_facts::{JoinedFact, SignatureFact};
