//! How one class list was understood, as the JSON of `inspect`.
//!
//! Unlike the report of a run it names people: it is the answer to the one who gave the file, about that file alone.
//! Its shape is kept: other programs read it. Keys may be added, none is renamed.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::inspection_view::meaning_in_words;
use crate::roster::{OneList, SheetOutcome, SheetReading, SkipReason, TableLayout, TableReading, UnclearTable};
use crate::school::{ClassName, Guardian, Issue, IssueKind, Place, Severity, Student, column_letters};
use crate::tables::Form;

/// A list of which people could be taken.
#[derive(Clone, Debug, Serialize)]
pub struct Inspection<'a> {
    students: Vec<StudentRow<'a>>,
    homeroom: BTreeMap<String, String>,
    issues: Vec<IssueRow<'a>>,
    #[serde(flatten)]
    file: FileRow<'a>,
}

/// A file of which no list could be taken at all.
#[derive(Clone, Debug, Serialize)]
pub struct Refusal<'a> {
    error: &'static str,
    message: &'a str,
    advice: &'a str,
    #[serde(rename = "where")]
    place: String,
    /// Everything that was said about the file.
    issues: Vec<IssueRow<'a>>,
    /// How far it was understood; absent where it is no table.
    #[serde(flatten)]
    file: Option<FileRow<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct StudentRow<'a> {
    class: &'a ClassName,
    surname: &'a str,
    given: &'a str,
    patronymic: Option<&'a str>,
    birth_date: Option<Date>,
    parents: Vec<ParentRow<'a>>,
    #[serde(skip_serializing_if = "SchoolCell::has_no_column")]
    school: SchoolCell<'a>,
    #[serde(rename = "where")]
    place: String,
}

/// What the column of schools says; a list without one has no such key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum SchoolCell<'a> {
    NoColumn,
    Blank,
    Named(&'a str),
}

#[derive(Clone, Debug, Serialize)]
struct ParentRow<'a> {
    name: Option<String>,
    phone: Option<&'a str>,
    email: Option<&'a str>,
    kinship: Option<&'a str>,
}

#[derive(Clone, Debug, Serialize)]
struct IssueRow<'a> {
    kind: &'static str,
    severity: Severity,
    #[serde(rename = "where")]
    place: String,
    message: &'a str,
    advice: &'a str,
}

/// How a file was understood.
#[derive(Clone, Debug, Serialize)]
struct FileRow<'a> {
    file: &'a str,
    form: &'static str,
    encoding: Option<&'static str>,
    delimiter: Option<char>,
    sheets: Vec<SheetRow<'a>>,
    /// The columns that were not understood, with the words for `[roster.columns]` of the settings.
    unclear: Vec<UnclearRow<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct UnclearRow<'a> {
    sheet: Option<&'a str>,
    column: String,
    header: &'a str,
    /// The word that would make it understood.
    word: &'a str,
    /// Headers that are understood by themselves.
    synonyms: &'a [&'a str],
}

#[derive(Clone, Debug, Serialize)]
struct SheetRow<'a> {
    name: Option<&'a str>,
    outcome: &'static str,
    tables: Vec<TableRow<'a>>,
}

#[derive(Clone, Debug, Serialize)]
struct TableRow<'a> {
    /// As a spreadsheet counts them, from 1.
    header_rows: Vec<u64>,
    columns: Vec<ColumnRow<'a>>,
    skipped: Vec<SkippedRow>,
    pupil_rows: usize,
}

#[derive(Clone, Debug, Serialize)]
struct ColumnRow<'a> {
    /// «B»; null in a card.
    column: Option<String>,
    /// The row of the field in the first card, from 1; null in a table of columns.
    row: Option<u64>,
    header: &'a str,
    meaning: String,
    why: &'a str,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct SkippedRow {
    /// As a spreadsheet counts it, from 1.
    row: u64,
    reason: &'static str,
}

impl<'a> Inspection<'a> {
    /// What was understood of a list.
    pub fn of(list: &'a OneList) -> Self {
        let students = &list.reading.students;
        let several_schools = students.iter().any(|student| student.school.is_some());
        Self {
            students: students.iter().map(|student| StudentRow::of(student, several_schools)).collect(),
            homeroom: list
                .homerooms
                .iter()
                .map(|(class, name)| (class.to_string(), with_initials_together(&name.to_string())))
                .collect(),
            issues: list.reading.issues.iter().map(IssueRow::of).collect(),
            file: FileRow::of(list),
        }
    }
}

/// «Петрова О. С.» → «Петрова О.С.»: initials as class lists write them, for other programs to compare.
fn with_initials_together(name: &str) -> String {
    name.replace(['\u{a0}', '\u{202f}'], " ").replace(". ", ".")
}

impl<'a> Refusal<'a> {
    /// The issue for which a file is refused, and how far the file was understood.
    pub fn of(refusal: &'a Issue, list: Option<&'a OneList>) -> Self {
        let issues = list
            .map_or_else(|| vec![IssueRow::of(refusal)], |list| list.reading.issues.iter().map(IssueRow::of).collect());
        Self {
            error: error_word(refusal.kind),
            message: &refusal.message,
            advice: &refusal.advice,
            place: short_place(&refusal.place),
            issues,
            file: list.map(FileRow::of),
        }
    }
}

