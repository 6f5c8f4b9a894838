//! In which classes somebody was, and from which run to which.
//!
//! Names of classes mean other children every year, and dates of runs are what somebody typed: so a stay is told by the
//! order of the runs, and none goes on into a year that began behind it. It knows nothing of files.

use std::collections::BTreeSet;

use crate::school::ClassName;
use crate::store::{Event, Former, Package, RunId};

/// The classes in which people were, each for its time.
#[derive(Debug, Default)]
pub(super) struct Stays(Vec<Stay>);

#[derive(Debug, PartialEq, Eq)]
struct Stay {
    class: ClassName,
    /// The first run; `None` for the very first there was.
    from: Option<RunId>,
    /// The last run.
    until: RunId,
}

/// The runs of one school year, as far as somebody was there.
#[derive(Clone, Copy, Debug)]
struct Term {
    /// The run that recorded the year; `None` for the first year.
    begins: Option<RunId>,
    /// The run that recorded the next one; `None` for the year in which somebody left.
    next: Option<RunId>,
    left: RunId,
}

impl Stays {
    /// Adds the classes of one who left, by the `events` of that one, oldest first. `new_years` are the runs that recorded
    /// a new school year, oldest first.
    pub(super) fn add(&mut self, former: &Former, events: &[Event], new_years: &[RunId]) {
        let Former { student, run: left, .. } = former;
        let borders: Vec<RunId> = new_years.iter().copied().filter(|run| run <= left).collect();
        let begins = std::iter::once(None).chain(borders.iter().copied().map(Some));
        let nexts = borders.iter().copied().map(Some).chain([None]);
        for (begins, next) in begins.zip(nexts) {
            let term = Term { begins, next, left: *left };
            // An event that only mentions the pupil may be a namesake's.
            let is_own = |event: &&Event| event.person == student.id && term.holds(event.run);
            let of_term: Vec<&Event> = events.iter().filter(is_own).collect();
            let mut classes: BTreeSet<&ClassName> = of_term.iter().filter_map(|event| event.scope.class()).collect();
            // The class that is recorded is the last one before the run that missed the pupil.
            let is_last = next.map_or(begins != Some(*left), |next| next == *left);
            classes.extend(is_last.then_some(&student.class));
            self.0.extend(classes.into_iter().filter_map(|class| term.stay(class, &of_term)));
        }
    }

    /// Whether a package was recorded for a class while one of them was there.
    pub(super) fn hold(&self, package: &Package) -> bool {
        let is_of = |stay: &Stay| {
            package.scope.class() == Some(&stay.class)
                && stay.from.is_none_or(|from| from <= package.run)
                && package.run <= stay.until
        };
        self.0.iter().any(is_of)
    }
}

impl Term {
    fn holds(self, run: RunId) -> bool {
        self.begins.is_none_or(|begins| begins <= run) && self.next.is_none_or(|next| run < next) && run <= self.left
    }

    /// From the first arrival, or the beginning, to the last departure, or the end; `None` where the year had no run.
    fn stay(self, class: &ClassName, events: &[&Event]) -> Option<Stay> {
        let of_class = || events.iter().filter(|event| event.scope.class() == Some(class));
        let comes = |event: &&&Event| matches!(event.kind.as_str(), "arrived" | "moved_in");
        let goes = |event: &&&Event| matches!(event.kind.as_str(), "left" | "moved_out");
        let mut moves = of_class().filter(|event| comes(event) || goes(event));
        let from = moves.clone().next().filter(comes).map(|event| event.run).or(self.begins);
        let until = moves.next_back().filter(goes).map(|event| event.run);
        let until = until.or_else(|| self.next.map_or(Some(self.left), RunId::before))?;
        Some(Stay { class: class.clone(), from, until })
    }
}

#[cfg(test)]
mod tests;
