//! `compare`: what changed between two lists, without a workspace; nothing written.

use std::path::Path;

use jiff::civil::Date;
use serde::Serialize;

use super::args::CompareArgs;
use super::clock;
use super::error::CommandError;
use super::issues::{self, IssueJson};
use super::own_words::OwnWords;
use super::ui::Ui;
use crate::report::{self, Comparison};
use crate::roster;
use crate::roster::identity::{Decisions, Intake, Limits, assess, match_students};
use crate::school::{Checked, Issue, IssueKind, Roster, Severity, Student};
use crate::workspace::lists;

#[derive(Serialize)]
struct CompareJson<'a> {
    #[serde(flatten)]
    comparison: Comparison,
    /// What is wrong in both lists.
    issues: Vec<IssueJson<'a>>,
}

/// Runs the command.
pub(crate) fn run(args: &CompareArgs, ui: &Ui) -> Result<(), CommandError> {
    let today = clock::today();
    let (old, new) = (read(&args.old, today), read(&args.new, today));
    let intake = Intake::of(&new.issues);
    let issues = [old.issues, new.issues].concat();
    if issues.iter().any(is_unreadable) {
        return Err(CommandError::inputs(
            issues,
            "списки прочитаны не целиком, сравнивать их нельзя.",
            "Исправьте то, что отмечено словом «ошибка», и запустите команду снова.",
        ));
    }
    let before: Vec<&Student> = old.value.students().collect();
    let after: Vec<&Student> = new.value.students().collect();
    let matching = match_students(&before, &after, &Decisions::default());
    let assessment = assess(&matching, intake, &Limits::default());
    if ui.wants_json() {
        let comparison = report::comparison(&matching, &assessment);
        return ui.answer_json(&CompareJson { comparison, issues: issues::json(&issues) });
    }
    ui.answer(&report::changes(&matching, &assessment));
    if !issues.is_empty() {
        ui.say(&format!("\nЗамечания к спискам:\n\n{}", issues::list(&issues)));
    }
    Ok(())
}

fn read(path: &Path, today: Date) -> Checked<Roster> {
    let OwnWords { words, mut issues, .. } = OwnWords::near(path);
    let sources = lists(path).collect_into(&mut issues);
    let roster = if sources.is_empty() {
        Roster::default()
    } else {
        roster::read(&sources, &words, today).collect_into(&mut issues)
    };
    Checked::new(roster, issues)
}

/// A file, a sheet or a class that could not be read: its pupils would look as if they had left. Of single rows that
/// could not be read the safety limits take care.
fn is_unreadable(issue: &Issue) -> bool {
    // A class that cannot be read is told once for all of its rows.
    let of_many_rows = issue.place.cell.is_none() || matches!(issue.kind, IssueKind::NoClass | IssueKind::BadClass);
    issue.severity() == Severity::Error && of_many_rows && issue.kind != IssueKind::ClassTooLarge
}
