//! Letters that did not reach anybody yet: the business of whoever runs the program, not of their recipients.

use super::{Work, WorkKind, Writer};
use crate::report::status::value::Letters;
use crate::school::{ClassName, Noun, count};

/// More classes than this are told as a number.
const LISTED: usize = 4;

/// Something that is to be done about letters.
struct Task {
    kind: WorkKind,
    words: &'static str,
    number: fn(&Letters) -> usize,
}

const TASKS: [Task; 4] = [
    Task {
        kind: WorkKind::LettersUnknown,
        words: "решить, дошли ли письма (zavuch письма решить)",
        number: |letters| letters.unknown,
    },
    Task {
        kind: WorkKind::LettersHeld,
        words: "разобраться с задержанными письмами (zavuch письма список)",
        number: |letters| letters.held,
    },
    Task {
        kind: WorkKind::LettersHeld,
        words: "разобраться с письмами, которые не приняты (zavuch письма список)",
        number: |letters| letters.failed,
    },
    Task {
        kind: WorkKind::LettersWaiting,
        words: "отправить письма (zavuch письма отправить)",
        number: |letters| letters.waiting,
    },
];

impl Writer<'_> {
    /// One entry for the whole school for each thing that is to be done about letters: it is one command.
    pub(super) fn of_letters(&self) -> Vec<Work> {
        if self.one.scope.class().is_some() {
            return Vec::new();
        }
        let entry = |Task { kind, words, number }: Task| {
            let classes: Vec<&ClassName> =
                self.inputs.letters.iter().filter(|(_, letters)| number(letters) > 0).map(|(class, _)| class).collect();
            let sum: usize = self.inputs.letters.values().map(number).sum();
            let what = format!("{words}: {}, {}", count(sum, Noun::LETTER), listed(&classes));
            (sum > 0).then(|| self.of_curator(kind, what, sum))
        };
        TASKS.into_iter().filter_map(entry).collect()
    }
}

/// «7А, 7Б и ещё 3».
fn listed(classes: &[&ClassName]) -> String {
    let shown: Vec<String> = classes.iter().take(LISTED).map(ToString::to_string).collect();
    let rest = classes.len().saturating_sub(LISTED);
    let rest = if rest > 0 { format!(" и\u{a0}ещё\u{a0}{rest}") } else { String::new() };
    format!("{}{rest}", shown.join(", "))
}
