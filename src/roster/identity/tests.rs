//! Each step and each trap, as small lists.
//!
//! A pupil is a line «7А|Иванов Пётр Ильич|2013-05-04|01 02|Л-1|Иванова Инна Львовна»: class, name, date of birth, ends of
//! the parents' telephones, number of the personal file, a parent's name; what is not needed is left out. Rows are called by
//! their numbers from 1.

use super::{Answer, Decisions, Limits, Matching, Outcome, PupilKey, assess, match_students};
use crate::roster::names::person_name;
use crate::school::{Guardian, Place, Student};

pub(super) fn student(line: &str, row: u32) -> Student {
    let mut fields = line.split('|').map(str::trim).chain(std::iter::repeat(""));
    let mut field = || fields.next().unwrap();
    let (class, name, date, phones, id, parent) = (field(), field(), field(), field(), field(), field());
    let nobody = || Guardian { id: None, name: None, kinship: None, phone: None, email: None };
    let with_phone = |phone: &str| Guardian { phone: Some(format!("+794400000{phone}").parse().unwrap()), ..nobody() };
    let with_name = person_name(parent).ok().map(|name| Guardian { name: Some(name), ..nobody() });
    Student {
        id: None,
        class: class.parse().unwrap(),
        name: person_name(name).unwrap(),
        birth_date: (!date.is_empty()).then(|| date.parse().unwrap()),
        school: None,
        stable_id: id.parse().ok(),
        guardians: phones.split_whitespace().map(with_phone).chain(with_name).collect(),
        place: Place::sheet("7.xlsx", "Лист1").at(row, 1),
    }
}

fn students(lines: &[&str]) -> Vec<Student> {
    lines.iter().zip(0..).map(|(line, row)| student(line, row)).collect()
}

/// The number of the row of a pupil.
fn row(student: &Student) -> u32 {
    student.place.cell.unwrap().row + 1
}

fn shown(matching: &Matching<'_, Student>) -> String {
    let rows = |students: &mut dyn Iterator<Item = &Student>| {
        let mut rows: Vec<u32> = students.map(row).collect();
        rows.sort_unstable();
        rows.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
    };
    let mut lines: Vec<String> = Vec::new();
    for pair in &matching.pairs {
        let word = match pair.outcome() {
            Outcome::Unchanged => "=",
            Outcome::Moved => ">",
            Outcome::Renamed => "*",
        };
        lines.push(format!("{}{word}{} {}", row(pair.before), row(pair.after), pair.step.id()));
    }
    for proposal in &matching.proposals {
        lines.push(format!("{}?{} {}", row(proposal.before), row(proposal.after), proposal.step.id()));
    }
    for group in &matching.ambiguous {
        let (before, after) = (rows(&mut group.before.iter().copied()), rows(&mut group.after.iter().copied()));
        lines.push(format!("{before}~{after} {}", group.step.id()));
    }
    for one in &matching.doubled {
        let (all, waiting) = (rows(&mut one.rows.iter().copied()), rows(&mut one.waiting.iter().copied()));
        lines.push(format!("{waiting} of {all} wait"));
    }
    lines.extend(matching.removed.iter().map(|student| format!("-{}", row(student))));
    lines.extend(matching.added.iter().map(|student| format!("+{}", row(student))));
    for suggestion in &matching.suggestions {
        lines.push(format!("({}?{} {})", row(suggestion.before), row(suggestion.after), suggestion.step.id()));
    }
    lines.sort();
    lines.join("; ")
}

/// Matches two lists, and both turned round: the order of rows must not count.
#[track_caller]
fn check_decided(before: &[&str], after: &[&str], decisions: &Decisions, expected: &str) {
    let (mut before, mut after) = (students(before), students(after));
    assert_eq!(shown(&match_students(&before, &after.iter().collect::<Vec<_>>(), decisions)), expected);
    before.reverse();
    after.reverse();
    assert_eq!(shown(&match_students(&before, &after.iter().collect::<Vec<_>>(), decisions)), expected, "turned round");
}

#[track_caller]
fn check(before: &[&str], after: &[&str], expected: &str) {
    check_decided(before, after, &Decisions::default(), expected);
}

const PETR: &str = "7А|Иванов Пётр Ильич|2013-05-04";

#[test]
fn step_1_name_and_date() {
    check(&[PETR], &[PETR], "1=1 name_and_date");
    check(&[PETR], &["7А|ИВАНОВ ПЕТР ИЛЬИЧ|2013-05-04"], "1=1 name_and_date");
    check(&[PETR], &["7А|Ивaнов Пётp Ильич|2013-05-04"], "1=1 name_and_date");
    check(&[PETR], &["7Б|Иванов Пётр Ильич|2013-05-04"], "1>1 name_and_date");
    check(&[PETR], &["8Б|Иванов Пётр Ильич|2013-05-04"], "1>1 name_and_date");
    check(&[PETR], &["7А|Сидоров Олег Львович|2012-05-04"], "+1; -1");
    check(&[], &[PETR], "+1");
    check(&[PETR], &[], "-1");
}

