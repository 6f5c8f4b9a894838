//! What is recorded about one pupil, one member of the staff, one class or one chat, as a value and as JSON.
//!
//! It is for the person who asks about this one: pupils and parents are named, links, telephones and addresses are not.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::uptake_facts::{JoinedFact, SignatureFact};
use crate::school::{
    Chat, ChatKey, ChatProgress, ChatStage, ClassName, Edition, Guardian, Joined, LinkUrl, MemberRole, PersonId,
    PersonName, Piece, Place, SchoolState, Student, dotted,
};
use crate::store::{Event, LinkLife, LinkRecord, PaperRecord};

/// Everything recorded about one person, class or chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// What is recorded now.
    #[serde(flatten)]
    pub facts: Facts,
    /// The chats it has to do with.
    pub chats: Vec<ChatFact>,
    /// The papers it has or had.
    pub papers: Vec<PaperFact>,
    /// What was taken in of signatures, in the order in which it was.
    pub signatures: Vec<SignatureFact>,
    /// What the last lists of members say.
    pub joined: Vec<JoinedFact>,
    /// What happened, oldest first.
    pub events: Vec<EventRow>,
}

/// What is recorded now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "subject", rename_all = "snake_case")]
pub enum Facts {
    /// A pupil.
    Pupil(PupilFacts),
    /// A member of the staff.
    Staff {
        /// The name.
        name: String,
        /// The classes of a homeroom teacher.
        homeroom_of: Vec<ClassName>,
        /// The row of the staff table that names the member; `None` for one whom no row names.
        source: Option<String>,
    },
    /// A class.
    Class {
        /// Its name.
        name: ClassName,
        /// Whether it is in the lists.
        standing: Standing,
        /// The homeroom teacher.
        homeroom: Option<String>,
        /// How many pupils learn in it.
        pupils: usize,
        /// The lists that name its pupils, with their sheets.
        source: Vec<String>,
    },
    /// A chat.
    Chat(ChatFacts),
}

/// Whether something is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It is.
    Current,
    /// It is gone; what it left is still recorded.
    Gone,
}

/// What is recorded about a pupil.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PupilFacts {
    /// The name.
    pub name: String,
    /// The class; the last one of somebody who left.
    pub class: ClassName,
    /// The date of the run that found the pupil in it.
    pub since: Option<Date>,
    /// Set where the pupil left.
    pub left: Option<Ended>,
    /// The date of birth.
    pub birth_date: Option<Date>,
    /// The parents: «Орлова Ольга Юрьевна (мать)».
    pub guardians: Vec<String>,
    /// The row that names the pupil, as last read.
    pub source: String,
}

/// What is recorded about a chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChatFacts {
    /// The key.
    pub key: ChatKey,
    /// The title.
    pub title: String,
    /// Whether it is to exist.
    pub standing: Standing,
    /// What it is for: «чат родителей класса».
    pub purpose: Option<&'static str>,
    /// Who moderates it.
    pub moderator: Option<String>,
    /// Further administrators.
    pub co_admins: Vec<String>,
    /// How many are to be in it.
    pub members: usize,
    /// How far it is; `None` where it is closed.
    pub stage: Option<ChatStage>,
    /// What people told of it: who created it, when slips were handed out.
    pub told: Vec<String>,
    /// The links it has and had, oldest first; never the links themselves.
    pub links: Vec<LinkFact>,
    /// What it follows from: the lists of its class, the row of its moderator.
    pub source: Vec<String>,
}

/// Since when and why something holds no longer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Ended {
    /// The date of the run.
    pub on: Date,
    /// Why; may be empty.
    pub why: String,
}

/// A chat that somebody or something has to do with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChatFact {
    /// The key.
    pub key: ChatKey,
    /// The title.
    pub title: String,
    /// As whom somebody is in it: «ученик», «модератор»; empty for the chats of a class.
    pub role: String,
    /// Whether it has its link.
    pub link: LinkStanding,
}

