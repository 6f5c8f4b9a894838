//! Who could be whom: one and one, or several.
//!
//! Pupils of one key are compared with one another only, so that a whole school takes milliseconds. The answer depends
//! on who they are, never on the order in which they came.

use std::collections::{BTreeMap, BTreeSet};

/// One side of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// Candidates, by their numbers within their sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Candidates {
    /// Each could be the other and nobody else.
    One { before: usize, after: usize, rarity: Rarity },
    /// Any of them could be several others.
    Several { before: Vec<usize>, after: Vec<usize> },
}

/// Whether others of the same key exist who are paired already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rarity {
    /// No other pupil of either side has the key.
    Sole,
    /// There are others, but they are paired.
    AmongLeft,
}

/// Who is not paired yet.
#[derive(Clone, Debug)]
pub(super) struct Free {
    pub(super) before: Vec<bool>,
    pub(super) after: Vec<bool>,
}

/// The pupils of one key.
#[derive(Default)]
struct Group {
    before: Vec<usize>,
    after: Vec<usize>,
    /// How many of either side have the key, paired ones included.
    all: [usize; 2],
}

/// More comparisons than this within a key are not made: so many namesakes are several candidates anyway.
const LARGEST_GROUP: usize = 4096;

impl Free {
    pub(super) fn of(before: usize, after: usize) -> Self {
        Self { before: vec![true; before], after: vec![true; after] }
    }

    pub(super) fn take(&mut self, side: Side, at: usize) {
        let side = match side {
            Side::Before => &mut self.before,
            Side::After => &mut self.after,
        };
        side.iter_mut().skip(at).take(1).for_each(|free| *free = false);
    }

    pub(super) fn is_free(&self, side: Side, at: usize) -> bool {
        let side = match side {
            Side::Before => &self.before,
            Side::After => &self.after,
        };
        side.get(at).copied().unwrap_or(false)
    }

    /// Those who are not paired, in their order.
    pub(super) fn left(&self, side: Side) -> impl Iterator<Item = usize> {
        let side = match side {
            Side::Before => &self.before,
            Side::After => &self.after,
        };
        side.iter().enumerate().filter(|(_, free)| **free).map(|(at, _)| at)
    }
}

/// The candidates among those who are left: they have the same key, and both fit each other.
pub(super) fn candidates<K: Ord>(
    free: &Free,
    key: impl Fn(Side, usize) -> Option<K>,
    fit: impl Fn(usize, usize) -> bool,
) -> Vec<Candidates> {
    let mut groups: BTreeMap<K, Group> = BTreeMap::new();
    for at in free.left(Side::Before) {
        if let Some(key) = key(Side::Before, at) {
            groups.entry(key).or_default().before.push(at);
        }
    }
    for at in free.left(Side::After) {
        if let Some(group) = key(Side::After, at).and_then(|key| groups.get_mut(&key)) {
            group.after.push(at);
        }
    }
    groups.retain(|_, group| !group.after.is_empty());
    if groups.is_empty() {
        return Vec::new();
    }
    for (side, len) in [(Side::Before, free.before.len()), (Side::After, free.after.len())] {
        for at in 0..len {
            if let Some(group) = key(side, at).and_then(|key| groups.get_mut(&key)) {
                let [before, after] = &mut group.all;
                *(if side == Side::Before { before } else { after }) += 1;
            }
        }
    }
    groups.into_values().flat_map(|group| group.resolve(&fit)).collect()
}

impl Group {
    fn resolve(self, fit: &impl Fn(usize, usize) -> bool) -> Vec<Candidates> {
        let Self { before, after, all } = self;
        if before.len() * after.len() > LARGEST_GROUP {
            return vec![Candidates::Several { before, after }];
        }
        let rarity = if all == [1, 1] { Rarity::Sole } else { Rarity::AmongLeft };
        let fitting = |old: usize| after.iter().copied().filter(move |new| fit(old, *new));
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        for &first in &before {
            if seen.contains(&first) || fitting(first).next().is_none() {
                continue;
            }
            // All who hang together: those who fit the first, those who fit these, and so on.
            let (mut olds, mut news) = (BTreeSet::from([first]), BTreeSet::new());
            let mut open = vec![first];
            while let Some(old) = open.pop() {
                for new in fitting(old).filter(|new| news.insert(*new)).collect::<Vec<_>>() {
                    open.extend(before.iter().copied().filter(|old| fit(*old, new) && olds.insert(*old)));
                }
            }
            seen.extend(olds.iter().copied());
            found.push(match (olds.len(), news.iter().copied().next()) {
                (1, Some(after)) if news.len() == 1 => Candidates::One { before: first, after, rarity },
                _ => Candidates::Several { before: olds.into_iter().collect(), after: news.into_iter().collect() },
            });
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::{Candidates, Free, Side, candidates};

    /// Pupils as numbers: the key is the tens, and numbers of one key fit where they differ by one at most.
    #[track_caller]
    fn check(before: &[usize], after: &[usize], paired: &[usize], expected: &str) {
        let mut free = Free::of(before.len(), after.len());
        for number in paired {
            before.iter().position(|old| old == number).into_iter().for_each(|at| free.take(Side::Before, at));
            after.iter().position(|new| new == number).into_iter().for_each(|at| free.take(Side::After, at));
        }
        let number = |side, at: usize| if side == Side::Before { before[at] } else { after[at] };
        let found =
            candidates(&free, |side, at| Some(number(side, at) / 10), |old, new| before[old].abs_diff(after[new]) <= 1);
        let shown: Vec<String> = found
            .into_iter()
            .map(|candidates| match candidates {
                Candidates::One { before: old, after: new, rarity } => {
                    format!("{}={} {rarity:?}", before[old], after[new])
                }
                Candidates::Several { before: olds, after: news } => {
                    let olds: Vec<_> = olds.into_iter().map(|at| before[at]).collect();
                    let news: Vec<_> = news.into_iter().map(|at| after[at]).collect();
                    format!("{olds:?}={news:?}")
                }
            })
            .collect();
        assert_eq!(shown.join("; "), expected);
    }

    #[test]
    fn one_or_several() {
        check(&[11], &[12], &[], "11=12 Sole");
        check(&[11], &[12, 25], &[], "11=12 Sole");
        check(&[11], &[14], &[], "");
        check(&[11, 14], &[12], &[], "11=12 AmongLeft");
        check(&[11, 13], &[12], &[], "[11, 13]=[12]");
        check(&[11, 13], &[10, 12], &[], "[11, 13]=[10, 12]");
        check(&[10, 15], &[11, 16], &[], "10=11 AmongLeft; 15=16 AmongLeft");
        check(&[11, 13], &[12, 13], &[13], "11=12 AmongLeft");
    }
}
