//! Writes the register of links: one row per chat, the link to be filled in by people; and the tables of a moderator,
//! which ask for the links of some chats.
//!
//! What a person typed is never lost: a register is renewed with the texts of the old one, wrong links included. Only a
//! link that the program knows better, or one that was revoked, makes room.

use std::collections::{BTreeMap, BTreeSet};

use crate::roster::cell_text::is_absent;
use crate::roster::header::header_key;
use crate::roster::sheet_table::{self, TableRow};
use crate::school::{Chat, ChatKey, ChatLinks, ChatProgress, Issue, LinkState, LinkUrl, Platform, SchoolYear};
use crate::tables::{Source, Workbook};

use super::columns::{Field, LAYOUT};
use super::find_chat::{ChatIndex, Clues, Found};
use super::judge;
use super::progress::shown;
use super::register_sheet::{ASKING, REGISTER, build};

/// Why a register could not be made.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The table could not be put together.
    #[error("не удалось составить таблицу ссылок")]
    NotBuilt(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The old register, whose links are to be kept, could not be read.
    #[error("{0}")]
    OldUnreadable(Box<Issue>),
}

/// One row of the register.
pub(super) type Line = BTreeMap<Field, String>;

/// The register of `chats` as the bytes of an .xlsx file, with the links that are known.
///
/// `year` is that of the classes, and stands in the title. The same chats, links and year give the same bytes.
///
/// # Errors
/// When the table cannot be put together.
pub fn write_register(chats: &[&Chat], known: &ChatLinks, year: SchoolYear) -> Result<Vec<u8>, RegisterError> {
    let lines: Vec<Line> = chats.iter().map(|chat| with_link(chat, known)).collect();
    build(&REGISTER, &lines, year)
}

/// A table that asks for the links of `chats`, to be filled in and sent back.
///
/// # Errors
/// When the table cannot be put together.
pub fn asking_table(chats: &[&Chat], year: SchoolYear) -> Result<Vec<u8>, RegisterError> {
    let lines: Vec<Line> = chats.iter().map(|chat| planned(chat)).collect();
    build(&ASKING, &lines, year)
}

fn with_link(chat: &Chat, known: &ChatLinks) -> Line {
    let mut line = planned(chat);
    line.extend(known.ready(&chat.key).map(|link| (Field::Link, link.as_str().to_owned())));
    line.extend(told(chat, known));
    line
}

/// What people told of a chat besides its link.
fn told<'a>(chat: &Chat, known: &'a ChatLinks) -> impl Iterator<Item = (Field, String)> + 'a {
    let progress = known.progress(&chat.key);
    Field::PROGRESS.into_iter().filter_map(move |field| Some((field, shown(field, progress)?)))
}

/// The register of a new school year, written anew from what is recorded, by the keys of now.
///
/// What stood in the register of last year is not kept: its rows name other chats now.
///
/// # Errors
/// When the table cannot be put together.
pub fn rewrite_register(
    chats: &[&Chat],
    recorded: &BTreeMap<ChatKey, LinkUrl>,
    progress: &BTreeMap<ChatKey, ChatProgress>,
    year: SchoolYear,
) -> Result<Vec<u8>, RegisterError> {
    let mut known = ChatLinks::default();
    for (chat, link) in recorded {
        known.set(chat.clone(), LinkState::Ready(link.clone()));
    }
    for (chat, progress) in progress {
        known.set_progress(chat.clone(), *progress);
    }
    write_register(chats, &known, year)
}

/// The register of `chats`, renewed: what people typed into the old one stays, word for word, and a chat without a link
/// in it gets the one that is known.
///
/// Rows of chats that are no longer planned stand at the end as long as they hold a link.
///
/// # Errors
/// When the old register cannot be read or the new one cannot be put together.
pub fn renew_register(
    old: &Source,
    chats: &[&Chat],
    known: &ChatLinks,
    year: SchoolYear,
) -> Result<Vec<u8>, RegisterError> {
    let table = sheet_table::rows(&read(old)?, &old.label, &LAYOUT);
    build(&REGISTER, &renewed(&table.value, chats, known, &Authority::People), year)
}

