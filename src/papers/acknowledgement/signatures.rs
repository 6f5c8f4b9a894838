//! The table to sign in: one row per signature, blank rows for newcomers.

use super::wording::Columns;
use super::{PRIMARY, Part, People};
use crate::papers::flow::styles;
use crate::papers::pupil_names;
use crate::papers::rich_text::RichText;
use crate::papers::table::{Cell, Column, ColumnWidth, Row, Table, TableLook};
use crate::papers::units::{Mm, Pt};
use crate::school::{ChangeSheet, Guardian, PaperSettings, Student};

/// Rows in which a name of two lines needs hardly more than the 9.2 mm to sign in.
const LOOK: TableLook = TableLook {
    cell: styles::CELL.size(Pt(9.2)).leading(1.12),
    padding: Mm(1.2),
    room_below: SIGNATURE,
    ..TableLook::FORM
};

/// The room under the table for the signature of who collects the others.
const SIGNATURE: Mm = Mm(18.0);

/// For whom a table has rows.
#[derive(Clone, Copy, Debug)]
pub(super) enum Signers<'a> {
    /// Everybody, and blank rows.
    All,
    /// The newcomers of a change with their parents, and the new parents of other pupils.
    Only(&'a ChangeSheet),
}

impl Signers<'_> {
    /// Whether a part of the form has rows for a pupil or the parents.
    pub(super) fn takes(self, part: Part, student: &Student) -> bool {
        let has_parent = || student.guardians.iter().any(|guardian| self.takes_parent(student, guardian));
        self.takes_pupil(student) || part == Part::Parents && has_parent()
    }

    fn takes_pupil(self, student: &Student) -> bool {
        match self {
            Self::All => true,
            Self::Only(sheet) => student.id.is_some_and(|id| sheet.newcomers.contains(&id)),
        }
    }

    fn takes_parent(self, student: &Student, guardian: &Guardian) -> bool {
        let is_new = |sheet: &ChangeSheet| {
            let parents = sheet.new_parents.get(&student.id?)?;
            Some(parents.contains(&guardian.id?))
        };
        match self {
            Self::All => true,
            Self::Only(sheet) => self.takes_pupil(student) || is_new(sheet).unwrap_or_default(),
        }
    }
}

/// The table of a part of the form.
pub(super) fn table(
    part: Part,
    people: People<'_>,
    signers: Signers<'_>,
    settings: &PaperSettings,
    words: &Columns,
) -> Table {
    let other_channel = part == Part::Parents && settings.other_channel_column;
    let is_primary = matches!(people, People::Class(class) if PRIMARY.contains(&class.name.grade()));
    let (signature, width) = match part {
        Part::Parents => (&words.signature, 27.0),
        Part::Students if is_primary => (&words.signature_primary, 48.0),
        Part::Students => (&words.signature, 48.0),
        Part::Staff => (&words.signature, 34.0),
    };
    let fixed = |title: &str, width| Column::new(title, ColumnWidth::Fixed(Mm(width)));
    let headings = match part {
        Part::Parents => vec![&words.student, &words.parent],
        Part::Students => vec![&words.student],
        Part::Staff => vec![&words.member, &words.post],
    };
    let names = headings.len();
    let mut columns = vec![fixed(&words.number, 8.0).centred()];
    columns.extend(headings.into_iter().map(|title| Column::new(title, ColumnWidth::Part(1.0))));
    columns.push(fixed(&words.acquainted, 16.0));
    if other_channel {
        columns.push(fixed(&words.other_channel, 14.5));
    }
    columns.push(fixed(&words.date, 18.0));
    columns.push(fixed(signature, width));

    let people: Vec<Vec<Cell>> = match people {
        People::Staff(members) => members.iter().map(|member| vec![name(&member.name), name(&member.post)]).collect(),
        People::Class(class) => {
            let pupils = class.students.iter().zip(pupil_names::full(class));
            let pupils = pupils.filter(|(student, _)| signers.takes(part, student));
            pupils
                .flat_map(|(student, pupil)| match part {
                    Part::Parents => rows_of_parents(student, &pupil, signers),
                    Part::Students | Part::Staff => vec![vec![name(&pupil)]],
                })
                .collect()
        }
    };
    let blank_rows = match signers {
        Signers::All => settings.blank_rows,
        Signers::Only(_) => 0,
    };
    let blank = std::iter::repeat_n(vec![Cell::empty(); names], blank_rows.into());
    let ticks = if other_channel { 2 } else { 1 };
    let rows = people.into_iter().chain(blank).zip(1..).map(|(names, number): (Vec<Cell>, u32)| {
        let mut cells = vec![Cell::Text(number.to_string().into())];
        cells.extend(names);
        cells.extend(std::iter::repeat_n(Cell::Tick, ticks));
        Row { cells }
    });
    let rows = rows.collect();
    Table { columns, rows, look: LOOK }
}

/// A row per parent with the pupil's name once; one row to fill in where the roster has none.
fn rows_of_parents(student: &Student, pupil: &str, signers: Signers<'_>) -> Vec<Vec<Cell>> {
    let parents = student.guardians.iter().filter(|guardian| signers.takes_parent(student, guardian));
    let parents = parents.map(|guardian| guardian.name.as_ref());
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
