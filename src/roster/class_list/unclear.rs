//! Columns that were not understood, and what they probably are.
//!
//! A guess is for a person to judge: nothing is ever read by it.

use jiff::civil::Date;

use super::super::dates::birth_date;
use super::super::header::header_key;
use super::column_words::{ColumnWords, FieldWord, NOT_NEEDED, field_words};
use super::meaning::{GuardianPart, GuardianSlot, Meaning};
use super::pupil::looks_like_name;
use super::reading::{ColumnReading, SheetOutcome, SheetReading};
use crate::school::{ClassName, Email, Phone};
use crate::tables::{CellOfRow, Sheet, Value};

/// The columns of one table that were not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnclearTable {
    /// The sheet; `None` for files without sheets.
    pub sheet: Option<String>,
    /// The row that looks like a header, zero-based, where none was found for certain.
    pub guessed_header: Option<u32>,
    /// The columns.
    pub columns: Vec<UnclearColumn>,
}

/// A column that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnclearColumn {
    /// The zero-based column.
    pub column: u32,
    /// Its header as written.
    pub header: String,
    /// The word of the closed list ([`ColumnWords`]) that would make it understood; «не нужен» where it holds nothing
    /// that a list is read for.
    pub word: String,
    /// Headers of the same meaning that need no word; empty where the column is not needed.
    pub synonyms: &'static [&'static str],
}

/// How many filled cells of a column are looked at.
const LOOK_AT: usize = 40;
/// A header may stand that far down, in occupied rows (rule 5 of `docs/inputs.md` § 2).
const HEADER_WITHIN: usize = 30;
/// From this likeness on (0 to 1) a header was probably meant to be a known one.
const LIKE: f64 = 0.88;

/// What the cells of a column look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    Name,
    Class,
    Date,
    Phone,
    Email,
}

/// The columns of a sheet that were not understood.
pub(super) fn unclear(sheet: &Sheet, reading: &SheetReading, words: &ColumnWords, today: Date) -> Vec<UnclearTable> {
    match reading.outcome {
        SheetOutcome::Read => {
            let tables = reading.tables.iter().filter_map(|table| {
                let below = table.header_rows.last()? + 1;
                Table { sheet, below, columns: &table.columns, today }.unclear(None)
            });
            tables.collect()
        }
        SheetOutcome::NoList => {
            let Some(row) = guessed_header(sheet, today) else { return Vec::new() };
            let columns: Vec<ColumnReading> = sheet.row(row).map(header_cell(words)).collect();
            Table { sheet, below: row + 1, columns: &columns, today }.unclear(Some(row)).into_iter().collect()
        }
        SheetOutcome::Hidden | SheetOutcome::Blank | SheetOutcome::Staff => Vec::new(),
    }
}

fn header_cell(words: &ColumnWords) -> impl Fn(CellOfRow<'_>) -> ColumnReading {
    |CellOfRow { column, value }| {
        let header = value.text().trim().to_owned();
        ColumnReading { column, meaning: words.meaning(&header), header, why: "" }
    }
}

/// The row above the names: of all rows the one with the most headings of columns that look like something.
fn guessed_header(sheet: &Sheet, today: Date) -> Option<u32> {
    let heading = |value: Value<'_>| {
        let text = value.text();
        matches!(value, Value::Text(_)) && text.contains(char::is_alphabetic) && look(value, today).is_none()
    };
    let mut best: Option<(u32, usize)> = None;
    for row in sheet.rows().take(HEADER_WITHIN) {
        let headings = sheet.row(row).filter(|cell| heading(cell.value));
        let looks: Vec<Look> = headings.filter_map(|cell| look_of(sheet, row + 1, cell.column, today)).collect();
        let better = best.is_none_or(|(_, most)| looks.len() > most);
        if sheet.row(row).count() >= 2 && looks.contains(&Look::Name) && better {
            best = Some((row, looks.len()));
        }
    }
    best.map(|(row, _)| row)
}

