//! The files of class lists in a folder.

use std::io;
use std::path::Path;

use super::folder::{
    ROSTERS, SETTINGS, file_label, is_hidden, open_elsewhere, open_table, sorted_entries, unreadable_folder,
};
use crate::school::{Checked, Issue, IssueKind, Place, natural};
use crate::tables::Source;

/// The class lists that a person points at: one file, a folder of files, or a workspace with its folder «списки».
pub fn lists(path: &Path) -> Checked<Vec<Source>> {
    let shown = file_path(path);
    if !path.is_dir() {
        let source = Source { path: path.to_path_buf(), label: shown };
        return Checked::new(vec![source], Vec::new());
    }
    let rosters = path.join(ROSTERS);
    let folder = if path.join(SETTINGS).is_file() && rosters.is_dir() { rosters.as_path() } else { path };
    let shown = file_path(folder);
    let mut issues = Vec::new();
    let sources = files_in(folder, &format!("{}/", shown.trim_end_matches('/')), &mut issues).unwrap_or_else(|error| {
        issues.push(unreadable_folder(&shown, &error));
        Vec::new()
    });
    if sources.is_empty() && issues.is_empty() {
        issues.push(no_files(&shown));
    }
    Checked::new(sources, issues)
}

/// All files of a folder and of the folders in it, sorted by the names that people know them by.
///
/// # Errors
/// When the folder itself cannot be read; folders in it that cannot are issues.
pub(super) fn files_in(folder: &Path, prefix: &str, issues: &mut Vec<Issue>) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    let mut folders = vec![(sorted_entries(folder)?, prefix.to_owned())];
    while let Some((entries, prefix)) = folders.pop() {
        for path in entries {
            let name = file_label(&path);
            let label = format!("{prefix}{name}");
            if let Some(table) = open_table(&name) {
                issues.push(open_elsewhere(format!("{prefix}{table}")));
            }
            if is_hidden(&name) {
                continue;
            }
            if path.is_dir() {
                match sorted_entries(&path) {
                    Ok(entries) => folders.push((entries, format!("{label}/"))),
                    Err(error) => issues.push(unreadable_folder(&label, &error)),
                }
            } else {
                sources.push(Source { path, label });
            }
        }
    }
    sources.sort_by(|one, other| natural(&one.label, &other.label));
    Ok(sources)
}

/// What is said of a folder without a list.
pub(super) fn no_files(label: &str) -> Issue {
    Issue::new(
        IssueKind::EmptyRoster,
        Place::file(label),
        "в папке нет ни одного файла.",
        "Положите в неё списки классов (.xlsx, .xls, .ods, .csv).",
    )
}

/// A path as people write it.
fn file_path(path: &Path) -> String {
    path.display().to_string().replace('\\', "/")
}
