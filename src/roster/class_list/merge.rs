//! Rows of one pupil → one pupil (rule 8 of `docs/inputs.md` § 2).
//!
//! A list with a row for each parent repeats the pupil with other parents; a row that adds nothing is a duplicate.

use super::fingerprint::{Fingerprint, FingerprintIndex};
use crate::school::{Checked, Guardian, Issue, IssueKind, Student};

/// Joins the rows of each pupil. The first row gives the place and the spelling.
pub(super) fn merge(students: Vec<Student>) -> Checked<Vec<Student>> {
    let mut merged: Vec<Student> = Vec::with_capacity(students.len());
    let mut known = FingerprintIndex::with_capacity(students.len());
    let mut names = Vec::with_capacity(students.len());
    let mut issues = Vec::new();
    for student in students {
        let name = Fingerprint::of_name(&student.name);
        let key = name.in_class(&student);
        let is_same = |other: &Student| {
            may_be_one(other, &student)
                && other.class == student.class
                && other.school == student.school
                && have_one_name(other, &student)
        };
        let same = known.find(key, |at| merged.get(at).is_some_and(is_same));
        if let Some(first) = same.and_then(|at| merged.get_mut(at)) {
            issues.extend(join(first, student));
        } else {
            known.add(key);
            names.push(name);
            merged.push(student);
        }
    }
    issues.extend(in_two_classes(&merged, &names));
    Checked::new(merged, issues)
}

fn have_one_name(one: &Student, other: &Student) -> bool {
    one.name.is_spelling_of(&other.name)
}

/// Different dates of birth are different pupils of one name.
fn may_be_one(one: &Student, other: &Student) -> bool {
    one.birth_date.zip(other.birth_date).is_none_or(|(one, other)| one == other)
}

/// Joins a further row to the pupil; the issue says where it adds no parent.
fn join(first: &mut Student, row: Student) -> Option<Issue> {
    first.birth_date = first.birth_date.or(row.birth_date);
    first.stable_id = first.stable_id.take().or(row.stable_id);
    let had_guardians = !first.guardians.is_empty();
    let mut new_guardian = false;
    for guardian in row.guardians {
        if let Some(known) = first.guardians.iter_mut().find(|known| is_same(known, &guardian)) {
            complete(known, guardian);
        } else {
            new_guardian = true;
            first.guardians.push(guardian);
        }
    }
    let repeats = !(had_guardians && new_guardian);
    repeats.then(|| {
        let cell = first.place.cell.map(|cell| cell.to_string()).unwrap_or_default();
        let where_first = if first.place.file == row.place.file && first.place.sheet == row.place.sheet {
            format!("ячейка {cell}")
        } else {
            first.place.to_string()
        };
        Issue::new(
            IssueKind::DuplicateStudent,
            row.place,
            format!("{} уже есть в классе {} ({where_first}); учтён один раз", first.name, first.class),
            "Если это один и тот же ученик, удалите лишнюю строку; если однофамильцы — укажите даты рождения.",
        )
    })
}

fn is_same(one: &Guardian, other: &Guardian) -> bool {
    match (&one.name, &other.name) {
        (Some(one_name), Some(other_name)) => one_name.is_spelling_of(other_name),
        _ => one.phone.is_some() && one.phone == other.phone || one.email.is_some() && one.email == other.email,
    }
}

fn complete(known: &mut Guardian, more: Guardian) {
    let Guardian { id: _, name, kinship, phone, email } = more;
    known.name = known.name.take().or(name);
    known.kinship = known.kinship.take().or(kinship);
    known.phone = known.phone.take().or(phone);
    known.email = known.email.take().or(email);
}

/// A pupil of one name and date of birth in two classes: neither is dropped, a person decides.
fn in_two_classes(students: &[Student], names: &[Fingerprint]) -> Vec<Issue> {
    let mut known = FingerprintIndex::with_capacity(students.len());
    let mut issues = Vec::new();
    for (student, name) in students.iter().zip(names) {
        let key = name.born(student);
        let is_same = |other: &Student| other.birth_date == student.birth_date && have_one_name(other, student);
        let first = known.find(key, |at| students.get(at).is_some_and(is_same)).and_then(|at| students.get(at));
        known.add(key);
        let (Some(first), Some(_)) = (first, student.birth_date) else { continue };
        issues.push(Issue::new(
            IssueKind::DuplicateStudent,
            student.place.clone(),
            format!(
                "{} с той же датой рождения стоит и в классе {}, и в классе {}",
                student.name, first.class, student.class
            ),
            format!("Проверьте, в каком классе ученик, и удалите лишнюю строку (первая: {}).", first.place),
        ));
    }
    issues
}