/// Whether a chat has its link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkStanding {
    /// It has.
    Ready,
    /// It awaits it.
    Awaited,
}

/// A link without the link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LinkFact {
    /// What became of it: «действует», «заменена».
    pub state: &'static str,
    /// Since when it is known.
    pub received: Date,
    /// Set where it holds no longer.
    pub ended: Option<Ended>,
}

/// Papers that are alike.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PaperFact {
    /// «талон «7А — родители»».
    pub words: String,
    /// Version and date.
    #[serde(flatten)]
    pub edition: Edition,
    /// Set where they hold no longer.
    pub void: Option<Ended>,
    /// How many there are.
    pub number: usize,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventRow {
    /// The date of the run.
    pub date: Date,
    /// The number of the run.
    pub run: i64,
    /// «7А», «Школа».
    pub scope: String,
    /// The kind, as in a plan.
    pub kind: String,
    /// What, in Russian.
    pub words: String,
    /// Why; may be empty.
    pub why: String,
    /// The row that said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// The titles of all chats, of those that are gone too.
pub type Titles = BTreeMap<ChatKey, String>;

impl Facts {
    /// What is recorded about a pupil, who may have left. `events` are those of the pupil.
    pub fn of_pupil(student: &Student, left: Option<Ended>, events: &[Event]) -> Self {
        let came = |event: &&Event| {
            matches!(event.kind.as_str(), "arrived" | "moved_in") && event.scope.class() == Some(&student.class)
        };
        Self::Pupil(PupilFacts {
            name: student.name.to_string(),
            class: student.class.clone(),
            since: events.iter().rev().find(came).map(|event| event.date),
            left,
            birth_date: student.birth_date,
            guardians: student.guardians.iter().map(guardian).collect(),
            source: student.place.to_string(),
        })
    }

    /// What is recorded about a member of the staff.
    pub fn of_staff(name: &PersonName, state: &SchoolState) -> Self {
        let own = state.homerooms.iter().filter(|(_, homeroom)| homeroom.name.folded() == name.folded());
        let homeroom_of = own.map(|(class, _)| class.clone()).collect();
        let source = state.staff.get(&name.folded()).map(|contact| contact.place.to_string());
        Self::Staff { name: name.to_string(), homeroom_of, source }
    }

    /// What is recorded about a class, which may be gone.
    pub fn of_class(name: &ClassName, state: &SchoolState) -> Self {
        let class = state.roster.classes.get(name);
        Self::Class {
            // The spelling of the lists, not that of the question.
            name: class.map_or(name, |class| &class.name).clone(),
            standing: Standing::of(class),
            homeroom: state.homerooms.get(name).map(|homeroom| homeroom.name.to_string()),
            pupils: class.map_or(0, |class| class.students.len()),
            source: lists_of(name, state),
        }
    }

    /// What is recorded about a chat, which may be gone.
    /// `short` is since when its papers carry an address of the school's own site.
    pub fn of_chat(
        key: &ChatKey,
        state: &SchoolState,
        titles: &Titles,
        links: &[LinkRecord],
        short: Option<Date>,
    ) -> Self {
        let chat = state.chats.get(key);
        Self::Chat(ChatFacts {
            key: key.clone(),
            title: title(key, titles),
            standing: Standing::of(chat),
            purpose: chat.map(|chat| chat.kind.words()),
            moderator: chat.and_then(|chat| Some(chat.moderator.as_ref()?.to_string())),
            co_admins: chat.map(|chat| chat.co_admins.iter().map(ToString::to_string).collect()).unwrap_or_default(),
            members: chat.map_or(0, |chat| chat.members.len()),
            stage: chat.map(|chat| stage(&chat.key, state, links, short)),
            told: told(state.progress.get(key).copied().unwrap_or_default()).chain(replaced(key, state)).collect(),
            links: links.iter().map(LinkFact::of).collect(),
            source: chat.map(|chat| sources_of(chat, state)).unwrap_or_default(),
        })
    }
}

fn stage(chat: &ChatKey, state: &SchoolState, links: &[LinkRecord], short: Option<Date>) -> ChatStage {
    let holds = links.iter().rev().find(|link| link.ended.is_none());
    let standing = holds.or(links.last()).map(LinkRecord::standing).unwrap_or_default();
    let has_papers = state.papers.keys().any(|id| id.piece.chat() == Some(chat));
    let progress = state.progress.get(chat).copied().unwrap_or_default();
    standing.stage(progress, short.or(standing.since()).filter(|_| has_papers))
}

/// The old chats that this one replaces, and how far they have come.
fn replaced<'a>(key: &'a ChatKey, state: &'a SchoolState) -> impl Iterator<Item = String> + 'a {
    let replaced = state.old_chats.values().filter(move |old| old.chat.as_ref() == Some(key));
    replaced.map(|old| format!("прежний чат {}: {} с {}", old.words, old.state.words(), dotted(old.since)))
}

fn told(progress: ChatProgress) -> impl Iterator<Item = String> {
    let origin = progress.origin.map(|origin| origin.words().to_owned());
    let handed_out = progress.handed_out_on().map(|on| format!("талоны розданы {}", dotted(on)));
    let joined = progress.joined.map(|joined| match joined {
        Joined::Everybody => "вступили все".to_owned(),
        Joined::Number(number) => format!("вступили: {number}"),
    });
    [origin, handed_out, joined].into_iter().flatten()
}

/// The lists that name the pupils of a class: «списки/7.xlsx, лист «7А»».
fn lists_of(class: &ClassName, state: &SchoolState) -> Vec<String> {
    let pupils = state.roster.classes.get(class).into_iter().flat_map(|class| &class.students);
    let lists = pupils.map(|pupil| Place { cell: None, line: None, ..pupil.place.clone() }.to_string());
    lists.collect::<BTreeSet<_>>().into_iter().collect()
}

fn sources_of(chat: &Chat, state: &SchoolState) -> Vec<String> {
    let lists = chat.class.iter().flat_map(|class| lists_of(class, state));
    let moderator = chat.moderator.as_ref().and_then(|name| state.staff.get(&name.folded()));
    lists.chain(moderator.map(|contact| contact.place.to_string())).collect()
}

impl Standing {
    fn of<T>(found: Option<&T>) -> Self {
        if found.is_some() { Self::Current } else { Self::Gone }
    }
}

/// The chats in which a pupil is to be, or a parent for the pupil.
pub fn chats_of_pupil(id: PersonId, state: &SchoolState) -> Vec<ChatFact> {
    chats(state, |chat| {
        let own = |one: &&crate::school::Member| one.student_id == Some(id) || one.id == Some(id);
        let roles = chat.members.iter().filter(own).map(|member| match (&member.role, &member.name) {
            (MemberRole::Guardian, Some(name)) => format!("родитель {name}"),
            (role, _) => role_words(*role).to_owned(),
        });
        let roles: Vec<String> = roles.collect();
        (!roles.is_empty()).then(|| roles.join(", "))
    })
}

/// The chats of a member of the staff.
pub fn chats_of_staff(name: &PersonName, state: &SchoolState) -> Vec<ChatFact> {
    let folded = name.folded();
    let is = |other: &PersonName| other.folded() == folded;
    chats(state, |chat| {
        if chat.moderator.as_ref().is_some_and(is) {
            return Some("модератор".to_owned());
        }
        if chat.co_admins.iter().any(is) {
            return Some("администратор".to_owned());
        }
        let own = chat.members.iter().find(|member| {
            !matches!(member.role, MemberRole::Student | MemberRole::Guardian) && member.name.as_ref().is_some_and(is)
        });
        own.map(|member| role_words(member.role).to_owned())
    })
}

/// The chats of a class.
pub fn chats_of_class(class: &ClassName, state: &SchoolState) -> Vec<ChatFact> {
    chats(state, |chat| (chat.class.as_ref() == Some(class)).then(String::new))
}

fn chats(state: &SchoolState, role: impl Fn(&Chat) -> Option<String>) -> Vec<ChatFact> {
    let fact = |chat: &Chat| {
        Some(ChatFact {
            key: chat.key.clone(),
            title: chat.title.to_string(),
            role: role(chat)?,
            link: LinkStanding::of(state.links.get(&chat.key)),
        })
    };
    state.chats.values().filter_map(fact).collect()
}

fn role_words(role: MemberRole) -> &'static str {
    match role {
        MemberRole::Moderator => "модератор",
        MemberRole::CoAdmin => "администратор",
        MemberRole::Staff => "сотрудник",
        MemberRole::Student => "ученик",
        MemberRole::Guardian => "родитель",
    }
}

