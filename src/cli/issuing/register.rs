//! The register of links that people fill in: written where there is none, laid anew beside the papers where it lacks
//! rows.
//!
//! Knows whose the file is: what people work in is never overwritten. What a row says is told by the room of links.

use sha2::{Digest, Sha256};

use super::{Issuing, source_of};
use crate::cli::error::CommandError;
use crate::links::{self, RegisterYear};
use crate::school::{Chat, Fingerprint};
use crate::tables::Source;
use crate::workspace::{InputTable, Workspace, write_lasting, write_new};

/// The register with rows for all chats, where the one people have lacks some.
const RENEWED_REGISTER: &str = "Школа/ссылки.xlsx";

/// What became of the register of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Register {
    /// It has a row for every chat.
    Kept,
    /// There was none: it was written.
    Written,
    /// A new school year began: it was written anew, the old one is kept under another name.
    Rewritten,
    /// It lacked rows: a full one lies beside the papers.
    Renewed,
}

impl Issuing<'_> {
    /// Writes the register for people to fill in, where there is none or where it lacks rows.
    ///
    /// The register that people work in is never overwritten: a renewed one is laid beside the papers. Only one of the last
    /// school year, whose rows name other chats now, makes room for a new one.
    pub(crate) fn register(&self, workspace: &Workspace, year: RegisterYear) -> Result<Register, CommandError> {
        let data = self.data;
        let chats = data.plan.chats().collect::<Vec<_>>();
        if year == RegisterYear::Past {
            let this_year = data.classes_year;
            // A run that was stopped behind this finds the same bytes and leaves them.
            let bytes = links::rewrite_register(&chats, &self.state.links, &self.state.progress, this_year)?;
            let stands = data.register.as_ref().and_then(|register| std::fs::read(&register.path).ok());
            if stands.as_deref() != Some(bytes.as_slice()) {
                workspace.put_aside(data.register.as_ref(), &this_year.previous().in_key())?;
                write_lasting(&workspace.table_path(InputTable::Links), &bytes)?;
            }
            return Ok(Register::Rewritten);
        }
        let Some(source) = &data.register else {
            let bytes = links::write_register(&chats, &data.links, data.classes_year)?;
            write_new(&workspace.table_path(InputTable::Links), &bytes)?;
            return Ok(Register::Written);
        };
        if chats.iter().all(|chat| data.links.has_row(&chat.key)) {
            return Ok(Register::Kept);
        }
        let from = self.register_sum(source, &chats);
        if !from.is_some_and(|from| self.outputs.is_current(RENEWED_REGISTER, from)) {
            let renewed = links::renew_register(source, &chats, &data.links, data.classes_year)?;
            self.outputs.write(RENEWED_REGISTER, from.unwrap_or_else(|| source_of(&renewed)), &renewed)?;
        }
        Ok(Register::Renewed)
    }

    /// What a renewed register is made from: the register of people, the chats, the links that are known.
    fn register_sum(&self, source: &Source, chats: &[&Chat]) -> Option<Fingerprint> {
        let mut sum = Sha256::new();
        sum.update(std::fs::read(&source.path).ok()?);
        for chat in chats {
            sum.update(format!("{chat:?}"));
        }
        for link in self.state.links.values() {
            sum.update(link.as_str());
        }
        Some(Fingerprint::of_sum(sum.finalize().into()))
    }
}
