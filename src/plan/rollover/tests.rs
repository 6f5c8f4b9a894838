//! A whole school goes up a year, and each trap by itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{CarriedOver, carry_over};
use crate::plan::changes::{Circumstances, changes};
use crate::plan::sample::years::{classes_in, links_in, school_in, state_of, successors};
use crate::plan::sample::{Sample, class};
use crate::school::{Change, ChatKey, ChatKind, ClassName, LinkMode, NewYear, PersonId, Piece, SchoolState};

const SUFFIX: &str = "2025-26";

fn key(text: &str) -> ChatKey {
    ChatKey::of(&text.split('/').collect::<Vec<_>>())
}

fn planned(sample: &Sample) -> BTreeSet<ChatKey> {
    sample.plan().value.chats().map(|chat| chat.key.clone()).collect()
}

fn carried(
    before: &SchoolState,
    sample: &Sample,
    successors: &BTreeMap<ClassName, ClassName>,
    mode: NewYear,
) -> CarriedOver {
    let carried = carry_over(before, successors, &planned(sample), mode, SUFFIX);
    let new: BTreeSet<_> = carried.rekeyed.values().collect();
    assert_eq!(new.len(), carried.rekeyed.len(), "two chats have one key");
    assert_eq!(carried.before.chats.len(), before.chats.len(), "a chat is lost");
    assert_eq!(carried.before.links.len(), before.links.len(), "a link is lost");
    assert_eq!(carried.before.papers.len(), before.papers.len(), "a paper is lost");
    assert_eq!(carried.before.roster.students().count(), before.roster.students().count(), "a pupil is lost");
    for chat in carried.before.chats.values() {
        assert_eq!(carried.before.chats.get(&chat.key), Some(chat));
    }
    carried
}

/// The state after the new year: recorded links stay with their chats, new chats have none yet.
fn after(sample: &Sample, carried: &CarriedOver) -> SchoolState {
    let wanted = planned(sample);
    let links = carried.before.links.iter().filter(|(key, _)| wanted.contains(*key));
    state_of(sample, links.map(|(key, link)| (key.clone(), link.clone())).collect(), &carried.before)
}

fn lines(changes: &[Change]) -> Vec<String> {
    let line = |change: &Change| {
        let why = if change.why.is_empty() { String::new() } else { format!(" | {}", change.why) };
        format!("{}: {}{why}", change.scope.title(), change.words())
    };
    changes.iter().map(line).collect()
}

fn differ(carried: &CarriedOver, after: &SchoolState, successors: &BTreeMap<ClassName, ClassName>) -> Vec<Change> {
    let (evidence, unissued) = (BTreeMap::new(), BTreeSet::new());
    changes(
        &carried.before,
        after,
        Circumstances {
            evidence: &evidence,
            returned: &BTreeMap::new(),
            unissued: &unissued,
            successors,
            mode: &LinkMode::Direct,
        },
    )
}

/// What differs in one scope.
fn of_scope(changes: &[Change], scope: &str) -> Vec<String> {
    let prefix = format!("{scope}: ");
    lines(changes).into_iter().filter_map(|line| Some(line.strip_prefix(&prefix)?.to_owned())).collect()
}

fn counted(changes: &[Change]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for change in changes {
        *counts.entry(change.kind_id()).or_default() += 1;
    }
    counts
}

fn pupils(chat: &crate::school::Chat) -> BTreeSet<PersonId> {
    let of_member = |member: &crate::school::Member| member.student_id.or(member.id);
    chat.members.iter().filter_map(of_member).collect()
}

