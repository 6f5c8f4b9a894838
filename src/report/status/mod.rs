//! Where the move stands: chats, links, papers, signatures, who has joined; what is to be done now, by whom, by when.
//!
//! One value, [`Status`], is made from what is recorded; the terminal, JSON, the workbook and the page show it and count
//! nothing themselves, so their figures are the same. It holds names of pupils and parents only where they were asked for.
//!
//! | file | idea |
//! | --- | --- |
//! | `share` | how much of something is done |
//! | `chat_status` | how far one chat is |
//! | `value` | the state of a school, and how it follows from what is recorded |
//! | `work` | what is left to do, by whom, by when; in files of their own that of the letters and of the old chats |
//! | `timeline` | how the shares grew, day by day |
//! | `schools` | several schools, a row each |
//! | `text` | the state for the terminal |
//! | `page`, `chart` | the state as a page of its own, with its figures drawn |
//! | `workbook` | the state as an .xlsx workbook |

mod chart;
mod chat_status;
mod page;
mod schools;
mod share;
mod text;
mod timeline;
mod value;
mod work;
mod workbook;

pub use chat_status::ChatStatus;
pub use page::{StatusPageError, status_page};
pub use schools::{SchoolLine, school_table};
pub use share::{Share, Shares};
pub use text::{status_text, work_list};
pub use timeline::{Timeline, TimelinePoint};
pub use value::{ClassStatus, Letters, MissingMember, Names, PersonStatus, Signing, Status, StatusInputs, status};
pub use work::{Doer, Work, WorkKind, open_work};
pub use workbook::{StatusBookError, is_status_workbook, status_workbook};
