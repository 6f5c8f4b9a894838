//! What can be typed behind `links`.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::{Target, date, reason, scope};
use crate::school::{ChatStage, Scope, fold};
use crate::workspace::Workspace;

/// Arguments of `links`.
#[derive(Debug, Args)]
pub(crate) struct LinksArgs {
    #[command(subcommand)]
    pub(crate) command: LinksCommand,
}

/// The commands about links.
#[derive(Debug, Subcommand)]
pub(crate) enum LinksCommand {
    /// Показывает, что с каждым чатом: создан ли он, есть ли ссылка, выпущены и розданы ли бумаги. Самих ссылок не
    /// показывает. Ничего не меняет.
    #[command(name = "list", visible_alias = "список")]
    List(LinksListArgs),
    /// Принимает присланные ссылки: таблицы, целую таблицу ссылок, CSV, текст писем — сколько угодно файлов в любом порядке.
    /// Верные записывает, о неверных говорит, что не так и кого спросить. Второй раз те же файлы ничего не меняют.
    #[command(name = "import", visible_alias = "принять")]
    Import(LinksImportArgs),
    /// Отзывает ссылку чата, чтобы выпустить новую: ссылка утекла, сменился модератор. Бумаги с ней перестают действовать,
    /// модератор получает задание нажать в MAX «Обновить ссылку».
    #[command(name = "reissue", visible_alias = "обновить")]
    Reissue(LinksReissueArgs),
    /// Отзывает ссылку чата и не ждёт новой; с ключом --unclaimed — все ссылки, по которым в срок вступили не все.
    #[command(name = "revoke", visible_alias = "отозвать")]
    Revoke(LinksRevokeArgs),
    /// Отменяет новую ссылку чата, которую прислали по ошибке и ещё не напечатали: остаётся прежняя.
    #[command(name = "undo", visible_alias = "вернуть")]
    Undo(LinksUndoArgs),
    /// Записывает в папку страницы сайта коротких ссылок. Папку запоминает и дальше обновляет сама.
    #[command(name = "publish", visible_alias = "опубликовать")]
    Publish(LinksPublishArgs),
}

/// Arguments of `links list`.
#[derive(Debug, Args)]
pub(crate) struct LinksListArgs {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Чаты одного класса, например 7А; чаты школы и групп — Школа
    #[arg(long, value_name = "КЛАСС", value_parser = scope, help_heading = "Ключи")]
    pub(crate) class: Option<Scope>,
    /// Чаты, с которыми именно это: план, создан, получена, выпущены, розданы, обновляется, отозвана
    #[arg(long, value_name = "ЧТО", value_parser = stage, help_heading = "Ключи")]
    pub(crate) state: Option<ChatStage>,
    /// Показать и сами ссылки: кто их увидит, тот войдёт в чат
    #[arg(long, help_heading = "Ключи")]
    pub(crate) show_links: bool,
    /// День, на который читаются таблицы: 2026-09-08 или 08.09.2026; если не указан — сегодня
    #[arg(long, value_name = "ДАТА", value_parser = date, help_heading = "Ключи")]
    pub(crate) date: Option<Date>,
}

/// Arguments of `links import`.
#[derive(Debug, Args)]
pub(crate) struct LinksImportArgs {
    /// Присланные файлы или папка с ними. Первой можно указать рабочую папку школы; если её нет, это та, в которой вы
    /// находитесь
    #[arg(value_name = "ФАЙЛЫ", required = true, help_heading = "Что указать")]
    what: Vec<PathBuf>,
    /// Ответ в виде JSON, для других программ
    #[arg(long, help_heading = "Ключи")]
    pub(crate) json: bool,
    /// День, когда ссылки получены: 2026-09-08 или 08.09.2026; если не указан — сегодня
    #[arg(long, value_name = "ДАТА", value_parser = date, help_heading = "Ключи")]
    pub(crate) date: Option<Date>,
}

/// Arguments of `links reissue`.
#[derive(Debug, Args)]
pub(crate) struct LinksReissueArgs {
    /// Чат: его название, ключ или класс и слово, в кавычках: "7А родители"
    #[arg(value_name = "ЧАТ", display_order = 1, help_heading = "Что указать")]
    pub(crate) chat: String,
    #[command(flatten)]
    pub(crate) target: Target,
    /// Почему, без имён, например: ссылка утекла; стоит на бумаге «Изменения»
    #[arg(long, value_name = "ТЕКСТ", value_parser = reason, required = true, help_heading = "Ключи")]
    pub(crate) why: String,
    /// Сменить адрес чата на сайте коротких ссылок (mode = "short"): прежний отзывается, бумаги печатаются заново с новым,
    /// а ссылка в MAX остаётся
    #[arg(long, visible_alias = "новый-адрес", help_heading = "Ключи")]
    pub(crate) new_address: bool,
    /// День, когда это сделано: 2026-09-20 или 20.09.2026; если не указан — сегодня
    #[arg(long, value_name = "ДАТА", value_parser = date, help_heading = "Ключи")]
    pub(crate) date: Option<Date>,
}

