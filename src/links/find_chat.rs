//! Which planned chat a row of the register means.

use std::collections::BTreeMap;

use crate::school::{Chat, ChatKind, ClassName, fold, lowercase};

/// What a row says about its chat.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clues<'a> {
    /// The key, which the program wrote.
    pub(super) key: &'a str,
    /// The class.
    pub(super) class: &'a str,
    /// The kind in words: «родители», «алгебра».
    pub(super) kind: &'a str,
    /// The title.
    pub(super) title: &'a str,
}

/// The planned chat that a row means.
#[derive(Clone, Copy, Debug)]
pub(super) enum Found<'a> {
    /// This one.
    One(&'a Chat),
    /// More than one fits.
    Several,
    /// The key is one chat's, the class or the title another's: as if only some of the columns had been sorted.
    Contradiction,
    /// None fits.
    None,
}

/// The planned chats by their keys and titles.
pub(super) struct ChatIndex<'a> {
    chats: Vec<&'a Chat>,
    by_key: BTreeMap<String, Vec<&'a Chat>>,
    by_title: BTreeMap<String, Vec<&'a Chat>>,
}

impl<'a> ChatIndex<'a> {
    /// The index of all planned chats.
    pub(super) fn new(chats: &[&'a Chat]) -> Self {
        let mut index = Self { chats: chats.to_vec(), by_key: BTreeMap::new(), by_title: BTreeMap::new() };
        for chat in chats.iter().copied() {
            index.by_key.entry(same_spelling(chat.key.as_str())).or_default().push(chat);
            index.by_title.entry(same_spelling(chat.title.as_str())).or_default().push(chat);
        }
        index
    }

    /// Finds the chat of a row: by its key, unless class or title are another chat's; without one by the title, or by
    /// class and kind.
    pub(super) fn find(&self, clues: &Clues<'_>) -> Found<'a> {
        let named = |index: &BTreeMap<String, Vec<&'a Chat>>, name: &str| {
            only(index.get(&same_spelling(name)).into_iter().flatten().copied())
        };
        if !clues.key.is_empty() {
            let found = named(&self.by_key, clues.key);
            let Found::One(chat) = found else { return found };
            let other_class = clues.class.parse::<ClassName>().is_ok_and(|class| chat.class.as_ref() != Some(&class));
            let other_title = matches!(named(&self.by_title, clues.title), Found::One(other) if other.key != chat.key);
            return if other_class || other_title { Found::Contradiction } else { found };
        }
        if let Found::One(chat) = named(&self.by_title, clues.title) {
            return Found::One(chat);
        }
        let words = if clues.kind.is_empty() { clues.title } else { clues.kind };
        if words.is_empty() {
            return Found::None;
        }
        let own_class = clues.class.parse::<ClassName>().ok();
        let class = own_class.or_else(|| words.split_whitespace().next()?.parse().ok());
        if class.is_none() && !clues.class.is_empty() {
            return Found::None;
        }
        by_words(self.chats.iter().copied().filter(|chat| chat.class == class), words)
    }
}

/// White space and case do not matter.
fn same_spelling(text: &str) -> String {
    lowercase(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn only<'a>(mut fitting: impl Iterator<Item = &'a Chat>) -> Found<'a> {
    match (fitting.next(), fitting.next()) {
        (Some(chat), None) => Found::One(chat),
        (Some(_), Some(_)) => Found::Several,
        (None, _) => Found::None,
    }
}

fn by_words<'a>(chats: impl Iterator<Item = &'a Chat> + Clone, words: &str) -> Found<'a> {
    let folded = fold(words);
    if let Found::One(chat) = only(chats.clone().filter(|chat| fold(chat.kind.words()) == folded)) {
        return Found::One(chat);
    }
    // «Алгебра, ученики» is the chat of the subject; «русский язык» is not the one of «язык».
    let topic = |chat: &Chat| {
        let topic = fold(chat.topic.as_deref().unwrap_or_default());
        let group = fold(chat.group.as_deref().unwrap_or_default());
        let fits = !topic.is_empty() && folded.contains(&topic);
        fits.then(|| {
            topic.chars().count()
                + if folded.replacen(&topic, "", 1).contains(&group) { group.chars().count() } else { 0 }
        })
    };
    if let Some(longest) = chats.clone().filter_map(topic).max() {
        return only(chats.filter(|chat| topic(chat) == Some(longest)));
    }
    let lower = words.to_lowercase().replace('ё', "е");
    only(chats.filter(|chat| fits(chat.kind, &lower)))
}

