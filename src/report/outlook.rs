//! What a plan leaves as it is: the papers that stay valid, and the chats that still await a link.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::difference::{CHATS, POSTERS, SLIPS};
use crate::school::{Change, ChatRef, Noun, Piece, SchoolState, Scope, count};

/// More chats than this are told as a number.
const LISTED: usize = 4;

const FORMS: Noun = Noun::new("лист ознакомления", "листа ознакомления", "листов ознакомления");
const FAMILIES: Noun = Noun::new("семейный лист", "семейных листа", "семейных листов");
const MEMOS: Noun = Noun::new("памятка", "памятки", "памяток");
const OTHERS: Noun = Noun::new("другая бумага", "другие бумаги", "других бумаг");
const DRAFTS: Noun = Noun::new("документ школы", "документа школы", "документов школы");

/// What stays as it is, by class and for the school.
#[derive(Clone, Debug, Default)]
pub struct Outlook {
    /// The papers that stay valid.
    pub kept: BTreeMap<Scope, Kept>,
    /// The chats that await a link.
    pub awaited: BTreeMap<Scope, Vec<ChatRef>>,
}

/// How many papers stay valid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// Posters.
    pub posters: usize,
    /// Slips.
    pub slips: usize,
    /// Sheets of families.
    pub families: usize,
    /// Acknowledgement forms.
    pub forms: usize,
    /// Memos of moderators.
    pub memos: usize,
    /// Rules, consents, logs, announcements.
    pub others: usize,
    /// The school's own papers that people edit.
    pub drafts: usize,
}

/// The papers of one scope that stay valid, as JSON shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeptRow {
    /// «7А» or «Школа».
    pub scope: String,
    /// How many.
    #[serde(flatten)]
    pub papers: Kept,
}

/// A chat that awaits a link, as JSON shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AwaitedRow {
    /// «7А» or «Школа».
    pub scope: String,
    /// The key of the chat.
    pub chat: String,
    /// Its title.
    pub title: String,
}

impl Outlook {
    /// What stays of one state in the next; `awaited` are the chats without a valid link.
    pub fn new(before: &SchoolState, after: &SchoolState, awaited: BTreeMap<Scope, Vec<ChatRef>>) -> Self {
        let mut kept: BTreeMap<Scope, Kept> = BTreeMap::new();
        let stays = |paper: &crate::school::PaperId| {
            before.papers.get(paper).map(|old| old.edition) == after.papers.get(paper).map(|now| now.edition)
        };
        for id in after.papers.keys().filter(|id| stays(id)) {
            if let Some(kept) = kept.get_mut(&id.scope) {
                kept.add(&id.piece);
            } else {
                kept.entry(id.scope.clone()).or_default().add(&id.piece);
            }
        }
        Self { kept, awaited }
    }

    /// The papers that stay valid, for JSON.
    pub fn kept_rows(&self) -> Vec<KeptRow> {
        self.kept.iter().map(|(scope, papers)| KeptRow { scope: scope.title(), papers: *papers }).collect()
    }

    /// All papers that stay valid.
    pub fn kept_in_all(&self) -> Kept {
        self.kept.values().fold(Kept::default(), |sum, kept| sum.and(*kept))
    }

    /// The chats that await a link, for JSON.
    pub fn awaited_rows(&self) -> Vec<AwaitedRow> {
        let rows = self.awaited.iter().flat_map(|(scope, chats)| chats.iter().map(move |chat| (scope, chat)));
        rows.map(|(scope, chat)| AwaitedRow {
            scope: scope.title(),
            chat: chat.key.to_string(),
            title: chat.title.to_string(),
        })
        .collect()
    }

    /// The lines that close what is told of one scope.
    pub(super) fn of(&self, scope: &Scope) -> String {
        let mut text = String::new();
        if let Some(words) = self.kept.get(scope).and_then(|kept| kept.words()) {
            let _ = writeln!(text, "  = остаются в силе: {words}");
        }
        if let Some(chats) = self.awaited.get(scope).filter(|chats| !chats.is_empty()) {
            let number = count(chats.len(), CHATS);
            if chats.len() > LISTED {
                let _ = writeln!(text, "  … ждут ссылку: {number}");
            } else {
                let titles: Vec<String> = chats.iter().map(|chat| format!("«{}»", chat.title)).collect();
                let _ = writeln!(text, "  … ждут ссылку: {number}: {}", titles.join(", "));
            }
        }
        text
    }

