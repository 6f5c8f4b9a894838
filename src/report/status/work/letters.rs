//! Letters that did not reach anybody yet: the business of whoever runs the program, not of their recipients.

use super::{Work, WorkKind, Writer};
use crate::report::status::value::Letters;
use crate::school::{ClassName, Noun, count};

/// More classes than this are told as a number.
const LISTED: usize = 4;

const LETTERS: Noun = Noun::new("письмо", "письма", "писем");

impl Writer<'_> {
    /// One entry for the whole school for each thing that is to be done about letters: it is one command.
    pub(super) fn of_letters(&self) -> Vec<Work> {
        if self.one.scope.class().is_some() {
            return Vec::new();
        }
        let of: [(WorkKind, &str, fn(&Letters) -> usize); 4] = [
            (WorkKind::LettersUnknown, "решить, дошли ли письма (zavuch письма решить)", |letters| letters.unknown),
            (
                WorkKind::LettersHeld,
                "разобраться с задержанными письмами (zavuch письма список)",
                |letters| letters.held,
            ),
            (
                WorkKind::LettersHeld,
                "разобраться с письмами, которые не приняты (zavuch письма список)",
                |letters| letters.failed,
            ),
            (WorkKind::LettersWaiting, "отправить письма (zavuch письма отправить)", |letters| letters.waiting),
        ];
        let entry = |(kind, words, number): (WorkKind, &str, fn(&Letters) -> usize)| {
            let classes: Vec<&ClassName> =
                self.inputs.letters.iter().filter(|(_, letters)| number(letters) > 0).map(|(class, _)| class).collect();
            let sum: usize = self.inputs.letters.values().map(number).sum();
            let what = format!("{words}: {}, {}", count(sum, LETTERS), listed(&classes));
            (sum > 0).then(|| self.of_curator(kind, what, sum))
        };
        of.into_iter().filter_map(entry).collect()
    }
}

/// «7А, 7Б и ещё 3».
fn listed(classes: &[&ClassName]) -> String {
    let shown: Vec<String> = classes.iter().take(LISTED).map(ToString::to_string).collect();
    let rest = classes.len().saturating_sub(LISTED);
    let rest = if rest > 0 { format!(" и\u{a0}ещё\u{a0}{rest}") } else { String::new() };
    format!("{}{rest}", shown.join(", "))
}
