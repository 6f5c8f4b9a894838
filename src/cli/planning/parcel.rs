//! What a class or the school is to be given: whole files, the sheet of a change, a letter.
//!
//! A parcel is recorded together with the state it follows from, before anything is made, and closed when everything of
//! it lies in «выдача/». A run that was stopped in between is finished by the next one. What changes again before a parcel
//! was given is put into the same parcel.
//!
//! Knows how it is recorded, renamed and joined with a later one, not why there is one.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::handovers::FormerModerator;
use crate::mail::is_to_former_moderator;
use crate::papers::PaperKind;
use crate::school::{AdmissionTask, ChangeSheet, ChatKey, Homeroom, Piece, RemovalTask, SchoolState, Scope};
use crate::store::{Package, PackageId, RunId, StoreError, Trouble};

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
    /// The files that are printed once more as they are, because somebody asked for it: what was handed out and signed holds.
    #[serde(default)]
    pub(crate) copies: BTreeSet<PaperKind>,
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
        let ChangeSheet { news, removals, admissions, void, pieces, newcomers: _, new_parents: _ } = &self.sheet;
        let has_tasks = !(removals.is_empty() && admissions.is_empty() && void.is_empty());
        news.iter().any(|one| one.kind.is_work_on_chats()) || has_tasks || !pieces.is_empty() || self.sheet.has_rows()
    }

    /// Whether the whole file of a kind goes with it.
    pub(crate) fn hands_out(&self, kind: PaperKind) -> bool {
        self.letter == LetterDue::First
            || [&self.whole, &self.known, &self.copies].iter().any(|all| all.contains(&kind))
    }

    /// How many files are printed once more, where it brings nothing else; else none.
    pub(crate) fn only_copies(&self) -> usize {
        let is_all = self.whole.is_empty() && self.known.is_empty() && self.sheet.is_empty();
        if is_all { self.copies.len() } else { 0 }
    }

    /// Whether a piece is printed in what goes with it: in a whole file, or behind the sheet.
    pub(crate) fn carries(&self, piece: &Piece) -> bool {
        self.hands_out(PaperKind::of(piece)) || self.sheet.pieces.contains(piece)
    }

    /// Whether a letter to the homeroom teacher went with it when it was given.
    pub(super) fn had_letter(&self) -> bool {
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
        let has_files = [&self.whole, &self.known, &self.copies].iter().any(|all| !all.is_empty());
        self.letter == LetterDue::First || has_files || self.has_work()
    }

    /// A first letter comes with everything, so nothing of it is named one by one.
    pub(super) fn complete(mut self) -> Self {
        if self.letter == LetterDue::First {
            self.whole.clear();
            self.known.clear();
            self.copies.clear();
            self.sheet.pieces.clear();
            self.sheet.newcomers.clear();
            self.sheet.new_parents.clear();
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
            chats.flat_map(|chat| chat.members.iter()).filter(|member| state.is_called(member, whom)).count()
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
    pub(super) fn followed_by(self, later: Self) -> Self {
        let fresh = self.fresh.into_iter().chain(later.fresh).collect();
        if !self.has_past {
            // Nobody has an older paper of it, nobody was put into a chat by it, and nobody was asked to make one.
            let (sheet, handovers) = (ChangeSheet::default(), Vec::new());
            return Self { letter: LetterDue::First, sheet, fresh, has_past: false, handovers, ..later }.complete();
        }
        let letter = if self.letter == LetterDue::First { LetterDue::First } else { later.letter };
        let again = self.again || later.again;
        let whole: BTreeSet<PaperKind> = self.whole.union(&later.whole).copied().collect();
        let ChangeSheet { mut news, mut removals, mut admissions, mut void, pieces, newcomers, mut new_parents } =
            self.sheet;
        append(&mut news, later.sheet.news);
        append(&mut removals, later.sheet.removals);
        append(&mut admissions, later.sheet.admissions);
        append(&mut void, later.sheet.void);
        for (pupil, parents) in later.sheet.new_parents {
            new_parents.entry(pupil).or_default().extend(parents);
        }
        let pieces = pieces.into_iter().chain(later.sheet.pieces);
        let sheet = ChangeSheet {
            news,
            removals,
            admissions,
            void,
            pieces: pieces.filter(|piece| !whole.contains(&PaperKind::of(piece))).collect(),
            newcomers: newcomers.into_iter().chain(later.sheet.newcomers).collect(),
            new_parents,
        };
        let former = later.former.or(self.former);
        let mut handovers = self.handovers;
        append(&mut handovers, later.handovers);
        let mut replaces = self.replaces;
        append(&mut replaces, later.replaces);
        let not_whole = |one: &BTreeSet<PaperKind>, other: &BTreeSet<PaperKind>| {
            one.union(other).copied().filter(|kind| !whole.contains(kind)).collect()
        };
        let (known, copies) = (not_whole(&self.known, &later.known), not_whole(&self.copies, &later.copies));
        Self {
            again,
            letter,
            whole,
            known,
            copies,
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

/// Puts behind a list what it does not hold yet.
pub(super) fn append<T: PartialEq>(list: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !list.contains(&one) {
            list.push(one);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::Parcel;
    use crate::plan::sample::states::state;
    use crate::plan::sample::{Sample, class};
    use crate::school::{ChatKind, NameDetail, RemovalTask, SchoolState, Scope};

    /// Of two namesakes one has left, and is back or not: whether a task that says `who` is still to be done.
    #[track_caller]
    fn check(who: &str, is_back: bool, expected: bool) {
        let mut sample = Sample::new().kinds(&[ChatKind::ClassParents, ChatKind::ClassStudents]);
        let first = sample.roster.classes[&class("7А")].students[0].clone();
        let both = [(date(2013, 3, 3), "Д-1"), (date(2013, 10, 19), "Д-2")].map(|(birth, number)| {
            let mut student = first.clone();
            (student.birth_date, student.stable_id) = (Some(birth), Some(number.parse().unwrap()));
            student
        });
        let mut of = |students: &[crate::school::Student]| {
            sample.roster.classes.get_mut(&class("7А")).unwrap().students = students.to_vec();
            state(&sample, &SchoolState::default())
        };
        let (without, with) = (of(&both[..1]), of(&both));
        let mut parcel = Parcel::default();
        for chat in ["7А — родители", "7А — обучающиеся"] {
            parcel.sheet.removals.push(RemovalTask {
                chat: chat.to_owned(),
                moderator: None,
                who: who.to_owned(),
                why: "выбыл(а)".to_owned(),
            });
        }
        let after = if is_back { &with } else { &without };
        let parcel = parcel.without_whom_is_back(&Scope::Class(class("7А")), &without, after);
        assert_eq!(parcel.sheet.removals.len(), if expected { 2 } else { 1 }, "{who}");
    }

    #[test]
    fn a_namesake_who_is_back_is_known_by_the_words_of_the_task() {
        let who = |detail: NameDetail| detail.full(&crate::plan::sample::name("Ёлкин Пётр Ильич"));
        let october = who(NameDetail::day(date(2013, 10, 19)));
        for words in [october.as_str(), "Ёлкин Пётр Ильич"] {
            check(words, true, false);
            check(words, false, true);
        }
        // The one who stays is not taken for the one who is to go.
        check(&who(NameDetail::day(date(2013, 3, 3))), true, true);
        let parent = "Ёлкина Нина Львовна (родитель: Ёлкин Пётр Ильич, род.\u{a0}19.10)";
        check(parent, true, false);
        check("Ёлкина Нина Львовна (родитель: Ёлкин Пётр)", true, false);
        check(parent, false, true);
    }
}
