//! One run after the other, remembered as the store does.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::Seen;
use super::checks::{check_admissions, check_quiet_classes, check_removals, check_scopes, compare};
use super::held::Held;
use super::world::{Happened, World, texts};
use crate::cli::data::Data;
use crate::cli::planning::{Due, Known, LETTERS, LetterDue, Parcel, Proposal, propose};
use crate::links::RegisterYear;
use crate::plan::ChatPlan;
use crate::roster::identity::Decisions;
use crate::school::{
    ChangeKind, ChatKey, ChatLinks, Checked, ClassName, LinkState, LinkUrl, PaperId, PersonId, Place, SchoolState,
    Scope, Settings, Student,
};
use crate::store::{Answer, Former, PackageDraft, PackageId, Record, Recorded, RegisterState, RunInfo, Store, Verdict};

/// Where runs are remembered.
pub(super) enum Memory {
    /// As the store would.
    InMind,
    /// In a file, and compared with what the model remembers.
    InFile { _folder: tempfile::TempDir, store: Box<Store> },
}

impl Memory {
    pub(super) fn in_file() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Box::new(Store::open(folder.path()).unwrap());
        Self::InFile { _folder: folder, store }
    }
}

/// A school, run after run.
pub(super) struct Runs {
    world: World,
    memory: Memory,
    known: Known,
    answers: Vec<Answer>,
    /// Questions that nobody answers in this run: the recorded pupil, the key and the true pupil of the row.
    put_off: BTreeSet<(PersonId, String, u32)>,
    /// The classes of those about whom a question was answered in this run.
    answered: BTreeSet<ClassName>,
    /// The lines of the classes that are recorded.
    lines: BTreeMap<ClassName, u32>,
    /// Who is recorded under an id.
    ids: BTreeMap<PersonId, u32>,
    /// The register of links as it lies in the folder.
    register: BTreeMap<ChatKey, LinkUrl>,
    /// Whether people are at work on the register.
    fills_rows: bool,
    /// Chats whose row somebody has emptied by mistake.
    lost: BTreeSet<ChatKey>,
    /// Whose chat a link opens: the line of the class, and the rest of the key.
    opens: BTreeMap<LinkUrl, (Option<u32>, String)>,
    held: Held,
    /// Papers that people are to get once more, because those who got them are not concerned any more.
    copied: BTreeSet<PaperId>,
    seen: Seen,
    former_before: Vec<Former>,
}

impl Runs {
    pub(super) fn new(world: World, memory: Memory) -> Self {
        Self {
            world,
            memory,
            known: Known::default(),
            answers: Vec::new(),
            put_off: BTreeSet::new(),
            answered: BTreeSet::new(),
            lines: BTreeMap::new(),
            ids: BTreeMap::new(),
            register: BTreeMap::new(),
            fills_rows: true,
            lost: BTreeSet::new(),
            opens: BTreeMap::new(),
            held: Held::default(),
            copied: BTreeSet::new(),
            seen: Seen::default(),
            former_before: Vec::new(),
        }
    }

    pub(super) fn follow(mut self, runs: usize) -> Seen {
        for number in 0..runs {
            let asked = self.put_off.iter().flat_map(|question| [self.ids[&question.0], question.2]).collect();
            let happened = if number == 0 { Happened::default() } else { self.world.live(&asked) };
            self.put_off.clear();
            self.answered.clear();
            self.run(&happened, number == 0);
        }
        self.seen
    }

