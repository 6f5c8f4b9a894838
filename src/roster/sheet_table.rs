//! A table with a header row → its rows by field, whatever the order and the wording of its columns.
//!
//! Serves the small tables of a workspace (staff, load, groups, register of links), which have one row per thing. It
//! knows nothing of what the fields mean; class lists, with their many layouts, have a reader of their own.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::school::{Checked, Issue, IssueKind, Place};
use crate::tables::{CellOfRow, MergedRange, Sheet, Value, Workbook};

use super::cell_text::looks_like_formula;
use super::header::header_key;
use super::nearest::nearest;

/// What the header row of a table may hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout<F: 'static> {
    /// The columns.
    pub(crate) columns: &'static [Column<F>],
    /// Sets of fields; a row is the header when it holds all of one set.
    pub(crate) needed: &'static [&'static [F]],
    /// The columns a person has to provide, in words: «ФИО» и «Должность».
    pub(crate) needed_words: &'static str,
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column<F: 'static> {
    /// What it holds.
    pub(crate) field: F,
    /// The headers it may have, in the form of [`header_key`]; a header may go on behind one of them.
    pub(crate) headers: &'static [&'static str],
    /// Beginnings of words by which any other header is known, all of one set together: «эл почт».
    pub(crate) roots: &'static [&'static str],
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableRow<F> {
    texts: BTreeMap<F, String>,
    places: BTreeMap<F, Place>,
    place: Place,
}

/// The sheet of explanations that the program itself puts into its blank tables.
pub(crate) const NOTES_SHEET: &str = "Как заполнять";
/// How the first cell of a row begins that only shows how to fill a table.
pub(crate) const EXAMPLE: &str = "Пример:";
/// Title rows, explanations and blank rows may push the header this far down, in occupied rows.
const HEADER_WITHIN: usize = 30;

impl<F: Copy + Ord> TableRow<F> {
    /// The text of a field without blanks around it; empty where the cell or the column is missing.
    pub(crate) fn text(&self, field: F) -> &str {
        self.texts.get(&field).map_or("", String::as_str)
    }

    /// Whether no other field of the row is filled.
    pub(crate) fn has_only(&self, field: F) -> bool {
        self.texts.keys().all(|filled| *filled == field)
    }

    /// The cell of a field, also where it is empty; the first cell of the row where the table has no such column.
    pub(crate) fn place(&self, field: F) -> Place {
        self.places.get(&field).unwrap_or(&self.place).clone()
    }
}

/// The rows of all visible sheets that have the header of `layout`.
pub(crate) fn rows<F: Copy + Ord>(workbook: &Workbook, file: &str, layout: &Layout<F>) -> Checked<Vec<TableRow<F>>> {
    let mut read = Checked::default();
    let mut skipped = Vec::new();
    let mut found = false;
    for sheet in workbook.sheets.iter().filter(|sheet| !sheet.is_blank()) {
        let place = Place { sheet: sheet.name.as_deref().map(Into::into), ..Place::file(file) };
        if sheet.name.as_deref().is_some_and(|name| header_key(name) == header_key(NOTES_SHEET)) {
            continue;
        }
        if sheet.hidden {
            let advice = "Если он нужен, сделайте его видимым.";
            skipped.push(Issue::new(IssueKind::HiddenSheet, place, "Скрытый лист не прочитан.", advice));
            continue;
        }
        if let Some(header) = header_of(sheet, layout) {
            found = true;
            header.read(sheet, &place, layout, &mut read);
        } else {
            let message = "Лист без нужных столбцов не прочитан.";
            let advice = "Если он нужен, добавьте строку с названиями столбцов.";
            skipped.push(Issue::new(IssueKind::SkippedSheet, place, message, advice));
        }
    }
    if !found {
        skipped = vec![without_header(workbook, file, layout)];
    }
    read.issues.extend(skipped);
    read
}

fn without_header<F>(workbook: &Workbook, file: &str, layout: &Layout<F>) -> Issue {
    let place = Place::file(file);
    let needed = layout.needed_words;
    if workbook.sheets.iter().all(Sheet::is_blank) {
        let advice = format!("Заполните таблицу: нужны столбцы {needed}.");
        return Issue::new(IssueKind::Empty, place, "В файле нет ни одной заполненной ячейки.", advice);
    }
    let advice = format!("Над данными должна стоять строка с названиями столбцов {needed}.");
    Issue::new(IssueKind::NoHeader, place, "Не найдена строка с названиями столбцов.", advice)
}

