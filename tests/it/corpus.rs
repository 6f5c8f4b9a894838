//! Class lists written by other software than ours, each with what is to be read from it: `tests/corpus/make.py`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::call::DATE;

/// More than any of these files may take, in a debug build on a busy machine.
const TIME: Duration = Duration::from_secs(30);
/// The kinds of issues that other programs rely upon: none may be missing and none may be there without a reason.
const KINDS: [&str; 6] =
    ["duplicate_student", "bad_phone", "bad_date", "left_student", "class_conflict", "formula_injection"];
/// Everything for which a whole file is refused.
const ERRORS: [&str; 12] = [
    "empty",
    "no_header",
    "no_class",
    "bad_class",
    "not_a_roster",
    "not_a_spreadsheet",
    "corrupt",
    "encrypted",
    "zip_bomb",
    "too_large",
    "formula_no_value",
    "encoding_lost",
];

/// One file and what is expected of it.
struct Case {
    file: PathBuf,
    expected: Value,
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

fn cases() -> Vec<Case> {
    let mut found = Vec::new();
    let mut folders = vec![corpus()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder of the corpus") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                let expected = serde_json::from_slice(&fs::read(&path).expect("a file")).expect("JSON");
                found.push(Case { file: path.with_extension(""), expected });
            }
        }
    }
    found.sort_by(|one, other| one.file.cmp(&other.file));
    found
}

/// The answer to one file, with the address space of a small machine where the system can set it.
fn inspect(file: &Path, json: bool) -> Result<(i32, String, String), String> {
    let program = env!("CARGO_BIN_EXE_zavuch");
    let mut command = if cfg!(target_os = "linux") {
        let mut shell = Command::new("sh");
        shell.args(["-c", "ulimit -v 1000000; exec \"$@\"", "sh", program]);
        shell
    } else {
        Command::new(program)
    };
    command.arg("inspect").arg(file).args(["--date", DATE]);
    if json {
        command.arg("--json");
    }
    let started = Instant::now();
    let output = command.env_clear().stdin(Stdio::null()).output().expect("the binary starts");
    if started.elapsed() > TIME {
        return Err(format!("took {:?}", started.elapsed()));
    }
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    let status = output.status.code().ok_or_else(|| format!("ended by {}", output.status))?;
    Ok((status, text(output.stdout), text(output.stderr)))
}

/// What is compared of a pupil, in a form that sorts.
fn person(student: &Value) -> String {
    let parents: Vec<Value> = student["parents"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|parent| json!([parent["name"], parent["phone"], parent["email"]]))
        .collect();
    let school = student["school"].as_str().map(|school| format!(" @ {school}")).unwrap_or_default();
    let shown = |key: &str| student[key].as_str().unwrap_or("∅").to_owned();
    format!(
        "{}{school}: {} {} {}, {}, {}",
        shown("class"),
        shown("surname"),
        shown("given"),
        shown("patronymic"),
        shown("birth_date"),
        Value::from(parents),
    )
}

/// How often each element of one list is missing in the other.
fn missing<'a>(wanted: &'a [String], found: &[String]) -> Vec<&'a String> {
    let mut counts = BTreeMap::new();
    for element in found {
        *counts.entry(element).or_insert(0) += 1;
    }
    wanted
        .iter()
        .filter(|element| {
            let count = counts.entry(element).or_insert(0);
            *count -= 1;
            *count < 0
        })
        .collect()
}

/// Whether a place is the one that was declared: a cell, a row, or any where none was declared.
fn is_at(place: &str, declared: &Value) -> bool {
    let Some(declared) = declared.as_str() else { return true };
    let cell = place.rsplit('!').next().unwrap_or(place);
    if declared.chars().all(|digit| digit.is_ascii_digit()) {
        return cell.trim_start_matches(|letter: char| letter.is_ascii_uppercase()) == declared;
    }
    place == declared || cell == declared
}

fn compare_issues(expected: &[Value], answer: &Value, differences: &mut String) {
    let mut left: Vec<&Value> = answer["issues"].as_array().into_iter().flatten().collect();
    for wanted in expected {
        let found = left.iter().position(|issue| {
            issue["kind"] == wanted["kind"] && is_at(issue["where"].as_str().unwrap_or(""), &wanted["where"])
        });
        match found {
            Some(index) => {
                left.remove(index);
            }
            None => {
                let _ = writeln!(differences, "  no issue {} at {}", wanted["kind"], wanted["where"]);
            }
        }
    }
    // A conflict may be told of the sheet as well as of its rows.
    for issue in left {
        let kind = issue["kind"].as_str().unwrap_or("");
        let declared = kind == "class_conflict" && expected.iter().any(|wanted| wanted["kind"] == kind);
        if KINDS.contains(&kind) && !declared {
            let _ = writeln!(differences, "  unexpected issue {kind} at {}: {}", issue["where"], issue["message"]);
        }
    }
}

