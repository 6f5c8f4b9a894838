//! How a table of acknowledgements looks: a sheet per class and one for the staff; protected but for the cells to fill.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, ProtectionOptions, Workbook,
    Worksheet, XlsxError,
};

use crate::roster::AcknowledgementField as Field;
use crate::roster::dates::written;
use crate::school::{AcknowledgementMark, Scope, dotted};

/// One row.
pub(super) type Line = BTreeMap<Field, String>;

/// One sheet.
pub(super) struct Page {
    pub(super) scope: Scope,
    pub(super) lines: Vec<Line>,
}

/// The columns from left to right.
pub(super) const FIELDS: [Field; 10] = [
    Field::Code,
    Field::Class,
    Field::Signer,
    Field::Name,
    Field::Pupil,
    Field::Mark,
    Field::Date,
    Field::Note,
    Field::Rules,
    Field::Stamp,
];

/// Whom a table is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// It lies in the folder, and is kept up with what is written into it.
    Own,
    /// It goes to somebody who collects signatures: marks alone are taken from it.
    ToHandOut,
}

const TITLE: &str = "Ознакомление с правилами";
const TO_FILL: &str = "Заполните только светлые ячейки";
const EXPLANATION: &str = ": выберите отметку из списка и впишите дату подписи. \
    «Другой канал» — ознакомлен(а), но просит сообщать иначе. Пока человек не ознакомлен с правилами, в чат его не \
    включают. Ошибочную отметку исправьте в её ячейке или сотрите вместе с датой. Строки добавляет и убирает программа; \
    таблицу можно возвращать по частям и сколько угодно раз.";
const ABOUT_NOTES: &str = " Примечание — для ваших слов о человеке: они останутся в его строке.";

const HEADER_ROW: u32 = 2;
/// Of zip: a table of a thousand pupils is a third larger than at the usual 6, and made in two thirds of the time.
const COMPRESSION: u8 = 1;
/// In points.
const LINE_HEIGHT: f64 = 15.0;
/// More sheets than any school has classes.
const SHEETS: u32 = 10_000;
/// The longest name of a sheet.
const NAME_MAX: usize = 31;

/// The words above a column.
pub(super) fn header(field: Field) -> &'static str {
    match field {
        Field::Code => "Код строки",
        Field::Class => "Класс",
        Field::Signer => "Кто",
        Field::Name => "ФИО",
        Field::Pupil => "Чей родитель",
        Field::Mark => "Отметка",
        Field::Date => "Дата",
        Field::Note => "Примечание",
        Field::Rules => "Редакция правил",
        Field::Stamp => "Запись",
    }
}

/// In characters.
fn width(field: Field) -> f64 {
    match field {
        Field::Code => 14.0,
        Field::Class => 8.0,
        Field::Signer => 13.0,
        Field::Name | Field::Pupil => 34.0,
        Field::Mark => 16.0,
        Field::Date => 12.0,
        Field::Note => 40.0,
        Field::Rules | Field::Stamp => 11.0,
    }
}

/// A table as the bytes of an .xlsx file; the same pages and date give the same bytes.
pub(super) fn build(pages: &[Page], issued: Date, purpose: Purpose) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_zip_compression_level(COMPRESSION);
    let created = excel_date(issued)?;
    workbook.set_properties(&DocProperties::new().set_title(TITLE).set_creation_datetime(&created));
    let mut taken = BTreeSet::new();
    for page in pages {
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(&page.scope, &mut taken))?;
        put(sheet, page, purpose)?;
    }
    if pages.is_empty() {
        workbook.add_worksheet();
    }
    workbook.save_to_buffer()
}

/// «7А», «Сотрудники»; without the letters that no sheet may have, and each another.
fn sheet_name(scope: &Scope, taken: &mut BTreeSet<String>) -> String {
    let name = match scope {
        Scope::Class(class) => class.to_string(),
        Scope::School => "Сотрудники".to_owned(),
    };
    let clean: String = name.chars().map(|letter| if "[]:*?/\\'".contains(letter) { '-' } else { letter }).collect();
    let numbered = |number: u32| match number {
        1 => clean.chars().take(NAME_MAX).collect::<String>(),
        number => format!("{} ({number})", clean.chars().take(NAME_MAX - 6).collect::<String>()),
    };
    let free = (1..=SHEETS).map(numbered).find(|name| taken.insert(name.to_lowercase()));
    free.unwrap_or_default()
}

fn excel_date(date: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        u16::try_from(date.year()).unwrap_or_default(),
        u8::try_from(date.month()).unwrap_or_default(),
        u8::try_from(date.day()).unwrap_or_default(),
    )
}

