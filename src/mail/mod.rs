//! Letters to the homeroom teachers: composed once, as bytes, and handed to a mail server.
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
//! | `password` | a password that cannot be shown |
//! | `base64` | the sign-in's letters |
//! | `smtp` | one letter handed over, phase by phase |
//! | `readable` | a composed letter as a person reads it |
//! | `trial` | a letter as a test |
//! | `latin` | file names for mail programs that know Latin letters only |

mod base64;
mod change_letter;
mod compose;
mod content;
mod draft;
mod error;
mod identity;
mod keys;
mod latin;
mod password;
mod readable;
pub mod smtp;
mod trial;
mod wording;

pub use change_letter::{ChangeLetter, NewsCount};
pub use compose::{FILES_MAX, Letter, compose, is_to_former_moderator};
pub use content::{Enclosure, FileForm, HandedChat, Handover, LetterContent, Occasion, OpenItem, Recipient, Sender};
pub use draft::{DraftLetter, draft};
pub use error::MailError;
pub use identity::kind;
pub use keys::{Keyring, KeyringError};
pub use password::Password;
pub use readable::readable;
pub use trial::trial;
pub use wording::{LetterTemplate, LetterTemplates, TEMPLATES, TemplateFault};
