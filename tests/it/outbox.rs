//! Letters that must not go as they are: outdated, superseded, cancelled, of last year; and the reminders.

use serde_json::Value;

use crate::fault::{Fault, Point};
use crate::handed_out;
use crate::mail::{number, school, send, sends_by, server, states};
use crate::new_teacher;
use crate::new_year::{self, NEXT};
use crate::pdf_text;
use crate::small_school::{FIRST, ListForm, SECOND, SmallSchool};

const THIRD: &str = "2026-09-15";
const CLASSES: [(&str, usize); 3] = [("5А", 3), ("7А", 4), ("7Б", 3)];

fn resolve(school: &SmallSchool, key: &str, number: &str) -> crate::call::Answer {
    school.call(&["письма", "решить", "школа", key, number])
}

#[test]
fn letters_wait_while_lists_that_changed_are_not_applied() {
    let (mut school, server) = school();
    school.arrive("5А");
    school.save_lists(ListForm::Csv);
    let preview = school.call(&["письма", "показать", "школа"]);
    assert!(preview.stdout.contains("новые бумаги ещё не выпущены: 5А"), "{}", preview.shown());
    let answer = send(&school, &[]);
    assert_eq!(answer.status, 4, "{}", answer.shown());
    assert!(answer.stdout.contains("новые бумаги ещё не выпущены: 5А"), "{}", answer.shown());
    assert!(answer.stdout.contains("применить \"школа\""), "{}", answer.shown());
    assert_eq!(states(&school), ["5А queued", "7А sent", "7Б sent"]);
    let json: Value = serde_json::from_str(&send(&school, &["--json"]).stdout).expect("JSON");
    assert_eq!(json["unapplied"], serde_json::json!(["5А"]));
    school.applied(SECOND);
    assert_eq!(send(&school, &[]).status, 0);
    assert_eq!(states(&school), ["5А cancelled", "5А sent", "7А sent", "7Б sent"]);
    assert_eq!(server.taken().len(), 3);
}

#[test]
fn lists_that_apply_refuses_hold_back_everything_and_nothing_for_good() {
    let (mut school, server) = school();
    let all = school.pupils.clone();
    school.pupils.retain(|pupil| pupil.class == "5А");
    school.save_lists(ListForm::Csv);
    school.staff.retain(|one| one.class.is_empty() || one.class == "5А");
    school.save_staff();
    let answer = send(&school, &[]);
    assert!([1, 5].contains(&answer.status), "{}", answer.shown());
    assert!(server.taken().is_empty());
    assert_eq!(states(&school), ["5А queued", "7А queued", "7Б queued"]);
    let preview = school.call(&["письма", "показать", "школа"]);
    assert!(preview.shown().contains("не уйдёт ни одно письмо"), "{}", preview.shown());
    school.pupils = all;
    school.save_lists(ListForm::Csv);
    school.staff = SmallSchool::of(&CLASSES).staff;
    school.save_staff();
    assert_eq!(send(&school, &[]).status, 0);
}

