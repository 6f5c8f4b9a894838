//! The program as a user runs it: the built binary on folders of files, in an empty environment, at a fixed date.

#![cfg(test)]
#![expect(clippy::disallowed_methods, reason = "tests make the files that they give to the program")]

mod again;
mod all_papers;
mod bad_input;
mod big_school;
mod call;
mod changes;
mod check;
mod clauses;
mod codes;
mod column_orders;
mod comes_back;
mod compare;
mod corpus;
mod drawn_pdf;
mod explain;
mod families;
#[path = "../servers/fault.rs"]
#[expect(dead_code, reason = "the faults of TLS are tried inside of the program")]
mod fault;
mod forget;
#[path = "../../benches/generate.rs"]
#[expect(dead_code, reason = "the long class list is for another benchmark")]
mod generate;
mod handed_out;
mod ink;
mod inspect;
mod killed;
mod letters;
mod limits;
mod link_life;
mod link_secrets;
mod links;
mod links_killed;
mod lock;
mod mail;
mod new_teacher;
mod new_year;
mod old_chats;
mod order;
mod outbox;
mod own_letters;
mod pdf_text;
mod pixels;
mod questions;
mod remembered;
mod replaced_links;
mod reprint;
mod samples;
mod saved_plan;
mod short_addresses;
mod site;
mod small_school;
mod small_tables;
mod stamps;
mod status;
mod unbreakable;
mod uptake;
mod void_papers;
