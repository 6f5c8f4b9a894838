//! Which class a pupil is of: titles, sections, columns, names of sheets and files.

use jiff::civil::date;

use super::{check, check_reading, read, sheet};
use crate::tables::Value;

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
fn sources_of_the_class_that_disagree() {
    check("7А", "Класс|ФИО\n7Б|Иванов Пётр\n7Б|Петров Иван", "7Б Иванов Пётр\n7Б Петров Иван\n! class_conflict A2");
    check("7 класс", "Класс|ФИО\n7Б|Иванов Пётр", "7Б Иванов Пётр");
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
