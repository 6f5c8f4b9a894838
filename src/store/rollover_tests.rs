//! A whole new school year is recorded: every chat keeps its history, and nothing of it becomes another's.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, date};

use super::{LinkLife, PackageDraft, Record, RegisterState, RunInfo, Store, Trouble};
use crate::links::{RegisterYear, Remembered, read_register, rewrite_register, settle, write_register};
use crate::plan::changes::{Circumstances, changes};
use crate::plan::sample::years::{classes_in, link_of, links_in, school_in, state_of, successors};
use crate::plan::{CarriedOver, carry_over};
use crate::roster::identity::{Decisions, Intake, Limits, Year, assess, class_successors, match_students};
use crate::school::{
    Change, Chat, ChatKey, ChatLinks, ClassName, LinkMode, LinkState, LinkUrl, NewYear, Piece, Platform, SchoolState,
    SchoolYear, Scope,
};
use crate::tables::Source;

/// A code that a register takes for an invitation.
fn invitation(link: &LinkUrl) -> LinkUrl {
    use sha2::{Digest, Sha256};
    let sum: [u8; 32] = Sha256::digest(link.as_str()).into();
    let letters: String = sum.iter().map(|byte| char::from(b"abcdefghijklmnop"[usize::from(byte % 16)])).collect();
    LinkUrl::judged(format!("https://max.ru/join/{letters}Q7z_Kd-9P3r"))
}

fn real(links: BTreeMap<ChatKey, LinkUrl>) -> BTreeMap<ChatKey, LinkUrl> {
    links.into_iter().map(|(key, link)| (key, invitation(&link))).collect()
}

/// The first year as it was recorded, and the new one.
struct NewYears {
    store: Store,
    carried: CarriedOver,
    old: SchoolState,
    after: SchoolState,
    changes: Vec<Change>,
    _folder: tempfile::TempDir,
}

impl NewYears {
    /// Everything but the recording of the new year.
    fn new(mode: NewYear) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path()).unwrap();
        let old = state_of(&school_in(0), real(links_in(0)), &SchoolState::default());
        record(&mut store, &old, date(2025, 9, 1), &[], &CarriedOver::default(), RegisterState::Current);
        let (new, successors) = (school_in(1), successors());
        let wanted: BTreeSet<ChatKey> = new.plan().value.chats().map(|chat| chat.key.clone()).collect();
        let carried = carry_over(&old, &successors, &wanted, mode, "2025-26");
        let links = carried.before.links.iter().filter(|(key, _)| wanted.contains(*key));
        let links = links.map(|(key, link)| (key.clone(), link.clone())).collect();
        let after = state_of(&new, links, &carried.before);
        let (evidence, unissued) = (BTreeMap::new(), BTreeSet::new());
        let circumstances = Circumstances {
            evidence: &evidence,
            returned: &BTreeMap::new(),
            unissued: &unissued,
            successors: &successors,
            mode: &LinkMode::Direct,
        };
        let changes = changes(&carried.before, &after, circumstances);
        Self { store, carried, old, after, changes, _folder: folder }
    }

    fn recorded(mode: NewYear) -> Self {
        let mut years = Self::new(mode);
        let Self { store, carried, after, changes, .. } = &mut years;
        record(store, after, date(2026, 8, 25), changes, carried, RegisterState::ToBeRewritten);
        years
    }
}

#[track_caller]
fn record(
    store: &mut Store,
    after: &SchoolState,
    date: Date,
    changes: &[Change],
    carried: &CarriedOver,
    register: RegisterState,
) {
    let before = store.state().unwrap();
    let run = RunInfo { date, at: jiff::Timestamp::UNIX_EPOCH };
    let CarriedOver { rekeyed, renamed, .. } = carried;
    let record = Record {
        run,
        before: &before,
        after,
        rekeyed,
        renamed,
        changes,
        packages: &[],
        register,
        taken_back: &[],
        received: crate::store::Received::Settled,
    };
    store.record(&record).unwrap();
    assert_eq!(store.state().unwrap().state(), after);
}

fn key(text: &str) -> ChatKey {
    ChatKey::of(&text.split('/').collect::<Vec<_>>())
}

fn class(text: &str) -> ClassName {
    text.parse().unwrap()
}

