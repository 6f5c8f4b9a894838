//! The report of a run as a value.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::task::{self, Task};
use crate::plan::{ChatPlan, ClassPlan};
use crate::school::{
    Change, Chat, ChatLinks, ClassName, Deadlines, Issue, IssueKind, LinkState, PersonName, Place, School, SchoolYear,
    Severity, Staff,
};

/// Everything that the report follows from.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// The school.
    pub school: &'a School,
    /// The chats that should exist.
    pub plan: &'a ChatPlan,
    /// Who works in the school.
    pub staff: &'a Staff,
    /// The states of their links.
    pub links: &'a ChatLinks,
    /// The papers made for each class.
    pub papers: &'a BTreeMap<ClassName, Papers>,
    /// The papers made for the chats of groups and of the school.
    pub school_papers: Papers,
    /// What became of each class's letter; a class without an entry has none, because none was wanted.
    pub letters: &'a BTreeMap<ClassName, LetterState>,
    /// What changed since the last run.
    pub changes: &'a [Change],
    /// All problems of the inputs.
    pub issues: &'a [Issue],
    /// Dates by which things are to be done.
    pub deadlines: Deadlines,
    /// The date of the run.
    pub issued: Date,
}

/// What a run has done and what is left to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RunReport {
    /// The date of the run.
    pub issued: Date,
    /// The school year of the plan.
    pub year: SchoolYear,
    /// Every class in order; behind them those that are gone and whose former teacher was given something.
    pub classes: Vec<ClassRow>,
    /// The chats of groups and of the school.
    pub school: SchoolRow,
    /// The sums.
    pub totals: Totals,
    /// The problems of the inputs.
    pub issues: Issues,
    /// What is left to do.
    pub tasks: Vec<Task>,
}

/// What was done for a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassRow {
    /// The class.
    pub class: ClassName,
    /// How many pupils it has.
    pub pupils: usize,
    /// The homeroom teacher.
    pub homeroom: Option<PersonName>,
    /// Its chats by the state of their links.
    pub links: LinkCounts,
    /// Its papers.
    pub papers: Papers,
    /// Its letter.
    pub letter: LetterState,
}

/// What was done for the chats of groups and of the school.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SchoolRow {
    /// The chats by the state of their links.
    pub links: LinkCounts,
    /// Their papers.
    pub papers: Papers,
}

/// The sums over all classes and the school.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Classes.
    pub classes: usize,
    /// Pupils.
    pub pupils: usize,
    /// Chats by the state of their links.
    pub links: LinkCounts,
    /// Papers.
    pub papers: Papers,
    /// Letters that were written.
    pub letters: usize,
}

/// Chats by the state of their links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LinkCounts {
    /// Chats that should exist.
    pub planned: usize,
    /// Chats with a valid link.
    pub ready: usize,
    /// Chats that await a link.
    pub awaited: usize,
    /// Chats whose link was refused.
    pub refused: usize,
    /// Chats whose link was revoked, and which are to get no other.
    pub revoked: usize,
}

/// How many papers there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Papers {
    /// PDF files.
    pub files: usize,
    /// Pages of all files.
    pub pages: usize,
}

/// What became of a class's letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum LetterState {
    /// It was written.
    Written {
        /// The name of its file.
        file: String,
    },
    /// The settings name no sender.
    NoSender,
    /// The class has no homeroom teacher.
    NoHomeroomTeacher,
    /// The homeroom teacher has no address.
    NoAddress,
    /// It could not be composed.
    Failed {
        /// Why, in Russian.
        reason: String,
        /// Whether the next run tries again.
        again: bool,
    },
    /// None was wanted.
    NotWanted,
}

/// The problems of the inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Issues {
    /// How many are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
    /// How many are notes.
    pub notes: usize,
    /// All of them: errors, then warnings, then notes, each sorted by place.
    pub list: Vec<IssueRow>,
}

/// One problem without its words, which may quote a table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct IssueRow {
    /// How grave it is.
    pub severity: Severity,
    /// Where it is.
    pub place: Place,
    /// What kind of problem it is.
    pub kind: IssueKind,
}

/// The report of a run.
pub fn report(outcome: &Outcome<'_>) -> RunReport {
    let planned = outcome.plan.classes.iter().map(|class| row(outcome, class));
    let classes: Vec<ClassRow> = planned.chain(gone(outcome)).collect();
    let school =
        SchoolRow { links: LinkCounts::of(&outcome.plan.school, outcome.links), papers: outcome.school_papers };
    let mut totals = Totals {
        classes: outcome.plan.classes.len(),
        pupils: classes.iter().map(|row| row.pupils).sum(),
        links: school.links,
        papers: school.papers,
        letters: classes.iter().filter(|row| matches!(row.letter, LetterState::Written { .. })).count(),
    };
    for row in &classes {
        totals.links = totals.links.and(row.links);
        totals.papers = totals.papers.and(row.papers);
    }
    let tasks = task::left(outcome, totals.letters);
    RunReport {
        issued: outcome.issued,
        year: outcome.plan.year,
        classes,
        school,
        totals,
        issues: Issues::of(outcome.issues),
        tasks,
    }
}

