//! Sheets for families whose children learn in several classes: for whom, with what, and how long they hold.

use std::fs;

use zavuch::school::{Edition, Piece, SchoolState, Scope};

use crate::handed_out;
use crate::pdf_text;
use crate::pixels;
use crate::small_school::{FIRST, ListForm, SECOND, SmallSchool};

const CLASSES: [(&str, usize); 3] = [("5А", 4), ("7А", 4), ("9Б", 4)];
const FILE: &str = "Школа/Школа Семейные листы.pdf";

/// A school that wants the sheets.
fn school() -> SmallSchool {
    let school = SmallSchool::of(&CLASSES);
    let settings = fs::read_to_string(school.path().join("zavuch.toml")).expect("settings");
    let settings = settings.replace("blank_rows = 3", "blank_rows = 3\nfamily_sheets = true");
    school.write("zavuch.toml", settings.as_bytes());
    school
}

/// Gives the first pupils of classes one mother with one telephone; answers their names.
fn relate(school: &mut SmallSchool, classes: &[&str]) -> Vec<String> {
    let first: Vec<String> = classes.iter().map(|class| school.names(class).remove(0)).collect();
    let (mother, phone) = {
        let eldest = school.pupil(&first[0]);
        (eldest.mother.clone(), eldest.phone.clone())
    };
    for name in &first {
        let pupil = school.pupil(name);
        pupil.mother.clone_from(&mother);
        pupil.phone.clone_from(&phone);
    }
    school.save_lists(ListForm::Csv);
    first
}

/// The editions of the sheets that hold.
fn sheets(state: &SchoolState) -> Vec<Edition> {
    let of_family = |id: &&zavuch::school::PaperId| matches!(id.piece, Piece::Family { .. });
    let sheets: Vec<_> = state.papers.iter().filter(|(id, _)| of_family(id)).collect();
    assert!(sheets.iter().all(|(id, _)| id.scope == Scope::School));
    sheets.into_iter().map(|(_, paper)| paper.edition).collect()
}

fn text(pdf: &[u8]) -> String {
    pdf_text::texts(pdf).iter().flat_map(pdf_text::PageText::lines).collect::<Vec<_>>().join("\n")
}

/// The paper of the school's changes of a day.
fn changes(school: &SmallSchool) -> Vec<u8> {
    let names = school.stamps();
    let name =
        names.keys().find(|name| name.starts_with("выдача/Школа/Школа Изменения")).expect("the school's changes");
    school.output(name.trim_start_matches("выдача/"))
}

#[test]
fn a_name_alone_makes_no_family_and_nobody_gets_a_sheet_unasked() {
    let mut school = school();
    let first: Vec<String> = ["5А", "7А"].iter().map(|class| school.names(class).remove(0)).collect();
    let mother = school.pupil(&first[0]).mother.clone();
    school.pupil(&first[1]).mother = mother;
    school.save_lists(ListForm::Csv);
    school.applied(FIRST);
    assert!(sheets(&school.state()).is_empty() && !school.stamps().contains_key(&format!("выдача/{FILE}")));

    let mut unasked = SmallSchool::of(&CLASSES);
    relate(&mut unasked, &["5А", "7А"]);
    unasked.applied(FIRST);
    assert!(sheets(&unasked.state()).is_empty());
}

#[test]
fn three_children_stand_on_one_sheet_of_the_school_and_their_slips_stay() {
    let mut school = school();
    let children = relate(&mut school, &["9Б", "5А", "7А"]);
    school.applied(FIRST);
    assert_eq!(sheets(&school.state()).len(), 1);
    let pdf = school.output(FILE);
    let said = text(&pdf);
    let places = ["5 «А»", "7 «А»", "9 «Б»"].map(|class| said.find(class).unwrap_or_else(|| panic!("{class}: {said}")));
    assert!(places.is_sorted(), "{said}");
    for child in &children {
        assert!(said.contains(child.as_str()), "{child}: {said}");
    }
    let wanted: Vec<&str> =
        ["5А", "7А", "9Б"].iter().map(|class| school.register[&format!("{class}/родители")].as_str()).collect();
    for dpi in [150.0, 100.0] {
        let codes = pixels::qr_texts(&pdf, dpi);
        assert_eq!(codes.iter().flat_map(pixels::PageCodes::texts).collect::<Vec<_>>(), wanted, "{dpi} dpi");
    }
    // No class, and no letter, has the data of another class.
    for (name, (bytes, _)) in school.stamps() {
        let of_class = ["выдача/5А/", "выдача/7А/", "выдача/9Б/"].iter().any(|folder| name.starts_with(folder));
        assert!(!(of_class && name.contains("Семейн")), "{name}");
        if name.starts_with("выдача/Письма/") {
            let papers = handed_out::letter(&bytes).pdfs();
            let texts: Vec<String> = papers.iter().map(|pdf| text(pdf)).collect();
            assert!(!texts.iter().any(|text| text.contains("Семейный лист")), "{name}");
        }
    }
    let slips = text(&school.output("5А/5А Талоны.pdf"));
    assert!(slips.contains(children[1].as_str()), "{slips}");
}

