//! What the sheet of a change tells of it: people one by one, chats as a list, many links as a number.

use std::collections::BTreeSet;

use crate::school::{Change, ChangeKind, ChatRef, News, NewsKind, Noun, Piece, count};

/// More links received than this are told as a number.
const LISTED: usize = 6;

/// What the homeroom teacher is told; tasks and papers have lists of their own. Of copies it is told why they lie among
/// the `pieces` of the sheet.
/// `moderator` tells who is to renew a link in the app.
pub(super) fn news(
    changes: &[&Change],
    pieces: &BTreeSet<Piece>,
    moderator: &dyn Fn(&ChatRef) -> Option<String>,
) -> Vec<News> {
    let is_news = |change: &&&Change| match &change.what {
        ChangeKind::PaperCopied(paper) => pieces.contains(&paper.id.piece),
        _ => true,
    };
    let mut groups: Vec<Vec<&Change>> = Vec::new();
    for change in changes.iter().filter(is_news) {
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| are_told_together(first, change))) {
            Some(group) => group.push(change),
            None => groups.push(vec![change]),
        }
    }
    groups.iter().flat_map(|group| told(group, moderator)).collect()
}

fn are_told_together(one: &Change, other: &Change) -> bool {
    one.kind_id() == other.kind_id() && one.why == other.why
}

/// The news of changes of one kind and reason: people one by one, chats as one list, many new links as a number.
fn told(group: &[&Change], moderator: &dyn Fn(&ChatRef) -> Option<String>) -> Vec<News> {
    let Some((first, kind)) = group.first().and_then(|first| Some((*first, NewsKind::of(&first.what)?))) else {
        return Vec::new();
    };
    match together(first, group.len()) {
        Some(words) => {
            let chats = group.iter().filter_map(|change| listed(change)).collect();
            vec![News { kind, count: group.len(), words, chats, why: first.why.clone() }]
        }
        None => group
            .iter()
            .map(|change| News {
                kind,
                count: 1,
                words: told_alone(change, moderator),
                chats: Vec::new(),
                why: change.why.clone(),
            })
            .collect(),
    }
}

/// How the sheet begins to tell of a paper that lies behind it once more.
const REPRINTED: &str = "напечатано ещё раз:";

/// A change as the sheet tells it: of a copy, what was done; of a link, whose work it is.
fn told_alone(change: &Change, moderator: &dyn Fn(&ChatRef) -> Option<String>) -> String {
    match &change.what {
        ChangeKind::LinkVoid { chat, .. } => match moderator(chat) {
            Some(moderator) => format!("{} (модератор: {moderator})", change.words()),
            None => change.words(),
        },
        ChangeKind::PaperCopied(paper) => format!("{REPRINTED} {}", paper.words),
        _ => change.words(),
    }
}

/// «закрыть 10 чатов»; `None` where each is told in words of its own.
fn together(change: &Change, number: usize) -> Option<String> {
    const CHATS: Noun = Noun::new("чат", "чата", "чатов");
    const OF_CHATS: Noun = Noun::new("чата", "чатов", "чатов");
    const PAPERS: Noun = Noun::new("бумага", "бумаги", "бумаг");
    let (verb, noun, alone) = match change.what {
        ChangeKind::ChatNew(_) => ("создать", CHATS, 1),
        ChangeKind::ChatRetitled { .. } => ("переименовать", CHATS, 1),
        ChangeKind::ChatClosed(_) => ("закрыть", CHATS, 1),
        ChangeKind::LinkReplaced(_) => ("заменены ссылки", OF_CHATS, 1),
        ChangeKind::LinkReceived(_) => ("получены ссылки", OF_CHATS, LISTED),
        ChangeKind::PaperCopied(_) => (REPRINTED, PAPERS, LISTED),
        _ => return None,
    };
    (number > alone).then(|| format!("{verb} {}", count(number, noun)))
}

