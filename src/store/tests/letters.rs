//! The outbox: one row for one letter, whatever happens.

use jiff::{SignedDuration, Timestamp};

use crate::school::PersonName;
use crate::store::{Decision, LetterDraft, LetterState, Settled, Store, StoredLetter, Trouble};

fn draft(message_id: &str, text: &str) -> LetterDraft {
    LetterDraft {
        class: "7А".parse().unwrap(),
        kind: "class".to_owned(),
        to: PersonName::new("Орлова", "Анна", "Львовна"),
        address: "orlova@example.org".parse().unwrap(),
        subject: "7А: приглашения".to_owned(),
        file: "7А.eml".to_owned(),
        message_id: message_id.to_owned(),
        bytes: text.as_bytes().to_vec(),
    }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn only(store: &Store) -> StoredLetter {
    let [letter] = store.letters().unwrap().try_into().unwrap();
    letter
}

#[test]
fn one_message_id_is_one_letter() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    store.queue_letter(&draft("<1>", "один"), at(1)).unwrap();
    store.queue_letter(&draft("<1>", "другой"), at(2)).unwrap();
    let letter = only(&store);
    assert_eq!(store.letter_bytes(letter.id).unwrap().as_deref(), Some("один".as_bytes()));
    // One that was surely not sent may come again with new bytes.
    assert!(store.decide_letter(letter.id, Decision::Cancel, at(3)).unwrap());
    store.queue_letter(&draft("<1>", "третий"), at(4)).unwrap();
    assert_eq!(only(&store).state, LetterState::Queued);
    assert_eq!(store.letter_bytes(letter.id).unwrap().as_deref(), Some("третий".as_bytes()));
    // One that was sent, or may have been, never does.
    store.begin_letter(letter.id, at(5)).unwrap();
    store.dot_letter(letter.id, at(6)).unwrap();
    store.settle_letter(letter.id, &Settled::Unknown { why: String::new() }, at(7)).unwrap();
    store.queue_letter(&draft("<1>", "четвёртый"), at(8)).unwrap();
    assert_eq!(only(&store).state, LetterState::Unknown);
    assert!(store.decide_letter(letter.id, Decision::Sent, at(9)).unwrap());
    store.queue_letter(&draft("<1>", "пятый"), at(10)).unwrap();
    assert_eq!(only(&store).state, LetterState::Sent);
}

/// A letter of a Message-ID that was cancelled comes again as it is written now.
#[test]
fn a_cancelled_letter_that_comes_again_is_renewed_whole() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    store.queue_letter(&draft("<1>", "один"), at(1)).unwrap();
    let id = only(&store).id;
    assert!(store.decide_letter(id, Decision::Cancel, at(2)).unwrap());
    let again = LetterDraft {
        to: PersonName::new("Орлова-Ким", "Анна", "Львовна"),
        subject: "7А: другая тема".to_owned(),
        kind: "change".to_owned(),
        file: "7А 2.eml".to_owned(),
        ..draft("<1>", "два")
    };
    store.queue_letter(&again, at(3)).unwrap();
    let letter = only(&store);
    assert_eq!((letter.id, letter.state, letter.has_bytes), (id, LetterState::Queued, true));
    assert_eq!(
        (letter.to, letter.subject, letter.kind, letter.file),
        (again.to, again.subject, again.kind, again.file)
    );
    assert_eq!(store.letter_bytes(id).unwrap().as_deref(), Some("два".as_bytes()));
    // A person may take back what a person has cancelled, as long as its bytes are kept.
    assert!(store.decide_letter(id, Decision::Cancel, at(4)).unwrap());
    assert!(store.decide_letter(id, Decision::Resend, at(5)).unwrap());
    assert!(store.decide_letter(id, Decision::Cancel, at(6)).unwrap());
    assert_eq!(store.drop_letter_bytes(at(7)).unwrap(), 1);
    assert!(!store.decide_letter(id, Decision::Resend, at(8)).unwrap());
}

#[test]
fn no_step_is_taken_twice_or_out_of_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    store.queue_letter(&draft("<1>", "текст"), at(1)).unwrap();
    let id = only(&store).id;
    let moved = |result: Result<(), crate::store::StoreError>| *result.unwrap_err().trouble() == Trouble::LetterMoved;
    assert!(moved(store.dot_letter(id, at(2))));
    assert!(moved(store.settle_letter(id, &Settled::Sent, at(2))));
    store.begin_letter(id, at(2)).unwrap();
    assert!(moved(store.begin_letter(id, at(3))));
    assert!(moved(store.hold_letter(id, "", at(3))));
    assert!(!store.decide_letter(id, Decision::Cancel, at(3)).unwrap());
    store.dot_letter(id, at(3)).unwrap();
    assert!(moved(store.dot_letter(id, at(4))));
    store.settle_letter(id, &Settled::Sent, at(4)).unwrap();
    assert!(moved(store.settle_letter(id, &Settled::Sent, at(5))));
    assert_eq!(store.spent_since(at(2)).unwrap().len(), 1);
    assert_eq!(store.spent_since(at(3)).unwrap().len(), 0);
}

