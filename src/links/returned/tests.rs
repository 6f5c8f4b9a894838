//! Files as people send them back.

use std::path::Path;

use super::{Doubt, Returned, read_returned};
use crate::links::asking_table;
use crate::links::samples::{chat, chats};
use crate::plan::sample::class;
use crate::school::{Chat, Platform, SchoolYear};
use crate::tables::Source;

const CODE: &str = "9BIx_q-7TzKdWmP3rVnYhLs5uEoGcFj2Qk8NwRtUaM";

fn planned() -> Vec<Chat> {
    let mut planned = chats();
    planned.push(chat("8Б/родители", "8Б", "Родители", ""));
    planned
}

#[expect(clippy::disallowed_methods, reason = "a scratch file of a test")]
fn stored(folder: &Path, name: &str, bytes: &[u8]) -> Source {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("written");
    Source { path, label: name.to_owned() }
}

/// «7А/родители A» per answer: the chat, or why it is not clear, and the first letter of the code, or «-».
fn told(returned: &[Returned<'_>]) -> Vec<String> {
    let line = |one: &Returned<'_>| {
        let chat = match &one.chat {
            Ok(chat) => chat.key.to_string(),
            Err(unclear) => format!("{:?}", unclear.doubt),
        };
        let link = match &one.link {
            Some(Ok(judged)) => judged.link.as_str()["https://max.ru/join/".len()..][..1].to_owned(),
            Some(Err(error)) => format!("{error:?}"),
            None => "-".to_owned(),
        };
        format!("{chat} {link}")
    };
    returned.iter().map(line).collect()
}

/// `#A` stands for the invitation whose code begins with A.
#[track_caller]
fn check(name: &str, text: &str, expected: &[&str]) {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "ABCDEF".chars().fold(text.to_owned(), |text, letter| {
        text.replace(&format!("#{letter}"), &format!("https://max.ru/join/{letter}{CODE}"))
    });
    let planned = planned();
    let chats: Vec<&Chat> = planned.iter().collect();
    let source = stored(folder.path(), name, text.as_bytes());
    let read = read_returned(&[source], &chats, Platform::Max, None);
    for issue in &read.issues {
        assert!(!issue.to_string().contains(CODE), "a message tells a link: {issue}");
    }
    assert_eq!(told(&read.value), expected, "{:?}", read.issues);
}

#[test]
fn tables_with_a_header() {
    check(
        "таблица.csv",
        "Ключ чата;Класс;Чат;Название;Модератор;Как создан;Ссылка\n7А/родители;7А;;;;создан вручную;#A\n\
         7А/ученики;7А;;;;создан Сферумом;\n7А/учителя;7А;;;;;\n",
        &["7А/родители A", "7А/ученики -"],
    );
    check(
        "два.csv",
        "чат;ссылка\n7А родители;#A\nУчительская;#B\n8Б родители;нет\n",
        &["7А/родители A", "школа/учительская B"],
    );
    check(
        "чужой.csv",
        "Чат,Ссылка\n9Я родители,#A\n",
        &["NoClass { class: ClassName { grade: 9, litera: \"Я\" }, nearest: [] } A"],
    );
}

#[test]
fn a_class_that_the_plan_has_not() {
    check("письмо.txt", "7А родители #A\n7Я родители #B\n", &["7А/родители A", NO_CLASS]);
    check("письмо.txt", "7А родители\n7Я родители: #B\n", &[NO_CLASS]);
    // By its shape, the Latin letter is that of 7А.
    check("письмо.txt", "7A родители #A\n", &["7А/родители A"]);
    let doubt = Doubt::NoClass { class: class("7Я"), nearest: vec![class("7А"), class("7Б")] };
    assert_eq!(doubt.words(), "класса 7Я в списках нет");
    assert_eq!(doubt.advice(), "Исправьте название класса. Похожие: 7А, 7Б.");
}

const NO_CLASS: &str = "NoClass { class: ClassName { grade: 7, litera: \"Я\" }, nearest: \
                        [ClassName { grade: 7, litera: \"А\" }] } B";

#[test]
fn a_table_without_a_header() {
    check("п.csv", "7А;родители;#A\n7А;ученики;#B\n", &["7А/родители A", "7А/ученики B"]);
    check("п.csv", "\"7А\";\"родители\";\"#A\"\n", &["7А/родители A"]);
    check("п.csv", "7А, родители, #A\n8Б, родители, #B\n", &["7А/родители A", "8Б/родители B"]);
}