#[test]
fn another_link_is_another_version_and_the_old_sheet_is_named() {
    let mut school = school();
    relate(&mut school, &["5А", "7А"]);
    school.applied(FIRST);
    let link = school.new_link("7А/родители");
    school.register.insert("7А/родители".to_owned(), link.clone());
    school.save_register();
    school.applied(SECOND);
    let editions = sheets(&school.state());
    assert_eq!(editions.iter().map(|edition| edition.version).collect::<Vec<_>>(), [2]);
    let sheet = changes(&school);
    let void = handed_out::void(&sheet);
    let of_family: Vec<_> = void.iter().filter(|one| one.words.starts_with("семейный лист")).collect();
    assert_eq!(of_family.len(), 1, "{:?}", void.len());
    assert_eq!(of_family[0].why, "ссылка заменена");
    let whole = school.output(FILE);
    assert!(text(&whole).contains(&link), "{}", text(&whole));
    assert!(school.plan(SECOND).status == 0 && school.plan_json(SECOND)["changes"].as_array().unwrap().is_empty());
}

#[test]
fn a_child_who_leaves_changes_the_sheet_and_a_family_of_one_class_has_none() {
    let mut school = school();
    let children = relate(&mut school, &["5А", "7А", "9Б"]);
    school.applied(FIRST);
    school.leave(&children[2]);
    school.save_lists(ListForm::Csv);
    school.applied(SECOND);
    assert_eq!(sheets(&school.state()).len(), 1);
    let said = text(&school.output(FILE));
    assert!(said.contains(children[0].as_str()) && !said.contains(children[2].as_str()), "{said}");
    let void = handed_out::void(&changes(&school));
    assert!(void.iter().any(|one| one.words.starts_with("семейный лист") && one.why == "изменился состав семьи"));

    school.leave(&children[1]);
    school.save_lists(ListForm::Csv);
    school.applied("2026-09-15");
    assert!(sheets(&school.state()).is_empty() && !school.stamps().contains_key(&format!("выдача/{FILE}")));
    let names = school.stamps();
    let last = names.keys().rfind(|name| name.starts_with("выдача/Школа/Школа Изменения 15.09.2026")).expect("a sheet");
    let void = handed_out::void(&school.output(last.trim_start_matches("выдача/")));
    assert!(void.iter().any(|one| one.words.starts_with("семейный лист")));
}

/// Why the sheet of a family is void when the telephone of the mother changed in the list of the child at `at` alone, and
/// whether there is another one.
#[track_caller]
fn check_other_phone(classes: &[&str], at: usize, is_made_anew: bool) {
    let mut school = school();
    let children = relate(&mut school, classes);
    school.applied(FIRST);
    school.pupil(&children[at]).phone = "+7 944 000-98-76".to_owned();
    school.save_lists(ListForm::Csv);
    let answer = school.applied(SECOND);
    assert_eq!(sheets(&school.state()).len(), usize::from(is_made_anew), "{}", answer.shown());
    let void = handed_out::void(&changes(&school));
    let of_family: Vec<&str> =
        void.iter().filter(|one| one.words.starts_with("семейный лист")).map(|one| one.why.as_str()).collect();
    // The cell has two lines.
    assert_eq!(of_family, ["изменились сведения"], "{}", answer.shown());
    assert!(answer.stdout.contains("версия 1 от 01.09.2026 — изменились сведения о родителях"), "{}", answer.shown());
}

#[test]
fn another_telephone_of_one_list_is_told_as_that() {
    // By whichever child the sheet is known.
    (0..3).for_each(|at| check_other_phone(&["5А", "7А", "9Б"], at, true));
    check_other_phone(&["5А", "7А"], 1, false);
}

#[test]
fn a_revoked_link_takes_the_sheet_away() {
    let mut school = school();
    relate(&mut school, &["5А", "7А"]);
    school.applied(FIRST);
    let answer =
        school.call(&["ссылки", "обновить", "5А/родители", "школа", "--why", "ссылка утекла", "--date", SECOND]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert!(answer.shown().contains("семейный лист"), "{}", answer.shown());
    assert!(sheets(&school.state()).is_empty() && !school.stamps().contains_key(&format!("выдача/{FILE}")));
}

#[test]
fn the_staff_signs_a_form_of_its_own() {
    let mut school = SmallSchool::of(&CLASSES);
    school.applied(FIRST);
    let file = "Школа/Школа Лист ознакомления.pdf";
    let said = text(&school.output(file));
    for words in ["сотрудников", "Орлова Инна Львовна", "директор", "Должность"]
    {
        assert!(said.contains(words), "{words}: {said}");
    }
    let mut newcomer = school.staff[0].clone();
    newcomer.name = "Зимина Яна Львовна".to_owned();
    newcomer.post = "учитель физики";
    newcomer.email = "zimina@example.org".to_owned();
    newcomer.role = "учитель";
    school.staff.push(newcomer);
    school.save_staff();
    let edition = |state: &SchoolState| {
        let of_staff = state.papers.iter().find(|(id, _)| {
            id.scope == Scope::School && matches!(id.piece, Piece::Form { audience: zavuch::school::Audience::Staff })
        });
        of_staff.expect("the form of the staff").1.edition
    };
    let before = edition(&school.state());
    school.applied(SECOND);
    assert_eq!(edition(&school.state()), before);
    assert!(text(&school.output(file)).contains("Зимина Яна Львовна"));
}
