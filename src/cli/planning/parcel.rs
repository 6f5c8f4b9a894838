//! What a class or the school is to be given: whole files, the sheet of a change, a letter.
//!
//! A parcel is recorded together with the state it follows from, before anything is made, and closed when everything of
//! it lies in «выдача/». A run that was stopped in between is finished by the next one. What changes again before a parcel
//! was given is put into the same parcel.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Given;
use super::told::news;
use crate::mail::is_to_former_moderator;
use crate::papers::PaperKind;
use crate::plan::changes::who;
use crate::school::{
    AdmissionTask, Change, ChangeKind, ChangeSheet, ChatKey, Homeroom, Piece, RemovalTask, SchoolState, Scope,
    VoidPaper,
};
use crate::store::{LetterId, Package, PackageId, RunId, StoreError, StoredLetter, Trouble};

/// What one class or the school is to be given.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Parcel {
    /// Which letter goes with it.
    pub(crate) letter: LetterDue,
    /// The files that are handed out whole.
    pub(crate) whole: BTreeSet<PaperKind>,
    /// The sheet of the change; empty where there is nothing to say.
    pub(crate) sheet: ChangeSheet,
    /// The files that go along for information only, because the one who gets them is new: they were handed out before.
    #[serde(default)]
    pub(crate) known: BTreeSet<PaperKind>,
    /// Posters and slips of which nobody has this version yet.
    #[serde(default)]
    pub(crate) fresh: BTreeSet<Piece>,
    /// Whether the letter brings everything once more, because the address was corrected.
    #[serde(default)]
    pub(crate) again: bool,
    /// Whether all of it lies in «выдача/» but the letter, which could not be composed.
    #[serde(default)]
    pub(crate) lacks_letter: bool,
    /// Whether the class had papers before.
    #[serde(default)]
    pub(super) has_past: bool,
    /// The subjects of letters that were surely not sent, and whose place the letter of this parcel takes.
    #[serde(default)]
    pub(crate) replaces: Vec<String>,
    /// The former moderators who hand chats over and can be written to, with what each is to hand over.
    #[serde(default)]
    pub(crate) handovers: Vec<FormerModerator>,
    /// The homeroom teacher of a class that is gone.
    pub(crate) former: Option<Homeroom>,
    /// The files that are nobody's but its own, the sheet and the letter, when the parcel was given: paths in «выдача/».
    #[serde(default)]
    pub(crate) files: Vec<String>,
    /// The run that gave it; `None` where it is still to be given, or was given by an older version of the program.
    #[serde(default)]
    pub(crate) given_by: Option<RunId>,
}

/// Somebody who moderated chats of a class and works here still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FormerModerator {
    /// Who, with the address of the staff table.
    pub(crate) who: Homeroom,
    /// The chats.
    pub(crate) chats: Vec<Handed>,
}

/// A chat that is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Handed {
    /// Its title.
    pub(crate) title: String,
    /// The new moderator.
    pub(crate) to: String,
}

/// Which letter goes with a parcel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum LetterDue {
    /// The first one, with all papers that hold.
    #[default]
    First,
    /// That of a change: the sheet and what is handed out whole.
    Change,
}

/// A parcel that was recorded and is still to be given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    /// Under which number it is recorded.
    pub(crate) id: PackageId,
    /// The date of the run that recorded it.
    pub(crate) issued: Date,
    /// What it holds.
    pub(crate) parcel: Parcel,
}

impl Due {
    /// What an open package holds.
    ///
    /// # Errors
    /// When it cannot be read: what it asks of people would be lost if it were guessed.
    pub(crate) fn of(package: Package) -> Result<(Scope, Self), StoreError> {
        let parcel = Parcel::read(package.content.as_deref().unwrap_or_default())?;
        Ok((package.scope, Self { id: package.id, issued: package.issued, parcel }))
    }
}

/// The folder of the letters in «выдача/».
pub(crate) const LETTERS: &str = "Письма";

impl Parcel {
    /// A recorded parcel.
    ///
    /// # Errors
    /// When it is not what was written: the store is damaged.
    pub(crate) fn read(text: &str) -> Result<Self, StoreError> {
        serde_json::from_str(text).map_err(|_| StoreError::Read(Trouble::Damaged))
    }

    /// As it is recorded.
    pub(crate) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Whether a sheet of the change is printed.
    pub(crate) fn has_sheet(&self) -> bool {
        match self.letter {
            // A first letter tells everything by itself.
            LetterDue::First => self.has_work(),
            LetterDue::Change => !self.sheet.is_empty(),
        }
    }