    fn run(&mut self, happened: &Happened, is_first: bool) {
        self.seen.change_sets += 1;
        self.seen.years += usize::from(happened.new_year);
        self.seen.returned += happened.returned;
        let replaced = self.replace_a_link(happened);
        let data = self.data();
        if data.past.is_last_year() {
            self.lines.clear();
        }
        self.lines.extend(self.world.lines());
        let known = std::mem::take(&mut self.known);
        self.former_before = known.former.clone();
        let proposal = propose(&data, &known, self.world.today);
        self.seen.with_changes += usize::from(!proposal.changes.is_empty());
        self.check_people(&data, &proposal);
        self.check_links(&data, &proposal.after);
        check_scopes(&proposal);
        check_removals(&proposal);
        check_admissions(&proposal);
        if !is_first && !happened.new_year {
            let mut touched = happened.touched.clone();
            touched.extend(self.answered.iter().cloned());
            touched.extend(put_off_classes(&data));
            check_quiet_classes(&known, &proposal, &touched, replaced.as_ref());
        }
        if let Some(carried) = data.past.carried() {
            self.held.carry_over(carried);
            self.copied = self.copied.iter().map(|id| carried.paper(id)).collect();
        }
        for change in &proposal.changes {
            if let ChangeKind::PaperCopied(paper) = &change.what {
                self.copied.insert(paper.id.clone());
            }
            if let ChangeKind::PaperVoid { paper, edition } = &change.what {
                self.held.destroy(&paper.id, *edition);
                let parcel = &proposal.parcels[&change.scope];
                let named =
                    parcel.sheet.void.iter().filter(|void| void.words == paper.words && void.edition == *edition);
                assert!(named.count() >= 1, "{change:?} is not in {parcel:?}");
            }
        }
        // Some runs are stopped before everything is given.
        let is_stopped = self.world.dice.percent(15);
        self.seen.interrupted += usize::from(is_stopped);
        self.known = self.remember(&data, &known, &proposal, is_stopped);
        let due: BTreeSet<&Scope> = self.known.open.keys().collect();
        self.held.check(&proposal.after, &due);
        if data.past.is_last_year() {
            self.register = proposal.after.links.clone();
            self.lost.clear();
        }
        self.fills_rows = false;
        self.run_again();
        self.fills_rows = true;
    }

    /// The same lists in another order: nothing.
    fn run_again(&mut self) {
        let data = self.data();
        let proposal = propose(&data, &self.known, self.world.today);
        assert_eq!(proposal.changes, [], "a second run");
        assert!(
            proposal.parcels.is_empty() && !proposal.is_recorded(),
            "{:?} {:?} {:?}",
            proposal.parcels,
            self.known.open,
            self.known.lettered
        );
        assert_eq!(proposal.refreshed, 0);
    }

    /// What the tables call for, every question answered.
    fn data(&mut self) -> Data {
        loop {
            let tables = self.world.tables();
            let fresh = RefCell::new(&mut self.register);
            let today = self.world.today;
            let (lost, fills) = (&self.lost, self.fills_rows);
            let register = |_: &Settings, plan: &ChatPlan, year| {
                if fills && year == RegisterYear::Current {
                    fill(&mut fresh.borrow_mut(), lost, plan, today);
                }
                read(&fresh.borrow(), plan)
            };
            let data = Data::of(texts(), tables, &self.known, today, register).value;
            let mut answers = Vec::new();
            for question in &data.people.questions {
                let (before, after) = (question.before.id.unwrap(), question.key().to_string());
                let put_off = (before, after.clone(), who(&question.after.place));
                let is_new = !self.put_off.contains(&put_off);
                if fills && is_new && data.people.lost == 0 && self.world.dice.percent(40) {
                    self.put_off.insert(put_off);
                } else if is_new || data.people.lost > 0 {
                    let is_same = self.ids[&before] == who(&question.after.place);
                    let verdict = if is_same { Verdict::Same } else { Verdict::Different };
                    answers.push(Answer { before, after, verdict, at: Timestamp::UNIX_EPOCH });
                    self.answered.extend([question.before.class.clone(), question.after.class.clone()]);
                }
            }
            if answers.is_empty() {
                assert_eq!(data.people.lost, 0, "nobody could answer");
                return data;
            }
            self.seen.questions += answers.len();
            self.known.decide(&answers);
            if let Memory::InFile { store, .. } = &mut self.memory {
                store.keep_answers(&answers).unwrap();
            }
            self.answers.extend(answers);
        }
    }

    /// Every pupil of the lists is recorded once, in the right class, and is who he was.
    fn check_people(&mut self, data: &Data, proposal: &Proposal<'_>) {
        let unclear = &data.people.comparison.ambiguous;
        self.seen.unclear += usize::from(unclear.len() > data.people.questions.len());
        if !unclear.is_empty() {
            self.check_waiting(proposal);
            return;
        }
        let mut recorded: BTreeMap<u32, &crate::school::Student> = BTreeMap::new();
        for student in proposal.after.roster.students() {
            assert!(recorded.insert(who(&student.place), student).is_none(), "{student:?} stands twice");
        }
        assert_eq!(recorded.len(), self.world.pupils.len());
        for pupil in &self.world.pupils {
            let student = recorded[&pupil.who];
            assert_eq!(student.class, pupil.class);
            assert_eq!(student.name.folded(), pupil.name.folded());
            let id = student.id.unwrap();
            assert_eq!(*self.ids.entry(id).or_insert(pupil.who), pupil.who, "{student:?} is somebody else");
        }
        // Whoever was ever recorded is the same person, somebody who left and came back, too.
        for (id, who) in &self.ids {
            let now = recorded.get(who).and_then(|student| student.id);
            let before = proposal.before.roster.students().find(|student| student.id == Some(*id));
            let former = self.former_before.iter().find(|former| former.student.id == Some(*id));
            assert!(
                now.is_none_or(|now| now == *id),
                "{:?} is a new person\nbefore: {before:?}\nformer: {former:?}\n{:?}",
                recorded[who],
                data.people.assessment
            );
        }
        // Nobody who stayed was taken for a newcomer.
        let before: BTreeSet<u32> =
            proposal.before.roster.students().map(|student| self.ids[&student.id.unwrap()]).collect();
        for change in &proposal.changes {
            if let ChangeKind::Arrived(pupil) = &change.what {
                assert!(!before.contains(&self.ids[&pupil.id]), "{change:?} was there before");
            }
        }
    }

