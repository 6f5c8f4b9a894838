//! Makes what a recorded state calls for: the papers, the sheets of changes, the letters, the register.
//!
//! A file that stands and was made from the same content is not touched. Classes are worked on by all cores; each is
//! written, and its parcel closed, as soon as it is made, so memory does not grow with their number and a run that is
//! stopped loses nothing that lies in «выдача/». A class that fails does not stop the others.

mod all_papers;
mod enclosures;
mod letters;
mod making;
mod register;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

pub(crate) use self::all_papers::{ALL_PAPERS, AllPapersFile};
use self::enclosures::enclosures;
pub(crate) use self::letters::draft_of;
pub(crate) use self::making::{MakingError, make, with_facts};
pub(crate) use self::register::Register;
use super::data::Data;
use super::deliveries::Deliveries;
use super::planning::{Due, LETTERS};
use crate::links::RegisterError;
use crate::mail::{Enclosure, LetterTemplates, MailError};
use crate::papers::{self, ClassPapers, PaperKind, WholeFiles};
use crate::plan::ClassPlan;
use crate::report::{LetterState, Papers};
use crate::school::{
    Chat, ClassName, Edition, Editions, Fingerprint, Progress, SchoolClass, SchoolState, Scope, Step, file_name,
};
use crate::store::StoreError;
use crate::workspace::{OutputError, Outputs};

/// What was made.
#[derive(Debug, Default)]
pub(crate) struct Made {
    /// What is to be handed out.
    pub(crate) papers: BTreeMap<ClassName, Papers>,
    /// The files that are to be handed out, in the order of handing out: paths in «выдача/».
    pub(crate) given: BTreeMap<Scope, Vec<String>>,
    /// Files that were made anew though nothing of them has to be handed out again.
    pub(crate) refreshed: usize,
    pub(crate) letters: BTreeMap<ClassName, LetterState>,
    /// The letters to former moderators: paths in «выдача/».
    pub(crate) to_former_moderators: Vec<String>,
    pub(crate) school_papers: Papers,
    /// What failed, with the class or «Школа»; run again.
    pub(crate) failures: Vec<Failure>,
    /// The classes whose papers were made, but not their letter.
    pub(crate) without_letter: Vec<Failure>,
}

impl Made {
    /// Everything that failed.
    pub(crate) fn all_failures(&self) -> impl Iterator<Item = &Failure> {
        self.failures.iter().chain(&self.without_letter)
    }
}

/// A class or the school whose papers or letter could not be made or written.
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
    /// The recorded state: every paper that holds, with its edition.
    pub(crate) state: &'a SchoolState,
    /// What is still to be given.
    pub(crate) deliveries: &'a Deliveries,
    pub(crate) letters: &'a LetterTemplates<'a>,
    /// The edition of what has none of its own: the date of this run.
    pub(crate) edition: Edition,
    pub(crate) outputs: &'a Outputs,
}

/// For whom papers are made.
struct Addressee<'a> {
    scope: Scope,
    /// The class as planned; `None` for the school and for a class that is gone.
    plan: Option<&'a ClassPlan>,
    chats: &'a [Chat],
}

/// One class's part of what was made.
struct ClassMade {
    papers: Papers,
    given: Vec<String>,
    refreshed: usize,
    letter: LetterState,
    to_former_moderators: Vec<String>,
}

/// A paper that does not stand yet, or not with the text beside it.
struct Lacking {
    kind: PaperKind,
    /// What it is made from.
    source: Fingerprint,
    /// Its path in «выдача/».
    name: String,
    /// Whether it stands, and only the text beside it is lacking.
    stands: bool,
}

