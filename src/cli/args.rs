//! What can be typed. The doc comments of the structs are the help pages.

mod ack;
mod joined;
mod links;
mod mail;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;

use crate::papers::PaperKind;
use crate::school::{ClassNameError, Preset, SchoolYear, SchoolYearError, Scope, fold, one_line};

pub(crate) use self::ack::{AckArgs, AckCommand, AckImportArgs, AckListArgs, AckTablesArgs, AckWithdrawArgs};
pub(crate) use self::joined::{JoinedArgs, JoinedCommand, JoinedImportArgs};
pub(crate) use self::links::{
    LinksArgs, LinksCommand, LinksImportArgs, LinksListArgs, LinksPublishArgs, LinksReissueArgs, LinksRevokeArgs,
    LinksUndoArgs,
};

pub(crate) use self::mail::{
    MailArgs, MailCommand, MailListArgs, MailPasswordArgs, MailPreviewArgs, MailRemindArgs, MailResolveArgs,
    MailSendArgs,
};

/// The arguments of one call.
#[derive(Debug, Parser)]
#[command(name = "zavuch", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Создаёт рабочую папку школы: настройки и пустые таблицы.
    #[command(name = "init", visible_alias = "создать")]
    Init(InitArgs),
    /// Читает все таблицы и показывает каждое замечание: файл, лист, ячейку и что сделать. Ничего не меняет.
    #[command(name = "check", visible_alias = "проверить")]
    Check(CheckArgs),
    /// Показывает, как понят один список класса: столбцы, пропущенные строки, люди, замечания. Ничего не меняет.
    #[command(name = "inspect", visible_alias = "разобрать")]
    Inspect(InspectArgs),
    /// Сравнивает два списка учеников: кто появился, кого нет, кто в другом классе. Рабочая папка не нужна.
    #[command(name = "compare", visible_alias = "сравнить")]
    Compare(CompareArgs),
    /// Показывает, что изменится и почему; до первого раза — какие чаты должны быть. Ничего не меняет.
    #[command(name = "plan", visible_alias = "план")]
    Plan(PlanArgs),
    /// Выполняет план: записывает изменения и выпускает только нужные бумаги и письма.
    #[command(name = "apply", visible_alias = "применить")]
    Apply(ApplyArgs),
    /// Печатает бумаги ещё раз: копию, если талон потерян или лист сорван, или новую версию, если прежняя не должна больше
    /// действовать. Записывает это; класс получает бумагу «Изменения» и письмо, как при любом изменении.
    #[command(name = "papers", visible_alias = "бумаги")]
    Papers(PapersArgs),
    /// Рассказывает об одном человеке, классе или чате: откуда он взялся (файл и строка), что с ним происходило, когда и
    /// почему, какие у него бумаги. Ничего не меняет.
    #[command(name = "explain", visible_alias = "почему")]
    Explain(ExplainArgs),
    /// Забывает выбывших: убирает их из записей программы и из папки «выдача», оставляет только числа. Без ключей — тех, кто
    /// выбыл больше 30 дней назад. Сначала показывает, кого, и спрашивает.
    #[command(name = "forget", visible_alias = "забыть")]
    Forget(ForgetArgs),
    /// Ссылки-приглашения: что с каждым чатом, приём присланных ссылок, отзыв, сайт коротких ссылок.
    #[command(name = "links", visible_alias = "ссылки")]
    Links(LinksArgs),
    /// Ознакомление с правилами: приём отметок из таблиц, кого можно включать в чаты.
    #[command(name = "ack", visible_alias = "ознакомление")]
    Ack(AckArgs),
    /// Кто вступил: список участников чата сравнивается с теми, кто должен в нём быть.
    #[command(name = "joined", visible_alias = "вступили")]
    Joined(JoinedArgs),
    /// Показывает, где дело: чаты, ссылки, бумаги, подписи, вступившие, и что сделать сейчас: кому, что, к какому сроку.
    /// Нескольких школ — по строке на каждую. Таблиц не читает: показывает записанное последним запуском.
    #[command(name = "status", visible_alias = "состояние")]
    Status(StatusArgs),
    /// Письма классным руководителям: кому что, отправка, что отправлено, что делать с неизвестным.
    #[command(name = "mail", visible_alias = "письма")]
    Mail(MailArgs),
    /// Делает всё: проверяет таблицы, строит план, печатает бумаги и готовит письма классным руководителям.
    #[command(name = "run", visible_alias = "выполнить")]
    Run(RunArgs),
}

