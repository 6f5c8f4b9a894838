//! What each step looks for: its key, what else must fit, and when the two are certainly one.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::{Candidates, Rarity, Side};
use super::expected::{Expected, Weight, Witness};
use super::matcher::{Found, Hint, Judgement, Matcher};
use super::record::{Record, Records};
use super::stable_ids::{IdPair, StableIdRemark, by_stable_id};
use super::step::Step;
use super::typo::{Part, typo};

impl Matcher<'_, '_> {
    /// Step 0.
    pub(super) fn by_stable_id(&mut self) -> Option<StableIdRemark> {
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
    pub(super) fn by_name_and_date(&mut self) {
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
    pub(super) fn witnesses(&self) -> Vec<Witness> {
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
    pub(super) fn by_class(&mut self, expected: &Expected) {
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
    pub(super) fn by_parts_of_the_name(&mut self, expected: &Expected) {
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
    pub(super) fn by_another_name(&mut self, expected: &Expected) {
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
    pub(super) fn by_name_alone(&mut self, expected: &Expected) {
        self.step(
            Step::OtherDate,
            |side, record| Some((record.name.as_str(), expected.on(side, record)?)),
            |_, _| true,
            |_, _, _| Judgement::Ask,
        );
        self.step(Step::NameOnly, |_, record| Some(record.name.as_str()), Record::lacks_date, |_, _, _| Judgement::Ask);
    }

    /// Another surname, and maybe another patronymic, beside the same parent: a marriage of the mother, an adoption. Never
    /// without a question. Brothers and sisters have the parent in common, too, but no given name.
    pub(super) fn by_family(&mut self, expected: &Expected) {
        let ask = |_: &Record<'_>, _: &Record<'_>, _| Judgement::Ask;
        self.step(
            Step::FamilyAndDate,
            |side, record| Some((expected.on(side, record)?, record.date?, record.given())),
            Record::shares_parent,
            ask,
        );
        self.step(
            Step::FamilyAndPatronymic,
            |side, record| {
                let name = (record.given(), record.patronymic());
                (!name.1.is_empty()).then_some((expected.on(side, record)?, name))
            },
            Record::shares_parent,
            ask,
        );
    }

    /// Step 6: nobody is taken by it.
    pub(super) fn suggestions(&self, expected: &Expected) -> Vec<Hint> {
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
        let hint = |([old, new], step): ([usize; 2], Step)| {
            let reason = in_common(step, before.get(old)?, after.get(new)?, expected);
            Some(Hint { found: Found { before: old, after: new, step }, reason })
        };
        found.into_iter().filter_map(hint).collect()
    }
}

/// All that two who may be one have in common, for people: they decide by it.
fn in_common(step: Step, one: &Record<'_>, other: &Record<'_>, expected: &Expected) -> String {
    let shares_phone = one.shares_phone(other);
    if step != Step::PhoneAndGiven {
        let phone = if shares_phone { "; телефон родителя тот же" } else { "" };
        return format!("{}{phone}", step.reason());
    }
    let same = [
        ("фамилия", one.surname() == other.surname()),
        ("имя", one.given() == other.given()),
        ("отчество", !one.patronymic().is_empty() && one.patronymic() == other.patronymic()),
        ("дата рождения", one.date.is_some() && one.date == other.date),
        ("класс", expected.agrees(one, other)),
    ];
    let words: Vec<&str> = same.into_iter().filter(|(_, is_same)| *is_same).map(|(word, _)| word).collect();
    format!("совпали {} и телефон родителя", words.join(", "))
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
