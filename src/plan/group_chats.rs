//! The chats of the table of groups: courses, extracurricular courses, events, methodical groups (62.3).

use super::draft::Draft;
use super::planner::Context;
use crate::school::{ChatKey, ChatKind, Group, GroupKind, Issue, IssueKind};

/// The chats of the groups. The active groups of parents and pupils belong to chats of the school.
pub(super) fn drafts(context: &Context<'_>, issues: &mut Vec<Issue>) -> Vec<Draft> {
    let kinds = &context.inputs.settings.chats.kinds;
    let mut drafts = Vec::new();
    for group in &context.inputs.groups.groups {
        let Some(draft) = draft(context, group) else { continue };
        if !kinds.contains(&draft.kind) {
            continue;
        }
        if draft.moderator.is_none() {
            let message =
                format!("У группы «{}» не указан руководитель, поэтому у её чата нет модератора.", group.title);
            let advice = "Впишите руководителя в эту строку таблицы групп.";
            issues.push(Issue::new(IssueKind::NoModerator, group.place.clone(), message, advice));
        }
        drafts.push(draft);
    }
    drafts
}

fn draft(context: &Context<'_>, group: &Group) -> Option<Draft> {
    let (kind, part) = match group.kind {
        GroupKind::Course => (ChatKind::Course, "курс"),
        GroupKind::Extracurricular => (ChatKind::Extracurricular, "внеурочная деятельность"),
        GroupKind::Event => (ChatKind::Event, "мероприятие"),
        GroupKind::Methodical => (ChatKind::Methodical, "методическое объединение"),
        GroupKind::ParentsCouncil | GroupKind::StudentsCouncil => return None,
    };
    // Teachers may help with a course or an event; a methodical group is of teachers only.
    let is_staff =
        |name: &&_| kind == ChatKind::Methodical || (!context.pupils.has(name) && context.staff.known(name).is_some());
    let (staff, pupils): (Vec<_>, Vec<_>) = group.people.iter().partition(is_staff);
    let pupils: Vec<_> = pupils.into_iter().cloned().collect();
    let families = match kind {
        ChatKind::Methodical => Vec::new(),
        _ => context.pupils.pupils(&group.classes, &pupils),
    };
    Some(Draft {
        topic: Some(group.title.clone()),
        moderator: group.leader.as_ref().map(|leader| context.staff.spelled(leader)),
        staff: staff.into_iter().map(|name| context.staff.spelled(name)).collect(),
        families,
        place: Some(group.place.clone()),
        ..Draft::new(kind, ChatKey::of(&["группа", part, &group.title]))
    })
}