#[test]
fn a_whole_school_goes_up() {
    let (old, new, successors) = (school_in(0), school_in(1), successors());
    let before = state_of(&old, links_in(0), &SchoolState::default());
    let carried = carried(&before, &new, &successors, NewYear::Retitle);
    let after = after(&new, &carried);
    let changes = differ(&carried, &after, &successors);

    // 1–10А and 1–8Б go up; 9Б and 11А leave; 1А and 1Б arrive.
    let counts = counted(&changes);
    let count = |kind: &str| counts.get(kind).copied().unwrap_or_default();
    assert_eq!((count("class_up"), count("class_new"), count("class_gone")), (18, 2, 2));
    assert_eq!((count("moved_in"), count("moved_out"), count("guardian_added")), (0, 0, 0));
    // The teachers of those who left are gone from «Учительская», and the new classes have theirs.
    assert_eq!((count("removal"), count("homeroom")), (2, 2));
    assert_eq!((count("arrived"), count("left")), (8, 8));
    assert_eq!((count("link_received"), count("link_replaced"), count("link_gone")), (0, 0, 0));

    // No chat of before is the chat of other children.
    for (key, chat) in &after.chats {
        let Some(earlier) = carried.before.chats.get(key) else { continue };
        assert_eq!(pupils(earlier), pupils(chat), "{key}");
        assert_eq!(earlier.class, chat.class);
    }
    let cohorts = classes_in(1);
    for (key, link) in &after.links {
        let class = after.chats[key].class.as_ref().expect("a class");
        let of_cohort = format!("https://max.ru/join/{}/", cohorts[class]);
        assert!(link.as_str().starts_with(&of_cohort), "{key}");
    }
    assert_eq!(
        of_scope(&changes, "6А")[..4],
        [
            "класс перешёл из 5А | новый учебный год",
            "переименовать чат «5А — Алгебра» в «6А — Алгебра» | новый учебный год",
            "переименовать чат «5А — Физика» в «6А — Физика» | новый учебный год",
            "переименовать чат «5А — родители» в «6А — родители» | новый учебный год",
        ]
    );
    assert_eq!(
        of_scope(&changes, "11 бывший А")[..7],
        [
            "класса больше нет | ни в одном списке нет этого класса",
            "выбыл(а): ОрловА1 ЯнА1-1 Ильич | нет в списках",
            "выбыл(а): ОрловА1 ЯнА1-2 Ильич | нет в списках",
            "выбыл(а): ОрловА1 ЯнА1-3 Ильич | нет в списках",
            "выбыл(а): ОрловА1 ЯнА1-4 Ильич | нет в списках",
            "закрыть чат «11А — родители» | класса больше нет",
            "закрыть чат «11А — обучающиеся» | класса больше нет",
        ]
    );
    // Nothing of them is told to the class that has their name now.
    let eleventh = of_scope(&changes, "11А");
    assert!(!eleventh.iter().any(|line| line.contains("А1-")), "{eleventh:?}");
    // The tenth grade has no chats by subject.
    let tenth = of_scope(&changes, "10А");
    assert!(tenth.contains(&"закрыть чат «9А — Алгебра» | по таблицам и настройкам он больше не нужен".to_owned()));
    assert!(!tenth.iter().any(|line| line.starts_with("создать")), "{tenth:?}");
    // A form that says the same is not signed again, and a slip leads where it led; a poster tells the title.
    for (id, paper) in &after.papers {
        let Some(earlier) = carried.before.papers.get(id) else { continue };
        assert_eq!(earlier.edition == paper.edition, !matches!(id.piece, Piece::Poster { .. }), "{id:?}");
    }
    let renewed = counted(&changes)["paper_renewed"];
    assert_eq!(renewed, after.papers.keys().filter(|id| matches!(id.piece, Piece::Poster { .. })).count());
}

