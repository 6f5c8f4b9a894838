//! What stands in a folder, and since when: whether a run has touched anything.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// Every file by its path in the folder, with its bytes and its time. The lock, which every run takes, is not among them.
pub(crate) type Stamps = BTreeMap<String, (Vec<u8>, SystemTime)>;

/// The journal of what lies in «выдача/»; it is written by a run that writes anything there.
pub(crate) const JOURNAL: &str = ".опись";

/// Every file below a folder.
pub(crate) fn stamps(root: &Path) -> Stamps {
    let mut stamps = Stamps::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
            let time = fs::metadata(&path).and_then(|file| file.modified()).expect("a time");
            if name != ".zavuch.lock" {
                stamps.insert(name, (fs::read(&path).expect("a file"), time));
            }
        }
    }
    stamps
}

/// The files whose bytes or time are not as they were.
pub(crate) fn touched(before: &Stamps, after: &Stamps) -> BTreeSet<String> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    names.into_iter().filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

/// Those of them that lie in «выдача/», by their paths there.
pub(crate) fn issued(before: &Stamps, after: &Stamps) -> BTreeSet<String> {
    touched(before, after).iter().filter_map(|name| name.strip_prefix("выдача/")).map(str::to_owned).collect()
}
