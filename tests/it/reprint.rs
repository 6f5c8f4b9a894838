//! `papers`: a lost slip, a torn poster, a whole class printed again, as a copy or as a new version; nothing else moves.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::call::Answer;
use crate::handed_out::{self, Void};
use crate::pdf_text;
use crate::small_school::{FIRST, ListForm, SECOND, SmallSchool};
use crate::stamps::issued;

const CLASSES: [(&str, usize); 3] = [("5А", 4), ("7А", 5), ("7Б", 4)];

fn papers(school: &SmallSchool, keys: &[&str]) -> Answer {
    school.call(&[&["бумаги", "школа", "--date", SECOND], keys].concat())
}

#[track_caller]
fn printed(school: &SmallSchool, keys: &[&str]) -> Answer {
    let answer = papers(school, keys);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    answer
}

/// It refuses in this way and changes nothing.
#[track_caller]
fn refused(school: &SmallSchool, keys: &[&str], status: i32, words: &str) -> Answer {
    let before = school.stamps();
    let answer = papers(school, keys);
    assert_eq!(answer.status, status, "{}", answer.shown());
    assert!(answer.stderr.replace('\u{a0}', " ").contains(words), "«{words}» is not in\n{}", answer.shown());
    assert!(school.stamps() == before, "a refused call changed something");
    answer
}

/// Nothing is left to be done.
#[track_caller]
fn check_settled(school: &SmallSchool) {
    let plan = school.call(&["план", "школа", "--date", SECOND, "--check"]);
    assert_eq!(plan.status, 0, "{}", plan.shown());
    let before = school.stamps();
    school.applied(SECOND);
    assert!(school.stamps() == before, "applying afterwards touched something");
}

fn sheet(class: &str) -> String {
    format!("{class}/{class} Изменения 08.09.2026 № 1.pdf")
}

/// What touches «выдача/», without the program's own files.
fn touched(school: &SmallSchool, call: impl FnOnce()) -> BTreeSet<String> {
    let before = school.stamps();
    call();
    let mut touched = issued(&before, &school.stamps());
    touched.remove(".опись");
    touched
}

#[test]
fn a_lost_slip_is_copied() {
    let school = SmallSchool::issued(&CLASSES);
    let name = school.names("7А")[1].clone();
    let before = school.state();
    let touched = touched(&school, || {
        let answer = printed(&school, &["--student", &name, "--why", "талон потерян"]);
        assert!(answer.stdout.contains(&format!("талон «7А — родители», {name}, версия 1 от 01.09.2026")));
        assert!(answer.stdout.contains(&sheet("7А")), "{}", answer.stdout);
    });
    assert_eq!(touched, BTreeSet::from([sheet("7А"), "Письма/7А 08.09.2026 № 1.eml".to_owned()]));

    let pdf = school.output(&sheet("7А"));
    let slips = handed_out::papers(&pdf);
    let links = ["7А/родители", "7А/ученики"].map(|key| school.register[key].clone());
    assert_eq!(slips.len(), 2);
    assert!(slips.iter().all(|slip| slip.pupil.as_ref() == Some(&name) && slip.edition == "1 от 01.09.2026"));
    assert_eq!(slips.iter().map(|slip| slip.link.clone()).collect::<BTreeSet<_>>(), links.clone().into());
    assert_eq!(handed_out::codes(&pdf), links.into());
    assert_eq!(handed_out::void(&pdf), []);
    let pages = pdf_text::texts(&pdf);
    assert!(pages.iter().any(|page| page.holds("талон потерян") && page.holds("Напечатано ещё раз: талон")));
    assert_eq!(school.state(), before, "a copy changed what holds");

    // The letter counts and names nobody.
    let letter = handed_out::letter(&school.output("Письма/7А 08.09.2026 № 1.eml"));
    assert!(letter.text.contains("напечатано ещё раз: 2"), "{}", letter.text);
    assert!(!letter.text.contains(name.split(' ').next().unwrap()));

    check_settled(&school);
    let told = school.call(&["почему", &name, "школа"]);
    assert!(told.stdout.contains("напечатано ещё раз: талон «7А — родители»"), "{}", told.stdout);
    assert!(told.stdout.contains("талон потерян"), "{}", told.stdout);

    // The next one of the day has the next number.
    printed(&school, &["--student", &name]);
    assert!(!handed_out::papers(&school.output("7А/7А Изменения 08.09.2026 № 2.pdf")).is_empty());
    check_settled(&school);
}

