//! A pupil in the forms in which two spellings are equal.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::school::{ClassName, Guardian, Phone, Student, fold};

/// A class of either side by a small number: comparing names of classes a million times would take its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ClassId(u32);

/// A pupil of one side.
#[derive(Debug)]
pub(super) struct Record<'a> {
    pub(super) student: &'a Student,
    /// The whole name; hyphens and blanks do not count, so it does not matter where the surname ends.
    pub(super) name: String,
    /// Where surname, given name and patronymic end in [`Self::name`], in bytes.
    surname_end: usize,
    given_end: usize,
    pub(super) class: ClassId,
    pub(super) date: Option<Date>,
    /// The parents' telephones that tell this family from others, sorted.
    pub(super) phones: Vec<&'a Phone>,
    /// The parents' whole names that tell this family from others, folded.
    parents: Vec<String>,
}

/// All pupils of both sides, each side in an order that does not depend on the order of rows.
#[derive(Debug)]
pub(super) struct Records<'a> {
    pub(super) before: Vec<Record<'a>>,
    pub(super) after: Vec<Record<'a>>,
    /// The place of each old pupil among those that were given.
    pub(super) origin: Vec<usize>,
    /// Those who left earlier, as they were given.
    pub(super) gone: Vec<Record<'a>>,
}

/// A telephone or a parent's name at more pupils of a list than this is the school's or a stopgap, no family's.
const LARGEST_FAMILY: usize = 8;

impl<'a> Records<'a> {
    pub(super) fn of(before: &[&'a Student], gone: &[&'a Student], after: &[&'a Student]) -> Self {
        // A school tells pupils apart only where both lists name it for everybody.
        let by_school = before.iter().chain(after).all(|student| student.school.is_some());
        let mut classes: BTreeMap<(Option<String>, &ClassName), ClassId> = BTreeMap::new();
        for student in before.iter().chain(gone).chain(after) {
            let school = student.school.as_deref().filter(|_| by_school).map(fold);
            let next = ClassId(u32::try_from(classes.len()).unwrap_or(u32::MAX));
            classes.entry((school, &student.class)).or_insert(next);
        }
        let side = |students: &[&'a Student]| -> Vec<(usize, Record<'a>)> {
            let shared = Shared::of(students);
            let record = |student: &'a Student| {
                let school = student.school.as_deref().filter(|_| by_school).map(fold);
                let class = classes.get(&(school, &student.class)).copied().unwrap_or(ClassId(u32::MAX));
                Record::of(student, class, &shared)
            };
            let mut records: Vec<_> = students.iter().map(|student| record(student)).enumerate().collect();
            records.sort_by(|(_, one), (_, other)| one.order().cmp(&other.order()));
            records
        };
        let (origin, before) = side(before).into_iter().unzip();
        let after = side(after).into_iter().map(|(_, record)| record).collect();
        let mut gone = side(gone);
        gone.sort_by_key(|(at, _)| *at);
        Self { before, after, origin, gone: gone.into_iter().map(|(_, record)| record).collect() }
    }
}

impl<'a> Record<'a> {
    fn of(student: &'a Student, class: ClassId, shared: &Shared<'_>) -> Self {
        let mut name = fold(&student.name.surname);
        let surname_end = name.len();
        name.push_str(&fold(&student.name.given));
        let given_end = name.len();
        student.name.patronymic.iter().for_each(|part| name.push_str(&fold(part)));
        let mut phones: Vec<&Phone> = student
            .guardians
            .iter()
            .filter_map(|guardian| guardian.phone.as_ref())
            .filter(|phone| !shared.phones.contains(phone))
            .collect();
        phones.sort();
        phones.dedup();
        let mut parents: Vec<String> = student.guardians.iter().filter_map(whole_name).collect();
        parents.retain(|name| !shared.parents.contains(name));
        Self { student, name, surname_end, given_end, class, date: student.birth_date, phones, parents }
    }

    pub(super) fn surname(&self) -> &str {
        self.name.get(..self.surname_end).unwrap_or_default()
    }

    pub(super) fn given(&self) -> &str {
        self.name.get(self.surname_end..self.given_end).unwrap_or_default()
    }

    pub(super) fn patronymic(&self) -> &str {
        self.name.get(self.given_end..).unwrap_or_default()
    }

    pub(super) fn surname_and_given(&self) -> &str {
        self.name.get(..self.given_end).unwrap_or_default()
    }

    pub(super) fn given_and_patronymic(&self) -> &str {
        self.name.get(self.surname_end..).unwrap_or_default()
    }

    /// Whether both have a telephone of a parent in common.
    pub(super) fn shares_phone(&self, other: &Self) -> bool {
        self.phones.iter().any(|phone| other.phones.binary_search(phone).is_ok())
    }

    /// Whether both have a parent in common, by the telephone or by the whole name.
    pub(super) fn shares_parent(&self, other: &Self) -> bool {
        self.shares_phone(other) || self.parents.iter().any(|name| other.parents.contains(name))
    }

    /// Whether one of the two has no date of birth.
    pub(super) fn lacks_date(&self, other: &Self) -> bool {
        self.date.is_none() || other.date.is_none()
    }

    /// Whether exactly one of the two has no patronymic.
    pub(super) fn lacks_patronymic(&self, other: &Self) -> bool {
        self.patronymic().is_empty() != other.patronymic().is_empty()
    }

    /// The order in which people read lists; the place decides between namesakes.
    fn order(&self) -> impl Ord + use<'_> {
        (&self.student.class, &self.name, self.date, &self.student.place)
    }
}

/// What stands at more pupils of a list than a family has.
struct Shared<'a> {
    phones: BTreeSet<&'a Phone>,
    parents: BTreeSet<String>,
}

impl<'a> Shared<'a> {
    fn of(students: &[&'a Student]) -> Self {
        Self { phones: at_many(students, |guardian| guardian.phone.as_ref()), parents: at_many(students, whole_name) }
    }
}

/// What stands at the parents of more pupils than a family has.
fn at_many<'a, T: Ord>(students: &[&'a Student], of: impl Fn(&'a Guardian) -> Option<T>) -> BTreeSet<T> {
    let mut owners: BTreeMap<T, usize> = BTreeMap::new();
    for student in students {
        let own: BTreeSet<T> = student.guardians.iter().filter_map(&of).collect();
        for one in own {
            *owners.entry(one).or_default() += 1;
        }
    }
    owners.into_iter().filter(|(_, pupils)| *pupils > LARGEST_FAMILY).map(|(one, _)| one).collect()
}

/// The folded name of a parent that has surname, given name and patronymic in full: less is many people's.
fn whole_name(guardian: &Guardian) -> Option<String> {
    let name = guardian.name.as_ref()?;
    let is_initial = |part: &String| fold(part).chars().count() < 2;
    let is_whole = !is_initial(&name.given) && !is_initial(name.patronymic.as_ref()?);
    is_whole.then(|| name.folded())
}
