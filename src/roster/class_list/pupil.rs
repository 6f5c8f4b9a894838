//! One row of a table → a pupil.

use std::borrow::Cow;

use jiff::civil::Date;

use super::super::cell_text::is_absent;
use super::super::names::{NameError, NameOrder, person_name, person_name_in_order, person_name_of_parts};
use super::classes::{ClassCell, Classes};
use super::columns::Column;
use super::grid::At;
use super::guardians::guardians;
use super::meaning::Meaning;
use super::notes::Notes;
use super::reading::{HomeroomMention, SkipReason};
use crate::school::{ClassName, IssueKind, PersonName, Student};
use crate::tables::Value;

/// The cells of a row under their columns.
pub(super) type Cells<'a> = [(&'a Column, At<'a>)];

/// A row read as a pupil.
#[derive(Clone, Debug)]
pub(super) struct Pupil {
    pub(super) student: Student,
    /// The number of the row, where one stands in it: «7», «7.».
    pub(super) number: Option<u32>,
    /// The homeroom teacher whom the row names.
    pub(super) homeroom: Option<HomeroomMention>,
}

/// What is known while the rows of a sheet are read.
pub(super) struct Desk<'d> {
    pub(super) notes: &'d mut Notes,
    pub(super) classes: &'d mut Classes,
    pub(super) today: Date,
    /// The rows stand under «Выбыли».
    pub(super) leavers: bool,
}

/// Reads a row; the error is the reason why it holds no pupil (an issue tells more where one is due).
pub(super) fn pupil(cells: &Cells<'_>, desk: &mut Desk<'_>) -> Result<Pupil, SkipReason> {
    let named = name_cell(cells).filter(|cell| !is_absent(&cell.text()) || cell.value == Value::FormulaWithoutValue);
    let Some(cell) = named else { return Err(nameless(cells, desk.notes)) };
    let (name, prefix) = match name(cells, desk.notes) {
        Ok(read) => read,
        Err(error) => {
            // A formula without a value has its own issue.
            if error != NameError::Empty || cell.value != Value::FormulaWithoutValue {
                desk.notes.bad_name(cell, &error);
            }
            return Err(SkipReason::Unreadable);
        }
    };
    if desk.leavers || has_left(cells, desk.notes) {
        let message = format!("{name} — выбыл(а) из школы и в списки не входит");
        desk.notes.add(IssueKind::LeftStudent, cell, message, "");
        return Err(SkipReason::Left);
    }
    let class = class(cells, prefix, cell, desk).ok_or(SkipReason::Unreadable)?;
    let today = desk.today;
    let birth_date = find(cells, Meaning::BirthDate).and_then(|cell| desk.notes.birth_date(cell, today));
    let school = find(cells, Meaning::School)
        .map(|cell| desk.notes.text(cell))
        .filter(|text| !is_absent(text))
        .map(Cow::into_owned);
    let stable_id = find(cells, Meaning::StableId).and_then(|cell| cell.text().parse().ok());
    let guardians = guardians(cells, desk.notes);
    let homeroom = find(cells, Meaning::Homeroom).and_then(|cell| homeroom(cell, &class, desk.notes));
    let place = desk.notes.place(cell);
    let student = Student { id: None, class, name, birth_date, school, stable_id, guardians, place };
    Ok(Pupil { student, number: number(cells), homeroom })
}

fn number(cells: &Cells<'_>) -> Option<u32> {
    let mut ordinals = cells.iter().filter(|(column, _)| column.meaning == Meaning::Ordinal);
    ordinals.find_map(|(_, cell)| cell.text().trim_end_matches(['.', ')']).parse().ok())
}

/// The cell in which the name stands or begins.
pub(super) fn name_cell<'a>(cells: &Cells<'a>) -> Option<At<'a>> {
    let whole = cells.iter().find(|(column, _)| matches!(column.meaning, Meaning::FullName(_)));
    let parts = [Meaning::Surname, Meaning::Given, Meaning::GivenAndPatronymic]
        .into_iter()
        .find_map(|wanted| find(cells, wanted));
    if has_parts(cells) { parts } else { whole.map(|(_, cell)| *cell).or(parts) }
}

fn has_parts(cells: &Cells<'_>) -> bool {
    let given = find(cells, Meaning::Given).or_else(|| find(cells, Meaning::GivenAndPatronymic));
    find(cells, Meaning::Surname).is_some() && given.is_some()
}

fn find<'a>(cells: &Cells<'a>, wanted: Meaning) -> Option<At<'a>> {
    cells.iter().find(|(column, _)| column.meaning == wanted).map(|(_, cell)| *cell)
}

