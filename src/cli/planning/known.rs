//! What the store remembers, or nothing before the first run.

use std::collections::{BTreeMap, BTreeSet};

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;

use super::Given;
use super::neighbours;
use super::parcel::{Due, LETTERS, LetterDue, Parcel};
use super::unsent::Unsent;
use crate::mail::is_to_former_moderator;
use crate::roster::identity::{Answer, Decisions, PupilKey};
use crate::school::{
    ChatKey, Fingerprint, LinkStanding, LinkUrl, PaperId, PersonId, SchoolState, SchoolYear, Scope, Student,
    letter_kind,
};
use crate::store::{
    self, Former, LeftTable, LinkLife, LinkOfChat, Package, PackageId, PackageStanding, PublishedSite, Recorded, Run,
    RunId, ShortLink, Store, StoreError, Verdict, VoidCode,
};

/// What the store remembers.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The last recorded state; `None` before the first run.
    pub(crate) recorded: Option<Recorded>,
    /// The last versions of all papers that ever were.
    pub(crate) last: BTreeMap<PaperId, u32>,
    /// The school year of the recorded classes; `None` before the first run.
    pub(crate) school_year: Option<SchoolYear>,
    /// The latest date of all runs.
    pub(crate) last_date: Option<Date>,
    /// Who left and is not forgotten yet.
    pub(crate) former: Vec<Former>,
    /// The same by the chats that they were removed from.
    pub(crate) removed: BTreeMap<ChatKey, BTreeSet<PersonId>>,
    /// The run that recorded the school year of now; `None` where every run was of this year.
    pub(crate) year_began: Option<RunId>,
    /// What people answered to the question who is who.
    pub(crate) decisions: Decisions,
    /// The same of those who left.
    pub(crate) decisions_about_former: Decisions,
    /// What is still to be given.
    pub(crate) open: BTreeMap<Scope, Due>,
    /// The letters that the last run wrote before it was stopped; empty where it was not.
    pub(crate) before_stop: Vec<String>,
    /// The classes that had a letter this school year, or are to be sent one about a change.
    pub(crate) lettered: BTreeSet<Scope>,
    /// What was given this school year, oldest first. What the last one gave names classes that are other children now.
    pub(crate) given: Vec<Given>,
    /// The posters and slips that hold no longer.
    pub(crate) void_codes: Vec<VoidCode>,
    /// Every link that was ever recorded, with the last chat that had it; `None` for one that cannot be named now.
    pub(crate) owners: BTreeMap<LinkUrl, Option<ChatKey>>,
    /// The links of past years whose chats are forgotten.
    pub(crate) forgotten_links: BTreeSet<Fingerprint>,
    /// The links that were given and are not printed yet.
    pub(crate) received: BTreeMap<ChatKey, LinkUrl>,
    /// The links that somebody made void.
    pub(crate) void_links: BTreeSet<LinkUrl>,
    /// The links that another one took the place of.
    pub(crate) replaced_links: BTreeSet<LinkUrl>,
    /// What became of the links of the chats.
    pub(crate) standings: BTreeMap<ChatKey, LinkStanding>,
    /// The links of the schools whose folders lie beside this one.
    pub(crate) elsewhere: BTreeSet<Fingerprint>,
    /// The short links that were ever given out, oldest first.
    pub(crate) short: Vec<ShortLink>,
    /// Where the site of short links was published; the last folder was named last.
    pub(crate) sites: Vec<PublishedSite>,
    /// The letters in the outbox that were surely not sent, of this school year.
    pub(crate) unsent: BTreeMap<Scope, Unsent>,
    /// The table of acknowledgements as the program left it; `None` where it never did.
    pub(crate) left_table: Option<LeftTable>,
    /// When the runs were recorded.
    pub(super) recorded_at: BTreeMap<RunId, Timestamp>,
    pub(super) nothing: SchoolState,
}

