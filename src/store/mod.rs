//! The memory between runs: `zavuch.db`, one SQLite file per school.
//!
//! A [`Store`] gives back the last recorded [`SchoolState`](crate::school::SchoolState) and takes the next one in one
//! transaction, so a kill leaves the old state or the new one. It keeps history besides: links, papers and events are
//! ended, never overwritten, until somebody is [forgotten](Store::forget).
//!
//! It holds personal data: the file is for its owner only, deleted content is overwritten, and no message of this room
//! names a person or a link. It knows nothing of tables, plans, pages and letters: what a package holds and what an
//! answer is about are opaque texts here. Nothing of rusqlite leaves this room.

mod answers;
mod attempt;
mod chat_keys;
mod chats;
mod class_names;
mod classes;
mod error;
mod events;
mod forget;
mod letters;
mod links;
mod migrations;
mod old_chats;
mod opening;
mod packages;
mod papers;
mod people;
mod progress;
mod record;
mod register;
#[cfg(test)]
mod rollover_tests;
mod rolls;
mod short_links;
mod signatures;
mod staff;
mod state;
#[cfg(test)]
mod tests;
mod values;
mod watch;

pub use answers::{Answer, Verdict};
pub use error::{StoreError, Trouble};
pub use events::{Event, Run, RunId};
pub use forget::{Forgotten, Whom};
pub use letters::{
    Decision, FORGOTTEN, LetterDraft, LetterId, LetterState, NEW_YEAR, Recovered, Settled, StoredLetter,
};
pub use links::{LinkLife, LinkOfChat, LinkRecord, Receipt, Received, TakenBack};
pub use opening::{FILE_NAME, Store};
pub use packages::{Package, PackageDraft, PackageId, PackageStanding};
pub use papers::{PaperRecord, VoidCode, Voided};
pub use people::Former;
pub use record::{Record, RunInfo};
pub use register::RegisterState;
pub use short_links::{PublishedSite, ShortLink};
pub use signatures::{LeftTable, NewSignature, RulesVersion};
pub use state::{Mark, Recorded};
pub use watch::{Moment, Watcher, Work};
