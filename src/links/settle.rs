//! The register and the store: which link holds where they do not say the same.
//!
//! A row of the register may be deleted by mistake, be sorted apart from its key, or be of last year, when 7А were other
//! children. A link that leads to other children's chat is the worst that can stand on a sheet. So a recorded link stays
//! until another one takes its place, and a link that ever was one chat's is never taken for another's.

use std::collections::{BTreeMap, BTreeSet};

use crate::school::{
    Chat, ChatKey, ChatLinks, ChatTitle, Checked, Fingerprint, Issue, IssueKind, LinkStanding, LinkState, LinkUrl,
    Place,
};

use super::register::awaited;

/// What the store remembers of links, by the keys of now.
#[derive(Clone, Copy, Debug)]
pub struct Remembered<'a> {
    /// The link of every chat that has one, also of chats that are to be closed.
    pub active: &'a BTreeMap<ChatKey, LinkUrl>,
    /// The links that were given since and are not printed yet.
    pub received: &'a BTreeMap<ChatKey, LinkUrl>,
    /// What became of the links of the chats.
    pub standings: &'a BTreeMap<ChatKey, LinkStanding>,
    /// The links that somebody made void: revoked or annulled.
    pub void: &'a BTreeSet<LinkUrl>,
    /// The links that another one took the place of.
    pub replaced: &'a BTreeSet<LinkUrl>,
    /// The links of other schools, whose folders lie beside this one.
    pub elsewhere: &'a BTreeSet<Fingerprint>,
    /// Every link that was ever recorded, with the last chat that had it; `None` for a chat whose key is another's now.
    pub owners: &'a BTreeMap<LinkUrl, Option<ChatKey>>,
    /// The links of past years whose chats are forgotten.
    pub forgotten: &'a BTreeSet<Fingerprint>,
    /// What chats are called, also those that are to be closed.
    pub titles: &'a BTreeMap<ChatKey, ChatTitle>,
}

