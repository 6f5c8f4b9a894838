use super::{Form, acknowledgement_form, form_pieces, parts, people};
use crate::papers::canvas::{Item, Page};
use crate::papers::checks::flaws;
use crate::papers::forms_sample::{Sample, chat, person, student, text_of};
use crate::papers::units::Mm;
use crate::school::{Audience, ChatKind, Hours, Piece, Preset, WeekDays};

/// The pages of each part.
fn pages(sample: &Sample) -> Vec<Vec<Page>> {
    let sheets = sample.sheets();
    let papers = sample.papers(&sheets);
    parts(&papers).map(|part| Form::new(&papers, people(&papers), part, papers.editions.current()).pages()).collect()
}

/// A class of 45 pupils with two parents each and names, titles and rules as long as they can be.
fn long(preset: Preset) -> Sample {
    let mut sample = Sample::new(preset);
    let name =
        || person("Мартынюк-Заславская-Константинопольская", "Александра-Виктория", "Константиновна-Всеволодовна");
    let class = sample.class.as_mut().unwrap();
    class.name = "11 соц-экономический".parse().unwrap();
    let parents = [Some(name()), Some(person("Ы".repeat(120).as_str(), "Ю", ""))];
    class.students = (0..45).map(|_| student(&class.name, name(), &parents)).collect();
    sample.school.short_name = "Муниципальное бюджетное общеобразовательное учреждение ".repeat(5);
    sample.regulation.act.title_instrumental = "Положением о применении сервисов взаимодействия ".repeat(6);
    sample.regulation.act.number = Some("01-02/2026-ОД-приложение-к-основной-деятельности".to_owned());
    sample.regulation.other_channel = Some("электронный журнал и телефон секретаря школы ".repeat(4));
    sample.homeroom.as_mut().unwrap().name = name();
    for rule in &mut sample.regulation.common {
        rule.text = "Участники образовательных отношений соблюдают правила. ".repeat(9);
        rule.clause = "прил. 12, п. 4.3.12".to_owned();
    }
    sample
}

#[test]
fn nothing_overlaps_however_long_it_is() {
    for preset in Preset::ALL {
        for blank_rows in [0, 1, 5, 40] {
            let mut usual = Sample::new(preset);
            usual.settings.blank_rows = blank_rows;
            let mut empty = Sample::new(preset);
            empty.homeroom = None;
            empty.settings.blank_rows = blank_rows;
            empty.regulation.act.date = None;
            empty.regulation.act.number = None;
            empty.regulation.other_channel = None;
            empty.regulation.acknowledgement.clear();
            empty.regulation.common.clear();
            empty.regulation.rules.clear();
            empty.class.as_mut().unwrap().students.clear();
            let mut long = long(preset);
            long.settings.blank_rows = blank_rows;
            for sample in [&usual, &empty, &long] {
                let parts = pages(sample);
                assert!(!parts.is_empty());
                for part in parts {
                    assert_eq!(flaws(&part), [], "{}", preset.id());
                }
            }
        }
    }
}

#[test]
fn everybody_has_a_row() {
    let sample = Sample::new(Preset::School62);
    let parts = pages(&sample);
    let [parents, students] = parts.as_slice() else { panic!("two parts") };
    // Nine pupils, two of them with two parents, one with none named, and five blank rows.
    let numbers = |pages: &[Page]| {
        let runs = pages.iter().flat_map(Page::texts);
        runs.filter_map(|run| run.parse::<u32>().ok()).max()
    };
    assert_eq!((numbers(parents), numbers(students)), (Some(16), Some(14)));
    let text = text_of(parents);
    assert_eq!(text.matches("Жуков Илья Алексеевич").count(), 1, "{text}");
    assert!(text.contains("Родитель (законный представитель)") && text.contains("Прошу другой канал"));
    assert!(!text_of(students).contains("Прошу другой канал"));
}

#[test]
fn the_signature_stands_under_rows() {
    for blank_rows in 0..=40 {
        let mut sample = Sample::new(Preset::School31);
        sample.settings.blank_rows = blank_rows;
        for part in pages(&sample) {
            let last = part.last().unwrap();
            let runs = last.texts();
            assert!(runs.iter().any(|run| run.starts_with("Классный руководитель:")), "{blank_rows}");
            assert!(runs.iter().any(|run| run.parse::<u32>().is_ok()), "{blank_rows}: {runs:?}");
        }
    }
}

#[test]
fn rows_are_high_enough_to_sign() {
    for page in pages(&Sample::new(Preset::Belomorsk)).concat() {
        let mut rules: Vec<f32> = page
            .items()
            .iter()
            .filter_map(|item| match item {
                Item::Line(line) if line.from.x == Mm(20.0) && line.from.y == line.to.y => Some(line.from.y.0),
                _ => None,
            })
            .collect();
        rules.sort_by(f32::total_cmp);
        rules.dedup();
        // The last one is the rule of the foot.
        for pair in rules.windows(2).rev().skip(1) {
            assert!(pair[1] - pair[0] >= 9.19, "{pair:?}");
        }
    }
}

