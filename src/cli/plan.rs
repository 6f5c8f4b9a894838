//! `plan`: the chats that should exist, nothing written.

use super::args::DatedTarget;
use super::error::CommandError;
use super::ui::Ui;
use super::{clock, data, issues};
use crate::report;

/// Runs the command.
pub(crate) fn run(args: &DatedTarget, ui: &Ui) -> Result<(), CommandError> {
    let ready = data::read(&args.target.folder, args.date.unwrap_or_else(clock::today)).ready()?;
    if ui.wants_json() {
        return ui.answer_json(&ready.data.plan);
    }
    ui.answer(&format!("{}\n", report::plan_table(&ready.data.plan, ui.width())));
    if !ready.issues.is_empty() {
        let folder = args.target.folder.display();
        ui.say(&format!("\n{} Подробнее: zavuch проверить \"{folder}\"", issues::totals(&ready.issues)));
    }
    Ok(())
}
