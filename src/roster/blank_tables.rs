//! The blank tables of a new workspace: staff, load, groups, old chats, each with an example row and an explanation.
//!
//! Their headers are those that the readers of this room know; the example row and the sheet of notes are skipped by
//! them.

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::groups::KINDS;
use super::old_chats::{AUDIENCES, STATES};
use super::sheet_table::{EXAMPLE, NOTES_SHEET};
use super::staff::ROLES;

/// A blank table to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlankTable {
    /// The name of the file in the workspace.
    pub file_name: &'static str,
    /// The .xlsx file.
    pub bytes: Vec<u8>,
}

/// A blank table could not be put together.
#[derive(Debug, thiserror::Error)]
#[error("не удалось составить таблицу {file_name}")]
pub struct BlankTableError {
    file_name: &'static str,
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// The blank tables of a new workspace; the same bytes every time.
///
/// # Errors
/// When a table cannot be put together.
pub fn blank_tables() -> Result<Vec<BlankTable>, BlankTableError> {
    let build = |model: &Model| match model.build() {
        Ok(bytes) => Ok(BlankTable { file_name: model.file_name, bytes }),
        Err(error) => Err(BlankTableError { file_name: model.file_name, source: Box::new(error) }),
    };
    [STAFF, LOAD, GROUPS, OLD_CHATS].iter().map(build).collect()
}

/// What stands in a blank table.
struct Model {
    file_name: &'static str,
    sheet: &'static str,
    columns: &'static [Column],
}

struct Column {
    header: &'static str,
    /// In characters.
    width: f64,
    example: &'static str,
    /// How to fill it.
    note: &'static str,
    /// The words to choose from; empty where any text will do.
    choices: &'static [&'static str],
}

const STAFF: Model = Model {
    file_name: "штат.xlsx",
    sheet: "Штат",
    columns: &[
        Column {
            header: "ФИО",
            width: 34.0,
            example: "Иванова Мария Петровна",
            note: "Фамилия, имя и отчество полностью. Один сотрудник — одна строка, даже если должностей несколько.",
            choices: &[],
        },
        Column {
            header: "Должность",
            width: 34.0,
            example: "учитель математики",
            note: "Как в приказе; несколько должностей — через запятую.",
            choices: &[],
        },
        Column {
            header: "Роль",
            width: 16.0,
            example: "учитель",
            note: "Выберите из списка. Если пусто, роль определится по должности.",
            choices: &ROLES,
        },
        Column {
            header: "E-mail",
            width: 28.0,
            example: "ivanova@example.org",
            note: "Один адрес. Классному руководителю на него придёт письмо с бумагами класса.",
            choices: &[],
        },
        Column {
            header: "Предметы",
            width: 28.0,
            example: "Алгебра, Геометрия",
            note: "Через запятую; у тех, кто не преподаёт, — пусто.",
            choices: &[],
        },
        Column {
            header: "Классное руководство",
            width: 22.0,
            example: "7А",
            note: "Класс так же, как в списках; два класса — через запятую; если руководства нет — пусто.",
            choices: &[],
        },
    ],
};

const LOAD: Model = Model {
    file_name: "нагрузка.xlsx",
    sheet: "Нагрузка",
    columns: &[
        Column {
            header: "Класс",
            width: 14.0,
            example: "7А",
            note: "Класс так же, как в списках; несколько классов с одним учителем — через запятую.",
            choices: &[],
        },
        Column {
            header: "Предмет",
            width: 30.0,
            example: "Английский язык",
            note: "Название предмета, одно и то же во всех строках.",
            choices: &[],
        },
        Column {
            header: "Учитель",
            width: 34.0,
            example: "Иванова Мария Петровна",
            note: "Как в таблице «штат.xlsx».",
            choices: &[],
        },
        Column {
            header: "Группа",
            width: 14.0,
            example: "1",
            note: "Если класс делится на группы — номер или название группы, иначе пусто.",
            choices: &[],
        },
    ],
};

const GROUPS: Model = Model {
    file_name: "группы.xlsx",
    sheet: "Группы",
    columns: &[
        Column {
            header: "Вид",
            width: 32.0,
            example: "внеурочная деятельность",
            note: "Выберите из списка.",
            choices: &KINDS,
        },
        Column {
            header: "Название",
            width: 30.0,
            example: "Робототехника",
            note: "Название курса, мероприятия или объединения. Строки с одним видом и названием — одна группа.",
            choices: &[],
        },
        Column {
            header: "Руководитель",
            width: 34.0,
            example: "Иванова Мария Петровна",
            note: "Как в таблице «штат.xlsx».",
            choices: &[],
        },
        Column {
            header: "Классы",
            width: 18.0,
            example: "7А, 7Б",
            note: "Классы, которые участвуют целиком, через запятую.",
            choices: &[],
        },
        Column {
            header: "Участники",
            width: 44.0,
            example: "Петров Иван Ильич; Сидорова Анна Олеговна",
            note: "Отдельные участники: фамилия, имя и отчество, через точку с запятой или каждый в своей строке таблицы. Если в школе есть тёзки, допишите в скобках класс или дату рождения: Петров Иван Ильич (7А, 04.05.2013).",
            choices: &[],
        },
    ],
};

