//! A mail server that does wrong at a chosen moment, and keeps its own list of what it has taken.
//!
//! It is the judge of the tests of sending: the list, not what the program believes, says what arrived.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// The moment of a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Point {
    Connect,
    Banner,
    Ehlo,
    StartTls,
    Tls,
    Auth,
    Mail,
    Rcpt,
    Data,
    /// When this many hundredths of the text have come.
    Body(usize),
    /// When all of the text has come, and no dot.
    BeforeDot,
    /// The dot has come, the letter is not taken.
    Dot,
    /// The letter is taken.
    Taken,
    Quit,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    Code(u16, &'static str),
    Fin,
    Rst,
    Stall,
    Drip,
    Garbage,
    Cp1251,
    NoText,
    BareLf,
    LongLine,
    /// The answer to the text before the text.
    Early,
    /// Nothing is offered that the client needs: AUTH, STARTTLS.
    NotOffered,
    /// No letter is small enough.
    TooSmall,
    /// Lies in clear behind the answer to STARTTLS.
    Injected,
}

/// How the server is secured.
#[derive(Clone)]
pub(crate) enum Secured {
    No,
    Tls(Arc<ServerConfig>),
    StartTls(Arc<ServerConfig>),
}

/// A letter that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Taken {
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) message_id: String,
    pub(crate) text: Vec<u8>,
}

pub(crate) struct FaultServer {
    pub(crate) port: u16,
    shared: Arc<Shared>,
}

struct Shared {
    secured: Secured,
    fault: Option<(Point, Fault)>,
    /// The fault waits until so many letters were taken.
    after: usize,
    /// How often it strikes.
    strikes: AtomicUsize,
    is_over: AtomicBool,
    taken: Mutex<Vec<Taken>>,
    /// What clients sent to sign in.
    secrets: Mutex<Vec<String>>,
    connections: AtomicUsize,
    keeps_text: bool,
}

impl FaultServer {
    /// A server that strikes once at a point, after so many letters.
    pub(crate) fn start(secured: Secured, fault: Option<(Point, Fault)>, after: usize) -> Self {
        Self::with(secured, fault, after, true)
    }

    pub(crate) fn with(secured: Secured, fault: Option<(Point, Fault)>, after: usize, keeps_text: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared {
            secured,
            fault,
            after,
            strikes: AtomicUsize::new(1),
            is_over: AtomicBool::new(false),
            taken: Mutex::default(),
            secrets: Mutex::default(),
            connections: AtomicUsize::new(0),
            keeps_text,
        });
        let of_listener = Arc::clone(&shared);
        std::thread::spawn(move || {
            for tcp in listener.incoming() {
                if of_listener.is_over.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(tcp) = tcp else { continue };
                of_listener.connections.fetch_add(1, Ordering::SeqCst);
                let shared = Arc::clone(&of_listener);
                std::thread::spawn(move || {
                    let _ = serve(tcp, &shared);
                });
            }
        });
        Self { port, shared }
    }

    /// What it has taken.
    pub(crate) fn taken(&self) -> Vec<Taken> {
        self.shared.taken.lock().expect("the list").clone()
    }

    /// What clients sent to sign in.
    pub(crate) fn secrets(&self) -> Vec<String> {
        self.shared.secrets.lock().expect("the list").clone()
    }

    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Whether the fault has struck.
    pub(crate) fn has_struck(&self) -> bool {
        self.shared.strikes.load(Ordering::SeqCst) == 0
    }
}

impl Drop for FaultServer {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

impl Shared {
    /// The fault, where its moment has come.
    fn strike(&self, point: Point) -> Option<Fault> {
        let (at, fault) = self.fault?;
        let is_late_enough = self.taken.lock().expect("the list").len() >= self.after;
        if at != point || !is_late_enough {
            return None;
        }
        let left = self.strikes.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
        left.ok().map(|_| fault)
    }
}

enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ServerConnection, TcpStream>>),
}

impl Read for Stream {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(tcp) => tcp.read(bytes),
            Self::Tls(tls) => tls.read(bytes),
        }
    }
}

impl Stream {
    fn tcp(&self) -> &TcpStream {
        match self {
            Self::Plain(tcp) => tcp,
            Self::Tls(tls) => &tls.sock,
        }
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(tcp) => tcp.write_all(bytes),
            Self::Tls(tls) => tls.write_all(bytes).and_then(|()| tls.flush()),
        }
    }
}

struct Client<'a> {
    reader: BufReader<Stream>,
    shared: &'a Shared,
}

