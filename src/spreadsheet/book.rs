//! What stands in a table that is to be written.

use jiff::civil::Date;

/// A workbook.
#[derive(Clone, Debug)]
pub struct Book {
    /// The title in the properties of the file.
    pub title: String,
    /// The day in the properties of the file.
    pub created: Date,
    /// The sheets from left to right.
    pub sheets: Vec<Sheet>,
}

/// One sheet: a header row and rows of texts.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The name on its tab.
    pub name: &'static str,
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// The rows below the header.
    pub rows: Vec<Vec<Cell>>,
    /// Whether the header row has a filter.
    pub filter: Filter,
    /// The line at the top of every printed page; empty for none.
    pub page_title: String,
}

/// A column.
#[derive(Clone, Debug)]
pub struct Column {
    /// The words above it.
    pub header: &'static str,
    /// The width in characters.
    pub width: f64,
    /// How its cells look.
    pub look: Look,
    /// The words to choose from; empty where any text will do.
    pub choices: &'static [&'static str],
}

/// How the cells of a column look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A short text on one line.
    Line,
    /// A text that may need several lines.
    Wrapped,
    /// A light cell for people to fill in.
    ToFill,
}

/// The text of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The text, exactly.
    pub text: String,
    /// How it stands out.
    pub weight: Weight,
}

/// How a text stands out; never by colour alone, because it is printed in black and white.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// As the others.
    Plain,
    /// Bold.
    Bold,
}

/// Whether the header row of a sheet has a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// It has one for every column.
    EveryColumn,
    /// It has none.
    None,
}

impl Cell {
    /// A text like the others.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Plain }
    }

    /// A text that stands out.
    pub fn of(weight: Weight, text: impl Into<String>) -> Self {
        Self { text: text.into(), weight }
    }
}
