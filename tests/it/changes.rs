//! The lists of a week later: exactly what changed is told, recorded, printed and written to; nothing else is touched.

use std::collections::BTreeSet;

use crate::handed_out::{self, HandedOut};
use crate::small_school::{FIRST, ListForm, SECOND, SmallSchool, without_patronymic};
use crate::stamps::issued;

const CLASSES: [(&str, usize); 4] = [("5А", 6), ("6А", 7), ("7А", 8), ("7Б", 6)];

/// Two come to 6А, one goes from 7А to 7Б, one leaves 7А, a girl of 7Б has a new surname; 5А stays as it is.
struct Week {
    school: SmallSchool,
    arrived: [String; 2],
    moved: String,
    left: String,
    /// The old name and the new one.
    renamed: [String; 2],
}

impl Week {
    fn new() -> Self {
        let mut school = SmallSchool::issued(&CLASSES);
        let arrived = [school.arrive("6А"), school.arrive("6А")];
        let of_7a = school.names("7А");
        let (moved, left) = (of_7a[1].clone(), of_7a[4].clone());
        school.pupil(&moved).class = "7Б".to_owned();
        school.leave(&left);
        let old = school.names("7Б").into_iter().find(|name| name != &moved).expect("a girl");
        let pupil = school.pupil(&old);
        let new = format!("Заречная {}", pupil.name.split_once(' ').expect("a given name").1);
        pupil.name = new.clone();
        let renamed = [old, without_patronymic(&new)];
        Self { school, arrived, moved, left, renamed }
    }
}

#[track_caller]
fn check(form: ListForm) {
    let week = Week::new();
    let school = &week.school;
    school.save_lists(form);
    let before = school.stamps();

    // The plan names these five, each with its row and the reason, and changes nothing.
    let plan = school.plan(SECOND);
    assert_eq!(plan.status, 0, "{}", plan.shown());
    let kinds = ["arrived", "moved_in", "moved_out", "left", "renamed"];
    let json = school.plan_json(SECOND);
    let people: Vec<_> = json["changes"]
        .as_array()
        .expect("changes")
        .iter()
        .filter(|change| kinds.contains(&change["kind"].as_str().expect("a kind")))
        .collect();
    for change in &people {
        assert!(!change["why"].as_str().expect("a reason").is_empty(), "{change}");
        assert!(change["source"].as_str().expect("a row").contains("ячейка"), "{change}");
        let line = format!(
            "{} — {} ({}{})",
            change["words"].as_str().unwrap(),
            change["why"].as_str().unwrap(),
            if change["kind"] == "left" { "раньше: " } else { "" },
            change["source"].as_str().unwrap()
        );
        assert!(plan.stdout.contains(&line), "«{line}» is not in\n{}", plan.stdout);
    }
    let words: BTreeSet<String> = people
        .iter()
        .map(|change| {
            let words = change["words"].as_str().unwrap();
            format!("{}: {}", change["scope"].as_str().unwrap(), words.split(" (было").next().unwrap())
        })
        .collect();
    let full = |name: &str| {
        let pupil = school.pupils.iter().find(|pupil| pupil.name.starts_with(name));
        pupil.map_or_else(
            || format!("{name} {}", if name.ends_with('а') { "Ильинична" } else { "Ильич" }),
            |pupil| pupil.name.clone(),
        )
    };
    let left = words.iter().find(|words| words.contains("выбыл(а)")).expect("who left").clone();
    assert!(left.starts_with(&format!("7А: выбыл(а): {}", week.left)), "{left}");
    let expected = BTreeSet::from([
        format!("6А: прибыл(а): {}", full(&week.arrived[0])),
        format!("6А: прибыл(а): {}", full(&week.arrived[1])),
        format!("7А: переведён(а) в 7Б: {}", full(&week.moved)),
        format!("7Б: переведён(а) из 7А: {}", full(&week.moved)),
        format!("7Б: новое имя: {}", full(&week.renamed[1])),
        left,
    ]);
    assert_eq!(words, expected);
    assert_eq!(school.call(&["plan", "школа", "--date", SECOND, "--check"]).status, 3);
    assert!(school.stamps() == before, "plan changed something");

    // The classes that changed get their sheet and letter, and no other class's file is touched.
    school.applied(SECOND);
    let after = school.stamps();
    let touched = issued(&before, &after);
    for class in ["6А", "7А", "7Б"] {
        for file in [sheet(class), format!("Письма/{class} 08.09.2026 № 1.eml")] {
            assert!(touched.contains(&file), "{file} is not among {touched:?}");
        }
    }
    let is_of_5a = |name: &&String| name.contains("5А");
    assert_eq!(touched.iter().find(is_of_5a), None);
    let letters = touched.iter().filter(|name| name.starts_with("Письма/"));
    let (written, removed): (Vec<_>, Vec<_>) = letters.partition(|name| after.contains_key(&format!("выдача/{name}")));
    assert_eq!(written.len(), 3, "{written:?}");
    assert_eq!(removed, Vec::<&String>::new());
    check_sheets(&week);
    check_letters(&week);

    // Once more: nothing is done, nothing is touched.
    let again = school.applied(SECOND);
    assert!(!again.stdout.contains("выпустить"), "{}", again.stdout);
    assert!(school.stamps() == after, "applying again touched something");
    let check = school.call(&["plan", "школа", "--date", SECOND, "--check"]);
    assert_eq!(check.status, 0, "{}", check.shown());
    assert!(check.stdout.starts_with("Изменений нет.\nВсего остаются в силе: "), "{}", check.stdout);
}

