//! `ack withdraw`: a mark that was taken in by mistake holds no more; who asked for it and why stays recorded.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::cli::ack_table;
use crate::cli::args::AckWithdrawArgs;
use crate::cli::error::CommandError;
use crate::cli::remembered::Remembered;
use crate::cli::ui::Ui;
use crate::cli::{clock, data, job};
use crate::school::{EntryKind, Signature, SignatureEntry, dotted, fold};
use crate::store::{NewSignature, Store};
use crate::uptake::{Losses, Signer};
use crate::workspace::Workspace;

/// More matches than this are told as a number.
const LISTED: usize = 20;

#[derive(Serialize)]
struct WithdrawJson<'a> {
    class: String,
    who: String,
    /// The mark that holds no more.
    withdrawn: &'a str,
    why: &'a str,
}

/// Runs the command.
pub(crate) fn run(args: &AckWithdrawArgs, ui: &Ui) -> Result<(), CommandError> {
    let date = args.date.unwrap_or_else(clock::today);
    let (folder, question) = asked(args);
    let workspace = data::workspace(&folder)?;
    let _lock = job::lock(&workspace)?;
    let school = Remembered::read(&folder)?;
    let marked = school.signers.all.iter().filter_map(|signer| {
        let last = school.signatures.get(&signer.id)?.last()?;
        Some(Marked { signer, last })
    });
    let found = matching(&question, marked.collect());
    let Marked { signer, last } = match found.as_slice() {
        [one] => one,
        [] => {
            let error = format!("«{question}» — ни у кого с таким именем нет отметки.");
            let hint = "Кто отмечен, покажет: zavuch ознакомление список";
            return Err(CommandError::inputs(Vec::new(), error, hint));
        }
        several => {
            for one in several.iter().take(LISTED) {
                ui.say(&format!("  {}\n", one.words()));
            }
            let error = format!("«{question}» — таких отметок {}.", several.len());
            return Err(CommandError::inputs(Vec::new(), error, "Назовите человека полнее: имя, отчество, класс."));
        }
    };
    let entry = SignatureEntry {
        signature: (*last).clone(),
        kind: EntryKind::Withdrawn,
        taken_on: date,
        why: args.why.clone(),
    };
    let new = NewSignature { signer: signer.id.clone(), entry };
    Store::open(workspace.root())?.take_signatures(&[new], &[])?;
    let table = ack_table::take_in(&workspace, &[], Losses::Few, date)?.table;
    let who = signer.words();
    if ui.wants_json() {
        let class = signer.scope.title();
        return ui.answer_json(&WithdrawJson { class, who, withdrawn: last.mark.id(), why: &args.why });
    }
    let words = last.mark.words();
    ui.answer(&format!("Снята отметка «{words}» от {}: {who}, {}.\n", dotted(last.on), signer.scope.title()));
    ui.answer(table.words());
    Ok(())
}

/// Somebody with a mark that holds.
struct Marked<'a> {
    signer: &'a Signer,
    last: &'a Signature,
}

impl Marked<'_> {
    fn words(&self) -> String {
        format!("{}, {}: {}", self.signer.words(), self.signer.scope.title(), self.last.mark.words())
    }
}

/// Those whom all the words fit: by the own name and class; where there is none, by that of the child, too.
fn matching<'a>(question: &str, marked: Vec<Marked<'a>>) -> Vec<Marked<'a>> {
    let sought: Vec<String> = question.split_whitespace().map(fold).filter(|word| !word.is_empty()).collect();
    let own = |one: &Marked<'_>| {
        let name = one.signer.name.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{name} {}", one.signer.scope.title())
    };
    let fits = |text: &str| {
        let words: Vec<String> = text.split([' ', ':', '(', ')', ',']).map(fold).collect();
        sought.iter().all(|sought| words.iter().any(|word| word.starts_with(sought.as_str())))
    };
    let whole = |text: &str| {
        let words: Vec<String> = text.split([' ', ':', '(', ')', ',']).map(fold).collect();
        sought.iter().all(|sought| words.contains(sought))
    };
    let all = |one: &Marked<'_>| format!("{} {}", one.signer.words(), one.signer.scope.title());
    // The narrowest understanding that finds anybody.
    let readings: [&dyn Fn(&Marked<'_>) -> bool; 4] =
        [&|one| whole(&own(one)), &|one| fits(&own(one)), &|one| whole(&all(one)), &|one| fits(&all(one))];
    let Some(reading) = readings.into_iter().find(|reading| marked.iter().any(reading)) else { return Vec::new() };
    marked.into_iter().filter(|one| reading(one)).collect()
}

/// The folder and the words: the last word may be the folder.
fn asked(args: &AckWithdrawArgs) -> (PathBuf, String) {
    let named = || {
        let (last, rest) = args.what.split_last()?;
        let is_folder = !rest.is_empty() && Workspace::open(Path::new(last)).is_ok();
        is_folder.then(|| (PathBuf::from(last), rest.join(" ")))
    };
    match &args.folder {
        Some(folder) => (folder.clone(), args.what.join(" ")),
        None => named().unwrap_or_else(|| (PathBuf::from("."), args.what.join(" "))),
    }
}
