//! `zavuch` moves a school's communication into the messenger MAX, class by class, on paper and by mail.
//!
//! # The flow
//!
//! ```text
//! files ─▶ tables ─▶ roster ─▶ plan ─▶ links ─▶ changes ─▶ papers ─▶ mail ─▶ report
//!  xlsx     cells     people     what    one      what       sheets,   one      what is
//!  csv …    with      + every    chats   per      differs    forms     letter   done, what
//!           places    problem    there   chat     from the   as PDF    per      is left
//!                                should           last run             class
//!                                be
//! ```
//!
//! Each arrow is a function of values; each room of the source tree is one box. Arrows go down only: [`cli`] → the
//! steps → [`school`]. A step knows [`school`] and what it reads or writes, never another step's inside and never the
//! terminal. Each library has one room: calamine and csv in [`tables`], printpdf and qrcode in [`papers`], lettre in
//! [`mail`], rusqlite in [`store`], clap and indicatif in [`cli`]. [`store`] remembers between runs what was recorded;
//! [`uptake`] takes in who has signed and who has joined.
//!
//! # Invariants
//!
//! 1. Nothing is written by `check`, `inspect`, `compare`, `plan`, `explain`, `status`, `mail preview` and `mail list`, but for
//!    the file that `check --xlsx`, `status --xlsx`, `status --html` or `plan --save` is asked for.
//! 2. The program never makes up a link. A sheet without a valid link is not printed: its chat «ждёт ссылку».
//! 3. A class's personal data goes to that class's homeroom teacher only.
//! 4. The same inputs, settings and date give the same bytes.
//! 5. A file stands under its final name whole or not at all.
//! 6. Nothing that a table holds becomes code anywhere: no formula, no header, no HTML, no path.
//! 7. Links, telephone numbers and pupils' names stay out of messages about links, subjects and file names.
//! 8. A letter is never sent twice and never lost: each step is recorded before the act that it allows, and where the
//!    outcome cannot be known, a person decides.
//! 9. A letter goes out only while its class, its recipient, the address and its bytes are what was recorded and what holds.
//! 10. The store holds a run whole or not at all, and takes none that began with an earlier state than the last one.

pub mod cli;
pub mod docx;
pub mod links;
pub mod mail;
pub mod papers;
pub mod plan;
pub mod report;
pub mod roster;
pub mod school;
pub mod spreadsheet;
pub mod store;
pub mod tables;
pub mod uptake;
pub mod workspace;
