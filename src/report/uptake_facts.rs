//! What is recorded of somebody's signatures and of who was found in the chats, for `explain`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::school::{
    Chat, ChatKey, ChatRoll, EntryKind, Guardian, Member, PersonId, PersonName, RollMember, SchoolState, SignatureDay,
    SignatureEntry, Signatures, SignerId, Student, dotted,
};

/// A mark as it was taken in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignatureFact {
    /// Whose: «Орлова Ольга Юрьевна (родитель)».
    pub who: String,
    /// The mark, as JSON names it.
    pub mark: &'static str,
    /// The mark in words.
    #[serde(skip)]
    pub words: &'static str,
    /// Its day.
    pub on: Date,
    /// Whether the table told the day.
    pub day_told: bool,
    /// «told», «corrected», «withdrawn».
    pub entry: &'static str,
    #[serde(skip)]
    kind: EntryKind,
    /// The day on which it was taken in.
    pub taken_on: Date,
    /// Why it was corrected or withdrawn; empty for a mark that was told.
    pub why: String,
    /// Whether it is what holds now.
    pub holds: bool,
}

/// What the last list of a chat says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JoinedFact {
    /// The title of the chat.
    pub chat: String,
    /// Whose it is; `None` for the chat itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub who: Option<String>,
    /// How many are in the chat: 0 or 1 for one person.
    pub joined: usize,
    /// How many are to be.
    pub of: usize,
    /// How many in it are in no list; of the chat itself only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strangers: Option<u32>,
    /// The day of the list.
    pub on: Date,
}

impl SignatureFact {
    /// The marks of a pupil and of the parents, `former` ones too, whom the lists name no longer.
    pub fn of_pupil(
        student: &Student,
        former: &BTreeMap<PersonId, PersonName>,
        signatures: &BTreeMap<SignerId, Signatures>,
    ) -> Vec<Self> {
        let of_pupil = signatures.iter().filter(|(id, _)| student.id.is_some() && id.pupil() == student.id);
        let facts = of_pupil.flat_map(|(id, marks)| {
            let who = match id {
                SignerId::Parent { guardian: None, .. } => "родитель, не названный по имени".to_owned(),
                SignerId::Parent { guardian: Some(id), .. } => {
                    match (student.guardians.iter().find(|one| one.id == Some(*id)), former.get(id)) {
                        (Some(Guardian { name: Some(name), .. }), _) => format!("{name} (родитель)"),
                        (Some(_), _) => "родитель, не названный по имени".to_owned(),
                        (None, Some(name)) => format!("{name} (родитель, в списках больше нет)"),
                        (None, None) => "родитель, которого в списках больше нет".to_owned(),
                    }
                }
                SignerId::Student(_) | SignerId::Staff(_) => student.name.to_string(),
            };
            Self::all(&who, marks)
        });
        facts.collect()
    }

    /// The marks of a member of the staff.
    pub fn of_staff(name: &str, folded: &str, signatures: &BTreeMap<SignerId, Signatures>) -> Vec<Self> {
        signatures.get(&SignerId::Staff(folded.to_owned())).map(|marks| Self::all(name, marks)).unwrap_or_default()
    }

    fn all(who: &str, marks: &Signatures) -> Vec<Self> {
        let last = marks.last();
        let fact = |entry: &SignatureEntry| {
            let SignatureEntry { signature, kind, taken_on, why } = entry;
            Self {
                who: who.to_owned(),
                mark: signature.mark.id(),
                words: signature.mark.words(),
                on: signature.on,
                day_told: signature.day == SignatureDay::Told,
                entry: kind.id(),
                kind: *kind,
                taken_on: *taken_on,
                why: why.clone(),
                holds: *kind != EntryKind::Withdrawn && last.is_some_and(|last| std::ptr::eq(last, signature)),
            }
        };
        marks.entries().iter().map(fact).collect()
    }

    /// «Орлова Ольга Юрьевна (родитель): отказ 05.09.2026, учтено 06.09.2026».
    pub fn line(&self) -> String {
        let Self { who, words, on, taken_on, why, holds, kind, .. } = self;
        let [on, taken_on] = [on, taken_on].map(|day| dotted(*day));
        let why = if why.is_empty() { String::new() } else { format!(" — {why}") };
        match kind {
            EntryKind::Withdrawn => format!("{who}: снята {taken_on} отметка «{words}» от {on}{why}"),
            EntryKind::Corrected => format!("{who}: исправлено {taken_on} — {words} {on}{why}{}", past(*holds)),
            EntryKind::Told => format!("{who}: {words} {on}, учтено {taken_on}{}", past(*holds)),
        }
    }
}

fn past(holds: bool) -> &'static str {
    if holds { "" } else { "; больше не действует" }
}

impl JoinedFact {
    /// What the lists say of a pupil and the parents, chat by chat.
    pub fn of_pupil(student: &Student, state: &SchoolState, rolls: &BTreeMap<ChatKey, ChatRoll>) -> Vec<Self> {
        let is_own = |member: &Member| {
            student.id.is_some()
                && (member.student_id == student.id || (member.student_id.is_none() && member.id == student.id))
        };
        Self::of_members(state, rolls, &is_own)
    }

    /// What the lists say of a member of the staff.
    pub fn of_staff(folded: &str, state: &SchoolState, rolls: &BTreeMap<ChatKey, ChatRoll>) -> Vec<Self> {
        let is_own = |member: &Member| RollMember::of(member) == Some(RollMember::Staff(folded.to_owned()));
        Self::of_members(state, rolls, &is_own)
    }

    fn of_members(
        state: &SchoolState,
        rolls: &BTreeMap<ChatKey, ChatRoll>,
        is_own: &dyn Fn(&Member) -> bool,
    ) -> Vec<Self> {
        // Of a chat of which only a number is known nobody can tell who is in it.
        let listed = rolls.iter().filter(|(_, roll)| roll.number.is_none());
        let of_chat = listed.filter_map(|(key, roll)| Some((state.chats.get(key)?, roll)));
        let facts = of_chat.flat_map(|(chat, roll)| {
            let own = chat.members.iter().filter(|member| is_own(member));
            own.map(move |member| Self {
                chat: chat.title.to_string(),
                who: Some(member.name.as_ref().map_or_else(|| "родитель".to_owned(), ToString::to_string)),
                joined: usize::from(roll.has(member)),
                of: 1,
                strangers: None,
                on: roll.on,
            })
        });
        facts.collect()
    }

    /// What the last list says of a chat.
    pub fn of_chat(chat: &Chat, roll: &ChatRoll) -> Self {
        Self {
            chat: chat.title.to_string(),
            who: None,
            joined: roll.joined(&chat.members),
            of: chat.members.len(),
            strangers: Some(roll.strangers),
            on: roll.on,
        }
    }

    /// «Орлова Ольга Юрьевна: вступил(а) — «7А — родители», список от 07.09.2026».
    pub fn line(&self) -> String {
        let Self { chat, who, joined, of, strangers, on } = self;
        let on = dotted(*on);
        match who {
            Some(who) if *joined > 0 => format!("{who}: в чате «{chat}», по списку от {on}"),
            Some(who) => format!("{who}: нет в чате «{chat}», по списку от {on}"),
            None => {
                let strangers = strangers.filter(|number| *number > 0);
                let strangers = strangers.map(|number| format!("; посторонних: {number}")).unwrap_or_default();
                format!("{joined} из {of}, по списку от {on}{strangers}")
            }
        }
    }
}
