//! What a person is told when a command could not do its work, and the exit status of the program.

use std::process::ExitCode;

use super::issuing::MakingError;
use crate::links::RegisterError;
use crate::mail::KeyringError;
use crate::papers::PaperError;
use crate::report::{StatusBookError, StatusPageError};
use crate::school::Issue;
use crate::spreadsheet::SpreadsheetError;
use crate::store::StoreError;
use crate::uptake::UptakeError;
use crate::workspace::{LockError, OutputError, WriteError};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    /// 0: done.
    Done,
    /// 1: the inputs are wrong.
    WrongInputs,
    /// 2: the call is wrong.
    Usage,
    /// 3: `plan --check` found something to do.
    Changes,
    /// 4: a part failed; run again.
    PartFailed,
    /// 5: a safety limit stopped the work.
    Stopped,
    /// 70: a fault of the program.
    Fault,
}

/// What went wrong.
#[derive(Debug)]
pub(crate) enum Kind {
    /// The inputs have issues that stop the work.
    Inputs(Vec<Issue>),
    /// The answers to a dialogue or the call as a whole make no sense.
    Usage,
    /// A safety limit stopped the work; nothing was done.
    Limit,
    /// The world failed us; running again may help.
    World,
    /// The program has a fault.
    Fault,
}

/// A command that could not do its work.
#[derive(Debug)]
pub(crate) struct CommandError {
    /// What kind of trouble it is; it picks the exit status.
    pub(crate) kind: Kind,
    /// What happened, one sentence.
    pub(crate) error: String,
    /// What to do next; best a command.
    pub(crate) hints: Vec<String>,
}

impl CommandError {
    /// The inputs are wrong: nothing was written.
    pub(crate) fn inputs(issues: Vec<Issue>, error: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind: Kind::Inputs(issues), error: error.into(), hints: vec![hint.into()] }
    }

    /// The call is wrong.
    pub(crate) fn usage(error: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind: Kind::Usage, error: error.into(), hints: vec![hint.into()] }
    }

    /// A part failed.
    pub(crate) fn world(error: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { kind: Kind::World, error: error.into(), hints: vec![hint.into()] }
    }

    /// The program stopped at a fault of its own.
    pub(crate) fn fault() -> Self {
        let hint =
            "Запустите команду ещё раз; если ошибка повторится, сообщите разработчикам, какую команду вы запускали.";
        let error = "ошибка в самой программе. Уже записанное не пострадало.".to_owned();
        Self { kind: Kind::Fault, error, hints: vec![hint.to_owned()] }
    }
}

impl Kind {
    /// The exit status of this kind of trouble.
    pub(crate) fn status(&self) -> Status {
        match self {
            Self::Inputs(_) => Status::WrongInputs,
            Self::Usage => Status::Usage,
            Self::Limit => Status::Stopped,
            Self::World => Status::PartFailed,
            Self::Fault => Status::Fault,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::WrongInputs => 1,
            Status::Usage => 2,
            Status::Changes => 3,
            Status::PartFailed => 4,
            Status::Stopped => 5,
            Status::Fault => 70,
        })
    }
}

impl From<LockError> for CommandError {
    fn from(error: LockError) -> Self {
        Self::world(error.to_string(), "Дождитесь, когда другой запуск закончит работу, и повторите.")
    }
}

impl From<WriteError> for CommandError {
    fn from(error: WriteError) -> Self {
        Self::world(error.to_string(), "Устраните причину и запустите ту же команду ещё раз.")
    }
}

impl From<OutputError> for CommandError {
    fn from(error: OutputError) -> Self {
        Self::world(error.to_string(), "Устраните причину и запустите ту же команду ещё раз: она продолжит.")
    }
}

impl From<SpreadsheetError> for CommandError {
    fn from(error: SpreadsheetError) -> Self {
        Self::world(error.to_string(), "Сообщите об этом разработчикам.")
    }
}

impl From<PaperError> for CommandError {
    fn from(error: PaperError) -> Self {
        let hint = "Проверьте ссылки и свои шаблоны бумаг; если с ними всё в порядке, сообщите разработчикам.";
        Self::world(error.to_string(), hint)
    }
}

impl From<MakingError> for CommandError {
    fn from(error: MakingError) -> Self {
        match error {
            MakingError::Paper(error) => error.into(),
            MakingError::Mail(error) => {
                Self::world(error.to_string(), "Проверьте адреса в разделе [mail] файла zavuch.toml.")
            }
        }
    }
}

impl From<RegisterError> for CommandError {
    fn from(error: RegisterError) -> Self {
        Self::world(error.to_string(), "Закройте файл ссылок в Excel и запустите ту же команду ещё раз.")
    }
}

impl From<StatusPageError> for CommandError {
    fn from(error: StatusPageError) -> Self {
        Self::world(error.to_string(), "Сообщите об этом разработчикам.")
    }
}

impl From<StatusBookError> for CommandError {
    fn from(error: StatusBookError) -> Self {
        Self::world(error.to_string(), "Сообщите об этом разработчикам.")
    }
}

impl From<UptakeError> for CommandError {
    fn from(error: UptakeError) -> Self {
        Self::world(error.to_string(), "Закройте таблицу ознакомления в Excel и запустите ту же команду ещё раз.")
    }
}

impl From<KeyringError> for CommandError {
    fn from(error: KeyringError) -> Self {
        let hint = "Войдите в систему как обычно и повторите; или уберите keyring из раздела [mail] файла zavuch.toml: программа \
                    спросит пароль.";
        Self::world(format!("{error}."), hint)
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let kind = if error.is_fault() { Kind::Fault } else { Kind::World };
        Self { kind, error: error.to_string(), hints: vec![error.advice().to_owned()] }
    }
}
