//! One run at a time per workspace.

use std::fs::{File, TryLockError};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::atomic::reason;

/// The name of the lock file.
const NAME: &str = ".zavuch.lock";

/// How long the words of the run that holds the lock are waited for: it locks first and writes them then.
const WORDS_WITHIN: Duration = Duration::from_millis(200);

/// Held while a run writes; the system lets it go when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Drop for Lock {
    /// Takes the words away, so that nobody is told of a run that has ended.
    fn drop(&mut self) {
        // Best effort: of a run that was killed they stay until the next one.
        let _ = self.file.set_len(0);
    }
}

/// The workspace cannot be locked.
#[derive(Debug, thiserror::Error)]
pub enum LockError {
    /// Another run holds it.
    #[error("с этой папкой уже работает другой запуск программы{}", holder.as_deref().map(|who| format!(" ({who})")).unwrap_or_default())]
    Held {
        /// What the other run wrote about itself, where it can be read.
        holder: Option<String>,
    },
    /// The lock file cannot be made or locked.
    #[error("не удалось занять папку «{}»: {}", folder.display(), reason(source))]
    Io {
        /// The workspace.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl Lock {
    /// Takes the lock of a workspace. `holder` is what a second run will be told: «процесс 1234».
    ///
    /// # Errors
    /// When another run holds it: its end is not waited for.
    pub fn take(folder: &Path, holder: &str) -> Result<Self, LockError> {
        let io_error = |source| LockError::Io { folder: folder.to_path_buf(), source };
        let path = folder.join(NAME);
        let mut options = File::options();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path).map_err(io_error)?;
        match file.try_lock() {
            Ok(()) => {
                // Best effort: the words are for the other run's message only.
                let _ = file.set_len(0).and_then(|()| file.write_all(holder.as_bytes()));
                Ok(Self { file })
            }
            Err(TryLockError::WouldBlock) => Err(LockError::Held { holder: words(&mut file) }),
            Err(TryLockError::Error(source)) => Err(io_error(source)),
        }
    }
}

/// What the holder of the lock wrote about itself. On Windows a locked file cannot be read: then the message does
/// without the words.
fn words(file: &mut File) -> Option<String> {
    let asked = Instant::now();
    loop {
        let mut words = String::new();
        file.read_to_string(&mut words).ok()?;
        if !words.is_empty() {
            return Some(words);
        }
        if asked.elapsed() > WORDS_WITHIN {
            return None;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::time::Duration;

    use super::{Lock, LockError};

    #[test]
    fn the_second_run_is_told_who_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::take(folder.path(), "процесс 1").unwrap();
        let second = Lock::take(folder.path(), "процесс 2");
        assert!(matches!(second, Err(LockError::Held { .. })));
        drop(first);
        Lock::take(folder.path(), "процесс 3").unwrap();
    }

    #[test]
    #[cfg(unix)]
    fn the_words_are_waited_for() {
        let folder = tempfile::tempdir().unwrap();
        let _first = Lock::take(folder.path(), "").unwrap();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(Duration::from_millis(20));
                let file = std::fs::File::options().write(true).open(folder.path().join(super::NAME));
                file.unwrap().write_all("процесс 1".as_bytes()).unwrap();
            });
            let Err(LockError::Held { holder }) = Lock::take(folder.path(), "процесс 2") else {
                panic!("not held")
            };
            assert_eq!(holder.as_deref(), Some("процесс 1"));
        });
    }
}
