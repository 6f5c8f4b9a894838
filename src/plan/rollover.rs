//! The new school year: what the store remembers, in the names of the year that begins.
//!
//! In September «7А» are other children than in May. Compared as it was recorded, every pupil would have moved and the
//! chat of last year's 7А would be taken for that of this year's. So the recorded state is first told in the new names:
//! 7А and its chats are called 8А, and what goes on nowhere gets a name that nobody has. Then the comparison is an
//! ordinary one.
//!
//! It knows which class has become which (`roster::identity`) and never guesses it from a name.

use std::collections::{BTreeMap, BTreeSet};

use crate::school::{
    Chat, ChatKey, ClassName, NewYear, OldChatRecord, PaperId, Piece, Roster, SchoolClass, SchoolState, Scope, Student,
};

/// A recorded state in the names of a new school year.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CarriedOver {
    /// The state.
    pub before: SchoolState,
    /// Recorded key → key of now, for every chat whose key changes.
    pub rekeyed: BTreeMap<ChatKey, ChatKey>,
    /// Recorded class → class of now, for every class whose name changes.
    pub renamed: BTreeMap<ClassName, ClassName>,
}

/// Tells a recorded state in the names of a new school year.
///
/// `successors` are the classes that go on (no new class twice), `wanted` the keys of the chats of the new plan.
/// `suffix` marks the keys of what goes on nowhere: «2025-26».
///
/// - A class that goes on has its new name, and so have its pupils, its homeroom teacher and its papers.
/// - Its chats go on under the new keys with their links, where `mode` says so and the plan wants them.
/// - Every other chat of a class gets a key that no chat of the plan has, `9А/родители/2025-26`: it is closed, and never
///   the chat of other children.
/// - A class that does not go on, and whose name is another's now, is called «9 бывший А».
///
/// Chats of the school and of groups stay as they are.
pub fn carry_over(
    before: &SchoolState,
    successors: &BTreeMap<ClassName, ClassName>,
    wanted: &BTreeSet<ChatKey>,
    mode: NewYear,
    suffix: &str,
) -> CarriedOver {
    let goes_on = one_to_one(successors);
    let renamed = renamed(before, &goes_on, wanted);
    let rekeyed = rekeyed(before, &goes_on, wanted, mode, suffix);
    let mut carried = CarriedOver { before: SchoolState::default(), rekeyed, renamed };
    let SchoolState { roster, staff, homerooms, chats, links, short, progress, old_chats, papers } = before;
    carried.before = SchoolState {
        roster: carried.roster(roster),
        staff: staff.clone(),
        homerooms: homerooms.iter().map(|(class, one)| (carried.class(class).clone(), one.clone())).collect(),
        chats: chats.values().map(|chat| carried.chat(chat)).map(|chat| (chat.key.clone(), chat)).collect(),
        links: links.iter().map(|(key, link)| (carried.key(key).clone(), link.clone())).collect(),
        short: short.iter().map(|(key, token)| (carried.key(key).clone(), token.clone())).collect(),
        progress: progress.iter().map(|(key, one)| (carried.key(key).clone(), *one)).collect(),
        old_chats: old_chats
            .iter()
            .map(|(key, one)| {
                let chat = one.chat.as_ref().map(|chat| carried.key(chat).clone());
                (key.clone(), OldChatRecord { chat, ..one.clone() })
            })
            .collect(),
        papers: papers.iter().map(|(id, paper)| (carried.paper(id), *paper)).collect(),
    };
    carried
}

impl CarriedOver {
    /// The key now of the chat that is recorded under a key.
    pub fn key<'a>(&'a self, key: &'a ChatKey) -> &'a ChatKey {
        self.rekeyed.get(key).unwrap_or(key)
    }

    /// The name now of a recorded class.
    pub fn class<'a>(&'a self, class: &'a ClassName) -> &'a ClassName {
        self.renamed.get(class).unwrap_or(class)
    }

    /// The scope now of what is recorded in a scope.
    pub fn scope(&self, scope: &Scope) -> Scope {
        Scope::from(scope.class().map(|class| self.class(class)))
    }

    /// A recorded piece as it is called now.
    pub fn piece(&self, piece: &Piece) -> Piece {
        piece.chat().map_or_else(|| piece.clone(), |chat| piece.with_chat(self.key(chat)))
    }

    /// A recorded paper as it is called now.
    pub fn paper(&self, id: &PaperId) -> PaperId {
        PaperId { scope: self.scope(&id.scope), piece: self.piece(&id.piece) }
    }

    fn roster(&self, roster: &Roster) -> Roster {
        let student = |student: &Student| Student { class: self.class(&student.class).clone(), ..student.clone() };
        let class = |class: &SchoolClass| SchoolClass {
            name: self.class(&class.name).clone(),
            homeroom: class.homeroom.clone(),
            students: class.students.iter().map(student).collect(),
        };
        Roster { classes: roster.classes.values().map(class).map(|class| (class.name.clone(), class)).collect() }
    }

    fn chat(&self, chat: &Chat) -> Chat {
        Chat {
            key: self.key(&chat.key).clone(),
            class: chat.class.as_ref().map(|class| self.class(class).clone()),
            ..chat.clone()
        }
    }
}

