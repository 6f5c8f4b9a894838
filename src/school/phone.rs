//! A telephone number in international form.

use std::fmt;

use serde::Serialize;

/// A telephone number: `+` and 10–15 digits (E.164).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Phone(String);

/// The text holds no telephone number that could be dialled; no city code is ever guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("не похоже на номер телефона")]
pub struct PhoneError;

impl Phone {
    /// The number, `+` first.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for Phone {
    type Err = PhoneError;

    /// Reads the first number of a cell by `domain/rosters.md` § 4.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        match (digits.len(), digits.as_bytes().first()) {
            (11, Some(b'7' | b'8')) => Ok(Self(format!("+7{}", &digits[1..]))),
            (10, Some(b'9' | b'8' | b'4' | b'3')) => Ok(Self(format!("+7{digits}"))),
            _ => Err(PhoneError),
        }
    }
}
