//! The letters in the outbox, for people.

use super::grid::{Column, Side, grid};

/// A letter in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterLine {
    /// Its number.
    pub number: String,
    /// «7А».
    pub class: String,
    /// Its recipient.
    pub to: String,
    /// The recipient's address.
    pub address: String,
    /// Its subject.
    pub subject: String,
    /// Its size, in bytes.
    pub size: usize,
    /// How far it is.
    pub state: &'static str,
    /// Since when: day and time.
    pub since: String,
    /// Why.
    pub why: String,
}

const WAITING: [Column; 6] = [
    Column { heading: "№", side: Side::Right, from_width: 0 },
    Column { heading: "Класс", side: Side::Left, from_width: 0 },
    Column { heading: "Кому", side: Side::Left, from_width: 0 },
    Column { heading: "Адрес", side: Side::Left, from_width: 60 },
    Column { heading: "Тема", side: Side::Left, from_width: 80 },
    Column { heading: "Размер", side: Side::Right, from_width: 0 },
];

const ALL: [Column; 6] = [
    Column { heading: "№", side: Side::Right, from_width: 0 },
    Column { heading: "Класс", side: Side::Left, from_width: 0 },
    Column { heading: "Тема", side: Side::Left, from_width: 100 },
    Column { heading: "Что с ним", side: Side::Left, from_width: 0 },
    Column { heading: "Когда", side: Side::Left, from_width: 60 },
    Column { heading: "Почему", side: Side::Left, from_width: 0 },
];

/// Who gets what.
pub fn waiting_table(lines: &[LetterLine], width: u16) -> String {
    let row = |line: &LetterLine| {
        let LetterLine { number, class, to, address, subject, size, .. } = line;
        [number, class, to, address, subject].into_iter().cloned().chain([size_words(*size)]).collect()
    };
    grid(&WAITING, &lines.iter().map(row).collect::<Vec<_>>(), width)
}

/// What became of each letter.
pub fn letter_table(lines: &[LetterLine], width: u16) -> String {
    let row = |line: &LetterLine| {
        let LetterLine { number, class, subject, state, since, why, .. } = line;
        vec![number.clone(), class.clone(), subject.clone(), (*state).to_owned(), since.clone(), why.clone()]
    };
    grid(&ALL, &lines.iter().map(row).collect::<Vec<_>>(), width)
}

/// A class of which something is still awaited, in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReminderLine {
    /// «7А».
    pub class: String,
    /// The homeroom teacher; empty where there is none.
    pub to: String,
    /// What is open.
    pub open: String,
    /// Why nobody is reminded of it; empty where somebody is.
    pub why_not: String,
}

const REMINDERS: [Column; 4] = [
    Column { heading: "Класс", side: Side::Left, from_width: 0 },
    Column { heading: "Кому", side: Side::Left, from_width: 60 },
    Column { heading: "Что осталось", side: Side::Left, from_width: 0 },
    Column { heading: "Напоминание", side: Side::Left, from_width: 0 },
];

/// Who is reminded of what, and who is not.
pub fn reminder_table(lines: &[ReminderLine], width: u16) -> String {
    let row = |line: &ReminderLine| {
        let ReminderLine { class, to, open, why_not } = line;
        let whether = if why_not.is_empty() { "да".to_owned() } else { format!("нет: {why_not}") };
        vec![class.clone(), to.clone(), open.clone(), whether]
    };
    grid(&REMINDERS, &lines.iter().map(row).collect::<Vec<_>>(), width)
}

/// A size in words: «312 КБ», «1,4 МБ».
pub fn size_words(bytes: usize) -> String {
    let kilobytes = bytes.div_ceil(1 << 10);
    if kilobytes < 1000 {
        return format!("{kilobytes}\u{a0}КБ");
    }
    let tenths = (bytes * 10).div_ceil(1 << 20);
    format!("{},{}\u{a0}МБ", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    #[test]
    fn sizes() {
        for (bytes, expected) in [(0, "0 КБ"), (1, "1 КБ"), (300_000, "293 КБ"), (1_500_000, "1,5 МБ")] {
            assert_eq!(super::size_words(bytes).replace('\u{a0}', " "), expected);
        }
    }
}
