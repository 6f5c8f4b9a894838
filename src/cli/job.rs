//! Carries out a proposal: records it in one transaction, then makes what it calls for, class by class.
//!
//! It asks nobody and shows nothing but progress. A stop at any moment leaves the recorded list of what is due, and the
//! next run goes on with it.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::path::Path;

use jiff::civil::Date;

use super::clock;
use super::data::Data;
use super::deliveries::Deliveries;
use super::error::CommandError;
use super::issuing::{AllPapersFile, Issuing, Made, Register};
use super::planning::{Known, LETTERS, Parcel, Proposal, lasting};
use super::site::{Pages, Refreshed};
use crate::school::{ClassName, Edition, Issue, IssueKind, Noun, Place, Progress, Scope, count};
use crate::store::{PackageDraft, Received, Record, RunInfo, Store, StoreError, Trouble, Watcher};
use crate::workspace::{Finished, Lock, OUTPUTS, Outputs, Workspace, clear_unfinished_files};

/// Takes the lock of a workspace in the name of this process, and brings a store of an earlier version of the program up to
/// this one: whoever writes may, and whoever only reads is told to.
///
/// # Errors
/// At once when another run holds the lock; when the store cannot be brought up.
pub(crate) fn lock(workspace: &Workspace) -> Result<Lock, CommandError> {
    let lock = hold(workspace)?;
    // A letter in the middle of which a delivery was killed waits again, or nobody knows of it: before lists or people of it
    // change.
    if let Some(store) = Store::read_unchecked(workspace.root())?
        && store.has_stopped_letters()?
    {
        drop(store);
        Store::open(workspace.root())?.recover_letters(clock::now())?;
    }
    Ok(lock)
}

/// As [`lock`], for a command that recovers the letters itself and tells of it.
///
/// # Errors
/// As [`lock`].
pub(crate) fn hold(workspace: &Workspace) -> Result<Lock, CommandError> {
    let lock = Lock::take(workspace.root(), &format!("процесс {}", std::process::id()))?;
    // A killed run may have left a table half written, with the names of people.
    clear_unfinished_files(workspace.root());
    if let Err(StoreError::Open { trouble: Trouble::Older, .. }) = Store::read_unchecked(workspace.root()) {
        Store::open(workspace.root())?;
    }
    Ok(lock)
}

/// What is to be done, when everything is read and nothing speaks against it.
pub(crate) struct Job<'a> {
    pub(crate) workspace: &'a Workspace,
    pub(crate) data: &'a Data,
    pub(crate) known: &'a Known,
    pub(crate) proposal: &'a Proposal<'a>,
    pub(crate) date: Date,
    /// Whether all papers are wanted in one file, too.
    pub(crate) all_papers: AllPapersFile,
    /// Told of every commit; for tests.
    pub(crate) watcher: Option<Watcher>,
}

/// What was done.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) made: Made,
    pub(crate) register: Register,
    pub(crate) finished: Finished,
    /// What became of the site of short links.
    pub(crate) site: Refreshed,
    /// Whether classes went up: what was removed has the names of last year.
    pub(crate) began_year: bool,
}

impl Job<'_> {
    /// Records what is to be recorded, makes what is due and closes it.
    pub(crate) fn carry_out(self, progress: &dyn Progress) -> Result<Done, CommandError> {
        let Self { workspace, data, known, proposal, date, all_papers, watcher } = self;
        let pages = Pages::of_proposal(data, known, proposal);
        let site = pages.refresh(workspace, data, known)?;
        let is_needed = proposal.is_recorded() || !proposal.is_finished(known);
        let mut void_codes = Cow::Borrowed(&known.void_codes);
        let deliveries = if is_needed {
            let mut store = Store::open_watched(workspace.root(), known.recorded.as_ref(), watcher)?;
            record(&mut store, known, proposal, date)?;
            void_codes = Cow::Owned(store.void_codes()?);
            Deliveries::of(store)?
        } else {
            // The file is not even opened for writing: nothing that stands is touched.
            Deliveries::default()
        };
        let site = pages.add_new(workspace, data, known, site)?;
        let outputs = Outputs::begin(workspace)?;
        let issuing = Issuing {
            data,
            state: &proposal.after,
            deliveries: &deliveries,
            letters: &data.letter_templates(),
            edition: Edition { version: 1, issued: date },
            outputs: &outputs,
        };
        let made = issuing.issue(progress);
        issuing.all_papers(all_papers)?;
        let year = data.past.register_year(known);
        let register = issuing.register(workspace, year)?;
        if register == Register::Rewritten {
            deliveries.register_rewritten()?;
        }
        // A sheet of last year's 7А holds the codes of those who are 8А now, and one of last week may hold void ones.
        if !data.past.is_last_year() {
            for name in lasting(&known.given, &void_codes, &proposal.after) {
                outputs.keep(name);
            }
        }
        // While a part is missing, what earlier runs left may still be needed: it is cleared by the run that succeeds.
        let finished = if made.failures.is_empty() { outputs.finish()? } else { Finished::default() };
        Ok(Done { made, register, finished, site, began_year: data.past.is_last_year() })
    }
}

