//! Any grid of ordinary and hostile cells is read as a class list without inventing, losing or telling what must not be.

#![no_main]

mod only_our_panics;

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use zavuch::roster::{self, ClassListReading};
use zavuch::school::Place;
use zavuch::tables::{Form, MergedRange, Sheet, Value, Workbook};

/// Stands only in columns that are never kept.
const SECRET: &str = "999-888-777 66";

const HEADERS: [&str; 30] = [
    "ФИО", "Фамилия", "Имя", "Отчество", "Класс", "Параллель", "Литера", "Дата рождения", "Мать", "Отец", "ФИО родителя",
    "Родитель 1", "Телефон", "Телефон матери", "Телефон 2", "E-mail", "№", "Статус", "Дата выбытия", "Кл. рук.", "Школа",
    "Личное дело", "Степень родства", "Предмет", "Контакты", "ребёнка", "Имя Фамилия", "Примечание", "Пол", "Список 7Б класса",
];

const NEVER: [&str; 6] = ["СНИЛС", "Паспорт", "Адрес", "ОВЗ", "Логин", "Пароль"];

const TEXTS: [&str; 48] = [
    "Иванов Пётр Ильич", "Щукина Юлия", "ПЕТРОВ-ВОДКИН ЯН", "Ли Вэй", "Иванов П. И.", "Алиев Ян Тофик оглы", "Иванов", "Пётр",
    "Ильич", "10А, Иванова Мария", "7А", "7 «Б»", "7Z", "10 соц-эк", "7.1", "13А", "7Б класс", "Класс: 8В", "из 7Б класса", "Всего: 25",
    "Классный руководитель: Петрова О. С.", "Страница 1 из 2", "Девочки", "Выбыли:", "выбыл", "04.05.2013", "31.02.2013", "2013", "41398",
    "07.янв", "+7 944 000-00-01", "8.94E+10", "8 944 000-00-01\nмать", "a@example.org", "мать: Иванова Анна, 8 944 000-00-02\nотец: Иванов Пётр",
    "=1+1", "＝HYPERLINK(1)", "-", "нет", "\u{feff}", "\u{200b}", "И\u{306}", "ﬃ İ ẞ", "😀", "1", "2", "— — —", "((((",
];

/// What a cell holds.
#[derive(Arbitrary, Debug)]
enum Content {
    Header(u8),
    Text(u8),
    Joined(u8, u8),
    Free(String),
    Number(f64),
    Date(u16),
    Bool(bool),
    Formula,
    Error,
}

#[derive(Arbitrary, Debug)]
struct Input {
    name: Option<u8>,
    hidden: bool,
    header_row: u8,
    /// Columns that are never kept, by their header.
    never: Vec<(u8, u8)>,
    rows: Vec<Vec<Option<Content>>>,
    merged: Vec<[u8; 4]>,
}

fuzz_target!(init: only_our_panics::end_at_our_panics(), |input: Input| { check(&input) });

fn check(input: &Input) {
    let sheet = sheet(input);
    let rows = sheet.rows().count();
    let workbook = Workbook { form: Form::Xlsx, sheets: vec![sheet] };
    let today = jiff::civil::date(2026, 9, 1);
    let reading = roster::read_workbook(&workbook, "список.xlsx", &roster::ColumnWords::default(), today);
    assert!(reading.students.len() <= rows * 10, "{} pupils of {rows} rows", reading.students.len());
    for student in &reading.students {
        assert!(!student.name.surname.is_empty() && !student.name.given.is_empty());
        assert!(stands(&workbook, &student.place), "no cell at {}", student.place);
        assert!(student.birth_date.is_none_or(|date| date <= today));
    }
    let told = told(&reading);
    assert!(!told.contains(SECRET) && !told.contains("999888777"), "told: {told}");
    assert_eq!(reading, roster::read_workbook(&workbook, "список.xlsx", &roster::ColumnWords::default(), today));
}

fn stands(workbook: &Workbook, place: &Place) -> bool {
    let sheet = &workbook.sheets[0];
    place.cell.is_some_and(|cell| {
        // A name may be carried down inside a vertical merge.
        let above = sheet.merged.iter().filter(|range| range.contains(cell.row, cell.column));
        sheet.value(cell.row, cell.column).is_some() || above.count() > 0
    })
}

fn told(reading: &ClassListReading) -> String {
    let students = reading.students.iter().map(|student| format!("{student:?}"));
    students.chain(reading.issues.iter().map(ToString::to_string)).collect::<Vec<_>>().join("\n")
}

fn sheet(input: &Input) -> Sheet {
    let mut sheet = Sheet::default();
    sheet.name = input.name.map(|name| TEXTS[usize::from(name) % TEXTS.len()].to_owned());
    sheet.hidden = input.hidden;
    for (row, cells) in (0..).zip(input.rows.iter().take(60)) {
        for (column, content) in (0..).zip(cells.iter().take(20)) {
            let Some(content) = content else { continue };
            put(&mut sheet, row, column, content);
        }
    }
    let header = u32::from(input.header_row % 8);
    for (column, word) in input.never.iter().take(4) {
        let column = 20 + u16::from(*column % 4);
        sheet.put(header, column, Value::Text(NEVER[usize::from(*word) % NEVER.len()]));
        // A row of two cells may be a field of a card with its value, whatever stands above.
        let rows = header + 1..60.min(header + 1 + input.rows.len() as u32);
        for row in rows.filter(|row| sheet.row(*row).count() > 1).collect::<Vec<_>>() {
            sheet.put(row, column, Value::Text(SECRET));
        }
    }
    for [top, left, height, width] in input.merged.iter().take(20).map(|range| range.map(u32::from)) {
        let (top, left) = (top % 60, left % 20);
        sheet.merged.push(MergedRange { top, left, bottom: top + height % 8, right: (left + width % 4).min(19) });
    }
    sheet
}

fn put(sheet: &mut Sheet, row: u32, column: u16, content: &Content) {
    let text = |number: u8| TEXTS[usize::from(number) % TEXTS.len()];
    match content {
        Content::Header(number) => sheet.put(row, column, Value::Text(HEADERS[usize::from(*number) % HEADERS.len()])),
        Content::Text(number) => sheet.put(row, column, Value::Text(text(*number))),
        Content::Joined(one, two) => sheet.put(row, column, Value::Text(&format!("{} {}", text(*one), text(*two)))),
        Content::Free(free) if !free.trim().is_empty() => sheet.put(row, column, Value::Text(free)),
        Content::Free(_) => {}
        Content::Number(number) => sheet.put(row, column, Value::Number(*number)),
        Content::Date(days) => {
            let date = jiff::civil::date(1990, 1, 1).saturating_add(jiff::Span::new().days(i64::from(*days)));
            sheet.put(row, column, Value::Date(date.at(0, 0, 0, 0)));
        }
        Content::Bool(value) => sheet.put(row, column, Value::Bool(*value)),
        Content::Formula => sheet.put(row, column, Value::FormulaWithoutValue),
        Content::Error => sheet.put(row, column, Value::Error("#REF!")),
    }
}