/// E-mails that were saved whole: encoded, as HTML, with the table of the program.
#[test]
fn a_letter_as_it_travels() {
    use lettre::message::header::{ContentTransferEncoding, ContentType};
    use lettre::message::{Attachment, Body, Message, MultiPart, SinglePart};
    let parents = format!("https://max.ru/join/A{CODE}");
    let text = format!("Здравствуйте!\n7А родители: {parents}\n");
    let encoded = |text: String, encoding, kind| {
        let body = Body::new_with_encoding(text.into_bytes(), encoding).expect("a body");
        SinglePart::builder().header::<ContentType>(kind).body(body)
    };
    let whole = |part: MultiPart| {
        let address = || "a@example.org".parse::<lettre::message::Mailbox>().expect("an address");
        Message::builder().from(address()).to(address()).multipart(part).expect("a letter").formatted()
    };
    let table = format!("Ключ чата;Ссылка\n7А/ученики;https://max.ru/join/B{CODE}\n");
    let csv: ContentType = "text/csv; charset=utf-8".parse().expect("a type");
    let letters = [
        (
            whole(MultiPart::mixed().singlepart(encoded(
                text.clone(),
                ContentTransferEncoding::Base64,
                ContentType::TEXT_PLAIN,
            ))),
            1,
        ),
        (
            whole(MultiPart::mixed().singlepart(encoded(
                text.clone(),
                ContentTransferEncoding::QuotedPrintable,
                ContentType::TEXT_PLAIN,
            ))),
            1,
        ),
        (
            whole(MultiPart::mixed().singlepart(encoded(
                format!("<p>Привет!</p><p>7А родители: {parents}</p>"),
                ContentTransferEncoding::Base64,
                ContentType::TEXT_HTML,
            ))),
            1,
        ),
        (
            whole(
                MultiPart::mixed()
                    .singlepart(encoded(text, ContentTransferEncoding::Base64, ContentType::TEXT_PLAIN))
                    .singlepart(Attachment::new("7А Ссылки.csv".to_owned()).body(table, csv)),
            ),
            2,
        ),
    ];
    let folder = tempfile::tempdir().expect("a folder");
    let chats = planned();
    let chats: Vec<&Chat> = chats.iter().collect();
    for (bytes, number) in letters {
        let source = stored(folder.path(), "письмо.eml", &bytes);
        let read = read_returned(&[source], &chats, Platform::Max, None);
        assert!(read.issues.is_empty(), "{:?}", read.issues);
        assert_eq!(told(&read.value), &["7А/родители A", "7А/ученики B"][..number]);
        let last = read.value.last().map(|one| one.place.to_string());
        assert_eq!(last.is_some_and(|place| place == "письмо.eml, вложение «7А Ссылки.csv», ячейка B2"), number == 2);
    }
    // Nothing in it: as of any other file.
    let source = stored(folder.path(), "п.txt", b"Content-Transfer-Encoding: base64\n\n0J/RgNC40LLQtdGC\n");
    let read = read_returned(&[source], &[], Platform::Max, None);
    assert!(read.issues[0].to_string().contains("нет ни одной ссылки"), "{:?}", read.issues);
}

/// Whoever sends back the table of last year means other children.
#[test]
fn a_table_of_last_year() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let cells = [
        (0, 0, "Какие ссылки нужны, 2025/26 учебный год".to_owned()),
        (2, 0, "Ключ чата".to_owned()),
        (2, 1, "Ссылка".to_owned()),
        (3, 0, "7А/родители".to_owned()),
        (3, 1, format!("https://max.ru/join/A{CODE}")),
        (4, 0, "школа/учительская".to_owned()),
        (4, 1, format!("https://max.ru/join/B{CODE}")),
    ];
    for (row, column, text) in cells {
        sheet.write_string(row, column, text).expect("a cell");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let source = stored(folder.path(), "7А Ссылки.xlsx", &book.save_to_buffer().expect("a table"));
    let planned = planned();
    let chats: Vec<&Chat> = planned.iter().collect();
    let year = |text: &str| text.parse::<SchoolYear>().expect("a year");
    let read = |recorded| told(&read_returned(std::slice::from_ref(&source), &chats, Platform::Max, recorded).value);
    assert_eq!(read(None), ["7А/родители A", "школа/учительская B"]);
    assert_eq!(read(Some(year("2025/26"))), ["7А/родители A", "школа/учительская B"]);
    assert_eq!(
        read(Some(year("2026/27"))),
        ["PastYear { year: SchoolYear { begins: 2025 } } A", "школа/учительская B"]
    );
    // What the program writes carries the year.
    let bytes = asking_table(&chats[..1], year("2026/27")).expect("built");
    let workbook = crate::tables::read(&stored(folder.path(), "новая.xlsx", &bytes)).expect("a table");
    assert_eq!(super::year_of(&workbook.sheets[0]), Some(year("2026/27")));
}

