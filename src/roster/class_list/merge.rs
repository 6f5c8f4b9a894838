//! Rows of one pupil → one pupil (rule 8 of `docs/inputs.md` § 2).
//!
//! A list with a row for each parent repeats the pupil with other parents; a row that adds nothing is a duplicate.

use std::collections::BTreeMap;

use crate::school::{Checked, ClassName, Guardian, Issue, IssueKind, Student, fold};

/// Joins the rows of each pupil. The first row gives the place and the spelling.
pub(super) fn merge(students: Vec<Student>) -> Checked<Vec<Student>> {
    let mut merged: Vec<Student> = Vec::new();
    let mut known: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    let mut issues = Vec::new();
    for student in students {
        let candidates = known.entry(Key::of(&student)).or_default();
        let same =
            candidates.iter().copied().find(|&at| merged.get(at).is_some_and(|other| may_be_one(other, &student)));
        if let Some(first) = same.and_then(|at| merged.get_mut(at)) {
            issues.extend(join(first, student));
        } else {
            candidates.push(merged.len());
            merged.push(student);
        }
    }
    issues.extend(in_two_classes(&merged));
    Checked::new(merged, issues)
}

/// Two pupils of one key may be the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    school: Option<String>,
    class: ClassName,
    name: String,
}

impl Key {
    fn of(student: &Student) -> Self {
        Self { school: student.school.clone(), class: student.class.clone(), name: student.name.folded() }
    }
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
        (Some(one_name), Some(other_name)) => one_name.folded() == other_name.folded(),
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
fn in_two_classes(students: &[Student]) -> Vec<Issue> {
    let mut known: BTreeMap<_, &Student> = BTreeMap::new();
    let mut issues = Vec::new();
    for student in students {
        let Some(birth_date) = student.birth_date else { continue };
        let key = (fold(&student.name.to_string()), birth_date);
        if let Some(first) = known.get(&key) {
            issues.push(Issue::new(
                IssueKind::DuplicateStudent,
                student.place.clone(),
                format!(
                    "{} с той же датой рождения стоит и в классе {}, и в классе {}",
                    student.name, first.class, student.class
                ),
                format!("Проверьте, в каком классе ученик, и удалите лишнюю строку (первая: {}).", first.place),
            ));
        } else {
            known.insert(key, student);
        }
    }
    issues
}
