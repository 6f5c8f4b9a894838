//! The form in which two spellings of one name are equal.

use unicode_normalization::UnicodeNormalization;

/// Folds a text for comparison: NFC, lower case, ё→е, Latin look-alikes → Cyrillic, no hyphens, spaces or marks.
///
/// Only for comparing and for keys of maps; what people read keeps the spelling of the table
/// (`domain/rosters.md` § 7).
pub fn fold(text: &str) -> String {
    text.nfc()
        .flat_map(char::to_lowercase)
        .filter(|letter| letter.is_alphanumeric())
        .map(|letter| match letter {
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
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn spellings_of_one_name_are_equal() {
        assert_eq!(fold("Фёдорова - Ясная  Анна"), fold("ФЕДОРОВА-ЯСНАЯ АННА"));
        assert_eq!(fold("Cидоров"), fold("Сидоров"));
        assert_ne!(fold("Сидоров"), fold("Сидорова"));
    }
}
