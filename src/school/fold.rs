//! The forms in which two spellings of one text are equal.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Folds a text for comparison: NFC, lower case, ё→е, Latin look-alikes → Cyrillic, no hyphens, spaces or marks.
///
/// Only for comparing and for keys of maps; what people read keeps the spelling of the table
/// (`docs/inputs.md` § 5).
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            'а'..='я' => folded.push(letter),
            'А'..='Я' => folded.push(char::from_u32(u32::from(letter) + 0x20).unwrap_or(letter)),
            'ё' | 'Ё' => folded.push('е'),
            ' ' | '-' | '.' => {}
            // Whatever the names of a Russian list seldom have: the whole text again, with the tables of all scripts.
            _ => return folded_letters(&text_in_nfc(text)).collect(),
        }
    }
    folded
}

/// The letters of a text in NFC, folded.
pub(crate) fn folded_letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(lower_letters).filter(|letter| is_letter(*letter) || letter.is_numeric()).map(twin)
}

/// A text as the eye sees it: NFC, without the marks that cannot be seen, white space squeezed to single blanks.
pub fn visible(text: &str) -> String {
    let composed = text_in_nfc(text);
    let mut seen = String::with_capacity(composed.len());
    let mut apart = false;
    for letter in composed.chars().filter(|letter| !is_invisible(*letter)) {
        if letter.is_whitespace() {
            apart = !seen.is_empty();
        } else {
            if std::mem::take(&mut apart) {
                seen.push(' ');
            }
            seen.push(letter);
        }
    }
    seen
}

/// A text in lower case, each letter without regard to its neighbours. The tables of the standard library know every
/// script and are slow for it; rosters are Russian, and this is asked for each of their letters.
pub(crate) fn lowercase(text: &str) -> String {
    let mut lower = String::with_capacity(text.len());
    lower.extend(text.chars().flat_map(lower_letters));
    lower
}

/// A letter in lower case; a few letters become several.
pub(crate) fn lower_letters(letter: char) -> impl Iterator<Item = char> {
    let (one, several) = match letter {
        'а'..='я' | 'ё' => (Some(letter), None),
        'А'..='Я' => (char::from_u32(u32::from(letter) + 0x20), None),
        'Ё' => (Some('ё'), None),
        _ if letter.is_ascii() => (Some(letter.to_ascii_lowercase()), None),
        _ => (None, Some(letter.to_lowercase())),
    };
    one.into_iter().chain(several.into_iter().flatten())
}

/// Whether a character is a letter of any alphabet.
pub(crate) fn is_letter(character: char) -> bool {
    matches!(character, 'а'..='я' | 'А'..='Я') || character.is_alphabetic()
}

/// Soft hyphens, zero-width letters, marks of direction: they come along with a copied text.
pub(crate) fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The text in NFC, in which «й» and «ё» are one letter each; most tables hold nothing else.
pub(crate) fn text_in_nfc(text: &str) -> Cow<'_, str> {
    // Letters that no other letter can be composed with or decomposed into.
    let settled =
        |letter: char| letter < '\u{300}' || matches!(letter, '\u{400}'..='\u{482}' | '\u{2010}'..='\u{2116}');
    if text.chars().all(settled) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// The Cyrillic letter of the shape of a small Latin one, «е» for «ё».
fn twin(letter: char) -> char {
    match letter {
        'a' => 'а',
        'b' => 'в',
        'c' => 'с',
        'e' | 'ё' => 'е',
        'h' => 'н',
        'k' => 'к',
        'm' => 'м',
        'o' => 'о',
        'p' => 'р',
        't' => 'т',
        'x' => 'х',
        'y' => 'у',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{fold, visible};

    #[test]
    fn spellings_of_one_name_are_equal() {
        assert_eq!(fold("Фёдорова - Ясная  Анна"), fold("ФЕДОРОВА-ЯСНАЯ АННА"));
        assert_eq!(fold("Cидоров"), fold("Сидоров"));
        assert_eq!(fold("ТОЛСТО\u{418}\u{306} Е\u{308}ж"), fold("толстой ёж"));
        assert_ne!(fold("Сидоров"), fold("Сидорова"));
    }

    #[test]
    fn every_letter_is_lowered_as_the_standard_library_does() {
        for letter in '\0'..='\u{2fff}' {
            assert_eq!(super::lowercase(&letter.to_string()), letter.to_lowercase().to_string(), "{letter:?}");
        }
    }

    #[test]
    fn letters_taken_as_settled_are_in_nfc() {
        use unicode_normalization::UnicodeNormalization;
        for letter in '\0'..='\u{2fff}' {
            let text = letter.to_string();
            assert_eq!(super::text_in_nfc(&text), text.nfc().collect::<String>(), "{letter:?}");
        }
    }

    #[test]
    fn what_cannot_be_seen_goes() {
        assert_eq!(visible("  Андреи\u{306}чук\u{a0}\n Ан\u{ad}на\u{200b} "), "Андрейчук Анна");
        assert_eq!(visible(" \u{feff} "), "");
    }
}
