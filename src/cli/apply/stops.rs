//! A run that is stopped at any act on the disk or at any commit, and again while it is made good: the next run ends where
//! an undisturbed one does.
//!
//! The stops are enumerated, not drawn: the acts and commits of an undisturbed run are counted, and one run is stopped at
//! each of them. `ZAVUCH_ALL_STOPS=1 cargo test --release --lib stops` stops the second run at every act, too. Two stops
//! that leave the same files and the same commits are made good once: a run knows nothing else. The schools lie in memory
//! where the system has a place for that, and what is never written in place is linked, not copied.

#![expect(clippy::disallowed_methods, reason = "tests make the files of a school")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use jiff::civil::{Date, date};
use sha2::{Digest, Sha256};

use crate::cli::data;
use crate::cli::error::CommandError;
use crate::cli::issuing::AllPapersFile;
use crate::cli::job::Job;
use crate::cli::planning::{Known, Proposal, Reprint, ReprintEdition, propose, reprint};
use crate::school::{PersonId, Piece, Progress, SchoolState, Step};
use crate::store::{Moment, Store};
use crate::workspace::{Act, faults};

/// Nobody to show progress to.
struct Silent;

impl Progress for Silent {
    fn begin(&self, _step: Step, _total: usize) {}
    fn advance(&self) {}
    fn end(&self) {}
}

/// What happens at a step and from then on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Fault {
    /// The process ends: nothing more is done, and what was under way is half done.
    Kill,
    /// The disk is full from then on.
    DiskFull,
    /// This one act is forbidden.
    Denied,
}

/// What a run came to.
pub(in crate::cli) struct Ran {
    pub(in crate::cli) result: Result<(), CommandError>,
    /// How many steps there were.
    steps: usize,
    /// What was committed, in the order of commits.
    commits: Vec<Moment>,
}

