//! The store as a whole: what is recorded is read back, whatever it is and whenever the program stops.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;

use jiff::civil::{Date, date};

use super::{
    FILE_NAME, LinkLife, Moment, PackageDraft, PackageStanding, Record, RegisterState, RunInfo, Store, StoreError,
    Trouble, Whom, Work,
};
use crate::school::{
    Audience, Cell, Change, ChangeKind, Chat, ChatKey, ChatKind, ChatOrigin, ChatProgress, ChatRef, Draft, Edition,
    Fingerprint, Guardian, HandedOut, Homeroom, IssuedPaper, Joined, LinkUrl, Member, MemberRole, OldChatKey,
    OldChatRecord, OldChatState, PaperId, PersonId, PersonName, Piece, Place, PupilRef, SchoolClass, SchoolState,
    Scope, StaffContact, Student,
};

mod hardship;
mod letters;
mod links;

/// A small generator: the same numbers in every run of the tests.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }

    fn text(&mut self) -> String {
        let texts =
            ["Иванов", "", "'; DROP TABLE student; --", "a\0b", "ё\u{202e}\n", "👩‍👧", "Ё\"%_", " x ", "О’Нил", "Пётр"];
        texts[self.below(texts.len() as u64) as usize].to_owned()
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(2) == 0).then(|| make(self))
    }

    fn name(&mut self) -> PersonName {
        PersonName { surname: self.text(), given: self.text(), patronymic: self.maybe(Self::text) }
    }

    fn place(&mut self) -> Place {
        let row = self.below(99) as u32;
        Place {
            file: self.text().into(),
            sheet: self.maybe(Self::text).map(Into::into),
            cell: self.maybe(|_| Cell { row, column: 3 }),
            line: self.maybe(|_| row),
        }
    }

    fn state(&mut self) -> SchoolState {
        let mut state = SchoolState::default();
        let names = ["1", "7А", "7.1", "8 Ф/М", "10 профильный", "11Ё"];
        for name in names {
            if self.below(3) == 0 {
                continue;
            }
            let name = class(name);
            let students = Vec::new();
            state.roster.classes.insert(name.clone(), SchoolClass { name: name.clone(), homeroom: None, students });
            let email = self.maybe(|_| "a+b@example.org".parse().unwrap());
            state.homerooms.insert(name.clone(), Homeroom { name: self.name(), email });
            state.papers.insert(PaperId { scope: Scope::Class(name), piece: Piece::Memo }, self.paper());
        }
        let classes: Vec<_> = state.roster.classes.keys().cloned().collect();
        for number in 0..12 {
            if classes.is_empty() || self.below(4) == 0 {
                continue;
            }
            let class = &classes[self.below(classes.len() as u64) as usize];
            let student = self.student(number, class.clone());
            state.roster.classes.get_mut(class).unwrap().students.push(student);
        }
        for kind in ChatKind::ALL {
            if self.below(2) == 0 {
                continue;
            }
            let key = ChatKey::of(&["7А", kind.id(), ["а", "б"][self.below(2) as usize]]);
            let chat = self.chat(key.clone(), kind);
            if self.below(2) == 0 {
                let url = format!("https://max.ru/join/{}", self.below(3));
                state.links.insert(key.clone(), LinkUrl::judged(url));
            }
            let slip = Piece::Slip { chat: key.clone(), student: PersonId::of_bytes([self.below(5) as u8; 16]) };
            for piece in [slip, Piece::Poster { chat: key.clone() }, Piece::Form { audience: chat.audience }] {
                let paper = self.paper();
                state.papers.insert(PaperId { scope: Scope::School, piece }, paper);
            }
            if self.below(2) == 0 {
                state.progress.insert(key.clone(), self.progress());
            }
            if self.below(2) == 0 {
                let (old, record) = self.old_chat(&key);
                state.old_chats.insert(old, record);
            }
            state.chats.insert(key, chat);
        }
        for draft in Draft::ALL {
            if self.below(2) == 0 {
                state.papers.insert(PaperId { scope: Scope::School, piece: Piece::Draft { draft } }, self.paper());
            }
        }
        for _ in 0..self.below(5) {
            let name = self.name();
            state.staff.insert(name.folded(), StaffContact { name, email: None, place: Place::file("штат.xlsx") });
        }
        state
    }

    fn student(&mut self, number: u8, class: crate::school::ClassName) -> Student {
        let guardians = (0..self.below(3)).map(|one| Guardian {
            id: self.maybe(|_| PersonId::of_bytes([100 + number + one as u8; 16])),
            name: self.maybe(Self::name),
            kinship: self.maybe(Self::text),
            phone: self.maybe(|_| "+375290000001".parse().unwrap()),
            email: self.maybe(|_| "x@школа.рф".parse().unwrap()),
        });
        let guardians = guardians.collect();
        Student {
            stable_id: self.maybe(|_| "Л-12".parse().unwrap()),
            id: Some(PersonId::of_bytes([number; 16])),
            class,
            name: self.name(),
            birth_date: self.maybe(|_| date(2013, 2, 28)),
            school: self.maybe(Self::text),
            guardians,
            place: self.place(),
        }
    }

    fn chat(&mut self, key: ChatKey, kind: ChatKind) -> Chat {
        let audiences = [Audience::Students, Audience::Parents, Audience::Staff, Audience::Everyone];
        let roles =
            [MemberRole::Moderator, MemberRole::CoAdmin, MemberRole::Staff, MemberRole::Student, MemberRole::Guardian];
        let members = (0..self.below(8)).map(|_| Member {
            name: self.maybe(Self::name),
            role: roles[self.below(5) as usize],
            student: self.maybe(Self::name),
            id: self.maybe(|_| PersonId::of_bytes([1; 16])),
            student_id: self.maybe(|_| PersonId::of_bytes([2; 16])),
        });
        let members = members.collect();
        Chat {
            key,
            kind,
            title: ["7А родители", "Чат «Ё»"][self.below(2) as usize].parse().unwrap(),
            class: self.maybe(|_| class("9В")),
            topic: self.maybe(Self::text),
            group: self.maybe(Self::text),
            audience: audiences[self.below(4) as usize],
            moderator: self.maybe(Self::name),
            co_admins: (0..self.below(3)).map(|_| self.name()).collect(),
            members,
        }
    }

    fn old_chat(&mut self, key: &ChatKey) -> (OldChatKey, OldChatRecord) {
        let chat = self.maybe(|_| key.clone());
        let state = OldChatState::ALL[self.below(4) as usize];
        let since = date(2026, 9, 1 + self.below(20) as i8);
        let responsible = self.maybe(Self::text);
        let until = self.maybe(|_| date(2026, 10, 1));
        (
            OldChatKey::recorded(self.text()),
            OldChatRecord { words: self.text(), chat, state, since, responsible, until },
        )
    }

    fn progress(&mut self) -> ChatProgress {
        ChatProgress {
            origin: Some(ChatOrigin::ALL[self.below(2) as usize]),
            handed_out: self.maybe(|_| HandedOut::On(date(2026, 9, 2))),
            joined: self.maybe(|dice| match dice.below(3) {
                0 => Joined::Everybody,
                number => Joined::Number(number as u32),
            }),
        }
    }

    fn paper(&mut self) -> IssuedPaper {
        let edition = Edition { version: 1 + self.below(2) as u32, issued: date(2026, 9, 1) };
        let mut sum = || Fingerprint::of_sum([self.below(2) as u8; 32]);
        IssuedPaper { edition, content: sum(), core: sum() }
    }
}

