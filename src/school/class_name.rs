//! The name of a class: `7А`, `5`, `7.1`, `10 профильный`.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use serde::Serialize;

use super::lower_letters;

mod parse;

/// A class by grade (1–12) and litera, in canonical form.
///
/// Two spellings of one class are equal: «7-а», «7 «А» класс» and «7A» with a Latin letter all become `7А`; a litera
/// of several letters is compared without case. Classes sort by grade, then by litera (`7.2` before `7.10`, «Ё»
/// behind «Е»).
#[derive(Clone, Debug)]
pub struct ClassName {
    grade: u8,
    litera: Arc<str>,
}

/// Why a text is not the name of a class.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClassNameError {
    /// The grade is not one of 1–12 or is missing.
    #[error("«{0}» — не класс: ожидается число от 1 до 12 и буква, например 7А")]
    Grade(String),
    /// A Latin letter that looks like no Cyrillic one.
    #[error("«{text}» — в названии класса латинская буква «{letter}»; исправьте её на русскую")]
    Latin {
        /// The text as it was written.
        text: String,
        /// The letter.
        letter: char,
    },
    /// The litera is longer than 20 characters or holds something that no litera has.
    #[error("«{0}» — не удалось понять букву класса")]
    Litera(String),
}

impl ClassName {
    /// The longest litera, in characters (rosters of «СГО» hold up to 15, with a margin).
    pub const MAX_LITERA: usize = 20;

    /// The grade, 1–12.
    pub fn grade(&self) -> u8 {
        self.grade
    }

    /// The litera: «А», «1», «профильный», or an empty text.
    pub fn litera(&self) -> &str {
        &self.litera
    }

    /// The name as papers print it: «7 «А»», «5», «7.1», «10 профильный» (with a non-breaking space).
    pub fn quoted(&self) -> String {
        let mut letters = self.litera.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if letter.is_alphabetic() => format!("{}\u{a0}«{letter}»", self.grade),
            _ => self.to_string().replace(' ', "\u{a0}"),
        }
    }
}

impl fmt::Display for ClassName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { grade, litera } = self;
        match litera.chars().next() {
            None => write!(f, "{grade}"),
            Some(first) if first.is_ascii_digit() => write!(f, "{grade}.{litera}"),
            Some(_) if litera.chars().count() == 1 => write!(f, "{grade}{litera}"),
            Some(_) => write!(f, "{grade} {litera}"),
        }
    }
}

impl Serialize for ClassName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl ClassName {
    /// What names of one grade are sorted by: numbers as numbers, then letters.
    fn order(&self) -> (Option<u32>, impl Iterator<Item = char>) {
        // «ё» stands behind «е» in lists, not in Unicode; the names of sheets and files can hold no «/».
        let letters = self.litera.chars().flat_map(lower_letters).flat_map(|letter| match letter {
            'ё' => ['е', '\u{1}'].into_iter().take(2),
            '/' => ['-'; 2].into_iter().take(1),
            other => [other; 2].into_iter().take(1),
        });
        (self.litera.parse().ok(), letters)
    }
}

impl PartialEq for ClassName {
    fn eq(&self, other: &Self) -> bool {
        self.grade == other.grade && self.cmp(other).is_eq()
    }
}

impl Eq for ClassName {}

impl PartialOrd for ClassName {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for ClassName {
    fn cmp(&self, other: &Self) -> Ordering {
        let Self { grade, litera } = self;
        grade.cmp(&other.grade).then_with(|| {
            // Most comparisons are of a class with itself.
            if *litera == other.litera {
                return Ordering::Equal;
            }
            let ((number, letters), (another, others)) = (self.order(), other.order());
            number.cmp(&another).then_with(|| letters.cmp(others))
        })
    }
}

impl Hash for ClassName {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (number, letters) = self.order();
        (self.grade, number).hash(state);
        letters.for_each(|letter| letter.hash(state));
    }
}

#[cfg(test)]
mod tests {
    use super::ClassName;

    #[test]
    fn spellings_of_one_class_are_equal() {
        let class = |text: &str| text.parse::<ClassName>().unwrap();
        assert_eq!(class("8 Ф/М"), class("8 Ф-М"));
        assert_eq!(class("8 Ф/М").to_string(), "8 Ф/М");
        assert_ne!(class("8 Ф/М"), class("8 Ф/Х"));
    }

    #[test]
    fn order() {
        let mut classes: Vec<ClassName> = ["10А", "7.10", "7.2", "7Ё", "7Ж", "7Е", "7А", "7", "2Б"]
            .iter()
            .map(|text| text.parse().unwrap())
            .collect();
        classes.sort();
        let shown: Vec<String> = classes.iter().map(ToString::to_string).collect();
        assert_eq!(shown.join(" "), "2Б 7 7А 7Е 7Ё 7Ж 7.2 7.10 10А");
    }
}
