//! `mail`: the letters to the homeroom teachers: shown, sent, listed, decided about.

mod addresses;
mod delivery;
mod guard;
mod list;
mod outlook;
mod pace;
mod password;
mod preview;
mod remind;
mod resolve;
mod rows;
mod send;

use std::path::Path;

use super::args::{MailArgs, MailCommand};
use super::clock;
use super::data::{self, Data, Ready};
use super::error::{CommandError, Status};
use super::ui::Ui;
use crate::store::{Recorded, Store};
use crate::workspace::Workspace;

/// Runs one of the commands.
pub(crate) fn run(args: &MailArgs, ui: &Ui) -> Result<Status, CommandError> {
    match &args.command {
        None => preview::run(&args.preview, ui),
        Some(MailCommand::Preview(args)) => preview::run(args, ui),
        Some(MailCommand::Send(args)) => send::run(args, ui),
        Some(MailCommand::List(args)) => list::run(args, ui),
        Some(MailCommand::Resolve(args)) => resolve::run(args, ui),
        Some(MailCommand::Remind(args)) => remind::run(args, ui),
    }
}

/// A workspace as it stands now.
struct School {
    workspace: Workspace,
    data: Data,
    /// What was recorded; `None` before the first run.
    recorded: Option<Recorded>,
}

impl School {
    /// Reads a workspace: a letter is compared with the lists of now before it is sent.
    ///
    /// # Errors
    /// When its files cannot be used.
    fn read(folder: &Path) -> Result<Self, CommandError> {
        let (known, reading) = data::read(folder, clock::today())?;
        let Ready { workspace, data, issues: _ } = reading.ready()?;
        Ok(Self { workspace, data, recorded: known.recorded })
    }
}

/// The store of a workspace, for reading; `None` where nothing was recorded yet.
fn store(folder: &Path) -> Result<Option<Store>, CommandError> {
    data::workspace(folder)?;
    Ok(Store::read(folder)?)
}