fn class(text: &str) -> crate::school::ClassName {
    text.parse().unwrap()
}

struct Extra<'a> {
    date: Date,
    rekeyed: BTreeMap<ChatKey, ChatKey>,
    changes: &'a [Change],
    packages: &'a [PackageDraft],
}

const NOTHING: Extra<'static> = Extra { date: date(2026, 9, 1), rekeyed: BTreeMap::new(), changes: &[], packages: &[] };

#[track_caller]
fn record(store: &mut Store, after: &SchoolState, extra: &Extra<'_>) {
    try_record(store, after, extra).unwrap();
    let read = store.state().unwrap();
    assert_eq!(read.state(), after);
}

fn try_record(store: &mut Store, after: &SchoolState, extra: &Extra<'_>) -> Result<(), StoreError> {
    let before = store.state()?;
    let record = Record {
        run: RunInfo { date: extra.date, at: jiff::Timestamp::UNIX_EPOCH },
        before: &before,
        after,
        rekeyed: &extra.rekeyed,
        renamed: &BTreeMap::new(),
        changes: extra.changes,
        packages: extra.packages,
        register: RegisterState::Current,
        taken_back: &[],
        received: crate::store::Received::Settled,
    };
    store.record(&record).map(drop)
}

#[test]
fn whatever_is_recorded_is_read_back() {
    for seed in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let mut dice = Dice(seed);
        let mut store = Store::open(folder.path()).unwrap();
        for _ in 0..8 {
            let state = dice.state();
            record(&mut store, &state, &NOTHING);
        }
        record(&mut store, &SchoolState::default(), &NOTHING);
    }
}