/// The header of a sheet: one row, or two of which the upper one names groups of columns.
struct Header<F> {
    rows: RangeInclusive<u32>,
    columns: BTreeMap<F, u32>,
}

fn header_of<F: Copy + Ord>(sheet: &Sheet, layout: &Layout<F>) -> Option<Header<F>> {
    sheet.rows().take(HEADER_WITHIN).find_map(|row| {
        let single = Header { rows: row..=row, columns: columns_of(sheet, row..=row, layout) };
        let below = row + 1;
        let double = Header { rows: row..=below, columns: columns_of(sheet, row..=below, layout) };
        let is_wider = double.columns.len() > single.columns.len() || !single.is_whole(layout);
        let is_double = is_wider && goes_on(sheet, row, below, layout);
        [is_double.then_some(double), Some(single)].into_iter().flatten().find(|header| header.is_whole(layout))
    })
}

/// The columns of a header; where it has two rows, the lower cell tells what a column holds, and the upper one where
/// the lower is blank or says nothing by itself.
fn columns_of<F: Copy + Ord>(sheet: &Sheet, rows: RangeInclusive<u32>, layout: &Layout<F>) -> BTreeMap<F, u32> {
    let mut columns = BTreeMap::new();
    let filled: BTreeSet<u32> = rows.clone().flat_map(|row| sheet.row(row)).map(|cell| cell.column).collect();
    for column in filled {
        let upper = sheet.value(*rows.start(), column).map(Value::text).unwrap_or_default();
        let lower = sheet.value(*rows.end(), column).map(Value::text).unwrap_or_default();
        if let Some(field) = field_of(&lower, layout).or_else(|| field_of(&upper, layout)) {
            columns.entry(field).or_insert(column);
        }
    }
    columns
}

/// Whether the header goes on in the row below: nothing but names of columns stands there, and its upper row has room
/// for them, a merged cell or blanks.
fn goes_on<F: Copy + Ord>(sheet: &Sheet, row: u32, below: u32, layout: &Layout<F>) -> bool {
    let cells: Vec<CellOfRow<'_>> = sheet.row(below).collect();
    let is_under_group = |column: u32| {
        let wide = |range: &MergedRange| range.right > range.left && range.contains(row, column);
        sheet.merged.iter().any(wide)
    };
    let known = cells.iter().filter(|cell| field_of(&cell.value.text(), layout).is_some()).count();
    let is_heading = |cell: &CellOfRow<'_>| {
        let named = || field_of(&cell.value.text(), layout).is_some() || is_under_group(cell.column);
        matches!(cell.value, Value::Text(_)) && named()
    };
    let has_room = cells.iter().any(|cell| is_under_group(cell.column) || sheet.value(row, cell.column).is_none());
    known > 0 && has_room && cells.iter().all(is_heading)
}

/// The field that a header names: the whole phrase first, then the longest beginning of it, then its words.
fn field_of<F: Copy>(header: &str, layout: &Layout<F>) -> Option<F> {
    let key = header_key(header);
    let begins = |known: &str| key.strip_prefix(known).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let known = layout.columns.iter().flat_map(|column| column.headers.iter().map(move |known| (column.field, known)));
    let by_phrase = known.filter(|(_, known)| begins(known)).max_by_key(|(_, known)| known.len());
    let has = |root: &str| key.split(' ').any(|word| word.starts_with(root));
    let by_words = || layout.columns.iter().find(|column| column.roots.iter().any(|set| set.split(' ').all(has)));
    by_phrase.map(|(field, _)| field).or_else(|| by_words().map(|column| column.field))
}

impl<F: Copy + Ord> Header<F> {
    /// Whether every column is there that the table cannot do without.
    fn is_whole(&self, layout: &Layout<F>) -> bool {
        let has_all = |fields: &&[F]| fields.iter().all(|field| self.columns.contains_key(field));
        self.columns.len() > 1 && layout.needed.iter().any(has_all)
    }