/// A table with its columns as far as they are known.
struct Table<'a> {
    sheet: &'a Sheet,
    /// The row below the header.
    below: u32,
    columns: &'a [ColumnReading],
    today: Date,
}

impl Table<'_> {
    fn unclear(&self, guessed_header: Option<u32>) -> Option<UnclearTable> {
        let mut columns: Vec<UnclearColumn> = Vec::new();
        for column in self.columns.iter().filter(|column| is_unclear(column)) {
            let guess = self.guess(column, &columns);
            let word = guess.as_ref().map_or_else(|| NOT_NEEDED.to_owned(), |field| field.word.clone());
            let synonyms = guess.map_or(&[][..], |field| synonyms(field.meaning));
            columns.push(UnclearColumn { column: column.column, header: column.header.clone(), word, synonyms });
        }
        let sheet = self.sheet.name.clone();
        (!columns.is_empty()).then_some(UnclearTable { sheet, guessed_header, columns })
    }

    /// What a column probably is: by its cells, else by a header that is almost a known one.
    fn guess(&self, column: &ColumnReading, before: &[UnclearColumn]) -> Option<FieldWord> {
        let words = field_words();
        let of = |meaning: Meaning| words.iter().find(|field| field.meaning == meaning).cloned();
        let told = |wanted: fn(Meaning) -> bool| {
            let known = self.columns.iter().any(|column| wanted(column.meaning));
            let guessed =
                |column: &UnclearColumn| words.iter().any(|field| field.word == column.word && wanted(field.meaning));
            known || before.iter().any(guessed)
        };
        let pupils = told(|meaning| matches!(meaning, Meaning::FullName(_) | Meaning::Surname));
        let names = super::super::names::NameOrder::SurnameFirst;
        let look = match column.meaning {
            Meaning::AnyPhone(_) => Some(Look::Phone),
            Meaning::AnyEmail(_) => Some(Look::Email),
            _ => look_of(self.sheet, self.below, column.column, self.today),
        };
        match look {
            Some(Look::Name) if pupils => of(Meaning::Guardian(GuardianSlot::Plain, GuardianPart::Name(names))),
            Some(Look::Name) => of(Meaning::FullName(names)),
            Some(Look::Class) => of(Meaning::Class).filter(|_| !told(|meaning| meaning == Meaning::Class)),
            Some(Look::Date) => of(Meaning::BirthDate).filter(|_| !told(|meaning| meaning == Meaning::BirthDate)),
            Some(Look::Phone) => of(Meaning::Guardian(self.parent_left_of(column), GuardianPart::Phone)),
            Some(Look::Email) => of(Meaning::Guardian(self.parent_left_of(column), GuardianPart::Email)),
            None => alike(&column.header, &words),
        }
    }

    /// The parent whose name stands nearest on the left.
    fn parent_left_of(&self, column: &ColumnReading) -> GuardianSlot {
        let mut left = self.columns.iter().rev().filter(|other| other.column < column.column);
        let slot = |other: &ColumnReading| match other.meaning {
            Meaning::Guardian(slot, GuardianPart::Name(_)) => Some(slot),
            _ => None,
        };
        left.find_map(slot).unwrap_or(GuardianSlot::Plain)
    }
}

pub(super) fn is_unclear(column: &ColumnReading) -> bool {
    let unclear = matches!(column.meaning, Meaning::Unknown | Meaning::AnyPhone(_) | Meaning::AnyEmail(_));
    unclear && header_key(&column.header).contains(char::is_alphanumeric)
}

/// The field whose usual headers are most like a header.
fn alike(header: &str, words: &[FieldWord]) -> Option<FieldWord> {
    let key = header_key(header);
    let likeness = |field: &&FieldWord| -> f64 {
        let known = synonyms(field.meaning).iter().map(|known| strsim::jaro_winkler(&key, &header_key(known)));
        known.fold(0.0, f64::max)
    };
    let best = words.iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    best.filter(|field| likeness(field) >= LIKE).cloned()
}

