use super::{AllPapers, cover, stack};
use crate::papers::checks::flaws;
use crate::papers::forms_sample::{Sample, text_of};
use crate::papers::memo::MemoFacts;
use crate::school::{OptionalPaper, Preset};

#[track_caller]
fn with<T>(sample: &Sample, make: impl FnOnce(&crate::papers::ClassPapers<'_>, &MemoFacts<'_>) -> T) -> T {
    let (sheets, pinned) = (sample.sheets(), sample.pinned());
    make(&sample.papers(&sheets), &MemoFacts { deadlines: &sample.deadlines, pinned: &pinned })
}

#[test]
fn a_cover_is_one_page_on_which_nothing_overlaps() {
    for preset in Preset::ALL {
        for sample in Sample::of_every_kind(preset) {
            let pages = with(&sample, |papers, facts| {
                cover(papers, sample.editions.current().issued, &stack(papers, facts).unwrap())
            });
            assert_eq!(flaws(&pages), [], "{}", preset.id());
            assert_eq!(pages.len(), 1, "{}", preset.id());
        }
    }
}

/// The rows of the cover of a usual class.
#[track_caller]
fn check(change: impl FnOnce(&mut Sample), expected: &[&str]) {
    let mut sample = Sample::new(Preset::School62);
    change(&mut sample);
    let text = with(&sample, |papers, facts| {
        text_of(&cover(papers, sample.editions.current().issued, &stack(papers, facts).unwrap()))
    });
    let text = text.replace('\u{a0}', " ");
    let places: Vec<Option<usize>> = expected.iter().map(|words| text.find(words)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {text}");
}

#[test]
fn a_cover_lists_what_lies_under_it() {
    check(
        |_| {},
        &[
            "7 «А»",
            "Комплект 7 «А» класса",
            "Кузнецова Ольга Сергеевна",
            "Памятка модератора",
            "Тексты объявлений",
            "Журнал нарушений",
            "Листы-приглашения",
            "Вывесить",
            "Правила общения",
            "Лист ознакомления",
            "и вернуть",
            "Согласия на фото и видео",
            "Талоны",
            "Разрезать",
            "Всего вместе с обложкой",
        ],
    );
    check(
        |sample| sample.settings.optional = [OptionalPaper::Rules].into(),
        &["Памятка модератора", "Листы-приглашения", "Правила общения", "Лист ознакомления", "Талоны"],
    );
}

#[test]
fn all_stacks_stand_in_one_file_behind_their_list() {
    let samples = [Sample::new(Preset::School31), Sample::of_school(Preset::School31)];
    let issued = samples[0].editions.current().issued;
    let made = || {
        let mut all = AllPapers::new(&samples[0].school, &samples[0].wording, issued).unwrap();
        for sample in &samples {
            with(sample, |papers, facts| all.add(papers, facts)).unwrap();
        }
        all.finish().unwrap().unwrap()
    };
    let bytes = made();
    assert!(made() == bytes, "the same bytes");
    let file = lopdf::Document::load_mem(&bytes).unwrap();
    let outline: Vec<String> =
        file.get_toc().unwrap().toc.iter().map(|entry| format!("{} {}", entry.title, entry.page)).collect();
    let stacks: Vec<usize> = samples
        .iter()
        .map(|sample| {
            with(sample, |papers, facts| {
                1 + stack(papers, facts).unwrap().iter().map(|of| of.pages.len()).sum::<usize>()
            })
        })
        .collect();
    let school = stacks[0] + 2;
    assert_eq!(outline, ["Всё для печати 1".to_owned(), "7 «А» 2".to_owned(), format!("Школа {school}")]);
    assert_eq!(file.get_pages().len(), 1 + stacks.iter().sum::<usize>());
    let front = file.extract_text(&[1]).unwrap();
    assert!(front.contains(&format!("2–{}", school - 1)), "{front}");
}

#[test]
fn a_school_without_papers_has_no_file() {
    let sample = Sample::new(Preset::School31);
    let all = AllPapers::new(&sample.school, &sample.wording, sample.editions.current().issued).unwrap();
    assert!(all.finish().unwrap().is_none());
}
