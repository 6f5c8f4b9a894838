//! A connection: greeting, TLS, sign-in, letters, farewell.

use std::borrow::Cow;
use std::net::{SocketAddr, ToSocketAddrs};
use std::time::Instant;

use rustls::pki_types::ServerName;
use zeroize::Zeroizing;

use super::reply::Reply;
use super::timing::Timing;
use super::trust::Trust;
use super::verdict::{Fate, Handed, Phase, Stop};
use super::wire::{Broken, Wire};
use crate::mail::base64::base64;
use crate::mail::password::Password;
use crate::school::{Email, MailSecurity, MailServer};

/// The post office: a server and what is needed to sign in.
#[derive(Debug)]
pub struct Post<'a> {
    /// The server.
    pub server: &'a MailServer,
    /// Whose certificates are believed.
    pub trust: &'a Trust,
    /// The password; `None` where the server asks for none.
    pub password: Option<&'a Password>,
    /// How long each phase may take.
    pub timing: Timing,
}

/// From whom and to whom: one recipient only.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// The sender.
    pub from: &'a Email,
    /// The recipient.
    pub to: &'a Email,
}

/// A connection that letters can be handed over by.
pub struct Session {
    wire: Wire,
    timing: Timing,
    abilities: Abilities,
    /// How many letters were tried.
    letters: usize,
    is_usable: bool,
}

/// What the server offers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Abilities {
    starttls: bool,
    sign_in: SignIn,
    /// Whether it wants to be told the size (RFC 1870).
    wants_size: bool,
    /// The largest letter that it takes, where it says so.
    largest: Option<usize>,
}

/// The way to sign in that is taken, the simplest one that the server knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum SignIn {
    #[default]
    None,
    Login,
    Plain,
}

impl Session {
    /// Connects, secures the connection and signs in.
    ///
    /// # Errors
    /// With the reason why no letter can be sent at all.
    pub fn open(post: &Post<'_>) -> Result<Self, Stop> {
        let MailServer { host, security, user, .. } = post.server;
        let mut wire = connect(post)?;
        wire.within(post.timing.greeting);
        let name = || {
            ServerName::try_from(host.clone()).map_err(|_| Stop::Tls("имя сервера не годится для проверки".to_owned()))
        };
        if *security == MailSecurity::Tls {
            wire = wire.secured(post.trust.0.clone(), name()?).map_err(|broken| of_break(&broken))?;
        }
        let greeting = wire.reply().map_err(|broken| of_break(&broken))?;
        if greeting.code != 220 {
            return Err(Stop::Busy(greeting.words()));
        }
        let mut session =
            Self { wire, timing: post.timing, abilities: Abilities::default(), letters: 0, is_usable: true };
        session.hello()?;
        if *security == MailSecurity::StartTls {
            session = session.start_tls(post, name()?)?;
        }
        if !user.is_empty() {
            session.sign_in(user, post.password)?;
        }
        Ok(session)
    }

    /// How many letters it was used for.
    pub fn letters(&self) -> usize {
        self.letters
    }

    /// Whether another letter can be handed over.
    pub fn is_usable(&self) -> bool {
        self.is_usable
    }

    /// Whether the server is still there and has nothing to say: one that was not needed for a while may be closed.
    pub fn is_quiet(&mut self) -> bool {
        self.is_usable && matches!(self.wire.unasked(), Ok(None))
    }

    /// Hands over a letter. `before_dot` is called when everything but the final dot is sent: once it has said yes, the
    /// letter may have been taken, whatever happens next.
    ///
    /// # Errors
    /// With what `before_dot` says, if that is no: the connection is cut, and the letter was not sent.
    pub fn hand_over<E>(
        &mut self,
        envelope: Envelope<'_>,
        letter: &[u8],
        before_dot: impl FnOnce() -> Result<(), E>,
    ) -> Result<Handed, E> {
        self.letters += 1;
        let handed = self.deliver(envelope, letter, before_dot);
        let is_taken = matches!(&handed, Ok(Handed { fate: Fate::Taken, stop: None }));
        // A reply that nobody asked for would be taken for the next letter's.
        if !self.is_usable || (is_taken && self.wire.has_leftovers()) {
            self.is_usable = false;
            self.wire.cut();
        }
        handed
    }

