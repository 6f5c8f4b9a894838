//! The codes of families whose children learn in several classes.
//!
//! Knows the lists and the plan only, not how a sheet of a family looks.

use crate::papers::{ChildCode, FamilyCodes};
use crate::plan::ChatPlan;
use crate::school::{ChatKind, Family, FamilyChild, Roster};

/// The families of several classes with the chats of their parents; a family with a class that has none is left out.
pub(super) fn codes_of_families(roster: &Roster, plan: &ChatPlan) -> Vec<FamilyCodes> {
    let child = |child: &FamilyChild| {
        let class = plan.class(&child.class)?;
        let chat = class.chats.iter().find(|chat| chat.kind == ChatKind::ClassParents)?;
        Some(ChildCode {
            name: child.name.clone(),
            class: child.class.clone(),
            chat: chat.key.clone(),
            title: chat.title.clone(),
            homeroom: class.homeroom.as_ref().map(|homeroom| homeroom.name.clone()),
        })
    };
    let codes = |family: Family| {
        let children = family.children.iter().map(child).collect::<Option<Vec<_>>>()?;
        Some(FamilyCodes { known_by: family.known_by, guardians: family.guardians, children })
    };
    Family::all(roster).into_iter().filter_map(codes).collect()
}
