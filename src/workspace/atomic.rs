//! Files that stand under their final name whole or not at all, readable by their owner only.

use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that could not be written. Nothing half-written stands under its name.
#[derive(Debug, thiserror::Error)]
#[error("не удалось записать «{}»: {}", path.display(), reason(source))]
pub struct WriteError {
    /// The file.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl WriteError {
    /// Why, in Russian, where the path may not be told.
    pub fn reason(&self) -> String {
        reason(&self.source)
    }

    /// The error of a path, for `map_err`.
    pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self { path, source }
    }
}

/// Writes a file under a temporary name beside it and renames it: a kill leaves the old file or the new one.
///
/// The content is not forced to the disk: this is for files that the next run makes again where they are not whole.
///
/// # Errors
/// When the folder cannot be written to or the disk is full; the old file stays as it was.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    unfinished(path, bytes).and_then(|file| finished(file, path)).map_err(WriteError::at(path))
}

/// As [`write_whole`], and forced to the disk: of a file that cannot be made again, a power cut leaves the old one or the
/// new one.
///
/// # Errors
/// As [`write_whole`].
pub fn write_lasting(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let write = || {
        let file = unfinished(path, bytes)?;
        file.as_file().sync_all()?;
        finished(file, path)?;
        sync_folder(path.parent().unwrap_or(Path::new(".")))
    };
    write().map_err(WriteError::at(path))
}

/// As [`write_lasting`], for a file that a web server is to read: it and its folder are readable by everybody.
///
/// # Errors
/// As [`write_whole`].
pub fn write_public(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let write = || {
        let folder = path.parent().unwrap_or(Path::new("."));
        if !folder.is_dir() {
            about_to(Act::Folder, folder)?;
            fs::create_dir_all(folder)?;
        }
        let file = unfinished(path, bytes)?;
        make_public(file.as_file())?;
        file.as_file().sync_all()?;
        finished(file, path)?;
        sync_folder(folder)
    };
    write().map_err(WriteError::at(path))
}

#[cfg(unix)]
fn make_public(file: &fs::File) -> io::Result<()> {
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))
}

/// On Windows a file takes the rights of the folder it lies in.
#[cfg(not(unix))]
fn make_public(_: &fs::File) -> io::Result<()> {
    Ok(())
}

/// Forces the names in a folder to the disk, where the system can.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

fn finished(file: tempfile::NamedTempFile, path: &Path) -> io::Result<()> {
    about_to(Act::Rename, path)?;
    file.persist(path).map_err(|error| error.error).map(drop)
}

/// Writes a file that must not exist yet.
///
/// # Errors
/// When it exists already, or as in [`write_whole`].
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    let write = || {
        let file = unfinished(path, bytes)?;
        about_to(Act::Rename, path)?;
        file.persist_noclobber(path).map_err(|error| error.error).map(drop)
    };
    write().map_err(WriteError::at(path))
}

/// How the names of files begin and end that are not whole yet.
const UNFINISHED: [&str; 2] = [".zavuch-", ".tmp"];

fn is_unfinished(name: &OsStr) -> bool {
    let [prefix, suffix] = UNFINISHED;
    let name = name.to_string_lossy();
    name.starts_with(prefix) && name.ends_with(suffix)
}

/// The bytes of a file, beside the place where it is to stand.
fn unfinished(path: &Path, bytes: &[u8]) -> io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().unwrap_or(Path::new("."));
    create_private_dir(folder)?;
    let [prefix, suffix] = UNFINISHED;
    about_to(Act::Create, path)?;
    let mut file = tempfile::Builder::new().prefix(prefix).suffix(suffix).tempfile_in(folder)?;
    about_to(Act::Write, path)?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Removes the unfinished files that a killed run left in a folder of its own and in those within it.
///
/// # Errors
/// When the folder cannot be read or a file cannot be removed.
pub fn clear_unfinished(folder: &Path) -> Result<(), WriteError> {
    remove_leftovers(folder).map_err(WriteError::at(folder))
}

/// Removes the unfinished files that a killed run left in a folder itself; one that cannot be removed now is by a later run.
///
/// Nobody else may write there meanwhile: whoever calls this holds the lock of the workspace.
pub fn clear_unfinished_files(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && is_unfinished(&entry.file_name()) {
            remove_file(&entry.path()).unwrap_or_default();
        }
    }
}

