//! Bytes to and from a server, in clear or by TLS, each phase within its time.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};

use super::reply::{Parsed, Reply};

/// How much is read or written at once.
const PIECE: usize = 256 << 10;

/// A look at what has come waits for nothing; this only has to be longer than the look itself.
const LOOK: Duration = Duration::from_secs(10);

/// A connection.
pub(super) struct Wire {
    stream: Stream,
    /// What came and was not read as a reply yet.
    input: Vec<u8>,
}

enum Stream {
    Plain(Timed),
    Tls(Box<StreamOwned<ClientConnection, Timed>>),
}

/// A socket that gives up at a moment, however many single bytes come before it.
struct Timed {
    tcp: TcpStream,
    until: Instant,
}

/// Why the connection is of no use any more.
#[derive(Debug, thiserror::Error)]
pub(super) enum Broken {
    /// The server has closed it.
    #[error("сервер оборвал соединение")]
    Closed,
    /// Nothing, or not everything, came in time.
    #[error("сервер не ответил вовремя")]
    TooLate,
    /// What came is no reply.
    #[error("сервер ответил не по правилам почты")]
    Garbled,
    /// Something came that nobody had asked for.
    #[error("сервер ответил раньше времени")]
    Early,
    /// The certificate, or TLS as a whole.
    #[error("{0}")]
    Tls(String),
}

impl Wire {
    /// A connection to an address, in clear.
    pub(super) fn to(address: &SocketAddr, within: Duration) -> io::Result<Self> {
        let tcp = TcpStream::connect_timeout(address, within)?;
        // Commands are small and wait for their replies.
        tcp.set_nodelay(true)?;
        Ok(Self { stream: Stream::Plain(Timed { tcp, until: Instant::now() + within }), input: Vec::new() })
    }

    /// The same connection, by TLS from here on. Nothing that came in clear may be left: it would be taken for an answer
    /// that came by TLS.
    pub(super) fn secured(self, config: Arc<ClientConfig>, name: ServerName<'static>) -> Result<Self, Broken> {
        let Self { stream: Stream::Plain(mut timed), input } = self else { return Err(Broken::Garbled) };
        if !input.is_empty() {
            return Err(Broken::Early);
        }
        let mut connection = ClientConnection::new(config, name).map_err(|error| Broken::Tls(tls_words(&error)))?;
        while connection.is_handshaking() {
            connection.complete_io(&mut timed).map_err(|error| of_io(&error))?;
        }
        Ok(Self { stream: Stream::Tls(Box::new(StreamOwned::new(connection, timed))), input })
    }

    /// The address of the server.
    pub(super) fn peer(&self) -> io::Result<SocketAddr> {
        self.timed().tcp.peer_addr()
    }

    /// The address of this machine.
    pub(super) fn local(&self) -> io::Result<SocketAddr> {
        self.timed().tcp.local_addr()
    }

    /// Whether it is by TLS.
    pub(super) fn is_secure(&self) -> bool {
        matches!(self.stream, Stream::Tls(_))
    }

    /// What follows is to be done within this time.
    pub(super) fn within(&mut self, time: Duration) {
        let until = Instant::now() + time;
        match &mut self.stream {
            Stream::Plain(timed) => timed.until = until,
            Stream::Tls(tls) => tls.sock.until = until,
        }
    }

