//! The register and the store: which link holds where they do not say the same.
//!
//! A row of the register may be deleted by mistake, be sorted apart from its key, or be of last year, when 7А were other
//! children. A link that leads to other children's chat is the worst that can stand on a sheet. So a recorded link stays
//! until another one takes its place, and a link that ever was one chat's is never taken for another's.

use std::collections::{BTreeMap, BTreeSet};

use crate::school::{Chat, ChatKey, ChatLinks, Checked, Fingerprint, Issue, IssueKind, LinkState, LinkUrl, Place};

use super::register::awaited;

/// What the store remembers of links, by the keys of now.
#[derive(Clone, Copy, Debug)]
pub struct Remembered<'a> {
    /// The link of every chat that has one, also of chats that are to be closed.
    pub active: &'a BTreeMap<ChatKey, LinkUrl>,
    /// Every link that was ever recorded, with the last chat that had it; `None` for a chat whose key is another's now.
    pub owners: &'a BTreeMap<LinkUrl, Option<ChatKey>>,
    /// The links of past years whose chats are forgotten.
    pub forgotten: &'a BTreeSet<Fingerprint>,
}

/// Of which school year the register is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisterYear {
    /// Of this one.
    Current,
    /// Of the last one: a new year began, and the register was not rewritten yet. The row of 7А means those who are 8А
    /// now, so no row of a class gives a link.
    Past,
}

/// The links that hold, by the register as it was read and by what the store remembers. `file` is the name that messages
/// call the register by.
///
/// | the register says | the store has a link for the chat | it has none |
/// | --- | --- | --- |
/// | a link that no other chat ever had | it replaces the recorded one | it is the first |
/// | another chat's link | the recorded one stays, with a warning | refused, with a warning |
/// | something that is no invitation | the recorded one stays, with the issue of the register | refused |
/// | nothing, or there is no row | the recorded one stays, with a warning | awaited |
pub fn settle(
    register: Checked<ChatLinks>,
    file: &str,
    chats: &[&Chat],
    remembered: Remembered<'_>,
    year: RegisterYear,
) -> Checked<ChatLinks> {
    let Checked { value: register, mut issues } = register;
    let settling = Settling {
        file,
        titles: chats.iter().map(|chat| (&chat.key, *chat)).collect(),
        holders: remembered.active.iter().map(|(chat, link)| (link, chat)).collect(),
        remembered,
        year,
    };
    let mut settled = ChatLinks::default();
    let mut answered = BTreeSet::new();
    for chat in chats.iter().copied() {
        let cell = register.place(&chat.key);
        let Settled { state, issue } = settling.settle(chat, register.state(&chat.key), cell);
        if *register.state(&chat.key) == LinkState::Awaited && state != LinkState::Awaited {
            answered.insert(awaited(chat, settling.place(cell)));
        }
        issues.extend(issue);
        match cell {
            Some(cell) => settled.set_at(chat.key.clone(), state, cell.clone()),
            None => settled.set(chat.key.clone(), state),
        }
    }
    issues.retain(|issue| !answered.contains(issue));
    if year == RegisterYear::Past {
        // Rows of chats that were closed with the year.
        issues.retain(|issue| issue.kind != IssueKind::UnknownChat);
    }
    Checked::new(settled, issues)
}

/// The link of a chat that holds, and what a person should know about it.
struct Settled {
    state: LinkState,
    issue: Option<Issue>,
}

struct Settling<'a> {
    file: &'a str,
    titles: BTreeMap<&'a ChatKey, &'a Chat>,
    /// Whose link is active.
    holders: BTreeMap<&'a LinkUrl, &'a ChatKey>,
    remembered: Remembered<'a>,
    year: RegisterYear,
}

