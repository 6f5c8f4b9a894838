//! A run that is killed, at any moment, and again while it recovers: in the end everything is as if nothing had happened.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use zavuch::school::{PersonId, Piece, SchoolState, dotted};

use crate::new_year;
use crate::small_school::{ListForm, SECOND, SmallSchool};
use crate::stamps::touched;

const CLASSES: [(&str, usize); 10] =
    [("5А", 4), ("5Б", 4), ("6А", 4), ("6Б", 4), ("7А", 4), ("7Б", 4), ("8А", 4), ("8Б", 4), ("9А", 4), ("9Б", 4)];
const KILLS: u32 = 20;

/// A school whose lists have changed in all ten classes: one came to each, one left it.
fn changed() -> SmallSchool {
    let mut school = SmallSchool::issued(&CLASSES);
    for (class, _) in CLASSES {
        school.arrive(class);
        let name = school.names(class)[1].clone();
        school.leave(&name);
    }
    school.save_lists(ListForm::Csv);
    school
}

fn apply(school: &SmallSchool, on: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_zavuch"));
    command.args(["применить", "школа", "--date", on, "--allow-removals", "10"]);
    command.current_dir(school.beside()).env_clear();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn killed_after(school: &SmallSchool, on: &str, delay: Duration) {
    let mut child = apply(school, on).spawn().expect("the binary starts");
    std::thread::sleep(delay);
    child.kill().expect("it is killed");
    child.wait().expect("it ends");
}

fn finished(school: &SmallSchool, on: &str) {
    let status = apply(school, on).status().expect("the binary starts");
    assert_eq!(status.code(), Some(0));
}

/// What lies in «выдача/»; the journal is in the order of the work.
fn outputs(school: &SmallSchool) -> BTreeMap<String, Vec<u8>> {
    let stamps = school.stamps().into_iter().map(|(name, (bytes, _))| (name, bytes));
    stamps.filter(|(name, _)| name.starts_with("выдача/") && !name.ends_with(".опись")).collect()
}

/// The state in words: everything but the ids, which are random.
fn in_words(state: &SchoolState) -> String {
    let SchoolState { roster, staff, homerooms, chats, links, short: _, progress, old_chats: _, papers } = state;
    let mut text = String::new();
    let name = |id: &PersonId| {
        let pupil = roster.students().find(|pupil| pupil.id == Some(*id)).expect("a pupil of the roster");
        pupil.name.to_string()
    };
    for pupil in roster.students() {
        let parents: Vec<_> =
            pupil.guardians.iter().map(|one| (&one.name, &one.kinship, &one.phone, &one.email)).collect();
        let _ = writeln!(text, "{} {} {:?} {parents:?} {}", pupil.class, pupil.name, pupil.birth_date, pupil.place);
    }
    for chat in chats.values() {
        let members: Vec<_> = chat.members.iter().map(|one| (&one.name, one.role, &one.student)).collect();
        let _ = writeln!(text, "{} {} {:?} {members:?}", chat.key, chat.title, chat.moderator);
    }
    let _ = writeln!(text, "{staff:?}\n{homerooms:?}\n{links:?}\n{progress:?}");
    let mut lines: Vec<String> = Vec::new();
    for (id, paper) in papers {
        let piece = match &id.piece {
            Piece::Slip { chat, student } => format!("slip {chat} {}", name(student)),
            other => format!("{other:?}"),
        };
        let edition = format!("{} {}", paper.edition.version, dotted(paper.edition.issued));
        lines.push(format!("{} {piece} {edition} {} {}", id.scope.title(), paper.content, paper.core));
    }
    lines.sort();
    text + &lines.join("\n")
}

/// Kills a run of a day, and some recoveries, in copies of a school; `more` is what else must be as in an undisturbed one.
#[track_caller]
fn check(school: &SmallSchool, on: &str, more: impl Fn(&SmallSchool) -> BTreeMap<String, String>) {
    let undisturbed = school.twin();
    let begin = Instant::now();
    finished(&undisturbed, on);
    let whole = begin.elapsed();
    let (expected, state) = (outputs(&undisturbed), in_words(&undisturbed.state()));
    let mut in_the_middle = 0;
    for kill in 0..KILLS {
        let victim = school.twin();
        killed_after(&victim, on, whole * kill / KILLS);
        in_the_middle += usize::from(outputs(&victim) != outputs(school) && outputs(&victim) != expected);
        if kill % 2 == 1 {
            // And the recovery too.
            killed_after(&victim, on, whole * (kill * 7 % KILLS) / KILLS);
        }
        finished(&victim, on);
        let found = outputs(&victim);
        let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<BTreeSet<_>>();
        let (found_names, expected_names) = (names(&found), names(&expected));
        let differing: Vec<_> = found_names.symmetric_difference(&expected_names).collect();
        assert!(differing.is_empty(), "after kill {kill}: {differing:?}");
        for (name, bytes) in &found {
            assert!(expected[name] == *bytes, "{name} differs after kill {kill}");
        }
        assert_eq!(in_words(&victim.state()), state, "after kill {kill}");
        assert_eq!(more(&victim), more(&undisturbed), "after kill {kill}");
        let again = victim.stamps();
        finished(&victim, on);
        let mut touched = touched(&again, &victim.stamps());
        // The database's own index of a log that a killed run left behind: whoever reads the log makes it anew.
        touched.remove("zavuch.db-shm");
        assert!(touched.is_empty(), "after kill {kill} there was something left to do: {touched:?}");
    }
    assert!(in_the_middle > 0, "no kill came in the middle of the work");
}

#[test]
fn at_any_moment_of_a_change() {
    let school = changed();
    check(&school, SECOND, |_| BTreeMap::new());
}

#[test]
fn at_any_moment_of_a_new_year() {
    let school = new_year::next_year();
    check(&school, new_year::NEXT, new_year::register);
}
