//! The number by which another system knows a pupil.

use std::fmt;

use super::{fold, visible};

/// The number of the personal file, or another number that a journal gives to a pupil and keeps.
///
/// It serves for knowing the pupil again and for nothing else: `Debug` hides it, and no report or paper shows it. Two
/// spellings («л-12», «Л 12») are equal.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StableId(String);

/// The text is no such number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("это не номер личного дела")]
pub struct StableIdError;

impl StableId {
    /// The longest number, in characters; a GUID in brackets has 38.
    const LONGEST: usize = 64;

    /// The number in the form in which it is compared.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for StableId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StableId(…)")
    }
}

impl std::str::FromStr for StableId {
    type Err = StableIdError;

    /// Takes a text with a digit. A СНИЛС is refused, whatever its column is called: it is never kept.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let seen = visible(text);
        let digit = seen.contains(|letter: char| letter.is_ascii_digit());
        if !digit || seen.chars().count() > Self::LONGEST || is_snils(&seen) {
            return Err(StableIdError);
        }
        Ok(Self(fold(&seen)))
    }
}

/// «112-233-445 95»: the form of a СНИЛС, or its eleven digits with their check sum.
fn is_snils(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|letter| letter.to_digit(10)).collect();
    if digits.len() != 11 || text.contains(char::is_alphabetic) {
        return false;
    }
    let sum: u32 = digits.iter().take(9).zip((1..=9).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = digits.iter().skip(9).fold(0, |number, digit| number * 10 + digit);
    text.contains('-') || sum % 101 % 100 == check
}

#[cfg(test)]
mod tests {
    use super::StableId;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(text.parse::<StableId>().ok().as_ref().map(StableId::as_str), expected, "{text:?}");
    }

    #[test]
    fn numbers() {
        check(" Л-12 ", Some("л12"));
        check("л 12", Some("л12"));
        check("{0F8FAD5B-D9CB-469F-A165-70867728950E}", Some("0f8fаd5вd9св469fа16570867728950е"));
        check("2026001", Some("2026001"));
        check("", None);
        check("нет", None);
    }

    #[test]
    fn a_snils_is_never_kept() {
        check("112-233-445 95", None);
        check("11223344595", None);
        check("11223344596", Some("11223344596"));
    }

    #[test]
    fn nothing_shows_it() {
        assert_eq!(format!("{:?}", "Л-12".parse::<StableId>()), "Ok(StableId(…))");
    }
}