/// What was handed out and signed holds: nobody is asked to hand out or to sign anything.
#[test]
fn a_copy_of_all_papers_of_a_class_asks_for_nothing() {
    let school = SmallSchool::issued(&CLASSES);
    let answer = printed(&school, &["--class", "7А", "--why", "для папки"]);
    assert!(answer.stdout.contains("Это копии"), "{}", answer.stdout);
    let letter = handed_out::letter(&school.output("Письма/7А 08.09.2026 № 1.eml")).text;
    for step in ["Что нужно сделать", "соберите подписи", "Раздайте", "замените"]
    {
        assert!(!letter.contains(step), "«{step}» in\n{letter}");
    }
    let told = [
        "Бумаги вашего 7\u{a0}«А» класса напечатаны ещё раз 08.09.2026",
        "розданные действуют",
        "собранные подписи действуют",
    ];
    for told in told {
        assert!(letter.contains(told), "«{told}» is not in\n{letter}");
    }
    check_settled(&school);
}

#[test]
fn a_new_version_makes_the_old_one_void() {
    let school = SmallSchool::issued(&CLASSES);
    let name = school.names("7Б")[0].clone();
    printed(&school, &["--student", &name, "--class", "7б", "--new-version", "--why", "талон потерян"]);
    let pdf = school.output(&sheet("7Б"));
    let slips = handed_out::papers(&pdf);
    assert!(slips.len() == 2 && slips.iter().all(|slip| slip.edition == "2 от 08.09.2026"), "{slips:?}");
    let void = |title: &str| Void {
        words: format!("талон «7Б — {title}», {name}"),
        edition: "1 от 01.09.2026".to_owned(),
        why: "талон потерян".to_owned(),
    };
    let named: BTreeSet<Void> = handed_out::void(&pdf).into_iter().collect();
    assert_eq!(named, [void("родители"), void("обучающиеся")].into());
    // The whole file is kept up to date.
    let whole = handed_out::papers(&school.output("7Б/7Б Талоны.pdf"));
    let versions = whole.iter().filter(|slip| slip.pupil.as_ref() == Some(&name)).map(|slip| slip.edition.as_str());
    assert_eq!(versions.collect::<Vec<_>>(), ["2 от 08.09.2026"; 2]);
    check_settled(&school);
    let told = school.call(&["почему", &name, "школа"]);
    assert!(told.stdout.contains("уничтожить"), "{}", told.stdout);
}

#[test]
fn posters_of_a_class_in_a_new_version() {
    let school = SmallSchool::issued(&CLASSES);
    let posters = handed_out::papers(&school.output("5А/5А Листы-приглашения.pdf")).len();
    let touched = touched(&school, || {
        printed(&school, &["--class", "5А", "--only", "листы", "--new-version"]);
    });
    assert_eq!(
        touched,
        BTreeSet::from([
            "5А/5А Листы-приглашения.pdf".to_owned(),
            sheet("5А"),
            "Письма/5А 08.09.2026 № 1.eml".to_owned(),
        ])
    );
    let whole = handed_out::papers(&school.output("5А/5А Листы-приглашения.pdf"));
    assert!(whole.len() == posters && whole.iter().all(|poster| poster.edition == "2 от 08.09.2026"), "{whole:?}");
    let void = handed_out::void(&school.output(&sheet("5А")));
    assert_eq!(void.len(), posters);
    assert!(void.iter().all(|one| one.edition == "1 от 01.09.2026" && one.why == "по просьбе"), "{void:?}");
    check_settled(&school);

    // A later change counts on from there.
    let mut school = school;
    let link = school.new_link("5А/родители");
    school.register.insert("5А/родители".to_owned(), link.clone());
    school.save_register();
    school.applied(SECOND);
    let later = handed_out::papers(&school.output("5А/5А Изменения 08.09.2026 № 2.pdf"));
    let poster = later.iter().find(|one| one.pupil.is_none() && one.link == link).expect("a poster");
    assert_eq!(poster.edition, "3 от 08.09.2026");
}

#[test]
fn a_whole_class_is_copied() {
    let school = SmallSchool::issued(&CLASSES);
    let touched = touched(&school, || {
        let answer = printed(&school, &["--class", "7А"]);
        assert!(
            answer.stdout.replace('\u{a0}', " ").contains("10 талонов, версия 1 от 01.09.2026"),
            "{}",
            answer.stdout
        );
        for kind in ["Листы-приглашения", "Талоны", "Лист ознакомления", "Памятка модератора"]
        {
            assert!(answer.stdout.contains(&format!("7А/7А {kind}.pdf")), "{kind} in\n{}", answer.stdout);
        }
    });
    // The files stand as they are; the letter brings them.
    assert_eq!(touched, BTreeSet::from(["Письма/7А 08.09.2026 № 1.eml".to_owned()]));
    let letter = handed_out::letter(&school.output("Письма/7А 08.09.2026 № 1.eml"));
    assert_eq!(letter.names().len(), 8, "{:?}", letter.names());
    check_settled(&school);
}

