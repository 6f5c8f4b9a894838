//! A row that a list left out by mistake and that is there again: the same pupil with everything that is known of him.
//! And a corrected given name or patronymic, which is a question, not another child.

use std::fs;

use zavuch::school::{PersonId, Piece, SchoolState, Student};

use crate::call::call;
use crate::small_school::{ListForm, Pupil, SECOND, SmallSchool};

const CLASSES: [(&str, usize); 3] = [("5А", 7), ("7А", 7), ("7Б", 6)];
const THIRD: &str = "2026-09-15";

fn student(state: &SchoolState, name: &str) -> Option<Student> {
    state.roster.students().find(|pupil| pupil.name.to_string().starts_with(name)).cloned()
}

/// The person and the parents.
fn ids(state: &SchoolState, name: &str) -> Option<Vec<Option<PersonId>>> {
    let student = student(state, name)?;
    Some(std::iter::once(student.id).chain(student.guardians.iter().map(|guardian| guardian.id)).collect())
}

/// Takes a row off the list, and applies; the row.
fn left_out(school: &mut SmallSchool, name: &str) -> Pupil {
    let row = school.pupil(name).clone();
    school.leave(name);
    school.save_lists(ListForm::Csv);
    school.applied(SECOND);
    assert_eq!(ids(&school.state(), name), None);
    row
}

fn put_back(school: &mut SmallSchool, row: Pupil) {
    school.pupils.push(row);
    school.save_lists(ListForm::Csv);
}

#[test]
fn a_row_that_was_left_out_by_mistake() {
    let mut school = SmallSchool::issued(&CLASSES);
    let name = school.names("7А")[3].clone();
    let known = ids(&school.state(), &name).expect("a pupil");
    let row = left_out(&mut school, &name);
    put_back(&mut school, row);
    let back = school.planned(THIRD, &["arrived", "left"]);
    assert_eq!(back.len(), 1, "{back:?}");
    let plan = school.plan(THIRD);
    assert!(plan.stdout.contains("вернулся(лась): выбыл(а) 08.09.2026 из 7А"), "{}", plan.stdout);
    let json = school.plan_json(THIRD);
    assert_eq!(json["people"]["returned"].as_array().map(Vec::len), Some(1), "{}", json["people"]);
    assert_eq!(json["people"]["added"].as_array().map(Vec::len), Some(1), "{}", json["people"]);
    school.applied(THIRD);
    let state = school.state();
    assert_eq!(ids(&state, &name), Some(known.clone()));
    // The slips of before stay void: the new ones have another version.
    let slips = state.papers.iter().filter(|(id, _)| {
        matches!(&id.piece, Piece::Slip { student, .. } if Some(*student) == known.first().copied().flatten())
    });
    let versions: Vec<u32> = slips.map(|(_, paper)| paper.edition.version).collect();
    assert!(!versions.is_empty() && versions.iter().all(|version| *version == 2), "{versions:?}");
    let told = school.call(&["почему", &name, "школа"]);
    for words in ["выбыл(а)", "вернулся(лась): выбыл(а) 08.09.2026 из 7А", "08.09.2026", "15.09.2026"]
    {
        assert!(told.stdout.contains(words), "{words} is not in\n{}", told.stdout);
    }
    assert_eq!(school.planned(THIRD, &["arrived", "left"]), [] as [String; 0]);
}

#[test]
fn whoever_comes_back_into_another_class_is_the_same_too() {
    let mut school = SmallSchool::issued(&CLASSES);
    let name = school.names("7А")[3].clone();
    let known = ids(&school.state(), &name);
    let row = left_out(&mut school, &name);
    put_back(&mut school, Pupil { class: "7Б".to_owned(), ..row });
    school.applied(THIRD);
    assert_eq!(ids(&school.state(), &name), known);
}

#[test]
fn whoever_was_forgotten_is_a_newcomer() {
    let mut school = SmallSchool::issued(&CLASSES);
    let name = school.names("7А")[3].clone();
    let known = ids(&school.state(), &name);
    let row = left_out(&mut school, &name);
    let forgotten = school.call(&["забыть", "школа", "--date", THIRD, "--days", "1", "--yes"]);
    assert_eq!(forgotten.status, 0, "{}", forgotten.shown());
    put_back(&mut school, row);
    school.applied(THIRD);
    let now = ids(&school.state(), &name);
    assert!(now.is_some() && now != known, "{now:?}");
}

/// Without dates of birth name and class are a question; the row waits until it is answered.
#[test]
fn without_dates_it_is_asked() {
    let mut school = SmallSchool::of(&CLASSES);
    for pupil in &mut school.pupils {
        pupil.birth = String::new();
        pupil.phone = String::new();
    }
    school.save_lists(ListForm::Csv);
    school.applied("2026-09-01");
    let name = school.names("7А")[3].clone();
    let row = left_out(&mut school, &name);
    put_back(&mut school, row);
    let json = school.plan_json(THIRD);
    assert_eq!(json["people"]["ambiguous"][0]["step"], "was_here", "{}", json["people"]);
    let plan = school.plan(THIRD);
    assert!(plan.stdout.contains("один ли это ученик") && plan.stdout.contains(&name), "{}", plan.stdout);
    school.applied(THIRD);
    assert_eq!(ids(&school.state(), &name), None);
}

