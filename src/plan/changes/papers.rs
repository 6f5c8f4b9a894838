//! Papers to issue, and papers that hold no longer.

use std::collections::{BTreeMap, BTreeSet};

use super::namesakes::Namesakes;
use super::{Comparison, change, pupils};
use crate::plan::people::list_order;
use crate::school::{
    Audience, Change, ChangeKind, ChatKey, Guardian, IssuedPaper, LinkMode, PaperId, PaperRef, PersonId, PersonName,
    Piece, SchoolState, Student, fold,
};

/// Papers of a state as people call them, in the order in which they are told.
pub fn paper_refs(state: &SchoolState, wanted: &BTreeSet<PaperId>) -> Vec<PaperRef> {
    let pupils = pupils(state);
    let namesakes = Namesakes::of(&[&pupils]);
    let wanted = in_order(state.papers.iter().filter(|(id, _)| wanted.contains(id)), &pupils).into_iter();
    wanted.map(|(id, _)| PaperRef { id: id.clone(), words: words(id, state, &pupils, &namesakes) }).collect()
}

/// Why a form is to be signed anew.
const RULES_CHANGED: &str = "изменились правила";

/// Where no table says why: the rules, hours, deadlines, words or the school's own details are others.
const SETTINGS_CHANGED: &str = "изменились правила или настройки";

type Pupils<'a> = BTreeMap<PersonId, &'a Student>;

