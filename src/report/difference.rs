//! The difference to the last run, class by class, for people and as JSON.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::outlook::Outlook;
use crate::school::{Change, ChangeKind, Noun, Piece, Scope, count};

/// A class or the school with more of one kind of change than this is told the number only.
const LISTED: usize = 4;

/// So many people of the whole school are named one by one.
const CROWD: usize = 12;

const PEOPLE: Noun = Noun::new("человек", "человека", "человек");
pub(super) const CHATS: Noun = Noun::new("чат", "чата", "чатов");
const FROM_CHATS: Noun = Noun::new("чата", "чатов", "чатов");
const LINKS: Noun = Noun::new("ссылка", "ссылки", "ссылок");
const PUPILS: Noun = Noun::new("ученик", "ученика", "учеников");
pub(super) const SLIPS: Noun = Noun::new("талон", "талона", "талонов");
pub(super) const POSTERS: Noun = Noun::new("лист-приглашение", "листа-приглашения", "листов-приглашений");
pub(super) const PAPERS: Noun = Noun::new("бумага", "бумаги", "бумаг");

/// A change as JSON shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRow {
    /// «7А» or «Школа».
    pub scope: String,
    /// The kind: `arrived`, `paper_void` …
    pub kind: String,
    /// The key of the chat it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chat: Option<String>,
    /// What changes, in Russian.
    pub words: String,
    /// Why, in Russian; empty where it is plain.
    pub why: String,
    /// The row that says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// The changes for JSON.
pub fn change_rows(changes: &[Change]) -> Vec<ChangeRow> {
    changes
        .iter()
        .map(|change| ChangeRow {
            scope: change.scope.title(),
            kind: change.kind_id().to_owned(),
            chat: change.chat().map(|chat| chat.key.to_string()),
            words: change.words(),
            why: change.why.clone(),
            source: change.source.as_ref().map(ToString::to_string),
        })
        .collect()
}

/// The changes for people: a heading for each class, a line for each change with its reason and row. What comes in
/// dozens, the papers of a whole class, is counted.
pub fn change_list(changes: &[Change]) -> String {
    list(changes, |_| String::new())
}

/// The same with what stays as it is, class by class and in all.
pub fn difference(changes: &[Change], outlook: &Outlook) -> String {
    list(changes, |scope| outlook.of(scope)) + &outlook.in_all(changes)
}

/// The changes; `more` is told at the end of each scope.
fn list(changes: &[Change], more: impl Fn(&Scope) -> String) -> String {
    let mut scopes = BTreeMap::<&Scope, Vec<&Change>>::new();
    for change in changes {
        scopes.entry(&change.scope).or_default().push(change);
    }
    let mut text = String::new();
    for (scope, changes) in scopes {
        let _ = writeln!(text, "{}", scope.title());
        let groups = alike(&changes);
        let crowds = if *scope == Scope::School { crowds(&groups) } else { BTreeMap::new() };
        let mut told = BTreeSet::new();
        for group in groups {
            match group.as_slice() {
                [first, ..] if let Some(&people) = crowds.get(&task(first)) => {
                    if told.insert(task(first)) {
                        let (verb, number) = (task(first).0, count(people, PEOPLE));
                        let sheet = "поимённо на листе «Изменения» школы";
                        let _ = writeln!(text, "  {} {verb}: {number}{}, {sheet}", mark(&first.what), why(first));
                    }
                }
                [first, _, ..] if let ChangeKind::Removal { who, .. } = &first.what => {
                    let number = count(group.len(), FROM_CHATS);
                    let _ = writeln!(text, "  {} удалить из {number}: {who}{}", mark(&first.what), why(first));
                }
                [first, _, ..] if let ChangeKind::Admission { who, .. } = &first.what => {
                    let number = count(group.len(), CHATS);
                    let _ = writeln!(text, "  {} включить в {number}: {who}{}", mark(&first.what), why(first));
                }
                [first, ..] if group.len() > LISTED => {
                    let number = counted(&first.what, group.len());
                    let _ = writeln!(text, "  {} {number}{}", mark(&first.what), reason(&group));
                }
                group => group.iter().for_each(|change| {
                    let _ = writeln!(text, "  {} {}{}", mark(&change.what), change.words(), tail(change));
                }),
            }
        }
        text.push_str(&more(scope));
        text.push('\n');
    }
    text
}

