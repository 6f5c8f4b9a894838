//! Columns of the lists that were not understood, told once for the whole school: nobody finds out otherwise that the
//! parents' telephones were not read, and forty files of one export are one question.
//!
//! What is left out on purpose (СНИЛС, addresses, the numbers of rows) is none of them.

use std::collections::BTreeMap;

use super::super::header::header_key;
use super::reading::{ClassListReading, ColumnReading, SheetOutcome, SheetReading, TableLayout, TableReading};
use super::unclear::is_unclear;
use crate::school::{Issue, IssueKind, Noun, Place, column_letters, count, quotable};

/// More columns than this are told as a number.
const NAMED: usize = 8;

/// A column that no file may name twice, with its first place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LeftOut {
    /// By what the column is known in other files.
    key: String,
    /// «Подвоз», or the letter of a column that has no header.
    name: String,
    place: Place,
}

/// The columns of a file that were not understood, each header once.
pub(super) fn left_out(reading: &ClassListReading) -> Vec<LeftOut> {
    let sheets = reading.sheets.iter().filter(|sheet| sheet.outcome == SheetOutcome::Read);
    let tables = sheets.flat_map(|sheet| sheet.tables.iter().map(move |table| (sheet, table)));
    let mut found: Vec<LeftOut> = Vec::new();
    for (sheet, table) in tables.filter(|(_, table)| table.pupil_rows > 0) {
        let unclear = |column: &&ColumnReading| is_unclear(column) || is_unnamed(table, column);
        for column in table.columns.iter().filter(unclear) {
            let place = header_place(reading, sheet, table, column);
            if found.iter().all(|known| known.key != key(column)) && !is_told(&place, reading) {
                found.push(LeftOut { key: key(column), name: name(table, column), place });
            }
        }
    }
    found
}

/// The remarks about the columns of all files: those that stand in the same files are told together.
pub(super) fn told(files: &[Vec<LeftOut>]) -> Vec<Issue> {
    let mut found: Vec<(&LeftOut, Vec<usize>)> = Vec::new();
    let mut by_key: BTreeMap<&str, usize> = BTreeMap::new();
    for (file, columns) in files.iter().enumerate() {
        for column in columns {
            let at = *by_key.entry(&column.key).or_insert(found.len());
            match found.get_mut(at) {
                Some((_, files)) => files.push(file),
                None => found.push((column, vec![file])),
            }
        }
    }
    let mut groups: Vec<(Vec<usize>, Vec<&LeftOut>)> = Vec::new();
    for (column, files) in found {
        match groups.iter_mut().find(|(known, _)| *known == files) {
            Some((_, columns)) => columns.push(column),
            None => groups.push((files, vec![column])),
        }
    }
    groups.iter().filter_map(|(files, columns)| issue(columns, files.len())).collect()
}

/// Tells a remark about a column that later files repeat word for word in its first file only, with their number.
pub(super) fn once(readings: &mut [ClassListReading]) {
    let mut files: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (file, reading) in readings.iter_mut().enumerate() {
        let mut here: Vec<String> = Vec::new();
        reading.issues.retain(|issue| {
            if issue.kind != IssueKind::UnknownColumn {
                return true;
            }
            let (first, number) = files.entry(issue.message.clone()).or_insert((file, 0));
            if !here.contains(&issue.message) {
                *number += 1;
                here.push(issue.message.clone());
            }
            *first == file
        });
    }
    let remarks = readings.iter_mut().flat_map(|reading| &mut reading.issues);
    for issue in remarks.filter(|issue| issue.kind == IssueKind::UnknownColumn) {
        if let Some((_, number)) = files.get(&issue.message).filter(|(_, number)| *number > 1) {
            let message = issue.message.trim_end_matches('.');
            issue.message = format!("{message} ({}).", in_files(*number));
        }
    }
}

fn issue(columns: &[&LeftOut], files: usize) -> Option<Issue> {
    let (first, rest) = columns.split_first()?;
    let so = if files > 1 { format!(" ({})", in_files(files)) } else { String::new() };
    let message = if rest.is_empty() {
        format!("Столбец {} не понят и не прочитан{so}.", first.name)
    } else {
        let listed = columns.iter().take(NAMED).map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ");
        let more = columns.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" и ещё {more}") } else { String::new() };
        format!("Не поняты и не прочитаны столбцы: {listed}{more}{so}.")
    };
    let advice = "Если они нужны, назовите их привычно или впишите их названия в [roster.columns]; что в них, подскажет \
                  команда «zavuch разобрать» с этим файлом.";
    Some(Issue::new(IssueKind::UnknownColumn, first.place.clone(), message, advice))
}

/// «так в 40 файлах, здесь первый из них».
fn in_files(files: usize) -> String {
    format!("так в {}, здесь первый из них", count(files, Noun::new("файле", "файлах", "файлах")))
}

/// A column that holds something below a header in which it has no name.
fn is_unnamed(table: &TableReading, column: &ColumnReading) -> bool {
    table.layout() == TableLayout::Headed && column.header.is_empty()
}

fn key(column: &ColumnReading) -> String {
    match header_key(&column.header) {
        key if key.is_empty() => format!("\u{1f}{}", column.column),
        key => key,
    }
}

