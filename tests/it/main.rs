//! The program as a user runs it: the built binary on folders of files, in an empty environment, at a fixed date.

#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "tests make the files that they give to the program")]

mod bad_input;
mod big_school;
mod call;
mod check;
mod clauses;
mod column_orders;
mod compare;
mod corpus;
mod drawn_pdf;
mod explain;
mod forget;
#[path = "../../benches/generate.rs"]
#[expect(dead_code, reason = "the long class list is for another benchmark")]
mod generate;
mod ink;
mod inspect;
mod pdf_text;
mod pixels;
mod remembered;
mod samples;
mod small_tables;
mod unbreakable;
