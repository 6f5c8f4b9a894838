//! What can be typed behind `mail`.

use clap::{Args, Subcommand};
use jiff::civil::Date;

use super::{Target, date, number};
use crate::school::{ClassName, ClassNameError, Email, EmailError};

/// Arguments of `mail`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct MailArgs {
    #[command(subcommand)]
    pub(crate) command: Option<MailCommand>,
    #[command(flatten)]
    pub(crate) preview: MailPreviewArgs,
}

/// The commands about letters.
#[derive(Debug, Subcommand)]
pub(crate) enum MailCommand {
    /// Показывает, какие письма ждут отправки: кому, о чём, сколько занимают, сколько времени уйдёт и в какие дни. Ничего не
    /// отправляет.
    #[command(name = "preview", visible_alias = "показать")]
    Preview(MailPreviewArgs),
    /// Отправляет письма, которые ждут отправки. Сначала спрашивает. Прервать можно в любой момент: ни одно письмо не
    /// пропадёт и не уйдёт дважды.
    #[command(name = "send", visible_alias = "отправить")]
    Send(MailSendArgs),
    /// Показывает все письма: что отправлено, что ждёт, что задержано и почему. Ничего не меняет.
    #[command(name = "list", visible_alias = "список")]
    List(MailListArgs),
    /// Записывает ваше решение о письме: дошло, отправить ещё раз или не отправлять.
    #[command(name = "resolve", visible_alias = "решить")]
    Resolve(MailResolveArgs),
    /// Показывает, кому из классных руководителей и о чём напомнить: ссылки, нерозданные приглашения, невозвращённые листы
    /// ознакомления, невступившие. С ключом --yes готовит напоминания; уходят они командой «отправить».
    #[command(name = "remind", visible_alias = "напомнить")]
    Remind(MailRemindArgs),
    /// Сохраняет пароль почты в связке ключей этого компьютера, чтобы программа не спрашивала его каждый раз.
    #[command(name = "password", visible_alias = "пароль")]
    Password(MailPasswordArgs),
}

/// Arguments of `mail preview`.
#[derive(Debug, Args)]
pub(crate) struct MailPreviewArgs {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Показать одно письмо целиком: его номер из таблицы
    #[arg(long, value_name = "НОМЕР", value_parser = letter, help_heading = "Ключи")]
    pub(crate) open: Option<u32>,
}

/// Arguments of `mail send`.
#[derive(Debug, Args)]
pub(crate) struct MailSendArgs {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Отправить письма только одного класса, например 7А
    #[arg(long, value_name = "КЛАСС", value_parser = class, help_heading = "Ключи")]
    pub(crate) only: Option<ClassName>,
    /// Отправить не больше стольких писем
    #[arg(long, value_name = "ЧИСЛО", value_parser = at_least_one, help_heading = "Ключи")]
    pub(crate) limit: Option<usize>,
    /// Для пробы: послать все письма на один адрес с пометкой «ПРОБА»; отправленными они не считаются. Без вопроса — только
    /// на адрес из настроек (отправителя, имени для входа или для ответов): в письмах данные детей
    #[arg(long, value_name = "АДРЕС", value_parser = address, help_heading = "Ключи")]
    pub(crate) test: Option<Email>,
    /// Не спрашивать числа писем
    #[arg(long, help_heading = "Ключи")]
    pub(crate) yes: bool,
    /// Подтвердить, что столько адресов действительно изменилось; число называет сама программа
    #[arg(long, value_name = "ЧИСЛО", value_parser = number, help_heading = "Ключи")]
    pub(crate) allow_addresses: Option<usize>,
}

/// Arguments of `mail list`.
#[derive(Debug, Args)]
pub(crate) struct MailListArgs {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Письма только одного класса, например 7А
    #[arg(long, value_name = "КЛАСС", value_parser = class, help_heading = "Ключи")]
    pub(crate) class: Option<ClassName>,
    /// Только те, с которыми надо что-то сделать
    #[arg(long, help_heading = "Ключи")]
    pub(crate) open: bool,
}

/// Arguments of `mail resolve`.
#[derive(Debug, Args)]
pub(crate) struct MailResolveArgs {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Письмо дошло, или вы отправили его сами: больше не отправлять
    #[arg(long, value_name = "НОМЕР", value_parser = letter, value_delimiter = ',', help_heading = "Ключи")]
    pub(crate) sent: Vec<u32>,
    /// Письмо не дошло: отправить его ещё раз. Так же возвращают отменённое, если после него классу ничего не составлено
    #[arg(long, value_name = "НОМЕР", value_parser = letter, value_delimiter = ',', help_heading = "Ключи")]
    pub(crate) resend: Vec<u32>,
    /// Письмо не нужно: не отправлять
    #[arg(long, value_name = "НОМЕР", value_parser = letter, value_delimiter = ',', help_heading = "Ключи")]
    pub(crate) cancel: Vec<u32>,
}

/// Arguments of `mail remind`.
#[derive(Debug, Args)]
pub(crate) struct MailRemindArgs {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Напомнить только одному классу, например 7А
    #[arg(long, value_name = "КЛАСС", value_parser = class, help_heading = "Ключи")]
    pub(crate) only: Option<ClassName>,
    /// День, которым помечено напоминание: 2026-09-08 или 08.09.2026; если не указан — сегодня
    #[arg(long, value_name = "ДАТА", value_parser = date, help_heading = "Ключи")]
    pub(crate) date: Option<Date>,
    /// Подготовить напоминания, а не только показать их
    #[arg(long, help_heading = "Ключи")]
    pub(crate) yes: bool,
}

/// Arguments of `mail password`.
#[derive(Debug, Args)]
pub(crate) struct MailPasswordArgs {
    #[command(flatten)]
    pub(crate) target: Target,
    /// Убрать пароль из связки ключей
    #[arg(long, help_heading = "Ключи")]
    pub(crate) forget: bool,
}

impl MailCommand {
    /// Whether the answer is wanted as JSON.
    pub(super) fn json(&self) -> bool {
        match self {
            Self::Preview(args) => args.target.json,
            Self::Send(args) => args.target.json,
            Self::List(args) => args.target.json,
            Self::Resolve(args) => args.target.json,
            Self::Remind(args) => args.target.json,
            Self::Password(args) => args.target.json,
        }
    }
}

fn letter(text: &str) -> Result<u32, String> {
    text.trim_start_matches('№').trim().parse().map_err(|_| "нужен номер письма, например 12".to_owned())
}

fn at_least_one(text: &str) -> Result<usize, String> {
    number(text)
        .and_then(|number| if number > 0 { Ok(number) } else { Err("нужно число не меньше 1".to_owned()) })
}

fn class(text: &str) -> Result<ClassName, String> {
    text.parse().map_err(|error: ClassNameError| error.to_string())
}

fn address(text: &str) -> Result<Email, String> {
    text.parse().map_err(|error: EmailError| error.to_string())
}
