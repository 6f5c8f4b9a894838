//! Each meeting of the register and the store, and an old register after a new school year.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;

use super::{RegisterYear, Remembered, settle};
use crate::links::judge;
use crate::links::register::RegisterRows;
use crate::links::samples::{chat, chats};
use crate::roster::sheet_table::tests::{short, workbook};
use crate::school::{Chat, ChatKey, ChatLinks, Checked, Issue, LinkStanding, LinkState, LinkUrl, Platform};

const FILE: &str = "ссылки.xlsx";

/// The invitation of a letter.
fn url(letter: char) -> String {
    format!("https://max.ru/join/{letter}9BIx_q-7TzKdWmP3rVnYhLs5uEoGcFj2Qk8NwRtUaM")
}

fn link(letter: char) -> LinkUrl {
    judge(&url(letter), Platform::Max).expect("an invitation").link
}

fn key(text: &str) -> ChatKey {
    ChatKey::of(&text.split('/').collect::<Vec<_>>())
}

/// «7А/родители A» per line: the chat and the letter of its link.
fn links(lines: &[&str]) -> BTreeMap<ChatKey, LinkUrl> {
    let pair = |line: &&str| {
        let (chat, letter) = line.rsplit_once(' ').expect("a chat and a letter");
        (key(chat), link(letter.chars().next().expect("a letter")))
    };
    lines.iter().map(pair).collect()
}

struct Case<'a> {
    chats: Vec<Chat>,
    /// «chat|letter» per row; a text that is no single letter stands for itself.
    rows: &'a [&'a str],
    active: &'a [&'a str],
    /// Links of before, with the chat that had them; «- A» for one whose key is another's now, «?1 A» for one that is forgotten.
    past: &'a [&'a str],
    /// Links that were given and are not printed yet.
    received: &'a [&'a str],
    /// «7А/родители р» per chat whose last link was revoked, «… о» where a new one is expected.
    ended: &'a [&'a str],
    /// The letters of links that were made void.
    void: &'a [char],
    /// The letters of links that another one took the place of.
    replaced: &'a [char],
    /// The letters of links of another school.
    elsewhere: &'a [char],
    year: RegisterYear,
}

const NOTHING: Case<'static> = Case {
    chats: Vec::new(),
    rows: &[],
    active: &[],
    past: &[],
    received: &[],
    ended: &[],
    void: &[],
    replaced: &[],
    elsewhere: &[],
    year: RegisterYear::Current,
};

fn standings(lines: &[&str]) -> BTreeMap<ChatKey, LinkStanding> {
    let on = date(2026, 9, 1);
    let standing = |line: &&str| match line.rsplit_once(' ') {
        Some((chat, "р")) => (key(chat), LinkStanding::Revoked { on }),
        Some((chat, "о")) => (key(chat), LinkStanding::Reissued { on }),
        _ => panic!("{line}"),
    };
    lines.iter().map(standing).collect()
}

impl Case<'_> {
    fn settled(&self) -> Checked<ChatLinks> {
        let mut lines = vec!["Ключ чата|Ссылка".to_owned()];
        lines.extend(self.rows.iter().map(|row| {
            let (chat, text) = row.split_once('|').expect("a chat and a link");
            let mut letters = text.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => format!("{chat}|{}", url(letter)),
                _ => (*row).to_owned(),
            }
        }));
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let planned: Vec<&Chat> = self.chats.iter().collect();
        let register = RegisterRows::of(&workbook(&lines), FILE).judged(&planned, Platform::Max);
        let active = links(self.active);
        let mut owners: BTreeMap<_, _> = active.iter().map(|(chat, link)| (link.clone(), Some(chat.clone()))).collect();
        let mut forgotten = BTreeSet::new();
        for (chat, link) in links(self.past) {
            if chat.as_str().starts_with('?') {
                forgotten.insert(link.fingerprint());
                continue;
            }
            owners.insert(link, (chat.as_str() != "-").then_some(chat));
        }
        let (received, standings) = (links(self.received), standings(self.ended));
        owners.extend(received.iter().map(|(chat, link)| (link.clone(), Some(chat.clone()))));
        let void: BTreeSet<_> = self.void.iter().map(|letter| link(*letter)).collect();
        let elsewhere: BTreeSet<_> = self.elsewhere.iter().map(|letter| link(*letter).fingerprint()).collect();
        let remembered = Remembered {
            active: &active,
            received: &received,
            standings: &standings,
            void: &void,
            replaced: &self.replaced.iter().map(|letter| link(*letter)).collect(),
            elsewhere: &elsewhere,
            owners: &owners,
            forgotten: &forgotten,
            titles: &BTreeMap::new(),
        };
        let settled = settle(register, FILE, &planned, remembered, self.year);
        for issue in &settled.issues {
            assert!(!issue.to_string().contains("9BIx_q"), "a message tells a link: {issue}");
        }
        settled
    }

    #[track_caller]
    fn check(&self, expected: &[&str], issues: &[&str]) -> Vec<Issue> {
        let settled = self.settled();
        let states = self.chats.iter().map(|chat| match settled.value.state(&chat.key) {
            LinkState::Ready(link) => link.as_str()["https://max.ru/join/".len()..][..1].to_owned(),
            LinkState::Awaited => "ждёт".to_owned(),
            LinkState::Refused => "нет".to_owned(),
            LinkState::Revoked => "отозвана".to_owned(),
        });
        assert_eq!(states.collect::<Vec<_>>(), expected);
        assert_eq!(short(&settled.issues), issues);
        settled.issues
    }
}