/// Removes the unfinished files that a killed run left in a folder and in those within it.
///
/// Nobody else may write there meanwhile: whoever calls this holds the lock of the workspace.
pub(super) fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            remove_leftovers(&entry.path())?;
        } else if is_unfinished(&entry.file_name()) {
            remove_file(&entry.path())?;
        }
    }
    Ok(())
}

/// Removes a file.
pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    about_to(Act::Remove, path)?;
    fs::remove_file(path)
}

/// Gives a file another name in its folder, where there is none of that name.
pub(super) fn rename(path: &Path, to: &Path) -> io::Result<()> {
    about_to(Act::Rename, path)?;
    fs::rename(path, to)
}

/// Appends to a file that [`append`] opened.
pub(super) fn append_line(file: &mut fs::File, path: &Path, line: &str) -> io::Result<()> {
    about_to(Act::Append, path)?;
    file.write_all(line.as_bytes())
}

/// Makes a folder for its owner only.
///
/// # Errors
/// When it cannot be made.
pub fn create_folder(path: &Path) -> Result<(), WriteError> {
    create_private_dir(path).map_err(WriteError::at(path))
}

/// Opens a file for appending lines to it, made if need be.
pub(super) fn append(path: &Path) -> io::Result<fs::File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Makes a folder with its parents, for its owner only. On Windows a folder takes the rights of the one it lies in,
/// which within a person's own folders are that person's.
pub(super) fn create_private_dir(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    about_to(Act::Folder, path)?;
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// What changes the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Act {
    Create,
    Write,
    Rename,
    Append,
    Remove,
    Folder,
}

/// Tells whoever looks on that the disk is about to be changed.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "in a test an act may fail")]
fn about_to(_act: Act, _path: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
use self::faults::about_to;

/// Faults of the disk, for tests: somebody who looks on at every act of this thread, and may forbid it.
#[cfg(test)]
pub(crate) mod faults {
    use std::cell::RefCell;
    use std::io;
    use std::path::Path;

    use super::Act;

    type Onlooker = Box<dyn FnMut(Act, &Path) -> io::Result<()>>;

    thread_local! {
        static ONLOOKER: RefCell<Option<Onlooker>> = const { RefCell::new(None) };
    }

    /// Has somebody look on while something is done.
    pub(crate) fn watched<T>(
        onlooker: impl FnMut(Act, &Path) -> io::Result<()> + 'static,
        work: impl FnOnce() -> T,
    ) -> T {
        ONLOOKER.with(|one| *one.borrow_mut() = Some(Box::new(onlooker)));
        let done = work();
        ONLOOKER.with(|one| *one.borrow_mut() = None);
        done
    }

    pub(super) fn about_to(act: Act, path: &Path) -> io::Result<()> {
        ONLOOKER.with(|one| one.borrow_mut().as_mut().map_or(Ok(()), |onlooker| onlooker(act, path)))
    }
}

/// What an error of the system means, in Russian, with what to do.
pub(super) fn reason(error: &io::Error) -> String {
    let words = match error.kind() {
        io::ErrorKind::NotFound => "файл или папка не найдены",
        io::ErrorKind::PermissionDenied => "нет прав на запись, или файл открыт в другой программе: закройте её",
        io::ErrorKind::AlreadyExists => "такой файл уже есть",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "на диске нет места",
        io::ErrorKind::ReadOnlyFilesystem => "диск доступен только для чтения",
        io::ErrorKind::InvalidFilename => "имя файла слишком длинное",
        _ => return format!("ошибка системы ({error})"),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{write_new, write_whole};

    #[test]
    fn a_file_is_replaced_whole_and_private() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("выдача").join("7А.pdf");
        write_whole(&path, b"one").unwrap();
        write_whole(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        let names: Vec<_> =
            std::fs::read_dir(path.parent().unwrap()).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, ["7А.pdf"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(&path), 0o600);
            assert_eq!(mode(path.parent().unwrap()), 0o700);
        }
    }

    #[test]
    fn a_new_file_never_replaces_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("zavuch.toml");
        write_new(&path, b"one").unwrap();
        let error = write_new(&path, b"two").unwrap_err();
        assert!(error.to_string().contains("такой файл уже есть"), "{error}");
        assert_eq!(std::fs::read(&path).unwrap(), b"one");
    }

    #[test]
    fn a_folder_in_the_way_is_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("занято");
        std::fs::create_dir(&path).unwrap();
        let error = write_whole(&path, b"one").unwrap_err();
        assert!(error.to_string().starts_with("не удалось записать"), "{error}");
    }
}
