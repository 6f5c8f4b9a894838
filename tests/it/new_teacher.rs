//! A class gets another homeroom teacher: everything goes whole to the new one, and the old one leaves the chats.

use crate::handed_out;
use crate::pdf_text;
use crate::small_school::{SECOND, SmallSchool};

const CLASSES: [(&str, usize); 3] = [("5А", 6), ("6А", 6), ("7А", 7)];
const NEW: &str = "Яхонтова Лидия Игоревна";
const TO_FORMER: &str = "7А 08.09.2026 № 1 прежнему модератору.eml";
const THIRD: &str = "2026-09-15";

/// Gives 7А another homeroom teacher; answers the name of the old one.
pub(crate) fn replace(school: &mut SmallSchool) -> String {
    let old = school.staff.iter_mut().find(|one| one.class == "7А").expect("a teacher");
    old.class = String::new();
    let (name, mut new) = (old.name.clone(), old.clone());
    new.name = NEW.to_owned();
    new.class = "7А".to_owned();
    new.email = "yahontova@example.org".to_owned();
    school.staff.push(new);
    name
}

#[track_caller]
fn check_package(school: &SmallSchool) {
    let letter = handed_out::letter(&school.output("Письма/7А 08.09.2026 № 1.eml"));
    assert_eq!(letter.to, ["yahontova@example.org"]);
    let names = letter.names();
    for title in ["Листы-приглашения", "Талоны", "Лист ознакомления", "Памятка модератора"]
    {
        let name = format!("7А {title}.pdf");
        let attached = letter.attached.iter().find(|file| file.name == name);
        let attached = attached.unwrap_or_else(|| panic!("{name} is not among {names:?}"));
        assert_eq!(attached.bytes, school.output(&format!("7А/{name}")));
    }
    let memo = pdf_text::texts(&school.output("7А/7А Памятка модератора.pdf"));
    assert!(memo.iter().any(|page| page.holds(NEW)), "the memo is for the new teacher");
}

#[test]
fn the_old_one_left_the_school() {
    let mut school = SmallSchool::issued(&CLASSES);
    let old = replace(&mut school);
    school.staff.retain(|one| one.name != old);
    school.save_staff();
    let before = school.stamps();
    let removals = school.planned(SECOND, &["removal"]);
    for chat in ["Учительская", "Сотрудники"] {
        let task = format!("Школа: удалить из чата «{chat}»: {old}");
        assert!(removals.iter().any(|removal| removal.starts_with(&task)), "«{task}» is not among {removals:?}");
    }
    for chat in ["7А — родители", "7А — обучающиеся"] {
        let task = format!("7А: удалить из чата «{chat}»: {old}");
        assert!(removals.iter().any(|removal| removal.starts_with(&task)), "«{task}» is not among {removals:?}");
    }
    let said = school.applied(SECOND).stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for task in [
        "прежний модератор (С. О. Нестерова) передал права в MAX новому (Л. И. Яхонтова). Письма об этом нет",
        "передать модераторам чатов школы бумаги из папки «выдача/Школа».",
    ] {
        assert!(said.contains(task), "«{task}» is not in\n{said}");
    }
    check_package(&school);
    assert!(!school.path().join("выдача/Письма").join(TO_FORMER).exists(), "nothing goes to somebody who left");
    let sheet = pdf_text::texts(&school.output("Школа/Школа Изменения 08.09.2026 № 1.pdf"));
    for text in [old.as_str(), "Учительская", "Удалить из чатов"] {
        assert!(sheet.iter().any(|page| page.holds(text)), "«{text}» on the school's sheet");
    }
    let after = school.stamps();
    for (name, stamp) in before.iter().filter(|(name, _)| name.contains("5А") || name.contains("6А")) {
        assert!(after.get(name) == Some(stamp), "{name} was touched");
    }
    assert_eq!(school.call(&["план", "школа", "--date", SECOND, "--check"]).status, 0);
}

