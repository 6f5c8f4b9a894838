//! Groups that a new school year would hand to other children: their table still says «5Б», and 5Б is another class now.
//!
//! Nobody can tell from the table whether the group goes up with its children or is founded anew, so a person says so.

use std::collections::BTreeMap;

use super::Known;
use crate::school::{ChatKind, ClassName, Groups, MemberRole, Place, Student};

/// A group with a class of last year's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShiftedGroup {
    /// «Робототехника».
    pub(crate) title: String,
    /// The class as the table names it.
    pub(crate) class: ClassName,
    /// What the class of that name has become.
    pub(crate) now: ClassName,
    /// How many pupils of it are in the chat of the group, and would have to leave.
    pub(crate) pupils: usize,
    /// The cell of the classes.
    pub(crate) place: Place,
}

/// The groups that change their children. `successors` tells what each class has become in the new school year.
pub(crate) fn shifted_groups(
    groups: &Groups,
    known: &Known,
    successors: &BTreeMap<ClassName, ClassName>,
) -> Vec<ShiftedGroup> {
    let pupils: BTreeMap<_, _> = known.state().roster.students().map(|pupil| (pupil.id, pupil)).collect();
    let class_of = |id| pupils.get(&id).map(|pupil: &&Student| &pupil.class);
    let mut shifted = Vec::new();
    for group in &groups.groups {
        let of_group = known.state().chats.values().find(|chat| {
            let is_group = matches!(chat.kind, ChatKind::Course | ChatKind::Extracurricular | ChatKind::Event);
            is_group && chat.class.is_none() && chat.topic.as_deref() == Some(group.title.as_str())
        });
        let Some(chat) = of_group else { continue };
        for (class, now) in group.classes.iter().filter_map(|class| successors.get_key_value(class)) {
            let is_one = |member: &&_| {
                let member: &crate::school::Member = member;
                member.role == MemberRole::Student && class_of(member.id) == Some(class)
            };
            let pupils = chat.members.iter().filter(is_one).count();
            if class != now && !group.classes.contains(now) && pupils > 0 {
                shifted.push(ShiftedGroup {
                    title: group.title.clone(),
                    class: class.clone(),
                    now: now.clone(),
                    pupils,
                    place: group.classes_place.clone(),
                });
            }
        }
    }
    shifted
}
