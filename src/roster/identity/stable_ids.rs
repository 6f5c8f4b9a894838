//! Whether the numbers of personal files of both lists may be trusted.
//!
//! A column «ID» can hold the numbers of rows, or the numbers of parents. A wrong pair is worse than none, so one row
//! that contradicts makes the whole column worth nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::record::Record;
use crate::school::{Place, StableId};

/// Why the numbers were not used, where both lists have them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StableIdRemark {
    /// Too many rows have none.
    Gaps,
    /// Two pupils of one list have the same.
    Repeated {
        /// The row of the second one.
        place: Place,
    },
    /// They count the rows.
    RowNumbers,
    /// No number stands in both lists.
    NothingInCommon,
    /// One number stands at two pupils.
    Contradiction {
        /// The row of the old list.
        before: Place,
        /// The row of the new list.
        after: Place,
    },
}

impl fmt::Display for StableIdRemark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Номера личных дел не использованы: ")?;
        match self {
            Self::Gaps => f.write_str("они есть не у всех учеников."),
            Self::Repeated { place } => write!(f, "номер повторяется ({place})."),
            Self::RowNumbers => f.write_str("это порядковые номера строк."),
            Self::NothingInCommon => f.write_str("в двух списках нет ни одного общего номера."),
            Self::Contradiction { before, after } => {
                write!(f, "под одним номером стоят разные ученики ({before}; {after}).")
            }
        }
    }
}

/// Two pupils of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct IdPair {
    pub(super) before: usize,
    pub(super) after: usize,
}

/// The pupils of equal numbers; none where a side has no numbers. `doubled` are the rows of the new side whose pupil has
/// several: they are left out.
pub(super) fn by_stable_id(
    before: &[Record<'_>],
    after: &[Record<'_>],
    doubled: &BTreeSet<usize>,
) -> Result<Vec<IdPair>, StableIdRemark> {
    let has = |records: &[Record<'_>]| records.iter().any(|record| record.student.stable_id.is_some());
    if !has(before) || !has(after) {
        return Ok(Vec::new());
    }
    let (old, new) = (numbers(before, &BTreeSet::new())?, numbers(after, doubled)?);
    if counts_rows(before) && counts_rows(after) {
        return Err(StableIdRemark::RowNumbers);
    }
    let common = old.iter().filter_map(|(id, before)| Some(IdPair { before: *before, after: *new.get(id)? }));
    let pairs: Vec<IdPair> = common.collect();
    if pairs.is_empty() {
        return Err(StableIdRemark::NothingInCommon);
    }
    let known = sole_dated(after);
    for pair in &pairs {
        let (Some(one), Some(other)) = (before.get(pair.before), after.get(pair.after)) else { continue };
        let elsewhere = one.date.and_then(|date| known.get(&(one.name.as_str(), date)).copied().flatten());
        if !agree(one, other) || elsewhere.is_some_and(|at| at != pair.after) {
            let (before, after) = (one.student.place.clone(), other.student.place.clone());
            return Err(StableIdRemark::Contradiction { before, after });
        }
    }
    Ok(pairs)
}

/// The pupils of a side by their numbers.
fn numbers<'r>(
    records: &'r [Record<'_>],
    left_out: &BTreeSet<usize>,
) -> Result<BTreeMap<&'r StableId, usize>, StableIdRemark> {
    let mut numbers = BTreeMap::new();
    for (at, record) in records.iter().enumerate().filter(|(at, _)| !left_out.contains(at)) {
        let Some(id) = &record.student.stable_id else { continue };
        if numbers.insert(id, at).is_some() {
            return Err(StableIdRemark::Repeated { place: record.student.place.clone() });
        }
    }
    // «Filled in at least 95 % of the rows» (§ 8, step 0).
    if numbers.len() * 100 < (records.len() - left_out.len()) * 95 { Err(StableIdRemark::Gaps) } else { Ok(numbers) }
}

/// 1, 2, 3 … from the first row to the last.
fn counts_rows(records: &[Record<'_>]) -> bool {
    let mut rows: Vec<_> = records.iter().map(|record| (&record.student.place, &record.student.stable_id)).collect();
    rows.sort();
    rows.iter().zip(1_usize..).all(|((_, id), number)| {
        id.as_ref().is_some_and(|id| id.as_str().parse::<usize>().is_ok_and(|found| found == number))
    })
}

/// Whether something else than the number says that two rows are one pupil.
fn agree(one: &Record<'_>, other: &Record<'_>) -> bool {
    let close = || strsim::osa_distance(one.given(), other.given()) <= 2;
    match one.date.zip(other.date) {
        Some((old, new)) => old == new || one.name == other.name,
        None => one.name == other.name || close(),
    }
}

/// Pupils by name and date of birth; `None` where several have both.
fn sole_dated<'r>(records: &'r [Record<'_>]) -> BTreeMap<(&'r str, jiff::civil::Date), Option<usize>> {
    let mut known = BTreeMap::new();
    for (at, record) in records.iter().enumerate() {
        let Some(date) = record.date else { continue };
        known.entry((record.name.as_str(), date)).and_modify(|known| *known = None).or_insert(Some(at));
    }
    known
}
