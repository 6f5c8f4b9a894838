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
        if children(then) != children(now) {
            return self.why_other_children(&children(then), &children(now));
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

    /// Why a family gets a sheet, where its children stood on another one.
    pub(super) fn why_family_new(&self, known_by: PersonId) -> &'static str {
        let Some(now) = self.families_now().get(&known_by).map(children) else { return "" };
        let then = self.families_then().values().map(children).find(|then| !then.is_disjoint(&now));
        match then {
            Some(then) if then != now => self.why_other_children(&then, &now),
            _ => "",
        }
    }

    /// The children of the family of now in which most of these are; empty where none of them is in any.
    fn on_a_sheet_with(&self, children_then: &BTreeSet<PersonId>) -> BTreeSet<PersonId> {
        let now = self.families_now().values().map(children);
        now.filter(|now| !now.is_disjoint(children_then))
            .max_by_key(|now| now.intersection(children_then).count())
            .unwrap_or_default()
    }

    /// Why other children stand on a sheet: one came to the school or left it, or the lists say otherwise whose children they are.
    fn why_other_children(&self, then: &BTreeSet<PersonId>, now: &BTreeSet<PersonId>) -> &'static str {
        let has_left = then.difference(now).any(|id| !self.now.contains_key(id));
        let has_come = now.difference(then).any(|id| !self.then.contains_key(id));
        if has_left || has_come {
            "изменился состав семьи"
        } else {
            "изменились сведения о родителях"
        }
    }

    /// Why a family has no sheet any more.
    pub(super) fn why_family_gone(&self, known_by: PersonId) -> &'static str {
        let Some(now) = self.families_now().get(&known_by) else {
            // The sheet was known by a child who may be on none now, while the others are on one that is known by another.
            let Some(then) = self.families_then().get(&known_by) else { return "больше не нужен" };
            let then = children(then);
            let staying = then.iter().filter_map(|id| self.now.get(id));
            let classes: BTreeSet<&ClassName> = staying.map(|student| &student.class).collect();
            if classes.len() < 2 {
                return "детей в нескольких классах больше нет";
            }
            return self.why_other_children(&then, &self.on_a_sheet_with(&then));
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

fn children(family: &Family) -> BTreeSet<PersonId> {
    family.children.iter().map(|child| child.student).collect()
}

fn families(state: &SchoolState) -> ById {
    Family::all(&state.roster).into_iter().map(|family| (family.known_by, family)).collect()
}

fn parents_chat<'a>(state: &'a SchoolState, class: &ClassName) -> Option<&'a ChatKey> {
    let is_it = |chat: &&Chat| chat.kind == ChatKind::ClassParents && chat.class.as_ref() == Some(class);
    state.chats.values().find(is_it).map(|chat| &chat.key)
}