/// Arguments of `init`.
#[derive(Debug, Args)]
pub(crate) struct InitArgs {
    /// Новая папка; она не должна содержать файла zavuch.toml
    #[arg(value_name = "ПАПКА", help_heading = "Что указать")]
    pub(crate) folder: PathBuf,
    /// Образец регламента: school-62, belomorsk, school-50, school-31 или school-65
    #[arg(long, value_name = "ОБРАЗЕЦ", value_parser = preset, help_heading = "Ключи")]
    pub(crate) preset: Option<Preset>,
    /// Не задавать вопросов: записать настройки с образцами значений
    #[arg(long, help_heading = "Ключи")]
    pub(crate) yes: bool,
}

/// Arguments of `compare`.
#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    /// Прежний список: файл, папка со списками или рабочая папка школы
    #[arg(value_name = "СТАРЫЙ", display_order = 1, help_heading = "Что указать")]
    pub(crate) old: PathBuf,
    /// Новый список: файл, папка со списками или рабочая папка школы
    #[arg(value_name = "НОВЫЙ", display_order = 2, help_heading = "Что указать")]
    pub(crate) new: PathBuf,
    /// Ответ в виде JSON, для других программ
    #[arg(long, help_heading = "Ключи")]
    pub(crate) json: bool,
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// О ком или о чём: имя или часть имени ученика, родителя, сотрудника; класс; название или ключ чата. Тёзок различают
    /// класс и дата рождения: Иванов Пётр 7А 04.05.2013. Кавычки не нужны. Последней можно указать рабочую папку школы;
    /// если её нет, это та, в которой вы находитесь
    #[arg(value_name = "ЧТО", required = true, help_heading = "Что указать")]
    pub(crate) what: Vec<String>,
    /// Рабочая папка школы, если её имя похоже на то, о чём вы спрашиваете
    #[arg(long, value_name = "ПАПКА", help_heading = "Ключи")]
    pub(crate) folder: Option<PathBuf>,
    /// Ответ в виде JSON, для других программ
    #[arg(long, help_heading = "Ключи")]
    pub(crate) json: bool,
}

/// Arguments of `papers`.
#[derive(Debug, Args)]
pub(crate) struct PapersArgs {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Все бумаги всех классов одним файлом «Школа/Всё для печати.pdf»: стопка на класс с обложкой, на ней — что раздать,
    /// разрезать, подписать, вывесить. Новых версий и писем не будет
    #[arg(long, visible_alias = "все", help_heading = "Ключи", conflicts_with_all = ["class", "student", "only", "new_version"])]
    pub(crate) all: bool,
    /// Образцы: по одной бумаге каждого вида с придуманными людьми в эту папку; ничего не записывается
    #[arg(
        long,
        value_name = "ПАПКА",
        visible_alias = "образцы",
        help_heading = "Ключи",
        conflicts_with_all = ["all", "class", "student", "only", "new_version", "why"]
    )]
    pub(crate) sample: Option<PathBuf>,
    /// Бумаги одного класса, например 7А; бумаги чатов школы и групп — Школа
    #[arg(long, value_name = "КЛАСС", value_parser = scope, help_heading = "Ключи")]
    pub(crate) class: Option<Scope>,
    /// Талоны одного ученика: имя или его часть, в кавычках; тёзок различают класс и дата рождения
    #[arg(long, value_name = "КОГО", help_heading = "Ключи")]
    pub(crate) student: Option<String>,
    /// Только эти бумаги: листы, талоны, семьи, ознакомление, памятка, журнал, правила, согласия, объявления (posters,
    /// slips, families, form, memo, log, rules, consents, announcements); несколько — через запятую
    #[arg(long, value_name = "БУМАГИ", value_delimiter = ',', value_parser = paper_kind, help_heading = "Ключи")]
    pub(crate) only: Vec<PaperKind>,
    /// Выпустить новую версию: прежние листы и талоны попадут в список на уничтожение. Без этого ключа — копия
    #[arg(long, help_heading = "Ключи")]
    pub(crate) new_version: bool,
    /// Почему, без имён, например: талон потерян; стоит на бумаге «Изменения». Если не указано — «по просьбе»
    #[arg(long, value_name = "ТЕКСТ", value_parser = reason, help_heading = "Ключи")]
    pub(crate) why: Option<String>,
    /// День, когда напечатано: 2026-09-08 или 08.09.2026; если не указан — сегодня
    #[arg(long, value_name = "ДАТА", value_parser = date, help_heading = "Ключи")]
    pub(crate) date: Option<Date>,
}

