//! `inspect`: how one class list was understood, nothing written.

use super::args::InspectArgs;
use super::error::CommandError;
use super::own_words::OwnWords;
use super::ui::Ui;
use super::{clock, issues};
use crate::links;
use crate::report::{self, Inspection, Refusal};
use crate::roster::{self, OneList};
use crate::school::{Issue, IssueKind, Place, Platform, Severity};
use crate::tables::Source;

/// What is said of a file without a list, the more telling first: of two reasons the first one counts.
const REFUSALS: [IssueKind; 8] = [
    IssueKind::NotARoster,
    IssueKind::FormulaNoValue,
    IssueKind::BadClass,
    IssueKind::NoClass,
    IssueKind::NoHeader,
    IssueKind::BadName,
    IssueKind::Empty,
    IssueKind::EmptyRoster,
];

/// What to do about a list whose columns could be named.
const LINES_HELP: &str = "Или назовите столбцы в zavuch.toml, как показано выше.";

/// Runs the command.
pub(crate) fn run(args: &InspectArgs, ui: &Ui) -> Result<(), CommandError> {
    let today = args.date.unwrap_or_else(clock::today);
    let label = args.file.file_name().unwrap_or(args.file.as_os_str()).to_string_lossy().into_owned();
    let source = Source { path: args.file.clone(), label };
    let own = OwnWords::near(&args.file);
    match roster::read_one(&source, &own.words, today) {
        Ok(mut list) => {
            list.reading.issues.extend(own.issues.iter().cloned());
            let refusal = refusal(&list).map(|issue| other_table(&source, &issue).unwrap_or(issue));
            answer(&list, refusal.as_ref(), &own, ui)
        }
        Err(issue) => {
            if ui.wants_json() {
                ui.answer_json(&Refusal::of(&issue, None))?;
            }
            Err(refused(&issue))
        }
    }
}

fn answer(list: &OneList, refusal: Option<&Issue>, own: &OwnWords, ui: &Ui) -> Result<(), CommandError> {
    match (refusal, ui.wants_json()) {
        (None, true) => return ui.answer_json(&Inspection::of(list)),
        (Some(issue), true) => ui.answer_json(&Refusal::of(issue, Some(list)))?,
        (_, false) => ui.answer(&view(list, refusal, own, ui.width())),
    }
    refusal.map_or(Ok(()), |issue| {
        let lines_help = matches!(issue.kind, IssueKind::NoHeader | IssueKind::NoClass) && !list.unclear.is_empty();
        let mut error = refused(issue);
        if lines_help && !ui.wants_json() {
            error.hints.push(LINES_HELP.to_owned());
        }
        Err(error)
    })
}

/// Everything that was understood, for people.
fn view(list: &OneList, refusal: Option<&Issue>, own: &OwnWords, width: u16) -> String {
    let mut parts = vec![report::understood(list, width)];
    parts.extend(own.in_words());
    if !list.reading.students.is_empty() {
        parts.push(report::people(list, width));
    }
    // A table of something else needs no words for its columns.
    if refusal.is_none_or(|issue| issue.kind != IssueKind::NotARoster) {
        parts.push(report::unclear_columns(list, own.section));
    }
    let others: Vec<Issue> = list.reading.issues.iter().filter(|issue| Some(*issue) != refusal).cloned().collect();
    match refusal {
        None => parts.push(format!("{}\n", issues::list(&others))),
        Some(issue) if issue.kind != IssueKind::NotARoster && !others.is_empty() => {
            parts.push(format!("{}\n", issues::list(&others)));
        }
        Some(_) => {}
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

/// Why no list can be taken of a file; `None` where it has pupils, or where all of them have left.
///
/// A row that is wrong among good ones is an issue of that row and refuses nothing.
fn refusal(list: &OneList) -> Option<Issue> {
    let issues = &list.reading.issues;
    let of_kind = |kind: IssueKind| issues.iter().find(|issue| issue.kind == kind);
    let error = || issues.iter().find(|issue| issue.severity() == Severity::Error);
    list.reading.students.is_empty().then(|| REFUSALS.into_iter().find_map(of_kind).or_else(error)).flatten().cloned()
}

fn refused(issue: &Issue) -> CommandError {
    CommandError::inputs(Vec::new(), format!("{}: {}", issue.place, issue.message), issue.advice.clone())
}

/// What to say of a file that holds no class list because it is another table of the workspace.
fn other_table(source: &Source, refusal: &Issue) -> Option<Issue> {
    let has_header =
        |issues: &[Issue]| !issues.iter().any(|issue| matches!(issue.kind, IssueKind::NoHeader | IssueKind::Empty));
    let (what, file) = match refusal.kind {
        IssueKind::NotARoster => ("таблица сотрудников", "штат.xlsx"),
        IssueKind::NoHeader if has_header(&roster::read_load(source).issues) => ("таблица нагрузки", "нагрузка.xlsx"),
        IssueKind::NoHeader if has_header(&roster::read_groups(source).issues) => ("таблица групп", "группы.xlsx"),
        IssueKind::NoHeader if has_header(&links::read_register(source, &[], Platform::Max).issues) => {
            ("таблица ссылок", "ссылки.xlsx")
        }
        _ => return None,
    };
    Some(Issue::new(
        IssueKind::NotARoster,
        Place::file(&source.label),
        format!("это {what}, а не список класса"),
        format!(
            "Место этой таблицы — в рабочей папке под именем «{file}»; проверьте её командой: zavuch проверить ПАПКА"
        ),
    ))
}
