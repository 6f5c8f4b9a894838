//! What the store remembers, or nothing before the first run.

use std::collections::{BTreeMap, BTreeSet};

use std::path::Path;

use super::parcel::{Due, LETTERS, LetterDue, Parcel};
use crate::roster::identity::{Answer, Decisions, PupilKey};
use crate::school::{ChatKey, LinkUrl, PaperId, PersonId, SchoolState, Scope, Student};
use crate::store::{self, PackageStanding, Recorded, Store, StoreError, Verdict};

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
    /// The classes that had a letter this school year, or are to be sent one about a change.
    pub(crate) lettered: BTreeSet<Scope>,
    /// The sheets of changes and the letters of all parcels that were given this school year: paths in «выдача/». Those of
    /// the last one name classes that are other children now.
    pub(crate) given: Vec<String>,
    /// Every link that was ever recorded, with the last chat that had it; `None` for one that cannot be named now.
    pub(crate) owners: BTreeMap<LinkUrl, Option<ChatKey>>,
    pub(super) nothing: SchoolState,
}

impl Known {
    /// What the store of a folder remembers; nothing where there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn in_folder(folder: &Path) -> Result<Self, StoreError> {
        let store = if folder.is_dir() { Store::read(folder)? } else { None };
        store.as_ref().map_or_else(|| Ok(Self::default()), Self::of)
    }

    /// Everything that a run needs of a store.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn of(store: &Store) -> Result<Self, StoreError> {
        let recorded = store.state()?;
        // By the order of the runs: the date of a run is what somebody typed.
        let year_began = store.runs_of_new_years()?.last().map(|run| run.id);
        let mut known = Self { last: store.last_versions()?, owners: store.link_owners()?, ..Self::default() };
        for package in store.all_packages()? {
            let parcel = package.content.as_deref().map(Parcel::read);
            match (package.standing, parcel) {
                (PackageStanding::Open, _) => {
                    let (scope, due) = Due::of(package);
                    if due.parcel.letter == LetterDue::Change {
                        // It was decided when the parcel was recorded, by what the class was called then.
                        known.lettered.insert(scope.clone());
                    }
                    known.open.insert(scope, due);
                }
                // What last year's 5А was given says nothing of those who are 5А now.
                (PackageStanding::Closed { .. }, _) if year_began.is_some_and(|began| package.run < began) => {}
                // Of a parcel whose content is forgotten, nobody knows; a second first letter would be worse than none.
                (PackageStanding::Closed { .. }, None) => {
                    known.lettered.insert(package.scope);
                }
                (PackageStanding::Closed { .. }, Some(parcel)) => {
                    if parcel.files.iter().any(|file| file.starts_with(LETTERS)) {
                        known.lettered.insert(package.scope);
                    }
                    known.given.extend(parcel.files);
                }
            }
        }
        known.recorded = Some(recorded);
        known.decide(&store.answers()?);
        Ok(known)
    }

    /// Takes answers into account.
    pub(crate) fn decide(&mut self, answers: &[store::Answer]) {
        let students: BTreeMap<PersonId, &Student> =
            self.state().roster.students().filter_map(|student| Some((student.id?, student))).collect();
        let mut decisions = self.decisions.clone();
        for answer in answers {
            let (Some(before), Ok(after)) = (students.get(&answer.before), answer.after.parse()) else { continue };
            let verdict = match answer.verdict {
                Verdict::Same => Answer::Same,
                Verdict::Different => Answer::Different,
            };
            decisions.keep(PupilKey::of(before), after, verdict);
        }
        self.decisions = decisions;
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
