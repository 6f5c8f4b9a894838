//! Reads a workspace in one pass: all problems of all files together, and the values where they can be had.
//!
//! Knows in which order files are read and what stops the work. What a table, a text or the register says is told by
//! their own files; what they call for, by [`Data::of`].

use std::path::Path;

use jiff::civil::Date;

use super::register::{links_of, register_file};
use super::texts::{Texts, columns, settings, templates, wording};
use super::{Data, Tables, lost};
use crate::cli::error::CommandError;
use crate::cli::planning::Known;
use crate::cli::{ack_table, own_letters};
use crate::links::{RegisterRows, RegisterYear};
use crate::plan::ChatPlan;
use crate::report::ReadFile;
use crate::roster;
use crate::school::{Checked, Issue, IssueKind, Settings};
use crate::workspace::{Inputs, Workspace};

/// What to do about errors in the inputs.
pub(crate) const MEND_ERRORS: &str = "Исправьте то, что отмечено как ошибки, и запустите команду снова.";

/// What was read of a workspace, with everything that was wrong.
#[derive(Debug)]
pub(crate) struct Reading {
    /// The workspace; `None` where there is none.
    workspace: Option<Workspace>,
    /// What could be understood; `None` where the settings cannot be used.
    data: Option<Data>,
    /// What each file gave, in the order of reading.
    pub(crate) files: Vec<ReadFile>,
    /// All problems of all files.
    pub(crate) issues: Vec<Issue>,
}

/// A workspace that may be worked on.
#[derive(Debug)]
pub(crate) struct Ready {
    pub(crate) workspace: Workspace,
    pub(crate) data: Data,
    /// The problems that do not stop the work.
    pub(crate) issues: Vec<Issue>,
}

/// The workspace of a folder.
///
/// # Errors
/// When there is none.
pub(crate) fn workspace(folder: &Path) -> Result<Workspace, CommandError> {
    Workspace::open(folder).map_err(|issue| unusable(vec![issue]))
}

/// The settings of a workspace, without its tables.
///
/// # Errors
/// When they cannot be used.
pub(crate) fn settings_alone(workspace: &Workspace) -> Result<Settings, CommandError> {
    let mut issues = Vec::new();
    let templates = templates(workspace, &mut issues);
    let settings = settings(workspace, &templates, &mut issues);
    issues.retain(Issue::stops_everything);
    settings.filter(|_| issues.is_empty()).ok_or_else(|| unusable(issues))
}

fn unusable(issues: Vec<Issue>) -> CommandError {
    CommandError::inputs(issues, "с такими исходными данными работать нельзя; ничего не записано.", MEND_ERRORS)
}

/// Reads a workspace as it stands `on` a day, and what is remembered of it.
///
/// # Errors
/// When the store cannot be read; what is wrong in the files is told by the reading.
pub(crate) fn read(folder: &Path, on: Date) -> Result<(Known, Reading), CommandError> {
    let (files, known) = rayon::join(|| Files::read(folder, on), || Known::in_folder(folder));
    let known = known?;
    let reading = files.knowing(&known, Looking::ForWhatIsNew, on);
    Ok((known, reading))
}

/// As [`read`], but what the program wrote and nobody changed since is read, too.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_all(folder: &Path, on: Date) -> Result<Reading, CommandError> {
    let known = Known::in_folder(folder)?;
    Ok(Files::read(folder, on).knowing(&known, Looking::AtAll, on))
}

/// What of the tables is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Looking {
    /// All but the table of acknowledgements where the program left it so: every mark in it is recorded.
    ForWhatIsNew,
    /// Everything.
    AtAll,
}

/// Reads a workspace again, its people known by what was recorded and answered.
pub(crate) fn read_again(folder: &Path, on: Date, known: &Known) -> Reading {
    Files::read(folder, on).knowing(known, Looking::ForWhatIsNew, on)
}

/// The school of a workspace with other people: its settings and words, none of its tables, nothing that is remembered.
///
/// # Errors
/// When there is no workspace, or its settings or words cannot be used.
pub(crate) fn with_other_people(folder: &Path, tables: Tables, on: Date) -> Result<Data, CommandError> {
    let workspace = workspace(folder)?;
    let mut issues = Vec::new();
    let templates = templates(&workspace, &mut issues);
    let settings = settings(&workspace, &templates, &mut issues);
    let wording = wording(&templates, &mut issues);
    let texts = settings.zip(wording).map(|(settings, wording)| Texts { settings, templates, wording });
    match texts {
        Some(texts) if !issues.iter().any(Issue::stops_everything) => {
            Ok(Data::of(texts, tables, &Known::default(), on, |_, _, _| Checked::default()).value)
        }
        _ => Err(unusable(issues)),
    }
}

