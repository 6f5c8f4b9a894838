//! Where a report may be written: under a new name, or in place of an older report; never in place of an input.

use std::path::{Path, PathBuf};

use super::error::CommandError;
use crate::report;
use crate::tables::Source;
use crate::workspace::{self, WriteError, write_whole};

/// The file of a report.
#[derive(Debug)]
pub(crate) struct ReportFile {
    path: PathBuf,
}

const OTHER_NAME: &str = "Укажите другое имя, например: --xlsx замечания.xlsx";

impl ReportFile {
    /// The file at a path, for the report on the workspace in `folder`.
    ///
    /// # Errors
    /// When it is no .xlsx file, an input of the workspace, or a file that is no report.
    pub(crate) fn at(path: &Path, folder: &Path) -> Result<Self, CommandError> {
        let shown = path.display();
        let refused = |error: String, hint: &str| Err(CommandError::usage(error, hint));
        if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx")) {
            return refused(format!("имя таблицы «{shown}» должно оканчиваться на .xlsx."), OTHER_NAME);
        }
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        if !whole.parent().is_some_and(Path::is_dir) {
            let hint = "Укажите имя в папке, которая уже есть.";
            return refused(format!("папки, в которую нужно записать «{shown}», нет."), hint);
        }
        if workspace::is_input(folder, &whole) {
            let error = format!("«{shown}» — место исходных таблиц школы: туда замечания не записываются.");
            return refused(error, OTHER_NAME);
        }
        let source = Source { path: whole.clone(), label: shown.to_string() };
        if whole.exists() && !report::is_check_table(&source) {
            let error = format!("файл «{shown}» уже есть, и это не таблица замечаний; он не тронут.");
            return refused(error, OTHER_NAME);
        }
        Ok(Self { path: whole })
    }

    /// Its whole path.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Writes it, whole or not at all, for its owner's eyes only: it names children.
    pub(crate) fn write(&self, bytes: &[u8]) -> Result<(), WriteError> {
        write_whole(&self.path, bytes)
    }
}