/// The successors, no new class twice: a second one would be given the chats of other children.
fn one_to_one(successors: &BTreeMap<ClassName, ClassName>) -> BTreeMap<&ClassName, &ClassName> {
    let mut taken = BTreeSet::new();
    successors.iter().filter(|(_, new)| taken.insert(*new)).collect()
}

fn renamed(
    before: &SchoolState,
    goes_on: &BTreeMap<&ClassName, &ClassName>,
    wanted: &BTreeSet<ChatKey>,
) -> BTreeMap<ClassName, ClassName> {
    let known = classes(before);
    let mut taken: BTreeSet<ClassName> = goes_on.values().map(|new| (*new).clone()).collect();
    taken.extend(wanted.iter().filter_map(class_of_key));
    let mut reserved = taken.clone();
    reserved.extend(known.iter().cloned());
    let mut renamed = BTreeMap::new();
    for class in known {
        let now = match goes_on.get(&class) {
            Some(new) => (*new).clone(),
            None if taken.contains(&class) => former(&class, &reserved),
            None => continue,
        };
        reserved.insert(now.clone());
        // A new spelling of the same name is told as well.
        if now != class || now.to_string() != class.to_string() {
            renamed.insert(class, now);
        }
    }
    renamed
}

/// Every class that a state names.
fn classes(state: &SchoolState) -> BTreeSet<ClassName> {
    let of_pupils = state.roster.students().map(|student| &student.class);
    let of_chats = state.chats.values().filter_map(|chat| chat.class.as_ref());
    let of_papers = state.papers.keys().filter_map(|id| id.scope.class());
    let classes = state.roster.classes.keys().chain(state.homerooms.keys()).chain(of_pupils);
    classes.chain(of_chats).chain(of_papers).cloned().collect()
}

/// «9 бывший А»: the name of a class that is no more, while another class is called 9А.
fn former(class: &ClassName, reserved: &BTreeSet<ClassName>) -> ClassName {
    const WORD: &str = "бывший";
    let room = ClassName::MAX_LITERA - WORD.chars().count() - 1;
    let litera: String = class.litera().chars().take(room).collect();
    let named = [format!("{} {WORD} {litera}", class.grade()), format!("{} {WORD}", class.grade())].into_iter();
    let numbered = (2..100).map(|number| format!("{} {WORD} {number}", class.grade()));
    let mut free = named.chain(numbered).filter_map(|name| name.parse().ok()).filter(|name| !reserved.contains(name));
    free.next().unwrap_or_else(|| class.clone())
}

fn rekeyed(
    before: &SchoolState,
    goes_on: &BTreeMap<&ClassName, &ClassName>,
    wanted: &BTreeSet<ChatKey>,
    mode: NewYear,
    suffix: &str,
) -> BTreeMap<ChatKey, ChatKey> {
    let mut rekeyed = BTreeMap::new();
    let mut given = BTreeSet::new();
    let mut ends = Vec::new();
    let all = keys(before);
    for key in &all {
        let Some(class) = class_of(before, key) else { continue };
        let next = goes_on.get(&class).map(|new| under(new, key));
        match next.filter(|next| mode == NewYear::Retitle && wanted.contains(next)) {
            Some(next) if given.insert(next.clone()) => {
                rekeyed.insert(key.clone(), next);
            }
            Some(_) | None => ends.push(key),
        }
    }
    given.extend(wanted.iter().cloned());
    given.extend(all.iter().cloned());
    for key in ends {
        let archived = archived(key, suffix, &given);
        given.insert(archived.clone());
        rekeyed.insert(key.clone(), archived);
    }
    rekeyed.retain(|old, new| old != new);
    rekeyed
}

/// Every chat that a state names.
fn keys(state: &SchoolState) -> BTreeSet<ChatKey> {
    let of_papers = state.papers.keys().filter_map(|id| id.piece.chat());
    state
        .chats
        .keys()
        .chain(state.links.keys())
        .chain(state.short.keys())
        .chain(state.progress.keys())
        .chain(of_papers)
        .cloned()
        .collect()
}

/// The class of a chat; `None` for chats of the school and of groups.
fn class_of(state: &SchoolState, key: &ChatKey) -> Option<ClassName> {
    match state.chats.get(key) {
        Some(chat) => chat.class.clone(),
        None => class_of_key(key),
    }
}

/// The class by which the key of a chat begins.
fn class_of_key(key: &ChatKey) -> Option<ClassName> {
    key.as_str().split('/').next()?.parse().ok()
}

/// The key of the same chat of another class.
fn under(class: &ClassName, key: &ChatKey) -> ChatKey {
    let class = class.to_string();
    let parts = std::iter::once(class.as_str()).chain(key.as_str().split('/').skip(1));
    ChatKey::of(&parts.collect::<Vec<_>>())
}

/// The key of a chat that is closed: one that no other chat has.
fn archived(key: &ChatKey, suffix: &str, given: &BTreeSet<ChatKey>) -> ChatKey {
    let with = |suffix: &str| {
        let parts = key.as_str().split('/').chain([suffix]);
        ChatKey::of(&parts.collect::<Vec<_>>())
    };
    let mut archived = with(suffix);
    let mut number = 2;
    while given.contains(&archived) {
        archived = with(&format!("{suffix}-{number}"));
        number += 1;
    }
    archived
}

#[cfg(test)]
mod tests;
