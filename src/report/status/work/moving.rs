//! Old chats that are to be announced, left and closed: the business of whoever runs each of them (62.2, 65.5.1).

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{CHATS, Doer, Work, WorkKind, Writer};
use crate::report::status::value::scope_of_old;
use crate::school::{ChatTitle, OldChatRecord, OldChatState, PersonName, count};

/// More old chats than this are told as a number.
const LISTED: usize = 3;

/// What is to be done in old chats, by whom and by when.
type Tasks<'a> = BTreeMap<Task, Vec<&'a OldChatRecord>>;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Task {
    state: OldChatState,
    by: Option<Date>,
    /// The folded name.
    responsible: Option<String>,
}

impl Writer<'_> {
    /// The work in the old chats of a class or of the school; a chat whose row names no day is closed with the joining.
    pub(super) fn of_move(&self) -> Vec<Work> {
        let state = self.inputs.state;
        let mut tasks = Tasks::new();
        for record in state.old_chats.values().filter(|record| scope_of_old(record, state) == self.one.scope) {
            let by = record.until.or(self.inputs.deadlines.joining);
            let task = Task { state: record.state, by, responsible: record.responsible.clone() };
            tasks.entry(task).or_default().push(record);
        }
        tasks.into_iter().filter_map(|(task, records)| self.task(&task, &records)).collect()
    }

    fn task(&self, task: &Task, records: &[&OldChatRecord]) -> Option<Work> {
        let (kind, words) = match task.state {
            OldChatState::NotBegun => (WorkKind::Announce, "объявить о переезде в прежнем мессенджере"),
            OldChatState::Announced => (WorkKind::Move, "перевести участников из прежнего мессенджера"),
            OldChatState::Moved => (WorkKind::Close, "закрыть чат в прежнем мессенджере"),
            OldChatState::Closed => return None,
        };
        let shown: Vec<&str> = records.iter().take(LISTED).map(|record| record.words.as_str()).collect();
        let rest = records.len().saturating_sub(LISTED);
        let rest = if rest > 0 { format!(" и\u{a0}ещё\u{a0}{rest}") } else { String::new() };
        let what = format!("{words}: {} — {}{rest}", count(records.len(), CHATS), shown.join(", "));
        let name = task.responsible.as_ref().and_then(|folded| self.inputs.state.staff.get(folded));
        let name = name.map(|contact| contact.name.clone());
        let new = || records.iter().filter_map(|record| self.inputs.state.chats.get(record.chat.as_ref()?));
        let titles: Vec<ChatTitle> = new().map(|chat| chat.title.clone()).collect();
        let is_moderator = |name: &PersonName| new().all(|chat| chat.moderator.as_ref() == Some(name));
        let work = match name {
            None => self.of_curator(kind, what, records.len()),
            Some(name) => {
                let who = if self.is_homeroom(Some(&name)) {
                    Doer::Homeroom
                } else if !titles.is_empty() && is_moderator(&name) {
                    Doer::Moderator
                } else {
                    Doer::Leader
                };
                self.entry(kind, who, Some(name), what, records.len())
            }
        };
        Some(self.due(Work { chats: titles, ..work }, task.by))
    }
}
