//! The state that the tables want.

use std::collections::BTreeMap;

use crate::plan::ChatPlan;
use crate::school::{ChatKey, LinkUrl, Roster, SchoolState, Staff, StaffContact, StaffMember};

/// The state that a roster with ids, the staff table, the plan and the valid links call for, without its papers.
pub fn wanted(roster: &Roster, staff: &Staff, plan: &ChatPlan, links: BTreeMap<ChatKey, LinkUrl>) -> SchoolState {
    let mut roster = roster.clone();
    // Who leads a class is a matter of all tables together: see `homerooms`.
    roster.classes.values_mut().for_each(|class| class.homeroom = None);
    let contact = |member: &StaffMember| {
        let StaffMember { name, email, place, .. } = member;
        (name.folded(), StaffContact { name: name.clone(), email: email.clone(), place: place.clone() })
    };
    let homerooms = plan.classes.iter().filter_map(|class| Some((class.name.clone(), class.homeroom.clone()?)));
    SchoolState {
        roster,
        staff: staff.members.iter().map(contact).collect(),
        homerooms: homerooms.collect(),
        chats: plan.chats().map(|chat| (chat.key.clone(), chat.clone())).collect(),
        links,
        short: BTreeMap::new(),
        progress: BTreeMap::new(),
        old_chats: BTreeMap::new(),
        papers: BTreeMap::new(),
    }
}
