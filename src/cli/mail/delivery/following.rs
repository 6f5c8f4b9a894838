//! Letters that follow each other at once, and what keeps the next one from following.

use std::cell::Cell;
use std::time::Duration;

use jiff::Timestamp;

use super::fault_server::{FaultServer, Secured};
use super::matrix::{Nobody, school, scratch, server, timing};
use super::{Delivered, Delivery, Ended, Time};
use crate::mail::smtp::{Post, Trust};
use crate::school::{MailSecurity, MailServer};
use crate::store::{LetterId, LetterState, Store};

/// A time in which somebody wants the run to end when it has been asked so often.
struct Patience {
    left: Cell<usize>,
}

impl Time for Patience {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(2_000_000).unwrap()
    }
    fn wait(&self, _: Duration) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }
    fn jitter(&self) -> f64 {
        1.0
    }
}

/// What speaks against letters.
struct Against {
    /// The class whose letter does not fit.
    class: &'static str,
    /// After so many questions the run is to end.
    patience: usize,
    /// The limit of the day.
    per_day: u32,
    /// From which letter on there is no room on the disk.
    room: usize,
}

const NOTHING: Against = Against { class: "", patience: usize::MAX, per_day: 300, room: usize::MAX };

fn deliver(store: &mut Store, judge: &FaultServer, against: &Against) -> Delivered {
    let ids: Vec<LetterId> = store.letters().unwrap().iter().map(|letter| letter.id).collect();
    let server = MailServer { per_day: against.per_day, ..server(judge.port, MailSecurity::Plain) };
    let trust = Trust::of(None).unwrap();
    let post = Post { server: &server, trust: &trust, password: None, timing: timing() };
    let from = "zavuch@example.org".parse().unwrap();
    let delivery = Delivery {
        post: &post,
        from: &from,
        guard: &|letter| if letter.class.to_string() == against.class { Err("адрес".to_owned()) } else { Ok(()) },
        has_space: &|| judge.taken().len() < against.room,
        time: &Patience { left: Cell::new(against.patience) },
        watch: &Nobody,
        test: None,
    };
    delivery.send(store, &ids)
}

/// Delivers three letters against something; expects their states, how many were taken, and why the run ended.
#[track_caller]
fn check(against: &Against, expected: [LetterState; 3], ended: fn(&Ended) -> bool) {
    let (folder, judge) = (scratch(), FaultServer::start(Secured::No, None, 0));
    let mut store = school(folder.path());
    let delivered = deliver(&mut store, &judge, against);
    assert!(ended(&delivered.ended), "{delivered:?}");
    let states: Vec<LetterState> = store.letters().unwrap().iter().map(|letter| letter.state).collect();
    assert_eq!(states, expected);
    let sent = expected.iter().filter(|state| **state == LetterState::Sent).count();
    assert_eq!(judge.taken().len(), sent);
    assert_eq!(delivered.letters.len(), expected.iter().filter(|state| **state != LetterState::Queued).count());
}

#[test]
fn what_speaks_against_the_next_letter_leaves_it_as_it_is() {
    use LetterState::{Held, Queued, Sent};
    check(&NOTHING, [Sent, Sent, Sent], |ended| matches!(ended, Ended::Finished));
    check(&Against { class: "5А", ..NOTHING }, [Held, Sent, Sent], |ended| matches!(ended, Ended::Finished));
    check(&Against { class: "5Б", ..NOTHING }, [Sent, Held, Sent], |ended| matches!(ended, Ended::Finished));
    check(&Against { class: "5В", ..NOTHING }, [Sent, Sent, Held], |ended| matches!(ended, Ended::Finished));
    check(&Against { patience: 0, ..NOTHING }, [Queued, Queued, Queued], |ended| matches!(ended, Ended::Interrupted));
    check(&Against { patience: 1, ..NOTHING }, [Sent, Queued, Queued], |ended| matches!(ended, Ended::Interrupted));
    check(&Against { patience: 2, ..NOTHING }, [Sent, Sent, Queued], |ended| matches!(ended, Ended::Interrupted));
    check(&Against { per_day: 1, ..NOTHING }, [Sent, Queued, Queued], |ended| matches!(ended, Ended::DayIsFull(_)));
    check(&Against { per_day: 2, ..NOTHING }, [Sent, Sent, Queued], |ended| matches!(ended, Ended::DayIsFull(_)));
    check(&Against { room: 0, ..NOTHING }, [Queued, Queued, Queued], |ended| matches!(ended, Ended::NoSpace));
}

#[test]
fn a_connection_takes_so_many_letters_and_then_another_one_the_rest() {
    let (folder, judge) = (scratch(), FaultServer::start(Secured::No, None, 0));
    let mut store = school(folder.path());
    for number in 0..2 * super::BY_ONE_CONNECTION {
        let mut draft = super::matrix::draft("5А");
        let text = String::from_utf8(draft.bytes).unwrap();
        let other = format!("<{number}@example.org>");
        draft.bytes = text.replace(&draft.message_id, &other).into_bytes();
        draft.message_id = other;
        store.queue_letter(&draft, Timestamp::from_second(1_000_000).unwrap()).unwrap();
    }
    let delivered = deliver(&mut store, &judge, &NOTHING);
    assert!(matches!(delivered.ended, Ended::Finished), "{delivered:?}");
    assert!(store.letters().unwrap().iter().all(|letter| letter.state == LetterState::Sent));
    assert_eq!((judge.taken().len(), judge.connections()), (2 * super::BY_ONE_CONNECTION + 3, 3));
}
