//! Links that are given before they are printed, how they end, and the short links that outlive them.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use super::{Extra, NOTHING, record};
use crate::school::{
    Audience, Change, ChangeKind, Chat, ChatKey, ChatKind, ChatOrigin, ChatProgress, ChatRef, HandedOut, LinkEnd,
    LinkStanding, LinkUrl, SchoolState, Scope,
};
use crate::store::{LinkLife, PublishedSite, Receipt, RunInfo, Store, TakenBack, Trouble, Whom};

fn link(letter: char) -> LinkUrl {
    LinkUrl::judged(format!("https://max.ru/join/{letter}"))
}

fn key() -> ChatKey {
    ChatKey::of(&["7А", "родители"])
}

fn receive(store: &mut Store, letter: char, on: Date) -> bool {
    let run = RunInfo { date: on, at: jiff::Timestamp::UNIX_EPOCH };
    let links = BTreeMap::from([(key(), link(letter))]);
    store.receive(&Receipt { run, links: &links, progress: &BTreeMap::new() }).unwrap()
}

/// A state in which the chat has this link.
fn with(letter: Option<char>) -> SchoolState {
    let mut state = SchoolState::default();
    let chat = Chat {
        key: key(),
        kind: ChatKind::ClassParents,
        title: "7А — родители".parse().unwrap(),
        class: None,
        topic: None,
        group: None,
        audience: Audience::Parents,
        moderator: None,
        co_admins: Vec::new(),
        members: Vec::new().into(),
    };
    state.chats.insert(key(), chat);
    state.links.extend(letter.map(|letter| (key(), link(letter))));
    state
}

/// «A Active, B Replaced by A», oldest first.
#[track_caller]
fn check(store: &Store, expected: &str) {
    let letter = |url: &LinkUrl| url.as_str().chars().last().unwrap();
    let told = store.links_of_chat(&key()).unwrap().into_iter().map(|one| {
        let by = one.replaced_by.as_ref().map(|by| format!(" by {}", letter(by))).unwrap_or_default();
        format!("{} {:?}{by}", letter(&one.url), one.life)
    });
    assert_eq!(told.collect::<Vec<_>>().join(", "), expected);
}

#[test]
fn a_given_link_waits_for_the_next_run() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let day = date(2026, 9, 1);
    assert!(receive(&mut store, 'A', day));
    check(&store, "A Received");
    let mark = store.state().unwrap().mark().clone();
    assert!(!receive(&mut store, 'A', date(2026, 9, 2)), "the same link once more is no news");
    assert_eq!(*store.state().unwrap().mark(), mark);
    assert!(receive(&mut store, 'B', day));
    check(&store, "A Replaced by B, B Received");
    record(&mut store, &with(Some('B')), &Extra { date: date(2026, 9, 3), ..NOTHING });
    check(&store, "A Replaced by B, B Active");
    let active = store.links_of_chat(&key()).unwrap().pop().unwrap();
    assert_eq!(active.standing(), LinkStanding::Active { received: day, since: date(2026, 9, 3) });
    // One that is given and taken back before it was printed.
    assert!(receive(&mut store, 'C', day));
    assert!(receive(&mut store, 'B', day));
    check(&store, "A Replaced by B, B Active, C Replaced by B");
    assert!(receive(&mut store, 'D', day));
    record(&mut store, &with(Some('D')), &NOTHING);
    check(&store, "A Replaced by B, B Replaced by D, C Replaced by B, D Active");
    // What nobody took is not waited for any longer.
    assert!(receive(&mut store, 'E', day));
    record(&mut store, &with(Some('F')), &NOTHING);
    let lives: Vec<LinkLife> = store.links_of_chat(&key()).unwrap().iter().map(|one| one.life).collect();
    assert_eq!(lives[3..], [LinkLife::Replaced, LinkLife::Replaced, LinkLife::Active]);
    assert_eq!(store.link_sums().unwrap().len(), 6);
}

#[test]
fn a_link_ends_as_its_change_says() {
    for (end, life) in [
        (LinkEnd::Reissue, LinkLife::Reissued),
        (LinkEnd::Revoke, LinkLife::Revoked),
        (LinkEnd::Expire, LinkLife::Expired),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path()).unwrap();
        record(&mut store, &with(Some('A')), &NOTHING);
        let chat = ChatRef { key: key(), title: "7А — родители".parse().unwrap() };
        let what = ChangeKind::LinkVoid { chat, end };
        let change = Change { scope: Scope::School, what, why: "утекла".to_owned(), source: None };
        record(&mut store, &with(None), &Extra { changes: &[change], ..NOTHING });
        let ended = store.links_of_chat(&key()).unwrap().pop().unwrap();
        assert_eq!((ended.life, ended.why.as_str()), (life, "утекла"));
        assert!(life.is_void() && ended.ended.is_some());
    }
}

#[test]
fn what_is_told_of_a_chat_is_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let run = RunInfo { date: date(2026, 9, 1), at: jiff::Timestamp::UNIX_EPOCH };
    let told = ChatProgress { origin: Some(ChatOrigin::BySferum), ..ChatProgress::default() };
    let progress = BTreeMap::from([(key(), told)]);
    store.receive(&Receipt { run, links: &BTreeMap::new(), progress: &progress }).unwrap();
    assert_eq!(store.state().unwrap().state().progress, progress);
    let mut state = with(Some('A'));
    let later = ChatProgress { handed_out: Some(HandedOut::On(date(2026, 9, 2))), ..told };
    state.progress.insert(key(), later);
    record(&mut store, &state, &NOTHING);
    state.progress.clear();
    record(&mut store, &state, &NOTHING);
    // A day that nobody told is not recorded.
    let undated = BTreeMap::from([(key(), ChatProgress { handed_out: Some(HandedOut::Undated), ..told })]);
    let refused = store.receive(&Receipt { run, links: &BTreeMap::new(), progress: &undated }).unwrap_err();
    assert!(matches!(refused.trouble(), Trouble::Contradiction(_)), "{refused}");
}

