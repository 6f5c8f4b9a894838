//! Somebody who looks on at every commit: the tests that stop the program there.

use std::ops::ControlFlow;

use super::Trouble;

/// Called at every [`Moment`]. `Break` ends the call with [`Trouble::Stopped`]: before a commit nothing of it is kept,
/// after it all of it; a process that ends there leaves the same.
pub type Watcher = Box<dyn Fn(Moment) -> ControlFlow<()> + Send>;

/// A moment at which a stop makes a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Everything is written, nothing is committed.
    BeforeCommit(Work),
    /// It is committed; the caller does not know yet.
    AfterCommit(Work),
}

/// What is committed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// The tables are made or brought up to this version.
    Migration,
    /// A run.
    Recording,
    /// A package is closed.
    Package,
    /// Answers.
    Answers,
    /// The register of links was rewritten.
    Register,
    /// What became of a letter.
    Letter,
    /// People are forgotten.
    Forgetting,
    /// Marks of those who signed.
    Signatures,
    /// Who was found in chats.
    Rolls,
}

/// Tells a watcher, if there is one.
pub(super) fn tell(watcher: Option<&Watcher>, moment: Moment) -> Result<(), Trouble> {
    match watcher.map(|watcher| watcher(moment)) {
        Some(ControlFlow::Break(())) => Err(Trouble::Stopped),
        Some(ControlFlow::Continue(())) | None => Ok(()),
    }
}
