//! Letters as the commands show them.

use std::collections::BTreeMap;

use serde::Serialize;

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

/// What is to be done about letters that are neither sent nor waiting, one line for each kind.
pub(super) fn advice(counts: &BTreeMap<LetterState, usize>, folder: &str) -> String {
    let mut text = String::new();
    let mut say = |states: &[LetterState], words: String| {
        if states.iter().any(|state| counts.contains_key(state)) {
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
            "«Не принято»: исправьте причину. Если неверен адрес, исправьте его в таблице штата и выполните zavuch применить: \
             класс получит новое письмо. Отправить то же ещё раз: zavuch письма решить \"{folder}\" --resend НОМЕР"
        ),
    );
    say(
        &[LetterState::Held],
        format!(
            "«Задержано»: списки изменились после того, как письмо составлено. Выполните zavuch применить \"{folder}\": \
             вместо него будет составлено новое. Если нового нет, а прежнее верно: zavuch письма решить \"{folder}\" --resend НОМЕР; \
             если оно не нужно: --cancel НОМЕР"
        ),
    );
    text
}
