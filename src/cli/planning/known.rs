//! What the store remembers, or nothing before the first run.

use std::collections::{BTreeMap, BTreeSet};

use super::parcel::{Due, Parcel};
use crate::roster::identity::{Answer, Decisions, PupilKey};
use crate::school::{PaperId, PersonId, SchoolState, Scope, Student};
use crate::store::{PackageStanding, Recorded, Store, StoreError, Verdict};

/// What the store remembers.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The last recorded state; `None` before the first run.
    pub(crate) recorded: Option<Recorded>,
    /// The last versions of all papers that ever were.
    pub(crate) last: BTreeMap<PaperId, u32>,
    /// What people answered to the question who is who.
    pub(crate) decisions: Decisions,
    /// What is still to be given.
    pub(crate) open: BTreeMap<Scope, Due>,
    /// The classes that had a letter.
    pub(crate) lettered: BTreeSet<Scope>,
    nothing: SchoolState,
}

impl Known {
    /// Everything that a run needs of a store.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn of(store: &Store) -> Result<Self, StoreError> {
        let recorded = store.state()?;
        let mut known = Self { last: store.last_versions()?, ..Self::default() };
        for package in store.all_packages()? {
            let parcel = package.content.as_deref().map(Parcel::read);
            match (package.standing, parcel) {
                (PackageStanding::Open, parcel) => {
                    let due = Due { id: package.id, issued: package.issued, parcel: parcel.unwrap_or_default() };
                    known.open.insert(package.scope, due);
                }
                // Of a parcel whose content is forgotten, nobody knows; a second first letter would be worse than none.
                (PackageStanding::Closed { .. }, parcel) => {
                    if parcel.is_none_or(|parcel| parcel.has_letter) {
                        known.lettered.insert(package.scope);
                    }
                }
            }
        }
        let students: BTreeMap<PersonId, &Student> =
            recorded.state().roster.students().filter_map(|student| Some((student.id?, student))).collect();
        for answer in store.answers()? {
            let (Some(before), Ok(after)) = (students.get(&answer.before), answer.after.parse()) else { continue };
            let verdict = match answer.verdict {
                Verdict::Same => Answer::Same,
                Verdict::Different => Answer::Different,
            };
            known.decisions.keep(PupilKey::of(before), after, verdict);
        }
        known.recorded = Some(recorded);
        Ok(known)
    }

    /// The last recorded state; the empty one before the first run.
    pub(crate) fn state(&self) -> &SchoolState {
        self.recorded.as_ref().map_or(&self.nothing, Recorded::state)
    }

    /// Whether a run was recorded.
    pub(crate) fn has_past(&self) -> bool {
        !self.state().roster.classes.is_empty()
    }
}
