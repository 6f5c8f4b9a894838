//! Staff, load, groups, links, acknowledgements: the same rows out of every form and layout of one table, and the same
//! refusal of what is no table as for a class list.

use std::fs;
use std::path::Path;

use jiff::civil::date;
use zavuch::links::read_register;
use zavuch::roster;
use zavuch::school::{Audience, Chat, ChatKey, ChatKind, Issue, LinkState, PersonName, Platform};
use zavuch::tables::Source;

/// The rows of a table, each as a line, and its issues as «kind: column», without the row, which the layouts move.
struct Rows {
    lines: Vec<String>,
    issues: Vec<Issue>,
}

fn source(path: &str) -> Source {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(path);
    Source { label: path.file_name().unwrap().to_string_lossy().into_owned(), path }
}

/// Every file of a folder gives the same rows, and `kinds` of issues and no others.
#[track_caller]
fn check(folder: &str, read: impl Fn(&Source) -> Rows, expected: &[&str], kinds: &[&str]) {
    let mut files = 0;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/small_tables").join(folder);
    for entry in fs::read_dir(path).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let Rows { lines, issues } = read(&source(&format!("small_tables/{folder}/{name}")));
        assert_eq!(lines, expected, "{folder}/{name}");
        assert_eq!(
            issues.iter().map(|issue| issue.kind.id()).collect::<Vec<_>>(),
            kinds,
            "{folder}/{name}: {issues:?}"
        );
        files += 1;
    }
    assert_eq!(files, 20, "{folder}");
    refuses_like_a_class_list(read);
}

/// What is no table, or a damaged one, is refused in the words in which a class list is.
#[track_caller]
fn refuses_like_a_class_list(read: impl Fn(&Source) -> Rows) {
    for name in [
        "truncated.xlsx",
        "truncated.xls",
        "bad_crc.xlsx",
        "encrypted.xlsx",
        "encrypted.xls",
        "encrypted.ods",
        "binary.xlsb",
        "document.docx",
        "document.doc",
        "notes.zip",
        "zip_bomb.xlsx",
        "lying_zip.xlsx",
        "sparse_bomb.xls",
        "repeats_bomb.ods",
        "~$list.xlsx",
        "нет такого.xlsx",
    ] {
        let source = source(&format!("tables/{name}"));
        let list = roster::read(std::slice::from_ref(&source), &roster::ColumnWords::default(), date(2026, 9, 1));
        let refused = |issue: &&Issue| *issue.place.file == *source.label;
        let expected: Vec<_> = list.issues.iter().filter(refused).cloned().collect();
        assert_eq!(expected.len(), 1, "{name}");
        assert_eq!(read(&source).issues, expected, "{name}");
    }
}

fn name(name: Option<&PersonName>) -> String {
    name.map(ToString::to_string).unwrap_or_default()
}

fn joined(values: &[impl ToString]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}

#[test]
fn staff() {
    let read = |source: &Source| {
        let read = roster::read_staff(source);
        let line = |member: &zavuch::school::StaffMember| {
            let email = member.email.as_ref().map_or("", |email| email.as_str());
            let (subjects, homeroom) = (member.subjects.join(","), joined(&member.homeroom));
            format!("{}|{}|{:?}|{email}|{subjects}|{homeroom}", member.name, member.post, member.role)
        };
        Rows { lines: read.value.members.iter().map(line).collect(), issues: read.issues }
    };
    let expected = [
        "Орлова Вера Павловна|директор|Director|orlova@example.org||",
        "Петрова Ольга Сергеевна|учитель|Teacher|petrova@example.org|Алгебра,Геометрия|7А,7Б",
        "Котова Анна Ильинична|учитель|Teacher|kotova@example.org|Физика|5",
    ];
    check("staff", read, &expected, &[]);
}

#[test]
fn load() {
    let read = |source: &Source| {
        let read = roster::read_load(source);
        let line = |lesson: &zavuch::school::Lesson| {
            let group = lesson.group.as_deref().unwrap_or_default();
            format!("{}|{}|{}|{group}", lesson.class, lesson.subject, lesson.teacher)
        };
        Rows { lines: read.value.lessons.iter().map(line).collect(), issues: read.issues }
    };
    let expected = [
        "7А|Алгебра|Петрова Ольга Сергеевна|",
        "7А|Английский язык|Котова Анна Ильинична|1",
        "7А|Английский язык|Волков Пётр Ильич|2",
        "5|Физика|Котова Анна Ильинична|",
    ];
    check("load", read, &expected, &[]);
}

