//! `plan`: what `apply` would change, and why; before the first run the chats that should exist. Nothing is written.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Serialize;

use super::args::PlanArgs;
use super::data::Data;
use super::error::{CommandError, Status};
use super::issuing::with_facts;
use super::planning::{Known, Proposal, SavedPlan, inputs_sum, propose};
use super::ui::Ui;
use super::{clock, data, issues, limits, plan_file};
use crate::papers::farewell;
use crate::plan::{ChatPlan, Move, pinned_rules};
use crate::report::{self, AwaitedRow, ChangeRow, Comparison, Kept, KeptRow, MovingReport, Outlook};
use crate::school::{ChatKey, ChatRef, Edition, Editions, Noun, Scope, count};

#[derive(Serialize)]
struct PlanJson<'a> {
    #[serde(flatten)]
    plan: &'a ChatPlan,
    /// The text to paste and pin, by chat.
    rules_to_pin: BTreeMap<&'a ChatKey, String>,
    /// What `apply` would change.
    changes: Vec<ChangeRow>,
    /// Papers that stay valid, class by class.
    kept: Vec<KeptRow>,
    /// All papers that stay valid.
    kept_in_all: Kept,
    /// Chats without a valid link.
    awaited_links: Vec<AwaitedRow>,
    /// Papers that would be made anew with the version that they have.
    refreshed: usize,
    /// Classes, and the school, that an earlier run has not given everything yet.
    unfinished: usize,
    /// The move out of foreign messengers; `None` where there is no table of old chats.
    moving: Option<MovingReport>,
    /// Who of the lists is who of the last run; `None` before the first.
    people: Option<&'a Comparison>,
}

/// Runs the command.
pub(crate) fn run(args: &PlanArgs, ui: &Ui) -> Result<Status, CommandError> {
    let folder = args.run.target.folder.as_path();
    let date = args.run.date.unwrap_or_else(clock::today);
    let (known, reading) = data::read(folder, date)?;
    let permit = |data: &Data| limits::permit(data, &known, args.run.allow_removals, "план", folder);
    reading.without_some_classes().map_or(Ok(()), permit)?;
    let ready = reading.ready()?;
    permit(&ready.data)?;
    let proposal = propose(&ready.data, &known, date);
    if !proposal.is_empty() {
        limits::permit_date(args.run.date, &known)?;
    }
    if let Some(path) = &args.save {
        let plan = SavedPlan::of(&proposal, &known, inputs_sum(&ready.workspace)?, date);
        plan_file::write(path, &plan)?;
    }
    if ui.wants_json() {
        ui.answer_json(&json(&ready.data, &proposal, &known))?;
    } else {
        if known.has_past() {
            ui.answer(&difference(&ready.data, &proposal));
        } else {
            ui.answer(&format!("{}\n", report::plan_table(&ready.data.plan, ui.width())));
        }
        let moving = report::moving_text(&moving(&ready.data, &proposal));
        if !moving.is_empty() {
            ui.answer(&format!("\n{moving}"));
        }
        if let Some(path) = &args.save {
            ui.say(&format!(
                "\nПлан сохранён. Выполнить именно его: zavuch применить \"{}\" --plan \"{}\"",
                folder.display(),
                path.display()
            ));
        } else if !proposal.is_empty() {
            ui.say(&format!("\nНичего не изменено. Выполнить: zavuch применить \"{}\"", folder.display()));
        }
        if !ready.issues.is_empty() {
            ui.say(&format!(
                "\n{} Подробнее: zavuch проверить \"{}\"",
                issues::totals(&ready.issues),
                folder.display()
            ));
        }
    }
    // An answer that is awaited is something to be done, too.
    let is_settled = proposal.is_empty() && ready.data.people.comparison.ambiguous.is_empty();
    Ok(if args.check && !is_settled { Status::Changes } else { Status::Done })
}

fn json<'a>(data: &'a Data, proposal: &Proposal<'_>, known: &Known) -> PlanJson<'a> {
    let outlook = outlook(data, proposal);
    let rule = |chat| pinned_rules(&data.settings.regulation, chat);
    PlanJson {
        plan: &data.plan,
        rules_to_pin: data.plan.chats().map(|chat| (&chat.key, rule(chat))).collect(),
        changes: report::change_rows(&proposal.changes),
        kept: outlook.kept_rows(),
        kept_in_all: outlook.kept_in_all(),
        awaited_links: outlook.awaited_rows(),
        refreshed: proposal.refreshed,
        unfinished: proposal.unfinished.len(),
        moving: Some(moving(data, proposal)).filter(|moving| !moving.is_empty()),
        people: known.has_past().then_some(&data.people.comparison),
    }
}

/// The move out of foreign messengers.
fn moving(data: &Data, proposal: &Proposal<'_>) -> MovingReport {
    // No edition stands in a message.
    let editions = Editions::all(Edition { version: 1, issued: Date::ZERO });
    // The words of an announcement, with the chats of the class whose chat it is.
    let text = |one: &Move| {
        let chat = data.plan.chat(one.new.key()?)?;
        let class = chat.class.as_ref().and_then(|class| data.plan.class(class));
        let chats = class.map_or(data.plan.school.as_slice(), |class| class.chats.as_slice());
        let sheets = data.sheets(chats);
        let papers = data.papers(class, &sheets, &editions);
        with_facts(data, |facts| farewell(&papers, facts, chat, one.until, one.responsible.as_ref()))
    };
    MovingReport::of(&data.moving, &data.plan, &proposal.after.old_chats, text)
}

/// What stays as it is.
fn outlook(data: &Data, proposal: &Proposal<'_>) -> Outlook {
    let mut awaited: BTreeMap<Scope, Vec<ChatRef>> = BTreeMap::new();
    for chat in data.plan.chats().filter(|chat| data.awaits_link(chat)) {
        let chats = awaited.entry(Scope::from(chat.class.as_ref())).or_default();
        chats.push(ChatRef { key: chat.key.clone(), title: chat.title.clone() });
    }
    Outlook::new(proposal.before, &proposal.after, awaited)
}

/// The difference to the last run, for people.
fn difference(data: &Data, proposal: &Proposal<'_>) -> String {
    let mut text = report::difference(&proposal.changes, &outlook(data, proposal));
    if proposal.is_empty() {
        text.insert_str(0, "Изменений нет.\n");
    }
    for class in &data.plan.classes {
        if let Some(former) = &class.successor_of {
            let _ = writeln!(
                text,
                "{}: нужен новый классный руководитель вместо прежнего ({former}). До этого чаты класса остаются за прежним.",
                class.name
            );
        }
    }
    text.push_str(&report::questions(&data.people.comparison));
    text.push_str(&report::suggestions(&data.people.comparison));
    if proposal.refreshed > 0 {
        let papers = Noun::new("бумаге", "бумагах", "бумагах");
        let _ = writeln!(
            text,
            "Ещё на {} изменятся строки без нового содержания: файлы обновятся, раздавать заново не нужно.",
            count(proposal.refreshed, papers)
        );
    }
    if !proposal.unfinished.is_empty() {
        let whose: Vec<String> = proposal.unfinished.iter().map(Scope::title).collect();
        let _ = writeln!(text, "С прошлого раза не всё выдано: {} — будет доделано.", whose.join(", "));
    }
    text
}
