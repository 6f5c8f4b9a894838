//! Letters to the homeroom teachers: composed once, as bytes.
//!
//! A letter carries the papers of one class and goes to that class's homeroom teacher only. Links and pupils' names
//! stand in the attachments, never in a subject, a header or a file name. The same content gives the same bytes.
//!
//! | file | idea |
//! | --- | --- |
//! | `content` | what a letter says and carries |
//! | `compose` | the content → the bytes of an `.eml` file |
//! | `wording` | the templates → text and HTML |
//! | `identity` | the Message-ID and the package key |
//! | `latin` | file names for mail programs that know Latin letters only |

mod compose;
mod content;
mod error;
mod identity;
mod latin;
mod wording;

pub use compose::{FILES_MAX, Letter, compose};
pub use content::{Enclosure, LetterContent, Recipient, Sender};
pub use error::MailError;
pub use wording::{LetterTemplates, TEMPLATES};
