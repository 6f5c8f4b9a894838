//! In which class of the new list the pupils of an old class are expected: 7А stays 7А, or becomes 8А in the new year.
//!
//! «The same class» is a weighty reason for two rows to be one pupil, and in the new school year it is a wrong one.

use std::collections::BTreeMap;

use super::candidates::Side;
use super::record::{ClassId, Record, Records};

/// The new class of each old class.
#[derive(Debug)]
pub(super) struct Expected {
    /// By the number of the old class; `None` where nobody can say.
    classes: BTreeMap<ClassId, Option<ClassId>>,
}

/// Two pupils who speak for where a class has gone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Witness {
    pub(super) before: usize,
    pub(super) after: usize,
    pub(super) weight: Weight,
}

/// What a witness is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// They are one pupil for certain.
    Certain,
    /// They have a name that nobody else in the school has.
    NameOnly,
}

/// Where the witnesses of one class are now.
#[derive(Default)]
struct Tally {
    size: usize,
    certain: BTreeMap<ClassId, usize>,
    all: BTreeMap<ClassId, usize>,
}

impl Expected {
    pub(super) fn of(records: &Records<'_>, witnesses: &[Witness]) -> Self {
        let mut tallies: BTreeMap<ClassId, Tally> = BTreeMap::new();
        for record in &records.before {
            tallies.entry(record.class).or_default().size += 1;
        }
        let mut up = 0;
        for Witness { before, after, weight } in witnesses {
            let Some((old, new)) = records.before.get(*before).zip(records.after.get(*after)) else { continue };
            let tally = tallies.entry(old.class).or_default();
            *tally.all.entry(new.class).or_default() += 1;
            if *weight == Weight::Certain {
                *tally.certain.entry(new.class).or_default() += 1;
            }
            up += usize::from(new.student.class.grade() == old.student.class.grade() + 1);
        }
        // In the new year a class that has left says nothing, but its name is another class's.
        let new_year = up * 2 > witnesses.len();
        let expected = |(class, tally): (&ClassId, &Tally)| {
            let most = |counts: &BTreeMap<ClassId, usize>| {
                let most = counts.iter().max_by_key(|(class, pupils)| (**pupils, std::cmp::Reverse(**class)));
                most.filter(|(_, pupils)| **pupils * 2 > tally.size).map(|(class, _)| *class)
            };
            // Of two pupils one may wait for an answer in the new year: half is enough where all who are certain say so.
            let sole = tally.certain.iter().next().filter(|(_, pupils)| **pupils * 2 >= tally.size);
            let sole = sole.filter(|_| new_year && tally.certain.len() == 1).map(|(class, _)| *class);
            let found = match (most(&tally.certain).or(sole), most(&tally.all)) {
                (Some(gone_to), _) => Some(gone_to),
                // Names alone do not say enough for a new class, but enough against the old one.
                (None, Some(gone_to)) => (gone_to == *class).then_some(*class),
                (None, None) => (!new_year).then_some(*class),
            };
            (*class, found)
        };
        Self { classes: tallies.iter().map(expected).collect() }
    }

    /// The class in which a pupil of the old side is expected.
    fn class(&self, before: &Record<'_>) -> Option<ClassId> {
        self.classes.get(&before.class).copied().flatten()
    }

    /// The class that counts on a side: the expected one on the old side, the own one on the new side.
    pub(super) fn on(&self, side: Side, record: &Record<'_>) -> Option<ClassId> {
        match side {
            Side::Before => self.class(record),
            Side::After => Some(record.class),
        }
    }

    /// Whether a pupil of the new side is in the class in which one of the old side is expected.
    pub(super) fn agrees(&self, before: &Record<'_>, after: &Record<'_>) -> bool {
        self.class(before) == Some(after.class)
    }
}
