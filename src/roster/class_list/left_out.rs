//! Columns of a list that were not understood, told once for the whole file: nobody finds out otherwise that the parents'
//! telephones were not read.
//!
//! What is left out on purpose (СНИЛС, addresses, the numbers of rows) is none of them.

use super::reading::{ClassListReading, ColumnReading, SheetOutcome, SheetReading, TableReading};
use super::unclear::is_unclear;
use crate::school::{Issue, IssueKind, Place, quotable};

/// More columns than this are told as a number.
const NAMED: usize = 8;

/// The remark about a file; `None` where every column was understood.
pub(super) fn left_out(reading: &ClassListReading) -> Option<Issue> {
    let sheets = reading.sheets.iter().filter(|sheet| sheet.outcome == SheetOutcome::Read);
    let found: Vec<(&SheetReading, &TableReading, &ColumnReading)> = sheets
        .flat_map(|sheet| sheet.tables.iter().map(move |table| (sheet, table)))
        .filter(|(_, table)| table.pupil_rows > 0)
        .flat_map(|(sheet, table)| table.columns.iter().map(move |column| (sheet, table, column)))
        .filter(|(sheet, table, column)| {
            is_unclear(column) && !is_told(&header_place(reading, sheet, table, column), reading)
        })
        .collect();
    let (sheet, table, first) = found.first()?;
    let mut names: Vec<String> = Vec::new();
    for (_, _, column) in &found {
        let name = format!("«{}»", quotable(&column.header));
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let place = header_place(reading, sheet, table, first);
    let rest = if names.len() > NAMED { format!(" и ещё {}", names.len() - NAMED) } else { String::new() };
    let listed = names.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    let message = match names.as_slice() {
        [one] => format!("Столбец {one} не понят и не прочитан."),
        _ => format!("Не поняты и не прочитаны столбцы: {listed}{rest}."),
    };
    let advice = "Если они нужны, назовите их привычно или впишите их названия в [roster.columns]; что в них, подскажет \
                  команда «zavuch разобрать» с этим файлом.";
    Some(Issue::new(IssueKind::UnknownColumn, place, message, advice))
}

/// The cell of a column's header; the sheet where the table has none.
fn header_place(
    reading: &ClassListReading,
    sheet: &SheetReading,
    table: &TableReading,
    column: &ColumnReading,
) -> Place {
    let of_file = || Place::file(&reading.label);
    let of_sheet = sheet.name.as_ref().map_or_else(of_file, |name| Place::sheet(&reading.label, name));
    match table.header_rows.last() {
        Some(row) => of_sheet.at(*row, column.column),
        None => of_sheet,
    }
}

/// Whether an issue of its own says already that nobody knows whose the telephones or addresses of a column are.
fn is_told(header: &Place, reading: &ClassListReading) -> bool {
    reading.issues.iter().any(|issue| issue.kind == IssueKind::UnknownColumn && issue.place == *header)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::column_words::ColumnWords;
    use super::super::tests::sheet;
    use super::super::workbook::read_workbook;
    use super::left_out;
    use crate::tables::{Form, Workbook};

    #[track_caller]
    fn check(sheets: &[&str], expected: Option<&str>) {
        let sheets = (1..).zip(sheets).map(|(number, text)| sheet(&format!("Лист{number}"), text)).collect();
        let workbook = Workbook { form: Form::Xlsx, sheets };
        let reading = read_workbook(&workbook, "7А.xlsx", &ColumnWords::default(), date(2026, 9, 1));
        let told = left_out(&reading).map(|issue| format!("{}: {}", issue.place, issue.message));
        assert_eq!(told.as_deref(), expected);
    }

    #[test]
    fn what_is_not_understood_is_told_once() {
        check(&["№|ФИО|Мать\n1|Ли Вэй|Ли Анна"], None);
        check(
            &["№|ФИО|Подвоз\n1|Ли Вэй|да"],
            Some("7А.xlsx, лист «Лист1», ячейка C1: Столбец «Подвоз» не понят и не прочитан."),
        );
        check(
            &["№|ФИО|Подвоз\n1|Ли Вэй|да", "№|ФИО|Подвоз|Кружок\n1|Ким Ян|да|шахматы"],
            Some("7А.xlsx, лист «Лист1», ячейка C1: Не поняты и не прочитаны столбцы: «Подвоз», «Кружок»."),
        );
    }

    #[test]
    fn what_is_left_out_on_purpose_is_not_told() {
        check(&["№|ФИО|Пол|СНИЛС|Адрес|Телефон ученика\n1|Ли Вэй|м|1|2|8 944 000-00-01"], None);
    }

    #[test]
    fn what_another_issue_tells_is_not_told_again() {
        check(&["№|ФИО|Телефон|Мать\n1|Ли Вэй|8 944 000-00-01|Ли Анна"], None);
        check(
            &["№|ФИО|Телефон\n1|Ли Вэй|8 944 000-00-01"],
            Some("7А.xlsx, лист «Лист1», ячейка C1: Столбец «Телефон» не понят и не прочитан."),
        );
    }

    #[test]
    fn an_issue_of_another_sheet_or_table_tells_nothing_here() {
        let told = "№|ФИО|Телефон|Мать\n1|Ли Вэй|8 944 000-00-01|Ли Анна";
        check(
            &[told, "№|ФИО|Подвоз\n1|Ким Ян|да"],
            Some("7А.xlsx, лист «Лист2», ячейка C1: Столбец «Подвоз» не понят и не прочитан."),
        );
        check(
            &[told, "№|ФИО|Телефон\n1|Ким Ян|8 944 000-00-02"],
            Some("7А.xlsx, лист «Лист2», ячейка C1: Столбец «Телефон» не понят и не прочитан."),
        );
        check(
            &[&format!("{told}\n№|ФИО|Подвоз\n2|Ким Ян|да")],
            Some("7А.xlsx, лист «Лист1», ячейка C3: Столбец «Подвоз» не понят и не прочитан."),
        );
    }

    #[test]
    fn the_advice_has_no_command_that_works_in_one_folder_only() {
        let sheets = vec![sheet("7А", "№|ФИО|Подвоз\n1|Ли Вэй|да")];
        let workbook = Workbook { form: Form::Xlsx, sheets };
        let reading = read_workbook(&workbook, "списки/7А.xlsx", &ColumnWords::default(), date(2026, 9, 1));
        let issue = left_out(&reading).unwrap();
        assert!(!issue.advice.contains("списки/7А.xlsx"), "{}", issue.advice);
        assert_eq!(&*issue.place.file, "списки/7А.xlsx");
    }
}