impl Known {
    /// What the store of a folder remembers; nothing where there is none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn in_folder(folder: &Path) -> Result<Self, StoreError> {
        if !folder.is_dir() {
            return Ok(Self::default());
        }
        let known = || {
            let store = Store::read_unchecked(folder)?;
            let known = store.as_ref().map_or_else(|| Ok(Self::default()), Self::of)?;
            let name = store.as_ref().map(Store::name).transpose()?;
            Ok::<_, StoreError>(Self { elsewhere: neighbours::links(folder, name.as_deref()), ..known })
        };
        let (checked, known) = rayon::join(|| Store::read(folder), known);
        checked?;
        known
    }

    /// Everything that a run needs of a store.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(crate) fn of(store: &Store) -> Result<Self, StoreError> {
        let recorded = store.state()?;
        // By the order of the runs: the date of a run is what somebody typed.
        let new_years = store.runs_of_new_years()?;
        let year_began = new_years.last().map(|run| run.id);
        let runs = store.runs()?;
        let mut known = Self {
            school_year: school_year(&runs, &new_years),
            last: store.last_versions()?,
            last_date: runs.iter().map(|run| run.date).max(),
            recorded_at: runs.iter().map(|run| (run.id, run.at)).collect(),
            former: store.former()?,
            removed: store.removed_former()?,
            year_began,
            void_codes: store.void_codes()?,
            forgotten_links: store.forgotten_links()?,
            short: store.short_links()?,
            sites: store.sites()?,
            left_table: store.acknowledgement_table()?,
            ..Self::default()
        };
        known.remember_links(store.links()?);
        let is_open = |package: &Package| package.standing == PackageStanding::Open;
        let (open, closed): (Vec<_>, Vec<_>) = store.all_packages()?.into_iter().partition(is_open);
        let mut stopped: BTreeSet<RunId> = BTreeSet::new();
        for package in open {
            let run = package.run;
            let (scope, due) = Due::of(package)?;
            // A run that could not compose a letter was not stopped: it told of all the others.
            if !due.parcel.lacks_letter {
                stopped.insert(run);
            }
            if due.parcel.letter == LetterDue::Change {
                // It was decided when the parcel was recorded, by what the class was called then.
                known.lettered.insert(scope.clone());
            }
            known.open.insert(scope, due);
        }
        let mut unsent = store.letters()?;
        // A letter to a former moderator brings nothing of the class, and no later one takes its place.
        unsent.retain(|letter| letter.kind != letter_kind::HANDOVER);
        let in_outbox: BTreeSet<PackageId> = unsent.iter().filter_map(|letter| letter.package).collect();
        unsent.retain(|letter| letter.state.may_be_replaced());
        for package in closed {
            // What last year's 5А was given says nothing of those who are 5А now.
            if year_began.is_some_and(|began| package.run < began) {
                continue;
            }
            let Some(parcel) = package.content.as_deref().map(Parcel::read).transpose()? else {
                // Of a parcel whose content is forgotten, nobody knows; a second first letter would be worse than none.
                known.lettered.insert(package.scope);
                continue;
            };
            let letters = parcel.files.iter().filter(|file| file.starts_with(LETTERS));
            let letters: Vec<String> = letters.cloned().collect();
            // The outbox knows; a store of an earlier version has the names of files only.
            if in_outbox.contains(&package.id) || letters.iter().any(|letter| !is_to_former_moderator(letter)) {
                known.lettered.insert(package.scope.clone());
            }
            if stopped.contains(&package.run) {
                known.before_stop.extend(letters);
            }
            for letter in unsent.iter().filter(|letter| letter.package == Some(package.id)) {
                known.unsent.entry(package.scope.clone()).or_default().and(letter, &parcel);
            }
            known.given.push(Given::new(package, parcel));
        }
        known.recorded = Some(recorded);
        known.decide(&store.answers()?);
        Ok(known)
    }

    /// Remembers links, oldest first.
    pub(crate) fn remember_links(&mut self, links: Vec<LinkOfChat>) {
        for LinkOfChat { chat, link } in links {
            if let Some(chat) = &chat {
                if link.life == LinkLife::Received {
                    self.received.insert(chat.clone(), link.url.clone());
                }
                // A link that holds says more than one that came later and was never used.
                let is_told = link.ended.is_some()
                    && matches!(
                        self.standings.get(chat),
                        Some(LinkStanding::Active { .. } | LinkStanding::Received { .. })
                    );
                if !is_told {
                    self.standings.insert(chat.clone(), link.standing());
                }
            }
            if link.life.is_void() {
                self.void_links.insert(link.url.clone());
            }
            if link.life == LinkLife::Replaced {
                self.replaced_links.insert(link.url.clone());
            }
            self.owners.insert(link.url, chat);
        }
    }

    /// Takes answers into account.
    pub(crate) fn decide(&mut self, answers: &[store::Answer]) {
        fn by_id<'s>(students: impl Iterator<Item = &'s Student>) -> BTreeMap<PersonId, &'s Student> {
            students.filter_map(|student| Some((student.id?, student))).collect()
        }
        let students = by_id(self.state().roster.students());
        let former: BTreeMap<PersonId, &Former> =
            self.former.iter().filter_map(|former| Some((former.student.id?, former))).collect();
        // Whoever came back and left once more is asked about once more.
        let is_of_this_time = |former: &Former, answer: &store::Answer| {
            self.recorded_at.get(&former.run).is_none_or(|left| *left <= answer.at)
        };
        let (mut decisions, mut about_former) = (self.decisions.clone(), self.decisions_about_former.clone());
        for answer in answers {
            let Ok(after) = answer.after.parse() else { continue };
            let verdict = match answer.verdict {
                Verdict::Same => Answer::Same,
                Verdict::Different => Answer::Different,
            };
            if let Some(before) = students.get(&answer.before) {
                decisions.keep(PupilKey::of(before), after, verdict);
            } else if let Some(before) = former.get(&answer.before).filter(|former| is_of_this_time(former, answer)) {
                about_former.keep(PupilKey::of(&before.student), after, verdict);
            }
        }
        (self.decisions, self.decisions_about_former) = (decisions, about_former);
    }

    /// The last recorded state; the empty one before the first run.
    pub(crate) fn state(&self) -> &SchoolState {
        self.recorded.as_ref().map_or(&self.nothing, Recorded::state)
    }

    /// Whether a run was recorded.
    pub(crate) fn has_past(&self) -> bool {
        !self.state().roster.classes.is_empty()
    }
}

