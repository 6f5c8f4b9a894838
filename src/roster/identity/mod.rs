//! Which pupil of the last list is which pupil of the new one (`docs/inputs.md` § 8).
//!
//! [`match_students`] pairs the pupils of two sides step by step, each step among those who are left; [`assess`] weighs
//! what came of it against the safety limits. Both are functions of values: the old side is whatever can show its
//! pupils ([`KnownStudent`]), the people of the store or another roster. Nothing here opens a file, and nothing depends
//! on the order of rows.
//!
//! Beyond the table of § 8 a corrected given name or patronymic is a question, too, where the rest of the name and the date of
//! birth are the same: [`Step::OtherGiven`] (in the same class: twins differ in nothing else), [`Step::OtherPatronymic`]. So is
//! another surname within a class where the given name, a parent, and the patronymic or the date of birth are the same:
//! [`Step::FamilyAndPatronymic`], [`Step::FamilyAndDate`]. And
//! whoever left and is not forgotten is the same pupil when a list names the row again ([`match_with_gone`]).
//!
//! A wrong pair would give a pupil another one's papers, so what is not certain is a [`Proposal`] that waits for a
//! person, what could be several is [`Ambiguous`], and [`Decisions`] bring the answers back.
//!
//! | file | idea |
//! | --- | --- |
//! | `known` | what the old side must be able to show |
//! | `decisions` | the answers that a person gave |
//! | `matching` | the result |
//! | `step` | the steps, and why each of them holds |
//! | `record` | a pupil in the forms in which two spellings are equal |
//! | `candidates` | who could be whom: certain, or several |
//! | `order` | the steps in their order |
//! | `search` | what each step looks for |
//! | `matcher` | who is taken, and who is still free |
//! | `stable_ids` | whether the numbers of both lists may be trusted |
//! | `expected` | where the pupils of a class are expected: 7А becomes 8А |
//! | `successors` | which class has become which in the new school year |
//! | `returning` | who of the newcomers left earlier and is back |
//! | `typo` | two names that differ in a letter or two |
//! | `guardians` | the parents inside a pair |
//! | `identified` | the new list with the ids of the known people |
//! | `limits`, `breach`, `verdict` | the safety limits |

mod breach;
mod candidates;
mod decisions;
mod doubled;
mod expected;
mod guardians;
mod identified;
mod known;
mod limits;
mod matcher;
mod matching;
#[cfg(test)]
mod model_tests;
mod order;
mod record;
mod returning;
mod search;
mod stable_ids;
mod step;
mod successors;
#[cfg(test)]
mod tests;
mod typo;
mod verdict;

pub use breach::{Breach, Consequence, Extent};
pub use decisions::{Answer, Decisions, PupilKey, PupilKeyError};
pub use guardians::{GuardianField, GuardianMatch};
pub use identified::{Identified, identify};
pub use known::KnownStudent;
pub use limits::{Allowance, Limits};
pub use matching::{Ambiguous, Change, Doubled, Matching, Outcome, Pair, Proposal, Suggestion};
pub use order::{match_students, match_with_gone};
pub use returning::{Gone, LeftIn};
pub use stable_ids::StableIdRemark;
pub use step::Step;
pub use successors::class_successors;
pub use verdict::{Assessment, Intake, Verdict, Year, assess};
