//! What a text of a cell is, whatever its column means: nothing at all, or something a spreadsheet would run.

use crate::school::lowercase;

/// Whether a text says that there is nothing to say: «нет», «—».
pub(crate) fn is_absent(text: &str) -> bool {
    const WORDS: [&str; 6] = ["нет", "нет данных", "отсутствует", "не указан", "не указано", "не имеет"];
    const LONGEST: usize = "отсутствует".len();
    let bare = text.trim();
    bare.len() <= LONGEST && (bare.is_empty() || WORDS.contains(&lowercase(bare).as_str()))
        || bare.chars().all(|letter| "-–—−_.".contains(letter))
}

/// The signs with which formulas begin.
pub(crate) const FORMULA_SIGNS: &[char] = &['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet would run a text as a formula. A telephone («+7 …») and a lone sign (a dash, the
/// plus of a mark) are none.
pub(crate) fn looks_like_formula(text: &str) -> bool {
    // Readers of text files turn a carriage return into a line break.
    let text = if text.starts_with('\n') { text.trim_start() } else { text };
    text.starts_with(FORMULA_SIGNS) && text.contains(char::is_alphanumeric) && !looks_like_telephone(text)
}

/// «+7 944 000-00-01», «+375 29 …»: a plus and enough digits for a number, with nothing but what stands between them.
fn looks_like_telephone(text: &str) -> bool {
    let telephone = |letter: char| letter.is_ascii_digit() || letter.is_whitespace() || "+-–—‑().,;/".contains(letter);
    let digits = text.chars().filter(char::is_ascii_digit).count();
    text.starts_with('+') && text.chars().all(telephone) && digits >= FEWEST_DIGITS
}

/// A sum («+1+1») has fewer digits than a telephone with the code of its country.
const FEWEST_DIGITS: usize = 5;

#[cfg(test)]
mod tests {
    use super::{is_absent, looks_like_formula};

    #[test]
    fn formulas_and_what_only_looks_so() {
        for text in ["=1+1", "+1+1", "+cmd", "-2+3", "@SUM(A1)", "\tИванов", "\rИванов", "＝1+1", "-Иванов"]
        {
            assert!(looks_like_formula(text), "{text:?}");
        }
        for text in ["+", "+7 944 000-00-01", "+7 (944) 000-00-01", "-", " — ", "Иванов", "8-944-000-00-01", ""]
        {
            assert!(!looks_like_formula(text), "{text:?}");
        }
    }

    #[test]
    fn words_for_nothing() {
        for text in ["", " ", "-", "—", "____", "нет", "Нет данных", "отсутствует"] {
            assert!(is_absent(text), "{text:?}");
        }
        for text in ["Нетесов", "???", "нет; 89440000001"] {
            assert!(!is_absent(text), "{text:?}");
        }
    }
}
