//! A delivery that is stopped at every commit, before it and after it, and once more while it is made good.
//!
//! The stops are enumerated, not drawn: the commits of an undisturbed delivery are counted, and one is stopped at each.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::fault_server::{FaultServer, Secured};
use super::matrix::{run, school, scratch, server, timing};
use crate::mail::smtp::{Post, Trust};
use crate::school::MailSecurity;
use crate::store::{Decision, LetterState, Moment, Store};

/// Delivers with a stop at a moment, `usize::MAX` for none. Answers how many moments there were.
fn stopped(folder: &Path, judge: &FaultServer, trust: &Trust, at: usize, time: i64) -> usize {
    let moments = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&moments);
    // A process that has ended commits nothing more.
    let watcher = move |_: Moment| {
        if counted.fetch_add(1, Ordering::SeqCst) >= at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let mut store = Store::open_watched(folder, None, Some(Box::new(watcher))).unwrap();
    let server = server(judge.port, MailSecurity::Plain);
    let post = Post { server: &server, trust, password: None, timing: timing() };
    // The recovery may be what is stopped.
    if store.recover_letters(jiff::Timestamp::from_second(time).unwrap()).is_ok() {
        run(&mut store, &post, time);
    }
    moments.load(Ordering::SeqCst)
}

fn check_end(folder: &Path, judge: &FaultServer, trust: &Trust, context: &str) -> usize {
    stopped(folder, judge, trust, usize::MAX, 2_100_000);
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

#[test]
fn a_delivery_is_stopped_at_every_commit() {
    let trust = Trust::of(None).unwrap();
    let whole = {
        let (folder, judge) = (scratch(), FaultServer::start(Secured::No, None, 0));
        drop(school(folder.path()));
        stopped(folder.path(), &judge, &trust, usize::MAX, 2_000_000)
    };
    // Three letters, three commits each, a moment before and one after.
    assert_eq!(whole, 18);
    let mut unknown = 0;
    for at in 0..whole {
        for again in [usize::MAX, 0, 1, 2, 3, 4, 5] {
            let (folder, judge) = (scratch(), FaultServer::start(Secured::No, None, 0));
            drop(school(folder.path()));
            stopped(folder.path(), &judge, &trust, at, 2_000_000);
            if again != usize::MAX {
                stopped(folder.path(), &judge, &trust, again, 2_050_000);
            }
            unknown += check_end(folder.path(), &judge, &trust, &format!("stopped at {at} and {again}"));
        }
    }
    assert!(unknown > 0);
}

#[test]
fn what_is_unknown_is_decided_by_a_person_only() {
    let trust = Trust::of(None).unwrap();
    let (folder, judge) = (scratch(), FaultServer::start(Secured::No, None, 0));
    drop(school(folder.path()));
    // Behind the commit of the first dot: begin before and after, dot before and after.
    stopped(folder.path(), &judge, &trust, 3, 2_000_000);
    assert_eq!(check_end(folder.path(), &judge, &trust, "stopped behind the dot"), 1);
    let at = jiff::Timestamp::from_second(2_200_000).unwrap();
    let first = |store: &Store| store.letters().unwrap().remove(0);
    let mut store = Store::open(folder.path()).unwrap();
    let letter = first(&store);
    assert!(store.decide_letter(letter.id, Decision::Resend, at).unwrap());
    drop(store);
    assert_eq!(check_end(folder.path(), &judge, &trust, "sent again"), 0);
    let mut store = Store::open(folder.path()).unwrap();
    for decision in [Decision::Sent, Decision::Resend, Decision::Cancel] {
        assert!(!store.decide_letter(letter.id, decision, at).unwrap(), "{decision:?} of a letter that was sent");
    }
}