/// A register brought to what is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled {
    /// It says what is recorded: nothing is to be written.
    Same,
    /// It is to be written anew.
    Anew {
        /// The bytes of an .xlsx file.
        bytes: Vec<u8>,
        /// Whether the old one holds more than a register: columns or sheets of somebody's own, which would be lost.
        old_holds_more: bool,
    },
}

/// The register of `chats`, so that it says what is recorded: the links that are `known` stand in their rows, links that
/// are void stand nowhere, and what else people typed stays.
///
/// # Errors
/// As [`renew_register`].
pub fn settled_register(
    old: Option<&Source>,
    chats: &[&Chat],
    known: &ChatLinks,
    void: &BTreeSet<LinkUrl>,
    year: SchoolYear,
) -> Result<Settled, RegisterError> {
    let Some(old) = old else {
        return Ok(Settled::Anew { bytes: write_register(chats, known, year)?, old_holds_more: false });
    };
    let workbook = read(old)?;
    let rows = sheet_table::rows(&workbook, &old.label, &LAYOUT).value;
    let lines = renewed(&rows, chats, known, &Authority::Store { void });
    let filled = |line: &Line| -> Line {
        line.iter().filter(|(_, text)| !is_absent(text)).map(|(field, text)| (*field, text.trim().to_owned())).collect()
    };
    let before: Vec<Line> = rows.iter().map(|row| filled(&kept(row, &Field::ALL).collect())).collect();
    if before == lines.iter().map(filled).collect::<Vec<_>>() {
        return Ok(Settled::Same);
    }
    Ok(Settled::Anew { bytes: build(&REGISTER, &lines, year)?, old_holds_more: holds_more(&workbook) })
}

fn read(register: &Source) -> Result<Workbook, RegisterError> {
    crate::tables::read(register).map_err(|issue| RegisterError::OldUnreadable(Box::new(issue)))
}

/// Whether a workbook has more than one sheet, or columns that a register has not.
fn holds_more(workbook: &Workbook) -> bool {
    let mut sheets = workbook.sheets.iter().filter(|sheet| !sheet.is_blank());
    let (Some(sheet), None) = (sheets.next(), sheets.next()) else { return true };
    let is_ours = |text: &str| Field::ALL.iter().any(|field| header_key(field.header()) == header_key(text));
    let headers = |row: &u32| sheet.row(*row).filter(|cell| is_ours(&cell.value.text())).count();
    let header = sheet.rows().find(|row| headers(row) > 1);
    header.is_none_or(|row| sheet.row(row).any(|cell| !is_ours(&cell.value.text())))
}

/// Who is right where the old register and what is known differ.
enum Authority<'a> {
    /// The people who typed it.
    People,
    /// What is recorded.
    Store { void: &'a BTreeSet<LinkUrl> },
}

impl Authority<'_> {
    /// Whether what somebody typed into the cell of a link stays.
    fn keeps(&self, text: &str, chat: &Chat, known: &ChatLinks) -> bool {
        match self {
            Self::People => !is_absent(text),
            Self::Store { void } => {
                // The older links of «Сферум» are judged as such: a link that is void is void on any platform.
                let is_void = || judge(text, Platform::Sferum).is_ok_and(|judged| void.contains(&judged.link));
                !is_absent(text) && known.ready(&chat.key).is_none() && !is_void()
            }
        }
    }

    /// Whether what somebody typed into another cell stays.
    fn keeps_told(&self, field: Field, text: &str, chat: &Chat, known: &ChatLinks) -> bool {
        match self {
            Self::People => !is_absent(text),
            Self::Store { .. } => !is_absent(text) && shown(field, known.progress(&chat.key)).is_none(),
        }
    }
}