#[test]
fn a_letter_to_a_former_moderator_waits_by_itself_and_goes_once() {
    let (mut school, server) = school();
    assert_eq!(send(&school, &[]).status, 0);
    let old = new_teacher::replace(&mut school);
    school.save_staff();
    school.applied(SECOND);
    // Whatever the class is sent before, the former moderator is still to be told.
    school.arrive("7А");
    school.save_lists(ListForm::Csv);
    school.applied(THIRD);
    let answer = school.call(&["бумаги", "школа", "--class", "7А", "--only", "памятка", "--date", THIRD]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let former = school.staff.iter().find(|one| one.name == old).expect("a teacher").email.clone();
    let before = server.taken().len();
    let sent = send(&school, &[]);
    assert_eq!(sent.status, 0, "{}", sent.shown());
    let to: Vec<String> = server.taken().drain(before..).map(|letter| letter.to).collect();
    let number = |address: &str| to.iter().filter(|one| one.as_str() == address).count();
    assert_eq!((number(&former), number("yahontova@example.org"), to.len()), (1, 1, 2), "{to:?}");
    assert_eq!(send(&school, &[]).status, 0);
    assert_eq!(server.taken().len(), before + 2);
}

#[test]
fn a_test_goes_to_addresses_of_the_settings_only() {
    let (school, server) = school();
    let refused = send(&school, &["--test", "somebody@example.org"]);
    assert_eq!(refused.status, 2, "{}", refused.shown());
    assert!(
        refused.stderr.contains("данные детей") && refused.stderr.contains("max@example.org"),
        "{}",
        refused.shown()
    );
    assert!(server.taken().is_empty());
    assert_eq!(send(&school, &["--test", "max@example.org"]).status, 0);
    assert_eq!(server.taken().len(), 3);
}

#[test]
fn old_papers_are_not_sent_behind_newer_ones() {
    let mut school = SmallSchool::of(&CLASSES);
    let server = server(Some((Point::Taken, Fault::Fin)), 1);
    sends_by(&school, &server);
    school.applied(FIRST);
    assert_eq!(send(&school, &[]).status, 4);
    let old = number(&school, "7А");
    school.arrive("7А");
    school.save_lists(ListForm::Csv);
    school.applied(SECOND);
    let new = number(&school, "7А");
    assert_eq!(send(&school, &[]).status, 4);
    assert_eq!(states(&school), ["5А sent", "7А unknown", "7А sent", "7Б sent"]);
    let refused = resolve(&school, "--resend", &old);
    assert_eq!(refused.status, 2, "{}", refused.shown());
    for words in [&format!("более новое, № {new} (отправлено)"), "zavuch бумаги \"школа\" --class \"7А\"", "--cancel"]
    {
        assert!(refused.stderr.contains(words), "{words}: {}", refused.shown());
    }
    assert_eq!(resolve(&school, "--cancel", &old).status, 0);
    assert_eq!(server.taken().len(), 4);
}

#[test]
fn a_cancelled_letter_comes_back_while_it_is_the_last_one() {
    let (mut school, server) = school();
    let first = number(&school, "5А");
    assert_eq!(resolve(&school, "--cancel", &first).status, 0);
    assert_eq!(states(&school)[0], "5А cancelled");
    let back = resolve(&school, "--resend", &first);
    assert_eq!(back.status, 0, "{}", back.shown());
    assert_eq!(states(&school)[0], "5А queued");
    assert_eq!(resolve(&school, "--cancel", &first).status, 0);
    school.arrive("5А");
    school.save_lists(ListForm::Csv);
    let changed = resolve(&school, "--resend", &first);
    assert!(
        changed.status == 2 && changed.stderr.contains("списки класса с тех пор изменились"),
        "{}",
        changed.shown()
    );
    school.applied(SECOND);
    let refused = resolve(&school, "--resend", &first);
    assert!(refused.status == 2 && refused.stderr.contains("более новое"), "{}", refused.shown());
    assert_eq!(send(&school, &[]).status, 0);
    assert_eq!(server.taken().len(), 3);
}

#[test]
fn the_advice_for_a_letter_that_is_held_back_helps() {
    let (mut school, server) = school();
    let staff = school.staff.clone();
    let teacher =
        |school: &mut SmallSchool, class: &str| school.staff.iter().position(|one| one.class == class).unwrap();
    // 5А: no address. 7А: another teacher. 7Б: no teacher.
    let (five, seven, other) = (teacher(&mut school, "5А"), teacher(&mut school, "7А"), teacher(&mut school, "7Б"));
    school.staff[five].email = String::new();
    school.staff[seven].class = String::new();
    school.staff[other].class = "7А".to_owned();
    school.save_staff();
    let held = send(&school, &[]);
    assert_eq!(held.status, 4, "{}", held.shown());
    assert_eq!(states(&school), ["5А held", "7А held", "7Б held"]);
    for words in
        ["больше нет адреса; впишите", "другой классный руководитель; если", "нет классного руководителя; назначьте"]
    {
        assert!(held.stdout.replace('\n', " ").contains(words), "{words}: {}", held.shown());
    }
    // The address is there again: the same letter goes. The new teacher gets a new one.
    school.staff = staff;
    school.staff.swap(seven, other);
    let (one, two) = (school.staff[seven].class.clone(), school.staff[other].class.clone());
    (school.staff[seven].class, school.staff[other].class) = (two, one);
    school.save_staff();
    assert_eq!(resolve(&school, "--resend", &number(&school, "5А")).status, 0);
    school.applied(SECOND);
    assert_eq!(
        states(&school),
        ["5А queued", "7А cancelled", "7А queued", "7А queued", "7Б cancelled", "7Б queued", "7Б queued"],
        "{}",
        school.call(&["письма", "список", "школа"]).shown()
    );
    assert_eq!(send(&school, &[]).status, 0);
    // Each of the two is asked to hand the chats over, too.
    assert_eq!(server.taken().len(), 5);
}

#[test]
fn what_was_not_sent_last_year_is_still_asked_for() {
    let mut school = SmallSchool::of(&new_year::CLASSES);
    let server = server(None, 0);
    sends_by(&school, &server);
    school.applied(FIRST);
    assert_eq!(send(&school, &[]).status, 0);
    let left = school.names("7А")[0].clone();
    school.leave(&left);
    school.save_lists(ListForm::Csv);
    school.applied("2026-10-01");
    let before = server.taken().len();
    new_year::go_up(&mut school);
    // Nothing of last year goes while the lists of this one are not applied.
    let early = send(&school, &[]);
    assert_ne!(early.status, 0, "{}", early.shown());
    assert_eq!(server.taken().len(), before);
    school.applied(NEXT);
    let list = states(&school);
    assert!(list.contains(&"8Б queued".to_owned()), "{list:?}");
    assert!(!list.iter().any(|one| one.ends_with("held")), "{list:?}");
    let sent = send(&school, &[]);
    assert_eq!(sent.status, 0, "{}", sent.shown());
    let teacher = new_year::CLASSES.iter().position(|(class, _)| *class == "7А").unwrap();
    let taken = server.taken().split_off(before);
    let mine: Vec<_> = taken.iter().filter(|one| one.to == format!("uchitel{teacher}@example.org")).collect();
    let [letter] = mine[..] else { panic!("{}", mine.len()) };
    let letter = handed_out::letter(&letter.text);
    assert!(letter.subject.starts_with("8Б"), "{}", letter.subject);
    assert!(letter.text.contains("Удалите из чатов"), "{}", letter.text);
    let surname = left.split(' ').next().unwrap().to_owned();
    let texts: Vec<String> = letter
        .pdfs()
        .iter()
        .flat_map(|pdf| pdf_text::texts(pdf))
        .flat_map(|page| page.runs.into_iter().map(|run| run.text))
        .collect();
    assert!(texts.iter().any(|text| text.contains(&surname)), "{surname} is asked to be removed");
}

#[test]
fn files_of_letters_that_are_done_with_do_not_stay_beside_the_others() {
    let (school, _server) = school();
    let files = || {
        let names = std::fs::read_dir(school.path().join("выдача/Письма")).map_or_else(
            |_| Vec::new(),
            |folder| folder.map(|one| one.unwrap().file_name().into_string().unwrap()).collect(),
        );
        names.into_iter().collect::<std::collections::BTreeSet<String>>()
    };
    assert_eq!(files().len(), 3);
    assert_eq!(send(&school, &["--only", "7А"]).status, 4);
    assert_eq!(files().into_iter().collect::<Vec<_>>(), ["5А.eml", "7Б.eml"]);
    assert_eq!(resolve(&school, "--cancel", &number(&school, "5А")).status, 0);
    assert_eq!(files().into_iter().collect::<Vec<_>>(), ["7Б.eml"]);
    let again = school.applied(SECOND);
    assert!(!again.stdout.contains("Убрано"), "{}", again.shown());
    assert_eq!(files().into_iter().collect::<Vec<_>>(), ["7Б.eml"]);
}

#[test]
fn what_is_typed_wrong_is_told_with_what_may_be_meant() {
    let (school, server) = school();
    let none = send(&school, &["--limit", "0"]);
    assert!(none.status == 2 && none.stderr.contains("не меньше 1"), "{}", none.shown());
    let unknown = send(&school, &["--only", "7В"]);
    assert!(unknown.status == 2 && unknown.stderr.contains("7А, 7Б"), "{}", unknown.shown());
    assert!(server.taken().is_empty());
}

/// The day on which the last letter went, and so many days later.
fn days_after_the_last(school: &SmallSchool, days: i64) -> String {
    let store = zavuch::store::Store::read(&school.path()).expect("a store").expect("a store");
    let last = store.letters().expect("letters").into_iter().map(|letter| letter.since).max().expect("a letter");
    let day = last.to_zoned(jiff::tz::TimeZone::system()).date();
    day.saturating_add(jiff::SignedDuration::from_hours(24 * days)).to_string()
}

#[test]
fn who_has_something_to_do_is_reminded_of_it() {
    let (mut school, server) = (SmallSchool::of(&CLASSES), server(None, 0));
    sends_by(&school, &server);
    let key = school.register.keys().find(|key| key.starts_with("7А")).unwrap().clone();
    school.register.insert(key.clone(), String::new());
    school.save_register();
    school.applied(FIRST);
    let remind = |school: &SmallSchool, on: &str, more: &[&str]| {
        school.call(&[&["письма", "напомнить", "школа", "--date", on], more].concat())
    };
    // Nobody is reminded who has not got the papers yet, or whose letter a person has stopped.
    let early = remind(&school, SECOND, &["--yes", "--json"]);
    assert!(
        early.stdout.contains("ещё не отправлено") && early.stdout.contains("\"reminded\": []"),
        "{}",
        early.shown()
    );
    assert_eq!(resolve(&school, "--cancel", &number(&school, "7Б")).status, 0);
    assert_eq!(send(&school, &[]).status, 0);
    // Nor who was written to just now.
    let just_now = remind(&school, &days_after_the_last(&school, 1), &["--yes", "--json"]);
    assert!(just_now.stdout.contains("последнее письмо ушло"), "{}", just_now.shown());
    assert_eq!(states(&school), ["5А sent", "7А sent", "7Б cancelled"]);
    let later = days_after_the_last(&school, 4);
    let shown = remind(&school, &later, &[]);
    assert_eq!(shown.status, 0, "{}", shown.shown());
    for words in ["Напоминание получат: 5А, 7А", "--yes"] {
        assert!(shown.stdout.contains(words), "{words}: {}", shown.shown());
    }
    assert_eq!(states(&school), ["5А sent", "7А sent", "7Б cancelled"], "only shown");
    let done = remind(&school, &later, &["--yes"]);
    assert!(done.stdout.contains("Напоминания ждут отправки: 5А, 7А."), "{}", done.shown());
    assert_eq!(send(&school, &["--only", "5А"]).status, 4);
    let taken = server.taken();
    let letter = handed_out::letter(&taken.last().unwrap().text);
    assert_eq!((letter.to.as_slice(), letter.names().len()), (["uchitel0@example.org".to_owned()].as_slice(), 0));
    assert!(letter.subject.contains("что осталось сделать"), "{}", letter.subject);
    for words in ["осталось сделать", "собрать подписи об ознакомлении: ждём от", "раздать приглашения", "10.09.2026"]
    {
        assert!(letter.text.contains(words), "{words}: {}", letter.text);
    }
    for name in school.names("5А") {
        assert!(!letter.text.contains(&name), "no child is named: {}", letter.text);
    }
    let open = school.call(&["письма", "показать", "школа", "--open", &number(&school, "7А")]);
    assert!(open.stdout.contains("ссылки-приглашения") && open.stdout.contains("7A-Ssylki.xlsx"), "{}", open.shown());
    // The link comes, the class gets its papers: the reminder that was not sent yet is not sent any more.
    let link = school.new_link(&key);
    school.register.insert(key, link);
    school.save_register();
    school.applied(THIRD);
    assert_eq!(send(&school, &[]).status, 0);
    assert_eq!(states(&school), ["5А sent", "5А sent", "7А sent", "7А cancelled", "7А sent", "7Б cancelled"]);
}
