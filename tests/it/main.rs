//! The program as a user runs it.

mod drawn_pdf;
mod ink;
mod pdf_text;
mod pixels;