    /// Whether the sheet asks for anything to be done: news are a reason for a letter where a chat is to be worked on.
    pub(super) fn has_work(&self) -> bool {
        let ChangeSheet { news, removals, admissions, void, pieces, newcomers } = &self.sheet;
        let has_tasks = !(removals.is_empty() && admissions.is_empty() && void.is_empty());
        news.iter().any(|one| one.kind.is_work_on_chats()) || has_tasks || !(pieces.is_empty() && newcomers.is_empty())
    }

    /// Whether the whole file of a kind goes with it.
    pub(crate) fn hands_out(&self, kind: PaperKind) -> bool {
        self.letter == LetterDue::First || self.whole.contains(&kind) || self.known.contains(&kind)
    }

    /// Whether a piece is printed in what goes with it: in a whole file, or behind the sheet.
    pub(crate) fn carries(&self, piece: &Piece) -> bool {
        self.hands_out(PaperKind::of(piece)) || self.sheet.pieces.contains(piece)
    }

    /// Whether a letter to the homeroom teacher went with it when it was given.
    fn had_letter(&self) -> bool {
        self.files.iter().any(|file| file.starts_with(LETTERS) && !is_to_former_moderator(file))
    }

    /// Whether its sheet or its letter bears a number.
    pub(crate) fn is_numbered(&self) -> bool {
        self.letter == LetterDue::Change || self.has_sheet()
    }

    /// As it was given by a run: with the files that are its own, and nothing of it is unknown to people any more.
    pub(crate) fn given(&self, files: Vec<String>, run: Option<RunId>) -> Self {
        Self { files, given_by: run, fresh: BTreeSet::new(), ..self.clone() }
    }

    /// As it is when everything of it but the letter lies in «выдача/», where anybody may have taken it.
    pub(crate) fn without_letter(&self) -> Self {
        Self { lacks_letter: true, has_past: true, fresh: BTreeSet::new(), ..self.clone() }
    }

    /// As it is when its letter was surely not sent: what it brought is still to be brought. Its papers may have been
    /// taken from «выдача/» all the same.
    pub(super) fn reopened(&self) -> Self {
        // The letters to former moderators are letters of their own: they go out or not whatever becomes of this one.
        let handovers = Vec::new();
        Self { files: Vec::new(), given_by: None, lacks_letter: false, has_past: true, handovers, ..self.clone() }
    }

    /// The same with other names for the pieces and other titles of the chats that are to be worked on.
    pub(super) fn in_names(&self, name: impl Fn(&Piece) -> Piece, title: impl Fn(&str) -> String) -> Self {
        let named = |pieces: &BTreeSet<Piece>| pieces.iter().map(&name).collect();
        let removals = self.sheet.removals.iter();
        let removals = removals.map(|task| RemovalTask { chat: title(&task.chat), ..task.clone() });
        let admissions = self.sheet.admissions.iter();
        let admissions = admissions.map(|task| AdmissionTask { chat: title(&task.chat), ..task.clone() });
        let sheet = ChangeSheet {
            pieces: named(&self.sheet.pieces),
            removals: removals.collect(),
            admissions: admissions.collect(),
            ..self.sheet.clone()
        };
        let mut handovers = self.handovers.clone();
        for chat in handovers.iter_mut().flat_map(|former| &mut former.chats) {
            chat.title = title(&chat.title);
        }
        Self { sheet, fresh: named(&self.fresh), handovers, ..self.clone() }
    }

    /// Whether there is anything to hand out.
    pub(super) fn is_due(&self) -> bool {
        self.letter == LetterDue::First || !self.whole.is_empty() || !self.known.is_empty() || self.has_work()
    }

    /// A first letter comes with everything, so nothing of it is named one by one.
    fn complete(mut self) -> Self {
        if self.letter == LetterDue::First {
            self.whole.clear();
            self.known.clear();
            self.sheet.pieces.clear();
            self.sheet.newcomers.clear();
        }
        self
    }

