//! The program as a user runs it: the built binary on folders of files, in an empty environment, at a fixed date.

mod bad_input;
mod call;
//! The program as a user runs it.

#[cfg(test)]
mod big_school;
#[cfg(test)]
mod drawn_pdf;
#[cfg(test)]
#[path = "../../benches/generate.rs"]
mod generate;
#[cfg(test)]
mod ink;
#[cfg(test)]
mod pdf_text;
#[cfg(test)]
mod pixels;
