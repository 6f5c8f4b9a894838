//! The chats of a class: pupils, parents, the class's teachers, one per subject (62.3, 31.2.3–2.4, 65.5.4).

use std::collections::BTreeMap;

use super::draft::Draft;
use super::people;
use super::planner::Context;
use crate::school::{ChatKey, ChatKind, Homeroom, Lesson, PersonName, SchoolClass};

/// The chats of a class by kind and key.
pub(super) fn drafts(context: &Context<'_>, class: &SchoolClass, homeroom: Option<&Homeroom>) -> Vec<Draft> {
    let name = class.name.to_string();
    let teacher = homeroom.map(|homeroom| homeroom.name.clone());
    let kinds = &context.inputs.settings.chats.kinds;
    let chat = |kind, part| {
        let draft = Draft {
            class: Some(class.name.clone()),
            moderator: teacher.clone(),
            co_admins: administrator(context).into_iter().collect(),
            ..Draft::new(kind, ChatKey::of(&[&name, part]))
        };
        kinds.contains(&kind).then_some(draft)
    };
    let students = chat(ChatKind::ClassStudents, "ученики")
        .map(|draft| Draft { families: people::students(class).collect(), ..draft });
    // Subject teachers and the administration are in it on request only (50.3.2).
    let parents = chat(ChatKind::ClassParents, "родители")
        .map(|draft| Draft { families: people::guardians(class).collect(), ..draft });
    let teachers = chat(ChatKind::ClassTeachers, "учителя").map(|draft| Draft {
        staff: lessons(context, class).map(|lesson| context.staff.spelled(&lesson.teacher)).collect(),
        ..draft
    });
    let mut drafts: Vec<Draft> = [students, parents, teachers].into_iter().flatten().collect();
    if kinds.contains(&ChatKind::ClassSubject) && context.inputs.settings.chats.subject_grades.contains(&class.name) {
        drafts.extend(subjects(context, class, teacher.as_ref()));
    }
    drafts
}

/// One chat per subject, or per group that learns it by itself. Several teachers of one row's key run it together.
fn subjects(context: &Context<'_>, class: &SchoolClass, homeroom: Option<&PersonName>) -> Vec<Draft> {
    let name = class.name.to_string();
    let mut chats: BTreeMap<ChatKey, Vec<&Lesson>> = BTreeMap::new();
    for lesson in lessons(context, class) {
        let mut parts = vec![name.as_str(), "предмет", &lesson.subject];
        parts.extend(lesson.group.as_deref().map(group_name));
        chats.entry(ChatKey::of(&parts)).or_default().push(lesson);
    }
    let chats = chats.into_iter().filter_map(|(key, rows)| {
        let first = rows.first()?;
        let mut teachers = rows.iter().map(|lesson| context.staff.spelled(&lesson.teacher));
        let moderator = teachers.next();
        let group = first.group.as_deref().map(group_name).filter(|group| !group.is_empty());
        // The tables do not say which pupils learn in which group of a class: the teacher adds them.
        let families = if group.is_none() { people::students(class).collect() } else { Vec::new() };
        Some(Draft {
            class: Some(class.name.clone()),
            topic: Some(first.subject.clone()),
            group: group.map(str::to_owned),
            moderator,
            co_admins: teachers.chain(homeroom.cloned()).chain(administrator(context)).collect(),
            families,
            place: Some(first.place.clone()),
            ..Draft::new(ChatKind::ClassSubject, key)
        })
    });
    chats.collect()
}

fn lessons<'a>(context: &'a Context<'_>, class: &'a SchoolClass) -> impl Iterator<Item = &'a Lesson> {
    context.inputs.load.lessons.iter().filter(|lesson| lesson.class == class.name)
}

/// The administrator of the platform where the school wants her in every chat of a class.
fn administrator(context: &Context<'_>) -> Option<PersonName> {
    let settings = context.inputs.settings;
    settings.chats.administrator_in_class_chats.then(|| settings.school.administrator.name.clone())
}

/// The name of a group without the word «группа»: the title says it, and the key must not depend on it.
fn group_name(text: &str) -> &str {
    let is_word = |word: &&str| {
        let word = word.trim_end_matches('.').to_lowercase();
        ["группа", "подгруппа", "гр", "подгр"].contains(&word.as_str())
    };
    let mut name = text.trim();
    if let Some(word) = name.split_whitespace().next().filter(is_word) {
        name = name[word.len()..].trim_start();
    }
    if let Some(word) = name.split_whitespace().next_back().filter(is_word) {
        name = name[..name.len() - word.len()].trim_end();
    }
    name.trim_start_matches('№').trim_start()
}

#[cfg(test)]
mod tests {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(super::group_name(text), expected);
    }

    #[test]
    fn a_group_is_named_without_the_word() {
        check("1", "1");
        check("группа 1", "1");
        check("Гр. № 2", "2");
        check("2 подгруппа", "2");
        check("девочки", "девочки");
        check("группа", "");
    }
}
