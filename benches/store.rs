//! The speed of the store: reading everything, recording one change, recording nothing but moved rows.
//!
//! `cargo bench --bench store`: a school of 1000 pupils with 487 chats and 3500 papers; medians in milliseconds.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![expect(clippy::expect_used, reason = "a benchmark that cannot run has no figures")]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::civil::date;
use zavuch::school::{
    Audience, Chat, ChatKey, ChatKind, ClassName, Edition, Fingerprint, Guardian, IssuedPaper, LinkUrl, Member,
    MemberRole, PaperId, PersonId, PersonName, Piece, Place, SchoolClass, SchoolState, Scope, Student,
};
use zavuch::store::{Record, RegisterState, RunInfo, Store};

const CLASSES: u32 = 40;
const IN_CLASS: u32 = 25;
const CHATS_OF_CLASS: u32 = 12;
const CHATS: usize = 487;
const SLIPS_OF_PUPIL: u32 = 3;
const TIMES: usize = 15;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = school();
    let mut store = Store::open(folder.path()).expect("a store");
    let (pupils, chats, papers) = (first.roster.students().count(), first.chats.len(), first.papers.len());
    println!("{pupils} pupils, {chats} chats, {papers} papers");
    report("record everything", &[timed(|| record(&mut store, &first))]);
    drop(store);
    report("open for writing", &times(|_| drop(Store::open(folder.path()).expect("a store"))));
    report("open for reading", &times(|_| drop(Store::read(folder.path()).expect("a store"))));
    let mut store = Store::open(folder.path()).expect("a store");
    report("state", &times(|_| drop(store.state().expect("a state"))));
    report("record one change", &recordings(&mut store, |state, time| rename(state, &format!("Новая{time}"))));
    report("record a row above all", &recordings(&mut store, |state, time| move_rows(state, 1 + time as u32)));
    report("record nothing", &recordings(&mut store, |_, _| ()));
    report("last versions", &times(|_| drop(store.last_versions().expect("versions"))));
}

/// The time of recording alone: the state is read before.
fn recordings(store: &mut Store, change: impl Fn(&mut SchoolState, usize)) -> Vec<Duration> {
    let mut times = Vec::new();
    for time in 0..TIMES {
        let before = store.state().expect("a state");
        let mut after = before.state().clone();
        change(&mut after, time);
        times.push(timed(|| {
            let run = RunInfo { date: date(2026, 9, 8), at: jiff::Timestamp::UNIX_EPOCH };
            let rekeyed = BTreeMap::new();
            store
                .record(&Record {
                    run,
                    before: &before,
                    after: &after,
                    rekeyed: &rekeyed,
                    changes: &[],
                    packages: &[],
                    renamed: &BTreeMap::new(),
                    register: RegisterState::Current,
                    taken_back: &[],
                    received: zavuch::store::Received::Settled,
                })
                .expect("recorded");
        }));
    }
    times
}

fn record(store: &mut Store, after: &SchoolState) {
    let before = store.state().expect("a state");
    let run = RunInfo { date: date(2026, 9, 1), at: jiff::Timestamp::UNIX_EPOCH };
    let rekeyed = BTreeMap::new();
    let record = Record {
        run,
        before: &before,
        after,
        rekeyed: &rekeyed,
        changes: &[],
        packages: &[],
        renamed: &BTreeMap::new(),
        register: RegisterState::Current,
        taken_back: &[],
        received: zavuch::store::Received::Settled,
    };
    store.record(&record).expect("recorded");
}

fn rename(state: &mut SchoolState, surname: &str) {
    let class = state.roster.classes.values_mut().next().expect("a class");
    let student = &mut class.students[3];
    surname.clone_into(&mut student.name.surname);
    let id = student.id;
    for chat in state.chats.values_mut() {
        for member in std::sync::Arc::make_mut(&mut chat.members).iter_mut().filter(|member| member.id == id) {
            member.name = Some(PersonName::new(surname, "Пётр", "Ильич"));
        }
    }
    for (paper, issued) in &mut state.papers {
        if matches!(&paper.piece, Piece::Slip { student, .. } if Some(*student) == id) {
            issued.edition.version += 1;
        }
    }
}

/// What a new line at the top of the list does.
fn move_rows(state: &mut SchoolState, by: u32) {
    for student in state.roster.classes.values_mut().flat_map(|class| &mut class.students) {
        let cell = student.place.cell.expect("a cell");
        student.place = student.place.at(cell.row + by, cell.column);
    }
}

