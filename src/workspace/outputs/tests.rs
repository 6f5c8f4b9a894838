//! Runs one after another in one folder: what goes, what stays, what makes room.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use super::super::folder::Workspace;
use super::{Finished, OutputError, Outputs};
use crate::school::Fingerprint;

#[track_caller]
fn run(root: &Path, files: &[(&str, &str)]) -> Finished {
    let outputs = Outputs::begin(&Workspace::open(root).unwrap()).unwrap();
    for (name, text) in files {
        outputs.write(name, source(text), text.as_bytes()).unwrap();
    }
    outputs.finish().unwrap()
}

fn source(text: &str) -> Fingerprint {
    Fingerprint::of_sum([text.as_bytes()[0]; 32])
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("zavuch.toml"), "").unwrap();
    folder
}

#[test]
fn what_no_longer_holds_goes() {
    let folder = folder();
    run(folder.path(), &[("7А/7А Листы.pdf", "1"), ("7Б/7Б Листы.pdf", "1")]);
    fs::write(folder.path().join("выдача/7А/моё.txt"), "x").unwrap();
    let finished = run(folder.path(), &[("8А/8А Листы.pdf", "1")]);
    assert_eq!(finished.removed, ["7А/7А Листы.pdf", "7Б/7Б Листы.pdf"]);
    assert!(folder.path().join("выдача/7А/моё.txt").exists());
    assert!(!folder.path().join("выдача/7Б").exists());
    assert_eq!(run(folder.path(), &[("8А/8А Листы.pdf", "1")]), Finished::default());
}

#[test]
fn what_a_person_changed_stays_and_is_said() {
    let folder = folder();
    run(folder.path(), &[("7А.eml", "1")]);
    fs::write(folder.path().join("выдача/7А.eml"), "дописано").unwrap();
    assert_eq!(run(folder.path(), &[]).changed_by_hand, ["7А.eml"]);
    assert_eq!(run(folder.path(), &[]).changed_by_hand, ["7А.eml"]);
    assert!(folder.path().join("выдача/7А.eml").exists());
}

#[test]
fn a_run_that_was_killed_is_cleared_by_the_next() {
    let folder = folder();
    run(folder.path(), &[("7А.pdf", "1")]);
    let killed = Outputs::begin(&Workspace::open(folder.path()).unwrap()).unwrap();
    killed.write("7А.pdf", source("2"), b"2").unwrap();
    killed.write("7Б.pdf", source("2"), b"2").unwrap();
    drop(killed);
    let finished = run(folder.path(), &[("7В.pdf", "3")]);
    assert_eq!(finished.removed, ["7А.pdf", "7Б.pdf"]);
}

#[test]
fn what_a_person_wrote_makes_room() {
    let folder = folder();
    run(folder.path(), &[("7А.eml", "1")]);
    fs::write(folder.path().join("выдача/7А.eml"), "дописано").unwrap();
    assert_eq!(run(folder.path(), &[("7А.eml", "2")]).set_aside, ["7А (изменён вручную).eml"]);
    assert_eq!(fs::read(folder.path().join("выдача/7А.eml")).unwrap(), b"2");
    let kept = folder.path().join("выдача/7А (изменён вручную).eml");
    assert_eq!(fs::read_to_string(kept).unwrap(), "дописано");
    assert_eq!(run(folder.path(), &[("7А.eml", "3")]), Finished::default());
}

#[test]
fn a_name_of_another_case_leaves_no_stale_file() {
    let folder = folder();
    run(folder.path(), &[("10 профильный.pdf", "1")]);
    run(folder.path(), &[("10 Профильный.pdf", "2")]);
    let texts = fs::read_dir(folder.path().join("выдача")).unwrap().map(|entry| entry.unwrap().path());
    let texts = texts.filter(|path| path.extension().is_some_and(|extension| extension == "pdf"));
    assert_eq!(texts.map(|path| fs::read(path).unwrap()).collect::<Vec<_>>(), [b"2"]);
}

