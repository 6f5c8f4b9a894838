//! Others at work, damaged files, kills at every commit.

use std::cell::Cell;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::*;
use crate::store::{Answer, Verdict, Watcher};

/// A store that holds one state.
fn holding(state: &SchoolState) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    record(&mut Store::open(folder.path()).unwrap(), state, &NOTHING);
    folder
}

#[test]
fn whoever_reads_while_another_writes_sees_the_old_state() {
    let (old, new) = (Dice(3).state(), Dice(4).state());
    let folder = holding(&old);
    let early = Store::read(folder.path()).unwrap().unwrap();
    let path = folder.path().to_path_buf();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&seen);
    let watcher: Watcher = Box::new(move |_| {
        let reader = Store::read(&path).unwrap().unwrap();
        told.lock().unwrap().push(reader.state().unwrap().state().clone());
        ControlFlow::Continue(())
    });
    let mut writer = Store::open_watched(folder.path(), None, Some(watcher)).unwrap();
    assert_eq!(early.state().unwrap().state(), &old, "one who was there before");
    record(&mut writer, &new, &NOTHING);
    assert_eq!(*seen.lock().unwrap(), [old, new.clone()], "before and after the commit");
    // Who has been told that nobody writes must not believe it any more.
    let error = early.state().unwrap_err();
    assert_eq!(error.trouble(), &Trouble::Busy);
    drop(writer);
    assert_eq!(early.state().unwrap_err().trouble(), &Trouble::Busy);
    assert_eq!(Store::read(folder.path()).unwrap().unwrap().state().unwrap().state(), &new);
}

#[test]
fn a_second_writer_waits_a_little() {
    let folder = holding(&Dice(3).state());
    let path = folder.path().to_path_buf();
    let other = Store::open(&path).unwrap();
    let mut store = Store::open(&path).unwrap();
    other.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    let worker = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        other.connection.execute_batch("COMMIT").unwrap();
    });
    record(&mut store, &Dice(4).state(), &NOTHING);
    worker.join().unwrap();
}

/// What comes of a damaged file: an error, or what was recorded; never something else, and the file stays as it is.
#[track_caller]
fn check_damaged(bytes: &[u8], expected: &SchoolState, what: &str) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE_NAME);
    crate::workspace::write_new(&path, bytes).unwrap();
    let read =
        |store: Result<Option<Store>, StoreError>| store.and_then(|store| store.map(|store| store.state()).transpose());
    let outcome = match read(Store::read(&path)) {
        Ok(None) => Outcome::Empty,
        Ok(Some(recorded)) => {
            assert_eq!(recorded.state(), expected, "{what}");
            Outcome::Whole
        }
        Err(error) => {
            assert!(matches!(error.trouble(), Trouble::Damaged | Trouble::Foreign), "{what}: {error}");
            Outcome::Refused
        }
    };
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "{what}");
    if outcome == Outcome::Refused {
        assert!(read(Store::open(&path).map(Some)).is_err(), "{what}");
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "{what}");
    }
    outcome
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Empty,
    Whole,
    Refused,
}

#[test]
fn a_damaged_page_is_noticed() {
    let state = Dice(5).state();
    let folder = holding(&state);
    let bytes = std::fs::read(folder.path().join(FILE_NAME)).unwrap();
    let page = 4096;
    assert!(bytes.len() / page > 20 && bytes.len().is_multiple_of(page));
    for number in 0..bytes.len() / page {
        for filler in [0x00, 0xff] {
            let mut damaged = bytes.clone();
            damaged[number * page..(number + 1) * page].fill(filler);
            let what = format!("page {number} of {filler}");
            assert_eq!(check_damaged(&damaged, &state, &what), Outcome::Refused, "{what}");
        }
    }
}

#[test]
fn a_file_cut_short_is_noticed() {
    let state = Dice(5).state();
    let folder = holding(&state);
    let bytes = std::fs::read(folder.path().join(FILE_NAME)).unwrap();
    for length in [1, 16, 99, 100, 511, 512, 4095, 4096, 5000, bytes.len() / 2, bytes.len() - 4096, bytes.len() - 1] {
        let what = format!("{length} of {}", bytes.len());
        assert_eq!(check_damaged(&bytes[..length], &state, &what), Outcome::Refused, "{what}");
    }
    // What a kill leaves that came before the first commit.
    assert_eq!(check_damaged(&[], &state, "nothing"), Outcome::Empty);
}