const OLD_CHATS: Model = Model {
    file_name: "старые_чаты.xlsx",
    sheet: "Старые чаты",
    columns: &[
        Column {
            header: "Мессенджер",
            width: 16.0,
            example: "WhatsApp",
            note: "Где чат был до сих пор. Ссылку на него писать не нужно: она не читается и не хранится.",
            choices: &[],
        },
        Column {
            header: "Название",
            width: 34.0,
            example: "Родители 7А",
            note: "Как чат называется там. Один чат — одна строка.",
            choices: &[],
        },
        Column {
            header: "Класс или группа",
            width: 22.0,
            example: "7А",
            note: "Класс так же, как в списках; для кружка, курса и других групп — название, как в таблице «группы.xlsx»; для общего чата школы — его название в плане, например «Учительская».",
            choices: &[],
        },
        Column {
            header: "Для кого",
            width: 18.0,
            example: "родители",
            note: "Выберите из списка; для чата по предмету в названии должен стоять предмет, как в нагрузке. Если пусто, берётся из названия, когда оно говорит об этом прямо.",
            choices: &AUDIENCES,
        },
        Column {
            header: "Кто ведёт",
            width: 34.0,
            example: "Иванова Мария Петровна",
            note: "Только сотрудник, как в таблице «штат.xlsx»: он отвечает за переезд. Если пусто — отвечает модератор нового чата.",
            choices: &[],
        },
        Column {
            header: "Участников",
            width: 12.0,
            example: "27",
            note: "Сколько человек в чате, числом.",
            choices: &[],
        },
        Column {
            header: "До какого числа",
            width: 16.0,
            example: "15.09.2026",
            note: "Когда чат закрывается. Если пусто, берётся срок вступления из настроек.",
            choices: &[],
        },
        Column {
            header: "Состояние",
            width: 14.0,
            example: "объявлено",
            note: "Выберите из списка и меняйте по ходу переезда: бумаги от этого заново не печатаются.",
            choices: &STATES,
        },
    ],
};

/// The width of the notes in characters.
const NOTE_WIDTH: f64 = 90.0;
/// So many rows below the example have the drop-down lists.
const ROWS: u32 = 500;

impl Model {
    fn build(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = Workbook::new();
        // A fixed date: the tables are the same whenever they are made.
        let created = ExcelDateTime::from_ymd(2026, 9, 1)?;
        workbook.set_properties(&DocProperties::new().set_title(self.sheet).set_creation_datetime(&created));
        self.table(workbook.add_worksheet())?;
        self.notes(workbook.add_worksheet())?;
        workbook.save_to_buffer()
    }

