//! `links import`: takes in what people sent back, any number of files in any order.
//!
//! Everything is read and judged together; what is right is taken even where something else is wrong. The links wait in the
//! store for the next `apply`, and stand in the register at once. The same files once more change nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Serialize;

use super::School;
use crate::cli::args::LinksImportArgs;
use crate::cli::error::CommandError;
use crate::cli::issues::{self, IssueJson};
use crate::cli::progress_of_chats::is_of_chat;
use crate::cli::register_file;
use crate::cli::site::{Pages, Refreshed, given};
use crate::cli::ui::Ui;
use crate::cli::{clock, data, job, limits};
use crate::links::{Intake, Outcome, Remembered, Verdict, intake, read_returned};
use crate::report::{AnswerLine, answer_list};
use crate::school::{Chat, ChatKey, ChatLinks, Issue, LinkMode, LinkState, LinkUrl, Noun, Severity, count};
use crate::store::{Receipt, RunInfo, Store};
use crate::tables::Source;
use crate::workspace::Workspace;

#[derive(Serialize)]
struct ImportJson<'a> {
    answers: Vec<AnswerJson<'a>>,
    new: usize,
    same: usize,
    replaced: usize,
    outdated: usize,
    refused: usize,
    /// The folders of the site that are to be put on it again.
    sites: Vec<String>,
    /// What is wrong with the files.
    issues: Vec<IssueJson<'a>>,
}

#[derive(Serialize)]
struct AnswerJson<'a> {
    place: String,
    chat: Option<&'a ChatKey>,
    title: Option<&'a str>,
    outcome: &'static str,
    why: Option<&'a str>,
    advice: Option<&'a str>,
    /// Whom to ask.
    whom: Option<String>,
    /// What was mended.
    remarks: Vec<String>,
    /// How many papers are void as soon as the link is printed.
    void_papers: usize,
}

/// Runs the command.
pub(crate) fn run(args: &LinksImportArgs, ui: &Ui) -> Result<(), CommandError> {
    let date = args.date.unwrap_or_else(clock::today);
    let folder = args.folder();
    let workspace = data::workspace(&folder)?;
    let _lock = job::lock(&workspace)?;
    let school = School::read(&folder, date)?;
    school.refuse_past_year()?;
    limits::permit_date(args.date, &school.known)?;
    let School { workspace, data, known } = &school;
    let chats: Vec<&Chat> = data.plan.chats().collect();
    let sources = sources(&args.files(), workspace)?;
    let read = read_returned(&sources, &chats, data.settings.regulation.platform, known.school_year);

    // The links of now: those that are recorded, and those that stand rightly in the register.
    let ready = |chat: &&&Chat| Some((chat.key.clone(), data.links.ready(&chat.key)?.clone()));
    let current: BTreeMap<ChatKey, LinkUrl> = chats.iter().filter_map(|chat| ready(&chat)).collect();
    let before = data.past.state(known);
    let owners = data.past.owners(known);
    let remembered = Remembered {
        active: &before.links,
        received: &data.past.of_chats(known, &known.received),
        standings: &data.past.of_chats(known, &known.standings),
        void: &known.void_links,
        replaced: &known.replaced_links,
        elsewhere: &known.elsewhere,
        owners: &owners,
        forgotten: &known.forgotten_links,
        titles: &data.past.titles(known),
    };
    let taken = intake(&read.value, &current, remembered);
    let after = after(&school, &taken);
    let site = take(&school, &taken, &after, date)?;
    let register = register_file::bring_up(workspace, data, &after, &known.void_links)?;

    let void = |verdict: &Verdict<'_>| match (&verdict.outcome, verdict.chat, &data.settings.links.mode) {
        (Outcome::Replaces, Some(chat), LinkMode::Direct) if before.links.contains_key(&chat.key) => {
            before.papers.keys().filter(|id| is_of_chat(&id.piece, &chat.key)).count()
        }
        _ => 0,
    };
    if ui.wants_json() {
        ui.answer_json(&ImportJson { sites: site.folders(), ..json(&taken, &void, &read.issues) })?;
    } else {
        show(&taken, &void, &read.issues, &data.settings.links.mode, ui);
        ui.answer(register.words());
        ui.answer(&site.words());
        let is_doubtful = |one: &Verdict<'_>| match (&one.outcome, one.chat) {
            (Outcome::Replaces, _) => true,
            (Outcome::Outdated, Some(chat)) => known.received.contains_key(&chat.key),
            _ => false,
        };
        if taken.verdicts.iter().any(is_doubtful) {
            ui.say(&format!(
                "\nЕсли новая ссылка прислана по ошибке, прежнюю вернёт: zavuch ссылки вернуть ЧАТ \"{}\"",
                folder.display()
            ));
        }
        if !taken.links.is_empty() {
            let news = taken.verdicts.iter().any(|one| matches!(one.outcome, Outcome::New | Outcome::Replaces));
            if news {
                ui.say(&format!("\nБумаги с новыми ссылками выпустит: zavuch применить \"{}\"", folder.display()));
            }
        }
    }
    wrong(&taken, &read.issues)
}

