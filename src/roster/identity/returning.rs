//! Who of the newcomers was here before: a row that a list left out by mistake comes back as the same pupil.
//!
//! Somebody who left is known again by the whole name and the date of birth, or by the number of the personal file where the
//! name says the same. The name without a date is a question. Where anybody else could be meant, known or gone, the newcomer
//! is a newcomer.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::{Free, Side};
use super::decisions::{Answer, Decisions};
use super::expected::Expected;
use super::known::KnownStudent;
use super::record::{Record, Records};
use super::step::Step;

/// Somebody who left and is not forgotten yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone<K> {
    /// Who.
    pub known: K,
    /// When.
    pub left: LeftIn,
}

/// When somebody left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftIn {
    /// In this school year: the name of the class means the class of now.
    ThisYear,
    /// Before it: another class has the name now.
    EarlierYear,
}

/// A newcomer by the number within the side, and the place of the one who left among those that were given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Back {
    pub(super) gone: usize,
    pub(super) after: usize,
    pub(super) step: Step,
}

/// Those who left, with what was answered about them.
pub(super) struct Departed<'r, 'a> {
    records: &'r Records<'a>,
    left: Vec<LeftIn>,
    answers: BTreeMap<[usize; 2], Answer>,
    /// Who is not back yet.
    free: Vec<bool>,
}

impl<'r, 'a> Departed<'r, 'a> {
    pub(super) fn of<K: KnownStudent>(records: &'r Records<'a>, gone: &[Gone<K>], decisions: &Decisions) -> Self {
        Self {
            records,
            left: gone.iter().map(|one| one.left).collect(),
            answers: decisions.between(&records.gone, &records.after).into_iter().collect(),
            free: vec![true; gone.len()],
        }
    }

    /// Those of whom a person said so.
    pub(super) fn decided(&mut self, free: &Free) -> Vec<Back> {
        let answers = self.answers.iter().filter(|(_, answer)| **answer == Answer::Same);
        let found = answers.map(|([gone, after], _)| Back { gone: *gone, after: *after, step: Step::Decision });
        let found = found.collect();
        self.take(found, free)
    }

    /// Step 0, among those whom nobody else is by name and date. `is_trusted` tells whether the numbers of those who stayed agree
    /// in both lists. A number that was typed at somebody else says nothing: the whole name, or the given name and the date
    /// of birth must be the same, and nobody who is still looked for may have the name.
    pub(super) fn by_stable_id(&mut self, free: &Free, is_trusted: bool) -> Vec<Back> {
        if !is_trusted {
            return Vec::new();
        }
        let Records { before, after, gone, .. } = self.records;
        let dated: BTreeMap<usize, usize> = self.dated().into_iter().map(|[gone, after]| (gone, after)).collect();
        let looked_for: BTreeSet<&str> =
            free.left(Side::Before).filter_map(|at| before.get(at)).map(|record| record.name.as_str()).collect();
        let found = sole_pairs(self.records, |_, record| record.student.stable_id.as_ref());
        let found = found.into_iter().filter(|[old, new]| {
            let says_the_same = |(one, other)| is_same_name(one, other) && !looked_for.contains(other.name.as_str());
            let agrees = gone.get(*old).zip(after.get(*new)).is_some_and(says_the_same);
            agrees && dated.get(old).is_none_or(|dated| dated == new)
        });
        let found = found.map(|[gone, after]| Back { gone, after, step: Step::StableId }).collect();
        self.take(found, free)
    }

    /// Step 1.
    pub(super) fn by_name_and_date(&mut self, free: &Free) -> Vec<Back> {
        let found =
            self.dated().into_iter().map(|[gone, after]| Back { gone, after, step: Step::NameAndDate }).collect();
        self.take(found, free)
    }

    /// Step 2: to be asked.
    pub(super) fn by_class(&mut self, free: &Free, expected: &Expected) -> Vec<Back> {
        let Records { after, gone, .. } = self.records;
        let found = sole_pairs(self.records, |side, record| Some((record.name.as_str(), expected.on(side, record)?)));
        let found = found.into_iter().filter(|[old, new]| {
            let is_of_now = self.left.get(*old) == Some(&LeftIn::ThisYear);
            gone.get(*old).zip(after.get(*new)).is_some_and(|(one, other)| is_of_now && one.lacks_date(other))
        });
        let found = found.map(|[gone, after]| Back { gone, after, step: Step::WasHere }).collect();
        self.take(found, free)
    }

