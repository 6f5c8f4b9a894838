//! Writes the register of links: one row per chat, the link to be filled in by people.
//!
//! What a person typed is never lost: a register is renewed with the texts of the old one, wrong links included.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, ProtectionOptions, Workbook,
    Worksheet, XlsxError,
};

use crate::roster::cell_text::is_absent;
use crate::roster::sheet_table::{self, TableRow};
use crate::school::{Chat, ChatKey, ChatLinks, Issue, LinkState, LinkUrl};
use crate::tables::Source;

use super::columns::{Field, LAYOUT, ORIGINS};
use super::find_chat::{ChatIndex, Clues, Found};

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
type Line = BTreeMap<Field, String>;

const TITLE: &str = "Ссылки-приглашения чатов";
const EXPLANATION: &str = "Заполните только светлые ячейки. Создайте чат с точным названием из таблицы, в чате нажмите \
    «Скопировать ссылку» и вставьте её в столбец «Ссылка» своей строки. У каждого чата своя ссылка. Кто видит ссылку, \
    может вступить в чат, поэтому не публикуйте эту таблицу и не пересылайте её посторонним.";
const SHEET: &str = "Ссылки";
const HEADER_ROW: u32 = 2;
/// In points.
const LINE_HEIGHT: f64 = 15.0;

/// The register of `chats` as the bytes of an .xlsx file, with the links that are known.
///
/// The same chats, links and date give the same bytes.
///
/// # Errors
/// When the table cannot be put together.
pub fn write_register(chats: &[&Chat], known: &ChatLinks, issued: Date) -> Result<Vec<u8>, RegisterError> {
    let lines: Vec<Line> = chats.iter().map(|chat| with_link(chat, known)).collect();
    written(&lines, issued)
}

fn with_link(chat: &Chat, known: &ChatLinks) -> Line {
    let mut line = planned(chat);
    line.extend(known.ready(&chat.key).map(|link| (Field::Link, link.as_str().to_owned())));
    line
}

/// The register of a new school year, written anew from the links that are recorded, by the keys of now.
///
/// What stood in the register of last year is not kept: its rows name other chats now.
///
/// # Errors
/// When the table cannot be put together.
pub fn rewrite_register(
    chats: &[&Chat],
    recorded: &BTreeMap<ChatKey, LinkUrl>,
    issued: Date,
) -> Result<Vec<u8>, RegisterError> {
    let mut known = ChatLinks::default();
    for (chat, link) in recorded {
        known.set(chat.clone(), LinkState::Ready(link.clone()));
    }
    write_register(chats, &known, issued)
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
    issued: Date,
) -> Result<Vec<u8>, RegisterError> {
    let workbook = crate::tables::read(old).map_err(|issue| RegisterError::OldUnreadable(Box::new(issue)))?;
    let table = sheet_table::rows(&workbook, &old.label, &LAYOUT);
    written(&renewed(&table.value, chats, known), issued)
}