#[test]
fn double_surnames_with_and_without_a_hyphen() {
    let hyphen = "7А|Мартынюк-Заславская Анна Петровна|2013-05-04";
    check(&[hyphen], &["7А|Мартынюк Заславская Анна Петровна|2013-05-04"], "1=1 name_and_date");
    check(&[hyphen], &["7А|Мартынюк - Заславская Анна Петровна|2013-05-04"], "1=1 name_and_date");
    check(&[hyphen], &["7А|Мартынюк Анна Петровна|2013-05-04"], "1*1 other_surname");
}

#[test]
fn one_pupil_in_two_classes() {
    let twice = ["7А|Иванов Пётр Ильич|2013-05-04", "7Б|Иванов Пётр Ильич|2013-05-04"];
    check(&twice, &[PETR], "-2; 1=1 name_and_date");
    check(&[PETR], &twice, "1=1 name_and_date; 2 of 1,2 wait");
    check(&twice, &[twice[1], "7В|Иванов Пётр Ильич|2013-05-04"], "1?2 name_and_date; 2=1 name_and_date");
    check(&twice, &["7В|Иванов Пётр Ильич|2013-05-04"], "1,2~1 name_and_date");
}

#[test]
fn a_patronymic_that_one_list_leaves_out() {
    check(&[PETR], &["7А|Иванов Пётр|2013-05-04"], "1=1 no_patronymic");
    check(&["7А|Иванов Пётр|2013-05-04"], &["7Б|Иванов Пётр Ильич|2013-05-04"], "1>1 no_patronymic");
    check(&["7А|Иванов Пётр"], &["7А|Иванов Пётр Ильич"], "1=1 no_patronymic_and_class");
    // Both lists have patronymics, so a missing one may be another pupil's.
    let orlov = "7А|Орлов Лев Юрьевич";
    check(
        &["7А|Иванов Пётр", orlov],
        &["7А|Иванов Пётр Ильич", orlov],
        "1?1 no_patronymic_and_class; 2=2 name_and_class",
    );
    check(
        &["7А|Иванов Пётр||01", orlov],
        &["7А|Иванов Пётр Ильич||01", orlov],
        "1=1 no_patronymic_and_class; 2=2 name_and_class",
    );
    check(&[PETR], &["7А|Иванов Пётр Львович|2012-01-01"], "+1; -1");
}

#[test]
fn step_2_name_and_class() {
    check(&["7А|Иванов Пётр Ильич"], &["7А|Иванов Петр Ильич"], "1=1 name_and_class");
    check(&["7А|Иванов Пётр Ильич"], &[PETR], "1=1 name_and_class");
    check(&[PETR], &["7А|Иванов Пётр Ильич"], "1=1 name_and_class");
}

#[test]
fn namesakes_are_never_merged_without_a_date() {
    let (first, second) = (PETR, "7А|Иванов Пётр Ильич|2013-09-09");
    let undated = "7А|Иванов Пётр Ильич";
    check(&[first, second], &[second, first], "1=2 name_and_date; 2=1 name_and_date");
    check(&[first, second], &[undated], "1,2~1 name_and_class");
    check(&[undated], &[first, second], "1~1,2 name_and_class");
    check(&[first, second], &[first, undated], "1=1 name_and_date; 2?2 name_and_class");
    check(&[first, second], &[first], "-2; 1=1 name_and_date");
    check(&[undated, "7Б|Иванов Пётр Ильич"], &["7В|Иванов Пётр Ильич", "7Г|Иванов Пётр Ильич"], "1,2~1,2 name_only");
}

#[test]
fn step_3_another_surname() {
    let anna = "7А|Иванова Анна Петровна|2013-05-04|01";
    check(&[anna], &["7А|Сидорова Анна Петровна|2013-05-04|02"], "1*1 other_surname");
    check(&[anna], &["7Б|Сидорова Анна Петровна|2013-05-04|01"], "1>1 other_surname");
    check(&[anna], &["7Б|Сидорова Анна Петровна|2013-05-04|02"], "1?1 other_surname");
    check(&[anna], &["7А|Сидорова Анна Петровна||01"], "1?1 family_and_patronymic");
    let two = ["7А|Иванова Анна Петровна|2013-05-04", "7А|Орлова Анна Петровна|2013-05-04"];
    check(&two, &["7А|Сидорова Анна Петровна|2013-05-04"], "1,2~1 other_surname");
    check(&two, &[two[0], "7А|Сидорова Анна Петровна|2013-05-04"], "1=1 name_and_date; 2?2 other_surname");
}