/// What a moderator does with a person, and why; nothing where it is no such task.
fn task(change: &Change) -> (&'static str, &str) {
    match change.what {
        ChangeKind::Removal { .. } => ("удалить из чатов", &change.why),
        ChangeKind::Admission { .. } => ("включить в чаты", &change.why),
        _ => ("", ""),
    }
}

/// The tasks about so many people of the whole school, a class that left it among them, that they are counted.
fn crowds<'a>(groups: &[Vec<&'a Change>]) -> BTreeMap<(&'static str, &'a str), usize> {
    let mut crowds = BTreeMap::new();
    for change in groups.iter().filter_map(|group| group.first()) {
        *crowds.entry(task(change)).or_default() += 1;
    }
    crowds.retain(|(verb, _), people| !verb.is_empty() && *people > CROWD);
    crowds
}

/// Changes that may be told as one number together, each other one alone, in the order of the first of each.
fn alike<'a>(changes: &[&'a Change]) -> Vec<Vec<&'a Change>> {
    let mut groups: Vec<Vec<&'a Change>> = Vec::new();
    let is_new_class = changes.iter().any(|change| matches!(change.what, ChangeKind::ClassNew));
    let is_gone_class = changes.iter().any(|change| matches!(change.what, ChangeKind::ClassGone));
    let is_named = |change: &Change| match change.what {
        ChangeKind::Arrived(_) => !is_new_class,
        ChangeKind::Left(_) => !is_gone_class,
        _ => false,
    };
    for change in changes {
        let alike = |first: &Change| !is_named(change) && are_alike(first, change);
        let group = groups.iter_mut().find(|group| group.first().is_some_and(|first| alike(first)));
        match group {
            Some(group) => group.push(change),
            None => groups.push(vec![change]),
        }
    }
    groups
}

/// Papers of a kind, chats, links and the pupils of a new class or of one that is gone are counted, and the chats that one
/// person is to leave or to come into; anybody else is named.
fn are_alike(one: &Change, other: &Change) -> bool {
    match (&one.what, &other.what) {
        (ChangeKind::Removal { who, .. }, ChangeKind::Removal { who: other_who, .. })
        | (ChangeKind::Admission { who, .. }, ChangeKind::Admission { who: other_who, .. }) => {
            return who == other_who && one.why == other.why;
        }
        _ => {}
    }
    let is_counted = matches!(
        one.what,
        ChangeKind::PaperNew(_)
            | ChangeKind::PaperRenewed(_)
            | ChangeKind::PaperCopied(_)
            | ChangeKind::PaperVoid { .. }
            | ChangeKind::ChatNew(_)
            | ChangeKind::ChatRetitled { .. }
            | ChangeKind::ChatClosed(_)
            | ChangeKind::LinkReceived(_)
            | ChangeKind::Arrived(_)
            | ChangeKind::Left(_)
    );
    let piece = |change: &Change| paper(&change.what).map(std::mem::discriminant);
    is_counted && one.kind_id() == other.kind_id() && one.why == other.why && piece(one) == piece(other)
}

fn paper(what: &ChangeKind) -> Option<&Piece> {
    match what {
        ChangeKind::PaperNew(paper)
        | ChangeKind::PaperRenewed(paper)
        | ChangeKind::PaperCopied(paper)
        | ChangeKind::PaperVoid { paper, .. } => Some(&paper.id.piece),
        _ => None,
    }
}

/// «выпустить: 28 талонов».
fn counted(what: &ChangeKind, number: usize) -> String {
    let noun = match (what, paper(what)) {
        (_, Some(Piece::Slip { .. })) => SLIPS,
        (_, Some(Piece::Poster { .. })) => POSTERS,
        (_, Some(_)) => PAPERS,
        (ChangeKind::LinkReceived(_), None) => LINKS,
        (ChangeKind::Arrived(_) | ChangeKind::Left(_), None) => PUPILS,
        (_, None) => CHATS,
    };
    let verb = match what {
        ChangeKind::PaperNew(_) => "выпустить",
        ChangeKind::PaperRenewed(_) => "выпустить заново",
        ChangeKind::PaperCopied(_) => "напечатать ещё раз",
        ChangeKind::PaperVoid { .. } => "уничтожить",
        ChangeKind::ChatNew(_) => "создать",
        ChangeKind::ChatRetitled { .. } => "переименовать",
        ChangeKind::ChatClosed(_) => "закрыть",
        ChangeKind::LinkReceived(_) => "получено",
        ChangeKind::Left(_) => "выбыло",
        _ => "прибыло",
    };
    format!("{verb}: {}", count(number, noun))
}

