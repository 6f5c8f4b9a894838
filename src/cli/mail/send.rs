//! `mail send`: asks, then sends what waits, and tells what became of each letter.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::delivery::{Delivered, Delivery, Ended, Watch};
use super::guard::{Guard, PastYears, WithPapers};
use super::pace::Pace;
use super::rows::{self, LetterJson};
use super::unapplied::Unapplied;
use super::{School, addresses, password, permit_class, remind, tidy};
use crate::cli::args::MailSendArgs;
use crate::cli::error::{CommandError, Kind, Status};
use crate::cli::ui::Ui;
use crate::cli::{clock, job, limits};
use crate::mail::smtp::{Post, Stop, Timing, Trust};
use crate::report;
use crate::school::{Email, MailServer, MailSettings, Noun, count, dotted};
use crate::store::{LetterId, LetterState, Recovered, Store, StoredLetter};

const OF_LETTERS: Noun = Noun::new("письма", "писем", "писем");

/// The room that must be left on the disk: what becomes of a letter is a few pages of the store.
const SPACE: u64 = 16 << 20;

#[derive(Serialize)]
struct SendJson<'a> {
    /// The letters that this run came to.
    letters: Vec<LetterJson<'a>>,
    /// How many letters of the outbox are in each state.
    states: std::collections::BTreeMap<&'static str, usize>,
    /// The classes whose letters wait until the lists of now are applied.
    unapplied: Vec<String>,
    /// How many tests were taken.
    tests: usize,
    /// Why the run ended before its end.
    ended: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: &MailSendArgs, ui: &Ui) -> Result<Status, CommandError> {
    let folder = args.target.folder.as_path();
    let workspace = crate::cli::data::workspace(folder)?;
    let _lock = job::hold(&workspace)?;
    let School { workspace, data, known } = School::read(folder)?;
    let mail = &data.settings.mail;
    let (Some(server), Some(from)) = (&mail.server, &mail.from) else {
        let hint = "Укажите в zavuch.toml, раздел [mail], ключи from и provider: как, рассказано в руководстве.";
        return Err(CommandError::usage("в настройках не сказано, через какую почту отправлять.", hint));
    };
    let nothing = || ui.answer("Писем, которые ждут отправки, нет.\n");
    // Under the lock the store stays what it was when the school was read: it is not looked through again.
    if Store::read_unchecked(folder)?.is_none() {
        nothing();
        return Ok(Status::Done);
    }
    tidy(&workspace, mail)?;
    let mut store = Store::open_watched(folder, known.recorded.as_ref(), None)?;
    let recovered = store.recover_letters(clock::now())?;
    tell_recovered(recovered, ui);

    let now = clock::now();
    let all = store.letters()?;
    permit_class(args.only.as_ref(), data.plan.classes.iter().map(|class| &class.name), &all)?;
    let wanted: Vec<&StoredLetter> = all.iter().filter(|letter| is_wanted(letter, args, now)).collect();
    if wanted.is_empty() && !ui.wants_json() {
        nothing();
        return finish(&store, folder, &[], None, ui);
    }
    if !wanted.is_empty() {
        // Lists that `apply` would refuse hold back no letter for good: the whole sending waits until they are mended.
        limits::permit(&data, &known, None, "применить", folder)?;
    }
    let years = PastYears::of(&store)?;
    let open = remind::open_classes(&wanted, folder)?;
    let guard = Guard { data: &data, papers: WithPapers::of(&all), past: &years, open: open.as_ref() };
    let lists = Unapplied::of(&data, &known);
    // What does not fit at all is held back by the delivery, with its reason.
    let is_left = |letter: &&StoredLetter| lists.has(&letter.class) && guard.check(letter).is_ok();
    let (left, mut chosen): (Vec<&StoredLetter>, Vec<&StoredLetter>) = wanted.into_iter().partition(is_left);
    chosen.truncate(args.limit.unwrap_or(usize::MAX));
    let shown = folder.display().to_string();
    if !ui.wants_json() {
        ui.answer(&Unapplied::words(&left, &shown));
        if chosen.is_empty() {
            return finish(&store, folder, &left, None, ui);
        }
    }
    if args.test.is_none() {
        let changed = addresses::changed(&chosen, &all);
        addresses::permit(&changed, chosen.len(), args.allow_addresses, &shown)?;
    }
    if let Some(address) = args.test.as_ref().filter(|_| !chosen.is_empty()) {
        permit_test(address, mail, ui)?;
    }
    // What goes to an own address was asked for by naming it.
    if !chosen.is_empty() && args.test.is_none() {
        confirm(args, chosen.len(), ui)?;
    }
    let ids: Vec<LetterId> = chosen.iter().map(|letter| letter.id).collect();
    let delivered = if ids.is_empty() {
        Delivered { letters: Vec::new(), tests: 0, ended: Ended::Finished }
    } else {
        let trust = trust(server, workspace.root())?;
        let password = password::password(server, workspace.root(), ui)?;
        let post = Post { server, trust: &trust, password: password.as_ref(), timing: Timing::default() };
        let bar = Bar::new(ids.len());
        let has_space = || fs4::available_space(workspace.root()).is_ok_and(|space| space >= SPACE);
        let delivery = Delivery {
            post: &post,
            from,
            guard: &|letter| guard.check(letter).map_err(|held| held.why().to_owned()),
            has_space: &has_space,
            time: &Pace::begin(),
            watch: &bar,
            test: args.test.as_ref(),
        };
        let delivered = delivery.send(&mut store, &ids);
        bar.bar.finish_and_clear();
        delivered
    };
    if let Some(address) = &args.test {
        return finish_test(&delivered, ids.len(), address, ui);
    }
    let finished = finish(&store, folder, &left, Some(&delivered), ui);
    drop(store);
    tidy(&workspace, mail)?;
    finished
}