    fn deliver<E>(
        &mut self,
        envelope: Envelope<'_>,
        letter: &[u8],
        before_dot: impl FnOnce() -> Result<(), E>,
    ) -> Result<Handed, E> {
        if let Some(largest) = self.abilities.largest
            && letter.len() > largest
        {
            let (size, largest) = (letter.len().div_ceil(1 << 20), largest >> 20);
            let why = format!("письмо занимает {size}\u{a0}МБ, сервер принимает не больше {largest}\u{a0}МБ");
            return Ok(Handed::of(Fate::Refused(why)));
        }
        let until = Instant::now() + self.timing.overall;
        let size = if self.abilities.wants_size { format!(" SIZE={}", letter.len()) } else { String::new() };
        let commands = [
            (Phase::Mail, format!("MAIL FROM:<{}>{size}\r\n", envelope.from)),
            (Phase::Rcpt, format!("RCPT TO:<{}>\r\n", envelope.to)),
            (Phase::Data, "DATA\r\n".to_owned()),
        ];
        for (phase, command) in commands {
            self.wire.within(self.timing.command.min(until.saturating_duration_since(Instant::now())));
            let reply = match self.ask(&command) {
                Ok(reply) => reply,
                Err(broken) => return Ok(self.broken(phase, &broken)),
            };
            let is_expected = match phase {
                Phase::Data => reply.code == 354,
                _ => (250..=251).contains(&reply.code),
            };
            if !is_expected {
                return Ok(self.refused(phase, &reply));
            }
        }
        self.wire.within(self.timing.of_body(letter.len()).min(until.saturating_duration_since(Instant::now())));
        if let Err(broken) = self.wire.write(&stuffed(letter)) {
            // The server may have said why it does not want to hear more.
            return Ok(match self.wire.unasked() {
                Ok(Some(reply)) if reply.code >= 400 => self.refused(Phase::Body, &reply),
                _ => self.broken(Phase::Body, &broken),
            });
        }
        match self.wire.unasked() {
            Ok(None) => {}
            Ok(Some(reply)) if reply.code >= 400 => return Ok(self.refused(Phase::Body, &reply)),
            Ok(Some(_)) => return Ok(self.broken(Phase::Body, &Broken::Early)),
            Err(broken) => return Ok(self.broken(Phase::Body, &broken)),
        }
        if let Err(error) = before_dot() {
            self.is_usable = false;
            return Err(error);
        }
        self.wire.within(self.timing.dot);
        Ok(match self.wire.write(b".\r\n").and_then(|()| self.wire.reply()) {
            Ok(reply) if (200..300).contains(&reply.code) => Handed::of(Fate::Taken),
            Ok(reply) => self.refused(Phase::Dot, &reply),
            Err(broken) => self.broken(Phase::Dot, &broken),
        })
    }

    /// Says good-bye; what the server answers changes nothing.
    pub fn quit(mut self) {
        if self.is_usable {
            self.wire.within(self.timing.quit);
            let _ = self.ask("QUIT\r\n");
        }
        self.wire.cut();
    }

    fn ask(&mut self, command: &str) -> Result<Reply, Broken> {
        if self.wire.has_leftovers() {
            return Err(Broken::Early);
        }
        self.wire.write(command.as_bytes())?;
        self.wire.reply()
    }

    /// Asks in the time before letters, when every failure is one of the whole run.
    fn prepare(&mut self, command: &str) -> Result<Reply, Stop> {
        self.wire.within(self.timing.command);
        self.ask(command).map_err(|broken| of_break(&broken))
    }