    /// Without those who are in the chats again that they were to leave, for nobody has removed them yet, and those who
    /// are to be in the chats no longer that nobody has admitted them to.
    pub(super) fn without_whom_is_back(mut self, scope: &Scope, before: &SchoolState, after: &SchoolState) -> Self {
        // A title may have been that of another class a year ago, and may be another one now: the key tells the chat.
        let of_title = |state: &SchoolState, title: &str| -> BTreeSet<ChatKey> {
            let chats = state.chats.values().filter(|chat| chat.class.as_ref() == scope.class());
            chats.filter(|chat| chat.title.as_str() == title).map(|chat| chat.key.clone()).collect()
        };
        // Namesakes are counted: one of them may be in the chat all the time.
        let number = |state: &SchoolState, keys: &BTreeSet<ChatKey>, whom: &str| {
            let chats = keys.iter().filter_map(|key| state.chats.get(key));
            chats.flat_map(|chat| chat.members.iter()).filter(|member| who(member) == whom).count()
        };
        let then_and_now = |title: &str, whom: &str| {
            let now = of_title(after, title);
            let keys = if now.is_empty() { of_title(before, title) } else { now };
            (number(before, &keys, whom), number(after, &keys, whom))
        };
        self.sheet.removals.retain(|task| {
            let (then, now) = then_and_now(&task.chat, &task.who);
            now <= then
        });
        self.sheet.admissions.retain(|task| {
            let (then, now) = then_and_now(&task.chat, &task.who);
            now >= then
        });
        self
    }

    /// This parcel, which was never given, with what came after it.
    fn followed_by(self, later: Self) -> Self {
        let fresh = self.fresh.into_iter().chain(later.fresh).collect();
        if !self.has_past {
            // Nobody has an older paper of it, nobody was put into a chat by it, and nobody was asked to make one.
            let (sheet, handovers) = (ChangeSheet::default(), Vec::new());
            return Self { letter: LetterDue::First, sheet, fresh, has_past: false, handovers, ..later }.complete();
        }
        let letter = if self.letter == LetterDue::First { LetterDue::First } else { later.letter };
        let again = self.again || later.again;
        let whole: BTreeSet<PaperKind> = self.whole.union(&later.whole).copied().collect();
        let ChangeSheet { mut news, mut removals, mut admissions, mut void, pieces, newcomers } = self.sheet;
        append(&mut news, later.sheet.news);
        append(&mut removals, later.sheet.removals);
        append(&mut admissions, later.sheet.admissions);
        append(&mut void, later.sheet.void);
        let pieces = pieces.into_iter().chain(later.sheet.pieces);
        let sheet = ChangeSheet {
            news,
            removals,
            admissions,
            void,
            pieces: pieces.filter(|piece| !whole.contains(&PaperKind::of(piece))).collect(),
            newcomers: newcomers.into_iter().chain(later.sheet.newcomers).collect(),
        };
        let former = later.former.or(self.former);
        let mut handovers = self.handovers;
        append(&mut handovers, later.handovers);
        let mut replaces = self.replaces;
        append(&mut replaces, later.replaces);
        let known = self.known.union(&later.known).copied().filter(|kind| !whole.contains(kind)).collect();
        Self {
            again,
            letter,
            whole,
            known,
            sheet,
            fresh,
            replaces,
            has_past: true,
            handovers,
            former,
            lacks_letter: false,
            files: Vec::new(),
            given_by: None,
        }
        .complete()
    }
}

fn append<T: PartialEq>(list: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !list.contains(&one) {
            list.push(one);
        }
    }
}

/// The letters of a class that are in the outbox and were surely not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unsent {
    /// Their numbers.
    pub(crate) letters: Vec<LetterId>,
    /// Their subjects.
    pub(crate) subjects: Vec<String>,
    /// What they were to bring, all together; `None` where that is not known any more.
    pub(crate) parcel: Option<Parcel>,
}

impl Unsent {
    /// The same with another letter, and what it was to bring.
    pub(super) fn and(&mut self, letter: &StoredLetter, parcel: &Parcel) {
        self.letters.push(letter.id);
        self.subjects.push(letter.subject.clone());
        let earlier = self.parcel.take().map(|earlier| earlier.reopened().followed_by(parcel.reopened()));
        // Letters to former moderators wait by themselves.
        self.parcel = Some(earlier.unwrap_or_else(|| Parcel { handovers: Vec::new(), ..parcel.clone() }));
    }
}

/// What the parcels follow from.
pub(super) struct Grounds<'a> {
    pub(super) before: &'a SchoolState,
    pub(super) after: &'a SchoolState,
    pub(super) changes: &'a [Change],
    /// What earlier runs recorded and did not give.
    pub(super) open: &'a BTreeMap<Scope, Due>,
    /// What was given with letters that were surely not sent.
    pub(super) unsent: &'a BTreeMap<Scope, Unsent>,
    /// The classes that can get a letter now and never had one.
    pub(super) without_letter: &'a BTreeSet<Scope>,
    /// What was given this school year, oldest first, in the names of now.
    pub(super) given: &'a [Given],
}

