use super::{Memo, MemoFacts, moderator_memo};
use crate::papers::canvas::Page;
use crate::papers::checks::flaws;
use crate::papers::forms_sample::{Sample, text_of};
use crate::school::{Deadlines, Preset};

fn pages(sample: &Sample) -> Vec<Page> {
    let sheets = sample.sheets();
    let pinned = sample.pinned();
    let facts = MemoFacts { deadlines: &sample.deadlines, pinned: &pinned };
    let papers = sample.papers(&sheets);
    let edition = papers.editions.current();
    Memo { papers: &papers, facts: &facts, wording: &sample.wording.memo, edition }.pages()
}

#[test]
fn nothing_overlaps_however_long_it_is() {
    for preset in Preset::ALL {
        let check = |sample: &Sample| assert_eq!(flaws(&pages(sample)), [], "{}", preset.id());
        check(&Sample::new(preset));
        check(&Sample::of_school(preset));
        check(&Sample::empty(preset));
        check(&Sample::long(preset));
    }
}

#[test]
fn a_usual_memo_has_few_pages() {
    for preset in Preset::ALL {
        for sample in [Sample::new(preset), Sample::of_school(preset)] {
            assert!((2..=4).contains(&pages(&sample).len()), "{}", preset.id());
        }
    }
}

#[test]
fn chats_stand_with_their_exact_titles_and_states() {
    let sample = Sample::new(Preset::School31);
    let text = text_of(&pages(&sample));
    for chat in &sample.chats {
        assert!(text.contains(chat.title.as_str()), "{}", chat.title);
    }
    assert!(text.contains("ссылка есть") && text.contains("ждёт ссылку"));
    assert!(!text.contains(sample.link.as_str()), "the memo carries no link");
    assert!(text.contains("до 04.09.2026") && text.contains("до 15.09.2026") && text.contains("до 30.09.2026"));
    for rule in &sample.regulation.moderation {
        assert!(text.contains(&rule.clause), "{}", rule.clause);
    }
}

#[test]
fn what_is_not_set_is_not_spoken_of() {
    let mut sample = Sample::new(Preset::School31);
    sample.deadlines = Deadlines::default();
    sample.school.phone = String::new();
    sample.regulation.other_channel = None;
    let text = text_of(&pages(&sample));
    for word in ["Срок", "{", "Телефон школы", "получает те же сведения"] {
        assert!(!text.contains(word), "{word}");
    }
}

#[test]
fn one_text_to_pin_per_audience() {
    let mut sample = Sample::new(Preset::School31);
    for (number, text) in sample.pinned.values_mut().enumerate() {
        *text = format!("Текст-{number}.");
    }
    let text = text_of(&pages(&sample));
    // Pupils (three chats), parents, staff.
    assert_eq!(text.matches("Текст-").count(), 3);
    assert!(text.contains("Текст для чата «7А — обучающиеся»;"), "{text}");
}

#[test]
fn channels_have_settings_of_their_own() {
    let text = text_of(&pages(&Sample::of_school(Preset::School31)));
    assert!(text.contains("Писать сообщения не меняйте только администраторы"), "{text}");
    assert!(!text_of(&pages(&Sample::new(Preset::School31))).contains("Писать сообщения"));
}

#[test]
fn nobody_is_told_that_parents_must_join() {
    for preset in Preset::ALL {
        for sample in [Sample::new(preset), Sample::of_school(preset)] {
            let text = text_of(&pages(&sample)).to_lowercase();
            assert!(text.contains("участие добровольное"), "{text}");
            assert!(!text.contains("обязаны вступить") && !text.contains("обязательно"), "{text}");
        }
    }
}

#[test]
fn the_same_memo_has_the_same_bytes() {
    let sample = Sample::of_school(Preset::School31);
    let sheets = sample.sheets();
    let pinned = sample.pinned();
    let facts = MemoFacts { deadlines: &sample.deadlines, pinned: &pinned };
    let make = || moderator_memo(&sample.papers(&sheets), &facts).unwrap().unwrap();
    let paper = make();
    assert_eq!(paper.file_name, "Школа Памятка модератора.pdf");
    assert!(paper.bytes == make().bytes);
    let none = Sample { chats: Vec::new(), ..Sample::of_school(Preset::School31) };
    assert!(moderator_memo(&none.papers(&[]), &facts).unwrap().is_none());
}