    /// Whether a row of the sheet is a row of this header once more, as at the head of every printed page, or the row
    /// of the numbers of the columns below it.
    fn is_repeated_in(&self, sheet: &Sheet, row: u32, cells: &[CellOfRow<'_>]) -> bool {
        let again = |header: u32| {
            let same = |cell: &CellOfRow<'_>| {
                let named = sheet.value(header, cell.column).map(Value::text);
                named.is_some_and(|named| header_key(&named) == header_key(&cell.value.text()))
            };
            cells.iter().all(same)
        };
        let is_numbered =
            || cells.iter().zip(1_u32..).all(|(cell, number)| cell.value.text().trim() == number.to_string());
        let is_below_header = !sheet.rows().any(|other| other > *self.rows.end() && other < row);
        self.rows.clone().any(again) || (cells.len() > 1 && is_below_header && is_numbered())
    }

    fn read(&self, sheet: &Sheet, place: &Place, layout: &Layout<F>, into: &mut Checked<Vec<TableRow<F>>>) {
        into.issues.extend(self.unknown_columns(sheet, place, layout));
        for row in sheet.rows().filter(|row| row > self.rows.end()) {
            let cells: Vec<CellOfRow<'_>> = sheet.row(row).collect();
            if is_aside(&cells) || self.is_repeated_in(sheet, row, &cells) {
                continue;
            }
            let mut texts = BTreeMap::new();
            for (field, column) in &self.columns {
                let Some(value) = shown(sheet, row, *column) else { continue };
                into.issues.extend(issue_of(value, &place.at(row, *column)));
                let text = value.text().trim().to_owned();
                if !text.is_empty() {
                    texts.insert(*field, text);
                }
            }
            let repeated = texts.iter().filter(|(field, text)| field_of(text, layout) == Some(**field)).count() > 1;
            if texts.is_empty() || repeated {
                continue;
            }
            let places = self.columns.iter().map(|(field, column)| (*field, place.at(row, *column))).collect();
            let first = self.columns.values().min().copied().unwrap_or_default();
            into.value.push(TableRow { texts, places, place: place.at(row, first) });
        }
    }

    /// Headers that are almost those of a column which the table would otherwise lack.
    fn unknown_columns(&self, sheet: &Sheet, place: &Place, layout: &Layout<F>) -> Vec<Issue> {
        let missing = layout.columns.iter().filter(|column| !self.columns.contains_key(&column.field));
        let missing = missing.flat_map(|column| column.headers).copied().collect::<BTreeSet<_>>();
        let cells = self.rows.clone().flat_map(|row| sheet.row(row).map(move |cell| (row, cell)));
        let unknown = cells.filter_map(|(row, CellOfRow { column, value })| {
            let text = value.text();
            field_of(&text, layout).is_none().then_some(())?;
            let meant = nearest(&header_key(&text), missing.iter().copied())?;
            let message = format!("Столбец «{}» не понят.", text.trim());
            let advice = format!("Если это «{meant}», исправьте название столбца.");
            Some(Issue::new(IssueKind::UnknownColumn, place.at(row, column), message, advice))
        });
        unknown.collect()
    }
}

/// The value that stands in a cell: its own, or that of the cell above it in the same merged range.
///
/// A range merged across columns is the value of its first column only.
fn shown(sheet: &Sheet, row: u32, column: u32) -> Option<Value<'_>> {
    sheet.value(row, column).or_else(|| {
        let range = sheet.merged.iter().find(|range| range.left == column && range.contains(row, column))?;
        sheet.value(range.top, column)
    })
}