/// The chats of pupils, of parents and of teachers of 7А.
#[track_caller]
fn check(rows: &[&str], active: &[&str], past: &[&str], expected: &[&str], issues: &[&str]) -> Vec<Issue> {
    let chats = chats().into_iter().take(3).collect();
    Case { chats, rows, active, past, ..NOTHING }.check(expected, issues)
}

#[test]
fn a_link_of_a_year_that_is_forgotten() {
    let rows = ["7А/ученики|A", "7А/родители|B", "7А/учителя|C"];
    let refused = check(
        &rows,
        &["7А/ученики D", "7А/учителя C"],
        &["?1 A", "?2 B", "?3 C"],
        &["D", "нет", "C"],
        &["B2 link_of_another", "B3 link_of_another"],
    );
    assert!(refused[0].to_string().contains("уже была на бумагах прошлых лет: она не использована"), "{}", refused[0]);
}

#[test]
fn the_same_link_or_a_new_one() {
    let rows = ["7А/ученики|A", "7А/родители|B", "7А/учителя|C"];
    check(&rows, &["7А/ученики A", "7А/родители B", "7А/учителя C"], &[], &["A", "B", "C"], &[]);
    check(&rows, &["7А/ученики A", "7А/родители D"], &[], &["A", "B", "C"], &[]);
    // A link that the chat had before comes back where it has none and no other took its place.
    check(&rows, &[], &["7А/ученики A"], &["A", "B", "C"], &[]);
    let issues = check(&rows, &["7А/ученики D"], &["7А/ученики A"], &["D", "B", "C"], &["B2 link_revoked"]);
    assert_eq!(
        issues[0].message,
        "Ссылка в строке чата «7А Ученики» уже заменена другой: она не использована, остаётся та, что действует."
    );
    Case { past: &["7А/ученики A"], replaced: &['A'], ..case(&rows, &[]) }
        .check(&["нет", "B", "C"], &["B2 link_revoked"]);
    check(&rows, &[], &[], &["A", "B", "C"], &[]);
}

#[test]
fn a_row_that_is_empty_or_gone_leaves_the_recorded_link() {
    let active = ["7А/ученики A", "7А/родители B"];
    let issues =
        check(&["7А/ученики|"], &active, &[], &["A", "B", "ждёт"], &["- link_awaited", "B2 link_kept", "- link_kept"]);
    let messages: Vec<_> = issues.iter().skip(1).map(|issue| issue.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "У чата «7А Ученики» в таблице нет ссылки, а раньше была: остаётся прежняя.",
            "В таблице нет строки чата «7А Родители», а ссылка у него есть: остаётся прежняя.",
        ]
    );
}

#[test]
fn what_is_no_invitation_leaves_the_recorded_link() {
    let rows = ["7А/ученики|https://t.me/+AbCdEfGh", "7А/родители|https://t.me/+AbCdEfGh", "7А/учителя|C"];
    let issues = ["B2 link_refused", "B3 link_refused"];
    check(&rows, &["7А/ученики A", "7А/учителя C"], &[], &["A", "нет", "C"], &issues);
}

