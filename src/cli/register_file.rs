//! The register of links in the folder, brought to what is recorded: people and store say the same again.

use std::collections::BTreeSet;

use super::data::Data;
use super::error::CommandError;
use crate::links::{self, Settled};
use crate::school::{ChatLinks, LinkUrl};
use crate::tables::Source;
use crate::workspace::{InputTable, Workspace, write_lasting};

/// What became of the register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RegisterFile {
    /// It said so already.
    Same,
    /// It was written.
    Written,
    /// It was written, and the old one stands beside it under another name.
    PutAside,
}

/// What stands behind the name of a register that makes room.
pub(super) const FORMER: &str = "(прежняя)";

/// Brings the register to the links that are `known`; links that are `void` go. What says the same is not written
/// again.
pub(crate) fn bring_up(
    workspace: &Workspace,
    data: &Data,
    known: &ChatLinks,
    void: &BTreeSet<LinkUrl>,
) -> Result<RegisterFile, CommandError> {
    let chats: Vec<_> = data.plan.chats().collect();
    let old = data.register.as_ref();
    let Settled::Anew { bytes, old_holds_more } = links::settled_register(old, &chats, known, void, data.classes_year)?
    else {
        return Ok(RegisterFile::Same);
    };
    let path = workspace.table_path(InputTable::Links);
    let makes_room = |old: &&Source| old_holds_more || old.path != path;
    let former = old.filter(makes_room);
    workspace.put_aside(former, FORMER)?;
    write_lasting(&path, &bytes)?;
    Ok(if former.is_some() { RegisterFile::PutAside } else { RegisterFile::Written })
}

impl RegisterFile {
    /// What a person should know; empty where nothing.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Same => "",
            Self::Written => "Таблица ссылок обновлена: ссылки.xlsx.\n",
            Self::PutAside => {
                "Таблица ссылок составлена заново: ссылки.xlsx. Прежняя лежит рядом под именем «ссылки (прежняя)»: \
                 перенесите из неё свои заметки и уберите её, в ней тоже ссылки.\n"
            }
        }
    }
}
