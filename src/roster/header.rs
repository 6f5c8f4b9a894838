//! The form in which two spellings of a column's header are equal.
//!
//! Every table of people is read by the words of its headers, so all of them compare headers here. Which header means
//! what is known to the reader of each table, not to this module.

use super::names::without_twins;
use crate::school::{is_invisible, lower_letters, text_in_nfc};

/// Folds a header for comparison: NFC, lower case, ё→е, white space and line breaks squeezed, `. , : ( ) * №` and
/// invisible marks dropped, Latin look-alikes inside Cyrillic words mended (`docs/inputs.md` § 2).
pub(crate) fn header_key(text: &str) -> String {
    let kept: String = text_in_nfc(text)
        .chars()
        .filter(|letter| !matches!(letter, '.' | ',' | ':' | '(' | ')' | '*' | '№') && !is_invisible(*letter))
        .collect();
    let mut key = String::with_capacity(kept.len());
    for word in kept.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        let lower = |letter| if letter == 'ё' { 'е' } else { letter };
        key.extend(without_twins(word).chars().flat_map(lower_letters).map(lower));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::header_key;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(header_key(text), expected, "{text:?}");
    }

    #[test]
    fn spellings_of_one_header_are_equal() {
        check("Ф.И.О.", "фио");
        check("  ФИО\u{a0}\n ребёнка: ", "фио ребенка");
        check("№ п/п", "п/п");
        check("№", "");
        check("Отчество (при наличии)*", "отчество при наличии");
        check("E-mail", "e-mail");
        check("Kласс", "класс");
        check("Под\u{ad}пись", "подпись");
        check("Родителеи\u{306}", "родителей");
    }
}