fn renewed(old: &[TableRow<Field>], chats: &[&Chat], known: &ChatLinks) -> Vec<Line> {
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
        let filled = rows.iter().filter(|row| !is_absent(row.text(Field::Link)));
        let filled = filled.filter(|row| seen.insert(row.text(Field::Link))).collect::<Vec<_>>();
        let rows = if filled.is_empty() { rows.iter().take(1).collect() } else { filled };
        let known = || with_link(chat, known);
        lines.extend(rows.iter().map(|row| {
            let mut line = known();
            line.extend(kept(row, &[Field::Origin, Field::Link]).filter(|(_, text)| !is_absent(text)));
            line
        }));
        if rows.is_empty() {
            lines.push(known());
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

fn written(lines: &[Line], issued: Date) -> Result<Vec<u8>, RegisterError> {
    build(lines, issued).map_err(|error| RegisterError::NotBuilt(Box::new(error)))
}

fn build(lines: &[Line], issued: Date) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(
        u16::try_from(issued.year()).unwrap_or_default(),
        u8::try_from(issued.month()).unwrap_or_default(),
        u8::try_from(issued.day()).unwrap_or_default(),
    )?;
    workbook.set_properties(&DocProperties::new().set_title(TITLE).set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    sheet.set_name(SHEET)?;
    head(sheet)?;
    for (line, row) in lines.iter().zip(HEADER_ROW + 1..) {
        for (field, column) in Field::ALL.into_iter().zip(0..) {
            let text = line.get(&field).map_or("", String::as_str);
            // A string cell whatever the text is: never a hyperlink, never a formula.
            sheet.write_string_with_format(row, column, text, &format_of(field))?;
        }
        sheet.set_row_height(row, LINE_HEIGHT * lines_in(line))?;
    }
    let last = HEADER_ROW + u32::try_from(lines.len()).unwrap_or(u32::MAX - HEADER_ROW).max(1);
    let origin = DataValidation::new()
        .allow_list_strings(&ORIGINS)?
        .set_error_title("Как создан чат")?
        .set_error_message("Выберите значение из списка.")?;
    sheet.add_data_validation(HEADER_ROW + 1, column_of(Field::Origin), last, column_of(Field::Origin), &origin)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    workbook.save_to_buffer()
}

/// How many lines the longest wrapped cell of a row takes: a spreadsheet does not raise the rows of a written file.
fn lines_in(line: &Line) -> f64 {
    let lines = [Field::Kind, Field::Title].map(|field| {
        let length = line.get(&field).map_or(0, |text| text.chars().count());
        // Words move to the next line whole, so that a few characters of each stay free.
        (length as f64 / (field.width() - 6.0)).ceil()
    });
    lines.into_iter().fold(1.0, f64::max)
}

/// Title, explanation and header; what the eye and the printer need.
fn head(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    let last = column_of(Field::Link);
    let title = Format::new().set_bold().set_font_size(14.0);
    sheet.write_string_with_format(0, 0, TITLE, &title)?;
    let explanation = Format::new().set_text_wrap().set_align(FormatAlign::Left).set_align(FormatAlign::Top);
    sheet.merge_range(1, 0, 1, last, EXPLANATION, &explanation)?;
    sheet.set_row_height(1, 48.0)?;
    let header = Format::new()
        .set_bold()
        .set_background_color(0x00E7_EBF0)
        .set_border(FormatBorder::Thin)
        .set_border_color(0x00B0_B7C0)
        .set_align(FormatAlign::VerticalCenter);
    for (field, column) in Field::ALL.into_iter().zip(0..) {
        sheet.set_column_width(column, field.width())?;
        sheet.write_string_with_format(HEADER_ROW, column, field.header(), &header)?;
    }
    sheet.set_freeze_panes(HEADER_ROW + 1, 0)?;
    sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn column_of(field: Field) -> u16 {
    Field::ALL.into_iter().zip(0..).find_map(|(known, column)| (known == field).then_some(column)).unwrap_or_default()
}

fn format_of(field: Field) -> Format {
    let format = Format::new()
        .set_border(FormatBorder::Thin)
        .set_border_color(0x00D0_D5DB)
        .set_align(FormatAlign::Top)
        .set_num_format("@");
    match field {
        Field::Key => format.set_font_color(0x0090_969E).set_font_size(8.0),
        Field::Class | Field::Moderator => format,
        Field::Kind | Field::Title => format.set_text_wrap(),
        Field::Origin | Field::Link => format.set_unlocked().set_background_color(0x00FF_F9E5),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use jiff::civil::date;

    use super::{renew_register, write_register};
    use crate::links::samples::{chat, chats};
    use crate::links::{judge, read_register};
    use crate::school::{Chat, ChatLinks, LinkState, Platform};
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
        let bytes = write_register(&planned(&chats), &known, date(2026, 9, 1)).expect("built");
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
        let write = || write_register(&planned(&chats), &known(&chats), date(2026, 9, 1)).expect("built");
        let first = write();
        std::thread::sleep(std::time::Duration::from_millis(1100));
        assert!(first == write());
        assert!(write_register(&[], &ChatLinks::default(), date(2026, 9, 1)).is_ok());
    }

    #[test]
    fn a_text_that_looks_like_a_formula_stays_a_text() {
        let folder = tempfile::tempdir().expect("a folder");
        let chats = [chat("7А/предмет/=1+1", "7А", "=HYPERLINK(\"https://example.org\")", "")];
        let bytes = write_register(&planned(&chats), &ChatLinks::default(), date(2026, 9, 1)).expect("built");
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
            renew_register(&old, &planned(&chats()[..2]), &ChatLinks::default(), date(2026, 9, 1)).expect("built");
        let lines = cells(&stored(folder.path(), &renewed));
        let expected = [
            "7А/ученики|7А|чат обучающихся класса|7А Ученики|Петрова Ольга Сергеевна|создан вручную",
            "7А/родители|7А|чат родителей класса|7А Родители|Петрова Ольга Сергеевна|создан Сферумом|https://t.me/+AbCd",
            "9А/родители|9А|9А Родители|https://max.ru/join/old",
        ];
        assert_eq!(lines[3..], expected);
    }
}
