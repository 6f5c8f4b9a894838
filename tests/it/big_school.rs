//! The school of the benchmark is what the benchmark says it is.

use std::collections::BTreeSet;
use std::fs;

use crate::generate::workspace;

#[track_caller]
fn table(dir: &std::path::Path, name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(dir.join(name)).unwrap();
    text.lines().skip(1).map(|line| line.split(';').map(str::to_owned).collect()).collect()
}

#[test]
fn forty_classes_of_a_thousand_pupils() {
    let dir = tempfile::tempdir().unwrap();
    workspace(dir.path(), 40, 1000).unwrap();
    let roster = table(dir.path(), "списки/обучающиеся.csv");
    let names: BTreeSet<&str> = roster.iter().map(|row| row[1].as_str()).collect();
    let classes: BTreeSet<&str> = roster.iter().map(|row| row[0].as_str()).collect();
    assert_eq!((roster.len(), names.len(), classes.len()), (1000, 1000, 40));

    let register = table(dir.path(), "ссылки.csv");
    let links: BTreeSet<&str> = register.iter().map(|row| row[6].as_str()).collect();
    assert_eq!((register.len(), links.len()), (40 * 12 + 7, 40 * 12 + 7));
    assert!(links.iter().all(|link| link.len() == 63));

    let staff = table(dir.path(), "штат.csv");
    let people: BTreeSet<&str> = staff.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(staff.len(), people.len());
    assert!(table(dir.path(), "нагрузка.csv").iter().all(|row| people.contains(row[2].as_str())));
}

#[test]
fn the_same_numbers_give_the_same_bytes() {
    let [one, other] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    for dir in [&one, &other] {
        workspace(dir.path(), 3, 70).unwrap();
    }
    for name in ["списки/обучающиеся.csv", "штат.csv", "нагрузка.csv", "ссылки.csv", "zavuch.toml"]
    {
        assert_eq!(fs::read(one.path().join(name)).unwrap(), fs::read(other.path().join(name)).unwrap(), "{name}");
    }
}
