//! A plan that was saved, shown to the director, and is carried out later: exactly that one or none.

use std::fs;

use crate::call::Answer;
use crate::small_school::{ListForm, SECOND, SmallSchool};

const CLASSES: [(&str, usize); 2] = [("5А", 6), ("7А", 6)];

/// A school with a change and its plan in `план.json` beside the workspace.
fn planned() -> SmallSchool {
    let mut school = SmallSchool::issued(&CLASSES);
    school.arrive("7А");
    school.save_lists(ListForm::Csv);
    let answer = school.call(&["план", "школа", "--date", SECOND, "--save", "план.json"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert!(answer.stderr.contains("применить \"школа\" --plan \"план.json\""), "{}", answer.stderr);
    school
}

fn carry_out(school: &SmallSchool) -> Answer {
    school.call(&["применить", "школа", "--plan", "план.json"])
}

/// What happened since the plan was saved, and what the refusal says.
#[track_caller]
fn check_refused(since: impl FnOnce(&mut SmallSchool), why: &str) {
    let mut school = planned();
    since(&mut school);
    let before = school.stamps();
    let answer = carry_out(&school);
    assert_eq!((answer.status, answer.stdout.as_str()), (2, ""), "{}", answer.shown());
    assert!(answer.stderr.contains(why) && answer.stderr.contains("Ничего не сделано"), "{}", answer.stderr);
    assert!(school.stamps() == before, "a plan that does not hold changed something");
}

const INPUTS: &str = "таблицы, шаблоны или настройки с тех пор изменились";

#[test]
fn it_is_carried_out() {
    let school = planned();
    let saved = school.stamps();
    let expected = school.planned(SECOND, &["arrived", "paper_new"]);
    assert!(school.stamps() == saved);
    let answer = carry_out(&school);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    for change in expected {
        let words = change.split_once(": ").expect("words").1;
        assert!(answer.stdout.contains(words), "«{words}» is not in\n{}", answer.stdout);
    }
    // The papers carry the date of the plan.
    school.output("7А/7А Изменения 08.09.2026 № 1.pdf");
    assert_eq!(school.call(&["план", "школа", "--date", SECOND, "--check"]).status, 0);
    let again = carry_out(&school);
    assert_eq!(again.status, 2, "a plan is carried out once: {}", again.shown());
}

#[test]
fn a_list_has_changed() {
    check_refused(
        |school| {
            school.arrive("5А");
            school.save_lists(ListForm::Csv);
        },
        INPUTS,
    );
}

#[test]
fn the_settings_have_changed() {
    let more = |school: &mut SmallSchool| {
        let path = school.path().join("zavuch.toml");
        let text = fs::read_to_string(&path).expect("settings");
        school.write("zavuch.toml", text.replace("slips_per_page = 8", "slips_per_page = 6").as_bytes());
    };
    check_refused(more, INPUTS);
}

#[test]
fn a_template_has_changed() {
    let template = |school: &mut SmallSchool| {
        fs::create_dir_all(school.path().join("шаблоны/papers")).expect("a folder");
        let text = include_str!("../../templates/papers/changes.toml");
        school.write("шаблоны/papers/changes.toml", text.replace("\"Изменения\"", "\"Новости\"").as_bytes());
    };
    check_refused(template, INPUTS);
}

#[test]
fn a_link_has_come() {
    let link = |school: &mut SmallSchool| {
        let link = school.new_link("7А/родители");
        school.register.insert("7А/родители".to_owned(), link);
        school.save_register();
    };
    check_refused(link, INPUTS);
}

#[test]
fn another_command_has_changed_the_store() {
    check_refused(|school| drop(school.applied(SECOND)), "с тех пор была выполнена другая команда");
}

#[test]
fn another_date() {
    let school = planned();
    let before = school.stamps();
    let answer = school.call(&["применить", "школа", "--plan", "план.json", "--date", "2026-09-09"]);
    assert_eq!(answer.status, 2, "{}", answer.shown());
    assert!(answer.stderr.contains("в плане другая дата бумаг"), "{}", answer.stderr);
    let path = school.beside().join("план.json");
    let text = fs::read_to_string(&path).expect("the plan");
    fs::write(&path, text.replace("2026-09-08", "2026-09-09")).expect("the plan is written");
    let answer = carry_out(&school);
    assert!(answer.status == 0 || answer.stderr.contains("Ничего не сделано"), "{}", answer.shown());
    assert!(answer.status == 0 || school.stamps() == before);
}

#[test]
fn a_file_that_is_no_plan() {
    let school = planned();
    let before = school.stamps();
    let path = school.beside().join("план.json");
    let texts: [&[u8]; 5] = [b"", b"{}", b"\xff\xfe\x00", "ФИО;Класс\n".as_bytes(), b"{\"zavuch_plan\": 99}"];
    for text in texts {
        fs::write(&path, text).expect("a file");
        let answer = carry_out(&school);
        assert_eq!(answer.status, 2, "{}", answer.shown());
        assert!(answer.stderr.contains("план"), "{}", answer.stderr);
    }
    fs::remove_file(&path).expect("the plan");
    let answer = carry_out(&school);
    assert_eq!(answer.status, 2, "{}", answer.shown());
    assert!(answer.stderr.contains("такого файла нет"), "{}", answer.stderr);
    assert!(school.stamps() == before);
}

#[test]
fn it_holds_no_secret() {
    let mut school = SmallSchool::of(&CLASSES);
    let before = school.call(&["план", "школа", "--date", SECOND, "--save", "план.json"]);
    assert_eq!(before.status, 0, "{}", before.shown());
    let read = |school: &SmallSchool| fs::read_to_string(school.beside().join("план.json")).expect("the plan");
    let first = read(&school);
    school.applied(SECOND);
    let link = school.new_link("7А/родители");
    school.register.insert("7А/родители".to_owned(), link);
    school.save_register();
    school.pupils[0].phone = "+7 944 000-00-99".to_owned();
    school.pupils[1].birth = "09.09.2012".to_owned();
    school.save_lists(ListForm::Csv);
    school.call(&["план", "школа", "--date", SECOND, "--save", "план.json"]);
    for plan in [first, read(&school)] {
        for secret in ["max.ru", "/join", "44 000-", "4400000", "example.org", "09.2012"] {
            assert!(!plan.contains(secret), "«{secret}» in\n{plan}");
        }
    }
}

#[test]
fn a_plan_takes_the_place_of_nothing_but_a_plan() {
    let school = planned();
    for file in ["школа/штат.csv", "школа/zavuch.db", "школа/zavuch.toml"] {
        let path = school.path().join("..").join(file);
        let before = fs::read(&path).expect("a file");
        let answer = school.call(&["план", "школа", "--date", SECOND, "--save", file]);
        assert_eq!(answer.status, 2, "{}", answer.shown());
        assert!(answer.stderr.contains("это не сохранённый план"), "{}", answer.stderr);
        assert!(fs::read(&path).expect("a file") == before, "{file} was written over");
    }
    let again = school.call(&["план", "школа", "--date", SECOND, "--save", "план.json"]);
    assert_eq!(again.status, 0, "{}", again.shown());
}
