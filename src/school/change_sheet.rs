//! What a class or the school is to be given after a change of the lists: the order for its papers and its letter.
//!
//! It is recorded before anything is made, so a run that was stopped is finished by the next one with the same content.
//! Words are in Russian and ready to print; what is printed anew is named by piece, because its content is that of the
//! moment of printing. No link stands here.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Edition, News, NewsKind, PersonId, Piece, SchoolState};

/// The content of «7А Изменения 08.09.2026 № 1.pdf».
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeSheet {
    /// What has changed, line by line.
    pub news: Vec<News>,
    /// Whom the moderators are to remove from which chats.
    pub removals: Vec<RemovalTask>,
    /// Members of the staff, and others who get no slip, whom the moderators are to admit to which chats.
    #[serde(default)]
    pub admissions: Vec<AdmissionTask>,
    /// Papers that hold no longer and are to be destroyed.
    pub void: Vec<VoidPaper>,
    /// Posters and slips that are printed behind it. What is in a file that is handed out whole is not among them.
    pub pieces: BTreeSet<Piece>,
    /// Pupils for whom the acknowledgement form gets rows.
    pub newcomers: BTreeSet<PersonId>,
    /// Parents for whom it gets rows, by pupil, where the pupil is no newcomer and need not sign.
    #[serde(default)]
    pub new_parents: BTreeMap<PersonId, BTreeSet<PersonId>>,
}

/// Somebody whom a moderator is to remove from a chat (31.4.7: for a reason, never by preference).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemovalTask {
    /// The exact title of the chat.
    pub chat: String,
    /// Who moderates it, «Петрова Ольга Сергеевна»; `None` where nobody is named.
    pub moderator: Option<String>,
    /// Whom: «Иванова Анна Петровна (родитель: Иванов Пётр)».
    pub who: String,
    /// Why: «выбыл(а)», «переведён(а) в 8Б».
    pub why: String,
}

/// Somebody whom a moderator is to admit to a chat that exists already: one who gets no slip for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AdmissionTask {
    /// The exact title of the chat.
    pub chat: String,
    /// Who moderates it; `None` where nobody is named.
    pub moderator: Option<String>,
    /// Whom: «Ким Вера Львовна».
    pub who: String,
    /// Why: «новый сотрудник».
    pub why: String,
}

/// A paper that holds no longer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoidPaper {
    /// «талон «7А — родители», Иванов Пётр».
    pub words: String,
    /// Its version and date, as they stand on it.
    pub edition: Edition,
    /// Why it does not hold: «ссылка заменена».
    pub why: String,
}

impl ChangeSheet {
    /// Whether there is nothing to say and nothing to print.
    pub fn is_empty(&self) -> bool {
        let Self { news, removals, admissions, void, pieces, newcomers: _, new_parents: _ } = self;
        let has_tasks = !(removals.is_empty() && admissions.is_empty() && void.is_empty());
        news.is_empty() && !has_tasks && pieces.is_empty() && !self.has_rows()
    }

    /// Whether the acknowledgement form gets rows.
    pub fn has_rows(&self) -> bool {
        !(self.newcomers.is_empty() && self.new_parents.is_empty())
    }

    /// Of how many pupils somebody is to sign.
    pub fn families(&self) -> usize {
        self.newcomers.iter().chain(self.new_parents.keys()).collect::<BTreeSet<_>>().len()
    }
}

impl ChangeSheet {
    /// Asks once more for what earlier sheets asked for and what still makes sense: whom to remove who is not a member now,
    /// whom to admit who is one, which papers to destroy, which chats to close. What is to be created, retitled or handed
    /// over stands in the memo, and links that are awaited in the letter.
    pub fn repeat<'a>(&mut self, earlier: impl Iterator<Item = &'a Self>, now: &SchoolState) {
        for sheet in earlier {
            let stands = |title: &str| now.chats.values().any(|chat| chat.title.as_str() == title);
            let is_in = |title: &str, whom: &str| {
                let chats = now.chats.values().filter(|chat| chat.title.as_str() == title);
                chats.flat_map(|chat| chat.members.iter()).any(|member| now.is_called(member, whom))
            };
            for task in sheet.removals.iter().filter(|task| stands(&task.chat) && !is_in(&task.chat, &task.who)) {
                add(&mut self.removals, task);
            }
            for task in sheet.admissions.iter().filter(|task| is_in(&task.chat, &task.who)) {
                add(&mut self.admissions, task);
            }
            for paper in &sheet.void {
                add(&mut self.void, paper);
            }
            for one in sheet.news.iter().filter(|one| one.kind == NewsKind::ChatClosed) {
                add(&mut self.news, one);
            }
        }
    }
}

fn add<T: Clone + PartialEq>(list: &mut Vec<T>, one: &T) {
    if !list.contains(one) {
        list.push(one.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::{AdmissionTask, ChangeSheet, RemovalTask, VoidPaper};
    use crate::school::{Audience, ChatKey, Edition, News, NewsKind, PersonId, Piece};

    #[test]
    fn it_is_read_back_as_it_was_recorded() {
        let id = PersonId::of_bytes([3; 16]);
        let chat = ChatKey::of(&["7А", "предмет", "Алгебра", "1"]);
        let sheet = ChangeSheet {
            news: vec![News {
                kind: NewsKind::ChatClosed,
                count: 2,
                words: "закрыть 2 чата".into(),
                chats: vec!["«7А — Алгебра»".into(), "«7А — Физика»".into()],
                why: "класса больше нет".into(),
            }],
            removals: vec![RemovalTask {
                chat: "7А".into(),
                moderator: None,
                who: "Белов Лев".into(),
                why: "выбыл(а)".into(),
            }],
            admissions: vec![AdmissionTask {
                chat: "Учительская".into(),
                moderator: Some("Лосев Пётр Ильич".into()),
                who: "Ким Вера Львовна".into(),
                why: "новый сотрудник".into(),
            }],
            void: vec![VoidPaper {
                words: "талон".into(),
                edition: Edition { version: 2, issued: jiff::civil::date(2026, 9, 8) },
                why: "ссылка заменена".into(),
            }],
            pieces: [
                Piece::Poster { chat: chat.clone() },
                Piece::Slip { chat, student: id },
                Piece::Form { audience: Audience::Parents },
                Piece::Memo,
            ]
            .into(),
            newcomers: [id].into(),
            new_parents: [(id, [id].into())].into(),
        };
        let text = serde_json::to_string(&sheet).unwrap();
        assert_eq!(serde_json::from_str::<ChangeSheet>(&text).unwrap(), sheet);
        assert!(!sheet.is_empty() && ChangeSheet::default().is_empty());
    }
}
