//! Whole class lists of the layouts that occur (`docs/inputs.md` § 1), built cell by cell.

use jiff::civil::{Date, date};

use super::column_words::ColumnWords;
use super::reading::{ClassListReading, SkipReason};
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

#[test]
fn a_sheet_per_class_with_titles() {
    check(
        "Лист1",
        "
МБОУ СОШ № 5 г. Белгорода
Список учащихся 7 «А» класса
Классный руководитель: Петрова Ольга Сергеевна
2026-2027 учебный год

№ п/п|ФИО учащегося|Дата рождения|Адрес
1|Иванов Пётр Ильич|04.05.2013|ул. Ленина, 1
2|Ёлкина Анна|05.06.2013|
Всего: 2
Классный руководитель ____________ Петрова О. С.",
        "
        7А Иванов Пётр Ильич 2013-05-04
        7А Ёлкина Анна 2013-06-05
        7А кл. рук. Петрова Ольга Сергеевна
        7А кл. рук. Петрова О. С.",
    );
}

#[test]
fn the_class_is_in_the_name_of_the_sheet_or_the_file() {
    let list = "№|ФИО\n1|Иванов Пётр\n2|Петров Иван";
    check("7А", list, "7А Иванов Пётр\n7А Петров Иван");
    check_reading(&read(vec![sheet("Лист1", list)], "списки/8-б класс.xlsx"), "8Б Иванов Пётр\n8Б Петров Иван");
    let two = vec![sheet("7А", list), sheet("7Б", "№|ФИО\n1|Сидоров Егор")];
    check_reading(&read(two, "все.xlsx"), "7А Иванов Пётр\n7А Петров Иван\n7Б Сидоров Егор");
    check("Лист1", list, "! no_class B2");
}

#[test]
fn section_rows() {
    check(
        "Лист1",
        "
№|ФИО|Телефон родителей
7А класс||
1|Иванов Пётр|8 944 000-00-01
2|Петров Иван|
Класс: 7 «Б» (кл. рук. Петрова О.С.)||
№|ФИО|Телефон родителей
1|Сидоров Егор|
Итого по 7Б классу: 1||
7Z класс
1|Орлов Глеб
8А
1|Котов Лев|",
        "
        7А Иванов Пётр [+79440000001]
        7А Петров Иван
        7Б Сидоров Егор
        8А Котов Лев
        7Б кл. рук. Петрова О. С.
        ! bad_class A9",
    );
}

#[test]
fn a_heading_is_never_passed_over_in_silence() {
    check(
        "7А",
        "
№|ФИО|Дата рождения
1|Иванов Пётр|
Переведена из 9В 12 сентября
7Б (Петрова О.С.)
1|Сидоров Егор|
8А||25
1|Котов Лев|
7В, 7Г
1|Орлов Глеб|",
        "
        7А Иванов Пётр
        7Б Сидоров Егор
        8А Котов Лев
        ! bad_class A8
        ! class_conflict A3
        ! class_conflict B5
        ! class_conflict B7",
    );
}

#[test]
fn a_name_below_the_signature_is_no_pupil_for_certain() {
    check(
        "7А",
        "
№|ФИО
1|Иванов Пётр
|Классный руководитель
|Петрова Ольга Сергеевна
2|Сидоров Егор",
        "
        7А Иванов Пётр
        7А Сидоров Егор
        ! bad_name B4",
    );
}

#[test]
fn surnames_that_look_like_other_words_are_read() {
    check(
        "7А",
        "
ФИО|Дата рождения
Мальчиков Ян Ильич|04.05.2013
Девочкина Анна|
Всегонин Пётр|04.05.2013",
        "
        7А Мальчиков Ян Ильич 2013-05-04
        7А Девочкина Анна
        7А Всегонин Пётр 2013-05-04",
    );
}