/// A run with a fault at a step, counted from 0; `usize::MAX` for none.
pub(in crate::cli) fn run(root: &Path, on: Date, fault: Fault, at: usize) -> Ran {
    let steps = Arc::new(AtomicUsize::new(0));
    let of_disk = Arc::clone(&steps);
    let onlooker = move |act: Act, path: &Path| {
        let step = of_disk.fetch_add(1, Ordering::Relaxed);
        let error = match fault {
            Fault::Kill if step >= at => ErrorKind::Interrupted,
            Fault::DiskFull if step >= at && matches!(act, Act::Remove | Act::Rename) => return Ok(()),
            Fault::DiskFull if step >= at => ErrorKind::StorageFull,
            Fault::Denied if step == at => ErrorKind::PermissionDenied,
            _ => return Ok(()),
        };
        if fault == Fault::Kill && step == at {
            leave_half(act, path);
        }
        Err(error.into())
    };
    let of_store = Arc::clone(&steps);
    let commits = Arc::new(Mutex::new(Vec::new()));
    let committed = Arc::clone(&commits);
    let watcher = move |moment: Moment| {
        if matches!(moment, Moment::AfterCommit(_)) {
            committed.lock().unwrap().push(moment);
        }
        let step = of_store.fetch_add(1, Ordering::Relaxed);
        if fault == Fault::Kill && step >= at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let result = faults::watched(onlooker, || {
        let (known, reading) = data::read(root, on)?;
        let ready = reading.ready()?;
        let mut proposal = propose(&ready.data, &known, on);
        reprint_once(root, &mut proposal, on);
        let job = Job {
            workspace: &ready.workspace,
            data: &ready.data,
            known: &known,
            proposal: &proposal,
            date: on,
            all_papers: AllPapersFile::AsItStands,
            watcher: Some(Box::new(watcher)),
        };
        let done = job.carry_out(&Silent)?;
        match done.made.failures.first() {
            Some(failure) => Err(CommandError::world(failure.reason.clone(), "")),
            None => Ok(()),
        }
    });
    let commits = commits.lock().unwrap().clone();
    Ran { result, steps: steps.load(Ordering::Relaxed), commits }
}

/// The file that has everything printed again.
const AGAIN: &str = "ещё раз";

/// Asks for a new version of all papers, where that is wanted and was not recorded yet.
fn reprint_once(root: &Path, proposal: &mut Proposal<'_>, on: Date) {
    if !root.join(AGAIN).exists() || !proposal.is_empty() {
        return;
    }
    let store = Store::read(root).unwrap().unwrap();
    if store.events_of_kinds(&["paper_renewed"]).unwrap().is_empty() {
        let papers = proposal.after.papers.keys().cloned().collect();
        let asked = Reprint { papers, edition: ReprintEdition::NewVersion, why: "испорчены".to_owned() };
        reprint(proposal, &asked, on);
    }
}

/// What a process leaves that ends in the middle of an act.
pub(in crate::cli) fn leave_half(act: Act, path: &Path) {
    match act {
        Act::Write => fs::write(path.with_file_name(".zavuch-half.tmp"), "полфайла").unwrap(),
        Act::Append => {
            let half = b"0123 \xd0";
            fs::write(path, [fs::read(path).unwrap_or_default(), half.to_vec()].concat()).unwrap();
        }
        Act::Create | Act::Rename | Act::Remove | Act::Folder => {}
    }
}

/// Texts lie beside one kind of paper; the other optional kinds would only be more of the same stops.
const FEWER: &str = "slips_per_page = 4\nrules = false\nconsents = false\nviolation_log = false";

/// A school of two classes.
pub(in crate::cli) fn school(root: &Path) {
    let folder = root.join("списки");
    fs::create_dir_all(folder).unwrap();
    let settings = include_str!("../../../samples/school-62/zavuch.toml").replace("slips_per_page = 10", FEWER);
    fs::write(root.join("zavuch.toml"), settings).unwrap();
    list(root, "5А", &["Иванов Пётр Ильич;01.02.2015", "Орлов Ян Львович;03.04.2015", "Жуков Лев Ильич;05.06.2015"]);
    list(root, "5Б", &["Котов Олег Ильич;07.08.2015", "Лисин Семён Львович;09.10.2015"]);
    staff(root, "5А", "5Б", "Кузнецова Ольга Ивановна");
    links(root, &["5А/родители A", "5А/ученики B", "5Б/родители C", "5Б/ученики D"]);
}

fn list(root: &Path, class: &str, rows: &[&str]) {
    let text = format!("ФИО;Дата рождения\n{}\n", rows.join("\n"));
    fs::write(root.join(format!("списки/{class}.csv")), text).unwrap();
}

fn staff(root: &Path, one: &str, other: &str, teacher: &str) {
    let text = format!(
        "ФИО;Должность;E-mail;Классное руководство\nПетрова Анна Львовна;учитель;petrova@example.org;{one}\n\
         {teacher};учитель;{}@example.org;{other}\n",
        teacher.chars().count()
    );
    fs::write(root.join("штат.csv"), text).unwrap();
}

fn links(root: &Path, rows: &[&str]) {
    let row = |row: &&str| {
        let (key, letter) = row.rsplit_once(' ').unwrap();
        format!("{key};https://max.ru/join/{letter}9BIx_q-7TzKdWmP3rVnYhLs5uEoGcFj2Qk8NwRtUaM\n")
    };
    let rows: String = rows.iter().map(row).collect();
    fs::write(root.join("ссылки.csv"), format!("Ключ чата;Ссылка\n{rows}")).unwrap();
}

/// One leaves, one arrives, one moves; a link is replaced; a teacher is new.
fn change(root: &Path) {
    list(root, "5А", &["Иванов Пётр Ильич;01.02.2015", "Белов Юрий Ильич;11.12.2015"]);
    list(root, "5Б", &["Котов Олег Ильич;07.08.2015", "Лисин Семён Львович;09.10.2015", "Жуков Лев Ильич;05.06.2015"]);
    staff(root, "5А", "5Б", "Новикова Вера Олеговна");
    links(root, &["5А/родители E", "5А/ученики B", "5Б/родители C", "5Б/ученики D"]);
}

/// Both classes go up.
fn new_year(root: &Path) {
    for (old, new) in [("5А", "6А"), ("5Б", "6Б")] {
        let [old, new] = [old, new].map(|class| root.join(format!("списки/{class}.csv")));
        fs::rename(old, new).unwrap();
    }
    staff(root, "6А", "6Б", "Кузнецова Ольга Ивановна");
}

/// Nothing but that all papers are wanted again.
fn print_again(root: &Path) {
    fs::write(root.join(AGAIN), "").unwrap();
}

/// Everything in «выдача» but the journal, and the tables that the program writes.
fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.join("выдача")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.file_name().unwrap() != ".опись" {
                found.insert(path.strip_prefix(root).unwrap().to_path_buf(), fs::read(&path).unwrap());
            }
        }
    }
    let tables = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    let tables = tables.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("ссылки"));
    found.extend(tables.map(|path| (path.strip_prefix(root).unwrap().to_path_buf(), fs::read(&path).unwrap())));
    found
}