/// The word for a refused file: an empty list is an empty file, a list without one readable name is no roster.
fn error_word(kind: IssueKind) -> &'static str {
    match kind {
        IssueKind::EmptyRoster => IssueKind::Empty.id(),
        IssueKind::BadName => IssueKind::NotARoster.id(),
        kind => kind.id(),
    }
}

impl<'a> StudentRow<'a> {
    fn of(student: &'a Student, several_schools: bool) -> Self {
        let Student { id: _, stable_id: _, class, name, birth_date, school, guardians, place } = student;
        Self {
            class,
            surname: &name.surname,
            given: &name.given,
            patronymic: name.patronymic.as_deref(),
            birth_date: *birth_date,
            parents: guardians.iter().map(ParentRow::of).collect(),
            school: match school {
                Some(school) => SchoolCell::Named(school),
                None if several_schools => SchoolCell::Blank,
                None => SchoolCell::NoColumn,
            },
            place: short_place(place),
        }
    }
}

impl SchoolCell<'_> {
    fn has_no_column(&self) -> bool {
        *self == Self::NoColumn
    }
}

impl<'a> ParentRow<'a> {
    fn of(guardian: &'a Guardian) -> Self {
        let Guardian { id: _, name, kinship, phone, email } = guardian;
        Self {
            name: name.as_ref().map(ToString::to_string),
            phone: phone.as_ref().map(crate::school::Phone::as_str),
            email: email.as_ref().map(crate::school::Email::as_str),
            kinship: kinship.as_deref(),
        }
    }
}

impl<'a> IssueRow<'a> {
    fn of(issue: &'a Issue) -> Self {
        let Issue { kind, place, message, advice } = issue;
        Self { kind: kind.id(), severity: issue.severity(), place: short_place(place), message, advice }
    }
}

/// «Лист1!B7»; «B7» in a file without sheets; the sheet or the file where no cell is meant.
fn short_place(place: &Place) -> String {
    let Place { file, sheet, cell, line } = place;
    match (sheet, cell, line) {
        (Some(sheet), Some(cell), _) => format!("{sheet}!{cell}"),
        (Some(sheet), None, _) => sheet.to_string(),
        (None, Some(cell), _) => cell.to_string(),
        (None, None, Some(line)) => format!("{file}:{line}"),
        (None, None, None) => file.to_string(),
    }
}

impl<'a> FileRow<'a> {
    fn of(list: &'a OneList) -> Self {
        let (encoding, delimiter) = match list.reading.form {
            Form::Delimited { encoding, delimiter } => (Some(encoding), Some(delimiter)),
            _ => (None, None),
        };
        Self {
            file: &list.reading.label,
            form: form_word(&list.reading.form),
            encoding,
            delimiter,
            sheets: list.reading.sheets.iter().map(SheetRow::of).collect(),
            unclear: list.unclear.iter().flat_map(UnclearRow::of).collect(),
        }
    }
}

impl<'a> UnclearRow<'a> {
    fn of(table: &'a UnclearTable) -> impl Iterator<Item = Self> {
        table.columns.iter().map(|column| Self {
            sheet: table.sheet.as_deref(),
            column: column_letters(column.column),
            header: &column.header,
            word: &column.word,
            synonyms: column.synonyms,
        })
    }
}

fn form_word(form: &Form) -> &'static str {
    match form {
        Form::Xlsx => "xlsx",
        Form::Xls => "xls",
        Form::Ods => "ods",
        Form::Html => "html",
        Form::SpreadsheetMl => "spreadsheet_ml",
        Form::Delimited { .. } => "delimited",
    }
}

impl<'a> SheetRow<'a> {
    fn of(sheet: &'a SheetReading) -> Self {
        let outcome = match sheet.outcome {
            SheetOutcome::Read => "read",
            SheetOutcome::Hidden => "hidden",
            SheetOutcome::Blank => "blank",
            SheetOutcome::Staff => "staff",
            SheetOutcome::NoList => "no_list",
        };
        Self { name: sheet.name.as_deref(), outcome, tables: sheet.tables.iter().map(TableRow::of).collect() }
    }
}

impl<'a> TableRow<'a> {
    fn of(table: &'a TableReading) -> Self {
        let in_cards = table.layout() == TableLayout::Cards;
        let columns = table.columns.iter().map(|column| ColumnRow {
            column: (!in_cards).then(|| column_letters(column.column)),
            row: in_cards.then(|| u64::from(column.column) + 1),
            header: &column.header,
            meaning: meaning_in_words(column.meaning),
            why: column.why,
        });
        let skipped = table
            .skipped
            .iter()
            .map(|skipped| SkippedRow { row: u64::from(skipped.row) + 1, reason: reason_word(skipped.reason) });
        Self {
            header_rows: table.header_rows.iter().map(|row| u64::from(*row) + 1).collect(),
            columns: columns.collect(),
            skipped: skipped.collect(),
            pupil_rows: table.pupil_rows,
        }
    }
}

fn reason_word(reason: SkipReason) -> &'static str {
    match reason {
        SkipReason::Title => "title",
        SkipReason::Blank => "blank",
        SkipReason::RepeatedHeader => "repeated_header",
        SkipReason::ColumnNumbers => "column_numbers",
        SkipReason::Section => "section",
        SkipReason::Total => "total",
        SkipReason::Signature => "signature",
        SkipReason::Page => "page",
        SkipReason::Subheading => "subheading",
        SkipReason::Remark => "remark",
        SkipReason::Left => "left",
        SkipReason::Unreadable => "unreadable",
    }
}
