//! Where the password of the mailbox comes from: a file of its owner, the keyring of the system, the environment, or a person at the
//! terminal. Never the command line or `zavuch.toml`.
//!
//! `mail password` puts it into the keyring, or takes it out.

use std::path::Path;

use zeroize::Zeroizing;

use crate::cli::args::MailPasswordArgs;
use crate::cli::data;
use crate::cli::error::{CommandError, Status};
use crate::cli::ui::Ui;
use crate::mail::{Keyring, Password};
use crate::school::{MailServer, PasswordSource};

/// The variable of the environment.
const VARIABLE: &str = "ZAVUCH_MAIL_PASSWORD";

/// The password; `None` where the server asks for none.
///
/// # Errors
/// When it is nowhere, or the file may be read by others.
pub(super) fn password(server: &MailServer, root: &Path, ui: &Ui) -> Result<Option<Password>, CommandError> {
    if server.user.is_empty() {
        return Ok(None);
    }
    match &server.password {
        PasswordSource::File(file) => return of_file(&root.join(file)).map(Some),
        PasswordSource::Keyring => {
            if let Some(password) = keyring(server).password()? {
                return Ok(Some(password));
            }
        }
        PasswordSource::Asked => {}
    }
    if let Some(password) = of_environment() {
        return Ok(Some(password));
    }
    if !ui.is_interactive() {
        let hint = format!(
            "Укажите файл с паролем в zavuch.toml (раздел [mail], ключ password_file), положите пароль в связку ключей (zavuch письма \
             пароль и ключ keyring) или запустите команду в окне терминала: она спросит пароль. Другим программам: переменная {VARIABLE}."
        );
        return Err(CommandError::usage("пароль почты не указан.", hint));
    }
    typed(server).map(Some)
}

/// Runs `mail password`.
pub(super) fn run(args: &MailPasswordArgs, ui: &Ui) -> Result<Status, CommandError> {
    let workspace = data::workspace(&args.target.folder)?;
    let settings = data::settings_alone(&workspace)?;
    let Some(server) = settings.mail.server.filter(|server| !server.user.is_empty()) else {
        let hint = "Укажите в zavuch.toml, раздел [mail], ключи from и provider.";
        return Err(CommandError::usage("в настройках нет почты, для которой нужен пароль.", hint));
    };
    let keyring = keyring(&server);
    if args.forget {
        let words = if keyring.forget()? {
            "Пароль убран из связки ключей."
        } else {
            "В связке ключей пароля нет."
        };
        ui.answer(&format!("{words}\n"));
        return Ok(Status::Done);
    }
    if !ui.is_interactive() {
        let hint = "Запустите команду в окне терминала: она спросит пароль.";
        return Err(CommandError::usage("пароль некому ввести.", hint));
    }
    keyring.keep(&typed(&server)?)?;
    ui.answer(&format!("Пароль для {} сохранён в связке ключей.\n", server.user));
    if server.password != PasswordSource::Keyring {
        ui.answer("Чтобы программа брала его оттуда, впишите в zavuch.toml, раздел [mail]: keyring = true\n");
    }
    if cfg!(target_os = "linux") {
        ui.answer("Здесь он хранится до перезагрузки, и не дольше нескольких дней без обращений.\n");
    }
    Ok(Status::Done)
}

fn keyring(server: &MailServer) -> Keyring<'_> {
    Keyring { host: &server.host, user: &server.user }
}

fn typed(server: &MailServer) -> Result<Password, CommandError> {
    let question = format!("Пароль приложения для {} (при вводе не виден): ", server.user);
    let typed = rpassword::prompt_password(question).ok().and_then(Password::new);
    typed.ok_or_else(|| CommandError::usage("пароль не введён.", "Запустите команду ещё раз."))
}

#[expect(clippy::disallowed_methods, reason = "the command line may look at the environment")]
fn of_environment() -> Option<Password> {
    std::env::var(VARIABLE).ok().and_then(Password::new)
}

fn of_file(path: &Path) -> Result<Password, CommandError> {
    let shown = path.display();
    let unread = |_| {
        let hint = "Проверьте ключ password_file в разделе [mail] файла zavuch.toml.";
        CommandError::usage(format!("файл с паролем «{shown}» не читается."), hint)
    };
    let metadata = std::fs::metadata(path).map_err(unread)?;
    if is_open_to_others(&metadata) {
        let hint = format!("Закройте его от других: chmod 600 \"{shown}\"");
        return Err(CommandError::usage(format!("файл с паролем «{shown}» могут прочитать другие."), hint));
    }
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(unread)?);
    let empty =
        || CommandError::usage(format!("файл с паролем «{shown}» пуст."), "Впишите в него одну строку: пароль.");
    Password::new(text.trim_start_matches('\u{feff}').to_owned()).ok_or_else(empty)
}

#[cfg(unix)]
fn is_open_to_others(metadata: &std::fs::Metadata) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077 != 0
}

/// Windows keeps the files of a person's own folders from others by itself.
#[cfg(not(unix))]
fn is_open_to_others(_: &std::fs::Metadata) -> bool {
    false
}