    fn table(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(self.sheet)?;
        let header = header_format();
        let example = Format::new().set_italic().set_font_color(0x0080_868E).set_num_format("@");
        // Text cells: a spreadsheet would turn the class «7.1» into the seventh of January.
        let text = Format::new().set_num_format("@").set_text_wrap().set_align(FormatAlign::Top);
        for (column, index) in self.columns.iter().zip(0..) {
            sheet.set_column_width(index, column.width)?;
            sheet.set_column_format(index, &text)?;
            sheet.write_string_with_format(0, index, column.header, &header)?;
            let shown = if index == 0 { format!("{EXAMPLE} {}", column.example) } else { column.example.to_owned() };
            sheet.write_string_with_format(1, index, shown, &example)?;
            if !column.choices.is_empty() {
                let list = DataValidation::new()
                    .allow_list_strings(column.choices)?
                    .set_error_title(column.header)?
                    .set_error_message("Выберите значение из списка.")?;
                sheet.add_data_validation(2, index, 1 + ROWS, index, &list)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        Ok(())
    }

    fn notes(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(NOTES_SHEET)?;
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        sheet.set_column_width(0, 24.0)?;
        sheet.set_column_width(1, NOTE_WIDTH)?;
        let header = header_format();
        sheet.write_string_with_format(0, 0, "Столбец", &header)?;
        sheet.write_string_with_format(0, 1, "Что писать", &header)?;
        let mut row = 1;
        for column in self.columns {
            let mut note = column.note.to_owned();
            if !column.choices.is_empty() {
                note = format!("{note} Возможны: {}.", column.choices.join(", "));
            }
            sheet.write_string_with_format(row, 0, column.header, &wrapped)?;
            raise(sheet, row, &note)?;
            sheet.write_string_with_format(row, 1, note, &wrapped)?;
            row += 1;
        }
        let closing = "Строку, которая начинается со слова «Пример:», программа пропускает; её можно удалить. \
                       Столбцы можно переставлять и добавлять свои: лишние не читаются.";
        raise(sheet, row + 1, closing)?;
        sheet.write_string_with_format(row + 1, 1, closing, &wrapped)?;
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
        Ok(())
    }
}

/// Makes a row of the notes as high as its text: a spreadsheet does not raise the rows of a written file.
fn raise(sheet: &mut Worksheet, row: u32, note: &str) -> Result<(), XlsxError> {
    let lines = (note.chars().count() as f64 / (NOTE_WIDTH - 10.0)).ceil();
    sheet.set_row_height(row, 15.0 * lines.max(1.0))?;
    Ok(())
}

fn header_format() -> Format {
    Format::new()
        .set_bold()
        .set_background_color(0x00E7_EBF0)
        .set_border(FormatBorder::Thin)
        .set_border_color(0x00B0_B7C0)
        .set_align(FormatAlign::VerticalCenter)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{BlankTable, blank_tables};
    use jiff::civil::date;

    use crate::roster::{read_groups, read_load, read_old_chats, read_staff};
    use crate::school::{OldAudience, OldChatState};
    use crate::tables::Source;

    #[expect(clippy::disallowed_methods, reason = "a scratch file of a test")]
    fn stored(folder: &Path, table: &BlankTable) -> Source {
        let path = folder.join(table.file_name);
        fs::write(&path, &table.bytes).expect("written");
        Source { path, label: table.file_name.to_owned() }
    }

    #[test]
    fn blank_tables_are_read_as_empty_without_a_remark() {
        let folder = tempfile::tempdir().expect("a folder");
        let tables = blank_tables().expect("built");
        let sources = tables.iter().map(|table| stored(folder.path(), table)).collect::<Vec<_>>();
        let names = sources.iter().map(|source| source.label.as_str()).collect::<Vec<_>>();
        assert_eq!(names, ["штат.xlsx", "нагрузка.xlsx", "группы.xlsx", "старые_чаты.xlsx"]);
        assert_eq!(read_staff(&sources[0]), crate::school::Checked::default());
        assert_eq!(read_load(&sources[1]), crate::school::Checked::default());
        assert_eq!(read_groups(&sources[2]), crate::school::Checked::default());
        assert_eq!(read_old_chats(&sources[3], date(2026, 9, 1)), crate::school::Checked::default());
    }

    #[test]
    fn the_example_is_understood_once_its_mark_is_taken_off() {
        let folder = tempfile::tempdir().expect("a folder");
        let tables = blank_tables().expect("built");
        let lines = |table: &BlankTable| {
            let workbook = crate::tables::read(&stored(folder.path(), table)).expect("read");
            let sheet = &workbook.sheets[0];
            let line = |row: u32| sheet.row(row).map(|cell| cell.value.text()).collect::<Vec<_>>().join("\t");
            let text = sheet.rows().map(line).collect::<Vec<_>>().join("\n").replace("Пример: ", "");
            stored(folder.path(), &BlankTable { file_name: table.file_name, bytes: text.into_bytes() })
        };
        let staff = read_staff(&lines(&tables[0]));
        assert_eq!(staff.issues, []);
        let member = &staff.value.members[0];
        assert_eq!(member.name.to_string(), "Иванова Мария Петровна");
        assert_eq!((member.subjects.len(), member.homeroom.len(), member.email.is_some()), (2, 1, true));
        let load = read_load(&lines(&tables[1]));
        assert_eq!(load.issues, []);
        assert_eq!(load.value.lessons[0].group.as_deref(), Some("1"));
        let groups = read_groups(&lines(&tables[2]));
        assert_eq!(groups.issues, []);
        let group = &groups.value.groups[0];
        assert_eq!((group.classes.len(), group.people.len(), group.leader.is_some()), (2, 2, true));
        let old = read_old_chats(&lines(&tables[3]), date(2026, 9, 1));
        assert_eq!(old.issues, []);
        let chat = &old.value.chats[0];
        assert_eq!(chat.members_are, Some(OldAudience::Parents));
        assert_eq!((chat.size, chat.until, chat.state), (Some(27), Some(date(2026, 9, 15)), OldChatState::Announced));
    }

    #[test]
    fn the_same_bytes_every_time() {
        assert!(blank_tables().expect("built") == blank_tables().expect("built"));
    }
}