/// What the store holds, without the random ids, and what is still due.
fn memory(root: &Path) -> Vec<String> {
    let Some(store) = Store::read(root).unwrap() else { return Vec::new() };
    let recorded = store.state().unwrap();
    let SchoolState { roster, staff, homerooms, chats, links, short: _, progress, old_chats: _, papers } =
        recorded.state();
    let names: BTreeMap<PersonId, String> =
        roster.students().map(|one| (one.id.unwrap(), format!("{} {}", one.class, one.name))).collect();
    let mut lines: Vec<String> = names.values().cloned().collect();
    lines.extend(staff.values().map(|one| format!("{one:?}")));
    lines.extend(homerooms.iter().map(|one| format!("{one:?}")));
    lines.extend(chats.values().map(|chat| format!("{} {} {}", chat.key, chat.title, chat.members.len())));
    lines.extend(links.iter().map(|(key, link)| format!("{key} {}", link.as_str())));
    lines.extend(progress.iter().map(|(key, progress)| format!("{key} {progress:?}")));
    lines.extend(papers.iter().map(|(id, paper)| {
        let piece = match &id.piece {
            Piece::Slip { chat, student } => format!("slip {chat} {}", names[student]),
            other => format!("{other:?}"),
        };
        format!("{:?} {piece} {:?} {} {}", id.scope, paper.edition, paper.content, paper.core)
    }));
    lines.sort();
    let known = Known::of(&store).unwrap();
    lines.push(format!("due {:?} register {:?}", known.open.keys(), recorded.register()));
    lines
}

/// A copy that shares the papers, which are written under another name and then renamed, never in place.
pub(in crate::cli) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else if path.extension().is_some_and(|extension| extension == "pdf" || extension == "eml") {
            fs::hard_link(&path, &target).unwrap();
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Everything that a run finds: the files, and what was committed instead of the store, whose ids are random.
fn found(root: &Path, commits: &[Moment]) -> Vec<u8> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(root).unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                files.push(name);
                folders.push(path);
            } else if name.starts_with("zavuch.db") {
                files.push(name);
            } else if name != ".zavuch.lock" {
                // The names of unfinished files are random.
                let name = name.split_once(".zavuch-").map_or(name.as_str(), |(folder, _)| folder);
                files.push(format!("{name} {:?}", Sha256::digest(fs::read(&path).unwrap())));
            }
        }
    }
    files.sort();
    Sha256::digest(format!("{files:?} {commits:?}")).to_vec()
}

/// A folder that is gone with the test: in memory where the system has a place for that, because every run has the disk
/// confirm each commit.
pub(in crate::cli) fn scratch() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// One thread, so that the order of the acts is always the same.
fn alone(work: impl FnOnce() + Send) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().unwrap();
    pool.install(work);
}

/// A school before a change, and what an undisturbed run makes of it.
struct Trial {
    scratch: tempfile::TempDir,
    on: Date,
    before: BTreeMap<PathBuf, Vec<u8>>,
    files: BTreeMap<PathBuf, Vec<u8>>,
    memory: Vec<String>,
    steps: usize,
}

impl Trial {
    fn new(is_first: bool, change: fn(&Path), on: Date) -> Self {
        let scratch = scratch();
        let begin = scratch.path().join("начало");
        school(&begin);
        if !is_first {
            run(&begin, date(2026, 9, 1), Fault::Kill, usize::MAX).result.unwrap();
        }
        change(&begin);
        let before = files(&begin);
        let end = scratch.path().join("конец");
        copy(&begin, &end);
        let Ran { result, steps, .. } = run(&end, on, Fault::Kill, usize::MAX);
        result.unwrap();
        assert!(steps > 20, "{steps}");
        let (files, memory) = (files(&end), memory(&end));
        assert!(memory.last().unwrap().starts_with("due [] register Current"), "{:?}", memory.last());
        Self { scratch, on, before, files, memory, steps }
    }

    /// A fresh copy of the beginning.
    fn begin(&self) -> PathBuf {
        let root = self.scratch.path().join("проба");
        let _ = fs::remove_dir_all(&root);
        copy(&self.scratch.path().join("начало"), &root);
        root
    }

