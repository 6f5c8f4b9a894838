//! One class list by itself: how it was understood, and what the roster of the school would take from it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::assemble::assemble;
use super::column_words::ColumnWords;
use super::reading::ClassListReading;
use super::unclear::{UnclearTable, unclear};
use super::workbook::read_workbook;
use crate::school::{ClassName, Issue, IssueKind, PersonName, Place};
use crate::tables::{self, Source, Value, Workbook};

/// One class list as [`read`](super::read) takes it where it is the only one.
#[derive(Clone, Debug, PartialEq)]
pub struct OneList {
    /// How the file was understood; its pupils stand in the order of the file, its issues are all of them, those about
    /// whole classes included, sorted by kind and place.
    pub reading: ClassListReading,
    /// The homeroom teachers, one for each class that has one.
    pub homerooms: BTreeMap<ClassName, PersonName>,
    /// The columns that were not understood, with what they probably are.
    pub unclear: Vec<UnclearTable>,
}

/// Reads one class list. `words` are the school's own for columns; `today` decides which dates of birth can be.
///
/// # Errors
///
/// One issue that says why the file is not read at all.
pub fn read_one(source: &Source, words: &ColumnWords, today: Date) -> Result<OneList, Issue> {
    Ok(one_list(&tables::read(source)?, &source.label, words, today))
}

fn one_list(workbook: &Workbook, label: &str, words: &ColumnWords, today: Date) -> OneList {
    let reading = read_workbook(workbook, label, words, today);
    let roster = assemble(vec![reading.clone()], Vec::new());
    let mut issues = roster.issues;
    // That no list of a whole folder has a pupil is no remark about one file; where that is an error of the file, the
    // file's own issue says so.
    issues.retain(|issue| issue.kind != IssueKind::EmptyRoster || *issue.place.file == *label);
    issues.extend(formula_for_a_header(workbook, &reading));
    issues.sort();
    issues.dedup();
    let homerooms = roster.value.classes.into_values().filter_map(|class| Some((class.name, class.homeroom?)));
    let sheets = workbook.sheets.iter().zip(&reading.sheets);
    let unclear = sheets.flat_map(|(sheet, reading)| unclear(sheet, reading, words, today)).collect();
    OneList { unclear, reading: ClassListReading { issues, ..reading }, homerooms: homerooms.collect() }
}

/// A list without a header whose cells are formulas without values: the header may be among them.
fn formula_for_a_header(workbook: &Workbook, reading: &ClassListReading) -> Option<Issue> {
    reading.issues.iter().find(|issue| issue.kind == IssueKind::NoHeader)?;
    let visible = workbook.sheets.iter().filter(|sheet| !sheet.hidden);
    let mut cells = visible.flat_map(|sheet| {
        let cells = sheet.rows().flat_map(move |row| sheet.row(row).map(move |cell| (row, cell)));
        let formulas = cells.filter(|(_, cell)| cell.value == Value::FormulaWithoutValue);
        formulas.map(move |(row, cell)| {
            let sheet = sheet.name.as_deref().map(Into::into);
            Place { sheet, ..Place::file(&reading.label) }.at(row, cell.column)
        })
    });
    let place = cells.next()?;
    Some(Issue::new(
        IssueKind::FormulaNoValue,
        place,
        "в ячейках формулы, а их значения в файле не сохранены",
        "Откройте файл в Excel или LibreOffice, сохраните его и запустите снова.",
    ))
}
