//! What can be typed behind `joined`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::date;
use super::links::{files_of, folder_of};
use crate::uptake::Extent;

/// Arguments of `joined`.
#[derive(Debug, Args)]
pub(crate) struct JoinedArgs {
    #[command(subcommand)]
    pub(crate) command: JoinedCommand,
}

/// The commands of `joined`.
#[derive(Debug, Subcommand)]
pub(crate) enum JoinedCommand {
    /// Принимает список участников чата или их число и сравнивает с теми, кто должен в нём быть: кто есть, кого нет, кто
    /// посторонний. Имена посторонних показывает один раз и не хранит.
    #[command(name = "import", visible_alias = "принять")]
    Import(JoinedImportArgs),
}

/// Arguments of `joined import`.
#[derive(Debug, Args)]
pub(crate) struct JoinedImportArgs {
    /// Списки участников: тексты, где каждое имя на своей строке, или таблицы; первой можно указать рабочую папку школы
    #[arg(value_name = "ФАЙЛЫ", help_heading = "Что указать")]
    pub(crate) what: Vec<PathBuf>,
    /// Какой это чат: его название, ключ или класс и слово, в кавычках: "7А родители"
    #[arg(long, value_name = "ЧАТ", help_heading = "Ключи")]
    pub(crate) chat: Option<String>,
    /// Только число участников, без списка
    #[arg(long, value_name = "ЧИСЛО", requires = "chat", value_parser = number, help_heading = "Ключи")]
    pub(crate) number: Option<u32>,
    /// Это часть списка: имена прибавляются к известным
    #[arg(long, visible_alias = "часть", conflicts_with = "whole", help_heading = "Ключи")]
    pub(crate) partial: bool,
    /// Это весь список, хотя он короче прежнего: заменить прежний
    #[arg(long, visible_alias = "целиком", help_heading = "Ключи")]
    pub(crate) whole: bool,
    /// Ответ в виде JSON, для других программ; имён в нём нет
    #[arg(long, help_heading = "Ключи")]
    pub(crate) json: bool,
    /// День, когда список скопирован: 2026-09-15 или 15.09.2026; если не указан — сегодня
    #[arg(long, value_name = "ДАТА", value_parser = date, help_heading = "Ключи")]
    pub(crate) date: Option<Date>,
}

fn number(text: &str) -> Result<u32, String> {
    text.trim().parse().map_err(|_| "нужно число".to_owned())
}

impl JoinedImportArgs {
    /// What is said of the lists.
    pub(crate) fn extent(&self) -> Extent {
        match (self.partial, self.whole) {
            (true, _) => Extent::Part,
            (_, true) => Extent::Whole,
            (false, false) => Extent::Unsaid,
        }
    }

    /// The workspace: the first of the words where it is one, else the current folder.
    pub(crate) fn folder(&self) -> PathBuf {
        folder_of(&self.what)
    }

    /// The files.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        files_of(&self.what)
    }
}

impl JoinedCommand {
    /// Whether the answer is wanted as JSON.
    pub(crate) fn json(&self) -> bool {
        let Self::Import(args) = self;
        args.json
    }
}
