//! Who was found in a chat and who was not, for people. Names of strangers are shown here and kept nowhere.

use std::fmt::Write as _;

use crate::school::{Noun, count};

/// What a list of members says of a chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JoinedChat {
    /// Its title.
    pub title: String,
    /// Who moderates it.
    pub moderator: Option<String>,
    /// How many are to be in it; `None` where only the teacher knows.
    pub members: Option<usize>,
    /// How many of them are.
    pub present: usize,
    /// How many in it are nobody of the lists.
    pub strangers_number: usize,
    /// Those who are to be in it and are not, by name.
    pub missing: Vec<String>,
    /// Those who are in it and in no list, as they stand there.
    pub strangers: Vec<String>,
    /// Pupils in a chat of parents.
    pub pupils: Vec<String>,
    /// Names that nobody can place, with those whom they may mean.
    pub doubtful: Vec<(String, Vec<String>)>,
}

const PEOPLE: Noun = Noun::new("человек", "человека", "человек");

/// What the lists say, chat by chat.
pub fn joined_text(chats: &[JoinedChat]) -> String {
    let mut text = String::new();
    for chat in chats {
        let of = chat.members.map(|members| format!(" из {members}")).unwrap_or_default();
        let _ = writeln!(text, "«{}»: вступили {}{of}.", chat.title, chat.present);
        if chat.strangers_number > 0 {
            let whom = chat.moderator.as_ref().map(|name| format!(" ({name})")).unwrap_or_default();
            let people = count(chat.strangers_number, PEOPLE);
            let _ = writeln!(text, "  Посторонние: {people}. Модератор{whom} должен проверить их и удалить из чата:");
            for stranger in &chat.strangers {
                let _ = writeln!(text, "    {stranger}");
            }
            for pupil in &chat.pupils {
                let _ = writeln!(text, "    {pupil} — обучающийся; этот чат для родителей");
            }
        }
        if !chat.doubtful.is_empty() {
            let _ = writeln!(text, "  Непонятно, кто это; в число вступивших не входят:");
            for (shown, candidates) in &chat.doubtful {
                let may = if candidates.is_empty() {
                    String::new()
                } else {
                    format!(" — возможно, {}", candidates.join("; "))
                };
                let _ = writeln!(text, "    {shown}{may}");
            }
        }
        if !chat.missing.is_empty() {
            let _ = writeln!(text, "  Не найдены: {}.", count(chat.missing.len(), PEOPLE));
            for name in &chat.missing {
                let _ = writeln!(text, "    {name}");
            }
        }
    }
    text
}
