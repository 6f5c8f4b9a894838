//! Sends letters of the outbox, one after another, and records each step before the act that it allows.
//!
//! A run may end at any moment. What is recorded then tells for every letter whether it was surely sent, surely not, or
//! whether nobody knows.

mod ahead;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use self::ahead::{ReadAhead, ReadLetter};
use super::day::{DAY, Day};
use super::held::Held;
use crate::mail::smtp::{Envelope, Fate, Handed, Post, Session, Stop};
use crate::mail::trial;
use crate::school::{Email, MailServer};
use crate::store::{LetterId, LetterState, Settled, Store, StoreError, StoredLetter};

/// Letters by one connection; then a new one is made.
const BY_ONE_CONNECTION: usize = 50;

/// How long a letter waits that a server has put off (greylisting): after the first time, the second, …
const WAITS: [i64; 4] = [5 * 60, 15 * 60, 30 * 60, 60 * 60];

/// So many tries, or so long, and it is given up.
const TRIES: u32 = 6;
const GIVEN_UP_AFTER: SignedDuration = SignedDuration::from_hours(24);

/// So many letters in a row whose connection broke end a run: the next one would break, too.
const BREAKS: usize = 2;

/// The time of a run.
pub(super) trait Time {
    /// Now.
    fn now(&self) -> Timestamp;
    /// Waits, unless somebody wants the run to end; answers whether it goes on.
    fn wait(&self, time: Duration) -> bool;
    /// A factor around 1, so that letters do not go like a machine's.
    fn jitter(&self) -> f64;
}

/// What looks on at a run.
pub(super) trait Watch {
    /// A letter is being sent.
    fn begin(&self, letter: &StoredLetter);
    /// It is done with.
    fn done(&self);
}

/// What a run needs.
pub(super) struct Delivery<'a> {
    pub(super) post: &'a Post<'a>,
    pub(super) from: &'a Email,
    /// Says why a letter must not be sent.
    pub(super) guard: &'a dyn Fn(&StoredLetter) -> Result<(), String>,
    /// Whether what becomes of a letter can still be recorded.
    pub(super) has_space: &'a dyn Fn() -> bool,
    pub(super) time: &'a dyn Time,
    pub(super) watch: &'a dyn Watch,
    /// To whom all letters go, as a test.
    pub(super) test: Option<&'a Email>,
}

/// What a run did.
#[derive(Debug)]
pub(super) struct Delivered {
    /// The letters that it came to, in order.
    pub(super) letters: Vec<LetterId>,
    /// How many tests a server has taken.
    pub(super) tests: usize,
    /// Why it ended.
    pub(super) ended: Ended,
}

/// Why a run ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// There was nothing left to be tried.
    Finished,
    /// Somebody wanted it.
    Interrupted,
    /// The server.
    Stopped(Stop),
    /// The limit of the day; from when it may go on.
    DayIsFull(Timestamp),
    /// No room on the disk.
    NoSpace,
    /// The store.
    Store(StoreError),
}

/// What becomes of the next letter when one is done with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// Its attempt is recorded already.
    Begun,
    /// It waits for its turn.
    Later,
}

/// A run that is under way.
struct Run<'a> {
    delivery: &'a Delivery<'a>,
    store: &'a mut Store,
    ahead: ReadAhead,
    day: Day,
    /// The connection of the last letter.
    session: Option<Session>,
    /// The connection for a letter that was begun together with the end of the one before it.
    begun: Option<Session>,
    delivered: Delivered,
}

