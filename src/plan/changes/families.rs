//! Why the sheets of families are made anew, or hold no longer.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::Comparison;
use crate::school::{Chat, ChatKey, ChatKind, ClassName, Family, FamilyChild, PersonId, SchoolState};

/// Where none of the tables says why.
const SETTINGS_CHANGED: &str = "изменились правила или настройки";

/// The families of both sides, once any of their sheets is asked about: finding them takes the whole roster.
#[derive(Default)]
pub(super) struct Families {
    then: OnceCell<ById>,
    now: OnceCell<ById>,
}

/// Families by the pupil they are known by.
type ById = BTreeMap<PersonId, Family>;

impl Comparison<'_> {
    fn families_then(&self) -> &ById {
        self.families.then.get_or_init(|| families(self.before))
    }

    fn families_now(&self) -> &ById {
        self.families.now.get_or_init(|| families(self.after))
    }

    /// Why a family gets another sheet.
    pub(super) fn why_family_renewed(&self, known_by: PersonId) -> &'static str {
        let (then, now) = (self.families_then().get(&known_by), self.families_now().get(&known_by));
        let (Some(then), Some(now)) = (then, now) else { return SETTINGS_CHANGED };
        let children = |family: &Family| family.children.iter().map(|child| child.student).collect::<BTreeSet<_>>();
        if children(then) != children(now) {
            return "изменился состав семьи";
        }
        let classes = |family: &Family| {
            family.children.iter().map(|child| (child.student, child.class.clone())).collect::<BTreeSet<_>>()
        };
        let mut chats = now.children.iter().filter_map(|child| parents_chat(self.after, &child.class));
        let names = |family: &Family| {
            let name = |child: &FamilyChild| (child.student, child.name.clone());
            family.children.iter().map(name).collect::<BTreeSet<_>>()
        };
        if let Some(why) = chats.find_map(|chat| self.new_address(chat)) {
            why
        } else if classes(then) != classes(now) {
            "ребёнок теперь в другом классе"
        } else if names(then) != names(now) {
            "изменилось имя"
        } else {
            SETTINGS_CHANGED
        }
    }

    /// Why a family has no sheet any more.
    pub(super) fn why_family_gone(&self, known_by: PersonId) -> &'static str {
        let Some(now) = self.families_now().get(&known_by) else {
            return if self.then.contains_key(&known_by) && !self.now.contains_key(&known_by) {
                "изменился состав семьи"
            } else {
                "детей в нескольких классах больше нет"
            };
        };
        let has_link = |chat: &ChatKey| self.after.links.contains_key(chat);
        let mut chats = now.children.iter().map(|child| parents_chat(self.after, &child.class));
        if chats.all(|chat| chat.is_some_and(has_link)) {
            "больше не нужен"
        } else {
            "ссылка больше не действует"
        }
    }
}

fn families(state: &SchoolState) -> ById {
    Family::all(&state.roster).into_iter().map(|family| (family.known_by, family)).collect()
}

fn parents_chat<'a>(state: &'a SchoolState, class: &ClassName) -> Option<&'a ChatKey> {
    let is_it = |chat: &&Chat| chat.kind == ChatKind::ClassParents && chat.class.as_ref() == Some(class);
    state.chats.values().find(is_it).map(|chat| &chat.key)
}
