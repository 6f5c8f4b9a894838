//! How a long step tells how far it is; only the command line knows how that is shown.

/// A step of the flow that may take long enough to be watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Making the papers and the letters of the classes.
    Papers,
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
