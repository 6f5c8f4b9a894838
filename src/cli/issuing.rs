//! Makes what a plan calls for: the papers and the letter of every class, the papers of the school, the register.
//!
//! Classes are worked on by all cores; each is written as soon as it is made, so memory does not grow with their
//! number. A class that fails does not stop the others.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::data::Data;
use super::error::CommandError;
use crate::links;
use crate::mail::{self, Enclosure, LetterContent, LetterTemplates, Occasion, Recipient, Sender};
use crate::papers::{self, ClassPapers, MemoFacts, Paper};
use crate::plan::{ClassPlan, pinned_rules};
use crate::report::{LetterState, Papers};
use crate::school::{Chat, ClassName, Edition, Editions, Fingerprint, Progress, Service, Step, file_name};
use crate::workspace::{InputTable, OutputError, Outputs, Workspace, write_new};

/// The folder of the school's own papers.
const SCHOOL: &str = "Школа";
/// The folder of the letters.
const LETTERS: &str = "Письма";
/// The register with rows for all chats, where the one people have lacks some.
const RENEWED_REGISTER: &str = "Школа/ссылки.xlsx";

/// What was made.
#[derive(Debug, Default)]
pub(crate) struct Made {
    pub(crate) papers: BTreeMap<ClassName, Papers>,
    pub(crate) letters: BTreeMap<ClassName, LetterState>,
    pub(crate) school_papers: Papers,
    /// What failed, with the class or «Школа»; run again.
    pub(crate) failures: Vec<Failure>,
}

/// A class or the school whose papers could not be made or written.
#[derive(Debug, Serialize)]
pub(crate) struct Failure {
    /// «7А» or «Школа».
    pub(crate) whose: String,
    /// Why, in Russian.
    pub(crate) reason: String,
}

/// What makes the papers of a workspace.
pub(crate) struct Issuing<'a> {
    pub(crate) data: &'a Data,
    pub(crate) letters: &'a LetterTemplates<'a>,
    pub(crate) edition: Edition,
    pub(crate) outputs: &'a Outputs,
}

/// What became of the register of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Register {
    /// It has a row for every chat.
    Kept,
    /// There was none: it was written.
    Written,
    /// It lacked rows: a full one lies beside the papers.
    Renewed,
}

/// One class's part of what was made.
struct ClassMade {
    papers: Papers,
    letter: LetterState,
}

