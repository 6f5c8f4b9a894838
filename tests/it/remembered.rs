//! A school whose runs are recorded by the store itself, for the commands that read what was recorded.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use jiff::civil::Date;
use tempfile::TempDir;
use zavuch::plan::changes::{Circumstances, PaperContent, changes, with_editions};
use zavuch::school::{
    Audience, Chat, ChatKey, ChatKind, ClassName, Fingerprint, Guardian, Homeroom, LinkMode, LinkUrl, Member,
    MemberRole, PaperId, PersonId, PersonName, Piece, Place, SchoolClass, SchoolState, Scope, StaffContact, Student,
};
use zavuch::store::{PackageDraft, Record, RegisterState, RunInfo, Store};

use crate::call::{Answer, call};

/// A pupil as a list names them: id, class, name, mother.
pub(crate) type Row = (u8, &'static str, &'static str, &'static str);

/// A workspace with a store.
pub(crate) struct Remembered {
    folder: TempDir,
}

impl Remembered {
    /// A workspace in which nothing was recorded yet.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a scratch folder");
        fs::create_dir(folder.path().join("школа")).expect("a folder");
        fs::write(folder.path().join("школа/zavuch.toml"), "").expect("settings");
        Self { folder }
    }

    /// The workspace.
    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("школа")
    }

    /// Runs a command beside the workspace.
    pub(crate) fn call(&self, arguments: &[&str]) -> Answer {
        call(self.folder.path(), arguments)
    }

    /// The store, for writing.
    pub(crate) fn store(&self) -> Store {
        Store::open(&self.path()).expect("a store")
    }

    /// Records a run of a day that finds these pupils and these links of the parents' chats.
    pub(crate) fn record(&self, on: Date, rows: &[Row], links: &[(&str, &str)]) {
        self.record_with(on, rows, links, &[]);
    }

    /// The same with packages that are to be given.
    pub(crate) fn record_with(&self, on: Date, rows: &[Row], links: &[(&str, &str)], packages: &[PackageDraft]) {
        let mut store = self.store();
        let before = store.state().expect("a state");
        let last = store.last_versions().expect("versions");
        let mut after = state(rows, links);
        after.papers = with_editions(contents(&after), &before.state().papers, &last, on);
        let circumstances = Circumstances {
            evidence: &BTreeMap::new(),
            returned: &BTreeMap::new(),
            unissued: &BTreeSet::new(),
            successors: &BTreeMap::new(),
            mode: &LinkMode::Direct,
        };
        let changes = changes(before.state(), &after, circumstances);
        let record = Record {
            run: RunInfo { date: on, at: jiff::Timestamp::UNIX_EPOCH },
            before: &before,
            after: &after,
            rekeyed: &BTreeMap::new(),
            renamed: &BTreeMap::new(),
            changes: &changes,
            packages,
            register: RegisterState::Current,
            taken_back: &[],
            received: zavuch::store::Received::Settled,
        };
        store.record(&record).expect("recorded");
    }
}

pub(crate) fn class(text: &str) -> ClassName {
    text.parse().expect("a class")
}

fn name(text: &str) -> PersonName {
    let mut parts = text.splitn(3, ' ');
    let mut part = || parts.next().unwrap_or_default();
    PersonName::new(part(), part(), part())
}

fn id(number: u8) -> PersonId {
    PersonId::of_bytes([number; 16])
}