/// The files that were named. A folder stands for the files in it.
fn sources(files: &[std::path::PathBuf], workspace: &Workspace) -> Result<Vec<Source>, CommandError> {
    let mut sources = Vec::new();
    for path in files {
        if path.is_dir() {
            let listed = crate::workspace::lists(path);
            if let Some(issue) = listed.issues.into_iter().find(|_| listed.value.is_empty()) {
                if std::fs::read_dir(path).is_ok() {
                    return Err(CommandError::usage(
                        format!("в папке «{}» нет файлов, которые можно принять.", path.display()),
                        "Сохраните в неё присланные таблицы и тексты или назовите другую папку.",
                    ));
                }
                return Err(CommandError::inputs(vec![issue], "папку не прочитать; ничего не записано.", ""));
            }
            sources.extend(listed.value);
        } else {
            sources.push(Source { path: path.clone(), label: path.display().to_string() });
        }
    }
    let register = workspace.inputs().value.links;
    let is_register = |source: &Source| {
        let same = |one: &Path, other: &Path| {
            one.canonicalize().ok().is_some_and(|one| other.canonicalize().ok() == Some(one))
        };
        register.as_ref().is_some_and(|register| same(&register.path, &source.path))
    };
    // What stands in the register is read by every command.
    sources.retain(|source| !is_register(source));
    if sources.is_empty() && files.is_empty() {
        return Err(CommandError::usage(
            "не сказано, какие файлы принять.",
            "Назовите присланные таблицы и тексты: zavuch ссылки принять школа присланное/*.xlsx",
        ));
    }
    Ok(sources)
}

/// The links as the register is to show them.
fn after(school: &School, taken: &Intake<'_>) -> ChatLinks {
    let School { data, known, .. } = school;
    let mut after = data.links.clone();
    for (chat, link) in &taken.links {
        after.set(chat.clone(), LinkState::Ready(link.clone()));
    }
    for chat in data.plan.chats() {
        let recorded = data.past.state(known).progress.get(&chat.key).copied().unwrap_or_default();
        let told = recorded.then(data.links.progress(&chat.key));
        after.set_progress(chat.key.clone(), told.and(taken.progress.get(&chat.key).copied().unwrap_or_default()));
    }
    after
}

/// Records what is taken. The pages of the site come first: none of them may lead to a link that is void.
fn take(
    school: &School,
    taken: &Intake<'_>,
    after: &ChatLinks,
    date: jiff::civil::Date,
) -> Result<Refreshed, CommandError> {
    let School { workspace, data, known } = school;
    let before = data.past.state(known);
    let mut links = before.links.clone();
    links.extend(data.past.of_chats(known, &known.received).iter().map(|(key, link)| (key.clone(), link.clone())));
    links.extend(taken.links.iter().map(|(key, link)| (key.clone(), link.clone())));
    let pages = Pages {
        chats: &before.chats,
        links,
        short: &before.short,
        standings: data.past.of_chats(known, &known.standings).into_owned(),
        given: given(data, known),
    };
    let site = pages.refresh(workspace, data, known)?;
    // A day that was not told is today.
    let told = |(chat, _): (&ChatKey, _)| {
        let recorded = before.progress.get(chat).copied().unwrap_or_default();
        let now = after.progress(chat).dated(date);
        (now != recorded && !now.is_empty()).then(|| (chat.clone(), now))
    };
    let progress = taken.progress.iter().filter_map(told).collect();
    let is_news = |(chat, link): &(&ChatKey, &LinkUrl)| {
        let received = known.received.get(*chat);
        received.or(before.links.get(*chat)) != Some(*link)
    };
    let news: BTreeMap<ChatKey, LinkUrl> =
        taken.links.iter().filter(is_news).map(|(chat, link)| (chat.clone(), link.clone())).collect();
    let progress: BTreeMap<_, _> = progress;
    if !news.is_empty() || !progress.is_empty() {
        let run = RunInfo { date, at: clock::now() };
        Store::open(workspace.root())?.receive(&Receipt { run, links: &news, progress: &progress })?;
    }
    Ok(site)
}

fn number(taken: &Intake<'_>, wanted: impl Fn(&Outcome) -> bool) -> usize {
    taken.verdicts.iter().filter(|verdict| wanted(&verdict.outcome)).count()
}