/// Another name of one pupil: a question of the given step for `plan` and `compare`, and nothing is done until it is answered.
#[track_caller]
fn check_asked(mut school: SmallSchool, rename: impl Fn(&str) -> String, step: &str) {
    school.save_lists(ListForm::Csv);
    school.applied("2026-09-01");
    let list = school.path().join("списки");
    let old = school.beside().join("прежние");
    fs::create_dir_all(&old).expect("a folder");
    for entry in fs::read_dir(&list).expect("a folder") {
        let entry = entry.expect("an entry");
        fs::copy(entry.path(), old.join(entry.file_name())).expect("a copy");
    }
    let name = school.names("7А")[3].clone();
    let known = ids(&school.state(), &name);
    let pupil = school.pupil(&name);
    pupil.name = rename(&pupil.name);
    school.save_lists(ListForm::Csv);
    let json = school.plan_json(SECOND);
    assert_eq!(json["people"]["ambiguous"][0]["step"], step, "{}", json["people"]);
    assert_eq!(school.planned(SECOND, &["arrived", "left"]), [] as [String; 0]);
    let plan = school.plan(SECOND);
    assert!(plan.stdout.contains("один ли это ученик") && plan.stdout.contains(&name), "{}", plan.stdout);
    let compared = call(school.beside(), &["сравнить", "прежние", "школа/списки", "--json"]);
    let compared: serde_json::Value = serde_json::from_str(&compared.stdout).expect("one JSON value");
    assert_eq!(compared["ambiguous"][0]["step"], step, "{compared}");
    school.applied(SECOND);
    assert_eq!(ids(&school.state(), &name), known, "the pupil stays until somebody answers");
}

