//! The move out of foreign messengers (65.5.1), for people and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Serialize;

use crate::plan::{ChatPlan, Move, Moving, NewChat};
use crate::school::{ChatKey, Noun, OldChatKey, OldChatRecord, OldChatState, PersonName, count, dotted};

const CHATS: Noun = Noun::new("чат", "чата", "чатов");

/// The whole move.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MovingReport {
    /// The old chats in the order of the table.
    pub old_chats: Vec<MoveRow>,
    /// The planned chats that replace no old one; empty where there is no table of old chats.
    pub without_old: Vec<NewRow>,
}

/// The move of one old chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MoveRow {
    /// «Viber «7А родители»».
    pub old: String,
    /// The class or the group.
    pub whose: String,
    /// How many are in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<u32>,
    /// The chat that replaces it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<NewRow>,
    /// Why there is none, in Russian.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why_not: Option<String>,
    /// The member of the staff who answers for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responsible: Option<String>,
    /// By when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// How far it has come.
    pub state: OldChatState,
    /// Since when, by what is or would be recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
    /// What to post in the old chat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The row that says so.
    pub source: String,
}

/// A planned chat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewRow {
    /// Its key.
    pub chat: ChatKey,
    /// Its title.
    pub title: String,
}

impl MovingReport {
    /// The move of a plan. `states` tell since when the old chats have come as far as they have, `text` what is written in
    /// one of them.
    pub fn of(
        moving: &Moving,
        plan: &ChatPlan,
        states: &BTreeMap<OldChatKey, OldChatRecord>,
        text: impl Fn(&Move) -> Option<String>,
    ) -> Self {
        let new = |key: &ChatKey| {
            let chat = plan.chat(key)?;
            Some(NewRow { chat: key.clone(), title: chat.title.to_string() })
        };
        let row = |one: &Move| MoveRow {
            old: one.old.words(),
            whose: one.old.whose_words(),
            members: one.old.size,
            new: one.new.key().and_then(new),
            why_not: (!matches!(one.new, NewChat::Found(_))).then(|| one.new.to_string()),
            responsible: one.responsible.as_ref().map(PersonName::to_string),
            until: one.until,
            state: one.old.state,
            since: states.get(&one.old.key).filter(|known| known.state == one.old.state).map(|known| known.since),
            text: text(one),
            source: one.old.place.to_string(),
        };
        Self {
            old_chats: moving.moves.iter().map(row).collect(),
            without_old: moving.without_old.iter().filter_map(new).collect(),
        }
    }

    /// Whether there is no table of old chats.
    pub fn is_empty(&self) -> bool {
        self.old_chats.is_empty()
    }
}

/// The move for a terminal: every old chat with what replaces it, who answers, by when, and what to post.
pub fn moving_text(report: &MovingReport) -> String {
    if report.is_empty() {
        return String::new();
    }
    let mut text = format!("Переезд из других мессенджеров: {}\n", count(report.old_chats.len(), CHATS));
    let by_state = OldChatState::ALL.into_iter().filter_map(|state| {
        let number = report.old_chats.iter().filter(|row| row.state == state).count();
        (number > 0).then(|| format!("{} — {number}", state.words()))
    });
    let _ = writeln!(text, "  {}", by_state.collect::<Vec<_>>().join(", "));
    report.old_chats.iter().for_each(|row| put(&mut text, row));
    if !report.without_old.is_empty() {
        let titles = report.without_old.iter().map(|row| format!("«{}»", row.title)).collect::<Vec<_>>();
        let _ = writeln!(text, "  Новые без прежнего ({}): {}.", titles.len(), titles.join(", "));
    }
    text
}

fn put(text: &mut String, row: &MoveRow) {
    let new = match (&row.new, &row.why_not) {
        (Some(new), _) => format!("«{}»", new.title),
        (None, Some(why)) => why.clone(),
        (None, None) => String::new(),
    };
    let _ = writeln!(text, "  {} → {new}", row.old);
    let responsible = row.responsible.as_deref().unwrap_or("ответственный не назван");
    let until = row.until.map_or_else(|| "срок не назван".to_owned(), |date| format!("до {}", dotted(date)));
    let since = row.since.filter(|_| row.state != OldChatState::NotBegun);
    let since = since.map(|date| format!(" с {}", dotted(date))).unwrap_or_default();
    let members = row.members.map(|number| format!("; участников: {number}")).unwrap_or_default();
    let _ = writeln!(text, "    {responsible}; {until}; {}{since}{members}", row.state.words());
    // What is closed needs no words any more.
    if let Some(words) =
        row.text.as_ref().filter(|_| matches!(row.state, OldChatState::NotBegun | OldChatState::Announced))
    {
        let _ = writeln!(text, "    Написать:\n      {}", words.replace("\n\n", "\n      "));
    }
}