impl Done {
    /// What people changed by hand in «выдача/» and what became of it.
    pub(crate) fn found_changed(&self) -> Vec<Issue> {
        let Finished { changed_by_hand: kept, set_aside: aside, .. } = &self.finished;
        kept.iter().map(|name| changed_by_hand(name)).chain(aside.iter().map(|name| set_aside(name))).collect()
    }

    /// What left «выдача/» because it holds no longer, and of which letters that people send by themselves something else is
    /// to be sent: those of `classes`. Empty where nothing did.
    pub(crate) fn removed_words<'a>(&self, classes: impl Iterator<Item = &'a ClassName>, root: &Path) -> String {
        let removed = &self.finished.removed;
        if removed.is_empty() {
            return String::new();
        }
        let mut text = format!("Убрано устаревшее, {}:\n", count(removed.len(), Noun::new("файл", "файла", "файлов")));
        for name in removed {
            text.extend(["  ", name, "\n"]);
        }
        let lost_letter = |class: &&ClassName| {
            let letter = |ending: &str| format!("{LETTERS}/{class}{ending}");
            removed.iter().any(|name| name.starts_with(&letter(".")) || name.starts_with(&letter(" ")))
        };
        // A letter of last year's 7А says nothing of the 7А of now, and those of 8А get a new one.
        for class in classes.filter(|_| !self.began_year).filter(lost_letter) {
            let _ = writeln!(
                text,
                "В убранном письме классу {class} были коды, которые больше не действуют. Если вы его ещё не отправили,\n\
                 напечатайте бумаги класса ещё раз: zavuch бумаги \"{}\" --class \"{class}\"",
                root.display()
            );
        }
        text
    }

    /// Whether nothing failed. `hint` tells how to go on.
    ///
    /// # Errors
    /// With everything that failed.
    pub(crate) fn complete(&self, hint: &str) -> Result<(), CommandError> {
        let mut failures = self.made.all_failures().peekable();
        if failures.peek().is_none() {
            return Ok(());
        }
        let list = failures.map(|failure| format!("\n  {}: {}", failure.whose, failure.reason));
        Err(CommandError::world(format!("сделано не всё:{}", list.collect::<String>()), hint))
    }
}

/// Records the proposal, if there is anything to record, in one transaction.
fn record(store: &mut Store, known: &Known, proposal: &Proposal<'_>, date: Date) -> Result<(), StoreError> {
    if !proposal.is_recorded() {
        return Ok(());
    }
    let draft = |(scope, parcel): (&Scope, &Parcel)| PackageDraft {
        scope: scope.clone(),
        issued: date,
        content: parcel.text(),
        cancels: proposal.unsent.get(scope).map(|unsent| unsent.letters.clone()).unwrap_or_default(),
    };
    let packages: Vec<PackageDraft> = proposal.parcels.iter().map(draft).collect();
    let nothing;
    let before = if let Some(recorded) = &known.recorded {
        recorded
    } else {
        nothing = store.state()?;
        &nothing
    };
    store.record(&Record {
        run: RunInfo { date, at: clock::now() },
        before,
        after: &proposal.after,
        rekeyed: &proposal.rekeyed,
        renamed: &proposal.renamed,
        changes: &proposal.changes,
        packages: &packages,
        register: proposal.register,
        taken_back: &proposal.taken_back,
        received: Received::Settled,
    })?;
    Ok(())
}

fn changed_by_hand(name: &str) -> Issue {
    Issue::new(
        IssueKind::ChangedByHand,
        Place::file(format!("{OUTPUTS}/{name}")),
        "файл больше не нужен, но вы его изменили, поэтому он оставлен.",
        "Уберите его сами, чтобы устаревший лист никто не раздал.",
    )
}

fn set_aside(name: &str) -> Issue {
    Issue::new(
        IssueKind::ChangedByHand,
        Place::file(format!("{OUTPUTS}/{name}")),
        "вы изменили файл, на месте которого нужен новый; ваш сохранён под этим именем.",
        "Перенесите из него то, что нужно, и уберите его сами.",
    )
}