#[test]
fn groups() {
    let read = |source: &Source| {
        let read = roster::read_groups(source);
        let line = |group: &zavuch::school::Group| {
            let (leader, classes, people) =
                (name(group.leader.as_ref()), joined(&group.classes), joined(&group.people));
            format!("{:?}|{}|{leader}|{classes}|{people}", group.kind, group.title)
        };
        Rows { lines: read.value.groups.iter().map(line).collect(), issues: read.issues }
    };
    let expected = [
        "Course|Робототехника|Волков Пётр Ильич|7А,7Б|Иванов Иван,Сидорова Анна",
        "Event|День города|Котова Анна Ильинична|5|",
        "Methodical|Точные науки|Петрова Ольга Сергеевна||Котова Анна Ильинична",
    ];
    check("groups", read, &expected, &[]);
}

#[test]
fn links() {
    let chat = |key: &str, kind: ChatKind, title: &str| Chat {
        key: ChatKey::of(&key.split('/').collect::<Vec<_>>()),
        kind,
        title: title.parse().unwrap(),
        class: key.split('/').next().and_then(|class| class.parse().ok()),
        topic: None,
        group: None,
        audience: Audience::Parents,
        moderator: None,
        co_admins: Vec::new(),
        members: [].into(),
    };
    let chats = [
        chat("7А/ученики", ChatKind::ClassStudents, "7А Ученики"),
        chat("7А/родители", ChatKind::ClassParents, "7А Родители"),
        chat("7А/учителя", ChatKind::ClassTeachers, "7А Учителя"),
        chat("школа/канал", ChatKind::SchoolChannel, "Общешкольный канал"),
    ];
    let read = |source: &Source| {
        let read = read_register(source, &chats.iter().collect::<Vec<_>>(), Platform::Max);
        let line = |chat: &Chat| {
            let state = match read.value.state(&chat.key) {
                LinkState::Ready(link) => {
                    link.as_str().trim_start_matches("https://max.ru/join/").chars().take(1).collect()
                }
                LinkState::Awaited => "ждёт".to_owned(),
                LinkState::Refused => "не принята".to_owned(),
                LinkState::Revoked => "отозвана".to_owned(),
            };
            format!("{}|{}|{state}", chat.key, read.value.has_row(&chat.key))
        };
        // A register that is refused leaves its chats without a row.
        let mut lines: Vec<_> = chats.iter().map(line).collect();
        lines.retain(|line| line.contains("true"));
        Rows { lines, issues: read.issues }
    };
    let expected = ["7А/ученики|true|A", "7А/родители|true|B", "7А/учителя|true|ждёт", "школа/канал|true|не принята"];
    check("links", read, &expected, &["link_refused", "link_awaited"]);
}

#[test]
fn acknowledgements() {
    let read = |source: &Source| {
        let read = roster::read_acknowledgements(source, date(2026, 9, 20));
        let line = |row: &zavuch::school::Acknowledgement| {
            let class = row.class.as_ref().map(ToString::to_string).unwrap_or_default();
            let day = row.date.map(|date| date.to_string()).unwrap_or_default();
            let mark = row.mark.map(|mark| format!("{mark:?}")).unwrap_or_default();
            let (person, pupil) = (name(row.name.as_ref()), name(row.pupil.as_ref()));
            format!("{class}|{:?}|{person}|{pupil}|{mark}|{day}", row.signer)
        };
        Rows { lines: read.value.rows.iter().map(line).collect(), issues: read.issues }
    };
    let expected = [
        "7А|Parent|Иванова Анна Петровна|Иванов Иван|Acquainted|2026-09-04",
        "7А|Student|Иванов Иван||NotReturned|",
        "7А|Parent||Сидорова Анна|OtherChannel|2026-09-04",
        "|Staff|Петрова Ольга Сергеевна||Refused|2026-09-04",
    ];
    check("acknowledgements", read, &expected, &[]);
}