/// The school year of the recorded classes: that of the first run, and since then that of the last one in which they went
/// up. In July lists may still be those of the year that ends.
fn school_year(runs: &[Run], new_years: &[Run]) -> Option<SchoolYear> {
    let first = SchoolYear::of(runs.first()?.date);
    // Classes that went up are those of a later year, whatever day was typed.
    Some(new_years.iter().fold(first, |year, run| SchoolYear::of(run.date).max(year.next())))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::{Date, date};

    use super::{Given, Known, Parcel, Scope};
    use crate::school::{Change, ChangeKind, SchoolState};
    use crate::store::{PackageDraft, Record, RegisterState, RunInfo, Store, Trouble};

    /// Records a run of a day, and gives 8А a letter.
    fn record(store: &mut Store, on: Date, changes: &[Change]) {
        let eight = Scope::Class("8А".parse().unwrap());
        let before = store.state().unwrap();
        let nothing = BTreeMap::new();
        let package = PackageDraft { scope: eight, issued: on, content: Parcel::default().text(), cancels: Vec::new() };
        let record = Record {
            run: RunInfo { date: on, at: jiff::Timestamp::UNIX_EPOCH },
            before: &before,
            after: &SchoolState::default(),
            rekeyed: &nothing,
            renamed: &BTreeMap::new(),
            changes,
            packages: if changes.is_empty() { &[package] } else { &[] },
            register: RegisterState::Current,
            taken_back: &[],
            received: crate::store::Received::Settled,
        };
        store.record(&record).unwrap();
        for open in store.open_packages().unwrap() {
            let given = Parcel::default().given(vec![format!("Письма/8А {on}.eml")], None);
            store.close_package(open.id, &given.text(), None, &[], jiff::Timestamp::UNIX_EPOCH).unwrap();
        }
    }

    /// What was given before the run of the new year is last year's, whatever dates were typed.
    #[track_caller]
    fn check(before: Date, began: Date, after: Date) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path()).unwrap();
        record(&mut store, before, &[]);
        let class_up = Change {
            scope: Scope::Class("8А".parse().unwrap()),
            what: ChangeKind::ClassUp { from: "7А".parse().unwrap() },
            why: String::new(),
            source: None,
        };
        record(&mut store, began, &[class_up]);
        let known = Known::of(&store).unwrap();
        assert!(known.lettered.is_empty() && known.given.is_empty(), "{:?}", known.given);
        record(&mut store, after, &[]);
        let known = Known::of(&store).unwrap();
        let files: Vec<&String> = known.given.iter().flat_map(Given::files).collect();
        assert_eq!((known.lettered.len(), files), (1, vec![&format!("Письма/8А {after}.eml")]));
    }

    /// A package whose content is no parcel, open or given.
    #[track_caller]
    fn check_unreadable(content: &str, is_given: bool) {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path()).unwrap();
        record(&mut store, date(2026, 9, 1), &[]);
        let before = store.state().unwrap();
        let scope = Scope::Class("7А".parse().unwrap());
        let package =
            PackageDraft { scope, issued: date(2026, 9, 8), content: content.to_owned(), cancels: Vec::new() };
        let record = Record {
            run: RunInfo { date: date(2026, 9, 8), at: jiff::Timestamp::UNIX_EPOCH },
            before: &before,
            after: &SchoolState::default(),
            rekeyed: &BTreeMap::new(),
            renamed: &BTreeMap::new(),
            changes: &[],
            packages: &[package],
            register: RegisterState::Current,
            taken_back: &[],
            received: crate::store::Received::Settled,
        };
        store.record(&record).unwrap();
        if is_given {
            let open = store.open_packages().unwrap();
            store.close_package(open[0].id, content, None, &[], jiff::Timestamp::UNIX_EPOCH).unwrap();
        }
        let error = Known::of(&store).unwrap_err();
        assert_eq!(error.trouble(), &Trouble::Damaged, "{content}");
        assert!(error.advice().contains("из резервной копии"), "{error}");
    }

    #[test]
    fn a_package_that_cannot_be_read_is_never_guessed() {
        for content in ["", "{", "[]", "{\"letter\": \"change\"}", "{\"letter\": \"sometime\"}"] {
            check_unreadable(content, false);
            check_unreadable(content, true);
        }
    }

    #[test]
    fn a_year_begins_with_its_run() {
        let (early, late) = (date(2027, 8, 20), date(2027, 9, 1));
        check(early, late, date(2027, 9, 2));
        check(late, late, late);
        check(late, early, early);
        check(early, late, early);
    }
}