/// Whether a letter is to be tried now.
fn is_wanted(letter: &StoredLetter, args: &MailSendArgs, now: Timestamp) -> bool {
    letter.state == LetterState::Queued
        && args.only.as_ref().is_none_or(|class| *class == letter.class)
        && (args.test.is_some() || letter.not_before.is_none_or(|at| at <= now))
}

/// Lets a test go to an address of the settings; to any other one only when a person has typed it twice: what children's data
/// leave the school with must not be a slip of the finger, nor a line in somebody's script.
fn permit_test(address: &Email, mail: &MailSettings, ui: &Ui) -> Result<(), CommandError> {
    let user = mail.server.as_ref().and_then(|server| server.user.parse::<Email>().ok());
    let own = [mail.from.as_ref(), mail.reply_to.as_ref(), user.as_ref()];
    if own.into_iter().flatten().any(|own| own == address) {
        return Ok(());
    }
    let own: BTreeSet<String> = own.into_iter().flatten().map(ToString::to_string).collect();
    let own = own.into_iter().collect::<Vec<_>>().join(", ");
    let hint = format!("Без вопроса проба уходит только на адреса из настроек (from, user, reply_to): {own}.");
    if !ui.is_interactive() || ui.wants_json() {
        let error = format!("адреса {address} в настройках нет, а в письмах данные детей: проба не отправлена.");
        let more = "На другой адрес её можно послать только в окне терминала: программа попросит набрать его ещё раз.";
        return Err(CommandError { kind: Kind::Usage, error, hints: vec![hint, more.to_owned()] });
    }
    let question = format!(
        "Адреса {address} в настройках нет. На него уйдут письма с данными детей и ссылками в их чаты. Если это ваш адрес, \
         наберите его ещё раз:"
    );
    match ui.ask(&question)?.parse::<Email>() {
        Ok(typed) if typed == *address => Ok(()),
        _ => Err(CommandError::usage("адрес не совпал, проба не отправлена.", hint)),
    }
}

fn tell_recovered(recovered: Recovered, ui: &Ui) {
    if recovered.queued > 0 {
        let number = count(recovered.queued, OF_LETTERS);
        ui.say(&format!(
            "Прошлая отправка была прервана; отправка {number} не была закончена, они ждут отправки снова."
        ));
    }
    if recovered.unknown > 0 {
        let number = count(recovered.unknown, Noun::LETTER);
        ui.say(&format!("Прошлая отправка была прервана в миг передачи: неизвестно, ушло ли {number}."));
    }
}

/// Asks for the number of letters, as a sign that it was understood.
fn confirm(args: &MailSendArgs, number: usize, ui: &Ui) -> Result<(), CommandError> {
    if args.yes {
        return Ok(());
    }
    if !ui.is_interactive() || ui.wants_json() {
        let hint = "Посмотрите, что уйдёт: zavuch письма показать. Чтобы отправить без вопроса, добавьте ключ --yes.";
        return Err(CommandError::usage("отправка не подтверждена, ничего не отправлено.", hint));
    }
    let letters = count(number, Noun::LETTER);
    let typed = ui.ask(&format!("Будет отправлено {letters}. Чтобы отправить, наберите это число:"))?;
    if typed.parse() == Ok(number) {
        return Ok(());
    }
    Err(CommandError::usage("число не совпало, ничего не отправлено.", "Запустите команду ещё раз."))
}

fn trust(server: &MailServer, root: &Path) -> Result<Trust, CommandError> {
    let hint = "Проверьте ключ ca_file в разделе [mail] файла zavuch.toml.";
    let pem = match &server.ca_file {
        None => None,
        Some(file) => {
            let unread = |_| CommandError::usage(format!("файл сертификата «{file}» не читается."), hint);
            Some(std::fs::read(root.join(file)).map_err(unread)?)
        }
    };
    Trust::of(pem.as_deref()).map_err(|error| CommandError::usage(format!("{error}."), hint))
}

