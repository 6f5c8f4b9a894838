//! `mail remind`: letters to those from whom something is still awaited, put into the outbox.
//!
//! What is awaited are links. A class whose last letter still waits to be sent is not reminded: that letter asks by itself.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::School;
use crate::cli::args::MailRemindArgs;
use crate::cli::data::Data;
use crate::cli::error::{CommandError, Status};
use crate::cli::ui::Ui;
use crate::cli::{clock, job};
use crate::links;
use crate::mail::{self, Enclosure, FileForm, LetterContent, Occasion, Recipient, Sender};
use crate::plan::ClassPlan;
use crate::school::{Chat, ClassName, Edition, Service, file_name};
use crate::store::{LetterDraft, LetterState, Store};

#[derive(Serialize)]
struct RemindJson {
    /// The classes that are reminded.
    reminded: Vec<String>,
    /// Those that are not, and why.
    passed_over: Vec<PassedOver>,
}

#[derive(Serialize)]
struct PassedOver {
    class: String,
    why: String,
}

/// Runs the command.
pub(super) fn run(args: &MailRemindArgs, ui: &Ui) -> Result<Status, CommandError> {
    let folder = args.target.folder.as_path();
    let workspace = crate::cli::data::workspace(folder)?;
    let _lock = job::lock(&workspace)?;
    let School { data, .. } = School::read(folder)?;
    let on = args.date.unwrap_or_else(clock::today);
    if Store::read(folder)?.is_none() {
        let hint = format!("Сначала выполните: zavuch применить \"{}\"", folder.display());
        return Err(CommandError::usage("напоминать ещё не о чем: бумаги не выпускали.", hint));
    }
    let mut store = Store::open(folder)?;
    let letters = store.letters()?;
    let waiting: BTreeSet<&ClassName> =
        letters.iter().filter(|letter| letter.state == LetterState::Queued).map(|letter| &letter.class).collect();
    let known: BTreeSet<&str> = letters.iter().map(|letter| letter.message_id.as_str()).collect();
    let mut answer = RemindJson { reminded: Vec::new(), passed_over: Vec::new() };
    let is_wanted = |plan: &&ClassPlan| args.only.as_ref().is_none_or(|class| *class == plan.name);
    for plan in data.plan.classes.iter().filter(is_wanted) {
        let awaiting: Vec<&Chat> = plan.chats.iter().filter(|chat| data.awaits_link(chat)).collect();
        if awaiting.is_empty() {
            continue;
        }
        let class = plan.name.to_string();
        let reminder = if waiting.contains(&plan.name) {
            Err("прежнее письмо классу ещё не отправлено".to_owned())
        } else {
            reminder(&data, plan, &awaiting, on)
        };
        match reminder {
            Ok(draft) if known.contains(draft.message_id.as_str()) => {
                let why = "такое же напоминание от этого дня уже есть".to_owned();
                answer.passed_over.push(PassedOver { class, why });
            }
            Ok(draft) => {
                store.queue_letter(&draft, clock::now())?;
                answer.reminded.push(class);
            }
            Err(why) => answer.passed_over.push(PassedOver { class, why }),
        }
    }
    if ui.wants_json() {
        ui.answer_json(&answer)?;
        return Ok(Status::Done);
    }
    let RemindJson { reminded, passed_over } = answer;
    if reminded.is_empty() && passed_over.is_empty() {
        ui.answer("Все ссылки получены: напоминать некому.\n");
    }
    if !reminded.is_empty() {
        ui.answer(&format!(
            "Напоминания ждут отправки: {}. Отправить: zavuch письма отправить \"{}\"\n",
            reminded.join(", "),
            folder.display()
        ));
    }
    for PassedOver { class, why } in passed_over {
        ui.answer(&format!("Без напоминания — {class}: {why}.\n"));
    }
    Ok(Status::Done)
}

/// The reminder of a class, or why there is none.
fn reminder(data: &Data, plan: &ClassPlan, awaiting: &[&Chat], on: Date) -> Result<LetterDraft, String> {
    let settings = &data.settings;
    let from = Sender::of(&settings.mail).ok_or("в настройках нет адреса отправителя")?;
    let homeroom = plan.homeroom.as_ref().ok_or("нет классного руководителя")?;
    let to = Recipient::of(homeroom).ok_or("нет адреса классного руководителя")?;
    let table = links::asking_table(awaiting, data.classes_year).map_err(|error| error.to_string())?;
    let sheets = data.sheets(&plan.chats);
    let linked = sheets.iter().filter(|sheet| sheet.link.is_some()).count();
    let content = LetterContent {
        school: &settings.school,
        occasion: Occasion::Reminder,
        service: Service::of_links(sheets.iter().filter_map(|sheet| sheet.link), settings.regulation.platform),
        class: &plan.name,
        to: to.clone(),
        from,
        enclosures: vec![Enclosure {
            file_name: file_name(&format!("{} Ссылки.xlsx", plan.name)),
            kind: "впишите в неё ссылки на чаты и пришлите обратно".to_owned(),
            form: FileForm::Table,
            bytes: table,
        }],
        linked,
        awaited: awaiting.iter().map(|chat| chat.title.clone()).collect(),
        deadlines: settings.deadlines,
        edition: Edition { version: 1, issued: on },
        replaces: Vec::new(),
        follows: None,
    };
    let letter = mail::compose(&content, &data.letter_templates()).map_err(|error| error.to_string())?;
    Ok(LetterDraft {
        class: plan.name.clone(),
        kind: mail::kind(&content.occasion).to_owned(),
        to: to.name,
        address: to.address,
        subject: letter.subject.clone(),
        file: letter.file_name.clone(),
        message_id: letter.message_id.clone(),
        bytes: letter.to_be_sent(),
    })
}
