//! Invitation links: judged, normalised, kept in the register.
//!
//! The program never makes up a MAX link; what is no invitation to the chat is refused with the reason
//! (`domain/max.md`). A link is a secret: it stands in no message.

mod address;
mod code;
mod error;
mod judge;
mod remark;

pub use error::{LinkError, Messenger};
pub use judge::{Judged, judge};
pub use remark::LinkRemark;