    /// Whoever is known is in the true class or, as long as a question waits, with the class of before: never among
    /// others.
    fn check_waiting(&mut self, proposal: &Proposal<'_>) {
        self.seen.waiting += 1;
        let truly: BTreeMap<u32, &ClassName> =
            self.world.pupils.iter().map(|pupil| (pupil.who, &pupil.class)).collect();
        for student in proposal.after.roster.students() {
            let who = *self.ids.entry(student.id.unwrap()).or_insert_with(|| who(&student.place));
            let before = proposal.before.roster.students().find(|one| one.id == student.id);
            let is_true = truly.get(&who) == Some(&&student.class);
            assert!(is_true || before.is_some_and(|before| before.class == student.class), "{student:?}");
        }
    }

    /// No link leads to a chat that it does not open.
    fn check_links(&mut self, data: &Data, after: &SchoolState) {
        for (key, link) in &after.links {
            let chat = &after.chats[key];
            let line = chat.class.as_ref().map(|class| self.lines[class]);
            let rest = key.as_str().split_once('/').map_or("", |(_, rest)| rest).to_owned();
            let opens = self.opens.entry(link.clone()).or_insert_with(|| (line, rest.clone()));
            assert_eq!(*opens, (line, rest), "{key} has a link of another chat");
        }
        assert_eq!(after.links.len(), after.links.values().collect::<BTreeSet<_>>().len());
        assert!(data.plan.chats().all(|chat| after.chats.contains_key(&chat.key)));
    }

    /// Some link is replaced now and then; a row is lost now and then, which changes nothing.
    fn replace_a_link(&mut self, happened: &Happened) -> Option<ChatKey> {
        if happened.new_year || self.register.is_empty() {
            return None;
        }
        let at = self.world.dice.roll(self.register.len());
        let (key, link) = self.register.iter().nth(at).map(|(key, link)| (key.clone(), link.clone())).unwrap();
        if self.world.dice.percent(20) {
            let new = LinkUrl::judged(format!("{}~{}", link.as_str(), self.world.today));
            self.register.insert(key.clone(), new);
            return Some(key);
        }
        if self.world.dice.percent(10) {
            self.register.remove(&key);
            self.lost.insert(key);
        }
        None
    }

    /// Records a run and gives what is due, unless it is stopped.
    fn remember(&mut self, data: &Data, known: &Known, proposal: &Proposal<'_>, is_stopped: bool) -> Known {
        let mut next = Known {
            recorded: Some(Recorded::as_if(proposal.after.clone(), 0, RegisterState::Current)),
            decisions: Decisions::default(),
            ..Known::default()
        };
        next.last = data.past.last(known).into_owned();
        next.former = former(known, proposal, self.world.today);
        for (id, old) in &known.state().papers {
            let (now, piece) = data.past.carried().map_or_else(
                || (id.clone(), id.piece.clone()),
                |carried| (carried.paper(id), carried.piece(&id.piece)),
            );
            if proposal.after.papers.get(&now).is_none_or(|now| now.edition != old.edition) {
                // A void paper stays one of the class that had it.
                let last = next.last.entry(PaperId { scope: id.scope.clone(), piece }).or_default();
                *last = old.edition.version.max(*last);
            }
        }
        next.owners = data.past.owners(known).into_owned();
        next.owners.extend(proposal.after.links.iter().map(|(key, link)| (link.clone(), Some(key.clone()))));
        next.lettered = data.past.lettered(known).into_owned();
        let mut open = data.past.open(known).into_owned();
        for (scope, parcel) in &proposal.parcels {
            open.insert(
                scope.clone(),
                Due { id: PackageId::default(), issued: self.world.today, parcel: parcel.clone() },
            );
        }
        if let Memory::InFile { store, .. } = &mut self.memory {
            record(store, proposal, self.world.today);
        }
        if is_stopped {
            next.open = open;
        } else {
            for (scope, Due { parcel, .. }) in &open {
                self.give(scope, parcel, &proposal.after);
                let letter = scope.class().map(|class| format!("{LETTERS}/{class}"));
                if letter.is_some() {
                    next.lettered.insert(scope.clone());
                }
                if let Memory::InFile { store, .. } = &mut self.memory {
                    let package = store.open_packages().unwrap().into_iter().find(|one| one.scope == *scope).unwrap();
                    let content = parcel.given(letter.into_iter().collect(), None).text();
                    store.close_package(package.id, &content, None, &[], jiff::Timestamp::UNIX_EPOCH).unwrap();
                }
            }
        }
        next.decide(&self.answers);
        if let Memory::InFile { store, .. } = &mut self.memory {
            store.register_rewritten().unwrap();
            compare(&Known::of(store).unwrap(), &next);
            return Known::of(store).unwrap();
        }
        next
    }

