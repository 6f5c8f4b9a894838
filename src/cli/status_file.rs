//! Where a workbook or a page of the state may be written: under a new name, or in place of an older one; never in place of
//! an input or of anything else.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::CommandError;
use crate::report::is_status_workbook;
use crate::tables::Source;
use crate::workspace::{self, WriteError, write_whole};

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// An .xlsx workbook.
    Workbook,
    /// An .html page.
    Page,
}

/// The file.
#[derive(Debug)]
pub(crate) struct StatusFile {
    path: PathBuf,
}

impl Form {
    fn extension(self) -> &'static str {
        match self {
            Self::Workbook => "xlsx",
            Self::Page => "html",
        }
    }

    /// Whether the file at a path is one that the program wrote.
    fn is_ours(self, path: &Path) -> bool {
        match self {
            Self::Workbook => {
                is_status_workbook(&Source { path: path.to_path_buf(), label: path.display().to_string() })
            }
            Self::Page => {
                fs::read_to_string(path).is_ok_and(|text| text.contains("<title>Переход в MAX: состояние на "))
            }
        }
    }
}

impl StatusFile {
    /// The file at a path, for the state of the workspace in `folder`.
    ///
    /// # Errors
    /// When the name has another ending, the place is an input's, or something else stands there.
    pub(crate) fn at(path: &Path, folder: &Path, form: Form) -> Result<Self, CommandError> {
        let shown = path.display();
        let ending = form.extension();
        let other = format!("Укажите другое имя, например: --{ending} состояние.{ending}");
        let refused = |error: String| Err(CommandError::usage(error, other.clone()));
        if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(ending)) {
            return refused(format!("имя файла «{shown}» должно оканчиваться на .{ending}."));
        }
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        if !whole.parent().is_some_and(Path::is_dir) {
            return refused(format!("папки, в которую нужно записать «{shown}», нет."));
        }
        if workspace::is_input(folder, &whole) {
            return refused(format!("«{shown}» — место исходных таблиц школы: туда состояние не записывается."));
        }
        if whole.exists() && !form.is_ours(&whole) {
            return refused(format!("файл «{shown}» уже есть, и это не состояние школы; он не тронут."));
        }
        Ok(Self { path: whole })
    }

    /// Its whole path.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes it, whole or not at all, for its owner's eyes only.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), WriteError> {
        write_whole(&self.path, bytes)
    }
}
