//! The chats of the table of groups: courses, extracurricular courses, events, methodical groups (62.3).

use super::draft::Draft;
use super::participants::inside;
use super::planner::Context;
use crate::school::{ChatKey, ChatKind, Group, GroupKind, Issue, IssueKind, Participant};

/// The chats of the groups. The active groups of parents and pupils belong to chats of the school.
pub(super) fn drafts(context: &Context<'_>, issues: &mut Vec<Issue>) -> Vec<Draft> {
    let kinds = &context.inputs.settings.chats.kinds;
    let mut drafts = Vec::new();
    for group in &context.inputs.groups.groups {
        let mut asked = Vec::new();
        let Some(draft) = draft(context, group, &mut asked) else { continue };
        if !kinds.contains(&draft.kind) {
            continue;
        }
        issues.extend(asked);
        if group.leader.is_none() {
            let title = &group.title;
            let message = match &draft.moderator {
                Some(former) => {
                    format!("У группы «{title}» не указан руководитель: чат пока остаётся за прежним ({former}).")
                }
                None => format!("У группы «{title}» не указан руководитель, поэтому у её чата нет модератора."),
            };
            let advice = "Впишите руководителя в эту строку таблицы групп.";
            issues.push(Issue::new(IssueKind::NoModerator, group.place.clone(), message, advice));
        }
        drafts.push(draft);
    }
    drafts
}

fn draft(context: &Context<'_>, group: &Group, issues: &mut Vec<Issue>) -> Option<Draft> {
    let (kind, part) = match group.kind {
        GroupKind::Course => (ChatKind::Course, "курс"),
        GroupKind::Extracurricular => (ChatKind::Extracurricular, "внеурочная деятельность"),
        GroupKind::Event => (ChatKind::Event, "мероприятие"),
        GroupKind::Methodical => (ChatKind::Methodical, "методическое объединение"),
        GroupKind::ParentsCouncil | GroupKind::StudentsCouncil => return None,
    };
    let key = ChatKey::of(&["группа", part, &group.title]);
    // Teachers may help with a course or an event; a methodical group is of teachers only.
    let is_staff = |one: &&Participant| {
        let is_teacher = || !context.pupils.has(&one.name) && context.staff.known(&one.name).is_some();
        kind == ChatKind::Methodical || is_teacher()
    };
    let (staff, pupils): (Vec<&Participant>, Vec<_>) = group.people.iter().partition(is_staff);
    let families = if kind == ChatKind::Methodical {
        Vec::new()
    } else {
        let taken = context.pupils.pupils(&group.classes, pupils, &inside(context.inputs, &key));
        issues.extend(taken.issues(group));
        taken.members
    };
    Some(Draft {
        topic: Some(group.title.clone()),
        // A chat must not be without an administrator: it stays with the former one until somebody is named.
        moderator: group
            .leader
            .as_ref()
            .map(|leader| context.staff.spelled(leader))
            .or_else(|| context.inputs.before.get(&key)?.moderator.clone()),
        staff: staff.into_iter().map(|one| context.staff.spelled(&one.name)).collect(),
        families,
        place: Some(group.place.clone()),
        ..Draft::new(kind, key)
    })
}
