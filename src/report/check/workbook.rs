//! The report as a table to be printed and handed to the secretary.

use jiff::civil::Date;

use super::files::{CheckReport, FileReport};
use super::gravity::Gravity;
use super::text::{CLASSES, STUDENTS, words};
use crate::school::{Issue, count, dotted};
use crate::spreadsheet::{Book, Cell, Column, Filter, Look, Sheet, SpreadsheetError, Weight, write};
use crate::tables::{self, Source};

const ISSUES: &str = "Замечания";
const FILES: &str = "Файлы";

/// The columns of the issues.
const COLUMNS: [Column; 8] = [
    Column { header: "№", width: 5.0, look: Look::Line, choices: &[] },
    Column { header: "Файл", width: 22.0, look: Look::Wrapped, choices: &[] },
    Column { header: "Лист", width: 14.0, look: Look::Wrapped, choices: &[] },
    Column { header: "Ячейка", width: 11.0, look: Look::Line, choices: &[] },
    Column { header: "Важность", width: 14.0, look: Look::Wrapped, choices: &[] },
    Column { header: "Что не так", width: 44.0, look: Look::Wrapped, choices: &[] },
    Column { header: "Что сделать", width: 44.0, look: Look::Wrapped, choices: &[] },
    Column { header: "Исправлено", width: 14.0, look: Look::ToFill, choices: &["да"] },
];

/// The report as the bytes of an .xlsx file: a row for every problem, and a sheet of what each file gave.
///
/// # Errors
/// When the table cannot be put together.
pub fn check_table(report: &CheckReport<'_>, made: Date) -> Result<Vec<u8>, SpreadsheetError> {
    let mut rows: Vec<_> = report.issues.iter().zip(1..).map(|(issue, number)| row(issue, number)).collect();
    if rows.is_empty() {
        rows.push(COLUMNS.iter().map(|column| Cell::plain(nothing_in(column))).collect());
    }
    let title = format!("Замечания к таблицам школы на {}", dotted(made));
    let issues =
        Sheet { name: ISSUES, columns: COLUMNS.to_vec(), rows, filter: Filter::EveryColumn, page_title: title.clone() };
    let files = files(report, format!("Что прочитано на {}", dotted(made)));
    write(&Book { title, created: made, sheets: vec![issues, files] })
}

/// Whether a file is a report that this program made before, so that a new one may take its place.
pub fn is_check_table(source: &Source) -> bool {
    let Ok(workbook) = tables::read(source) else { return false };
    let headers = workbook.sheets.first().filter(|sheet| sheet.name.as_deref() == Some(ISSUES));
    let headers = headers.into_iter().flat_map(|sheet| sheet.row(0));
    headers.map(|cell| cell.value.text()).eq(COLUMNS.iter().map(|column| column.header))
}

fn nothing_in(column: &Column) -> &'static str {
    if column.header == "Что не так" { "Замечаний нет." } else { "" }
}

fn row(issue: &Issue, number: usize) -> Vec<Cell> {
    let gravity = Gravity::of(issue);
    let place = &issue.place;
    let cell = place.cell.map(|cell| cell.to_string());
    let line = || place.line.map(|line| format!("строка {line}"));
    // In black and white: the gravest are capital and bold, warnings are bold, notes are plain.
    let (weight, word) = match gravity {
        Gravity::Error => (Weight::Bold, gravity.word().to_uppercase()),
        Gravity::RefusedLink | Gravity::Warning => (Weight::Bold, gravity.word().to_owned()),
        Gravity::Note => (Weight::Plain, gravity.word().to_owned()),
    };
    let sentence = if gravity == Gravity::Error { Weight::Bold } else { Weight::Plain };
    vec![
        Cell::plain(number.to_string()),
        Cell::plain(&*place.file),
        Cell::plain(place.sheet.as_deref().unwrap_or_default()),
        Cell::plain(cell.or_else(line).unwrap_or_default()),
        Cell::of(weight, word),
        Cell::of(sentence, &*issue.message),
        Cell::plain(&*issue.advice),
        Cell::plain(""),
    ]
}

/// What each file gave; the last row sums up.
fn files(report: &CheckReport<'_>, page_title: String) -> Sheet {
    let number = |number: usize| Cell::plain(number.to_string());
    let row = |file: &FileReport<'_>| {
        let problems = file.problems;
        let words = words(&file.read.gave);
        let weight = if words == "ничего" { Weight::Bold } else { Weight::Plain };
        let errors = problems.errors + problems.refused_links;
        vec![Cell::plain(&*file.read.file), Cell::of(weight, words), number(errors), number(problems.warnings)]
    };
    let mut rows: Vec<_> = report.files.iter().map(row).collect();
    let summary = report.summary;
    let bold = |text: String| Cell::of(Weight::Bold, text);
    rows.push(vec![
        bold("Всего".to_owned()),
        bold(format!("{}, {}", count(summary.classes, CLASSES), count(summary.students, STUDENTS))),
        bold((summary.problems.errors + summary.problems.refused_links).to_string()),
        bold(summary.problems.warnings.to_string()),
    ]);
    let column = |header, width, look| Column { header, width, look, choices: &[] };
    Sheet {
        name: FILES,
        columns: vec![
            column("Файл", 44.0, Look::Wrapped),
            column("Что прочитано", 60.0, Look::Wrapped),
            column("Ошибки", 12.0, Look::Line),
            column("Замечания", 12.0, Look::Line),
        ],
        rows,
        filter: Filter::None,
        page_title,
    }
}