#[test]
fn a_pupil_who_does_not_follow_the_class_has_moved() {
    let (old, mut new, successors) = (school_in(0), school_in(1), successors());
    let before = state_of(&old, links_in(0), &SchoolState::default());
    let mut student = new.roster.classes.get_mut(&class("8А")).expect("a class").students.remove(0);
    student.class = class("8Б");
    new.roster.classes.get_mut(&class("8Б")).expect("a class").students.push(student);
    let carried = carried(&before, &new, &successors, NewYear::Retitle);
    let changes = differ(&carried, &after(&new, &carried), &successors);
    let lines = of_scope(&changes, "8А");
    assert!(lines.contains(&"переведён(а) в 8Б: ОрловА5 ЯнА5-1 Ильич".to_owned()), "{lines:?}");
    let removal = "удалить из чата «8А — родители»: ОрловА5 МатьА5-1 Львовна (родитель: ОрловА5 ЯнА5-1) | \
                   ребёнок переведён(а) в 8Б";
    assert!(lines.contains(&removal.to_owned()), "{lines:?}");
    assert_eq!(counted(&changes)["moved_in"], 1);
}

#[test]
fn in_the_other_mode_every_chat_of_a_class_is_closed() {
    let (old, new, successors) = (school_in(0), school_in(1), successors());
    let before = state_of(&old, links_in(0), &SchoolState::default());
    let carried = carried(&before, &new, &successors, NewYear::Close);
    let after = after(&new, &carried);
    assert!(after.links.is_empty());
    let changes = differ(&carried, &after, &successors);
    let counts = counted(&changes);
    let of_classes = |state: &SchoolState| state.chats.values().filter(|chat| chat.class.is_some()).count();
    assert_eq!((counts["chat_closed"], counts["chat_new"]), (of_classes(&before), of_classes(&after)));
    assert_eq!((counts.get("chat_retitled"), counts.get("moved_in"), counts["class_up"]), (None, None, 18));
    let lines = of_scope(&changes, "8А");
    let closed = "закрыть чат «7А — родители» | новый учебный год: вместо него создаётся новый чат";
    assert!(lines.contains(&closed.to_owned()), "{lines:?}");
    // «Учительская» goes on.
    assert!(carried.before.chats.contains_key(&key("школа/учительская")));
    assert!(after.chats.values().any(|chat| chat.kind == ChatKind::StaffRoom));
}

#[track_caller]
fn check_keys(successors: &[[&str; 2]], wanted: &[&str], expected: &[[&str; 2]]) {
    let before = state_of(&school_in(0), links_in(0), &SchoolState::default());
    let successors = successors.iter().map(|[old, new]| (class(old), class(new))).collect();
    let wanted = wanted.iter().map(|text| key(text)).collect();
    let carried = carry_over(&before, &successors, &wanted, NewYear::Retitle, SUFFIX);
    for [old, new] in expected {
        assert_eq!(carried.key(&key(old)), &key(new), "{old}");
        let (old_link, new_link) = (before.links.get(&key(old)), carried.before.links.get(&key(new)));
        assert!(old_link.is_some() && old_link == new_link, "{old}");
    }
}

#[test]
fn keys_follow_the_pupils() {
    // Letters change, in a circle too.
    check_keys(
        &[["5А", "6Б"], ["5Б", "6А"]],
        &["6А/родители", "6Б/родители"],
        &[
            ["5А/родители", "6Б/родители"],
            ["5Б/родители", "6А/родители"],
            ["6А/родители", "6А/родители/2025-26"],
            ["6Б/родители", "6Б/родители/2025-26"],
        ],
    );
    // A class that stays, and one that nobody wants.
    check_keys(
        &[["1А", "1А"], ["2А", "3А"]],
        &["1А/родители", "3А/ученики"],
        &[
            ["1А/родители", "1А/родители"],
            ["1А/ученики", "1А/ученики/2025-26"],
            ["2А/ученики", "3А/ученики"],
            ["2А/родители", "2А/родители/2025-26"],
            ["3А/ученики", "3А/ученики/2025-26"],
        ],
    );
    // Two classes may not become one: the second gives its chats to nobody.
    check_keys(
        &[["7А", "8А"], ["7Б", "8А"]],
        &["8А/родители"],
        &[["7А/родители", "8А/родители"], ["7Б/родители", "7Б/родители/2025-26"]],
    );
    // A key that is taken already.
    check_keys(&[], &["9А/родители", "9А/родители/2025-26"], &[["9А/родители", "9А/родители/2025-26-2"]]);
}

