//! Help pages and wrong arguments, in Russian.

use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgAction, CommandFactory, FromArgMatches};

use super::args::Arguments;
use super::error::Status;
use super::ui;

const HELP: &str = "\
zavuch — переводит общение школы в мессенджер MAX: читает списки классов, составляет план чатов,
печатает листы-приглашения с QR-кодами, талоны, листы ознакомления и памятки, готовит письма
классным руководителям.

Как запускать:  zavuch КОМАНДА [ПАПКА] [ключи]

Команды:
  init   · создать     новая рабочая папка школы: настройки и пустые таблицы
  check  · проверить   все замечания к таблицам: файл, лист, ячейка, что сделать
  inspect · разобрать  как понят один список: столбцы, пропущенные строки, люди
  compare · сравнить   кто появился, кого нет, кто в другом классе: два списка, без папки
  plan   · план        что изменится и почему; в первый раз — какие чаты должны быть
  apply  · применить   выполнить план: записать изменения, выпустить только нужные бумаги
  papers · бумаги      напечатать ещё раз: потерянный талон, лист, памятку; копией или новой версией
  explain · почему     откуда взялся ученик, класс или чат и что с ним происходило
  links  · ссылки      что с каждым чатом; принять присланные ссылки, отозвать, опубликовать сайт
  ack    · ознакомление  кто ознакомлен с правилами: принять отметки, показать, кого можно включать
  joined · вступили    сравнить участников чата с теми, кто должен в нём быть
  status · состояние   где дело: чаты, ссылки, подписи, вступившие; что сделать сейчас и кому
  mail   · письма      письма классным руководителям: показать, отправить, что отправлено
  forget · забыть      убрать выбывших из записей программы и из «выдачи»
  run    · выполнить   всё сразу: проверка, план, бумаги, письма

Ключи:
  -h, --help           эта справка; у каждой команды есть своя: zavuch run --help
  -V, --version        версия программы

С чего начать:
  zavuch создать школа       ответить на несколько вопросов
  zavuch проверить школа     когда списки положены в папку «школа/списки»
  zavuch выполнить школа     бумаги и письма появятся в папке «школа/выдача»
";

const LINKS_HELP: &str = "\
Ссылки-приглашения: что с каждым чатом, приём присланных ссылок, отзыв, сайт коротких ссылок.

Как запускать:  zavuch links КОМАНДА [ключи]

Команды:
  list    · список       что с каждым чатом: создан ли, есть ли ссылка, выпущены и розданы ли бумаги
  import  · принять      принять присланное: таблицы, CSV, тексты писем, в любом порядке и сколько угодно раз
  reissue · обновить     отозвать ссылку чата и ждать новую: ссылка утекла, сменился модератор
  revoke  · отозвать     отозвать ссылку чата; --unclaimed — все, по которым в срок вступили не все
  undo    · вернуть      отменить новую ссылку, присланную по ошибке и ещё не напечатанную: остаётся прежняя
  publish · опубликовать записать страницы сайта коротких ссылок в папку

Ключи:
  -h, --help             эта справка; у каждой команды есть своя: zavuch links import --help

По-русски то же: zavuch ссылки
";

const ACK_HELP: &str = "\
Ознакомление с правилами: приём отметок из таблиц, кого можно включать в чаты.

Как запускать:  zavuch ack КОМАНДА [ключи]

Команды:
  import · принять     принять отметки: всю таблицу или таблицы классов, сколько угодно раз
  list   · список      кто ознакомлен, кто просит другой канал, кто отказался, от кого ждём
  tables · таблицы     записать таблицы классов отдельными файлами, чтобы раздать
  withdraw · снять     снять отметку, которая учтена по ошибке: КТО --why ПРИЧИНА

Ключи:
  -h, --help           эта справка; у каждой команды есть своя: zavuch ack import --help

По-русски то же: zavuch ознакомление
";

const JOINED_HELP: &str = "\
Кто вступил: список участников чата сравнивается с теми, кто должен в нём быть.

Как запускать:  zavuch joined КОМАНДА [ключи]

Команды:
  import · принять     принять список участников чата или их число

Ключи:
  -h, --help           эта справка; у каждой команды есть своя: zavuch joined import --help

По-русски то же: zavuch вступили
";

const MAIL_HELP: &str = "\
Письма классным руководителям: кому что, отправка, что отправлено, что делать с неизвестным.

Как запускать:  zavuch mail [КОМАНДА] [ПАПКА] [ключи]

Команды:
  preview · показать     кому, о чём, сколько занимает, сколько времени уйдёт; то же, если команды нет
  send    · отправить    отправить то, что ждёт отправки; --only 7А, --limit 5, --test АДРЕС
  list    · список       что с каждым письмом: отправлено, ждёт, задержано, не принято, неизвестно
  resolve · решить       записать ваше решение: --sent НОМЕР, --resend НОМЕР, --cancel НОМЕР
  remind  · напомнить    кому и о чём напомнить; с ключом --yes подготовить напоминания
  password · пароль      сохранить пароль почты в связке ключей этого компьютера

