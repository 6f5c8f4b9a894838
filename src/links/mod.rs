//! Invitation links: judged, normalised, kept in the register.
//!
//! The program never makes up a MAX link; what is no invitation to the chat is refused with the reason
//! (`docs/inputs.md` § 6). A link is a secret: it stands in no message, only in the register and on papers.
//!
//! It knows chats by their keys, titles and kinds, and nothing of how they were planned, of papers and of mail.

mod address;
mod code;
mod columns;
mod error;
mod find_chat;
mod intake;
mod judge;
mod letter;
mod progress;
mod register;
mod register_sheet;
mod remark;
mod returned;
#[cfg(test)]
mod samples;
mod settle;
pub mod site;
mod write_register;

pub use error::{LinkError, Messenger};
pub use find_chat::named;
pub use intake::{Intake, Outcome, Verdict, intake};
pub use judge::{Judged, judge};
pub use register::{RegisterRows, read_register};
pub use remark::LinkRemark;
pub use returned::{Doubt, Returned, Unclear, read_returned};
pub use settle::{RegisterYear, Remembered, settle};
pub use write_register::{
    RegisterError, Settled, asking_table, renew_register, rewrite_register, settled_register, write_register,
};
