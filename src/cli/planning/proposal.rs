//! The wanted state, its difference to the recorded one, and the parcels that follow from it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use super::Known;
use super::parcel::Parcel;
use super::parcels::{Grounds, parcels};
use super::unsent::Unsent;
use crate::cli::data::Data;
use crate::links::RegisterYear;
use crate::mail::Sender;
use crate::papers::{self, MemoFacts};
use crate::plan::changes::{Circumstances, PaperContent, changes, wanted, with_editions};
use crate::plan::{ClassPlan, Move, pinned_rules};
use crate::school::{
    Change, ChangeKind, Chat, ChatKey, ChatProgress, ChatRef, ClassName, Edition, Editions, LinkUrl, OldChatKey,
    OldChatRecord, PaperId, PersonName, SchoolState, Scope,
};
use crate::store::{Recorded, RegisterState, TakenBack};

/// What a run would do.
#[derive(Debug)]
pub(crate) struct Proposal<'a> {
    /// The recorded state, in the names of the new school year where one has begun.
    pub(crate) before: &'a SchoolState,
    /// The state that holds afterwards.
    pub(crate) after: SchoolState,
    /// Old key → new key of the chats that go on under another key.
    pub(crate) rekeyed: BTreeMap<ChatKey, ChatKey>,
    /// Old name → new name of the classes that go on under another name.
    pub(crate) renamed: BTreeMap<ClassName, ClassName>,
    /// Whether the register of links is to be rewritten in the names of a new school year.
    pub(crate) register: RegisterState,
    /// Links that no paper carries, and that a person makes void.
    pub(crate) taken_back: Vec<TakenBack>,
    /// What differs.
    pub(crate) changes: Vec<Change>,
    /// The parcels that are added or changed.
    pub(crate) parcels: BTreeMap<Scope, Parcel>,
    /// Papers that are printed anew in their files, because words on them changed, and keep their version.
    pub(crate) refreshed: usize,
    /// Whose parcels of earlier runs are still to be given.
    pub(crate) unfinished: Vec<Scope>,
    /// What was given with letters that were surely not sent: a new parcel brings it, too. Empty without a mail server,
    /// for people send the letters by themselves then, and nobody tells which.
    pub(crate) unsent: BTreeMap<Scope, Unsent>,
}

/// What a run on a day would do with the data of a workspace.
pub(crate) fn propose<'a>(data: &'a Data, known: &'a Known, on: Date) -> Proposal<'a> {
    let past = &data.past;
    let before = past.state(known);
    let mut after = wanted(&data.roster, &data.staff, &data.plan, links(data));
    after.short = data.tokens.clone();
    after.progress = progress(data, before, past.register_year(known), on);
    after.old_chats = old_chats(data, before, on);
    after.papers = with_editions(contents(data, on), &before.papers, &past.last(known), on);
    let open = past.open(known);
    let unissued: BTreeSet<PaperId> = open
        .iter()
        .flat_map(|(scope, due)| {
            due.parcel.fresh.iter().map(|piece| PaperId { scope: scope.clone(), piece: piece.clone() })
        })
        .collect();
    let people = &data.people;
    let circumstances = Circumstances {
        evidence: &people.evidence,
        returned: &people.returned,
        unissued: &unissued,
        successors: &people.successors,
        mode: &data.settings.links.mode,
    };
    let mut changes = changes(before, &after, circumstances);
    changes.extend(moved_on(data, before));
    // A stable sort: what stands together within a class stays together.
    changes.sort_by(|one, other| one.scope.cmp(&other.scope));
    let sends = data.settings.mail.server.is_some();
    let mut unsent = if sends { past.unsent(known).into_owned() } else { BTreeMap::new() };
    // A letter is taken back only where another one can take its place; what stays, stays to be seen in the outbox. One of last
    // year can never be sent: what it asks for stands at least on the sheet.
    unsent.retain(|scope, _| past.is_last_year() || can_be_written_to(data, scope));
    let mut parcels = parcels(&Grounds {
        before,
        after: &after,
        changes: &changes,
        open: &open,
        unsent: &unsent,
        without_letter: &without_letter(data, &past.lettered(known)),
        // What was given to last year's 5А says nothing of those who are 5А now.
        given: if past.is_last_year() { &[] } else { &known.given },
    });
    if past.is_last_year() {
        // What was due to 7А is due to 8А now, and its pieces have the names of now.
        for (scope, due) in open.iter() {
            parcels.entry(scope.clone()).or_insert_with(|| due.parcel.clone());
        }
    }
    let refreshed = after
        .papers
        .iter()
        .filter(|(id, now)| before.papers.get(id).is_some_and(|old| old.core == now.core && old.content != now.content))
        .count();
    Proposal {
        before,
        after,
        rekeyed: past.rekeyed(),
        renamed: past.renamed(),
        register: if past.is_last_year() && data.register.is_some() {
            RegisterState::ToBeRewritten
        } else {
            RegisterState::Current
        },
        taken_back: Vec::new(),
        changes,
        parcels,
        refreshed,
        unfinished: open.keys().cloned().collect(),
        unsent,
    }
}

/// Whether a class has somebody to write to. The last letter of a class that is gone goes to its former teacher.
fn can_be_written_to(data: &Data, scope: &Scope) -> bool {
    let class = scope.class().and_then(|class| data.plan.class(class));
    let has_address = |class: &ClassPlan| class.homeroom.as_ref().is_some_and(|homeroom| homeroom.email.is_some());
    data.settings.mail.from.is_some() && class.is_none_or(has_address)
}

