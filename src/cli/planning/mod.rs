//! What a run would do: the tables as they are, minus what the store remembers.
//!
//! A [`Proposal`] is a value: `plan` shows it, `apply` records it and carries it out, so the two cannot drift apart. It
//! asks no clock and no terminal and writes nothing.
//!
//! | file | idea |
//! | --- | --- |
//! | `known` | what the store remembers, or nothing |
//! | `neighbours` | the links of other schools, whose folders lie beside this one |
//! | `given` | what was given and lies in «выдача/», and what of it must not lie there any longer |
//! | `people` | who of the lists is who of the store, what waits for an answer, the safety limits |
//! | `past` | what the store remembers, in the names of a new school year where one has begun |
//! | `proposal` | the wanted state, its difference to the recorded one, the parcels |
//! | `parcel` | what a class or the school is to be given: whole files, the sheet of a change, a letter |
//! | `parcels` | the parcels that a run adds or changes |
//! | `of_change` | the parcel of what changes now, whatever was given before |
//! | `handovers` | who is to hand over which chats |
//! | `unsent` | letters that were surely not sent, and what they were to bring |
//! | `told` | what the sheet of a change tells of it |
//! | `reprint` | papers that no list changed, printed again: added to a proposal that is otherwise empty |
//! | `voiding` | links that a person makes void: a proposal that no table made |
//! | `shifted_groups` | groups that a new school year would hand to other children |
//! | `saved` | a plan in a file, and whether it still holds |

mod given;
mod handovers;
mod known;
#[cfg(test)]
mod model;
mod neighbours;
mod of_change;
mod parcel;
mod parcels;
mod past;
mod people;
mod proposal;
mod reprint;
mod saved;
mod shifted_groups;
mod told;
mod unsent;
mod voiding;

pub(crate) use given::{Given, lasting};
pub(crate) use handovers::Handed;
pub(crate) use known::Known;
pub(crate) use parcel::{Due, LETTERS, LetterDue, Parcel};
pub(crate) use past::Past;
pub(crate) use people::{People, Question};
pub(crate) use proposal::{Proposal, propose};
pub(crate) use reprint::{Reprint, ReprintEdition, copied, reprint};
pub(crate) use saved::{SavedPlan, inputs_sum};
pub(crate) use shifted_groups::{ShiftedGroup, shifted_groups};
pub(crate) use voiding::{Void, Voiding, without_unprinted};