#[test]
fn another_chat_s_link_is_never_taken() {
    let issues = check(
        &["7А/ученики|B", "7А/учителя|D"],
        &["7А/ученики A", "7А/родители B", "9А/родители/2025-26 D"],
        &[],
        &["A", "B", "нет"],
        &["B2 link_of_another", "- link_kept", "B3 link_of_another"],
    );
    assert_eq!(
        issues[0].message,
        "Ссылка в строке чата «7А Ученики» уже стоит на бумагах чата «7А Родители»: она не использована, \
         остаётся та, что действует."
    );
    assert_eq!(
        issues[2].message,
        "Ссылка в строке чата «7А Учителя» раньше была у чата «9А/родители/2025-26», который закрыт: она не \
         использована, чат ждёт свою ссылку."
    );
}

#[test]
fn links_that_were_swapped_stay_where_they_were() {
    let rows = ["7А/ученики|B", "7А/родители|A", "7А/учителя|C"];
    let active = ["7А/ученики A", "7А/родители B", "7А/учителя C"];
    check(&rows, &active, &[], &["A", "B", "C"], &["B2 link_of_another", "B3 link_of_another"]);
    // One link at two chats is refused at both, and each keeps its own.
    let rows = ["7А/ученики|A", "7А/родители|A", "7А/учителя|C"];
    check(&rows, &active, &[], &["A", "B", "C"], &["B2 link_shared", "B3 link_shared"]);
}

#[test]
fn a_link_that_was_another_chat_s_is_not_taken_later() {
    let active = ["7А/родители B"];
    let past = ["9А/родители/2025-26 A", "- D"];
    let rows = ["7А/ученики|A", "7А/родители|B", "7А/учителя|D"];
    let issues = check(&rows, &active, &past, &["нет", "B", "нет"], &["B2 link_of_another", "B4 link_of_another"]);
    assert!(issues[1].message.contains("раньше была у другого чата"), "{}", issues[1]);
    // The parents' link of before may not go to the pupils either.
    let rows = ["7А/ученики|A", "7А/родители|B", "7А/учителя|C"];
    check(&rows, &active, &["7А/родители A"], &["нет", "B", "C"], &["B2 link_of_another"]);
}

/// The parents' chats of five classes.
fn classes() -> Vec<Chat> {
    let of = |class: &str| chat(&format!("{class}/родители"), class, "Родители", "");
    let mut all: Vec<Chat> = ["1А", "6А", "7А", "8А", "9А"].into_iter().map(of).collect();
    all.extend(chats().into_iter().skip(4).take(1));
    all
}

/// The register of last year: each class's link is that of the children who were in it then.
const OLD: [&str; 6] =
    ["1А/родители|A", "6А/родители|B", "7А/родители|C", "8А/родители|D", "9А/родители|E", "школа/учительская|F"];

/// The same with a new link in the row of 8А.
const MIXED: [&str; 6] =
    ["1А/родители|A", "6А/родители|B", "7А/родители|C", "8А/родители|G", "9А/родители|E", "школа/учительская|F"];

#[test]
fn an_old_register_gives_no_class_another_s_chat() {
    // 5А came without a link to 6А; 6А became 7А, and so on; 9А left; 1А became 2А.
    let during = [
        "2А/родители A",
        "7А/родители B",
        "8А/родители C",
        "9А/родители D",
        "9А/родители/2025-26 E",
        "школа/учительская F",
    ];
    let case = |rows: &'static [&'static str], active, past, year| Case {
        chats: classes(),
        rows,
        active,
        past,
        year,
        ..NOTHING
    };
    // While the year begins, and until the table is rewritten, the old rows say nothing, and nobody is told of them.
    let expected = ["ждёт", "ждёт", "B", "C", "D", "F"];
    let awaited = ["B2 link_awaited", "B3 link_awaited"];
    case(&OLD, &during, &[], RegisterYear::Past).check(&expected, &awaited);
    let [two, seven, eight, nine, _, staff] = during;
    let later = [two, seven, eight, nine, staff];
    case(&OLD, &later, &["9А/родители/2025-26 E"], RegisterYear::Past).check(&expected, &awaited);
    // An old copy that somebody puts back later.
    let refused = ["нет", "нет", "B", "C", "D", "F"];
    let issues = ["B2", "B3", "B4", "B5", "B6"].map(|cell| format!("{cell} link_of_another"));
    let issues: Vec<&str> = issues.iter().map(String::as_str).collect();
    case(&OLD, &later, &["9А/родители/2025-26 E"], RegisterYear::Current).check(&refused, &issues);
    // … even when one of its rows was filled anew, so that the link of that row is nobody's now.
    let mixed = ["7А/родители B", "8А/родители G", "9А/родители D", "школа/учительская F", "2А/родители A"];
    let past = ["9А/родители/2025-26 E", "8А/родители C"];
    case(&MIXED, &mixed, &past, RegisterYear::Current).check(
        &["нет", "нет", "B", "G", "D", "F"],
        &["B2 link_of_another", "B3 link_of_another", "B4 link_of_another", "B6 link_of_another"][..],
    );
}

