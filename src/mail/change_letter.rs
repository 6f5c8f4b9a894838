//! What the letter of a change tells of it: numbers, never names.
//!
//! Names of pupils stand in the enclosed paper only, so a letter that is seen over somebody's shoulder gives nobody
//! away.

use crate::school::{ChangeSheet, Piece};

/// What a letter tells of the change that it brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeLetter {
    /// The number of the change among those of the class and the date, as on the paper: 1, 2, …
    pub number: u32,
    /// What has changed, in the order of [`Topic`].
    pub news: Vec<TopicCount>,
    /// How many times somebody is to be removed from a chat.
    pub removals: usize,
    /// How many papers are to be destroyed.
    pub void: usize,
    /// How many slips are to be handed out.
    pub slips: usize,
    /// How many posters are to be put up.
    pub posters: usize,
    /// How many pupils the acknowledgement form has new rows for.
    pub newcomers: usize,
}

/// How often something has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TopicCount {
    /// What.
    pub topic: Topic,
    /// How often, at least once.
    pub count: usize,
}

/// What has happened, as far as a letter tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Topic {
    /// Pupils came to the school.
    Arrived,
    /// Pupils came from another class.
    MovedIn,
    /// Pupils went to another class.
    MovedOut,
    /// Pupils left the school.
    Left,
    /// Pupils have another name.
    Renamed,
    /// Parents, or what is known of them.
    Guardians,
    /// Another homeroom teacher.
    Homeroom,
    /// Chats to be created.
    ChatNew,
    /// Chats to be retitled.
    ChatRetitled,
    /// Chats with another moderator.
    ChatModerator,
    /// Chats to be closed.
    ChatClosed,
    /// Chats that got their first link or another one.
    Link,
    /// Chats without a valid link.
    LinkGone,
    /// Papers that are printed once more as they were.
    Reprinted,
    /// Anything else.
    Other,
}

impl ChangeLetter {
    /// What a letter tells of a sheet of changes with its number.
    pub fn new(number: u32, sheet: &ChangeSheet) -> Self {
        let ChangeSheet { news, removals, void, pieces, newcomers } = sheet;
        let mut topics: Vec<Topic> = news.iter().map(|news| Topic::of(&news.words)).collect();
        topics.sort();
        let news = topics.chunk_by(|one, next| one == next);
        let news = news.filter_map(|same| Some(TopicCount { topic: *same.first()?, count: same.len() }));
        Self {
            number,
            news: news.collect(),
            removals: removals.len(),
            void: void.len(),
            slips: pieces.iter().filter(|piece| matches!(piece, Piece::Slip { .. })).count(),
            posters: pieces.iter().filter(|piece| matches!(piece, Piece::Poster { .. })).count(),
            newcomers: newcomers.len(),
        }
    }
}

impl Topic {
    /// The topic of a line of news, by how [`Change::words`](crate::school::Change::words) begins; what is not known
    /// is [`Topic::Other`], so no line gets into a letter as it stands.
    fn of(words: &str) -> Self {
        const BEGINNINGS: [(&str, Topic); 18] = [
            ("прибыл(а):", Topic::Arrived),
            ("переведён(а) из ", Topic::MovedIn),
            ("переведён(а) в ", Topic::MovedOut),
            ("выбыл(а):", Topic::Left),
            ("новое имя:", Topic::Renamed),
            ("новый родитель:", Topic::Guardians),
            ("родителя больше нет в списках:", Topic::Guardians),
            ("изменились сведения о родителе", Topic::Guardians),
            ("классный руководитель", Topic::Homeroom),
            ("у классного руководителя", Topic::Homeroom),
            ("создать чат ", Topic::ChatNew),
            ("переименовать чат ", Topic::ChatRetitled),
            ("чат «", Topic::ChatModerator),
            ("закрыть чат ", Topic::ChatClosed),
            ("получена ссылка ", Topic::Link),
            ("ссылка чата ", Topic::Link),
            ("у чата ", Topic::LinkGone),
            ("напечатано ещё раз:", Topic::Reprinted),
        ];
        let topic = BEGINNINGS.iter().find(|(beginning, _)| words.starts_with(beginning));
        topic.map_or(Self::Other, |(_, topic)| *topic)
    }

