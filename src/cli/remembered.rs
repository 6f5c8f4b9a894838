//! What the store and the settings say of a school, without its tables: fast, and as of the last run.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jiff::civil::Date;

use super::data;
use super::error::CommandError;
use crate::school::{Audience, SchoolState, Settings, Signatures, SignerId};
use crate::store::{RulesVersion, Store};
use crate::uptake::{Signers, Versions};
use crate::workspace::Workspace;

/// A school as it was last recorded.
pub(crate) struct Remembered {
    pub(crate) workspace: Workspace,
    pub(crate) settings: Settings,
    pub(crate) state: SchoolState,
    pub(crate) signers: Signers,
    pub(crate) signatures: BTreeMap<SignerId, Signatures>,
    pub(crate) versions: Versions,
    /// The codes of those who left and are not forgotten yet.
    pub(crate) former: BTreeSet<String>,
    /// The day of the last run.
    pub(crate) last_run: Date,
}

impl Remembered {
    /// Reads a school.
    ///
    /// # Errors
    /// When nothing was recorded yet, or the store or the settings cannot be read.
    pub(crate) fn read(folder: &Path) -> Result<Self, CommandError> {
        let workspace = data::workspace(folder)?;
        let store = Store::read(workspace.root())?;
        let Some(store) = store else { return Err(nothing_recorded(&workspace)) };
        Self::of(workspace, &store)
    }

    /// The same of a store that is open already.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub(crate) fn of(workspace: Workspace, store: &Store) -> Result<Self, CommandError> {
        let settings = data::settings_alone(&workspace)?;
        let Some(last_run) = store.runs()?.last().map(|run| run.date) else { return Err(nothing_recorded(&workspace)) };
        let state = store.state()?.state().clone();
        let signers = Signers::of(&state, &settings.regulation);
        let versions = store.rules_versions()?.into_iter();
        let known = versions.map(|RulesVersion { audience, sum, since }| (audience, sum, since)).collect();
        let mut former = BTreeSet::new();
        for one in store.former()? {
            let Some(pupil) = one.student.id else { continue };
            let parents = one.student.guardians.iter().map(|guardian| guardian.id).chain([None]);
            former.extend(parents.map(|guardian| SignerId::Parent { pupil, guardian }.code()));
            former.insert(SignerId::Student(pupil).code());
        }
        let signatures = store.signatures()?;
        let versions = Versions { known };
        Ok(Self { workspace, settings, state, signers, signatures, versions, former, last_run })
    }

    /// The rules of now that nobody has recorded yet, as of a day.
    pub(crate) fn new_rules(&self, on: Date) -> Vec<RulesVersion> {
        let of_now: BTreeSet<_> =
            self.signers.all.iter().filter_map(|signer| Some((signer.audience(), signer.rules?))).collect();
        let is_known =
            |audience: Audience, sum| self.versions.known.iter().any(|one| (one.0, one.1) == (audience, sum));
        let new = of_now.into_iter().filter(|(audience, sum)| !is_known(*audience, *sum));
        new.map(|(audience, sum)| RulesVersion { audience, sum, since: on }).collect()
    }
}

/// What is said where no run was recorded yet.
pub(super) fn nothing_recorded(workspace: &Workspace) -> CommandError {
    if let Some(issue) = data::store_is_gone(workspace) {
        let hint = "Верните файл zavuch.db из копии папки.";
        return CommandError::inputs(vec![issue], "показать нечего: памяти программы нет.", hint);
    }
    CommandError::inputs(
        Vec::new(),
        "пока ничего не записано.",
        format!("Записи появятся после первого применения: zavuch применить \"{}\"", workspace.root().display()),
    )
}
