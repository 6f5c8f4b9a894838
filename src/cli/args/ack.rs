//! What can be typed behind `ack`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::links::{files_of, folder_of};
use super::{Target, date, reason, scope};
use crate::school::Scope;

/// Arguments of `ack`.
#[derive(Debug, Args)]
pub(crate) struct AckArgs {
    #[command(subcommand)]
    pub(crate) command: AckCommand,
}

/// The commands of `ack`.
#[derive(Debug, Subcommand)]
pub(crate) enum AckCommand {
    /// Принимает отметки об ознакомлении: всю таблицу или таблицы классов, в любом порядке и сколько угодно раз. Учитывает
    /// только новое.
    #[command(name = "import", visible_alias = "принять")]
    Import(AckImportArgs),
    /// Показывает, кто ознакомлен с правилами и кого можно включать в чаты. Ничего не меняет.
    #[command(name = "list", visible_alias = "список")]
    List(AckListArgs),
    /// Записывает таблицы классов отдельными файлами, чтобы раздать их классным руководителям.
    #[command(name = "tables", visible_alias = "таблицы")]
    Tables(AckTablesArgs),
    /// Снимает отметку, которая учтена по ошибке, и записывает причину. Верную отметку потом принимают как обычно.
    #[command(name = "withdraw", visible_alias = "снять")]
    Withdraw(AckWithdrawArgs),
}

/// Arguments of `ack withdraw`.
#[derive(Debug, Args)]
pub(crate) struct AckWithdrawArgs {
    /// Чья отметка: фамилия или её часть, имя, класс; последней можно указать рабочую папку школы
    #[arg(value_name = "КТО", required = true, help_heading = "Что указать")]
    pub(crate) what: Vec<String>,
    /// Рабочая папка школы
    #[arg(long, value_name = "ПАПКА", help_heading = "Ключи")]
    pub(crate) folder: Option<PathBuf>,
    /// Почему отметка неверна, в кавычках
    #[arg(long, value_name = "ПРИЧИНА", value_parser = reason, help_heading = "Ключи")]
    pub(crate) why: String,
    /// Ответ в виде JSON, для других программ
    #[arg(long, help_heading = "Ключи")]
    pub(crate) json: bool,
    /// День, когда снята: 2026-09-15 или 15.09.2026; если не указан — сегодня
    #[arg(long, value_name = "ДАТА", value_parser = date, help_heading = "Ключи")]
    pub(crate) date: Option<Date>,
}

/// Arguments of `ack import`.
#[derive(Debug, Args)]
pub(crate) struct AckImportArgs {
    /// Присланные таблицы или папки с ними; первой можно указать рабочую папку школы. Без файлов — таблица рабочей папки
    #[arg(value_name = "ФАЙЛЫ", help_heading = "Что указать")]
    pub(crate) what: Vec<PathBuf>,
    /// Ответ в виде JSON, для других программ
    #[arg(long, help_heading = "Ключи")]
    pub(crate) json: bool,
    /// Сколько подписей разрешено снять исправлениями: число, которое назвала программа
    #[arg(long, value_name = "ЧИСЛО", help_heading = "Ключи")]
    pub(crate) allow_losses: Option<usize>,
    /// День, когда принято: 2026-09-15 или 15.09.2026; если не указан — сегодня
    #[arg(long, value_name = "ДАТА", value_parser = date, help_heading = "Ключи")]
    pub(crate) date: Option<Date>,
}

/// Arguments of `ack list`.
#[derive(Debug, Args)]
pub(crate) struct AckListArgs {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Один класс, например 7А; сотрудники — Школа
    #[arg(long, value_name = "КЛАСС", value_parser = scope, help_heading = "Ключи")]
    pub(crate) class: Option<Scope>,
    /// Только те, от кого отметки ещё ждут
    #[arg(long, help_heading = "Ключи")]
    pub(crate) open: bool,
}

/// Arguments of `ack tables`.
#[derive(Debug, Args)]
pub(crate) struct AckTablesArgs {
    /// Папка, в которую лягут таблицы; в них имена детей и родителей
    #[arg(value_name = "КУДА", display_order = 1, help_heading = "Что указать")]
    pub(crate) into: PathBuf,
    #[command(flatten)]
    pub(crate) target: Target,
    /// Один класс, например 7А; сотрудники — Школа
    #[arg(long, value_name = "КЛАСС", value_parser = scope, help_heading = "Ключи")]
    pub(crate) class: Option<Scope>,
}

impl AckImportArgs {
    /// The workspace: the first of the words where it is one, else the current folder.
    pub(crate) fn folder(&self) -> PathBuf {
        folder_of(&self.what)
    }

    /// The files.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        files_of(&self.what)
    }
}

impl AckCommand {
    /// Whether the answer is wanted as JSON.
    pub(crate) fn json(&self) -> bool {
        match self {
            Self::Import(args) => args.json,
            Self::List(args) => args.target.json,
            Self::Tables(args) => args.target.json,
            Self::Withdraw(args) => args.json,
        }
    }
}
