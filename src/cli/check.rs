//! `check`: every problem of every table, nothing written.

use serde::Serialize;

use super::args::Target;
use super::error::CommandError;
use super::issues::{self, IssueJson};
use super::ui::Ui;
use super::{clock, data};
use crate::school::Noun;
use crate::school::count;

#[derive(Serialize)]
struct CheckJson<'a> {
    classes: usize,
    students: usize,
    issues: Vec<IssueJson<'a>>,
}

/// Runs the command.
pub(crate) fn run(args: &Target, ui: &Ui) -> Result<(), CommandError> {
    let ready = data::read(&args.folder, clock::today()).ready()?;
    let (classes, students) = (ready.data.roster.classes.len(), ready.data.roster.students().count());
    if ui.wants_json() {
        return ui.answer_json(&CheckJson { classes, students, issues: issues::json(&ready.issues) });
    }
    ui.answer(&format!(
        "Прочитано: {}, {}.\n\n{}\n",
        count(classes, Noun::new("класс", "класса", "классов")),
        count(students, Noun::new("ученик", "ученика", "учеников")),
        issues::list(&ready.issues),
    ));
    if !ready.issues.is_empty() {
        ui.say("Ошибок, из-за которых работать нельзя, нет.");
    }
    Ok(())
}
