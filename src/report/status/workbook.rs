//! The state as an .xlsx workbook: a summary with a chart, the classes, a sheet per class, the open work.
//!
//! What a table or a person wrote stays a text; the figures are numbers, counted here and nowhere in the workbook.

use std::collections::BTreeSet;

use jiff::civil::Date;
use rust_xlsxwriter::{
    Chart, ChartType, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::share::Named;
use super::value::{ClassStatus, Status};
use super::work::Work;
use crate::school::dotted;
use crate::tables::Source;

/// The workbook could not be put together: a fault of the program.
#[derive(Debug, thiserror::Error)]
#[error("не удалось составить таблицу состояния")]
pub struct StatusBookError {
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// The words by which a file is known to be such a workbook.
const TITLE: &str = "Состояние перехода в MAX";

/// The longest name of a sheet.
const NAME_MAX: usize = 31;
/// In points.
const LINE_HEIGHT: f64 = 15.0;
/// More sheets than any school has classes.
const SHEETS: u32 = 10_000;
/// The first row of the table of sums.
const HEADER: u32 = 4;

/// The names of the sheets beside those of the classes.
const SUMMARY: &str = "Сводка";
const CLASSES: &str = "Классы";
const WORK: &str = "Что сделать";

/// Whether a file is such a workbook.
pub fn is_status_workbook(source: &Source) -> bool {
    let first = |workbook: &crate::tables::Workbook| {
        let sheet = workbook.sheets.first()?;
        sheet.value(0, 0).map(|value| value.text().into_owned())
    };
    crate::tables::read(source).is_ok_and(|workbook| first(&workbook).as_deref() == Some(TITLE))
}

/// The bytes of the workbook; the same state gives the same bytes.
///
/// # Errors
/// When it cannot be put together.
pub fn status_workbook(status: &Status) -> Result<Vec<u8>, StatusBookError> {
    build(status).map_err(|error| StatusBookError { source: Box::new(error) })
}

fn build(status: &Status) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = excel_date(status.date)?;
    workbook.set_properties(&DocProperties::new().set_title(TITLE).set_creation_datetime(&created));
    let looks = Looks::new();
    summary(workbook.add_worksheet(), status, &looks)?;
    all_classes(workbook.add_worksheet(), status, &looks)?;
    let mut taken: BTreeSet<String> = [SUMMARY, CLASSES, WORK].map(str::to_lowercase).into();
    for class in rows(status) {
        of_class(workbook.add_worksheet(), class, sheet_name(&class.name, &mut taken), &looks)?;
    }
    open_work(workbook.add_worksheet(), &status.work, &looks)?;
    workbook.save_to_buffer()
}

fn rows(status: &Status) -> impl Iterator<Item = &ClassStatus> {
    let has_staff = status.staff.shares.chats.of + status.staff.shares.signed.of > 0;
    status.classes.iter().chain(has_staff.then_some(&status.staff))
}

/// How cells look.
struct Looks {
    title: Format,
    head: Format,
    text: Format,
    number: Format,
    percent: Format,
    sum: Format,
    sum_percent: Format,
    date: Format,
}

impl Looks {
    fn new() -> Self {
        let cell =
            || Format::new().set_border(FormatBorder::Thin).set_border_color(0x00D0_D5DB).set_align(FormatAlign::Top);
        Self {
            title: Format::new().set_bold().set_font_size(14.0),
            head: cell().set_bold().set_background_color(0x00E7_EBF0).set_text_wrap(),
            text: cell().set_num_format("@").set_text_wrap(),
            number: cell(),
            percent: cell().set_num_format("0%"),
            sum: cell().set_bold(),
            sum_percent: cell().set_bold().set_num_format("0%"),
            date: cell().set_num_format("dd.mm.yyyy"),
        }
    }
}

/// The sums, a chart of them and the signatures: one page, so that print cuts nothing.
fn summary(sheet: &mut Worksheet, status: &Status, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(SUMMARY)?;
    sheet.write_string_with_format(0, 0, TITLE, &looks.title)?;
    sheet.write_string(1, 0, &status.school)?;
    let as_of = format!(
        "На {}, по состоянию на последний запуск программы {}. Просроченных дел: {}.",
        dotted(status.date),
        dotted(status.as_of),
        status.work.iter().filter(|work| work.overdue).count()
    );
    sheet.write_string(2, 0, as_of)?;
    for ((word, width), column) in [("Что", 18.0), ("Сделано", 10.0), ("Из", 10.0), ("Доля", 10.0)].into_iter().zip(0..)
    {
        sheet.write_string_with_format(HEADER, column, word, &looks.head)?;
        sheet.set_column_width(column, width)?;
    }
    let mut row = HEADER;
    for Named { word, share, .. } in status.totals.named() {
        row += 1;
        sheet.write_string_with_format(row, 0, word, &looks.text)?;
        sheet.write_number_with_format(row, 1, share.done as f64, &looks.number)?;
        sheet.write_number_with_format(row, 2, share.of as f64, &looks.number)?;
        sheet.write_number_with_format(row, 3, part(share), &looks.percent)?;
    }
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_categories((SUMMARY, HEADER + 1, 0, row, 0))
        .set_values((SUMMARY, HEADER + 1, 3, row, 3))
        .set_name("Доля");
    chart.title().set_name("Сколько готово по школе");
    chart.legend().set_hidden();
    // Of a bar chart the first axis is the one of the values.
    chart.x_axis().set_min(0.0).set_max(1.0).set_num_format("0%");
    chart.y_axis().set_reverse();
    sheet.insert_chart(HEADER, 5, &chart)?;
    row += 2;
    sheet.write_string_with_format(row, 0, "Подписи", &looks.head)?;
    sheet.write_string_with_format(row, 1, "Человек", &looks.head)?;
    for (state, number) in status.signing.each() {
        row += 1;
        sheet.write_string_with_format(row, 0, state.words(), &looks.text)?;
        sheet.write_number_with_format(row, 1, number as f64, &looks.number)?;
    }
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 1);
    Ok(())
}

