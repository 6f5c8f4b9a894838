//! What keeps the store from being opened, read or written.

use std::path::PathBuf;

use rusqlite::ErrorCode;
use rusqlite::ffi;

/// The store could not do what it was asked for. What was recorded before stands.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file cannot be opened or made.
    #[error("не удалось открыть «{}»: {trouble}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        trouble: Trouble,
    },
    /// Something recorded cannot be read.
    #[error("не удалось прочитать zavuch.db: {0}")]
    Read(Trouble),
    /// A run could not be recorded.
    #[error("не удалось записать изменения в zavuch.db: {0}")]
    Record(Trouble),
    /// Links that were given could not be taken in.
    #[error("не удалось записать ссылки в zavuch.db: {0}")]
    Receive(Trouble),
    /// A package could not be replaced or closed.
    #[error("не удалось отметить комплект в zavuch.db: {0}")]
    Package(Trouble),
    /// Answers could not be kept.
    #[error("не удалось сохранить ответы в zavuch.db: {0}")]
    Answer(Trouble),
    /// That the register of links was rewritten could not be noted.
    #[error("не удалось отметить в zavuch.db, что таблица ссылок составлена заново: {0}")]
    Register(Trouble),
    /// Marks of those who signed could not be taken in.
    #[error("не удалось записать отметки об ознакомлении в zavuch.db: {0}")]
    Signatures(Trouble),
    /// Who was found in chats could not be kept.
    #[error("не удалось записать в zavuch.db, кто вступил в чаты: {0}")]
    Rolls(Trouble),
    /// What became of a letter could not be noted.
    #[error("не удалось отметить письмо в zavuch.db: {0}")]
    Letter(Trouble),
    /// People could not be forgotten. Where the trouble is [`Trouble::Busy`], they are, but traces may be left in the
    /// files until the next call.
    #[error("не удалось полностью удалить сведения из zavuch.db: {0}")]
    Forget(Trouble),
}

/// Why.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// The disk or the quota is full.
    #[error("на диске нет места")]
    DiskFull,
    /// The file, the folder or the disk may not be written to, or the store was opened for reading.
    #[error("файл, папка или диск доступны только для чтения")]
    ReadOnly,
    /// The file may not be opened.
    #[error("нет прав на файл или папку, или такой папки нет")]
    NoAccess,
    /// Another program works with the file.
    #[error("с файлом сейчас работает другая программа")]
    Busy,
    /// The file is not what was written.
    #[error("файл повреждён")]
    Damaged,
    /// A newer version of this program wrote the file.
    #[error("файл записан более новой версией программы")]
    Newer,
    /// An older version wrote the file, and it was opened for reading only.
    #[error("файл записан более старой версией программы")]
    Older,
    /// Another program's file.
    #[error("это не файл программы zavuch")]
    Foreign,
    /// The store was recorded into since the state was read.
    #[error("за это время в него уже записал другой запуск программы")]
    MovedOn,
    /// There is no open package with this id.
    #[error("такого открытого комплекта нет")]
    NoOpenPackage,
    /// There is no letter with this number.
    #[error("письма с таким номером нет")]
    NoSuchLetter,
    /// The letter is not in the state that the step begins with.
    #[error("письмо уже в другом состоянии")]
    LetterMoved,
    /// The values contradict each other: a fault of the program. Nothing was written.
    #[error("ошибка в самой программе ({0})")]
    Contradiction(&'static str),
    /// The [watcher](super::Watcher) stopped the work.
    #[error("работа остановлена")]
    Stopped,
    /// What the system says about the disk.
    #[error("диск не принял или не отдал данные (код {0})")]
    Disk(i32),
}

impl StoreError {
    /// Why it failed.
    pub fn trouble(&self) -> &Trouble {
        match self {
            Self::Open { trouble, .. }
            | Self::Read(trouble)
            | Self::Record(trouble)
            | Self::Receive(trouble)
            | Self::Package(trouble)
            | Self::Answer(trouble)
            | Self::Register(trouble)
            | Self::Signatures(trouble)
            | Self::Rolls(trouble)
            | Self::Letter(trouble)
            | Self::Forget(trouble) => trouble,
        }
    }

    /// What to do, one sentence or two.
    pub fn advice(&self) -> &'static str {
        match self.trouble() {
            Trouble::DiskFull => "Освободите место на диске и запустите ту же команду ещё раз: записанное раньше цело.",
            Trouble::ReadOnly | Trouble::NoAccess => {
                "Проверьте, что папка школы лежит на обычном диске и вам разрешено в неё писать, и повторите."
            }
            Trouble::Busy => "Дождитесь, когда другая программа закончит работу, и запустите команду ещё раз.",
            Trouble::Damaged => {
                "Верните zavuch.db из резервной копии. Не удаляйте этот файл: без него программа сочтёт всех новыми \
                 и выпустит все бумаги заново."
            }
            Trouble::Older => "Запустите команду «применить»: она обновит файл.",
            Trouble::Newer => "Обновите программу на этом компьютере.",
            Trouble::Foreign => {
                "Уберите этот файл из папки школы или верните на его место zavuch.db из резервной копии."
            }
            Trouble::MovedOn => "Запустите команду ещё раз: она начнёт с того, что записано сейчас.",
            Trouble::NoSuchLetter => "Номера писем показывает команда: zavuch письма список",
            Trouble::NoOpenPackage | Trouble::LetterMoved | Trouble::Stopped => "Запустите команду ещё раз.",
            Trouble::Contradiction(_) => "Ничего не записано. Сообщите разработчикам, какую команду вы запускали.",
            Trouble::Disk(_) => {
                "Проверьте диск; если папка школы лежит на сетевом диске, перенесите её на диск этого компьютера."
            }
        }
    }

    /// Whether it is a fault of this program.
    pub fn is_fault(&self) -> bool {
        matches!(self.trouble(), Trouble::Contradiction(_))
    }

    /// Whether the same call may go well later without anybody mending anything in the file.
    pub fn is_temporary(&self) -> bool {
        matches!(self.trouble(), Trouble::DiskFull | Trouble::Busy | Trouble::MovedOn | Trouble::Stopped)
    }
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::SqliteFailure(failure, _) => Self::of_sqlite(failure),
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::QueryReturnedNoRows
            | rusqlite::Error::Utf8Error(..) => Self::Damaged,
            rusqlite::Error::InvalidPath(_) => Self::NoAccess,
            _ => Self::Contradiction("неверный запрос к zavuch.db"),
        }
    }
}

impl Trouble {
    fn of_sqlite(failure: ffi::Error) -> Self {
        match failure.code {
            ErrorCode::DiskFull => Self::DiskFull,
            ErrorCode::ReadOnly => Self::ReadOnly,
            ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied => {
                Self::NoAccess
            }
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged,
            ErrorCode::ConstraintViolation => Self::Contradiction("значения противоречат друг другу"),
            _ if failure.extended_code == ffi::SQLITE_ERROR => Self::Damaged,
            _ => Self::Disk(failure.extended_code),
        }
    }
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            ErrorKind::PermissionDenied | ErrorKind::NotFound | ErrorKind::NotADirectory => Self::NoAccess,
            _ => Self::Disk(error.raw_os_error().unwrap_or_default()),
        }
    }
}
