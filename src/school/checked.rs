//! A value with the problems of the inputs it was read from.

use super::Issue;

/// What could be read, and everything that was wrong: reading never fails as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checked<T> {
    /// The value, as far as it could be read.
    pub value: T,
    /// All problems, in no particular order.
    pub issues: Vec<Issue>,
}

impl<T> Checked<T> {
    /// A value with its problems.
    pub fn new(value: T, issues: Vec<Issue>) -> Self {
        Self { value, issues }
    }

    /// Takes the value and moves the problems to a common list.
    pub fn collect_into(self, issues: &mut Vec<Issue>) -> T {
        issues.extend(self.issues);
        self.value
    }
}