fn mark(what: &ChangeKind) -> char {
    match what {
        ChangeKind::Arrived(_)
        | ChangeKind::MovedIn { .. }
        | ChangeKind::GuardianAdded { .. }
        | ChangeKind::ClassNew
        | ChangeKind::ChatNew(_)
        | ChangeKind::LinkReceived(_)
        | ChangeKind::Admission { .. }
        | ChangeKind::PaperNew(_) => '+',
        ChangeKind::Left(_)
        | ChangeKind::MovedOut { .. }
        | ChangeKind::GuardianRemoved { .. }
        | ChangeKind::ClassGone
        | ChangeKind::ChatClosed(_)
        | ChangeKind::LinkGone(_)
        | ChangeKind::LinkVoid { .. }
        | ChangeKind::LinkTakenBack(_)
        | ChangeKind::Removal { .. }
        | ChangeKind::PaperVoid { .. } => '−',
        ChangeKind::Renamed { .. }
        | ChangeKind::BirthDate { .. }
        | ChangeKind::GuardianChanged { .. }
        | ChangeKind::ClassUp { .. }
        | ChangeKind::Homeroom { .. }
        | ChangeKind::HomeroomAddress
        | ChangeKind::ChatRetitled { .. }
        | ChangeKind::ChatModerator { .. }
        | ChangeKind::LinkReplaced(_)
        | ChangeKind::OldChat { .. }
        | ChangeKind::AddressNew(_)
        | ChangeKind::PaperRenewed(_) => '~',
        ChangeKind::PaperCopied(_) => '·',
    }
}

/// « — новая строка (списки/7.xlsx, лист «7А», ячейка B9)».
fn tail(change: &Change) -> String {
    // Who left stands in no list of today: the row is that of the lists before.
    let word = if matches!(change.what, ChangeKind::Left(_)) { "раньше: " } else { "" };
    let source = change.source.as_ref().map(|place| format!(" ({word}{place})")).unwrap_or_default();
    format!("{}{source}", why(change))
}

fn why(change: &Change) -> String {
    if change.why.is_empty() { String::new() } else { format!(" — {}", change.why) }
}

/// The reason that all of a group share, with their file if it is one.
fn reason(group: &[&Change]) -> String {
    let Some(first) = group.first() else { return String::new() };
    let files: BTreeSet<&str> = group.iter().filter_map(|change| Some(&*change.source.as_ref()?.file)).collect();
    match (files.len(), files.first()) {
        (1, Some(file)) => format!("{} ({file})", why(first)),
        _ => why(first),
    }
}

#[cfg(test)]
mod tests {
    use super::change_list;
    use crate::plan::sample::{class, name};
    use crate::school::{
        Change, ChangeKind, ChatKey, ChatRef, PaperId, PaperRef, PersonId, Piece, Place, PupilRef, Scope,
    };

    fn slip(number: u8, why: &str) -> Change {
        let chat = ChatKey::of(&["7А", "родители"]);
        let scope = Scope::Class(class("7А"));
        let piece = Piece::Slip { chat, student: PersonId::of_bytes([number; 16]) };
        let paper = PaperRef { id: PaperId { scope: scope.clone(), piece }, words: format!("талон {number}") };
        Change { scope, what: ChangeKind::PaperNew(paper), why: why.to_owned(), source: None }
    }