#[test]
fn parts_of_a_name_under_the_whole() {
    let header = "№|ФИО обучающегося||ФИО родителя|\n|Фамилия|Имя|Фамилия|Имя\n1|Иванов|Пётр|Иванова|Анна";
    let header = merged(sheet("7А", header), &["A1:A2", "B1:C1", "D1:E1"]);
    check_reading(&read(vec![header], "л.xlsx"), "7А Иванов Пётр [Иванова Анна]");
    let owners = merged(sheet("7А", "№|ФИО|\n|ребёнка|матери\n1|Иванов Пётр|Иванова Анна"), &["A1:A2", "B1:C1"]);
    check_reading(&read(vec![owners], "л.xlsx"), "7А Иванов Пётр [мать Иванова Анна]");
}

#[test]
fn a_column_of_classes() {
    check(
        "Школа",
        "
Класс|Фамилия|Имя|Отчество|Кл. рук.
7a|ИВАНОВ|ПЁТР|ИЛЬИЧ|Петрова О. С.
7-Б|Алиев|Руслан|Тофик оглы|
7 «А»|Петров|Иван|-|Петрова О. С.
7Z|Орлов|Глеб||
|Котов|Лев||",
        "
        7А Иванов Пётр Ильич
        7Б Алиев Руслан Тофик оглы
        7А Петров Иван
        7А кл. рук. Петрова О. С.
        7А кл. рук. Петрова О. С.
        ! no_class B6
        ! bad_class A5
        ! latin_letter A2",
    );
}

#[test]
fn classes_in_parts_and_in_the_cell_of_the_name() {
    check(
        "Лист1",
        "Параллель|Литера|ФИО\n7|А|Иванов Пётр\n10|профильный|Петров Иван",
        "7А Иванов Пётр\n10 профильный Петров Иван",
    );
    check("Лист1", "№|Ученик\n1|10А, Иванова Мария Петровна", "10А Иванова Мария Петровна");
}

#[test]
fn dates_in_the_class_column() {
    let mut dated = sheet("Лист1", "Класс|ФИО\n|Иванов Пётр\n|Петров Иван\n08.янв|Сидоров Егор\n|Орлов Глеб");
    let mut put = |row: u32, value: Value<'_>| dated.put(row, 0, value);
    put(1, Value::Date(date(2026, 1, 7).at(0, 0, 0, 0)));
    put(2, Value::Number(7.1));
    put(4, Value::Date(date(2026, 1, 25).at(0, 0, 0, 0)));
    check_reading(
        &read(vec![dated], "список.xlsx"),
        "
        7.1 Иванов Пётр
        7.1 Петров Иван
        8.1 Сидоров Егор
        ! bad_class A5
        ! bad_date A2
        ! bad_date A4",
    );
}

#[test]
fn a_row_per_representative() {
    check(
        "7А",
        "
ФИО ребёнка|Дата рождения|ФИО представителя|Тип представителя|Телефон|E-mail
Иванов Пётр|04.05.2013|Иванова Анна|Мать|89440000001|anna@example.org
Иванов Пётр|04.05.2013|Иванов Илья|Отец|89440000002|
Петров Иван|05.05.2013|Петрова Яна|Мать||
Петров Иван|05.05.2013|Петрова Яна|Мать||",
        "
        7А Иванов Пётр 2013-05-04 [мать Иванова Анна +79440000001 anna@example.org; отец Иванов Илья +79440000002]
        7А Петров Иван 2013-05-05 [мать Петрова Яна]
        ! duplicate_student A5",
    );
}

#[test]
fn namesakes_with_dates_are_two_pupils() {
    check(
        "7А",
        "ФИО|Дата рождения\nИванов Пётр|04.05.2013\nИванов Пётр|05.05.2013\nИванов Петр|05.05.2013",
        "7А Иванов Пётр 2013-05-04\n7А Иванов Пётр 2013-05-05\n! duplicate_student A4",
    );
}