/// What most of the filled cells of a column look like.
fn look_of(sheet: &Sheet, below: u32, column: u32, today: Date) -> Option<Look> {
    let values = sheet.rows().filter(|row| *row >= below).filter_map(|row| sheet.value(row, column)).take(LOOK_AT);
    let looks: Vec<Option<Look>> = values.map(|value| look(value, today)).collect();
    let kinds = [Look::Name, Look::Class, Look::Date, Look::Phone, Look::Email];
    kinds.into_iter().find(|kind| looks.iter().filter(|look| **look == Some(*kind)).count() * 2 > looks.len())
}

fn look(value: Value<'_>, today: Date) -> Option<Look> {
    let text = value.text();
    let text = text.trim();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let words = text.split_whitespace().count();
    match value {
        Value::Date(_) => Some(Look::Date),
        Value::Number(_) | Value::Text(_) if digits >= 10 && text.parse::<Phone>().is_ok() => Some(Look::Phone),
        Value::Text(_) if text.parse::<Email>().is_ok() => Some(Look::Email),
        Value::Text(_) if digits >= 4 && birth_date(value, today).is_ok() => Some(Look::Date),
        Value::Text(_) if text.parse::<ClassName>().is_ok_and(|class| !class.litera().is_empty()) => Some(Look::Class),
        Value::Text(_) if (2..=4).contains(&words) && digits == 0 && looks_like_name(text) => capital_words(text),
        _ => None,
    }
}

/// «Ли Вэй» is a name, «не указано» is none.
fn capital_words(text: &str) -> Option<Look> {
    text.split_whitespace().take(2).all(|word| word.starts_with(char::is_uppercase)).then_some(Look::Name)
}

/// Headers of a meaning that the program understands by itself.
fn synonyms(meaning: Meaning) -> &'static [&'static str] {
    match meaning {
        Meaning::FullName(super::super::names::NameOrder::SurnameFirst) => &["ФИО", "ФИО ученика", "Обучающийся"],
        Meaning::FullName(_) => &["Имя Фамилия", "Имя Отчество Фамилия"],
        Meaning::Surname => &["Фамилия", "Фамилия ученика"],
        Meaning::Given => &["Имя", "Имя ученика"],
        Meaning::GivenAndPatronymic => &["Имя Отчество", "Имя и отчество"],
        Meaning::Patronymic => &["Отчество", "Отчество ученика"],
        Meaning::BirthDate => &["Дата рождения", "Дата рожд.", "Д.р."],
        Meaning::Class => &["Класс", "Кл.", "Класс обучения"],
        Meaning::Grade => &["Параллель", "Год обучения"],
        Meaning::Litera => &["Литера", "Буква класса"],
        Meaning::School => &["Школа", "Образовательная организация"],
        Meaning::Homeroom => &["Классный руководитель", "Кл. рук."],
        Meaning::Status => &["Статус", "Движение"],
        Meaning::Departure => &["Дата выбытия", "Выбыл"],
        Meaning::StableId => &["Личное дело №", "ID"],
        Meaning::Guardian(slot, part) => guardian_synonyms(slot, part),
        Meaning::Ordinal
        | Meaning::AnyPhone(_)
        | Meaning::AnyEmail(_)
        | Meaning::StudentContact
        | Meaning::Staff
        | Meaning::Never
        | Meaning::Unknown => &[],
    }
}

