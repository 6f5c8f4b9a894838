//! The chats of the table of groups: courses, extracurricular courses, events, methodical groups (62.3).

use super::draft::Draft;
use super::participants::inside;
use super::planner::{Context, SETTINGS_FILE};
use crate::school::{ChatKey, ChatKind, Group, GroupKind, Issue, IssueKind, Noun, Participant, count};

/// The chats of the groups. The active groups of parents and pupils belong to chats of the school.
pub(super) fn drafts(context: &Context<'_>, issues: &mut Vec<Issue>) -> Vec<Draft> {
    let kinds = &context.inputs.settings.chats.kinds;
    issues.extend(
        GroupKind::ALL
            .into_iter()
            .filter(|kind| !kinds.contains(&kind.chat()))
            .filter_map(|kind| without_chat(kind, &context.inputs.groups.groups)),
    );
    let mut drafts = Vec::new();
    for group in context.inputs.groups.groups.iter().filter(|group| kinds.contains(&group.kind.chat())) {
        let Some(draft) = draft(context, group, issues) else { continue };
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

/// The remark about groups whose kind the settings leave out: whoever wrote them into the table expects their chats.
fn without_chat(kind: GroupKind, groups: &[Group]) -> Option<Issue> {
    let of_kind: Vec<&Group> = groups.iter().filter(|group| group.kind == kind).collect();
    let first = of_kind.first()?;
    let groups = count(of_kind.len(), Noun::new("группа", "группы", "групп"));
    let words = kind.words();
    let message = format!("В таблице {groups} вида «{words}», а чаты такого вида по настройкам не создаются.");
    let advice = format!(
        "Если чаты нужны, впишите в {SETTINGS_FILE}, в раздел [chats], строку «{} = true»; если нет, уберите эти строки из таблицы.",
        kind.chat().id()
    );
    Some(Issue::new(IssueKind::GroupWithoutChat, first.place.clone(), message, advice))
}

fn draft(context: &Context<'_>, group: &Group, issues: &mut Vec<Issue>) -> Option<Draft> {
    if matches!(group.kind, GroupKind::ParentsCouncil | GroupKind::StudentsCouncil) {
        return None;
    }
    let kind = group.kind.chat();
    let key = ChatKey::of(&["группа", group.kind.words(), &group.title]);
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

#[cfg(test)]
mod tests {
    use crate::plan::sample::Sample;
    use crate::school::ChatKind;

    #[track_caller]
    fn check(sample: &Sample, expected: &[&str]) {
        let issues = sample.plan().issues;
        let told = issues.iter().filter(|issue| issue.kind.id() == "group_without_chat");
        assert_eq!(told.map(|issue| issue.to_string().replace('\u{a0}', " ")).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn groups_of_a_kind_that_is_left_out_are_told_once() {
        let mut sample = Sample::new();
        let mut another = sample.groups.groups[0].clone();
        another.title = "Шахматы".to_owned();
        sample.groups.groups.push(another);
        check(&sample, &[]);
        sample.settings.chats.kinds.remove(&ChatKind::Course);
        check(
            &sample,
            &[
                "группы.xlsx, лист «Группы», ячейка B2: В таблице 2 группы вида «курс», а чаты такого вида по настройкам \
               не создаются. Если чаты нужны, впишите в zavuch.toml, в раздел [chats], строку «course = true»; если \
               нет, уберите эти строки из таблицы.",
            ],
        );
    }

    #[test]
    fn councils_are_told_by_the_chats_that_they_are_in() {
        let mut sample = Sample::new();
        sample.settings.chats.kinds.remove(&ChatKind::DirectorStudents);
        check(
            &sample,
            &[
                "группы.xlsx, лист «Группы», ячейка B5: В таблице 1 группа вида «актив обучающихся», а чаты такого вида по \
               настройкам не создаются. Если чаты нужны, впишите в zavuch.toml, в раздел [chats], строку \
               «director_students = true»; если нет, уберите эти строки из таблицы.",
            ],
        );
    }
}
