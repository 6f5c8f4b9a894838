//! `forget`: whoever left is in no file any more, and nobody else is.

use std::fs;

use jiff::civil::date;
use mail_parser::{MessageParser, MimeHeaders};
use serde_json::Value;
use zavuch::school::Scope;
use zavuch::store::PackageDraft;

use crate::call::{Answer, School};
use crate::pdf_text;
use crate::remembered::{Remembered, Row, class};

const HEADER: &str = "Класс;ФИО;Дата рождения;Мать\n";
const STAY: &str = "5Б;Ветров Ян Петрович;04.05.2015;Ветрова Анна Петровна\n\
    5Б;Котова Зоя Ильинична;05.05.2015;Котова Ольга Юрьевна\n\
    6В;Новиков Лев Олегович;06.05.2014;Новикова Яна Львовна\n\
    8А;Сомов Юрий Львович;08.05.2012;Сомова Дарья Олеговна\n";
const LEAVES: &str = "5Б;Забывайкин Фёдор Ильич;07.05.2015;Припоминаева Инна Львовна\n";

/// A school from which a pupil was gone on 8 September, with everything that `apply` made.
fn school() -> School {
    let school = School::sample("school-62");
    let list = |rows: &str| school.write("списки/обучающиеся.csv", format!("{HEADER}{rows}").as_bytes());
    list(&format!("{STAY}{LEAVES}"));
    applied(&school, "2026-09-01", &[]);
    list(STAY);
    applied(&school, "2026-09-08", &["--allow-removals", "1"]);
    school
}

#[track_caller]
fn applied(school: &School, on: &str, more: &[&str]) {
    let answer = school.call(&[&["apply", "школа", "--date", on], more].concat());
    assert_eq!(answer.status, 0, "{}", answer.shown());
}

fn forget(school: &School, more: &[&str]) -> Answer {
    school.call(&[&["forget", "школа", "--date", "2026-10-09"], more].concat())
}

/// Everything that can be read in a file: its bytes, the text of a PDF, the parts of a letter.
fn readable(name: &str, bytes: &[u8]) -> String {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    let form = name.rsplit('.').next();
    if form == Some("pdf") {
        for page in pdf_text::texts(bytes) {
            text.push_str(&page.lines().join("\n"));
        }
    }
    if form == Some("eml") {
        let mail = MessageParser::default().parse(bytes).expect("a letter");
        for part in &mail.parts {
            let name = part.attachment_name().unwrap_or("часть").to_owned();
            text.push_str(&readable(&name, part.contents()));
        }
    }
    text
}

/// The files of the workspace that hold a word, but for the lists.
fn holding(school: &School, word: &str) -> Vec<String> {
    let files = school.files("").into_iter().filter(|(name, _)| !name.starts_with("списки/"));
    files.filter(|(name, bytes)| readable(name, bytes).contains(word)).map(|(name, _)| name).collect()
}

