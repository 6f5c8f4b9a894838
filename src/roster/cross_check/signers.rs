//! The table of acknowledgements held against the lists and the staff.

use std::collections::{BTreeMap, BTreeSet};

use super::keys;
use crate::school::{Acknowledgement, Acknowledgements, ClassName, Issue, IssueKind, Roster, Signer, Staff};

/// What the table of acknowledgements names and the other tables do not have: classes, pupils, members of the staff.
///
/// Parents are held against their child only: rosters often leave them out, and any of them may sign. A class of an
/// earlier year has many rows: it is told once.
pub fn unknown_signers(acknowledgements: &Acknowledgements, roster: &Roster, staff: &Staff) -> Vec<Issue> {
    let people = People::of(roster, staff);
    let mut told = BTreeSet::new();
    // A row that the program made is known by its code, and made anew by the next run.
    let rows = acknowledgements.rows.iter().filter(|row| row.code.is_empty());
    rows.filter_map(|row| match class_of(row) {
        Some(class) if !roster.classes.contains_key(class) => told.insert(class).then(|| unknown_class(class, row)),
        _ => people.unknown_in(row),
    })
    .collect()
}

/// The class whose list holds the row's pupil; members of the staff sign for the school.
fn class_of(row: &Acknowledgement) -> Option<&ClassName> {
    row.class.as_ref().filter(|_| row.signer != Signer::Staff)
}

fn unknown_class(class: &ClassName, row: &Acknowledgement) -> Issue {
    let message = format!("Класса {class} нет ни в одном списке.");
    let advice = "Исправьте класс; строки прошлых лет можно удалить.";
    Issue::new(IssueKind::ClassNotListed, row.class_place.clone(), message, advice)
}

/// Whom a row may speak of.
struct People<'a> {
    pupils: BTreeMap<&'a ClassName, BTreeSet<String>>,
    staff: &'a Staff,
}

impl<'a> People<'a> {
    fn of(roster: &'a Roster, staff: &'a Staff) -> Self {
        let classes = roster.classes.iter();
        let pupils = classes
            .map(|(name, class)| (name, class.students.iter().flat_map(|student| keys(&student.name)).collect()))
            .collect();
        Self { pupils, staff }
    }

    fn unknown_in(&self, row: &Acknowledgement) -> Option<Issue> {
        let (person, place) = match row.signer {
            Signer::Staff => (&row.name, &row.place),
            Signer::Student if row.name.is_some() => (&row.name, &row.place),
            Signer::Student | Signer::Parent => (&row.pupil, &row.pupil_place),
        };
        let person = person.as_ref()?;
        let has = |names: &BTreeSet<String>| names.contains(&person.folded());
        let (is_known, message) = match (row.signer, class_of(row)) {
            (Signer::Staff, _) => (self.staff.find(person).is_some(), format!("В штате нет сотрудника {person}.")),
            (_, Some(class)) => {
                (self.pupils.get(class).is_some_and(has), format!("В классе {class} нет ученика {person}."))
            }
            (_, None) => (self.pupils.values().any(has), format!("Ни в одном списке нет ученика {person}.")),
        };
        let advice = "Исправьте имя так, как оно записано в списках и в штате; строки выбывших можно удалить.";
        (!is_known).then(|| Issue::new(IssueKind::UnknownPerson, place.clone(), message, advice))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{check, name, roster, staff};
    use super::unknown_signers;
    use crate::school::{Acknowledgement, Acknowledgements, Place, Signer};

    /// «class: whom: name: of which pupil».
    fn rows(lines: &[(&str, Signer, &str, &str)]) -> Acknowledgements {
        let person = |text: &str| (!text.is_empty()).then(|| name(text));
        let row = |(&(class, signer, own, pupil), row): (&(&str, Signer, &str, &str), u32)| {
            let place = |column| Place::file("ознакомление.xlsx").at(row, column);
            Acknowledgement {
                class: class.parse().ok(),
                signer,
                name: person(own),
                pupil: person(pupil),
                mark: None,
                reading: crate::school::Reading::Whole,
                stamp: String::new(),
                mark_place: Place::default(),
                date: None,
                code: String::new(),
                rules: String::new(),
                place: place(2),
                class_place: place(0),
                pupil_place: place(3),
            }
        };
        Acknowledgements { rows: lines.iter().zip(1..).map(row).collect() }
    }

    #[test]
    fn classes_and_people_that_nobody_knows() {
        let lines = [
            ("7А", Signer::Parent, "Незнакомая Мать Ильинична", "Иванов Иван"),
            ("7А", Signer::Student, "Иванов Иван Ильич", ""),
            ("7А", Signer::Student, "Орлов Олег", ""),
            ("7А", Signer::Parent, "Орлова Анна", "Орлов Олег"),
            ("9Г", Signer::Student, "Иванов Иван", ""),
            ("9Г", Signer::Student, "Орлов Олег", ""),
            ("", Signer::Staff, "Петрова О. С.", ""),
            ("", Signer::Staff, "Котова Анна", ""),
        ];
        let issues = unknown_signers(
            &rows(&lines),
            &roster(&[("7А", "")]),
            &staff(&[("Петрова Ольга Сергеевна", "7А", "petrova@example.org")]),
        );
        let advice = "Исправьте имя так, как оно записано в списках и в штате; строки выбывших можно удалить.";
        check(
            &issues,
            &[
                &format!("unknown_person: ознакомление.xlsx, ячейка C4: В классе 7А нет ученика Орлов Олег. {advice}"),
                &format!("unknown_person: ознакомление.xlsx, ячейка D5: В классе 7А нет ученика Орлов Олег. {advice}"),
                "class_not_listed: ознакомление.xlsx, ячейка A6: Класса 9Г нет ни в одном списке. \
                 Исправьте класс; строки прошлых лет можно удалить.",
                &format!("unknown_person: ознакомление.xlsx, ячейка C9: В штате нет сотрудника Котова Анна. {advice}"),
            ],
        );
    }
}
