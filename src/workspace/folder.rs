//! What lies in the folder of a school.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::atomic::{WriteError, reason, rename};
use super::lists::{files_in, no_files};
use crate::school::{Checked, Issue, IssueKind, Place};
use crate::tables::Source;

/// The settings file.
pub const SETTINGS: &str = "zavuch.toml";
/// The folder of the rosters.
pub const ROSTERS: &str = "списки";
/// The folder of a school's own templates.
pub const TEMPLATES: &str = "шаблоны";
/// The folder of what the program makes.
pub const OUTPUTS: &str = "выдача";

/// Extensions of tables, in the order in which people prefer them.
const EXTENSIONS: [&str; 8] = ["xlsx", "xlsm", "xls", "ods", "csv", "tsv", "txt", "xlsb"];

/// The folder of one school. Opening it looks at nothing but that it is there.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
}

/// A table of a workspace that stands beside the rosters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputTable {
    /// «штат»
    Staff,
    /// «нагрузка»
    Load,
    /// «группы»
    Groups,
    /// «ссылки»
    Links,
    /// «ознакомление»
    Acknowledgements,
    /// «`старые_чаты`»
    OldChats,
}

/// The files that a run reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// The rosters, sorted by name, «5А» before «11А».
    pub rosters: Vec<Source>,
    /// The staff table.
    pub staff: Option<Source>,
    /// The teaching load.
    pub load: Option<Source>,
    /// The groups.
    pub groups: Option<Source>,
    /// The register of links.
    pub links: Option<Source>,
    /// Who has signed.
    pub acknowledgements: Option<Source>,
    /// The chats in foreign messengers.
    pub old_chats: Option<Source>,
}

impl InputTable {
    /// Every table.
    pub const ALL: [Self; 6] =
        [Self::Staff, Self::Load, Self::Groups, Self::Links, Self::Acknowledgements, Self::OldChats];

    /// The name without extension: «штат».
    pub fn stem(self) -> &'static str {
        match self {
            Self::Staff => "штат",
            Self::Load => "нагрузка",
            Self::Groups => "группы",
            Self::Links => "ссылки",
            Self::Acknowledgements => "ознакомление",
            Self::OldChats => "старые_чаты",
        }
    }

    /// Whether a file of this name is the table: «Штат.XLSX».
    pub(super) fn is_named(self, name: &str) -> bool {
        let name = name.to_lowercase();
        name.rsplit_once('.')
            .is_some_and(|(stem, extension)| stem.trim() == self.stem() && EXTENSIONS.contains(&extension))
    }
}

