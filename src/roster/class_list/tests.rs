//! Whole class lists of the layouts that occur (`docs/inputs.md` § 1), built cell by cell.

mod classes;
mod column_order;
mod layouts;
mod parents;
mod pupils;
mod values;

use jiff::civil::{Date, date};

use super::column_words::ColumnWords;
use super::reading::ClassListReading;
use super::workbook::read_workbook;
use crate::school::{Issue, Student};
use crate::tables::{Form, MergedRange, Sheet, Value, Workbook};

/// A sheet from text: one line per row, cells divided by `|`, `⏎` for a line break inside a cell.
pub(super) fn sheet(name: &str, text: &str) -> Sheet {
    let mut sheet = Sheet { name: Some(name.to_owned()), ..Sheet::default() };
    for (line, row) in text.trim_matches('\n').lines().zip(0..) {
        for (cell, column) in line.split('|').zip(0..) {
            let cell = cell.trim().replace('⏎', "\n");
            if !cell.is_empty() {
                sheet.put(row, column, Value::Text(&cell));
            }
        }
    }
    sheet
}

fn merged(mut sheet: Sheet, ranges: &[&str]) -> Sheet {
    let cell = |text: &str| -> (u32, u32) {
        let column = u32::from(text.as_bytes()[0] - b'A');
        (text[1..].parse::<u32>().unwrap() - 1, column)
    };
    for range in ranges {
        let (from, to) = range.split_once(':').unwrap();
        let ((top, left), (bottom, right)) = (cell(from), cell(to));
        sheet.merged.push(MergedRange { top, left, bottom, right });
    }
    sheet
}

fn today() -> Date {
    date(2026, 9, 1)
}

fn read(sheets: Vec<Sheet>, label: &str) -> ClassListReading {
    read_workbook(&Workbook { form: Form::Xlsx, sheets }, label, &ColumnWords::default(), today())
}

fn shown(student: &Student) -> String {
    let guardians: Vec<String> = student
        .guardians
        .iter()
        .map(|guardian| {
            let name = guardian.name.as_ref().map(ToString::to_string);
            let phone = guardian.phone.as_ref().map(ToString::to_string);
            let email = guardian.email.as_ref().map(ToString::to_string);
            [guardian.kinship.clone(), name, phone, email].into_iter().flatten().collect::<Vec<_>>().join(" ")
        })
        .collect();
    let date = student.birth_date.map(|date| format!(" {date}")).unwrap_or_default();
    let guardians = if guardians.is_empty() { String::new() } else { format!(" [{}]", guardians.join("; ")) };
    format!("{} {}{date}{guardians}", student.class, student.name)
}

fn issue(issue: &Issue) -> String {
    let cell = issue.place.cell.map(|cell| cell.to_string()).unwrap_or_default();
    format!("{} {cell}", issue.kind.id()).trim_end().to_owned()
}

/// Pupils and issues, one a line, against the expected ones.
#[track_caller]
fn check_reading(reading: &ClassListReading, expected: &str) {
    let mut lines: Vec<String> = reading.students.iter().map(shown).collect();
    lines.extend(reading.homerooms.iter().map(|mention| format!("{} кл. рук. {}", mention.class, mention.name)));
    lines.extend(reading.issues.iter().map(|found| format!("! {}", issue(found))));
    let expected: Vec<&str> = expected.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let whole: Vec<String> = reading.issues.iter().map(ToString::to_string).collect();
    assert_eq!(lines, expected, "{whole:#?}");
}

#[track_caller]
fn check(name: &str, text: &str, expected: &str) {
    check_reading(&read(vec![sheet(name, text)], "списки/список.xlsx"), expected);
}
