//! Issues of the inputs as a list for people and as JSON.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::school::{Issue, Noun, Place, Severity, count};

/// An issue as JSON shows it.
#[derive(Debug, Serialize)]
pub(crate) struct IssueJson<'a> {
    severity: Severity,
    kind: &'static str,
    #[serde(rename = "where")]
    place: String,
    file: &'a str,
    message: &'a str,
    advice: &'a str,
}

/// The issues for JSON, the gravest first, then by place.
pub(crate) fn json(issues: &[Issue]) -> Vec<IssueJson<'_>> {
    sorted(issues)
        .into_iter()
        .map(|issue| IssueJson {
            severity: issue.severity(),
            kind: issue.kind.id(),
            place: issue.place.to_string(),
            file: &issue.place.file,
            message: &issue.message,
            advice: &issue.advice,
        })
        .collect()
}

/// The issues grouped by file, the gravest first, with a closing count.
pub(crate) fn list(issues: &[Issue]) -> String {
    let mut files = BTreeMap::<&str, Vec<&Issue>>::new();
    for issue in sorted(issues) {
        files.entry(&issue.place.file).or_default().push(issue);
    }
    let mut text = String::new();
    for (file, issues) in files {
        let _ = writeln!(text, "{file}");
        for (index, issue) in issues.iter().enumerate() {
            let place = Place { file: "".into(), ..issue.place.clone() }.to_string();
            let place = place.trim_start_matches(", ");
            let dot = if place.is_empty() { "" } else { " · " };
            let _ = writeln!(text, "  {} · {place}{dot}{}", word(issue), issue.message);
            // What is to be done about several problems in a row is said once, below the last of them.
            let again = issues.get(index + 1).is_some_and(|next| next.advice == issue.advice);
            if !issue.advice.is_empty() && !again {
                let _ = writeln!(text, "      {}", issue.advice);
            }
        }
        text.push('\n');
    }
    text.push_str(&totals(issues));
    text
}

/// The word before an issue. A wrong link is told apart: it holds up only the papers of its own chat.
fn word(issue: &Issue) -> &'static str {
    match issue.severity() {
        Severity::Error if !issue.stops_everything() => "ссылка не принята",
        severity => severity.word(),
    }
}

/// «2 ошибки, 1 замечание»; «Замечаний нет.»
pub(crate) fn totals(issues: &[Issue]) -> String {
    let nouns = [
        ("ошибка", Noun::new("ошибка", "ошибки", "ошибок")),
        ("ссылка не принята", Noun::new("ссылка не принята", "ссылки не приняты", "ссылок не принято")),
        ("замечание", Noun::new("замечание", "замечания", "замечаний")),
        ("к сведению", Noun::new("сообщение", "сообщения", "сообщений")),
    ];
    let parts = nouns.map(|(kind, noun)| (issues.iter().filter(|issue| word(issue) == kind).count(), noun));
    let parts: Vec<_> =
        parts.into_iter().filter(|(number, _)| *number > 0).map(|(number, noun)| count(number, noun)).collect();
    if parts.is_empty() {
        "Замечаний нет.".to_owned()
    } else {
        format!("Всего: {}.", parts.join(", "))
    }
}

fn sorted(issues: &[Issue]) -> Vec<&Issue> {
    let mut sorted: Vec<_> = issues.iter().collect();
    sorted.sort_by(|one, other| {
        (one.severity(), &one.place, &one.message).cmp(&(other.severity(), &other.place, &other.message))
    });
    sorted.dedup();
    sorted
}

#[cfg(test)]
mod tests {
    use crate::school::{Issue, IssueKind, Place};

    #[test]
    fn a_list_is_grouped_by_file_with_the_gravest_first() {
        let place = Place::sheet("списки/7.xlsx", "7А");
        let issues = [
            Issue::new(IssueKind::BadPhone, place.at(6, 3), "«12» — не телефон.", "Исправьте номер."),
            Issue::new(IssueKind::BadName, place.at(8, 1), "«Иванов 2» — не имя.", ""),
            Issue::new(IssueKind::MissingFile, Place::file("штат.xlsx"), "нет таблицы.", "Положите её."),
        ];
        assert_eq!(
            super::list(&issues).replace('\u{a0}', " "),
            "списки/7.xlsx\n  \
             ошибка · лист «7А», ячейка B9 · «Иванов 2» — не имя.\n  \
             замечание · лист «7А», ячейка D7 · «12» — не телефон.\n      \
             Исправьте номер.\n\n\
             штат.xlsx\n  \
             ошибка · Нет таблицы.\n      \
             Положите её.\n\n\
             Всего: 2 ошибки, 1 замечание."
        );
        assert_eq!(super::list(&[]), "Замечаний нет.");
    }
}