    /// The name without a date, whatever the class: to be asked, as of those who stayed (step 5).
    pub(super) fn by_name_alone(&mut self, free: &Free) -> Vec<Back> {
        let Records { after, gone, .. } = self.records;
        let found = sole_pairs(self.records, |_, record| Some(record.name.as_str()));
        let lacks_date = |[old, new]: &[usize; 2]| {
            gone.get(*old).zip(after.get(*new)).is_some_and(|(one, other)| one.lacks_date(other))
        };
        let found = found.into_iter().filter(lacks_date);
        let found = found.map(|[gone, after]| Back { gone, after, step: Step::WasElsewhere }).collect();
        self.take(found, free)
    }

    fn dated(&self) -> Vec<[usize; 2]> {
        sole_pairs(self.records, |_, record| Some((record.name.as_str(), record.date?)))
    }

    fn take(&mut self, found: Vec<Back>, free: &Free) -> Vec<Back> {
        let is_open = |back: &Back| {
            let refused = self.answers.get(&[back.gone, back.after]) == Some(&Answer::Different);
            !refused && free.is_free(Side::After, back.after)
        };
        let mut back: Vec<Back> = found.into_iter().filter(is_open).collect();
        back.retain(|back| self.free.get_mut(back.gone).is_some_and(std::mem::take));
        back
    }
}

/// Whether two rows of one number have the same name, but for a surname that changed beside the same date of birth.
fn is_same_name(one: &Record<'_>, other: &Record<'_>) -> bool {
    let is_same_day = one.date.zip(other.date).is_none_or(|(one, other)| one == other);
    let is_same_child = one.date.is_some() && other.date.is_some() && one.given() == other.given();
    is_same_day && (one.name == other.name || is_same_child)
}

