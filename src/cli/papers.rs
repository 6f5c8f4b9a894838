//! `papers`: prints papers again, as a plain copy or as a new version, and records it.
//!
//! A reprint is a change that no list made: it goes the way of every other change ([`Job`]), so it is numbered, it lies
//! in «выдача/» with a letter, and a run that was stopped is finished by the next one. It is taken only when nothing else
//! is to be done, so that papers of old lists are never printed.

mod all;
mod sample;
mod wanted;

use std::path::Path;

use serde::Serialize;

use self::wanted::Wanted;
use super::args::PapersArgs;
use super::data::{self, Data, Ready};
use super::error::CommandError;
use super::issues::{self, IssueJson};
use super::issuing::{AllPapersFile, Failure};
use super::job::{self, Done, Job};
use super::planning::{Known, Proposal, Reprint, ReprintEdition, propose, reprint};
use super::progress::Bars;
use super::subjects::Catalogue;
use super::ui::Ui;
use super::{clock, limits, mail};
use crate::papers::PaperKind;
use crate::plan::changes::paper_refs;
use crate::report::{Reprinted, ReprintedPaper, reprinted_text};
use crate::school::{PaperRef, Scope};
use crate::store::{Event, Store};
use crate::workspace::OUTPUTS;

/// Why, where nobody says why.
const ON_REQUEST: &str = "по просьбе";

#[derive(Serialize)]
struct PapersJson<'a> {
    /// As what they were printed.
    edition: ReprintEdition,
    why: &'a str,
    printed: &'a [Reprinted],
    issues: Vec<IssueJson<'a>>,
    failures: Vec<&'a Failure>,
}

/// Runs the command.
pub(crate) fn run(args: &PapersArgs, ui: &Ui) -> Result<(), CommandError> {
    if let Some(target) = &args.sample {
        return sample::run(args, target, ui);
    }
    let wanted = if args.all { None } else { Some(wanted(args)?) };
    let folder = args.target.folder.as_path();
    let date = args.date.unwrap_or_else(clock::today);
    let workspace = data::workspace(folder)?;
    let _lock = job::lock(&workspace)?;
    let (known, reading) = data::read(folder, date)?;
    if !known.has_past() {
        return Err(match data::store_is_gone(&workspace) {
            Some(issue) => {
                CommandError::inputs(vec![issue], "печатать не по чему: памяти программы нет.", "Ничего не напечатано.")
            }
            None => nothing_issued(folder),
        });
    }
    limits::permit_date(args.date, &known)?;
    let permit = |data: &Data| limits::permit(data, &known, None, "применить", folder);
    reading.without_some_classes().map_or(Ok(()), permit)?;
    let Ready { workspace, data, issues: _ } = reading.ready()?;
    permit(&data)?;
    let mut proposal = propose(&data, &known, date);
    refuse_other_work(&proposal, &known, folder)?;
    let Some(wanted) = wanted else { return all::run(args, &workspace, &data, &known, proposal, ui) };
    let asked = Reprint {
        papers: wanted.find(proposal.before, &events(folder)?, ui)?,
        edition: if args.new_version { ReprintEdition::NewVersion } else { ReprintEdition::Copy },
        why: args.why.clone().unwrap_or_else(|| ON_REQUEST.to_owned()),
    };
    reprint(&mut proposal, &asked, date);
    let job = Job {
        workspace: &workspace,
        data: &data,
        known: &known,
        proposal: &proposal,
        date,
        all_papers: AllPapersFile::AsItStands,
        watcher: None,
    };
    let done = job.carry_out(&Bars::default())?;
    mail::tidy(&workspace, &data.settings.mail)?;

    let printed = printed(&proposal, &asked, &done);
    let found = done.found_changed();
    if ui.wants_json() {
        ui.answer_json(&PapersJson {
            edition: asked.edition,
            why: &asked.why,
            printed: &printed,
            issues: issues::json(&found),
            failures: done.made.all_failures().collect(),
        })?;
    } else {
        ui.answer(&reprinted_text(&printed, &workspace.root().join(OUTPUTS).display().to_string()));
        ui.answer(&format!("{}\n", verdict(&asked)));
        if !found.is_empty() {
            ui.say(&format!("\n{}", issues::list(&found)));
        }
    }
    let hint = format!("Устраните причину, потом: zavuch применить \"{}\". Сделанное не пропадёт.", folder.display());
    done.complete(&hint)
}

