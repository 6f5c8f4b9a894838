//! `plan`: the chats that should exist, nothing written.

use std::collections::BTreeMap;

use serde::Serialize;

use super::args::DatedTarget;
use super::error::CommandError;
use super::ui::Ui;
use super::{clock, data, issues};
use crate::plan::{ChatPlan, pinned_rules};
use crate::report;
use crate::school::ChatKey;

#[derive(Serialize)]
struct PlanJson<'a> {
    #[serde(flatten)]
    plan: &'a ChatPlan,
    /// The text to paste and pin, by chat.
    rules_to_pin: BTreeMap<&'a ChatKey, String>,
}

/// Runs the command.
pub(crate) fn run(args: &DatedTarget, ui: &Ui) -> Result<(), CommandError> {
    let ready = data::read(&args.target.folder, args.date.unwrap_or_else(clock::today)).ready()?;
    let plan = &ready.data.plan;
    if ui.wants_json() {
        let regulation = &ready.data.settings.regulation;
        let rules_to_pin = plan.chats().map(|chat| (&chat.key, pinned_rules(regulation, chat))).collect();
        return ui.answer_json(&PlanJson { plan, rules_to_pin });
    }
    ui.answer(&format!("{}\n", report::plan_table(plan, ui.width())));
    if !ready.issues.is_empty() {
        let folder = args.target.folder.display();
        ui.say(&format!("\n{} Подробнее: zavuch проверить \"{folder}\"", issues::totals(&ready.issues)));
    }
    Ok(())
}
