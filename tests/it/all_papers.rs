//! `papers --all` and `papers --sample`: everything in one file for the office, and samples for the eye.

use std::collections::BTreeSet;
use std::fs;

use crate::call::{self, School};
use crate::handed_out;
use crate::pdf_text;
use crate::pixels;
use crate::small_school::{ListForm, SECOND, SmallSchool};

const CLASSES: [(&str, usize); 3] = [("5А", 4), ("7А", 5), ("10А", 3)];
const FILE: &str = "Школа/Всё для печати.pdf";

fn print_all(school: &SmallSchool) {
    let answer = school.call(&["бумаги", "школа", "--date", SECOND, "--all"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let told = answer.stdout.replace('\u{a0}', " ");
    assert!(told.contains("В файле 3 класса") && told.contains("версии бумаг прежние"), "{told}");
}

#[test]
fn all_papers_lie_in_one_file_class_by_class() {
    let school = SmallSchool::issued(&CLASSES);
    let before = school.state();
    print_all(&school);
    assert_eq!(school.state(), before, "no version, nothing else");
    let all = school.output(FILE);
    let pages = pdf_text::texts(&all);
    // The same slips and posters as in the files of the classes, in the order of the classes.
    let titles = ["Листы-приглашения", "Талоны"];
    let of = |whose: &str| -> Vec<Vec<u8>> {
        let path = |title| school.path().join(format!("выдача/{whose}/{whose} {title}.pdf"));
        titles.iter().filter_map(|title| fs::read(path(title)).ok()).collect()
    };
    let expected: Vec<_> =
        ["5А", "7А", "10А", "Школа"].into_iter().flat_map(of).flat_map(|file| handed_out::papers(&file)).collect();
    assert_eq!(handed_out::papers(&all), expected);
    let covers: Vec<usize> = (0..pages.len()).filter(|page| pages[*page].holds("Всего вместе с обложкой")).collect();
    assert_eq!(covers.len(), 4);
    for (whose, cover) in ["Комплект 5 «А»", "Комплект 7 «А»", "Комплект 10 «А»", "Комплект школы"].iter().zip(covers)
    {
        assert!(pages[cover].holds(whose), "{whose} on page {cover}");
    }
    assert!(pages[0].holds("Всё для печати") && pages[0].holds("5 «А»"), "the list stands first");
    // Nobody was written to, and nothing is left to be done.
    let plan = school.call(&["план", "школа", "--date", SECOND, "--check"]);
    assert_eq!(plan.status, 0, "{}", plan.shown());
    let letters = fs::read_dir(school.path().join("выдача/Письма")).expect("letters").count();
    assert_eq!(letters, CLASSES.len(), "the first letters only");
    let told = school.call(&["почему", "5А", "школа"]).stdout;
    assert!(told.contains("печать всех бумаг"), "{told}");
}

#[test]
fn the_file_stays_as_long_as_it_holds() {
    let mut school = SmallSchool::issued(&CLASSES);
    print_all(&school);
    let stamps = school.stamps();
    school.applied(SECOND);
    assert!(school.stamps() == stamps, "nothing has changed");
    let bytes = school.output(FILE);
    print_all(&school);
    assert!(school.output(FILE) == bytes, "the same bytes");
    school.arrive("7А");
    school.save_lists(ListForm::Csv);
    let refused = school.call(&["бумаги", "школа", "--date", SECOND, "--all"]);
    assert_eq!(refused.status, 2, "papers of lists that are not applied are not printed: {}", refused.shown());
    school.applied(SECOND);
    assert!(!school.path().join("выдача").join(FILE).exists(), "an old one is taken away");
}

#[test]
fn keys_that_do_not_go_together() {
    let school = SmallSchool::issued(&CLASSES[..1]);
    for keys in [["--all", "--new-version"], ["--all", "--only=slips"], ["--all", "--sample=x"]] {
        let answer = school.call(&[&["бумаги", "школа"][..], &keys].concat());
        assert_eq!(answer.status, 2, "{}", answer.shown());
    }
}

#[test]
fn samples_show_every_paper_of_each_preset() {
    for (preset, consents) in
        [("school-62", true), ("belomorsk", false), ("school-50", false), ("school-31", false), ("school-65", false)]
    {
        let school = School::sample(preset);
        let before = school.files("");
        let sample = school.path().join("../образцы");
        let answer = school.call(&["бумаги", "школа", "--образцы", "образцы", "--date", "2026-09-01"]);
        assert_eq!(answer.status, 0, "{}", answer.shown());
        assert!(school.files("") == before, "nothing is recorded");
        let names: BTreeSet<String> = fs::read_dir(&sample)
            .expect("samples")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        let mut expected = vec![
            "7А Листы-приглашения.pdf",
            "7А Талоны.pdf",
            "7А Лист ознакомления.pdf",
            "7А Памятка модератора.pdf",
            "7А Журнал нарушений.pdf",
            "7А Правила общения.pdf",
            "7А Тексты объявлений.pdf",
            "7А Тексты объявлений.txt",
            "Школа Правила общения.pdf",
            "Всё для печати.pdf",
        ];
        expected.extend(consents.then_some("7А Согласия на фото и видео.pdf"));
        for name in expected {
            assert!(names.contains(name), "{preset}: {name} in {names:?}");
        }
        assert_eq!(names.iter().any(|name| name.contains("Согласия")), consents, "{preset}");
        let slips = fs::read(sample.join("7А Талоны.pdf")).expect("slips");
        for (codes, text) in pixels::qr_texts(&slips, 150.0).into_iter().zip(pdf_text::texts(&slips)) {
            let links = text.runs.iter().filter(|run| run.text.trim().starts_with("https://")).count();
            assert_eq!(codes.codes.len(), links, "{preset}");
            for link in codes.texts() {
                assert!(link.starts_with("https://max.ru/join/EXAMPLE-") && link.len() == 63, "{link}");
            }
        }
        let again = school.call(&["бумаги", "школа", "--sample", "образцы"]);
        assert_eq!(again.status, 2, "{}", again.shown());
    }
}

#[test]
fn samples_need_settings_and_no_tables() {
    let school = School::sample("school-31");
    for table in ["штат.xlsx", "нагрузка.xlsx", "группы.xlsx", "ссылки.xlsx"] {
        fs::remove_file(school.path().join(table)).expect("a table");
    }
    fs::remove_dir_all(school.path().join("списки")).expect("the lists");
    let answer = school.call(&["бумаги", "школа", "--sample", "образцы", "--json"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let value: serde_json::Value = serde_json::from_str(&answer.stdout).expect("one JSON value");
    assert!(value["files"].as_array().expect("files").len() > 10);
    let among = school.call(&["бумаги", "школа", "--sample", "школа/выдача"]);
    assert!(among.status == 2 || !school.path().join("выдача").exists(), "{}", among.shown());
    let nowhere = call::call(&school.path().join(".."), &["бумаги", "пусто", "--sample", "образцы2"]);
    assert_eq!(nowhere.status, 1, "{}", nowhere.shown());
}
