//! A plan in a file, and whether it still holds.
//!
//! The file holds what the plan was made from, as sums, and what it said. It holds no link. A plan is carried out from
//! the tables, not from the file: `apply --plan` makes it anew and refuses where anything is not as it was.

use std::fs;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Known, Proposal};
use crate::cli::error::CommandError;
use crate::report::{ChangeRow, change_rows};
use crate::school::Fingerprint;
use crate::workspace::Workspace;

/// What `plan --save` writes.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SavedPlan {
    /// The form of the file.
    zavuch_plan: u32,
    /// The date of the plan, which the papers will carry.
    pub(crate) date: Date,
    /// The sum of all files that were read.
    inputs: String,
    /// The state of the store: which, and how often it was recorded into.
    store: Option<String>,
    /// What would change.
    changes: Vec<ChangeRow>,
}

/// Why a saved plan is not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Stale {
    /// A table, a template or the settings changed.
    #[error("таблицы, шаблоны или настройки с тех пор изменились")]
    Inputs,
    /// Something was recorded.
    #[error("с тех пор была выполнена другая команда, которая изменила zavuch.db")]
    Store,
    /// The same inputs give another plan: an answer was given, or another version of the program runs.
    #[error("план с тех пор стал другим")]
    Changes,
}

const FORM: u32 = 1;

impl SavedPlan {
    /// The plan as a file holds it. `inputs` is the sum of all files that were read.
    pub(crate) fn of(proposal: &Proposal<'_>, known: &Known, inputs: Fingerprint, date: Date) -> Self {
        Self {
            zavuch_plan: FORM,
            date,
            inputs: inputs.to_string(),
            store: known.recorded.as_ref().map(|recorded| recorded.mark().to_string()),
            changes: change_rows(&proposal.changes),
        }
    }

    /// As it stands in a file.
    pub(crate) fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The plan of a file; `None` where it is no saved plan of this version.
    pub(crate) fn read(text: &str) -> Option<Self> {
        serde_json::from_str::<Self>(text).ok().filter(|plan| plan.zavuch_plan == FORM)
    }

    /// Whether the plan of now is this one.
    pub(crate) fn still_holds(&self, now: &Self) -> Result<(), Stale> {
        if self.inputs != now.inputs {
            Err(Stale::Inputs)
        } else if self.store != now.store {
            Err(Stale::Store)
        } else if self.date != now.date || self.changes != now.changes {
            Err(Stale::Changes)
        } else {
            Ok(())
        }
    }
}

/// The sum of all files that a plan is made from: tables, settings, templates.
///
/// # Errors
/// An issue of a file that cannot be read.
pub(crate) fn inputs_sum(workspace: &Workspace) -> Result<Fingerprint, CommandError> {
    let mut sum = Sha256::new();
    for path in workspace.input_files() {
        let bytes = fs::read(&path).map_err(|error| {
            let error = format!("файл «{}» не читается: {error}.", path.display());
            CommandError::world(error, "Проверьте, что файл на месте и не занят другой программой.")
        })?;
        let name = path.strip_prefix(workspace.root()).unwrap_or(&path).to_string_lossy().into_owned();
        for part in [name.as_bytes(), bytes.as_slice()] {
            sum.update((part.len() as u64).to_le_bytes());
            sum.update(part);
        }
    }
    Ok(Fingerprint::of_sum(sum.finalize().into()))
}
