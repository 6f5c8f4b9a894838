//! `compare`: two lists, what changed between them, and the word for it.

use std::fs;

use serde_json::Value;

use crate::call::{Answer, call};

const OLD: &str = "Класс;ФИО;Дата рождения;Мать;Телефон матери\n\
    7А;Иванов Пётр Ильич;04.05.2013;Иванова Анна Петровна;+7 944 000-00-01\n\
    7А;Орлова Дарья Львовна;11.01.2013;Орлова Ольга Юрьевна;+7 944 000-00-02\n\
    7А;Котов Лев Олегович;12.02.2013;;\n\
    7Б;Ёлкина Зоя Ильинична;13.03.2013;;\n\
    7Б;Волков Ян Петрович;14.04.2013;;\n";

/// Other columns in another order; one pupil of each kind of change.
const NEW: &str = "№;Дата рождения;Фамилия;Имя;Отчество;Кл.;Мать;Телефон матери\n\
    1;2013-03-13;ЕЛКИНА;ЗОЯ;ИЛЬИНИЧНА;7-б;;\n\
    2;2013-05-04;Иванов;Пётр;Ильич;7-б;Иванова Анна Петровна;8 944 000 00 01\n\
    3;2013-01-11;Сидорова;Дарья;Львовна;7-а;Орлова Ольга Юрьевна;8 944 000 00 09\n\
    4;2013-02-21;Котов;Лев;Олегович;7-а;;\n\
    5;2013-09-09;Новикова;Анна;Олеговна;7-а;;\n";

fn compared(old: &str, new: &str, more: &[&str]) -> Answer {
    let scratch = tempfile::tempdir().expect("a scratch folder");
    fs::write(scratch.path().join("старый.csv"), old).expect("a list");
    fs::create_dir(scratch.path().join("новые")).expect("a folder");
    fs::write(scratch.path().join("новые/список.csv"), new).expect("a list");
    call(scratch.path(), &[&["compare", "старый.csv", "новые"], more].concat())
}

fn json(answer: &Answer) -> Value {
    serde_json::from_str(&answer.stdout).expect("one JSON value")
}

#[test]
fn changes_for_people() {
    insta::assert_snapshot!(compared(OLD, NEW, &[]).shown(), @r"
    status 0
    --- stdout
    7А
      → Иванов Пётр Ильич — перевод в 7Б
          старый.csv, ячейка B2
      ~ Орлова Дарья Львовна → Сидорова Дарья Львовна: совпали имя, отчество и дата рождения, фамилия другая
          было: старый.csv, ячейка B3; стало: новые/список.csv, ячейка C4
      + Новикова Анна Олеговна (09.09.2013) — теперь в списке
          новые/список.csv, ячейка C6
      ? Проверьте, один ли это ученик: совпали имя и класс, дата рождения другая
          было: Котов Лев Олегович (12.02.2013), 7А — старый.csv, ячейка B4
          стало: Котов Лев Олегович (21.02.2013), 7А — новые/список.csv, ячейка C5

    7Б
      ← Иванов Пётр Ильич — перевод из 7А: совпали имя и дата рождения
          было: старый.csv, ячейка B2; стало: новые/список.csv, ячейка C3
      · Елкина Зоя Ильинична — изменилось: написание имени
          было: старый.csv, ячейка B5; стало: новые/список.csv, ячейка C2
      − Волков Ян Петрович (14.04.2013) — нет в новом списке
          старый.csv, ячейка B6

    Без изменений: 1 ученик, переведено: 1, сменили имя: 1, появилось: 1, нет в новом списке: 1, ждёт ответа: 1.
    Итог: нужен взгляд человека. Без ответа — 1 вопрос: сверьте строки, отмеченные знаком «?». До ответа с этими учениками ничего не делается.
    ");
}

#[test]
fn changes_as_json() {
    let answer = compared(OLD, NEW, &["--json"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let value = json(&answer);
    assert_eq!(value["verdict"], "needs_review");
    assert_eq!(value["unchanged"], 1);
    assert_eq!(value["moved"][0]["from"]["class"], "7А");
    assert_eq!(value["moved"][0]["to"]["class"], "7Б");
    assert_eq!(value["moved"][0]["to"]["birth_date"], "2013-05-04");
    assert_eq!(value["renamed"][0]["from"]["surname"], "Орлова");
    assert_eq!(value["renamed"][0]["to"]["surname"], "Сидорова");
    assert_eq!(value["ambiguous"][0]["before"][0]["surname"], "Котов");
    assert_eq!(value["ambiguous"][0]["after"][0]["birth_date"], "2013-02-21");
    assert_eq!(value["added"][0]["given"], "Анна");
    assert_eq!(value["removed"][0]["patronymic"], "Петрович");
    assert!(!answer.stdout.contains("+7944"), "no telephone is shown");
}

#[test]
fn equal_lists() {
    let answer = compared(OLD, OLD, &[]);
    assert_eq!(answer.status, 0);
    assert!(answer.stdout.contains("в списках одни и те же ученики"), "{}", answer.stdout);
}

#[test]
fn a_part_of_the_school() {
    let part = OLD.lines().filter(|line| !line.starts_with("7А")).collect::<Vec<_>>().join("\n");
    let answer = compared(OLD, &part, &["--json"]);
    assert_eq!((answer.status, json(&answer)["verdict"].as_str()), (0, Some("refuse_mass_removal")));
}

#[test]
fn lists_that_cannot_be_read() {
    let header_only = compared(OLD, "ФИО;Класс\n", &["--json"]);
    assert_eq!(header_only.status, 1, "{}", header_only.shown());
    assert_eq!(json(&header_only)["issues"][0]["kind"], "empty_roster");
    let scratch = tempfile::tempdir().expect("a scratch folder");
    let missing = call(scratch.path(), &["сравнить", "нет.csv", "нет.xlsx"]);
    assert_eq!(missing.status, 1, "{}", missing.shown());
    assert_eq!(call(scratch.path(), &["сравнить", "нет.csv"]).status, 2);
}

#[test]
fn two_workspaces() {
    let samples = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let answer = call(&samples, &["compare", "school-31", "school-31", "--json"]);
    assert_eq!((answer.status, json(&answer)["verdict"].as_str()), (0, Some("ok")), "{}", answer.shown());
}