/// The parcels that this run adds or changes.
pub(super) fn parcels(grounds: &Grounds<'_>) -> BTreeMap<Scope, Parcel> {
    let Grounds { before, after, changes, open, unsent, without_letter, given } = grounds;
    let mut by_scope: BTreeMap<&Scope, Vec<&Change>> = BTreeMap::new();
    for change in *changes {
        by_scope.entry(&change.scope).or_default().push(change);
    }
    for scope in *without_letter {
        by_scope.entry(scope).or_default();
    }
    let mut parcels = BTreeMap::new();
    for (scope, changes) in by_scope {
        let has_past = before.papers_of(scope).next().is_some();
        let has_papers = after.papers_of(scope).next().is_some();
        let mut parcel = if has_past { of_change(scope, &changes, before, after) } else { Parcel::default() };
        if let Some(missed) = missed(&parcel, scope, &changes, before) {
            let earlier = given.iter().filter(|one| one.scope() == scope).map(Given::parcel);
            let earlier = earlier.filter(|earlier| missed == Missed::Everything || !earlier.had_letter());
            parcel.sheet.repeat(earlier.map(|earlier| &earlier.sheet), after);
        }
        parcel.fresh =
            changes.iter().filter_map(|change| fresh(change)).filter(|piece| piece.has_code()).cloned().collect();
        if without_letter.contains(scope) {
            parcel = Parcel { letter: LetterDue::First, ..parcel }.complete();
        }
        if let Some(due) = open.get(scope) {
            parcel = due.parcel.clone().without_whom_is_back(scope, before, after).followed_by(parcel);
        }
        let stands = scope.class().is_none_or(|class| after.roster.classes.contains_key(class));
        if let Some(Unsent { parcel: Some(sent_for_nothing), subjects, .. }) = unsent.get(scope).filter(|_| stands) {
            let earlier = sent_for_nothing.reopened().without_whom_is_back(scope, before, after);
            parcel = earlier.followed_by(parcel);
            append(&mut parcel.replaces, subjects.clone());
        }
        let is_recorded = open.get(scope).is_some_and(|due| due.parcel == parcel);
        if !is_recorded && parcel.is_due() && (has_papers || has_past || parcel.has_work()) {
            parcels.insert(scope.clone(), parcel);
        }
    }
    parcels
}

fn of_change(scope: &Scope, changes: &[&Change], before: &SchoolState, after: &SchoolState) -> Parcel {
    let mut sheet = ChangeSheet::default();
    let printed: BTreeSet<&Piece> = changes.iter().filter_map(|change| printed(change)).collect();
    let (mut has_new_teacher, mut again) = (false, false);
    for change in changes {
        let why = || change.why.clone();
        match &change.what {
            ChangeKind::Removal { chat, who } => sheet.removals.push(RemovalTask {
                chat: chat.title.to_string(),
                moderator: moderator(chat, after).or_else(|| moderator(chat, before)),
                who: who.clone(),
                why: why(),
            }),
            ChangeKind::Admission { chat, who } => sheet.admissions.push(AdmissionTask {
                chat: chat.title.to_string(),
                // A new moderator is admitted by the former one: nobody else is in the chat to do it.
                moderator: moderator(chat, after)
                    .filter(|moderator| moderator != who)
                    .or_else(|| moderator(chat, before)),
                who: who.clone(),
                why: why(),
            }),
            // What people edit and sign is theirs: nobody is told to destroy it.
            ChangeKind::PaperVoid { paper, .. } if matches!(paper.id.piece, Piece::Draft { .. }) => {}
            ChangeKind::PaperVoid { paper, edition } => {
                sheet.void.push(VoidPaper { words: paper.words.clone(), edition: *edition, why: why() });
            }
            ChangeKind::Arrived(pupil)
            | ChangeKind::MovedIn { pupil, .. }
            | ChangeKind::GuardianAdded { pupil, name: Some(_) } => {
                sheet.newcomers.insert(pupil.id);
            }
            ChangeKind::Homeroom { to: Some(_), .. } => has_new_teacher = true,
            ChangeKind::HomeroomAddress => again = true,
            _ => {}
        }
    }
    let (mut whole, mut known) = (BTreeSet::new(), BTreeSet::new());
    for kind in PaperKind::ALL {
        let pieces = after.papers_of(scope).map(|(id, _)| &id.piece).filter(|piece| PaperKind::of(piece) == kind);
        let mut pieces = pieces.peekable();
        let is_there = pieces.peek().is_some();
        let is_whole = if is_cut_up(kind) {
            is_there && pieces.all(|piece| printed.contains(piece))
        } else {
            // A form or a memo is one document: signed, read and kept as a whole.
            pieces.any(|piece| printed.contains(piece))
        };
        if is_whole {
            whole.insert(kind);
            continue;
        }
        if is_cut_up(kind) {
            let printed = printed.iter().filter(|piece| PaperKind::of(piece) == kind);
            sheet.pieces.extend(printed.map(|piece| (*piece).clone()));
        }
        if (has_new_teacher || again) && is_there {
            known.insert(kind);
        }
    }
    sheet.news = news(changes, &sheet.pieces, &|chat| moderator(chat, after));
    let has_form = after.papers_of(scope).any(|(id, _)| matches!(id.piece, Piece::Form { .. }));
    if !has_form || whole.contains(&PaperKind::AcknowledgementForm) {
        sheet.newcomers.clear();
    }
    let is_gone = scope.class().is_some_and(|class| !after.roster.classes.contains_key(class));
    let former = scope.class().filter(|_| is_gone).and_then(|class| before.homerooms.get(class));
    // Whoever works here no longer gets no names of pupils.
    let former = former.filter(|former| after.staff.contains_key(&former.name.folded())).cloned();
    Parcel {
        letter: LetterDue::Change,
        whole,
        known,
        sheet,
        fresh: BTreeSet::new(),
        has_past: true,
        handovers: handovers(changes, after),
        former,
        again,
        lacks_letter: false,
        replaces: Vec::new(),
        files: Vec::new(),
        given_by: None,
    }
}