/// Whether a row is no data: an example, a total, a line to sign, the foot of a page.
fn is_aside(cells: &[CellOfRow<'_>]) -> bool {
    let texts = || cells.iter().map(|cell| cell.value.text());
    // A number before the word is that of the row.
    let first = texts().find(|text| text.contains(char::is_alphabetic)).unwrap_or_default();
    let key = header_key(&first);
    let is_example = key.split(' ').next() == Some("пример") && first.contains(':');
    let is_foot =
        key.strip_prefix("страница ").is_some_and(|rest| rest.starts_with(|letter: char| letter.is_numeric()));
    let is_total = key.split(' ').next().is_some_and(|word| matches!(word, "всего" | "итого"));
    is_example || is_total || is_foot || texts().any(|text| is_line_to_sign(&text))
}

/// «Директор ______», «______». A link may hold such a run of its own, but no blank beside it.
fn is_line_to_sign(text: &str) -> bool {
    text.contains("___") && (text.contains(char::is_whitespace) || text.chars().all(|letter| letter == '_'))
}

fn issue_of(value: Value<'_>, place: &Place) -> Option<Issue> {
    match value {
        Value::FormulaWithoutValue => Some(Issue::new(
            IssueKind::FormulaNoValue,
            place.clone(),
            "В ячейке формула без сохранённого значения.",
            "Откройте файл в Excel и сохраните его или впишите само значение.",
        )),
        Value::Text(text) if looks_like_formula(text) => Some(Issue::new(
            IssueKind::FormulaInjection,
            place.clone(),
            "Текст в ячейке начинается как формула.",
            "Он прочитан как обычный текст; уберите лишний знак в начале.",
        )),
        Value::Text(_) | Value::Number(_) | Value::Date(_) | Value::Bool(_) | Value::Error(_) => None,
    }
}

/// The pieces of a cell that lists several things.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '\n', '\r']).map(str::trim).filter(|piece| !piece.is_empty())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{Column, Layout, rows};
    use crate::school::{Issue, Place};
    use crate::tables::{Form, MergedRange, Sheet, Value, Workbook};

    /// A sheet of texts; `|` stands between cells, a blank between two is an empty cell.
    pub(crate) fn sheet(name: &str, lines: &[&str]) -> Sheet {
        let mut sheet = Sheet { name: Some(name.to_owned()), ..Sheet::default() };
        for (line, row) in lines.iter().zip(0..) {
            let cells = line.split('|').map(|cell| cell.trim().replace("\\n", "\n")).zip(0..);
            for (text, column) in cells.filter(|(text, _)| !text.is_empty()) {
                sheet.put(row, column, Value::Text(&text));
            }
        }
        sheet
    }

    /// A workbook of one sheet of texts.
    pub(crate) fn workbook(lines: &[&str]) -> Workbook {
        Workbook { form: Form::Xlsx, sheets: vec![sheet("Лист1", lines)] }
    }

    /// Issues as «B7 kind».
    pub(crate) fn short(issues: &[Issue]) -> Vec<String> {
        let cell = |place: &Place| place.cell.map_or_else(|| "-".to_owned(), |cell| cell.to_string());
        issues.iter().map(|issue| format!("{} {}", cell(&issue.place), issue.kind.id())).collect()
    }

    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    enum Field {
        Name,
        Post,
        Mail,
    }

    const LAYOUT: Layout<Field> = Layout {
        columns: &[
            Column { field: Field::Name, headers: &["фио", "сотрудник"], roots: &[] },
            Column { field: Field::Post, headers: &["должность"], roots: &[] },
            Column {
                field: Field::Mail, headers: &["e-mail", "электронная почта"], roots: &["эл почт"]
            },
        ],
        needed: &[&[Field::Name]],
        needed_words: "«ФИО»",
    };

    #[track_caller]
    fn check(workbook: &Workbook, expected: &[&str], issues: &[&str]) {
        let read = rows(workbook, "штат.xlsx", &LAYOUT);
        let line = |row: &super::TableRow<Field>| {
            [Field::Name, Field::Post, Field::Mail].map(|field| row.text(field).to_owned()).join("|")
        };
        assert_eq!(read.value.iter().map(line).collect::<Vec<_>>(), expected);
        assert_eq!(short(&read.issues), issues);
    }

    #[test]
    fn columns_stand_in_any_order_below_title_rows() {
        let lines = [
            "Список сотрудников",
            "",
            "№|E-mail|Должность (по приказу)|Ф.И.О.|Телефон",
            "1|a@example.org|учитель|Петрова Ольга|8",
            "",
            "№|E-mail|Должность|ФИО",
            "2||завхоз|Волков Пётр",
            "Итого: 2",
            "Директор ____________ В. П. Орлова",
            "Страница 1 из 1",
        ];
        check(&workbook(&lines), &["Петрова Ольга|учитель|a@example.org", "Волков Пётр|завхоз|"], &[]);
    }

    #[test]
    fn an_unusual_header_is_known_by_its_words() {
        let lines = ["Почтовый адрес|Личный адрес эл. почты|ФИО", "г. Заречный|a@example.org|Петрова Ольга"];
        check(&workbook(&lines), &["Петрова Ольга||a@example.org"], &[]);
    }

    #[test]
    fn examples_notes_and_hidden_sheets_are_skipped() {
        let table = sheet("Лист1", &["ФИО|Должность", "Пример: Иванова Мария|учитель", "Петрова Ольга|учитель"]);
        let notes = sheet("Как заполнять", &["ФИО|Должность", "полностью|как в приказе"]);
        let hidden = Sheet {
            hidden: true, ..sheet("Старое", &["ФИО|Должность", "Котова Анна|учитель"])
        };
        let other = sheet("Звонки", &["1 урок|8:30"]);
        let workbook = Workbook { form: Form::Xlsx, sheets: vec![table, notes, hidden, other] };
        check(&workbook, &["Петрова Ольга|учитель|"], &["- hidden_sheet", "- skipped_sheet"]);
    }

    #[test]
    fn a_header_of_two_rows() {
        let lines = ["№|Сведения||Должность", "|ФИО|E-mail|", "1|2|3|4", "1|Петрова Ольга|a@example.org|учитель"];
        check(&workbook(&lines), &["Петрова Ольга|учитель|a@example.org"], &[]);
        let mut merged =
            sheet("Лист1", &["№|Сведения о сотруднике||Должность", "|ФИО|Табельный", "1|Петрова Ольга|7|завхоз"]);
        merged.merged = vec![MergedRange { top: 0, left: 1, bottom: 0, right: 2 }];
        check(&Workbook { form: Form::Xlsx, sheets: vec![merged] }, &["Петрова Ольга|завхоз|"], &[]);
        let once = ["ФИО|Должность|E-mail", "Сотрудник|сторож|", "||a@example.org"];
        check(&workbook(&once), &["Сотрудник|сторож|", "||a@example.org"], &[]);
    }

    #[test]
    fn a_header_of_two_rows_is_known_when_it_comes_again() {
        let lines =
            ["Сведения||Должность", "ФИО|E-mail|", "Петрова Ольга||завхоз", "Сведения||Должность", "ФИО|E-mail|"];
        check(&workbook(&lines), &["Петрова Ольга|завхоз|"], &[]);
    }

    #[test]
    fn totals_and_signatures_anywhere_in_the_row() {
        let lines =
            ["№|ФИО|Должность", "1|Петрова Ольга|завхоз", "|Итого: 1|", "3|Всего||", "Директор|_________|В. П. Орлова"];
        let lines = [&lines[..], &["|Котова Анна|a___b"]].concat();
        check(&workbook(&lines), &["Петрова Ольга|завхоз|", "Котова Анна|a___b|"], &[]);
    }

    #[test]
    fn a_merged_cell_goes_down_inside_its_range_only() {
        let mut sheet = sheet("Лист1", &["ФИО|Должность", "Петрова Ольга|учитель", "Котова Анна", "Волков Пётр"]);
        sheet.merged = vec![MergedRange { top: 1, left: 1, bottom: 2, right: 2 }];
        let workbook = Workbook { form: Form::Xlsx, sheets: vec![sheet] };
        check(&workbook, &["Петрова Ольга|учитель|", "Котова Анна|учитель|", "Волков Пётр||"], &[]);
    }

    #[test]
    fn what_is_missing_or_strange_is_said() {
        check(&workbook(&[]), &[], &["- empty"]);
        check(&workbook(&["Петрова Ольга|учитель"]), &[], &["- no_header"]);
        check(&workbook(&["ФИО|Долнжость", "Петрова Ольга|учитель"]), &[], &["- no_header"]);
        let lines = ["ФИО|E-mail|Долнжость", "=1+1|a@example.org"];
        check(&workbook(&lines), &["=1+1||a@example.org"], &["C1 unknown_column", "A2 formula_injection"]);
    }
}
