//! `papers --all`: all papers of the school in one file, in the order of handing out.
//!
//! The office prints it; nobody gets a letter for it. That it was made is recorded, paper by paper, as a copy.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::cli::args::PapersArgs;
use crate::cli::clock;
use crate::cli::data::Data;
use crate::cli::error::CommandError;
use crate::cli::issues::{self, IssueJson};
use crate::cli::issuing::{ALL_PAPERS, AllPapersFile};
use crate::cli::job::Job;
use crate::cli::planning::{Known, Proposal, copied};
use crate::cli::progress::Bars;
use crate::cli::ui::Ui;
use crate::school::{Noun, PaperId, count};
use crate::workspace::{OUTPUTS, Workspace};

/// Why, where nobody says why.
const FOR_THE_OFFICE: &str = "печать всех бумаг";

const CLASSES: Noun = Noun::new("класс", "класса", "классов");

#[derive(Serialize)]
struct AllJson<'a> {
    file: String,
    classes: usize,
    papers: usize,
    issues: Vec<IssueJson<'a>>,
}

/// Makes the file and records the copies.
pub(super) fn run(
    args: &PapersArgs,
    workspace: &Workspace,
    data: &Data,
    known: &Known,
    mut proposal: Proposal<'_>,
    ui: &Ui,
) -> Result<(), CommandError> {
    let on = args.date.unwrap_or_else(clock::today);
    let papers: BTreeSet<PaperId> = proposal.after.papers.keys().cloned().collect();
    let classes: BTreeSet<_> = papers.iter().filter_map(|id| id.scope.class()).collect();
    copied(&mut proposal, &papers, args.why.as_deref().unwrap_or(FOR_THE_OFFICE));
    let all_papers = AllPapersFile::Made;
    let job = Job { workspace, data, known, proposal: &proposal, date: on, all_papers, watcher: None };
    let done = job.carry_out(&Bars::default())?;
    let file = workspace.root().join(OUTPUTS).join(ALL_PAPERS).display().to_string();
    let found = done.found_changed();
    if ui.wants_json() {
        ui.answer_json(&AllJson { file, classes: classes.len(), papers: papers.len(), issues: issues::json(&found) })?;
    } else {
        let classes = count(classes.len(), CLASSES);
        ui.answer(&format!(
            "Напечатать: {file}\nВ файле {classes}: перед каждым — обложка, в начале — опись со страницами.\n\
             Это копии: версии бумаг прежние, писем не будет. Когда бумаги изменятся, программа уберёт этот файл.\n"
        ));
        if !found.is_empty() {
            ui.say(&format!("\n{}", issues::list(&found)));
        }
    }
    done.complete("Устраните причину и повторите.")
}