    /// After a refusal the connection is of no use where the server is closing it, or is in the middle of a letter.
    fn refused(&mut self, phase: Phase, reply: &Reply) -> Handed {
        let handed = Handed::by_reply(phase, reply);
        let is_odd = !(400..600).contains(&reply.code);
        if reply.code == 421 || phase == Phase::Body || is_odd || handed.stop.is_some() {
            self.is_usable = false;
        } else if phase != Phase::Dot {
            self.wire.within(self.timing.command);
            self.is_usable = self.ask("RSET\r\n").is_ok_and(|reply| reply.code == 250);
        }
        handed
    }

    fn broken(&mut self, phase: Phase, broken: &Broken) -> Handed {
        self.is_usable = false;
        Handed::by_break(phase, broken)
    }

    fn hello(&mut self) -> Result<(), Stop> {
        // The address of this machine as a literal (RFC 5321, 4.1.3): its name would tell more than is needed.
        let name = match self.wire.local() {
            Ok(SocketAddr::V4(address)) => format!("[{}]", address.ip()),
            Ok(SocketAddr::V6(address)) => format!("[IPv6:{}]", address.ip()),
            Err(_) => "localhost".to_owned(),
        };
        let reply = self.prepare(&format!("EHLO {name}\r\n"))?;
        if reply.code != 250 {
            return Err(Stop::Busy(reply.words()));
        }
        self.abilities = Abilities::of(&reply);
        Ok(())
    }

    fn start_tls(mut self, post: &Post<'_>, name: ServerName<'static>) -> Result<Self, Stop> {
        if !self.abilities.starttls {
            return Err(Stop::NoStartTls);
        }
        let reply = self.prepare("STARTTLS\r\n")?;
        if reply.code != 220 {
            return Err(Stop::Busy(reply.words()));
        }
        let mut wire = self.wire;
        wire.within(post.timing.greeting);
        let wire = wire.secured(post.trust.0.clone(), name).map_err(|broken| of_break(&broken))?;
        // What was offered in clear counts no longer.
        let mut session = Self { wire, abilities: Abilities::default(), ..self };
        session.hello()?;
        Ok(session)
    }

    fn sign_in(&mut self, user: &str, password: Option<&Password>) -> Result<(), Stop> {
        let is_here = self.wire.peer().is_ok_and(|peer| peer.ip().is_loopback());
        if !self.wire.is_secure() && !is_here {
            return Err(Stop::NoStartTls);
        }
        let password = password.map(Password::reveal).unwrap_or_default();
        let reply = match self.abilities.sign_in {
            SignIn::None => return Err(Stop::NoSignIn),
            SignIn::Plain => {
                let secret = Zeroizing::new(format!("\0{user}\0{password}"));
                let secret = Zeroizing::new(base64(secret.as_bytes()));
                self.prepare(&Zeroizing::new(format!("AUTH PLAIN {}\r\n", secret.as_str())))?
            }
            SignIn::Login => {
                let mut reply = self.prepare("AUTH LOGIN\r\n")?;
                for secret in [user, password] {
                    if reply.code != 334 {
                        break;
                    }
                    let secret = Zeroizing::new(base64(secret.as_bytes()));
                    reply = self.prepare(&Zeroizing::new(format!("{}\r\n", secret.as_str())))?;
                }
                reply
            }
        };
        // The words of such a reply may repeat what was sent.
        match reply.code {
            235 => Ok(()),
            421 | 432 | 454 | 450..=452 => Err(Stop::Busy(reply.code.to_string())),
            code => Err(Stop::SignIn(code.to_string())),
        }
    }
}

impl Abilities {
    fn of(reply: &Reply) -> Self {
        let mut abilities = Self::default();
        for line in reply.lines.iter().skip(1) {
            let line = line.to_ascii_uppercase();
            let mut words = line.split([' ', '=']).filter(|word| !word.is_empty());
            match words.next() {
                Some("STARTTLS") => abilities.starttls = true,
                Some("SIZE") => {
                    abilities.wants_size = true;
                    // Nought is «no limit».
                    abilities.largest = words.next().and_then(|number| number.parse().ok()).filter(|size| *size > 0);
                }
                Some("AUTH") => {
                    for word in words {
                        abilities.sign_in = abilities.sign_in.max(match word {
                            "PLAIN" => SignIn::Plain,
                            "LOGIN" => SignIn::Login,
                            _ => SignIn::None,
                        });
                    }
                }
                _ => {}
            }
        }
        abilities
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("letters", &self.letters)
            .field("is_usable", &self.is_usable)
            .finish_non_exhaustive()
    }
}

