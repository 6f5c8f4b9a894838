//! How a long step tells how far it is; only the command line knows how that is shown.

/// A step of the flow that may take long enough to be watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Reading the tables.
    Reading,
    /// Making the papers of the classes.
    Papers,
    /// Writing the letters.
    Letters,
}

/// Told by a step as it goes on, from any thread.
pub trait Progress: Sync {
    /// `step` begins and has `total` items.
    fn begin(&self, step: Step, total: usize);
    /// One more item is done.
    fn advance(&self);
    /// The step is done.
    fn end(&self);
}

/// Progress that nobody watches.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoProgress;

impl Progress for NoProgress {
    fn begin(&self, _step: Step, _total: usize) {}
    fn advance(&self) {}
    fn end(&self) {}
}
