//! Issues of the inputs as a list for people and as JSON.

use serde::Serialize;

use crate::report;
use crate::school::{Cell, Issue, Severity};

/// An issue as JSON shows it.
#[derive(Debug, Serialize)]
pub(crate) struct IssueJson<'a> {
    kind: &'static str,
    severity: Severity,
    #[serde(rename = "where")]
    place: String,
    file: &'a str,
    sheet: Option<&'a str>,
    cell: Option<Cell>,
    line: Option<u32>,
    message: &'a str,
    advice: &'a str,
}

impl<'a> IssueJson<'a> {
    /// An issue as JSON shows it.
    pub(crate) fn of(issue: &'a Issue) -> Self {
        let Issue { kind, place, message, advice } = issue;
        Self {
            kind: kind.id(),
            severity: issue.severity(),
            place: place.to_string(),
            file: &place.file,
            sheet: place.sheet.as_deref(),
            cell: place.cell,
            line: place.line,
            message,
            advice,
        }
    }
}

/// The issues for JSON, the gravest first, then by place.
pub(crate) fn json(issues: &[Issue]) -> Vec<IssueJson<'_>> {
    let mut sorted: Vec<_> = issues.iter().collect();
    let key = |issue: &Issue| (issue.severity(), issue.place.clone(), issue.message.clone());
    sorted.sort_by_cached_key(|issue| key(issue));
    sorted.dedup();
    sorted.into_iter().map(IssueJson::of).collect()
}

/// The issues grouped by file, the gravest first, with a closing count.
pub(crate) fn list(issues: &[Issue]) -> String {
    report::issue_list(issues)
}

/// «Всего: 2 ошибки, 1 замечание.»; «Замечаний нет.»
pub(crate) fn totals(issues: &[Issue]) -> String {
    report::issue_totals(issues)
}
