//! A list that cannot be true: the program stops, names the number to type, and nothing has happened.

use std::collections::BTreeMap;

use zavuch::school::PersonId;

use crate::call::Answer;
use crate::generate::SURNAMES;
use crate::small_school::{Colleague, FIRST, ListForm, SECOND, SmallSchool};

const CLASSES: [(&str, usize); 4] = [("5А", 8), ("6А", 7), ("7А", 9), ("7Б", 6)];

fn apply(school: &SmallSchool, allowed: &str) -> Answer {
    school.call(&["применить", "школа", "--date", SECOND, "--allow-removals", allowed])
}

/// The ids of the pupils by their names.
fn ids(school: &SmallSchool) -> BTreeMap<String, PersonId> {
    let state = school.state();
    state.roster.students().map(|pupil| (pupil.name.to_string(), pupil.id.expect("an id"))).collect()
}

#[test]
fn a_part_of_the_school() {
    let mut school = SmallSchool::issued(&CLASSES);
    school.pupils.retain(|pupil| pupil.class == "5А");
    school.save_lists(ListForm::Csv);
    let before = school.stamps();
    for command in ["план", "применить", "выполнить"] {
        let answer = school.call(&[command, "школа", "--date", SECOND]);
        let said = answer.stderr.replace('\u{a0}', " ");
        assert_eq!((answer.status, answer.stdout.as_str()), (5, ""), "{said}");
        for sentence in
            ["Из школы пропало 22 ученика из 30", "Скорее всего, дана только часть школы", "--allow-removals 22"]
        {
            assert!(said.contains(sentence), "«{sentence}» is not in\n{said}");
        }
        assert!(said.contains(&format!("zavuch {command} \"школа\" --allow-removals 22")), "{said}");
        assert!(school.stamps() == before, "{command} changed something");
    }
    for wrong in ["21", "23", "0"] {
        let answer = apply(&school, wrong);
        assert_eq!(answer.status, 5, "{wrong}: {}", answer.shown());
        assert!(school.stamps() == before, "a wrong number changed something");
    }
    let json = school.call(&["применить", "школа", "--date", SECOND, "--json"]);
    assert_eq!(json.status, 5, "{}", json.shown());

    // They are gone indeed: then the staff table must not name their classes any more.
    let answer = apply(&school, "22");
    assert_eq!(answer.status, 1, "{}", answer.shown());
    assert!(answer.stderr.contains("Класса 6А нет ни в одном списке"), "{}", answer.stderr);
    assert!(school.stamps() == before);
    for one in &mut school.staff {
        one.class = Some("5А").filter(|class| one.class == *class).unwrap_or_default().to_owned();
    }
    school.save_staff();
    assert_eq!(apply(&school, "21").status, 5);
    let answer = apply(&school, "22");
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert_eq!(school.state().roster.students().count(), 8);
    assert_eq!(
        school.call(&["план", "школа", "--date", SECOND, "--check"]).status,
        0,
        "the number is not asked for again"
    );
}

#[test]
fn a_class_that_lost_too_many() {
    let mut school = SmallSchool::issued(&CLASSES);
    for name in school.names("7А").into_iter().take(4) {
        school.leave(&name);
    }
    school.save_lists(ListForm::Csv);
    let before = school.stamps();
    let answer = school.apply(SECOND);
    let said = answer.stderr.replace('\u{a0}', " ");
    assert_eq!(answer.status, 5, "{said}");
    assert!(said.contains("Из класса 7А пропало 4 ученика из 9, без подтверждения допускается 3."), "{said}");
    assert!(school.stamps() == before);
    assert_eq!(apply(&school, "3").status, 5);
    let answer = apply(&school, "4");
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert_eq!(school.state().roster.students().count(), 26);
}

