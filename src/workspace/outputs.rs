//! What a run leaves in «выдача/»: its files, and none of an earlier run that no longer holds.
//!
//! A sheet whose link is void must not stay where somebody could print it. So every file is entered in a journal
//! before it is written, and at the end of a run the entered files that this run did not make are removed, if
//! nobody has changed them. What a person wrote is never lost: a file that the program did not write makes room for one
//! of its name under another name.

mod ending;
mod journal;
#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write what a person would")]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

pub use self::ending::Finished;
use self::journal::{Earlier, JOURNAL, Standing, earlier, hash};
use super::atomic::{self, WriteError, reason, write_lasting, write_whole};
use super::folder::{OUTPUTS, Workspace};
use crate::school::Fingerprint;

/// What stands behind the name of a file that makes room.
const ASIDE: &str = " (изменён вручную";

/// The outputs of one run. Files may be written from several threads.
#[derive(Debug)]
pub struct Outputs {
    folder: PathBuf,
    earlier: BTreeMap<String, Earlier>,
    /// The journal as this run found it.
    found: String,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    journal: fs::File,
    /// Whether this run entered anything.
    has_entries: bool,
    /// What this run wrote, by the name in lower case.
    written: BTreeMap<String, Written>,
    set_aside: Vec<String>,
}

#[derive(Debug)]
struct Written {
    name: String,
    hashes: BTreeSet<String>,
    stands: Option<Standing>,
}

/// Whether a file is forced to the disk at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lasts {
    Yes,
    No,
}