impl<'a> Remembered<'a> {
    /// Whose link it is, as seen from a chat.
    pub(super) fn owner(&self, link: &LinkUrl, chat: &Chat) -> Owner<'a> {
        let mut held = self.active.iter().chain(self.received);
        self.owner_beside(link, chat, held.find(|(_, held)| *held == link).map(|(holder, _)| holder))
    }

    /// The same, where it is known which chat has it now.
    fn owner_beside(&self, link: &LinkUrl, chat: &Chat, holder: Option<&'a ChatKey>) -> Owner<'a> {
        if let Some(holder) = holder {
            return if *holder == chat.key { Owner::Free } else { Owner::Has(holder) };
        }
        match self.owners.get(link) {
            Some(Some(owner)) if *owner == chat.key && self.void.contains(link) => Owner::Void,
            // One that another took the place of is dead in MAX, whoever brings it.
            Some(Some(owner)) if *owner == chat.key && (self.replaced.contains(link) || self.has_link(chat)) => {
                Owner::Replaced
            }
            Some(Some(owner)) if *owner == chat.key => Owner::Free,
            Some(owner) => Owner::Had(owner.as_ref()),
            None if self.forgotten.contains(&link.fingerprint()) => Owner::Forgotten,
            None if self.elsewhere.contains(&link.fingerprint()) => Owner::Elsewhere,
            None => Owner::Free,
        }
    }

    fn has_link(&self, chat: &Chat) -> bool {
        self.active.contains_key(&chat.key) || self.received.contains_key(&chat.key)
    }

    /// Whether a link was ever recorded.
    pub(super) fn knows(&self, link: &LinkUrl) -> bool {
        self.owners.contains_key(link)
    }

    /// A chat as people call it: «7А — родители» in its marks, or its key.
    fn named(&self, chat: &ChatKey) -> String {
        self.titles.get(chat).map_or_else(|| format!("«{chat}»"), |title| format!("«{title}»"))
    }

    /// Why a link that somebody sent cannot be the chat's, without a full stop; `None` where it can.
    pub(super) fn why_not(&self, owner: &Owner<'_>) -> Option<String> {
        Some(match owner {
            Owner::Free => return None,
            Owner::Has(key) => format!("эта ссылка уже у чата {}", self.named(key)),
            Owner::Had(Some(key)) => format!("эта ссылка раньше была у чата {}", self.named(key)),
            Owner::Had(None) => "эта ссылка раньше была у другого чата".to_owned(),
            Owner::Forgotten => "эта ссылка уже была на бумагах прошлых лет".to_owned(),
            Owner::Void => "эта ссылка отозвана".to_owned(),
            Owner::Replaced => "эта ссылка уже заменена другой".to_owned(),
            Owner::Elsewhere => "эта ссылка уже стоит в таблице другой школы".to_owned(),
        })
    }
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
/// | another chat's link, a void one, or one that was replaced | the recorded one stays, with a warning | refused, with a warning |
/// | something that is no invitation | the recorded one stays, with the issue of the register | refused |
/// | nothing, or there is no row | the recorded one stays, with a warning | awaited, or revoked where none is expected |
///
/// A link that was given and is not printed yet wins over the printed one: the register may be an old copy that somebody
/// saved over the new one.
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
        holders: remembered.active.iter().chain(remembered.received).map(|(chat, link)| (link, chat)).collect(),
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
    for chat in chats {
        settled.set_progress(chat.key.clone(), register.progress(&chat.key));
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner<'a> {
    /// Nobody else's.
    Free,
    /// A chat has it now.
    Has(&'a ChatKey),
    /// A chat had it; `None` for one that cannot be named any more.
    Had(Option<&'a ChatKey>),
    /// Some chat had it in a year that is forgotten.
    Forgotten,
    /// It was made void.
    Void,
    /// The chat had it, and another one took its place.
    Replaced,
    /// Another school has it.
    Elsewhere,
}

impl Settling<'_> {
    fn settle(&self, chat: &Chat, state: &LinkState, cell: Option<&Place>) -> Settled {
        let Remembered { active, received, .. } = self.remembered;
        let (printed, given) = (active.get(&chat.key), received.get(&chat.key));
        let recorded = given.or(printed);
        // A row of last year that is empty, or is gone, says nothing about the chat that has its key now.
        let is_past = self.year == RegisterYear::Past && chat.class.is_some();
        match (state, recorded) {
            (LinkState::Ready(link), Some(recorded)) if link == recorded => settled(state.clone()),
            (LinkState::Ready(link), Some(given)) if Some(link) == printed => settled(LinkState::Ready(given.clone())),
            (LinkState::Ready(link), _) => match self.owner(link, chat) {
                Owner::Free if is_past => self.not_taken(chat, cell, Some(past_year(chat))),
                Owner::Free => settled(state.clone()),
                Owner::Has(_) | Owner::Had(_) | Owner::Forgotten | Owner::Void | Owner::Replaced | Owner::Elsewhere
                    if is_past =>
                {
                    self.not_taken(chat, cell, None)
                }
                owner => self.not_taken(chat, cell, Some(self.another_s(chat, &owner))),
            },
            (LinkState::Awaited | LinkState::Revoked, Some(recorded)) => {
                let issue = (!is_past).then(|| self.kept(chat, cell));
                Settled { state: LinkState::Ready(recorded.clone()), issue }
            }
            (LinkState::Refused, Some(recorded)) => settled(LinkState::Ready(recorded.clone())),
            (LinkState::Awaited | LinkState::Revoked, None) => settled(self.without_link(chat, LinkState::Awaited)),
            (LinkState::Refused, None) => settled(self.without_link(chat, LinkState::Refused)),
        }
    }

    /// The state of a chat that has no link: where none is expected, it is not awaited.
    fn without_link(&self, chat: &Chat, otherwise: LinkState) -> LinkState {
        match self.remembered.standings.get(&chat.key) {
            Some(LinkStanding::Revoked { .. } | LinkStanding::Expired { .. }) => LinkState::Revoked,
            _ => otherwise,
        }
    }

    fn owner<'b>(&'b self, link: &LinkUrl, chat: &Chat) -> Owner<'b> {
        self.remembered.owner_beside(link, chat, self.holders.get(link).copied())
    }

    /// The recorded link stays, if there is one. Without words, the row is the one that the program wrote last year.
    fn not_taken(&self, chat: &Chat, cell: Option<&Place>, words: Option<Words>) -> Settled {
        let Remembered { active, received, .. } = self.remembered;
        let recorded = received.get(&chat.key).or(active.get(&chat.key));
        let place = self.place(cell);
        match (words, recorded) {
            (Some(Words { kind, what, advice }), recorded) => {
                let state = match recorded {
                    Some(link) => LinkState::Ready(link.clone()),
                    None => self.without_link(chat, LinkState::Refused),
                };
                let now = match state {
                    LinkState::Ready(_) => "остаётся та, что действует",
                    LinkState::Revoked => "у чата нет ссылки",
                    LinkState::Awaited | LinkState::Refused => "чат ждёт свою ссылку",
                };
                let message = format!("{what}: она не использована, {now}.");
                Settled { state, issue: Some(Issue::new(kind, place, message, advice)) }
            }
            (None, Some(recorded)) => settled(LinkState::Ready(recorded.clone())),
            (None, None) => match self.without_link(chat, LinkState::Awaited) {
                LinkState::Awaited => Settled { state: LinkState::Awaited, issue: Some(awaited(chat, place)) },
                state => settled(state),
            },
        }
    }

    fn another_s(&self, chat: &Chat, owner: &Owner<'_>) -> Words {
        let named = |key: &ChatKey| match self.titles.get(key) {
            Some(chat) => format!("чата «{}»", chat.title),
            None => format!("чата {}, который закрыт", self.remembered.named(key)),
        };
        let whose = match owner {
            Owner::Has(key) if self.titles.contains_key(*key) => format!("уже стоит на бумагах {}", named(key)),
            Owner::Has(key) | Owner::Had(Some(key)) => format!("раньше была у {}", named(key)),
            Owner::Forgotten => "уже была на бумагах прошлых лет".to_owned(),
            Owner::Elsewhere => "уже стоит в таблице другой школы".to_owned(),
            Owner::Void => return revoked(chat),
            Owner::Replaced => return replaced(chat),
            Owner::Had(None) | Owner::Free => "раньше была у другого чата".to_owned(),
        };
        Words {
            kind: IssueKind::LinkOfAnother,
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
        let advice = if self.remembered.received.contains_key(&chat.key) {
            "Верните ссылку в таблицу. Если она прислана по ошибке, её отменит: zavuch ссылки вернуть ЧАТ"
        } else {
            "Верните ссылку в таблицу. Если она больше не действует, создайте в MAX новую и впишите её."
        };
        Issue::new(IssueKind::LinkKept, self.place(cell), message, advice)
    }

    fn place(&self, cell: Option<&Place>) -> Place {
        cell.cloned().unwrap_or_else(|| Place::file(self.file))
    }
}

impl Owner<'_> {
    /// What to do about a link that somebody sent.
    pub(super) fn advice(&self) -> &'static str {
        match self {
            Self::Void | Self::Replaced => "Нажмите в MAX «Обновить ссылку», скопируйте новую и пришлите её.",
            _ => "Скопируйте ссылку из самого чата; если перепутаны ссылки двух чатов, создайте в MAX новые.",
        }
    }
}