/// Papers as recorded; those that are alike as one: first those that hold.
pub fn paper_facts(records: &[PaperRecord], titles: &Titles) -> Vec<PaperFact> {
    let mut facts: Vec<PaperFact> = Vec::new();
    for PaperRecord { id, paper, voided } in records {
        let words = piece_words(&id.piece, titles);
        let void = voided.as_ref().map(|voided| Ended { on: voided.on, why: voided.why.clone() });
        let same = |fact: &&mut PaperFact| fact.words == words && fact.edition == paper.edition && fact.void == void;
        match facts.iter_mut().find(same) {
            Some(fact) => fact.number += 1,
            None => facts.push(PaperFact { words, edition: paper.edition, void, number: 1 }),
        }
    }
    facts.sort_by_key(|fact| fact.void.is_some());
    facts
}

fn piece_words(piece: &Piece, titles: &Titles) -> String {
    match piece {
        Piece::Poster { chat } => format!("лист-приглашение «{}»", title(chat, titles)),
        Piece::Slip { chat, .. } => format!("талон «{}»", title(chat, titles)),
        document => document.document().unwrap_or_default().to_owned(),
    }
}

fn title(key: &ChatKey, titles: &Titles) -> String {
    titles.get(key).cloned().unwrap_or_else(|| key.to_string())
}