fn json<'a>(taken: &'a Intake<'a>, void: &dyn Fn(&Verdict<'_>) -> usize, issues: &'a [Issue]) -> ImportJson<'a> {
    let answer = |verdict: &'a Verdict<'a>| {
        let Verdict { place, chat, whom, outcome, remarks } = verdict;
        let (why, advice) = match outcome {
            Outcome::Refused { why, advice } => (Some(why.as_str()), Some(advice.as_str())),
            _ => (None, None),
        };
        AnswerJson {
            place: place.to_string(),
            chat: chat.map(|chat| &chat.key),
            title: chat.map(|chat| chat.title.as_str()),
            outcome: outcome.id(),
            why,
            advice,
            whom: whom.map(ToString::to_string),
            remarks: remarks.iter().map(ToString::to_string).collect(),
            void_papers: void(verdict),
        }
    };
    ImportJson {
        answers: taken.verdicts.iter().map(answer).collect(),
        new: number(taken, |outcome| *outcome == Outcome::New),
        same: number(taken, |outcome| *outcome == Outcome::Same),
        replaced: number(taken, |outcome| *outcome == Outcome::Replaces),
        outdated: number(taken, |outcome| *outcome == Outcome::Outdated),
        refused: number(taken, |outcome| matches!(outcome, Outcome::Refused { .. })),
        sites: Vec::new(),
        issues: issues::json(issues),
    }
}

const PAPERS: Noun = Noun::new("бумага", "бумаги", "бумаг");
const LINKS: Noun = Noun::new("ссылка", "ссылки", "ссылок");

fn show(taken: &Intake<'_>, void: &dyn Fn(&Verdict<'_>) -> usize, issues: &[Issue], mode: &LinkMode, ui: &Ui) {
    let line = |verdict: &Verdict<'_>| {
        let mut words = Vec::new();
        if let Outcome::Refused { why, advice } = &verdict.outcome {
            words.push(format!("{why}."));
            words.push(advice.clone());
            words.extend(verdict.whom.map(|whom| format!("Кого спросить: {whom}.")));
        }
        match void(verdict) {
            0 if verdict.outcome == Outcome::Replaces && *mode != LinkMode::Direct => {
                words.push("Бумаги остаются: на них адрес сайта школы.".to_owned());
            }
            0 => {}
            number => words.push(format!("С новой ссылкой перестанут действовать: {}.", count(number, PAPERS))),
        }
        if !verdict.remarks.is_empty() {
            let remarks: Vec<String> = verdict.remarks.iter().map(ToString::to_string).collect();
            words.push(format!("{}.", remarks.join("; ")));
        }
        AnswerLine {
            place: verdict.place.to_string(),
            chat: verdict.chat.map(|chat| chat.title.to_string()).unwrap_or_default(),
            outcome: verdict.outcome.words(),
            words,
        }
    };
    // What is the same needs no line of its own.
    let told: Vec<AnswerLine> = taken
        .verdicts
        .iter()
        .filter(|verdict| verdict.outcome != Outcome::Same || verdict.remarks.iter().any(|remark| remark.is_doubt()))
        .map(line)
        .collect();
    ui.answer(&answer_list(&told));
    let each = [
        ("новых", number(taken, |outcome| *outcome == Outcome::New)),
        ("вместо прежних", number(taken, |outcome| *outcome == Outcome::Replaces)),
        ("тех же", number(taken, |outcome| *outcome == Outcome::Same)),
        ("уже заменённых", number(taken, |outcome| *outcome == Outcome::Outdated)),
        ("не принято", number(taken, |outcome| matches!(outcome, Outcome::Refused { .. }))),
    ];
    let each: Vec<String> =
        each.iter().filter(|(_, number)| *number > 0).map(|(words, number)| format!("{words} — {number}")).collect();
    if each.is_empty() {
        ui.answer("Ссылок не прислали.\n");
    } else {
        ui.answer(&format!("Прислано: {}.\n", each.join(", ")));
    }
    if !issues.is_empty() {
        ui.say(&format!("\n{}", issues::list(issues)));
    }
}

/// What was not taken makes the call fail; the rest is recorded.
fn wrong(taken: &Intake<'_>, issues: &[Issue]) -> Result<(), CommandError> {
    let refused = number(taken, |outcome| matches!(outcome, Outcome::Refused { .. }));
    let files: BTreeSet<&str> =
        issues.iter().filter(|issue| issue.severity() == Severity::Error).map(|issue| &*issue.place.file).collect();
    let mut what = Vec::new();
    if refused > 0 {
        what.push(format!("не принято: {}", count(refused, LINKS)));
    }
    if !files.is_empty() {
        what.push(format!("не прочитано: {}", count(files.len(), Noun::new("файл", "файла", "файлов"))));
    }
    if what.is_empty() {
        return Ok(());
    }
    Err(CommandError::inputs(
        Vec::new(),
        format!("{}. Всё остальное принято.", what.join(", ")),
        "Спросите тех, кто назван выше, и примите их ответ той же командой: принятое второй раз ничего не изменит.",
    ))
}
