//! Wrong inputs: a Russian sentence with the place and the next step, the right status, nothing written.

use crate::call::{School, call};

/// Runs the main job on a spoilt sample: it must end with status 1, say each of `sentences` and write nothing.
#[track_caller]
fn check(spoil: impl FnOnce(&School), sentences: &[&str]) {
    let school = School::sample("school-31");
    spoil(&school);
    let before = school.files("");
    let answer = school.run();
    let said = answer.stderr.replace('\u{a0}', " ");
    assert_eq!(answer.status, 1, "{said}");
    assert_eq!(answer.stdout, "");
    for sentence in sentences {
        assert!(said.contains(sentence), "«{sentence}» is not in\n{said}");
    }
    let mut after = school.files("");
    after.retain(|(name, _)| name != ".zavuch.lock");
    assert!(before == after, "a file was written or changed");
    let checked = school.call(&["check", "школа"]);
    assert_eq!(checked.status, 1, "check agrees with run");
}

#[test]
fn a_missing_folder() {
    let scratch = tempfile::tempdir().unwrap();
    insta::assert_snapshot!(call(scratch.path(), &["run", "нет-такой"]).shown(), @"");
}
