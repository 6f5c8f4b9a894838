//! The move out of foreign messengers (62.2, 65.5.1): which new chat replaces which old one, who answers for it, by
//! when, and what to write there.
//!
//! Nothing is guessed: an old chat that fits no planned chat, or several, is told and left to a person. Of people only
//! members of the staff are named.

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;

use super::ChatPlan;
use crate::school::{
    Chat, ChatKey, ChatKind, Checked, Issue, IssueKind, OldAudience, OldChat, OldChats, PersonName, Staff, Whose, fold,
    quotable,
};

/// The whole move.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moving {
    /// The old chats in the order of the table.
    pub moves: Vec<Move>,
    /// The planned chats that replace none; empty where there is no table of old chats.
    pub without_old: Vec<ChatKey>,
}

/// The move of one old chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The old chat. Its leader is none but a member of the staff.
    pub old: OldChat,
    /// The chat that replaces it.
    pub new: NewChat,
    /// Who answers for the move: the one who runs the old chat, else the moderator of the new one, else the homeroom
    /// teacher.
    pub responsible: Option<PersonName>,
    /// By when.
    pub until: Option<Date>,
}

/// Which planned chat replaces an old one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewChat {
    /// This one.
    Found(ChatKey),
    /// None of the plan.
    None,
    /// More than one of the plan fits: a person has to say which.
    Several,
}

/// What the move is made from.
#[derive(Clone, Copy)]
pub struct MovingInputs<'a> {
    /// The table.
    pub old: &'a OldChats,
    /// The planned chats.
    pub plan: &'a ChatPlan,
    /// The staff.
    pub staff: &'a Staff,
    /// The day for chats whose row names none.
    pub until: Option<Date>,
}

/// The move of every old chat.
pub fn moving(inputs: MovingInputs<'_>) -> Checked<Moving> {
    let MovingInputs { old, plan, staff, until } = inputs;
    let mut issues = Vec::new();
    let moves: Vec<Move> = old
        .chats
        .iter()
        .map(|old| {
            let (new, why_not) = replacement(old, plan);
            issues.extend(why_not.map(|why| unmatched(old, why)));
            let leader = old.leader.as_ref();
            let colleague = leader.and_then(|name| staff.find(name)).map(|member| member.name.clone());
            if leader.is_some() && colleague.is_none() {
                issues.push(no_colleague(old));
            }
            let chat = new.key().and_then(|key| plan.chat(key));
            let responsible = colleague.clone().or_else(|| chat.and_then(|chat| chat.moderator.clone()));
            let responsible = responsible.or_else(|| match &old.whose {
                Whose::Class(class) => plan.class(class)?.homeroom.as_ref().map(|homeroom| homeroom.name.clone()),
                Whose::Group(_) | Whose::Unsaid => None,
            });
            let old = OldChat { leader: colleague, ..old.clone() };
            Move { until: old.until.or(until), old, new, responsible }
        })
        .collect();
    let replaced: BTreeSet<&ChatKey> = moves.iter().filter_map(|one| one.new.key()).collect();
    let is_new = |chat: &&Chat| !moves.is_empty() && !replaced.contains(&chat.key);
    let without_old = plan.chats().filter(is_new).map(|chat| chat.key.clone()).collect();
    Checked::new(Moving { moves, without_old }, issues)
}

/// Why no chat of the plan replaces an old one.
#[derive(Clone, Copy)]
enum WhyNot {
    NothingSaid,
    UnknownClass,
    NoSuchChat,
    Several,
}

fn replacement(old: &OldChat, plan: &ChatPlan) -> (NewChat, Option<WhyNot>) {
    let fitting: Vec<&Chat> = match &old.whose {
        Whose::Unsaid => return (NewChat::None, Some(WhyNot::NothingSaid)),
        Whose::Class(class) => match plan.class(class) {
            None => return (NewChat::None, Some(WhyNot::UnknownClass)),
            Some(class) => class.chats.iter().filter(|chat| is_for(chat, old.members_are.as_ref())).collect(),
        },
        Whose::Group(group) => plan.school.iter().filter(|chat| is_called(chat, group)).collect(),
    };
    match fitting.as_slice() {
        [] => (NewChat::None, Some(WhyNot::NoSuchChat)),
        [chat] => (NewChat::Found(chat.key.clone()), None),
        _ => (NewChat::Several, Some(WhyNot::Several)),
    }
}

/// Whether a chat of the class is for those who are in the old one; where nothing is said, every chat may be meant.
fn is_for(chat: &Chat, members: Option<&OldAudience>) -> bool {
    match members {
        None => true,
        Some(OldAudience::Parents) => chat.kind == ChatKind::ClassParents,
        Some(OldAudience::Students) => chat.kind == ChatKind::ClassStudents,
        Some(OldAudience::Teachers) => chat.kind == ChatKind::ClassTeachers,
        Some(OldAudience::Subject(text)) => {
            let topic = chat.topic.as_deref().map(fold).unwrap_or_default();
            chat.kind == ChatKind::ClassSubject && !topic.is_empty() && fold(text).contains(&topic)
        }
    }
}

/// Whether a chat of the school or of a group is called so: by its subject, its title or what it is.
fn is_called(chat: &Chat, name: &str) -> bool {
    let name = fold(name);
    let kind = fold(chat.kind.words());
    let names = [chat.topic.as_deref().map(fold), Some(fold(chat.title.as_str())), Some(kind.clone())];
    names.into_iter().flatten().any(|known| known == name) || kind.strip_prefix("чат").is_some_and(|rest| rest == name)
}