#[test]
fn the_lists_tell_which_class_has_become_which() {
    let (old, new) = (school_in(0).roster, school_in(1).roster);
    let (before, after): (Vec<_>, Vec<_>) = (old.students().collect(), new.students().collect());
    let matching = match_students(&before, &after, &Decisions::default());
    assert_eq!(assess(&matching, Intake::default(), &Limits::default()).year, Year::New);
    assert_eq!(class_successors(&matching), successors());
}

#[test]
fn the_history_of_links_stays_with_the_chats() {
    let years = NewYears::recorded(NewYear::Retitle);
    for (old_key, link) in &years.old.links {
        let history = years.store.links_of_chat(years.carried.key(old_key)).unwrap();
        assert_eq!(history.iter().map(|one| &one.url).collect::<Vec<_>>(), [link], "{old_key}");
        assert_eq!(history[0].received, date(2025, 9, 1));
        let goes_on = years.after.links.contains_key(years.carried.key(old_key));
        assert_eq!(history[0].life, if goes_on { LinkLife::Active } else { LinkLife::Withdrawn }, "{old_key}");
    }
    // New chats have no history.
    assert_eq!(years.store.links_of_chat(&key("1А/родители")).unwrap(), []);
    let owners = years.store.link_owners().unwrap();
    assert_eq!(owners.len(), years.old.links.len());
    for (old_key, link) in &years.old.links {
        assert_eq!(owners[link].as_ref(), Some(years.carried.key(old_key)));
    }
}

#[test]
fn papers_go_on_with_their_chats() {
    let years = NewYears::recorded(NewYear::Retitle);
    let mut going_on = 0;
    for (class, cohort) in classes_in(1) {
        let papers = years.store.papers(&Scope::Class(class.clone())).unwrap();
        let holding: BTreeMap<_, _> =
            papers.iter().filter(|one| one.voided.is_none()).map(|one| (one.id.clone(), one.paper)).collect();
        let expected = years.after.papers.iter().filter(|(id, _)| id.scope == Scope::Class(class.clone()));
        assert_eq!(holding, expected.map(|(id, paper)| (id.clone(), *paper)).collect(), "{class}");
        going_on += holding.values().filter(|paper| paper.edition.version == 2).count();
        // What a class's new papers took the place of is told why.
        for old in papers.iter().filter(|one| one.voided.is_some() && !matches!(one.id.piece, Piece::Form { .. })) {
            assert_ne!(old.voided.as_ref().unwrap().why, "", "{class} {cohort} {:?}", old.id);
        }
    }
    assert!(going_on > 0, "posters of chats with a new title are issued anew");
    // A slip that leads where it led is the same paper under its new name: it never was void.
    let slips = years.store.papers(&Scope::Class(class("8А"))).unwrap();
    let slips: Vec<_> = slips.iter().filter(|one| matches!(one.id.piece, Piece::Slip { .. })).collect();
    assert!(!slips.is_empty());
    for slip in slips {
        assert_eq!((slip.paper.edition.version, slip.voided.as_ref()), (1, None));
    }
    // So is a form that nobody has to sign again, though every class has another class's name now.
    for (old_class, new_class) in successors() {
        let papers = years.store.papers(&Scope::Class(new_class.clone())).unwrap();
        let forms: Vec<_> = papers.iter().filter(|one| matches!(one.id.piece, Piece::Form { .. })).collect();
        assert_eq!(forms.iter().filter(|form| form.voided.is_none()).count(), 1, "{new_class}");
        assert!(forms.iter().all(|form| form.paper.edition.issued == date(2026, 8, 25)));
        let recorded = years
            .old
            .papers
            .iter()
            .find(|(id, _)| id.scope == Scope::Class(old_class.clone()) && matches!(id.piece, Piece::Form { .. }));
        assert_eq!(recorded.map(|(_, paper)| paper), Some(&forms[0].paper), "{new_class}");
    }
    let gone = years.store.papers(&Scope::Class(class("9Б"))).unwrap();
    let void = gone.iter().filter(|one| one.voided.is_some() && matches!(one.id.piece, Piece::Form { .. }));
    assert_eq!(void.count(), 1, "the form of those who left");
}

