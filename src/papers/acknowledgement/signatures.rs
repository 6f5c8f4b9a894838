//! The table to sign in: one row per signature, blank rows for newcomers.

use std::collections::BTreeSet;

use super::wording::Columns;
use super::{PRIMARY, Part};
use crate::papers::flow::styles;
use crate::papers::pupil_names;
use crate::papers::rich_text::RichText;
use crate::papers::table::{Cell, Column, ColumnWidth, Row, Table, TableLook};
use crate::papers::units::{Mm, Pt};
use crate::school::{PaperSettings, PersonId, SchoolClass, Student};

/// Rows in which a name of two lines needs hardly more than the 9.2 mm to sign in.
const LOOK: TableLook = TableLook {
    cell: styles::CELL.size(Pt(9.2)).leading(1.12),
    padding: Mm(1.2),
    room_below: SIGNATURE,
    ..TableLook::FORM
};

/// The room under the table for the homeroom teacher's signature.
const SIGNATURE: Mm = Mm(18.0);

/// For whom a table has rows.
#[derive(Clone, Copy, Debug)]
pub(super) enum Signers<'a> {
    /// The whole class, and blank rows.
    Class,
    /// These pupils and their parents only.
    Only(&'a BTreeSet<PersonId>),
}

impl Signers<'_> {
    pub(super) fn takes(self, student: &Student) -> bool {
        match self {
            Self::Class => true,
            Self::Only(ids) => student.id.is_some_and(|id| ids.contains(&id)),
        }
    }
}

/// The table of a part of the form.
pub(super) fn table(
    part: Part,
    class: &SchoolClass,
    signers: Signers<'_>,
    settings: &PaperSettings,
    words: &Columns,
) -> Table {
    let other_channel = part == Part::Parents && settings.other_channel_column;
    let is_primary = part == Part::Students && PRIMARY.contains(&class.name.grade());
    let signature = if is_primary { &words.signature_primary } else { &words.signature };
    let fixed = |title: &str, width| Column::new(title, ColumnWidth::Fixed(Mm(width)));
    let mut columns = vec![fixed(&words.number, 8.0).centred(), Column::new(&words.student, ColumnWidth::Part(1.0))];
    if part == Part::Parents {
        columns.push(Column::new(&words.parent, ColumnWidth::Part(1.0)));
    }
    columns.push(fixed(&words.acquainted, 16.0));
    if other_channel {
        columns.push(fixed(&words.other_channel, 14.5));
    }
    columns.push(fixed(&words.date, 18.0));
    columns.push(fixed(signature, if part == Part::Parents { 27.0 } else { 48.0 }));

    let pupils = class.students.iter().zip(pupil_names::full(class));
    let people = pupils.filter(|(student, _)| signers.takes(student)).flat_map(|(student, pupil)| match part {
        Part::Parents => rows_of_parents(student, &pupil),
        Part::Students => vec![vec![name(&pupil)]],
    });
    let names = columns.len() - if other_channel { 5 } else { 4 };
    let blank_rows = match signers {
        Signers::Class => settings.blank_rows,
        Signers::Only(_) => 0,
    };
    let blank = std::iter::repeat_n(vec![Cell::empty(); names], blank_rows.into());
    let ticks = if other_channel { 2 } else { 1 };
    let rows = people.chain(blank).zip(1..).map(|(names, number): (Vec<Cell>, u32)| {
        let mut cells = vec![Cell::Text(number.to_string().into())];
        cells.extend(names);
        cells.extend(std::iter::repeat_n(Cell::Tick, ticks));
        Row { cells }
    });
    let rows = rows.collect();
    Table { columns, rows, look: LOOK }
}

/// A row per parent with the pupil's name once; one row to fill in where the roster has none.
fn rows_of_parents(student: &Student, pupil: &str) -> Vec<Vec<Cell>> {
    let parents = student.guardians.iter().map(|guardian| guardian.name.as_ref());
    let mut rows: Vec<Vec<Cell>> =
        parents.map(|parent| vec![Cell::Continued, parent.map_or_else(Cell::empty, name)]).collect();
    if rows.is_empty() {
        rows.push(vec![Cell::Continued, Cell::empty()]);
    }
    if let Some(first) = rows.first_mut().and_then(|row| row.first_mut()) {
        *first = name(&pupil);
    }
    rows
}

fn name(person: &impl std::fmt::Display) -> Cell {
    Cell::Text(RichText::plain(person.to_string()))
}
