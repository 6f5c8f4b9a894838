//! The teaching load: `нагрузка.xlsx`, class × subject × teacher × group.

use std::collections::BTreeSet;

use crate::school::{Checked, Issue, IssueKind, Lesson, TeachingLoad, fold, visible};
use crate::tables::{Source, Workbook};

use super::cell_text::is_absent;
use super::classes::classes;
use super::names::person_name;
use super::sheet_table::{Column, Layout, TableRow, rows};
use super::staff::{bad_name, is_vacancy};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Class,
    Subject,
    Teacher,
    Group,
}

const LAYOUT: Layout<Field> = Layout {
    columns: &[
        Column { field: Field::Class, headers: &["класс", "классы", "кл"], roots: &[] },
        Column {
            field: Field::Subject,
            headers: &["предмет", "учебный предмет", "дисциплина", "название предмета", "наименование предмета"],
            roots: &["предмет"],
        },
        Column {
            field: Field::Teacher,
            headers: &["учитель", "фио", "фамилия имя отчество", "педагог", "преподаватель", "учитель-предметник"],
            roots: &["фио"],
        },
        Column {
            field: Field::Group, headers: &["группа", "подгруппа", "группа внутри класса"], roots: &["подгрупп"]
        },
    ],
    needed: &[&[Field::Class, Field::Subject, Field::Teacher]],
    needed_words: "«Класс», «Предмет», «Учитель»",
};

/// Reads the teaching load.
pub fn read_load(source: &Source) -> Checked<TeachingLoad> {
    match crate::tables::read(source) {
        Ok(workbook) => load_of(&workbook, &source.label),
        Err(issue) => Checked::new(TeachingLoad::default(), vec![issue]),
    }
}

fn load_of(workbook: &Workbook, file: &str) -> Checked<TeachingLoad> {
    let table = rows(workbook, file, &LAYOUT);
    let mut issues = table.issues;
    let lessons: Vec<Lesson> = table.value.iter().flat_map(|row| lessons_of(row, &mut issues)).collect();
    let mut known = BTreeSet::new();
    let lessons = lessons.into_iter().filter(|lesson| known.insert(key(lesson))).collect();
    Checked::new(TeachingLoad { lessons }, issues)
}

/// What two rows of one lesson have in common.
fn key(lesson: &Lesson) -> impl Ord + use<> {
    let Lesson { class, subject, teacher, group, .. } = lesson;
    (class.clone(), fold(subject), teacher.folded(), group.as_deref().map(fold))
}

/// The lessons of a row: one for each of its classes and teachers.
fn lessons_of(row: &TableRow<Field>, issues: &mut Vec<Issue>) -> Vec<Lesson> {
    let classes = classes_of(row, issues);
    let subject = visible(row.text(Field::Subject));
    if subject.is_empty() {
        let advice = "Впишите название предмета.";
        issues.push(Issue::new(IssueKind::UnknownWord, row.place(Field::Subject), "Не указан предмет.", advice));
        return Vec::new();
    }
    let place = row.place(Field::Subject);
    let group = Some(row.text(Field::Group)).filter(|text| !is_absent(text)).map(visible);
    let mut lessons = Vec::new();
    let teachers = row.text(Field::Teacher);
    if is_absent(teachers) || is_vacancy(teachers) {
        let message = format!("Не указано, кто ведёт предмет «{subject}».");
        let advice = "Впишите учителя: до тех пор чат по этому предмету не планируется.";
        issues.push(Issue::new(IssueKind::UnknownTeacher, row.place(Field::Teacher), message, advice));
        return Vec::new();
    }
    for text in super::sheet_table::pieces(teachers) {
        match person_name(text) {
            Ok(teacher) => lessons.extend(classes.iter().map(|class| Lesson {
                class: class.clone(),
                subject: subject.clone(),
                teacher: teacher.clone(),
                group: group.clone(),
                place: place.clone(),
                class_place: row.place(Field::Class),
                teacher_place: row.place(Field::Teacher),
            })),
            Err(error) => issues.push(bad_name(&error, row.place(Field::Teacher))),
        }
    }
    lessons
}

fn classes_of(row: &TableRow<Field>, issues: &mut Vec<Issue>) -> Vec<crate::school::ClassName> {
    let place = row.place(Field::Class);
    if is_absent(row.text(Field::Class)) {
        let advice = "Впишите класс в каждую строку.";
        issues.push(Issue::new(IssueKind::NoClass, place, "Не указан класс.", advice));
        return Vec::new();
    }
    classes(row.text(Field::Class), &place, issues)
}

#[cfg(test)]
mod tests {
    use super::super::sheet_table::tests::{short, workbook};
    use super::load_of;

    #[track_caller]
    fn check(lines: &[&str], expected: &[&str], issues: &[&str]) {
        let read = load_of(&workbook(lines), "нагрузка.xlsx");
        let lessons = read.value.lessons.iter().map(|lesson| {
            let group = lesson.group.as_deref().unwrap_or("");
            format!("{}|{}|{}|{group}", lesson.class, lesson.subject, lesson.teacher)
        });
        assert_eq!(lessons.collect::<Vec<_>>(), expected);
        assert_eq!(short(&read.issues), issues);
    }

    #[test]
    fn a_load_table() {
        let lines = [
            "Учитель|Предмет|Класс|Подгруппа|Часов",
            "Петрова Ольга Сергеевна|Алгебра|7А, 7Б||3",
            "Котова А. И.|Английский  язык|7а|1|3",
            "Волков Пётр Ильич|Английский язык|7А|2|3",
            "Петрова Ольга Сергеевна|алгебра|7А|-|3",
        ];
        let expected = [
            "7А|Алгебра|Петрова Ольга Сергеевна|",
            "7Б|Алгебра|Петрова Ольга Сергеевна|",
            "7А|Английский язык|Котова А. И.|1",
            "7А|Английский язык|Волков Пётр Ильич|2",
        ];
        check(&lines, &expected, &[]);
    }

    #[test]
    fn what_is_missing_is_said_with_its_cell() {
        let lines = [
            "Класс|Предмет|Учитель|Группа",
            "|Алгебра|Петрова Ольга Сергеевна|",
            "7А||Петрова Ольга Сергеевна|",
            "7А|Физика|вакансия|",
            "7А|Химия|Петрова|",
            "седьмой|Химия|Петрова Ольга|",
        ];
        let issues = ["A2 no_class", "B3 unknown_word", "C4 unknown_teacher", "C5 bad_name", "A6 bad_class"];
        check(&lines, &[], &issues);
    }
}
