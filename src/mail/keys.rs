//! The password of a mailbox in the keyring of the system.
//!
//! Windows has the Credential Manager, macOS the Keychain, Linux the keys of the kernel, which last until the machine is started
//! anew: they need no C library and no running desktop. The Secret Service of GNOME and KDE would last longer, but its pure Rust
//! client brings a hundred crates for D-Bus (keyring 3.6.3: 105 against 6).

use keyring::{Entry, Error};

use super::Password;

/// As what the password is kept.
const SERVICE: &str = "zavuch";

/// The place of one mailbox in the keyring.
#[derive(Clone, Copy, Debug)]
pub struct Keyring<'a> {
    /// The mail server.
    pub host: &'a str,
    /// In whose name to sign in.
    pub user: &'a str,
}

/// The keyring could not be used. Nothing of what it holds is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyringError {
    /// There is none, or it is locked.
    #[error("связка ключей этого компьютера недоступна")]
    Unavailable,
    /// It holds something that is no password.
    #[error("в связке ключей лежит не пароль")]
    NotText,
}

impl Keyring<'_> {
    /// The password; `None` where none is kept.
    ///
    /// # Errors
    /// When the keyring cannot be used.
    pub fn password(&self) -> Result<Option<Password>, KeyringError> {
        match self.entry()?.get_password() {
            Ok(text) => Ok(Password::new(text)),
            Err(Error::NoEntry) => Ok(None),
            Err(Error::BadEncoding(bytes)) => {
                drop(zeroize::Zeroizing::new(bytes));
                Err(KeyringError::NotText)
            }
            Err(_) => Err(KeyringError::Unavailable),
        }
    }

    /// Keeps a password.
    ///
    /// # Errors
    /// When the keyring cannot be used.
    pub fn keep(&self, password: &Password) -> Result<(), KeyringError> {
        self.entry()?.set_password(password.reveal()).map_err(|_| KeyringError::Unavailable)
    }

    /// Takes the password out; `false` where there was none.
    ///
    /// # Errors
    /// When the keyring cannot be used.
    pub fn forget(&self) -> Result<bool, KeyringError> {
        match self.entry()?.delete_credential() {
            Ok(()) => Ok(true),
            Err(Error::NoEntry) => Ok(false),
            Err(_) => Err(KeyringError::Unavailable),
        }
    }

    fn entry(&self) -> Result<Entry, KeyringError> {
        #[cfg(target_os = "linux")]
        {
            use linux_keyutils::{KeyRing, KeyRingIdentifier};
            // Where the sign-in has opened no session of keys (a plain server, a container), nothing could be kept.
            KeyRing::from_special_id(KeyRingIdentifier::Session, true).map_err(|_| KeyringError::Unavailable)?;
        }
        let name = format!("{}@{}", self.user, self.host);
        Entry::new(SERVICE, &name).map_err(|_| KeyringError::Unavailable)
    }
}

#[cfg(test)]
mod tests {
    use super::{Keyring, KeyringError};
    use crate::mail::Password;

    /// The keyring of the machine that runs the tests: where it has none, that is said, and nothing is claimed.
    #[test]
    fn what_is_kept_is_found_until_it_is_forgotten() {
        let user = format!("test-{}", std::process::id());
        let keyring = Keyring { host: "smtp.example.org", user: &user };
        let kept = keyring.keep(&Password::new("секрет-Qz7!".to_owned()).unwrap());
        if kept == Err(KeyringError::Unavailable) {
            println!("this machine has no keyring: nothing was tested");
            return;
        }
        assert_eq!(kept, Ok(()));
        assert_eq!(keyring.password().unwrap().unwrap().reveal(), "секрет-Qz7!");
        let other = Keyring { user: "nobody", ..keyring };
        assert!(other.password().unwrap().is_none());
        assert_eq!(keyring.forget(), Ok(true));
        // The kernel takes a moment.
        let is_gone = || keyring.password().unwrap().is_none();
        let waited = (0..100).any(|_| {
            is_gone() || {
                std::thread::sleep(std::time::Duration::from_millis(20));
                false
            }
        });
        assert!(waited);
    }
}
