//! A link is a secret: no command says one, and no file name holds one, unless it is asked for.

use std::fs;

use crate::links::{CLASSES, print_short};
use crate::small_school::{FIRST, SECOND, SmallSchool};

/// The codes of all links and the tokens of all pages.
fn secrets(school: &SmallSchool, more: &[&str]) -> Vec<String> {
    let mut secrets: Vec<String> =
        school.register.values().map(|link| link.rsplit('/').next().expect("a code").to_owned()).collect();
    secrets.extend(more.iter().map(|link| link.rsplit('/').next().expect("a code").to_owned()));
    let store = zavuch::store::Store::read(&school.path()).expect("readable");
    let short = store.map(|store| store.short_links().expect("short links")).unwrap_or_default();
    secrets.extend(short.iter().map(|one| one.token.as_str().to_owned()));
    secrets.retain(|secret| !secret.is_empty());
    secrets
}

fn follow(mut school: SmallSchool, site: bool) {
    let parents = "7А/родители";
    let [new, other, stranger, third] = [(); 4].map(|()| school.new_link(parents));
    let write = |name: &str, text: String| fs::write(school.beside().join(name), text).expect("a file");
    write("третья.txt", format!("7Б учителя {third}\n"));
    write("новая.txt", format!("7А родители {new}\n"));
    write(
        "другая.txt",
        format!(
            "7А родители {other}\n7Б родители {other}\nнеизвестно что {stranger}\n7А учителя https://t.me/+SeCrEt\n"
        ),
    );
    // What is called, on which day, and how it must end.
    let calls: Vec<(Vec<&str>, &str, i32)> = vec![
        (vec!["проверить", "школа"], "", 0),
        (vec!["план", "школа"], FIRST, 0),
        (vec!["план", "школа", "--json"], FIRST, 0),
        (vec!["применить", "школа"], FIRST, 0),
        (vec!["применить", "школа", "--json"], FIRST, 0),
        (vec!["ссылки", "опубликовать", "сайт", "школа"], FIRST, if site { 0 } else { 2 }),
        (vec!["ссылки", "опубликовать", "сайт", "школа", "--json"], FIRST, if site { 0 } else { 2 }),
        (vec!["ссылки", "список", "школа"], FIRST, 0),
        (vec!["ссылки", "список", "школа", "--json"], FIRST, 0),
        (vec!["ссылки", "принять", "школа", "новая.txt", "другая.txt"], FIRST, 1),
        (vec!["ссылки", "принять", "школа", "другая.txt", "--json"], FIRST, 1),
        (vec!["ссылки", "принять", "школа", "новая.txt"], FIRST, 0),
        (vec!["план", "школа"], SECOND, 0),
        (vec!["ссылки", "принять", "школа", "третья.txt"], SECOND, 0),
        (vec!["ссылки", "вернуть", "7Б/учителя", "школа"], SECOND, 0),
        (vec!["ссылки", "вернуть", "7Б/учителя", "школа", "--json"], SECOND, 1),
        (vec!["применить", "школа"], SECOND, 0),
        (
            vec!["ссылки", "обновить", "7Б/ученики", "школа", "--новый-адрес", "--why", "талон в сети"],
            SECOND,
            if site { 0 } else { 2 },
        ),
        (vec!["ссылки", "обновить", parents, "школа", "--why", "утекла"], SECOND, 0),
        (vec!["ссылки", "обновить", "7Б/родители", "школа", "--why", "утекла", "--json"], SECOND, 0),
        // It is revoked by then.
        (vec!["ссылки", "принять", "школа", "новая.txt"], SECOND, 1),
        (vec!["ссылки", "отозвать", "7А/учителя", "школа", "--why", "не нужен"], SECOND, 0),
        (vec!["ссылки", "отозвать", "школа", "--unclaimed", "--dry-run", "--older-than", "1d"], "2026-10-20", 0),
        (vec!["ссылки", "отозвать", "школа", "--unclaimed", "--yes", "--json", "--older-than", "1d"], "2026-10-20", 0),
        (vec!["бумаги", "школа", "--class", "7А", "--only", "памятка"], "2026-10-20", 0),
        (vec!["почему", parents, "школа"], "", 0),
        (vec!["почему", parents, "школа", "--json"], "", 0),
        (vec!["почему", "7А", "школа"], "", 0),
        (vec!["проверить", "школа", "--json"], "", 0),
        (vec!["выполнить", "школа"], "2026-10-21", 0),
    ];
    let mut ends = Vec::new();
    for (call, date, status) in calls {
        let dated = if date.is_empty() { call.clone() } else { [call.as_slice(), &["--date", date]].concat() };
        let answer = school.call(&dated);
        if answer.status != status {
            ends.push(format!("{call:?}: {}", answer.shown()));
        }
        for secret in secrets(&school, &[&new, &other, &stranger, &third, "https://t.me/+SeCrEt"]) {
            assert!(!answer.stdout.contains(&secret), "{call:?} tells a link:\n{}", answer.stdout);
            assert!(!answer.stderr.contains(&secret), "{call:?} tells a link:\n{}", answer.stderr);
            for name in school.stamps().keys() {
                assert!(!name.contains(&secret), "{call:?}: a link in the name of {name}");
            }
        }
    }
    assert!(ends.is_empty(), "{}", ends.join("\n"));
    assert_eq!(site, school.beside().join("сайт").is_dir());
    // Asked for, they are shown.
    let shown = school.call(&["ссылки", "список", "школа", "--json", "--show-links", "--date", "2026-10-21"]);
    assert_eq!(shown.status, 0, "{}", shown.shown());
    let is_shown = |one: &String| shown.stdout.contains(one.as_str());
    assert!(!site || secrets(&school, &[]).iter().any(is_shown), "{}", shown.shown());
}

#[test]
fn no_command_tells_a_link() {
    follow(SmallSchool::of(&CLASSES), false);
}

#[test]
fn no_command_tells_a_short_link() {
    let school = SmallSchool::of(&CLASSES);
    print_short(&school);
    follow(school, true);
}
