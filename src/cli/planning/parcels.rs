//! The parcels that a run adds or changes.
//!
//! Joins what changes now with what earlier runs recorded and did not give, or gave with letters that were not sent.
//! What the changes themselves ask for is told by [`of_change`].

use std::collections::{BTreeMap, BTreeSet};

use super::Given;
use super::of_change::{fresh, of_change};
use super::parcel::{Due, LetterDue, Parcel, append};
use super::unsent::Unsent;
use crate::school::{Change, ChangeKind, SchoolState, Scope};

/// What the parcels follow from.
pub(super) struct Grounds<'a> {
    pub(super) before: &'a SchoolState,
    pub(super) after: &'a SchoolState,
    pub(super) changes: &'a [Change],
    /// What earlier runs recorded and did not give.
    pub(super) open: &'a BTreeMap<Scope, Due>,
    /// What was given with letters that were surely not sent.
    pub(super) unsent: &'a BTreeMap<Scope, Unsent>,
    /// The classes that can get a letter now and never had one.
    pub(super) without_letter: &'a BTreeSet<Scope>,
    /// What was given this school year, oldest first, in the names of now.
    pub(super) given: &'a [Given],
}

/// The parcels that this run adds or changes.
pub(super) fn parcels(grounds: &Grounds<'_>) -> BTreeMap<Scope, Parcel> {
    let Grounds { before, after, changes, open, unsent, without_letter, given } = grounds;
    let mut by_scope: BTreeMap<&Scope, Vec<&Change>> = BTreeMap::new();
    for change in *changes {
        by_scope.entry(&change.scope).or_default().push(change);
    }
    for scope in *without_letter {
        by_scope.entry(scope).or_default();
    }
    let mut parcels = BTreeMap::new();
    for (scope, changes) in by_scope {
        let has_past = before.papers_of(scope).next().is_some();
        let has_papers = after.papers_of(scope).next().is_some();
        let mut parcel = if has_past { of_change(scope, &changes, before, after) } else { Parcel::default() };
        if let Some(missed) = missed(&parcel, scope, &changes, before) {
            let earlier = given.iter().filter(|one| one.scope() == scope).map(Given::parcel);
            let earlier = earlier.filter(|earlier| missed == Missed::Everything || !earlier.had_letter());
            parcel.sheet.repeat(earlier.map(|earlier| &earlier.sheet), after);
        }
        parcel.fresh =
            changes.iter().filter_map(|change| fresh(change)).filter(|piece| piece.has_code()).cloned().collect();
        if without_letter.contains(scope) {
            parcel = Parcel { letter: LetterDue::First, ..parcel }.complete();
        }
        if let Some(due) = open.get(scope) {
            parcel = due.parcel.clone().without_whom_is_back(scope, before, after).followed_by(parcel);
        }
        let stands = scope.class().is_none_or(|class| after.roster.classes.contains_key(class));
        if let Some(Unsent { parcel: Some(sent_for_nothing), subjects, .. }) = unsent.get(scope).filter(|_| stands) {
            let earlier = sent_for_nothing.reopened().without_whom_is_back(scope, before, after);
            parcel = earlier.followed_by(parcel);
            append(&mut parcel.replaces, subjects.clone());
        }
        let is_recorded = open.get(scope).is_some_and(|due| due.parcel == parcel);
        if !is_recorded && parcel.is_due() && (has_papers || has_past || parcel.has_work()) {
            parcels.insert(scope.clone(), parcel);
        }
    }
    parcels
}

/// What of the earlier changes the one who gets a parcel may not have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missed {
    /// All letters went to a wrong address, for all that anybody knows.
    Everything,
    /// There was nobody to write to.
    WithoutLetter,
}

fn missed(parcel: &Parcel, scope: &Scope, changes: &[&Change], before: &SchoolState) -> Option<Missed> {
    let is_first_successor = || {
        let former = scope.class().and_then(|class| before.homerooms.get(class));
        let is_new = |change: &&Change| matches!(change.what, ChangeKind::Homeroom { to: Some(_), .. });
        former.is_some_and(|former| former.email.is_none()) && changes.iter().any(is_new)
    };
    if parcel.again {
        Some(Missed::Everything)
    } else if is_first_successor() {
        Some(Missed::WithoutLetter)
    } else {
        None
    }
}
