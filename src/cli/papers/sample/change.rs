//! A change that the class of the samples might have had: a pupil came, another one left, who has no slip any more.

use crate::school::{ChangeSheet, Chat, ChatKind, Edition, News, NewsKind, Piece, RemovalTask, SchoolClass, VoidPaper};

/// Who is in no list any more.
const GONE: &str = "Шубин Лев";

/// The parent of that pupil.
const PARENT: &str = "Шубина Вера Андреевна";

/// Where the pupil went.
const WHY: &str = "выбыл(а)";

/// What the class is given; nothing where nobody is in it.
pub(super) fn sheet(class: &SchoolClass, chats: &[Chat], edition: Edition) -> ChangeSheet {
    let Some((newcomer, id)) = class.students.last().and_then(|student| Some((student, student.id?))) else {
        return ChangeSheet::default();
    };
    let news = |kind, words: String| News { kind, count: 1, words, chats: Vec::new(), why: String::new() };
    let of_family = |chat: &&Chat| matches!(chat.kind, ChatKind::ClassParents | ChatKind::ClassStudents);
    let removal = |chat: &Chat| {
        let (who, why) = match chat.kind {
            ChatKind::ClassParents => (format!("{PARENT} (родитель: {GONE})"), format!("ребёнок {WHY}")),
            _ => (GONE.to_owned(), WHY.to_owned()),
        };
        RemovalTask {
            chat: chat.title.to_string(),
            moderator: chat.moderator.as_ref().map(ToString::to_string),
            who,
            why,
        }
    };
    let void =
        |chat: &Chat| VoidPaper {
            words: format!("талон «{}», {GONE}", chat.title), edition, why: WHY.to_owned()
        };
    let families: Vec<&Chat> = chats.iter().filter(of_family).collect();
    ChangeSheet {
        news: vec![
            news(NewsKind::Arrived, format!("прибыл(а): {}", newcomer.name.without_patronymic())),
            news(NewsKind::Left, format!("{WHY}: {GONE}")),
        ],
        removals: families.iter().map(|chat| removal(chat)).collect(),
        admissions: Vec::new(),
        void: families.iter().map(|chat| void(chat)).collect(),
        pieces: families.iter().map(|chat| Piece::Slip { chat: chat.key.clone(), student: id }).collect(),
        newcomers: [id].into(),
        new_parents: std::collections::BTreeMap::new(),
    }
}