const OVER: io::ErrorKind = io::ErrorKind::ConnectionAborted;

/// Longer than any client of the tests waits.
const LONG: Duration = Duration::from_secs(5);

fn serve(tcp: TcpStream, shared: &Shared) -> io::Result<()> {
    tcp.set_nodelay(true)?;
    tcp.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut client = Client { reader: BufReader::new(Stream::Plain(tcp)), shared };
    if let Some(fault) = shared.strike(Point::Connect) {
        client.act(fault, "220 ready")?;
    }
    if let Secured::Tls(config) = &shared.secured {
        client.secure(config)?;
    }
    client.say(Point::Banner, "220 ready")?;
    let (mut from, mut to, mut size) = (String::new(), String::new(), 0);
    loop {
        let line = client.line()?;
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "EHLO" => client.hello()?,
            "STARTTLS" => {
                if let Secured::StartTls(config) = &shared.secured {
                    client.say(Point::StartTls, "220 go")?;
                    client.secure(config)?;
                }
            }
            "AUTH" => client.sign_in(&line)?,
            "MAIL" => {
                from = within(&line);
                size = line.split("SIZE=").nth(1).and_then(|size| size.parse().ok()).unwrap_or(0);
                client.say(Point::Mail, "250 ok")?;
            }
            "RCPT" => {
                to = within(&line);
                client.say(Point::Rcpt, "250 ok")?;
            }
            "DATA" => {
                let fault = shared.strike(Point::Data);
                if let Some(fault) = fault {
                    client.act(fault, "354 go on")?;
                    // After a refusal no text follows.
                    if !matches!(fault, Fault::Early | Fault::Cp1251 | Fault::NoText) {
                        continue;
                    }
                } else {
                    client.put(b"354 go on\r\n")?;
                }
                let text = client.text(size)?;
                if fault == Some(Fault::Early) {
                    // What was answered too early was not meant.
                    return Err(OVER.into());
                }
                client.take(&from, &to, text)?;
            }
            "RSET" => client.put(b"250 ok\r\n")?,
            "QUIT" => {
                client.say(Point::Quit, "221 bye")?;
                return Ok(());
            }
            _ => client.put(b"502 what\r\n")?,
        }
    }
}

/// The address in angle brackets.
fn within(line: &str) -> String {
    line.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}

