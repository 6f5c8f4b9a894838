use super::{MESSAGE, announcement_sheets, announcements};
use crate::papers::canvas::Page;
use crate::papers::checks::flaws;
use crate::papers::forms_sample::{Sample, text_of};
use crate::papers::memo::MemoFacts;
use crate::papers::{Paper, TEMPLATES, Wording};
use crate::plan::pinned_rules;
use crate::school::{Audience, OptionalPaper, Preset};

fn pages(sample: &Sample) -> Vec<Page> {
    let pinned = sample.pinned();
    announcement_sheets(&sample.papers(&sample.sheets()), &MemoFacts { deadlines: &sample.deadlines, pinned: &pinned })
        .pages
}

fn make(sample: &Sample) -> Option<Paper> {
    let pinned = sample.pinned();
    let facts = MemoFacts { deadlines: &sample.deadlines, pinned: &pinned };
    announcements(&sample.papers(&sample.sheets()), &facts).unwrap()
}

/// The text of the file to copy from.
fn copy(sample: &Sample) -> String {
    String::from_utf8(make(sample).unwrap().copy.unwrap().bytes).unwrap().replace('\u{a0}', " ")
}

/// Its messages.
fn messages(copy: &str) -> Vec<&str> {
    let blocks = copy.split("\r\n\r\n\r\n");
    blocks
        .filter_map(|block| block.strip_prefix("──────")?.split_once("\r\n\r\n"))
        .map(|(_, text)| text.trim())
        .collect()
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
fn a_page_for_each_audience() {
    for preset in Preset::ALL {
        let mut sample = Sample::new(preset);
        let audiences: std::collections::BTreeSet<Audience> = sample.chats.iter().map(|chat| chat.audience).collect();
        let rules = |chat: &crate::school::Chat| (chat.key.clone(), pinned_rules(&sample.regulation, chat));
        sample.pinned = sample.chats.iter().map(rules).collect();
        assert_eq!(pages(&sample).len(), audiences.len(), "{}", preset.id());
    }
}

#[test]
fn every_message_fits_and_carries_no_link() {
    for preset in Preset::ALL {
        for sample in Sample::of_every_kind(preset) {
            let copy = copy(&sample);
            assert!(!copy.contains("://") && !copy.contains("max.ru") && !copy.contains('{'), "{copy}");
            let messages = messages(&copy);
            assert!(messages.len() >= 2, "{copy}");
            for message in messages {
                assert!(message.chars().count() <= MESSAGE, "{message}");
            }
            let text = text_of(&pages(&sample));
            assert!(!text.contains("://") && !text.contains('{'), "{text}");
        }
    }
}

#[test]
fn the_texts_say_where_until_when_and_whom_to_ask() {
    let sample = Sample::new(Preset::School31);
    let copy = copy(&sample);
    assert!(copy.starts_with('\u{feff}') && copy.ends_with("\r\n"));
    for words in [
        "новый, «7А — родители» — в MAX.",
        "Вступить можно до 30.09.2026, после",
        "Участие в новом чате добровольное.",
        "получит те же сведения иначе: электронный журнал, тел. 8 (800) 000-00-00.",
        "Вопросы: Кузнецова Ольга Сергеевна, классный руководитель.",
        "Тексты для чата «7А — обучающиеся»; для других чатов замените",
        "Просим:\r\n• Пишите по делу.",
    ] {
        assert!(copy.contains(words), "{words}: {copy}");
    }
    let text = text_of(&pages(&sample)).replace('\u{a0}', " ");
    assert!(text.contains("скопируйте его из файла «7А Тексты объявлений.txt»"), "{text}");
    assert!(text.contains("Вступить можно до 30.09.2026, после"), "{text}");
}

#[test]
fn no_parent_is_pressed() {
    for preset in Preset::ALL {
        let copy = copy(&Sample::new(preset)).to_lowercase();
        let parents = copy.split("чат «").find(|part| part.starts_with("7а — родители")).unwrap();
        for words in ["обязан", "необходимо", "нужно вступить", "срочно", "всем вступить"]
        {
            assert!(!parents.contains(words), "{words}: {parents}");
        }
    }
}

#[test]
fn what_is_not_set_is_not_spoken_of() {
    let copy = copy(&Sample::empty(Preset::School31));
    for words in ["Вступить можно до", "Телефон школы", "сведения иначе"] {
        assert!(!copy.contains(words), "{words}: {copy}");
    }
    assert!(copy.contains("добровольн"));
}

#[test]
fn a_school_may_do_without() {
    let mut sample = Sample::new(Preset::School31);
    sample.settings.optional.remove(&OptionalPaper::Announcements);
    assert!(make(&sample).is_none());
}

#[test]
fn a_text_too_long_for_a_message_is_refused() {
    let long = "Пишите по делу. ".repeat(200);
    let text_of = |known: crate::school::Template| known.text.replace("Участие в новом чате добровольное.", &long);
    let texts: Vec<String> = TEMPLATES.into_iter().map(text_of).collect();
    let text_of = |known: crate::school::Template| {
        TEMPLATES.iter().zip(&texts).find(|(one, _)| one.name == known.name).map_or(known.text, |(_, text)| text)
    };
    let error = Wording::read(text_of).unwrap_err().to_string();
    assert!(error.contains("announcements.toml") && error.contains("длиннее 2000 знаков"), "{error}");
}