fn guardian_synonyms(slot: GuardianSlot, part: GuardianPart) -> &'static [&'static str] {
    use super::meaning::Kin;
    match (slot, part) {
        (GuardianSlot::Plain, GuardianPart::Name(_)) => &["ФИО родителя", "Законный представитель", "Мать", "Отец"],
        (GuardianSlot::Plain, GuardianPart::Phone) => &["Телефон родителя", "Телефон матери", "Телефон отца"],
        (GuardianSlot::Plain, GuardianPart::Email) => &["E-mail родителя", "Почта матери"],
        (GuardianSlot::Plain, GuardianPart::Kinship) => &["Степень родства", "Кем приходится"],
        (GuardianSlot::Number(1), GuardianPart::Phone) => &["Телефон родителя 1"],
        (GuardianSlot::Number(2), GuardianPart::Phone) => &["Телефон родителя 2"],
        (GuardianSlot::Kin(Kin::Mother), GuardianPart::Phone) => &["Телефон матери", "Телефон мамы"],
        (GuardianSlot::Kin(Kin::Father), GuardianPart::Phone) => &["Телефон отца", "Телефон папы"],
        (GuardianSlot::Kin(Kin::Mother), GuardianPart::Email) => &["Почта матери", "E-mail мамы"],
        (GuardianSlot::Kin(Kin::Father), GuardianPart::Email) => &["Почта отца", "E-mail папы"],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::column_words::{ColumnWords, field_words};
    use super::super::meaning::Meaning;
    use super::super::tests::sheet;
    use super::super::workbook::read_workbook;
    use super::{synonyms, unclear};
    use crate::tables::{Form, Workbook};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let (sheet, today) = (sheet("Лист1", text), date(2026, 9, 1));
        let workbook = Workbook { form: Form::Xlsx, sheets: vec![sheet.clone()] };
        let words = ColumnWords::default();
        let reading = read_workbook(&workbook, "7А.xlsx", &words, today);
        let tables = unclear(&sheet, &reading.sheets[0], &words, today);
        let columns = tables.iter().flat_map(|table| &table.columns);
        let shown: Vec<String> = columns.map(|column| format!("{} = {}", column.header, column.word)).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_column_is_guessed_by_its_cells() {
        check(
            "№|ФИО|Связь|Ящик|С кем|Пришёл\n\
             1|Ли Вэй|8 944 000-00-01|a@example.org|Ли Анна|01.09.2020\n\
             2|Ким Ян|8 944 000-00-02|b@example.org|Ким Ольга|01.09.2021",
            &["Связь = телефон родителя", "Ящик = почта родителя", "С кем = ФИО родителя", "Пришёл = дата рождения"],
        );
        check("№|ФИО|Мать|Связь\n1|Ли Вэй|Ли Анна|89440000001\n2|Ким Ян||", &["Связь = телефон матери"]);
    }

    #[test]
    fn a_column_of_remarks_is_not_needed() {
        check("№|ФИО|Подвоз\n1|Ли Вэй|да\n2|Ким Ян|нет", &["Подвоз = не нужен"]);
    }

    #[test]
    fn a_header_may_be_almost_a_known_one() {
        check("№|ФИО|Класный руководитель\n1|Ли Вэй|\n2|Ким Ян|", &["Класный руководитель = классный руководитель"]);
    }

    #[test]
    fn a_plain_telephone_without_parents() {
        check("№|ФИО|Телефон\n1|Ли Вэй|89440000001", &["Телефон = телефон родителя"]);
    }

    #[test]
    fn a_header_that_was_not_found_is_guessed() {
        check(
            "Наша школа|2026\nЧадо|Где учится|Связь\nЛи Вэй|7А|8 944 000-00-01\nКим Ян|7Б|8 944 000-00-02",
            &["Чадо = ФИО ученика", "Где учится = класс", "Связь = телефон родителя"],
        );
        check("раз|два\nтри|четыре", &[]);
    }

    #[test]
    fn synonyms_are_understood_as_they_are_told() {
        for field in field_words() {
            for header in synonyms(field.meaning) {
                let settled = Meaning::of(header);
                let same =
                    settled == field.meaning || synonyms(settled).contains(header) || field.word.ends_with("родителя");
                assert!(same, "{header} is {settled:?}, not {}", field.word);
            }
        }
    }
}