impl Workspace {
    /// The workspace in a folder.
    ///
    /// # Errors
    /// An issue when there is no such folder or no settings file in it.
    pub fn open(root: &Path) -> Result<Self, Issue> {
        let shown = root.display().to_string();
        if !root.is_dir() {
            return Err(Issue::new(
                IssueKind::MissingFolder,
                Place::file(shown),
                "папка не найдена.",
                "Проверьте имя папки или создайте новую: zavuch создать ПАПКА",
            ));
        }
        if !root.join(SETTINGS).is_file() {
            return Err(Issue::new(
                IssueKind::MissingFile,
                Place::file(shown),
                format!("в папке нет файла настроек {SETTINGS}."),
                "Это не рабочая папка школы. Перейдите в нужную папку или создайте новую: zavuch создать ПАПКА",
            ));
        }
        Ok(Self { root: root.to_path_buf() })
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The path of a table that the program writes itself: «ссылки.xlsx».
    pub fn table_path(&self, table: InputTable) -> PathBuf {
        self.root.join(format!("{}.xlsx", table.stem()))
    }

    /// Renames a table of people so that another may take its place: «ссылки 2025-26.xlsx».
    ///
    /// # Errors
    /// When it cannot be renamed.
    pub fn put_aside(&self, table: Option<&Source>, why: &str) -> Result<(), WriteError> {
        let Some(Source { path, .. }) = table else { return Ok(()) };
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let extension = path.extension().unwrap_or_default().to_string_lossy();
        let names = (1..).map(|number| match number {
            1 => format!("{stem} {why}.{extension}"),
            number => format!("{stem} {why} ({number}).{extension}"),
        });
        let free = names.map(|name| self.root.join(name)).find(|path| !path.exists());
        free.map_or(Ok(()), |free| rename(path, &free).map_err(WriteError::at(path)))
    }

    /// Whether a table was [put aside](Self::put_aside) for this reason and is still there.
    pub fn stands_aside(&self, table: InputTable, why: &str) -> bool {
        let beginning = format!("{} {why}", table.stem());
        let names = sorted_entries(&self.root).unwrap_or_default();
        names.iter().any(|path| file_label(path).starts_with(&beginning))
    }

    /// The text of the settings file.
    ///
    /// # Errors
    /// An issue when it cannot be read or is not UTF-8.
    pub fn settings_text(&self) -> Result<String, Issue> {
        read_text(&self.root.join(SETTINGS), SETTINGS)
    }

    /// The texts in «шаблоны/» by their names within it, with «/» between folders.
    pub fn template_texts(&self) -> Checked<Vec<(String, String)>> {
        let mut read = Checked::<Vec<(String, String)>>::default();
        for Source { path, label } in self.template_files() {
            match read_text(&path, &format!("{TEMPLATES}/{label}")) {
                Ok(text) => read.value.push((label, text)),
                Err(issue) => read.issues.push(issue),
            }
        }
        read
    }

    /// Every file that a plan follows from: settings, tables, templates; sorted. Who has signed changes no plan.
    pub fn input_files(&self) -> Vec<PathBuf> {
        let Inputs { rosters, staff, load, groups, links, acknowledgements: _, old_chats } = self.inputs().value;
        let tables = [staff, load, groups, links, old_chats].into_iter().flatten();
        let mut files: Vec<PathBuf> = rosters.into_iter().chain(tables).map(|source| source.path).collect();
        files.push(self.root.join(SETTINGS));
        files.extend(self.template_files().into_iter().map(|template| template.path));
        files.sort();
        files
    }

    /// The files in «шаблоны/» with their names within it, with «/» between folders.
    fn template_files(&self) -> Vec<Source> {
        let mut files = Vec::new();
        let mut folders = vec![(self.root.join(TEMPLATES), String::new())];
        while let Some((folder, prefix)) = folders.pop() {
            for path in sorted_entries(&folder).unwrap_or_default() {
                let label = format!("{prefix}{}", file_label(&path));
                if path.is_dir() {
                    folders.push((path, format!("{label}/")));
                } else if !is_hidden(&label) {
                    files.push(Source { path, label });
                }
            }
        }
        files
    }

    /// The files to read. A missing folder of rosters and a missing staff table are issues; the others are optional.
    pub fn inputs(&self) -> Checked<Inputs> {
        let mut issues = Vec::new();
        let rosters = self.rosters(&mut issues);
        let staff = self.table(InputTable::Staff, &mut issues);
        if staff.is_none() && issues.iter().all(|issue| issue.kind != IssueKind::AmbiguousFile) {
            issues.push(Issue::new(
                IssueKind::MissingFile,
                Place::file("штат.xlsx"),
                "нет таблицы сотрудников.",
                "Положите в рабочую папку файл штат.xlsx (или .xls, .ods, .csv) со столбцами ФИО, Должность, E-mail, \
                 Классное руководство.",
            ));
        }
        let inputs = Inputs {
            rosters,
            staff,
            load: self.table(InputTable::Load, &mut issues),
            groups: self.table(InputTable::Groups, &mut issues),
            links: self.table(InputTable::Links, &mut issues),
            acknowledgements: self.table(InputTable::Acknowledgements, &mut issues),
            old_chats: self.table(InputTable::OldChats, &mut issues),
        };
        Checked::new(inputs, issues)
    }

    fn rosters(&self, issues: &mut Vec<Issue>) -> Vec<Source> {
        let folder = self.root.join(ROSTERS);
        let place = Place::file(format!("{ROSTERS}/"));
        let sources = match files_in(&folder, &format!("{ROSTERS}/"), issues) {
            Ok(sources) => sources,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                issues.push(Issue::new(
                    IssueKind::MissingFolder,
                    place,
                    "нет папки со списками классов.",
                    format!(
                        "Создайте в рабочей папке папку «{ROSTERS}» и положите в неё списки (.xlsx, .xls, .ods, .csv)."
                    ),
                ));
                return Vec::new();
            }
            Err(error) => {
                issues.push(unreadable_folder(&place.file, &error));
                return Vec::new();
            }
        };
        if sources.is_empty() {
            issues.push(no_files(&place.file));
        }
        sources
    }

