//! What was understood of a class list: the people, and how every sheet, column and row was taken.

use super::meaning::Meaning;
use crate::school::{ClassName, Issue, PersonName, Place, Student};
use crate::tables::Form;

/// How one file was understood.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassListReading {
    /// What messages call the file.
    pub label: String,
    /// The form of the file.
    pub form: Form,
    /// Its sheets in their order.
    pub sheets: Vec<SheetReading>,
    /// The pupils in the order of the file, each once.
    pub students: Vec<Student>,
    /// The homeroom teachers it names.
    pub homerooms: Vec<HomeroomMention>,
    /// What is wrong in it.
    pub issues: Vec<Issue>,
}

/// A homeroom teacher whom a class list names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HomeroomMention {
    /// The class.
    pub class: ClassName,
    /// The teacher.
    pub name: PersonName,
    /// Where the list says so.
    pub place: Place,
}

/// How one sheet was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetReading {
    /// The name; `None` for files without sheets.
    pub name: Option<String>,
    /// What came of it.
    pub outcome: SheetOutcome,
    /// The tables on it.
    pub tables: Vec<TableReading>,
}

/// What came of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetOutcome {
    /// It was read.
    Read,
    /// It is hidden and was not read.
    Hidden,
    /// It has no cells.
    Blank,
    /// It holds a table of staff.
    Staff,
    /// No list of pupils was found on it.
    NoList,
}

/// How one table was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableReading {
    /// The rows of the header, zero-based; none for a list without a header.
    pub header_rows: Vec<u32>,
    /// The columns.
    pub columns: Vec<ColumnReading>,
    /// The rows that hold no pupil.
    pub skipped: Vec<SkippedRow>,
    /// How many rows were read as pupils.
    pub pupil_rows: usize,
}

/// How a table is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableLayout {
    /// Columns below a header.
    Headed,
    /// Columns without a header.
    Unheaded,
    /// A card for each pupil: the «columns» are the rows of the first card.
    Cards,
}

impl TableReading {
    /// How the table is laid out.
    pub fn layout(&self) -> TableLayout {
        if !self.header_rows.is_empty() {
            TableLayout::Headed
        } else if self.columns.iter().any(|column| !column.header.is_empty()) {
            TableLayout::Cards
        } else {
            TableLayout::Unheaded
        }
    }
}

/// How one column was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnReading {
    /// The zero-based column.
    pub column: u32,
    /// Its header as it is written, both rows of it.
    pub header: String,
    /// What it means.
    pub meaning: Meaning,
    /// Why, in Russian.
    pub why: &'static str,
}

impl ColumnReading {
    /// A column that holds something and has no header.
    pub(super) fn unnamed(column: u32) -> Self {
        Self {
            column, header: String::new(), meaning: Meaning::Unknown, why: "над столбцом нет названия"
        }
    }
}

/// A row that holds no pupil.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SkippedRow {
    /// The zero-based row.
    pub row: u32,
    /// Why.
    pub reason: SkipReason,
}

/// Why a row holds no pupil.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkipReason {
    /// A title above the table.
    Title,
    /// Nothing but a row number or a class that was filled in beforehand.
    Blank,
    /// The header once more.
    RepeatedHeader,
    /// The numbers of the columns.
    ColumnNumbers,
    /// «7А класс».
    Section,
    /// «Всего: 25».
    Total,
    /// «Классный руководитель ______».
    Signature,
    /// «Страница 2 из 3».
    Page,
    /// «Девочки», «1 группа».
    Subheading,
    /// A remark.
    Remark,
    /// The pupil has left.
    Left,
    /// An issue says what is wrong with it.
    Unreadable,
}

impl SkipReason {
    /// The reason in words, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Title => "заголовок над таблицей",
            Self::Blank => "нет имени",
            Self::RepeatedHeader => "повтор шапки",
            Self::ColumnNumbers => "номера столбцов",
            Self::Section => "название класса",
            Self::Total => "итог",
            Self::Signature => "подпись",
            Self::Page => "номер страницы",
            Self::Subheading => "подзаголовок",
            Self::Remark => "примечание",
            Self::Left => "выбыл",
            Self::Unreadable => "не разобрана, см. замечание",
        }
    }
}
