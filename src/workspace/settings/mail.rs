//! `[mail]`: who writes the letters, and the server that sends them.

use std::net::IpAddr;
use std::time::Duration;

use crate::school::{Email, MailProvider, MailSecurity, MailServer, MailSettings, PasswordSource};

use super::super::document::{Problem, Table};
use super::{LONGEST_LINE, unknown_word};

/// Letters in any 24 hours, where the settings say nothing: below the limits of all providers.
const PER_DAY: u32 = 300;
/// Days for which the bytes of a letter are kept, where the settings say nothing.
const KEEP_DAYS: u16 = 14;

pub(super) fn read(section: &mut Table<'_, '_>, school: &str) -> MailSettings {
    let from = section.parsed("from", email);
    MailSettings {
        from_name: section.text("from_name", LONGEST_LINE).unwrap_or_else(|| school.to_owned()),
        reply_to: section.parsed("reply_to", email),
        server: server(section, from.as_ref()),
        keep_days: section.integer("keep_days", 1..=365).and_then(|days| u16::try_from(days).ok()).unwrap_or(KEEP_DAYS),
        from,
    }
}

fn server(section: &mut Table<'_, '_>, from: Option<&Email>) -> Option<MailServer> {
    let provider = section.parsed("provider", provider);
    let host = section.parsed("host", host);
    let security = section.parsed("security", security);
    let port = section.integer("port", 1..=65535).and_then(|port| u16::try_from(port).ok());
    let user = section.text("user", LONGEST_LINE);
    let signs_in = section.flag("sign_in").unwrap_or(true);
    let ca_file = section.text("ca_file", LONGEST_LINE);
    let password_file = section.text("password_file", LONGEST_LINE);
    let keyring = section.flag("keyring").unwrap_or(false);
    let per_day = section.integer("per_day", 1..=100_000).and_then(|number| u32::try_from(number).ok());
    let pause = section.integer("pause_seconds", 0..=3600).and_then(|number| u64::try_from(number).ok());
    if password_file.is_some() && keyring {
        let message = "Названы и файл с паролем, и связка ключей.";
        section.refuse("keyring", &Problem::new(message, "Оставьте что-нибудь одно."));
        return None;
    }
    let provider = provider?;
    let Some(from) = from else {
        let message = "Почта названа, а адреса, с которого писать, нет.";
        section.refuse("provider", &Problem::new(message, "Впишите from = \"адрес\" в этот же раздел."));
        return None;
    };
    let Some(host) = host.or_else(|| provider.host().map(str::to_owned)) else {
        let message = "Имя почтового сервера не названо.";
        section.refuse("provider", &Problem::new(message, "Впишите host = \"mail.example.org\" в этот же раздел."));
        return None;
    };
    let security = security.unwrap_or(provider.security());
    if security == MailSecurity::Plain && !is_here(&host) {
        let message = "Без шифрования письма уходят только на сервер этого же компьютера.";
        section.refuse("security", &Problem::new(message, "Напишите \"tls\" или \"starttls\"."));
        return None;
    }
    Some(MailServer {
        provider,
        host,
        port: port.unwrap_or(security.port()),
        security,
        user: if signs_in { user.unwrap_or_else(|| from.to_string()) } else { String::new() },
        ca_file,
        password: match password_file {
            Some(file) => PasswordSource::File(file),
            None if keyring => PasswordSource::Keyring,
            None => PasswordSource::Asked,
        },
        per_day: per_day.unwrap_or(PER_DAY),
        pause: pause.map_or(provider.pause(), Duration::from_secs),
    })
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn email(text: &str) -> Result<Email, Problem> {
    text.parse().map_err(|error| Problem::new(format!("«{text}»: {error}."), "Напишите адрес вида name@example.org."))
}

fn provider(text: &str) -> Result<MailProvider, Problem> {
    let known = MailProvider::ALL;
    let provider = known.into_iter().find(|provider| provider.id() == text.to_lowercase());
    provider.ok_or_else(|| unknown_word(text, &known.map(MailProvider::id)))
}

fn security(text: &str) -> Result<MailSecurity, Problem> {
    match text.to_lowercase().as_str() {
        "tls" => Ok(MailSecurity::Tls),
        "starttls" => Ok(MailSecurity::StartTls),
        "plain" => Ok(MailSecurity::Plain),
        _ => Err(unknown_word(text, &["tls", "starttls", "plain"])),
    }
}

fn host(text: &str) -> Result<String, Problem> {
    let is_address = text.parse::<IpAddr>().is_ok();
    let ascii = idna::domain_to_ascii_strict(text).ok().filter(|name| !name.is_empty() && name.len() <= 253);
    match ascii {
        _ if is_address => Ok(text.to_owned()),
        Some(name) => Ok(name),
        None => Err(Problem::new(format!("«{text}» — не имя сервера."), "Напишите имя вида smtp.example.org.")),
    }
}