/// What the keys ask for.
fn wanted(args: &PapersArgs) -> Result<Wanted<'_>, CommandError> {
    let (scope, student, kinds) = (args.class.as_ref(), args.student.as_deref(), args.only.as_slice());
    if scope.is_none() && student.is_none() && kinds.is_empty() {
        return Err(CommandError::usage(
            "не сказано, что напечатать ещё раз.",
            "Назовите класс, ученика или вид бумаги: zavuch бумаги --class 7А --only талоны; все сразу — ключ --all",
        ));
    }
    if student.is_some() && !kinds.is_empty() && kinds != [PaperKind::Slips] {
        return Err(CommandError::usage(
            "у ученика есть только талоны: остальные бумаги — бумаги класса.",
            "Уберите ключ --student или ключ --only.",
        ));
    }
    Ok(Wanted { scope, student, kinds })
}

fn nothing_issued(folder: &Path) -> CommandError {
    CommandError::usage(
        "бумаги ещё не выпускали: печатать ещё раз нечего.",
        format!("Сначала выпустите их: zavuch применить \"{}\"", folder.display()),
    )
}

/// Papers of lists that are not applied, or of a run that is not finished, would be others tomorrow.
fn refuse_other_work(proposal: &Proposal<'_>, known: &Known, folder: &Path) -> Result<(), CommandError> {
    let error = if !proposal.is_finished(known) {
        "с прошлого раза не всё выдано."
    } else if !proposal.is_empty() {
        "в списках, ссылках или настройках есть изменения, которые ещё не применены."
    } else {
        return Ok(());
    };
    let hint =
        format!("Сначала выполните: zavuch применить \"{}\" (что изменится, покажет zavuch план)", folder.display());
    Err(CommandError::usage(error, hint))
}

/// What tells the former names of pupils.
fn events(folder: &Path) -> Result<Vec<Event>, CommandError> {
    let store = Store::read(folder)?;
    Ok(store.map(|store| store.events_of_kinds(&Catalogue::KINDS)).transpose()?.unwrap_or_default())
}

/// What was printed, class by class; a class that failed has no files.
fn printed(proposal: &Proposal<'_>, asked: &Reprint, done: &Done) -> Vec<Reprinted> {
    let papers = paper_refs(&proposal.after, &asked.papers);
    let of_one = papers.chunk_by(|one, next| one.id.scope == next.id.scope);
    of_one.filter_map(|papers| Some(reprinted(&papers.first()?.id.scope, papers, proposal, done))).collect()
}

fn reprinted(scope: &Scope, papers: &[PaperRef], proposal: &Proposal<'_>, done: &Done) -> Reprinted {
    let issued = |paper: &PaperRef| {
        let issued = proposal.after.papers.get(&paper.id)?;
        Some(ReprintedPaper::new(paper, issued.edition))
    };
    Reprinted {
        scope: scope.title(),
        papers: papers.iter().filter_map(issued).collect(),
        files: done.made.given.get(scope).cloned().unwrap_or_default(),
        letter: scope.class().and_then(|class| done.made.letters.get(class)).cloned(),
    }
}

fn verdict(asked: &Reprint) -> &'static str {
    match asked.edition {
        ReprintEdition::Copy => "Это копии: розданные бумаги действуют, собирать их не нужно.",
        ReprintEdition::NewVersion if asked.papers.iter().any(|id| id.piece.has_code()) => {
            "Это новая версия: прежние листы и талоны надо уничтожить, их список — в бумаге «Изменения»."
        }
        ReprintEdition::NewVersion => "Это новая версия: пользуйтесь ею вместо прежней.",
    }
}