fn sheet(class: &str) -> String {
    format!("{class}/{class} Изменения 08.09.2026 № 1.pdf")
}

/// The sheets name who is to be removed, what is void and who is new; their codes lead to the chats of their class.
fn check_sheets(week: &Week) {
    let school = &week.school;
    let [old, new] = &week.renamed;
    let expected: [(&str, &[&str], &[&str]); 3] = [
        ("6А", &[&week.arrived[0], &week.arrived[1]], &[]),
        ("7А", &[], &[&week.moved, &week.left]),
        ("7Б", &[&week.moved, new], &[old]),
    ];
    for (class, slips_of, void_of) in expected {
        let pdf = school.output(&sheet(class));
        let papers = handed_out::papers(&pdf);
        assert!(papers.iter().all(|paper| paper.pupil.is_some()), "no poster has changed");
        for link in handed_out::codes(&pdf) {
            assert!(
                school.owner(&link).starts_with(&format!("{class}/")),
                "a code of {} in {class}",
                school.owner(&link)
            );
        }
        for whom in ["родители", "ученики"] {
            let link = &school.register[&format!("{class}/{whom}")];
            let of_chat = papers.iter().filter(|paper| paper.link == *link);
            let names: BTreeSet<&str> = of_chat.filter_map(|paper| paper.pupil.as_deref()).collect();
            assert_eq!(names, slips_of.iter().copied().collect(), "slips of {class} for {whom}");
            assert_eq!(handed_out::codes(&pdf).contains(link), !slips_of.is_empty());
        }
        let void: BTreeSet<String> = handed_out::void(&pdf).into_iter().map(|void| void.words).collect();
        let talons = |title: &'static str| void_of.iter().map(move |name| format!("талон «{class} — {title}», {name}"));
        assert_eq!(void, talons("родители").chain(talons("обучающиеся")).collect(), "void papers of {class}");
    }
    let holds = |class: &str, text: &str| {
        let pages = crate::pdf_text::texts(&school.output(&sheet(class)));
        assert!(pages.iter().any(|page| page.holds(text)), "«{text}» on the sheet of {class}");
    };
    for name in &week.arrived {
        holds("6А", &format!("Прибыл(а): {name}"));
    }
    holds("6А", "Дополнение к листу ознакомления");
    holds("7А", &format!("Выбыл(а): {}", week.left));
    holds("7А", "Удалить из чатов");
    holds("7А", "переведён(а) в 7Б");
    holds("7Б", "Дополнение к листу ознакомления");
    holds("7Б", &format!("Новое имя: {new}"));
}

/// Each letter goes to the teacher of the class, with the sheet, and names no pupil.
fn check_letters(week: &Week) {
    let school = &week.school;
    for class in ["6А", "7А", "7Б"] {
        let letter = handed_out::letter(&school.output(&format!("Письма/{class} 08.09.2026 № 1.eml")));
        let teacher = school.staff.iter().find(|one| one.class == class).expect("a teacher");
        assert_eq!(letter.to, [teacher.email.as_str()]);
        assert_eq!(letter.names(), [format!("{class} Изменения 08.09.2026 № 1.pdf")]);
        assert_eq!(letter.attached[0].bytes, school.output(&sheet(class)));
        for pupil in &school.pupils {
            let surname = pupil.name.split(' ').next().expect("a surname");
            assert!(
                !format!("{} {}", letter.subject, letter.text).contains(surname),
                "{surname} in the letter of {class}"
            );
        }
        assert!(!letter.text.contains("/join/"), "a link in the letter of {class}");
    }
}

#[test]
fn the_same_form() {
    check(ListForm::Csv);
}

#[test]
fn columns_in_another_order() {
    check(ListForm::OtherColumns);
}

#[test]
fn another_file_format() {
    check(ListForm::Workbook);
}

#[test]
fn another_form_alone_is_no_change() {
    let school = SmallSchool::issued(&CLASSES);
    for form in [ListForm::OtherColumns, ListForm::Workbook, ListForm::Csv] {
        let before = school.stamps();
        school.save_lists(form);
        assert_eq!(school.call(&["plan", "школа", "--date", SECOND, "--check"]).status, 0);
        school.applied(SECOND);
        assert_eq!(issued(&before, &school.stamps()), BTreeSet::new());
    }
}

#[test]
fn first_papers_are_one_for_each_pupil_and_chat() {
    let school = SmallSchool::issued(&CLASSES);
    for (class, size) in CLASSES {
        let letter = handed_out::letter(&school.output(&format!("Письма/{class}.eml")));
        let papers: Vec<HandedOut> = letter.attached.iter().flat_map(|file| handed_out::papers(&file.bytes)).collect();
        let chats = school.register.keys().filter(|key| key.starts_with(&format!("{class}/"))).count();
        assert_eq!(papers.iter().filter(|paper| paper.pupil.is_some()).count(), 2 * size, "slips of {class}");
        assert_eq!(papers.iter().filter(|paper| paper.pupil.is_none()).count(), chats, "posters of {class}");
        assert!(papers.iter().all(|paper| paper.edition == "1 от 01.09.2026"));
        assert!(papers.iter().all(|paper| school.owner(&paper.link).starts_with(&format!("{class}/"))));
    }
    assert_eq!(school.call(&["plan", "школа", "--date", FIRST, "--check"]).status, 0);
}
