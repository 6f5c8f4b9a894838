use super::{consent_sheets, consents};
use crate::papers::canvas::Page;
use crate::papers::checks::flaws;
use crate::papers::forms_sample::{Sample, text_of};
use crate::school::{OptionalPaper, Preset};

fn pages(sample: &Sample) -> Vec<Page> {
    consent_sheets(&sample.papers(&sample.sheets())).pages
}

fn plain(pages: &[Page]) -> String {
    text_of(pages).replace('\u{a0}', " ")
}

/// Any preset with the clause on permission.
fn with_consent(mut sample: Sample) -> Sample {
    sample.regulation.consent = Sample::new(Preset::School62).regulation.consent;
    sample
}

#[test]
fn nothing_overlaps_however_long_it_is() {
    for preset in Preset::ALL {
        for sample in Sample::of_every_kind(preset) {
            assert_eq!(flaws(&pages(&with_consent(sample))), [], "{}", preset.id());
        }
    }
}

#[test]
fn only_where_the_act_asks_for_a_permission() {
    for preset in Preset::ALL {
        let sample = Sample::new(preset);
        let paper = consents(&sample.papers(&sample.sheets())).unwrap();
        assert_eq!(paper.is_some(), preset == Preset::School62, "{}", preset.id());
    }
    assert!(pages(&Sample::of_school(Preset::School62)).is_empty());
    let mut sample = Sample::new(Preset::School62);
    sample.settings.optional.remove(&OptionalPaper::Consents);
    assert!(pages(&sample).is_empty());
}

#[test]
fn one_page_for_each_pupil_and_a_blank_one() {
    for mut sample in [Sample::new(Preset::School62), Sample::long(Preset::School62)] {
        sample.school.address = "000000, г. Примерск, ул. Школьная, д. 1".to_owned();
        let pupils = sample.class.as_ref().unwrap().students.clone();
        let pages = pages(&sample);
        assert_eq!(pages.len(), pupils.len() + 1);
        for (pupil, page) in pupils.iter().zip(&pages) {
            let given = pupil.name.given.as_str();
            assert!(plain(std::slice::from_ref(page)).contains(given), "{given}");
        }
    }
    let pages = pages(&Sample::new(Preset::School62));
    let blank = plain(&pages[9..]);
    assert!(blank.contains("(7 «А» класс): ________"), "{blank}");
}

#[test]
fn it_says_what_the_law_asks_for() {
    let mut sample = Sample::new(Preset::School62);
    sample.school.address = String::new();
    let text = plain(&pages(&sample)[1..2]);
    for words in [
        "Жуков Илья Алексеевич",
        "фамилия, имя, отчество родителя (законного представителя)",
        "серия и номер, кем и когда выдан",
        "Кому.",
        "Адрес: ____",
        "Для чего.",
        "На какие данные",
        "Фотографии, на которых виден обучающийся",
        "Что школа делает с данными.",
        "Сколько действует.",
        "Как отозвать.",
        "Согласие можно не давать",
        "Отказ ни на что не влияет",
        "(п. 5)",
        "подпись, фамилия и инициалы",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains('{') && !text.contains("ознаком"), "{text}");
}

#[test]
fn older_pupils_sign_too() {
    let mut sample = Sample::new(Preset::School62);
    assert!(plain(&pages(&sample)).contains("исполнилось 14 лет"));
    sample.class.as_mut().unwrap().name = "3А".parse().unwrap();
    assert!(!plain(&pages(&sample)).contains("исполнилось 14 лет"));
}