/// Arguments of `forget`.
#[derive(Debug, Args)]
pub(crate) struct ForgetArgs {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Забыть тех, кто выбыл больше стольких дней назад; если не указано — 30
    #[arg(long, value_name = "ДНЕЙ", help_heading = "Ключи", conflicts_with_all = ["who", "year"])]
    pub(crate) days: Option<u16>,
    /// Забыть одного выбывшего: имя или его часть, в кавычках; тёзок различают класс и дата рождения
    #[arg(long, value_name = "КОГО", help_heading = "Ключи", conflicts_with = "year")]
    pub(crate) who: Option<String>,
    /// Забыть законченный учебный год: всех, кто выбыл до его конца, и всё, что тогда закончилось, например 2025/26
    #[arg(long, value_name = "ГОД", value_parser = year, help_heading = "Ключи")]
    pub(crate) year: Option<SchoolYear>,
    /// Только показать, кого и что, и ничего не забывать
    #[arg(long, help_heading = "Ключи")]
    pub(crate) dry_run: bool,
    /// Не спрашивать
    #[arg(long, help_heading = "Ключи")]
    pub(crate) yes: bool,
    /// День, от которого считаются дни: 2026-10-09 или 09.10.2026; если не указан — сегодня
    #[arg(long, value_name = "ДАТА", value_parser = date, help_heading = "Ключи")]
    pub(crate) date: Option<Date>,
}

/// Arguments of `status`.
#[derive(Debug, Args)]
pub(crate) struct StatusArgs {
    /// Рабочая папка школы или несколько; если не указана — та, в которой вы находитесь
    #[arg(value_name = "ПАПКИ", help_heading = "Что указать")]
    pub(crate) folders: Vec<PathBuf>,
    /// Записать таблицей, для директора: состояние.xlsx
    #[arg(long, value_name = "ФАЙЛ", help_heading = "Ключи")]
    pub(crate) xlsx: Option<PathBuf>,
    /// Записать одной страницей, которую открывает любой браузер без сети: состояние.html
    #[arg(long, value_name = "ФАЙЛ", help_heading = "Ключи")]
    pub(crate) html: Option<PathBuf>,
    /// Назвать в файлах по именам тех, от кого ждут подписи и вступления; без этого ключа имён в них нет
    #[arg(long, help_heading = "Ключи")]
    pub(crate) with_names: bool,
    /// Ответ в виде JSON, для других программ
    #[arg(long, help_heading = "Ключи")]
    pub(crate) json: bool,
    /// День, на который считаются сроки: 2026-09-15 или 15.09.2026; если не указан — сегодня
    #[arg(long, value_name = "ДАТА", value_parser = date, help_heading = "Ключи")]
    pub(crate) date: Option<Date>,
}

/// The workspace of a command, and the form of its answer.
#[derive(Debug, Args)]
pub(crate) struct Target {
    /// Рабочая папка школы; если не указана — та, в которой вы находитесь
    #[arg(value_name = "ПАПКА", default_value = ".", hide_default_value = true, help_heading = "Что указать")]
    pub(crate) folder: PathBuf,
    /// Ответ в виде JSON, для других программ
    #[arg(long, help_heading = "Ключи")]
    pub(crate) json: bool,
}

/// Arguments of `check`.
#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Записать замечания таблицей, чтобы передать её секретарю: замечания.xlsx
    #[arg(long, value_name = "ФАЙЛ", help_heading = "Ключи")]
    pub(crate) xlsx: Option<PathBuf>,
}

/// Arguments of `inspect`.
#[derive(Debug, Args)]
pub(crate) struct InspectArgs {
    /// Список класса или школы: .xlsx, .xls, .ods, .csv
    #[arg(value_name = "ФАЙЛ", help_heading = "Что указать")]
    pub(crate) file: PathBuf,
    /// Ответ в виде JSON, для других программ
    #[arg(long, help_heading = "Ключи")]
    pub(crate) json: bool,
    /// День, на который читается список: 2026-09-01 или 01.09.2026; если не указан — сегодня
    #[arg(long, value_name = "ДАТА", value_parser = date, help_heading = "Ключи")]
    pub(crate) date: Option<Date>,
}

/// Arguments of `plan`.
#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    pub(crate) run: RunArgs,
    /// Закончить с кодом 3, если есть что выполнить: для расписаний и других программ
    #[arg(long, help_heading = "Ключи")]
    pub(crate) check: bool,
    /// Сохранить план в файл, чтобы выполнить именно его
    #[arg(long, value_name = "ФАЙЛ", help_heading = "Ключи")]
    pub(crate) save: Option<PathBuf>,
}

/// Arguments of `apply`.
#[derive(Debug, Args)]
pub(crate) struct ApplyArgs {
    #[command(flatten)]
    pub(crate) run: RunArgs,
    /// Выполнить сохранённый план; если с тех пор что-то изменилось, ничего не будет сделано
    #[arg(long, value_name = "ФАЙЛ", help_heading = "Ключи")]
    pub(crate) plan: Option<PathBuf>,
}

