//! What was given this school year and lies in «выдача/», and which of it must not lie there any longer.
//!
//! A sheet of a change and a letter are never made again, so a code on one of them may lead nowhere, or be nobody's, weeks
//! later. It knows nothing of files but their names.

use std::collections::BTreeMap;

use super::parcel::{LETTERS, Parcel};
use crate::mail::is_to_former_moderator;
use crate::papers::PaperKind;
use crate::school::{ChangeSheet, SchoolState, Scope};
use crate::store::{Package, RunId, VoidCode};

/// A parcel that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Given {
    scope: Scope,
    /// The run that printed it.
    run: RunId,
    parcel: Parcel,
}

/// The files that may stay of all that was given, oldest first: those without a code that is void now.
pub(crate) fn lasting<'a>(
    given: &'a [Given],
    void: &'a [VoidCode],
    now: &'a SchoolState,
) -> impl Iterator<Item = &'a str> {
    // A file that was written once more is that of the last parcel that names it.
    let files = given.iter().flat_map(|given| given.parcel.files.iter().map(move |file| (file.as_str(), given)));
    let owners: BTreeMap<&str, &Given> = files.collect();
    owners.into_iter().filter(|(file, owner)| !owner.has_void(file, void, now)).map(|(file, _)| file)
}

impl Given {
    /// The parcel of a package that was given.
    pub(super) fn new(package: Package, parcel: Parcel) -> Self {
        Self { scope: package.scope, run: parcel.given_by.unwrap_or(package.run), parcel }
    }

    /// To whom it was given.
    pub(super) fn scope(&self) -> &Scope {
        &self.scope
    }

    /// What it was.
    pub(super) fn parcel(&self) -> &Parcel {
        &self.parcel
    }

    /// All of its files: paths in «выдача/».
    #[cfg(test)]
    pub(super) fn files(&self) -> &[String] {
        &self.parcel.files
    }

    /// Whether a file of its own has a code that is void now. One that asks for somebody to be removed or admitted, or for
    /// papers to be destroyed, is not given up for that: nothing else asks for it.
    fn has_void(&self, file: &str, void: &[VoidCode], now: &SchoolState) -> bool {
        let ChangeSheet { removals, admissions, void: destroyed, .. } = &self.parcel.sheet;
        let has_tasks = !(removals.is_empty() && admissions.is_empty() && destroyed.is_empty());
        if has_tasks || is_to_former_moderator(file) {
            return false;
        }
        let is_letter = file.starts_with(LETTERS);
        // A letter carries the sheet, too.
        let is_on = |code: &VoidCode| {
            let piece = &code.id.piece;
            if is_letter { self.parcel.carries(piece) } else { self.parcel.sheet.pieces.contains(piece) }
        };
        let is_gone = self.scope.class().is_some_and(|class| !now.roster.classes.contains_key(class));
        if is_gone {
            // The chats of a class that is gone have other keys now, and all of its codes are void.
            let has_codes = [PaperKind::Posters, PaperKind::Slips].into_iter().any(|kind| self.parcel.hands_out(kind));
            return !self.parcel.sheet.pieces.is_empty() || (is_letter && has_codes);
        }
        void.iter()
            .any(|code| code.id.scope == self.scope && code.since <= self.run && self.run < code.until && is_on(code))
    }
}