#[test]
fn what_a_signature_means_is_said_once() {
    for preset in Preset::ALL {
        let parts = pages(&Sample::new(preset));
        for part in &parts {
            let text = text_of(part);
            let sentence = "Подпись не является согласием на обработку персональных данных.";
            assert_eq!(text.matches(sentence).count(), 1, "{text}");
            assert!(!text.to_lowercase().contains("обязан вступить") && !text.contains('{'), "{text}");
        }
        assert!(text_of(&parts[0]).contains("добровольн"), "{}", preset.id());
    }
}

#[test]
fn parents_sign_for_the_youngest() {
    let mut sample = Sample::new(Preset::School62);
    sample.class.as_mut().unwrap().name = "2Б".parse().unwrap();
    let parts = pages(&sample);
    assert!(
        text_of(&parts[1]).contains("За обучающегося 2 «Б» класса расписывается родитель"),
        "{}",
        text_of(&parts[1])
    );
}

#[test]
fn the_hours_of_a_class_are_named() {
    let mut sample = Sample::new(Preset::School50);
    let class = sample.class.as_ref().unwrap().name.clone();
    assert!(!text_of(&pages(&sample).concat()).contains("Когда писать"));
    let hours = Hours::parse(WeekDays::Daily, "09:00-16:00").unwrap();
    sample.regulation.class_hours.insert(class, hours);
    assert!(text_of(&pages(&sample).concat()).contains("ежедневно 9:00–16:00"));
}

#[test]
fn only_those_with_a_chat_sign() {
    let mut sample = Sample::new(Preset::School50);
    assert_eq!(pages(&sample).len(), 1);
    let class = sample.class.as_ref().unwrap().name.clone();
    sample.chats = vec![chat(Some(&class), ChatKind::ClassTeachers, "7А — учителя", 9)];
    assert_eq!(sample.chats[0].audience, Audience::Staff);
    let sheets = sample.sheets();
    assert!(acknowledgement_form(&sample.papers(&sheets)).unwrap().is_none());
}

#[test]
fn the_same_form_has_the_same_bytes() {
    let sample = Sample::new(Preset::School65);
    let sheets = sample.sheets();
    let make = || acknowledgement_form(&sample.papers(&sheets)).unwrap().unwrap();
    let paper = make();
    assert_eq!(paper.file_name, "7А Лист ознакомления.pdf");
    assert_eq!(paper.pieces, 2);
    assert!(paper.bytes == make().bytes);
}

#[test]
fn the_staff_signs_the_rules_of_the_staff() {
    for preset in Preset::ALL {
        let sample = Sample::of_school(preset);
        let [form] = pages(&sample).try_into().unwrap();
        assert_eq!(flaws(&form), [], "{preset:?}");
        let text = text_of(&form);
        for words in ["Лист ознакомления", "сотрудников", "Должность", "учитель математики", "Куратор чатов:"]
        {
            assert!(text.contains(words), "{preset:?}: no «{words}» in {text}");
        }
        assert!(!text.contains("Родитель") && !text.contains("Классный руководитель:"), "{preset:?}: {text}");
        let rules = sample.regulation.rules_of(Audience::Staff, None).unwrap();
        for rule in rules.duties.iter().chain(&rules.forbidden).chain(&rules.rights) {
            let start: String = rule.text.chars().take(24).collect();
            assert!(text.contains(&start), "{preset:?}: no «{start}» in {text}");
        }
    }
}

#[test]
fn the_staff_signs_no_rule_that_is_for_families_only() {
    let mut sample = Sample::of_school(Preset::School65);
    let of_families = "обсуждает до вступления в чат";
    let [form] = pages(&sample).try_into().unwrap();
    assert!(!text_of(&form).contains(of_families));
    // A rule of the school's own that names a homeroom teacher is like any other.
    for rule in &mut sample.regulation.acknowledgement {
        rule.families_only = false;
    }
    let [form] = pages(&sample).try_into().unwrap();
    assert!(text_of(&form).contains(of_families), "{}", text_of(&form));
}

#[test]
fn a_new_employee_is_a_row_and_no_new_version() {
    let mut sample = Sample::of_school(Preset::School31);
    let piece = |sample: &Sample| form_pieces(&sample.papers(&sample.sheets())).remove(0);
    let before = piece(&sample);
    assert_eq!(before.piece, Piece::Form { audience: Audience::Staff });
    sample.staff.push(sample.staff[0].clone());
    let after = piece(&sample);
    assert!(before.core == after.core && before.fingerprint != after.fingerprint);
    sample.staff.clear();
    assert!(form_pieces(&sample.papers(&sample.sheets())).is_empty());
}