fn renewed(old: &[TableRow<Field>], chats: &[&Chat], known: &ChatLinks, authority: &Authority<'_>) -> Vec<Line> {
    let mut typed: BTreeMap<&ChatKey, Vec<&TableRow<Field>>> = BTreeMap::new();
    let mut strangers = Vec::new();
    let index = ChatIndex::new(chats);
    for row in old {
        let [key, class, kind, title] =
            [Field::Key, Field::Class, Field::Kind, Field::Title].map(|field| row.text(field));
        match index.find(&Clues { key, class, kind, title }) {
            Found::One(chat) => typed.entry(&chat.key).or_default().push(row),
            Found::Several | Found::Contradiction | Found::None if is_absent(row.text(Field::Link)) => {}
            Found::Several | Found::Contradiction | Found::None => {
                strangers.push(kept(row, &Field::ALL).collect::<Line>());
            }
        }
    }
    let mut lines = Vec::new();
    for chat in chats.iter().copied() {
        let rows = typed.get(&chat.key).map(Vec::as_slice).unwrap_or_default();
        let mut seen = BTreeSet::new();
        let filled = rows.iter().filter(|row| authority.keeps(row.text(Field::Link), chat, known));
        let filled = filled.filter(|row| seen.insert(row.text(Field::Link))).collect::<Vec<_>>();
        let rows = if filled.is_empty() { rows.iter().take(1).collect() } else { filled };
        let known_line = || with_link(chat, known);
        lines.extend(rows.iter().map(|row| {
            let mut line = known_line();
            let address = kept(row, &[Field::Link]).filter(|(_, text)| authority.keeps(text, chat, known));
            let told = kept(row, &Field::PROGRESS);
            let told = told.filter(|(field, text)| authority.keeps_told(*field, text, chat, known));
            line.extend(address.chain(told));
            line
        }));
        if rows.is_empty() {
            lines.push(known_line());
        }
    }
    lines.extend(strangers);
    lines
}

fn kept<'a>(row: &'a TableRow<Field>, fields: &'a [Field]) -> impl Iterator<Item = (Field, String)> + 'a {
    fields.iter().map(|field| (*field, row.text(*field).to_owned()))
}

