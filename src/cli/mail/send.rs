//! `mail send`: asks, then sends what waits, and tells what became of each letter.

use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::delivery::{Delivered, Delivery, Ended, Watch};
use super::pace::Pace;
use super::rows::{self, LetterJson};
use super::{School, addresses, guard, password};
use crate::cli::args::MailSendArgs;
use crate::cli::error::{CommandError, Status};
use crate::cli::ui::Ui;
use crate::cli::{clock, job};
use crate::mail::smtp::{Post, Stop, Timing, Trust};
use crate::report;
use crate::school::{Email, MailServer, Noun, count, dotted};
use crate::store::{LetterId, LetterState, Recovered, Store, StoredLetter};

const LETTERS: Noun = Noun::new("письмо", "письма", "писем");
const OF_LETTERS: Noun = Noun::new("письма", "писем", "писем");

/// The room that must be left on the disk: what becomes of a letter is a few pages of the store.
const SPACE: u64 = 16 << 20;

#[derive(Serialize)]
struct SendJson<'a> {
    /// The letters that this run came to.
    letters: Vec<LetterJson<'a>>,
    /// How many letters of the outbox are in each state.
    states: std::collections::BTreeMap<&'static str, usize>,
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
    let School { workspace, data, recorded } = School::read(folder)?;
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
    let mut store = Store::open_watched(folder, recorded.as_ref(), None)?;
    let recovered = store.recover_letters(clock::now())?;
    store.drop_letter_bytes(clock::now() - SignedDuration::from_hours(24 * i64::from(mail.keep_days)))?;
    tell_recovered(recovered, ui);

    let now = clock::now();
    let all = store.letters()?;
    let chosen = chosen(&all, args, now);
    if chosen.is_empty() && !ui.wants_json() {
        nothing();
        return finish(&store, folder, None, ui);
    }
    if args.test.is_none() {
        let changed = addresses::changed(&chosen, &all);
        addresses::permit(&changed, chosen.len(), args.allow_addresses, &folder.display().to_string())?;
    }
    if !chosen.is_empty() {
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
            store: &mut store,
            post: &post,
            from,
            guard: &|letter| guard::check(letter, &data),
            has_space: &has_space,
            time: &Pace::begin(),
            watch: &bar,
            test: args.test.as_ref(),
        };
        let delivered = delivery.send(&ids);
        bar.bar.finish_and_clear();
        delivered
    };
    if let Some(address) = &args.test {
        return finish_test(&delivered, ids.len(), address, ui);
    }
    finish(&store, folder, Some(&delivered), ui)
}

/// The letters that are to be tried now.
fn chosen<'a>(all: &'a [StoredLetter], args: &MailSendArgs, now: Timestamp) -> Vec<&'a StoredLetter> {
    let is_due = |letter: &&StoredLetter| {
        letter.state == LetterState::Queued
            && args.only.as_ref().is_none_or(|class| *class == letter.class)
            && (args.test.is_some() || letter.not_before.is_none_or(|at| at <= now))
    };
    all.iter().filter(is_due).take(args.limit.unwrap_or(usize::MAX)).collect()
}

fn tell_recovered(recovered: Recovered, ui: &Ui) {
    if recovered.queued > 0 {
        let number = count(recovered.queued, OF_LETTERS);
        ui.say(&format!(
            "Прошлая отправка была прервана; отправка {number} не была закончена, они ждут отправки снова."
        ));
    }
    if recovered.unknown > 0 {
        let number = count(recovered.unknown, LETTERS);
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
    let whom = match &args.test {
        Some(address) => format!("Для пробы на адрес {address} уйдёт {}", count(number, LETTERS)),
        None => format!("Классным руководителям уйдёт {}", count(number, LETTERS)),
    };
    let typed = ui.ask(&format!("{whom}. Чтобы отправить, наберите это число:"))?;
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
        ui.answer_json(&SendJson { letters: Vec::new(), states, tests: delivered.tests, ended })?;
    } else {
        let tests = count(delivered.tests, LETTERS);
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
fn finish(store: &Store, folder: &Path, delivered: Option<&Delivered>, ui: &Ui) -> Result<Status, CommandError> {
    let all = store.letters()?;
    let counts = rows::counts(&all);
    let tried: Vec<&StoredLetter> =
        all.iter().filter(|letter| delivered.is_some_and(|delivered| delivered.letters.contains(&letter.id))).collect();
    let ended = delivered.and_then(|delivered| ended_words(&delivered.ended));
    if ui.wants_json() {
        ui.answer_json(&SendJson {
            letters: tried.iter().map(|letter| rows::json(letter)).collect(),
            states: counts.iter().map(|(state, number)| (state.id(), *number)).collect(),
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
            let when = later.map(|at| format!(" (отложенные сервером — не раньше {})", time_words(at)));
            ui.answer(&format!(
                "Ждёт отправки: {}{}. Продолжить: zavuch письма отправить \"{shown}\"\n",
                count(queued.len(), LETTERS),
                when.unwrap_or_default()
            ));
        }
        ui.answer(&rows::advice(&counts, &shown));
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
            format!("Продолжите после {}: отправленное второй раз не уйдёт.", time_words(*at)),
        ),
        Ended::NoSpace => CommandError::world(
            "на диске почти нет места; отправка остановлена, чтобы не потерять записи о ней.",
            "Освободите место и запустите ту же команду ещё раз.",
        ),
        Ended::Store(error) => CommandError::world(format!("{error}."), error.advice()),
    })
}

fn time_words(at: Timestamp) -> String {
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
