//! The report for the terminal.

use std::fmt::Write as _;

use super::files::{CheckReport, Gave, Problems};
use super::gravity::{Gravity, sorted};
use super::runs::runs;
use crate::report::grid::{Column, Side, grid};
use crate::school::{ClassName, Issue, Noun, count};

pub(super) const CLASSES: Noun = Noun::new("класс", "класса", "классов");
pub(super) const STUDENTS: Noun = Noun::new("ученик", "ученика", "учеников");

/// So many classes of a file are named one by one.
const NAMED: usize = 4;

const COLUMNS: [Column; 4] = [
    Column { heading: "Файл", side: Side::Left, from_width: 0 },
    Column { heading: "Что прочитано", side: Side::Left, from_width: 0 },
    Column { heading: "Ошибки", side: Side::Right, from_width: 60 },
    Column { heading: "Замечания", side: Side::Right, from_width: 60 },
];

/// The whole report, its table at most `width` cells wide.
pub fn check_text(report: &CheckReport<'_>, width: u16) -> String {
    let mut text = String::new();
    if !report.files.is_empty() {
        let summary = report.summary;
        let (classes, students) = (count(summary.classes, CLASSES), count(summary.students, STUDENTS));
        let _ = writeln!(text, "Прочитано: {classes}, {students}.\n");
        let rows: Vec<_> =
            report.files.iter().map(|file| row(&file.read.file, &file.read.gave, file.problems)).collect();
        let _ = writeln!(text, "{}\n", grid(&COLUMNS, &rows, width));
    }
    text.push_str(&list(&report.issues));
    text.push('\n');
    text
}

/// A list of issues by file and gravity, with a closing count.
pub fn issue_list(issues: &[Issue]) -> String {
    list(&sorted(issues))
}

/// «Всего: 2 ошибки, 1 замечание.»; «Замечаний нет.»
pub fn issue_totals(issues: &[Issue]) -> String {
    totals(&issues.iter().collect::<Vec<_>>())
}

fn row(file: &str, gave: &Gave, problems: Problems) -> Vec<String> {
    let number = |number: usize| if number == 0 { String::new() } else { number.to_string() };
    let errors = problems.errors + problems.refused_links;
    vec![file.to_owned(), words(gave), number(errors), number(problems.warnings)]
}

/// What a file gave, in words: «7А, 7Б: 52 ученика».
pub(super) fn words(gave: &Gave) -> String {
    if gave.is_nothing() {
        return "ничего".to_owned();
    }
    match gave {
        Gave::Roster { classes, students } => format!("{}: {}", named(classes), count(*students, STUDENTS)),
        Gave::Staff { members } => count(*members, Noun::new("сотрудник", "сотрудника", "сотрудников")),
        Gave::Load { lessons } => format!("нагрузка: {}", count(*lessons, Noun::new("запись", "записи", "записей"))),
        Gave::Groups { groups } => count(*groups, Noun::new("группа", "группы", "групп")),
        Gave::Links { chats, ready } => {
            let chats = count(*chats, Noun::new("чат", "чата", "чатов"));
            format!("{chats}, из них со ссылкой {ready}")
        }
        Gave::OldChats { chats } => format!("прежние чаты: {chats}"),
        Gave::Acknowledgements { people, marked } => {
            let people = count(*people, Noun::new("человек", "человека", "человек"));
            format!("{people}, из них с отметкой {marked}")
        }
        Gave::Unjudged => "не проверен: сначала исправьте настройки и списки".to_owned(),
    }
}

fn named(classes: &[ClassName]) -> String {
    if classes.len() > NAMED {
        return count(classes.len(), CLASSES);
    }
    classes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn list(issues: &[&Issue]) -> String {
    let mut text = String::new();
    for of_file in issues.chunk_by(|one, next| one.place.file == next.place.file) {
        let _ = writeln!(text, "{}", of_file.first().map_or("", |issue| &*issue.place.file));
        for grave in of_file.chunk_by(|one, next| Gravity::of(one) == Gravity::of(next)) {
            let heading = grave.first().map_or("", |issue| Gravity::of(issue).heading());
            let _ = writeln!(text, "  {heading}: {}", grave.len());
            for run in runs(grave) {
                for line in run.lines {
                    let _ = writeln!(text, "    {}", line.text);
                    if !line.cells.is_empty() {
                        let _ = writeln!(text, "      {}", line.cells);
                    }
                }
                if !run.advice.is_empty() {
                    let _ = writeln!(text, "      → {}", run.advice);
                }
            }
        }
        text.push('\n');
    }
    text.push_str(&totals(issues));
    text
}

fn totals(issues: &[&Issue]) -> String {
    let mut problems = Problems::default();
    for issue in issues {
        problems.count(issue);
    }
    let parts = Gravity::ALL.into_iter().filter(|gravity| problems.of(*gravity) > 0);
    let parts: Vec<_> = parts.map(|gravity| count(problems.of(gravity), gravity.noun())).collect();
    if parts.is_empty() {
        "Замечаний нет.".to_owned()
    } else {
        format!("Всего: {}.", parts.join(", "))
    }
}