#[test]
fn a_class_that_is_no_more_has_a_name_of_its_own() {
    #[track_caller]
    fn check(name: &str, expected: &str) {
        let mut before = SchoolState::default();
        let none = Vec::new();
        let gone = crate::school::SchoolClass { name: class(name), homeroom: None, students: none };
        before.roster.classes.insert(class(name), gone);
        let wanted = [ChatKey::of(&[name, "родители"])].into();
        let carried = carry_over(&before, &BTreeMap::new(), &wanted, NewYear::Retitle, SUFFIX);
        let names: Vec<_> = carried.before.roster.classes.keys().map(ToString::to_string).collect();
        assert_eq!(names, [expected]);
        // Nobody else has the name: it stays.
        let carried = carry_over(&before, &BTreeMap::new(), &BTreeSet::new(), NewYear::Retitle, SUFFIX);
        assert_eq!(carried.before, before);
    }
    check("9А", "9 бывший А");
    check("9", "9 бывший");
    check("9.1", "9 бывший 1");
    check("10 профильный", "10 бывший профильный");
    check("10 социально-экономичес", "10 бывший социально-эко");
    check("8 Ф/М", "8 бывший Ф/М");
}

/// Whatever goes where and whatever is wanted: no chat of the plan is a recorded one of other children.
#[test]
fn no_chat_becomes_another_class_s() {
    let before = state_of(&school_in(0), links_in(0), &SchoolState::default());
    let classes: Vec<ClassName> = classes_in(0).into_keys().collect();
    let all: Vec<ChatKey> = before.chats.keys().cloned().collect();
    let mut dice = 1_u64;
    let mut below = |limit: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((dice >> 33) % limit as u64).expect("a small number")
    };
    for round in 0..400 {
        let mode = if round % 5 == 0 { NewYear::Close } else { NewYear::Retitle };
        let mut successors = BTreeMap::new();
        for old in &classes {
            if below(4) > 0 {
                successors.insert(old.clone(), classes[below(classes.len())].clone());
            }
        }
        let wanted: BTreeSet<ChatKey> = all.iter().filter(|_| below(3) > 0).cloned().collect();
        let carried = carry_over(&before, &successors, &wanted, mode, SUFFIX);
        assert_eq!(carried.before.links.len(), before.links.len());
        assert_eq!(carried.before.papers.len(), before.papers.len());
        let names: BTreeSet<_> = carried.renamed.values().collect();
        assert_eq!(names.len(), carried.renamed.len(), "two classes have one name");
        for (old, chat) in &before.chats {
            let now = carried.key(old);
            assert_eq!(carried.before.links.get(now), before.links.get(old));
            let Some(class) = &chat.class else {
                assert_eq!(now, old, "a chat of the school");
                continue;
            };
            let goes_on = wanted.contains(now);
            assert!(!goes_on || mode == NewYear::Retitle, "{old} goes on as {now}");
            if goes_on {
                let new = successors.get(class).expect("a successor");
                assert_eq!(carried.before.chats[now].class.as_ref(), Some(new), "{old} goes on as {now}");
                assert!(now.as_str().starts_with(&format!("{new}/")), "{old} goes on as {now}");
            }
        }
        // What is told of a class that is no more is not told to the class of its name.
        for class in carried.before.roster.classes.keys() {
            let origin = carried.renamed.iter().find(|(_, now)| *now == class).map_or(class, |(old, _)| old);
            let is_named = wanted.iter().any(|key| key.as_str().starts_with(&format!("{class}/")));
            assert!(!is_named || successors.get(origin) == Some(class), "{origin} as {class}");
        }
    }
}