fn connect(post: &Post<'_>) -> Result<Wire, Stop> {
    let MailServer { host, port, security, .. } = post.server;
    let unreachable = |why: &str| Stop::Unreachable(format!("{host}, порт {port}: {why}"));
    let addresses =
        (host.as_str(), *port).to_socket_addrs().map_err(|_| unreachable("такого имени нет или нет сети"))?;
    let mut why = "у имени нет адреса".to_owned();
    for address in addresses {
        if *security == MailSecurity::Plain && !address.ip().is_loopback() {
            return Err(Stop::Tls("без шифрования письма уходят только на сервер этого же компьютера".to_owned()));
        }
        match Wire::to(&address, post.timing.connect) {
            Ok(wire) => return Ok(wire),
            Err(error) => {
                why = match error.kind() {
                    std::io::ErrorKind::ConnectionRefused => "никто не отвечает".to_owned(),
                    std::io::ErrorKind::TimedOut => "не отвечает вовремя".to_owned(),
                    _ => "нет пути к серверу".to_owned(),
                }
            }
        }
    }
    Err(unreachable(&why))
}

fn of_break(broken: &Broken) -> Stop {
    match broken {
        Broken::Tls(why) => Stop::Tls(why.clone()),
        other => Stop::Busy(other.to_string()),
    }
}

/// The letter as it goes over the wire: a dot at the beginning of a line is doubled (RFC 5321, 4.5.2), and the last line
/// is ended. A line feed alone ends a line for some servers, so it counts as one here, too.
fn stuffed(letter: &[u8]) -> Cow<'_, [u8]> {
    if letter.ends_with(b"\r\n") && !has_line_with_dot(letter) {
        return Cow::Borrowed(letter);
    }
    let mut bytes = Vec::with_capacity(letter.len() + 64);
    for line in letter.split_inclusive(|byte| *byte == b'\n') {
        if line.first() == Some(&b'.') {
            bytes.push(b'.');
        }
        bytes.extend_from_slice(line);
    }
    if !bytes.ends_with(b"\r\n") {
        bytes.extend_from_slice(b"\r\n");
    }
    Cow::Owned(bytes)
}

/// Whether a line begins with a dot. Most letters have none, and so many bytes are looked at without a branch for each.
fn has_line_with_dot(letter: &[u8]) -> bool {
    let Some((first, rest)) = letter.split_first() else { return false };
    let is_one = |(last, byte): (&u8, &u8)| u8::from(*last == b'\n') & u8::from(*byte == b'.');
    let mut pieces = letter.chunks(4096).zip(rest.chunks(4096));
    *first == b'.' || pieces.any(|(last, bytes)| last.iter().zip(bytes).fold(0, |any, pair| any | is_one(pair)) != 0)
}

#[cfg(test)]
mod tests {
    use super::stuffed;

    #[track_caller]
    fn check(letter: &str, expected: &str) {
        assert_eq!(String::from_utf8_lossy(&stuffed(letter.as_bytes())), expected);
    }

    #[test]
    fn dots_are_doubled_and_the_last_line_is_ended() {
        check(".\r\na.\r\n..b\r\n", "..\r\na.\r\n...b\r\n");
        check("a\n.\nb", "a\n..\nb\r\n");
        check("", "\r\n");
        check("a\r\n.", "a\r\n..\r\n");
        check("a.\r\n", "a.\r\n");
        let long = "x".repeat(4095);
        check(&format!("{long}\n.\r\n"), &format!("{long}\n..\r\n"));
    }
}
