//! A text of a cell as a message may quote it.

use super::fold::{lowercase, visible};

/// Words behind which a cell tells what no message repeats (152-ФЗ): the place is named, the words are not.
const PRIVATE: [&str; 20] = [
    "снилс",
    "паспорт",
    "свидетельств",
    "адрес",
    "прожив",
    "прописан",
    "ул.",
    "улица",
    "овз",
    "инвалид",
    "диагноз",
    "здоров",
    "болез",
    "болеет",
    "полис",
    "гражданств",
    "логин",
    "парол",
    "сирот",
    "опек",
];
/// A longer run of digits is the number of a document or a telephone.
const LONGEST_NUMBER: usize = 5;
/// A date has eight digits; more are the groups of a longer number.
const MOST_DIGITS: usize = 8;
/// Longer texts are cut: the place tells the rest.
const LONGEST: usize = 60;

/// The text without invisible marks, cut before words about documents, health and homes, and with the digits of long
/// numbers replaced: whatever was typed into a wrong column stays out of messages and reports.
pub fn quotable(text: &str) -> String {
    let seen = visible(text);
    let lower = lowercase(&seen);
    let cut = PRIVATE.iter().filter_map(|word| find_word(&lower, word)).min();
    // Lower-casing may change the length of a text in other scripts; such a text is cut whole.
    let kept = match cut {
        None => seen.as_str(),
        Some(at) if lower.len() == seen.len() => seen.get(..at).unwrap_or_default(),
        Some(_) => "",
    };
    let mut shown: String = kept.chars().take(LONGEST).collect();
    if has_long_number(&shown) {
        shown = shown.chars().map(|letter| if letter.is_numeric() { '•' } else { letter }).collect();
    }
    if shown.len() < kept.len() || cut.is_some() { format!("{}…", shown.trim_end()) } else { shown }
}

/// Where a word of a text begins with a stem.
fn find_word(lower: &str, stem: &str) -> Option<usize> {
    lower
        .match_indices(stem)
        .map(|(at, _)| at)
        .find(|at| !lower.get(..*at).unwrap_or_default().ends_with(char::is_alphabetic))
}

fn has_long_number(text: &str) -> bool {
    // A time behind a date is no part of a number.
    let text = text.split_once(':').map_or(text, |(before, _)| before.trim_end_matches(char::is_numeric));
    let longest = text.split(|letter: char| !letter.is_numeric()).map(|run| run.chars().count()).max();
    longest.is_some_and(|longest| longest > LONGEST_NUMBER)
        || text.chars().filter(|letter| letter.is_numeric()).count() > MOST_DIGITS
}

#[cfg(test)]
mod tests {
    use super::quotable;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(quotable(text), expected, "{text:?}");
    }

    #[test]
    fn what_a_message_repeats() {
        check("8\u{ad}Ж", "8Ж");
        check("31.02.2013 0:00:00", "31.02.2013 0:00:00");
        check("Один Два Три Четыре Пять", "Один Два Три Четыре Пять");
        check("Копекин Пётр1", "Копекин Пётр1");
    }

    #[test]
    fn what_it_keeps_to_itself() {
        check("Иванов Пётр СНИЛС 000-000-000 01", "Иванов Пётр…");
        check("000-000-000 01", "•••-•••-••• ••");
        check("0000 000001", "•••• ••••••");
        check("группа здоровья 3", "группа…");
        check("ул. Садовая, д. 1", "…");
    }
}
