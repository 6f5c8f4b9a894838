//! Letters to the homeroom teachers: composed once, as bytes.
//!
//! A letter carries the papers of one class and goes to that class's homeroom teacher only. Links and pupils' names
//! stand in the attachments, never in a subject, a header or a file name. The same content gives the same bytes. The
//! papers of the school itself are nobody's letter: they stay with the deputy director, who makes them.
//!
//! | file | idea |
//! | --- | --- |
//! | `content` | what a letter says and carries |
//! | `change_letter` | what the letter of a change says of it, in numbers |
//! | `compose` | the content → the bytes of an `.eml` file |
//! | `draft` | a letter that a person finishes and sends |
//! | `wording` | the templates → text and HTML |
//! | `identity` | the Message-ID and the package key |
//! | `latin` | file names for mail programs that know Latin letters only |

mod change_letter;
mod compose;
mod content;
mod draft;
mod error;
mod identity;
mod latin;
mod wording;

pub use change_letter::{ChangeLetter, NewsCount};
pub use compose::{FILES_MAX, Letter, compose};
pub use content::{Enclosure, FileForm, LetterContent, Occasion, Recipient, Sender};
pub use draft::{DraftLetter, draft};
pub use error::MailError;
pub use wording::{LetterTemplate, LetterTemplates, TEMPLATES};
