//! The samples a second time, and one of them a week later: what has not changed is not touched.

use std::fs;

use rayon::prelude::*;

use crate::call::School;
use crate::stamps::{JOURNAL, issued, stamps};

const SAMPLES: [&str; 5] = ["belomorsk", "school-31", "school-50", "school-62", "school-65"];

#[test]
fn a_second_run_touches_nothing() {
    SAMPLES.par_iter().for_each(|name| {
        let school = School::sample(name);
        assert_eq!(school.run().status, 0, "{name}");
        let before = stamps(&school.path());
        for command in ["run", "apply"] {
            let answer = school.call(&[command, "школа", "--date", "2026-09-02"]);
            assert_eq!(answer.status, 0, "{name}: {}", answer.shown());
            assert!(answer.stdout.starts_with("Новых бумаг и писем нет"), "{name}: {}", answer.shown());
            assert!(stamps(&school.path()) == before, "{command} touched something of {name}");
        }
        let check = school.call(&["plan", "школа", "--date", "2026-09-02", "--check"]);
        assert_eq!((check.status, check.stdout.starts_with("Изменений нет")), (0, true), "{name}: {}", check.shown());
    });
}

#[test]
fn one_left_and_the_other_classes_keep_their_files() {
    let school = School::sample("school-62");
    assert_eq!(school.run().status, 0);
    let path = school.path().join("списки/обучающиеся.csv");
    let list = fs::read(&path).expect("the list");
    // In an encoding of its own: lines are taken as bytes.
    let mut lines: Vec<&[u8]> = list.split_inclusive(|byte| *byte == b'\n').collect();
    lines.remove(lines.len() / 2);
    fs::write(&path, lines.concat()).expect("the list is written");
    let before = stamps(&school.path());
    let plan = school.call(&["plan", "школа", "--date", "2026-09-08", "--json"]);
    let plan: serde_json::Value = serde_json::from_str(&plan.stdout).expect("one JSON value");
    let changes = plan["changes"].as_array().expect("changes");
    let left: Vec<_> = changes.iter().filter(|change| change["kind"] == "left").collect();
    let [left] = left[..] else { panic!("{changes:?}") };
    let class = left["scope"].as_str().expect("a class");
    let answer = school.call(&["apply", "школа", "--date", "2026-09-08"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let touched = issued(&before, &stamps(&school.path()));
    assert!(touched.contains(&format!("{class}/{class} Изменения 08.09.2026 № 1.pdf")), "{touched:?}");
    let is_of_others = |name: &&String| !name.contains(class) && !name.contains("Школа") && *name != JOURNAL;
    assert_eq!(touched.iter().find(is_of_others), None, "{touched:?}");
}