#[test]
fn the_old_one_still_teaches() {
    let mut school = SmallSchool::issued(&CLASSES);
    let old = replace(&mut school);
    school.save_staff();
    let removals = school.planned(SECOND, &["removal"]);
    assert!(!removals.iter().any(|removal| removal.starts_with("Школа: ")), "{removals:?}");
    let of_class = removals.iter().filter(|removal| removal.starts_with("7А: ") && removal.contains(&old));
    assert!(of_class.count() >= 2, "{removals:?}");
    let said = school.applied(SECOND).stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("Письмо об этом прежнему модератору составлено."), "{said}");
    check_package(&school);
    let letter = handed_out::letter(&school.output(&format!("Письма/{TO_FORMER}")));
    let former = school.staff.iter().find(|one| one.name == old).expect("a teacher");
    assert_eq!((letter.to.as_slice(), letter.attached.len()), ([former.email.clone()].as_slice(), 0));
    assert_eq!(letter.subject, "7А: передайте чаты новому модератору");
    for text in ["«7А — родители» — Яхонтова Лидия Игоревна", "«7А — обучающиеся»", "в ближайшие два дня"]
    {
        assert!(letter.text.contains(text), "«{text}» in {}", letter.text);
    }
    assert!(
        school.names("7А").iter().all(|pupil| !letter.text.contains(pupil)) && !letter.text.contains("https://max")
    );
    let stamps = school.stamps();
    school.applied(SECOND);
    assert!(school.stamps() == stamps, "the letter is written once");
}

/// A chat is not left without an administrator: what is to be done waits until somebody takes it over.
#[test]
fn nobody_takes_over_yet() {
    let mut school = SmallSchool::issued(&CLASSES);
    let before = school.staff.clone();
    let old = school.staff.iter().find(|one| one.class == "7А").expect("a teacher").name.clone();
    school.staff.retain(|one| one.name != old);
    school.save_staff();
    let planned = school.planned(SECOND, &["removal", "homeroom", "chat_moderator", "paper_renewed", "paper_void"]);
    let of_class: Vec<&String> = planned.iter().filter(|one| one.starts_with("7А: ")).collect();
    assert!(of_class.is_empty(), "{of_class:?}");
    let asked = format!("7А: нужен новый классный руководитель вместо прежнего ({old}).");
    let plan = school.plan(SECOND);
    assert!(plan.stdout.contains(&asked), "{}", plan.shown());
    // A pupil leaves meanwhile: there is nobody to write to.
    let gone = school.names("7А")[1].clone();
    school.leave(&gone);
    school.save_lists(crate::small_school::ListForm::Csv);
    let said = school.applied(SECOND).stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("назначить классного руководителя вместо прежнего"), "{said}");
    assert!(!school.path().join("выдача/Письма/7А 08.09.2026 № 1.eml").exists());
    assert_eq!(school.call(&["план", "школа", "--date", SECOND, "--check"]).status, 0);
    // Somebody takes over: the chats are handed over, and what was missed is asked for.
    let mut new = before.iter().find(|one| one.class == "7А").expect("a teacher").clone();
    new.name = NEW.to_owned();
    new.email = "yahontova@example.org".to_owned();
    school.staff.push(new);
    school.save_staff();
    let removals = school.planned(THIRD, &["removal"]);
    assert!(removals.iter().any(|one| one.starts_with("7А: ") && one.contains(&old)), "{removals:?}");
    school.applied(THIRD);
    let letter = handed_out::letter(&school.output("Письма/7А 15.09.2026 № 1.eml"));
    assert_eq!(letter.to, ["yahontova@example.org"]);
    let sheet = pdf_text::texts(&school.output("7А/7А Изменения 15.09.2026 № 1.pdf"));
    for name in [old.as_str(), gone.as_str()] {
        assert!(sheet.iter().any(|page| page.holds(name)), "«{name}» is not on the sheet");
    }
    assert_eq!(school.call(&["план", "школа", "--date", THIRD, "--check"]).status, 0);
}
