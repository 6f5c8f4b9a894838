//! A password that cannot be shown by mistake and does not stay in memory.

use std::fmt;

use zeroize::Zeroizing;

/// The password of a mailbox. It has no way to be printed, compared or copied.
pub struct Password(Zeroizing<String>);

impl Password {
    /// The first line of a text; `None` where it is empty.
    pub fn new(text: String) -> Option<Self> {
        let text = Zeroizing::new(text);
        let line = text.lines().next().unwrap_or_default().trim_end_matches('\r');
        (!line.is_empty()).then(|| Self(Zeroizing::new(line.to_owned())))
    }

    /// The letters, for the sign-in only.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::Password;

    #[test]
    fn only_the_first_line_counts_and_nothing_is_shown() {
        let password = Password::new("секрет 1 \r\nпримечание\n".to_owned()).unwrap();
        assert_eq!(password.reveal(), "секрет 1 ");
        assert_eq!(format!("{password:?}"), "Password(…)");
        assert!(Password::new("\n".to_owned()).is_none());
    }
}