#[test]
fn a_new_link_in_last_year_s_register_is_told_and_not_taken() {
    let rows = ["7А/родители|X", "9А/ученики|X", "школа/учительская|Y", "8А/родители|"];
    let active = ["7А/родители B", "8А/родители C", "9А/родители D", "школа/учительская F"];
    let case = Case { chats: classes(), rows: &rows, active: &active, year: RegisterYear::Past, ..NOTHING };
    let awaited = ["- link_awaited", "- link_awaited"];
    let issues = case.check(&["ждёт", "ждёт", "B", "C", "D", "Y"], &[&awaited[..], &["B2 link_of_another"]].concat());
    assert_eq!(
        issues[2].message,
        "Строка чата «7А Родители» — прошлого учебного года, и неясно, какому классу новая ссылка: она не \
         использована, остаётся та, что действует."
    );
}

/// The chats of pupils, of parents and of teachers of 7А.
fn case<'a>(rows: &'a [&'a str], active: &'a [&'a str]) -> Case<'a> {
    Case { chats: chats().into_iter().take(3).collect(), rows, active, ..NOTHING }
}

#[test]
fn a_link_that_was_given_holds_whatever_an_old_copy_of_the_table_says() {
    let active = ["7А/ученики A"];
    let received = ["7А/ученики D", "7А/родители B"];
    let given = |rows| Case { received: &received, ..case(rows, &active) };
    // The table was not rewritten yet, or somebody saved the one that was open meanwhile.
    given(&["7А/ученики|A", "7А/родители|", "7А/учителя|C"]).check(&["D", "B", "C"], &["B3 link_kept"]);
    given(&["7А/ученики|D", "7А/родители|B", "7А/учителя|C"]).check(&["D", "B", "C"], &[]);
    // A third one is newer than both.
    given(&["7А/ученики|E", "7А/родители|B", "7А/учителя|C"]).check(&["E", "B", "C"], &[]);
    // It is nobody else's.
    let rows = ["7А/ученики|D", "7А/родители|B", "7А/учителя|D"];
    given(&rows).check(&["D", "B", "нет"], &["B2 link_shared", "B4 link_shared"]);
}

#[test]
fn a_link_that_was_revoked_is_never_taken_again() {
    let rows = ["7А/ученики|A", "7А/родители|B", "7А/учителя|"];
    let past = ["7А/ученики A", "7А/родители B", "7А/учителя C"];
    let ended = ["7А/ученики о", "7А/родители р", "7А/учителя р"];
    let void = ['A', 'B', 'C'];
    let issues = Case { past: &past, ended: &ended, void: &void, ..case(&rows, &[]) }
        .check(&["нет", "отозвана", "отозвана"], &["B2 link_revoked", "B3 link_revoked"]);
    assert_eq!(
        issues[0].message,
        "Ссылка в строке чата «7А Ученики» отозвана: она не использована, чат ждёт свою ссылку."
    );
    assert!(issues[1].message.ends_with("она не использована, у чата нет ссылки."), "{}", issues[1]);
    // A new one brings the chat back; while it waits for one, it says so.
    let rows = ["7А/ученики|", "7А/родители|D", "7А/учителя|E"];
    Case { past: &past, ended: &ended, void: &void, ..case(&rows, &[]) }
        .check(&["ждёт", "D", "E"], &["B2 link_awaited"]);
    // One that was revoked is not taken where another one holds.
    let rows = ["7А/ученики|A", "7А/родители|E", "7А/учителя|F"];
    Case { past: &past, void: &void, ..case(&rows, &["7А/ученики D"]) }.check(&["D", "E", "F"], &["B2 link_revoked"]);
}

#[test]
fn a_link_of_another_school_is_not_taken() {
    let rows = ["7А/ученики|A", "7А/родители|B", "7А/учителя|C"];
    let issues = Case { elsewhere: &['A', 'B'], ..case(&rows, &["7А/родители B"]) }
        .check(&["нет", "B", "C"], &["B2 link_of_another"]);
    assert!(issues[0].message.contains("уже стоит в таблице другой школы"), "{}", issues[0]);
}
