//! What a matching amounts to: an ordinary change, a new school year, questions, or something that must be stopped.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use super::breach::{Breach, Consequence, Extent};
use super::known::KnownStudent;
use super::limits::Limits;
use super::matching::{Change, Matching};
use super::step::Step;
use crate::school::{ClassName, Issue, IssueKind};

/// The word for a matching as a whole (`docs/inputs.md` § 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// An ordinary change.
    Ok,
    /// Something waits for a person.
    NeedsReview,
    /// A new school year: the classes have gone up.
    Rollover,
    /// So many are gone that the new list is probably not whole.
    RefuseMassRemoval,
}

/// A matching weighed against the limits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The word for it.
    pub verdict: Verdict,
    /// The limits that were exceeded.
    pub breaches: Vec<Breach>,
    /// Whether the classes have gone up.
    pub year: Year,
    /// How many pupils are gone: the exact number that `--allow-removals` asks for.
    pub removals: usize,
}

/// Whether a new school year began between the two lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    /// Both lists are of one school year.
    Same,
    /// The classes have gone up.
    New,
}

/// How well the new list could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Intake {
    /// Rows of pupils who are missing, because name or class could not be read.
    pub unreadable_rows: usize,
}

impl Intake {
    /// Counts the rows of which the issues of a list say that they could not be read.
    pub fn of(issues: &[Issue]) -> Self {
        let lost = |kind| matches!(kind, IssueKind::BadName | IssueKind::NoClass | IssueKind::BadClass);
        let rows: BTreeSet<_> = issues
            .iter()
            .filter(|issue| lost(issue.kind))
            .filter_map(|issue| Some((&issue.place.file, &issue.place.sheet, issue.place.cell?.row)))
            .collect();
        Self { unreadable_rows: rows.len() }
    }
}

impl Verdict {
    /// The word in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::NeedsReview => "needs_review",
            Self::Rollover => "rollover",
            Self::RefuseMassRemoval => "refuse_mass_removal",
        }
    }
}

impl Serialize for Verdict {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl Assessment {
    /// Whether nothing at all may be done with the new list.
    pub fn stops_everything(&self) -> bool {
        self.breaches.iter().any(|breach| breach.consequence() == Consequence::StopsEverything)
    }