#[test]
fn step_4_a_letter_or_two() {
    let before = "7А|Иванов Пётр Ильич|2013-05-04|01";
    check(&[before], &["7А|Иванов Пётр Илич|2013-05-04|01"], "1*1 typo");
    check(&[before], &["7А|Иванов Пётр Илич|2013-05-04"], "1?1 typo");
    check(&[before], &["7А|Иванов Птёр Ильич|2013-05-04|01"], "1*1 typo");
    check(&[before], &["7Б|Иванов Птёр Ильич|2013-05-04|01"], "+1; -1");
    check(&[before], &["7А|Иваноф Птёр Ильич|2013-05-04|01"], "+1; -1");
    check(&["7А|Иванов Пётр Ильич"], &["7А|Иванов Пётр Илич"], "(1?1 similar_name); +1; -1");
}

#[test]
fn twins() {
    let anna = "7А|Иванова Анна Петровна|2013-05-04|01";
    let alla = "7А|Иванова Алла Петровна|2013-05-04|01";
    let others = ["8А|Орлова Анна Львовна|2012-01-01", "8А|Котова Алла Ильинична|2012-02-02"];
    check(&[anna, alla], &[alla, anna], "1=2 name_and_date; 2=1 name_and_date");
    check(&[anna], &[anna, alla], "+2; 1=1 name_and_date");
    check(&[anna, alla], &[alla], "-1; 2=1 name_and_date");
    check(&[anna, alla], &["7А|Иванова Ална Петровна|2013-05-04|01"], "1,2~1 typo");
    check(&[anna, alla], &[anna, "7А|Иванова Ална Петровна|2013-05-04|01"], "1=1 name_and_date; 2*2 typo");
    // One twin for the other: both names are names, and the telephone is that of both.
    check(
        &[anna, others[0], others[1]],
        &[alla, others[0], others[1]],
        "1?1 typo; 2=2 name_and_date; 3=3 name_and_date",
    );
    let brothers = ["7А|Иванов Пётр Ильич|2013-05-04|01", "5Б|Иванов Олег Ильич|2015-01-01|01"];
    check(&brothers, &brothers, "1=1 name_and_date; 2=2 name_and_date");
    check(&[brothers[0]], &[brothers[1]], "+1; -1");
}

#[test]
fn another_given_name_or_patronymic_is_asked_about() {
    let anna = "7А|Иванова Анна Петровна|2013-05-04|01";
    check(&[anna], &["7А|Иванова Ксения Петровна|2013-05-04|01"], "1?1 other_given");
    check(&[anna], &["7Б|Иванова Ксения Петровна|2013-05-04|01"], "+1; -1");
    check(&[anna], &["7А|Иванова Ксения Петровна|2013-05-14|01"], "+1; -1");
    check(&[anna], &["7А|Иванова Ксения Олеговна|2013-05-04|01"], "+1; -1");
    check(&["7А|Иванова Анна Петровна||01"], &["7А|Иванова Ксения Петровна||01"], "+1; -1");
    check(&[anna], &["7А|Иванова Анна Вячеславовна|2013-05-04"], "1?1 other_patronymic");
    check(&[anna], &["7Б|Иванова Анна Вячеславовна|2013-05-04"], "1?1 other_patronymic");
    check(&[anna], &["7А|Иванова Анна|2013-05-04"], "1=1 no_patronymic");
    // A twin who stays is not merged with anybody, and of two who left nobody knows which was meant.
    let vera = "7А|Иванова Вера Петровна|2013-05-04|01";
    let ksenia = "7А|Иванова Ксения Петровна|2013-05-04|01";
    check(&[anna, vera], &[vera, ksenia], "1?2 other_given; 2=1 name_and_date");
    check(&[anna, vera], &[ksenia], "1,2~1 other_given");
    check(&[anna], &[vera, ksenia], "1~1,2 other_given");
    check(&[anna], &[anna, ksenia], "+2; 1=1 name_and_date");
    let mut decisions = Decisions::default();
    let keys = |line: &str| PupilKey::of(&student(line, 0));
    decisions.keep(keys(anna), keys(ksenia), Answer::Same);
    check_decided(&[anna], &[ksenia], &decisions, "1*1 decision");
    decisions.keep(keys(anna), keys(ksenia), Answer::Different);
    check_decided(&[anna], &[ksenia], &decisions, "+1; -1");
}