#[test]
fn a_vertical_merge_goes_down_and_a_blank_does_not() {
    let list = "ФИО|Представитель|Телефон\nИванов Пётр|Иванова Анна|89440000001\n|Иванов Илья|89440000002\nПетров Иван|Петрова Яна|\n|Петров Олег|";
    let list = merged(sheet("7А", list), &["A2:A3"]);
    check_reading(
        &read(vec![list], "список.xlsx"),
        "
        7А Иванов Пётр [Иванова Анна +79440000001; Иванов Илья +79440000002]
        7А Петров Иван [Петрова Яна]
        ! bad_name B5",
    );
}

#[test]
fn parents_in_columns_and_in_one_cell() {
    check(
        "7А",
        "
ФИО|Мать (ФИО)|Телефон|Отец|Телефон
Иванов Пётр|Иванова Анна|89440000001|Иванов Илья|89440000002
Петров Иван|нет||-|",
        "
        7А Иванов Пётр [мать Иванова Анна +79440000001; отец Иванов Илья +79440000002]
        7А Петров Иван",
    );
    check(
        "7А",
        "
ФИО|Родители|Телефоны
Иванов Пётр|Иванова Анна Петровна⏎Иванов Илья Петрович|89440000001⏎89440000002
Петров Иван|мама: Петрова Яна 8 944 000-00-03|
Орлов Глеб|Орлова Вера|89440000004, 89440000005",
        "
        7А Иванов Пётр [Иванова Анна Петровна +79440000001; Иванов Илья Петрович +79440000002]
        7А Петров Иван [мать Петрова Яна +79440000003]
        7А Орлов Глеб [Орлова Вера +79440000004]",
    );
}

#[test]
fn two_row_headers() {
    let list = "
№|Ученик|||Мать||Дата рождения
|Фамилия|Имя|Отчество|ФИО|Телефон|
1|Иванов|Пётр|Ильич|Иванова Анна|89440000001|04.05.2013";
    let expected = "7А Иванов Пётр Ильич 2013-05-04 [мать Иванова Анна +79440000001]";
    check("7А", list, expected);
    let ranges = ["A1:A2", "B1:D1", "E1:F1", "G1:G2"];
    check_reading(&read(vec![merged(sheet("7А", list), &ranges)], "список.xlsx"), expected);
    // A title of one cell is no first row of a header.
    check("Лист1", "Список 7А класса\nФИО|Дата рождения\nИванов Пётр|04.05.2013", "7А Иванов Пётр 2013-05-04");
}

#[test]
fn what_is_no_pupil_is_skipped_with_a_reason() {
    let list = "
||
||№|ФИО|Дата рождения
||1|2|3
||1|Иванов Пётр|04.05.2013
||Девочки||
||2|Орлова Вера|05.05.2013
||3||
||Страница 1 из 2
||№|ФИО|Дата рождения
||4|Петрова Яна|06.05.2013
||Всего 3 чел.
||Выбыли
||1|Котов Лев|07.05.2013
||Директор школы|Кузнецов А. А.";
    let reading = read(vec![sheet("7А", list)], "список.xlsx");
    check_reading(
        &reading,
        "
        7А Иванов Пётр 2013-05-04
        7А Орлова Вера 2013-05-05
        7А Петрова Яна 2013-05-06
        ! left_student D13",
    );
    let skipped: Vec<SkipReason> = reading.sheets[0].tables[0].skipped.iter().map(|row| row.reason).collect();
    assert_eq!(
        skipped,
        [
            SkipReason::ColumnNumbers,
            SkipReason::Subheading,
            SkipReason::Blank,
            SkipReason::Page,
            SkipReason::RepeatedHeader,
            SkipReason::Total,
            SkipReason::Subheading,
            SkipReason::Left,
            SkipReason::Signature,
        ]
    );
}

#[test]
fn leavers() {
    check(
        "7А",
        "ФИО|Статус|Дата выбытия\nИванов Пётр|обучается|\nПетров Иван|Выбыл|\nОрлов Глеб||01.10.2025",
        "7А Иванов Пётр\n! left_student A3\n! left_student A4",
    );
}

