//! The mail server that letters are sent by, and its limits.

use std::time::Duration;

/// Where and how letters are sent. The password is not among it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailServer {
    /// Whose server it is.
    pub provider: MailProvider,
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is secured.
    pub security: MailSecurity,
    /// In whose name to sign in; empty where the server asks for no password.
    pub user: String,
    /// A PEM file with the certificate of the school's own authority; a path from the workspace.
    pub ca_file: Option<String>,
    /// Where the password is looked for first.
    pub password: PasswordSource,
    /// The most letters in any 24 hours.
    pub per_day: u32,
    /// The time between two letters.
    pub pause: Duration,
}

/// Where the password of a mailbox is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordSource {
    /// In the environment, or with a person at the terminal.
    Asked,
    /// In a file for its owner only; a path from the workspace.
    File(String),
    /// In the keyring of the system.
    Keyring,
}

/// Whose mail server it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailProvider {
    /// Yandex 360 or Yandex Mail.
    Yandex,
    /// Mail.ru.
    MailRu,
    /// Gmail or Google Workspace.
    Gmail,
    /// A Microsoft Exchange of the school or the city.
    Exchange,
    /// Any other.
    Custom,
}

/// How the connection is secured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailSecurity {
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// TLS after STARTTLS; without it nothing is sent.
    StartTls,
    /// None: only to a server on this very machine.
    Plain,
}

impl MailProvider {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Yandex, Self::MailRu, Self::Gmail, Self::Exchange, Self::Custom];

    /// Its name in the settings.
    pub fn id(self) -> &'static str {
        match self {
            Self::Yandex => "yandex",
            Self::MailRu => "mailru",
            Self::Gmail => "gmail",
            Self::Exchange => "exchange",
            Self::Custom => "custom",
        }
    }

    /// The name of its server; `None` where every school has its own.
    pub fn host(self) -> Option<&'static str> {
        match self {
            Self::Yandex => Some("smtp.yandex.ru"),
            Self::MailRu => Some("smtp.mail.ru"),
            Self::Gmail => Some("smtp.gmail.com"),
            Self::Exchange | Self::Custom => None,
        }
    }

    /// The usual way to secure a connection to it.
    pub fn security(self) -> MailSecurity {
        match self {
            Self::Exchange => MailSecurity::StartTls,
            _ => MailSecurity::Tls,
        }
    }

    /// The time between two letters: an Exchange lets a user send five a minute.
    pub fn pause(self) -> Duration {
        Duration::from_secs(if self == Self::Exchange { 13 } else { 3 })
    }

    /// The largest letter it takes, in bytes, where that is known.
    pub fn largest(self) -> Option<usize> {
        match self {
            Self::Exchange => Some(10 << 20),
            Self::Gmail => Some(25 << 20),
            Self::Yandex | Self::MailRu | Self::Custom => None,
        }
    }
}

impl MailSecurity {
    /// The port that is usual for it.
    pub fn port(self) -> u16 {
        match self {
            Self::Tls => 465,
            Self::StartTls => 587,
            Self::Plain => 25,
        }
    }
}