#[test]
fn another_surname_beside_the_same_parent_is_asked_about() {
    let sofia = "9А|Ушакова София Кирилловна||01";
    let (renamed, vera) = ("9А|Лаптева София Кирилловна||01", "9А|Ушакова Вера Кирилловна||01");
    check(&[sofia], &[renamed], "1?1 family_and_patronymic");
    check(&["9А|Ушакова София Кирилловна|2011-05-04|01"], &[renamed], "1?1 family_and_patronymic");
    check(&[sofia], &["9А|Лаптева София Кирилловна||02"], "+1; -1");
    check(&[sofia], &["9Б|Лаптева София Кирилловна||01"], "(1?1 phone_and_given); +1; -1");
    check(&[sofia], &["9А|Лаптева София Андреевна||01"], "(1?1 phone_and_given); +1; -1");
    check(&["9А|Ушакова София||01"], &["9А|Лаптева София||01"], "(1?1 phone_and_given); +1; -1");
    // The whole name of a parent is as good as the telephone; initials are many people's.
    let by_name = |name: &str, parent: &str| format!("9А|{name} София Кирилловна||||{parent}");
    let mother = "Ушакова Инна Игоревна";
    check(&[&by_name("Ушакова", mother)], &[&by_name("Лаптева", mother)], "1?1 family_and_patronymic");
    check(&[&by_name("Ушакова", mother)], &[&by_name("Лаптева", "Котова Анна Львовна")], "+1; -1");
    check(&[&by_name("Ушакова", "Ушакова И. И.")], &[&by_name("Лаптева", "Ушакова И. И.")], "+1; -1");
    // Sisters have the parent in common, never the given name.
    let both = [renamed, "9А|Лаптева Вера Кирилловна||01"];
    check(&[sofia, vera], &both, "1?1 family_and_patronymic; 2?2 family_and_patronymic");
    check(&[sofia, vera], &[vera, renamed], "1?2 family_and_patronymic; 2=1 name_and_class");
    check(&[sofia], &[both[1]], "+1; -1");
    check(&[sofia, vera], &[vera], "-1; 2=1 name_and_class");
    check(&[sofia], &[renamed, "9А|Котова София Кирилловна||01"], "1~1,2 family_and_patronymic");
    let mut decisions = Decisions::default();
    let keys = |line: &str| PupilKey::of(&student(line, 0));
    decisions.keep(keys(sofia), keys(renamed), Answer::Same);
    check_decided(&[sofia], &[renamed], &decisions, "1*1 decision");
    decisions.keep(keys(sofia), keys(renamed), Answer::Different);
    check_decided(&[sofia], &[renamed], &decisions, "+1; -1");
}

#[test]
fn an_adopted_child_is_asked_about() {
    let petr = "7А|Дроздов Пётр Ильич|2013-05-04|01";
    check(&[petr], &["7А|Соколов Пётр Андреевич|2013-05-04|01"], "1?1 family_and_date");
    check(&[petr], &["7А|Соколов Пётр|2013-05-04|01"], "1?1 family_and_date");
    check(&[petr], &["7А|Соколов Пётр Андреевич|2013-05-04|02"], "+1; -1");
    check(&[petr], &["7А|Соколов Пётр Андреевич|2013-05-05|01"], "(1?1 phone_and_given); +1; -1");
    check(&[petr], &["7Б|Соколов Пётр Андреевич|2013-05-04|01"], "(1?1 phone_and_given); +1; -1");
    check(&[petr], &["7А|Соколов Олег Андреевич|2013-05-04|01"], "+1; -1");
    let mother = |line: &str| format!("{line}|2013-05-04|||Дроздова Инна Игоревна");
    check(&[&mother("7А|Дроздов Пётр Ильич")], &[&mother("7А|Соколов Пётр Андреевич")], "1?1 family_and_date");
}

#[test]
fn a_guardian_of_many_is_no_family() {
    let names = ["Орлов", "Котов", "Волков", "Зайцев", "Лисин", "Барсуков", "Совин", "Галкин", "Сорокин"];
    let line = |name: &str| format!("7А|{name} Ян Ильич||||Директорова Инна Игоревна");
    let before = names.map(line);
    let mut after = before.clone();
    after[8] = line("Ершов");
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
    let stay = (1..=8).map(|row| format!("{row}={row} name_and_class")).collect::<Vec<_>>().join("; ");
    check(&before, &after, &format!("+9; -9; {stay}"));
}

/// What a suggestion says, and that the way it names (the former name with a date of birth first) leads to a question.
#[track_caller]
fn check_suggested(before: &str, after: &str, reason: &str, date: &str) {
    // The row of the new list with the name of `named`.
    let dated = |named: &str| {
        let mut fields: Vec<&str> = after.split('|').collect();
        (fields[1], fields[2]) = (named.split('|').nth(1).unwrap(), date);
        student(&fields.join("|"), 0)
    };
    let matched = |old: &Student, new: &Student, expected: [usize; 2]| {
        let old = [old.clone()];
        let matching = match_students(&old, &[new], &Decisions::default());
        assert_eq!([matching.pairs.len() + matching.proposals.len(), matching.suggestions.len()], expected);
        matching.suggestions.first().map(|found| found.reason.clone())
    };
    assert_eq!(matched(&student(before, 0), &student(after, 0), [0, 1]).unwrap(), reason);
    let (first, then) = (dated(before), dated(after));
    matched(&student(before, 0), &first, [1, 0]);
    matched(&first, &then, [1, 0]);
}

