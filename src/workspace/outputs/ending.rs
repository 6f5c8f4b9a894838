//! The end of a run: what earlier runs wrote and no longer holds goes, the journal is shortened.
//!
//! Removes nothing that a person has changed. Knows nothing of what the files say.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::PoisonError;

use super::journal::{Earlier, JOURNAL, hash};
use super::{ASIDE, OutputError, Outputs, Written, join};
use crate::workspace::atomic::{self, write_lasting};

/// What the end of a run found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finished {
    /// Files of earlier runs that were removed, relative to «выдача/».
    pub removed: Vec<String>,
    /// Files of earlier runs that no longer hold but that somebody has changed: they stay.
    pub changed_by_hand: Vec<String>,
    /// New names of files that a person had put or changed where this run wrote one of its own.
    pub set_aside: Vec<String>,
}

impl Outputs {
    /// Ends the run: removes what earlier runs wrote and this one did not, and shortens the journal.
    ///
    /// # Errors
    /// When a file cannot be removed or the journal cannot be written.
    pub fn finish(self) -> Result<Finished, OutputError> {
        let mut finished = Finished::default();
        let mut journal = String::new();
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (name, Earlier { hashes, stands: _ }) in &self.earlier {
            let path = join(&self.folder, name);
            let written = state.written.get(&name.to_lowercase());
            if written.is_some_and(|written| is_one_file(&path, &join(&self.folder, &written.name))) {
                continue;
            }
            match fs::read(&path) {
                Ok(bytes) if hashes.contains(&hash(&bytes)) => {
                    atomic::remove_file(&path).map_err(|source| OutputError::Remove { path: path.clone(), source })?;
                    if let Some(parent) = path.parent().filter(|parent| *parent != self.folder) {
                        // Only an empty folder goes; one with a person's own files stays.
                        let _ = fs::remove_dir(parent);
                    }
                    finished.removed.push(name.clone());
                }
                Ok(_) => {
                    // It stays in the journal, so that every run says it until a person takes it away.
                    for hash in hashes {
                        let _ = writeln!(journal, "{hash} {name}");
                    }
                    finished.changed_by_hand.push(name.clone());
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(source) => return Err(OutputError::Remove { path, source }),
            }
        }
        for Written { name, hashes, stands } in state.written.values() {
            match stands {
                Some(stands) => journal.push_str(&stands.line(name)),
                None => hashes.iter().for_each(|hash| {
                    let _ = writeln!(journal, "{hash} {name}");
                }),
            }
        }
        finished.set_aside = state.set_aside;
        finished.set_aside.sort();
        drop(state.journal);
        // A run that changed nothing touches nothing.
        if state.has_entries || journal != self.found {
            write_lasting(&self.folder.join(JOURNAL), journal.as_bytes())?;
        }
        Ok(finished)
    }

    /// Removes these files of earlier runs and keeps all others. What a person has changed stays and is named, and so is
    /// what a run has set aside for one of them.
    ///
    /// # Errors
    /// As [`Outputs::finish`].
    pub fn remove(self, names: &BTreeSet<String>) -> Result<Finished, OutputError> {
        let others: Vec<String> = self.earlier.keys().filter(|name| !names.contains(*name)).cloned().collect();
        for name in &others {
            self.keep(name);
        }
        let aside: Vec<String> = names.iter().flat_map(|name| self.aside_of(name)).collect();
        let mut finished = self.finish()?;
        finished.changed_by_hand.extend(aside);
        Ok(finished)
    }

    /// The files of a person that a run gave another name to make room for this one.
    fn aside_of(&self, name: &str) -> Vec<String> {
        let (folder, _) = name.rsplit_once('/').unwrap_or_default();
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let beginning = format!("{stem}{ASIDE}");
        let entries = fs::read_dir(self.path(folder)).into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let names = names.map(|name| if folder.is_empty() { name } else { format!("{folder}/{name}") });
        let mut aside: Vec<String> = names.filter(|name| name.starts_with(&beginning)).collect();
        aside.sort();
        aside
    }
}

/// Whether two paths lead to one file: names that differ in case only do on Windows.
fn is_one_file(one: &Path, other: &Path) -> bool {
    one == other
        || fs::canonicalize(one).ok().zip(fs::canonicalize(other).ok()).is_some_and(|(one, other)| one == other)
}
