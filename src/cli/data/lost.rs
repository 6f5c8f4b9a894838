//! What is gone though papers were issued by it: the store, the register of links.
//!
//! Only tells; nothing is read or mended here.

use super::register::REGISTER;
use crate::cli::planning::Known;
use crate::cli::register_file::FORMER;
use crate::plan::ChatPlan;
use crate::school::{ChatLinks, Issue, IssueKind, Place};
use crate::workspace::{InputTable, Inputs, Outputs, Workspace};

/// A store that is gone though papers were issued by it: everybody would be taken for a newcomer, and every link for a
/// new one.
pub(super) fn store(workspace: &Workspace, known: &Known) -> Option<Issue> {
    if known.recorded.is_some() { None } else { store_is_gone(workspace) }
}

/// The same of a workspace in which nothing is recorded.
pub(crate) fn store_is_gone(workspace: &Workspace) -> Option<Issue> {
    Outputs::stand(workspace).then(|| {
        Issue::new(
            IssueKind::MissingFile,
            Place::file("zavuch.db"),
            "память программы пропала, а бумаги по ней уже выпущены.",
            "Верните этот файл из копии папки. Если начинаете всё заново, уберите папку «выдача» и запустите снова.",
        )
    })
}

/// A register that is gone, or has lost all of its rows, though papers were issued by it.
pub(super) fn register(workspace: &Workspace, inputs: &Inputs, plan: &ChatPlan, read: &ChatLinks) -> Option<Issue> {
    let gone = |file: &str, message: &str| {
        let advice = "Верните его. Если ссылок ещё не было, уберите папку «выдача» и запустите снова.";
        Outputs::stand(workspace).then(|| Issue::new(IssueKind::MissingFile, Place::file(file), message, advice))
    };
    match &inputs.links {
        // A run that was stopped between putting the old one aside and writing the new one: the store knows the links.
        None if workspace.stands_aside(InputTable::Links, FORMER) => None,
        None => gone(REGISTER, "файл ссылок пропал, а бумаги по нему уже выпущены"),
        Some(_) if plan.classes.is_empty() || plan.chats().any(|chat| read.has_row(&chat.key)) => None,
        Some(source) => gone(&source.label, "в файле ссылок нет ни одной строки, а бумаги по нему уже выпущены"),
    }
}
