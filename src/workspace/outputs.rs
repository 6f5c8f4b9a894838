//! What a run leaves in «выдача/»: its files, and none of an earlier run that no longer holds.
//!
//! A sheet whose link is void must not stay where somebody could print it. So every file is entered in a journal
//! before it is written, and at the end of a run the entered files that this run did not make are removed, if
//! nobody has changed them. What a person wrote is never lost: a file that the program did not write makes room for one
//! of its name under another name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use super::atomic::{self, WriteError, reason, write_whole};
use super::folder::{OUTPUTS, Workspace};

/// The journal: a line «hash path» for every file that was ever written and is not yet removed.
const JOURNAL: &str = ".опись";

/// The outputs of one run. Files may be written from several threads.
#[derive(Debug)]
pub struct Outputs {
    folder: PathBuf,
    earlier: BTreeMap<String, BTreeSet<String>>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    journal: fs::File,
    /// What this run wrote, by the name in lower case.
    written: BTreeMap<String, Written>,
    set_aside: Vec<String>,
}

#[derive(Debug)]
struct Written {
    name: String,
    hash: String,
}

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
                journal.write_all(b"\n")?;
            }
            Ok((String::from_utf8_lossy(&bytes).into_owned(), journal))
        };
        let (text, journal) = open().map_err(WriteError::at(&path))?;
        let mut earlier = BTreeMap::<String, BTreeSet<String>>::new();
        for (hash, name) in text.lines().filter_map(|line| line.split_once(' ')) {
            earlier.entry(name.to_owned()).or_default().insert(hash.to_owned());
        }
        Ok(Self {
            folder,
            earlier,
            state: Mutex::new(State { journal, written: BTreeMap::new(), set_aside: Vec::new() }),
        })
    }

    /// Whether an earlier run has left anything in «выдача/».
    pub fn stand(workspace: &Workspace) -> bool {
        fs::metadata(workspace.root().join(OUTPUTS).join(JOURNAL)).is_ok_and(|journal| journal.len() > 0)
    }

    /// Writes a file whole; one that already holds these bytes is not touched.
    ///
    /// `name` is the path within «выдача/», parts divided by «/», each part made by
    /// [`file_name`](crate::school::file_name()).
    ///
    /// # Errors
    /// When the file cannot be written or this run has written one of the same name.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), OutputError> {
        let path = self.path(name);
        let hash = hash(bytes);
        {
            let mut state = self.state();
            let written = Written { name: name.to_owned(), hash: hash.clone() };
            if state.written.insert(name.to_lowercase(), written).is_some() {
                return Err(OutputError::SameName(name.to_owned()));
            }
            // Entered before it is written: a kill in between leaves an entry without a file, never the reverse.
            if !self.earlier.get(name).is_some_and(|hashes| hashes.contains(&hash)) {
                let line = format!("{hash} {name}\n");
                state.journal.write_all(line.as_bytes()).map_err(WriteError::at(&self.folder.join(JOURNAL)))?;
            }
        }
        match fs::read(&path) {
            Ok(old) if old == bytes => return Ok(()),
            Ok(old) if !self.has_written(name, &self::hash(&old)) => self.set_aside(name, &path)?,
            _ => {}
        }
        Ok(write_whole(&path, bytes)?)
    }

    /// Whether an earlier run wrote these bytes under a name, which may differ in case.
    fn has_written(&self, name: &str, hash: &str) -> bool {
        let same = self.earlier.iter().filter(|(earlier, _)| earlier.to_lowercase() == name.to_lowercase());
        same.flat_map(|(_, hashes)| hashes).any(|known| known == hash)
    }

    /// Gives a person's file another name.
    fn set_aside(&self, name: &str, path: &Path) -> Result<(), OutputError> {
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let free = (1..).map(|number| match number {
            1 => format!("{stem} (изменён вручную).{extension}"),
            number => format!("{stem} (изменён вручную {number}).{extension}"),
        });
        let free = free.into_iter().find(|name| !self.path(name).exists()).unwrap_or_default();
        fs::rename(path, self.path(&free)).map_err(WriteError::at(path))?;
        self.state().set_aside.push(free);
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends the run: removes what earlier runs wrote and this one did not, and shortens the journal.
    ///
    /// # Errors
    /// When a file cannot be removed or the journal cannot be written.
    pub fn finish(self) -> Result<Finished, OutputError> {
        let mut finished = Finished::default();
        let mut journal = String::new();
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        for (name, hashes) in &self.earlier {
            let path = join(&self.folder, name);
            let written = state.written.get(&name.to_lowercase());
            if written.is_some_and(|written| is_one_file(&path, &join(&self.folder, &written.name))) {
                continue;
            }
            match fs::read(&path) {
                Ok(bytes) if hashes.contains(&hash(&bytes)) => {
                    fs::remove_file(&path).map_err(|source| OutputError::Remove { path: path.clone(), source })?;
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
        for Written { name, hash } in state.written.values() {
            let _ = writeln!(journal, "{hash} {name}");
        }
        finished.set_aside = state.set_aside;
        finished.set_aside.sort();
        drop(state.journal);
        write_whole(&self.folder.join(JOURNAL), journal.as_bytes())?;
        Ok(finished)
    }

    fn path(&self, name: &str) -> PathBuf {
        join(&self.folder, name)
    }
}

/// Whether two paths lead to one file: names that differ in case only do on Windows.
fn is_one_file(one: &Path, other: &Path) -> bool {
    one == other
        || fs::canonicalize(one).ok().zip(fs::canonicalize(other).ok()).is_some_and(|(one, other)| one == other)
}

/// A name within the folder as a path; a part that would lead out of it is dropped.
fn join(folder: &Path, name: &str) -> PathBuf {
    let parts = name.split('/').filter(|part| !part.is_empty() && *part != "." && *part != "..");
    parts.fold(folder.to_path_buf(), |path, part| path.join(part))
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests write what a person would")]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Finished, OutputError, Outputs, Workspace};

    #[track_caller]
    fn run(root: &Path, files: &[(&str, &str)]) -> Finished {
        let outputs = Outputs::begin(&Workspace::open(root).unwrap()).unwrap();
        for (name, text) in files {
            outputs.write(name, text.as_bytes()).unwrap();
        }
        outputs.finish().unwrap()
    }

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("zavuch.toml"), "").unwrap();
        folder
    }

    #[test]
    fn what_no_longer_holds_goes() {
        let folder = folder();
        run(folder.path(), &[("7А/7А Листы.pdf", "1"), ("7Б/7Б Листы.pdf", "1")]);
        fs::write(folder.path().join("выдача/7А/моё.txt"), "x").unwrap();
        let finished = run(folder.path(), &[("8А/8А Листы.pdf", "1")]);
        assert_eq!(finished.removed, ["7А/7А Листы.pdf", "7Б/7Б Листы.pdf"]);
        assert!(folder.path().join("выдача/7А/моё.txt").exists());
        assert!(!folder.path().join("выдача/7Б").exists());
        assert_eq!(run(folder.path(), &[("8А/8А Листы.pdf", "1")]), Finished::default());
    }

    #[test]
    fn what_a_person_changed_stays_and_is_said() {
        let folder = folder();
        run(folder.path(), &[("7А.eml", "1")]);
        fs::write(folder.path().join("выдача/7А.eml"), "дописано").unwrap();
        assert_eq!(run(folder.path(), &[]).changed_by_hand, ["7А.eml"]);
        assert_eq!(run(folder.path(), &[]).changed_by_hand, ["7А.eml"]);
        assert!(folder.path().join("выдача/7А.eml").exists());
    }

    #[test]
    fn a_run_that_was_killed_is_cleared_by_the_next() {
        let folder = folder();
        run(folder.path(), &[("7А.pdf", "1")]);
        let killed = Outputs::begin(&Workspace::open(folder.path()).unwrap()).unwrap();
        killed.write("7А.pdf", b"2").unwrap();
        killed.write("7Б.pdf", b"2").unwrap();
        drop(killed);
        let finished = run(folder.path(), &[("7В.pdf", "3")]);
        assert_eq!(finished.removed, ["7А.pdf", "7Б.pdf"]);
    }

    #[test]
    fn what_a_person_wrote_makes_room() {
        let folder = folder();
        run(folder.path(), &[("7А.eml", "1")]);
        fs::write(folder.path().join("выдача/7А.eml"), "дописано").unwrap();
        assert_eq!(run(folder.path(), &[("7А.eml", "2")]).set_aside, ["7А (изменён вручную).eml"]);
        assert_eq!(fs::read(folder.path().join("выдача/7А.eml")).unwrap(), b"2");
        let kept = folder.path().join("выдача/7А (изменён вручную).eml");
        assert_eq!(fs::read_to_string(kept).unwrap(), "дописано");
        assert_eq!(run(folder.path(), &[("7А.eml", "3")]), Finished::default());
    }

    #[test]
    fn a_name_of_another_case_leaves_no_stale_file() {
        let folder = folder();
        run(folder.path(), &[("10 профильный.pdf", "1")]);
        run(folder.path(), &[("10 Профильный.pdf", "2")]);
        let texts = fs::read_dir(folder.path().join("выдача")).unwrap().map(|entry| entry.unwrap().path());
        let texts = texts.filter(|path| path.extension().is_some_and(|extension| extension == "pdf"));
        assert_eq!(texts.map(|path| fs::read(path).unwrap()).collect::<Vec<_>>(), [b"2"]);
    }

    #[test]
    fn what_a_kill_leaves_behind_goes() {
        let folder = folder();
        run(folder.path(), &[("7А/7А.pdf", "1")]);
        let leftover = folder.path().join("выдача/7А/.zavuch-x1.tmp");
        fs::write(&leftover, "полфайла").unwrap();
        let journal = folder.path().join("выдача/.опись");
        let torn = [fs::read(&journal).unwrap(), b"0123 \xd0".to_vec()].concat();
        fs::write(&journal, torn).unwrap();
        run(folder.path(), &[("7А/7А.pdf", "2")]);
        assert!(!leftover.exists());
        assert_eq!(fs::read_to_string(&journal).unwrap().lines().count(), 1);
    }

    #[test]
    fn an_unchanged_file_is_not_touched() {
        let folder = folder();
        run(folder.path(), &[("7А.pdf", "1")]);
        let time = || fs::metadata(folder.path().join("выдача/7А.pdf")).unwrap().modified().unwrap();
        let before = time();
        run(folder.path(), &[("7А.pdf", "1")]);
        assert_eq!(time(), before);
    }

    #[test]
    fn one_name_twice_is_refused() {
        let folder = folder();
        let outputs = Outputs::begin(&Workspace::open(folder.path()).unwrap()).unwrap();
        outputs.write("10 профильный.pdf", b"1").unwrap();
        let again = outputs.write("10 Профильный.pdf", b"2");
        assert!(matches!(again, Err(OutputError::SameName(_))));
    }
}
