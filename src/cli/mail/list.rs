//! `mail list`: every letter and what became of it; nothing written, no lock taken.

use serde::Serialize;

use super::rows::{self, LetterJson};
use crate::cli::args::MailListArgs;
use crate::cli::error::{CommandError, Status};
use crate::cli::ui::Ui;
use crate::report;
use crate::store::StoredLetter;

#[derive(Serialize)]
struct ListJson<'a> {
    letters: Vec<LetterJson<'a>>,
    states: std::collections::BTreeMap<&'static str, usize>,
}

/// Runs the command.
pub(super) fn run(args: &MailListArgs, ui: &Ui) -> Result<Status, CommandError> {
    let store = super::store(&args.target.folder)?;
    let letters = store.map_or_else(|| Ok(Vec::new()), |store| store.letters())?;
    super::permit_class(args.class.as_ref(), std::iter::empty(), &letters)?;
    let is_wanted = |letter: &&StoredLetter| {
        args.class.as_ref().is_none_or(|class| *class == letter.class) && !(args.open && letter.state.is_settled())
    };
    let letters: Vec<&StoredLetter> = letters.iter().filter(is_wanted).collect();
    let counts = rows::counts(letters.iter().copied());
    if ui.wants_json() {
        let states = counts.iter().map(|(state, number)| (state.id(), *number)).collect();
        ui.answer_json(&ListJson { letters: letters.iter().map(|letter| rows::json(letter)).collect(), states })?;
        return Ok(Status::Done);
    }
    if letters.is_empty() {
        ui.answer("Таких писем нет.\n");
        return Ok(Status::Done);
    }
    let lines: Vec<_> = letters.iter().map(|letter| rows::line(letter)).collect();
    ui.answer(&format!("{}\n", report::letter_table(&lines, ui.width()).trim_end()));
    ui.answer(&format!("Всего писем: {}; {}.\n", letters.len(), rows::words(&counts)));
    ui.answer(&rows::advice(letters.iter().copied(), &args.target.folder.display().to_string()));
    Ok(Status::Done)
}