fn state(rows: &[Row], links: &[(&str, &str)]) -> SchoolState {
    let mut state = SchoolState::default();
    let teacher = name("Кузнецова Ольга Сергеевна");
    state.staff.insert(
        teacher.folded(),
        StaffContact { name: teacher.clone(), email: None, place: Place::sheet("штат.xlsx", "Штат").at(1, 0) },
    );
    for (index, (number, of, named, mother)) in rows.iter().enumerate() {
        let class = class(of);
        let mother = Guardian {
            id: Some(id(number + 100)),
            name: Some(name(mother)),
            kinship: Some("мать".to_owned()),
            phone: Some("+79440000001".parse().expect("a telephone")),
            email: None,
        };
        let student = Student {
            id: Some(id(*number)),
            class: class.clone(),
            name: name(named),
            birth_date: Some(jiff::civil::date(2013, 5, 4)),
            school: None,
            stable_id: None,
            guardians: vec![mother],
            place: Place::sheet("списки/7.xlsx", of).at(index as u32 + 1, 1),
        };
        let empty = || SchoolClass { name: class.clone(), homeroom: None, students: Vec::new() };
        state.roster.classes.entry(class.clone()).or_insert_with(empty).students.push(student);
    }
    let classes: Vec<SchoolClass> = state.roster.classes.values().cloned().collect();
    for SchoolClass { name, students, .. } in classes {
        let homeroom = Homeroom { name: teacher.clone(), email: None };
        state.homerooms.insert(name.clone(), homeroom);
        for kind in [ChatKind::ClassStudents, ChatKind::ClassParents] {
            let chat = chat(kind, &name, &teacher, &students);
            state.chats.insert(chat.key.clone(), chat);
        }
    }
    for (of, url) in links {
        state.links.insert(ChatKey::of(&[of, "родители"]), LinkUrl::judged((*url).to_owned()));
    }
    state
}

fn chat(kind: ChatKind, of: &ClassName, teacher: &PersonName, students: &[Student]) -> Chat {
    let (word, audience) = match kind {
        ChatKind::ClassStudents => ("ученики", Audience::Students),
        _ => ("родители", Audience::Parents),
    };
    let moderator =
        Member { name: Some(teacher.clone()), role: MemberRole::Moderator, student: None, id: None, student_id: None };
    let members = students.iter().flat_map(|student| match kind {
        ChatKind::ClassStudents => vec![Member {
            name: Some(student.name.clone()),
            role: MemberRole::Student,
            student: None,
            id: student.id,
            student_id: None,
        }],
        _ => student.guardians.iter().map(|guardian| guardian_of(guardian, student)).collect(),
    });
    Chat {
        key: ChatKey::of(&[&of.to_string(), word]),
        kind,
        title: format!("{of} — {word}").parse().expect("a title"),
        class: Some(of.clone()),
        topic: None,
        group: None,
        audience,
        moderator: Some(teacher.clone()),
        co_admins: Vec::new(),
        members: [moderator].into_iter().chain(members).collect(),
    }
}

fn guardian_of(guardian: &Guardian, student: &Student) -> Member {
    Member {
        name: guardian.name.clone(),
        role: MemberRole::Guardian,
        student: Some(student.name.clone()),
        id: guardian.id,
        student_id: student.id,
    }
}

/// A poster, a slip for each pupil and a memo, each made from its link and names.
fn contents(state: &SchoolState) -> Vec<PaperContent> {
    let mut contents = Vec::new();
    for class in state.roster.classes.values() {
        let key = ChatKey::of(&[&class.name.to_string(), "родители"]);
        let mut add = |piece: Piece, from: &str| {
            let content = sum(from);
            contents.push(PaperContent {
                id: PaperId { scope: Scope::Class(class.name.clone()), piece },
                content,
                core: content,
            });
        };
        add(Piece::Memo, "памятка");
        let Some(link) = state.links.get(&key) else { continue };
        add(Piece::Poster { chat: key.clone() }, link.as_str());
        for student in &class.students {
            let from = format!("{} {}", link.as_str(), student.name);
            add(Piece::Slip { chat: key.clone(), student: student.id.expect("an id") }, &from);
        }
    }
    contents
}

fn sum(text: &str) -> Fingerprint {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let mut sum = [0; 32];
    sum[..8].copy_from_slice(&hasher.finish().to_le_bytes());
    Fingerprint::of_sum(sum)
}