impl Comparison<'_> {
    /// What differs in papers. One whose people alone differ, a form with a new row, keeps its version and is not named.
    pub(super) fn papers(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        let (before, after) = (&self.before.papers, &self.after.papers);
        let differs = |id: &PaperId| before.get(id).map(|paper| paper.core) != after.get(id).map(|paper| paper.core);
        for (id, _) in in_order(after.iter().filter(|(id, _)| differs(id)), &self.now) {
            let paper_ref = self.paper_now(id);
            match before.get(id) {
                None => changes.push(change(id.scope.clone(), ChangeKind::PaperNew(paper_ref), self.why_new(id))),
                Some(earlier) => {
                    let why = self.why_renewed(id);
                    changes.extend(self.void(id, earlier, &why));
                    changes.push(change(id.scope.clone(), ChangeKind::PaperRenewed(paper_ref), why));
                }
            }
        }
        for (id, paper) in in_order(before.iter().filter(|(id, _)| !after.contains_key(id)), &self.then) {
            changes.extend(self.void(id, paper, &self.why_gone(id)));
        }
        changes.extend(self.copies());
        changes
    }

    /// Slips that hold and that nobody who needs them has: all parents of a pupil whom the lists named are replaced by others.
    fn copies(&self) -> Vec<Change> {
        let mut is_replaced: BTreeMap<PersonId, bool> = BTreeMap::new();
        let mut is_for_new_parents = |id: &PaperId| match &id.piece {
            Piece::Slip { chat, student } => {
                let is_for_parents = self.after.chats.get(chat).is_some_and(|chat| chat.audience == Audience::Parents);
                is_for_parents && *is_replaced.entry(*student).or_insert_with(|| self.has_new_parents_only(*student))
            }
            _ => false,
        };
        let (before, after) = (&self.before.papers, &self.after.papers);
        let is_same =
            |id: &PaperId| before.get(id).is_some_and(|then| after.get(id).map(|now| now.core) == Some(then.core));
        let unissued = self.circumstances.unissued;
        let copies = after.iter().filter(|(id, _)| is_for_new_parents(id) && is_same(id) && !unissued.contains(id));
        let copy = |(id, _): (&PaperId, _)| {
            change(id.scope.clone(), ChangeKind::PaperCopied(self.paper_now(id)), "новый законный представитель")
        };
        in_order(copies, &self.now).into_iter().map(copy).collect()
    }

    /// Whether none of the parents whom the lists named is there any more, and others are.
    fn has_new_parents_only(&self, pupil: PersonId) -> bool {
        let (Some(then), Some(now)) = (self.then.get(&pupil), self.now.get(&pupil)) else { return false };
        let stays = |guardian: &Guardian| {
            let is_same = |other: &Guardian| match (&guardian.name, &other.name) {
                _ if guardian.id.is_some() && guardian.id == other.id => true,
                (Some(then), Some(now)) => then.is_spelling_of(now),
                _ => false,
            };
            now.guardians.iter().any(is_same)
        };
        let is_named = |guardian: &Guardian| guardian.name.is_some();
        then.guardians.iter().any(is_named) && !then.guardians.iter().any(stays) && now.guardians.iter().any(is_named)
    }

    fn paper_now(&self, id: &PaperId) -> PaperRef {
        PaperRef { id: id.clone(), words: words(id, self.after, &self.now, self.namesakes()) }
    }

    fn why_new(&self, id: &PaperId) -> &'static str {
        match &id.piece {
            Piece::Family { student } => self.why_family_new(*student),
            _ => "",
        }
    }

    /// A paper with a code that somebody holds and that must not be used any more. A signed form is kept, and an old
    /// memo misleads nobody.
    fn void(&self, id: &PaperId, paper: &IssuedPaper, why: &str) -> Option<Change> {
        if !id.piece.has_code() || self.circumstances.unissued.contains(id) {
            return None;
        }
        let words = words(id, self.before, &self.then, self.namesakes());
        let what = ChangeKind::PaperVoid { paper: PaperRef { id: id.clone(), words }, edition: paper.edition };
        Some(change(id.scope.clone(), what, why))
    }

    fn why_renewed(&self, id: &PaperId) -> String {
        if let Piece::Family { student } = &id.piece {
            return self.why_family_renewed(*student).to_owned();
        }
        let Some(chat) = id.piece.chat() else { return self.why_document_renewed(id).to_owned() };
        let name = |pupils: &Pupils<'_>, id: &PersonId| pupils.get(id).map(|pupil| pupil.name.clone());
        let renamed = match &id.piece {
            Piece::Slip { student, .. } => name(&self.then, student) != name(&self.now, student),
            _ => false,
        };
        let title = |state: &SchoolState| state.chats.get(chat).map(|chat| chat.title.clone());
        let words = if let Some(words) = self.new_address(chat) {
            words
        } else if renamed {
            "изменилось имя"
        } else if title(self.before) != title(self.after) {
            "чат переименован"
        } else if let Some(why) = self.why_asked_elsewhere(id, chat) {
            why
        } else if let Piece::Slip { student, .. } = &id.piece {
            // Nothing else stands on a slip that makes an old one misleading: its code holds another address without the
            // link being another one, where the site of the school moved or papers carry links again.
            if self.has_namesake(*student) {
                "имя напечатано иначе из-за тёзок"
            } else {
                "на бумаге другой адрес"
            }
        } else {
            SETTINGS_CHANGED
        };
        words.to_owned()
    }

    /// Whether somebody in the class of a pupil has, or had, the same surname and given name.
    fn has_namesake(&self, pupil: PersonId) -> bool {
        let among = |pupils: &Pupils<'_>| {
            let own = pupils.get(&pupil);
            let is_alike = |own: &&Student, other: &&Student| {
                let folded = |student: &Student| [fold(&student.name.surname), fold(&student.name.given)];
                own.class == other.class && own.id != other.id && folded(own) == folded(other)
            };
            own.is_some_and(|own| pupils.values().any(|other| is_alike(own, other)))
        };
        among(&self.then) || among(&self.now)
    }

    /// Why the code on the papers of a chat is another one; `None` where it is the same.
    pub(super) fn new_address(&self, chat: &ChatKey) -> Option<&'static str> {
        let (before, after) = (self.before, self.after);
        match self.circumstances.mode {
            LinkMode::Direct if before.links.get(chat) != after.links.get(chat) => Some("ссылка заменена"),
            LinkMode::Direct => before.short.contains_key(chat).then_some("на бумаге теперь сама ссылка чата"),
            LinkMode::Short(_) => match (before.short.get(chat), after.short.get(chat)) {
                (before, after) if before == after => None,
                (Some(_), Some(_)) => Some("на бумаге новый адрес сайта школы"),
                (None, _) | (_, None) => Some("на бумаге теперь адрес сайта школы"),
            },
        }
    }

    /// Whether people are to ask somebody else about a chat, and why.
    fn why_asked_elsewhere(&self, id: &PaperId, chat: &ChatKey) -> Option<&'static str> {
        if let (Some(then), Some(now)) = (self.before.chats.get(chat), self.after.chats.get(chat))
            && then.moderator != now.moderator
        {
            return Some(self.why_other_name(then.moderator.as_ref(), now.moderator.as_ref()));
        }
        let homeroom = |state: &SchoolState| {
            id.scope.class().and_then(|class| state.homerooms.get(class)).map(|homeroom| homeroom.name.clone())
        };
        (homeroom(self.before) != homeroom(self.after)).then_some("сменился классный руководитель")
    }

    fn why_other_name(&self, then: Option<&PersonName>, now: Option<&PersonName>) -> &'static str {
        match (then, now) {
            (Some(then), Some(now)) if self.is_same_colleague(then, now) => "у модератора другое имя",
            _ => "сменился модератор",
        }
    }

    /// Why a form or a memo is made anew: the first cause that its class or the school has.
    fn why_document_renewed(&self, id: &PaperId) -> &'static str {
        if matches!(id.piece, Piece::Form { .. }) {
            return RULES_CHANGED;
        }
        if id.scope.class().is_some_and(|class| self.was(class).is_some()) {
            return "новый учебный год";
        }
        // The order is about the chats of all classes.
        let is_of_all = matches!(id.piece, Piece::Draft { .. });
        if id.piece != Piece::Memo && !is_of_all {
            return SETTINGS_CHANGED;
        }
        let of_scope = |state: &'_ SchoolState| -> BTreeSet<ChatKey> {
            let chats = state.chats.values().filter(|chat| is_of_all || chat.class.as_ref() == id.scope.class());
            chats.map(|chat| chat.key.clone()).collect()
        };
        let (then, now) = (of_scope(self.before), of_scope(self.after));
        if then != now {
            return "изменился список чатов";
        }
        let pairs = now.iter().filter_map(|key| Some((self.before.chats.get(key)?, self.after.chats.get(key)?)));
        if pairs.clone().any(|(then, now)| then.title != now.title) {
            return "чат переименован";
        }
        if let Some((then, now)) = pairs.clone().find(|(then, now)| then.moderator != now.moderator) {
            return self.why_other_name(then.moderator.as_ref(), now.moderator.as_ref());
        }
        if pairs.clone().any(|(then, now)| then.co_admins != now.co_admins) {
            return "сменился администратор чата";
        }
        if is_of_all {
            "изменились сведения, которые в нём стоят"
        } else {
            SETTINGS_CHANGED
        }
    }

    fn why_gone(&self, id: &PaperId) -> String {
        if let Piece::Slip { student, .. } = &id.piece {
            let why = self.whereabouts(*student).why_not_in(id.scope.class());
            if !why.is_empty() {
                return why;
            }
        }
        if let Piece::Family { student } = &id.piece {
            return self.why_family_gone(*student).to_owned();
        }
        let words = match id.piece.chat() {
            Some(chat) if !self.after.chats.contains_key(chat) => "чат закрыт",
            Some(chat) if !self.after.links.contains_key(chat) => "ссылка больше не действует",
            _ => "больше не нужен",
        };
        words.to_owned()
    }
}

