//! Short names of posters, so that a sheet can be asked for by telephone: «7А-Р», «7А-Алг-1».

use std::collections::BTreeMap;

use super::paper::ChatSheet;
use crate::school::{Chat, ChatKind};

/// The short names of the posters of these chats, in their order; no two are alike.
pub(super) fn sheet_names(sheets: &[ChatSheet<'_>]) -> Vec<String> {
    let names: Vec<String> = sheets.iter().map(|sheet| name(sheet.chat)).collect();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let numbered = |name: &String, number: usize| match number {
        1 => name.clone(),
        number => format!("{name}-{number}"),
    };
    let mut given = Vec::with_capacity(names.len());
    for name in &names {
        let number = seen.entry(name).or_default();
        *number += 1;
        while given.contains(&numbered(name, *number)) {
            *number += 1;
        }
        given.push(numbered(name, *number));
    }
    given
}

fn name(chat: &Chat) -> String {
    let whose = chat.class.as_ref().map_or_else(|| "Школа".to_owned(), |class| class.to_string().replace(' ', ""));
    let what = match chat.kind {
        ChatKind::ClassStudents => "У".to_owned(),
        ChatKind::ClassParents => "Р".to_owned(),
        ChatKind::ClassTeachers => "П".to_owned(),
        ChatKind::ClassSubject
        | ChatKind::Course
        | ChatKind::Extracurricular
        | ChatKind::Event
        | ChatKind::Methodical => topic(chat),
        ChatKind::StaffRoom => "Учительская".to_owned(),
        ChatKind::DirectorDeputies => "Заместители".to_owned(),
        ChatKind::DirectorStaff => "Педагоги".to_owned(),
        ChatKind::DirectorParents => "РА".to_owned(),
        ChatKind::DirectorStudents => "АО".to_owned(),
        ChatKind::SchoolChannel => "Канал".to_owned(),
        ChatKind::StaffChannel => "Сотрудники".to_owned(),
    };
    format!("{whose}-{what}")
}

/// The first letters of the subject and the group: «Алг-1», «АнгЯз-2».
fn topic(chat: &Chat) -> String {
    let topic = chat.topic.as_deref().unwrap_or_else(|| chat.title.as_str());
    let words: Vec<&str> =
        topic.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.chars().count() > 2).collect();
    let length = if words.len() > 1 { 3 } else { 5 };
    let short: String = words.iter().take(2).map(|word| capitalised(word.chars().take(length))).collect();
    let short = if short.is_empty() { "Чат".to_owned() } else { short };
    match &chat.group {
        Some(group) => {
            let group: String = group.chars().filter(|letter| letter.is_alphanumeric()).take(5).collect();
            format!("{short}-{group}")
        }
        None => short,
    }
}

fn capitalised(mut letters: impl Iterator<Item = char>) -> String {
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::sheet_names;
    use crate::papers::paper::ChatSheet;
    use crate::papers::sample;
    use crate::school::ChatKind;

    #[test]
    fn names_are_short_and_distinct() {
        let chats = [
            sample::chat(ChatKind::ClassParents, None, None),
            sample::chat(ChatKind::ClassStudents, None, None),
            sample::chat(ChatKind::ClassSubject, Some("Алгебра"), None),
            sample::chat(ChatKind::ClassSubject, Some("Английский язык"), Some("1")),
            sample::chat(ChatKind::ClassSubject, Some("Английский язык"), Some("2")),
            sample::chat(ChatKind::ClassSubject, Some("Алгебраическая геометрия"), None),
            sample::chat(ChatKind::ClassSubject, Some("Алгебраическая геометрия кривых"), None),
        ];
        let sheets: Vec<_> = chats.iter().map(|chat| ChatSheet { chat, link: None }).collect();
        let expected = ["7А-Р", "7А-У", "7А-Алгеб", "7А-АнгЯзы-1", "7А-АнгЯзы-2", "7А-АлгГео", "7А-АлгГео-2"];
        assert_eq!(sheet_names(&sheets), expected);
    }
}