/// The outputs cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// A file cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Two files of one run have one name (names are compared without case, as Windows does).
    #[error("две бумаги получили одно имя файла «{0}»")]
    SameName(String),
    /// A file of an earlier run cannot be removed.
    #[error("не удалось убрать устаревший файл «{}»: {}", path.display(), reason(source))]
    Remove {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Outputs {
    /// Begins the outputs of a run.
    ///
    /// # Errors
    /// When the folder cannot be made or its journal cannot be written.
    pub fn begin(workspace: &Workspace) -> Result<Self, OutputError> {
        let folder = workspace.root().join(OUTPUTS);
        let path = folder.join(JOURNAL);
        let open = || {
            atomic::create_private_dir(&folder)?;
            atomic::remove_leftovers(&folder)?;
            let bytes = match fs::read(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
                other => other?,
            };
            let mut journal = atomic::append(&path)?;
            // The last line of a run that was killed, or had no room on the disk, may be torn.
            if bytes.last().is_some_and(|byte| *byte != b'\n') {
                atomic::append_line(&mut journal, &path, "\n")?;
            }
            Ok((String::from_utf8_lossy(&bytes).into_owned(), journal))
        };
        let (text, journal) = open().map_err(WriteError::at(&path))?;
        Ok(Self {
            folder,
            earlier: earlier(&text),
            found: text,
            state: Mutex::new(State { journal, has_entries: false, written: BTreeMap::new(), set_aside: Vec::new() }),
        })
    }

    /// Whether an earlier run has left anything in «выдача/».
    pub fn stand(workspace: &Workspace) -> bool {
        fs::metadata(workspace.root().join(OUTPUTS).join(JOURNAL)).is_ok_and(|journal| journal.len() > 0)
    }

    /// Whether a file stands that was made from `source`. It is kept then, and need not be made again.
    ///
    /// That its length is the one it was written with tells a file that a power cut has cut short.
    pub fn is_current(&self, name: &str, source: Fingerprint) -> bool {
        let stands = self.earlier.get(name).and_then(|earlier| earlier.stands.as_ref());
        let Some(stands) = stands.filter(|stands| stands.source == source) else { return false };
        let is_there = fs::metadata(self.path(name)).is_ok_and(|file| file.is_file() && file.len() == stands.length);
        is_there && self.keep(name)
    }

    /// Whether an earlier run has written a file.
    pub fn is_known(&self, name: &str) -> bool {
        self.earlier.contains_key(name)
    }

    /// As [`Self::is_current`] for a file that people edit: one that was made from `source` and is there is current whatever has become of
    /// it since, because what they changed is theirs.
    pub fn is_current_draft(&self, name: &str, source: Fingerprint) -> bool {
        let stands = self.earlier.get(name).and_then(|earlier| earlier.stands.as_ref());
        let is_of_source = stands.is_some_and(|stands| stands.source == source);
        // An empty file is what a power cut leaves, not what a person does.
        let is_there = || fs::metadata(self.path(name)).is_ok_and(|file| file.is_file() && file.len() > 0);
        is_of_source && is_there() && self.keep(name)
    }

    /// Keeps a file of an earlier run as it is, unless this run has written it anew; `false` where no run has written one.
    pub fn keep(&self, name: &str) -> bool {
        let Some(Earlier { hashes, stands }) = self.earlier.get(name) else { return false };
        let kept = || Written { name: name.to_owned(), hashes: hashes.clone(), stands: stands.clone() };
        // What this run has written under the name is the newer one.
        self.state().written.entry(name.to_lowercase()).or_insert_with(kept);
        true
    }

    /// The names of all files of earlier runs.
    pub fn earlier_names(&self) -> impl Iterator<Item = &str> {
        self.earlier.keys().map(String::as_str)
    }

    /// Writes a file whole, made from `source`; one that already holds these bytes is not touched.
    ///
    /// `name` is the path within «выдача/», parts divided by «/», each part made by
    /// [`file_name`](crate::school::file_name()).
    ///
    /// # Errors
    /// When the file cannot be written or this run has written one of the same name.
    pub fn write(&self, name: &str, source: Fingerprint, bytes: &[u8]) -> Result<(), OutputError> {
        self.write_by(Lasts::No, name, source, bytes)
    }

    /// As [`Outputs::write`], for a file that cannot be made again: it is its own source, and it stands on the disk when
    /// this returns, whatever happens to the machine.
    ///
    /// # Errors
    /// As [`Outputs::write`].
    pub fn write_once(&self, name: &str, bytes: &[u8]) -> Result<(), OutputError> {
        self.write_by(Lasts::Yes, name, Fingerprint::of_sum(Sha256::digest(bytes).into()), bytes)
    }

    fn write_by(&self, lasts: Lasts, name: &str, source: Fingerprint, bytes: &[u8]) -> Result<(), OutputError> {
        let path = self.path(name);
        let hash = hash(bytes);
        {
            let mut state = self.state();
            let written = Written { name: name.to_owned(), hashes: [hash.clone()].into(), stands: None };
            if state.written.insert(name.to_lowercase(), written).is_some() {
                return Err(OutputError::SameName(name.to_owned()));
            }
            // Entered before it is written: a kill in between leaves an entry without a file, never the reverse.
            self.enter(&mut state, &format!("{hash} {name}\n"))?;
            if lasts == Lasts::Yes {
                state.journal.sync_data().map_err(WriteError::at(&self.folder.join(JOURNAL)))?;
            }
        }
        match fs::read(&path) {
            Ok(old) if old == bytes => {}
            old => {
                if old.is_ok_and(|old| !self.has_written(name, &journal::hash(&old))) {
                    self.set_aside(name, &path)?;
                }
                match lasts {
                    Lasts::Yes => write_lasting(&path, bytes)?,
                    Lasts::No => write_whole(&path, bytes)?,
                }
            }
        }
        let stands = Standing { hash, length: bytes.len() as u64, source };
        let mut state = self.state();
        self.enter(&mut state, &stands.line(name))?;
        if let Some(written) = state.written.get_mut(&name.to_lowercase()) {
            written.stands = Some(stands);
        }
        Ok(())
    }

    fn enter(&self, state: &mut State, line: &str) -> Result<(), WriteError> {
        state.has_entries = true;
        let path = self.folder.join(JOURNAL);
        atomic::append_line(&mut state.journal, &path, line).map_err(WriteError::at(&path))
    }

    /// Whether an earlier run wrote these bytes under a name, which may differ in case.
    fn has_written(&self, name: &str, hash: &str) -> bool {
        let same = self.earlier.iter().filter(|(earlier, _)| earlier.to_lowercase() == name.to_lowercase());
        same.flat_map(|(_, earlier)| &earlier.hashes).any(|known| known == hash)
    }

    /// Gives a person's file another name.
    fn set_aside(&self, name: &str, path: &Path) -> Result<(), OutputError> {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let free = (1..).map(|number| match number {
            1 => format!("{stem}{ASIDE}).{extension}"),
            number => format!("{stem}{ASIDE} {number}).{extension}"),
        });
        let free = free.into_iter().find(|name| !self.path(name).exists()).unwrap_or_default();
        atomic::rename(path, &self.path(&free)).map_err(WriteError::at(path))?;
        self.state().set_aside.push(free);
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn path(&self, name: &str) -> PathBuf {
        join(&self.folder, name)
    }
}

/// A name within the folder as a path; a part that would lead out of it is dropped.
fn join(folder: &Path, name: &str) -> PathBuf {
    let parts = name.split('/').filter(|part| !part.is_empty() && *part != "." && *part != "..");
    parts.fold(folder.to_path_buf(), |path, part| path.join(part))
}