/// Half of the staff table was deleted: the moderators would be told to remove colleagues who work there still.
#[test]
fn a_part_of_the_staff() {
    let mut school = SmallSchool::of(&CLASSES);
    let colleague = |number: usize| Colleague {
        name: format!("{} Мария Олеговна", SURNAMES[number]),
        post: "учитель",
        role: "",
        email: format!("teacher{number}@example.org"),
        class: String::new(),
    };
    school.staff.extend((0..12).map(colleague));
    school.save_staff();
    school.applied(FIRST);
    let size = school.staff.len();

    // A new surname at the old address is no departure.
    school.staff.last_mut().expect("a colleague").name = "Переименованная Мария Олеговна".to_owned();
    school.staff.retain(|one| !one.email.starts_with("teacher") || one.email == "teacher11@example.org");
    school.save_staff();
    let before = school.stamps();
    for command in ["план", "применить", "выполнить"] {
        let answer = school.call(&[command, "школа", "--date", SECOND]);
        let said = answer.stderr.replace('\u{a0}', " ");
        assert_eq!((answer.status, answer.stdout.as_str()), (5, ""), "{said}");
        for sentence in [
            format!("Из штата пропало 11 сотрудников из {size}, без подтверждения допускается 5."),
            format!("zavuch {command} \"школа\" --allow-removals 11"),
        ] {
            assert!(said.contains(&sentence), "«{sentence}» is not in\n{said}");
        }
        assert!(said.contains("и ещё 1") && !said.contains("списки» лежат"), "{said}");
        assert!(school.stamps() == before, "{command} changed something");
    }
    assert_eq!(apply(&school, "10").status, 5);

    // Pupils and staff together are one number.
    for name in school.names("7А").into_iter().take(4) {
        school.leave(&name);
    }
    school.save_lists(ListForm::Csv);
    for wrong in ["4", "11"] {
        assert_eq!(apply(&school, wrong).status, 5, "{wrong}");
    }
    let answer = apply(&school, "15");
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert_eq!(school.call(&["план", "школа", "--date", SECOND, "--check"]).status, 0);
}

/// Three may leave a class in a week: no number is asked for.
#[test]
fn what_happens_every_week_needs_no_number() {
    let mut school = SmallSchool::issued(&CLASSES);
    for name in school.names("7А").into_iter().take(3) {
        school.leave(&name);
    }
    school.save_lists(ListForm::Csv);
    school.applied(SECOND);
    assert_eq!(school.state().roster.students().count(), 27);
}

#[test]
fn a_list_without_pupils() {
    let mut school = SmallSchool::issued(&CLASSES);
    school.pupils.clear();
    school.save_lists(ListForm::Csv);
    let before = school.stamps();
    for command in ["план", "применить", "выполнить"] {
        let answer = school.call(&[command, "школа", "--date", SECOND, "--allow-removals", "30"]);
        assert_eq!(answer.status, 1, "{}", answer.shown());
        assert!(answer.stderr.contains("нет ни одного ученика"), "{}", answer.stderr);
        assert!(school.stamps() == before);
    }
}

/// The column of surnames was sorted apart from the others.
#[test]
fn columns_that_shifted() {
    let mut school = SmallSchool::issued(&CLASSES);
    let mut surnames: Vec<String> =
        school.pupils.iter().map(|pupil| pupil.name.split(' ').next().expect("a surname").to_owned()).collect();
    surnames.rotate_left(1);
    for (pupil, surname) in school.pupils.iter_mut().zip(surnames) {
        let rest = pupil.name.split_once(' ').expect("a given name").1;
        pupil.name = format!("{surname} {rest}");
    }
    school.save_lists(ListForm::Csv);
    let before = school.stamps();
    let answer = school.apply(SECOND);
    let said = answer.stderr.replace('\u{a0}', " ");
    assert_eq!(answer.status, 5, "{said}");
    assert!(said.contains("сдвинуты или перепутаны столбцы"), "{said}");
    assert!(said.contains("числом это не подтвердить") && !said.contains("--allow-removals"), "{said}");
    for number in ["0", "30"] {
        assert_eq!(apply(&school, number).status, 5, "no number helps");
    }
    assert!(school.stamps() == before);
}

/// «ё» and «е», an accent, capitals, a doubled blank, a slip of the pen: nobody is made anew.
#[test]
fn spellings_make_nobody_new() {
    let mut school = SmallSchool::issued(&CLASSES);
    let before = ids(&school);
    let mut changed = 0;
    for pupil in &mut school.pupils {
        let name = pupil.name.clone();
        pupil.name = match changed {
            0 if name.contains('ё') => name.replace('ё', "е"),
            1 => name.to_uppercase(),
            2 => name.replace(' ', "  "),
            3 => name.replacen('о', "о\u{301}", 1),
            // One letter too many; the telephone of the mother is the same.
            4 => name.replacen(' ', "в ", 1),
            _ => continue,
        };
        changed += 1;
    }
    assert_eq!(changed, 5);
    school.save_lists(ListForm::Csv);
    let planned = school.planned(SECOND, &["arrived", "left", "moved_in", "moved_out"]);
    assert_eq!(planned, Vec::<String>::new());
    school.applied(SECOND);
    let after = ids(&school);
    assert_eq!(after.len(), 30);
    assert_eq!(before.values().collect::<std::collections::BTreeSet<_>>(), after.values().collect());
}