#[test]
fn the_file_of_another_program_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("чужой.db");
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("CREATE TABLE one (a TEXT); INSERT INTO one VALUES ('x');").unwrap();
    drop(other);
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(check_damaged(&bytes, &SchoolState::default(), "another program"), Outcome::Refused);
    assert_eq!(Store::open(&path).unwrap_err().trouble(), &Trouble::Foreign);
}

/// The files as a killed process leaves them.
fn killed(folder: &Path) -> tempfile::TempDir {
    let left = tempfile::tempdir().unwrap();
    for name in names(folder).iter().filter(|name| !name.ends_with("-shm")) {
        std::fs::copy(folder.join(name), left.path().join(name)).unwrap();
    }
    left
}

/// Does a work and stops it at its commit, before and after; `is_done` tells from the files left whether it was done.
/// The same work is done again then.
#[track_caller]
fn check_kill(work: Work, act: impl Fn(&mut Store) -> Result<(), StoreError>, is_done: impl Fn(&Store) -> bool) {
    for stop in [Moment::BeforeCommit(work), Moment::AfterCommit(work)] {
        let folder = forgettable();
        let armed = Arc::new(Mutex::new(Cell::new(true)));
        let trigger = Arc::clone(&armed);
        let watcher = move |moment| {
            if moment == stop && trigger.lock().unwrap().replace(false) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let mut store = Store::open_watched(folder.path(), None, Some(Box::new(watcher))).unwrap();
        assert_eq!(act(&mut store).unwrap_err().trouble(), &Trouble::Stopped, "{stop:?}");
        let left = killed(folder.path());
        drop(store);
        let was_done = stop == Moment::AfterCommit(work);
        assert_eq!(is_done(&Store::read(left.path()).unwrap().unwrap()), was_done, "{stop:?}");
        let mut store = Store::open(left.path()).unwrap();
        assert_eq!(is_done(&store), was_done, "{stop:?}");
        if !was_done {
            act(&mut store).unwrap();
            assert!(is_done(&store), "{stop:?}");
        }
    }
}

/// A store with a pupil who left, an answer about another one and an open package.
fn forgettable() -> tempfile::TempDir {
    let folder = holding(&of_pupils(&[1, 2]));
    let mut store = Store::open(folder.path()).unwrap();
    let content = "{}".to_owned();
    let packages = [PackageDraft { scope: Scope::School, issued: NOTHING.date, content, cancels: Vec::new() }];
    record(&mut store, &of_pupils(&[2]), &Extra { packages: &packages, ..NOTHING });
    store.keep_answers(&[answer(1, "7А\tдругойученик\t"), answer(2, "7А\tзабывайкин1федор\t")]).unwrap();
    drop(store);
    folder
}

fn of_pupils(numbers: &[u8]) -> SchoolState {
    let mut state = SchoolState::default();
    let students = numbers.iter().map(|number| Student {
        name: PersonName::new(&format!("Забывайкин{number}"), "Фёдор", ""),
        guardians: Vec::new(),
        ..Dice(7).student(*number, class("7А"))
    });
    let students = students.collect();
    state.roster.classes.insert(class("7А"), SchoolClass { name: class("7А"), homeroom: None, students });
    state
}

fn answer(before: u8, after: &str) -> Answer {
    let before = PersonId::of_bytes([before; 16]);
    Answer { before, after: after.to_owned(), verdict: Verdict::Different, at: jiff::Timestamp::UNIX_EPOCH }
}

const LATER: Date = date(2026, 12, 1);

#[test]
fn a_kill_while_a_package_is_closed() {
    let close = |store: &mut Store| {
        let open = store.open_packages()?;
        store.close_package(open[0].id, "{\"given\":1}", Some(1), &[], jiff::Timestamp::UNIX_EPOCH)
    };
    check_kill(Work::Package, close, |store| store.open_packages().unwrap().is_empty());
}

#[test]
fn a_kill_while_answers_are_kept() {
    let new = [answer(2, "7А\tновый\t")];
    check_kill(Work::Answers, |store| store.keep_answers(&new), |store| store.answers().unwrap().len() == 3);
}

#[test]
fn a_kill_while_a_run_is_recorded() {
    let state = of_pupils(&[2, 3]);
    let act = |store: &mut Store| try_record(store, &state, &NOTHING);
    check_kill(Work::Recording, act, |store| store.state().unwrap().state() == &of_pupils(&[2, 3]));
}

#[test]
fn a_kill_while_somebody_is_forgotten() {
    let forget = |store: &mut Store| store.forget(Whom::LeftBefore(LATER), LATER).map(drop);
    check_kill(Work::Forgetting, forget, |store| store.former().unwrap().is_empty());
}

#[test]
fn a_kill_while_the_tables_are_made() {
    for stop in [Moment::BeforeCommit(Work::Migration), Moment::AfterCommit(Work::Migration)] {
        let folder = tempfile::tempdir().unwrap();
        let watcher = move |moment| if moment == stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        let error = Store::open_watched(folder.path(), None, Some(Box::new(watcher))).unwrap_err();
        assert_eq!(error.trouble(), &Trouble::Stopped);
        record(&mut Store::open(folder.path()).unwrap(), &Dice(3).state(), &NOTHING);
    }
}

/// Whether a word stands in any file of a store.
fn holds(folder: &Path, word: &str) -> bool {
    names(folder).iter().any(|name| {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        bytes.windows(word.len()).any(|window| window == word.as_bytes())
    })
}

#[test]
fn who_was_forgotten_before_a_kill_is_gone_after_the_next_call() {
    let folder = forgettable();
    let at = Moment::AfterCommit(Work::Forgetting);
    let watcher = move |moment| if moment == at { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let mut store = Store::open_watched(folder.path(), None, Some(Box::new(watcher))).unwrap();
    assert!(store.forget(Whom::LeftBefore(LATER), LATER).is_err());
    let left = killed(folder.path());
    let mut store = Store::open(left.path()).unwrap();
    assert!(store.forget(Whom::LeftBefore(LATER), LATER).unwrap().is_empty());
    for word in ["Забывайкин1", "забывайкин1"] {
        assert!(!holds(left.path(), word), "{word}");
    }
    assert!(holds(left.path(), "Забывайкин2"));
}

#[test]
fn who_is_forgotten_does_not_come_back() {
    let folder = forgettable();
    let mut store = Store::open(folder.path()).unwrap();
    let before = store.state().unwrap();
    store.forget(Whom::LeftBefore(LATER), LATER).unwrap();
    // Neither by an answer, whichever side of it names the pupil, nor by a run that began before.
    assert_eq!(store.answers().unwrap(), []);
    let (after, rekeyed) = (of_pupils(&[1, 2]), BTreeMap::new());
    let run = RunInfo { date: LATER, at: jiff::Timestamp::UNIX_EPOCH };
    let late = Record {
        run,
        before: &before,
        after: &after,
        rekeyed: &rekeyed,
        renamed: &BTreeMap::new(),
        changes: &[],
        packages: &[],
        register: RegisterState::Current,
        taken_back: &[],
        received: crate::store::Received::Settled,
    };
    assert_eq!(store.record(&late).unwrap_err().trouble(), &Trouble::MovedOn);
    assert!(!holds(folder.path(), "Забывайкин1"));
    // Somebody who is in the lists cannot be forgotten.
    let two = PersonId::of_bytes([2; 16]);
    assert_eq!(store.forget(Whom::People(&[two]), LATER).unwrap().kept, [two]);
    assert_eq!(store.state().unwrap().state(), &of_pupils(&[2]));
}

#[test]
fn a_pupil_who_returns_may_keep_the_old_id_or_get_a_new_one() {
    let folder = forgettable();
    let mut store = Store::open(folder.path()).unwrap();
    let one = PersonId::of_bytes([1; 16]);
    let arrived = |id| Change {
        scope: Scope::Class(class("7А")),
        what: ChangeKind::Arrived(PupilRef {
            id,
            name: PersonName::new("Забывайкин1", "Фёдор", ""),
            detail: crate::school::NameDetail::Usual,
        }),
        why: "новая строка".to_owned(),
        source: None,
    };
    // With a new id it is somebody else: the one who left stays one who left.
    let new = PersonId::of_bytes([9; 16]);
    record(&mut store, &of_pupils(&[2, 9]), &Extra { changes: &[arrived(new)], ..NOTHING });
    assert_eq!(store.former().unwrap()[0].student.id, Some(one));
    record(&mut store, &of_pupils(&[2]), &NOTHING);
    // With the old one it is the same pupil, with all that happened.
    record(&mut store, &of_pupils(&[1, 2]), &Extra { changes: &[arrived(one)], ..NOTHING });
    let former = store.former().unwrap();
    assert_eq!(former.iter().map(|former| former.student.id).collect::<Vec<_>>(), [Some(new)]);
    assert_eq!(store.events_of_person(one).unwrap().len(), 1);
    assert_eq!(store.forget(Whom::LeftBefore(LATER), LATER).unwrap().people, [new]);
    assert_eq!(store.state().unwrap().state(), &of_pupils(&[1, 2]));
}
