//! The people of one class list as a table that can be compared with the list on paper.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::grid::{Column, Side, grid};
use crate::roster::OneList;
use crate::school::{ClassName, Guardian, Noun, Phone, Student, count, dotted};

const STUDENTS: Noun = Noun::new("ученик", "ученика", "учеников");

/// The pupils class by class, in the order of the file, and how many each class has; for a terminal of `width` cells.
pub fn people(list: &OneList, width: u16) -> String {
    let mut classes: BTreeMap<&ClassName, Vec<&Student>> = BTreeMap::new();
    for student in &list.reading.students {
        classes.entry(&student.class).or_default().push(student);
    }
    let shown = Shown::of(&list.reading.students);
    let rows: Vec<Vec<String>> = classes
        .values()
        .flat_map(|students| students.iter().zip(1..).map(|(student, number)| shown.row(student, number)))
        .collect();
    let mut text = grid(&shown.columns(), &rows, width);
    text.push_str("\n\n");
    for (class, students) in &classes {
        let homeroom = list.homerooms.get(*class);
        let homeroom = homeroom.map(|name| format!(", классный руководитель {name}")).unwrap_or_default();
        let _ = writeln!(text, "{class}: {}{homeroom}", count(students.len(), STUDENTS));
    }
    if classes.len() > 1 {
        let of_classes = count(classes.len(), Noun::new("классе", "классах", "классах"));
        let _ = writeln!(text, "Всего: {} в {of_classes}", count(list.reading.students.len(), STUDENTS));
    }
    text
}

/// Which columns the list can fill.
#[derive(Clone, Copy, Debug)]
struct Shown {
    school: Presence,
    birth_date: Presence,
    guardians: Presence,
}

/// Whether anybody in the list has a value of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Presence {
    Some,
    None,
}

impl Presence {
    fn of(any: bool) -> Self {
        if any { Self::Some } else { Self::None }
    }

    fn keep<T>(self, value: T) -> Option<T> {
        (self == Self::Some).then_some(value)
    }
}

impl Shown {
    fn of(students: &[Student]) -> Self {
        Self {
            school: Presence::of(students.iter().any(|student| student.school.is_some())),
            birth_date: Presence::of(students.iter().any(|student| student.birth_date.is_some())),
            guardians: Presence::of(students.iter().any(|student| !student.guardians.is_empty())),
        }
    }

    fn columns(self) -> Vec<Column> {
        let column = |heading, side| Column { heading, side, from_width: 0 };
        [
            self.school.keep(column("Школа", Side::Left)),
            Some(column("Класс", Side::Left)),
            Some(column("№", Side::Right)),
            Some(column("Ученик", Side::Left)),
            self.birth_date.keep(column("Дата\nрождения", Side::Left)),
            self.guardians.keep(column("Родители", Side::Left)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn row(self, student: &Student, number: usize) -> Vec<String> {
        let Student { id: _, stable_id: _, class, name, birth_date, school, guardians, place: _ } = student;
        let guardians = guardians.iter().map(guardian).collect::<Vec<_>>().join("\n");
        [
            self.school.keep(school.clone().unwrap_or_default()),
            Some(class.to_string()),
            Some(number.to_string()),
            Some(name.to_string()),
            self.birth_date.keep(birth_date.map(dotted).unwrap_or_default()),
            self.guardians.keep(guardians),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// «Яшина Анна Петровна (мать), +7 944 000-00-01, yashina@example.org»
fn guardian(guardian: &Guardian) -> String {
    let Guardian { id: _, name, kinship, phone, email } = guardian;
    let name = match (name, kinship) {
        (Some(name), Some(kinship)) => Some(format!("{name} ({kinship})")),
        (Some(name), None) => Some(name.to_string()),
        (None, Some(kinship)) => Some(kinship.clone()),
        (None, None) => None,
    };
    let parts = [name, phone.as_ref().map(grouped), email.as_ref().map(ToString::to_string)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// «+7 944 000-00-01», with non-breaking spaces: digits in a row are hard to compare.
fn grouped(phone: &Phone) -> String {
    let russian = phone.as_str().strip_prefix("+7").filter(|digits| digits.len() == 10);
    let parts = russian.and_then(|digits| {
        let part = |from: usize, to: usize| digits.get(from..to);
        Some(format!("+7\u{a0}{}\u{a0}{}-{}-{}", part(0, 3)?, part(3, 6)?, part(6, 8)?, part(8, 10)?))
    });
    parts.unwrap_or_else(|| phone.to_string())
}
