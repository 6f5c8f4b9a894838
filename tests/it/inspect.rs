//! `inspect`: how one class list was understood.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::call::{Answer, DATE, call};

/// A folder with one list.
struct List {
    folder: TempDir,
    name: &'static str,
}

impl List {
    fn of(name: &'static str, text: &str) -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        fs::write(folder.path().join(name), text).expect("the list is written");
        Self { folder, name }
    }

    fn inspect(&self, keys: &[&str]) -> Answer {
        call(self.folder.path(), &[&["inspect", self.name, "--date", DATE], keys].concat())
    }

    fn json(&self) -> Value {
        json_of(&self.inspect(&["--json"]))
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tables").join(name)
}

fn json_of(answer: &Answer) -> Value {
    serde_json::from_str(&answer.stdout).expect("one JSON value")
}

/// The file is refused with a word, a message and status 1.
#[track_caller]
fn check_refused(answer: &Answer, word: &str, message: &str) {
    let value = json_of(answer);
    assert_eq!((answer.status, value["error"].as_str()), (1, Some(word)), "{}", answer.stdout);
    let said = value["message"].as_str().unwrap_or_default();
    assert!(said.contains(message), "«{message}» is not in «{said}»");
    assert!(value["advice"].is_string());
}

#[test]
fn people_with_their_places() {
    let list = List::of(
        "7А.csv",
        "Классный руководитель: Петрова Ольга Сергеевна\n\
         ФИО;Дата рождения;Мать;Телефон;E-mail\n\
         Яшин Пётр Ильич;04.05.2013;Яшина Анна Петровна;8 944 000-00-01;\n\
         Абрамов Ян;;;;\n\
         Яшин Пётр Ильич;04.05.2013;Яшина Анна Петровна;8 944 000-00-01;\n",
    );
    let value = list.json();
    let absent = Value::Null;
    assert_eq!(
        value["students"],
        json!([
            {"class": "7А", "surname": "Яшин", "given": "Пётр", "patronymic": "Ильич", "birth_date": "2013-05-04",
             "parents": [{"name": "Яшина Анна Петровна", "phone": "+79440000001", "email": absent, "kinship": "мать"}],
             "where": "A3"},
            {"class": "7А", "surname": "Абрамов", "given": "Ян", "patronymic": absent, "birth_date": absent,
             "parents": [], "where": "A4"},
        ])
    );
    assert_eq!(value["homeroom"], json!({"7А": "Петрова Ольга Сергеевна"}));
    assert_eq!(value["issues"][0]["kind"], "duplicate_student");
    assert_eq!(value["issues"][0]["where"], "A5");
    assert_eq!((&value["encoding"], &value["delimiter"]), (&json!("UTF-8"), &json!(";")));
    assert_eq!(value["sheets"][0]["tables"][0]["header_rows"], json!([2]));
}

#[test]
fn places_of_a_workbook_name_the_sheet() {
    let answer = call(Path::new("."), &["inspect", &fixture("list.xls").to_string_lossy(), "--json"]);
    assert_eq!(json_of(&answer)["students"][0]["where"], "7А!A3");
}

#[test]
fn a_column_of_schools_gives_each_pupil_one() {
    let value = List::of("а.csv", "Школа;Класс;ФИО\nСОШ 1;7А;Ли Вэй\n;7А;Ким Ян\n").json();
    assert_eq!([&value["students"][0]["school"], &value["students"][1]["school"]], [&json!("СОШ 1"), &Value::Null]);
    let value = List::of("7А.csv", "№;ФИО\n1;Ли Вэй\n").json();
    assert!(value["students"][0].get("school").is_none());
}

#[test]
fn refused_files() {
    for (name, word, message) in [
        ("encrypted.xlsx", "encrypted", "паролем"),
        ("zip_bomb.xlsx", "zip_bomb", "распаковывается"),
        ("truncated.xls", "corrupt", "повреждён"),
        ("document.docx", "not_a_spreadsheet", "документ"),
    ] {
        check_refused(&call(Path::new("."), &["разобрать", &fixture(name).to_string_lossy(), "--json"]), word, message);
    }
}

#[test]
fn lists_of_which_nobody_can_be_taken() {
    for (text, word, message) in [
        ("", "empty", "пуст"),
        ("№;ФИО;Класс\n", "empty", "нет ни одного ученика"),
        ("раз;два\nтри;четыре\n", "no_header", "шапка"),
        ("№;ФИО\n1;Ли Вэй\n", "no_class", "указан класс"),
        ("ФИО;Класс\nЛи Вэй;7Z\n", "bad_class", "«7Z»"),
        ("ФИО;Класс\nЛи;7А\n", "not_a_roster", "Ли"),
        ("ФИО;Должность\nЛи Вэй;учитель\n", "not_a_roster", "таблица сотрудников"),
    ] {
        check_refused(&List::of("список.csv", text).inspect(&["--json"]), word, message);
    }
}

#[test]
fn a_bad_row_among_good_ones_is_an_issue() {
    let value = List::of("список.csv", "ФИО;Класс\nЛи Вэй;7Z\nКим Ян;7А\n").json();
    assert_eq!(value["students"].as_array().map(Vec::len), Some(1));
    assert_eq!((&value["issues"][0]["kind"], &value["issues"][0]["where"]), (&json!("bad_class"), &json!("B2")));
}