/// Who is to hand over which chats, and can be written to: whoever left the school gets no letter.
fn handovers(changes: &[&Change], after: &SchoolState) -> Vec<FormerModerator> {
    let mut formers: BTreeMap<String, FormerModerator> = BTreeMap::new();
    for change in changes {
        let ChangeKind::ChatModerator { chat, from: Some(from), to: Some(to) } = &change.what else { continue };
        let Some(contact) = after.staff.get(&from.folded()).filter(|contact| contact.email.is_some()) else { continue };
        let who = Homeroom { name: contact.name.clone(), email: contact.email.clone() };
        let former = formers.entry(from.folded()).or_insert_with(|| FormerModerator { who, chats: Vec::new() });
        former.chats.push(Handed { title: chat.title.to_string(), to: to.to_string() });
    }
    formers.into_values().collect()
}

/// What of the earlier changes the one who gets a parcel may not have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Missed {
    /// All letters went to a wrong address, for all that anybody knows.
    Everything,
    /// There was nobody to write to.
    WithoutLetter,
}

fn missed(parcel: &Parcel, scope: &Scope, changes: &[&Change], before: &SchoolState) -> Option<Missed> {
    let is_first_successor = || {
        let former = scope.class().and_then(|class| before.homerooms.get(class));
        let is_new = |change: &&Change| matches!(change.what, ChangeKind::Homeroom { to: Some(_), .. });
        former.is_some_and(|former| former.email.is_none()) && changes.iter().any(is_new)
    };
    if parcel.again {
        Some(Missed::Everything)
    } else if is_first_successor() {
        Some(Missed::WithoutLetter)
    } else {
        None
    }
}

/// The paper that a change has printed.
fn printed(change: &Change) -> Option<&Piece> {
    match &change.what {
        ChangeKind::PaperCopied(paper) => Some(&paper.id.piece),
        _ => fresh(change),
    }
}

/// The paper that a change makes anew.
fn fresh(change: &Change) -> Option<&Piece> {
    match &change.what {
        ChangeKind::PaperNew(paper) | ChangeKind::PaperRenewed(paper) => Some(&paper.id.piece),
        _ => None,
    }
}

/// Whether the pieces of a file go their own ways.
fn is_cut_up(kind: PaperKind) -> bool {
    matches!(kind, PaperKind::Posters | PaperKind::Slips | PaperKind::Families)
}

fn moderator(chat: &crate::school::ChatRef, state: &SchoolState) -> Option<String> {
    state.chats.get(&chat.key)?.moderator.as_ref().map(ToString::to_string)
}
