//! Letters as the commands show them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::held::Held;
use crate::report::LetterLine;
use crate::school::dotted;
use crate::store::{LetterState, StoredLetter};

/// A letter as JSON.
#[derive(Debug, Serialize)]
pub(super) struct LetterJson<'a> {
    id: String,
    class: String,
    kind: &'a str,
    to: String,
    address: &'a str,
    subject: &'a str,
    file: &'a str,
    message_id: &'a str,
    size: usize,
    state: &'static str,
    tries: u32,
    since: String,
    not_before: Option<String>,
    why: &'a str,
}

/// A letter as JSON.
pub(super) fn json(letter: &StoredLetter) -> LetterJson<'_> {
    LetterJson {
        id: letter.id.to_string(),
        class: letter.class.to_string(),
        kind: &letter.kind,
        to: letter.to.to_string(),
        address: letter.address.as_str(),
        subject: &letter.subject,
        file: &letter.file,
        message_id: &letter.message_id,
        size: letter.size,
        state: letter.state.id(),
        tries: letter.tries,
        since: letter.since.to_string(),
        not_before: letter.not_before.filter(|_| letter.state == LetterState::Queued).map(|at| at.to_string()),
        why: &letter.why,
    }
}

/// A letter as a line of a table.
pub(super) fn line(letter: &StoredLetter) -> LetterLine {
    let local = |at: jiff::Timestamp| {
        let at = at.to_zoned(jiff::tz::TimeZone::system());
        format!("{} {:02}:{:02}", dotted(at.date()), at.hour(), at.minute())
    };
    let later = letter.not_before.filter(|_| letter.state == LetterState::Queued);
    LetterLine {
        number: letter.id.to_string(),
        class: letter.class.to_string(),
        to: letter.to.to_string(),
        address: letter.address.to_string(),
        subject: letter.subject.clone(),
        size: letter.size,
        state: letter.state.words(),
        since: local(letter.since),
        why: match later {
            Some(at) => format!("{} (не раньше {})", letter.why, local(at)),
            None => letter.why.clone(),
        },
    }
}

/// How many letters there are of each state.
pub(super) fn counts<'a>(letters: impl IntoIterator<Item = &'a StoredLetter>) -> BTreeMap<LetterState, usize> {
    let mut counts = BTreeMap::new();
    for letter in letters {
        *counts.entry(letter.state).or_default() += 1;
    }
    counts
}

/// «отправлено — 9, ждёт отправки — 2»
pub(super) fn words(counts: &BTreeMap<LetterState, usize>) -> String {
    let each: Vec<String> = counts.iter().map(|(state, number)| format!("{} — {number}", state.words())).collect();
    each.join(", ")
}

/// «№ 3 (7А), № 5 (8Б)»; of many the first ones.
pub(super) fn numbers(letters: &[&StoredLetter]) -> String {
    const NAMED: usize = 8;
    let each = letters.iter().take(NAMED).map(|letter| format!("№\u{a0}{} ({})", letter.id, letter.class));
    let rest = letters.len().saturating_sub(NAMED);
    let more = (rest > 0).then(|| format!("и ещё {rest}"));
    each.chain(more).collect::<Vec<_>>().join(", ")
}

/// What is to be done about letters that are neither sent nor waiting: one line for each state, and of those that are held back
/// for each reason.
pub(super) fn advice<'a>(letters: impl IntoIterator<Item = &'a StoredLetter>, folder: &str) -> String {
    let letters: Vec<&StoredLetter> = letters.into_iter().collect();
    let mut text = String::new();
    let mut say = |states: &[LetterState], words: String| {
        if letters.iter().any(|letter| states.contains(&letter.state)) {
            text.push_str(&words);
            text.push('\n');
        }
    };
    say(
        &[LetterState::Unknown, LetterState::Dot],
        format!(
            "«Неизвестно»: связь оборвалась, когда письмо уже было передано. Спросите получателя, дошло ли оно, и запишите \
             ответ:\n  дошло:    zavuch письма решить \"{folder}\" --sent НОМЕР\n  не дошло: zavuch письма решить \"{folder}\" \
             --resend НОМЕР"
        ),
    );
    say(
        &[LetterState::Failed],
        format!(
            "«Не принято»: исправьте причину. Если неверен адрес, исправьте его в таблице штата и выполните zavuch применить \
             \"{folder}\": класс получит новое письмо. Отправить то же ещё раз: zavuch письма решить \"{folder}\" --resend НОМЕР"
        ),
    );
    let held: Vec<&StoredLetter> = letters.iter().copied().filter(|letter| letter.state == LetterState::Held).collect();
    text + &Held::words(&held, folder)
}
