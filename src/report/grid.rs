//! How tables look in a terminal.

use comfy_table::presets::UTF8_FULL_CONDENSED;
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};
use unicode_width::UnicodeWidthStr;

/// The narrowest table that is tried: below it a terminal breaks lines itself.
const NARROWEST: u16 = 40;

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    /// The words above it.
    pub(super) heading: &'static str,
    /// How its cells stand.
    pub(super) side: Side,
    /// The narrowest terminal, in cells, in which it is shown.
    pub(super) from_width: u16,
}

/// How the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// A table of columns and rows that is at most `width` cells wide.
pub(super) fn grid(columns: &[Column], rows: &[Vec<String>], width: u16) -> String {
    let width = width.max(NARROWEST);
    let shown = |cells: Vec<Cell>| -> Vec<Cell> {
        let cells = cells.into_iter().zip(columns).filter(|(_, column)| column.from_width <= width);
        cells.map(|(cell, _)| cell).collect()
    };
    let mut table = Table::new();
    table.load_style(UTF8_FULL_CONDENSED).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table.set_header(shown(columns.iter().map(|column| Cell::new(column.heading)).collect()));
    for row in rows {
        let cell = |(text, column): (&String, &Column)| {
            let alignment = if column.side == Side::Right { CellAlignment::Right } else { CellAlignment::Left };
            Cell::new(text).set_alignment(alignment)
        };
        table.add_row(shown(row.iter().zip(columns).map(cell).collect()));
    }
    table.trim_fmt()
}

/// A text in lines of at most `width` cells; a longer word has a line of its own.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let Some(line) = lines.last_mut() else { break };
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