#[test]
fn a_suggestion_tells_all_that_agrees_and_a_way_out() {
    let check = check_suggested;
    check(
        "7А|Павлов Илья Петрович||01",
        "7А|Громов Илья Семёнович||01",
        "совпали имя, класс и телефон родителя",
        "2013-05-04",
    );
    check(
        "7А|Дроздов Пётр Ильич|2013-05-04|01",
        "7Б|Соколов Пётр Андреевич|2013-05-04|01",
        "совпали имя, дата рождения и телефон родителя",
        "2013-05-04",
    );
    check(
        "7А|Ушакова София Кирилловна||01",
        "7Б|Лаптева София Кирилловна||01",
        "совпали имя, отчество и телефон родителя",
        "2013-05-04",
    );
    check(
        "7А|Дроздов Пётр Ильич|2013-05-04|01",
        "7А|Соколов Пётр Андреевич|2013-05-05|01",
        "совпали имя, класс и телефон родителя",
        "2013-05-04",
    );
    check("7А|Дроздов Пётр Ильич||01", "7Б|Соколов Пётр Львович||01", "совпали имя и телефон родителя", "2013-05-04");
    let similar = "класс тот же, имя отличается одной-двумя буквами, а дата рождения есть не в обоих списках";
    check("7А|Иванов Пётр Ильич|", "7А|Иванов Пётр Илич|", similar, "2013-05-04");
    check(
        "7А|Иванов Пётр Ильич||01",
        "7А|Иванов Птёр Ильич||01",
        &format!("{similar}; телефон родителя тот же"),
        "2013-05-04",
    );
}

#[test]
fn swapped_columns_and_other_dates_are_asked_about() {
    check(&[PETR], &["7А|Пётр Иванов Ильич|2013-05-04"], "1?1 swapped_parts");
    check(&[PETR], &["7А|Иванов Пётр Ильич|2013-04-05"], "1?1 other_date");
    check(&[PETR], &["7Б|Иванов Пётр Ильич|2013-04-05"], "+1; -1");
    let namesake = "7А|Иванов Пётр Ильич|2013-09-09";
    check(&[PETR, namesake], &["7А|Иванов Пётр Ильич|2013-04-05"], "1,2~1 other_date");
}

#[test]
fn step_5_another_class_without_dates() {
    check(&["7А|Иванов Пётр Ильич"], &["7Б|Иванов Пётр Ильич"], "1?1 name_only");
    check(&["7А|Иванов Пётр Ильич"], &["7Б|Иванов Пётр Ильич|2013-05-04"], "1?1 name_only");
    check(&["7А|Иванов Пётр Ильич"], &["7Б|Иванов Пётр Ильич", "7В|Иванов Пётр Ильич"], "1~1,2 name_only");
}

#[test]
fn step_6_is_a_suggestion_only() {
    let before = "7А|Иванов Пётр Ильич||01";
    check(&[before], &["8Б|Сидоров Пётр Олегович||01"], "(1?1 phone_and_given); +1; -1");
    check(&[before], &["8Б|Сидоров Олег Ильич||01"], "+1; -1");
    // The telephone of the office stands at everybody.
    let names = ["Орлов", "Котов", "Волков", "Зайцев", "Лисин", "Барсуков", "Совин", "Галкин", "Сорокин"];
    let lines = |given: &str| names.map(|name| format!("7А|{name} {given} Ильич||01"));
    let mut before: Vec<String> = lines("Ян").to_vec();
    before.push("7Б|Жук Лев Ильич||01".to_owned());
    let mut after: Vec<String> = lines("Ян").to_vec();
    after.push("7Б|Ершов Лев Олегович||01".to_owned());
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
    let found = students(&before);
    let new = students(&after);
    let matching = match_students(&found, &new.iter().collect::<Vec<_>>(), &Decisions::default());
    assert_eq!((matching.pairs.len(), matching.suggestions.len()), (9, 0));
}

#[test]
fn step_0_numbers_of_personal_files() {
    let before = ["7А|Иванова Анна|2013-05-04||Л-7", "7А|Орлов Лев|2013-01-01||Л-9"];
    let after = ["7Б|Сидорова Анна|2013-05-04||л 7", "7А|Орлов Лев|2013-01-01||Л-9"];
    check(&before, &after, "1>1 stable_id; 2=2 stable_id");
    // Numbers that are not unique, not common or not everybody's are worth nothing.
    check(&before, &["7Б|Сидорова Анна|2013-05-04||Л-9", after[1]], "1?1 other_surname; 2=2 name_and_date");
    check(&before, &["7Б|Сидорова Анна|2013-05-04||", after[1]], "1?1 other_surname; 2=2 name_and_date");
    check(&before, &["7А|Орлов Лев|2013-01-01||Л-7"], "-1; 2=1 name_and_date");
    // Numbers of rows: who stands in the second row is another pupil.
    let rows = ["7А|Абрамов Ян|||1", "7А|Орлов Лев|||2"];
    check(&rows, &["7А|Борин Ян|||1", "7А|Орлов Лев|||2"], "+1; -1; 2=2 name_and_class");
}

