//! The templates of chat titles: which words in braces each kind of chat has a value for.

use std::collections::BTreeMap;

use crate::school::{ChatKind, ChatTitle};

use super::{Problem, Table};

/// The templates by kind: the school's own, else the built-in ones.
pub(super) fn read(section: &mut Table<'_, '_>) -> BTreeMap<ChatKind, String> {
    let title = |kind: ChatKind| {
        let own = section.parsed(kind.id(), |text| checked(kind, text));
        (kind, own.unwrap_or_else(|| built_in(kind).to_owned()))
    };
    ChatKind::ALL.into_iter().map(title).collect()
}

/// The title of a kind where the settings say nothing.
fn built_in(kind: ChatKind) -> &'static str {
    match kind {
        ChatKind::ClassStudents => "{класс} — обучающиеся",
        ChatKind::ClassParents => "{класс} — родители",
        ChatKind::ClassTeachers => "{класс} — учителя",
        ChatKind::ClassSubject => "{класс} — {предмет} {группа}",
        ChatKind::Course => "{название} (курс)",
        ChatKind::Extracurricular => "{название} (внеурочная деятельность)",
        ChatKind::Event => "{название} (мероприятие)",
        ChatKind::Methodical => "{название} (методическое объединение)",
        ChatKind::StaffRoom => "Учительская",
        ChatKind::DirectorDeputies => "Директор и заместители",
        ChatKind::DirectorStaff => "Директор и педагоги",
        ChatKind::DirectorParents => "Директор и родительский актив",
        ChatKind::DirectorStudents => "Директор и актив обучающихся",
        ChatKind::SchoolChannel => "Общешкольный канал",
        ChatKind::StaffChannel => "Сотрудники",
    }
}

/// The words without which two chats of the kind would have one title.
fn needed(kind: ChatKind) -> &'static [&'static str] {
    match kind {
        ChatKind::ClassStudents | ChatKind::ClassParents | ChatKind::ClassTeachers => &["{класс}"],
        ChatKind::ClassSubject => &["{класс}", "{предмет}"],
        ChatKind::Course | ChatKind::Extracurricular | ChatKind::Event | ChatKind::Methodical => &["{название}"],
        _ => &[],
    }
}

/// The words that have a value in every title of the kind, or may have one.
fn known(kind: ChatKind) -> Vec<&'static str> {
    let group = (kind == ChatKind::ClassSubject).then_some("{группа}");
    needed(kind).iter().copied().chain(group).chain(["{школа}", "{год}"]).collect()
}

fn checked(kind: ChatKind, text: &str) -> Result<String, Problem> {
    let known = known(kind);
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let Some(word) = known.iter().find(|word| rest[at..].starts_with(*word)) else {
            let end = rest[at..].find('}').map_or(rest.len(), |end| at + end + 1);
            let message = format!("Подстановки {} для этого чата нет.", &rest[at..end]);
            return Err(Problem::new(message, format!("Можно: {}.", known.join(", "))));
        };
        rest = &rest[at + word.len()..];
    }
    if let Some(word) = needed(kind).iter().find(|word| !text.contains(*word)) {
        let message = format!("Без {word} у разных чатов будет одно название.");
        return Err(Problem::new(message, format!("Добавьте {word}.")));
    }
    if text.chars().count() > ChatTitle::MAX {
        return Err(Problem::too_long(ChatTitle::MAX));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{ChatKind, built_in, checked};

    #[track_caller]
    fn check(kind: ChatKind, text: &str, expected: Result<&str, &str>) {
        let read = checked(kind, text).map_err(|problem| format!("{} {}", problem.message(), problem.advice()));
        assert_eq!(read.as_deref().map_err(String::as_str), expected);
    }

    #[test]
    fn built_in_titles_are_right() {
        for kind in ChatKind::ALL {
            check(kind, built_in(kind), Ok(built_in(kind)));
        }
    }

    #[test]
    fn placeholders() {
        check(ChatKind::ClassParents, "{школа} {класс} {год}", Ok("{школа} {класс} {год}"));
        check(
            ChatKind::ClassParents,
            "{клас} родители",
            Err("Подстановки {клас} для этого чата нет. Можно: {класс}, {школа}, {год}."),
        );
        check(
            ChatKind::ClassParents,
            "{предмет",
            Err("Подстановки {предмет для этого чата нет. Можно: {класс}, {школа}, {год}."),
        );
        check(
            ChatKind::ClassSubject,
            "{класс}, предмет",
            Err("Без {предмет} у разных чатов будет одно название. Добавьте {предмет}."),
        );
        check(
            ChatKind::StaffRoom,
            "Все {класс}",
            Err("Подстановки {класс} для этого чата нет. Можно: {школа}, {год}."),
        );
    }
}