    /// Every file is the old one or the new one.
    fn check_whole(&self, root: &Path, context: &str) {
        for (name, bytes) in files(root) {
            if name.file_name().unwrap().to_string_lossy().starts_with(".zavuch-") {
                continue;
            }
            let is_known = [&self.before, &self.files].into_iter().any(|files| files.values().any(|one| *one == bytes));
            assert!(is_known, "{} is half written, {context}", name.display());
        }
    }

    fn check_end(&self, root: &Path, context: &str) {
        let Ran { result, .. } = run(root, self.on, Fault::Kill, usize::MAX);
        result.unwrap_or_else(|error| panic!("{context}: {}", error.error));
        let made = files(root);
        let names = |files: &BTreeMap<PathBuf, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&made), names(&self.files), "{context}");
        for (name, bytes) in &made {
            assert!(*bytes == self.files[name], "{} differs, {context}", name.display());
        }
        assert_eq!(memory(root), self.memory, "{context}");
        let Ran { result, .. } = run(root, self.on, Fault::Kill, usize::MAX);
        assert!(result.is_ok() && files(root) == made, "{context}: and again");
    }

    /// Kills at every step, and in the recovery at every `stride`th, each time another one.
    fn kill_everywhere(&self, stride: usize) {
        let mut made_good = BTreeSet::new();
        for at in 0..self.steps {
            let root = self.begin();
            let Ran { result, commits, .. } = run(&root, self.on, Fault::Kill, at);
            assert!(result.is_err(), "a killed run at {at} says that all is well");
            self.check_whole(&root, &format!("killed at {at}"));
            let is_new = made_good.insert(found(&root, &commits));
            if !is_new && stride == 1 {
                continue;
            }
            let killed = self.scratch.path().join("прервано");
            let _ = fs::remove_dir_all(&killed);
            copy(&root, &killed);
            self.check_end(&root, &format!("killed at {at}"));
            for again in (at % stride..).step_by(stride) {
                let _ = fs::remove_dir_all(&root);
                copy(&killed, &root);
                let recovery = run(&root, self.on, Fault::Kill, again);
                if recovery.steps <= again {
                    break;
                }
                let context = format!("killed at {at} and in the recovery at {again}");
                self.check_whole(&root, &context);
                if made_good.insert(found(&root, &[commits.clone(), recovery.commits].concat())) {
                    self.check_end(&root, &context);
                }
            }
        }
    }

    /// Has the disk fail at every act.
    fn fail_everywhere(&self, fault: Fault, words: &str) {
        let mut failed = 0;
        for at in 0..self.steps {
            let root = self.begin();
            let Ran { result, .. } = run(&root, self.on, fault, at);
            let context = format!("{fault:?} at {at}");
            if let Err(error) = result {
                failed += 1;
                assert!(
                    error.error.contains("не удалось") && error.error.contains(words),
                    "{context}: {}",
                    error.error
                );
            }
            self.check_whole(&root, &context);
            self.check_end(&root, &context);
        }
        assert!(failed * 2 > self.steps, "{failed} of {}", self.steps);
    }
}

fn stride(usual: usize) -> usize {
    if std::env::var_os("ZAVUCH_ALL_STOPS").is_some() { 1 } else { usual }
}

#[test]
fn a_first_run_is_killed_at_every_step() {
    alone(|| Trial::new(true, |_| {}, date(2026, 9, 1)).kill_everywhere(stride(23)));
}

#[test]
fn a_change_is_killed_at_every_step() {
    alone(|| Trial::new(false, change, date(2026, 9, 8)).kill_everywhere(stride(17)));
}

#[test]
fn a_reprint_is_killed_at_every_step() {
    alone(|| Trial::new(false, print_again, date(2026, 9, 8)).kill_everywhere(stride(17)));
}

#[test]
fn a_new_school_year_is_killed_at_every_step() {
    alone(|| Trial::new(false, new_year, date(2027, 8, 25)).kill_everywhere(stride(23)));
}

#[test]
fn the_disk_is_full_at_every_act() {
    alone(|| Trial::new(false, change, date(2026, 9, 8)).fail_everywhere(Fault::DiskFull, "на диске нет места"));
}

#[test]
fn every_act_is_forbidden_once() {
    alone(|| Trial::new(false, change, date(2026, 9, 8)).fail_everywhere(Fault::Denied, "нет прав на запись"));
}
