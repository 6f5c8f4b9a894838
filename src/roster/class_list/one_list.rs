//! One class list by itself: how it was understood, and what the roster of the school would take from it.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::assemble::assemble;
use super::reading::ClassListReading;
use super::workbook::read_workbook;
use crate::school::{ClassName, Issue, IssueKind, PersonName};
use crate::tables::{self, Source, Workbook};

/// One class list as [`read`](super::read) takes it where it is the only one.
#[derive(Clone, Debug, PartialEq)]
pub struct OneList {
    /// How the file was understood; its pupils stand in the order of the file, its issues are all of them, those about
    /// whole classes included, sorted by kind and place.
    pub reading: ClassListReading,
    /// The homeroom teachers, one for each class that has one.
    pub homerooms: BTreeMap<ClassName, PersonName>,
}

/// Reads one class list. `today` decides which dates of birth can be.
///
/// # Errors
///
/// One issue that says why the file is not read at all.
pub fn read_one(source: &Source, today: Date) -> Result<OneList, Issue> {
    Ok(one_list(&tables::read(source)?, &source.label, today))
}

fn one_list(workbook: &Workbook, label: &str, today: Date) -> OneList {
    let reading = read_workbook(workbook, label, today);
    let roster = assemble(vec![reading.clone()], Vec::new());
    let mut issues = roster.issues;
    // That no list of a whole folder has a pupil is no remark about one file; where that is an error of the file, the
    // file's own issue says so.
    issues.retain(|issue| issue.kind != IssueKind::EmptyRoster || issue.place.file == label);
    issues.sort();
    issues.dedup();
    let homerooms = roster.value.classes.into_values().filter_map(|class| Some((class.name, class.homeroom?)));
    OneList { reading: ClassListReading { issues, ..reading }, homerooms: homerooms.collect() }
}
