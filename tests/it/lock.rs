//! One run at a time: the second says at once who is at work, and a killed one blocks nobody.

use std::fs::File;
use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::small_school::{FIRST, SECOND, SmallSchool};

const CLASSES: [(&str, usize); 2] = [("5А", 6), ("7А", 6)];

fn spawn(school: &SmallSchool) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_zavuch"))
        .args(["применить", "школа", "--date", FIRST])
        .current_dir(school.beside())
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary starts")
}

#[test]
#[cfg(unix)]
fn the_second_is_told_who_is_at_work() {
    let school = SmallSchool::of(&CLASSES);
    let mut lock = File::create(school.path().join(".zavuch.lock")).expect("a lock file");
    lock.write_all("процесс 4242".as_bytes()).expect("the words");
    lock.lock().expect("the lock");
    let before = school.stamps();
    for command in ["применить", "выполнить"] {
        let answer = school.call(&[command, "школа", "--date", FIRST]);
        assert_eq!((answer.status, answer.stdout.as_str()), (4, ""), "{}", answer.shown());
        let words = "с этой папкой уже работает другой запуск программы (процесс 4242)";
        assert!(answer.stderr.contains(words), "{}", answer.stderr);
    }
    // Who only looks needs no lock.
    assert_eq!(school.plan(FIRST).status, 0);
    assert_eq!(school.call(&["проверить", "школа"]).status, 0);
    assert!(school.stamps() == before);
    // Not only dropped: a child that another test starts just now may share the file until it becomes the other program.
    lock.unlock().expect("the lock goes");
    school.applied(FIRST);
}

#[test]
fn two_at_once() {
    let school = SmallSchool::of(&CLASSES);
    let answers = [spawn(&school), spawn(&school)].map(|child| child.wait_with_output().expect("it ends"));
    let statuses = answers.each_ref().map(|answer| answer.status.code());
    assert!(statuses.contains(&Some(0)), "{statuses:?}");
    for answer in &answers {
        let said = String::from_utf8_lossy(&answer.stderr);
        // Who it is, is told where the other has had the time to write it down: see the test above.
        let is_told = said.contains("уже работает другой запуск программы");
        assert!(answer.status.success() || answer.status.code() == Some(4) && is_told, "{said}");
    }
    assert_eq!(school.call(&["план", "школа", "--date", FIRST, "--check"]).status, 0);
}

#[test]
fn a_killed_one_blocks_nobody() {
    let school = SmallSchool::of(&CLASSES);
    let mut child = spawn(&school);
    let lock = school.path().join(".zavuch.lock");
    while !lock.exists() && child.try_wait().expect("it can be asked").is_none() {
        std::thread::yield_now();
    }
    child.kill().expect("it is killed");
    child.wait().expect("it ends");
    assert!(lock.exists());
    school.applied(SECOND);
}