    fn give(&mut self, scope: &Scope, parcel: &Parcel, after: &SchoolState) {
        self.seen.sheets += usize::from(parcel.has_sheet());
        let mut twice = self.held.give(scope, parcel, after);
        twice.retain(|id| !self.copied.remove(id));
        assert!(twice.is_empty(), "{twice:?} is given again: {parcel:?}");
        assert!(parcel.letter == LetterDue::Change || !self.known.lettered.contains(scope));
    }
}

fn who(place: &Place) -> u32 {
    place.cell.unwrap().row
}

/// People fill in most of the rows that are new.
fn fill(rows: &mut BTreeMap<ChatKey, LinkUrl>, lost: &BTreeSet<ChatKey>, plan: &ChatPlan, today: jiff::civil::Date) {
    for chat in plan.chats().filter(|chat| chat.key.as_str().len() % 5 > 0 && !lost.contains(&chat.key)) {
        let link = || LinkUrl::judged(format!("https://max.ru/join/{}-{today}", chat.key.as_str()));
        rows.entry(chat.key.clone()).or_insert_with(link);
    }
}

/// The register as it lies in the folder.
fn read(rows: &BTreeMap<ChatKey, LinkUrl>, plan: &ChatPlan) -> Checked<ChatLinks> {
    let mut links = ChatLinks::default();
    for chat in plan.chats() {
        if let Some(link) = rows.get(&chat.key) {
            links.set_at(chat.key.clone(), LinkState::Ready(link.clone()), Place::file("ссылки.csv"));
        }
    }
    Checked::new(links, Vec::new())
}

fn record(store: &mut Store, proposal: &Proposal<'_>, date: jiff::civil::Date) {
    let before = store.state().unwrap();
    let draft = |(scope, parcel): (&Scope, &Parcel)| PackageDraft {
        scope: scope.clone(),
        issued: date,
        content: parcel.text(),
        cancels: Vec::new(),
    };
    let packages: Vec<PackageDraft> = proposal.parcels.iter().map(draft).collect();
    let record = Record {
        run: RunInfo { date, at: Timestamp::UNIX_EPOCH },
        before: &before,
        after: &proposal.after,
        rekeyed: &proposal.rekeyed,
        renamed: &proposal.renamed,
        changes: &proposal.changes,
        packages: &packages,
        register: proposal.register,
        taken_back: &[],
        received: crate::store::Received::Settled,
    };
    store.record(&record).unwrap();
}

/// Who left until now and is not back.
fn former(known: &Known, proposal: &Proposal<'_>, left: jiff::civil::Date) -> Vec<Former> {
    let now: BTreeSet<PersonId> = proposal.after.roster.students().filter_map(|student| student.id).collect();
    let is_gone = |student: &&Student| student.id.is_some_and(|id| !now.contains(&id));
    let run = serde_json::from_str("1").unwrap();
    let leave = |student: &Student| Former { student: student.clone(), left, run, why: String::new() };
    let earlier = known.former.iter().filter(|former| is_gone(&&former.student)).cloned();
    earlier.chain(proposal.before.roster.students().filter(is_gone).map(leave)).collect()
}

/// The classes of those about whom a question waits.
fn put_off_classes(data: &Data) -> BTreeSet<ClassName> {
    let questions = data.people.questions.iter();
    questions.flat_map(|question| [question.before.class.clone(), question.after.class.clone()]).collect()
}
