//! What a run leaves in «выдача/»: its files, and none of an earlier run that no longer holds.
//!
//! A sheet whose link is void must not stay where somebody could print it. So every file is entered in a journal
//! before it is written, and at the end of a run the entered files that this run did not make are removed, if
//! nobody has changed them. What a person wrote is never lost: a file that the program did not write makes room for one
//! of its name under another name.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use sha2::{Digest, Sha256};

use super::atomic::{self, WriteError, reason, write_lasting, write_whole};
use super::folder::{OUTPUTS, Workspace};
use crate::school::Fingerprint;

/// The journal of every file that was ever written and is not yet removed: a line «hash path» before it is written, a
/// line «=hash length fingerprint path» when it stands.
const JOURNAL: &str = ".опись";
/// The beginning of a line about a file that stands.
const STANDS: char = '=';

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

/// What earlier runs entered about a file.
#[derive(Debug, Default)]
struct Earlier {
    /// The hashes of all bytes that may stand under the name.
    hashes: BTreeSet<String>,
    /// What was written last, if it was written whole.
    stands: Option<Standing>,
}

/// A file that was written whole.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Standing {
    hash: String,
    /// Its bytes.
    length: u64,
    /// What it was made from.
    source: Fingerprint,
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
                if old.is_ok_and(|old| !self.has_written(name, &self::hash(&old))) {
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

impl Standing {
    fn line(&self, name: &str) -> String {
        let Self { hash, length, source } = self;
        format!("{STANDS}{hash} {length} {source} {name}\n")
    }

    /// The name and the file of a line without its mark.
    fn parse(line: &str) -> Option<(&str, Self)> {
        let mut parts = line.splitn(4, ' ');
        let (hash, length, source) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some((parts.next()?, Self { hash: hash.to_owned(), length, source }))
    }
}

/// The journal of earlier runs; a torn line is passed over.
fn earlier(text: &str) -> BTreeMap<String, Earlier> {
    let mut earlier = BTreeMap::<String, Earlier>::new();
    for line in text.lines() {
        if let Some(line) = line.strip_prefix(STANDS) {
            let Some((name, stands)) = Standing::parse(line) else { continue };
            let entry = earlier.entry(name.to_owned()).or_default();
            entry.hashes.insert(stands.hash.clone());
            entry.stands = Some(stands);
        } else if let Some((hash, name)) = line.split_once(' ') {
            let entry = earlier.entry(name.to_owned()).or_default();
            entry.hashes.insert(hash.to_owned());
            // Its writing has begun: whatever stood there may be gone.
            entry.stands = None;
        }
    }
    earlier
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
    use std::io::Write as _;
    use std::path::Path;

    use super::{Fingerprint, Finished, OutputError, Outputs, Workspace};

    #[track_caller]
    fn run(root: &Path, files: &[(&str, &str)]) -> Finished {
        let outputs = Outputs::begin(&Workspace::open(root).unwrap()).unwrap();
        for (name, text) in files {
            outputs.write(name, source(text), text.as_bytes()).unwrap();
        }
        outputs.finish().unwrap()
    }

    fn source(text: &str) -> Fingerprint {
        Fingerprint::of_sum([text.as_bytes()[0]; 32])
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
        killed.write("7А.pdf", source("2"), b"2").unwrap();
        killed.write("7Б.pdf", source("2"), b"2").unwrap();
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
    fn named_files_go_and_all_others_stay() {
        let folder = folder();
        run(folder.path(), &[("7А/7А.pdf", "1"), ("7А.eml", "1"), ("7Б.eml", "1"), ("7В.eml", "1")]);
        fs::write(folder.path().join("выдача/7Б.eml"), "дописано").unwrap();
        fs::write(folder.path().join("выдача/7А.eml"), "дописано").unwrap();
        run(folder.path(), &[("7А/7А.pdf", "1"), ("7А.eml", "2"), ("7В.eml", "1")]);
        let names = ["7А/7А.pdf", "7А.eml", "7Б.eml", "8Г.eml"].map(str::to_owned);
        let remove = || {
            let outputs = Outputs::begin(&Workspace::open(folder.path()).unwrap()).unwrap();
            outputs.remove(&names.clone().into()).unwrap()
        };
        let removed = remove();
        assert_eq!(removed.removed, ["7А.eml", "7А/7А.pdf"]);
        assert_eq!(removed.changed_by_hand, ["7Б.eml", "7А (изменён вручную).eml"]);
        assert_eq!(remove().removed, [""; 0]);
        // The journal still knows what stands.
        assert_eq!(run(folder.path(), &[]).removed, ["7В.eml"]);
    }

    #[test]
    fn one_name_twice_is_refused() {
        let folder = folder();
        let outputs = Outputs::begin(&Workspace::open(folder.path()).unwrap()).unwrap();
        outputs.write("10 профильный.pdf", source("1"), b"1").unwrap();
        let again = outputs.write("10 Профильный.pdf", source("2"), b"2");
        assert!(matches!(again, Err(OutputError::SameName(_))));
    }

    #[test]
    fn what_is_made_from_the_same_is_not_made_again() {
        let folder = folder();
        run(folder.path(), &[("7А.pdf", "1"), ("7Б.pdf", "1")]);
        let begin = || Outputs::begin(&Workspace::open(folder.path()).unwrap()).unwrap();
        let outputs = begin();
        assert!(outputs.is_current("7А.pdf", source("1")));
        assert!(!outputs.is_current("7Б.pdf", source("2")));
        assert!(!outputs.is_current("7В.pdf", source("1")));
        assert!(outputs.keep("7Б.pdf"));
        assert_eq!(outputs.finish().unwrap(), Finished::default());
        // Cut short, gone, or being written when the run was killed.
        fs::write(folder.path().join("выдача/7А.pdf"), "").unwrap();
        assert!(!begin().is_current("7А.pdf", source("1")));
        fs::remove_file(folder.path().join("выдача/7А.pdf")).unwrap();
        assert!(!begin().is_current("7А.pdf", source("1")));
        begin().state().journal.write_all(b"00 \xd1").unwrap();
        assert!(begin().is_current("7Б.pdf", source("1")));
        begin().state().journal.write_all("00 7Б.pdf\n".as_bytes()).unwrap();
        assert!(!begin().is_current("7Б.pdf", source("1")));
    }
}
