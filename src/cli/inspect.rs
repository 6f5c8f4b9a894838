//! `inspect`: how one class list was understood, nothing written.

use super::args::InspectArgs;
use super::clock;
use super::error::CommandError;
use super::ui::Ui;
use crate::report::{Inspection, Refusal};
use crate::roster::{self, OneList};
use crate::school::{Issue, IssueKind, Severity};
use crate::tables::Source;

/// What is said of a file without a list, the more telling first: of two reasons the first one counts.
const REFUSALS: [IssueKind; 9] = [
    IssueKind::NotARoster,
    IssueKind::FormulaNoValue,
    IssueKind::BadClass,
    IssueKind::NoClass,
    IssueKind::NoHeader,
    IssueKind::BadName,
    IssueKind::Empty,
    IssueKind::EmptyRoster,
    IssueKind::EncodingLost,
];

/// Runs the command.
pub(crate) fn run(args: &InspectArgs, ui: &Ui) -> Result<(), CommandError> {
    let today = args.date.unwrap_or_else(clock::today);
    let label = args.file.file_name().unwrap_or(args.file.as_os_str()).to_string_lossy().into_owned();
    let source = Source { path: args.file.clone(), label };
    let list = match roster::read_one(&source, today) {
        Ok(list) => list,
        Err(issue) => return refuse(&issue, None, ui),
    };
    if let Some(issue) = refusal(&list) {
        return refuse(issue, Some(&list), ui);
    }
    if ui.wants_json() {
        return ui.answer_json(&Inspection::of(&list));
    }
    Ok(())
}

/// Why no list can be taken of a file; `None` where it has pupils, or where all of them have left.
///
/// A row that is wrong among good ones is an issue of that row and refuses nothing.
fn refusal(list: &OneList) -> Option<&Issue> {
    let issues = &list.reading.issues;
    let of_kind = |kind: IssueKind| issues.iter().find(|issue| issue.kind == kind);
    let error = || issues.iter().find(|issue| issue.severity() == Severity::Error);
    list.reading.students.is_empty().then(|| REFUSALS.into_iter().find_map(of_kind).or_else(error)).flatten()
}

fn refuse(issue: &Issue, list: Option<&OneList>, ui: &Ui) -> Result<(), CommandError> {
    if ui.wants_json() {
        ui.answer_json(&Refusal::of(issue, list))?;
    }
    Err(CommandError::inputs(Vec::new(), format!("{}: {}", issue.place, issue.message), issue.advice.clone()))
}