/// Whether the words people use for a kind of chat stand in a text.
fn fits(kind: ChatKind, words: &str) -> bool {
    let has = |roots: &[&str]| roots.iter().any(|root| words.contains(root));
    let (parents, students) = (has(&["родител"]), has(&["учени", "обучающ", "учащ"]));
    let (teachers, head) = (has(&["учител", "педагог"]), has(&["директор", "руководител"]));
    match kind {
        ChatKind::ClassParents => parents,
        ChatKind::ClassStudents => students && !parents,
        ChatKind::ClassTeachers => teachers && !parents,
        ChatKind::StaffRoom => has(&["учительск"]),
        ChatKind::DirectorDeputies => has(&["заместител", "завуч"]),
        ChatKind::DirectorStaff => head && teachers,
        ChatKind::DirectorParents => parents && has(&["актив", "комитет", "совет"]),
        ChatKind::DirectorStudents => students && has(&["актив", "совет"]),
        ChatKind::SchoolChannel => has(&["общешкольн"]),
        ChatKind::StaffChannel => has(&["сотрудник"]),
        ChatKind::ClassSubject
        | ChatKind::Course
        | ChatKind::Extracurricular
        | ChatKind::Event
        | ChatKind::Methodical => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{ChatIndex, Clues, Found};
    use crate::links::samples::{chat, chats};

    #[track_caller]
    fn check(key: &str, class: &str, kind: &str, title: &str, expected: &str) {
        let mut chats = chats();
        chats.push(chat("7А/предмет/английский язык/1", "7А", "Английский язык", "1"));
        chats.push(chat("7А/предмет/английский язык/2", "7А", "Английский язык", "2"));
        let found = match ChatIndex::new(&chats.iter().collect::<Vec<_>>()).find(&Clues { key, class, kind, title }) {
            Found::One(chat) => chat.key.as_str(),
            Found::Several => "several",
            Found::Contradiction => "contradiction",
            Found::None => "none",
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn by_key() {
        check("7А/родители", "", "", "", "7А/родители");
        check(" 7а/Родители ", "7а", "ученики", "старое название", "7А/родители");
        check("7А/родители", "8Б", "", "", "contradiction");
        check("7А/родители", "7А", "", "Учительская", "contradiction");
        check("9А/родители", "7А", "родители", "", "none");
    }

    #[test]
    fn by_title() {
        check("", "", "", "7А  Родители", "7А/родители");
        check("", "", "", "Учительская", "школа/учительская");
        check("", "", "", "Нет такого", "none");
    }

    #[test]
    fn by_class_and_words() {
        check("", "7 «А»", "родители", "", "7А/родители");
        check("", "7А", "Чат родителей класса", "", "7А/родители");
        check("", "7А", "ученики", "", "7А/ученики");
        check("", "7А", "обучающиеся", "", "7А/ученики");
        check("", "7А", "учителя", "", "7А/учителя");
        check("", "", "7А родители", "", "7А/родители");
        check("", "7А", "алгебра", "", "7А/предмет/алгебра");
        check("", "7А", "Алгебра, ученики", "", "7А/предмет/алгебра");
        check("", "7А", "английский язык", "", "several");
        check("", "7А", "английский язык, группа 2", "", "7А/предмет/английский язык/2");
        check("", "8Б", "родители", "", "none");
        check("", "седьмой", "родители", "", "none");
        check("", "7А", "", "", "none");
        check("", "", "общешкольный", "", "школа/канал");
    }
}
