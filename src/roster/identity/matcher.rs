//! The steps in their order, each among those who are left (`docs/inputs.md` § 8).

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::{Candidates, Free, Rarity, Side, candidates};
use super::decisions::{Answer, Decisions};
use super::expected::{Expected, Weight, Witness};
use super::known::KnownStudent;
use super::matching::{Ambiguous, Doubled, Matching, Pair, Proposal, Suggestion};
use super::record::{Record, Records};
use super::returning::{Back, Departed, Gone};
use super::stable_ids::{IdPair, StableIdRemark, by_stable_id};
use super::step::Step;
use super::typo::{Part, typo};
use crate::roster::in_two_classes::is_one_pupil;
use crate::school::Student;

/// Finds the pupils of the old side on the new side.
///
/// A pair is made only where nobody else could be meant; `decisions` are the answers to earlier questions.
pub fn match_students<'a, K: KnownStudent>(
    before: &'a [K],
    after: &[&'a Student],
    decisions: &Decisions,
) -> Matching<'a, K> {
    match_with_gone(before, &[], after, decisions, &Decisions::default())
}

/// The same, and finds among the newcomers those who left earlier. `about_gone` are the answers about these: a pupil of the
/// old side may have the name and the class of somebody who left.
pub fn match_with_gone<'a, K: KnownStudent>(
    before: &'a [K],
    gone: &'a [Gone<K>],
    after: &[&'a Student],
    decisions: &Decisions,
    about_gone: &Decisions,
) -> Matching<'a, K> {
    let students: Vec<&'a Student> = before.iter().map(KnownStudent::student).collect();
    let left: Vec<&'a Student> = gone.iter().map(|one| one.known.student()).collect();
    let records = Records::of(&students, &left, after);
    let mut matcher = Matcher::new(&records);
    let mut departed = Departed::of(&records, gone, about_gone);
    matcher.decide(decisions);
    let decided = departed.decided(&matcher.free);
    matcher.welcome(decided);
    let stable_ids = matcher.by_stable_id();
    let is_trusted = matcher.pairs.iter().any(|found| found.step == Step::StableId);
    // Whoever is here by name and date is nobody who left, whatever number was typed.
    matcher.by_name_and_date();
    let numbered = departed.by_stable_id(&matcher.free, is_trusted);
    matcher.welcome(numbered);
    let dated = departed.by_name_and_date(&matcher.free);
    matcher.welcome(dated);
    let expected = Expected::of(&records, &matcher.witnesses());
    matcher.by_class(&expected);
    matcher.by_parts_of_the_name(&expected);
    matcher.by_another_name(&expected);
    matcher.by_name_alone(&expected);
    let mut returning = departed.by_class(&matcher.free, &expected);
    for back in &returning {
        matcher.free.take(Side::After, back.after);
    }
    for back in departed.by_name_alone(&matcher.free) {
        matcher.free.take(Side::After, back.after);
        returning.push(back);
    }
    let doubled = matcher.hold_doubled();
    let suggestions = matcher.suggestions(&expected);
    let welcomed = std::mem::take(&mut matcher.returned);
    let known = |back: &Back| Some((&gone.get(back.gone)?.known, records.after.get(back.after)?.student, back.step));
    let returned =
        welcomed.iter().filter_map(known).map(|(before, after, step)| Pair::of(before, after, step)).collect();
    let returning = returning.iter().filter_map(known);
    let returning = returning.map(|(before, after, step)| Proposal { before, after, step }).collect();
    Matching { returned, returning, doubled, ..matcher.finish(before, &suggestions, stable_ids) }
}

/// What is done with two who could be each other and nobody else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Judgement {
    /// They are the same.
    Same,
    /// A person is asked.
    Ask,
}

/// Two records by their numbers, and the step that found them.
#[derive(Clone, Copy, Debug)]
struct Found {
    before: usize,
    after: usize,
    step: Step,
}

/// Records by their numbers that nobody can tell apart.
#[derive(Clone, Debug)]
struct Unclear {
    before: Vec<usize>,
    after: Vec<usize>,
    step: Step,
}

struct Matcher<'r, 'a> {
    records: &'r Records<'a>,
    free: Free,
    /// Pairs of which a person said that they are two pupils.
    different: BTreeSet<[usize; 2]>,
    /// How many pupils of both sides have a given name.
    givens: BTreeMap<&'r str, usize>,
    pairs: Vec<Found>,
    returned: Vec<Back>,
    asked: Vec<Found>,
    unclear: Vec<Unclear>,
}