fn put(sheet: &mut Worksheet, page: &Page, purpose: Purpose) -> Result<(), XlsxError> {
    head(sheet, &page.scope, purpose)?;
    let formats: BTreeMap<Field, Format> = FIELDS.into_iter().map(|field| (field, format_of(field, purpose))).collect();
    for (line, row) in page.lines.iter().zip(HEADER_ROW + 1..) {
        for (field, column) in FIELDS.into_iter().zip(0..) {
            let text = line.get(&field).map_or("", String::as_str);
            let Some(format) = formats.get(&field) else { continue };
            if let Some(date) = (field == Field::Date).then(|| cell_date(text)).flatten() {
                sheet.write_datetime_with_format(row, column, excel_date(date)?, format)?;
            } else {
                // A string cell whatever the text is: never a formula.
                sheet.write_string_with_format(row, column, text, format)?;
            }
        }
        sheet.set_row_height(row, LINE_HEIGHT * lines_in(line))?;
    }
    let last = HEADER_ROW + u32::try_from(page.lines.len()).unwrap_or(u32::MAX - HEADER_ROW).max(1);
    let marks = DataValidation::new()
        .allow_list_strings(&AcknowledgementMark::ALL.map(AcknowledgementMark::words))?
        .set_error_title(header(Field::Mark))?
        .set_error_message("Выберите отметку из списка.")?;
    sheet.add_data_validation(HEADER_ROW + 1, column_of(Field::Mark), last, column_of(Field::Mark), &marks)?;
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        ..ProtectionOptions::default()
    });
    Ok(())
}

/// The day that a text says, where a cell can hold it as one.
fn cell_date(text: &str) -> Option<Date> {
    written(text, Date::MAX).ok().filter(|date| date.year() >= 1900)
}

/// How many lines the longest cell of a row takes: a spreadsheet does not raise the rows of a written file.
fn lines_in(line: &Line) -> f64 {
    let lines = [Field::Name, Field::Pupil, Field::Note].map(|field| {
        let length = line.get(&field).map_or(0, |text| text.chars().count());
        (length as f64 / (width(field) - 5.0)).ceil()
    });
    lines.into_iter().fold(1.0, f64::max)
}

fn head(sheet: &mut Worksheet, scope: &Scope, purpose: Purpose) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(14.0);
    let whose = match scope {
        Scope::Class(class) => format!("{TITLE}: {} класс", class.quoted()),
        Scope::School => format!("{TITLE}: сотрудники"),
    };
    sheet.write_string_with_format(0, 0, whose, &title)?;
    let explanation = Format::new().set_text_wrap().set_align(FormatAlign::Left).set_align(FormatAlign::Top);
    let about_notes = if purpose == Purpose::Own { ABOUT_NOTES } else { "" };
    let words = format!("{TO_FILL}{EXPLANATION}{about_notes}");
    sheet.merge_range(1, 0, 1, column_of(Field::Note), &words, &explanation)?;
    sheet.set_row_height(1, 48.0)?;
    let bold = Format::new()
        .set_bold()
        .set_background_color(0x00E7_EBF0)
        .set_border(FormatBorder::Thin)
        .set_border_color(0x00B0_B7C0)
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter);
    for (field, column) in FIELDS.into_iter().zip(0..) {
        sheet.set_column_width(column, width(field))?;
        sheet.write_string_with_format(HEADER_ROW, column, header(field), &bold)?;
    }
    sheet.set_row_height(HEADER_ROW, 2.0 * LINE_HEIGHT)?;
    sheet.set_freeze_panes(HEADER_ROW + 1, 0)?;
    sheet.set_repeat_rows(HEADER_ROW, HEADER_ROW)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

fn column_of(field: Field) -> u16 {
    FIELDS.into_iter().zip(0..).find_map(|(known, column)| (known == field).then_some(column)).unwrap_or_default()
}

fn format_of(field: Field, purpose: Purpose) -> Format {
    let format = Format::new()
        .set_border(FormatBorder::Thin)
        .set_border_color(0x00D0_D5DB)
        .set_align(FormatAlign::Top)
        .set_num_format("@");
    match field {
        Field::Code | Field::Rules | Field::Stamp => format.set_font_color(0x0066_6D75).set_font_size(8.0),
        Field::Class | Field::Signer => format,
        Field::Note if purpose == Purpose::Own => to_fill(format.set_text_wrap()),
        Field::Name | Field::Pupil | Field::Note => format.set_text_wrap(),
        Field::Mark => to_fill(format),
        Field::Date => to_fill(format).set_num_format("dd.mm.yyyy"),
    }
}

fn to_fill(format: Format) -> Format {
    format.set_unlocked().set_background_color(0x00FF_F9E5)
}

/// Whether a text stands above the header of every table.
pub(super) fn is_of_head(text: &str) -> bool {
    [TITLE, TO_FILL].iter().any(|beginning| text.trim_start().starts_with(beginning))
}

/// A day as the cells of tables are compared.
pub(super) fn day_text(text: &str) -> String {
    written(text, Date::MAX).map_or_else(|_| text.trim().to_owned(), dotted)
}
