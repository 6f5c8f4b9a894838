//! The order and the words in which problems are shown.

use crate::school::{Issue, Noun, Severity};

/// How grave a problem is for the work. A wrong link is told apart from the other errors: it holds up only the papers
/// of its own chat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Nothing is issued until it is mended.
    Error,
    /// The chat of the link waits.
    RefusedLink,
    /// The value is left out or taken with a doubt.
    Warning,
    /// Worth knowing.
    Note,
}

impl Gravity {
    /// All of them, the gravest first.
    pub const ALL: [Self; 4] = [Self::Error, Self::RefusedLink, Self::Warning, Self::Note];

    /// The gravity of a problem.
    pub fn of(issue: &Issue) -> Self {
        match issue.severity() {
            Severity::Error if issue.stops_everything() => Self::Error,
            Severity::Error => Self::RefusedLink,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }

    /// The heading of its problems.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Error => "Ошибки",
            Self::RefusedLink => "Ссылки не приняты",
            Self::Warning => "Замечания",
            Self::Note => "К сведению",
        }
    }

    /// The word for one problem.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "ошибка",
            Self::RefusedLink => "ссылка не принята",
            Self::Warning => "замечание",
            Self::Note => "к сведению",
        }
    }

    /// The noun behind their number.
    pub(super) fn noun(self) -> Noun {
        match self {
            Self::Error => Noun::new("ошибка", "ошибки", "ошибок"),
            Self::RefusedLink => Noun::new("ссылка не принята", "ссылки не приняты", "ссылок не принято"),
            Self::Warning => Noun::new("замечание", "замечания", "замечаний"),
            Self::Note => Noun::new("сообщение", "сообщения", "сообщений"),
        }
    }
}

/// The issues, each once, by file, then the gravest first, then by place.
pub(super) fn sorted(issues: &[Issue]) -> Vec<&Issue> {
    let mut sorted: Vec<_> = issues.iter().collect();
    sorted.sort_by(|one, other| {
        let files = || crate::school::natural(&one.place.file, &other.place.file);
        let places = || one.place.cmp(&other.place);
        // Without a cell the problems of several classes stand at one place: «5А» comes before «11А».
        let words = || crate::school::natural(&one.message, &other.message);
        files().then_with(|| Gravity::of(one).cmp(&Gravity::of(other))).then_with(places).then_with(words)
    });
    sorted.dedup();
    sorted
}