#[test]
fn the_memo_of_one_class_and_of_all() {
    let school = SmallSchool::issued(&CLASSES);
    let touched = touched(&school, || {
        let answer = school.call(&["papers", "школа", "--date", SECOND, "--class", "7А", "--only", "memo", "--json"]);
        assert_eq!(answer.status, 0, "{}", answer.shown());
        let json: Value = serde_json::from_str(&answer.stdout).expect("one JSON value");
        assert_eq!(json["edition"], "copy");
        assert_eq!(json["why"], "по просьбе");
        assert_eq!(json["printed"].as_array().expect("classes").len(), 1);
        let printed = &json["printed"][0];
        assert_eq!(printed["scope"], "7А");
        assert_eq!(printed["papers"][0]["words"], "памятка модератора");
        assert_eq!(printed["papers"][0]["version"], 1);
        assert_eq!(printed["files"], serde_json::json!(["7А/7А Памятка модератора.pdf"]));
        assert!(!answer.stdout.contains("/join/"));
    });
    assert_eq!(touched, BTreeSet::from(["Письма/7А 08.09.2026 № 1.eml".to_owned()]));
    check_settled(&school);

    let answer = printed(&school, &["--only", "памятка,ознакомление", "--new-version"]);
    assert!(!answer.stdout.contains("Изменения"), "nothing is void: {}", answer.stdout);
    for class in ["5А", "7А", "7Б"] {
        for kind in ["Памятка модератора", "Лист ознакомления"] {
            assert!(answer.stdout.contains(&format!("{class}/{class} {kind}.pdf")), "{}", answer.stdout);
        }
    }
    check_settled(&school);
}

#[test]
fn nothing_is_printed_while_changes_wait() {
    let fresh = SmallSchool::of(&CLASSES);
    refused(&fresh, &["--class", "7А"], 2, "ещё не выпускали");
    fresh.applied(FIRST);
    let mut school = fresh;
    let name = school.names("7А")[0].clone();
    school.arrive("5А");
    school.save_lists(ListForm::Csv);
    let answer = refused(&school, &["--student", &name], 2, "ещё не применены");
    assert!(answer.stderr.contains("zavuch применить \"школа\""), "{}", answer.stderr);
    school.applied(SECOND);
    printed(&school, &["--student", &name]);
}

#[test]
fn calls_that_mean_nothing() {
    let school = SmallSchool::issued(&CLASSES);
    let name = school.names("7А")[0].clone();
    refused(&school, &[], 2, "не сказано, что напечатать");
    refused(&school, &["--student", &name, "--only", "памятка"], 2, "только талоны");
    refused(&school, &["--only", "наклейки"], 2, "есть листы, талоны, семьи, ознакомление, памятка");
    refused(&school, &["--class", "7А", "--why", " "], 2, "причина пуста");
    refused(&school, &["--class", "9Я"], 1, "класса 9Я в записях нет");
    refused(&school, &["--student", "Несуществующий"], 1, "среди учеников такого нет");
    // Neither a teacher nor a class is a pupil.
    refused(&school, &["--student", "Громова Зоя"], 1, "среди учеников такого нет");
    refused(&school, &["--student", "7А"], 1, "среди учеников такого нет");
    refused(&school, &["--student", &name, "--class", "7Б"], 1, "другого класса: 7А, а не 7Б");
}

#[test]
fn namesakes_are_told_apart() {
    let mut school = SmallSchool::of(&CLASSES);
    let (one, other) = (school.names("7А")[0].clone(), school.names("7Б")[0].clone());
    let full = school.pupil(&one).name.clone();
    school.pupil(&other).name = full.clone();
    school.save_lists(ListForm::Csv);
    school.applied(FIRST);
    let answer = refused(&school, &["--student", &one], 1, "таких учеников несколько");
    for class in ["7А", "7Б"] {
        assert!(answer.stderr.contains(&format!("--student \"{full} {class}\"")), "{}", answer.stderr);
    }
    printed(&school, &["--student", &one, "--class", "7Б"]);
    assert!(handed_out::papers(&school.output(&sheet("7Б"))).iter().all(|slip| slip.pupil.as_ref() == Some(&one)));
    printed(&school, &["--student", &format!("{full} 7А")]);
    assert!(!handed_out::papers(&school.output(&sheet("7А"))).is_empty());
}

#[test]
fn nothing_is_printed_without_a_link() {
    let mut school = SmallSchool::of(&CLASSES);
    school.register.retain(|key, _| !key.starts_with("7А/"));
    school.save_register();
    school.applied(FIRST);
    let name = school.names("7А")[0].clone();
    refused(&school, &["--student", &name], 1, "печатать нечего");
    refused(&school, &["--class", "7А", "--only", "листы,талоны"], 1, "печатать нечего");
    printed(&school, &["--class", "7А", "--only", "памятка"]);
}