/// A whole name with other words; an empty one stays.
fn with_words(name: &str, others: [&str; 3]) -> String {
    let words = name.split(' ').zip(others).map(|(word, other)| if other.is_empty() { word } else { other });
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn another_given_name_is_a_question_for_plan_and_compare() {
    let rename = |name: &str| with_words(name, ["", "Ксенофонта", ""]);
    check_asked(SmallSchool::of(&CLASSES), rename, "other_given");
}

#[test]
fn another_surname_in_a_list_without_dates_is_a_question() {
    let mut school = SmallSchool::of(&CLASSES);
    school.pupils.iter_mut().for_each(|pupil| pupil.birth = String::new());
    check_asked(school, |name| with_words(name, ["Новофамильцева", "", ""]), "family_and_patronymic");
}

#[test]
fn the_new_surname_and_patronymic_of_an_adopted_child_are_a_question() {
    let rename = |name: &str| with_words(name, ["Новофамильцев", "", "Приёмович"]);
    check_asked(SmallSchool::of(&CLASSES), rename, "family_and_date");
}

/// The table of groups names somebody who left with the class; a namesake who comes into that class is not taken for him.
#[test]
fn a_namesake_in_the_class_of_one_who_left_a_group_is_asked_about_until_it_is_answered() {
    let mut school = SmallSchool::of(&CLASSES);
    let toml = school.path().join("zavuch.toml");
    let settings = fs::read_to_string(&toml).expect("the settings").replace("school-31", "school-62");
    fs::write(toml, settings).expect("the settings");
    let name = school.names("7А")[3].clone();
    let whole = school.pupil(&name).name.clone();
    let leader = school.staff.last().expect("a colleague").name.clone();
    let table =
        |who: &str| format!("Вид;Название;Руководитель;Классы;Участники\nкурс;Робототехника;{leader};7Б;{who}\n");
    school.write("группы.csv", table(&format!("{whole} (7А)")).as_bytes());
    school.applied("2026-09-01");
    let members = |school: &SmallSchool| {
        let chats = school.state().chats;
        let chat =
            chats.values().find(|chat| chat.title.to_string().contains("Робототехника")).expect("a chat").clone();
        chat.members.iter().filter(|member| member.name.as_ref().is_some_and(|one| one.to_string() == whole)).count()
    };
    assert_eq!(members(&school), 1);
    let row = left_out(&mut school, &name);
    let newcomer = Pupil { birth: "03.03.2012".to_owned(), phone: String::new(), ..row };
    put_back(&mut school, newcomer);
    for on in [THIRD, "2026-09-22"] {
        let applied = school.call(&["применить", "школа", "--date", on, "--json"]);
        assert_eq!(applied.status, 0, "{}", applied.shown());
        assert!(applied.stdout.contains("с этим именем есть только один"), "{on}\n{}", applied.stdout);
        assert!(applied.stdout.contains("впишите в скобках его дату рождения"), "{on}\n{}", applied.stdout);
        assert_eq!(members(&school), 0, "{on}");
    }
    school.write("группы.csv", table(&format!("{whole} (7А, 03.03.2012)")).as_bytes());
    school.applied("2026-09-29");
    assert_eq!(members(&school), 1);
}

/// The table of groups names somebody who left; a namesake of his in another class is not taken for him, however often
/// the command runs.
#[test]
fn a_namesake_of_one_who_left_a_group_is_asked_about_until_it_is_answered() {
    let mut school = SmallSchool::of(&CLASSES);
    let toml = school.path().join("zavuch.toml");
    // An act that knows courses (62.3).
    let settings = fs::read_to_string(&toml).expect("the settings").replace("school-31", "school-62");
    fs::write(toml, settings).expect("the settings");
    let name = school.names("7А")[3].clone();
    let namesake = school.names("5А")[2].clone();
    let whole = school.pupil(&name).name.clone();
    school.pupil(&namesake).name.clone_from(&whole);
    school.save_lists(ListForm::Csv);
    let leader = school.staff.last().expect("a colleague").name.clone();
    let table =
        |who: &str| format!("Вид;Название;Руководитель;Классы;Участники\nкурс;Робототехника;{leader};7Б;{who}\n");
    school.write("группы.csv", table(&format!("{whole} (7А)")).as_bytes());
    school.applied("2026-09-01");
    let members = |school: &SmallSchool| {
        let chats = school.state().chats;
        let chat =
            chats.values().find(|chat| chat.title.to_string().contains("Робототехника")).expect("a chat").clone();
        chat.members.iter().filter(|member| member.name.as_ref().is_some_and(|one| one.to_string() == whole)).count()
    };
    assert_eq!(members(&school), 1);
    school.write("группы.csv", table(&whole).as_bytes());
    let at = school.pupils.iter().position(|pupil| pupil.name == whole && pupil.class == "7А").expect("a pupil");
    school.pupils.remove(at);
    school.save_lists(ListForm::Csv);
    for on in [SECOND, THIRD, "2026-09-22"] {
        let applied = school.call(&["применить", "школа", "--date", on, "--json"]);
        assert_eq!(applied.status, 0, "{}", applied.shown());
        assert!(applied.stdout.contains("с этим именем есть только один"), "{on}\n{}", applied.stdout);
        assert_eq!(members(&school), 0, "{on}");
    }
    school.write("группы.csv", table(&format!("{whole} (5А)")).as_bytes());
    school.applied("2026-09-29");
    assert_eq!(members(&school), 1);
}

/// The old teacher has not struck out the row yet, the new one has added it: one pupil, who stays where he is recorded, keeps
/// the signature and moves when the lists are put right.
#[test]
fn whoever_stands_in_two_lists_stays_and_then_moves() {
    let mut school = SmallSchool::issued(&CLASSES);
    let name = school.names("7А")[3].clone();
    let known = ids(&school.state(), &name);
    let pupils = |school: &SmallSchool| school.state().roster.students().count();
    let before = pupils(&school);
    let row = Pupil { class: "7Б".to_owned(), ..school.pupil(&name).clone() };
    put_back(&mut school, row);
    let checked = school.call(&["проверить", "школа"]);
    assert!(checked.stdout.contains("стоит в списках 7А") && checked.stdout.contains("и 7Б"), "{}", checked.shown());
    let json = school.plan_json(SECOND);
    assert_eq!(json["people"]["ambiguous"][0]["step"], "in_two_classes", "{}", json["people"]);
    assert_eq!(school.planned(SECOND, &["arrived", "left", "moved_in", "moved_out"]), [] as [String; 0]);
    let plan = school.plan(SECOND);
    assert!(plan.stdout.contains("Оставьте ученика в списке одного класса"), "{}", plan.stdout);
    school.applied(SECOND);
    assert_eq!((pupils(&school), ids(&school.state(), &name)), (before, known.clone()));
    let old = school.pupils.iter().position(|pupil| pupil.name.starts_with(&name) && pupil.class == "7А");
    school.pupils.remove(old.expect("the old row"));
    school.save_lists(ListForm::Csv);
    assert_eq!(school.planned(THIRD, &["arrived", "left"]), [] as [String; 0]);
    school.applied(THIRD);
    let moved = student(&school.state(), &name).expect("the pupil");
    assert_eq!(
        (moved.class.to_string(), pupils(&school), ids(&school.state(), &name)),
        ("7Б".to_owned(), before, known)
    );
}

/// A newcomer in two lists gets papers of neither class until one row is struck out; everybody else is served.
#[test]
fn a_newcomer_in_two_lists_waits() {
    let mut school = SmallSchool::of(&CLASSES);
    let name = school.names("7А")[3].clone();
    let row = Pupil { class: "7Б".to_owned(), ..school.pupil(&name).clone() };
    put_back(&mut school, row);
    school.applied("2026-09-01");
    assert_eq!(ids(&school.state(), &name), None);
    assert_eq!(school.state().roster.students().count(), school.pupils.len() - 2);
    let old = school.pupils.iter().position(|pupil| pupil.name.starts_with(&name) && pupil.class == "7А");
    school.pupils.remove(old.expect("the old row"));
    school.save_lists(ListForm::Csv);
    school.applied(SECOND);
    assert_eq!(student(&school.state(), &name).expect("the pupil").class.to_string(), "7Б");
}
