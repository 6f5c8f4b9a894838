//! What the store remembers, in the names of now: in a new school year 7А is called 8А before anything is compared, and
//! the chats of a class that is gone get keys that no class will ever have.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::parcel::Due;
use super::unsent::Unsent;
use super::{Known, People};
use crate::links::RegisterYear;
use crate::plan::{CarriedOver, ChatPlan, carry_over};
use crate::roster::identity::Year;
use crate::school::{
    Chat, ChatKey, ChatTitle, ClassName, LinkUrl, NewYear, PaperId, SchoolState, SchoolYear, Scope, Token,
};
use crate::store::RegisterState;

/// What the store remembers, in the names of now.
#[derive(Debug, Default)]
pub(crate) struct Past {
    /// Set where anything is called otherwise.
    carried: Option<CarriedOver>,
    /// Whether a new school year has begun since the last run.
    is_last_year: bool,
    /// What the chats of the plan are called, where anything is called otherwise.
    titles: BTreeMap<ChatKey, ChatTitle>,
}

impl Past {
    /// The past of a plan. `year` is that of the plan, `mode` what becomes of chats when a new one begins.
    pub(crate) fn of(known: &Known, people: &People, plan: &ChatPlan, mode: NewYear, year: SchoolYear) -> Self {
        let before = known.state();
        let titles = || plan.chats().map(|chat| (chat.key.clone(), chat.title.clone())).collect();
        let mut wanted: BTreeSet<ChatKey> = plan.chats().map(|chat| chat.key.clone()).collect();
        if people.assessment.year == Year::New {
            let suffix = year.previous().in_key();
            let carried = carry_over(before, &people.successors, &wanted, mode, &suffix);
            return Self { carried: Some(carried), is_last_year: true, titles: titles() };
        }
        // Another class of the same name may be founded later: it must never get the links of this one.
        let stays = |class: &ClassName| plan.class(class).is_some();
        if before.roster.classes.keys().all(stays) {
            return Self::default();
        }
        let staying = before.roster.classes.keys().filter(|class| stays(class));
        let successors = staying.map(|class| (class.clone(), class.clone())).collect();
        let is_of_staying = |chat: &&Chat| chat.class.as_ref().is_none_or(stays);
        wanted.extend(before.chats.values().filter(is_of_staying).map(|chat| chat.key.clone()));
        let carried = carry_over(before, &successors, &wanted, NewYear::Retitle, &year.in_key());
        Self { carried: Some(carried), is_last_year: false, titles: titles() }
    }

    /// Whether a new school year has begun since the last run.
    pub(crate) fn is_last_year(&self) -> bool {
        self.is_last_year
    }

    /// The school year of the classes as they are called now. `plan` is that of the plan.
    pub(crate) fn classes_year(&self, known: &Known, plan: SchoolYear) -> SchoolYear {
        match known.school_year {
            Some(recorded) if self.is_last_year => plan.max(recorded.next()),
            Some(recorded) => recorded,
            None => plan,
        }
    }

    /// How the names of last year are told now.
    #[cfg(test)]
    pub(super) fn carried(&self) -> Option<&CarriedOver> {
        self.carried.as_ref()
    }

    /// Of which school year the register of links is.
    pub(crate) fn register_year(&self, known: &Known) -> RegisterYear {
        let is_past = known.recorded.as_ref().is_some_and(|one| one.register() == RegisterState::ToBeRewritten);
        if is_past || self.is_last_year() { RegisterYear::Past } else { RegisterYear::Current }
    }

    /// The recorded state.
    pub(crate) fn state<'a>(&'a self, known: &'a Known) -> &'a SchoolState {
        self.carried.as_ref().map_or_else(|| known.state(), |carried| &carried.before)
    }

    /// Old key → new key of the chats that go on under another key.
    pub(crate) fn rekeyed(&self) -> BTreeMap<ChatKey, ChatKey> {
        self.carried.as_ref().map(|carried| carried.rekeyed.clone()).unwrap_or_default()
    }

    /// Old name → new name of the classes that go on under another name.
    pub(crate) fn renamed(&self) -> BTreeMap<ClassName, ClassName> {
        self.carried.as_ref().map(|carried| carried.renamed.clone()).unwrap_or_default()
    }