/// The files of a workspace, whatever was recorded before.
struct Files {
    /// What is read; `None` where there is no workspace.
    found: Option<Found>,
    issues: Vec<Issue>,
}

struct Found {
    workspace: Workspace,
    inputs: Inputs,
    tables: Tables,
    /// The rows of the register of links, where there is one.
    register: Option<RegisterRows>,
    /// `None` where the settings or the words of papers cannot be used.
    texts: Option<Texts>,
}

impl Files {
    fn read(folder: &Path, on: Date) -> Self {
        let workspace = match Workspace::open(folder) {
            Ok(workspace) => workspace,
            Err(issue) => return Self { found: None, issues: vec![issue] },
        };
        let mut issues = Vec::new();
        let templates = templates(&workspace, &mut issues);
        let settings = settings(&workspace, &templates, &mut issues);
        let wording = wording(&templates, &mut issues);
        issues.extend(own_letters::faults(&templates));
        let columns = columns(&workspace);
        let inputs = workspace.inputs().collect_into(&mut issues);
        let tables = || Tables::read(&inputs, &columns, on, &mut issues);
        let (register, tables) = rayon::join(|| inputs.links.as_ref().map(RegisterRows::read), tables);
        let texts = settings.zip(wording).map(|(settings, wording)| Texts { settings, templates, wording });
        Self { found: Some(Found { workspace, inputs, tables, register, texts }), issues }
    }

    fn knowing(self, known: &Known, looking: Looking, on: Date) -> Reading {
        let Self { found, mut issues } = self;
        let Some(Found { workspace, inputs, tables, register: rows, texts }) = found else {
            return Reading { workspace: None, data: None, files: Vec::new(), issues };
        };
        let mut files = tables.files(&inputs);
        let is_known = || known.left_table.is_some_and(|left| ack_table::is_left_alone(&workspace, left));
        if let Some(source) = inputs.acknowledgements.as_ref().filter(|_| looking == Looking::AtAll || !is_known()) {
            files.push(tables.acknowledgements(source, on, &mut issues));
        }
        issues.extend(lost::store(&workspace, known));
        let is_ambiguous = issues.iter().any(|issue| issue.kind == IssueKind::AmbiguousFile);
        let register = |settings: &Settings, plan: &ChatPlan, year| {
            let mut read = links_of(rows, settings, plan);
            // A register of last year is put aside before the new one is written; of several files one is to be chosen.
            if year == RegisterYear::Current && !is_ambiguous {
                read.issues.extend(lost::register(&workspace, &inputs, plan, &read.value));
            }
            read
        };
        let data = texts.map(|texts| {
            let data = Data::of(texts, tables, known, on, register);
            Data { register: inputs.links.clone(), ..data.collect_into(&mut issues) }
        });
        if let Some(data) = &data {
            roster::tell_of_successors(&mut issues, &data.people.successors);
        }
        issues.extend(data.iter().flat_map(|data| data.unprintable(on)));
        issues.extend(data.iter().flat_map(|data| data.unknown_officials(on)));
        files.extend(inputs.links.as_ref().map(|source| register_file(source, data.as_ref())));
        Reading { workspace: Some(workspace), data, files, issues }
    }
}

impl Reading {
    /// The values, where all that stops the work is classes that other tables name and no list has: the lists may be of a
    /// part of the school only, and the other tables are right.
    pub(crate) fn without_some_classes(&self) -> Option<&Data> {
        let mut stopping = self.issues.iter().filter(|issue| issue.stops_everything()).peekable();
        let is_partial = stopping.peek().is_some() && stopping.all(|issue| issue.kind == IssueKind::UnknownClass);
        self.data.as_ref().filter(|_| is_partial)
    }

    /// The workspace, unless something stops the work.
    pub(crate) fn ready(self) -> Result<Ready, CommandError> {
        let Self { workspace, data, files: _, issues } = self;
        match (workspace, data) {
            (Some(workspace), Some(data)) if !issues.iter().any(Issue::stops_everything) => {
                Ok(Ready { workspace, data, issues })
            }
            _ => Err(unusable(issues)),
        }
    }
}
