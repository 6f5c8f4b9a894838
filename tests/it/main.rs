//! The program as a user runs it: the built binary on folders of files, in an empty environment, at a fixed date.

mod bad_input;
mod call;
//! The program as a user runs it.

mod drawn_pdf;
mod ink;
mod pdf_text;
mod pixels;