#[test]
fn what_a_kill_leaves_behind_goes() {
    let folder = folder();
    run(folder.path(), &[("7А/7А.pdf", "1")]);
    let leftover = folder.path().join("выдача/7А/.zavuch-x1.tmp");
    fs::write(&leftover, "полфайла").unwrap();
    let journal = folder.path().join("выдача/.опись");
    let torn = [fs::read(&journal).unwrap(), b"0123 \xd0".to_vec()].concat();
    fs::write(&journal, torn).unwrap();
    run(folder.path(), &[("7А/7А.pdf", "2")]);
    assert!(!leftover.exists());
    assert_eq!(fs::read_to_string(&journal).unwrap().lines().count(), 1);
}

#[test]
fn an_unchanged_file_is_not_touched() {
    let folder = folder();
    run(folder.path(), &[("7А.pdf", "1")]);
    let time = || fs::metadata(folder.path().join("выдача/7А.pdf")).unwrap().modified().unwrap();
    let before = time();
    run(folder.path(), &[("7А.pdf", "1")]);
    assert_eq!(time(), before);
}

#[test]
fn named_files_go_and_all_others_stay() {
    let folder = folder();
    run(folder.path(), &[("7А/7А.pdf", "1"), ("7А.eml", "1"), ("7Б.eml", "1"), ("7В.eml", "1")]);
    fs::write(folder.path().join("выдача/7Б.eml"), "дописано").unwrap();
    fs::write(folder.path().join("выдача/7А.eml"), "дописано").unwrap();
    run(folder.path(), &[("7А/7А.pdf", "1"), ("7А.eml", "2"), ("7В.eml", "1")]);
    let names = ["7А/7А.pdf", "7А.eml", "7Б.eml", "8Г.eml"].map(str::to_owned);
    let remove = || {
        let outputs = Outputs::begin(&Workspace::open(folder.path()).unwrap()).unwrap();
        outputs.remove(&names.clone().into()).unwrap()
    };
    let removed = remove();
    assert_eq!(removed.removed, ["7А.eml", "7А/7А.pdf"]);
    assert_eq!(removed.changed_by_hand, ["7Б.eml", "7А (изменён вручную).eml"]);
    assert_eq!(remove().removed, [""; 0]);
    // The journal still knows what stands.
    assert_eq!(run(folder.path(), &[]).removed, ["7В.eml"]);
}

#[test]
fn one_name_twice_is_refused() {
    let folder = folder();
    let outputs = Outputs::begin(&Workspace::open(folder.path()).unwrap()).unwrap();
    outputs.write("10 профильный.pdf", source("1"), b"1").unwrap();
    let again = outputs.write("10 Профильный.pdf", source("2"), b"2");
    assert!(matches!(again, Err(OutputError::SameName(_))));
}

#[test]
fn what_is_made_from_the_same_is_not_made_again() {
    let folder = folder();
    run(folder.path(), &[("7А.pdf", "1"), ("7Б.pdf", "1")]);
    let begin = || Outputs::begin(&Workspace::open(folder.path()).unwrap()).unwrap();
    let outputs = begin();
    assert!(outputs.is_current("7А.pdf", source("1")));
    assert!(!outputs.is_current("7Б.pdf", source("2")));
    assert!(!outputs.is_current("7В.pdf", source("1")));
    assert!(outputs.keep("7Б.pdf"));
    assert_eq!(outputs.finish().unwrap(), Finished::default());
    // Cut short, gone, or being written when the run was killed.
    fs::write(folder.path().join("выдача/7А.pdf"), "").unwrap();
    assert!(!begin().is_current("7А.pdf", source("1")));
    fs::remove_file(folder.path().join("выдача/7А.pdf")).unwrap();
    assert!(!begin().is_current("7А.pdf", source("1")));
    begin().state().journal.write_all(b"00 \xd1").unwrap();
    assert!(begin().is_current("7Б.pdf", source("1")));
    begin().state().journal.write_all("00 7Б.pdf\n".as_bytes()).unwrap();
    assert!(!begin().is_current("7Б.pdf", source("1")));
}
