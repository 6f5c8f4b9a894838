//! Planned chats for the tests of this room; all people are invented.

use crate::school::{Audience, Chat, ChatKey, ChatKind, PersonName};

/// A chat of a class by subject and group.
pub(super) fn chat(key: &str, class: &str, subject: &str, group: &str) -> Chat {
    let mut chat = plain(key, ChatKind::ClassSubject, &format!("{class} {subject} {group}"));
    chat.class = class.parse().ok();
    chat.topic = Some(subject.to_owned());
    chat.group = (!group.is_empty()).then(|| group.to_owned());
    chat
}

/// Four chats of a class and two of the school.
pub(super) fn chats() -> Vec<Chat> {
    let mut chats = vec![
        plain("7А/ученики", ChatKind::ClassStudents, "7А Ученики"),
        plain("7А/родители", ChatKind::ClassParents, "7А Родители"),
        plain("7А/учителя", ChatKind::ClassTeachers, "7А Учителя"),
    ];
    for chat in &mut chats {
        chat.class = "7А".parse().ok();
    }
    chats.push(chat("7А/предмет/алгебра", "7А", "Алгебра", ""));
    chats.push(plain("школа/учительская", ChatKind::StaffRoom, "Учительская"));
    chats.push(plain("школа/канал", ChatKind::SchoolChannel, "Общешкольный канал"));
    chats
}

fn plain(key: &str, kind: ChatKind, title: &str) -> Chat {
    Chat {
        key: ChatKey::of(&key.split('/').collect::<Vec<_>>()),
        kind,
        title: title.parse().expect("a title"),
        class: None,
        topic: None,
        group: None,
        audience: Audience::Parents,
        moderator: Some(PersonName::new("Петрова", "Ольга", "Сергеевна")),
        co_admins: Vec::new(),
        members: [].into(),
    }
}