/// The places of one who left and of one of the new list, where nobody else of the three sides has the key.
fn sole_pairs<'r, 'a, Q: Ord>(
    records: &'r Records<'a>,
    key: impl Fn(Side, &'r Record<'a>) -> Option<Q>,
) -> Vec<[usize; 2]> {
    let Records { before, after, gone, .. } = records;
    let mut known: BTreeMap<Q, Vec<[Option<usize>; 2]>> = BTreeMap::new();
    for (at, record) in gone.iter().enumerate() {
        if let Some(key) = key(Side::Before, record) {
            known.entry(key).or_default().push([Some(at), None]);
        }
    }
    for (at, record) in after.iter().enumerate() {
        if let Some(found) = key(Side::After, record).and_then(|key| known.get_mut(&key)) {
            found.push([None, Some(at)]);
        }
    }
    for record in before {
        if let Some(found) = key(Side::Before, record).and_then(|key| known.get_mut(&key)) {
            found.push([None, None]);
        }
    }
    let pair = |found: Vec<[Option<usize>; 2]>| match found[..] {
        [[Some(gone), None], [None, Some(after)]] => Some([gone, after]),
        _ => None,
    };
    known.into_values().filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::student;
    use super::super::{Answer, Decisions, PupilKey, match_with_gone};
    use super::{Gone, LeftIn};
    use crate::school::Student;

    fn students(lines: &[&str]) -> Vec<Student> {
        lines.iter().zip(0..).map(|(line, row)| student(line, row)).collect()
    }

    /// Who left, in this year or, with an asterisk before the line, earlier; who stayed; the new list. Rows are called by
    /// their numbers from 1.
    #[track_caller]
    fn check_decided(gone: &[&str], before: &[&str], after: &[&str], answers: &Decisions, expected: &str) {
        let former = students(&gone.iter().map(|line| line.trim_start_matches('*')).collect::<Vec<_>>());
        let left = |line: &&str| if line.starts_with('*') { LeftIn::EarlierYear } else { LeftIn::ThisYear };
        let former: Vec<Gone<&Student>> =
            former.iter().zip(gone).map(|(known, line)| Gone { known, left: left(line) }).collect();
        let (before, after) = (students(before), students(after));
        let (before, after): (Vec<&Student>, Vec<&Student>) = (before.iter().collect(), after.iter().collect());
        let matching = match_with_gone(&before, &former, &after, &Decisions::default(), answers);
        let row = |student: &Student| student.place.cell.unwrap().row + 1;
        let back =
            matching.returned.iter().map(|one| format!("{}={} {}", row(one.before), row(one.after), one.step.id()));
        let asked =
            matching.returning.iter().map(|one| format!("{}?{} {}", row(one.before), row(one.after), one.step.id()));
        let new = matching.added.iter().map(|one| format!("+{}", row(one)));
        assert_eq!(back.chain(asked).chain(new).collect::<Vec<_>>().join("; "), expected);
        assert_eq!(matching.waiting(), matching.returning.len() + matching.ambiguous.len() + matching.doubled.len());
        assert_eq!(matching.all_after().count(), after.len());
        assert_eq!(matching.all_before().count(), before.len());
    }

    #[track_caller]
    fn check(gone: &[&str], before: &[&str], after: &[&str], expected: &str) {
        check_decided(gone, before, after, &Decisions::default(), expected);
    }

    const PETR: &str = "7А|Иванов Пётр Ильич|2013-05-04";
    const LEV: &str = "7А|Орлов Лев Юрьевич|2013-06-05";

    #[test]
    fn name_and_date() {
        check(&[PETR], &[LEV], &[LEV, "7А|ИВАНОВ Петр Ильич|2013-05-04"], "1=2 name_and_date");
        check(&[PETR], &[LEV], &[LEV, "7Б|Иванов Пётр Ильич|2013-05-04"], "1=2 name_and_date");
        check(&["*6А|Иванов Пётр Ильич|2013-05-04"], &[LEV], &[LEV, PETR], "1=2 name_and_date");
        check(&[PETR], &[LEV], &[LEV, "7А|Иванов Пётр Ильич|2013-05-05"], "+2");
        check(&[PETR], &[LEV], &[LEV, "7А|Иванов Пётр Олегович|2013-05-04"], "+2");
    }

    #[test]
    fn nobody_is_merged_where_another_could_be_meant() {
        let other = "7Б|Иванов Пётр Ильич|2013-05-04";
        check(&[PETR, other], &[LEV], &[LEV, PETR], "+2");
        check(&[PETR], &[LEV, other], &[LEV, other, PETR], "");
        check(&[PETR], &[LEV], &[LEV, PETR, other], "");
    }

    #[test]
    fn name_and_class_without_a_date_are_a_question() {
        let undated = "7А|Иванов Пётр Ильич";
        check(&[undated], &[LEV], &[LEV, undated], "1?2 was_here");
        check(&[undated], &[LEV], &[LEV, PETR], "1?2 was_here");
        check(&[undated], &[LEV], &[LEV, "7Б|Иванов Пётр Ильич"], "1?2 was_elsewhere");
        check(&[undated, undated], &[LEV], &[LEV, undated], "+2");
        check(&[undated], &[LEV, undated], &[LEV, undated, undated], "");
        // The class of last year was other children's.
        check(&["*7А|Иванов Пётр Ильич"], &[LEV], &[LEV, undated], "1?2 was_elsewhere");
        check(&["*6А|Иванов Пётр Ильич"], &[LEV], &[LEV, undated], "1?2 was_elsewhere");
    }

    #[test]
    fn an_answer_is_followed() {
        let (undated, moved) = ("7А|Иванов Пётр Ильич", "7Б|Иванов Пётр Ильич");
        let key = |line: &str| PupilKey::of(&student(line, 0));
        let mut answers = Decisions::default();
        answers.keep(key(undated), key(undated), Answer::Same);
        check_decided(&[undated], &[LEV], &[LEV, undated], &answers, "1=2 decision");
        answers.keep(key(undated), key(undated), Answer::Different);
        check_decided(&[undated], &[LEV], &[LEV, undated], &answers, "+2");
        // Whoever got the name and the class in between stays who it is.
        check_decided(&[undated], &[LEV, undated], &[LEV, undated], &answers, "");
        check_decided(&[undated], &[LEV], &[LEV, moved], &answers, "1?2 was_elsewhere");
    }

    #[test]
    fn numbers_of_personal_files() {
        let (petr, lev) = ("7А|Иванов Пётр Ильич|2013-05-04||Л-7", "7А|Орлов Лев Юрьевич|2013-06-05||Л-9");
        check(&[petr], &[lev], &[lev, "7Б|Сидоров Пётр Ильич|2013-05-04||Л-7"], "1=2 stable_id");
        check(&[petr], &[lev], &[lev, "7Б|Сидоров Ян Ильич|2014-01-01||Л-7"], "+2");
        let undated = "7А|Иванов Пётр Ильич|||Л-7";
        check(&[undated], &[lev], &[lev, "7Б|Иванов Пётр Ильич|||Л-7"], "1=2 stable_id");
        // The number of one who left, typed at somebody who is here, or at anybody else.
        check(
            &[petr],
            &[lev, "7А|Петров Пётр Ильич|2013-05-04||Л-8"],
            &[lev, "7А|Петров Пётр Ильич|2013-05-04||Л-7"],
            "",
        );
        check(&[undated], &[lev, "7А|Петрова Анна Львовна|||Л-8"], &[lev, "7А|Петрова Анна Львовна|||Л-7"], "");
        check(&[undated], &[lev], &[lev, "7А|Петров Пётр Ильич|||Л-7"], "+2");
        // Nothing says that the numbers of both lists are the same ones.
        check(&[petr], &[LEV], &[LEV, "7Б|Сидоров Пётр Ильич|2013-05-04||Л-7"], "+2");
    }
}
