use super::{log_sheets, violation_log};
use crate::papers::canvas::Page;
use crate::papers::checks::flaws;
use crate::papers::forms_sample::{Sample, text_of};
use crate::school::{OptionalPaper, Preset};

fn pages(sample: &Sample) -> Vec<Page> {
    log_sheets(&sample.papers(&sample.sheets())).pages
}

fn text(preset: Preset) -> String {
    text_of(&pages(&Sample::new(preset))).replace('\u{a0}', " ")
}

#[test]
fn nothing_overlaps_however_long_it_is() {
    for preset in Preset::ALL {
        for sample in Sample::of_every_kind(preset) {
            assert_eq!(flaws(&pages(&sample)), [], "{}", preset.id());
        }
    }
}

#[test]
fn it_is_one_leaf_with_a_header_on_both_sides() {
    for preset in Preset::ALL {
        for sample in [Sample::new(preset), Sample::of_school(preset)] {
            let pages = pages(&sample);
            assert_eq!(pages.len(), 2, "{}", preset.id());
            for page in &pages {
                assert!(text_of(std::slice::from_ref(page)).contains("Участник, чат"));
            }
            let rows = |page: &Page| page.texts().iter().filter(|text| text.parse::<u32>().is_ok()).count();
            assert!(rows(&pages[0]) >= 5 && rows(&pages[1]) >= 16, "{}", preset.id());
        }
    }
}

#[test]
fn the_rules_of_the_act_stand_above_the_table() {
    for preset in Preset::ALL {
        let sample = Sample::new(preset);
        let text = text(preset);
        assert!(!sample.regulation.measures.is_empty(), "{}", preset.id());
        for measure in &sample.regulation.measures {
            let words: Vec<&str> = measure.rule.text.split_whitespace().take(3).collect();
            assert!(text.contains(&words.join(" ")), "{}: {}", preset.id(), measure.rule.text);
        }
    }
}

#[test]
fn columns_are_those_of_the_act() {
    let text_31 = text(Preset::School31);
    for words in ["Журнал нарушений и разблокировок", "больше трёх раз", "4.5", "4.6", "4.7", "Возвращён раньше"]
    {
        assert!(text_31.contains(words), "{words}: {text_31}");
    }
    assert!(text(Preset::Belomorsk).contains("Доступ ограничен") && !text(Preset::Belomorsk).contains("Возвращён"));
    for preset in [Preset::School62, Preset::School50, Preset::School65] {
        let text = text(preset);
        for words in ["Доступ ограничен", "Возвращён", "разблокировок", "Перед блокировкой"]
        {
            assert!(!text.contains(words), "{}: {words}", preset.id());
        }
    }
}

#[test]
fn nobody_is_named_on_it() {
    let sample = Sample::new(Preset::School31);
    let text = text(Preset::School31);
    for student in &sample.class.unwrap().students {
        assert!(!text.contains(&student.name.surname) || student.name.surname.chars().count() < 3, "{}", student.name);
    }
}

#[test]
fn a_school_may_do_without() {
    let mut sample = Sample::of_school(Preset::School31);
    let make = |sample: &Sample| violation_log(&sample.papers(&sample.sheets())).unwrap();
    assert_eq!(make(&sample).unwrap().file_name, "Школа Журнал нарушений.pdf");
    sample.settings.optional.remove(&OptionalPaper::ViolationLog);
    assert!(make(&sample).is_none());
    let mut channels = Sample::of_school(Preset::School31);
    channels.chats.retain(|chat| chat.kind.is_channel());
    assert!(make(&channels).is_none());
}
