//! `mail resolve`: what a person decides about letters.

use serde::Serialize;

use super::guard::PastYears;
use super::{School, resend, tidy};
use crate::cli::args::MailResolveArgs;
use crate::cli::error::{CommandError, Status};
use crate::cli::ui::Ui;
use crate::cli::{clock, data, job};
use crate::school::letter_kind;
use crate::store::{Decision, LetterId, LetterState, Store, Trouble};

const GONE: &str =
    "его содержание больше не хранится; напечатайте бумаги класса ещё раз (zavuch бумаги), для них будет новое письмо";

#[derive(Serialize)]
struct ResolveJson {
    decided: Vec<Decided>,
}

#[derive(Serialize)]
struct Decided {
    id: String,
    state: &'static str,
}

/// Runs the command.
pub(super) fn run(args: &MailResolveArgs, ui: &Ui) -> Result<Status, CommandError> {
    let MailResolveArgs { target, sent, resend, cancel } = args;
    let wanted = [(Decision::Sent, sent), (Decision::Resend, resend), (Decision::Cancel, cancel)];
    let wanted: Vec<(Decision, LetterId)> = wanted
        .into_iter()
        .flat_map(|(decision, numbers)| numbers.iter().map(move |number| (decision, LetterId::of_number(*number))))
        .collect();
    if wanted.is_empty() {
        return Err(CommandError::usage(
            "не сказано, о каком письме и что решено.",
            "Например: zavuch письма решить --sent 12 (дошло), --resend 12 (отправить ещё раз), --cancel 12 (не отправлять)",
        ));
    }
    let workspace = data::workspace(&target.folder)?;
    let _lock = job::hold(&workspace)?;
    let Some(_) = Store::read(&target.folder)? else {
        return Err(CommandError::usage("писем ещё нет.", "Сначала выполните: zavuch применить"));
    };
    let mut store = Store::open(&target.folder)?;
    store.recover_letters(clock::now())?;
    let mut decided = Vec::new();
    let past = PastYears::of(&store)?;
    let shown = target.folder.display().to_string();
    for (decision, id) in wanted {
        let letter = store.letter(id).map_err(|error| match error.trouble() {
            Trouble::NoSuchLetter => CommandError::usage(format!("письма {id} нет."), error.advice()),
            _ => error.into(),
        })?;
        let may_wait_again = !matches!(letter.state, LetterState::Queued | LetterState::Sent) && letter.has_bytes;
        if decision == Decision::Resend && may_wait_again {
            resend::permit(&letter, &store.letters()?, &past, &shown, || School::read(&target.folder))?;
        }
        if !store.decide_letter(id, decision, clock::now())? {
            let state = letter.state.words();
            let why = match letter.state {
                LetterState::Queued => "оно и так ждёт отправки".to_owned(),
                LetterState::Cancelled if decision == Decision::Resend => GONE.to_owned(),
                LetterState::Sent | LetterState::Cancelled => format!("оно уже {state}"),
                _ => GONE.to_owned(),
            };
            return Err(CommandError::usage(
                format!("о письме {id} так решить нельзя: {why}."),
                "Что с каждым письмом, показывает: zavuch письма список",
            ));
        }
        let letter = store.letter(id)?;
        decided.push(Decided { id: id.to_string(), state: letter.state.id() });
        if !ui.wants_json() {
            ui.answer(&format!("Письмо {id} ({}): {}.\n", letter.class, letter.state.words()));
            if decision == Decision::Cancel && letter.kind == letter_kind::FIRST {
                ui.answer(&format!(
                    "В нём были все бумаги класса: если класс их не получил, передайте их сами или верните письмо: \
                     zavuch письма решить \"{}\" --resend {id}\n",
                    workspace.root().display()
                ));
            }
        }
    }
    drop(store);
    // What is decided is decided: settings that cannot be read just now leave the files for the next run.
    if let Ok(settings) = data::settings_alone(&workspace) {
        tidy(&workspace, &settings.mail)?;
    }
    if ui.wants_json() {
        ui.answer_json(&ResolveJson { decided })?;
    }
    Ok(Status::Done)
}
