use super::{family_pieces, family_sheets, family_sheets_of};
use crate::papers::checks::flaws;
use crate::papers::choice::Choice;
use crate::papers::forms_sample::{Sample, person, text_of};
use crate::school::{Fingerprint, LinkState, LinkUrl, OptionalPaper, Preset};

/// The core and the whole of the only sheet.
fn sums(sample: &Sample) -> (Fingerprint, Fingerprint) {
    let pieces = family_pieces(&sample.papers(&sample.sheets()));
    let [piece] = pieces.as_slice() else { panic!("{pieces:?}") };
    (piece.core, piece.fingerprint)
}

fn text(sample: &Sample) -> String {
    let pages = family_sheets_of(&sample.papers(&sample.sheets()), Choice::All).unwrap().pages;
    assert_eq!(flaws(&pages), []);
    text_of(&pages)
}

#[test]
fn a_sheet_has_every_child_in_the_order_of_classes() {
    let sample = Sample::of_school(Preset::School62);
    let paper = family_sheets(&sample.papers(&sample.sheets())).unwrap().unwrap();
    assert_eq!((paper.file_name.as_str(), paper.pages, paper.pieces), ("Школа Семейные листы.pdf", 1, 1));
    let text = text(&sample);
    let order = ["Семейный лист", "Орлова Анна Юрьевна, Орлова Анна Юрьевна", "2 «Б»", "7 «А»", "11 соц-экономический"];
    let places: Vec<_> =
        order.iter().map(|words| text.find(words).unwrap_or_else(|| panic!("{words}: {text}"))).collect();
    assert!(places.is_sorted(), "{text}");
    assert!(text.contains("Талоны, которые выдали в классах, остаются в силе"), "{text}");
    assert_eq!(text.matches("https://").count(), 3);
}

#[test]
fn long_names_touch_nothing() {
    let mut sample = Sample::of_school(Preset::Belomorsk);
    sample.people_of_school(|| person(&"Щ".repeat(60), &"Ы".repeat(40), "Константиновна"), || "п".repeat(90));
    sample.school.short_name = "Муниципальное бюджетное общеобразовательное учреждение ".repeat(5);
    let child = sample.families[0].children[0].clone();
    sample.families[0].children.extend(vec![child; 4]);
    assert_eq!(text(&sample).matches("https://").count(), 7);
}

#[test]
fn a_family_waits_for_all_of_its_links() {
    let mut sample = Sample::of_school(Preset::School62);
    let chat = sample.families[0].children[1].chat.clone();
    sample.links.set(chat, LinkState::Awaited);
    assert!(family_sheets(&sample.papers(&sample.sheets())).unwrap().is_none());
}

#[test]
fn a_school_may_do_without_and_no_class_has_any() {
    let mut sample = Sample::of_school(Preset::School62);
    sample.class = Sample::new(Preset::School62).class;
    assert!(family_sheets(&sample.papers(&sample.sheets())).unwrap().is_none());
    sample.class = None;
    sample.settings.optional.remove(&OptionalPaper::Families);
    assert!(family_sheets(&sample.papers(&sample.sheets())).unwrap().is_none());
}

#[test]
fn another_link_another_child_another_name_mislead_and_another_teacher_does_not() {
    let sample = Sample::of_school(Preset::School62);
    let (core, all) = sums(&sample);

    let mut other = Sample::of_school(Preset::School62);
    let chat = other.families[0].children[0].chat.clone();
    other.links.set(chat, LinkState::Ready(LinkUrl::judged("https://max.ru/join/other".to_owned())));
    assert_ne!(sums(&other).0, core);

    let mut other = Sample::of_school(Preset::School62);
    other.families[0].children.pop();
    assert_ne!(sums(&other).0, core);

    let mut other = Sample::of_school(Preset::School62);
    other.families[0].children[0].name = person("Орлова", "Инна", "Юрьевна");
    assert_ne!(sums(&other).0, core);

    let mut other = Sample::of_school(Preset::School62);
    other.families[0].children[0].homeroom = None;
    let now = sums(&other);
    assert!(now.0 == core && now.1 != all);
}
