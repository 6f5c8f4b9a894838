//! The speed of the stages and of the whole: a school of 1000 pupils in 40 classes, all papers and letters.
//!
//! `cargo bench` prints a table for README.md: the median of several runs of each stage, on one core and on all, and the
//! whole program with its peak memory (Linux). A stage's share is of the sum of stages on one core.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::expect_used, reason = "a benchmark that cannot run has no figures")]

#[path = "generate.rs"]
#[expect(dead_code, reason = "the long class list is for another benchmark")]
mod generate;

use std::cell::Cell;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jiff::civil::{Date, date};
use rayon::prelude::*;
use zavuch::links;
use zavuch::mail::{self, Enclosure, FileForm, LetterContent, LetterTemplates, Occasion, Recipient, Sender};
use zavuch::papers::{self, ChatSheet, ClassPapers, MemoFacts, Paper, PieceContent, WholeSchool, Wording};
use zavuch::plan::{self, ChatPlan, ClassPlan, pinned_rules};
use zavuch::roster;
use zavuch::school::{
    Chat, ChatLinks, Edition, Editions, Groups, PersonId, Roster, SchoolYear, Service, Settings, Staff, TeachingLoad,
};
use zavuch::workspace::{Inputs, SETTINGS, Templates, Workspace, read_settings};

const CLASSES: usize = 40;
const PUPILS: usize = 1000;
const RUNS: usize = 7;
const ISSUED: Date = date(2026, 9, 1);

/// The tables as they were read.
struct Tables {
    roster: Roster,
    staff: Staff,
    load: TeachingLoad,
}

/// What papers and letters are made from.
struct School {
    settings: Settings,
    roster: Roster,
    plan: ChatPlan,
    links: ChatLinks,
    wording: Wording,
}

fn main() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    generate::workspace(folder.path(), CLASSES, PUPILS).expect("a school");
    let workspace = Workspace::open(folder.path()).expect("a workspace");
    let settings = read_settings(&workspace.settings_text().expect("settings"), SETTINGS, &Templates::default());
    let settings = settings.value.expect("settings");
    let inputs = workspace.inputs().value;

    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let all = rayon::ThreadPoolBuilder::new().num_threads(cores).build().expect("a pool");

    let mut rows = Vec::new();
    let mut stage = |name: &'static str, work: &(dyn Fn() + Sync)| {
        rows.push((name, median(|| one.install(work)), median(|| all.install(work))));
    };
    stage("reading the tables", &|| drop(tables(&inputs)));
    let mut read = tables(&inputs);
    let pupils = read.roster.classes.values_mut().flat_map(|class| &mut class.students);
    pupils.zip(1_u128..).for_each(|(pupil, number)| pupil.id = Some(PersonId::of_bytes(number.to_be_bytes())));
    stage("planning the chats", &|| drop(planned(&settings, &read)));
    let plan = planned(&settings, &read);
    stage("reading and judging the links", &|| drop(judged(&settings, &inputs, &plan)));
    let links = judged(&settings, &inputs, &plan);
    let wording = Wording::built_in().expect("the words");
    let school = School { settings, roster: read.roster, plan, links, wording };
    stage("posters", &|| school.each(|class| school.papers(class, papers::posters)));
    stage("slips", &|| school.each(|class| school.papers(class, papers::slips)));
    stage("acknowledgement forms", &|| school.each(|class| school.papers(class, papers::acknowledgement_form)));
    stage("moderators' memos", &|| school.each(|class| school.memo(class)));
    stage("fingerprints of all pieces", &|| school.each(|class| school.pieces(class)));
    let made: Vec<Vec<Paper>> = school.plan.classes.iter().map(|class| school.all(class)).collect();
    stage("letters", &|| {
        let classes = school.plan.classes.par_iter().zip(&made);
        classes.for_each(|(class, papers)| drop(school.letter(class, papers)));
    });

    let files: usize = made.iter().map(Vec::len).sum();
    let pages: usize = made.iter().flatten().map(|paper| paper.pages).sum();
    let bytes: usize = made.iter().flatten().map(|paper| paper.bytes.len()).sum();
    let total: Duration = rows.iter().map(|(_, one, _)| *one).sum();
    println!(
        "{PUPILS} pupils, {CLASSES} classes, {} chats: {files} PDF files of the classes, {pages} pages, {:.1} MB\n",
        school.plan.chats().count(),
        bytes as f64 / 1e6
    );
    println!("| stage | one core, ms | share | {cores} cores, ms |");
    println!("| --- | ---: | ---: | ---: |");
    for (name, one, all) in &rows {
        let share = 100.0 * one.as_secs_f64() / total.as_secs_f64();
        println!("| {name} | {:.0} | {share:.0} % | {:.0} |", milliseconds(*one), milliseconds(*all));
    }
    whole(folder.path(), cores);
}

