//! A reply in a phase → what it means for the letter and for the whole run.

use super::reply::Reply;
use super::wire::Broken;

/// What became of a letter, and whether the run may go on.
#[derive(Debug)]
pub struct Handed {
    /// Of the letter.
    pub fate: Fate,
    /// Why no other letter may be tried, if so.
    pub stop: Option<Stop>,
}

/// What became of one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The server has taken it.
    Taken,
    /// The server has not taken it, and may later.
    Later(String),
    /// The server has not taken it and will not.
    Refused(String),
    /// The final dot may have been sent, and no answer to it came: nobody knows.
    Unknown(String),
    /// The server has not taken it, and it is not the letter's fault: it waits as if it had not been tried.
    Untried,
}

/// Why a run must stop. No letter is to blame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Stop {
    /// There is no such server, or no way to it.
    #[error("почтовый сервер недоступен: {0}")]
    Unreachable(String),
    /// TLS could not be agreed on, or the certificate is not believed.
    #[error("защищённое соединение с почтовым сервером не установлено: {0}")]
    Tls(String),
    /// The server does not offer STARTTLS.
    #[error("сервер не предлагает шифрования (STARTTLS)")]
    NoStartTls,
    /// The server does not offer a way to sign in that the program knows.
    #[error("сервер не предлагает входа по паролю")]
    NoSignIn,
    /// The name or the password is wrong.
    #[error("почтовый сервер не принял имя или пароль ({0})")]
    SignIn(String),
    /// The server does not let this mailbox send, or not in the name of this sender.
    #[error("сервер не разрешает отправку с этого адреса ({0})")]
    Sender(String),
    /// Too many letters in too short a time.
    #[error("сервер просит отправлять реже ({0})")]
    TooMany(String),
    /// The server takes the letters for spam, or its rules forbid them.
    #[error("сервер счёл письмо нежелательным ({0})")]
    Spam(String),
    /// The server is closing, busy or out of order.
    #[error("почтовый сервер сейчас не работает: {0}")]
    Busy(String),
}

impl Stop {
    /// What to do.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Unreachable(_) => "Проверьте интернет и ключи host и port в разделе [mail] файла zavuch.toml.",
            Self::Tls(_) => "Проверьте ключи host, port, security и ca_file в разделе [mail] файла zavuch.toml.",
            Self::NoStartTls => "Поставьте security = \"tls\" и port = 465 в разделе [mail] файла zavuch.toml.",
            Self::NoSignIn => "Проверьте host, port и user в разделе [mail] файла zavuch.toml.",
            Self::SignIn(_) => {
                "Нужен пароль приложения, а не пароль от почты: его создают в настройках почтового ящика. \
                 Второй раз неверный пароль программа не пробует."
            }
            Self::Sender(_) => "Проверьте ключи from и user в разделе [mail]: обычно это один и тот же адрес.",
            Self::TooMany(_) => {
                "Продолжите позже, лучше завтра: повторные попытки продлевают запрет. Отправленное второй раз не уйдёт."
            }
            Self::Spam(_) => {
                "Не повторяйте сразу. Напишите в поддержку почты или попросите её владельца разрешить рассылку."
            }
            Self::Busy(_) => "Запустите ту же команду позже: отправленное второй раз не уйдёт.",
        }
    }
}

/// What was sent last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Mail,
    Rcpt,
    Data,
    /// The text, without the final dot.
    Body,
    /// The final dot.
    Dot,
}

impl Handed {
    pub(super) fn of(fate: Fate) -> Self {
        Self { fate, stop: None }
    }

    fn stopped(stop: Stop) -> Self {
        Self { fate: Fate::Untried, stop: Some(stop) }
    }

    /// A reply that is not the one which was hoped for.
    pub(super) fn by_reply(phase: Phase, reply: &Reply) -> Self {
        let words = reply.words();
        let text = without_addresses(&reply.folded());
        let is_of_letter = phase == Phase::Rcpt && is_of_mailbox(&text);
        let is_rate = || !is_of_letter && is_rate(&text);
        match reply.code {
            530 | 534 | 535 | 538 => Self::stopped(Stop::SignIn(words)),
            454 | 432 => Self::stopped(Stop::Busy(words)),
            553 if phase == Phase::Mail => Self::stopped(Stop::Sender(words)),
            500..=599 if is_sender(&text) => Self::stopped(Stop::Sender(words)),
            400..=599 if is_rate() => Self::stopped(Stop::TooMany(words)),
            500..=599 if !is_of_letter && is_spam(&text, phase) => Self::stopped(Stop::Spam(words)),
            500..=599 => Self::of(Fate::Refused(format!("сервер отказал: {words}"))),
            400..=499 => Self::of(Fate::Later(format!("сервер отложил: {words}"))),
            _ if phase == Phase::Dot => Self::of(Fate::Unknown(format!("непонятный ответ на письмо: {words}"))),
            _ => Self::of(Fate::Later(format!("непонятный ответ сервера: {words}"))),
        }
    }

    /// A connection that failed.
    pub(super) fn by_break(phase: Phase, broken: &Broken) -> Self {
        Self::of(match phase {
            Phase::Dot => Fate::Unknown(format!("письмо передано, но {}", subordinate(broken))),
            _ => Fate::Later(broken.to_string()),
        })
    }
}

