//! Every clause that a paper must carry stands there, by preset: clause → paper → printed text.
//!
//! Numbers stand in the texts where they are printed: in the margin before a rule, in brackets behind it.

mod belomorsk;
mod school_31;
mod school_50;
mod school_62;
mod school_65;
mod school_files;

use std::collections::BTreeMap;
use std::fs;

use crate::call::School;
use crate::pdf_text::{self, PageText};

/// Where a clause is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Paper {
    Posters,
    Form,
    Memo,
    SchoolMemo,
    Rules,
    StaffRules,
    Log,
    Consents,
    Texts,
}
use Paper::{Consents, Form, Log, Memo, Posters, Rules, SchoolMemo, StaffRules, Texts};

/// A clause, the paper that carries it and a text of it.
type Row = (&'static str, Paper, &'static str);

/// The pages of a paper of a class of a finished run.
fn pages(school: &School, class: &str, paper: Paper) -> Vec<PageText> {
    let (whose, title) = match paper {
        Posters => (class, "Листы-приглашения"),
        Form => (class, "Лист ознакомления"),
        Memo => (class, "Памятка модератора"),
        SchoolMemo => ("Школа", "Памятка модератора"),
        Rules => (class, "Правила общения"),
        StaffRules => ("Школа", "Правила общения"),
        Log => (class, "Журнал нарушений"),
        Consents => (class, "Согласия на фото и видео"),
        Texts => (class, "Тексты объявлений"),
    };
    let path = school.path().join(format!("выдача/{whose}/{whose} {title}.pdf"));
    pdf_text::texts(&std::fs::read(path).expect("the paper"))
}

/// Runs a sample whose adoption block is filled in: blanks are printed for nobody.
fn run(name: &str) -> School {
    let school = School::sample(name);
    let settings = fs::read_to_string(school.path().join("zavuch.toml")).expect("settings");
    let adoption = "[regulation]\napproval = [\"СОГЛАСОВАНО педагогическим советом (протокол от 09.02.2026 № 6)\", \
        \"ПРИНЯТО педагогическим советом (протокол от 13.01.2026 № 376)\", \
        \"СОГЛАСОВАНО управляющим советом (протокол от 16.01.2026 № 02)\", \
        \"Учтено мнение совета родителей (законных представителей) обучающихся (протокол от 07.02.2026 № 1)\", \
        \"Учтено мнение совета обучающихся (протокол от 09.02.2026 № 5)\", \
        \"УТВЕРЖДЕНО приказом директора {приказ}\"]\n";
    school.write("zavuch.toml", settings.replacen("[regulation]\n", adoption, 1).as_bytes());
    let answer = school.run();
    assert_eq!(answer.status, 0, "{}", answer.shown());
    school
}

#[track_caller]
fn check(name: &str, class: &str, rows: &[Row]) {
    check_run(&run(name), name, class, rows);
}

#[track_caller]
fn check_run(school: &School, name: &str, class: &str, rows: &[Row]) {
    let mut papers: BTreeMap<Paper, Vec<PageText>> = BTreeMap::new();
    let missing: Vec<&Row> = rows
        .iter()
        .filter(|(_, paper, text)| {
            let pages = papers.entry(*paper).or_insert_with(|| pages(school, class, *paper));
            !pages.iter().any(|page| page.holds(text))
        })
        .collect();
    assert!(missing.is_empty(), "{name}: {missing:#?}");
    for paper in [Posters, Form, Memo, Rules, Texts] {
        let pages = papers.entry(paper).or_insert_with(|| self::pages(school, class, paper));
        for words in [["добровольн", "Добровольн"], ["(законны", "(ЗАКОННЫ"]] {
            let is_said = |page: &PageText| words.iter().any(|word| page.holds(word));
            assert!(pages.iter().any(is_said), "{name}: {words:?} in {paper:?}");
        }
        for word in ["обязаны вступить", "обязательно вступить", "info@sferum.ru", "{", "WhatsApp"]
        {
            assert!(!pages.iter().any(|page| page.holds(word)), "{name}: «{word}» in {paper:?}");
        }
    }
}