#[test]
fn what_is_still_to_be_given_goes_with_its_class() {
    let mut years = NewYears::new(NewYear::Retitle);
    let scope = |text: &str| Scope::Class(class(text));
    let draft = |text: &str| PackageDraft {
        scope: scope(text),
        issued: date(2026, 5, 20),
        content: text.to_owned(),
        cancels: Vec::new(),
    };
    let NewYears { store, old, carried, after, .. } = &mut years;
    let before = store.state().unwrap();
    let run = RunInfo { date: date(2026, 5, 20), at: jiff::Timestamp::UNIX_EPOCH };
    let none = CarriedOver::default();
    let (changes, register) = (&[], RegisterState::Current);
    let CarriedOver { rekeyed, renamed, .. } = &none;
    // 9В was gone before, and nobody came for its papers.
    let packages = [draft("7А"), draft("8А"), draft("9Б"), draft("9В")];
    store
        .record(&Record {
            run,
            before: &before,
            after: old,
            rekeyed,
            renamed,
            changes,
            packages: &packages,
            register,
            taken_back: &[],
            received: crate::store::Received::Settled,
        })
        .unwrap();
    let before = store.state().unwrap();
    let CarriedOver { rekeyed, renamed, .. } = &*carried;
    let mut renamed = renamed.clone();
    renamed.insert(class("8В"), class("9В"));
    let packages = [draft("8А")];
    store
        .record(&Record {
            run,
            before: &before,
            after,
            rekeyed,
            renamed: &renamed,
            changes,
            packages: &packages,
            register,
            taken_back: &[],
            received: crate::store::Received::Settled,
        })
        .unwrap();
    let open = store.open_packages().unwrap();
    let open: Vec<_> = open.iter().map(|one| (one.scope.title(), one.content.as_deref().unwrap())).collect();
    // The parcel of this year's 8А takes the place of that of last year's 7А, which is the same class.
    let expected =
        [("8А", "8А"), ("9А", "8А"), ("9 бывший Б", "9Б")].map(|(scope, content)| (scope.to_owned(), content));
    assert_eq!(open, expected);
}

#[test]
fn events_are_told_by_the_names_of_now() {
    let years = NewYears::recorded(NewYear::Retitle);
    let of_chat = years.store.events_of_chat(&key("8А/родители")).unwrap();
    let words: Vec<_> = of_chat.iter().map(|event| event.words.as_str()).collect();
    assert!(words.contains(&"переименовать чат «7А — родители» в «8А — родители»"), "{words:?}");
    assert!(!words.iter().any(|words| words.contains("9А")), "{words:?}");
    let closed = years.store.events_of_chat(&key("9Б/родители/2025-26")).unwrap();
    assert!(closed.iter().any(|event| event.kind == "chat_closed"));
    let kinds = |class_name: &str| {
        let events = years.store.events_of_class(&class(class_name)).unwrap();
        events.into_iter().map(|event| event.kind).collect::<BTreeSet<_>>()
    };
    assert!(kinds("8А").contains("class_up"));
    assert!(kinds("9 бывший Б").contains("left") && !kinds("9Б").contains("left"));
    assert_eq!(years.store.runs().unwrap().len(), 2);
    assert_eq!(years.store.former().unwrap().len(), 8);
}

#[test]
fn closed_chats_give_nothing_to_those_of_the_new_year() {
    let years = NewYears::recorded(NewYear::Close);
    for key in years.after.chats.keys().filter(|key| !key.as_str().starts_with("школа")) {
        assert_eq!(years.store.links_of_chat(key).unwrap(), [], "{key}");
    }
    let old = years.store.links_of_chat(&key("7А/родители/2025-26")).unwrap();
    assert_eq!((old.len(), old[0].life), (1, LinkLife::Withdrawn));
}

