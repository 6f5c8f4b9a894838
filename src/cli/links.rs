//! `links`: the invitation links of the chats: listed, taken in, revoked, published.

mod import;
mod list;
mod publish;
mod take_back;
mod unclaimed;
mod undo;
mod void;

use std::path::Path;

use jiff::civil::Date;

use super::args::{LinksArgs, LinksCommand};
use super::data::{self, Data, Ready};
use super::error::CommandError;
use super::limits;
use super::planning::{Known, Proposal};
use super::ui::Ui;
use crate::links::RegisterYear;
use crate::school::Chat;
use crate::workspace::Workspace;

/// Runs one of the commands.
pub(crate) fn run(args: &LinksArgs, ui: &Ui) -> Result<(), CommandError> {
    match &args.command {
        LinksCommand::List(args) => list::run(args, ui),
        LinksCommand::Import(args) => import::run(args, ui),
        LinksCommand::Reissue(args) => void::reissue(args, ui),
        LinksCommand::Revoke(args) => void::revoke(args, ui),
        LinksCommand::Undo(args) => undo::run(args, ui),
        LinksCommand::Publish(args) => publish::run(args, ui),
    }
}

/// A workspace whose files can be used, and what is remembered of it.
struct School {
    workspace: Workspace,
    data: Data,
    known: Known,
}

impl School {
    /// Reads a workspace as it stands on a day.
    ///
    /// # Errors
    /// When its files cannot be used, or when lists are so far from those of before that they must be wrong: a chat would
    /// be missed that is only missing in them.
    fn read(folder: &Path, on: Date) -> Result<Self, CommandError> {
        let (known, reading) = data::read(folder, on)?;
        let permit = |data: &Data| limits::permit(data, &known, None, "применить", folder);
        reading.without_some_classes().map_or(Ok(()), permit)?;
        let Ready { workspace, data, issues: _ } = reading.ready()?;
        limits::permit(&data, &known, None, "применить", folder)?;
        Ok(Self { workspace, data, known })
    }

    /// Refuses while the rows of the register are those of last year: nobody can tell which chat is meant.
    fn refuse_past_year(&self) -> Result<(), CommandError> {
        if self.data.past.register_year(&self.known) == RegisterYear::Current {
            return Ok(());
        }
        let hint = format!("Сначала выполните: zavuch применить \"{}\"", self.workspace.root().display());
        Err(CommandError::usage("начался новый учебный год, и он ещё не записан.", hint))
    }

    /// Refuses while lists, links or settings have changes that are not applied: what would be printed now would be
    /// another thing tomorrow. `meanwhile` is what helps at once.
    fn refuse_other_work(&self, proposal: &Proposal<'_>, meanwhile: &str) -> Result<(), CommandError> {
        let error = if !proposal.is_finished(&self.known) {
            "с прошлого раза не всё выдано."
        } else if !proposal.is_empty() {
            "в списках, ссылках или настройках есть изменения, которые ещё не применены."
        } else {
            return Ok(());
        };
        let hint = format!(
            "Сначала выполните: zavuch применить \"{}\" (что изменится, покажет zavuch план), потом повторите.{meanwhile}",
            self.workspace.root().display()
        );
        Err(CommandError::usage(error, hint))
    }

    /// The one chat that words mean: its title, its key, «7А родители».
    fn chat(&self, words: &str) -> Result<&Chat, CommandError> {
        if words.contains("://") || words.contains("max.ru/") {
            return Err(CommandError::usage(
                "вместо названия чата указана ссылка.",
                "Назовите чат по названию из таблицы ссылок, в кавычках: \"7А — родители\"",
            ));
        }
        let chats: Vec<&Chat> = self.data.plan.chats().collect();
        crate::links::named(words, &chats).map_err(|fitting| {
            let hint = "Назовите чат по названию из таблицы ссылок, в кавычках: \"7А — родители\"";
            if fitting.is_empty() {
                return CommandError::inputs(Vec::new(), format!("«{words}» — такого чата в плане нет."), hint);
            }
            let titles: Vec<String> = fitting.iter().take(8).map(|chat| format!("«{}»", chat.title)).collect();
            CommandError::inputs(Vec::new(), format!("«{words}» — таких чатов несколько: {}.", titles.join(", ")), hint)
        })
    }
}
