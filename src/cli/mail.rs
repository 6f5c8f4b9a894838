//! `mail`: the letters to the homeroom teachers: shown, sent, listed, decided about.

mod addresses;
mod day;
mod delivery;
mod guard;
mod held;
mod list;
mod outlook;
mod pace;
mod password;
mod preview;
mod remind;
mod resend;
mod resolve;
mod rows;
mod send;
mod tidy;
mod unapplied;

use std::collections::BTreeSet;
use std::path::Path;

use super::args::{MailArgs, MailCommand};
use super::clock;
use super::data::{self, Data, Ready};
use super::error::{CommandError, Status};
use super::planning::Known;
use super::ui::Ui;
use crate::school::ClassName;
use crate::store::{Store, StoredLetter};
use crate::workspace::Workspace;
pub(crate) use tidy::tidy;

/// Runs one of the commands.
pub(crate) fn run(args: &MailArgs, ui: &Ui) -> Result<Status, CommandError> {
    match &args.command {
        None => preview::run(&args.preview, ui),
        Some(MailCommand::Preview(args)) => preview::run(args, ui),
        Some(MailCommand::Send(args)) => send::run(args, ui),
        Some(MailCommand::List(args)) => list::run(args, ui),
        Some(MailCommand::Resolve(args)) => resolve::run(args, ui),
        Some(MailCommand::Remind(args)) => remind::run(args, ui),
        Some(MailCommand::Password(args)) => password::run(args, ui),
    }
}

/// A workspace as it stands now.
struct School {
    workspace: Workspace,
    data: Data,
    /// What was recorded.
    known: Known,
}

impl School {
    /// Reads a workspace as of the day of the last run: a letter is compared with the lists of now before it is sent.
    ///
    /// # Errors
    /// When its files cannot be used.
    fn read(folder: &Path) -> Result<Self, CommandError> {
        let runs = Store::read_unchecked(folder)?.map(|store| store.runs()).transpose()?;
        let last = runs.into_iter().flatten().map(|run| run.date).max();
        let (known, reading) = data::read(folder, last.unwrap_or_else(clock::today))?;
        let Ready { workspace, data, issues: _ } = reading.ready()?;
        Ok(Self { workspace, data, known })
    }
}

/// Refuses a class that neither the lists nor a letter has.
///
/// # Errors
/// With the classes that may be meant.
fn permit_class<'a>(
    wanted: Option<&ClassName>,
    classes: impl Iterator<Item = &'a ClassName>,
    letters: &'a [StoredLetter],
) -> Result<(), CommandError> {
    let Some(wanted) = wanted else { return Ok(()) };
    let known: BTreeSet<&ClassName> = classes.chain(letters.iter().map(|letter| &letter.class)).collect();
    if known.contains(wanted) {
        return Ok(());
    }
    let is_near = |class: &&&ClassName| class.grade() == wanted.grade();
    let near: Vec<String> = known.iter().filter(is_near).map(ToString::to_string).collect();
    let hint = match near.as_slice() {
        [] => {
            let all: Vec<String> = known.iter().map(ToString::to_string).collect();
            format!("Классы: {}.", all.join(", "))
        }
        near => format!("Может быть, вы имели в виду: {}?", near.join(", ")),
    };
    Err(CommandError::usage(format!("класса {wanted} нет ни в списках, ни среди писем."), hint))
}

/// The store of a workspace, for reading; `None` where nothing was recorded yet.
fn store(folder: &Path) -> Result<Option<Store>, CommandError> {
    data::workspace(folder)?;
    Ok(Store::read(folder)?)
}
