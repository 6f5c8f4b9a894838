//! How much of a pupil's name a change has to tell, where another one has, or had, the same.
//!
//! A task, a line of news or a void paper of «Кузьмин Илья» must not be taken for that of a namesake who stays.

use std::collections::{BTreeMap, BTreeSet};

use crate::school::{NameDetail, PersonId, Student, fold};

/// The pupils of one state or of both sides of a comparison by name.
pub(super) struct Namesakes<'a> {
    /// Each pupil as on every side, the last one first.
    pupils: BTreeMap<PersonId, Vec<&'a Student>>,
    /// By surname and given name.
    by_name: BTreeMap<String, BTreeSet<PersonId>>,
}

impl<'a> Namesakes<'a> {
    /// The index of the pupils of the sides, the last one first.
    pub(super) fn of<'b>(sides: &[&'b BTreeMap<PersonId, &'a Student>]) -> Self {
        let mut index = Self { pupils: BTreeMap::new(), by_name: BTreeMap::new() };
        for (id, student) in sides.iter().flat_map(|side| side.iter()) {
            index.pupils.entry(*id).or_default().push(student);
            index.by_name.entry(short(student)).or_default().insert(*id);
        }
        index
    }

    /// What tells a pupil from everybody who is, or was, in a class with the pupil.
    pub(super) fn in_class(&self, pupil: PersonId) -> NameDetail {
        self.near(pupil, |_| false)
    }

    /// What tells a pupil from everybody in the school.
    pub(super) fn in_school(&self, pupil: PersonId) -> NameDetail {
        self.among(pupil, |_| true)
    }

    /// What tells a pupil from those of the class and from others for whom `is_near` says so.
    pub(super) fn near(&self, pupil: PersonId, is_near: impl Fn(PersonId) -> bool) -> NameDetail {
        let classes = |id: PersonId| self.sides(id).map(|student| &student.class);
        let is_in_class = |other| classes(pupil).any(|class| classes(other).any(|of| of == class));
        self.among(pupil, |other| is_in_class(other) || is_near(other))
    }

    fn among(&self, pupil: PersonId, is_near: impl Fn(PersonId) -> bool) -> NameDetail {
        let ids = self.sides(pupil).filter_map(|student| self.by_name.get(&short(student))).flatten();
        let alike: BTreeSet<PersonId> = ids.copied().filter(|id| *id != pupil && is_near(*id)).collect();
        if alike.is_empty() {
            return NameDetail::Usual;
        }
        let is_namesake = |other: &PersonId| {
            self.sides(pupil).any(|own| self.sides(*other).any(|other| own.name.is_spelling_of(&other.name)))
        };
        let birth = |id: PersonId| self.sides(id).find_map(|student| student.birth_date);
        let mut group: Vec<PersonId> = alike.into_iter().filter(is_namesake).collect();
        if group.is_empty() {
            return NameDetail::Patronymic;
        }
        group.insert(0, pupil);
        let births: Vec<_> = group.iter().map(|id| birth(*id)).collect();
        if let Some(detail) = NameDetail::by_births(&births).and_then(|details| details.first().copied()) {
            return detail;
        }
        // The own day is worth telling beside somebody whose date nobody knows; the same day of two tells nothing.
        let day = |birth| NameDetail::day(birth);
        let own = birth(pupil).map(day);
        let others = births.iter().skip(1).map(|birth| birth.map(day));
        own.filter(|_| others.into_iter().all(|other| other != own)).unwrap_or(NameDetail::Patronymic)
    }

    fn sides(&self, id: PersonId) -> impl Iterator<Item = &'a Student> {
        self.pupils.get(&id).into_iter().flatten().copied()
    }
}

fn short(student: &Student) -> String {
    fold(&student.name.without_patronymic())
}