#[test]
fn chats_that_change_their_keys_keep_their_history() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let (seven, eight, nine) = (ChatKey::of(&["7А"]), ChatKey::of(&["8А"]), ChatKey::of(&["9А"]));
    let link = |text: &str| LinkUrl::judged(text.to_owned());
    let mut state = SchoolState::default();
    state.links.insert(seven.clone(), link("https://max.ru/join/7"));
    state.links.insert(eight.clone(), link("https://max.ru/join/8"));
    record(&mut store, &state, &NOTHING);
    let mut after = SchoolState::default();
    after.links.insert(eight.clone(), link("https://max.ru/join/7"));
    after.links.insert(nine.clone(), link("https://max.ru/join/8"));
    let rekeyed = BTreeMap::from([(seven.clone(), eight.clone()), (eight.clone(), nine.clone())]);
    record(&mut store, &after, &Extra { rekeyed, ..NOTHING });
    for (key, url) in [(&eight, "https://max.ru/join/7"), (&nine, "https://max.ru/join/8")] {
        let links = store.links_of_chat(key).unwrap();
        assert_eq!(links.len(), 1);
        assert_eq!((links[0].url.as_str(), links[0].life), (url, LinkLife::Active));
    }
    assert_eq!(store.links_of_chat(&seven).unwrap(), []);
    after.links.insert(nine.clone(), link("https://max.ru/join/new"));
    record(&mut store, &after, &NOTHING);
    assert_eq!(store.links_of_chat(&nine).unwrap()[0].life, LinkLife::Replaced);
}

#[test]
fn a_state_of_the_past_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let before = store.state().unwrap();
    record(&mut store, &Dice(1).state(), &NOTHING);
    let (after, rekeyed) = (SchoolState::default(), BTreeMap::new());
    let run = RunInfo { date: NOTHING.date, at: jiff::Timestamp::UNIX_EPOCH };
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
}

#[test]
fn a_stop_leaves_the_old_state_or_the_new_one() {
    for stop in [Moment::BeforeCommit(Work::Recording), Moment::AfterCommit(Work::Recording)] {
        let folder = tempfile::tempdir().unwrap();
        let state = Dice(3).state();
        let watcher = move |moment| if moment == stop { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
        let mut store = Store::open_watched(folder.path(), None, Some(Box::new(watcher))).unwrap();
        let error = try_record(&mut store, &state, &NOTHING).unwrap_err();
        assert_eq!(error.trouble(), &Trouble::Stopped);
        // The files as a killed process leaves them.
        let left = tempfile::tempdir().unwrap();
        for name in [FILE_NAME, "zavuch.db-wal"] {
            std::fs::copy(folder.path().join(name), left.path().join(name)).unwrap();
        }
        let expected = if stop == Moment::BeforeCommit(Work::Recording) { SchoolState::default() } else { state };
        assert_eq!(Store::read(left.path()).unwrap().unwrap().state().unwrap().state(), &expected);
        assert_eq!(Store::open(left.path()).unwrap().state().unwrap().state(), &expected);
    }
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn reading_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("школа 100% ?#");
    std::fs::create_dir(&folder).unwrap();
    assert!(Store::read(&folder).unwrap().is_none());
    assert!(names(&folder).is_empty());
    record(&mut Store::open(&folder).unwrap(), &Dice(5).state(), &NOTHING);
    let bytes = std::fs::read(folder.join(FILE_NAME)).unwrap();
    let mut store = Store::read(&folder).unwrap().unwrap();
    assert_eq!(store.state().unwrap().state(), &Dice(5).state());
    assert_eq!(try_record(&mut store, &SchoolState::default(), &NOTHING).unwrap_err().trouble(), &Trouble::ReadOnly);
    drop(store);
    assert_eq!(names(&folder), [FILE_NAME]);
    assert_eq!(std::fs::read(folder.join(FILE_NAME)).unwrap(), bytes);
}

#[cfg(unix)]
#[test]
fn the_files_are_their_owners_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    record(&mut store, &Dice(5).state(), &NOTHING);
    for name in names(folder.path()) {
        let mode = std::fs::metadata(folder.path().join(&name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn files_that_are_not_a_store_stay_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE_NAME);
    crate::workspace::write_new(&path, "no database at all".repeat(500).as_bytes()).unwrap();
    for trouble in [Store::open(&path).unwrap_err(), Store::read(&path).unwrap_err()] {
        assert_eq!(trouble.trouble(), &Trouble::Damaged);
    }
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("no database"));
    std::fs::remove_file(&path).unwrap();
    let store = Store::open(&path).unwrap();
    store.connection.pragma_update(None, "user_version", 99).unwrap();
    drop(store);
    assert_eq!(Store::open(&path).unwrap_err().trouble(), &Trouble::Newer);
    assert_eq!(Store::read(&path).unwrap_err().trouble(), &Trouble::Newer);
}

#[test]
fn a_full_disk_leaves_the_old_state() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let pages: i64 = store.connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    let limit = |number: i64| format!("PRAGMA max_page_count = {number}");
    store.connection.query_row(&limit(pages), [], |_| Ok(())).unwrap();
    let mut state = Dice(5).state();
    for number in 0..500 {
        let name = PersonName::new(&"Я".repeat(200), &number.to_string(), "");
        state.staff.insert(name.folded(), StaffContact { name, email: None, place: Place::file("штат.xlsx") });
    }
    assert_eq!(try_record(&mut store, &state, &NOTHING).unwrap_err().trouble(), &Trouble::DiskFull);
    assert_eq!(store.state().unwrap().state(), &SchoolState::default());
    store.connection.query_row(&limit(1_000_000), [], |_| Ok(())).unwrap();
    record(&mut store, &state, &NOTHING);
}

