//! «Бумаги, которые больше не действуют»: which to collect and to destroy.

use super::Change;
use super::wording::VoidWording;
use crate::papers::document::part_heading;
use crate::papers::flow::{Flow, styles};
use crate::papers::phrases::Values;
use crate::papers::rich_text::RichText;
use crate::papers::table::{Cell, Column, ColumnWidth, Row, Table, TableLook};
use crate::papers::units::{Mm, Pt};
use crate::school::{VoidPaper, dotted};

/// Rows to look through with a pencil, most of them one line high.
const LOOK: TableLook =
    TableLook { cell: styles::CELL.size(Pt(9.2)), row_height: Mm(6.0), padding: Mm(1.1), ..TableLook::LIST };

/// The heading, the note, the header and a first row.
const HEAD: Mm = Mm(38.0);

/// Puts the list into the cover; nothing where all papers hold.
pub(super) fn void(flow: &mut Flow, change: &Change<'_>) {
    let words = &change.wording.void;
    let papers = &change.sheet.void;
    if papers.is_empty() {
        return;
    }
    flow.keep(HEAD);
    part_heading(flow, &words.heading);
    if let Some(note) = change.values().phrase(&words.note) {
        flow.paragraph(&note, styles::NOTE);
        flow.space(Mm(1.5));
    }
    flow.table(&table(papers, words));
}

fn table(papers: &[VoidPaper], words: &VoidWording) -> Table {
    let fixed = |title: &str, width| Column::new(title, ColumnWidth::Fixed(Mm(width)));
    let columns = vec![
        fixed(&words.number, 8.0).centred(),
        Column::new(&words.paper, ColumnWidth::Part(1.0)),
        fixed(&words.edition, 25.0),
        fixed(&words.why, 42.0),
        fixed(&words.destroyed, 21.0),
    ];
    let row = |(number, paper): (usize, &VoidPaper)| {
        let VoidPaper { words: title, edition, why } = paper;
        let edition = Values::default()
            .with("версия", edition.version.to_string())
            .with("дата", dotted(edition.issued))
            .line(&words.version);
        let texts = [number.to_string(), title.clone(), edition, why.clone()];
        let cells = texts.into_iter().map(|text| Cell::Text(RichText::plain(text))).chain([Cell::Tick]);
        Row { cells: cells.collect() }
    };
    Table { columns, rows: (1..).zip(papers).map(row).collect(), look: LOOK }
}