/// Tells what became of tests.
fn finish_test(delivered: &Delivered, wanted: usize, address: &Email, ui: &Ui) -> Result<Status, CommandError> {
    if ui.wants_json() {
        let ended = ended_words(&delivered.ended).map(|ended| ended.error);
        let states = std::collections::BTreeMap::new();
        ui.answer_json(&SendJson {
            letters: Vec::new(),
            states,
            unapplied: Vec::new(),
            tests: delivered.tests,
            ended,
        })?;
    } else {
        let tests = count(delivered.tests, Noun::LETTER);
        ui.answer(&format!(
            "Проба: на адрес {address} передано {tests} из {wanted}. Отправленными они не считаются.\n"
        ));
    }
    match ended_words(&delivered.ended) {
        Some(ended) => Err(ended),
        None if delivered.tests < wanted => Ok(Status::PartFailed),
        None => Ok(Status::Done),
    }
}

/// Tells what became of the letters, and what is left.
fn finish(
    store: &Store,
    folder: &Path,
    left: &[&StoredLetter],
    delivered: Option<&Delivered>,
    ui: &Ui,
) -> Result<Status, CommandError> {
    let all = store.letters()?;
    let counts = rows::counts(&all);
    let tried: Vec<&StoredLetter> =
        all.iter().filter(|letter| delivered.is_some_and(|delivered| delivered.letters.contains(&letter.id))).collect();
    let ended = delivered.and_then(|delivered| ended_words(&delivered.ended));
    if ui.wants_json() {
        ui.answer_json(&SendJson {
            letters: tried.iter().map(|letter| rows::json(letter)).collect(),
            states: counts.iter().map(|(state, number)| (state.id(), *number)).collect(),
            unapplied: Unapplied::names(left),
            tests: 0,
            ended: ended.as_ref().map(|ended| ended.error.clone()),
        })?;
    } else {
        if !tried.is_empty() {
            let lines: Vec<_> = tried.iter().map(|letter| rows::line(letter)).collect();
            ui.answer(&format!("{}\n", report::letter_table(&lines, ui.width()).trim_end()));
            ui.answer(&format!("В этот раз: {}.\n", rows::words(&rows::counts(tried.iter().copied()))));
        }
        let shown = folder.display().to_string();
        let queued: Vec<&StoredLetter> = all.iter().filter(|letter| letter.state == LetterState::Queued).collect();
        if !queued.is_empty() {
            let later = queued.iter().filter_map(|letter| letter.not_before).filter(|at| *at > clock::now()).min();
            let when = later.map(|at| format!(" (отложенные сервером — не раньше {})", moment_words(at)));
            ui.answer(&format!(
                "Ждёт отправки: {}{}. Продолжить: zavuch письма отправить \"{shown}\"\n",
                count(queued.len(), Noun::LETTER),
                when.unwrap_or_default()
            ));
        }
        ui.answer(&rows::advice(&all, &shown));
    }
    match ended {
        Some(ended) => Err(ended),
        None if all.iter().all(|letter| letter.state.is_settled()) => Ok(Status::Done),
        None => Ok(Status::PartFailed),
    }
}

/// What a person is told where the run ended before its end.
fn ended_words(ended: &Ended) -> Option<CommandError> {
    Some(match ended {
        Ended::Finished => return None,
        Ended::Interrupted => CommandError::world(
            "отправка остановлена по вашей просьбе.",
            "Продолжить можно той же командой: отправленное второй раз не уйдёт.",
        ),
        Ended::Stopped(stop @ (Stop::SignIn(_) | Stop::NoSignIn)) => {
            CommandError::world(format!("{stop}."), stop.advice())
        }
        Ended::Stopped(stop) => CommandError::world(format!("{stop}. Отправка остановлена."), stop.advice()),
        Ended::DayIsFull(at) => CommandError::world(
            "на сегодня достаточно: достигнут предел писем за сутки (per_day в zavuch.toml).",
            format!("Продолжите после {}: отправленное второй раз не уйдёт.", moment_words(*at)),
        ),
        Ended::NoSpace => CommandError::world(
            "на диске почти нет места; отправка остановлена, чтобы не потерять записи о ней.",
            "Освободите место и запустите ту же команду ещё раз.",
        ),
        Ended::Store(error) => CommandError::world(format!("{error}."), error.advice()),
    })
}

fn moment_words(at: Timestamp) -> String {
    let at = at.to_zoned(TimeZone::system());
    format!("{} {:02}:{:02}", dotted(at.date()), at.hour(), at.minute())
}

/// A bar with the class of the letter that is being sent.
struct Bar {
    bar: ProgressBar,
}

impl Bar {
    fn new(total: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
        let style = ProgressStyle::with_template("Письма [{bar:30}] {pos} из {len}  {msg}")
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("=> ");
        bar.set_style(style);
        bar.enable_steady_tick(Duration::from_millis(500));
        Self { bar }
    }
}

impl Watch for Bar {
    fn begin(&self, letter: &StoredLetter) {
        self.bar.set_message(format!("{} → {}", letter.class, letter.to));
    }

    fn done(&self) {
        self.bar.inc(1);
    }
}
