//! `status`: where the move stands. Reads the store and the settings only, never the tables; writes nothing but the files it
//! is asked for.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serialize;

use super::args::StatusArgs;
use super::clock;
use super::error::CommandError;
use super::planning::Known;
use super::remembered::Remembered;
use super::status_file::{Form, StatusFile};
use super::ui::Ui;
use crate::report::{
    Letters, Names, SchoolLine, Status, StatusInputs, school_table, status, status_page, status_text, status_workbook,
    work_list,
};
use crate::school::{ChatKey, ClassName, LinkMode, LinkStanding, Noun, Piece, SchoolYear, count};
use crate::store::{LetterState, Store};
use crate::workspace::Workspace;

/// More than so many lines of work are not read on a terminal.
const LISTED: usize = 25;

/// A school among several.
#[derive(Serialize)]
struct SchoolJson<'a> {
    folder: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'a Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a str>,
}

/// Runs the command.
pub(crate) fn run(args: &StatusArgs, ui: &Ui) -> Result<(), CommandError> {
    let date = args.date.unwrap_or_else(clock::today);
    let names = if args.with_names { Names::With } else { Names::Without };
    if args.folders.len() > 1 {
        if args.xlsx.is_some() || args.html.is_some() {
            return Err(CommandError::usage(
                "таблица и страница составляются по одной школе.",
                "Назовите одну рабочую папку.",
            ));
        }
        return several(&args.folders, date, names, ui);
    }
    let here = PathBuf::from(".");
    let folder = args.folders.first().unwrap_or(&here);
    // The files first: a bad name must not cost the work.
    let file =
        |path: &Option<PathBuf>, form| path.as_deref().map(|path| StatusFile::at(path, folder, form)).transpose();
    let (xlsx, html) = (file(&args.xlsx, Form::Workbook)?, file(&args.html, Form::Page)?);
    let status = of(folder, date, names)?;
    if let Some(file) = &xlsx {
        file.write(&status_workbook(&status)?)?;
    }
    if let Some(file) = &html {
        file.write(status_page(&status)?.as_bytes())?;
    }
    if ui.wants_json() {
        return ui.answer_json(&status);
    }
    let written: Vec<String> =
        [&xlsx, &html].into_iter().flatten().map(|file| file.path().display().to_string()).collect();
    if written.is_empty() {
        ui.answer(&status_text(&status, ui.width()));
        ui.answer(&work_list(&status, ui.width(), LISTED));
        return Ok(());
    }
    let whose = if args.with_names {
        " В них имена детей и родителей: не пересылайте их посторонним."
    } else {
        ""
    };
    ui.answer(&format!("Записано: {}.{whose}\n", written.join(", ")));
    Ok(())
}

/// A row per school. Whatever is there and no folder of a school is passed over; what is not there is told.
fn several(folders: &[PathBuf], date: Date, names: Names, ui: &Ui) -> Result<(), CommandError> {
    let is_school = |path: &&PathBuf| !path.exists() || (path.is_dir() && Workspace::open(path).is_ok());
    let schools: Vec<&PathBuf> = folders.iter().filter(is_school).collect();
    if schools.is_empty() {
        return Err(CommandError::usage(
            "среди названного нет ни одной рабочей папки школы.",
            "В папке школы лежит zavuch.toml.",
        ));
    }
    let line = |folder: &&PathBuf| SchoolLine {
        folder: folder.display().to_string(),
        status: if folder.exists() {
            of(folder, date, names).map_err(|error| error.error)
        } else {
            Err("такой папки нет.".to_owned())
        },
    };
    let lines: Vec<SchoolLine> = schools.par_iter().map(line).collect();
    if ui.wants_json() {
        let json = |line: &'_ SchoolLine| -> (String, Option<Status>, Option<String>) {
            (line.folder.clone(), line.status.as_ref().ok().cloned(), line.status.as_ref().err().cloned())
        };
        let owned: Vec<_> = lines.iter().map(json).collect();
        let shown: Vec<SchoolJson<'_>> = owned
            .iter()
            .map(|(folder, status, error)| SchoolJson { folder, status: status.as_ref(), error: error.as_deref() })
            .collect();
        ui.answer_json(&shown)?;
    } else {
        ui.answer(&school_table(&lines, ui.width()));
    }
    let failed = lines.iter().filter(|line| line.status.is_err()).count();
    if failed == 0 {
        return Ok(());
    }
    let of = count(lines.len(), Noun::new("школы", "школ", "школ"));
    let hint = "Почему, сказано у каждой; состояние остальных показано.";
    Err(CommandError::world(format!("не показано состояние {failed} из {of}."), hint))
}

