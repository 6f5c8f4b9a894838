//! An issue whose message is a whole sentence, however its parts were put together.

use crate::school::{Issue, IssueKind, Place};

/// An issue; the message gets its capital letter and its full stop here.
pub(super) fn problem(kind: IssueKind, place: Place, message: impl AsRef<str>, advice: impl Into<String>) -> Issue {
    let message = message.as_ref();
    let mut letters = message.chars();
    let capital: String = letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default();
    let stop = if message.ends_with(['.', '!', '?']) { "" } else { "." };
    Issue::new(kind, place, format!("{capital}{stop}"), advice)
}