fn name(table: &TableReading, column: &ColumnReading) -> String {
    if column.header.is_empty() {
        return format!("{} без названия", column_letters(column.column));
    }
    let name = format!("«{}»", quotable(&column.header));
    match table.columns.iter().filter(|other| is_unclear(other) && key(other) == key(column)).count() {
        0 | 1 => name,
        several => format!("{name} ({})", count(several, Noun::new("столбец", "столбца", "столбцов"))),
    }
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
    use super::super::reading::ClassListReading;
    use super::super::tests::sheet;
    use super::super::workbook::read_workbook;
    use super::{left_out, once, told};
    use crate::school::IssueKind;
    use crate::tables::{Form, Workbook};

    fn read(label: &str, sheets: &[&str]) -> ClassListReading {
        let sheets = (1..).zip(sheets).map(|(number, text)| sheet(&format!("Лист{number}"), text)).collect();
        let workbook = Workbook { form: Form::Xlsx, sheets };
        read_workbook(&workbook, label, &ColumnWords::default(), date(2026, 9, 1))
    }

    /// The remarks about columns of files with one sheet or several.
    #[track_caller]
    fn check_files(files: &[&[&str]], expected: &[&str]) {
        let mut readings: Vec<ClassListReading> =
            (5..).zip(files).map(|(grade, sheets)| read(&format!("{grade}А.xlsx"), sheets)).collect();
        let columns: Vec<_> = readings.iter().map(left_out).collect();
        once(&mut readings);
        let of_files = readings.into_iter().flat_map(|reading| reading.issues);
        let of_files = of_files.filter(|issue| issue.kind == IssueKind::UnknownColumn);
        let shown: Vec<String> = of_files
            .chain(told(&columns))
            .map(|issue| format!("{}: {}", issue.place, issue.message).replace('\u{a0}', " "))
            .collect();
        assert_eq!(shown, expected);
    }

    #[track_caller]
    fn check(sheets: &[&str], expected: Option<&str>) {
        let issues = told(&[left_out(&read("7А.xlsx", sheets))]);
        let shown: Vec<String> =
            issues.iter().map(|issue| format!("{}: {}", issue.place, issue.message).replace('\u{a0}', " ")).collect();
        assert_eq!(shown, Vec::from_iter(expected));
    }

    #[test]
    fn a_column_of_many_files_is_told_once() {
        let one = "№|ФИО|Подвоз|Кружок\n1|Ли Вэй|да|шахматы";
        check_files(
            &[&[one], &[one], &[&one.replace("Подвоз|", "ПОДВОЗ: |")]],
            &[
                "5А.xlsx, лист «Лист1», ячейка C1: Не поняты и не прочитаны столбцы: «Подвоз», «Кружок» (так в 3 файлах, \
               здесь первый из них).",
            ],
        );
        check_files(
            &[&[one], &["№|ФИО|Подвоз|Танец\n1|Ли Вэй|да|вальс"]],
            &[
                "5А.xlsx, лист «Лист1», ячейка C1: Столбец «Подвоз» не понят и не прочитан (так в 2 файлах, здесь первый \
                 из них).",
                "5А.xlsx, лист «Лист1», ячейка D1: Столбец «Кружок» не понят и не прочитан.",
                "6А.xlsx, лист «Лист1», ячейка D1: Столбец «Танец» не понят и не прочитан.",
            ],
        );
    }

    #[test]
    fn a_telephone_of_nobody_is_told_once() {
        let one = "№|ФИО|Мать|Телефон|Отец|Телефон|Телефон\n1|Ли Вэй|Ли Анна|89440000001|Ли Ян|89440000002|89440000003";
        let why = "непонятно, чей он: у родителя рядом уже есть свой столбец";
        check_files(
            &[&[one], &[one]],
            &[&format!(
                "5А.xlsx, лист «Лист1», ячейка G1: Столбец «Телефон» не использован: {why} (так в 2 файлах, здесь первый \
                 из них)."
            )],
        );
    }

    #[test]
    fn columns_of_one_name_and_columns_without_a_name() {
        check(
            &["№|ФИО|Балл|Балл|Балл\n1|Ли Вэй|5|4|5"],
            Some("7А.xlsx, лист «Лист1», ячейка C1: Столбец «Балл» (3 столбца) не понят и не прочитан."),
        );
        check(
            &["№|ФИО||Мать\n1|Ли Вэй|8 944 000-00-01|Ли Анна\n2|Ким Ян||"],
            Some("7А.xlsx, лист «Лист1», ячейка C1: Столбец C без названия не понят и не прочитан."),
        );
        check(
            &["№|ФИО||Подвоз|\n1|Ли Вэй|Ли Анна|да|Ли Юн"],
            Some(
                "7А.xlsx, лист «Лист1», ячейка C1: Не поняты и не прочитаны столбцы: C без названия, «Подвоз», \
                 E без названия.",
            ),
        );
        // Marks and numbers of rows.
        check(&["|ФИО|Класс|\n1|Ли Вэй|7А|+\n2|Ким Ян|7А|V"], None);
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
        for header in [
            "Мед. заключение",
            "Медицинские показания",
            "Место жительства",
            "Место работы",
            "Льготы",
            "Льготная категория",
            "Прививки",
            "ПМПК",
            "Семейное положение",
            "Дети-сироты",
        ] {
            check(&[&format!("№|ФИО|{header}\n1|Ли Вэй|есть")], None);
        }
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
        let issues = told(&[left_out(&reading)]);
        let [issue] = issues.as_slice() else { panic!("{issues:?}") };
        assert!(!issue.advice.contains("списки/7А.xlsx"), "{}", issue.advice);
        assert_eq!(&*issue.place.file, "списки/7А.xlsx");
    }
}