impl<'r, 'a> Matcher<'r, 'a> {
    fn new(records: &'r Records<'a>) -> Self {
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
    fn decide(&mut self, decisions: &Decisions) {
        for ([before, after], answer) in decisions.between(&self.records.before, &self.records.after) {
            match answer {
                Answer::Different => {
                    self.different.insert([before, after]);
                }
                Answer::Same => self.pair(Found { before, after, step: Step::Decision }),
            }
        }
    }

    /// Those who are back are nobody else.
    fn welcome(&mut self, mut back: Vec<Back>) {
        for back in &back {
            self.free.take(Side::After, back.after);
        }
        self.returned.append(&mut back);
        self.returned.sort_by_key(|back| back.after);
    }

    /// Step 0.
    fn by_stable_id(&mut self) -> Option<StableIdRemark> {
        // One pupil in two classes has one number twice, which says nothing against the numbers of the others.
        let doubled: BTreeSet<usize> = self.doubled().into_iter().flatten().collect();
        match by_stable_id(&self.records.before, &self.records.after, &doubled) {
            Ok(pairs) => {
                for IdPair { before, after } in pairs {
                    self.pair(Found { before, after, step: Step::StableId });
                }
                None
            }
            Err(remark) => Some(remark),
        }
    }

    /// Step 1: in the same class first, so that two records of one pupil in two classes do not change places.
    fn by_name_and_date(&mut self) {
        let always = |_: &Record<'_>, _: &Record<'_>| true;
        self.step(
            Step::NameAndDate,
            |_, record| Some((record.name.as_str(), record.date?, Some(record.class))),
            always,
            |_, _, _| Judgement::Same,
        );
        self.step(Step::NameAndDate, |_, record| Some((record.name.as_str(), record.date?)), always, same_if_sole);
        self.step(
            Step::NoPatronymic,
            |_, record| Some((record.surname_and_given(), record.date?)),
            Record::lacks_patronymic,
            same_if_sole,
        );
    }

    /// Where the pupils of each class seem to be now: those who are paired, and names that occur once on both sides.
    fn witnesses(&self) -> Vec<Witness> {
        let certain = self.pairs.iter().map(|found| Witness {
            before: found.before,
            after: found.after,
            weight: Weight::Certain,
        });
        let Records { before, after, .. } = self.records;
        let names = self.candidates(|_, record| Some(record.name.as_str()), Record::lacks_date);
        let by_name = names.into_iter().filter_map(|found| match found {
            Candidates::One { before, after, rarity: Rarity::Sole } => {
                Some(Witness { before, after, weight: Weight::NameOnly })
            }
            _ => None,
        });
        debug_assert!(self.pairs.len() <= before.len().min(after.len()));
        certain.chain(by_name).collect()
    }

    /// Step 2: namesakes of one class by their parents first.
    fn by_class(&mut self, expected: &Expected) {
        self.step(
            Step::NameAndClass,
            |side, record| Some((record.name.as_str(), expected.on(side, record)?)),
            |one, other| one.lacks_date(other) && one.shares_parent(other),
            |_, _, _| Judgement::Same,
        );
        self.step(
            Step::NameAndClass,
            |side, record| Some((record.name.as_str(), expected.on(side, record)?)),
            Record::lacks_date,
            same_if_sole,
        );
        // A list without patronymics leaves them out; a single missing one may be another pupil's.
        let (before, after) = (&self.records.before, &self.records.after);
        let lists_without = has_no_patronymics(before) != has_no_patronymics(after);
        self.step(
            Step::NoPatronymicAndClass,
            |side, record| Some((record.surname_and_given(), expected.on(side, record)?)),
            |one, other| one.lacks_date(other) && one.lacks_patronymic(other),
            |one, other, rarity| {
                if rarity == Rarity::Sole && (lists_without || one.shares_phone(other)) {
                    Judgement::Same
                } else {
                    Judgement::Ask
                }
            },
        );
    }

    /// Steps 3 and 4.
    fn by_parts_of_the_name(&mut self, expected: &Expected) {
        self.step(
            Step::OtherSurname,
            |_, record| Some((record.given_and_patronymic(), record.given(), record.date?)),
            |one, other| one.surname() != other.surname(),
            |one, other, rarity| {
                let agrees = expected.agrees(one, other) || one.shares_phone(other);
                if agrees && rarity == Rarity::Sole { Judgement::Same } else { Judgement::Ask }
            },
        );
        self.step(
            Step::SwappedParts,
            |_, record| {
                let mut words = [record.surname(), record.given(), record.patronymic()];
                words.sort_unstable();
                Some((words, record.date?))
            },
            |_, _| true,
            |_, _, _| Judgement::Ask,
        );
        let givens = self.givens.clone();
        self.step(
            Step::Typo,
            |side, record| Some((expected.on(side, record)?, record.date?)),
            |one, other| typo(one, other).is_some(),
            |one, other, _| {
                // Twins have everything in common but the given name, the telephones of their parents, too.
                let is_name = |name: &str| givens.get(name).is_some_and(|pupils| *pupils > 1);
                let may_be_twins =
                    typo(one, other) == Some(Part::Given) && is_name(one.given()) && is_name(other.given());
                if one.shares_phone(other) && !may_be_twins { Judgement::Same } else { Judgement::Ask }
            },
        );
    }

    /// A given name or a patronymic that was put right by more than a letter or two: never without a question, for twins
    /// have all the rest in common.
    fn by_another_name(&mut self, expected: &Expected) {
        let ask = |_: &Record<'_>, _: &Record<'_>, _| Judgement::Ask;
        self.step(
            Step::OtherGiven,
            |side, record| Some((expected.on(side, record)?, record.date?, record.surname(), record.patronymic())),
            |_, _| true,
            ask,
        );
        self.step(
            Step::OtherPatronymic,
            |_, record| Some((record.date?, record.surname_and_given())),
            |one, other| !one.patronymic().is_empty() && !other.patronymic().is_empty(),
            ask,
        );
    }

    /// Another date in the same class, and step 5.
    fn by_name_alone(&mut self, expected: &Expected) {
        self.step(
            Step::OtherDate,
            |side, record| Some((record.name.as_str(), expected.on(side, record)?)),
            |_, _| true,
            |_, _, _| Judgement::Ask,
        );
        self.step(Step::NameOnly, |_, record| Some(record.name.as_str()), Record::lacks_date, |_, _, _| Judgement::Ask);
    }

    /// The rows of each pupil of the new side who stands in several classes.
    fn doubled(&self) -> Vec<Vec<usize>> {
        let after = &self.records.after;
        let mut names: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, record) in after.iter().enumerate() {
            names.entry(record.name.as_str()).or_default().push(at);
        }
        let mut doubled = Vec::new();
        for mut rows in names.into_values().filter(|rows| rows.len() > 1) {
            let is_one = |one: usize, other: usize| {
                let both = after.get(one).zip(after.get(other)).map(|(one, other)| (one.student, other.student));
                both.is_some_and(|(one, other)| one.class != other.class && is_one_pupil(one, other).is_some())
            };
            while let Some(first) = rows.pop() {
                let (mut one, others): (Vec<usize>, _) = rows.into_iter().partition(|at| is_one(first, *at));
                rows = others;
                if !one.is_empty() {
                    one.push(first);
                    doubled.push(one);
                }
            }
        }
        doubled
    }