impl Delivery<'_> {
    /// Sends these letters of a store.
    pub(super) fn send(&self, store: &mut Store, ids: &[LetterId]) -> Delivered {
        let mut delivered = Delivered { letters: Vec::new(), tests: 0, ended: Ended::Finished };
        let (spent, beside) = match (store.spent_since(self.time.now() - DAY), store.beside()) {
            (Ok(spent), Ok(beside)) => (spent, beside),
            (Err(error), _) | (_, Err(error)) => {
                delivered.ended = error.into();
                return delivered;
            }
        };
        std::thread::scope(|scope| {
            let run = Run {
                delivery: self,
                store,
                ahead: ReadAhead::start(scope, beside, ids),
                day: Day::of(spent, self.post.server.per_day),
                session: None,
                begun: None,
                delivered,
            };
            run.deliver()
        })
    }

    /// The connection that was used for the last letter, or a new one.
    fn connection(&self, used: Option<Session>) -> Result<Session, Ended> {
        if let Some(mut used) = used {
            if serves_another(&mut used) {
                return Ok(used);
            }
            used.quit();
        }
        Session::open(self.post).map_err(Ended::Stopped)
    }

    /// The bytes of a letter that may be sent, or why it may not.
    fn looked_at<'read>(&self, read: &'read ReadLetter) -> Result<&'read [u8], String> {
        (self.guard)(&read.letter)?;
        let bytes = read.bytes.as_ref().ok_or_else(|| Held::Damaged.why().to_owned())?;
        if !is_from(bytes, self.from) {
            return Err(Held::OtherSender.why().to_owned());
        }
        Ok(bytes)
    }

    fn pause(&self) -> Duration {
        let MailServer { pause, .. } = self.post.server;
        pause.mul_f64(self.time.jitter())
    }
}

impl Run<'_> {
    fn deliver(mut self) -> Delivered {
        self.delivered.ended = self.send_all().map_or_else(|ended| ended, |()| Ended::Finished);
        if let Some(session) = self.session {
            session.quit();
        }
        self.delivered
    }

    fn send_all(&mut self) -> Result<(), Ended> {
        let Delivery { time, watch, test, .. } = self.delivery;
        let mut breaks = 0;
        let mut pause = Duration::ZERO;
        while let Some(read) = self.ahead.take() {
            if self.begun.is_none() && !time.wait(pause) {
                return Err(Ended::Interrupted);
            }
            pause = self.delivery.pause();
            let read = read?;
            let letter = &read.letter;
            if letter.state != LetterState::Queued {
                continue;
            }
            watch.begin(letter);
            let bytes = match self.delivery.looked_at(&read) {
                Ok(bytes) => bytes,
                Err(why) => {
                    if test.is_none() {
                        self.store.hold_letter(letter.id, &why, time.now())?;
                    }
                    self.delivered.letters.push(letter.id);
                    watch.done();
                    continue;
                }
            };
            let mut session = if let Some(session) = self.begun.take() {
                session
            } else {
                self.permit(0)?;
                let session = self.delivery.connection(self.session.take())?;
                if test.is_none() {
                    self.store.begin_letter(letter.id, time.now())?;
                }
                session
            };
            self.delivered.letters.push(letter.id);
            let mut goes_on = Next::Later;
            let handed = match test {
                Some(address) => self.hand_over_test(&mut session, letter, bytes, address)?,
                None => self.hand_over(&mut session, letter, bytes, &mut goes_on)?,
            };
            self.delivered.tests += usize::from(test.is_some() && handed.fate == Fate::Taken);
            let is_usable = session.is_usable();
            match goes_on {
                Next::Begun => self.begun = Some(session),
                Next::Later => self.session = is_usable.then_some(session),
            }
            watch.done();
            if let Some(stop) = handed.stop {
                return Err(Ended::Stopped(stop));
            }
            breaks = if is_usable || handed.fate == Fate::Taken { 0 } else { breaks + 1 };
            if breaks == BREAKS {
                return Err(Ended::Stopped(Stop::Busy("несколько писем подряд прервались на полпути".to_owned())));
            }
        }
        Ok(())
    }

    /// Whether one more letter may be sent, when some, `uncounted`, are on their way already.
    fn permit(&mut self, uncounted: usize) -> Result<(), Ended> {
        if let Some(until) = self.day.full_until(self.delivery.time.now(), uncounted) {
            return Err(Ended::DayIsFull(until));
        }
        if (self.delivery.has_space)() { Ok(()) } else { Err(Ended::NoSpace) }
    }

    /// Hands over a letter that was begun. Where it is taken and the next one can follow without a wait, that one is begun by
    /// the commit that notes the end of this one: between the two nothing happens that a stop could divide.
    fn hand_over(
        &mut self,
        session: &mut Session,
        letter: &StoredLetter,
        bytes: &[u8],
        goes_on: &mut Next,
    ) -> Result<Handed, Ended> {
        let Delivery { from, time, .. } = self.delivery;
        let mut following = None;
        let handed = session.hand_over(Envelope { from, to: &letter.address }, bytes, || {
            // The next letter is waited for here, where this one is surely unsent, and not when its end is to be noted.
            following = self.following();
            let now = time.now();
            self.day.count(now);
            self.store.dot_letter(letter.id, now)
        })?;
        let is_taken = matches!(&handed, Handed { fate: Fate::Taken, stop: None });
        match following {
            Some(next) if is_taken && serves_another(session) && time.wait(Duration::ZERO) => {
                self.store.go_on_to_letter(letter.id, next, time.now())?;
                *goes_on = Next::Begun;
            }
            _ => {
                let settled = settled(letter, &handed.fate, time.now());
                self.store.settle_letter(letter.id, &settled, time.now())?;
            }
        }
        Ok(handed)
    }

    /// The letter that may be begun at once when the one in hand is taken.
    fn following(&mut self) -> Option<LetterId> {
        if !self.delivery.post.server.pause.is_zero() {
            return None;
        }
        let Some(Ok(read)) = self.ahead.peek() else { return None };
        let is_ready = read.letter.state == LetterState::Queued && self.delivery.looked_at(read).is_ok();
        let next = read.letter.id;
        // The letter in hand is counted by its dot, which comes only now.
        (is_ready && self.permit(1).is_ok()).then_some(next)
    }

    /// A test leaves no trace in the outbox but that it counts for the day.
    fn hand_over_test(
        &mut self,
        session: &mut Session,
        letter: &StoredLetter,
        bytes: &[u8],
        address: &Email,
    ) -> Result<Handed, Ended> {
        let Delivery { from, time, .. } = self.delivery;
        let bytes = trial(bytes, &letter.subject, address, time.now());
        Ok(session.hand_over(Envelope { from, to: address }, &bytes, || {
            self.day.count(time.now());
            self.store.spend_letter(time.now())
        })?)
    }
}