fn subordinate(broken: &Broken) -> String {
    match broken {
        Broken::Tls(_) => "защищённое соединение нарушено".to_owned(),
        other => other.to_string(),
    }
}

fn is_sender(text: &str) -> bool {
    let of_sender = ["sender", "from address", "not owned", "mail from"].iter().any(|word| text.contains(word));
    let refused = ["not owned", "not allowed", "not permitted", "denied", "unauthorized", "not authorized", "rejected"];
    of_sender && refused.iter().any(|word| text.contains(word))
}

/// A server repeats addresses, and a surname may hold any word.
fn without_addresses(text: &str) -> String {
    let is_address = |word: &&str| word.contains('@') || word.starts_with('<');
    text.split_whitespace().filter(|word| !is_address(word)).collect::<Vec<_>>().join(" ")
}

/// Whether the trouble is with one mailbox: unknown, closed, full (RFC 3463: 1.1 to 1.3, 1.6 and 2.x).
fn is_of_mailbox(text: &str) -> bool {
    let of_mailbox = |status: &str| {
        let subject = status.strip_prefix("5.").or_else(|| status.strip_prefix("4."));
        subject.is_some_and(|rest| ["1.1", "1.2", "1.3", "1.6"].contains(&rest) || rest.starts_with("2."))
    };
    text.split([' ', '-', ':', '(', ')']).any(of_mailbox)
}

fn is_rate(text: &str) -> bool {
    let mut words = text.split(|letter: char| !letter.is_alphanumeric());
    let phrases = ["too many", "too much", "limit exceeded", "quota exceeded for", "4.4.2", "throttl"];
    words.any(|word| word == "rate") || phrases.iter().any(|phrase| text.contains(phrase))
}

/// A refused recipient with nothing but «5.7.1» may be a closed mailbox; the same of a letter is a verdict about the sender.
fn is_spam(text: &str, phase: Phase) -> bool {
    let words = ["spam", "5.7.28", "blacklist", "blocklist", "reputation"];
    let of_letter = ["5.7.1", "5.7.0", "blocked", "policy"];
    words.iter().any(|word| text.contains(word))
        || (phase != Phase::Rcpt && of_letter.iter().any(|word| text.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::{Fate, Handed, Phase, Stop};
    use crate::mail::smtp::reply::{Parsed, Reply};

    #[track_caller]
    fn check(phase: Phase, line: &str, expected: &str) {
        let Parsed::Whole { reply, .. } = Reply::parse(format!("{line}\r\n").as_bytes()) else { panic!("{line}") };
        let Handed { fate, stop } = Handed::by_reply(phase, &reply);
        let fate = match fate {
            Fate::Taken => "taken",
            Fate::Later(_) => "later",
            Fate::Refused(_) => "refused",
            Fate::Unknown(_) => "unknown",
            Fate::Untried => "untried",
        };
        let stop = match stop {
            None => "",
            Some(Stop::SignIn(_)) => ", sign-in",
            Some(Stop::Sender(_)) => ", sender",
            Some(Stop::TooMany(_)) => ", too many",
            Some(Stop::Spam(_)) => ", spam",
            Some(Stop::Busy(_)) => ", busy",
            Some(_) => ", other",
        };
        assert_eq!(format!("{fate}{stop}"), expected, "{line}");
    }

    #[test]
    fn a_letter_is_blamed_only_for_what_is_its_own() {
        check(Phase::Rcpt, "550 5.1.1 <a@example.org> User unknown", "refused");
        check(Phase::Rcpt, "450 4.2.0 Greylisted, try again", "later");
        check(Phase::Rcpt, "452 4.2.2 Mailbox full", "later");
        check(Phase::Rcpt, "550 5.1.1 <kondrateva@example.org>: user unknown", "refused");
        check(Phase::Rcpt, "550 corporate@example.org unknown", "refused");
        check(Phase::Rcpt, "552 5.2.2 mailbox full, quota exceeded for user", "refused");
        check(Phase::Rcpt, "452 4.2.2 storage limit exceeded", "later");
        check(Phase::Rcpt, "550 5.7.1 delivery to this mailbox is restricted", "refused");
        check(Phase::Mail, "552 5.3.4 Message size exceeds fixed limit", "refused");
        check(Phase::Dot, "554 5.6.0 Malformed message", "refused");
        check(Phase::Dot, "451 try again", "later");
        check(Phase::Dot, "354 go on", "unknown");
        check(Phase::Data, "250 go on", "later");
    }

    #[test]
    fn what_would_hit_every_letter_stops_the_run() {
        check(Phase::Mail, "530 5.7.0 Authentication required", "untried, sign-in");
        check(Phase::Rcpt, "535 5.7.8 bad", "untried, sign-in");
        check(Phase::Mail, "553 5.7.1 Sender address rejected: not owned by user", "untried, sender");
        check(Phase::Rcpt, "553 5.7.1 <a@b.c>: Sender address rejected: not owned by auth user", "untried, sender");
        check(Phase::Dot, "554 5.7.1 Message rejected under suspicion of SPAM", "untried, spam");
        check(Phase::Mail, "421 4.4.2 Message submission rate for this client has exceeded", "untried, too many");
        check(Phase::Rcpt, "451 4.7.1 Too many messages, rate limited", "untried, too many");
        check(Phase::Mail, "454 4.7.0 Temporary authentication failure", "untried, busy");
    }
}