    /// Nobody is taken in twice: of a pupil who stands in several classes the row that is known stays, the others wait; where
    /// none is known, all wait.
    fn hold_doubled(&mut self) -> Vec<Doubled<'a>> {
        let student = |at: &usize| self.records.after.get(*at).map(|record| record.student);
        let mut found = Vec::new();
        for rows in self.doubled() {
            // Whoever could be either row waits for the lists, too, not for an answer.
            for unclear in &mut self.unclear {
                if unclear.after.iter().all(|at| rows.contains(at)) {
                    unclear.step = Step::InTwoClasses;
                }
            }
            let waiting: Vec<usize> = rows.iter().copied().filter(|at| self.free.is_free(Side::After, *at)).collect();
            if waiting.is_empty() {
                continue;
            }
            for at in &waiting {
                self.free.take(Side::After, *at);
            }
            found.push(Doubled {
                rows: rows.iter().filter_map(student).collect(),
                waiting: waiting.iter().filter_map(student).collect(),
            });
        }
        found
    }

    /// Step 6: nobody is taken by it.
    fn suggestions(&self, expected: &Expected) -> Vec<Found> {
        let Records { before, after, .. } = self.records;
        let mut families: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for at in self.free.left(Side::After) {
            let Some(record) = after.get(at) else { continue };
            for phone in &record.phones {
                families.entry((*phone, record.given())).or_default().push(at);
            }
        }
        let mut found: BTreeMap<[usize; 2], Step> = BTreeMap::new();
        for at in self.free.left(Side::Before) {
            let Some(record) = before.get(at) else { continue };
            let phones = record.phones.iter().filter_map(|phone| families.get(&(*phone, record.given())));
            for new in phones.flatten().filter(|new| !self.different.contains(&[at, **new])) {
                found.insert([at, *new], Step::PhoneAndGiven);
            }
        }
        let similar = self.candidates(
            |side, record| expected.on(side, record),
            |one, other| one.lacks_date(other) && typo(one, other).is_some(),
        );
        for candidates in similar {
            if let Candidates::One { before, after, .. } = candidates {
                found.entry([before, after]).or_insert(Step::SimilarName);
            }
        }
        found.into_iter().map(|([before, after], step)| Found { before, after, step }).collect()
    }

    fn candidates<Q: Ord>(
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
    fn step<Q: Ord>(
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

    fn pair(&mut self, found: Found) {
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

    /// The result, in the order of the old side and of what is new behind it.
    fn finish<K: KnownStudent>(
        mut self,
        before: &'a [K],
        suggestions: &[Found],
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
                .iter()
                .filter_map(both)
                .map(|(before, after, step)| Suggestion { before, after, step })
                .collect(),
            stable_ids,
        }
    }
}

/// Certain where no third pupil of either list has the key: namesakes are never merged.
fn same_if_sole(_: &Record<'_>, _: &Record<'_>, rarity: Rarity) -> Judgement {
    match rarity {
        Rarity::Sole => Judgement::Same,
        Rarity::AmongLeft => Judgement::Ask,
    }
}

/// Whether a list leaves patronymics out: fewer than one pupil in twenty has one.
fn has_no_patronymics(records: &[Record<'_>]) -> bool {
    let with = records.iter().filter(|record| !record.patronymic().is_empty()).count();
    with * 20 < records.len()
}
