//! A school's own letters that cannot be composed are told of before anything is written.

use std::fs;

use crate::call::{DATE, School};

#[track_caller]
fn check(file: &str, text: &str, expected: &str) {
    let school = School::sample("school-62");
    fs::create_dir_all(school.path().join("шаблоны/letters")).expect("a folder");
    school.write(&format!("шаблоны/letters/{file}"), text.as_bytes());
    for command in ["проверить", "план", "выполнить"] {
        let dated = [command, "школа", "--date", DATE];
        let answer = school.call(if command == "проверить" { &dated[..2] } else { &dated });
        let said = format!("{}{}", answer.stdout, answer.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
        let names_file = said.contains(&format!("шаблоны/letters/{file}"));
        assert!(answer.status == 1 && names_file && said.contains(expected), "{command}: {}", answer.shown());
    }
    assert!(!school.path().join("zavuch.db").exists() && !school.path().join("выдача").exists());
}

#[test]
fn a_word_that_only_some_letters_would_show_is_found_at_once() {
    let text = "Здравствуйте, {{ teacher }}!\n{% if replaces and phone %}\nЗвоните: {{ telefon }}\n{% endif %}\n";
    check("change.txt", text, "строка 3 · Шаблон письма не подходит: такого слова у письма нет.");
}

#[test]
fn a_block_without_an_end_is_found_at_once() {
    let text = "Здравствуйте!\n{% if table %}\nТаблица\n";
    check("reminder.html", text, "Шаблон письма не подходит: ошибка в записи");
}