#[test]
fn lines_of_a_text() {
    check(
        "письмо.txt",
        "7А родители #A\n7А ученики: #B\n8Б родители — #C\n",
        &["7А/родители A", "7А/ученики B", "8Б/родители C"],
    );
    check(
        "письмо.txt",
        "Добрый день, Зоя Петровна!\n\nВысылаю ссылки.\nЧат родителей 7 «А»:\n#A\n\n> 7А обучающиеся\n> #B\n\n\
         С уважением, школа: https://school.example.org\n",
        &["7А/родители A", "7А/ученики B"],
    );
    // One class in the whole text: the other lines are about it, too.
    check("письмо.txt", "Класс 7А\nродители: #A\nученики: #B\n", &["7А/родители A", "7А/ученики B"]);
    check("письмо.txt", "Классы 7А\n8Б\nродители: #A\n", &["Unknown A"]);
    check("письмо.txt", "#A\n", &["Unknown A"]);
    check("письмо.txt", "7А #A\n", &["Unknown A"]);
}

/// Words that may stand under their link give it to nobody.
#[test]
fn whose_link_is_not_certain() {
    check("письмо.txt", "#A\n7А родители\n#B\n7А ученики\n", &["Unknown A", "Several B"]);
    check("письмо.txt", "7А родители\n#A\n7А ученики\n", &["Several A"]);
    check("письмо.txt", "7А и 8Б родители #A\n", &["Several A"]);
    check("письмо.txt", "Класс 7А\n7А и 8Б родители #A\n", &["Several A"]);
    check("письмо.txt", "7А родители\n#A\n7А ученики #B\n", &["7А/родители A", "7А/ученики B"]);
}

#[test]
fn a_link_that_is_broken_anywhere() {
    for at in 1..CODE.len() {
        let (head, tail) = CODE.split_at(at);
        let text = format!("7А родители https://max.ru/join/A{head}\n{tail}\n7А ученики #B\n");
        check("письмо.txt", &text, &["7А/родители A", "7А/ученики B"]);
    }
}

#[test]
fn what_is_no_invitation_is_told_with_its_chat() {
    check("письмо.txt", "7А родители https://chat.whatsapp.com/AbCd\n", &["7А/родители Foreign(WhatsApp)"]);
    check("письмо.txt", "7А родители https://max.ru/u/abc\n", &["7А/родители Profile"]);
    check("письмо.txt", "Привет!\nМой чат https://t.me/+AbCd\n", &["Unknown Foreign(Telegram)"]);
}

#[test]
fn a_link_that_a_mail_program_has_broken() {
    check(
        "письмо.txt",
        &format!("7А родители https://max.ru/join/\nA{CODE}\n7А ученики #B\n"),
        &["7А/родители A", "7А/ученики B"],
    );
    let (head, tail) = CODE.split_at(15);
    check("письмо.txt", &format!("7А родители https://max.ru/join/A{head}\n{tail}\n"), &["7А/родители A"]);
}

#[test]
fn the_table_of_a_moderator_comes_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let planned = planned();
    let chats: Vec<&Chat> = planned.iter().take(3).collect();
    let bytes = asking_table(&chats, SchoolYear::of(jiff::civil::date(2026, 9, 1))).expect("built");
    let source = stored(folder.path(), "7А Ссылки.xlsx", &bytes);
    let read = read_returned(&[source], &chats, Platform::Max, None);
    assert!(read.value.is_empty(), "{:?}", read.value);
    assert_eq!(read.issues.len(), 1, "an empty table is told: {:?}", read.issues);
}
