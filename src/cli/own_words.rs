//! A school's own words for columns, for commands that are given a file and not a workspace.

use std::path::{Path, PathBuf};

use crate::report::ColumnsSection;
use crate::roster::ColumnWords;
use crate::school::{Checked, Issue, Noun, count};
use crate::workspace::{SETTINGS, Workspace, read_column_words};

/// The school's own words for columns.
#[derive(Debug)]
pub(super) struct OwnWords {
    pub(super) words: ColumnWords,
    /// The settings file that has them.
    settings: Option<PathBuf>,
    pub(super) section: ColumnsSection,
    pub(super) issues: Vec<Issue>,
}

impl OwnWords {
    /// Those of the workspace that a list or a folder of lists belongs to, else of the one in which the program runs.
    pub(super) fn near(list: &Path) -> Self {
        let list = std::path::absolute(list).ok();
        let folder = list.as_deref().and_then(Path::parent);
        let folders = [folder.and_then(Path::parent), folder, list.as_deref(), Some(Path::new("."))];
        let workspace = folders.into_iter().flatten().find_map(|folder| Workspace::open(folder).ok());
        let none =
            Self { words: ColumnWords::default(), settings: None, section: ColumnsSection::Absent, issues: Vec::new() };
        let Some(workspace) = workspace else { return none };
        match workspace.settings_text() {
            Ok(text) => {
                let Checked { value: words, issues } = read_column_words(&text, SETTINGS);
                let present = text.lines().any(|line| line.trim_start().starts_with("[roster.columns]"));
                let section = if present { ColumnsSection::Present } else { ColumnsSection::Absent };
                Self { words, settings: Some(workspace.root().join(SETTINGS)), section, issues }
            }
            Err(issue) => Self { issues: vec![issue], ..none },
        }
    }

    /// Which words were used; nothing where there are none.
    pub(super) fn in_words(&self) -> Option<String> {
        let settings = self.settings.as_ref().filter(|_| !self.words.is_empty())?;
        let settings = settings.strip_prefix(".").unwrap_or(settings).display();
        let words = count(self.words.len(), Noun::new("название столбца", "названия столбцов", "названий столбцов"));
        Some(format!("Учтено из раздела [roster.columns] файла {settings}: {words}.\n"))
    }
}