    #[test]
    fn newcomers_are_named_unless_their_class_is_new() {
        let scope = || Scope::Class(class("7А"));
        let arrived = |row: u32| Change {
            scope: scope(),
            what: ChangeKind::Arrived(PupilRef {
                id: PersonId::of_bytes([1; 16]),
                name: name("Орлов Ян Львович"),
                detail: crate::school::NameDetail::Usual,
            }),
            why: "новая строка".to_owned(),
            source: Some(Place::sheet("списки/7.xlsx", "7А").at(row, 1)),
        };
        let mut changes: Vec<Change> = (0..5).map(arrived).collect();
        let list = change_list(&changes);
        assert_eq!(
            list.matches("+ прибыл(а): Орлов Ян Львович — новая строка (списки/7.xlsx, лист").count(),
            5,
            "{list}"
        );
        changes.push(Change { scope: scope(), what: ChangeKind::ClassNew, why: String::new(), source: None });
        assert_eq!(
            change_list(&changes).replace('\u{a0}', " "),
            "7А\n  + прибыло: 5 учеников — новая строка (списки/7.xlsx)\n  + новый класс\n\n"
        );
    }

    #[test]
    fn graduates_are_a_number_and_who_is_admitted_is_told_once() {
        let scope = || Scope::Class(class("11А"));
        let change = |what, why: &str| Change { scope: scope(), what, why: why.to_owned(), source: None };
        let left = |number| {
            let pupil = PupilRef {
                id: PersonId::of_bytes([number; 16]),
                name: name("Орлов Ян Львович"),
                detail: crate::school::NameDetail::Usual,
            };
            change(ChangeKind::Left(pupil), "нет в списках")
        };
        let admission = |number: u8| {
            let key = ChatKey::of(&["11А", &number.to_string()]);
            let chat = ChatRef { key, title: format!("11А — {number}").parse().unwrap() };
            change(ChangeKind::Admission { chat, who: "Ким Вера".to_owned() }, "новый сотрудник")
        };
        let mut changes: Vec<Change> = (0..5).map(left).collect();
        assert_eq!(change_list(&changes).matches("выбыл(а): Орлов Ян").count(), 5, "{}", change_list(&changes));
        changes.push(change(ChangeKind::ClassGone, ""));
        changes.extend((0..3).map(admission));
        assert_eq!(
            change_list(&changes).replace('\u{a0}', " "),
            "11А\n  − выбыло: 5 учеников — нет в списках\n  − класса больше нет\n  \
             + включить в 3 чата: Ким Вера — новый сотрудник\n\n"
        );
    }

    #[test]
    fn what_comes_in_dozens_is_counted_and_who_leaves_is_named() {
        let pupil = PupilRef {
            id: PersonId::of_bytes([1; 16]),
            name: name("Орлов Юрий Львович"),
            detail: crate::school::NameDetail::Usual,
        };
        let left = Change {
            scope: Scope::Class(class("7А")),
            what: ChangeKind::Left(pupil),
            why: "нет в списках".to_owned(),
            source: Some(Place::sheet("списки/7.xlsx", "7А").at(8, 1)),
        };
        let school =
            Change { scope: Scope::School, what: ChangeKind::HomeroomAddress, why: String::new(), source: None };
        let removal = |number: u8| Change {
            scope: Scope::Class(class("7А")),
            what: ChangeKind::Removal {
                chat: ChatRef {
                    key: ChatKey::of(&["7А", &number.to_string()]),
                    title: format!("7А — {number}").parse().unwrap(),
                },
                who: if number == 3 { "Ян Лев".to_owned() } else { "Орлов Юрий".to_owned() },
                pupil: None,
            },
            why: "выбыл(а)".to_owned(),
            source: None,
        };
        let mut changes = vec![left, school, slip(1, "x"), slip(2, "x"), removal(1), removal(2), removal(3)];
        changes.extend((3..9).map(|number| slip(number, "")));
        assert_eq!(
            change_list(&changes).replace('\u{a0}', " "),
            "7А\n  \
             − выбыл(а): Орлов Юрий Львович — нет в списках (раньше: списки/7.xlsx, лист «7А», ячейка B9)\n  \
             + выпустить: талон 1 — x\n  \
             + выпустить: талон 2 — x\n  \
             − удалить из 2 чатов: Орлов Юрий — выбыл(а)\n  \
             − удалить из чата «7А — 3»: Ян Лев — выбыл(а)\n  \
             + выпустить: 6 талонов\n\n\
             Школа\n  \
             ~ у классного руководителя другой адрес почты\n\n"
        );
    }
}