struct Words {
    kind: IssueKind,
    what: String,
    advice: String,
}

fn revoked(chat: &Chat) -> Words {
    Words {
        kind: IssueKind::LinkRevoked,
        what: format!("Ссылка в строке чата «{}» отозвана", chat.title),
        advice: "Если чат нужен, нажмите в MAX «Обновить ссылку», скопируйте новую и впишите её.".to_owned(),
    }
}

fn replaced(chat: &Chat) -> Words {
    Words {
        kind: IssueKind::LinkRevoked,
        what: format!("Ссылка в строке чата «{}» уже заменена другой", chat.title),
        advice:
            "Уберите её из ячейки: ссылку, которая действует, программа помнит. Если в чат не войти, нажмите в MAX \
                 «Обновить ссылку», скопируйте новую и впишите её."
                .to_owned(),
    }
}

fn past_year(chat: &Chat) -> Words {
    Words {
        kind: IssueKind::LinkOfAnother,
        what: format!("Строка чата «{}» — прошлого учебного года, и неясно, какому классу новая ссылка", chat.title),
        advice: "Впишите эту ссылку ещё раз, когда программа составит таблицу ссылок нового учебного года.".to_owned(),
    }
}

fn settled(state: LinkState) -> Settled {
    Settled { state, issue: None }
}

#[cfg(test)]
mod tests;