fn compare_people(expected: &Value, answer: &Value, differences: &mut String) {
    let people =
        |value: &Value| -> Vec<String> { value["students"].as_array().into_iter().flatten().map(person).collect() };
    let (wanted, found) = (people(expected), people(answer));
    for person in missing(&wanted, &found) {
        let _ = writeln!(differences, "  - {person}");
    }
    for person in missing(&found, &wanted) {
        let _ = writeln!(differences, "  + {person}");
    }
    if expected["homeroom"] != answer["homeroom"] {
        let _ = writeln!(differences, "  homeroom {} instead of {}", answer["homeroom"], expected["homeroom"]);
    }
    if let Some(issues) = expected["issues"].as_array() {
        compare_issues(issues, answer, differences);
    }
}

/// What an answer shows of data that nobody asked for.
fn compare_secrets(expected: &Value, shown: &str, differences: &mut String) {
    for secret in expected["secrets"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if let Some(at) = shown.find(secret) {
            let line = shown[..at].rsplit('\n').next().unwrap_or("").len();
            let around: String = shown[at - line..].chars().take(200).collect();
            let _ = writeln!(differences, "  shows «{secret}»: {around}");
        }
    }
}

/// What differs, as lines; nothing where all is as declared.
fn differences(case: &Case) -> String {
    let expected = &case.expected;
    let mut differences = String::new();
    let (status, stdout, stderr) = match inspect(&case.file, true) {
        Ok(answer) => answer,
        Err(reason) => return format!("  {reason}\n"),
    };
    compare_secrets(expected, &format!("{stdout}{stderr}"), &mut differences);
    if !expected["secrets"].is_null() {
        match inspect(&case.file, false) {
            Ok((_, stdout, stderr)) => compare_secrets(expected, &format!("{stdout}{stderr}"), &mut differences),
            Err(reason) => return format!("  {reason}\n"),
        }
    }
    let Ok(answer) = serde_json::from_str::<Value>(&stdout) else {
        let _ = writeln!(differences, "  no JSON, status {status}: {stderr}");
        return differences;
    };
    if expected["error"].is_null() {
        if answer["error"].is_null() && status == 0 {
            compare_people(expected, &answer, &mut differences);
        } else {
            let _ = writeln!(differences, "  refused: {} {}, status {status}", answer["error"], answer["message"]);
        }
        return differences;
    }
    let allowed = expected["error"].as_array().cloned().unwrap_or_else(|| vec![expected["error"].clone()]);
    if !allowed.contains(&answer["error"]) || status != 1 {
        let people = answer["students"].as_array().map_or(0, Vec::len);
        let _ = writeln!(
            differences,
            "  error {} instead of {}, status {status}, {people} pupils: {}",
            answer["error"], expected["error"], answer["message"]
        );
    }
    differences
}

#[test]
fn every_file_of_the_corpus_is_read_as_declared() {
    let cases = cases();
    let next = AtomicUsize::new(0);
    let report = Mutex::new(BTreeMap::new());
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let differences = differences(case);
                    if !differences.is_empty() {
                        let name = case.file.strip_prefix(corpus()).expect("below the corpus").display().to_string();
                        report.lock().expect("a report").insert(name, differences);
                    }
                }
            });
        }
    });
    let report = report.into_inner().expect("a report");
    let mut text = String::new();
    for (name, differences) in &report {
        let _ = write!(text, "{name}\n{differences}");
    }
    assert!(report.is_empty(), "{} of {} files are read otherwise:\n{text}", report.len(), cases.len());
}

#[test]
fn the_corpus_shows_every_error_and_every_issue() {
    let mut seen = BTreeSet::new();
    for case in cases() {
        assert!(case.file.is_file(), "{} is missing", case.file.display());
        if let Some(error) = case.expected["error"].as_str() {
            seen.insert(error.to_owned());
        }
        for issue in case.expected["issues"].as_array().into_iter().flatten() {
            seen.insert(issue["kind"].as_str().expect("a kind").to_owned());
        }
    }
    for kind in ERRORS.iter().chain(&KINDS) {
        assert!(seen.contains(*kind), "no file shows {kind}");
    }
}