    /// The topic in words that a number follows: «прибыло».
    pub fn words(self) -> &'static str {
        match self {
            Self::Arrived => "прибыло",
            Self::MovedIn => "пришло из другого класса",
            Self::MovedOut => "ушло в другой класс",
            Self::Left => "выбыло",
            Self::Renamed => "с новым именем",
            Self::Guardians => "новые сведения о родителях (законных представителях)",
            Self::Homeroom => "новые сведения о классном руководителе",
            Self::ChatNew => "новых чатов",
            Self::ChatRetitled => "чатов с новым названием",
            Self::ChatModerator => "чатов с другим модератором",
            Self::ChatClosed => "закрывается чатов",
            Self::Link => "чатов с новой ссылкой",
            Self::LinkGone => "чатов без ссылки",
            Self::Reprinted => "напечатано ещё раз",
            Self::Other => "другие изменения",
        }
    }

    /// Whether it is something that is to be done to a chat in the app.
    pub(super) fn is_work_on_chats(self) -> bool {
        matches!(self, Self::ChatRetitled | Self::ChatModerator | Self::ChatClosed)
    }
}

#[cfg(test)]
mod tests {
    use super::{ChangeLetter, Topic, TopicCount};
    use crate::plan::sample::{class, name};
    use crate::school::{Change, ChangeKind, ChangeSheet, ChatKey, ChatRef, News, PersonId, Piece, PupilRef, Scope};

    #[track_caller]
    fn check(what: ChangeKind, expected: Topic) {
        let change = Change { scope: Scope::School, what, why: String::new(), source: None };
        assert_eq!(Topic::of(&change.words()), expected, "{}", change.words());
    }

    #[test]
    fn every_change_has_its_topic() {
        let pupil = || PupilRef { id: PersonId::of_bytes([1; 16]), name: name("Орлов Ян Львович") };
        let chat = || ChatRef {
            key: ChatKey::of(&["7А", "родители"]), title: "7А родители".parse().unwrap()
        };
        let title = || "7Б родители".parse().unwrap();
        check(ChangeKind::Arrived(pupil()), Topic::Arrived);
        check(ChangeKind::Left(pupil()), Topic::Left);
        check(ChangeKind::MovedIn { pupil: pupil(), from: class("7Б") }, Topic::MovedIn);
        check(ChangeKind::MovedOut { pupil: pupil(), to: class("7Б") }, Topic::MovedOut);
        check(ChangeKind::Renamed { pupil: pupil(), from: name("Орлов Иван Львович") }, Topic::Renamed);
        check(ChangeKind::BirthDate { pupil: pupil() }, Topic::Other);
        check(ChangeKind::GuardianAdded { pupil: pupil(), name: None }, Topic::Guardians);
        check(ChangeKind::GuardianRemoved { pupil: pupil(), name: None }, Topic::Guardians);
        check(ChangeKind::GuardianChanged { pupil: pupil(), name: None, part: "имя".to_owned() }, Topic::Guardians);
        check(ChangeKind::ClassNew, Topic::Other);
        check(ChangeKind::ClassUp { from: class("6А") }, Topic::Other);
        check(ChangeKind::Homeroom { from: None, to: None }, Topic::Homeroom);
        check(ChangeKind::Homeroom { from: Some(name("Смирнова Вера Юрьевна")), to: None }, Topic::Homeroom);
        check(ChangeKind::HomeroomAddress, Topic::Homeroom);
        check(ChangeKind::ChatNew(chat()), Topic::ChatNew);
        check(ChangeKind::ChatRetitled { chat: chat(), from: title() }, Topic::ChatRetitled);
        check(ChangeKind::ChatModerator { chat: chat(), from: None, to: None }, Topic::ChatModerator);
        check(ChangeKind::ChatClosed(chat()), Topic::ChatClosed);
        check(ChangeKind::LinkReceived(chat()), Topic::Link);
        check(ChangeKind::LinkReplaced(chat()), Topic::Link);
        check(ChangeKind::LinkGone(chat()), Topic::LinkGone);
    }

    #[test]
    fn a_sheet_becomes_numbers() {
        let news = |words: &str| News { words: words.to_owned(), why: String::new() };
        let id = PersonId::of_bytes([1; 16]);
        let chat = ChatKey::of(&["7А", "родители"]);
        let sheet = ChangeSheet {
            news: ["выбыл(а): Белов Лев", "прибыл(а): Орлов Ян", "что-то о Белове", "выбыл(а): Лев Белов"]
                .map(news)
                .into(),
            pieces: [Piece::Poster { chat: chat.clone() }, Piece::Slip { chat, student: id }, Piece::Memo].into(),
            newcomers: [id].into(),
            ..ChangeSheet::default()
        };
        let ChangeLetter { number, news, removals, void, slips, posters, newcomers } = ChangeLetter::new(3, &sheet);
        let expected = [(Topic::Arrived, 1), (Topic::Left, 2), (Topic::Other, 1)];
        assert_eq!(news, expected.map(|(topic, count)| TopicCount { topic, count }));
        assert_eq!((number, removals, void, slips, posters, newcomers), (3, 0, 0, 1, 1, 1));
    }
}