fn planned(chat: &Chat) -> Line {
    let group = chat.group.as_deref().map(|group| format!(", группа {group}")).unwrap_or_default();
    let topic = chat.topic.as_deref().map(|topic| format!(" «{topic}»{group}")).unwrap_or_default();
    BTreeMap::from([
        (Field::Key, chat.key.as_str().to_owned()),
        (Field::Class, chat.class.as_ref().map(ToString::to_string).unwrap_or_default()),
        (Field::Kind, format!("{}{topic}", chat.kind.words())),
        (Field::Title, chat.title.as_str().to_owned()),
        (Field::Moderator, chat.moderator.as_ref().map(ToString::to_string).unwrap_or_default()),
    ])
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use jiff::civil::date;

    use super::{renew_register, write_register};
    use crate::links::samples::{chat, chats};
    use crate::links::{judge, read_register};
    use crate::school::{Chat, ChatLinks, LinkState, Platform, SchoolYear};
    use crate::tables::Source;

    const CODE: &str = "A9BIx_q-7TzKdWmP3rVnYhLs5uEoGcFj2Qk8NwRtUaM";

    fn planned(chats: &[Chat]) -> Vec<&Chat> {
        chats.iter().collect()
    }

    fn known(chats: &[Chat]) -> ChatLinks {
        let mut links = ChatLinks::default();
        for (chat, letter) in chats.iter().zip(["A", "B", "C"]) {
            let url = format!("https://max.ru/join/{}", CODE.replacen('A', letter, 1));
            let judged = judge(&url, Platform::Max).expect("an invitation");
            links.set(chat.key.clone(), LinkState::Ready(judged.link));
        }
        links
    }

    #[expect(clippy::disallowed_methods, reason = "a scratch file of a test")]
    fn stored(folder: &Path, bytes: &[u8]) -> Source {
        let path = folder.join("ссылки.xlsx");
        fs::write(&path, bytes).expect("written");
        Source { path, label: "ссылки.xlsx".to_owned() }
    }

    fn cells(source: &Source) -> Vec<String> {
        let workbook = crate::tables::read(source).expect("read");
        let sheet = workbook.sheets.first().expect("a sheet");
        let line = |row: u32| sheet.row(row).map(|cell| cell.value.text()).collect::<Vec<_>>().join("|");
        sheet.rows().map(line).collect()
    }

    #[test]
    fn what_is_written_is_read_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut chats = chats();
        chats.push(chat("8Б/предмет/физика/1", "8Б", "Физика", "1"));
        let known = known(&chats);
        let bytes = write_register(&planned(&chats), &known, SchoolYear::of(date(2026, 9, 1))).expect("built");
        let source = stored(folder.path(), &bytes);
        let read = read_register(&source, &planned(&chats), Platform::Max);
        for chat in &chats {
            assert_eq!(read.value.state(&chat.key), known.state(&chat.key), "{}", chat.key);
        }
        let places = read.issues.iter().map(|issue| format!("{} {}", issue.kind.id(), issue.place));
        let expected = (7..=10).map(|row| format!("link_awaited ссылки.xlsx, лист «Ссылки», ячейка G{row}"));
        assert_eq!(places.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
        let line = cells(&source).pop().expect("the last row");
        let expected =
            "8Б/предмет/физика/1|8Б|чат класса по предмету «Физика», группа 1|8Б Физика 1|Петрова Ольга Сергеевна";
        assert_eq!(line, expected);
    }

    #[test]
    fn the_same_values_give_the_same_bytes() {
        let chats = chats();
        let write =
            || write_register(&planned(&chats), &known(&chats), SchoolYear::of(date(2026, 9, 1))).expect("built");
        let first = write();
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert!(first == write());
        assert!(write_register(&[], &ChatLinks::default(), SchoolYear::of(date(2026, 9, 1))).is_ok());
    }

    #[test]
    fn a_text_that_looks_like_a_formula_stays_a_text() {
        let folder = tempfile::tempdir().expect("a folder");
        let chats = [chat("7А/предмет/=1+1", "7А", "=HYPERLINK(\"https://example.org\")", "")];
        let bytes =
            write_register(&planned(&chats), &ChatLinks::default(), SchoolYear::of(date(2026, 9, 1))).expect("built");
        let line = cells(&stored(folder.path(), &bytes)).pop().expect("the last row");
        assert!(line.starts_with("7А/предмет/=1+1|7А|чат класса по предмету «=HYPERLINK"), "{line}");
    }

    #[test]
    fn a_renewed_register_keeps_what_people_typed() {
        let folder = tempfile::tempdir().expect("a folder");
        let csv = "Ключ чата;Класс;Чат;Название;Модератор;Как создан;Ссылка\n\
                   7А/родители;7А;;старое название;;создан Сферумом;https://t.me/+AbCd\n\
                   7А/ученики;7А;;;;создан вручную;\n\
                   9А/родители;9А;;9А Родители;;;https://max.ru/join/old\n\
                   9А/ученики;9А;;9А Ученики;;;\n";
        let old = stored(folder.path(), csv.as_bytes());
        let renewed =
            renew_register(&old, &planned(&chats()[..2]), &ChatLinks::default(), SchoolYear::of(date(2026, 9, 1)))
                .expect("built");
        let lines = cells(&stored(folder.path(), &renewed));
        let expected = [
            "7А/ученики|7А|чат обучающихся класса|7А Ученики|Петрова Ольга Сергеевна|создан вручную",
            "7А/родители|7А|чат родителей класса|7А Родители|Петрова Ольга Сергеевна|создан Сферумом|https://t.me/+AbCd",
            "9А/родители|9А|9А Родители|https://max.ru/join/old",
        ];
        assert_eq!(lines[3..], expected);
    }
}