    /// The lines about the whole school, and in one of them all those of whom nothing else is told.
    pub(super) fn in_all(&self, changes: &[Change]) -> String {
        let mut text = String::new();
        let is_unchanged = |scope: &&Scope| !changes.iter().any(|change| change.scope == **scope);
        let unchanged: Vec<String> = self.kept.keys().filter(is_unchanged).map(Scope::title).collect();
        if !unchanged.is_empty() && !changes.is_empty() {
            let _ = writeln!(text, "Без изменений ({}): {}.", unchanged.len(), unchanged.join(", "));
        }
        if let Some(words) = self.kept_in_all().words() {
            let _ = writeln!(text, "Всего остаются в силе: {words}.");
        }
        let awaited: usize = self.awaited.values().map(Vec::len).sum();
        if awaited > 0 {
            let _ = writeln!(text, "Всего ждут ссылку: {}.", count(awaited, CHATS));
        }
        text
    }
}

impl Kept {
    fn add(&mut self, piece: &Piece) {
        *match piece {
            Piece::Poster { .. } => &mut self.posters,
            Piece::Slip { .. } => &mut self.slips,
            Piece::Family { .. } => &mut self.families,
            Piece::Form { .. } => &mut self.forms,
            Piece::Memo => &mut self.memos,
            Piece::Rules { .. } | Piece::Consent | Piece::Log | Piece::Announcements => &mut self.others,
            Piece::Draft { .. } => &mut self.drafts,
        } += 1;
    }

    fn and(self, other: Self) -> Self {
        Self {
            posters: self.posters + other.posters,
            slips: self.slips + other.slips,
            families: self.families + other.families,
            forms: self.forms + other.forms,
            memos: self.memos + other.memos,
            others: self.others + other.others,
            drafts: self.drafts + other.drafts,
        }
    }

    /// «28 талонов, 4 листа-приглашения»; `None` where nothing stays.
    fn words(self) -> Option<String> {
        let Self { posters, slips, families, forms, memos, others, drafts } = self;
        let numbers = [
            (slips, SLIPS),
            (families, FAMILIES),
            (posters, POSTERS),
            (forms, FORMS),
            (memos, MEMOS),
            (others, OTHERS),
            (drafts, DRAFTS),
        ];
        let numbers: Vec<String> =
            numbers.into_iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(number, noun)).collect();
        (!numbers.is_empty()).then(|| numbers.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Kept, Outlook};
    use crate::plan::sample::class;
    use crate::school::{Change, ChangeKind, ChatKey, ChatRef, Scope};

    fn scope(name: &str) -> Scope {
        Scope::Class(class(name))
    }

    fn awaited(number: usize) -> Vec<ChatRef> {
        let chat = |number: usize| ChatRef {
            key: ChatKey::of(&["7А", &number.to_string()]),
            title: format!("7А — {number}").parse().unwrap(),
        };
        (1..=number).map(chat).collect()
    }

    fn outlook() -> Outlook {
        let kept = Kept { posters: 4, slips: 28, families: 0, forms: 2, memos: 1, others: 0, drafts: 0 };
        Outlook {
            kept: BTreeMap::from([
                (scope("7А"), kept),
                (scope("7Б"), kept),
                (scope("8А"), Kept { slips: 1, ..Kept::default() }),
            ]),
            awaited: BTreeMap::from([(scope("7А"), awaited(2)), (scope("7Б"), awaited(5))]),
        }
    }

    #[track_caller]
    fn check(made: &str, expected: &str) {
        assert_eq!(made.replace('\u{a0}', " "), expected);
    }

    #[test]
    fn a_class_is_told_what_stays_and_what_it_awaits() {
        check(
            &outlook().of(&scope("7А")),
            "  = остаются в силе: 28 талонов, 4 листа-приглашения, 2 листа ознакомления, 1 памятка\n  \
             … ждут ссылку: 2 чата: «7А — 1», «7А — 2»\n",
        );
        let many = outlook().of(&scope("7Б"));
        assert!(many.ends_with("ждут ссылку: 5\u{a0}чатов\n"), "{many}");
        check(&outlook().of(&scope("9А")), "");
    }

    #[test]
    fn classes_without_changes_are_one_line() {
        let change = Change { scope: scope("7А"), what: ChangeKind::ClassNew, why: String::new(), source: None };
        check(
            &outlook().in_all(&[change]),
            "Без изменений (2): 7Б, 8А.\n\
             Всего остаются в силе: 57 талонов, 8 листов-приглашений, 4 листа ознакомления, 2 памятки.\n\
             Всего ждут ссылку: 7 чатов.\n",
        );
    }
}