/// Where a school stands on a day, as of its last run; what reminders are made from, too.
///
/// # Errors
/// When nothing was recorded yet, or the store or the settings cannot be read.
pub(crate) fn of(folder: &Path, date: Date, names: Names) -> Result<Status, CommandError> {
    let workspace = super::data::workspace(folder)?;
    let Some(store) = Store::read(workspace.root())? else {
        return Err(super::remembered::nothing_recorded(&workspace));
    };
    let school = Remembered::of(workspace, &store)?;
    let rolls = store.rolls()?;
    let mut links = Known::default();
    links.remember_links(store.links()?);
    let papers = papers(&school, &store, &links.standings)?;
    let letters = if school.settings.mail.server.is_some() { letters(&store)? } else { BTreeMap::new() };
    let year = SchoolYear::of(date);
    Ok(status(&StatusInputs {
        school: &school.settings.school,
        state: &school.state,
        standings: &links.standings,
        papers: &papers,
        signers: &school.signers,
        signatures: &school.signatures,
        rolls: &rolls,
        letters: &letters,
        deadlines: school.settings.deadlines.since(year.first_day()),
        date,
        as_of: school.last_run,
        names,
    }))
}

/// The letters of each class that were not cancelled.
fn letters(store: &Store) -> Result<BTreeMap<ClassName, Letters>, CommandError> {
    let mut letters = BTreeMap::<ClassName, Letters>::new();
    for letter in store.letters()?.into_iter().filter(|letter| letter.state != LetterState::Cancelled) {
        let of = letters.entry(letter.class).or_default();
        *match letter.state {
            LetterState::Sent => &mut of.sent,
            LetterState::Queued | LetterState::Attempt | LetterState::Cancelled => &mut of.waiting,
            LetterState::Held => &mut of.held,
            LetterState::Failed => &mut of.failed,
            LetterState::Dot | LetterState::Unknown => &mut of.unknown,
        } += 1;
    }
    Ok(letters)
}

/// Since when the papers that hold carry the address of each chat.
fn papers(
    school: &Remembered,
    store: &Store,
    standings: &BTreeMap<ChatKey, LinkStanding>,
) -> Result<BTreeMap<ChatKey, Date>, CommandError> {
    let short: BTreeMap<ChatKey, Date> = match school.settings.links.mode {
        LinkMode::Direct => BTreeMap::new(),
        LinkMode::Short(_) => store.short_links()?.into_iter().filter_map(|one| Some((one.chat?, one.since))).collect(),
    };
    let mut papers = BTreeMap::new();
    for id in school.state.papers.keys() {
        let (Piece::Poster { chat } | Piece::Slip { chat, .. }) = &id.piece else { continue };
        if papers.contains_key(chat) {
            continue;
        }
        let since = match (&school.settings.links.mode, standings.get(chat)) {
            (LinkMode::Direct, Some(LinkStanding::Active { since, .. })) => Some(*since),
            (LinkMode::Direct, _) => None,
            (LinkMode::Short(_), _) => short.get(chat).copied(),
        };
        papers.extend(since.map(|since| (chat.clone(), since)));
    }
    Ok(papers)
}