#[test]
fn numbers_that_are_not_used_are_explained() {
    let remark = |before: &[&str], after: &[&str]| {
        let (before, after) = (students(before), students(after));
        let matching = match_students(&before, &after.iter().collect::<Vec<_>>(), &Decisions::default());
        matching.stable_ids.map(|remark| remark.to_string())
    };
    let before = ["7А|Иванова Анна|2013-05-04||Л-7", "7А|Орлов Лев|2013-01-01||Л-9"];
    assert_eq!(remark(&before, &["7А|Орлов Лев|2013-01-01"]), None);
    assert_eq!(
        remark(&before, &["7А|Орлов Лев|2013-01-01||Л-7"]).unwrap(),
        "Номера личных дел не использованы: под одним номером стоят разные ученики \
         (7.xlsx, лист «Лист1», ячейка B1; 7.xlsx, лист «Лист1», ячейка B1)."
    );
    assert_eq!(
        remark(&before, &["7А|Орлов Лев|2013-01-01||17"]).unwrap(),
        "Номера личных дел не использованы: в двух списках нет ни одного общего номера."
    );
    let rows = ["7А|Абрамов Ян|||1", "7А|Орлов Лев|||2"];
    assert_eq!(remark(&rows, &rows).unwrap(), "Номера личных дел не использованы: это порядковые номера строк.");
}

#[test]
fn answers_are_followed() {
    let (before, after) = ("7А|Иванов Пётр Ильич", "7Б|Иванов Пётр Ильич");
    let keys = |before: &str, after: &str| (PupilKey::of(&student(before, 0)), PupilKey::of(&student(after, 0)));
    let mut decisions = Decisions::default();
    let (old, new) = keys(before, after);
    decisions.keep(old.clone(), new.clone(), Answer::Same);
    check_decided(&[before], &[after], &decisions, "1>1 decision");
    decisions.keep(old, new, Answer::Different);
    check_decided(&[before], &[after], &decisions, "+1; -1");
    let other = "7В|Иванов Пётр Ильич";
    check_decided(&[before], &[after, other], &decisions, "+1; 1?2 name_only");
    let (old, new) = keys(PETR, PETR);
    decisions.keep(old, new, Answer::Different);
    check_decided(&[PETR], &[PETR], &decisions, "+1; -1");
}

#[test]
fn a_class_that_goes_up_or_is_renamed_is_still_the_class() {
    let class = |class: &str, extra: &str| -> Vec<String> {
        let names = ["Абрамов Ян", "Борин Лев", "Волин Глеб", "Гусев Олег"];
        let dated = names.iter().zip(1..).map(|(name, day)| format!("{class}|{name}|2013-01-0{day}"));
        dated.chain([format!("{class}|{extra}")]).collect()
    };
    let check_moved = |from: [&str; 2], to: [&str; 2], expected: &str| {
        let (before, after) = (class(from[0], from[1]), class(to[0], to[1]));
        let (before, after): (Vec<&str>, Vec<&str>) =
            (before.iter().map(String::as_str).collect(), after.iter().map(String::as_str).collect());
        let four = (1..=4).map(|row| format!("{row}>{row} name_and_date")).collect::<Vec<_>>().join("; ");
        check(&before, &after, &format!("{four}; {expected}"));
    };
    check_moved(["7А", "Иванов Пётр"], ["8А", "Иванов Пётр"], "5>5 name_and_class");
    check_moved(["7А", "Иванов Пётр"], ["7Б", "Иванов Пётр"], "5>5 name_and_class");
    check_moved(["7А", "Иванова Анна|2013-05-04"], ["8А", "Сидорова Анна|2013-05-04"], "5>5 other_surname");
}

#[test]
fn the_name_of_a_class_is_another_class_in_the_new_year() {
    // One boy of 7А and one of 6А have the same name; nobody has a date of birth.
    let before =
        ["7А|Иванов Пётр", "6А|Иванов Пётр", "7А|Абрамов Ян", "7А|Борин Лев", "6А|Волин Глеб", "6А|Гусев Олег"];
    let after = ["8А|Иванов Пётр", "7А|Иванов Пётр", "8А|Абрамов Ян", "8А|Борин Лев", "7А|Волин Глеб", "7А|Гусев Олег"];
    check(&before, &after, "1,2~1,2 name_only; 3?3 name_only; 4?4 name_only; 5?5 name_only; 6?6 name_only");
}

