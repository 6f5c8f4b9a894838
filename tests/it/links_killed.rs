//! Links taken in and revoked by a program that is killed at any moment: the next call makes it whole.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use zavuch::store::Store;

use crate::links::{CLASSES, register};
use crate::small_school::{FIRST, SECOND, SmallSchool};

const KILLS: u32 = 12;

fn call(school: &SmallSchool, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zavuch"));
    command.args(arguments).current_dir(school.beside()).env_clear();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn links(school: &SmallSchool) -> BTreeSet<String> {
    let store = Store::read(&school.path()).expect("readable").expect("a store");
    let links = store.links().expect("links").into_iter();
    links.map(|one| format!("{:?} {} {:?}", one.chat, one.link.url.as_str(), one.link.life)).collect()
}

/// A call that is killed at any moment, and called again, leaves what an undisturbed one leaves. `again` are the statuses
/// that the second call may have: it may find everything done. `after` is what `plan --check` says then.
fn check(school: &SmallSchool, arguments: &[&str], again: &[i32], after: i32, files: &[&str]) {
    let twin = || {
        let twin = school.twin();
        for file in files {
            fs::copy(school.beside().join(file), twin.beside().join(file)).expect("a copy");
        }
        twin
    };
    let undisturbed = twin();
    let begin = Instant::now();
    assert_eq!(call(&undisturbed, arguments).status().expect("it starts").code(), Some(0));
    let whole = begin.elapsed();
    let finish = |school: &SmallSchool| school.applied(SECOND);
    let interim = register(&undisturbed);
    finish(&undisturbed);
    let (expected, table) = (links(&undisturbed), register(&undisturbed));
    for kill in 0..KILLS {
        let victim = twin();
        let mut child = call(&victim, arguments).spawn().expect("it starts");
        std::thread::sleep(Duration::from_micros((whole.as_micros() as u64) * u64::from(kill) / u64::from(KILLS)));
        let _ = child.kill();
        child.wait().expect("it ends");
        // The same call finishes what was recorded, and does what was not.
        let repeated = victim.call(arguments);
        let words = ["уже отозвана", "возвращать нечего"];
        let is_done = words.iter().any(|words| repeated.stderr.contains(words)) && again.contains(&repeated.status);
        assert!(repeated.status == 0 || is_done, "kill {kill}: {}", repeated.shown());
        assert_eq!(register(&victim), interim, "kill {kill}: {}", repeated.shown());
        let plan = victim.call(&["план", "школа", "--date", SECOND, "--check"]);
        assert_eq!(plan.status, after, "kill {kill}: {}", plan.shown());
        finish(&victim);
        assert_eq!(links(&victim), expected, "kill {kill}");
        assert_eq!(register(&victim), table, "kill {kill}");
    }
}

#[test]
fn links_are_taken_in_whole_or_not_at_all() {
    let mut school = SmallSchool::of(&CLASSES);
    school.register.retain(|key, _| !key.starts_with("7А"));
    school.save_register();
    school.applied(FIRST);
    let lines: Vec<String> = ["родители", "ученики", "учителя"]
        .iter()
        .map(|rest| {
            let key = format!("7А/{rest}");
            format!("7А {rest} {}", school.new_link(&key))
        })
        .collect();
    fs::write(school.beside().join("письмо.txt"), lines.join("\n")).expect("a file");
    check(&school, &["ссылки", "принять", "школа", "письмо.txt", "--date", SECOND], &[], 3, &["письмо.txt"]);
}

#[test]
fn a_link_is_revoked_or_not() {
    let school = SmallSchool::issued(&CLASSES);
    let arguments = ["ссылки", "обновить", "7А/родители", "школа", "--why", "ссылка утекла", "--date", SECOND];
    check(&school, &arguments, &[1], 0, &[]);
}

/// A school whose papers carry addresses, printed and published.
fn published() -> SmallSchool {
    let school = SmallSchool::of(&CLASSES);
    crate::links::print_short(&school);
    school.applied(FIRST);
    crate::links::links(&school, &["опубликовать", "сайт", "школа", "--date", FIRST], 0);
    school
}

#[test]
fn a_chat_whose_link_is_renewed_is_given_up_or_not() {
    let school = published();
    let reissue = ["обновить", "7А/родители", "школа", "--why", "утекла", "--date", FIRST];
    crate::links::links(&school, &reissue, 0);
    let arguments = ["ссылки", "отозвать", "7А/родители", "школа", "--why", "не нужен", "--date", SECOND];
    check(&school, &arguments, &[1], 0, &[]);
}

#[test]
fn a_new_link_is_undone_or_not() {
    let mut school = published();
    let link = school.new_link("7А/родители");
    fs::write(school.beside().join("письмо.txt"), format!("7А родители {link}\n")).expect("a file");
    crate::links::links(&school, &["принять", "школа", "письмо.txt", "--date", SECOND], 0);
    let arguments = ["ссылки", "вернуть", "7А/родители", "школа", "--date", SECOND];
    check(&school, &arguments, &[1], 0, &[]);
}
