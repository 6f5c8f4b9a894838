//! Where the password of the mailbox comes from: a file of its owner, the environment, or a person at the terminal. Never
//! the command line or `zavuch.toml`.

use std::path::Path;

use crate::cli::error::CommandError;
use crate::cli::ui::Ui;
use crate::mail::Password;
use crate::school::MailServer;

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
    if let Some(file) = &server.password_file {
        return of_file(&root.join(file)).map(Some);
    }
    if let Some(password) = of_environment() {
        return Ok(Some(password));
    }
    if !ui.is_interactive() {
        let hint = format!(
            "Укажите файл с паролем в zavuch.toml (раздел [mail], ключ password_file) или запустите команду в окне \
             терминала: она спросит пароль. Другим программам: переменная {VARIABLE}."
        );
        return Err(CommandError::usage("пароль почты не указан.", hint));
    }
    let question = format!("Пароль приложения для {} (при вводе не виден): ", server.user);
    let typed = rpassword::prompt_password(question).ok().and_then(Password::new);
    let none = || CommandError::usage("пароль не введён.", "Запустите команду ещё раз.");
    typed.map(Some).ok_or_else(none)
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
    let text = std::fs::read_to_string(path).map_err(unread)?;
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
