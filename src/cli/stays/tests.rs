//! Stays of one pupil, told as «7А 1–3»: the class, the first run, the last one.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::{Stay, Stays};
use crate::school::{PersonId, PersonName, Place, SchoolState, Scope, Student};
use crate::store::{Event, Former, Record, RegisterState, RunId, RunInfo, Store};

fn id() -> PersonId {
    PersonId::of_bytes([7; 16])
}

/// The first nine runs of a store.
fn runs() -> Vec<RunId> {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let run = RunInfo { date: date(2026, 9, 1), at: jiff::Timestamp::UNIX_EPOCH };
    let (after, nothing) = (SchoolState::default(), BTreeMap::new());
    let mut record = || {
        let before = &store.state().unwrap();
        let (rekeyed, renamed, register) = (&nothing, &BTreeMap::new(), RegisterState::Current);
        let record = Record {
            run,
            before,
            after: &after,
            rekeyed,
            renamed,
            changes: &[],
            packages: &[],
            register,
            taken_back: &[],
            received: crate::store::Received::Settled,
        };
        store.record(&record).unwrap()
    };
    (0..9).map(|_| record()).collect()
}

/// `events` are «run class kind»; `left` is the run that missed the pupil, recorded in `class`.
#[track_caller]
fn check(events: &[&str], class: &str, left: usize, new_years: &[usize], expected: &[&str]) {
    let runs = runs();
    let run = |number: &str| runs[number.parse::<usize>().unwrap() - 1];
    let event = |text: &&str| {
        let mut words = text.split(' ');
        let mut word = || words.next().unwrap();
        Event {
            run: run(word()),
            date: date(2026, 9, 1),
            at: jiff::Timestamp::UNIX_EPOCH,
            scope: Scope::Class(word().parse().unwrap()),
            kind: word().to_owned(),
            // A word more is the event of a namesake.
            person: words.next().is_none().then(id),
            chat: None,
            words: String::new(),
            why: String::new(),
            source: None,
        }
    };
    let student = Student {
        id: Some(id()),
        class: class.parse().unwrap(),
        name: PersonName::new("Белов", "Лев", ""),
        birth_date: None,
        school: None,
        stable_id: None,
        guardians: Vec::new(),
        place: Place::file("7А.csv"),
    };
    let former = Former { student, left: date(2026, 9, 1), run: runs[left - 1], why: String::new() };
    let events: Vec<Event> = events.iter().map(event).collect();
    let new_years: Vec<RunId> = new_years.iter().map(|number| runs[number - 1]).collect();
    let mut stays = Stays::default();
    stays.add(&former, &events, &new_years);
    let told = stays.0.iter().map(|Stay { class, from, until }| {
        let from = from.map(|from| from.number().to_string()).unwrap_or_default();
        format!("{class} {from}–{}", until.number())
    });
    assert_eq!(told.collect::<Vec<_>>(), expected);
}

#[test]
fn within_a_year() {
    check(&["1 7А arrived", "4 7А left"], "7А", 4, &[], &["7А 1–4"]);
    check(&["1 7А arrived", "3 7А moved_out", "3 7Б moved_in", "5 7Б left"], "7Б", 5, &[], &["7А 1–3", "7Б 3–5"]);
    // There and back.
    let back = ["2 7А arrived", "3 7А moved_out", "3 7Б moved_in", "4 7Б moved_out", "4 7А moved_in", "6 7А left"];
    check(&back, "7А", 6, &[], &["7А 2–6", "7Б 3–4"]);
    // What is not known of the past is taken for a stay of all the time.
    check(&[], "7А", 4, &[], &["7А –4"]);
    check(&["2 7А arrived", "3 6В removal namesake", "4 7А left"], "7А", 4, &[], &["7А 2–4"]);
}

/// The class of that name in another year is other children.
#[test]
fn over_the_years() {
    check(&["1 7А arrived", "6 8А left"], "8А", 6, &[4], &["7А 1–3", "8А 4–6"]);
    // Nothing happened in the new year but the departure, which the run of the new year found.
    check(&["1 7А arrived", "4 8А left"], "7А", 4, &[4], &["7А 1–3", "8А 4–4"]);
    let moved = ["1 7А arrived", "4 8А moved_out", "4 8Б moved_in", "7 8Б left"];
    check(&moved, "8Б", 7, &[4, 8], &["7А 1–3", "8А 4–4", "8Б 4–7"]);
    check(&["1 5А arrived", "9 7А left"], "7А", 9, &[4, 7], &["5А 1–3", "7А 7–9"]);
}