fn unmatched(old: &OldChat, why: WhyNot) -> Issue {
    let name = quotable(&old.words());
    let (message, advice) = match why {
        WhyNot::NothingSaid => (
            format!("Чат {name} не сопоставлен: не сказано, какого он класса или группы."),
            "Впишите класс или группу.",
        ),
        WhyNot::UnknownClass => (
            format!("Чат {name} не сопоставлен: класса {} в списках нет.", old.whose_words()),
            "Исправьте класс или добавьте его список.",
        ),
        WhyNot::NoSuchChat => (
            format!("Чат {name} не сопоставлен: такого чата нет в плане."),
            "Проверьте столбцы «Класс или группа» и «Для кого» или включите такой чат в настройках.",
        ),
        WhyNot::Several => (
            format!("Чат {name} не сопоставлен: в плане подходят несколько чатов."),
            "Заполните столбец «Для кого» точнее.",
        ),
    };
    Issue::new(IssueKind::OldChatUnmatched, old.place.clone(), message, advice)
}

/// The message names nobody: it may be a parent.
fn no_colleague(old: &OldChat) -> Issue {
    let message = format!("Кто ведёт чат {}, в таблице сотрудников не найден: имя не взято.", quotable(&old.words()));
    let advice = "За переезд отвечает модератор нового чата; если это сотрудник, впишите имя, как в таблице «штат».";
    Issue::new(IssueKind::OldChatLeader, old.leader_place.clone(), message, advice)
}

impl NewChat {
    /// The key of the chat.
    pub fn key(&self) -> Option<&ChatKey> {
        match self {
            Self::Found(key) => Some(key),
            Self::None | Self::Several => None,
        }
    }
}

impl fmt::Display for NewChat {
    /// Why there is none: «не сопоставлен».
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Found(key) => key.as_str(),
            Self::None => "не сопоставлен: нового чата нет",
            Self::Several => "не сопоставлен: подходят несколько чатов",
        })
    }
}

impl Moving {
    /// The moves to a chat.
    pub fn to<'a>(&'a self, key: &'a ChatKey) -> impl Iterator<Item = &'a Move> {
        self.moves.iter().filter(move |one| one.new.key() == Some(key))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{MovingInputs, NewChat, moving};
    use crate::plan::sample::{Sample, class, name};
    use crate::school::{OldAudience, OldChat, OldChatKey, OldChatState, OldChats, PersonName, Place, Whose};

    fn old(whose: Whose, members_are: Option<OldAudience>, leader: Option<PersonName>) -> OldChat {
        OldChat {
            key: OldChatKey::of("WhatsApp", &whose, "Чат", members_are.as_ref()),
            messenger: "WhatsApp".to_owned(),
            title: "Чат".to_owned(),
            whose,
            members_are,
            leader,
            size: None,
            until: None,
            state: OldChatState::NotBegun,
            place: Place::default(),
            leader_place: Place::default(),
        }
    }

    #[track_caller]
    fn check(old: OldChat, expected: &str, issues: usize) {
        let sample = Sample::new();
        let plan = sample.plan().value;
        let old = OldChats { chats: vec![old] };
        let read = moving(MovingInputs { old: &old, plan: &plan, staff: &sample.staff, until: None });
        let one = &read.value.moves[0];
        assert_eq!(one.new.to_string(), expected);
        assert_eq!(read.issues.len(), issues, "{:?}", read.issues);
        let chats = plan.chats().count();
        let replaced = usize::from(matches!(one.new, NewChat::Found(_)));
        assert_eq!(read.value.without_old.len(), chats - replaced);
    }

    #[test]
    fn a_chat_of_a_class_is_found_by_its_members() {
        let of = |members| old(Whose::Class(class("7А")), members, None);
        check(of(Some(OldAudience::Parents)), "7А/родители", 0);
        check(of(Some(OldAudience::Students)), "7А/ученики", 0);
        check(of(Some(OldAudience::Teachers)), "7А/учителя", 0);
        check(of(None), "не сопоставлен: подходят несколько чатов", 1);
        check(of(Some(OldAudience::Subject("кулинария".to_owned()))), "не сопоставлен: нового чата нет", 1);
        check(old(Whose::Class(class("8Я")), None, None), "не сопоставлен: нового чата нет", 1);
        check(old(Whose::Unsaid, None, None), "не сопоставлен: нового чата нет", 1);
    }

    #[test]
    fn a_chat_of_the_school_is_found_by_what_it_is_called() {
        let of = |text: &str| old(Whose::Group(text.to_owned()), None, None);
        check(of("учительская"), "школа/учительская", 0);
        check(of("Чат «Учительская»"), "школа/учительская", 0);
        check(of("бухгалтерия"), "не сопоставлен: нового чата нет", 1);
    }

    #[test]
    fn only_members_of_the_staff_are_named() {
        let sample = Sample::new();
        let plan = sample.plan().value;
        let member = sample.staff.members[0].name.clone();
        let of = |leader| old(Whose::Class(class("7А")), Some(OldAudience::Parents), Some(leader));
        let chats = OldChats { chats: vec![of(member.clone()), of(name("Чужакова Инна Львовна"))] };
        let until = Some(date(2026, 9, 20));
        let read = moving(MovingInputs { old: &chats, plan: &plan, staff: &sample.staff, until });
        let [known, stranger] = read.value.moves.as_slice() else { panic!("two moves") };
        assert_eq!(known.responsible.as_ref(), Some(&member));
        assert_eq!(stranger.old.leader, None);
        assert_eq!(stranger.responsible, plan.chat(known.new.key().unwrap()).unwrap().moderator);
        assert!(read.issues.iter().all(|issue| !issue.to_string().contains("Чужакова")), "{:?}", read.issues);
        assert_eq!(known.until, until);
    }
}
