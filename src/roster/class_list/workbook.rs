//! One file → its pupils, and how each sheet of it was understood.

use jiff::civil::Date;

use super::classes::Classes;
use super::column_words::ColumnWords;
use super::merge::merge_rows;
use super::reading::{ClassListReading, SheetOutcome, SheetReading, SkipReason, SkippedRow};
use super::sheet::{SheetResult, read_sheet};
use crate::school::{Issue, IssueKind, Place};
use crate::tables::{Sheet, Workbook};

/// Reads one class list. `label` is what messages call the file; its name may name the class. `words` are the
/// school's own for columns; `today` decides which dates of birth can be.
pub fn read_workbook(workbook: &Workbook, label: &str, words: &ColumnWords, today: Date) -> ClassListReading {
    let read = |hidden: bool| -> Vec<Option<SheetResult>> {
        let sheets = workbook.sheets.iter();
        sheets.map(|sheet| (sheet.hidden == hidden).then(|| read_sheet(sheet, label, words, today))).collect()
    };
    let mut results = read(false);
    let found = |results: &[Option<SheetResult>]| results.iter().flatten().any(|result| !result.pupils.is_empty());
    let mut issues = Vec::new();
    let hidden = workbook.sheets.iter().any(|sheet| sheet.hidden);
    if hidden && !found(&results) {
        let others = read(true);
        if found(&others) {
            results = others;
            issues
                .extend(workbook.sheets.iter().filter(|sheet| sheet.hidden).map(|sheet| hidden_but_read(sheet, label)));
        }
    }
    for (sheet, result) in workbook.sheets.iter().zip(&results) {
        if result.is_none() && sheet.hidden {
            issues.push(hidden_sheet(sheet, label));
        }
    }
    let lost = if found(&results) { None } else { workbook.lost_letters(label) };
    issues.extend(lost.map_or_else(|| refusals(workbook, &results, label), |lost| vec![lost]));
    let mut rows = Vec::new();
    let mut homerooms = Vec::new();
    let mut sheets = Vec::new();
    for (sheet, result) in workbook.sheets.iter().zip(results) {
        let Some(result) = result else {
            let outcome = if sheet.hidden { SheetOutcome::Hidden } else { SheetOutcome::NoList };
            sheets.push(SheetReading { name: sheet.name.clone(), outcome, tables: Vec::new() });
            continue;
        };
        let SheetResult { reading, pupils, homerooms: named, issues: wrong, refusal: _ } = result;
        rows.extend(pupils);
        homerooms.extend(named);
        issues.extend(wrong);
        sheets.push(reading);
    }
    let students = merge_rows(rows).collect_into(&mut issues);
    ClassListReading { label: label.to_owned(), form: workbook.form.clone(), sheets, students, homerooms, issues }
}

/// Whether a sheet has a header at most: no pupil, and no row that something is said of.
fn has_no_pupils(result: &SheetResult) -> bool {
    result.reading.tables.iter().all(|table| {
        let told = |row: &SkippedRow| matches!(row.reason, SkipReason::Unreadable | SkipReason::Left);
        table.pupil_rows == 0 && !table.skipped.iter().any(told)
    })
}

/// What is said about sheets without a list: an error where a list was expected, a note where another sheet has it.
fn refusals(workbook: &Workbook, results: &[Option<SheetResult>], label: &str) -> Vec<Issue> {
    let outcome = |wanted: SheetOutcome| results.iter().flatten().any(|result| result.reading.outcome == wanted);
    let any_read = outcome(SheetOutcome::Read);
    if !any_read && outcome(SheetOutcome::Staff) {
        return vec![Issue::new(
            IssueKind::NotARoster,
            Place::file(label),
            "это таблица сотрудников (есть столбцы «Должность» или «Предмет»), а не список класса",
            "Уберите файл из папки со списками; сотрудники указываются в файле «штат.xlsx».",
        )];
    }
    if results.iter().flatten().all(|result| result.reading.outcome == SheetOutcome::Blank) {
        return vec![Issue::new(
            IssueKind::Empty,
            Place::file(label),
            "в файле нет ни одной заполненной ячейки",
            "Заполните список или удалите файл.",
        )];
    }
    let file_is_empty = results.iter().flatten().all(has_no_pupils);
    let mut issues = Vec::new();
    for (sheet, result) in workbook.sheets.iter().zip(results) {
        let Some(result) = result else { continue };
        let place = sheet.name.as_ref().map_or_else(|| Place::file(label), |name| Place::sheet(label, name));
        match (&result.refusal, result.reading.outcome) {
            (Some(refusal), _) if !any_read || expected(sheet, refusal) => issues.push(refusal.clone()),
            (Some(_), _) | (None, SheetOutcome::NoList) => {
                issues.push(Issue::new(
                    IssueKind::SkippedSheet,
                    place,
                    "на листе нет списка учеников, он пропущен",
                    "",
                ));
            }
            (None, SheetOutcome::Staff) => {
                issues.push(Issue::new(
                    IssueKind::SkippedSheet,
                    place,
                    "на листе таблица сотрудников, он пропущен",
                    "",
                ));
            }
            (None, SheetOutcome::Read) if has_no_pupils(result) => {
                // A whole class would be missing from the school, unless another sheet of the file holds it.
                let kind = if file_is_empty { IssueKind::EmptyRoster } else { IssueKind::SkippedSheet };
                let advice = if file_is_empty {
                    "Впишите учеников или уберите файл из папки."
                } else {
                    ""
                };
                issues.push(Issue::new(kind, place, "под шапкой таблицы нет ни одного ученика", advice));
            }
            (None, SheetOutcome::Read | SheetOutcome::Hidden | SheetOutcome::Blank) => {}
        }
    }
    issues
}

/// Whether a sheet without a readable list ought to have one: it is named after a class, or its tables are unclear.
fn expected(sheet: &Sheet, refusal: &Issue) -> bool {
    let named = sheet.name.as_deref().is_some_and(|name| Classes::of(Some(name), "").named_outside());
    named || refusal.place.cell.is_some()
}

fn hidden_sheet(sheet: &Sheet, label: &str) -> Issue {
    let name = sheet.name.clone().unwrap_or_default();
    Issue::new(
        IssueKind::HiddenSheet,
        Place::sheet(label, name),
        "лист скрыт и не прочитан",
        "Если его ученики нужны, отобразите лист и запустите снова.",
    )
}

fn hidden_but_read(sheet: &Sheet, label: &str) -> Issue {
    let name = sheet.name.clone().unwrap_or_default();
    Issue::new(
        IssueKind::HiddenSheet,
        Place::sheet(label, name),
        "лист скрыт, но прочитан: на видимых листах учеников нет",
        "Проверьте, что список на этом листе — нужный.",
    )
}