Ключи:
  -h, --help             эта справка; у каждой команды есть своя: zavuch mail send --help

По-русски то же: zavuch письма
";

const TEMPLATE: &str = "{about}\n\nКак запускать:  {usage}\n\n{all-args}{after-help}";

/// The call was answered without running a command: a help page, the version or a wrong argument.
#[derive(Debug)]
pub(crate) struct Answer {
    text: String,
    status: Status,
}

impl Answer {
    /// Prints the answer where it belongs.
    pub(crate) fn show(&self) -> ExitCode {
        // A closed pipe is no reason to complain.
        let _ = match self.status {
            Status::Done => std::io::stdout().write_all(ui::for_stdout(&self.text).as_bytes()),
            _ => std::io::stderr().write_all(ui::for_stderr(&self.text).as_bytes()),
        };
        self.status.into()
    }
}

/// Reads the arguments of a call.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, Answer> {
    let (arguments, command) = (arguments.into_iter().collect::<Vec<_>>(), command());
    let called = arguments.iter().skip(1).find_map(|argument| {
        let name = argument.to_str()?;
        command.find_subcommand(name).map(|_| name.to_owned())
    });
    let matches = command.try_get_matches_from(arguments).map_err(|error| answer(&error, called.as_deref()))?;
    Arguments::from_arg_matches(&matches).map_err(|error| answer(&error, called.as_deref()))
}

/// The command with every word in Russian.
fn command() -> clap::Command {
    let flag = |name: &'static str, short: char, action: ArgAction, help: &'static str| {
        clap::Arg::new(name).long(name).short(short).action(action).help(help).help_heading("Ключи")
    };
    let page_within = move |within: Within, command: clap::Command| {
        let folder = match (within.english, command.get_name()) {
            ("ack", "tables") => "КУДА [ПАПКА]",
            ("ack", "import") => "[ПАПКА] [ФАЙЛЫ]",
            (_, name) => folder_of(name),
        };
        let name = command.get_name();
        let usage = format!("zavuch {}{name} {folder} [ключи]", within.place());
        let in_russian = within.in_russian();
        let aliases = command.get_visible_aliases().collect::<Vec<_>>().join(", ");
        command
            .help_template(TEMPLATE)
            .override_usage(usage)
            .after_help(format!("По-русски то же: zavuch {in_russian}{aliases}"))
            .disable_help_flag(true)
            .disable_version_flag(true)
            .arg(flag("help", 'h', ArgAction::Help, "Эта справка"))
    };
    let group = move |root: clap::Command, within: Within, help: &'static str| {
        root.mut_subcommand(within.english, |group| {
            group
                .override_help(help)
                .disable_help_subcommand(true)
                .mut_subcommands(move |command| page_within(within, command))
        })
    };
    let root = Arguments::command()
        .override_help(HELP)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .color(clap::ColorChoice::Never)
        .arg(flag("help", 'h', ArgAction::Help, "Справка"))
        .arg(flag("version", 'V', ArgAction::Version, "Версия программы"))
        .mut_subcommands(move |command| page_within(Within::NONE, command));
    let root = group(root, Within { english: "links", russian: "ссылки" }, LINKS_HELP);
    let root = group(root, Within { english: "ack", russian: "ознакомление" }, ACK_HELP);
    let root = group(root, Within { english: "joined", russian: "вступили" }, JOINED_HELP);
    group(root, Within { english: "mail", russian: "письма" }, MAIL_HELP)
}

/// The command that a command belongs to.
#[derive(Clone, Copy)]
struct Within {
    english: &'static str,
    russian: &'static str,
}

impl Within {
    const NONE: Self = Self { english: "", russian: "" };

    fn place(self) -> String {
        if self.english.is_empty() { String::new() } else { format!("{} ", self.english) }
    }

    fn in_russian(self) -> String {
        if self.russian.is_empty() { String::new() } else { format!("{} ", self.russian) }
    }
}

/// What stands behind a command.
fn folder_of(command: &str) -> &'static str {
    match command {
        "init" => "ПАПКА",
        "inspect" => "ФАЙЛ",
        "compare" => "СТАРЫЙ НОВЫЙ",
        "explain" => "ЧТО [ПАПКА]",
        "links" | "ack" | "joined" | "mail" => "КОМАНДА",
        "import" => "[ПАПКА] ФАЙЛЫ",
        "reissue" => "ЧАТ [ПАПКА] --why ТЕКСТ",
        "revoke" | "undo" => "ЧАТ [ПАПКА]",
        "publish" => "ПАПКА_САЙТА [ПАПКА]",
        "status" => "[ПАПКИ]",
        _ => "[ПАПКА]",
    }
}

