//! A delivery that is stopped at every commit, before it and after it, and once more while it is made good.
//!
//! The stops are enumerated, not drawn: the commits of an undisturbed delivery are counted, and one is stopped at each; both
//! where letters follow each other at once, so that the end of one and the beginning of the next are one commit, and where
//! a wait lies between them.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::fault_server::{FaultServer, Secured};
use super::matrix::{run, school, scratch, server, timing};
use crate::mail::smtp::{Post, Trust};
use crate::school::{MailSecurity, MailServer};
use crate::store::{Decision, LetterState, Moment, Recovered, Store};

/// Between letters.
const AT_ONCE: Duration = Duration::ZERO;
const WITH_A_WAIT: Duration = Duration::from_secs(3);

/// Delivers with a stop at a moment, `usize::MAX` for none. Answers how many moments there were.
fn stopped(folder: &Path, judge: &FaultServer, pause: Duration, at: usize, time: i64) -> usize {
    let moments = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&moments);
    // A process that has ended commits nothing more.
    let watcher = move |_: Moment| {
        if counted.fetch_add(1, Ordering::SeqCst) >= at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let mut store = Store::open_watched(folder, None, Some(Box::new(watcher))).unwrap();
    let server = MailServer { pause, ..server(judge.port, MailSecurity::Plain) };
    let trust = Trust::of(None).unwrap();
    let post = Post { server: &server, trust: &trust, password: None, timing: timing() };
    // The recovery may be what is stopped.
    if store.recover_letters(jiff::Timestamp::from_second(time).unwrap()).is_ok() {
        run(&mut store, &post, time);
    }
    moments.load(Ordering::SeqCst)
}

fn check_end(folder: &Path, judge: &FaultServer, context: &str) -> usize {
    stopped(folder, judge, AT_ONCE, usize::MAX, 2_100_000);
    let store = Store::read(folder).unwrap().unwrap();
    let taken = judge.taken();
    let mut unknown = 0;
    for letter in store.letters().unwrap() {
        let times = taken.iter().filter(|taken| taken.message_id == letter.message_id).count();
        assert!(taken.iter().all(|one| one.message_id != letter.message_id || one.to == letter.address.as_str()));
        match letter.state {
            LetterState::Sent => assert_eq!(times, 1, "{context}: {} was lost or sent twice", letter.class),
            LetterState::Unknown => {
                assert!(times <= 1, "{context}: {} was sent twice", letter.class);
                unknown += 1;
            }
            other => panic!("{context}: {} is {other:?}", letter.class),
        }
    }
    unknown
}

/// Stops a delivery at each of its moments, and at each of the first ones of the run after it.
#[track_caller]
fn check(pause: Duration, moments: usize) {
    let whole = {
        let (folder, judge) = (scratch(), FaultServer::start(Secured::No, None, 0));
        drop(school(folder.path()));
        stopped(folder.path(), &judge, pause, usize::MAX, 2_000_000)
    };
    assert_eq!(whole, moments);
    let mut unknown = 0;
    for at in 0..whole {
        for again in [usize::MAX, 0, 1, 2, 3, 4, 5] {
            let (folder, judge) = (scratch(), FaultServer::start(Secured::No, None, 0));
            drop(school(folder.path()));
            stopped(folder.path(), &judge, pause, at, 2_000_000);
            if again != usize::MAX {
                stopped(folder.path(), &judge, pause, again, 2_050_000);
            }
            unknown += check_end(folder.path(), &judge, &format!("stopped at {at} and {again}"));
        }
    }
    assert!(unknown > 0);
}

#[test]
fn a_delivery_with_waits_is_stopped_at_every_commit() {
    // Three letters, three commits each, a moment before and one after.
    check(WITH_A_WAIT, 18);
}

#[test]
fn a_delivery_without_waits_is_stopped_at_every_commit() {
    // The end of a letter and the beginning of the next are one commit.
    check(AT_ONCE, 14);
}

#[test]
fn a_letter_that_follows_at_once_is_found_unsent() {
    let (folder, judge) = (scratch(), FaultServer::start(Secured::No, None, 0));
    drop(school(folder.path()));
    // The first two commits, and behind the third, which ends the first letter and begins the second.
    stopped(folder.path(), &judge, AT_ONCE, 5, 2_000_000);
    let states = |store: &Store| store.letters().unwrap().iter().map(|letter| letter.state).collect::<Vec<_>>();
    let mut store = Store::open(folder.path()).unwrap();
    assert_eq!(states(&store), [LetterState::Sent, LetterState::Attempt, LetterState::Queued]);
    let at = jiff::Timestamp::from_second(2_050_000).unwrap();
    assert_eq!(store.recover_letters(at).unwrap(), Recovered { queued: 1, unknown: 0 });
    assert_eq!(states(&store), [LetterState::Sent, LetterState::Queued, LetterState::Queued]);
}

#[test]
fn what_is_unknown_is_decided_by_a_person_only() {
    let (folder, judge) = (scratch(), FaultServer::start(Secured::No, None, 0));
    drop(school(folder.path()));
    // Behind the commit of the first dot: begin before and after, dot before and after.
    stopped(folder.path(), &judge, AT_ONCE, 3, 2_000_000);
    assert_eq!(check_end(folder.path(), &judge, "stopped behind the dot"), 1);
    let at = jiff::Timestamp::from_second(2_200_000).unwrap();
    let first = |store: &Store| store.letters().unwrap().remove(0);
    let mut store = Store::open(folder.path()).unwrap();
    let letter = first(&store);
    assert!(store.decide_letter(letter.id, Decision::Resend, at).unwrap());
    drop(store);
    assert_eq!(check_end(folder.path(), &judge, "sent again"), 0);
    let mut store = Store::open(folder.path()).unwrap();
    for decision in [Decision::Sent, Decision::Resend, Decision::Cancel] {
        assert!(!store.decide_letter(letter.id, decision, at).unwrap(), "{decision:?} of a letter that was sent");
    }
}
