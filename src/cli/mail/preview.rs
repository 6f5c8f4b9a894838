//! `mail preview`: who would get what, how large, how long; nothing sent.

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::guard::{Guard, PastYears, WithPapers};
use super::outlook::{Outlook, ToSend};
use super::rows::{self, LetterJson};
use super::unapplied::Unapplied;
use super::{School, remind};
use crate::cli::args::MailPreviewArgs;
use crate::cli::error::{CommandError, Status};
use crate::cli::ui::Ui;
use crate::cli::{clock, limits};
use crate::mail::readable;
use crate::report;
use crate::school::{Noun, count};
use crate::store::{LetterId, LetterState, Store, StoredLetter};

#[derive(Serialize)]
struct PreviewJson<'a> {
    letters: Vec<LetterJson<'a>>,
    bytes: usize,
    /// Why letters would be held back, by number.
    held: Vec<HeldJson>,
    /// The classes whose letters wait until the lists of now are applied.
    unapplied: Vec<String>,
    /// From when the first letter may go, where that is not at once.
    from: Option<String>,
    days: Vec<DayJson>,
}

#[derive(Serialize)]
struct HeldJson {
    id: String,
    why: String,
}

#[derive(Serialize)]
struct DayJson {
    date: String,
    letters: usize,
}

/// Runs the command.
pub(super) fn run(args: &MailPreviewArgs, ui: &Ui) -> Result<Status, CommandError> {
    let folder = &args.target.folder;
    let store = super::store(folder)?;
    if let Some(number) = args.open {
        return open(store.as_ref(), LetterId::of_number(number), ui);
    }
    let School { data, known, .. } = School::read(folder)?;
    let all = store.as_ref().map_or_else(|| Ok(Vec::new()), Store::letters)?;
    let waiting: Vec<&StoredLetter> = all.iter().filter(|letter| letter.state == LetterState::Queued).collect();
    let past = store.as_ref().map(PastYears::of).transpose()?.unwrap_or_default();
    let open = remind::open_classes(&waiting, folder)?;
    let guard = Guard { data: &data, papers: WithPapers::of(&all), past: &past, open: open.as_ref() };
    let (held, fit): (Vec<_>, Vec<_>) =
        waiting.iter().map(|letter| (*letter, guard.check(letter).err())).partition(|(_, held)| held.is_some());
    let held: Vec<(&StoredLetter, &str)> =
        held.into_iter().filter_map(|(letter, held)| Some((letter, held?.why()))).collect();
    let lists = Unapplied::of(&data, &known);
    let (unapplied, fit): (Vec<&StoredLetter>, Vec<&StoredLetter>) =
        fit.into_iter().map(|(letter, _)| letter).partition(|letter| lists.has(&letter.class));
    let bytes: usize = waiting.iter().map(|letter| letter.size).sum();
    let server = data.settings.mail.server.as_ref();
    let now = clock::now();
    let spent = store.as_ref().map(|store| store.spent_since(now - SignedDuration::from_hours(24))).transpose()?;
    let outlook = server.map(|server| {
        let letters = fit.iter().map(|letter| letter.not_before).collect();
        Outlook::of(ToSend { letters, spent: spent.unwrap_or_default(), now, zone: TimeZone::system() }, server)
    });
    if ui.wants_json() {
        let day = |day: &super::outlook::DayShare| DayJson { date: day.date.to_string(), letters: day.letters };
        ui.answer_json(&PreviewJson {
            letters: waiting.iter().map(|letter| rows::json(letter)).collect(),
            bytes,
            held: held
                .iter()
                .map(|(letter, why)| HeldJson { id: letter.id.to_string(), why: (*why).to_owned() })
                .collect(),
            unapplied: Unapplied::names(&unapplied),
            from: outlook.as_ref().and_then(|outlook| outlook.from).map(|at| at.to_string()),
            days: outlook.iter().flat_map(|outlook| outlook.days.iter().map(day)).collect(),
        })?;
        return Ok(Status::Done);
    }
    let shown = folder.display().to_string();
    if waiting.is_empty() {
        ui.answer("Писем, которые ждут отправки, нет.\n");
    } else {
        let lines: Vec<_> = waiting.iter().map(|letter| rows::line(letter)).collect();
        ui.answer(&format!("{}\n", report::waiting_table(&lines, ui.width()).trim_end()));
        ui.answer(&format!(
            "Ждёт отправки: {}, всего {}. Одно письмо целиком: zavuch письма показать \"{shown}\" --open НОМЕР\n",
            count(waiting.len(), Noun::LETTER),
            report::size_words(bytes)
        ));
        for (letter, why) in &held {
            ui.answer(&format!("Письмо {} ({}) не уйдёт: {why}.\n", letter.id, letter.class));
        }
        match limits::permit(&data, &known, None, "применить", folder) {
            Ok(()) => ui.answer(&Unapplied::words(&unapplied, &shown)),
            // What would stop the sending is said, and nothing is stopped by looking.
            Err(error) => ui.answer(&format!("Сейчас не уйдёт ни одно письмо: {}\n", error.error)),
        }
        match (server, outlook) {
            (Some(server), Some(outlook)) => {
                ui.answer(&outlook.words());
                let largest = server.provider.largest();
                for letter in waiting.iter().filter(|letter| largest.is_some_and(|largest| letter.size > largest)) {
                    ui.answer(&format!(
                        "Письмо {} ({}) больше, чем обычно берёт такая почта.\n",
                        letter.id, letter.class
                    ));
                }
                ui.answer(&format!("Отправить: zavuch письма отправить \"{shown}\"\n"));
            }
            _ => ui.answer(
                "Чтобы программа отправила их сама, укажите почту в zavuch.toml: раздел [mail], ключ provider.\n\
                 Без этого отправьте файлы из папки «выдача/Письма» своей почтовой программой.\n",
            ),
        }
    }
    ui.answer(&rows::advice(&all, &shown));
    Ok(Status::Done)
}

/// Shows one whole letter: headers, text, what is attached.
fn open(store: Option<&Store>, id: LetterId, ui: &Ui) -> Result<Status, CommandError> {
    let none = || CommandError::usage(format!("письма {id} нет."), "Номера писем показывает: zavuch письма список");
    let store = store.ok_or_else(none)?;
    let letter = store.letters()?.into_iter().find(|letter| letter.id == id).ok_or_else(none)?;
    let gone = || CommandError::usage(format!("содержание письма {id} больше не хранится."), "");
    let bytes = store.letter_bytes(id)?.ok_or_else(gone)?;
    let text = readable(&bytes);
    if ui.wants_json() {
        #[derive(Serialize)]
        struct OpenJson<'a> {
            letter: LetterJson<'a>,
            text: &'a str,
        }
        ui.answer_json(&OpenJson { letter: rows::json(&letter), text: &text })?;
        return Ok(Status::Done);
    }
    ui.answer(&format!(
        "Кому: {} <{}>\nТема: {}\nРазмер: {}\n\n{text}",
        letter.to,
        letter.address,
        letter.subject,
        report::size_words(letter.size)
    ));
    Ok(Status::Done)
}
