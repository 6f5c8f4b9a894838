//! How a table of links looks: title, explanation, header, one row per chat; protected but for the cells to fill.

use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, ProtectionOptions, Workbook,
    Worksheet, XlsxError,
};

use crate::school::{ChatOrigin, SchoolYear};

use super::RegisterError;
use super::columns::Field;
use super::write_register::Line;

/// What a table is for.
pub(super) struct Form {
    title: &'static str,
    explanation: &'static str,
    fields: &'static [Field],
}

/// The register of the school.
pub(super) const REGISTER: Form = Form {
    title: "Ссылки-приглашения чатов",
    explanation: "Заполните только светлые ячейки. Создайте чат с точным названием из таблицы, в чате нажмите \
        «Скопировать ссылку» и вставьте её в столбец «Ссылка» своей строки. У каждого чата своя ссылка. Кто видит ссылку, \
        может вступить в чат, поэтому не публикуйте эту таблицу и не пересылайте её посторонним. Когда талоны розданы, \
        впишите дату; сколько человек вступило — числом или словом «все».",
    fields: &Field::ALL,
};

/// The table that asks a moderator for links.
pub(super) const ASKING: Form = Form {
    title: "Какие ссылки нужны",
    explanation: "Создайте чат с точным названием из таблицы и настройте его по памятке модератора. Если чат уже создал \
        «Сферум», второй не создавайте. В чате нажмите «Скопировать ссылку» и вставьте её в столбец «Ссылка» своей строки: \
        у каждого чата своя. Верните таблицу тому, кто её прислал. Кто видит ссылку, может вступить в чат: не пересылайте \
        таблицу посторонним.",
    fields: &Field::ASKED,
};

const SHEET: &str = "Ссылки";
const HEADER_ROW: u32 = 2;
/// In points.
const LINE_HEIGHT: f64 = 15.0;

/// A table as the bytes of an .xlsx file. `year` is that of the classes in it. The same lines and year give the same bytes.
pub(super) fn build(form: &Form, lines: &[Line], year: SchoolYear) -> Result<Vec<u8>, RegisterError> {
    built(form, lines, year).map_err(|error| RegisterError::NotBuilt(Box::new(error)))
}

fn built(form: &Form, lines: &[Line], year: SchoolYear) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let day = year.first_day();
    let created = ExcelDateTime::from_ymd(
        u16::try_from(day.year()).unwrap_or_default(),
        u8::try_from(day.month()).unwrap_or_default(),
        u8::try_from(day.day()).unwrap_or_default(),
    )?;
    workbook.set_properties(&DocProperties::new().set_title(form.title).set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    sheet.set_name(SHEET)?;
    head(sheet, form, year)?;
    for (line, row) in lines.iter().zip(HEADER_ROW + 1..) {
        for (field, column) in form.fields.iter().copied().zip(0..) {
            let text = line.get(&field).map_or("", String::as_str);
            // A string cell whatever the text is: never a hyperlink, never a formula.
            sheet.write_string_with_format(row, column, text, &format_of(field))?;
        }
        sheet.set_row_height(row, LINE_HEIGHT * lines_in(line))?;
    }
    let last = HEADER_ROW + u32::try_from(lines.len()).unwrap_or(u32::MAX - HEADER_ROW).max(1);
    let origin = DataValidation::new()
        .allow_list_strings(&ChatOrigin::ALL.map(ChatOrigin::words))?
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
fn head(sheet: &mut Worksheet, form: &Form, year: SchoolYear) -> Result<(), XlsxError> {
    let last = column_of(Field::Link);
    let title = Format::new().set_bold().set_font_size(14.0);
    // Whoever sends a table back a year later is not taken for this year's class.
    sheet.write_string_with_format(0, 0, format!("{}, {} учебный год", form.title, year.in_title()), &title)?;
    let explanation = Format::new().set_text_wrap().set_align(FormatAlign::Left).set_align(FormatAlign::Top);
    sheet.merge_range(1, 0, 1, last, form.explanation, &explanation)?;
    sheet.set_row_height(1, 48.0)?;
    let header = Format::new()
        .set_bold()
        .set_background_color(0x00E7_EBF0)
        .set_border(FormatBorder::Thin)
        .set_border_color(0x00B0_B7C0)
        .set_align(FormatAlign::VerticalCenter);
    for (field, column) in form.fields.iter().copied().zip(0..) {
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
        Field::Origin | Field::Link | Field::HandedOut | Field::Joined => {
            format.set_unlocked().set_background_color(0x00FF_F9E5)
        }
    }
}
