//! Whether a letter still fits what holds now.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::held::Held;
use crate::cli::data::Data;
use crate::school::{ClassName, letter_kind};
use crate::store::{LetterId, LetterState, PackageId, Store, StoreError, StoredLetter};

/// What letters are compared with before they are sent.
pub(super) struct Guard<'a> {
    pub(super) data: &'a Data,
    /// What the outbox has for the classes.
    pub(super) papers: WithPapers,
    /// What was recorded before the classes got their names of now.
    pub(super) past: &'a PastYears,
    /// The classes of which something is still awaited; `None` where nobody is reminded.
    pub(super) open: Option<&'a BTreeSet<ClassName>>,
}

/// The letters of the outbox that bring a class its papers: whether something newer was composed behind a letter.
#[derive(Debug, Default)]
pub(super) struct WithPapers {
    /// In the order in which they were composed.
    of_class: BTreeMap<ClassName, Vec<(LetterId, LetterState)>>,
}

impl WithPapers {
    /// Of the whole outbox.
    pub(super) fn of(letters: &[StoredLetter]) -> Self {
        let mut all = Self::default();
        let brings_papers =
            |letter: &&StoredLetter| letter.kind != letter_kind::REMINDER && letter.kind != letter_kind::HANDOVER;
        for letter in letters.iter().filter(brings_papers) {
            all.of_class.entry(letter.class.clone()).or_default().push((letter.id, letter.state));
        }
        all.of_class.values_mut().for_each(|letters| letters.sort_by_key(|(id, _)| *id));
        all
    }

    /// Those of the same class that were composed behind a letter, oldest first; none behind one to a former moderator, which
    /// brings no papers.
    pub(super) fn behind(&self, letter: &StoredLetter) -> impl Iterator<Item = (LetterId, LetterState)> {
        let of_class = self.of_class.get(&letter.class).filter(|_| letter.kind != letter_kind::HANDOVER);
        let composed = letter.id;
        of_class.into_iter().flatten().copied().filter(move |(id, _)| *id > composed)
    }

    /// Whether papers that the recipient may have were composed behind a letter.
    fn has_overtaken(&self, letter: &StoredLetter) -> bool {
        self.behind(letter).any(|(_, state)| may_have_gone(state))
    }

    /// Whether a letter with papers that was not cancelled was composed behind a letter.
    fn has_told_anew(&self, letter: &StoredLetter) -> bool {
        self.behind(letter).any(|(_, state)| state != LetterState::Cancelled)
    }
}

/// The letters of school years that are over: their classes are other children now.
#[derive(Debug, Default)]
pub(super) struct PastYears {
    packages: BTreeSet<PackageId>,
    began: Option<Timestamp>,
}

impl PastYears {
    /// What a store knows of them.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(super) fn of(store: &Store) -> Result<Self, StoreError> {
        let Some(began) = store.runs_of_new_years()?.pop() else { return Ok(Self::default()) };
        let packages = store.all_packages()?.into_iter().filter(|package| package.run < began.id);
        Ok(Self { packages: packages.map(|package| package.id).collect(), began: Some(began.at) })
    }

    /// Whether a letter is of one of them.
    pub(super) fn has(&self, letter: &StoredLetter) -> bool {
        match letter.package {
            Some(package) => self.packages.contains(&package),
            None => self.began.is_some_and(|began| letter.since < began),
        }
    }
}

impl Guard<'_> {
    /// Says why a letter must not be sent: it would bring the papers of one class to somebody else, old papers behind new ones, or
    /// what is true no longer.
    pub(super) fn check(&self, letter: &StoredLetter) -> Result<(), Held> {
        let class = &letter.class;
        if letter.package_class.as_ref().is_some_and(|of_package| of_package != class) {
            return Err(Held::OtherPapers);
        }
        if self.past.has(letter) {
            return Err(Held::NewYear);
        }
        if letter.kind == letter_kind::HANDOVER {
            // It brings nothing of a class, and goes to a colleague at the address that holds.
            return if self.is_colleague(letter) { Ok(()) } else { Err(Held::FormerModeratorGone) };
        }
        self.recipient(letter)?;
        if letter.kind == letter_kind::REMINDER {
            let is_open = self.open.is_none_or(|open| open.contains(class));
            return if is_open && !self.papers.has_told_anew(letter) { Ok(()) } else { Err(Held::NothingOpen) };
        }
        if self.papers.has_overtaken(letter) { Err(Held::Overtaken) } else { Ok(()) }
    }

    /// Whether the recipient is among the staff, with the address of the letter.
    fn is_colleague(&self, letter: &StoredLetter) -> bool {
        let member = self.data.staff.members.iter().find(|member| member.name.is_spelling_of(&letter.to));
        member.is_some_and(|member| member.email.as_ref() == Some(&letter.address))
    }

    fn recipient(&self, letter: &StoredLetter) -> Result<(), Held> {
        let Some(plan) = self.data.plan.class(&letter.class) else {
            // The last letter of a class that is gone goes to its former teacher, who is still among the staff.
            let is_last = letter.kind == letter_kind::CHANGE && self.is_colleague(letter);
            return if is_last { Ok(()) } else { Err(Held::ClassGone) };
        };
        // A former teacher whose successor is awaited is no recipient any more.
        let homeroom = plan.homeroom.as_ref().filter(|_| plan.successor_of.is_none()).ok_or(Held::NoHomeroom)?;
        if !homeroom.name.is_spelling_of(&letter.to) {
            return Err(Held::OtherHomeroom);
        }
        match &homeroom.email {
            None => Err(Held::NoAddress),
            Some(address) if *address != letter.address => Err(Held::OtherAddress),
            Some(_) => Ok(()),
        }
    }
}

/// Whether the recipient has a letter, or may have it.
pub(super) fn may_have_gone(state: LetterState) -> bool {
    matches!(state, LetterState::Sent | LetterState::Unknown | LetterState::Attempt | LetterState::Dot)
}
