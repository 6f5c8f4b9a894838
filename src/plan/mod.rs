//! Regulation + roster + staff → the chats that should exist.
//!
//! A pure function of values: the same inputs give the same plan, and no key depends on the order of rows or on a
//! title. It opens no file and knows neither links nor papers.
//!
//! | file | idea |
//! | --- | --- |
//! | `planner` | the whole plan: classes, then groups and the school |
//! | `class_chats`, `group_chats`, `school_chats` | which chats there are and who is in them |
//! | `draft` | a chat before it has its title |
//! | `people` | who is who, members without repetition, in order |
//! | `participants` | which pupils the table of groups means |
//! | `titles` | the exact title by template, no two alike |
//! | [`changes`] | the plan − what the store remembers |
//! | `rollover` | what the store remembers, in the names of a new school year |
//! | `moving` | the chats of foreign messengers and the chats that replace them |
//! | `pinned` | the rules to paste into a chat and pin |

pub mod changes;
mod chat_plan;
mod class_chats;
mod draft;
mod group_chats;
mod moving;
mod participants;
mod people;
mod pinned;
mod planner;
mod rollover;
#[cfg(test)]
pub(crate) mod sample;
mod school_chats;
mod titles;

pub use chat_plan::{ChatPlan, ClassPlan};
pub use moving::{Move, Moving, MovingInputs, NewChat, moving};
pub use pinned::pinned_rules;
pub use planner::{Departed, Inputs, plan};
pub use rollover::{CarriedOver, carry_over};