#[test]
fn wrong_values() {
    check(
        "7А",
        "
ФИО|Дата рождения|Мама|Телефон мамы|E-mail мамы
Иванов Пётр|31.02.2013|Иванова Анна|anna@example.org|8 944 000-00-01
Петров Иван 2|||12-34|
Очень Длинное Имя Какое Бывает
Орлов Глеб|нет|=HYPERLINK|нет|-
=Котов Лев||||",
        "
        7А Иванов Пётр [мать Иванова Анна]
        7А Орлов Глеб
        7А Котов Лев
        ! bad_name A3
        ! bad_name A4
        ! bad_guardian_name C5
        ! bad_phone D2
        ! bad_email E2
        ! bad_date B2
        ! formula_injection C5
        ! formula_injection A6",
    );
}

#[test]
fn formulas_without_values() {
    let mut list = sheet("7А", "№|ФИО|Адрес\n1|Иванов Пётр|x\n2|x|x");
    list.put(1, 0, Value::FormulaWithoutValue);
    list.put(1, 2, Value::FormulaWithoutValue);
    list.put(2, 1, Value::FormulaWithoutValue);
    check_reading(&read(vec![list], "список.xlsx"), "7А Иванов Пётр\n! formula_no_value B3");
}

#[test]
fn sources_of_the_class_that_disagree() {
    check("7А", "Класс|ФИО\n7Б|Иванов Пётр\n7Б|Петров Иван", "7Б Иванов Пётр\n7Б Петров Иван\n! class_conflict A2");
    check("7 класс", "Класс|ФИО\n7Б|Иванов Пётр", "7Б Иванов Пётр");
}

#[test]
fn hidden_sheets() {
    let hidden = |name| Sheet { hidden: true, ..sheet(name, "№|ФИО\n1|Орлов Глеб") };
    check_reading(
        &read(vec![sheet("7А", "№|ФИО\n1|Иванов Пётр"), hidden("7Б")], "x.xlsx"),
        "7А Иванов Пётр\n! hidden_sheet",
    );
    check_reading(&read(vec![hidden("7Б")], "x.xlsx"), "7Б Орлов Глеб\n! hidden_sheet");
}

#[test]
fn lists_without_a_header() {
    check(
        "Лист1",
        "Список 7А класса\n1|Иванов Пётр\n2|Петров Иван\n3|Орлов Глеб",
        "7А Иванов Пётр\n7А Петров Иван\n7А Орлов Глеб",
    );
    check("7А", "Иванов Пётр|xyz\nПетров Иван|abc\nОрлов Глеб|q", "! no_header");
    check("7А", "Привет\nмир", "! no_header");
}

#[test]
fn tables_side_by_side() {
    check(
        "Лист1",
        "
7А класс|||7Б класс||
№|ФИО|Дата рождения|№|ФИО|Дата рождения
1|Иванов Пётр|04.05.2013|1|Орлов Глеб|05.05.2013
2|Петров Иван||||",
        "
        7А Иванов Пётр 2013-05-04
        7А Петров Иван
        7Б Орлов Глеб 2013-05-05",
    );
    check("7А", "№|ФИО|Дата рождения|ФИО\n1|Иванов Пётр||Орлов Глеб", "! no_header D1");
}

#[test]
fn what_is_no_class_list() {
    check("Лист1", "ФИО|Должность|Предмет\nПетрова Ольга Сергеевна|учитель|физика", "! not_a_roster");
    check("Лист1", "", "! empty");
    let both = vec![
        sheet("7А", "№|ФИО\n1|Иванов Пётр"),
        sheet("Инструкция", "Заполните лист"),
        sheet("7Б", "Иванов"),
        sheet("Пусто", ""),
    ];
    check_reading(&read(both, "x.xlsx"), "7А Иванов Пётр\n! skipped_sheet\n! no_header");
}

#[test]
fn a_card_for_each_pupil() {
    check(
        "Лист1",
        "
Карточки учеников 7А класса
ФИО ученика|Иванов Пётр Ильич
Дата рождения|04.05.2013
Мать|Иванова Анна
Телефон матери|8 944 000-00-01

ФИО ученика|Петров Иван
Класс|7Б
Дата рождения|05.05.2013",
        "
        7А Иванов Пётр Ильич 2013-05-04 [мать Иванова Анна +79440000001]
        7Б Петров Иван 2013-05-05
        ! class_conflict B8",
    );
}