impl Client<'_> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.reader.get_mut().put(bytes)
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        if self.reader.read_until(b'\n', &mut line)? == 0 {
            return Err(OVER.into());
        }
        Ok(String::from_utf8_lossy(&line).trim_end().to_owned())
    }

    /// Answers, or strikes.
    fn say(&mut self, point: Point, reply: &str) -> io::Result<()> {
        match self.shared.strike(point) {
            Some(fault) => self.act(fault, reply),
            None => self.put(format!("{reply}\r\n").as_bytes()),
        }
    }

    fn hello(&mut self) -> io::Result<()> {
        let is_plain = matches!(self.reader.get_ref(), Stream::Plain(_));
        let fault = self.shared.strike(Point::Ehlo);
        let auth = if fault == Some(Fault::NotOffered) { "" } else { "250-AUTH PLAIN LOGIN\r\n" };
        let size = if fault == Some(Fault::TooSmall) { "250-SIZE 1000\r\n" } else { "250-SIZE 30000000\r\n" };
        let is_offered =
            matches!(self.shared.secured, Secured::StartTls(_)) && is_plain && fault != Some(Fault::NotOffered);
        let starttls = if is_offered { "250-STARTTLS\r\n" } else { "" };
        match fault {
            None | Some(Fault::NotOffered | Fault::TooSmall) => {
                self.put(format!("250-server\r\n{auth}{size}{starttls}250 8BITMIME\r\n").as_bytes())
            }
            Some(fault) => self.act(fault, "250 server"),
        }
    }

    fn secure(&mut self, config: &Arc<ServerConfig>) -> io::Result<()> {
        if let Some(fault) = self.shared.strike(Point::Tls) {
            return self.act(fault, "220 go").and(Err(OVER.into()));
        }
        let tcp = self.reader.get_ref().tcp().try_clone()?;
        let mut connection = ServerConnection::new(Arc::clone(config)).map_err(io::Error::other)?;
        let mut of_handshake = tcp.try_clone()?;
        while connection.is_handshaking() {
            connection.complete_io(&mut of_handshake)?;
        }
        self.reader = BufReader::new(Stream::Tls(Box::new(StreamOwned::new(connection, tcp))));
        Ok(())
    }

    fn sign_in(&mut self, line: &str) -> io::Result<()> {
        let mut secret = line.to_owned();
        if line.eq_ignore_ascii_case("AUTH LOGIN") {
            for question in ["334 VXNlcm5hbWU6\r\n", "334 UGFzc3dvcmQ6\r\n"] {
                self.put(question.as_bytes())?;
                secret = format!("{secret} {}", self.line()?);
            }
        }
        self.shared.secrets.lock().expect("the list").push(secret);
        self.say(Point::Auth, "235 welcome")
    }

    /// The text of a letter up to the dot.
    fn text(&mut self, size: usize) -> io::Result<Vec<u8>> {
        let mut text = Vec::new();
        let mut is_before_dot_told = false;
        loop {
            for hundredths in [0, 50, 99] {
                let is_there = text.len() * 100 >= size * hundredths;
                if is_there && let Some(fault) = self.shared.strike(Point::Body(hundredths)) {
                    self.act(fault, "250 ok")?;
                    if matches!(fault, Fault::Code(..)) {
                        return Err(OVER.into());
                    }
                }
            }
            if !is_before_dot_told && size > 0 && text.len() >= size {
                is_before_dot_told = true;
                if let Some(fault) = self.shared.strike(Point::BeforeDot) {
                    self.act(fault, "250 ok")?;
                    return Err(OVER.into());
                }
            }
            let begin = text.len();
            if self.reader.read_until(b'\n', &mut text)? == 0 {
                return Err(OVER.into());
            }
            match &text[begin..] {
                b".\r\n" => {
                    text.truncate(begin);
                    return Ok(text);
                }
                [b'.', ..] => {
                    text.remove(begin);
                }
                _ => {}
            }
        }
    }

    fn take(&mut self, from: &str, to: &str, text: Vec<u8>) -> io::Result<()> {
        if let Some(fault) = self.shared.strike(Point::Dot) {
            return self.act(fault, "250 taken");
        }
        let fault = self.shared.strike(Point::Taken);
        let head = String::from_utf8_lossy(&text[..text.len().min(8000)]).into_owned();
        let message_id = head.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap_or_default().to_owned();
        let text = if self.shared.keeps_text { text } else { Vec::new() };
        let taken = Taken { from: from.to_owned(), to: to.to_owned(), message_id, text };
        self.shared.taken.lock().expect("the list").push(taken);
        match fault {
            Some(fault) => self.act(fault, "250 taken"),
            None => self.put(b"250 2.0.0 taken\r\n"),
        }
    }

    /// Does wrong instead of a reply; an error ends the connection.
    fn act(&mut self, fault: Fault, reply: &str) -> io::Result<()> {
        let code = &reply[..3];
        match fault {
            Fault::Code(code, words) => {
                self.put(format!("{code} {words}\r\n").as_bytes())?;
                if code == 421 {
                    return Err(OVER.into());
                }
                return Ok(());
            }
            Fault::Fin => {}
            Fault::Rst => {
                let tcp = self.reader.get_ref().tcp();
                socket2::SockRef::from(tcp).set_linger(Some(Duration::ZERO))?;
            }
            Fault::Stall => self.wait(LONG),
            Fault::Drip => {
                self.put(format!("{code}-").as_bytes())?;
                let until = Instant::now() + LONG;
                while Instant::now() < until && !self.shared.is_over.load(Ordering::SeqCst) {
                    self.put(b"x")?;
                    self.wait(Duration::from_millis(30));
                }
            }
            Fault::Garbage => self.put(b"\x00\x16\xff nothing of mail\r\n")?,
            Fault::Cp1251 => return self.put(&[code.as_bytes(), b" \xcf\xf0\xe8\xed\xff\xf2\xee\r\n"].concat()),
            Fault::NoText => return self.put(format!("{code}\r\n").as_bytes()),
            Fault::BareLf => self.put(format!("{reply}\n").as_bytes())?,
            Fault::LongLine => self.put(format!("{reply}{}\r\n", "x".repeat(6000)).as_bytes())?,
            Fault::Early => return self.put(format!("{reply}\r\n250 early\r\n").as_bytes()),
            Fault::Injected => return self.put(format!("{reply}\r\n250-server\r\n250 AUTH PLAIN\r\n").as_bytes()),
            Fault::NotOffered | Fault::TooSmall => return self.put(format!("{reply}\r\n").as_bytes()),
        }
        Err(OVER.into())
    }

    fn wait(&self, time: Duration) {
        let until = Instant::now() + time;
        while Instant::now() < until && !self.shared.is_over.load(Ordering::SeqCst) {
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
