//! Who is whom: the result of a matching.

use std::collections::BTreeSet;

use super::guardians::{GuardianMatch, match_guardians};
use super::known::KnownStudent;
use super::stable_ids::StableIdRemark;
use super::step::Step;
use crate::school::{Student, fold};

/// What became of every pupil of both sides. Each stands in exactly one of the lists; the suggestions only point at two
/// of those who were added and removed. All lists are in the order of classes and names.
#[derive(Clone, Debug)]
pub struct Matching<'a, K> {
    /// Pupils of both sides who are certainly the same.
    pub pairs: Vec<Pair<'a, K>>,
    /// Pupils of the new side who had left and are back. Each stands in no other list.
    pub returned: Vec<Pair<'a, K>>,
    /// Pupils of the new side who had probably left: nothing is done until a person has answered.
    pub returning: Vec<Proposal<'a, K>>,
    /// Pupils of the new side whom the old one does not have.
    pub added: Vec<&'a Student>,
    /// Pupils of the old side whom the new one does not have.
    pub removed: Vec<&'a K>,
    /// Probably the same: nothing is done until a person has answered.
    pub proposals: Vec<Proposal<'a, K>>,
    /// Several could be the same: nothing is done.
    pub ambiguous: Vec<Ambiguous<'a, K>>,
    /// Rows of the new side of pupils who stand in another class, too: nothing is done until they stand in one.
    pub doubled: Vec<Doubled<'a>>,
    /// Removed and added pupils who could be the same, for a person to look at; nothing waits for it.
    pub suggestions: Vec<Suggestion<'a, K>>,
    /// Why the numbers of personal files were not used, where both lists have them.
    pub stable_ids: Option<StableIdRemark>,
}

/// A pupil of both sides.
#[derive(Clone, Debug)]
pub struct Pair<'a, K> {
    /// The old side.
    pub before: &'a K,
    /// The new side.
    pub after: &'a Student,
    /// Why they are the same.
    pub step: Step,
    /// What differs.
    pub changes: BTreeSet<Change>,
    /// The parents.
    pub guardians: Vec<GuardianMatch>,
}

/// Something that differs between the two sides of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// The class, or the school.
    Class,
    /// The name.
    Name,
    /// Only the spelling of the name: «ё», a hyphen, a patronymic that one list leaves out.
    Spelling,
    /// The date of birth.
    BirthDate,
    /// The number of the personal file.
    StableId,
    /// The parents, or what is known of them.
    Guardians,
}

/// What a pair is called in a report: one word, though more may have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The class and the name are as they were.
    Unchanged,
    /// Another class; the name may have changed, too.
    Moved,
    /// Another name in the same class.
    Renamed,
}

/// Two rows that are probably one pupil.
#[derive(Clone, Debug)]
pub struct Proposal<'a, K> {
    /// The old side.
    pub before: &'a K,
    /// The new side.
    pub after: &'a Student,
    /// Why they could be the same.
    pub step: Step,
}

/// Rows of which nobody can tell who is whom.
#[derive(Clone, Debug)]
pub struct Ambiguous<'a, K> {
    /// The old side, at least one.
    pub before: Vec<&'a K>,
    /// The new side, at least one.
    pub after: Vec<&'a Student>,
    /// What they have in common.
    pub step: Step,
}

/// One pupil in the lists of several classes.
#[derive(Clone, Debug)]
pub struct Doubled<'a> {
    /// All rows, in the order of classes.
    pub rows: Vec<&'a Student>,
    /// Those of them that wait, at least one; each of the others stands where its class and name were before.
    pub waiting: Vec<&'a Student>,
}

/// A removed and an added pupil who could be the same.
#[derive(Clone, Debug)]
pub struct Suggestion<'a, K> {
    /// The old side, one of the removed.
    pub before: &'a K,
    /// The new side, one of the added.
    pub after: &'a Student,
    /// Why they could be the same.
    pub step: Step,
    /// All that they have in common, for people.
    pub reason: String,
}

impl<'a, K: KnownStudent> Pair<'a, K> {
    /// Two rows that are one pupil, with what differs between them.
    pub(super) fn of(before: &'a K, after: &'a Student, step: Step) -> Self {
        let old = before.student();
        let guardians = match_guardians(&old.guardians, &after.guardians);
        let mut changes = BTreeSet::new();
        let schools = old.school.as_deref().zip(after.school.as_deref());
        if old.class != after.class || schools.is_some_and(|(one, other)| fold(one) != fold(other)) {
            changes.insert(Change::Class);
        }
        if old.name != after.name {
            changes.insert(if is_other_name(old, after) { Change::Name } else { Change::Spelling });
        }
        if old.birth_date != after.birth_date {
            changes.insert(Change::BirthDate);
        }
        if old.stable_id != after.stable_id {
            changes.insert(Change::StableId);
        }
        if !guardians.iter().all(GuardianMatch::is_unchanged) {
            changes.insert(Change::Guardians);
        }
        Self { before, after, step, changes, guardians }
    }

    /// The word for it.
    pub fn outcome(&self) -> Outcome {
        if self.changes.contains(&Change::Class) {
            Outcome::Moved
        } else if self.changes.contains(&Change::Name) {
            Outcome::Renamed
        } else {
            Outcome::Unchanged
        }
    }
}

impl<'a, K: KnownStudent> Matching<'a, K> {
    /// The pairs of an outcome.
    pub fn pairs_of(&self, outcome: Outcome) -> impl Iterator<Item = &Pair<'a, K>> {
        self.pairs.iter().filter(move |pair| pair.outcome() == outcome)
    }

    /// How many questions wait for a person.
    pub fn waiting(&self) -> usize {
        self.proposals.len() + self.returning.len() + self.ambiguous.len() + self.doubled.len()
    }

    /// All pupils of the old side, with the class that each was in.
    pub(super) fn all_before(&self) -> impl Iterator<Item = &'a Student> {
        let pairs = self.pairs.iter().map(|pair| pair.before);
        let proposals = self.proposals.iter().map(|proposal| proposal.before);
        let ambiguous = self.ambiguous.iter().flat_map(|group| group.before.iter().copied());
        pairs.chain(self.removed.iter().copied()).chain(proposals).chain(ambiguous).map(KnownStudent::student)
    }

    /// All pupils of the new side.
    pub(super) fn all_after(&self) -> impl Iterator<Item = &'a Student> {
        let pairs = self.pairs.iter().map(|pair| pair.after);
        let proposals = self.proposals.iter().map(|proposal| proposal.after);
        let ambiguous = self.ambiguous.iter().flat_map(|group| group.after.iter().copied());
        let back = self.returned.iter().map(|pair| pair.after);
        let back = back.chain(self.returning.iter().map(|proposal| proposal.after));
        let doubled = self.doubled.iter().flat_map(|one| one.waiting.iter().copied());
        pairs.chain(self.added.iter().copied()).chain(back).chain(proposals).chain(ambiguous).chain(doubled)
    }
}

/// Whether a name is another one, and not only spelled in another way or with a patronymic more or less.
fn is_other_name(one: &Student, other: &Student) -> bool {
    let part = |student: &Student| fold(&student.name.surname) + &fold(&student.name.given);
    let one_without = one.name.patronymic.is_none() != other.name.patronymic.is_none();
    !(one.name.is_spelling_of(&other.name) || one_without && part(one) == part(other))
}
