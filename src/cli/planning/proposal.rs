//! The wanted state, its difference to the recorded one, and the parcels that follow from it.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rayon::prelude::*;

use super::Known;
use super::parcel::{self, Grounds, Parcel};
use crate::cli::data::Data;
use crate::mail::Sender;
use crate::papers::{self, MemoFacts};
use crate::plan::changes::{Circumstances, PaperContent, changes, wanted, with_editions};
use crate::plan::{ClassPlan, pinned_rules};
use crate::school::{Change, Chat, ChatKey, Edition, Editions, LinkUrl, PaperId, SchoolState, Scope};

/// What a run would do.
#[derive(Debug)]
pub(crate) struct Proposal<'a> {
    /// The recorded state, in the names of the new school year where one has begun.
    pub(crate) before: Cow<'a, SchoolState>,
    /// The state that holds afterwards.
    pub(crate) after: SchoolState,
    /// Old key → new key of the chats that go on under another key.
    pub(crate) rekeyed: BTreeMap<ChatKey, ChatKey>,
    /// What differs.
    pub(crate) changes: Vec<Change>,
    /// The parcels that are added or changed.
    pub(crate) parcels: BTreeMap<Scope, Parcel>,
    /// Papers that are printed anew in their files, because words on them changed, and keep their version.
    pub(crate) refreshed: usize,
    /// Parcels of earlier runs that are still to be given.
    pub(crate) unfinished: usize,
}

/// What a run on a day would do with the data of a workspace.
pub(crate) fn propose<'a>(data: &Data, known: &'a Known, on: Date) -> Proposal<'a> {
    let before = Cow::Borrowed(known.state());
    let rekeyed = BTreeMap::new();
    let mut after = wanted(&data.roster, &data.staff, &data.plan, links(data));
    after.papers = with_editions(contents(data, on), &before.papers, &known.last, on);
    let unissued: BTreeSet<PaperId> =
        known.open.iter().flat_map(|(scope, due)| due.parcel.papers(scope, &before)).cloned().collect();
    let circumstances =
        Circumstances { evidence: &data.people.evidence, unissued: &unissued, successors: &data.people.successors };
    let changes = changes(&before, &after, circumstances);
    let parcels = parcel::parcels(&Grounds {
        before: &before,
        after: &after,
        changes: &changes,
        open: &known.open,
        without_letter: &without_letter(data, known),
    });
    let refreshed = after
        .papers
        .iter()
        .filter(|(id, now)| before.papers.get(id).is_some_and(|old| old.core == now.core && old.content != now.content))
        .count();
    Proposal { before, after, rekeyed, changes, parcels, refreshed, unfinished: known.open.len() }
}

impl Proposal<'_> {
    /// Whether there is nothing to do.
    pub(crate) fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.parcels.is_empty() && self.refreshed == 0 && self.unfinished == 0
    }

    /// Whether anything would be recorded: rows of tables may have moved without any change.
    pub(crate) fn is_recorded(&self) -> bool {
        *self.before != self.after || !self.changes.is_empty() || !self.parcels.is_empty() || !self.rekeyed.is_empty()
    }
}

fn links(data: &Data) -> BTreeMap<ChatKey, LinkUrl> {
    let ready = |chat: &Chat| Some((chat.key.clone(), data.links.ready(&chat.key)?.clone()));
    data.plan.chats().filter_map(ready).collect()
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
    let classes = data.plan.classes.par_iter().flat_map_iter(|class| of(Some(class), &class.chats));
    let mut contents: Vec<PaperContent> = classes.collect();
    contents.extend(of(None, &data.plan.school));
    contents
}

/// The classes whose homeroom teacher never had a letter and can get one now.
fn without_letter(data: &Data, known: &Known) -> BTreeSet<Scope> {
    if Sender::of(&data.settings.mail).is_none() {
        return BTreeSet::new();
    }
    let classes = data.plan.classes.iter();
    let reachable = classes.filter(|class| class.homeroom.as_ref().is_some_and(|homeroom| homeroom.email.is_some()));
    let scopes = reachable.map(|class| Scope::Class(class.name.clone()));
    scopes.filter(|scope| !known.lettered.contains(scope)).collect()
}
