//! The outbox: every letter that was composed to be sent, and what became of it.
//!
//! A letter goes `queued → attempt → dot → sent`. Each step is committed before the act that it allows: `attempt` before
//! the server hears of the letter, `dot` before the final dot. A letter that is found in `attempt` was never sent; one in
//! `dot` may have been, so it is `unknown` until a person decides. Its bytes are composed once and kept with it; a second
//! letter of the same Message-ID cannot be. Where the next letter follows at once, `sent` of the one before and its `attempt`
//! are one commit.
//!
//! | file | idea |
//! | --- | --- |
//! | `types` | a letter as a value |
//! | `queue` | letters come in, and leave unsent |
//! | `reading` | what there is |
//! | `steps` | what happens to a letter on its way |
//! | `forgetting` | what is no longer kept |
//! | `columns` | values as they are kept |

mod columns;
mod forgetting;
mod queue;
mod reading;
mod steps;
mod types;

pub(super) use forgetting::{Gone, forget};
pub(super) use queue::{cancel, cancel_reminders, hold_renamed, insert};
pub use types::{Decision, LetterDraft, LetterId, LetterState, Recovered, Settled, StoredLetter};

/// Why a letter is held back whose class goes on under another name.
pub const NEW_YEAR: &str = "начался новый учебный год";

/// Why a letter is held back whose bytes are gone because they named somebody who is forgotten.
pub const FORGOTTEN: &str = "в нём были сведения о тех, кого программа забыла";