/// Arguments of `run`: a workspace as it stands on a day.
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Дата, которая стоит на бумагах: 2026-09-01 или 01.09.2026; если не указана — сегодня
    #[arg(long, value_name = "ДАТА", value_parser = date, help_heading = "Ключи")]
    pub(crate) date: Option<Date>,
    /// Подтвердить, что столько учеников действительно выбыло; число называет сама программа
    #[arg(long, value_name = "ЧИСЛО", value_parser = number, help_heading = "Ключи")]
    pub(crate) allow_removals: Option<usize>,
}

impl Arguments {
    /// Whether the answer is wanted as JSON.
    pub(crate) fn json(&self) -> bool {
        match &self.command {
            Command::Init(_) => false,
            Command::Check(args) => args.target.json,
            Command::Inspect(args) => args.json,
            Command::Compare(args) => args.json,
            Command::Plan(args) => args.run.target.json,
            Command::Apply(args) => args.run.target.json,
            Command::Papers(args) => args.target.json,
            Command::Explain(args) => args.json,
            Command::Forget(args) => args.target.json,
            Command::Links(args) => args.command.json(),
            Command::Ack(args) => args.command.json(),
            Command::Joined(args) => args.command.json(),
            Command::Status(args) => args.json,
            Command::Mail(args) => args.command.as_ref().is_some_and(MailCommand::json) || args.preview.target.json,
            Command::Run(args) => args.target.json,
        }
    }
}

fn preset(text: &str) -> Result<Preset, String> {
    let known = || Preset::ALL.map(Preset::id).join(", ");
    Preset::ALL
        .into_iter()
        .find(|preset| preset.id() == text)
        .ok_or_else(|| format!("такого образца нет; есть {}", known()))
}

fn year(text: &str) -> Result<SchoolYear, String> {
    text.parse().map_err(|error: SchoolYearError| error.to_string())
}

/// «7А», or «Школа» for the chats of the school and of its groups.
fn scope(text: &str) -> Result<Scope, String> {
    if fold(text) == fold(&Scope::School.title()) {
        return Ok(Scope::School);
    }
    text.parse().map(Scope::Class).map_err(|error: ClassNameError| error.to_string())
}

fn paper_kind(text: &str) -> Result<PaperKind, String> {
    Ok(match text.trim().to_lowercase().as_str() {
        "листы" | "posters" => PaperKind::Posters,
        "талоны" | "slips" => PaperKind::Slips,
        "семьи" | "семейные" | "families" => PaperKind::Families,
        "ознакомление" | "form" | "forms" => PaperKind::AcknowledgementForm,
        "памятка" | "memo" => PaperKind::ModeratorMemo,
        "правила" | "rules" => PaperKind::Rules,
        "согласия" | "согласие" | "consent" | "consents" => PaperKind::Consents,
        "журнал" | "log" => PaperKind::ViolationLog,
        "объявления" | "announcements" => PaperKind::Announcements,
        _ => {
            let known = "листы, талоны, семьи, ознакомление, памятка, журнал, правила, согласия, объявления";
            return Err(format!("таких бумаг нет; есть {known}"));
        }
    })
}

/// The longest reason that still stands in its column of the sheet.
const REASON_MAX: usize = 80;

fn reason(text: &str) -> Result<String, String> {
    let reason = one_line(text).trim_end_matches('.').to_owned();
    match reason.chars().count() {
        0 => Err("причина пуста".to_owned()),
        _ if reason.contains("://") || reason.contains("max.ru/") => {
            Err("в причине стоит ссылка: причина печатается на бумаге, уберите её".to_owned())
        }
        length if length > REASON_MAX => Err(format!("причина длиннее {REASON_MAX} знаков")),
        _ => Ok(reason),
    }
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "нужно число, например 12".to_owned())
}

pub(crate) fn date(text: &str) -> Result<Date, String> {
    let dotted = || Date::strptime("%d.%m.%Y", text).ok();
    text.parse::<Date>()
        .ok()
        .or_else(dotted)
        .filter(|date| (2000..=2100).contains(&date.year()))
        .ok_or_else(|| "такого дня нет; дата пишется так: 2026-09-01 или 01.09.2026".to_owned())
}

#[cfg(test)]
mod tests {
    use super::date;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(date(text).ok().map(|date| date.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn dates() {
        check("2026-09-01", Some("2026-09-01"));
        check("01.09.2026", Some("2026-09-01"));
        check("31.02.2026", None);
        check("завтра", None);
        check("0001-01-01", None);
    }
}