/// Why a part was not made.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error(transparent)]
    Paper(#[from] papers::PaperError),
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl Issuing<'_> {
    /// Makes and writes everything.
    pub(crate) fn issue(&self, progress: &dyn Progress) -> Made {
        let classes = &self.data.plan.classes;
        progress.begin(Step::Papers, classes.len());
        let results: Vec<_> = classes
            .par_iter()
            .map(|class| {
                let result = self.class(class);
                progress.advance();
                result
            })
            .collect();
        progress.end();
        let mut made = Made::default();
        for (class, result) in classes.iter().zip(results) {
            match result {
                Ok(ClassMade { papers, letter }) => {
                    made.papers.insert(class.name.clone(), papers);
                    made.letters.insert(class.name.clone(), letter);
                }
                Err(trouble) => made.failures.push(Failure::of(&class.name.to_string(), &trouble)),
            }
        }
        match self.school() {
            Ok(papers) => made.school_papers = papers,
            Err(trouble) => made.failures.push(Failure::of(SCHOOL, &trouble)),
        }
        made
    }

    fn class(&self, class: &ClassPlan) -> Result<ClassMade, Trouble> {
        let sheets = self.data.sheets(&class.chats);
        let editions = Editions::all(self.edition);
        let papers = self.data.papers(Some(class), &sheets, &editions);
        let made = self.make(&papers, &file_name(&class.name.to_string()))?;
        let papers = totals(&made);
        Ok(ClassMade { papers, letter: self.letter(class, made)? })
    }

    fn school(&self) -> Result<Papers, Trouble> {
        let sheets = self.data.sheets(&self.data.plan.school);
        let editions = Editions::all(self.edition);
        let papers = self.data.papers(None, &sheets, &editions);
        Ok(totals(&self.make(&papers, SCHOOL)?))
    }

    /// Makes the papers and writes them into a folder of «выдача/».
    fn make(&self, papers: &ClassPapers<'_>, folder: &str) -> Result<Vec<Paper>, Trouble> {
        let settings = &self.data.settings;
        let pinned = |chat: &Chat| pinned_rules(&settings.regulation, chat);
        let facts = MemoFacts { deadlines: &settings.deadlines, pinned: &pinned };
        let made: Vec<_> = [
            papers::posters(papers)?,
            papers::slips(papers)?,
            papers::acknowledgement_form(papers)?,
            papers::moderator_memo(papers, &facts)?,
        ]
        .into_iter()
        .flatten()
        .collect();
        for paper in &made {
            self.outputs.write(&format!("{folder}/{}", paper.file_name), source_of(&paper.bytes), &paper.bytes)?;
        }
        Ok(made)
    }

    /// Composes and writes the letter of a class.
    fn letter(&self, class: &ClassPlan, papers: Vec<Paper>) -> Result<LetterState, Trouble> {
        let settings = &self.data.settings;
        let Some(from) = Sender::of(&settings.mail) else { return Ok(LetterState::NoSender) };
        let Some(homeroom) = &class.homeroom else { return Ok(LetterState::NoHomeroomTeacher) };
        let Some(to) = Recipient::of(homeroom) else { return Ok(LetterState::NoAddress) };
        let links = class.chats.iter().filter_map(|chat| self.data.links.ready(&chat.key));
        let without_link = |chat: &&Chat| self.data.links.ready(&chat.key).is_none();
        let content = LetterContent {
            school: &settings.school,
            occasion: Occasion::First,
            service: Service::of_links(links, settings.regulation.platform),
            class: &class.name,
            to,
            from,
            enclosures: papers.into_iter().map(enclosure).collect(),
            linked: class.chats.iter().filter(|chat| !without_link(chat)).count(),
            awaited: class.chats.iter().filter(without_link).map(|chat| chat.title.clone()).collect(),
            deadlines: settings.deadlines,
            edition: self.edition,
        };
        match mail::compose(&content, self.letters) {
            Ok(letter) => {
                self.outputs.write(
                    &format!("{LETTERS}/{}", letter.file_name),
                    source_of(&letter.bytes),
                    &letter.bytes,
                )?;
                Ok(LetterState::Written { file: letter.file_name })
            }
            Err(error) => Ok(LetterState::Failed { reason: error.to_string() }),
        }
    }

    /// Writes the register for people to fill in, where there is none or where it lacks rows.
    ///
    /// The register that people work in is never overwritten: a renewed one is laid beside the papers.
    pub(crate) fn register(&self, workspace: &Workspace) -> Result<Register, CommandError> {
        let data = self.data;
        let (chats, issued) = (data.plan.chats().collect::<Vec<_>>(), self.edition.issued);
        let Some(source) = &data.register else {
            let bytes = links::write_register(&chats, &data.links, issued)?;
            write_new(&workspace.table_path(InputTable::Links), &bytes)?;
            return Ok(Register::Written);
        };
        if chats.iter().all(|chat| data.links.has_row(&chat.key)) {
            return Ok(Register::Kept);
        }
        let renewed = links::renew_register(source, &chats, issued)?;
        self.outputs.write(RENEWED_REGISTER, source_of(&renewed), &renewed)?;
        Ok(Register::Renewed)
    }
}

impl Failure {
    fn of(whose: &str, trouble: &Trouble) -> Self {
        Self { whose: whose.to_owned(), reason: trouble.to_string() }
    }
}

fn totals(papers: &[Paper]) -> Papers {
    Papers { files: papers.len(), pages: papers.iter().map(|paper| paper.pages).sum() }
}

fn enclosure(paper: Paper) -> Enclosure {
    let Paper { kind, file_name, pages, pieces: _, bytes } = paper;
    Enclosure { file_name, kind: kind.purpose().to_owned(), pages, pdf: bytes }
}

/// Until papers tell what they are made from, a file is its own source: it is always made again and compared.
fn source_of(bytes: &[u8]) -> Fingerprint {
    Fingerprint::of_sum(Sha256::digest(bytes).into())
}