/// The table of all classes with the sums.
fn all_classes(sheet: &mut Worksheet, status: &Status, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(CLASSES)?;
    sheet.write_string_with_format(0, 0, "Класс", &looks.head)?;
    sheet.write_string_with_format(0, 1, "Ученики", &looks.head)?;
    sheet.set_column_width(0, 16.0)?;
    sheet.set_row_height(0, 2.0 * LINE_HEIGHT)?;
    let mut column = 2;
    for named in status.totals.named() {
        for (word, width) in
            [(format!("{}: сделано", named.word), 11.0), ("из".to_owned(), 7.0), ("доля".to_owned(), 8.0)]
        {
            sheet.write_string_with_format(0, column, word, &looks.head)?;
            sheet.set_column_width(column, width)?;
            column += 1;
        }
    }
    let mut row = 1;
    for class in rows(status) {
        sheet.write_string_with_format(row, 0, &class.name, &looks.text)?;
        sheet.write_number_with_format(row, 1, class.pupils as f64, &looks.number)?;
        shares(sheet, row, &class.shares.under(status.totals), &looks.number, &looks.percent)?;
        row += 1;
    }
    sheet.write_string_with_format(row, 0, "Всего", &looks.sum)?;
    sheet.write_number_with_format(row, 1, status.pupils as f64, &looks.sum)?;
    shares(sheet, row, &status.totals.named(), &looks.sum, &looks.sum_percent)?;
    sheet.set_freeze_panes(1, 1)?;
    page(sheet, 0)
}

fn shares(
    sheet: &mut Worksheet,
    row: u32,
    shares: &[Named],
    number: &Format,
    percent: &Format,
) -> Result<(), XlsxError> {
    for (named, column) in shares.iter().zip((2_u16..).step_by(3)) {
        sheet.write_number_with_format(row, column, named.share.done as f64, number)?;
        sheet.write_number_with_format(row, column + 1, named.share.of as f64, number)?;
        if named.share.of > 0 {
            sheet.write_number_with_format(row, column + 2, part(named.share), percent)?;
        } else {
            sheet.write_string_with_format(row, column + 2, "—", percent)?;
        }
    }
    Ok(())
}

fn part(share: super::share::Share) -> f64 {
    // Rounded down as everywhere: the director holds the page beside it.
    if share.of == 0 { 0.0 } else { share.percent() as f64 / 100.0 }
}

fn of_class(sheet: &mut Worksheet, class: &ClassStatus, name: String, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(name)?;
    let title = if class.scope.class().is_some() { format!("Класс {}", class.name) } else { class.name.clone() };
    sheet.write_string_with_format(0, 0, title, &looks.title)?;
    let columns = [
        ("Чат", 40.0),
        ("Что с ним", 24.0),
        ("Талоны розданы", 16.0),
        ("Вступили", 11.0),
        ("Должно быть", 12.0),
        ("Посторонних", 13.0),
        ("Непонятных имён", 17.0),
    ];
    for ((word, width), column) in columns.into_iter().zip(0..) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(2, column, word, &looks.head)?;
    }
    let mut row = 3;
    for chat in &class.chats {
        sheet.write_string_with_format(row, 0, chat.title.as_str(), &looks.text)?;
        sheet.write_string_with_format(row, 1, chat.stage.words(), &looks.text)?;
        raise(sheet, row, [(chat.title.as_str(), 40.0), (chat.stage.words(), 24.0)].into_iter())?;
        match chat.handed_out {
            Some(day) => sheet.write_datetime_with_format(row, 2, excel_date(day)?, &looks.date)?,
            None => sheet.write_string_with_format(row, 2, "", &looks.text)?,
        };
        for (number, column) in [
            (chat.joined.map(|joined| joined.done), 3),
            (chat.members, 4),
            (Some(chat.strangers as usize), 5),
            (Some(chat.doubtful as usize), 6),
        ] {
            match number {
                Some(number) => sheet.write_number_with_format(row, column, number as f64, &looks.number)?,
                None => sheet.write_string_with_format(row, column, "не известно", &looks.text)?,
            };
        }
        row += 1;
    }
    row += 1;
    sheet.write_string_with_format(row, 0, "Подписи", &looks.head)?;
    sheet.write_string_with_format(row, 1, "Человек", &looks.head)?;
    for (state, number) in class.signing.each() {
        row += 1;
        sheet.write_string_with_format(row, 0, state.words(), &looks.text)?;
        sheet.write_number_with_format(row, 1, number as f64, &looks.number)?;
    }
    for (title, lines) in named(class) {
        row += 2;
        sheet.write_string_with_format(row, 0, title, &looks.head)?;
        for (name, what) in lines {
            row += 1;
            raise(sheet, row, [(name.as_str(), 40.0), (what.as_str(), 24.0)].into_iter())?;
            sheet.write_string_with_format(row, 0, name, &looks.text)?;
            sheet.write_string_with_format(row, 1, what, &looks.text)?;
        }
    }
    page(sheet, 2)
}