#[test]
fn a_short_link_stays_with_its_chat_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let mut state = with(Some('A'));
    state.short.insert(key(), "23456789abcd".parse().unwrap());
    record(&mut store, &state, &NOTHING);
    // In the new year the chat has another key and keeps its token; the old key is another chat's.
    let later = ChatKey::of(&["8А", "родители"]);
    let mut after = SchoolState::default();
    let chat =
        Chat { key: later.clone(), title: "8А — родители".parse().unwrap(), ..state.chats[&key()].clone() };
    after.chats.insert(later.clone(), chat);
    after.links.insert(later.clone(), link('A'));
    after.short.insert(later.clone(), "23456789abcd".parse().unwrap());
    record(&mut store, &after, &Extra { rekeyed: BTreeMap::from([(key(), later.clone())]), ..NOTHING });
    let told = store.short_links().unwrap();
    assert_eq!((told.len(), told[0].title.as_str(), told[0].chat.as_ref()), (1, "8А — родители", Some(&later)));
    // A chat that is closed keeps it, too; it is no other chat's.
    record(&mut store, &SchoolState::default(), &NOTHING);
    assert_eq!(store.short_links().unwrap().len(), 1);
    assert!(store.short_links().unwrap()[0].ended.is_some());
    let mut thief = with(Some('B'));
    thief.short.insert(key(), "23456789abcd".parse().unwrap());
    assert!(super::try_record(&mut store, &thief, &NOTHING).is_err());
    // Founded anew, not even the chat itself gets it again: its old papers are void.
    assert!(super::try_record(&mut store, &after, &NOTHING).is_err());
    after.short.insert(later.clone(), "3456789abcde".parse().unwrap());
    record(&mut store, &after, &NOTHING);
    assert_eq!(store.state().unwrap().state().short, after.short);

    let site =
        PublishedSite { folder: folder.path().join("сайт"), base: "https://go.example.org".parse().unwrap() };
    let other = PublishedSite { folder: folder.path().join("другой"), ..site.clone() };
    assert_eq!(store.sites().unwrap(), []);
    for one in [&site, &other, &site] {
        store.publish(one).unwrap();
    }
    assert_eq!(store.sites().unwrap(), [other.clone(), site.clone()]);
    store.unpublish(&other.folder).unwrap();
    assert_eq!(store.sites().unwrap(), [site]);
}

#[test]
fn a_link_that_is_on_no_paper_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    receive(&mut store, 'A', date(2026, 9, 1));
    let run = RunInfo { date: date(2026, 9, 2), at: jiff::Timestamp::UNIX_EPOCH };
    let mut take = |letter, end| {
        let taken = TakenBack { chat: key(), link: link(letter), end, why: "не та".to_owned() };
        let chat = ChatRef { key: key(), title: "7А — родители".parse().unwrap() };
        let what = ChangeKind::LinkTakenBack(chat);
        let change = Change { scope: Scope::School, what, why: "не та".to_owned(), source: None };
        store.take_back(run, &[taken], &[change]).unwrap();
    };
    take('A', LinkEnd::Reissue);
    // One that stood in the register only.
    take('B', LinkEnd::Revoke);
    check(&store, "A Reissued, B Revoked");
    let told = store.events_of_chat(&key()).unwrap();
    assert_eq!(told.iter().map(|event| event.kind.as_str()).collect::<Vec<_>>(), ["link_taken_back"; 2]);
    // One that was renewed and is given up keeps what happened to it first.
    let taken = TakenBack { chat: key(), link: link('A'), end: LinkEnd::Revoke, why: "не нужен".to_owned() };
    store.take_back(run, &[taken], &[]).unwrap();
    check(&store, "A Reissued, B Revoked, A Revoked");
    // What other chats were given goes on waiting.
    receive(&mut store, 'C', date(2026, 9, 2));
    let taken = TakenBack {
        chat: ChatKey::of(&["7Б", "родители"]),
        link: link('D'),
        end: LinkEnd::Reissue,
        why: String::new(),
    };
    store.take_back(run, &[taken], &[]).unwrap();
    check(&store, "A Reissued, B Revoked, A Revoked, C Received");
    record(&mut store, &with(Some('C')), &NOTHING);
    check(&store, "A Reissued, B Revoked, A Revoked, C Active");
}

#[test]
fn a_year_that_is_forgotten_leaves_what_says_that_a_chat_is_revoked() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    record(&mut store, &with(Some('A')), &NOTHING);
    record(&mut store, &with(Some('B')), &NOTHING);
    let chat = ChatRef { key: key(), title: "7А — родители".parse().unwrap() };
    let what = ChangeKind::LinkVoid { chat, end: LinkEnd::Revoke };
    let change = Change { scope: Scope::School, what, why: "не нужен".to_owned(), source: None };
    record(&mut store, &with(None), &Extra { changes: &[change], ..NOTHING });
    check(&store, "A Replaced by B, B Revoked");
    store.forget(Whom::Year { ends: date(2030, 8, 31), next: None }, date(2030, 9, 1)).unwrap();
    check(&store, "B Revoked");
}
