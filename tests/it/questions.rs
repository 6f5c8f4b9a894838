//! Whether two rows are one pupil, where the program cannot know: it lists the question, goes on, and nobody is touched.

use crate::small_school::{ListForm, SECOND, SmallSchool};

const CLASSES: [(&str, usize); 4] = [("5А", 6), ("6А", 6), ("7А", 7), ("7Б", 6)];

/// A school whose lists have no dates of birth and no telephones.
fn without_dates() -> SmallSchool {
    let mut school = SmallSchool::of(&CLASSES);
    for pupil in &mut school.pupils {
        pupil.birth = String::new();
        pupil.phone = String::new();
    }
    school
}

fn classes_of(school: &SmallSchool, name: &str) -> Vec<String> {
    let state = school.state();
    let found = state.roster.students().filter(|pupil| pupil.name.to_string().starts_with(name));
    found.map(|pupil| pupil.class.to_string()).collect()
}

/// The question is in the plan, the plan is done, the pupils stay, no file is touched.
#[track_caller]
fn check_waits(school: &SmallSchool, names: &[&str]) {
    let before = school.stamps();
    let stay: Vec<_> = names.iter().map(|name| classes_of(school, name)).collect();
    let plan = school.plan(SECOND);
    assert_eq!(plan.status, 0, "{}", plan.shown());
    for name in names {
        assert!(plan.stdout.contains(name), "{name} is not in\n{}", plan.stdout);
    }
    let json = school.plan_json(SECOND);
    assert_ne!(json["people"]["ambiguous"].as_array().expect("questions").len(), 0, "{}", json["people"]);
    let applied = school.applied(SECOND);
    for name in names {
        assert!(applied.stdout.contains(name), "{name} is not in\n{}", applied.stdout);
    }
    let now: Vec<_> = names.iter().map(|name| classes_of(school, name)).collect();
    assert_eq!(now, stay, "nobody is moved, made or removed");
    let differs = |(name, stamp): &(&String, &(Vec<u8>, std::time::SystemTime))| {
        name.starts_with("выдача/") && school.stamps().get(*name) != Some(*stamp)
    };
    assert_eq!(before.iter().find(differs).map(|(name, _)| name), None, "a file was touched");
}

#[test]
fn another_class_and_only_the_name_is_known() {
    let mut school = without_dates();
    school.save_lists(ListForm::Csv);
    school.applied("2026-09-01");
    let name = school.names("7А")[2].clone();
    school.pupil(&name).class = "7Б".to_owned();
    school.save_lists(ListForm::Csv);
    check_waits(&school, &[&name]);
    assert_eq!(classes_of(&school, &name), ["7А"]);
}

/// Two of one name were in 7А and 7Б, and two of that name are in 5А and 6А now: who is who?
#[test]
fn two_namesakes_who_both_moved() {
    let mut school = without_dates();
    let [one, other] = [school.names("7А")[2].clone(), school.names("7Б")[4].clone()];
    let name = school.pupil(&one).name.clone();
    school.pupil(&other).name = name;
    school.save_lists(ListForm::Csv);
    school.applied("2026-09-01");
    assert_eq!(classes_of(&school, &one), ["7А", "7Б"]);
    let namesakes = school.pupils.iter_mut().filter(|pupil| pupil.name.starts_with(&one));
    for (pupil, class) in namesakes.zip(["5А", "6А"]) {
        pupil.class = class.to_owned();
    }
    school.save_lists(ListForm::Csv);
    check_waits(&school, &[&one]);
    assert_eq!(classes_of(&school, &one), ["7А", "7Б"]);
}