#[test]
fn a_register_that_is_to_be_rewritten_is_remembered() {
    let NewYears { mut store, after, .. } = NewYears::recorded(NewYear::Retitle);
    assert_eq!(store.state().unwrap().register(), RegisterState::ToBeRewritten);
    // A later run, before the table was rewritten, does not forget it.
    record(&mut store, &after, date(2026, 8, 26), &[], &CarriedOver::default(), RegisterState::Current);
    assert_eq!(store.register().unwrap(), RegisterState::ToBeRewritten);
    let mark = store.state().unwrap().mark().to_string();
    store.register_rewritten().unwrap();
    assert_eq!(store.state().unwrap().register(), RegisterState::Current);
    assert_eq!(store.state().unwrap().mark().to_string(), mark, "a saved plan still holds");
    // What was not recorded has set no flag.
    let before = store.state().unwrap();
    let run = RunInfo { date: date(2026, 8, 27), at: jiff::Timestamp::UNIX_EPOCH };
    let (none, rekeyed) =
        (SchoolState::default(), BTreeMap::from([(key("7А/а"), key("8А/а")), (key("7Б/а"), key("8А/а"))]));
    let contradiction = Record {
        run,
        before: &before,
        after: &none,
        rekeyed: &rekeyed,
        renamed: &BTreeMap::new(),
        changes: &[],
        packages: &[],
        register: RegisterState::ToBeRewritten,
        taken_back: &[],
        received: crate::store::Received::Settled,
    };
    assert!(matches!(store.record(&contradiction).unwrap_err().trouble(), Trouble::Contradiction(_)));
    assert_eq!(store.register().unwrap(), RegisterState::Current);
}

#[test]
fn an_old_register_puts_no_class_into_another_s_chat() {
    let mut years = NewYears::new(NewYear::Retitle);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ссылки.xlsx");
    let source = Source { path: path.clone(), label: "ссылки.xlsx".to_owned() };
    let (old_plan, new_plan) = (school_in(0).plan().value, school_in(1).plan().value);
    let planned: Vec<&Chat> = new_plan.chats().collect();
    let mut known = ChatLinks::default();
    for (key, link) in &years.old.links {
        known.set(key.clone(), LinkState::Ready(link.clone()));
    }
    let old_register =
        write_register(&old_plan.chats().collect::<Vec<_>>(), &known, SchoolYear::of(date(2025, 9, 1))).unwrap();
    crate::workspace::write_new(&path, &old_register).unwrap();

    let settled = |store: &Store, active: &BTreeMap<ChatKey, LinkUrl>, year| {
        let owners = store.link_owners().unwrap();
        let register = read_register(&source, &planned, Platform::Max);
        settle(
            register,
            "ссылки.xlsx",
            &planned,
            Remembered {
                active,
                received: &BTreeMap::new(),
                standings: &BTreeMap::new(),
                void: &BTreeSet::new(),
                replaced: &BTreeSet::new(),
                elsewhere: &BTreeSet::new(),
                owners: &owners,
                forgotten: &BTreeSet::new(),
                titles: &BTreeMap::new(),
            },
            year,
        )
    };
    let cohorts = classes_in(1);
    let check = |links: &ChatLinks, expected: &SchoolState| {
        for chat in &planned {
            let ready = links.ready(&chat.key);
            assert_eq!(ready, expected.links.get(&chat.key), "{}", chat.key);
            let Some((class, link)) = chat.class.as_ref().zip(ready) else { continue };
            assert_eq!(*link, invitation(&link_of(&cohorts[class], &chat.key)), "{}", chat.key);
        }
    };
    // In the run that begins the year; in one after a kill; and when somebody puts the old table back.
    let during = settled(&years.store, &years.carried.before.links, RegisterYear::Past);
    check(&during.value, &years.after);
    assert!(during.issues.iter().all(|issue| issue.kind == crate::school::IssueKind::LinkAwaited));
    let NewYears { store, carried, after, changes, .. } = &mut years;
    record(store, after, date(2026, 8, 25), changes, carried, RegisterState::ToBeRewritten);
    let active = store.state().unwrap().state().links.clone();
    check(&settled(store, &active, RegisterYear::Past).value, after);
    check(&settled(store, &active, RegisterYear::Current).value, after);

    // The rewritten table says what is recorded, and nobody is warned of anything.
    std::fs::remove_file(&path).unwrap();
    let rewritten = rewrite_register(&planned, &active, &BTreeMap::new(), SchoolYear::of(date(2026, 8, 25))).unwrap();
    crate::workspace::write_new(&path, &rewritten).unwrap();
    let now = settled(store, &active, RegisterYear::Current);
    check(&now.value, after);
    assert!(now.issues.iter().all(|issue| issue.kind == crate::school::IssueKind::LinkAwaited), "{:?}", now.issues);
}