/// Arguments of `links revoke`.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a key of its own")]
pub(crate) struct LinksRevokeArgs {
    /// Чат: его название, ключ или класс и слово, в кавычках: "7А родители". С ключом --unclaimed не указывается
    #[arg(value_name = "ЧАТ", help_heading = "Что указать")]
    pub(crate) what: Vec<String>,
    /// Почему, без имён, например: чат больше не нужен; стоит на бумаге «Изменения»
    #[arg(long, value_name = "ТЕКСТ", value_parser = reason, help_heading = "Ключи")]
    pub(crate) why: Option<String>,
    /// Аннулировать ссылки, по которым в срок вступили не все
    #[arg(long, help_heading = "Ключи")]
    pub(crate) unclaimed: bool,
    /// Старше скольких дней: 30d или 30; если не указано — сколько назначено в настройках
    #[arg(long, value_name = "ДНЕЙ", value_parser = days, requires = "unclaimed", help_heading = "Ключи")]
    pub(crate) older_than: Option<u16>,
    /// И ссылки чатов сотрудников, о которых неизвестно, сколько человек вступило
    #[arg(long, visible_alias = "сотрудники", requires = "unclaimed", help_heading = "Ключи")]
    pub(crate) staff: bool,
    /// Только показать, какие, и ничего не отзывать
    #[arg(long, requires = "unclaimed", help_heading = "Ключи")]
    pub(crate) dry_run: bool,
    /// Не спрашивать
    #[arg(long, requires = "unclaimed", help_heading = "Ключи")]
    pub(crate) yes: bool,
    /// Ответ в виде JSON, для других программ
    #[arg(long, help_heading = "Ключи")]
    pub(crate) json: bool,
    /// День, от которого считаются дни: 2026-10-01 или 01.10.2026; если не указан — сегодня
    #[arg(long, value_name = "ДАТА", value_parser = date, help_heading = "Ключи")]
    pub(crate) date: Option<Date>,
}

/// Arguments of `links undo`.
#[derive(Debug, Args)]
pub(crate) struct LinksUndoArgs {
    /// Чат: его название, ключ или класс и слово, в кавычках: "7А родители"
    #[arg(value_name = "ЧАТ", display_order = 1, help_heading = "Что указать")]
    pub(crate) chat: String,
    #[command(flatten)]
    pub(crate) target: Target,
    /// Почему, без имён; если не указано — «прислана по ошибке»
    #[arg(long, value_name = "ТЕКСТ", value_parser = reason, help_heading = "Ключи")]
    pub(crate) why: Option<String>,
    /// День, когда это сделано: 2026-09-20 или 20.09.2026; если не указан — сегодня
    #[arg(long, value_name = "ДАТА", value_parser = date, help_heading = "Ключи")]
    pub(crate) date: Option<Date>,
}

/// Arguments of `links publish`.
#[derive(Debug, Args)]
pub(crate) struct LinksPublishArgs {
    /// Папка сайта: в неё лягут страницы
    #[arg(value_name = "ПАПКА_САЙТА", display_order = 1, help_heading = "Что указать")]
    pub(crate) site: PathBuf,
    #[command(flatten)]
    pub(crate) target: Target,
    /// День, на который читаются таблицы: 2026-09-08 или 08.09.2026; если не указан — сегодня
    #[arg(long, value_name = "ДАТА", value_parser = date, help_heading = "Ключи")]
    pub(crate) date: Option<Date>,
}

impl LinksImportArgs {
    /// The workspace: the first of the words where it is one, else the current folder.
    pub(crate) fn folder(&self) -> PathBuf {
        folder_of(&self.what)
    }

    /// The files.
    pub(crate) fn files(&self) -> Vec<PathBuf> {
        files_of(&self.what)
    }
}

/// The workspace among words: the first of them where it is one, else the current folder.
pub(super) fn folder_of(what: &[PathBuf]) -> PathBuf {
    named_folder(what).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// The files behind the workspace.
pub(super) fn files_of(what: &[PathBuf]) -> Vec<PathBuf> {
    let skipped = usize::from(named_folder(what).is_some());
    what.iter().skip(skipped).cloned().collect()
}

fn named_folder(what: &[PathBuf]) -> Option<&Path> {
    what.first().map(PathBuf::as_path).filter(|path| Workspace::open(path).is_ok())
}

impl LinksRevokeArgs {
    /// The chat, and the workspace behind it; with `--unclaimed` the workspace alone.
    pub(crate) fn chat_and_folder(&self) -> (Option<String>, PathBuf) {
        let folder = self.what.last().map(PathBuf::from).filter(|path| Workspace::open(path).is_ok());
        let words = self.what.len() - usize::from(folder.is_some());
        let chat = self.what.iter().take(words).map(String::as_str).collect::<Vec<_>>().join(" ");
        (Some(chat).filter(|chat| !chat.is_empty()), folder.unwrap_or_else(|| PathBuf::from(".")))
    }
}

impl LinksCommand {
    /// Whether the answer is wanted as JSON.
    pub(crate) fn json(&self) -> bool {
        match self {
            Self::List(args) => args.target.json,
            Self::Import(args) => args.json,
            Self::Reissue(args) => args.target.json,
            Self::Revoke(args) => args.json,
            Self::Undo(args) => args.target.json,
            Self::Publish(args) => args.target.json,
        }
    }
}

fn stage(text: &str) -> Result<ChatStage, String> {
    let asked = fold(text);
    let is_asked = |stage: &ChatStage| [stage.word(), stage.id(), stage.words()].iter().any(|name| fold(name) == asked);
    ChatStage::ALL.into_iter().find(is_asked).ok_or_else(|| {
        let words = ChatStage::ALL.map(ChatStage::word);
        format!("такого нет; есть {}", words.join(", "))
    })
}

/// «30d», «30д» or «30».
fn days(text: &str) -> Result<u16, String> {
    let text = text.trim();
    let number = text.trim_end_matches(|letter: char| letter.is_alphabetic());
    let unit = text.get(number.len()..).unwrap_or_default();
    let is_days = matches!(unit.to_lowercase().as_str(), "" | "d" | "д" | "дн" | "день" | "дня" | "дней");
    let days = number.trim().parse().ok().filter(|days| is_days && *days > 0);
    days.ok_or_else(|| "нужно число дней, например 30d".to_owned())
}