    /// The last versions of all papers that ever were.
    pub(crate) fn last<'a>(&self, known: &'a Known) -> Cow<'a, BTreeMap<PaperId, u32>> {
        match &self.carried {
            None => Cow::Borrowed(&known.last),
            // Void papers stay papers of the class that had them, with the chats of now.
            Some(carried) => {
                let id = |id: &PaperId| PaperId { scope: id.scope.clone(), piece: carried.piece(&id.piece) };
                Cow::Owned(known.last.iter().map(|(paper, last)| (id(paper), *last)).collect())
            }
        }
    }

    /// Every link that ever was, with the last chat that had it.
    pub(crate) fn owners<'a>(&self, known: &'a Known) -> Cow<'a, BTreeMap<LinkUrl, Option<ChatKey>>> {
        match &self.carried {
            None => Cow::Borrowed(&known.owners),
            Some(carried) => {
                let owner = |key: &ChatKey| carried.key(key).clone();
                let owners = known.owners.iter().map(|(link, chat)| (link.clone(), chat.as_ref().map(owner)));
                Cow::Owned(owners.collect())
            }
        }
    }

    /// What the recorded chats are called, by the keys of now.
    pub(crate) fn titles(&self, known: &Known) -> BTreeMap<ChatKey, ChatTitle> {
        self.state(known).chats.values().map(|chat| (chat.key.clone(), chat.title.clone())).collect()
    }

    /// The key now of a recorded chat.
    pub(crate) fn key<'a>(&'a self, key: &'a ChatKey) -> &'a ChatKey {
        self.carried.as_ref().map_or(key, |carried| carried.key(key))
    }

    /// Anything that is known of chats, by the keys of now. In a new school year that of a chat which no run has recorded
    /// yet is not among it: nobody can tell which class it means now.
    pub(crate) fn of_chats<'a, T: Clone>(
        &self,
        known: &Known,
        of: &'a BTreeMap<ChatKey, T>,
    ) -> Cow<'a, BTreeMap<ChatKey, T>> {
        let Some(carried) = &self.carried else { return Cow::Borrowed(of) };
        let is_known = |key: &ChatKey| !self.is_last_year || known.state().chats.contains_key(key);
        let named = of.iter().filter(|(key, _)| is_known(key));
        Cow::Owned(named.map(|(key, value)| (carried.key(key).clone(), value.clone())).collect())
    }

    /// The short links that papers may carry, by the keys of now. One that ended is never given again.
    pub(crate) fn tokens(&self, known: &Known) -> BTreeMap<ChatKey, Token> {
        let lasting = known.short.iter().filter(|one| one.ended.is_none());
        let of_chats = lasting.filter_map(|one| Some((one.chat.clone()?, one.token.clone())));
        self.of_chats(known, &of_chats.collect()).into_owned()
    }

    /// What is still to be given, to those who are to get it now.
    pub(crate) fn open<'a>(&self, known: &'a Known) -> Cow<'a, BTreeMap<Scope, Due>> {
        let Some(carried) = &self.carried else { return Cow::Borrowed(&known.open) };
        let moved = known.open.iter().map(|(scope, due)| {
            let title = |title: &str| self.title(known, carried, scope, title);
            let parcel = due.parcel.in_names(|piece| carried.piece(piece), title);
            (carried.scope(scope), Due { parcel, ..due.clone() })
        });
        Cow::Owned(moved.collect())
    }

    /// What letters were to bring that were surely not sent, to those who are to get it now.
    pub(crate) fn unsent<'a>(&self, known: &'a Known) -> Cow<'a, BTreeMap<Scope, Unsent>> {
        let Some(carried) = &self.carried else { return Cow::Borrowed(&known.unsent) };
        let moved = known.unsent.iter().map(|(scope, unsent)| {
            let title = |title: &str| self.title(known, carried, scope, title);
            let parcel = unsent.parcel.as_ref();
            let parcel = parcel.map(|parcel| parcel.in_names(|piece| carried.piece(piece), title));
            (carried.scope(scope), Unsent { parcel, ..unsent.clone() })
        });
        Cow::Owned(moved.collect())
    }

    /// The title now of the chat of a recorded scope that was called so: «7А — родители» is another chat this year.
    /// One that goes on nowhere keeps its title.
    fn title(&self, known: &Known, carried: &CarriedOver, scope: &Scope, title: &str) -> String {
        let chats = known.state().chats.values().filter(|chat| chat.class.as_ref() == scope.class());
        let mut keys = chats.filter(|chat| chat.title.as_str() == title).map(|chat| &chat.key);
        let now = match (keys.next(), keys.next()) {
            (Some(key), None) => self.titles.get(carried.key(key)),
            // Nobody can tell which of several is meant.
            _ => None,
        };
        now.map_or_else(|| title.to_owned(), ToString::to_string)
    }

    /// The classes that had a letter.
    pub(crate) fn lettered<'a>(&self, known: &'a Known) -> Cow<'a, BTreeSet<Scope>> {
        match &self.carried {
            None => Cow::Borrowed(&known.lettered),
            Some(carried) => Cow::Owned(known.lettered.iter().map(|scope| carried.scope(scope)).collect()),
        }
    }
}

#[cfg(test)]
mod tests;
