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

    /// Reads the first number of a cell by `docs/inputs.md` § 4.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if has_exponent(text) {
            return Err(PhoneError);
        }
        let text = text.trim().trim_end_matches(".0");
        let first = text
            .split([';', ',', '/', '|', '\n', '\r'])
            .find(|part| part.contains(|letter: char| letter.is_ascii_digit()))
            .ok_or(PhoneError)?;
        let FirstNumber { digits, international } = FirstNumber::of(first);
        match (digits.len(), digits.as_bytes()) {
            (11, [b'7' | b'8', ..]) => Ok(Self(format!("+7{}", &digits[1..]))),
            // «8944000000»: no code begins with 89, so a digit is missing.
            (10, [b'8', b'9', ..]) => Err(PhoneError),
            (10, [b'9' | b'8' | b'4' | b'3', ..]) => Ok(Self(format!("+7{digits}"))),
            (12, [b'7', b'8', ..]) => Ok(Self(format!("+7{}", &digits[2..]))),
            (10..=15, [leading, ..]) if international && !b"078".contains(leading) => Ok(Self(format!("+{digits}"))),
            _ => Err(PhoneError),
        }
    }
}

/// The digits of the first number in a text.
#[derive(Default)]
struct FirstNumber {
    digits: String,
    /// Whether a `+` stands before them.
    international: bool,
}

impl FirstNumber {
    /// Reads up to the end of the first number: up to a second `+`, an extension, a remark, or a second number that
    /// follows a complete one after a space.
    fn of(text: &str) -> Self {
        let mut number = Self::default();
        let mut before = ' ';
        for letter in text.chars() {
            let complete = number.digits.len() >= if number.digits.starts_with('9') { 10 } else { 11 };
            match letter {
                '+' if number.digits.is_empty() => number.international = true,
                '+' => break,
                '7'..='9' if complete && before.is_whitespace() => break,
                '0'..='9' => number.digits.push(letter),
                '(' if number.digits.len() >= 10 => break,
                letter if letter.is_alphabetic() && number.digits.len() >= 10 => break,
                _ => {}
            }
            before = letter;
        }
        number
    }
}

/// «8.94E+10»: the number was shown in exponential form and saved as text, so its last digits are lost.
fn has_exponent(text: &str) -> bool {
    let mut pieces = text.split(['E', 'e', 'Е', 'е']);
    let mut before = pieces.next().unwrap_or_default();
    pieces.any(|after| {
        let digit = std::mem::replace(&mut before, after).ends_with(|letter: char| letter.is_ascii_digit());
        digit && after.starts_with(|letter: char| letter == '+' || letter.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::Phone;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(text.parse::<Phone>().ok().as_ref().map(Phone::as_str), expected, "{text:?}");
    }

    #[test]
    fn russian_numbers() {
        for text in [
            "+7 944 000-00-01",
            "8 (944) 000-00-01",
            "89440000001",
            "79440000001",
            "9440000001",
            "89440000001.0",
            "+7 8 944 000 00 01",
            "+8 944 000 00 01",
            "мама: 8-944-000-00-01 (после 18:00)",
            "8 944 000-00-01 доб. 12",
        ] {
            check(text, Some("+79440000001"));
        }
        check("8 (800) 000-00-00", Some("+78000000000"));
        check("4950000001", Some("+74950000001"));
        check("8944000000", None);
    }

    #[test]
    fn the_first_of_several() {
        for text in [
            "89440000001; 89440000002",
            "89440000001, 89440000002",
            "89440000001/89440000002",
            "89440000001\n89440000002",
            "8 944 000 00 01 8 944 000 00 02",
            "9440000001 9440000002",
            "+79440000001+79440000002",
            "нет; 89440000001",
        ] {
            check(text, Some("+79440000001"));
        }
    }

    #[test]
    fn foreign_numbers() {
        check("+375 29 000-00-01", Some("+375290000001"));
        check("375 29 000-00-01", None);
    }

    #[test]
    fn nothing_is_guessed() {
        for text in ["", "нет", "2-34-56", "8.94E+10", "8,94E+10", "894400000012", "+7 944 000 00 0"] {
            check(text, None);
        }
    }
}
