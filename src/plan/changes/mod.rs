//! What the tables want − what the store remembers = what is to be done, and why.
//!
//! A pure function of two states of one shape ([`SchoolState`]). People are told by their ids, staff by name and
//! address, chats by key, papers by what they are. Nothing is issued, removed or declared void here; that a pupil is
//! the same as last time was found out before (`roster::identity`).
//!
//! | file | idea |
//! | --- | --- |
//! | `people` | pupils, parents and homeroom teachers |
//! | `chats` | chats, links, and who is to leave which chat |
//! | `editions` | which papers keep their version, which get a new one |
//! | `families` | why the sheets of families are made anew, or hold no longer |
//! | `namesakes` | how much of a pupil's name has to be told |
//! | `papers` | papers to issue, and papers that hold no longer |
//! | `wanted` | the state that the tables want |

mod chats;
mod editions;
mod families;
mod namesakes;
mod papers;
mod people;
#[cfg(test)]
mod tests;
mod wanted;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use self::families::Families;
use self::namesakes::Namesakes;
use crate::school::{
    Change, ChangeKind, Chat, ChatRef, ClassName, LinkMode, PaperId, PersonId, PupilRef, SchoolState, Scope, Student,
};

pub use editions::{PaperContent, with_editions};
pub use papers::paper_refs;
pub use wanted::wanted;

/// What a comparison knows beyond the two states.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances<'a> {
    /// Why a known pupil is taken for the same, by id: «совпали имя и дата рождения».
    pub evidence: &'a BTreeMap<PersonId, &'static str>,
    /// How it is told that a pupil who had left is back, by id.
    pub returned: &'a BTreeMap<PersonId, String>,
    /// Papers that were recorded but have not left the program yet: nobody has to destroy them.
    pub unissued: &'a BTreeSet<PaperId>,
    /// In a new school year, old class → the class that it is now; the state before is that of [`carry_over`]. Empty
    /// at any other time.
    ///
    /// [`carry_over`]: crate::plan::carry_over
    pub successors: &'a BTreeMap<ClassName, ClassName>,
    /// What the codes on papers hold.
    pub mode: &'a LinkMode,
}

/// Everything that differs, class by class, the school last; within a class people, chats, papers.
pub fn changes(before: &SchoolState, after: &SchoolState, circumstances: Circumstances<'_>) -> Vec<Change> {
    let comparison = Comparison {
        before,
        after,
        then: pupils(before),
        now: pupils(after),
        families: Families::default(),
        namesakes: OnceCell::new(),
        circumstances,
    };
    let mut changes = comparison.people();
    changes.extend(comparison.chats());
    changes.extend(comparison.papers());
    // A stable sort: what stands together within a class stays together.
    changes.sort_by(|one, other| one.scope.cmp(&other.scope));
    changes
}

/// The two sides of a comparison.
struct Comparison<'a> {
    before: &'a SchoolState,
    after: &'a SchoolState,
    /// The pupils of both sides by id.
    then: BTreeMap<PersonId, &'a Student>,
    now: BTreeMap<PersonId, &'a Student>,
    families: Families,
    namesakes: OnceCell<Namesakes<'a>>,
    circumstances: Circumstances<'a>,
}

/// Where a pupil is now, as seen from a class or a chat of before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Whereabouts<'a> {
    Gone,
    In(&'a Student),
}

impl Whereabouts<'_> {
    /// Why a pupil is no longer in a class: «выбыл(а)», «переведён(а) в 8Б»; empty where the pupil still is.
    fn why_not_in(self, class: Option<&ClassName>) -> String {
        match self {
            Whereabouts::Gone => "выбыл(а)".to_owned(),
            Whereabouts::In(student) if Some(&student.class) != class && class.is_some() => {
                format!("переведён(а) в {}", student.class)
            }
            Whereabouts::In(_) => String::new(),
        }
    }
}

impl<'a> Comparison<'a> {
    fn whereabouts(&self, pupil: PersonId) -> Whereabouts<'a> {
        self.now.get(&pupil).map_or(Whereabouts::Gone, |student| Whereabouts::In(student))
    }

    /// The namesakes of both sides, once a change names a pupil.
    fn namesakes(&self) -> &Namesakes<'a> {
        self.namesakes.get_or_init(|| Namesakes::of(&[&self.now, &self.then]))
    }

    /// A pupil as news of a class name the pupil.
    fn pupil_ref(&self, id: PersonId, student: &Student) -> PupilRef {
        PupilRef { id, name: student.name.clone(), detail: self.namesakes().in_class(id) }
    }

    /// The name that a class had last year, where it has gone up.
    fn was(&self, class: &ClassName) -> Option<&'a ClassName> {
        let mut successors = self.circumstances.successors.iter();
        successors.find(|(old, new)| *new == class && old != new).map(|(old, _)| old)
    }
}

fn pupils(state: &SchoolState) -> BTreeMap<PersonId, &Student> {
    state.roster.students().filter_map(|student| Some((student.id?, student))).collect()
}

fn chat_ref(chat: &Chat) -> ChatRef {
    ChatRef { key: chat.key.clone(), title: chat.title.clone() }
}

fn change(scope: Scope, what: ChangeKind, why: impl Into<String>) -> Change {
    Change { scope, what, why: why.into(), source: None }
}
