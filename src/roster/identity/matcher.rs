//! Who is taken by whom while the steps go on: whoever is paired, asked about or unclear is free for no later step.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::{Candidates, Free, Rarity, Side, candidates};
use super::decisions::{Answer, Decisions};
use super::known::KnownStudent;
use super::matching::{Ambiguous, Matching, Pair, Proposal, Suggestion};
use super::record::{Record, Records};
use super::returning::Back;
use super::stable_ids::StableIdRemark;
use super::step::Step;

/// What is done with two who could be each other and nobody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Judgement {
    /// They are the same.
    Same,
    /// A person is asked.
    Ask,
}

/// Two records by their numbers, and the step that found them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub(super) before: usize,
    pub(super) after: usize,
    pub(super) step: Step,
}

/// Two records that a person may look at, and what they have in common.
#[derive(Clone, Debug)]
pub(super) struct Hint {
    pub(super) found: Found,
    pub(super) reason: String,
}

/// Records by their numbers that nobody can tell apart.
#[derive(Clone, Debug)]
pub(super) struct Unclear {
    pub(super) before: Vec<usize>,
    pub(super) after: Vec<usize>,
    pub(super) step: Step,
}

/// Who is taken by whom, and who is still free.
pub(super) struct Matcher<'r, 'a> {
    pub(super) records: &'r Records<'a>,
    pub(super) free: Free,
    /// Pairs of which a person said that they are two pupils.
    pub(super) different: BTreeSet<[usize; 2]>,
    /// How many pupils of both sides have a given name.
    pub(super) givens: BTreeMap<&'r str, usize>,
    pub(super) pairs: Vec<Found>,
    returned: Vec<Back>,
    asked: Vec<Found>,
    pub(super) unclear: Vec<Unclear>,
}

impl<'r, 'a> Matcher<'r, 'a> {
    pub(super) fn new(records: &'r Records<'a>) -> Self {
        let mut givens: BTreeMap<&str, usize> = BTreeMap::new();
        for record in records.before.iter().chain(&records.after) {
            *givens.entry(record.given()).or_default() += 1;
        }
        Self {
            records,
            free: Free::of(records.before.len(), records.after.len()),
            different: BTreeSet::new(),
            givens,
            pairs: Vec::new(),
            returned: Vec::new(),
            asked: Vec::new(),
            unclear: Vec::new(),
        }
    }

    /// What a person has answered.
    pub(super) fn decide(&mut self, decisions: &Decisions) {
        for ([before, after], answer) in decisions.between(&self.records.before, &self.records.after) {
            match answer {
                Answer::Different => {
                    self.different.insert([before, after]);
                }
                Answer::Same => self.pair(Found { before, after, step: Step::Decision }),
            }
        }
    }

    /// Whether a step has paired anybody.
    pub(super) fn has_found(&self, step: Step) -> bool {
        self.pairs.iter().any(|found| found.step == step)
    }

    /// Those who are back are nobody else.
    pub(super) fn welcome(&mut self, mut back: Vec<Back>) {
        for back in &back {
            self.free.take(Side::After, back.after);
        }
        self.returned.append(&mut back);
        self.returned.sort_by_key(|back| back.after);
    }

    /// Those who are still free, of one key, who fit each other.
    pub(super) fn candidates<Q: Ord>(
        &self,
        key: impl Fn(Side, &'r Record<'a>) -> Option<Q>,
        fit: impl Fn(&Record<'a>, &Record<'a>) -> bool,
    ) -> Vec<Candidates> {
        let Records { before, after, .. } = self.records;
        let key = |side, at: usize| {
            let record = match side {
                Side::Before => before.get(at),
                Side::After => after.get(at),
            };
            key(side, record?)
        };
        let fit = |old: usize, new: usize| {
            !self.different.contains(&[old, new])
                && before.get(old).zip(after.get(new)).is_some_and(|(one, other)| fit(one, other))
        };
        candidates(&self.free, key, fit)
    }

    /// One step: pupils of one key who fit each other are paired, asked about, or unclear where they are several.
    pub(super) fn step<Q: Ord>(
        &mut self,
        step: Step,
        key: impl Fn(Side, &'r Record<'a>) -> Option<Q>,
        fit: impl Fn(&Record<'a>, &Record<'a>) -> bool,
        judge: impl Fn(&Record<'a>, &Record<'a>, Rarity) -> Judgement,
    ) {
        let Records { before: olds, after: news, .. } = self.records;
        for candidates in self.candidates(key, fit) {
            match candidates {
                Candidates::One { before, after, rarity } => {
                    let Some((one, other)) = olds.get(before).zip(news.get(after)) else { continue };
                    let found = Found { before, after, step };
                    match judge(one, other, rarity) {
                        Judgement::Same => self.pair(found),
                        Judgement::Ask => {
                            self.take(found);
                            self.asked.push(found);
                        }
                    }
                }
                Candidates::Several { before, after } => {
                    for at in &before {
                        self.free.take(Side::Before, *at);
                    }
                    for at in &after {
                        self.free.take(Side::After, *at);
                    }
                    self.unclear.push(Unclear { before, after, step });
                }
            }
        }
    }

    pub(super) fn pair(&mut self, found: Found) {
        let refused = self.different.contains(&[found.before, found.after]);
        let is_free = self.free.is_free(Side::Before, found.before) && self.free.is_free(Side::After, found.after);
        if is_free && !refused {
            self.take(found);
            self.pairs.push(found);
        }
    }

    fn take(&mut self, found: Found) {
        self.free.take(Side::Before, found.before);
        self.free.take(Side::After, found.after);
    }

    /// Those who are back.
    pub(super) fn take_returned(&mut self) -> Vec<Back> {
        std::mem::take(&mut self.returned)
    }

    /// The result, in the order of the old side and of what is new behind it.
    pub(super) fn finish<K: KnownStudent>(
        mut self,
        before: &'a [K],
        suggestions: Vec<Hint>,
        stable_ids: Option<StableIdRemark>,
    ) -> Matching<'a, K> {
        let Records { origin, after, .. } = self.records;
        let old = |at: usize| origin.get(at).and_then(|at| before.get(*at));
        let new = |at: usize| after.get(at).map(|record| record.student);
        self.pairs.sort_by_key(|found| (found.before, found.after));
        self.asked.sort_by_key(|found| (found.before, found.after));
        self.unclear.sort_by(|one, other| one.before.cmp(&other.before));
        let both = |found: &Found| Some((old(found.before)?, new(found.after)?, found.step));
        Matching {
            pairs: self
                .pairs
                .iter()
                .filter_map(both)
                .map(|(before, after, step)| Pair::of(before, after, step))
                .collect(),
            returned: Vec::new(),
            returning: Vec::new(),
            added: self.free.left(Side::After).filter_map(new).collect(),
            removed: self.free.left(Side::Before).filter_map(old).collect(),
            proposals: self
                .asked
                .iter()
                .filter_map(both)
                .map(|(before, after, step)| Proposal { before, after, step })
                .collect(),
            ambiguous: self
                .unclear
                .into_iter()
                .map(|Unclear { before, after, step }| Ambiguous {
                    before: before.into_iter().filter_map(old).collect(),
                    after: after.into_iter().filter_map(new).collect(),
                    step,
                })
                .collect(),
            doubled: Vec::new(),
            suggestions: suggestions
                .into_iter()
                .filter_map(|Hint { found, reason }| {
                    let (before, after, step) = both(&found)?;
                    Some(Suggestion { before, after, step, reason })
                })
                .collect(),
            stable_ids,
        }
    }
}
