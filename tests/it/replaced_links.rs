//! The register of links as people change it: a new link for an old chat, a lost row, two rows mixed up, a link at last.

use std::collections::BTreeSet;

use crate::handed_out;
use crate::small_school::{FIRST, SECOND, SmallSchool};
use crate::stamps::{JOURNAL, issued};

const CLASSES: [(&str, usize); 3] = [("5А", 6), ("7А", 6), ("7Б", 7)];
const PARENTS: &str = "7А/родители";
const SHEET: &str = "7А/7А Изменения 08.09.2026 № 1.pdf";

/// All links that stand on papers in «выдача/», letters included.
fn printed(school: &SmallSchool) -> BTreeSet<String> {
    let mut links = BTreeSet::new();
    for (name, (bytes, _)) in school.stamps() {
        if name.rsplit_once('.').is_some_and(|(_, end)| end == "pdf") {
            links.extend(handed_out::papers(&bytes).into_iter().map(|paper| paper.link));
        }
    }
    links
}

#[test]
fn a_link_is_replaced() {
    let mut school = SmallSchool::issued(&CLASSES);
    let old = school.register[PARENTS].clone();
    let new = school.new_link(PARENTS);
    school.register.insert(PARENTS.to_owned(), new.clone());
    school.save_register();
    let before = school.stamps();
    assert_eq!(school.planned(SECOND, &["link_replaced"]), ["7А: ссылка чата «7А — родители» заменена"]);
    school.applied(SECOND);

    let sheet = school.output(SHEET);
    let papers = handed_out::papers(&sheet);
    assert!(papers.iter().all(|paper| paper.link == new && paper.edition == "2 от 08.09.2026"), "{papers:?}");
    let slips: BTreeSet<String> = papers.iter().filter_map(|paper| paper.pupil.clone()).collect();
    assert_eq!(slips, school.names("7А").into_iter().collect());
    assert_eq!(papers.len(), 7, "six slips and a poster");
    assert_eq!(handed_out::codes(&sheet), BTreeSet::from([new.clone()]));
    let void = handed_out::void(&sheet);
    assert_eq!(void.len(), 7);
    assert!(void.iter().all(|void| void.why == "ссылка заменена" && void.edition == "1 от 01.09.2026"), "{void:?}");
    assert!(!printed(&school).contains(&old), "the old link still lies in «выдача»");
    let touched = issued(&before, &school.stamps());
    assert!(touched.iter().all(|name| name.contains("7А") || name == JOURNAL), "{touched:?}");
}

#[test]
fn a_row_is_lost() {
    let mut school = SmallSchool::issued(&CLASSES);
    school.register.remove(PARENTS);
    school.save_register();
    let before = school.stamps();
    let check = school.call(&["проверить", "школа"]);
    assert_eq!(check.status, 0, "{}", check.shown());
    assert!(check.stdout.contains("остаётся прежняя"), "{}", check.shown());
    assert_eq!(school.call(&["план", "школа", "--date", SECOND, "--check"]).status, 0);
    school.applied(SECOND);
    let touched = issued(&before, &school.stamps());
    assert_eq!(
        touched,
        BTreeSet::from([JOURNAL.to_owned(), "Школа/ссылки.xlsx".to_owned()]),
        "only a full register is laid out"
    );
}

#[test]
fn two_rows_are_mixed_up() {
    let mut school = SmallSchool::issued(&CLASSES);
    let [one, other] = [PARENTS, "7Б/родители"].map(|key| school.register[key].clone());
    school.register.insert(PARENTS.to_owned(), other);
    school.register.insert("7Б/родители".to_owned(), one);
    school.save_register();
    let before = school.stamps();
    let check = school.call(&["проверить", "школа"]);
    for words in [
        "чата «7А — родители» уже стоит на бумагах чата «7Б — родители»",
        "чата «7Б — родители» уже стоит на бумагах чата «7А — родители»",
    ] {
        assert!(check.stdout.contains(words), "«{words}» is not in\n{}", check.shown());
    }
    assert!(!check.stdout.contains("/join/"), "a link in a message");
    assert_eq!(school.call(&["план", "школа", "--date", SECOND, "--check"]).status, 0);
    school.applied(SECOND);
    assert_eq!(issued(&before, &school.stamps()), BTreeSet::new());
}

#[test]
fn a_link_comes_at_last() {
    let mut school = SmallSchool::of(&CLASSES);
    let link = school.register.insert(PARENTS.to_owned(), String::new()).expect("a link");
    school.save_register();
    school.applied(FIRST);
    assert!(!printed(&school).contains(&link));
    school.register.insert(PARENTS.to_owned(), link.clone());
    school.save_register();
    let before = school.stamps();
    school.applied(SECOND);
    let sheet = school.output(SHEET);
    assert_eq!(handed_out::codes(&sheet), BTreeSet::from([link.clone()]));
    assert_eq!(handed_out::void(&sheet), []);
    let papers = handed_out::papers(&sheet);
    assert_eq!(papers.len(), 7, "six slips and a poster");
    assert!(papers.iter().all(|paper| paper.edition == "1 от 08.09.2026"), "{papers:?}");
    let letter = handed_out::letter(&school.output("Письма/7А 08.09.2026 № 1.eml"));
    assert!(letter.names().contains(&"7А Изменения 08.09.2026 № 1.pdf"), "{:?}", letter.names());
    assert!(issued(&before, &school.stamps()).iter().all(|name| name.contains("7А") || name == JOURNAL));
}
