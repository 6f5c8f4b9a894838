//! Opens the file: for writing, made where it is missing; or for reading, leaving everything as it is.

use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rusqlite::{Connection, OpenFlags};

use super::migrations::{Standing, migrate, standing};
use super::{Recorded, StoreError, Trouble, Watcher};

/// The name of the store in the folder of a school.
pub const FILE_NAME: &str = "zavuch.db";

/// How long another program is waited for. Whoever writes holds the lock of the workspace already.
const PATIENCE: Duration = Duration::from_millis(500);

/// The smallest file that SQLite takes for anything but an empty one.
const SMALLEST: u64 = 512;

/// The memory of one school.
pub struct Store {
    pub(super) connection: Connection,
    pub(super) watcher: Option<Watcher>,
    path: PathBuf,
    /// Set where SQLite was told that nobody writes: what the file was like then.
    still: Option<Still>,
}

struct Still {
    path: PathBuf,
    len: u64,
    modified: Option<SystemTime>,
}

impl Store {
    /// Opens the store of a folder, or the file of this path, for writing; makes and migrates it.
    ///
    /// # Errors
    /// When it cannot be opened or made, is damaged, foreign or newer than this program: it stays as it is then.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let path = file_of(path);
        Self::open_for_writing(&path, None, None).map_err(|trouble| StoreError::Open { path, trouble })
    }

    /// As [`Store::open`], with somebody who looks on at every commit. Whoever has the state that was `recorded` has had
    /// the file looked through already: it is not done again.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_watched(
        path: &Path,
        recorded: Option<&Recorded>,
        watcher: Option<Watcher>,
    ) -> Result<Self, StoreError> {
        let path = file_of(path);
        Self::open_for_writing(&path, recorded, watcher).map_err(|trouble| StoreError::Open { path, trouble })
    }

    /// Opens the store of a folder, or the file of this path, for reading; `None` where nothing was recorded yet.
    ///
    /// Nothing is made or changed. (Where a run was killed, or is under way, SQLite may make its own `-shm` file.)
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn read(path: &Path) -> Result<Option<Self>, StoreError> {
        let store = Self::read_unchecked(path)?;
        if let Some(store) = &store {
            // What looks damaged may be a file that somebody writes just now.
            let check = quick_check(&store.connection).or_else(|trouble| store.unchanged().and(Err(trouble)));
            check.map_err(|trouble| StoreError::Open { path: file_of(path), trouble })?;
        }
        Ok(store)
    }

    /// As [`Store::read`], but the file is not looked through: whoever reads it so has [`Store::read`] do it meanwhile, and
    /// believes nothing before that has ended well.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub fn read_unchecked(path: &Path) -> Result<Option<Self>, StoreError> {
        let path = file_of(path);
        Self::open_for_reading(&path).map_err(|trouble| StoreError::Open { path, trouble })
    }

    /// The same store once more, to be read by another thread while this one writes.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub fn beside(&self) -> Result<Self, StoreError> {
        let path = self.path.clone();
        let open = |path: &Path| {
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(path, flags)?;
            connection.busy_timeout(PATIENCE)?;
            configure(&connection)?;
            Ok(Self { connection, watcher: None, path: path.to_path_buf(), still: None })
        };
        open(&path).map_err(|trouble| StoreError::Open { path, trouble })
    }

    fn open_for_writing(path: &Path, recorded: Option<&Recorded>, watcher: Option<Watcher>) -> Result<Self, Trouble> {
        refuse_stump(path)?;
        let is_new = make_private(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(PATIENCE)?;
        // Before anything that writes: a file that is not ours stays as it is.
        standing(&connection)?;
        if !is_new && recorded.is_none() {
            quick_check(&connection)?;
        }
        configure(&connection)?;
        connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update_and_check(None, "secure_delete", "ON", |_| Ok(()))?;
        migrate(&mut connection, watcher.as_ref())?;
        Ok(Self { connection, watcher, path: path.to_path_buf(), still: None })
    }

    fn open_for_reading(path: &Path) -> Result<Option<Self>, Trouble> {
        let metadata = match fs::metadata(path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        if metadata.len() == 0 {
            return Ok(None);
        }
        refuse_stump(path)?;
        // Without a log beside it the file is whole, and SQLite needs no files of its own to read it.
        let still = (!has_log(path)).then(|| Still::of(path, &metadata));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = match &still {
            Some(_) => Connection::open_with_flags(immutable_uri(path)?, flags | OpenFlags::SQLITE_OPEN_URI)?,
            None => Connection::open_with_flags(path, flags)?,
        };
        connection.busy_timeout(PATIENCE)?;
        match standing(&connection)? {
            Standing::Empty => return Ok(None),
            Standing::Older => return Err(Trouble::Older),
            Standing::Current => {}
        }
        configure(&connection)?;
        Ok(Some(Self { connection, watcher: None, path: path.to_path_buf(), still }))
    }

    /// The same file once more, to be read by a second thread at the same moment; `None` where somebody may write it, and two
    /// might read of two moments.
    pub(super) fn twin(&self) -> Result<Option<Self>, Trouble> {
        if self.still.is_none() {
            return Ok(None);
        }
        let twin = Self::open_for_reading(&self.path)?;
        // A file that was written since is another one.
        self.unchanged()?;
        Ok(twin.filter(|twin| twin.still.is_some()))
    }

    /// Whether a file that was read as one nobody writes was indeed not written meanwhile.
    pub(super) fn unchanged(&self) -> Result<(), Trouble> {
        let Some(still) = &self.still else { return Ok(()) };
        let now = fs::metadata(&still.path)?;
        let same = now.len() == still.len && now.modified().ok() == still.modified;
        if same && !has_log(&still.path) { Ok(()) } else { Err(Trouble::Busy) }
    }
}

impl Still {
    fn of(path: &Path, metadata: &fs::Metadata) -> Self {
        Self { path: path.to_path_buf(), len: metadata.len(), modified: metadata.modified().ok() }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}

fn file_of(path: &Path) -> PathBuf {
    if path.is_dir() { path.join(FILE_NAME) } else { path.to_path_buf() }
}

/// Refuses the stump of a file: SQLite would take it for an empty one and write over it.
fn refuse_stump(path: &Path) -> Result<(), Trouble> {
    match fs::metadata(path) {
        Ok(file) if (1..SMALLEST).contains(&file.len()) => Err(Trouble::Damaged),
        _ => Ok(()),
    }
}

/// Makes the file where it is missing, and makes it its owner's only; SQLite gives its own files the same rights.
/// Returns whether there was nothing in it.
fn make_private(path: &Path) -> Result<bool, Trouble> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    restrict(&file, &metadata)?;
    Ok(metadata.len() == 0)
}

#[cfg(unix)]
fn restrict(file: &File, metadata: &fs::Metadata) -> Result<(), Trouble> {
    use std::os::unix::fs::PermissionsExt;
    if metadata.permissions().mode() & 0o077 != 0 {
        file.set_permissions(fs::Permissions::from_mode(0o600))?;
    }
    Ok(())
}

/// On Windows a file takes the rights of the folder it lies in.
#[cfg(not(unix))]
fn restrict(_: &File, _: &fs::Metadata) -> Result<(), Trouble> {
    Ok(())
}

fn configure(connection: &Connection) -> Result<(), Trouble> {
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    // Nothing of the people goes to temporary files.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}

/// In pages of SQLite, 4096 bytes each: some 64 MB. No school has so much but in letters that wait to be sent.
const MANY_PAGES: u32 = 16_384;

/// Looks through the whole file; through a very large one table by table, without the bytes of letters: each letter is compared
/// with its sum before it is sent.
fn quick_check(connection: &Connection) -> Result<(), Trouble> {
    let is_whole = |check: &str| {
        let verdict: String = connection.query_row(check, [], |row| row.get(0))?;
        if verdict == "ok" { Ok(()) } else { Err(Trouble::Damaged) }
    };
    let pages: u32 = connection.query_row("PRAGMA page_count", [], |row| row.get(0))?;
    if pages < MANY_PAGES {
        return is_whole("PRAGMA quick_check(1)");
    }
    let mut tables =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'letter_text'")?;
    let tables = tables.query_map([], |row| row.get::<_, String>(0))?;
    for table in tables {
        is_whole(&format!("PRAGMA quick_check(\"{}\")", table?.replace('"', "\"\"")))?;
    }
    Ok(())
}

/// Whether SQLite has a log beside the file that belongs to it.
fn has_log(path: &Path) -> bool {
    ["-wal", "-journal"].iter().any(|ending| {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        fs::metadata(name).is_ok_and(|log| log.len() > 0)
    })
}

/// The address under which SQLite reads a file that nobody writes.
fn immutable_uri(path: &Path) -> Result<String, Trouble> {
    let path = std::path::absolute(path)?;
    let path = path.to_str().ok_or(Trouble::NoAccess)?;
    let path = if cfg!(windows) { format!("/{}", path.replace('\\', "/")) } else { path.to_owned() };
    let mut uri = "file://".to_owned();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' | b':' => {
                uri.push(char::from(byte));
            }
            _ => uri.extend(['%', hex(byte >> 4), hex(byte & 15)]),
        }
    }
    uri.push_str("?immutable=1");
    Ok(uri)
}

fn hex(digit: u8) -> char {
    char::from_digit(digit.into(), 16).unwrap_or('0')
}
