//! `check`: every problem of every table; nothing is written but the report that was asked for.

use serde::Serialize;

use super::args::CheckArgs;
use super::error::CommandError;
use super::issues::IssueJson;
use super::report_file::ReportFile;
use super::ui::Ui;
use super::{clock, data};
use crate::report::{self, CheckReport, CheckSummary, FileReport};

#[derive(Serialize)]
struct CheckJson<'a> {
    summary: CheckSummary,
    files: &'a [FileReport<'a>],
    issues: Vec<IssueJson<'a>>,
}

/// Runs the command.
pub(crate) fn run(args: &CheckArgs, ui: &Ui) -> Result<(), CommandError> {
    let folder = &args.target.folder;
    // A name that cannot be is told before the work, not after it.
    let file = args.xlsx.as_deref().map(|path| ReportFile::at(path, folder)).transpose()?;
    let today = clock::today();
    let reading = data::read_all(folder, today)?;
    let report = CheckReport::new(&reading.files, &reading.issues);
    if ui.wants_json() {
        let issues = report.issues.iter().map(|issue| IssueJson::of(issue)).collect();
        ui.answer_json(&CheckJson { summary: report.summary, files: &report.files, issues })?;
    } else {
        ui.answer(&report::check_text(&report, ui.width()));
    }
    if let Some(file) = &file {
        file.write(&report::check_table(&report, today)?)?;
        ui.say(&format!("Замечания записаны таблицей: {}", file.path().display()));
    }
    if !report.summary.ready {
        let written = if file.is_some() {
            "кроме таблицы замечаний, ничего не записано"
        } else {
            "ничего не записано"
        };
        // The issues are shown already.
        return Err(CommandError::inputs(
            Vec::new(),
            format!("с такими исходными данными работать нельзя; {written}."),
            data::MEND_ERRORS,
        ));
    }
    if !report.issues.is_empty() {
        ui.say("Ошибок, из-за которых работать нельзя, нет.");
    }
    Ok(())
}