/// Whose link it is.
enum Owner<'a> {
    /// Nobody else's.
    Free,
    /// A chat has it now.
    Has(&'a ChatKey),
    /// A chat had it; `None` for one that cannot be named any more.
    Had(Option<&'a ChatKey>),
    /// Some chat had it in a year that is forgotten.
    Forgotten,
}

impl Settling<'_> {
    fn settle(&self, chat: &Chat, state: &LinkState, cell: Option<&Place>) -> Settled {
        let recorded = self.remembered.active.get(&chat.key);
        // A row of last year that is empty, or is gone, says nothing about the chat that has its key now.
        let is_past = self.year == RegisterYear::Past && chat.class.is_some();
        match (state, recorded) {
            (LinkState::Ready(link), Some(recorded)) if link == recorded => settled(state.clone()),
            (LinkState::Ready(link), _) => match self.owner(link, chat) {
                Owner::Free if is_past => self.not_taken(chat, cell, Some(past_year(chat))),
                Owner::Free => settled(state.clone()),
                Owner::Has(_) | Owner::Had(_) | Owner::Forgotten if is_past => self.not_taken(chat, cell, None),
                owner => self.not_taken(chat, cell, Some(self.another_s(chat, &owner))),
            },
            (LinkState::Awaited, Some(recorded)) => {
                let issue = (!is_past).then(|| self.kept(chat, cell));
                Settled { state: LinkState::Ready(recorded.clone()), issue }
            }
            (LinkState::Refused, Some(recorded)) => settled(LinkState::Ready(recorded.clone())),
            (LinkState::Awaited | LinkState::Refused, None) => settled(state.clone()),
        }
    }

    fn owner<'b>(&'b self, link: &LinkUrl, chat: &Chat) -> Owner<'b> {
        if let Some(holder) = self.holders.get(link) {
            return if **holder == chat.key { Owner::Free } else { Owner::Has(holder) };
        }
        match self.remembered.owners.get(link) {
            Some(Some(owner)) if *owner == chat.key => Owner::Free,
            Some(owner) => Owner::Had(owner.as_ref()),
            None if self.remembered.forgotten.contains(&link.fingerprint()) => Owner::Forgotten,
            None => Owner::Free,
        }
    }

    /// The recorded link stays, if there is one. Without words, the row is the one that the program wrote last year.
    fn not_taken(&self, chat: &Chat, cell: Option<&Place>, words: Option<Words>) -> Settled {
        let recorded = self.remembered.active.get(&chat.key);
        let place = self.place(cell);
        match (words, recorded) {
            (Some(Words { what, advice }), recorded) => {
                let now = if recorded.is_some() {
                    "остаётся прежняя"
                } else {
                    "чат ждёт свою ссылку"
                };
                let message = format!("{what}: она не использована, {now}.");
                let issue = Some(Issue::new(IssueKind::LinkOfAnother, place, message, advice));
                let state = recorded.map_or(LinkState::Refused, |link| LinkState::Ready(link.clone()));
                Settled { state, issue }
            }
            (None, Some(recorded)) => settled(LinkState::Ready(recorded.clone())),
            (None, None) => Settled { state: LinkState::Awaited, issue: Some(awaited(chat, place)) },
        }
    }

    fn another_s(&self, chat: &Chat, owner: &Owner<'_>) -> Words {
        let named = |key: &ChatKey| match self.titles.get(key) {
            Some(chat) => format!("чата «{}»", chat.title),
            None => format!("чата «{key}», который закрыт"),
        };
        let whose = match owner {
            Owner::Has(key) if self.titles.contains_key(*key) => format!("уже стоит на бумагах {}", named(key)),
            Owner::Has(key) | Owner::Had(Some(key)) => format!("раньше была у {}", named(key)),
            Owner::Forgotten => "уже была на бумагах прошлых лет".to_owned(),
            Owner::Had(None) | Owner::Free => "раньше была у другого чата".to_owned(),
        };
        Words {
            what: format!("Ссылка в строке чата «{}» {whose}", chat.title),
            advice:
                "Если это таблица прошлого учебного года, верните на её место новую. Если нет, скопируйте ссылку из \
                     самого чата; когда перепутаны ссылки двух чатов, создайте в MAX для каждого новую и впишите обе."
                    .to_owned(),
        }
    }

    fn kept(&self, chat: &Chat, cell: Option<&Place>) -> Issue {
        let message = match cell {
            Some(_) => format!("У чата «{}» в таблице нет ссылки, а раньше была: остаётся прежняя.", chat.title),
            None => format!("В таблице нет строки чата «{}», а ссылка у него есть: остаётся прежняя.", chat.title),
        };
        let advice = "Верните ссылку в таблицу. Если она больше не действует, создайте в MAX новую и впишите её.";
        Issue::new(IssueKind::LinkKept, self.place(cell), message, advice)
    }

    fn place(&self, cell: Option<&Place>) -> Place {
        cell.cloned().unwrap_or_else(|| Place::file(self.file))
    }
}

struct Words {
    what: String,
    advice: String,
}

fn past_year(chat: &Chat) -> Words {
    Words {
        what: format!("Строка чата «{}» — прошлого учебного года, и неясно, какому классу новая ссылка", chat.title),
        advice: "Впишите эту ссылку ещё раз, когда программа составит таблицу ссылок нового учебного года.".to_owned(),
    }
}

fn settled(state: LinkState) -> Settled {
    Settled { state, issue: None }
}

#[cfg(test)]
mod tests;