/// Whether a connection takes one more letter.
fn serves_another(session: &mut Session) -> bool {
    session.letters() < BY_ONE_CONNECTION && session.is_quiet()
}

/// Whether a letter names this sender.
fn is_from(letter: &[u8], from: &Email) -> bool {
    let head = letter.split(|byte| *byte == b'\n').take_while(|line| !matches!(line, [] | [b'\r']));
    let mut lines = head.map(String::from_utf8_lossy).skip_while(|line| !line.starts_with("From:"));
    // The address may stand on the next line.
    let first = lines.next();
    let more = lines.take_while(|line| line.starts_with(' '));
    let is_part = |letter: char| letter.is_alphanumeric() || "._%+-".contains(letter);
    let is_whole = |line: &str, at: usize| {
        let rest = &line[at + from.as_str().len()..];
        !line[..at].ends_with(is_part) && !rest.starts_with(is_part)
    };
    let mut lines = first.into_iter().chain(more);
    lines.any(|line| line.match_indices(from.as_str()).any(|(at, _)| is_whole(&line, at)))
}

/// What is recorded of a letter that was tried.
fn settled(letter: &StoredLetter, fate: &Fate, now: Timestamp) -> Settled {
    match fate {
        Fate::Taken => Settled::Sent,
        Fate::Untried => Settled::Untried,
        Fate::Unknown(why) => Settled::Unknown { why: why.clone() },
        Fate::Refused(why) => Settled::Failed { why: why.clone() },
        Fate::Later(why) => {
            let since = letter.first_try.unwrap_or(now);
            if letter.tries + 1 >= TRIES || now.duration_since(since) >= GIVEN_UP_AFTER {
                return Settled::Failed { why: format!("{why}; больше не пробуем") };
            }
            let wait = WAITS.get(letter.tries as usize).or(WAITS.last()).copied().unwrap_or_default();
            Settled::Later { not_before: now + SignedDuration::from_secs(wait), why: why.clone() }
        }
    }
}

impl From<StoreError> for Ended {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

#[cfg(test)]
#[path = "../../../tests/servers/fault.rs"]
mod fault_server;
#[cfg(test)]
mod following;
#[cfg(test)]
mod foretold;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod stops;