impl Proposal<'_> {
    /// Whether there is nothing to do.
    pub(crate) fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.parcels.is_empty() && self.refreshed == 0 && self.unfinished.is_empty()
    }

    /// Whether nothing is left of earlier runs.
    pub(crate) fn is_finished(&self, known: &Known) -> bool {
        let is_current = |one: &Recorded| one.register() == RegisterState::Current;
        self.unfinished.is_empty() && known.recorded.as_ref().is_none_or(is_current)
    }

    /// Whether anything would be recorded: rows of tables may have moved without any change.
    pub(crate) fn is_recorded(&self) -> bool {
        *self.before != self.after
            || !self.changes.is_empty()
            || !self.parcels.is_empty()
            || !self.rekeyed.is_empty()
            || !self.taken_back.is_empty()
    }
}

fn links(data: &Data) -> BTreeMap<ChatKey, LinkUrl> {
    let ready = |chat: &Chat| Some((chat.key.clone(), data.links.ready(&chat.key)?.clone()));
    data.plan.chats().filter_map(ready).collect()
}

/// What people told of the chats, by the register now or before. A row of last year may mean other children: of classes
/// only what is recorded holds then.
fn progress(data: &Data, before: &SchoolState, year: RegisterYear, on: Date) -> BTreeMap<ChatKey, ChatProgress> {
    let told = |chat: &Chat| {
        let is_past = year == RegisterYear::Past && chat.class.is_some();
        let now = if is_past { ChatProgress::default() } else { data.links.progress(&chat.key) };
        let progress = before.progress.get(&chat.key).copied().unwrap_or_default().then(now).dated(on);
        (!progress.is_empty()).then(|| (chat.key.clone(), progress))
    };
    data.plan.chats().filter_map(told).collect()
}

/// How far the old chats have come: a state that is not new keeps its day.
fn old_chats(data: &Data, before: &SchoolState, on: Date) -> BTreeMap<OldChatKey, OldChatRecord> {
    let record = |one: &Move| {
        let state = one.old.state;
        let known = before.old_chats.get(&one.old.key).filter(|known| known.state == state);
        let since = known.map_or(on, |known| known.since);
        let record = OldChatRecord {
            words: one.old.words(),
            chat: one.new.key().cloned(),
            state,
            since,
            responsible: one.responsible.as_ref().map(PersonName::folded),
            until: one.old.until,
        };
        (one.old.key.clone(), record)
    };
    data.moving.moves.iter().map(record).collect()
}

/// The old chats whose state changed.
fn moved_on(data: &Data, before: &SchoolState) -> Vec<Change> {
    let change = |one: &Move| {
        let from = before.old_chats.get(&one.old.key).map(|known| known.state).unwrap_or_default();
        let to = one.old.state;
        let chat = one.new.key().and_then(|key| data.plan.chat(key));
        (from != to).then(|| Change {
            scope: Scope::from(chat.and_then(|chat| chat.class.as_ref())),
            what: ChangeKind::OldChat {
                chat: chat.map(|chat| ChatRef { key: chat.key.clone(), title: chat.title.clone() }),
                old: one.old.words(),
                from,
                to,
            },
            why: String::new(),
            source: Some(one.old.place.clone()),
        })
    };
    data.moving.moves.iter().filter_map(change).collect()
}

/// What every paper is made from; the classes are summed up by all cores.
fn contents(data: &Data, on: Date) -> Vec<PaperContent> {
    let editions = Editions::all(Edition { version: 1, issued: on });
    let settings = &data.settings;
    let pinned = |chat: &Chat| pinned_rules(&settings.regulation, chat);
    let of = |class: Option<&ClassPlan>, chats: &[Chat]| -> Vec<PaperContent> {
        let sheets = data.sheets(chats);
        let facts = MemoFacts { deadlines: &settings.deadlines, pinned: &pinned };
        let scope = Scope::from(class.map(|class| &class.name));
        let pieces = papers::pieces(&data.papers(class, &sheets, &editions), &facts);
        let content = |piece: papers::PieceContent| PaperContent {
            id: PaperId { scope: scope.clone(), piece: piece.piece },
            content: piece.fingerprint,
            core: piece.core,
        };
        pieces.into_iter().map(content).collect()
    };
    let chats = data.all_chats();
    let drafts = || papers::drafts(&data.papers(None, &[], &editions), &data.drafts(&chats));
    let classes = data.plan.classes.par_iter().flat_map_iter(|class| of(Some(class), &class.chats));
    let (drafts, mut contents): (_, Vec<PaperContent>) = rayon::join(drafts, || classes.collect());
    contents.extend(of(None, &data.plan.school));
    contents.extend(drafts.into_iter().map(|piece| PaperContent {
        id: PaperId { scope: Scope::School, piece: piece.piece },
        content: piece.fingerprint,
        core: piece.core,
    }));
    contents
}

/// The classes whose homeroom teacher never had a letter and can get one now.
fn without_letter(data: &Data, lettered: &BTreeSet<Scope>) -> BTreeSet<Scope> {
    if Sender::of(&data.settings.mail).is_none() {
        return BTreeSet::new();
    }
    let classes = data.plan.classes.iter();
    let reachable = classes.filter(|class| class.homeroom.as_ref().is_some_and(|homeroom| homeroom.email.is_some()));
    let scopes = reachable.map(|class| Scope::Class(class.name.clone()));
    scopes.filter(|scope| !lettered.contains(scope)).collect()
}
