//! Which paths are those of inputs, so that nothing the program writes takes the place of one.

use std::path::{Path, PathBuf};

use super::folder::{InputTable, ROSTERS, SETTINGS, TEMPLATES, file_label};

/// Whether a file at `path` is, or would be read as, an input of the workspace in `root`: the settings, a table beside
/// them, anything among the lists and the templates.
pub fn is_input(root: &Path, path: &Path) -> bool {
    let root = resolved(root);
    // A link is followed: what it leads to is what a person would lose.
    let path = resolved(path);
    let is_in = |folder: &str| path.starts_with(resolved(&root.join(folder)));
    let name = file_label(&path).to_lowercase();
    let is_named = name == SETTINGS || InputTable::ALL.into_iter().any(|table| table.is_named(&name));
    is_in(ROSTERS) || is_in(TEMPLATES) || (path.parent() == Some(&root) && is_named)
}

/// A path without links and dots, as far as it exists.
fn resolved(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let parent = || Some(whole.parent()?.canonicalize().ok()?.join(whole.file_name()?));
    whole.canonicalize().ok().or_else(parent).unwrap_or(whole)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write what a person would")]
mod tests {
    use super::is_input;

    #[test]
    fn the_places_of_inputs() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("школа");
        std::fs::create_dir_all(root.join("списки/старые")).unwrap();
        std::fs::write(root.join("штат.xls"), "x").unwrap();
        for name in
            ["списки/7А.xlsx", "списки/старые/7А.xlsx", "штат.xls", "Штат.xlsx", "ознакомление.xlsx", "zavuch.toml"]
        {
            assert!(is_input(&root, &root.join(name)), "{name}");
        }
        assert!(is_input(&root, &root.join("списки/../списки/7А.xlsx")));
        for name in ["замечания.xlsx", "выдача/штат.xlsx", "../штат.xlsx", "штат замечания.xlsx"]
        {
            assert!(!is_input(&root, &root.join(name)), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_an_input() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("штат.xlsx"), "x").unwrap();
        std::os::unix::fs::symlink(folder.path().join("штат.xlsx"), folder.path().join("отчёт.xlsx")).unwrap();
        assert!(is_input(folder.path(), &folder.path().join("отчёт.xlsx")));
    }
}