/// A chat in a list of several; `None` where the number is enough.
fn listed(change: &Change) -> Option<String> {
    match &change.what {
        ChangeKind::ChatNew(chat) | ChangeKind::ChatClosed(chat) | ChangeKind::LinkReplaced(chat) => {
            Some(format!("«{}»", chat.title))
        }
        ChangeKind::ChatRetitled { chat, from } => Some(format!("«{from}» — теперь «{}»", chat.title)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::news;
    use crate::cli::planning::{LetterDue, Parcel};
    use crate::plan::sample::name;
    use crate::school::{Change, ChangeKind, ChangeSheet, ChatKey, ChatRef, News, NewsKind, PersonId, PupilRef, Scope};

    fn chat(number: usize) -> ChatRef {
        let number = number.to_string();
        ChatRef { key: ChatKey::of(&["7А", &number]), title: format!("7А — {number}").parse().unwrap() }
    }

    fn changes(number: usize, why: &str, what: impl Fn(usize) -> ChangeKind) -> Vec<Change> {
        let change = |number| Change { scope: Scope::School, what: what(number), why: why.to_owned(), source: None };
        (1..=number).map(change).collect()
    }

    fn told(changes: &[Change]) -> Vec<News> {
        news(&changes.iter().collect::<Vec<_>>(), &BTreeSet::new(), &|_| Some("Ли Ян".to_owned()))
    }

    #[track_caller]
    fn check(changes: &[Change], expected: &[&str]) {
        let shown = |news: News| {
            let News { kind, count, words, chats, why } = news;
            format!("{kind:?} {count}: {words} {chats:?} {why}").replace('\u{a0}', " ")
        };
        assert_eq!(told(changes).into_iter().map(shown).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn chats_are_listed_by_title_with_their_reason_once() {
        let closed = |number| ChangeKind::ChatClosed(chat(number));
        check(&changes(1, "не нужен", closed), &["ChatClosed 1: закрыть чат «7А — 1» [] не нужен"]);
        let titles = "\"«7А — 1»\", \"«7А — 2»\", \"«7А — 3»\", \"«7А — 4»\", \"«7А — 5»\", \"«7А — 6»\", \"«7А — 7»\"";
        check(
            &changes(7, "класса больше нет", closed),
            &[&format!("ChatClosed 7: закрыть 7 чатов [{titles}] класса больше нет")],
        );
        check(
            &changes(7, "", |number| ChangeKind::ChatNew(chat(number))),
            &[&format!("ChatNew 7: создать 7 чатов [{titles}] ")],
        );
        check(
            &changes(2, "", |number| ChangeKind::ChatRetitled { chat: chat(number), from: chat(9).title }),
            &["ChatRetitled 2: переименовать 2 чата [\"«7А — 9» — теперь «7А — 1»\", \"«7А — 9» — теперь «7А — 2»\"] "],
        );
        let two_reasons = [changes(1, "одна", closed), changes(1, "другая", closed)].concat();
        assert_eq!(told(&two_reasons).len(), 2);
    }

    #[test]
    fn only_links_are_a_number_and_people_are_named() {
        let received = |number| ChangeKind::LinkReceived(chat(number));
        assert_eq!(told(&changes(6, "", received)).len(), 6);
        check(&changes(7, "", received), &["Link 7: получены ссылки 7 чатов [] "]);
        let pupil = |_| {
            ChangeKind::Left(PupilRef {
                id: PersonId::of_bytes([1; 16]),
                name: name("Орлов Ян Львович"),
                detail: crate::school::NameDetail::Usual,
            })
        };
        assert_eq!(told(&changes(9, "нет в списках", pupil)).len(), 9);
        let removal =
            |number| ChangeKind::Removal { chat: chat(number), who: "Орлов Ян".to_owned(), pupil: None };
        check(&changes(2, "выбыл(а)", removal), &[]);
    }

    #[test]
    fn work_on_chats_is_a_reason_for_a_sheet_and_a_letter() {
        let check = |what: fn(ChatRef) -> ChangeKind, expected: bool| {
            let news = told(&changes(1, "", |number| what(chat(number))));
            let parcel = Parcel {
                letter: LetterDue::Change,
                sheet: ChangeSheet { news, ..ChangeSheet::default() },
                ..Parcel::default()
            };
            assert_eq!((parcel.is_due(), parcel.has_work()), (expected, expected));
        };
        check(ChangeKind::ChatClosed, true);
        check(ChangeKind::ChatNew, true);
        check(|chat| ChangeKind::ChatRetitled { from: chat.title.clone(), chat }, true);
        check(ChangeKind::LinkReceived, false);
        check(|_| ChangeKind::HomeroomAddress, false);
        assert!(NewsKind::ChatModerator.is_work_on_chats());
    }
}