/// A class of so many pupils with dates of birth.
fn class(name: &str, pupils: u32) -> Vec<Student> {
    let letters: Vec<char> = ('а'..='я').collect();
    let letter = |number: u32| letters[number as usize % 30];
    (0..pupils)
        .map(|number| {
            let (first, second) = (letter(number), letter(number * 7 + 3));
            let line = format!("{name}|Ив{first}{second}нов Пётр|2013-{:02}-{:02}", number % 12 + 1, number % 28 + 1);
            let mut student = student(&line, number);
            // Pupils of different classes are different people.
            student.name.surname.push_str(&student.class.litera().to_lowercase());
            student.name.given.push_str(&"я".repeat(usize::from(student.class.grade())));
            student.name.given.push_str(&student.class.litera().to_lowercase());
            student
        })
        .collect()
}

fn school(classes: &[(&str, u32)]) -> Vec<Student> {
    classes.iter().flat_map(|(name, pupils)| class(name, *pupils)).collect()
}

/// Moves everybody into the class that `to` names.
fn moved(mut students: Vec<Student>, to: impl Fn(&str) -> Option<String>) -> Vec<Student> {
    students.retain_mut(|student| match to(&student.class.to_string()) {
        Some(class) => {
            student.class = class.parse().unwrap();
            true
        }
        None => false,
    });
    students
}

#[track_caller]
fn check_verdict(before: &[Student], after: &[Student], expected: &str) {
    let after: Vec<&Student> = after.iter().collect();
    let matching = match_students(before, &after, &Decisions::default());
    let assessment = assess(&matching, super::Intake::default(), &Limits::default());
    let breaches: Vec<&str> = assessment.breaches.iter().map(super::Breach::id).collect();
    assert_eq!(format!("{} {}", assessment.verdict.id(), breaches.join(" ")).trim_end(), expected);
    assert_eq!(assessment.removals, matching.removed.len());
}

#[test]
fn ordinary_changes() {
    let before = school(&[("7А", 25), ("7Б", 25), ("8А", 24)]);
    check_verdict(&before, &before, "ok");
    check_verdict(&before, &before[3..], "ok");
    check_verdict(&[], &before, "ok");
    let mut moved = before.clone();
    moved[0].class = "7Б".parse().unwrap();
    moved.truncate(72);
    check_verdict(&before, &moved, "ok");
    let mut asked = before.clone();
    asked[0].birth_date = None;
    asked[0].class = "7Б".parse().unwrap();
    check_verdict(&before, &asked, "needs_review");
}

#[test]
fn too_many_are_gone() {
    let before = school(&[("7А", 25), ("7Б", 25), ("8А", 24)]);
    check_verdict(&before, &before[4..], "needs_review class_removals");
    check_verdict(&before, &before[25..], "refuse_mass_removal school_removals missing_classes");
    check_verdict(&before, &before[50..], "refuse_mass_removal school_removals missing_classes");
    check_verdict(&before, &[], "refuse_mass_removal school_removals missing_classes");
    let thinned: Vec<Student> =
        before.iter().enumerate().filter(|(at, _)| at % 9 != 0).map(|(_, student)| student.clone()).collect();
    check_verdict(&before, &thinned, "refuse_mass_removal school_removals");
}

#[test]
fn removals_are_held_above_the_limits() {
    let before = school(&[("7А", 25), ("7Б", 25)]);
    let after: Vec<&Student> = before[6..].iter().collect();
    let matching = match_students(&before, &after, &Decisions::default());
    let assessment = assess(&matching, super::Intake::default(), &Limits::default());
    assert_eq!((assessment.holds_removals(), assessment.removals), (true, 6));
    assert!(!assessment.stops_everything());
    let unreadable = assess(&matching, super::Intake { unreadable_rows: 6 }, &Limits::default());
    assert!(unreadable.stops_everything());
    let generous = Limits { class_removals: super::Allowance { number: 10, share: 10 }, ..Limits::default() };
    let generous = Limits { school_removals: super::Allowance { number: 10, share: 10 }, ..generous };
    assert!(!assess(&matching, super::Intake::default(), &generous).holds_removals());
}

#[test]
fn classes_that_were_renamed_merged_or_split_are_not_gone() {
    let before = school(&[("7А", 25), ("7Б", 20), ("8А", 24)]);
    let renamed = moved(before.clone(), |class| Some(if class == "7А" { "7В" } else { class }.to_owned()));
    check_verdict(&before, &renamed, "ok");
    let swapped = moved(before.clone(), |class| {
        Some(match class {
            "7А" => "7Б".to_owned(),
            "7Б" => "7А".to_owned(),
            other => other.to_owned(),
        })
    });
    check_verdict(&before, &swapped, "ok");
    let merged = moved(before.clone(), |class| Some(if class == "7Б" { "7А" } else { class }.to_owned()));
    check_verdict(&before, &merged, "ok");
    check_verdict(&merged, &before, "ok");
}