    /// Whether nobody may be marked as gone before a person has typed the number.
    pub fn holds_removals(&self) -> bool {
        self.breaches.iter().any(|breach| breach.consequence() == Consequence::HoldsRemovals)
    }
}

/// Weighs a matching against the limits. `intake` tells how well the new list could be read.
pub fn assess<K: KnownStudent>(matching: &Matching<'_, K>, intake: Intake, limits: &Limits) -> Assessment {
    let classes = classes(matching);
    let year = year(matching, limits);
    let mut breaches = Vec::new();
    breaches.extend(unreadable_rows(matching, intake, limits));
    breaches.extend(renames(matching, limits));
    breaches.extend(class_sizes(matching, limits));
    let missing = missing_classes(&classes, year);
    breaches.extend(removals(&classes, &missing, year, limits));
    breaches.extend(missing_breach(missing, &classes, year, limits));
    // A single class may shrink so; that the school does means that the list is not whole.
    let is_mass = |breach: &Breach| matches!(breach, Breach::SchoolRemovals { .. } | Breach::MissingClasses { .. });
    let verdict = if breaches.iter().any(is_mass) {
        Verdict::RefuseMassRemoval
    } else if year == Year::New {
        Verdict::Rollover
    } else if matching.waiting() > 0 || !breaches.is_empty() {
        Verdict::NeedsReview
    } else {
        Verdict::Ok
    };
    Assessment { verdict, breaches, year, removals: matching.removed.len() }
}

/// What became of an old class.
#[derive(Default)]
struct OldClass {
    size: usize,
    gone: usize,
    /// Whether the new list has a class of this name.
    stands: bool,
}

fn classes<K: KnownStudent>(matching: &Matching<'_, K>) -> BTreeMap<ClassName, OldClass> {
    let mut classes: BTreeMap<ClassName, OldClass> = BTreeMap::new();
    for student in matching.all_before() {
        classes.entry(student.class.clone()).or_default().size += 1;
    }
    for known in &matching.removed {
        classes.entry(known.student().class.clone()).or_default().gone += 1;
    }
    for student in matching.all_after() {
        classes.get_mut(&student.class).into_iter().for_each(|class| class.stands = true);
    }
    classes
}

/// At least 60 % of the matched are one grade up; moves that wait for an answer count, or a list without dates of birth
/// would never be one of a new year.
fn year<K: KnownStudent>(matching: &Matching<'_, K>, limits: &Limits) -> Year {
    let pairs = matching.pairs.iter().map(|pair| (pair.before.student(), pair.after));
    let asked = matching.proposals.iter().filter(|proposal| proposal.step == Step::NameOnly);
    let matched = pairs.chain(asked.map(|proposal| (proposal.before.student(), proposal.after)));
    let grades: Vec<[u8; 2]> = matched.map(|(old, new)| [old.class.grade(), new.class.grade()]).collect();
    let up = grades.iter().filter(|[old, new]| *new == old + 1).count();
    if up > 0 && up * 100 >= grades.len() * limits.rollover { Year::New } else { Year::Same }
}

/// The grades behind which pupils leave a school.
fn leaves(class: &ClassName, year: Year) -> bool {
    year == Year::New && matches!(class.grade(), 9 | 11 | 12)
}

fn removals(
    classes: &BTreeMap<ClassName, OldClass>,
    missing: &[ClassName],
    year: Year,
    limits: &Limits,
) -> Vec<Breach> {
    let of_class = |(class, old): (&ClassName, &OldClass)| {
        let &OldClass { size, gone, .. } = old;
        let told = leaves(class, year) || missing.contains(class);
        (limits.class_removals.is_exceeded(gone, size) && !told).then(|| Breach::ClassRemovals {
            class: class.clone(),
            gone,
            size,
            limit: limits.class_removals.of(size),
        })
    };
    let mut breaches: Vec<Breach> = classes.iter().filter_map(of_class).collect();
    let size: usize = classes.values().map(|class| class.size).sum();
    let gone: usize = classes.values().map(|class| class.gone).sum();
    if year == Year::Same && limits.school_removals.is_exceeded(gone, size) {
        breaches.push(Breach::SchoolRemovals { gone, size, limit: limits.school_removals.of(size) });
    }
    breaches
}

/// Classes that are gone with most of their pupils; a class whose pupils are found in other classes was renamed, merged
/// or split.
fn missing_classes(classes: &BTreeMap<ClassName, OldClass>, year: Year) -> Vec<ClassName> {
    let is_missing = |old: &OldClass| {
        // In the new year the name of a class says nothing about its pupils.
        let stands = if year == Year::New { old.gone < old.size } else { old.stands };
        old.gone * 2 > old.size && !stands
    };
    let missing = classes.iter().filter(|(class, old)| !leaves(class, year) && is_missing(old));
    missing.map(|(class, _)| class.clone()).collect()
}

fn missing_breach(
    missing: Vec<ClassName>,
    classes: &BTreeMap<ClassName, OldClass>,
    year: Year,
    limits: &Limits,
) -> Option<Breach> {
    let known = classes.keys().filter(|class| !leaves(class, year)).count();
    let kept = known - missing.len();
    let extent = if kept * 100 < known * limits.classes_kept { Extent::PartOfSchool } else { Extent::MostOfSchool };
    (!missing.is_empty()).then_some(Breach::MissingClasses { classes: missing, known, extent })
}

fn renames<K: KnownStudent>(matching: &Matching<'_, K>, limits: &Limits) -> Option<Breach> {
    let done = matching.pairs.iter().filter(|pair| pair.changes.contains(&Change::Name)).count();
    let asked = matching.proposals.iter().filter(|proposal| proposal.step.mends_name()).count();
    let (renames, size) = (done + asked, matching.all_before().count());
    limits.renames.is_exceeded(renames, size).then(|| Breach::Renames { renames, size, limit: limits.renames.of(size) })
}

fn unreadable_rows<K: KnownStudent>(matching: &Matching<'_, K>, intake: Intake, limits: &Limits) -> Option<Breach> {
    let rows = intake.unreadable_rows;
    let total = matching.all_after().count() + rows;
    let too_many = rows > limits.unreadable_rows || rows * 100 > total * limits.unreadable_share;
    too_many.then_some(Breach::UnreadableRows { rows, total })
}

fn class_sizes<K: KnownStudent>(matching: &Matching<'_, K>, limits: &Limits) -> Vec<Breach> {
    let mut sizes: BTreeMap<&ClassName, usize> = BTreeMap::new();
    for student in matching.all_after() {
        *sizes.entry(&student.class).or_default() += 1;
    }
    let large = sizes.into_iter().filter(|(_, size)| *size > limits.largest_class);
    large.map(|(class, size)| Breach::ClassSize { class: class.clone(), size, limit: limits.largest_class }).collect()
}