#[test]
fn who_left_is_in_no_file_any_more() {
    let school = school();
    assert_eq!(
        holding(&school, "Забывайкин"),
        [
            "zavuch.db",
            "выдача/5Б/5Б Изменения 08.09.2026 № 1.pdf",
            "выдача/Письма/5Б 08.09.2026 № 1.eml",
            "выдача/Письма/5Б.eml",
            "выдача/Школа/Школа Изменения 08.09.2026 № 1.pdf",
        ]
    );
    let (before, files) = (school.files(""), school.files("выдача"));
    insta::assert_snapshot!(forget(&school, &["--dry-run"]).shown(), @r"
    status 0
    --- stdout
    Выбывшие:
      Забывайкин Фёдор Ильич, 5Б, выбыл(а) 08.09.2026
    Всего: 1 ученик, 1 родитель, 21 запись о событии, 2 записи о бумагах, 2 содержания комплектов.
    Из папки «выдача» будут удалены файлы (изменённые вами останутся):
      5Б/5Б Изменения 08.09.2026 № 1.pdf
      Письма/5Б 08.09.2026 № 1.eml
      Письма/5Б.eml
      Школа/Школа Изменения 08.09.2026 № 1.pdf
    ");
    assert!(school.files("") == before, "only shown");
    assert_eq!(forget(&school, &["--date", "2026-10-08"]).status, 2, "a key twice");
    let early = school.call(&["forget", "школа", "--date", "2026-10-08", "--yes"]);
    assert_eq!((early.status, early.stdout.as_str()), (0, "Забывать некого и нечего.\n"));
    let unasked = forget(&school, &[]);
    assert_eq!(unasked.status, 2, "{}", unasked.shown());
    assert!(school.files("выдача") == files && !holding(&school, "Забывайкин").is_empty());

    insta::assert_snapshot!(forget(&school, &["--yes"]).shown(), @r"
    status 0
    --- stdout
    Забыто: 1 ученик.
    Всего: 1 родитель, 21 запись о событии, 2 записи о бумагах, 2 содержания комплектов.
    Из папки «выдача» удалены файлы:
      5Б/5Б Изменения 08.09.2026 № 1.pdf
      Письма/5Б 08.09.2026 № 1.eml
      Письма/5Б.eml
      Школа/Школа Изменения 08.09.2026 № 1.pdf
    ");
    for word in ["Забывайкин", "Припоминаева", "забывайкин"] {
        assert_eq!(holding(&school, word), [""; 0], "{word}");
    }
    // Nobody comes back and nothing is issued again.
    let files = school.files("выдача");
    applied(&school, "2026-10-09", &[]);
    assert!(school.files("выдача") == files);
    assert_eq!(school.call(&["explain", "Забывайкин", "школа"]).status, 1);
    assert_eq!(forget(&school, &["--yes"]).stdout, "Забывать некого и нечего.\n");
}

#[test]
fn one_is_forgotten_by_name() {
    let school = school();
    let who = |who: &str| forget(&school, &["--who", who, "--yes"]);
    insta::assert_snapshot!(who("Котова").shown(), @r"
    status 1
    --- stderr
    Ошибка: этот ученик есть в списках: забыть можно только того, кто выбыл.
    Если он выбыл, уберите его из списков и выполните zavuch применить.
    ");
    insta::assert_snapshot!(who("Сидоров").shown(), @r"
    status 1
    --- stderr
    Ошибка: среди выбывших такого нет.
    Кого программа помнит, покажет zavuch забыть --days 0 --dry-run
    ");
    assert_eq!(who("забывайкин").status, 0);
    assert_eq!(holding(&school, "Забывайкин"), [""; 0]);
}

#[test]
fn a_file_that_a_person_changed_stays_and_is_named() {
    let school = school();
    school.write("выдача/Письма/5Б 08.09.2026 № 1.eml", b"mine");
    let answer = forget(&school, &["--yes", "--json"]);
    let value: Value = serde_json::from_str(&answer.stdout).expect("one JSON value");
    assert_eq!(value["done"], true);
    assert_eq!(value["changed_by_hand"], serde_json::json!(["Письма/5Б 08.09.2026 № 1.eml"]));
    assert_eq!(value["people"][0]["left"], "2026-09-08");
    assert_eq!(holding(&school, "mine"), ["выдача/Письма/5Б 08.09.2026 № 1.eml"]);
}

/// Without the list of what was written, no file is the program's own.
#[test]
fn files_that_no_list_names_are_told() {
    let school = school();
    fs::remove_file(school.path().join("выдача/.опись")).expect("the journal");
    let answer = forget(&school, &["--yes", "--json"]);
    let value: Value = serde_json::from_str(&answer.stdout).expect("one JSON value");
    assert_eq!(value["files"], serde_json::json!([]));
    let left: Vec<&str> =
        value["changed_by_hand"].as_array().expect("files").iter().filter_map(Value::as_str).collect();
    assert_eq!(holding(&school, "Забывайкин"), left.iter().map(|name| format!("выдача/{name}")).collect::<Vec<_>>());
    assert_eq!(left.len(), 4);
}

const FIRST: [Row; 3] = [
    (1, "7А", "Забывайкин Фёдор Ильич", "Припоминаева Инна Львовна"),
    (2, "7А", "Котова Зоя Ильинична", "Котова Анна Петровна"),
    (3, "7Б", "Ёлкин Пётр Ильич", "Ёлкина Анна Петровна"),
];

#[test]
fn who_stands_in_a_package_that_is_due_stays() {
    let school = Remembered::new();
    school.record(date(2026, 9, 1), &FIRST, &[]);
    let draft = PackageDraft {
        scope: Scope::Class(class("7А")),
        issued: date(2026, 9, 8),
        content: "{\"who\":\"Забывайкин Фёдор\"}".to_owned(),
        cancels: Vec::new(),
    };
    school.record_with(date(2026, 9, 8), &FIRST[1..], &[], &[draft]);
    let call = |more: &[&str]| school.call(&[&["забыть", "школа", "--date", "2026-12-01", "--yes"], more].concat());
    insta::assert_snapshot!(call(&[]).shown(), @r"
    status 0
    --- stdout
    Забывать некого и нечего.
    Пока останутся: о них говорится в комплекте, который ещё не выдан:
      Забывайкин Фёдор Ильич, 7А, выбыл(а) 08.09.2026
    ");
    insta::assert_snapshot!(call(&["--who", "Забывайкин"]).shown(), @r"
    status 4
    --- stdout
    Забывать некого и нечего.
    Пока останутся: о них говорится в комплекте, который ещё не выдан:
      Забывайкин Фёдор Ильич, 7А, выбыл(а) 08.09.2026
    --- stderr
    Ошибка: о нём говорится в комплекте, который ещё не выдан; пока он не забыт.
    Сначала выдайте комплекты: zavuch применить; потом повторите.
    ");
    assert_eq!(school.store().former().expect("a store").len(), 1);
}

#[test]
fn a_year_goes_when_it_is_over() {
    let school = Remembered::new();
    let link = "https://max.ru/join/tayna";
    school.record(date(2025, 9, 1), &FIRST, &[("7А", link)]);
    school.record(date(2025, 11, 1), &FIRST[1..], &[("7А", link)]);
    // 7Б is gone, and 7А has another link.
    school.record(date(2026, 5, 1), &FIRST[1..2], &[("7А", "https://max.ru/join/novaya")]);
    school.record(
        date(2026, 9, 1),
        &[FIRST[1], (4, "7А", "Новиков Ян Петрович", "Новикова Яна Львовна")],
        &[("7А", "https://max.ru/join/novaya")],
    );
    let call = |year: &str, on: &str| school.call(&["забыть", "школа", "--year", year, "--date", on, "--yes"]);
    insta::assert_snapshot!(call("2025/26", "2026-08-31").shown(), @r"
    status 2
    --- stderr
    Ошибка: учебный год 2025/2026 ещё не закончился, забыть его нельзя.
    Его последний день — 31.08.2026.
    ");
    insta::assert_snapshot!(call("2025", "2026-09-01").shown(), @r"
    status 2
    --- stderr
    Ошибка: «2025» не подходит для «--year <ГОД>»: это не учебный год; он пишется так: 2025/26.
    Справка: zavuch забыть --help
    ");
    let state = school.store().state().expect("a state");
    insta::assert_snapshot!(call("2025/26", "2026-09-01").shown(), @r"
    status 0
    --- stdout
    Забыто: 2 ученика.
    Всего: 2 родителя, 30 записей о событиях, 4 записи о бумагах, 1 прежняя ссылка, 2 закрытых чата.
    ");
    assert_eq!(call("2025/26", "2026-09-01").stdout, "Забывать некого и нечего.\n");
    let after = school.store().state().expect("a state");
    assert_eq!(after.state(), state.state(), "what holds is not touched");
    let bytes = fs::read(school.path().join("zavuch.db")).expect("a store");
    for word in ["Забывайкин", "Ёлкин", "tayna", "7Б/родители"] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word}");
    }
    insta::assert_snapshot!(school.call(&["explain", "7А", "школа"]).shown(), @r"
    status 0
    --- stdout
    Класс: 7А
      учеников: 2
      классный руководитель: Кузнецова Ольга Сергеевна
      откуда: списки/7.xlsx, лист «7А»

    Чаты
      «7А — родители»: ссылка есть
      «7А — ученики»: ждёт ссылку

    Бумаги
      памятка модератора, версия 1 от 01.09.2025
      лист-приглашение «7А — родители», версия 2 от 01.05.2026
      талон «7А — родители», версия 2 от 01.05.2026
      талон «7А — родители», версия 1 от 01.09.2026

    Что происходило
      01.09.2026, запуск № 4
        прибыл(а): Новиков Ян Петрович — новая строка (списки/7.xlsx, лист «7А», ячейка B3)
        выпущено: талон «7А — родители», Новиков Ян
    ");
}