#[test]
fn another_writer_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let other = Store::open(folder.path()).unwrap();
    other.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = try_record(&mut store, &Dice(5).state(), &NOTHING).unwrap_err();
    assert_eq!(error.trouble(), &Trouble::Busy);
    assert!(error.is_temporary());
}

#[test]
fn packages_are_numbered_when_they_are_given() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let scope = Scope::Class(class("7А"));
    let draft = |content: &str| PackageDraft {
        scope: scope.clone(),
        issued: NOTHING.date,
        content: content.to_owned(),
        cancels: Vec::new(),
    };
    let state = SchoolState::default();
    for content in ["one", "two"] {
        record(&mut store, &state, &Extra { packages: &[draft(content)], ..NOTHING });
    }
    let open = store.open_packages().unwrap();
    assert_eq!(open.iter().map(|one| one.content.as_deref()).collect::<Vec<_>>(), [Some("two")]);
    assert_eq!(store.next_number(&scope, NOTHING.date).unwrap(), 1);
    store.close_package(open[0].id, "given", Some(1), &[], jiff::Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(
        store.close_package(open[0].id, "", None, &[], jiff::Timestamp::UNIX_EPOCH).unwrap_err().trouble(),
        &Trouble::NoOpenPackage
    );
    assert_eq!(store.next_number(&scope, NOTHING.date).unwrap(), 2);
    record(&mut store, &state, &Extra { packages: &[draft("three")], ..NOTHING });
    let history = store.packages(&scope).unwrap();
    assert_eq!(history[0].standing, PackageStanding::Closed { number: Some(1) });
    assert_eq!(history[0].content.as_deref(), Some("given"));
    assert_eq!(history[1].standing, PackageStanding::Open);
}