/// The median time of several runs, after one that is not counted.
fn median(work: impl Fn()) -> Duration {
    work();
    let mut times: Vec<_> = (0..RUNS).map(|_| timed(&work)).collect();
    times.sort();
    times[RUNS / 2]
}

fn timed(work: impl Fn()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn tables(inputs: &Inputs) -> Tables {
    let source = |source: &Option<zavuch::tables::Source>| source.clone().expect("the table");
    Tables {
        roster: roster::read(&inputs.rosters, &roster::ColumnWords::default(), ISSUED).value,
        staff: roster::read_staff(&source(&inputs.staff)).value,
        load: roster::read_load(&source(&inputs.load)).value,
    }
}

fn planned(settings: &Settings, tables: &Tables) -> ChatPlan {
    let Tables { roster, staff, load } = tables;
    let groups = Groups::default();
    let (before, departed, homerooms) = Default::default();
    let inputs = plan::Inputs {
        settings,
        roster,
        staff,
        load,
        groups: &groups,
        before: &before,
        departed: &departed,
        homerooms: &homerooms,
    };
    plan::plan(&inputs, SchoolYear::of(ISSUED)).value
}

fn judged(settings: &Settings, inputs: &Inputs, plan: &ChatPlan) -> ChatLinks {
    let source = inputs.links.as_ref().expect("the register");
    links::read_register(source, &plan.chats().collect::<Vec<_>>(), settings.regulation.platform).value
}

impl School {
    fn each<T>(&self, work: impl Fn(&ClassPlan) -> T + Sync) {
        self.plan.classes.par_iter().for_each(|class| drop(work(class)));
    }

    fn of_class<T>(&self, class: &ClassPlan, make: impl Fn(&ClassPapers<'_>) -> T) -> T {
        let sheet = |chat| ChatSheet { chat, link: self.links.ready(&chat.key) };
        let chats: Vec<_> = class.chats.iter().map(sheet).collect();
        make(&ClassPapers {
            school: &self.settings.school,
            regulation: &self.settings.regulation,
            settings: &self.settings.papers,
            wording: &self.wording,
            class: self.roster.classes.get(&class.name),
            homeroom: class.homeroom.as_ref(),
            chats: &chats,
            editions: &Editions::all(edition()),
            whole_school: WholeSchool::default(),
        })
    }

    fn papers(
        &self,
        class: &ClassPlan,
        make: impl Fn(&ClassPapers<'_>) -> Result<Option<Paper>, papers::PaperError>,
    ) -> Option<Paper> {
        self.of_class(class, |papers| make(papers).expect("a paper"))
    }

    fn memo(&self, class: &ClassPlan) -> Option<Paper> {
        let pinned = |chat: &Chat| pinned_rules(&self.settings.regulation, chat);
        let facts = MemoFacts { deadlines: &self.settings.deadlines, pinned: &pinned };
        self.papers(class, |papers| papers::moderator_memo(papers, &facts))
    }

    fn announcements(&self, class: &ClassPlan) -> Option<Paper> {
        let pinned = |chat: &Chat| pinned_rules(&self.settings.regulation, chat);
        let facts = MemoFacts { deadlines: &self.settings.deadlines, pinned: &pinned };
        self.papers(class, |papers| papers::announcements(papers, &facts))
    }

    fn pieces(&self, class: &ClassPlan) -> Vec<PieceContent> {
        let pinned = |chat: &Chat| pinned_rules(&self.settings.regulation, chat);
        let facts = MemoFacts { deadlines: &self.settings.deadlines, pinned: &pinned };
        self.of_class(class, |papers| papers::pieces(papers, &facts))
    }

    fn all(&self, class: &ClassPlan) -> Vec<Paper> {
        let papers = [
            self.papers(class, papers::posters),
            self.papers(class, papers::slips),
            self.papers(class, papers::acknowledgement_form),
            self.memo(class),
            self.papers(class, papers::violation_log),
            self.papers(class, papers::rules_sheets),
            self.papers(class, papers::consents),
            self.announcements(class),
        ];
        papers.into_iter().flatten().collect()
    }

    fn letter(&self, class: &ClassPlan, papers: &[Paper]) -> mail::Letter {
        let enclosure = |paper: &Paper| Enclosure {
            file_name: paper.file_name.clone(),
            kind: paper.kind.purpose().to_owned(),
            form: FileForm::Pdf { pages: paper.pages },
            bytes: paper.bytes.clone(),
        };
        let content = LetterContent {
            school: &self.settings.school,
            occasion: Occasion::First,
            service: Service::of_links([], self.settings.regulation.platform),
            class: &class.name,
            to: class.homeroom.as_ref().and_then(Recipient::of).expect("an address"),
            from: Sender::of(&self.settings.mail).expect("a sender"),
            enclosures: papers.iter().map(enclosure).collect(),
            linked: class.chats.len(),
            awaited: Vec::new(),
            deadlines: self.settings.deadlines,
            edition: edition(),
            replaces: Vec::new(),
            follows: None,
        };
        mail::compose(&content, &LetterTemplates::read(|template| template.text)).expect("a letter")
    }
}

fn edition() -> Edition {
    Edition { version: 1, issued: ISSUED }
}

/// The whole program, from the folder of tables to the folder of papers and letters.
fn whole(folder: &Path, cores: usize) {
    let first = |threads: usize| {
        // What an earlier run wrote would be compared, not written.
        let _ = std::fs::remove_dir_all(folder.join("выдача"));
        let _ = std::fs::remove_file(folder.join("zavuch.db"));
        program(folder, threads)
    };
    let middle = |run: &dyn Fn() -> Run| {
        let mut runs: Vec<_> = (0..RUNS).map(|_| run()).collect();
        runs.sort_by_key(|run| run.time);
        runs.swap_remove(RUNS / 2)
    };
    let (one, all) = (middle(&|| first(1)), middle(&|| first(cores)));
    let again = middle(&|| program(folder, cores));
    let surname = Cell::new(0);
    let changed = middle(&|| {
        surname.set(surname.get() + 1);
        rename_one(folder, surname.get());
        program(folder, cores)
    });
    let share = |run: &Run| 100.0 * run.time.as_secs_f64() / all.time.as_secs_f64();
    println!("| **the whole program** | **{:.0}** | | **{:.0}** |", milliseconds(one.time), milliseconds(all.time));
    let again = ("a second run, nothing changed", &again);
    let changed = ("a second run, one pupil has another name", &changed);
    for (name, run) in [again, changed] {
        println!("| {name} | | {:.1} % of the first | {:.0} |", share(run), milliseconds(run.time));
    }
    for (cores, run) in [(1, one), (cores, all)] {
        if let Some(peak) = run.peak {
            println!("\npeak memory of the whole program with {cores} cores: {:.0} MB", peak as f64 / 1e6);
        }
    }
}

/// Gives the first pupil of the list another surname.
fn rename_one(folder: &Path, number: u32) {
    let path = folder.join("списки").join("обучающиеся.csv");
    let text = std::fs::read_to_string(&path).expect("the list");
    let (header, rest) = text.split_once('\n').expect("a header");
    let (first, rest) = rest.split_once('\n').expect("a pupil");
    let mut cells: Vec<&str> = first.split(';').collect();
    let given = cells[1].split_once(' ').expect("a name").1;
    let letter = char::from_u32(u32::from('а') + number).expect("a letter");
    let name = format!("Нов{letter}кина {given}");
    cells[1] = &name;
    #[expect(clippy::disallowed_methods, reason = "an input of the benchmark, written before the program runs")]
    std::fs::write(&path, format!("{header}\n{}\n{rest}", cells.join(";"))).expect("written");
}

/// One run of the program.
struct Run {
    time: Duration,
    /// The largest resident memory, in bytes, where the system tells it.
    peak: Option<u64>,
}

fn program(folder: &Path, threads: usize) -> Run {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_zavuch"))
        .args(["run", "--date", "2026-09-01"])
        .arg(folder)
        .env("RAYON_NUM_THREADS", threads.to_string())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let mut peak = None;
    let status = loop {
        peak = high_water(child.id()).max(peak);
        if let Some(status) = child.try_wait().expect("the program ends") {
            break status;
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    assert!(status.success());
    Run { time: start.elapsed(), peak }
}

/// The high-water mark of a process's resident memory, in bytes (Linux).
fn high_water(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches("kB").trim().parse::<u64>().ok()? * 1024)
}