    /// Sends bytes, all of them.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        for piece in bytes.chunks(PIECE) {
            let written = match &mut self.stream {
                Stream::Plain(timed) => timed.write_all(piece),
                Stream::Tls(tls) => tls.write_all(piece),
            };
            written.map_err(|error| of_io(&error))?;
        }
        let flushed = match &mut self.stream {
            Stream::Plain(timed) => timed.flush(),
            Stream::Tls(tls) => tls.flush(),
        };
        flushed.map_err(|error| of_io(&error))
    }

    /// Waits for a reply.
    pub(super) fn reply(&mut self) -> Result<Reply, Broken> {
        loop {
            match Reply::parse(&self.input) {
                Parsed::Whole { reply, length } => {
                    self.input.drain(..length);
                    return Ok(reply);
                }
                Parsed::Garbled => return Err(Broken::Garbled),
                Parsed::Unfinished => self.read_more()?,
            }
        }
    }

    /// What the server said without having been asked, if it did: whole replies only. A closed connection is told, too.
    pub(super) fn unasked(&mut self) -> Result<Option<Reply>, Broken> {
        self.within(LOOK);
        self.timed().tcp.set_nonblocking(true).map_err(|error| of_io(&error))?;
        let more = self.read_more();
        self.timed().tcp.set_nonblocking(false).map_err(|error| of_io(&error))?;
        match more {
            // Nothing was there to be read.
            Err(Broken::TooLate) if self.input.is_empty() => return Ok(None),
            Err(Broken::TooLate) | Ok(()) => {}
            Err(Broken::Closed) if !self.input.is_empty() => {}
            Err(broken) => return Err(broken),
        }
        match Reply::parse(&self.input) {
            Parsed::Whole { reply, length } => {
                self.input.drain(..length);
                Ok(Some(reply))
            }
            Parsed::Unfinished | Parsed::Garbled => Err(Broken::Early),
        }
    }

    /// Whether bytes lie here that no reply has taken.
    pub(super) fn has_leftovers(&self) -> bool {
        !self.input.is_empty()
    }

    /// Ends the connection at once.
    pub(super) fn cut(&self) {
        let _ = self.timed().tcp.shutdown(std::net::Shutdown::Both);
    }

    fn read_more(&mut self) -> Result<(), Broken> {
        let mut piece = [0; 4096];
        let read = match &mut self.stream {
            Stream::Plain(timed) => timed.read(&mut piece),
            Stream::Tls(tls) => tls.read(&mut piece),
        };
        match read {
            Ok(0) => Err(Broken::Closed),
            Ok(length) => {
                self.input.extend_from_slice(&piece[..length]);
                Ok(())
            }
            Err(error) => Err(of_io(&error)),
        }
    }

    fn timed(&self) -> &Timed {
        match &self.stream {
            Stream::Plain(timed) => timed,
            Stream::Tls(tls) => &tls.sock,
        }
    }
}

impl Timed {
    fn left(&self) -> io::Result<Duration> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(left) }
    }
}

impl Read for Timed {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        loop {
            self.tcp.set_read_timeout(Some(self.left()?))?;
            // A signal, Ctrl-C, must not break the letter in hand.
            match self.tcp.read(bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => return read,
            }
        }
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            self.tcp.set_write_timeout(Some(self.left()?))?;
            match self.tcp.write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                written => return written,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.tcp.flush()
    }
}

fn of_io(error: &io::Error) -> Broken {
    if let Some(tls) = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
        return Broken::Tls(tls_words(tls));
    }
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Broken::TooLate,
        _ => Broken::Closed,
    }
}

fn tls_words(error: &rustls::Error) -> String {
    use rustls::{CertificateError as Certificate, Error};
    let why = match error {
        Error::InvalidCertificate(Certificate::Expired | Certificate::ExpiredContext { .. }) => {
            "срок сертификата истёк"
        }
        Error::InvalidCertificate(Certificate::NotValidYet | Certificate::NotValidYetContext { .. }) => {
            "срок сертификата ещё не наступил: проверьте дату на этом компьютере"
        }
        Error::InvalidCertificate(Certificate::UnknownIssuer) => {
            "сертификат выпущен неизвестным центром (свой центр указывают в настройках: ca_file)"
        }
        Error::InvalidCertificate(Certificate::NotValidForName | Certificate::NotValidForNameContext { .. }) => {
            "сертификат выпущен для другого имени"
        }
        Error::InvalidCertificate(_) => "сертификату сервера нельзя верить",
        Error::InvalidMessage(_) => "на этом порту сервер не шифрует: проверьте port и security в настройках",
        _ => "не удалось договориться о шифровании",
    };
    why.to_owned()
}
