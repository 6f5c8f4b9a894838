//! Each issue that two tables can give together.

use std::collections::BTreeMap;

use super::{cross_check, tell_of_successors};
use crate::school::{
    ClassName, Group, GroupKind, Groups, Guardian, Issue, Lesson, PersonName, Place, Roster, SchoolClass, Staff,
    StaffMember, StaffRole, Student, TeachingLoad,
};

pub(super) fn name(text: &str) -> PersonName {
    let mut words = text.split(' ');
    let mut word = || words.next().unwrap_or_default();
    PersonName::new(word(), word(), word())
}

fn class(text: &str) -> ClassName {
    text.parse().expect("a class")
}

/// Classes with one pupil each, «7А: homeroom teacher».
pub(super) fn roster(classes: &[(&str, &str)]) -> Roster {
    let class = |&(text, homeroom): &(&str, &str)| {
        let place = Place::sheet(format!("списки/{text}.xlsx"), "Лист1").at(3, 1);
        let mother =
            Guardian {
                id: None, name: Some(name("Иванова Мария Петровна")), kinship: None, phone: None, email: None
            };
        let pupil = Student {
            id: None,
            class: class(text),
            name: name("Иванов Иван Ильич"),
            birth_date: None,
            school: None,
            stable_id: None,
            guardians: vec![mother],
            place,
        };
        let homeroom = (!homeroom.is_empty()).then(|| name(homeroom));
        (class(text), SchoolClass { name: class(text), homeroom, students: vec![pupil] })
    };
    Roster { classes: classes.iter().map(class).collect::<BTreeMap<_, _>>() }
}

/// Staff members, «name: homeroom class: address».
pub(super) fn staff(members: &[(&str, &str, &str)]) -> Staff {
    let member = |(&(text, homeroom, email), row): (&(&str, &str, &str), u32)| StaffMember {
        name: name(text),
        post: "учитель".to_owned(),
        role: StaffRole::Teacher,
        email: email.parse().ok(),
        subjects: Vec::new(),
        homeroom: homeroom.split_whitespace().map(class).collect(),
        homeroom_place: Place::file("штат.xlsx").at(row, 3),
        place: Place::file("штат.xlsx").at(row, 0),
    };
    Staff { members: members.iter().zip(1..).map(member).collect() }
}

fn lesson(text: &str, teacher: &str) -> TeachingLoad {
    let place = |column| Place::file("нагрузка.xlsx").at(1, column);
    let lesson = Lesson {
        class: class(text),
        subject: "Физика".to_owned(),
        teacher: name(teacher),
        group: None,
        place: place(1),
        class_place: place(0),
        teacher_place: place(2),
    };
    TeachingLoad { lessons: vec![lesson.clone(), lesson] }
}

fn group(kind: GroupKind, leader: &str, classes: &str, people: &[&str]) -> Groups {
    let place = |column| Place::file("группы.xlsx").at(1, column);
    let group = Group {
        kind,
        title: "Шахматы".to_owned(),
        leader: (!leader.is_empty()).then(|| name(leader)),
        classes: classes.split_whitespace().map(class).collect(),
        people: people.iter().map(|text| name(text).into()).collect(),
        place: place(1),
        leader_place: place(2),
        classes_place: place(3),
        people_place: place(4),
    };
    Groups { groups: vec![group] }
}

const PETROVA: (&str, &str, &str) = ("Петрова Ольга Сергеевна", "7А", "petrova@example.org");

#[track_caller]
pub(super) fn check(issues: &[Issue], expected: &[&str]) {
    let shown = issues.iter().map(|issue| format!("{}: {issue}", issue.kind.id())).collect::<Vec<_>>();
    assert_eq!(shown, expected);
}

#[track_caller]
fn check_staff(roster: &Roster, staff: &Staff, expected: &[&str]) {
    check(&cross_check(roster, staff, &TeachingLoad::default(), &Groups::default()), expected);
}

#[test]
fn tables_that_agree_are_silent() {
    let groups = group(
        GroupKind::Course,
        "Петрова О. С.",
        "7А",
        &["Иванов Иван", "Иванов Иван Ильич", "Иванова Мария Петровна", "Петрова Ольга Сергеевна"],
    );
    let roster = roster(&[("7А", "Петрова О. С.")]);
    check(&cross_check(&roster, &staff(&[PETROVA]), &lesson("7А", "Петрова О. С."), &groups), &[]);
}

#[test]
fn unknown_classes_are_told_once_for_each_table() {
    let staff = staff(&[PETROVA, ("Котова Анна Ильинична", "7Г", "kotova@example.org")]);
    let groups = group(GroupKind::Course, "", "1А", &[]);
    let issues = cross_check(
        &roster(&[("7А", ""), ("11Б", "Котова Анна Ильинична")]),
        &staff,
        &lesson("8Б", "Петрова О. С."),
        &groups,
    );
    check(
        &issues,
        &[
            "unknown_class: штат.xlsx, ячейка D3: Класса 7Г нет ни в одном списке. \
         Исправьте класс (ближайший в списках — 7А) или добавьте список класса 7Г.",
            "unknown_class: нагрузка.xlsx, ячейка A2: Класса 8Б нет ни в одном списке; он стоит ещё в 1\u{a0}ячейке. \
         Исправьте класс (ближайший в списках — 11Б) или добавьте список класса 8Б.",
            "unknown_class: группы.xlsx, ячейка D2: Класса 1А нет ни в одном списке. \
         Исправьте класс (ближайший в списках — 7А) или добавьте список класса 1А.",
        ],
    );
}

