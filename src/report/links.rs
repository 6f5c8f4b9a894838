//! The links of the chats, for people: how far each chat is, and what came of what was sent back.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::grid::{Column, Side, grid};
use crate::school::{ChatStage, LinkStanding, Noun, count, dotted};

/// A chat in the list of links.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkLine {
    /// «7А», «Школа».
    pub class: String,
    /// Its title.
    pub title: String,
    /// How far it is.
    pub stage: ChatStage,
    /// What became of its link.
    pub link: LinkStanding,
    /// Who moderates it.
    pub moderator: String,
    /// The addresses themselves, where they were asked for: secrets.
    pub shown: Vec<String>,
}

const COLUMNS: [Column; 5] = [
    Column { heading: "Класс", side: Side::Left, from_width: 0 },
    Column { heading: "Чат", side: Side::Left, from_width: 0 },
    Column { heading: "Что с ним", side: Side::Left, from_width: 0 },
    Column { heading: "Ссылка", side: Side::Left, from_width: 80 },
    Column { heading: "Модератор", side: Side::Left, from_width: 100 },
];

const CHATS: Noun = Noun::new("чат", "чата", "чатов");

/// The table of chats with the state of their links. The addresses stand below the table, whole.
pub fn link_table(lines: &[LinkLine], width: u16) -> String {
    let row = |line: &LinkLine| {
        let since = line.link.since().map(|on| format!(" {}", dotted(on))).unwrap_or_default();
        vec![
            line.class.clone(),
            line.title.clone(),
            line.stage.words().to_owned(),
            format!("{}{since}", line.link.words()),
            line.moderator.clone(),
        ]
    };
    let mut text = grid(&COLUMNS, &lines.iter().map(row).collect::<Vec<_>>(), width);
    for line in lines.iter().filter(|line| !line.shown.is_empty()) {
        let _ = write!(text, "\n{}: {}", line.title, line.shown.join(" → "));
    }
    text
}

/// «11 чатов: надо создать — 2, бумаги выпущены — 9.»
pub fn stage_counts(stages: &BTreeMap<ChatStage, usize>) -> String {
    let each: Vec<String> = stages.iter().map(|(stage, number)| format!("{} — {number}", stage.words())).collect();
    format!("{}: {}.\n", count(stages.values().sum(), CHATS), each.join(", "))
}

/// One answer that was sent back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerLine {
    /// Where it stands.
    pub place: String,
    /// The chat; empty where that is not clear.
    pub chat: String,
    /// What came of it, in a word or two.
    pub outcome: &'static str,
    /// Why it was not taken, what to do and whom to ask; what was mended.
    pub words: Vec<String>,
}

/// What came of all answers, one by one.
pub fn answer_list(answers: &[AnswerLine]) -> String {
    let mut text = String::new();
    for AnswerLine { place, chat, outcome, words } in answers {
        let chat = if chat.is_empty() { String::new() } else { format!("«{chat}» — ") };
        let _ = writeln!(text, "  {chat}{outcome} ({place})");
        for line in words {
            let _ = writeln!(text, "      {line}");
        }
    }
    text
}
