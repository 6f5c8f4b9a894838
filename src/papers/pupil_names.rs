//! The names of pupils on papers, namesakes of one class told apart.
//!
//! Two pupils with the same full name get as little as tells them apart: the year of birth, else the day of birth
//! without the year, else the row of the class list. Slips go to the own family and the form is shown to the class, so
//! a whole date of birth stands on neither.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::school::{NameDetail, SchoolClass, fold};

/// The full names in the order of the class, a mark behind those that several pupils have.
pub(super) fn full(class: &SchoolClass) -> Vec<String> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, student) in class.students.iter().enumerate() {
        groups.entry(student.name.folded()).or_default().push(index);
    }
    let mut names: Vec<String> = class.students.iter().map(|student| student.name.to_string()).collect();
    for rows in groups.into_values().filter(|rows| rows.len() > 1) {
        let births: Vec<Option<Date>> =
            rows.iter().filter_map(|row| class.students.get(*row)).map(|student| student.birth_date).collect();
        for (row, mark) in rows.iter().zip(marks(&rows, &births)) {
            if let Some(name) = names.get_mut(*row) {
                *name = format!("{name} {mark}");
            }
        }
    }
    names
}

/// The same without patronymics where nobody else in the class has the same surname and given name.
pub(super) fn short(class: &SchoolClass) -> Vec<String> {
    let count = counted(class.students.iter().map(|student| student.name.without_patronymic()));
    let mut names = full(class);
    for (name, student) in names.iter_mut().zip(&class.students) {
        let short = student.name.without_patronymic();
        if count.get(&fold(&short)) == Some(&1) {
            *name = short;
        }
    }
    names
}

/// What tells namesakes apart, all in one way.
fn marks(rows: &[usize], births: &[Option<Date>]) -> Vec<String> {
    match NameDetail::by_births(births) {
        Some(details) => details.into_iter().map(|detail| format!("({})", detail.mark().unwrap_or_default())).collect(),
        None => rows.iter().map(|row| format!("(№\u{a0}{}\u{a0}в\u{a0}списке)", row + 1)).collect(),
    }
}

fn counted(texts: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut count = BTreeMap::new();
    for text in texts {
        *count.entry(fold(&text)).or_default() += 1;
    }
    count
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::{full, short};
    use crate::papers::sample;

    #[track_caller]
    fn check(pupils: &[(&str, Option<Date>)], on_form: &[&str], on_slips: &[&str]) {
        let names: Vec<&str> = pupils.iter().map(|(name, _)| *name).collect();
        let mut class = sample::class("7А", &names);
        for (student, (_, birth)) in class.students.iter_mut().zip(pupils) {
            student.birth_date = *birth;
        }
        let plain = |names: Vec<String>| names.into_iter().map(|name| name.replace('\u{a0}', " ")).collect::<Vec<_>>();
        assert_eq!(plain(full(&class)), on_form);
        assert_eq!(plain(short(&class)), on_slips);
    }

    #[test]
    fn patronymics_tell_namesakes_apart() {
        let names = ["Жуков Илья Алексеевич", "Жуков Илья Петрович", "Ли Вэй"];
        check(&names.map(|name| (name, None)), &names, &names);
        let names = ["Жуков Илья Алексеевич", "Жукова Инна Петровна"];
        check(&names.map(|name| (name, None)), &names, &["Жуков Илья", "Жукова Инна"]);
    }

    #[test]
    fn births_tell_namesakes_apart() {
        let pupils = |one, other| [("Филина Ирина Степановна", one), ("Филина Ирина Степановна", other)];
        let marked = |one: &str, other: &str| [one, other].map(|mark| format!("Филина Ирина Степановна ({mark})"));
        let check = |one, other, marks: [String; 2]| {
            let marks = marks.each_ref().map(String::as_str);
            check(&pupils(one, other), &marks, &marks);
        };
        let august = Some(date(2013, 8, 19));
        check(august, Some(date(2014, 8, 19)), marked("2013 г. р.", "2014 г. р."));
        check(august, Some(date(2013, 11, 4)), marked("род. 19.08", "род. 04.11"));
        check(august, august, marked("№ 1 в списке", "№ 2 в списке"));
        check(august, None, marked("№ 1 в списке", "№ 2 в списке"));
    }
}
