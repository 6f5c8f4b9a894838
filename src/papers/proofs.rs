//! Tests of finished papers: what a printer, a telephone and an eye would find.

use std::thread;

use jiff::civil::date;

use super::checks::flaws;
use super::choice::Choice;
use super::fuzz::Fuzz;
use super::paper::{ClassPapers, Paper};
use super::poster::poster_sheets;
use super::sample::{PUPILS, Sample, chat, class, link, name, sample, school};
use super::slips::slip_sheets;
use super::{posters, posters_of, slips, slips_of, unprintable};
use crate::school::{ChatKind, Edition, PersonId, Piece, PosterRule, SlipsPerPage};

const FORMATS: [SlipsPerPage; 4] = [SlipsPerPage::Four, SlipsPerPage::Six, SlipsPerPage::Eight, SlipsPerPage::Ten];

fn make(sample: &Sample, make: fn(&ClassPapers<'_>) -> Result<Option<Paper>, super::PaperError>) -> Paper {
    sample.with(make).unwrap().unwrap()
}

#[test]
fn names_of_any_length_touch_nothing() {
    let mut fuzz = Fuzz::new(0x5EED);
    for round in 0..60 {
        let mut sample = sample();
        let count = 1 + fuzz.below(45);
        let pupils: Vec<String> = (0..count)
            .map(|_| {
                let lengths = [1 + fuzz.below(60), 1 + fuzz.below(30), fuzz.below(30)];
                lengths.map(|length| fuzz.text(length)).join(" ")
            })
            .collect();
        let long = fuzz.text(250);
        sample.school = school(&long);
        sample.school.city = fuzz.text(60);
        sample.class = Some(class(
            ["7А", "10 соц-эк", "1 (дополнительный) Г", "12"][round % 4],
            &pupils.iter().map(String::as_str).collect::<Vec<_>>(),
        ));
        sample.chats.push(chat(ChatKind::ClassSubject, Some(&fuzz.text(90)), Some(&fuzz.text(20))));
        sample.links.push(Some(link(&"Wm-_".repeat(1 + fuzz.below(12)))));
        for chat in &mut sample.chats {
            chat.class = sample.class.as_ref().map(|class| class.name.clone());
            chat.moderator = Some(name(&format!("{} {} {}", fuzz.text(40), fuzz.text(20), fuzz.text(25))));
        }
        sample.regulation.other_channel = Some(fuzz.text(120));
        for rules in sample.regulation.poster.values_mut() {
            rules.push(PosterRule { lead: fuzz.text(25), text: fuzz.text(60) });
            rules.truncate(round % 5);
        }
        sample.settings.slips_per_page = FORMATS[round % 4];
        let pages = sample.with(|papers| {
            [poster_sheets(papers, Choice::All).unwrap().pages, slip_sheets(papers, Choice::All).unwrap().pages]
                .concat()
        });
        assert_eq!(flaws(&pages), [], "round {round}");
    }
}

#[test]
fn bytes_are_the_same_on_every_run_and_thread() {
    let expected = [make(&sample(), posters), make(&sample(), slips)];
    let threads: Vec<_> =
        (0..6).map(|_| thread::spawn(|| [make(&sample(), posters), make(&sample(), slips)])).collect();
    for thread in threads {
        assert!(thread.join().unwrap() == expected);
    }
}

#[test]
fn a_class_s_invitations_are_small() {
    let sizes = [make(&sample(), posters), make(&sample(), slips)].map(|paper| paper.bytes.len());
    assert!(sizes.iter().sum::<usize>() < 90_000, "{sizes:?}");
}

#[test]
fn papers_say_what_they_are() {
    let (posters, slips) = (make(&sample(), posters), make(&sample(), slips));
    assert_eq!((posters.file_name.as_str(), posters.pages, posters.pieces), ("7А Листы-приглашения.pdf", 2, 2));
    assert_eq!((slips.file_name.as_str(), slips.pages, slips.pieces), ("7А Талоны.pdf", 8, 52));
}

#[test]
fn without_a_link_nothing_is_printed() {
    let mut sample = sample();
    sample.links = vec![None, Some(link("students-7A-000000000000000000000-02"))];
    assert_eq!((make(&sample, posters).pages, make(&sample, slips).pieces), (1, 26));
    sample.links = vec![None, None];
    assert!(sample.with(posters).unwrap().is_none());
    assert!(sample.with(slips).unwrap().is_none());
}

#[test]
fn a_school_has_posters_and_no_slips() {
    let mut sample = sample();
    sample.class = None;
    sample.homeroom = None;
    sample.chats = vec![chat(ChatKind::SchoolChannel, None, None), chat(ChatKind::StaffRoom, None, None)];
    assert_eq!(make(&sample, posters).file_name, "Школа Листы-приглашения.pdf");
    assert!(sample.with(slips).unwrap().is_none());
}

#[test]
fn text_is_found_as_it_was_typed() {
    let mut sample = sample();
    sample.chats.push(chat(ChatKind::ClassSubject, Some("Алгебра"), Some("1")));
    sample.links.push(Some(link("algebra-7A-1-00000000000000000-03")));
    let posters = text(&make(&sample, posters));
    for expected in [
        "МБОУ «Средняя школа № 31»",
        "7 «А»",
        "РОДИТЕЛЯМ (ЗАКОННЫМ ПРЕДСТАВИТЕЛЯМ)",
        "Чат родителей в MAX",
        "Прочитайте закреплённые правила чата.",
        "Модератор: Кузнецова Ольга Сергеевна , классный руководитель",
        "Лист 7А-Р · версия 1",
        "выпущен 01.09.2026",
        "УЧЕНИКАМ",
        "Алгебра, группа 1",
        "Чат по предмету в MAX",
    ] {
        assert!(posters.contains(expected), "no «{expected}» in {posters}");
    }
    let slips = text(&make(&sample, slips));
    for expected in ["Объедков Фёдор", "Жуков Илья Алексеевич", "Жуков Илья Петрович", "вопросы: О. С. Кузнецова"]
    {
        assert!(slips.contains(expected), "no «{expected}» in {slips}");
    }
}

#[test]
fn some_pieces_are_printed_again_with_their_own_editions() {
    let mut sample = sample();
    let id = |number: u8| PersonId::of_bytes([number; 16]);
    for (number, student) in (0..).zip(&mut sample.class.as_mut().unwrap().students) {
        student.id = Some(id(number));
    }
    let parents = sample.chats[0].key.clone();
    let slip = |number| Piece::Slip { chat: parents.clone(), student: id(number) };
    let poster = Piece::Poster { chat: sample.chats[1].key.clone() };
    sample.editions.set(slip(4), Edition { version: 3, issued: date(2026, 9, 20) });
    sample.editions.set(poster.clone(), Edition { version: 2, issued: date(2026, 9, 8) });
    let pieces = [slip(3), slip(4), slip(99), poster, Piece::Memo].into();

    let again = sample.with(|papers| slips_of(papers, &pieces)).unwrap().unwrap();
    assert_eq!((again.file_name.as_str(), again.pages, again.pieces), ("7А Отдельные талоны.pdf", 1, 2));
    let said = text(&again);
    // Namesakes keep the patronymics that tell them apart in the class, one alone on a sheet, too.
    let places = ["Жуков Илья Алексеевич", "в. 1 · 01.09.2026", "Жуков Илья Петрович", "в. 3 · 20.09.2026"];
    let places = places.map(|words| said.find(words).expect(words));
    assert!(places.is_sorted(), "{said}");

    let again = sample.with(|papers| posters_of(papers, &pieces)).unwrap().unwrap();
    assert_eq!((again.file_name.as_str(), again.pages), ("7А Отдельные листы-приглашения.pdf", 1));
    let said = text(&again);
    assert!(said.contains("УЧЕНИКАМ") && said.contains("версия 2 выпущен 08.09.2026"), "{said}");
    assert!(sample.with(|papers| posters_of(papers, &[slip(3)].into())).unwrap().is_none());
}

/// The text of a PDF with single blanks.
fn text(paper: &Paper) -> String {
    let file = lopdf::Document::load_mem(&paper.bytes).unwrap();
    let pages: Vec<u32> = file.get_pages().into_keys().collect();
    let text = file.extract_text(&pages).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_cannot_be_printed_is_said_with_its_place() {
    let mut sample = sample();
    sample.class = Some(class("7А", &["Жуков Илья Алексеевич", "Ли Вэй李"]));
    let issues: Vec<String> = sample.with(unprintable).iter().map(ToString::to_string).collect();
    assert_eq!(
        issues,
        [concat!(
            "списки/7А.xlsx, лист «Лист1», ячейка B6: Имя «Ли Вэй李»: в шрифте бумаг нет «李», вместо этого ",
            "будет напечатано «?». Запишите имя русскими буквами."
        )]
    );
}

/// Writes papers to `target/papers`, to be looked at: `cargo test --lib papers::proofs::look -- --ignored`.
#[test]
#[ignore = "writes files for the eye"]
#[expect(clippy::disallowed_methods, reason = "a scratch file of a test, below target")]
fn look() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/papers");
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, paper: Paper| std::fs::write(folder.join(name), paper.bytes).unwrap();
    write("posters.pdf", make(&sample(), posters));
    for (format, name) in FORMATS.into_iter().zip(["slips-4.pdf", "slips-6.pdf", "slips-8.pdf", "slips-10.pdf"]) {
        let mut sample = sample();
        sample.settings.slips_per_page = format;
        write(name, make(&sample, slips));
    }
    let mut long = sample();
    long.school = school(
        "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 50 с углублённым \
         изучением отдельных предметов имени дважды Героя Советского Союза адмирала Александра Викторовича \
         Верхнеозёрского» городского округа Заречный",
    );
    long.class = Some(class("10 соц-эк", &PUPILS));
    long.chats.push(chat(
        ChatKind::ClassSubject,
        Some("Основы безопасности и защиты Родины: практикум первой помощи"),
        Some("девочки"),
    ));
    long.links.push(Some(link("obzr-10-00000000000000000000000-04")));
    long.chats.push(chat(ChatKind::ClassTeachers, None, None));
    long.links.push(Some(link("teachers-10-00000000000000000000-05")));
    for chat in &mut long.chats {
        chat.class = Some("10 соц-эк".parse().unwrap());
    }
    long.chats.push(chat(ChatKind::SchoolChannel, None, None));
    long.links.push(Some(link("channel-000000000000000000000000-06")));
    for rules in long.regulation.poster.values_mut() {
        rules.push(PosterRule {
            lead: "Спорные вопросы".to_owned(),
            text: "решает комиссия по урегулированию споров.".to_owned(),
        });
    }
    write("posters-long.pdf", make(&long, posters));
    write("slips-long.pdf", make(&long, slips));
    let mut odd = sample();
    odd.class = Some(class("1 (дополнительный) Г", &PUPILS[..7]));
    odd.school.short_name = "Школа № 5".to_owned();
    odd.homeroom = None;
    odd.chats = vec![
        chat(ChatKind::ClassParents, None, None),
        chat(ChatKind::Extracurricular, Some("Разговоры о важном"), None),
        chat(ChatKind::DirectorParents, None, None),
        chat(ChatKind::Methodical, Some("Учителя естественно-научного цикла"), None),
    ];
    odd.chats[0].class = odd.class.as_ref().map(|class| class.name.clone());
    odd.links = (1..=4).map(|number| Some(link(&format!("odd-{number}")))).collect();
    odd.regulation.hours = None;
    odd.regulation.other_channel = None;
    odd.regulation.poster.remove(&crate::school::Audience::Staff);
    odd.settings.slips_per_page = SlipsPerPage::Ten;
    write("posters-odd.pdf", make(&odd, posters));
    write("slips-odd.pdf", make(&odd, slips));
}
