//! The school's own papers: made once, kept as people have edited them, made anew only when they would say something else.

use std::fs;
use std::io::Read as _;

use crate::small_school::{FIRST, SECOND, SmallSchool};

const CLASSES: [(&str, usize); 2] = [("6А", 6), ("7А", 7)];
const ORDER: &str = "Школа/Школа Приказ (проект).docx";
const REGISTER: &str = "Школа/Школа Реестр чатов и модераторов.xlsx";
const APPLICATION: &str = "Школа/Школа Заявка на регистрацию школы.eml";
const ASIDE: &str = "Школа/Школа Приказ (проект) (изменён вручную).docx";

/// The text of a part of an Office file, its marks taken off.
fn text(bytes: &[u8], part: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut xml = String::new();
    archive.by_name(part).expect("the part").read_to_string(&mut xml).expect("text");
    let pieces = xml.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text);
    pieces.collect::<Vec<_>>().join("|").replace('\u{a0}', " ")
}

/// Somebody else leads 7А.
fn replace_teacher(school: &mut SmallSchool) -> &'static str {
    let new = "Яхонтова Лидия Игоревна";
    let old = school.staff.iter_mut().find(|one| one.class == "7А").expect("a teacher");
    old.name = new.to_owned();
    school.save_staff();
    new
}

#[test]
fn the_first_run_lays_the_drafts_down_and_the_next_touches_nothing() {
    let school = SmallSchool::issued(&CLASSES);
    let order = text(&school.output(ORDER), "word/document.xml");
    for part in ["ПРИКАЗ", "Лосев Пётр Ильич", "7А — родители", "Учительская", "И. Л. Орлова"]
    {
        assert!(order.contains(part), "«{part}» is not in the order: {order}");
    }
    let register = text(&school.output(REGISTER), "xl/sharedStrings.xml");
    assert!(register.contains("7А — родители") && !register.contains("max.ru"), "{register}");
    let letter =
        mail_parser::MessageParser::default().parse(&school.output(APPLICATION)).expect("a letter").into_owned();
    assert_eq!(letter.to().unwrap().first().unwrap().address(), Some("info@sferum.ru"));
    assert!(letter.body_text(0).unwrap().contains("losev@example.org"));
    let before = school.stamps();
    school.applied(FIRST);
    school.applied(SECOND);
    assert!(school.stamps() == before, "a rerun touches nothing");
    let letters = fs::read_dir(school.path().join("выдача/Письма")).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(letters.into_iter().all(|name| !name.to_string_lossy().contains("Заявка")), "nobody sends it by itself");
}

#[test]
fn what_people_edit_stays_and_the_new_one_is_laid_beside_it() {
    let mut school = SmallSchool::issued(&CLASSES);
    let edited = [school.output(ORDER), b"edited".to_vec()].concat();
    school.write(&format!("выдача/{ORDER}"), &edited);
    let before = school.stamps();
    let answer = school.applied(SECOND);
    assert!(school.stamps() == before, "nothing is to be said anew: {}", answer.shown());

    let new = replace_teacher(&mut school);
    let planned = school.planned(SECOND, &["paper_renewed"]);
    assert!(planned.contains(&"Школа: проект приказа".replace(": ", ": выпустить заново: ")), "{planned:?}");
    let answer = school.applied(SECOND);
    assert!(school.output(ASIDE) == edited, "what was edited is kept");
    assert!(answer.stderr.contains("ваш сохранён под этим именем"), "{}", answer.shown());
    let order = text(&school.output(ORDER), "word/document.xml");
    assert!(order.contains(new), "{order}");
    assert!(text(&school.output(REGISTER), "xl/sharedStrings.xml").contains(new));
    // The version stands in the properties of the draft, not on the page that is signed.
    assert!(text(&school.output(ORDER), "docProps/core.xml").contains("|2|"));
    let before = school.stamps();
    school.applied(SECOND);
    assert!(school.stamps() == before, "and that is all");
}

#[test]
fn whoever_is_not_in_the_staff_table_is_a_blank_and_is_told() {
    let mut school = SmallSchool::of(&CLASSES);
    school.staff.retain(|one| one.name != "Лосев Пётр Ильич");
    school.save_staff();
    let answer = school.call(&["проверить", "школа"]);
    assert!(
        answer.stdout.contains("Администратора (Лосев Пётр Ильич) нет в таблице сотрудников"),
        "{}",
        answer.shown()
    );
    school.applied(FIRST);
    let order = text(&school.output(ORDER), "word/document.xml");
    assert!(!order.contains("Лосев"), "{order}");
    assert!(order.contains("сотрудника: ____________________."), "{order}");
}
