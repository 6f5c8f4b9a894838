use super::{rule_sheets, rules_sheets};
use crate::papers::canvas::Page;
use crate::papers::checks::flaws;
use crate::papers::forms_sample::{Sample, text_of};
use crate::school::{Audience, OptionalPaper, Preset};

fn pages(sample: &Sample) -> Vec<Page> {
    rule_sheets(&sample.papers(&sample.sheets())).pages
}

/// The text of the sheet of one audience.
fn text(sample: &Sample, audience: Audience) -> String {
    let foot = match audience {
        Audience::Parents => ", родители · лист",
        Audience::Students => ", обучающиеся · лист",
        Audience::Staff | Audience::Everyone => "сотрудники · лист",
    };
    let pages: Vec<Page> =
        pages(sample).into_iter().filter(|page| page.texts().iter().any(|text| text.contains(foot))).collect();
    text_of(&pages).replace('\u{a0}', " ")
}

/// The beginning of a text, which no division of a word reaches.
fn beginning(text: &str) -> String {
    text.split_whitespace().take(2).collect::<Vec<_>>().join(" ")
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
fn a_sheet_is_one_leaf() {
    for preset in Preset::ALL {
        let class = Sample::new(preset);
        let sheets = rule_sheets(&class.papers(&class.sheets()));
        assert!(sheets.pages.len() <= sheets.editions.len() * 2, "{}: {}", preset.id(), sheets.pages.len());
        assert!((1..=2).contains(&pages(&Sample::of_school(preset)).len()), "{}", preset.id());
    }
}

#[test]
fn every_rule_stands_on_the_sheet_of_its_audience() {
    for preset in Preset::ALL {
        let (class, school) = (Sample::new(preset), Sample::of_school(preset));
        for audience in [Audience::Parents, Audience::Students, Audience::Staff] {
            let sample = if audience == Audience::Staff { &school } else { &class };
            if audience != Audience::Staff && !sample.chats.iter().any(|chat| chat.audience == audience) {
                continue;
            }
            let text = text(sample, audience);
            let set = &sample.regulation.rules[&audience];
            let common = [&sample.regulation.common, &sample.regulation.violation];
            for rule in [&set.duties, &set.forbidden, &set.rights].into_iter().chain(common).flatten() {
                assert!(text.contains(&beginning(&rule.text)), "{} {audience:?}: {}\n{text}", preset.id(), rule.text);
            }
            for words in [
                "Для чего",
                "Если правила нарушены",
                "К кому обращаться",
                "8 (800) 000-00-00",
                "(приказ от 28.08.2026 № 112)",
            ] {
                assert!(text.contains(words), "{} {audience:?}: {words}\n{text}", preset.id());
            }
            if let Some(hours) = sample.regulation.hours {
                assert!(text.contains(&hours.span()) || audience == Audience::Staff, "{} {audience:?}", preset.id());
            }
        }
    }
}

#[test]
fn what_happens_after_a_violation_is_said_once() {
    let text = text(&Sample::new(Preset::School31), Audience::Parents);
    assert_eq!(text.matches("За нарушения больше трёх раз").count(), 1, "{text}");
    let text = self::text(&Sample::of_school(Preset::School31), Audience::Staff);
    assert_eq!(text.matches("напоминает участникам о правилах").count(), 1, "{text}");
}

#[test]
fn parents_are_told_that_joining_is_voluntary() {
    for preset in Preset::ALL {
        let text = text(&Sample::new(preset), Audience::Parents).to_lowercase();
        assert!(text.contains("добровольн") && !text.contains("обязаны вступить"), "{text}");
        assert!(text.contains("электронный журнал"), "{text}");
    }
}

#[test]
fn what_is_not_set_is_not_spoken_of() {
    let text = text(&Sample::empty(Preset::School31), Audience::Parents);
    for words in ["{", "Телефон школы", "классный руководитель", "(приказ", "__"]
    {
        assert!(!text.contains(words), "{words}: {text}");
    }
}

#[test]
fn a_school_may_do_without() {
    let mut sample = Sample::new(Preset::School31);
    let make = |sample: &Sample| rules_sheets(&sample.papers(&sample.sheets())).unwrap();
    assert_eq!(make(&sample).unwrap().file_name, "7А Правила общения.pdf");
    sample.settings.optional.remove(&OptionalPaper::Rules);
    assert!(make(&sample).is_none());
}