/// `called` is the command of the call as it was typed, if it names one.
fn answer(error: &clap::Error, called: Option<&str>) -> Answer {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return Answer { text: error.to_string(), status: Status::Done };
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && std::io::stdout().is_terminal() {
        return Answer { text: HELP.to_owned(), status: Status::Usage };
    }
    let asked = error.get(ContextKind::InvalidSubcommand).map(words).unwrap_or_default();
    if matches!(asked.as_str(), "help" | "справка" | "помощь") {
        return Answer { text: HELP.to_owned(), status: Status::Done };
    }
    let sentence = sentence(error);
    let of = called.map(|name| format!(" {name}")).unwrap_or_default();
    Answer { text: format!("Ошибка: {sentence}\nСправка: zavuch{of} --help\n"), status: Status::Usage }
}

fn sentence(error: &clap::Error) -> String {
    let context = |kind| error.get(kind).map(words).unwrap_or_default();
    let (arg, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let suggestion = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg]
        .into_iter()
        .map(context)
        .find(|text| !text.is_empty())
        .map(|text| format!(" Может быть, «{text}»?"))
        .unwrap_or_default();
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("нет команды «{}».{suggestion}", context(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "не указана команда, например: zavuch выполнить".to_owned()
        }
        ErrorKind::UnknownArgument => format!("непонятно «{arg}».{suggestion}"),
        ErrorKind::MissingRequiredArgument => format!("не указано: {arg}."),
        ErrorKind::ArgumentConflict => format!("ключ «{arg}» указан дважды или вместе с тем, что его исключает."),
        ErrorKind::InvalidValue if value.is_empty() => format!("после «{arg}» нужно значение."),
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            format!("«{value}» не подходит для «{arg}»: {reason}.")
        }
        ErrorKind::InvalidUtf8 => "в команде есть знаки, которые не удалось прочитать.".to_owned(),
        _ => format!("значение «{value}» не подходит для «{arg}»."),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{HELP, command, parse};
    use crate::cli::error::Status;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let answer = parse(line.split(' ').map(Into::into)).map(|_| ()).unwrap_err();
        assert_eq!(answer.text.lines().next().unwrap_or_default(), expected);
    }

    #[test]
    fn wrong_arguments_are_russian_sentences() {
        check("zavuch рун", "Ошибка: нет команды «рун».");
        check("zavuch chekc", "Ошибка: нет команды «chekc». Может быть, «check»?");
        check("zavuch run --jsn", "Ошибка: непонятно «--jsn». Может быть, «--json»?");
        check("zavuch run --date", "Ошибка: после «--date <ДАТА>» нужно значение.");
        check(
            "zavuch run --date завтра",
            "Ошибка: «завтра» не подходит для «--date <ДАТА>»: такого дня нет; дата пишется так: 2026-09-01 или 01.09.2026.",
        );
        check("zavuch init", "Ошибка: не указано: <ПАПКА>.");
        check("zavuch run а б", "Ошибка: непонятно «б».");
    }

    #[test]
    fn the_last_line_names_the_help_of_the_command() {
        let check = |line: &str, expected: &str| {
            let answer = parse(line.split(' ').map(Into::into)).map(|_| ()).unwrap_err();
            assert_eq!(answer.text.lines().last().unwrap_or_default(), expected);
        };
        check("zavuch рун", "Справка: zavuch --help");
        check("zavuch бумаги --jsn", "Справка: zavuch бумаги --help");
        check("zavuch forget --days x", "Справка: zavuch forget --help");
    }

    #[test]
    fn help_is_given_however_it_is_asked_for() {
        for line in ["zavuch --help", "zavuch -h", "zavuch help", "zavuch справка"] {
            let answer = parse(line.split(' ').map(Into::into)).map(|_| ()).unwrap_err();
            assert_eq!((answer.text.trim_end(), answer.status), (HELP.trim_end(), Status::Done), "{line}");
        }
    }

    #[test]
    fn the_help_page_names_every_command_with_its_alias() {
        for subcommand in command().get_subcommands() {
            let alias = subcommand.get_visible_aliases().next().expect("every command has a Russian name");
            let line = HELP.lines().find(|line| line.trim_start().starts_with(subcommand.get_name()));
            assert!(line.is_some_and(|line| line.contains(alias)), "{}", subcommand.get_name());
        }
    }

    #[test]
    fn help_pages_have_no_english() {
        let all = command().get_subcommands().cloned().collect::<Vec<_>>();
        let within = all.iter().flat_map(|subcommand| subcommand.get_subcommands().cloned()).collect::<Vec<_>>();
        for mut subcommand in all.into_iter().chain(within) {
            assert!(subcommand.get_visible_aliases().next().is_some(), "{}", subcommand.get_name());
            let page = subcommand.render_help().to_string();
            for word in ["Usage", "Options", "Arguments", "default", "aliases", "possible"] {
                assert!(!page.contains(word), "{word} in\n{page}");
            }
        }
    }
}