    fn table(&self, table: InputTable, issues: &mut Vec<Issue>) -> Option<Source> {
        let entries = sorted_entries(&self.root).unwrap_or_default();
        let is_table = |name: &str| table.is_named(name);
        let open = entries.iter().map(|path| file_label(path)).filter_map(|name| open_table(&name).map(str::to_owned));
        issues.extend(open.filter(|name| is_table(name)).map(open_elsewhere));
        let mut found: Vec<_> = entries
            .into_iter()
            .filter(|path| path.is_file())
            .map(|path| Source { label: file_label(&path), path })
            .filter(|source| is_table(&source.label))
            .collect();
        if found.len() > 1 {
            let names = found.iter().map(|source| source.label.as_str()).collect::<Vec<_>>().join(", ");
            issues.push(Issue::new(
                IssueKind::AmbiguousFile,
                Place::file(names),
                "одна и та же таблица лежит в нескольких файлах.",
                "Оставьте один, остальные уберите из рабочей папки.",
            ));
            return None;
        }
        found.pop()
    }
}

pub(super) fn unreadable_folder(label: &str, error: &io::Error) -> Issue {
    let message = format!("папка не читается: {}.", reason(error));
    Issue::new(IssueKind::Unreadable, Place::file(label), message, "Проверьте права на папку.")
}

/// The name of a file as people see it: composed letters (macOS stores «й» in two parts).
pub(super) fn file_label(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().nfc().collect()
}

/// The table that a lock file of Excel («~$штат.xlsx») or `LibreOffice` («.~lock.штат.ods#») speaks of.
pub(super) fn open_table(name: &str) -> Option<&str> {
    let libre_office = || name.strip_prefix(".~lock.")?.strip_suffix('#');
    name.strip_prefix("~$").or_else(libre_office)
}

pub(super) fn open_elsewhere(label: String) -> Issue {
    Issue::new(
        IssueKind::OpenElsewhere,
        Place::file(label),
        "файл сейчас открыт в другой программе; прочитано то, что сохранено на диске.",
        "Если в нём есть несохранённые изменения, сохраните его и запустите программу снова.",
    )
}

pub(super) fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name.starts_with("~$") || matches!(name, "Thumbs.db" | "desktop.ini")
}

pub(super) fn sorted_entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries)
}

fn read_text(path: &Path, label: &str) -> Result<String, Issue> {
    let bytes = fs::read(path).map_err(|error| {
        Issue::new(
            IssueKind::Unreadable,
            Place::file(label),
            format!("файл не читается: {}.", reason(&error)),
            "Проверьте, что файл на месте и не занят другой программой.",
        )
    })?;
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    String::from_utf8(text.to_vec()).map_err(|_| {
        Issue::new(
            IssueKind::SettingsSyntax,
            Place::file(label),
            "файл сохранён не в кодировке UTF-8.",
            "Откройте его в Блокноте и сохраните заново, выбрав кодировку UTF-8.",
        )
    })
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write what a person would")]
mod tests {
    use super::Workspace;
    use crate::school::IssueKind;

    #[track_caller]
    fn check(files: &[&str], expected: &[IssueKind]) {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        let kinds: Vec<_> = match Workspace::open(folder.path()) {
            Ok(workspace) => workspace.inputs().issues.iter().map(|issue| issue.kind).collect(),
            Err(issue) => vec![issue.kind],
        };
        assert_eq!(kinds, expected, "{files:?}");
    }

    #[test]
    fn what_is_missing_is_said() {
        check(&["zavuch.toml", "списки/7А.xlsx", "штат.XLSX", "ссылки.csv"], &[]);
        check(&["zavuch.toml", "списки/~$7А.xlsx", "списки/7А.xlsx", "штат.xls"], &[IssueKind::OpenElsewhere]);
        check(&["zavuch.toml", "списки/7А.xlsx", "штат.xlsx", "~$штат.xlsx"], &[IssueKind::OpenElsewhere]);
        check(&["zavuch.toml", "списки/7А.xlsx", "штат.xlsx", ".~lock.ссылки.xlsx#"], &[IssueKind::OpenElsewhere]);
        check(&["zavuch.toml", "списки/.DS_Store", "штат.xlsx"], &[IssueKind::EmptyRoster]);
        check(&["zavuch.toml", "штат.xlsx"], &[IssueKind::MissingFolder]);
        check(&["zavuch.toml", "списки/7А.xlsx"], &[IssueKind::MissingFile]);
        check(&["zavuch.toml", "списки/7А.xlsx", "штат.xlsx", "штат.csv"], &[IssueKind::AmbiguousFile]);
        check(&["списки/7А.xlsx"], &[IssueKind::MissingFile]);
    }
}