#[test]
fn a_new_school_year() {
    let before = school(&[("1А", 20), ("5А", 20), ("8А", 20), ("9А", 20), ("10А", 15), ("11А", 20)]);
    let up = |class: &str| match class {
        "1А" => Some("2А".to_owned()),
        "5А" => Some("6Б".to_owned()),
        "8А" => Some("9А".to_owned()),
        "10А" => Some("11А".to_owned()),
        _ => None,
    };
    let mut after = moved(before.clone(), up);
    after.extend(class("1Я", 25));
    check_verdict(&before, &after, "rollover");
    let without_fifth = moved(after, |class| (class != "6Б").then(|| class.to_owned()));
    check_verdict(&before, &without_fifth, "refuse_mass_removal missing_classes");
    let undated = |students: Vec<Student>| -> Vec<Student> {
        students.into_iter().map(|student| Student { birth_date: None, ..student }).collect()
    };
    check_verdict(&undated(before.clone()), &undated(moved(before, up)), "rollover");
}

#[test]
fn shifted_columns_stop_everything() {
    let before = school(&[("7А", 25), ("7Б", 25)]);
    let mut swapped = before.clone();
    for student in &mut swapped {
        std::mem::swap(&mut student.name.surname, &mut student.name.given);
    }
    check_verdict(&before, &swapped, "needs_review renames");
    let mut spoilt = before.clone();
    spoilt.iter_mut().take(3).for_each(|student| student.name.surname.push('ъ'));
    check_verdict(&before, &spoilt, "ok");
    for student in &mut spoilt {
        student.name.surname.push('ъ');
    }
    check_verdict(&before, &spoilt, "needs_review renames");
    // Neither may other people's surnames in a list without dates become fifty questions.
    let families = |surname: &str| -> Vec<Student> {
        let mut students = school(&[("7А", 25), ("7Б", 25)]);
        for (student, number) in students.iter_mut().zip(10..) {
            student.birth_date = None;
            student.name.surname = format!("{surname}{number}");
            student.name.given = format!("Имя{number}");
            student.name.patronymic = Some("Ильич".to_owned());
            student.guardians = super::tests::student(&format!("7А|Ли Ян||{number}"), 0).guardians;
        }
        students
    };
    check_verdict(&families("Иванов"), &families("Сдвинутый"), "needs_review renames");
}

#[test]
fn a_class_without_its_section_rows() {
    let before = school(&[("7А", 25)]);
    check_verdict(&before, &school(&[("7А", 61)]), "needs_review class_size");
}

#[test]
fn one_pupil_in_two_classes_is_taken_in_once() {
    let (other, orlov) = ("7Б|Иванов Пётр Ильич|2013-05-04", "7А|Орлов Лев|2013-06-05");
    // Known in one of the two: this row stays, the other waits.
    check(&[PETR], &[PETR, other], "1=1 name_and_date; 2 of 1,2 wait");
    check(&["7А|Иванов Пётр Ильич"], &[PETR, other], "1=1 name_and_class; 2 of 1,2 wait");
    // Known in neither, or nowhere.
    check(&["8В|Иванов Пётр Ильич|2013-05-04"], &[PETR, other], "1~1,2 in_two_classes");
    check(&[orlov], &[orlov, PETR, other], "1=1 name_and_date; 2,3 of 2,3 wait");
    // The lists are put right.
    check(&[PETR], &[other], "1>1 name_and_date");
    // Both are recorded.
    check(&[PETR, other], &[PETR, other], "1=1 name_and_date; 2=2 name_and_date");
    // Namesakes.
    check(&[PETR], &[PETR, "7Б|Иванов Пётр Ильич|2013-05-05"], "+2; 1=1 name_and_date");
    check(&["7А|Иванов Пётр Ильич"], &["7А|Иванов Пётр Ильич", "7Б|Иванов Пётр Ильич"], "+2; 1=1 name_and_class");
}

#[test]
fn a_number_that_stands_twice_for_one_pupil_is_trusted_for_the_others() {
    let (one, other) = ("7А|Иванов Пётр Ильич|||Л-1001", "7Б|Иванов Пётр Ильич|||Л-1001");
    let (ivan, renamed) = ("7А|Петров Иван|2013-06-05||Л-1002", "7Б|Сидоров Иван|2013-06-05||Л-1002");
    check(&[one, ivan], &[one, other, renamed], "1=1 name_and_class; 2 of 1,2 wait; 2>3 stable_id");
    // Numbers of rows.
    check(
        &["7А|Иванов Пётр Ильич|||1"],
        &["7А|Иванов Пётр Ильич|||1", "7Б|Иванов Пётр Ильич|||1"],
        "+2; 1=1 name_and_class",
    );
}

#[test]
fn namesakes_of_one_class_get_their_dates() {
    let (one, other) = ("7А|Иванов Пётр||01", "7А|Иванов Пётр||02");
    check(&[one, other], &[one, other], "1=1 name_and_class; 2=2 name_and_class");
    check(
        &[one, other],
        &["7А|Иванов Пётр|2013-05-04|02", "7А|Иванов Пётр|2013-05-05|01"],
        "1=2 name_and_class; 2=1 name_and_class",
    );
}
