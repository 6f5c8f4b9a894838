//! What the letter of a change tells of it: numbers, never names.
//!
//! Names of pupils stand in the enclosed paper only, so a letter that is seen over somebody's shoulder gives nobody
//! away.

use std::collections::BTreeMap;

use crate::school::{ChangeSheet, NewsKind, Piece};

/// What a letter tells of the change that it brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeLetter {
    /// The number of the change among those of the class and the date, as on the paper: 1, 2, …
    pub number: u32,
    /// What has changed, in the order of [`NewsKind`].
    pub news: Vec<NewsCount>,
    /// How many times somebody is to be removed from a chat.
    pub removals: usize,
    /// How many times somebody who gets no slip is to be admitted to a chat.
    pub admissions: usize,
    /// How many papers are to be destroyed.
    pub void: usize,
    /// How many slips are to be handed out.
    pub slips: usize,
    /// How many posters are to be put up.
    pub posters: usize,
    /// How many parts of the acknowledgement form are to be signed anew, because what is signed has changed.
    pub forms: usize,
    /// Whether it brings everything that holds once more, because the address was corrected: nobody knows whether the
    /// earlier letters arrived.
    pub again: bool,
    /// How many files are printed once more because somebody asked for it, where it brings nothing else; else none.
    pub copies: usize,
    /// Of how many pupils the acknowledgement form has new rows, for the pupil or for parents.
    pub newcomers: usize,
}

/// How often something has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewsCount {
    /// What.
    pub kind: NewsKind,
    /// How often, at least once.
    pub count: usize,
}

impl ChangeLetter {
    /// What a letter tells of a sheet of changes with its number.
    pub fn new(number: u32, sheet: &ChangeSheet) -> Self {
        let ChangeSheet { news, removals, admissions, void, pieces, newcomers: _, new_parents: _ } = sheet;
        let mut counts = BTreeMap::<NewsKind, usize>::new();
        for one in news {
            *counts.entry(one.kind).or_default() += one.count;
        }
        let news = counts.into_iter().map(|(kind, count)| NewsCount { kind, count });
        Self {
            number,
            news: news.collect(),
            removals: removals.len(),
            admissions: admissions.len(),
            void: void.len(),
            slips: pieces.iter().filter(|piece| matches!(piece, Piece::Slip { .. })).count(),
            posters: pieces.iter().filter(|piece| matches!(piece, Piece::Poster { .. })).count(),
            forms: 0,
            again: false,
            copies: 0,
            newcomers: sheet.families(),
        }
    }

    /// The same with the slips, the posters and the parts of the form that are handed out in whole files beside the sheet.
    #[must_use]
    pub fn and_whole(self, slips: usize, posters: usize, forms: usize) -> Self {
        Self { slips: self.slips + slips, posters: self.posters + posters, forms: self.forms + forms, ..self }
    }
}

impl NewsCount {
    /// What has happened, in words that a number follows: «прибыло»; `None` for what the letter says in a sentence.
    pub(super) fn words(self) -> Option<&'static str> {
        Some(match self.kind {
            NewsKind::ClassGone | NewsKind::ClassUp => return None,
            NewsKind::Arrived => "прибыло",
            NewsKind::MovedIn => "пришло из другого класса",
            NewsKind::MovedOut => "ушло в другой класс",
            NewsKind::Left => "выбыло",
            NewsKind::Renamed => "с новым именем",
            NewsKind::Guardian => "новые сведения о родителях (законных представителях)",
            NewsKind::Homeroom => "новые сведения о классном руководителе",
            NewsKind::ChatNew => "новых чатов",
            NewsKind::ChatRetitled => "чатов с новым названием",
            NewsKind::ChatModerator => "чатов с другим модератором",
            NewsKind::ChatClosed => "закрывается чатов",
            NewsKind::Link => "чатов с новой ссылкой",
            NewsKind::Address => "чатов с новым адресом на сайте школы",
            NewsKind::LinkGone => "чатов без ссылки",
            NewsKind::LinkVoid => "отозвано ссылок",
            NewsKind::Reprinted => "напечатано ещё раз",
            NewsKind::Other => "другие изменения",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{ChangeLetter, NewsCount};
    use crate::school::{AdmissionTask, ChangeSheet, ChatKey, News, NewsKind, PersonId, Piece};

    #[test]
    fn a_sheet_becomes_numbers() {
        let news = |kind: NewsKind, count: usize| News {
            kind,
            count,
            words: "Белов Лев".to_owned(),
            chats: Vec::new(),
            why: String::new(),
        };
        let id = PersonId::of_bytes([1; 16]);
        let chat = ChatKey::of(&["7А", "родители"]);
        let sheet = ChangeSheet {
            news: vec![
                news(NewsKind::Left, 1),
                news(NewsKind::ChatNew, 10),
                news(NewsKind::Arrived, 1),
                news(NewsKind::Other, 1),
                news(NewsKind::Left, 1),
                news(NewsKind::ChatNew, 1),
            ],
            pieces: [Piece::Poster { chat: chat.clone() }, Piece::Slip { chat, student: id }, Piece::Memo].into(),
            newcomers: [id].into(),
            admissions: vec![AdmissionTask {
                chat: "7А — учителя".to_owned(),
                moderator: None,
                who: "Ким Вера Львовна".to_owned(),
                why: "новый сотрудник".to_owned(),
            }],
            ..ChangeSheet::default()
        };
        let letter = ChangeLetter::new(3, &sheet).and_whole(10, 2, 1);
        let ChangeLetter { number, news, removals, admissions, void, slips, posters, forms, newcomers, again, copies } =
            letter;
        assert_eq!((forms, again, copies), (1, false, 0));
        let expected = [(NewsKind::Arrived, 1), (NewsKind::Left, 2), (NewsKind::ChatNew, 11), (NewsKind::Other, 1)];
        assert_eq!(news, expected.map(|(kind, count)| NewsCount { kind, count }));
        assert_eq!((number, removals, admissions, void, slips, posters, newcomers), (3, 0, 1, 0, 11, 3, 1));
    }
}