/// Why a part was not made.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error(transparent)]
    Making(#[from] MakingError),
    #[error(transparent)]
    Paper(#[from] papers::PaperError),
    #[error(transparent)]
    Mail(#[from] MailError),
    #[error(transparent)]
    Output(#[from] OutputError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Table(#[from] RegisterError),
}

impl Issuing<'_> {
    /// Makes and writes everything that does not stand yet, and gives what is due.
    pub(crate) fn issue(&self, progress: &dyn Progress) -> Made {
        let addressees = self.addressees();
        progress.begin(Step::Papers, addressees.len());
        let results: Vec<_> = addressees
            .par_iter()
            .map(|addressee| {
                let result = self.give(addressee);
                progress.advance();
                result
            })
            .collect();
        progress.end();
        let mut made = Made::default();
        for (Addressee { scope, .. }, result) in addressees.iter().zip(results) {
            if let Ok(ClassMade { given, refreshed, to_former_moderators, .. }) = &result {
                made.refreshed += refreshed;
                made.to_former_moderators.extend(to_former_moderators.iter().cloned());
                made.given.insert(scope.clone(), given.clone());
            }
            match (scope, result) {
                (Scope::Class(class), Ok(ClassMade { papers, letter, .. })) => {
                    if let LetterState::Failed { reason, .. } = &letter {
                        let reason = format!("письмо не составлено: {reason}");
                        made.without_letter.push(Failure { whose: scope.title(), reason });
                    }
                    made.papers.insert(class.clone(), papers);
                    made.letters.insert(class.clone(), letter);
                }
                (Scope::School, Ok(ClassMade { papers, .. })) => made.school_papers = papers,
                (scope, Err(trouble)) => made.failures.push(Failure::of(&scope.title(), &trouble)),
            }
        }
        made
    }

    /// The planned classes, those that are gone and have something due, the school.
    fn addressees(&self) -> Vec<Addressee<'_>> {
        let plan = &self.data.plan;
        let planned = plan.classes.iter().map(|class| Addressee {
            scope: Scope::Class(class.name.clone()),
            plan: Some(class),
            chats: &class.chats,
        });
        let gone =
            self.deliveries.scopes().filter(|scope| scope.class().is_some_and(|class| plan.class(class).is_none()));
        let gone = gone.map(|scope| Addressee { scope: scope.clone(), plan: None, chats: &[] });
        let school = Addressee { scope: Scope::School, plan: None, chats: &plan.school };
        planned.chain(gone).chain([school]).collect()
    }

    /// Makes what one class or the school lacks.
    fn give(&self, addressee: &Addressee<'_>) -> Result<ClassMade, Trouble> {
        let Addressee { scope, plan, chats } = addressee;
        let due = self.deliveries.to(scope);
        let sheets = self.data.sheets(chats);
        let editions = self.editions(scope, self.edition);
        let gone = scope.class().filter(|_| plan.is_none());
        let gone = gone.map(|name| SchoolClass { name: name.clone(), homeroom: None, students: Vec::new() });
        let former = due.and_then(|due| due.parcel.former.as_ref());
        let papers = self.data.papers(*plan, &sheets, &editions);
        let papers = ClassPapers {
            class: papers.class.or(gone.as_ref()),
            homeroom: papers.homeroom.or(former.filter(|_| gone.is_some())),
            ..papers
        };
        let mut totals = Papers::default();
        let mut refreshed = 0;
        let mut given = Vec::new();
        let mut enclosed = Vec::new();
        let is_enclosed = |kind| due.is_some_and(|due| due.parcel.hands_out(kind));
        let lacking = PaperKind::ALL.into_iter().filter_map(|kind| {
            let source = self.source(scope, kind)?;
            let name = format!("{}/{}", folder(scope), papers.file_name(kind));
            // A file that is asked for and current stays, and is not written again. What people edit is made anew only when it
            // would say something else.
            let stands = match kind {
                PaperKind::Draft(_) => self.outputs.is_current_draft(&name, source),
                _ => !is_enclosed(kind) && self.outputs.is_current(&name, source),
            };
            let copy = papers.copy_name(kind).map(|copy| format!("{}/{copy}", folder(scope)));
            let is_whole = stands && copy.is_none_or(|copy| self.outputs.is_current(&copy, source));
            (!is_whole).then_some(Lacking { kind, source, name, stands })
        });
        let lacking: Vec<Lacking> = lacking.collect();
        // A class that changed is often the only one: its papers are made side by side.
        let made: Vec<_> = lacking.par_iter().map(|lacking| make(self.data, &papers, lacking.kind)).collect();
        for (Lacking { kind, source, name, stands }, paper) in lacking.into_iter().zip(made) {
            let Some(paper) = paper? else { continue };
            if !stands {
                self.outputs.write(&name, source, &paper.bytes)?;
            }
            if let Some(copy) = &paper.copy {
                self.outputs.write(&format!("{}/{}", folder(scope), copy.file_name), source, &copy.bytes)?;
            }
            if is_enclosed(kind) {
                totals = totals.and(Papers { files: 1, pages: paper.pages });
                given.push(name);
                given.extend(paper.copy.as_ref().map(|copy| format!("{}/{}", folder(scope), copy.file_name)));
                // A draft goes to nobody before people have seen to it.
                if !matches!(kind, PaperKind::Draft(_)) {
                    enclosed.push(paper);
                }
            } else {
                refreshed += 1;
            }
        }
        let parcel = due.map(|due| due.parcel.clone()).unwrap_or_default();
        let mut enclosed: Vec<Enclosure> = enclosed.into_iter().flat_map(|paper| enclosures(paper, &parcel)).collect();
        enclosed.extend(self.asking_table(scope, chats)?.filter(|_| due.is_some()));
        let made = ClassMade {
            papers: totals,
            given,
            refreshed,
            letter: LetterState::NotWanted,
            to_former_moderators: Vec::new(),
        };
        match due {
            Some(due) => self.deliver(due, &papers, scope, enclosed, made),
            None => Ok(made),
        }
    }

    /// Gives what is due: the sheet of the change, the letter; then it is due no longer.
    fn deliver(
        &self,
        due: &Due,
        papers: &ClassPapers<'_>,
        scope: &Scope,
        mut enclosed: Vec<Enclosure>,
        mut made: ClassMade,
    ) -> Result<ClassMade, Trouble> {
        let number = self.deliveries.number(scope, due)?;
        let mut files = Vec::new();
        if let (Some(number), true) = (number, due.parcel.has_sheet()) {
            let editions = self.editions(scope, Edition { version: number, issued: due.issued });
            let papers = ClassPapers { editions: &editions, ..*papers };
            let whole = self.whole_files(scope, due);
            if let Some(sheet) = papers::change_sheet(&papers, &due.parcel.sheet, whole, number)? {
                let name = format!("{}/{}", folder(scope), sheet.file_name);
                self.outputs.write_once(&name, &sheet.bytes)?;
                files.push(name.clone());
                made.given.insert(0, name);
                made.papers = made.papers.and(Papers { files: 1, pages: sheet.pages });
                enclosed.splice(0..0, enclosures(sheet, &due.parcel));
            }
        }
        let mut drafts = Vec::new();
        if let (Some(class), Some(number)) = (scope.class(), number) {
            (made.to_former_moderators, drafts) = self.to_former_moderators(class, papers, due, number)?;
            files.extend(made.to_former_moderators.iter().cloned());
        }
        if let Some(class) = scope.class() {
            let composed = self.letter(class, papers, due, number, enclosed)?;
            made.letter = composed.state;
            drafts.splice(0..0, composed.draft);
        }
        if let LetterState::Written { file } = &made.letter {
            files.push(format!("{LETTERS}/{file}"));
        }
        match made.letter {
            // The next run tries again, with the same number.
            LetterState::Failed { again: true, .. } => self.deliveries.put_off(due)?,
            _ => self.deliveries.close(due, number, files, &drafts)?,
        }
        Ok(made)
    }

    /// The pieces that are handed out in whole files of their own because all of them are new.
    fn whole_files(&self, scope: &Scope, due: &Due) -> WholeFiles {
        let of = |kind: PaperKind| {
            let pieces = self.state.papers_of(scope).filter(|(id, _)| PaperKind::of(&id.piece) == kind);
            if due.parcel.whole.contains(&kind) { pieces.count() } else { 0 }
        };
        WholeFiles {
            posters: of(PaperKind::Posters),
            slips: of(PaperKind::Slips),
            families: of(PaperKind::Families),
            forms: of(PaperKind::AcknowledgementForm),
        }
    }

    /// The editions of the papers of a scope; `other` is that of everything else.
    fn editions(&self, scope: &Scope, other: Edition) -> Editions {
        let mut editions = Editions::all(other);
        for (id, paper) in self.state.papers_of(scope) {
            editions.set(id.piece.clone(), paper.edition);
        }
        editions
    }

    /// What a file is made from; `None` where it has no piece.
    fn source(&self, scope: &Scope, kind: PaperKind) -> Option<Fingerprint> {
        let mut sum = Sha256::new();
        // A new version of the program is no reason to lay another order beside the one that people have edited.
        if !matches!(kind, PaperKind::Draft(_)) {
            sum.update(env!("CARGO_PKG_VERSION"));
        }
        let pieces = self.state.papers_of(scope).filter(|(id, _)| PaperKind::of(&id.piece) == kind);
        let mut is_empty = true;
        for (_, paper) in pieces {
            is_empty = false;
            sum.update(format!("{} {} {};", paper.content, paper.edition.version, paper.edition.issued));
        }
        (!is_empty).then(|| Fingerprint::of_sum(sum.finalize().into()))
    }
}

impl Failure {
    fn of(whose: &str, trouble: &Trouble) -> Self {
        Self { whose: whose.to_owned(), reason: trouble.to_string() }
    }
}

/// The folder of a class or of the school within «выдача/».
fn folder(scope: &Scope) -> String {
    file_name(&scope.title())
}

/// A file that is made once and never again is its own source.
fn source_of(bytes: &[u8]) -> Fingerprint {
    Fingerprint::of_sum(Sha256::digest(bytes).into())
}
