//! The same pupils, whatever the order of the columns and the encoding of the file.

use std::fmt::Write as _;
use std::fs;

use encoding_rs::{Encoding, IBM866, UTF_8, WINDOWS_1251};
use serde_json::Value;

use super::call::{DATE, call};

/// So many orders of the columns are tried in each encoding.
const ORDERS: u64 = 12;

const HEADERS: [&str; 14] = [
    "№ п/п",
    "Фамилия",
    "Имя",
    "Отчество",
    "Класс",
    "Дата рождения",
    "Мать (ФИО)",
    "Телефон матери",
    "E-mail матери",
    "ФИО отца",
    "Телефон отца",
    "Статус",
    "СНИЛС",
    "Классный руководитель",
];

/// Steps of a generator of numbers that look random: the same ones in every run.
struct Steps(u64);

impl Steps {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// A table of forty pupils, with blanks where tables have them; one of them has left.
fn table() -> Vec<[String; 14]> {
    let surnames = ["Агеев", "Беляев", "Власов", "Глебов", "Дёмин", "Егоров", "Жилин", "Зуев", "Котов", "Ломов"];
    let pupil = |number: usize| {
        let surname = format!("{}{}", surnames[number % 10], ["", "-Орлов", "ский", "енко"][number / 10]);
        let mother =
            if number.is_multiple_of(3) { String::new() } else { format!("{surname}а Анна Ильинична") };
        let contact = |text: String| if mother.is_empty() { String::new() } else { text };
        [
            (number + 1).to_string(),
            surname.clone(),
            ["Пётр", "Егор", "Лев"][number % 3].to_owned(),
            if number.is_multiple_of(7) { "-".to_owned() } else { "Ильич".to_owned() },
            if number < 20 { "7А".to_owned() } else { "7Б".to_owned() },
            format!("{:02}.05.2013", number % 28 + 1),
            mother.clone(),
            contact(format!("8 (944) 000-01-{number:02}")),
            contact(format!("mother{number}@example.org")),
            if number.is_multiple_of(4) { format!("{surname} Илья Петрович") } else { String::new() },
            if number.is_multiple_of(4) { format!("+7 944 000-02-{number:02}") } else { String::new() },
            if number == 13 { "Выбыл".to_owned() } else { String::new() },
            format!("000-000-000 {number:02}"),
            if number < 20 {
                "Петрова Ольга Сергеевна".to_owned()
            } else {
                "Сомов Иван Никитич".to_owned()
            },
        ]
    };
    (0..40).map(pupil).collect()
}

fn csv(rows: &[[String; 14]], order: &[usize]) -> String {
    let mut text = String::new();
    let header = HEADERS.map(str::to_owned);
    for row in std::iter::once(&header).chain(rows) {
        let cells: Vec<&str> = order.iter().map(|column| row[*column].as_str()).collect();
        let _ = write!(text, "{}\r\n", cells.join(";"));
    }
    text
}

/// The people of an answer without the cells in which they stood.
fn people(answer: &Value) -> (Value, Value, Vec<String>) {
    let mut students = answer["students"].clone();
    for student in students.as_array_mut().expect("pupils") {
        student.as_object_mut().expect("a pupil").remove("where");
    }
    let kinds = answer["issues"].as_array().expect("issues").iter().map(|issue| issue["kind"].to_string()).collect();
    (students, answer["homeroom"].clone(), kinds)
}

#[test]
fn the_order_of_columns_and_the_encoding_change_nobody() {
    let rows = table();
    let folder = tempfile::tempdir().expect("a scratch folder");
    let read = |bytes: &[u8], what: &str| {
        fs::write(folder.path().join("список.csv"), bytes).expect("the file is written");
        let answer = call(folder.path(), &["inspect", "список.csv", "--json", "--date", DATE]);
        assert_eq!(answer.status, 0, "{what}: {}", answer.stderr);
        people(&serde_json::from_str(&answer.stdout).expect("JSON"))
    };
    let straight: Vec<usize> = (0..HEADERS.len()).collect();
    let expected = read(csv(&rows, &straight).as_bytes(), "as it is");
    assert_eq!(expected.0.as_array().map(Vec::len), Some(39), "one of the forty has left");
    let mut steps = Steps(7);
    let encodings: [&'static Encoding; 3] = [UTF_8, WINDOWS_1251, IBM866];
    for _ in 0..ORDERS {
        let mut order = straight.clone();
        for at in (1..order.len()).rev() {
            order.swap(at, steps.below(at + 1));
        }
        let text = csv(&rows, &order);
        let mut forms: Vec<Vec<u8>> = encodings.iter().map(|encoding| encoding.encode(&text).0.into_owned()).collect();
        forms.push(format!("\u{FEFF}{text}").into_bytes());
        forms.push(format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect());
        forms.push(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        for (form, bytes) in forms.iter().enumerate() {
            let what = format!("form {form}, order {order:?}");
            assert_eq!(read(bytes, &what), expected, "{what}");
        }
    }
}
