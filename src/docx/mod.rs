//! Paragraphs and tables → the bytes of a .docx document for people to edit, such as the draft of an order.
//!
//! The page is that of ГОСТ Р 7.0.97-2016: A4 with margins of 20, 10, 20 and 20 mm, pages numbered at the top from the
//! second one on. The same values give the same bytes: no clock, no counter, no order of threads. Every text is a text,
//! whatever it looks like: never a field, a link or a command.
//!
//! It is written here and not by a library: `docx-rs` repeats no header row on the pages of a table, gives a document no
//! title, and would bring a second copy of both zip and quick-xml.
//!
//! It knows nothing of what a document is about and writes no file.

mod block;
mod package;
mod styles;
mod xml;

pub use block::{Align, Block, Borders, Column, Document, Keep, Paragraph, Run, Table, Twips, Weight};
pub use package::{DocxError, write};