#[test]
fn who_is_forgotten_is_not_in_the_files_any_more() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let key = ChatKey::of(&["7А", "родители"]);
    let chat = ChatRef { key: key.clone(), title: "7А родители".parse().unwrap() };
    let mut dice = Dice(9);
    let mut student = dice.student(1, class("7А"));
    let id = PersonId::of_bytes([1; 16]);
    student.name = PersonName::new("Забывайкин", "Фёдор", "");
    let mother = PersonName::new("Забывайкина", "Анна", "Петровна");
    student.guardians = vec![Guardian { id: None, name: Some(mother), kinship: None, phone: None, email: None }];
    let mut state = SchoolState::default();
    let name = class("7А");
    let seven = SchoolClass { name: name.clone(), homeroom: None, students: vec![student.clone()] };
    state.roster.classes.insert(name.clone(), seven);
    let slip = PaperId { scope: Scope::Class(name.clone()), piece: Piece::Slip { chat: key.clone(), student: id } };
    state.papers.insert(slip, dice.paper());
    record(&mut store, &state, &NOTHING);
    let change =
        |what| Change {
            scope: Scope::Class(name.clone()), what, why: "нет в списках".to_owned(), source: None
        };
    let changes = [
        change(ChangeKind::Left(PupilRef { id, name: student.name.clone(), detail: crate::school::NameDetail::Usual })),
        change(ChangeKind::Removal {
            chat,
            who: "Забывайкина Анна Петровна (мать: Забывайкин Фёдор)".to_owned(),
            pupil: Some(id),
        }),
    ];
    let content = "{\"who\":\"Забывайкин Фёдор\"}".to_owned();
    let packages = [PackageDraft { scope: Scope::School, issued: NOTHING.date, content, cancels: Vec::new() }];
    record(&mut store, &SchoolState::default(), &Extra { changes: &changes, packages: &packages, ..NOTHING });
    assert_eq!(store.former().unwrap()[0].student, student);
    assert_eq!(store.former().unwrap()[0].why, "нет в списках");
    assert_eq!(store.events_of_person(id).unwrap().len(), 2);
    assert_eq!(store.events_of_chat(&key).unwrap().len(), 1);
    assert_eq!(store.events_of_class(&name).unwrap().len(), 2);
    let later = date(2026, 10, 2);
    assert_eq!(store.count_forget(Whom::LeftBefore(later)).unwrap().kept, [id]);
    let open = store.open_packages().unwrap();
    store
        .close_package(open[0].id, open[0].content.as_deref().unwrap(), None, &[], jiff::Timestamp::UNIX_EPOCH)
        .unwrap();
    let counted = store.count_forget(Whom::LeftBefore(later)).unwrap();
    assert_eq!(store.forget(Whom::LeftBefore(later), later).unwrap(), counted);
    assert_eq!((counted.people.as_slice(), counted.guardians, counted.events), ([id].as_slice(), 1, 2));
    assert_eq!((counted.papers, counted.packages.as_slice()), (1, [open[0].id].as_slice()));
    for file in names(folder.path()) {
        let bytes = std::fs::read(folder.path().join(&file)).unwrap();
        for word in ["Забывайкин", "Фёдор", "Петровна"] {
            assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()), "{word} in {file}");
        }
    }
}

/// A teacher of one of the courses is the mother of one Жуков Иван; of two who left only one was in the chat.
#[test]
fn only_who_was_removed_counts_as_removed() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = Store::open(folder.path()).unwrap();
    let mut dice = Dice(11);
    let seven = class("7А");
    let students = [1, 2].map(|number| {
        let mut student = dice.student(number, seven.clone());
        student.name = PersonName::new("Жуков", "Иван", "");
        let mother = PersonName::new("Жукова", "Анна", "Петровна");
        student.guardians = vec![Guardian { id: None, name: Some(mother), kinship: None, phone: None, email: None }];
        student
    });
    let [was_in, was_not] = [1, 2].map(|number| PersonId::of_bytes([number; 16]));
    let mut state = SchoolState::default();
    let whole = SchoolClass { name: seven.clone(), homeroom: None, students: students.to_vec() };
    state.roster.classes.insert(seven.clone(), whole);
    record(&mut store, &state, &NOTHING);
    let [robots, chess, parents] = ["роботы", "шахматы", "родители"].map(|name| ChatKey::of(&[name]));
    let removal = |key: &ChatKey, who: &str, pupil| {
        let chat = ChatRef { key: key.clone(), title: "Курс".parse().unwrap() };
        let what = ChangeKind::Removal { chat, who: who.to_owned(), pupil };
        Change { scope: Scope::School, what, why: "нет в списках".to_owned(), source: None }
    };
    let changes = [
        removal(&robots, "Жуков Иван", Some(was_in)),
        removal(&chess, "Жукова Анна Петровна", None),
        removal(&parents, "Жукова Анна Петровна (родитель: Жуков Иван)", Some(was_in)),
    ];
    record(&mut store, &SchoolState::default(), &Extra { changes: &changes, ..NOTHING });
    let of = |ids: &[PersonId]| ids.iter().copied().collect::<BTreeSet<_>>();
    let expected = BTreeMap::from([(robots.clone(), of(&[was_in])), (parents.clone(), of(&[was_in]))]);
    assert_eq!(store.removed_former().unwrap(), expected);
    // Each of them is forgotten with the words that may name the other.
    assert_eq!(store.events_of_person(was_not).unwrap().len(), 3);
    // What an earlier version of the program recorded does not tell: anybody of the name counts.
    let path = folder.path().join("zavuch.db");
    drop(store);
    rusqlite::Connection::open(path).unwrap().execute("UPDATE event_mention SET is_subject = NULL", []).unwrap();
    let removed = Store::open(folder.path()).unwrap().removed_former().unwrap();
    assert_eq!(removed.len(), 3);
    assert!(removed.values().all(|people| *people == of(&[was_in, was_not])));
}