fn row(outcome: &Outcome<'_>, class: &ClassPlan) -> ClassRow {
    let ClassPlan { name, pupils, homeroom, successor_of: _, chats } = class;
    ClassRow {
        class: name.clone(),
        pupils: *pupils,
        homeroom: homeroom.as_ref().map(|homeroom| homeroom.name.clone()),
        links: LinkCounts::of(chats, outcome.links),
        papers: outcome.papers.get(name).copied().unwrap_or_default(),
        letter: outcome.letters.get(name).cloned().unwrap_or(LetterState::NotWanted),
    }
}

/// The classes that are not planned any more and were given something: what is void, whom to tell.
fn gone<'a>(outcome: &'a Outcome<'_>) -> impl Iterator<Item = ClassRow> + 'a {
    let given = outcome.papers.iter().filter(|(class, _)| outcome.plan.class(class).is_none());
    given.filter(|(_, papers)| papers.files > 0).map(|(class, papers)| ClassRow {
        class: class.clone(),
        pupils: 0,
        homeroom: None,
        links: LinkCounts::default(),
        papers: *papers,
        letter: outcome.letters.get(class).cloned().unwrap_or(LetterState::NotWanted),
    })
}

impl ClassRow {
    /// Whether the class is there no longer.
    pub(super) fn is_gone(&self) -> bool {
        self.pupils == 0 && self.links.planned == 0
    }
}

impl LinkCounts {
    fn of(chats: &[Chat], links: &ChatLinks) -> Self {
        let mut counts = Self { planned: chats.len(), ..Self::default() };
        for chat in chats {
            match links.state(&chat.key) {
                LinkState::Ready(_) => counts.ready += 1,
                LinkState::Awaited => counts.awaited += 1,
                LinkState::Refused => counts.refused += 1,
                LinkState::Revoked => counts.revoked += 1,
            }
        }
        counts
    }

    fn and(self, other: Self) -> Self {
        Self {
            planned: self.planned + other.planned,
            ready: self.ready + other.ready,
            awaited: self.awaited + other.awaited,
            refused: self.refused + other.refused,
            revoked: self.revoked + other.revoked,
        }
    }
}

impl Papers {
    /// The sum of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { files: self.files + other.files, pages: self.pages + other.pages }
    }
}

impl Issues {
    fn of(issues: &[Issue]) -> Self {
        let of = |severity| issues.iter().filter(|issue| issue.severity() == severity).count();
        let row = |issue: &Issue| IssueRow { severity: issue.severity(), place: issue.place.clone(), kind: issue.kind };
        let mut list: Vec<IssueRow> = issues.iter().map(row).collect();
        list.sort();
        Self { errors: of(Severity::Error), warnings: of(Severity::Warning), notes: of(Severity::Note), list }
    }
}

#[cfg(test)]
mod tests {
    use crate::report::sample::sample_report;

    #[test]
    fn json_holds_neither_links_nor_pupils() {
        let json = serde_json::to_string_pretty(&sample_report()).expect("JSON");
        for secret in ["max.ru", "secret", "Ёлкин", "Жуков"] {
            assert!(!json.contains(secret), "{secret} in {json}");
        }
    }

    #[test]
    fn json_of_a_class() {
        let report = sample_report();
        let json = serde_json::to_string(&report.classes[0]).expect("JSON");
        let homeroom = r#"{"surname":"Смирнова","given":"Вера","patronymic":"Юрьевна"}"#;
        let links = r#"{"planned":5,"ready":1,"awaited":3,"refused":1,"revoked":0}"#;
        assert_eq!(
            json,
            format!(
                r#"{{"class":"7А","pupils":2,"homeroom":{homeroom},"links":{links},"papers":{{"files":4,"pages":12}},"letter":{{"state":"written","file":"7А.eml"}}}}"#
            )
        );
        let issues = &report.issues;
        assert_eq!((issues.errors, issues.warnings, issues.notes), (1, 1, 1));
        let json = serde_json::to_string(&issues.list[1]).expect("JSON");
        let place = r#"{"file":"списки/7А.xlsx","sheet":"Лист1","cell":"B5","line":null}"#;
        assert_eq!(json, format!(r#"{{"severity":"warning","place":{place},"kind":"duplicate_student"}}"#));
    }
}
