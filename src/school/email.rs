//! An e-mail address that can be written to.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

/// One e-mail address: an ASCII local part and a domain in ASCII form (an IDN domain as its A-label).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Email(String);

/// Why a text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// Not of the form `name@domain`.
    #[error("это не адрес электронной почты")]
    Form,
    /// Several addresses in one cell.
    #[error("в ячейке несколько адресов, нужен один")]
    Several,
    /// Letters other than Latin ones left of the «@».
    #[error("слева от «@» допустимы только латинские буквы, цифры и знаки «.», «-», «_», «+»")]
    LocalPart,
    /// The domain cannot exist.
    #[error("после «@» стоит несуществующее имя сайта")]
    Domain,
}

impl Email {
    /// The address, lower case in its domain.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Email {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl fmt::Display for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for Email {
    type Err = EmailError;

    /// Takes stray spaces, `mailto:` and angle brackets off; everything else must be right.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let trimmed =
            text.trim_matches(|letter: char| letter.is_whitespace() || "<>;,.\u{200b}\u{feff}".contains(letter));
        let address = trimmed.strip_prefix("mailto:").unwrap_or(trimmed);
        let mut parts = address.split('@');
        let (Some(local), Some(domain), None) = (parts.next(), parts.next(), parts.next()) else {
            return Err(if address.matches('@').count() > 1 { EmailError::Several } else { EmailError::Form });
        };
        if local.is_empty() || local.len() > 64 || local.contains(char::is_whitespace) {
            return Err(EmailError::Form);
        }
        let allowed = |letter: char| letter.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(letter);
        if !local.chars().all(allowed) || local.starts_with('.') || local.ends_with('.') || local.contains("..") {
            return Err(EmailError::LocalPart);
        }
        let domain = idna::domain_to_ascii_strict(domain).map_err(|_| EmailError::Domain)?;
        if !domain.contains('.') || domain.len() > 253 || domain.split('.').any(str::is_empty) {
            return Err(EmailError::Domain);
        }
        Ok(Self(format!("{local}@{domain}")))
    }
}

#[cfg(test)]
mod tests {
    use super::{Email, EmailError};

    #[track_caller]
    fn check(text: &str, expected: Result<&str, EmailError>) {
        assert_eq!(text.parse::<Email>().as_ref().map(Email::as_str), expected.as_ref().copied(), "{text}");
    }

    #[test]
    fn addresses() {
        check(" petrova@Example.org ", Ok("petrova@example.org"));
        check("<o.petrova+7a@example.org>;", Ok("o.petrova+7a@example.org"));
        check("director@школа.рф", Ok("director@xn--80atdl2c.xn--p1ai"));
        check("петрова@example.org", Err(EmailError::LocalPart));
        check("8 800 000-00-00", Err(EmailError::Form));
        check("a@example.org, b@example.org", Err(EmailError::Several));
        check("a@localhost", Err(EmailError::Domain));
        check("a b@example.org", Err(EmailError::Form));
    }
}