#[test]
fn answers_of_parents_in_a_form() {
    check(
        "Ответы на форму (1)",
        "
Отметка времени|Фамилия, имя, отчество ребёнка|Класс ребёнка|Ваше ФИО|Кем Вы приходитесь ребёнку?|Ваш номер телефона|Ваш e-mail
01.09.2026 10:00:00|Иванов Пётр Ильич|7а|Иванова Анна Петровна|мама|89440000001|anna@example.org
01.09.2026 10:05:00|Петров Иван|7 «А»|Петрова Яна|Мать|+7 (944) 000-00-02|
01.09.2026 11:00:00|Иванов Пётр Ильич|7А|Иванова Анна Петровна|мама|89440000001|anna@example.org",
        "
        7А Иванов Пётр Ильич [мать Иванова Анна Петровна +79440000001 anna@example.org]
        7А Петров Иван [мать Петрова Яна +79440000002]
        ! duplicate_student B4",
    );
}

/// A tiny generator of its own: the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit
    }

    fn pick<'a>(&mut self, values: &[&'a str]) -> &'a str {
        values[self.below(values.len())]
    }
}

#[test]
fn the_order_of_columns_does_not_matter() {
    const COLUMNS: [(&str, &[&str]); 16] = [
        ("№ п/п", &["1", "2", "3"]),
        ("Класс", &["7А", "7б", "7-Б", "5", "10 профильный", "7Z", ""]),
        ("Фамилия", &["Иванов", "ПЕТРОВ", "Ёлкина", "Ли", "Яшин", "Жуков - Лесной", "Орлов 2", ""]),
        ("Имя", &["Пётр", "Анна", "Вэй"]),
        ("Отчество (при наличии)", &["Ильич", "-", "", "Тофик оглы"]),
        ("Дата рождения", &["04.05.2013", "5 мая 2014 г.", "", "31.02.2013"]),
        ("Мать (ФИО)", &["Иванова Анна", "", "нет", "Орлова"]),
        ("Телефон мамы", &["89440000001", "", "12"]),
        ("E-mail матери", &["anna@example.org", "", "89440000001"]),
        ("Отец", &["Иванов Илья", "Петров Олег 89440000005", ""]),
        ("Мобильный телефон отца", &["89440000002", "", "+7 944 000-00-03; 89440000004"]),
        ("Домашний телефон отца", &["89440000006", ""]),
        ("Статус", &["обучается", "", "", "", "учится", "выбыл"]),
        ("СНИЛС", &["000-000-000 00", ""]),
        ("Примечание", &["", "староста", "=1+1"]),
        ("Кл. рук.", &["Петрова О. С.", ""]),
    ];
    let mut numbers = Numbers(62);
    let mut pupils = 0;
    for _ in 0..60 {
        let rows: Vec<Vec<&str>> =
            (0..12).map(|_| COLUMNS.iter().map(|(_, values)| numbers.pick(values)).collect()).collect();
        let table = |order: &[usize]| {
            let line = |cells: Vec<&str>| order.iter().map(|at| cells[*at]).collect::<Vec<_>>().join("|");
            let header = line(COLUMNS.iter().map(|(header, _)| *header).collect());
            let body: Vec<String> = rows.iter().map(|row| line(row.clone())).collect();
            sheet("Лист1", &format!("{header}\n{}", body.join("\n")))
        };
        let facts = |sheet: Sheet| {
            let reading = read(vec![sheet], "список.xlsx");
            let students: Vec<String> = reading.students.iter().map(shown).collect();
            let row = |place: &crate::school::Place| place.cell.map(|cell| cell.row);
            let mut issues: Vec<_> = reading.issues.iter().map(|issue| (issue.kind, row(&issue.place))).collect();
            issues.sort();
            let homerooms: Vec<_> =
                reading.homerooms.into_iter().map(|mention| (mention.class, mention.name)).collect();
            (students, issues, homerooms)
        };
        let mut order: Vec<usize> = (0..COLUMNS.len()).collect();
        let expected = facts(table(&order));
        pupils += expected.0.len();
        for at in (1..order.len()).rev() {
            order.swap(at, numbers.below(at + 1));
        }
        assert_eq!(facts(table(&order)), expected, "{order:?}");
    }
    assert!(pupils > 200, "{pupils}");
}