/// The name, and the class that stands before it in the same cell («10А, Иванова Мария Петровна»).
fn name(cells: &Cells<'_>, notes: &mut Notes) -> Result<(PersonName, Option<String>), NameError> {
    let whole = cells.iter().find_map(|(column, cell)| match column.meaning {
        Meaning::FullName(order) => Some((order, *cell)),
        _ => None,
    });
    if let (Some((order, cell)), false) = (whole, has_parts(cells)) {
        let text = notes.text(cell);
        let (prefix, name) = split_prefix(&text);
        return Ok((person_name_in_order(name, order)?, prefix.map(str::to_owned)));
    }
    let [surname, given, patronymic] = [Meaning::Surname, Meaning::Given, Meaning::Patronymic]
        .map(|part| find(cells, part).map(|cell| notes.text(cell)).unwrap_or_default());
    let both = find(cells, Meaning::GivenAndPatronymic).map(|cell| notes.text(cell)).unwrap_or_default();
    let (first, rest) = both.split_once(char::is_whitespace).unwrap_or((&both, ""));
    let [given, patronymic] = if given.is_empty() { [first, rest] } else { [&*given, &*patronymic] };
    Ok((person_name_of_parts(&surname, given, patronymic)?, None))
}

/// «10А, Иванова Мария» → «10А» and «Иванова Мария».
pub(super) fn split_prefix(text: &str) -> (Option<&str>, &str) {
    let split = text.split_once([',', ';']).filter(|(class, _)| class.parse::<ClassName>().is_ok());
    split.map_or((None, text), |(class, name)| (Some(class), name))
}

fn class(cells: &Cells<'_>, prefix: Option<String>, name: At<'_>, desk: &mut Desk<'_>) -> Option<ClassName> {
    let Desk { notes, classes, .. } = desk;
    let grade = find(cells, Meaning::Grade).map(|cell| (cell, notes.text(cell)));
    let litera = find(cells, Meaning::Litera).map(|cell| notes.text(cell)).unwrap_or_default();
    let (cell, column) = match (find(cells, Meaning::Class), grade, prefix) {
        (Some(cell), _, _) => (cell, classes.read_cell(cell, notes)),
        (None, Some((cell, grade)), _) if !is_absent(&grade) => {
            let has_litera = grade.parse::<ClassName>().is_ok_and(|class| !class.litera().is_empty());
            let joined = if has_litera || is_absent(&litera) { grade } else { Cow::Owned(format!("{grade} {litera}")) };
            (cell, classes.read_text(&joined, cell, notes))
        }
        (None, _, Some(prefix)) => (name, classes.read_text(&prefix, name, notes)),
        (None, _, None) => (name, ClassCell::Blank),
    };
    classes.class_of(column, cell, notes)
}

/// How words begin that say that a pupil has left.
const LEFT: [&str; 4] = ["выбы", "отчислен", "выпущен", "исключен"];

/// «Выбыл» in a column of the status or of remarks or behind the name, or a filled column of the departure.
fn has_left(cells: &Cells<'_>, notes: &mut Notes) -> bool {
    let says_so = |word: &str| {
        let word = word.to_lowercase().replace('ё', "е");
        LEFT.iter().any(|stem| word.starts_with(stem))
    };
    let mut left = false;
    for (column, cell) in cells {
        left |= match column.meaning {
            Meaning::Status => says_so(&notes.text(*cell)),
            Meaning::Departure => !is_absent(&notes.text(*cell)),
            meaning if meaning.is_name() => {
                cell.text().split(|letter: char| !letter.is_alphabetic()).skip(1).any(says_so)
            }
            _ => false,
        };
    }
    left
}

fn homeroom(cell: At<'_>, class: &ClassName, notes: &mut Notes) -> Option<HomeroomMention> {
    let text = notes.text(cell);
    if is_absent(&text) {
        return None;
    }
    match person_name(&text) {
        Ok(name) => Some(HomeroomMention { class: class.clone(), name, place: notes.place(cell) }),
        Err(error) => {
            let message = format!("{error}; классный руководитель не указан");
            notes.add(
                IssueKind::NoHomeroomTeacher,
                cell,
                message,
                "Впишите фамилию, имя и отчество классного руководителя.",
            );
            None
        }
    }
}

/// A row without a name: blank where nothing else tells of a pupil, else an issue.
fn nameless(cells: &Cells<'_>, notes: &mut Notes) -> SkipReason {
    let telling = cells.iter().find(|(column, cell)| {
        let tells = matches!(
            column.meaning,
            Meaning::BirthDate
                | Meaning::Guardian(..)
                | Meaning::Given
                | Meaning::GivenAndPatronymic
                | Meaning::Patronymic
        );
        tells && !is_absent(&cell.text())
    });
    if let Some((_, cell)) = telling {
        notes.add(
            IssueKind::BadName,
            *cell,
            "в строке есть сведения об ученике, но нет его имени",
            "Впишите фамилию и имя (или объедините ячейки имени, если строка продолжает предыдущую) и запустите снова.",
        );
        SkipReason::Unreadable
    } else {
        let remark = cells.iter().any(|(column, cell)| {
            column.meaning == Meaning::Ordinal
                && cell.text().chars().filter(|letter| letter.is_alphabetic()).count() > 2
        });
        if remark { SkipReason::Remark } else { SkipReason::Blank }
    }
}

/// Whether a text looks like a person's name: two to four words of letters.
pub(super) fn looks_like_name(text: &str) -> bool {
    let (_, name) = split_prefix(text);
    person_name_in_order(name, NameOrder::SurnameFirst).is_ok()
}
