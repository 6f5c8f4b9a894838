//! What stands in a document that is to be written.

use jiff::civil::Date;

/// A length in twentieths of a point, as documents count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Twips(pub u32);

/// A document of one section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The title in the properties of the file.
    pub title: String,
    /// Who made it, in the properties of the file.
    pub author: String,
    /// The version in the properties of the file.
    pub version: u32,
    /// The day in the properties of the file.
    pub created: Date,
    /// What stands in it.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
    /// What follows begins on a new page.
    PageBreak,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its text.
    pub runs: Vec<Run>,
    /// How its lines stand.
    pub align: Align,
    /// How far the first line is moved in: 12.5 mm for running text.
    pub first_line: Twips,
    /// How far all lines are moved in.
    pub left: Twips,
    /// The room above it.
    pub before: Twips,
    /// Whether it stays on one page with what follows.
    pub keep: Keep,
}

/// A piece of text in one look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The text.
    pub text: String,
    /// How it stands out.
    pub weight: Weight,
}

/// How a text stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As the others.
    Plain,
    /// Bold.
    Bold,
}

/// How the lines of a paragraph stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// To the left.
    Left,
    /// To the right.
    Right,
    /// In the middle.
    Centre,
    /// To both sides.
    Both,
}

/// Whether a paragraph stays on one page with what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// It does.
    WithNext,
    /// It may stand at the end of a page.
    Alone,
}

/// A table. Its header is repeated on every page; a row is never divided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The columns from left to right.
    pub columns: Vec<Column>,
    /// The rows below the header, each with a text for every column.
    pub rows: Vec<Vec<String>>,
    /// Whether the cells have borders.
    pub borders: Borders,
    /// The least height of a row below the header.
    pub row_height: Twips,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The words above it; where all are empty the table has no header.
    pub header: String,
    /// Its width.
    pub width: Twips,
    /// How its texts stand.
    pub align: Align,
}

/// Whether the cells of a table have borders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Borders {
    /// All of them, for a table of data.
    All,
    /// None: columns of texts beside each other, such as the line to sign.
    None,
}

impl Twips {
    /// A length in tenths of a millimetre.
    pub const fn tenths_of_mm(tenths: u32) -> Self {
        Self((tenths * 1440 + 127) / 254)
    }

    /// A length in points.
    pub const fn points(points: u32) -> Self {
        Self(points * 20)
    }
}

impl Run {
    /// A text like the others.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Plain }
    }

    /// A text that stands out.
    pub fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), weight: Weight::Bold }
    }
}

impl Paragraph {
    /// A paragraph to the left without room around it.
    pub fn of(runs: Vec<Run>) -> Self {
        let none = Twips::default();
        Self { runs, align: Align::Left, first_line: none, left: none, before: none, keep: Keep::Alone }
    }
}

#[cfg(test)]
mod tests {
    use super::Twips;

    #[test]
    fn lengths() {
        let twips = [100, 125, 200, 2100, 2970].map(|tenths| Twips::tenths_of_mm(tenths).0);
        assert_eq!(twips, [567, 709, 1134, 11906, 16838]);
    }
}