fn times(mut work: impl FnMut(usize)) -> Vec<Duration> {
    (0..TIMES).map(|time| timed(|| work(time))).collect()
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn report(what: &str, times: &[Duration]) {
    let mut sorted = times.to_vec();
    sorted.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!("{what:<24} {:8.2} ms (best {:.2})", ms(sorted[sorted.len() / 2]), ms(sorted[0]));
}

fn id(kind: u8, number: u32) -> PersonId {
    let mut bytes = [kind; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    PersonId::of_bytes(bytes)
}

fn school() -> SchoolState {
    let mut state = SchoolState::default();
    for number in 0..CLASSES {
        let letter = ['А', 'Б', 'В', 'Г'][number as usize % 4];
        let name: ClassName = format!("{}{letter}", 1 + number / 4).parse().expect("a class");
        let students: Vec<Student> = (0..IN_CLASS).map(|seat| student(number * IN_CLASS + seat, &name)).collect();
        for subject in 0..CHATS_OF_CLASS {
            let chat = chat(&name, subject, &students);
            add_papers(&mut state, &name, &chat.key, subject, &students);
            state.links.insert(chat.key.clone(), LinkUrl::judged(format!("https://max.ru/join/{}", chat.key)));
            state.chats.insert(chat.key.clone(), chat);
        }
        let class = SchoolClass { name: name.clone(), homeroom: None, students };
        state.roster.classes.insert(name, class);
    }
    while state.chats.len() < CHATS {
        let mut chat = chat(&"11А".parse().expect("a class"), 100 + state.chats.len() as u32, &[]);
        chat.class = None;
        state.chats.insert(chat.key.clone(), chat);
    }
    state
}

fn student(number: u32, class: &ClassName) -> Student {
    let guardians = (0..2).map(|one| Guardian {
        id: Some(id(2 + one, number)),
        name: Some(PersonName::new(&format!("Петрова{number}"), "Анна", "Львовна")),
        kinship: Some("мать".to_owned()),
        phone: Some("+79440000001".parse().expect("a telephone")),
        email: Some("semya@example.org".parse().expect("an address")),
    });
    Student {
        id: Some(id(1, number)),
        class: class.clone(),
        name: PersonName::new(&format!("Петров{number}"), "Пётр", "Ильич"),
        birth_date: Some(date(2013, 5, 4)),
        school: None,
        stable_id: None,
        guardians: guardians.collect(),
        place: Place::sheet("списки/все.xlsx", "Лист1").at(number, 1),
    }
}

fn chat(class: &ClassName, subject: u32, students: &[Student]) -> Chat {
    let audience = if subject == 1 { Audience::Parents } else { Audience::Students };
    let members = students.iter().flat_map(|student| match audience {
        Audience::Parents => student
            .guardians
            .iter()
            .map(|guardian| Member {
                name: guardian.name.clone(),
                role: MemberRole::Guardian,
                student: Some(student.name.clone()),
                id: guardian.id,
                student_id: student.id,
            })
            .collect(),
        _ => vec![Member {
            name: Some(student.name.clone()),
            role: MemberRole::Student,
            student: None,
            id: student.id,
            student_id: None,
        }],
    });
    let teacher = PersonName::new("Кузнецова", "Ольга", "Сергеевна");
    Chat {
        key: ChatKey::of(&[&class.to_string(), "предмет", &subject.to_string()]),
        kind: ChatKind::ClassSubject,
        title: format!("{class} — предмет {subject}").parse().expect("a title"),
        class: Some(class.clone()),
        topic: Some(format!("предмет {subject}")),
        group: None,
        audience,
        moderator: Some(teacher.clone()),
        co_admins: vec![teacher],
        members: members.collect(),
    }
}

fn add_papers(state: &mut SchoolState, class: &ClassName, chat: &ChatKey, subject: u32, students: &[Student]) {
    let mut add = |piece: Piece| {
        let edition = Edition { version: 1, issued: date(2026, 9, 1) };
        let sum = Fingerprint::of_sum([7; 32]);
        let id = PaperId { scope: Scope::Class(class.clone()), piece };
        state.papers.insert(id, IssuedPaper { edition, content: sum, core: sum });
    };
    add(Piece::Poster { chat: chat.clone() });
    if subject < SLIPS_OF_PUPIL {
        for student in students {
            add(Piece::Slip { chat: chat.clone(), student: student.id.expect("an id") });
        }
    }
}
