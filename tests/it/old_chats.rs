//! The chats of foreign messengers: matched to the planned ones, followed until they are closed.

use serde_json::Value;

use crate::small_school::{FIRST, SECOND, SmallSchool};

const CLASSES: [(&str, usize); 2] = [("6А", 6), ("7А", 7)];
const TABLE: &str = "Мессенджер;Название;Класс или группа;Для кого;Кто ведёт;Участников;До какого числа;Состояние\n";

fn with(school: &SmallSchool, rows: &str) {
    school.write("старые_чаты.csv", format!("{TABLE}{rows}").as_bytes());
}

fn moving(plan: &Value) -> Vec<String> {
    let rows = plan["moving"]["old_chats"].as_array().expect("old chats");
    let row = |row: &Value| {
        let text = |key: &str| row[key].as_str().unwrap_or("-").to_owned();
        let new = row["new"]["chat"].as_str().unwrap_or("-");
        format!("{} → {new} | {} | {} | {}", text("old"), text("responsible"), text("until"), text("state"))
    };
    rows.iter().map(row).collect()
}

#[track_caller]
fn check(rows: &str, expected: &[&str], issues: &[&str]) {
    let school = SmallSchool::of(&CLASSES);
    with(&school, rows);
    let plan = school.plan_json(FIRST);
    assert_eq!(moving(&plan), expected);
    let answer = school.call(&["проверить", "школа", "--json"]);
    let report: Value = serde_json::from_str(&answer.stdout).expect("one JSON value");
    let kinds = report["issues"].as_array().expect("issues").iter().filter_map(|issue| issue["kind"].as_str());
    let kinds: Vec<&str> = kinds.filter(|kind| kind.contains("old_chat") || *kind == "foreign_link").collect();
    assert_eq!(kinds, issues);
}

#[test]
fn each_finds_its_new_chat_or_is_told() {
    check(
        "WhatsApp;Родители 7А;7А;;Громова Зоя Петровна;27;15.09.2026;\nViber;Класс;7А;;;;;\n",
        &[
            "WhatsApp «Родители 7А» → 7А/родители | Громова Зоя Петровна | 2026-09-15 | not_begun",
            "Viber «Класс» → - | Ковалёва Ольга Олеговна | 2026-09-20 | not_begun",
        ],
        &["old_chat_unmatched"],
    );
    check(
        "Telegram;Коллеги;Учительская;;;;;закрыт\nTelegram;x;8Я;родители;;;;\n",
        &[
            "Telegram «Коллеги» → школа/учительская | Лосев Пётр Ильич | 2026-09-20 | closed",
            "Telegram «x» → - | - | 2026-09-20 | not_begun",
        ],
        &["old_chat_unmatched"],
    );
}

#[test]
fn a_parent_s_name_and_a_link_stand_nowhere() {
    let school = SmallSchool::of(&CLASSES);
    with(&school, "WhatsApp;Родители https://chat.whatsapp.com/SECRET;7А;;Мамонтова Алла Юрьевна;;;объявлено\n");
    for call in [&["проверить", "школа"][..], &["план", "школа"], &["план", "школа", "--json"], &["применить", "школа"]]
    {
        let shown =
            school.call(&[call, &["--date", FIRST][..usize::from(call[0] != "проверить") * 2]].concat()).shown();
        assert!(!shown.contains("Мамонтова") && !shown.contains("SECRET"), "{shown}");
    }
    let store = std::fs::read(school.path().join("zavuch.db")).unwrap();
    for secret in ["Мамонтова", "SECRET"] {
        assert!(!store.windows(secret.len()).any(|bytes| bytes == secret.as_bytes()), "{secret} is kept");
    }
}

#[test]
fn the_state_is_kept_and_told_and_issues_no_paper() {
    let school = SmallSchool::of(&CLASSES);
    let row = |state: &str| format!("WhatsApp;Родители 7А;7А;;;27;15.09.2026;{state}\n");
    with(&school, &row(""));
    school.applied(FIRST);
    let before = school.stamps();
    with(&school, &row("объявлено"));
    let plan = school.plan(SECOND);
    for part in [
        "прежний чат WhatsApp «Родители 7А»: объявлено (было: не начат)",
        "WhatsApp «Родители 7А» → «7А — родители»",
        "до 15.09.2026; объявлено с 08.09.2026; участников: 27",
        // The words of the announcements, with the day of this chat.
        "Переезжаем: вместо этого чата открыт новый, «7А — родители» — в MAX.",
        "Вступить можно до 15.09.2026",
        "Новые без прежнего",
    ] {
        assert!(plan.stdout.replace('\u{a0}', " ").contains(part), "«{part}»: {}", plan.shown());
    }
    school.applied(SECOND);
    let after = school.stamps();
    for (name, stamp) in after.iter().filter(|(name, _)| name.contains("выдача")) {
        assert!(before.get(name) == Some(stamp), "{name} was touched");
    }
    let explained = school.call(&["почему", "7А/родители", "школа"]).stdout;
    assert!(explained.contains("прежний чат WhatsApp «Родители 7А»: объявлено с 08.09.2026"), "{explained}");
    // The day stays as long as the state does.
    school.applied("2026-09-12");
    let explained = school.call(&["почему", "7А/родители", "школа"]).stdout;
    assert!(explained.contains("объявлено с 08.09.2026"), "{explained}");
    with(&school, &row("закрыт"));
    school.applied("2026-09-20");
    let explained = school.call(&["почему", "7А/родители", "школа"]).stdout;
    assert!(explained.contains("закрыт с 20.09.2026") && explained.contains("(было: объявлено)"), "{explained}");
}
