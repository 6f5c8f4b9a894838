//! Whose letters would be others if the lists of now were applied.
//!
//! A letter that waits was composed from what was recorded. Where the tables have changed since, a pupil who has left may be
//! in it: it waits until `apply` has replaced it.

use std::collections::BTreeSet;

use crate::cli::data::Data;
use crate::cli::planning::{Known, propose};
use crate::school::{ClassName, Noun, Scope, count};
use crate::store::StoredLetter;

/// The classes for which `apply` would make a new letter.
#[derive(Debug)]
pub(super) struct Unapplied {
    classes: BTreeSet<ClassName>,
}

impl Unapplied {
    /// What the tables say now, against what is recorded. `data` was read as of the day of the last run: that the calendar has
    /// moved on changes no letter.
    pub(super) fn of(data: &Data, known: &Known) -> Self {
        let Some(day) = known.last_date else { return Self { classes: BTreeSet::new() } };
        let proposal = propose(data, known, day);
        let mut classes: BTreeSet<ClassName> = proposal.parcels.keys().filter_map(Scope::class).cloned().collect();
        // A class that the lists do not have any more, or have under another name, is others' or nobody's now.
        let recorded = known.state().roster.classes.keys();
        classes.extend(recorded.filter(|class| !data.roster.classes.contains_key(*class)).cloned());
        Self { classes }
    }

    /// Whether a class is among them.
    pub(super) fn has(&self, class: &ClassName) -> bool {
        self.classes.contains(class)
    }

    /// The classes of letters.
    pub(super) fn names(letters: &[&StoredLetter]) -> Vec<String> {
        let classes: BTreeSet<&ClassName> = letters.iter().map(|letter| &letter.class).collect();
        classes.into_iter().map(ToString::to_string).collect()
    }

    /// What is said of letters that wait for `apply`; empty where there are none.
    pub(super) fn words(letters: &[&StoredLetter], folder: &str) -> String {
        if letters.is_empty() {
            return String::new();
        }
        let number = count(letters.len(), Noun::LETTER);
        format!(
            "Таблицы изменились, а новые бумаги ещё не выпущены: {} ({number}). Эти письма не уйдут, пока вы не выполните: zavuch \
             применить \"{folder}\"\n",
            Self::names(letters).join(", ")
        )
    }
}