#[test]
fn a_class_that_went_up_is_told_by_its_name_of_now() {
    let groups = group(GroupKind::Course, "", "5Б, 5", &[]);
    let lists = roster(&[("6А", ""), ("6Б", ""), ("6В", "")]);
    let mut issues = cross_check(&lists, &staff(&[]), &TeachingLoad::default(), &groups);
    issues.retain(|issue| issue.kind == crate::school::IssueKind::UnknownClass);
    tell_of_successors(&mut issues, &[(class("5Б"), class("6В"))].into());
    check(
        &issues,
        &[
            "unknown_class: группы.xlsx, ячейка D2: Класса 5Б нет ни в одном списке. Класс перешёл: 5Б в этом учебном году — \
             6В. Исправьте класс в таблице.",
            "unknown_class: группы.xlsx, ячейка D2: Класса 5 нет ни в одном списке. Исправьте класс (ближайший в списках — \
             6А) или добавьте список класса 5.",
        ],
    );
}

#[test]
fn homeroom_teachers() {
    let none = "no_homeroom_teacher: списки/7Б.xlsx, лист «Лист1»: У класса 7Б нет классного руководителя. \
                Впишите класс в столбец «Классное руководство» таблицы штата: иначе письмо некому отправить.";
    check_staff(&roster(&[("7А", ""), ("7Б", "")]), &staff(&[PETROVA]), &[none]);

    let two = staff(&[PETROVA, ("Котова Анна Ильинична", "7А", "kotova@example.org")]);
    check_staff(
        &roster(&[("7А", "")]),
        &two,
        &["two_homeroom_teachers: штат.xlsx, ячейка D3: У класса 7А два классных руководителя: \
         Петрова Ольга Сергеевна (штат.xlsx, ячейка D2) и Котова Анна Ильинична. Оставьте класс у одного из них."],
    );

    check_staff(
        &roster(&[("7А", "Котова Анна Ильинична")]),
        &staff(&[PETROVA]),
        &["person_conflict: штат.xlsx, ячейка A2: Классный руководитель 7А: в штате — Петрова Ольга Сергеевна, \
         в списке класса — Котова Анна Ильинична. Взят тот, кто указан в штате (Петрова Ольга Сергеевна); \
         исправьте лишнюю запись."],
    );
}

#[test]
fn addresses_of_homeroom_teachers() {
    let without = staff(&[("Петрова Ольга Сергеевна", "7А", "")]);
    let message = "no_address: штат.xlsx, ячейка A2: У классного руководителя 7А (Петрова Ольга Сергеевна) нет адреса \
                   электронной почты. Впишите адрес в штат: бумаги класса будут сделаны, но письмо без адреса не отправить.";
    check_staff(&roster(&[("7А", "")]), &without, &[message]);

    let elsewhere = staff(&[("Петрова Ольга Сергеевна", "", "petrova@example.org")]);
    check_staff(&roster(&[("7А", "Петрова Ольга Сергеевна")]), &elsewhere, &[]);
    check_staff(
        &roster(&[("7А", "Петрова Ольга Сергевна")]),
        &elsewhere,
        &["no_address: списки/7А.xlsx, лист «Лист1»: Классного руководителя 7А (Петрова Ольга Сергевна) нет в штате, \
         поэтому нет и адреса для письма. Возможно, это Петрова Ольга Сергеевна: исправьте имя или впишите 7А в штат."],
    );
}

#[test]
fn unknown_teachers_are_told_once_with_the_nearest_name() {
    let issues = cross_check(
        &roster(&[("7А", "")]),
        &staff(&[PETROVA]),
        &lesson("7А", "Питрова Ольга Сергеевна"),
        &Groups::default(),
    );
    check(
        &issues,
        &["unknown_teacher: нагрузка.xlsx, ячейка C2: В штате нет сотрудника Питрова Ольга Сергеевна. \
         Возможно, это Петрова Ольга Сергеевна: исправьте имя."],
    );
    let groups = group(GroupKind::Event, "Волков Пётр Ильич", "", &[]);
    let issues = cross_check(&roster(&[("7А", "")]), &staff(&[PETROVA]), &TeachingLoad::default(), &groups);
    check(
        &issues,
        &["unknown_teacher: группы.xlsx, ячейка C2: В штате нет сотрудника Волков Пётр Ильич. \
         Исправьте имя или добавьте сотрудника в штат."],
    );
}

#[test]
fn unknown_people_of_a_group() {
    let groups = group(GroupKind::ParentsCouncil, "", "", &["Сидорова Анна Петровна", "Иванова Мария Петровна"]);
    let issues = cross_check(&roster(&[("7А", "")]), &staff(&[PETROVA]), &TeachingLoad::default(), &groups);
    check(
        &issues,
        &[
            "unknown_person: группы.xlsx, ячейка E2: Группа «Шахматы»: ни в списках, ни в штате нет — Сидорова Анна Петровна. \
         Исправьте имена так, как они записаны в списках классов или в штате.",
        ],
    );
    let mut without_parents = roster(&[("7А", "")]);
    without_parents.classes.values_mut().for_each(|class| class.students[0].guardians.clear());
    check(&cross_check(&without_parents, &staff(&[PETROVA]), &TeachingLoad::default(), &groups), &[]);
}