/// The papers by chat, posters first, slips as lists of names are: the order of ids is random.
fn in_order<'a>(
    papers: impl Iterator<Item = (&'a PaperId, &'a IssuedPaper)>,
    pupils: &Pupils<'_>,
) -> Vec<(&'a PaperId, &'a IssuedPaper)> {
    let mut papers: Vec<_> = papers.collect();
    papers.sort_by_cached_key(|(id, _)| match &id.piece {
        Piece::Slip { chat, student } => {
            let name = pupils.get(student).map(|pupil| list_order(&pupil.name));
            (id.scope.clone(), 1, Some(chat.clone()), name)
        }
        Piece::Poster { chat } => (id.scope.clone(), 0, Some(chat.clone()), None),
        Piece::Family { student } => {
            let name = pupils.get(student).map(|pupil| list_order(&pupil.name));
            (id.scope.clone(), 2, None, name)
        }
        Piece::Form { .. } => (id.scope.clone(), 3, None, None),
        Piece::Memo => (id.scope.clone(), 4, None, None),
        Piece::Rules { .. } => (id.scope.clone(), 5, None, None),
        Piece::Consent => (id.scope.clone(), 6, None, None),
        Piece::Log => (id.scope.clone(), 7, None, None),
        Piece::Announcements => (id.scope.clone(), 8, None, None),
        Piece::Draft { .. } => (id.scope.clone(), 9, None, None),
    });
    papers
}

/// A paper as people call it.
fn words(id: &PaperId, state: &SchoolState, pupils: &Pupils<'_>, namesakes: &Namesakes<'_>) -> String {
    let title =
        |chat: &ChatKey| state.chats.get(chat).map_or_else(|| chat.to_string(), |chat| chat.title.as_str().to_owned());
    match &id.piece {
        Piece::Poster { chat } => format!("лист-приглашение «{}»", title(chat)),
        Piece::Slip { chat, student } => {
            let name = pupils.get(student).map(|pupil| namesakes.in_class(*student).short(&pupil.name));
            format!("талон «{}», {}", title(chat), name.unwrap_or_default())
        }
        // One of the children is enough to find it by: whoever is forgotten must not stay in the words of a brother's paper.
        Piece::Family { student } => {
            let name = pupils.get(student).map(|pupil| namesakes.in_school(*student).short(&pupil.name));
            format!("семейный лист, {}", name.unwrap_or_default())
        }
        document => document.document().unwrap_or_default().to_owned(),
    }
}
