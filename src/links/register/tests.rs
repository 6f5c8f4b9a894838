//! Each state of a link and each issue of the register.

use super::RegisterRows;
use crate::links::samples::chats;
use crate::roster::sheet_table::tests::{short, workbook};
use crate::school::{Issue, IssueKind, LinkState, Platform};
use crate::tables::Value;

const CODES: [&str; 3] = [
    "A9BIx_q-7TzKdWmP3rVnYhLs5uEoGcFj2Qk8NwRtUaM",
    "B9BIx_q-7TzKdWmP3rVnYhLs5uEoGcFj2Qk8NwRtUaM",
    "C9BIx_q-7TzKdWmP3rVnYhLs5uEoGcFj2Qk8NwRtUaM",
];

const HEADER: &str = "Ключ чата|Класс|Чат|Название|Модератор|Как создан|Ссылка";

/// `{0}`, `{1}` and `{2}` in a line stand for three invitations.
#[track_caller]
fn check(lines: &[&str], expected: &[&str], issues: &[&str]) {
    let chats = &chats()[..3];
    let filled = |line: &&str| {
        let url = |index: usize| format!("https://max.ru/join/{}", CODES[index]);
        (0..3).fold((*line).to_owned(), |line, index| line.replace(&format!("{{{index}}}"), &url(index)))
    };
    let lines = lines.iter().map(filled).collect::<Vec<_>>();
    let lines = lines.iter().map(String::as_str).collect::<Vec<_>>();
    let planned: Vec<_> = chats.iter().collect();
    let read = RegisterRows::of(&workbook(&lines), "ссылки.xlsx").judged(&planned, Platform::Max);
    let states = chats.iter().map(|chat| match read.value.state(&chat.key) {
        LinkState::Ready(link) => {
            let code = link.as_str().trim_start_matches("https://max.ru/join/");
            CODES.iter().position(|known| *known == code).map_or("?".to_owned(), |index| index.to_string())
        }
        LinkState::Awaited => "ждёт".to_owned(),
        LinkState::Refused => "нет".to_owned(),
        LinkState::Revoked => "отозвана".to_owned(),
    });
    assert_eq!(states.collect::<Vec<_>>(), expected);
    assert_eq!(short(&read.issues), issues);
    for issue in &read.issues {
        assert!(!CODES.iter().any(|code| issue.to_string().contains(&code[1..])), "a message tells a link: {issue}");
    }
}

#[test]
fn a_filled_register() {
    let lines = [
        "Ссылки-приглашения чатов, 2026/27 учебный год",
        HEADER,
        "7А/ученики|7А|чат обучающихся класса|7А Ученики|Петрова|создан вручную|{0}",
        "7А/родители|7А|чат родителей класса|7А Родители|||{1}",
        "7А/учителя|7А|чат учителей класса|7А Учителя|||{2}",
    ];
    check(&lines, &["0", "1", "2"], &[]);
}

#[test]
fn rows_without_a_key_are_found_by_title_or_words() {
    let lines = ["Название|Ссылка", "7А Ученики|{0}", "7а родители|{1}"];
    check(&lines, &["0", "1", "ждёт"], &["- link_awaited"]);
    let lines = ["Класс|Чат|Ссылка", "7-а|ученики|{0}", "7А|Родители|{1}", "7А|учителя|{2}"];
    check(&lines, &["0", "1", "2"], &[]);
}

#[test]
fn empty_cells_and_missing_rows_are_awaited() {
    let lines = [HEADER, "7А/ученики||||||", "7А/родители||||||—"];
    check(&lines, &["ждёт", "ждёт", "ждёт"], &["G2 link_awaited", "G3 link_awaited", "- link_awaited"]);
}

#[test]
fn what_is_no_invitation_is_refused() {
    let lines = [
        HEADER,
        "7А/ученики||||||https://t.me/+AbCdEfGh",
        "7А/родители||||||{1} ",
        "7А/учителя||||||{2}?utm_source=chat",
    ];
    check(&lines, &["нет", "1", "2"], &["G2 link_refused", "G4 link_unusual"]);
}

#[test]
fn a_link_at_two_chats_is_refused_at_both() {
    let lines = [HEADER, "7А/ученики||||||{0}", "7А/родители||||||{0}/", "7А/учителя||||||{2}"];
    check(&lines, &["нет", "нет", "2"], &["G3 link_unusual", "G2 link_shared", "G3 link_shared"]);
    let shared = workbook(&[
        HEADER,
        &format!("7А/ученики||||||https://max.ru/join/{}", CODES[0]),
        &format!("7А/родители||||||https://max.ru/join/{}", CODES[0]),
    ]);
    let planned = chats()[..2].to_vec();
    let planned: Vec<_> = planned.iter().collect();
    let issues = RegisterRows::of(&shared, "ссылки.xlsx").judged(&planned, Platform::Max).issues;
    let messages = issues.iter().map(|issue| issue.message.as_str()).collect::<Vec<_>>();
    assert_eq!(
        messages,
        [
            "У чата «7А Ученики» та же ссылка, что и у «7А Родители» (ссылки.xlsx, лист «Лист1», ячейка G3).",
            "У чата «7А Родители» та же ссылка, что и у «7А Ученики» (ссылки.xlsx, лист «Лист1», ячейка G2).",
        ]
    );
}

#[test]
fn one_chat_on_two_rows() {
    let lines = [HEADER, "7А/ученики||||||{0}", "7А/ученики||||||{1}", "7А/родители||||||{2}", "7А/родители||||||{2}"];
    check(&lines, &["нет", "2", "ждёт"], &["G3 link_refused", "- link_awaited"]);
    let lines = [HEADER, "7А/ученики||||||", "7А/ученики||||||{0}"];
    check(&lines, &["0", "ждёт", "ждёт"], &["- link_awaited", "- link_awaited"]);
}

#[test]
fn rows_of_no_planned_chat() {
    let lines = [HEADER, "9А/родители|9А|||||{0}", "|||||| ", "||||||{1}", "||родители класса||||{2}"];
    let issues = ["A2 unknown_chat", "G4 unknown_chat", "C5 unknown_chat"];
    let awaited = ["- link_awaited"; 3];
    check(&lines, &["ждёт", "ждёт", "ждёт"], &[&issues[..], &awaited[..]].concat());
}

#[test]
fn a_formula_without_its_value_is_told_wherever_it_stands() {
    let lines = [HEADER, "7А/ученики||||||x", "7А/родители||||x||"];
    let mut book = workbook(&lines);
    let sheet = book.sheets.first_mut().expect("a sheet");
    for (row, column) in [(1, 6), (2, 4)] {
        sheet.put(row, column, Value::FormulaWithoutValue);
    }
    let chats = chats();
    let planned: Vec<_> = chats.iter().take(2).collect();
    let read = RegisterRows::of(&book, "ссылки.xlsx").judged(&planned, Platform::Max);
    let refused = read.issues.iter().filter(|issue| issue.kind == IssueKind::LinkRefused).cloned().collect::<Vec<_>>();
    assert_eq!(short(&refused), ["G2 link_refused", "E3 link_refused"]);
    assert_eq!(*read.value.state(&planned[0].key), LinkState::Refused);
    assert!(!read.issues.iter().any(Issue::stops_everything));
}
