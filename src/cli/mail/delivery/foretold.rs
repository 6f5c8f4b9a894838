//! What the preview foretells is what the delivery does: the same letters by both, with a clock that nobody waits for.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::fault_server::{FaultServer, Secured};
use super::matrix::{Nobody, scratch, server, timing};
use super::{Delivery, Ended, Time};
use crate::cli::mail::outlook::{Outlook, ToSend};
use crate::mail::smtp::{Post, Trust};
use crate::school::{MailSecurity, MailServer, PersonName};
use crate::store::{LetterDraft, LetterId, LetterState, Settled, Store};

/// How many schools and outboxes are tried.
const CASES: u64 = 60;

/// A time that goes on only by waiting.
struct Waited(Cell<Timestamp>);

impl Time for Waited {
    fn now(&self) -> Timestamp {
        self.0.get()
    }
    fn wait(&self, time: Duration) -> bool {
        self.0.set(self.0.get() + SignedDuration::try_from(time).unwrap());
        true
    }
    fn jitter(&self) -> f64 {
        1.0
    }
}

/// Numbers that are the same in every run of the test.
struct Dice(u64);

impl Dice {
    fn below(&mut self, below: u64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % below).unwrap()
    }
}

fn begin() -> Timestamp {
    "2026-08-31T09:00:00Z".parse().unwrap()
}

/// An outbox with some letters, of which some were put off, and some that went before.
fn outbox(store: &mut Store, dice: &mut Dice) {
    for number in 0..dice.below(9) {
        let address = format!("teacher{number}@example.org");
        let text =
            format!("From: zavuch@example.org\r\nTo: {address}\r\nMessage-ID: <{number}>\r\nSubject: x\r\n\r\nx\r\n");
        let draft = LetterDraft {
            class: "5А".parse().unwrap(),
            kind: "class".to_owned(),
            to: PersonName::new("Орлова", "Анна", "Львовна"),
            address: address.parse().unwrap(),
            subject: "тема".to_owned(),
            file: format!("{number}.eml"),
            message_id: format!("<{number}>"),
            bytes: text.into_bytes(),
        };
        store.queue_letter(&draft, begin()).unwrap();
        if dice.below(3) == 0 {
            let id = store.letters().unwrap().last().unwrap().id;
            let not_before = begin() + SignedDuration::from_mins(dice.below(40 * 60));
            store.begin_letter(id, begin()).unwrap();
            store.settle_letter(id, &Settled::Later { not_before, why: String::new() }, begin()).unwrap();
        }
    }
    let mut spent: Vec<i64> = (0..dice.below(6)).map(|_| dice.below(30 * 60)).collect();
    spent.sort_unstable();
    for minutes in spent.into_iter().rev() {
        store.spend_letter(begin() - SignedDuration::from_mins(minutes)).unwrap();
    }
}

/// Sends until nothing waits, each run as soon as it may begin; how many letters went on which day.
fn sent(store: &mut Store, server: &MailServer, trust: &Trust) -> BTreeMap<Date, usize> {
    let post = Post { server, trust, password: None, timing: timing() };
    let from = "zavuch@example.org".parse().unwrap();
    let mut at = begin();
    loop {
        let letters = store.letters().unwrap();
        let waiting: Vec<_> = letters.iter().filter(|letter| letter.state == LetterState::Queued).collect();
        let is_due = |not_before: Option<Timestamp>| not_before.is_none_or(|not_before| not_before <= at);
        let due: Vec<LetterId> =
            waiting.iter().filter(|letter| is_due(letter.not_before)).map(|letter| letter.id).collect();
        if due.is_empty() {
            match waiting.iter().filter_map(|letter| letter.not_before).min() {
                Some(first) => at = first,
                None => break,
            }
            continue;
        }
        let time = Waited(Cell::new(at));
        let delivery = Delivery {
            post: &post,
            from: &from,
            guard: &|_| Ok(()),
            has_space: &|| true,
            time: &time,
            watch: &Nobody,
            test: None,
        };
        at = match delivery.send(store, &due).ended {
            Ended::Finished => time.now(),
            Ended::DayIsFull(until) => until,
            other => panic!("{other:?}"),
        };
    }
    let mut days = BTreeMap::new();
    for letter in store.letters().unwrap() {
        assert_eq!(letter.state, LetterState::Sent);
        *days.entry(letter.since.to_zoned(TimeZone::UTC).date()).or_default() += 1;
    }
    days
}

#[test]
fn the_days_that_are_foretold_are_those_on_which_letters_go() {
    let trust = Trust::of(None).unwrap();
    let mut dice = Dice(7);
    let (mut several_days, mut begins_later) = (0, 0);
    for case in 0..CASES {
        let (folder, judge) = (scratch(), FaultServer::start(Secured::No, None, 0));
        let mut store = Store::open(folder.path()).unwrap();
        outbox(&mut store, &mut dice);
        let server = MailServer {
            per_day: u32::try_from(1 + dice.below(4)).unwrap(),
            pause: Duration::from_mins(u64::try_from(dice.below(200)).unwrap()),
            ..server(judge.port, MailSecurity::Plain)
        };
        let to_send = ToSend {
            letters: store.letters().unwrap().iter().map(|letter| letter.not_before).collect(),
            spent: store.spent_since(begin() - SignedDuration::from_hours(24)).unwrap(),
            now: begin(),
            zone: TimeZone::UTC,
        };
        let outlook = Outlook::of(to_send, &server);
        let foretold: BTreeMap<Date, usize> = outlook.days.iter().map(|day| (day.date, day.letters)).collect();
        assert_eq!(foretold, sent(&mut store, &server, &trust), "case {case}");
        several_days += usize::from(foretold.len() > 1);
        begins_later += usize::from(outlook.from.is_some());
    }
    assert!(several_days > 10 && begins_later > 5, "{several_days} {begins_later}");
}