fn guardian(guardian: &Guardian) -> String {
    let name = guardian.name.as_ref().map_or_else(|| "без имени".to_owned(), ToString::to_string);
    guardian.kinship.as_ref().map_or_else(|| name.clone(), |kinship| format!("{name} ({kinship})"))
}

impl LinkStanding {
    fn of(link: Option<&LinkUrl>) -> Self {
        if link.is_some() { Self::Ready } else { Self::Awaited }
    }
}

impl LinkFact {
    fn of(record: &LinkRecord) -> Self {
        let LinkRecord { url: _, life, received, active: _, ended, why, replaced_by: _ } = record;
        let state = match life {
            LinkLife::Received => "получена",
            LinkLife::Active => "действует",
            LinkLife::Replaced => "заменена",
            LinkLife::Withdrawn => "больше не указана",
            LinkLife::Reissued => "отозвана, нужна новая",
            LinkLife::Revoked => "отозвана",
            LinkLife::Expired => "аннулирована: ею не воспользовались",
        };
        Self { state, received: *received, ended: ended.map(|on| Ended { on, why: why.clone() }) }
    }
}

impl EventRow {
    /// An event for people and JSON.
    pub fn of(event: &Event) -> Self {
        let Event { run, date, at: _, scope, kind, person: _, chat: _, words, why, source } = event;
        Self {
            date: *date,
            run: run.number(),
            scope: scope.title(),
            kind: kind.clone(),
            words: words.clone(),
            why: why.clone(),
            source: source.as_ref().map(ToString::to_string),
        }
    }
}
