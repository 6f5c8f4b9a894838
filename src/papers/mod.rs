//! What stands on a paper (content) → pages (layout in mm) → PDF bytes.
//!
//! Content says what stands there, layout places it in millimetres on a display list, and only the last step knows PDF.
//! The bytes depend on the arguments alone: no clock, no counter of the process, no order of threads. It opens no
//! file and prints nothing.
//!
//! # Papers
//!
//! [`ClassPapers`] holds all that the papers of a class are made from; each kind of paper is one function of it, which
//! gives a [`Paper`] or, where there is nothing to print, `None`: [`posters`], [`slips()`], [`acknowledgement_form`],
//! [`moderator_memo`] and [`announcements`], which also take [`MemoFacts`], [`violation_log`], [`rules_sheets`],
//! [`consents`], [`family_sheets`], and [`change_sheet`], which takes what has changed. Posters and
//! slips pass over chats without a link; [`posters_of`] and [`slips_of`] print some of them again. [`AllPapers`] binds
//! those of all classes into one file. [`pieces`] says what
//! each piece is made of. [`unprintable`] says beforehand which letters of which names the typeface does not have. The words stand in
//! [`TEMPLATES`] that a school may replace; [`Wording::read`] takes their texts.
//!
//! # The engine, from the letters up
//!
//! | module | holds |
//! | --- | --- |
//! | [`units`] | [`Mm`](units::Mm) and [`Pt`](units::Pt), [`Point`](units::Point) and [`Area`](units::Area), measured from the top left corner |
//! | [`font`] | the compiled-in faces: widths, kerning, [`unprintable`](font::unprintable) |
//! | [`rich_text`] | [`RichText`](rich_text::RichText): `**bold**` passages, `{values}` that stay what they are |
//! | `line_break` | where lines of Russian text end: tied words, hyphens |
//! | [`text`] | [`TextStyle`](text::TextStyle) sets a text in lines: [`set`](text::TextStyle::set) as many as it takes, [`fit`](text::TextStyle::fit) into a [`Room`](text::Room), [`one_line`](text::TextStyle::one_line) |
//! | [`canvas`] | [`Page`](canvas::Page): texts, rules, boxes, circles, hatching, QR codes in their places |
//! | [`qr`] | [`QrMatrix`](qr::QrMatrix), encoded once per link |
//! | [`flow`], [`table`] | documents that go on from page to page |
//! | `rules`, `rule_columns` | rules of the act with their clause numbers, in one column or in two |
//! | `act_source` | where the rules come from, at the end of what is signed and of what is taken home |
//! | `audience_rules` | what the act says to one audience, the same on the form and on the rules sheet |
//! | `phrases` | phrases of templates that are left out where the school has no value for them |
//! | `pupil_names` | the names of a class, namesakes told apart |
//! | [`pdf`] | [`write`](pdf::write): pages → bytes |
//! | [`checks`] | [`flaws`](checks::flaws) of finished pages, for tests |
//!
//! A document of running text is made like this:
//!
//! ```
//! use jiff::civil::date;
//! use zavuch::papers::flow::{Flow, Foot, Frame, styles};
//! use zavuch::papers::rich_text::RichText;
//! use zavuch::papers::table::{Cell, Column, ColumnWidth, Row, Table, TableLook};
//! use zavuch::papers::units::Mm;
//! use zavuch::papers::{checks, pdf};
//!
//! let mut flow = Flow::new(Frame::BOUND);
//! flow.paragraph(&RichText::bold("Лист ознакомления"), styles::TITLE);
//! flow.space(Mm(4.0));
//! flow.heading(&RichText::bold("Обязанности"), styles::HEADING);
//! flow.clause("4.3", Mm(12.0), &RichText::marked("**До включения** в чат прочитать правила."), styles::TEXT);
//! flow.space(Mm(4.0));
//! flow.table(&Table {
//!     columns: vec![
//!         Column::new("№", ColumnWidth::Fixed(Mm(8.0))).centred(),
//!         Column::new("Обучающийся", ColumnWidth::Part(1.0)),
//!         Column::new("Ознакомлен(а)", ColumnWidth::Fixed(Mm(22.0))),
//!     ],
//!     rows: vec![Row { cells: vec![Cell::Text("1".into()), Cell::Text("Жуков Илья".into()), Cell::Tick] }],
//!     look: TableLook::FORM,
//! });
//! flow.space(Mm(6.0));
//! flow.paragraph(&RichText::plain("Классный руководитель: ____________ О. С. Кузнецова"), styles::TEXT);
//! let foot = Foot { left: "Правила, версия 1 от 01.09.2026".to_owned(), right: "7 «А»".to_owned() };
//! let pages = flow.finish(&foot);
//! assert_eq!(checks::flaws(&pages), []);
//! let about = pdf::About { title: "Лист ознакомления, 7 «А»", author: "Школа № 31", issued: date(2026, 9, 1) };
//! assert!(pdf::write(&pages, &about)?.starts_with(b"%PDF-1.7"));
//! # Ok::<(), zavuch::papers::PaperError>(())
//! ```
mod acknowledgement;
mod act_source;
mod announcements;
mod audience_rules;
pub mod canvas;
mod change_sheet;
pub mod checks;
mod choice;
mod consents;
mod document;
mod error;
mod family_sheets;
pub mod flow;
pub mod font;
#[cfg(test)]
mod forms_sample;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod gallery;
mod head;
mod line_break;
mod memo;
mod order;
mod paper;
pub mod pdf;
mod phrases;
mod pieces;
mod poster;
#[cfg(test)]
mod proofs;
mod pupil_names;
pub mod qr;
mod qr_mask;
#[cfg(test)]
mod qr_proofs;
pub mod rich_text;
mod rule_columns;
mod rules;
mod rules_sheet;
#[cfg(test)]
mod sample;
mod sheet_name;
mod slip_places;
mod slips;
mod stack;
mod sum;
pub mod table;
pub mod text;
mod text_block;
pub mod units;
mod violation_log;
mod whom_bar;
mod wording;

pub use acknowledgement::acknowledgement_form;
pub use announcements::{announcements, farewell};
pub use change_sheet::{WholeFiles, change_sheet};
pub use consents::consents;
pub use error::PaperError;
pub use family_sheets::family_sheets;
pub use memo::{MemoFacts, moderator_memo};
pub use order::{Application, DraftFacts, Transfer, application, chat_register, draft_issues, drafts, order};
pub use paper::{ChatSheet, ChildCode, ClassPapers, FamilyCodes, Paper, PaperKind, TextCopy, WholeSchool, unprintable};
pub use pieces::{PieceContent, pieces};
pub use poster::{posters, posters_of};
pub use rules_sheet::rules_sheets;
pub use slips::{slips, slips_of};
pub use stack::AllPapers;
pub use violation_log::violation_log;
pub use wording::{TEMPLATES, Wording};