/// The people of a class, where they are to be named.
fn named(class: &ClassStatus) -> Vec<(&'static str, Vec<(String, String)>)> {
    let people = class.people.iter().map(|person| {
        let name = person.name.clone().unwrap_or_else(|| "имени нет в списках".to_owned());
        let pupil = person.pupil.as_ref().map(|pupil| format!(" (родитель: {pupil})")).unwrap_or_default();
        (format!("{name}{pupil}"), person.state.0.words().to_owned())
    });
    let missing = class.missing.iter().map(|one| (one.name.clone(), one.chat.clone()));
    let all = [("Отметки об ознакомлении", people.collect::<Vec<_>>()), ("Не вступили", missing.collect())];
    all.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

fn open_work(sheet: &mut Worksheet, work: &[Work], looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(WORK)?;
    let columns = [("Класс", 9.0), ("Кто", 30.0), ("Что", 60.0), ("Срок", 12.0), ("Просрочено", 12.0), ("Чаты", 50.0)];
    for ((word, width), column) in columns.into_iter().zip(0..) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, word, &looks.head)?;
    }
    for (one, row) in work.iter().zip(1..) {
        let who = one.name.shown().map_or_else(
            || one.who.words().to_owned(),
            |name| format!("{} ({})", name.with_initials(), one.who.words()),
        );
        let chats: Vec<String> = one.chats.iter().map(|title| format!("«{title}»")).collect();
        let overdue = if one.overdue { "да" } else { "" };
        let texts = [one.class.clone(), who, one.what.clone(), String::new(), overdue.to_owned(), chats.join(", ")];
        raise(sheet, row, texts.iter().zip(columns).map(|(text, (_, width))| (text.as_str(), width)))?;
        for (text, column) in texts.into_iter().zip(0..).filter(|(_, column)| *column != 3) {
            sheet.write_string_with_format(row, column, text, &looks.text)?;
        }
        match one.by {
            Some(by) => sheet.write_datetime_with_format(row, 3, excel_date(by)?, &looks.date)?,
            None => sheet.write_string_with_format(row, 3, "", &looks.text)?,
        };
    }
    let last = u32::try_from(work.len()).unwrap_or(u32::MAX).max(1);
    sheet.autofilter(0, 0, last, 5)?;
    sheet.set_freeze_panes(1, 0)?;
    page(sheet, 0)
}

/// Makes a row as high as its texts in columns of these widths need: a spreadsheet does not raise the rows of a written file.
fn raise<'a>(sheet: &mut Worksheet, row: u32, texts: impl Iterator<Item = (&'a str, f64)>) -> Result<(), XlsxError> {
    let lines = texts.map(|(text, width)| (text.chars().count() as f64 / (width - 3.0)).ceil());
    sheet.set_row_height(row, LINE_HEIGHT * lines.fold(1.0, f64::max))?;
    Ok(())
}

fn page(sheet: &mut Worksheet, header: u32) -> Result<(), XlsxError> {
    sheet.set_repeat_rows(header, header)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    sheet.set_footer("&RСтр. &P из &N");
    Ok(())
}

fn sheet_name(name: &str, taken: &mut BTreeSet<String>) -> String {
    let clean: String = name.chars().map(|letter| if "[]:*?/\\'".contains(letter) { '-' } else { letter }).collect();
    let numbered = |number: u32| match number {
        1 => clean.chars().take(NAME_MAX).collect::<String>(),
        number => format!("{} ({number})", clean.chars().take(NAME_MAX - 6).collect::<String>()),
    };
    (1..=SHEETS).map(numbered).find(|name| taken.insert(name.to_lowercase())).unwrap_or_default()
}

fn excel_date(date: Date) -> Result<ExcelDateTime, XlsxError> {
    ExcelDateTime::from_ymd(
        u16::try_from(date.year()).unwrap_or_default(),
        u8::try_from(date.month()).unwrap_or_default(),
        u8::try_from(date.day()).unwrap_or_default(),
    )
}