#[test]
fn the_end_of_a_letter_and_the_beginning_of_the_next_are_noted_together_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    store.queue_letter(&draft("<1>", "один"), at(1)).unwrap();
    store.queue_letter(&draft("<2>", "два"), at(1)).unwrap();
    let ids: Vec<_> = store.letters().unwrap().iter().map(|letter| letter.id).collect();
    let states = |store: &Store| store.letters().unwrap().iter().map(|letter| letter.state).collect::<Vec<_>>();
    // The first was not begun.
    assert_eq!(*store.go_on_to_letter(ids[0], ids[1], at(2)).unwrap_err().trouble(), Trouble::LetterMoved);
    assert_eq!(states(&store), [LetterState::Queued, LetterState::Queued]);
    store.begin_letter(ids[0], at(2)).unwrap();
    store.dot_letter(ids[0], at(2)).unwrap();
    store.hold_letter(ids[1], "", at(2)).unwrap();
    // The second does not wait.
    assert_eq!(*store.go_on_to_letter(ids[0], ids[1], at(3)).unwrap_err().trouble(), Trouble::LetterMoved);
    assert_eq!(states(&store), [LetterState::Dot, LetterState::Held]);
    assert!(store.decide_letter(ids[1], Decision::Resend, at(3)).unwrap());
    store.go_on_to_letter(ids[0], ids[1], at(4)).unwrap();
    assert_eq!(states(&store), [LetterState::Sent, LetterState::Attempt]);
}

#[test]
fn a_store_beside_reads_what_was_written_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let mut beside = store.beside().unwrap();
    store.queue_letter(&draft("<1>", "один"), at(1)).unwrap();
    let letter = only(&beside);
    assert_eq!(beside.letter_bytes(letter.id).unwrap().as_deref(), Some("один".as_bytes()));
    store.begin_letter(letter.id, at(2)).unwrap();
    assert_eq!(only(&beside).state, LetterState::Attempt);
    assert_eq!(*beside.dot_letter(letter.id, at(3)).unwrap_err().trouble(), Trouble::ReadOnly);
}

#[test]
fn bytes_that_are_not_what_was_recorded_are_not_given_out() {
    for sql in [
        "UPDATE letter_text SET bytes = 'другое'",
        "UPDATE letter SET address = 'other@example.org'",
        "UPDATE letter SET message_id = '<2>'",
        "INSERT INTO class (name, current) VALUES ('7Б', 1); UPDATE letter SET class_id = (SELECT max(id) FROM class)",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(folder.path()).unwrap();
        store.queue_letter(&draft("<1>", "текст"), at(1)).unwrap();
        let id = only(&store).id;
        assert!(store.letter_bytes(id).unwrap().is_some());
        store.connection.execute_batch(&sql.replace("'другое'", "x'00'")).unwrap();
        assert_eq!(store.letter_bytes(id).unwrap(), None, "{sql}");
    }
}

#[test]
fn of_a_letter_that_was_sent_only_who_what_and_when_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let secret = "очень тайный текст письма";
    for (message_id, is_sent) in [("<1>", true), ("<2>", false)] {
        store.queue_letter(&draft(message_id, &format!("{message_id} {secret}")), at(100)).unwrap();
        let id = store.letters().unwrap().last().unwrap().id;
        if is_sent {
            store.begin_letter(id, at(200)).unwrap();
            store.dot_letter(id, at(200)).unwrap();
            store.settle_letter(id, &Settled::Sent, at(200)).unwrap();
        }
    }
    let days = SignedDuration::from_hours(24 * 14);
    assert_eq!(store.drop_letter_bytes(at(200 + days.as_secs()) - days).unwrap(), 0);
    assert_eq!(store.drop_letter_bytes(at(201 + days.as_secs()) - days).unwrap(), 1);
    let letters = store.letters().unwrap();
    let kept: Vec<_> =
        letters.iter().map(|letter| (letter.state, letter.has_bytes, letter.message_id.as_str())).collect();
    assert_eq!(kept, [(LetterState::Sent, false, "<1>"), (LetterState::Queued, true, "<2>")]);
    assert_eq!(letters[0].address.as_str(), "orlova@example.org");
    assert_eq!(store.spent_since(at(0)).unwrap().len(), 0);
}