#[test]
fn tables_of_other_columns_below_each_other() {
    check(
        "Лист1",
        "
7А класс
№|ФИО|Дата рождения
1|Иванов Пётр|04.05.2013

7Б класс
№|Дата рождения|ФИО
1|05.05.2013|Орлов Глеб

Учителя
ФИО|Должность|Предмет
Петрова Ольга Сергеевна|учитель|физика",
        "
        7А Иванов Пётр 2013-05-04
        7Б Орлов Глеб 2013-05-05",
    );
}

#[test]
fn titles_in_several_cells() {
    check(
        "Лист1",
        "
Класс:|7А
Классный руководитель:|Петрова Ольга Сергеевна
Учебный год|2026-2027
№|ФИО
1|Иванов Пётр",
        "7А Иванов Пётр\n7А кл. рук. Петрова Ольга Сергеевна",
    );
}

#[test]
fn an_offset_table_of_1c() {
    check(
        "TDSheet",
        "
|
||Контингент обучающихся
||Отбор:||Класс В группе
||
||№ п/п||Обучающийся|||Дата рождения|Пол
||7А|||||
||1||Иванов Пётр Ильич|||04.05.2013|М
||2||Орлова Вера|||05.05.2013|Ж
||7Б|||||
||1||Котов Лев|||06.05.2013|М
||Итого||3",
        "
        7А Иванов Пётр Ильич 2013-05-04
        7А Орлова Вера 2013-05-05
        7Б Котов Лев 2013-05-06",
    );
}

#[test]
fn a_teacher_beside_the_name_of_a_class_becomes_no_pupil() {
    check(
        "Лист1",
        "№|ФИО\n7А класс|\n1|Иванов Пётр\n7Б|Петрова Ольга Сергеевна\n1|Орлов Глеб",
        "7А Иванов Пётр\n! bad_class A4",
    );
}

#[test]
fn remarks_about_leavers() {
    check("7А", "ФИО|Примечание\nИванов Пётр|староста\nПетров Иван|выбыл 01.10", "7А Иванов Пётр\n! left_student A3");
    check(
        "7А",
        "ФИО|№\nВыбылов Пётр|1\nПетров Иван (выбыл 01.10)|2\nЛи Ян, исключён|3",
        "7А Выбылов Пётр\n! left_student A3\n! left_student A4",
    );
}

#[test]
fn what_is_never_kept_of_a_parent() {
    check(
        "7А",
        "№|ФИО|Мать|Мать (логин)|Мать (пароль)\n1|Иванов Пётр|Иванова Анна|anna|тайна",
        "7А Иванов Пётр [мать Иванова Анна]",
    );
}

/// A sheet that is called by a Latin letter is read as its class, and that is remarked once.
#[test]
fn the_name_of_a_sheet_in_latin_is_remarked() {
    let check = |name: &str, expected: &[&str]| {
        let reading = read(vec![sheet(name, "Фамилия|Имя\nИванов|Пётр\nОрлов|Ян")], "списки/7.xlsx");
        assert!(reading.students.iter().all(|student| student.class.to_string() == "7А"), "{:?}", reading.students);
        let found: Vec<String> =
            reading.issues.iter().map(|issue| format!("{}: {}", issue.place, issue.message)).collect();
        assert_eq!(found, expected);
    };
    check("7А", &[]);
    let message = "Название листа «7A» набрано латинской буквой; прочитано как 7А.";
    check("7A", &[&format!("списки/7.xlsx, лист «7A»: {message}")]);
}
