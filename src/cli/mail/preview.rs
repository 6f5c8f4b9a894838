//! `mail preview`: who would get what, how large, how long; nothing sent.

use jiff::SignedDuration;
use serde::Serialize;

use super::outlook::Outlook;
use super::rows::{self, LetterJson};
use super::{School, guard};
use crate::cli::args::MailPreviewArgs;
use crate::cli::clock;
use crate::cli::error::{CommandError, Status};
use crate::cli::ui::Ui;
use crate::mail::readable;
use crate::report;
use crate::school::{Noun, count};
use crate::store::{LetterId, LetterState, Store, StoredLetter};

const LETTERS: Noun = Noun::new("письмо", "письма", "писем");

#[derive(Serialize)]
struct PreviewJson<'a> {
    letters: Vec<LetterJson<'a>>,
    bytes: usize,
    /// Why letters would be held back, by number.
    held: Vec<HeldJson>,
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
    let School { data, .. } = School::read(folder)?;
    let all = store.as_ref().map_or_else(|| Ok(Vec::new()), Store::letters)?;
    let waiting: Vec<&StoredLetter> = all.iter().filter(|letter| letter.state == LetterState::Queued).collect();
    let held: Vec<(&StoredLetter, String)> =
        waiting.iter().filter_map(|letter| Some((*letter, guard::check(letter, &data).err()?))).collect();
    let bytes: usize = waiting.iter().map(|letter| letter.size).sum();
    let server = data.settings.mail.server.as_ref();
    let day_ago = clock::now() - SignedDuration::from_hours(24);
    let spent = store.as_ref().map(|store| store.letters_spent(day_ago)).transpose()?;
    let spent = spent.map_or(0, |spent| spent.letters as usize);
    let outlook = server.map(|server| Outlook::of(waiting.len() - held.len(), spent, clock::today(), server));
    if ui.wants_json() {
        let day = |day: &super::outlook::DayShare| DayJson { date: day.date.to_string(), letters: day.letters };
        ui.answer_json(&PreviewJson {
            letters: waiting.iter().map(|letter| rows::json(letter)).collect(),
            bytes,
            held: held.iter().map(|(letter, why)| HeldJson { id: letter.id.to_string(), why: why.clone() }).collect(),
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
            count(waiting.len(), LETTERS),
            report::size_words(bytes)
        ));
        for (letter, why) in &held {
            ui.answer(&format!(
                "Письмо {} ({}) не уйдёт: {why}. Выполните: zavuch применить \"{shown}\"\n",
                letter.id, letter.class
            ));
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
    let counts = rows::counts(&all);
    ui.answer(&rows::advice(&counts, &shown));
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
