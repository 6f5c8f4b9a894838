//! Every fault at every moment of a delivery: three letters, the middle one hit, then two more runs.
//!
//! The list of the server is the judge. Whatever happens: no letter is taken twice, none is lost, none reaches anybody
//! else, and what is not known is called unknown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use rustls::ServerConfig;
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::fault_server::{Fault, FaultServer, Point, Secured};
use super::{Delivered, Delivery, Ended, Time, Watch};
use crate::mail::Password;
use crate::mail::smtp::{Post, Stop, Timing, Trust};
use crate::school::{Email, MailProvider, MailSecurity, MailServer, PasswordSource, PersonName};
use crate::store::{LetterDraft, LetterId, LetterState, Store, StoredLetter};

/// What must stand nowhere but on the wire.
const PASSWORD: &str = "канарейка-Qz7!";
const CLASSES: [&str; 3] = ["5А", "5Б", "5В"];

/// A time that nobody has to wait for.
struct Clock {
    now: AtomicI64,
}

impl Time for Clock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.now.fetch_add(1, Ordering::Relaxed)).unwrap()
    }
    fn wait(&self, _: Duration) -> bool {
        true
    }
    fn jitter(&self) -> f64 {
        1.0
    }
}

pub(super) struct Nobody;

impl Watch for Nobody {
    fn begin(&self, _: &StoredLetter) {}
    fn done(&self) {}
}

/// Short, but long enough for a machine with much to do.
pub(super) fn timing() -> Timing {
    let time = Duration::from_millis(1500);
    Timing {
        connect: time,
        greeting: time,
        command: time,
        body: time,
        megabyte: time,
        dot: time,
        overall: Duration::from_secs(10),
        quit: Duration::from_millis(300),
    }
}

/// Certificates of an authority of the tests.
pub(super) struct Authority {
    pub(super) trust: Trust,
    pub(super) server: Arc<ServerConfig>,
}

impl Authority {
    pub(super) fn for_names(names: &[&str]) -> Self {
        let mut of_authority = rcgen::CertificateParams::new(Vec::new()).unwrap();
        of_authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let key = rcgen::KeyPair::generate().unwrap();
        let authority = of_authority.self_signed(&key).unwrap();
        let issuer = rcgen::Issuer::new(of_authority, key);
        let of_server = rcgen::CertificateParams::new(names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
        let server_key = rcgen::KeyPair::generate().unwrap();
        let server = of_server.unwrap().signed_by(&server_key, &issuer).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(server_key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![server.der().clone()], key)
            .unwrap();
        Self { trust: Trust::of(Some(authority.pem().as_bytes())).unwrap(), server: Arc::new(config) }
    }
}

pub(super) fn server(port: u16, security: MailSecurity) -> MailServer {
    MailServer {
        provider: MailProvider::Custom,
        host: if security == MailSecurity::Plain { "127.0.0.1" } else { "localhost" }.to_owned(),
        port,
        security,
        user: "zavuch@example.org".to_owned(),
        ca_file: None,
        password: PasswordSource::Asked,
        per_day: 300,
        pause: Duration::ZERO,
    }
}

fn address(class: &str) -> Email {
    let place = CLASSES.iter().position(|one| *one == class).unwrap_or(9);
    format!("teacher{place}@example.org").parse().unwrap()
}

fn message_id(class: &str) -> String {
    format!("<{}>", address(class))
}

pub(super) fn draft(class: &str) -> LetterDraft {
    let body = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5eg==\r\n".repeat(2000);
    let head = format!(
        "From: zavuch@example.org\r\nMessage-ID: {}\r\nTo: {}\r\nSubject: x\r\n\r\n",
        message_id(class),
        address(class)
    );
    LetterDraft {
        class: class.parse().unwrap(),
        kind: "class".to_owned(),
        to: PersonName::new("Орлова", "Анна", "Львовна"),
        address: address(class),
        subject: "тема".to_owned(),
        file: format!("{class}.eml"),
        message_id: message_id(class),
        bytes: format!("{head}{body}").into_bytes(),
    }
}

/// A folder in memory, where there is one: thousands of commits wait for the disk otherwise.
pub(super) fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}

/// A school of three letters.
pub(super) fn school(folder: &Path) -> Store {
    let mut store = Store::open(folder).unwrap();
    for class in CLASSES {
        store.queue_letter(&draft(class), Timestamp::from_second(1_000_000).unwrap()).unwrap();
    }
    store
}

/// One run of the program at a moment.
pub(super) fn run(store: &mut Store, post: &Post<'_>, at: i64) -> Delivered {
    store.recover_letters(Timestamp::from_second(at).unwrap()).unwrap();
    let ids: Vec<LetterId> = store
        .letters()
        .unwrap()
        .iter()
        .filter(|letter| {
            letter.state == LetterState::Queued
                && letter.not_before.is_none_or(|not_before| not_before.as_second() <= at)
        })
        .map(|letter| letter.id)
        .collect();
    let from = "zavuch@example.org".parse().unwrap();
    let delivery = Delivery {
        post,
        from: &from,
        guard: &|letter| {
            if letter.address == address(&letter.class.to_string()) { Ok(()) } else { Err("адрес".to_owned()) }
        },
        has_space: &|| true,
        time: &Clock { now: AtomicI64::new(at) },
        watch: &Nobody,
        test: None,
    };
    delivery.send(store, &ids)
}

fn states(store: &Store) -> BTreeMap<String, (LetterState, String)> {
    let letters = store.letters().unwrap();
    letters.into_iter().map(|letter| (letter.class.to_string(), (letter.state, letter.why))).collect()
}

/// What may become of the middle letter, or `None` where the fault is none of a letter's.
fn expected(point: Point, fault: Fault) -> &'static [LetterState] {
    use LetterState::{Failed, Sent, Unknown};
    match (point, fault) {
        // A server that says that it has taken a letter, and has not, is beyond help.
        (Point::Taken | Point::Dot, Fault::Cp1251 | Fault::NoText) => &[Sent],
        (Point::Taken, _) | (Point::Dot, Fault::Code(354, _)) => &[Unknown],
        // When all of the text has come, the fault may be met before the program looks, or after.
        (Point::Dot | Point::BeforeDot | Point::Mail | Point::Rcpt | Point::Data, Fault::Code(550 | 552 | 554, _))
        | (Point::Ehlo, Fault::TooSmall) => &[Failed],
        (Point::Dot | Point::BeforeDot, Fault::Code(..)) => &[Sent],
        (Point::Dot, _) => &[Unknown],
        (Point::Body(_), Fault::Code(550 | 552 | 554, _)) => &[Failed, Sent, Unknown],
        (Point::BeforeDot | Point::Body(_), _) => &[Sent, Unknown],
        _ => &[Sent],
    }
}

struct Cell {
    security: MailSecurity,
    point: Point,
    fault: Fault,
}

/// Says what is wrong with a cell; nothing where all is well.
fn check(cell: &Cell, authority: &Authority) -> Vec<String> {
    let Cell { security, point, fault } = *cell;
    let secured = match security {
        MailSecurity::Plain => Secured::No,
        MailSecurity::Tls => Secured::Tls(Arc::clone(&authority.server)),
        MailSecurity::StartTls => Secured::StartTls(Arc::clone(&authority.server)),
    };
    let is_of_letter = !matches!(
        point,
        Point::Connect | Point::Banner | Point::Ehlo | Point::StartTls | Point::Tls | Point::Auth | Point::Quit
    );
    let judge = FaultServer::start(secured, Some((point, fault)), usize::from(is_of_letter));
    let folder = scratch();
    let mut store = school(folder.path());
    let server = server(judge.port, security);
    let password = Password::new(PASSWORD.to_owned());
    let post = Post { server: &server, trust: &authority.trust, password: password.as_ref(), timing: timing() };
    let mut wrong = Vec::new();
    let mut said = String::new();
    for round in 0..3 {
        let delivered = run(&mut store, &post, 2_000_000 + round * 7200);
        let _ = write!(said, "{delivered:?} ");
        if let Ended::Stopped(stop) = &delivered.ended {
            let _ = write!(said, "{stop} {}", stop.advice());
        }
    }
    if !judge.has_struck() {
        wrong.push("the fault did not strike".to_owned());
    }
    let states = states(&store);
    let taken = judge.taken();
    let ids: Vec<&str> = taken.iter().map(|taken| taken.message_id.as_str()).collect();
    if ids.iter().collect::<BTreeSet<_>>().len() != ids.len() {
        wrong.push(format!("taken twice: {ids:?}"));
    }
    for (class, (state, why)) in &states {
        said.push_str(why);
        let is_taken = ids.contains(&message_id(class).as_str());
        let may_be: &[LetterState] = match (class.as_str(), point, fault) {
            ("5Б", ..) if is_of_letter => expected(point, fault),
            // A limit that no letter keeps hits all of them.
            (_, Point::Ehlo, Fault::TooSmall) => &[LetterState::Failed],
            _ => &[LetterState::Sent],
        };
        let lies = point == Point::Dot && matches!(fault, Fault::Cp1251 | Fault::NoText);
        let fits = match state {
            LetterState::Sent => is_taken || lies,
            LetterState::Failed => !is_taken,
            LetterState::Unknown => true,
            _ => false,
        };
        if !fits || !may_be.contains(state) {
            wrong.push(format!("{class} is {state:?} ({why}), taken: {is_taken}"));
        }
    }
    for one in &taken {
        let class = CLASSES.into_iter().find(|class| message_id(class) == one.message_id);
        if class.is_none_or(|class| one.to != address(class).as_str() || one.text != draft(class).bytes) {
            wrong.push(format!("{} was given to {}", one.message_id, one.to));
        }
    }
    if said.contains(PASSWORD) || said.contains("QUJDR") || said.contains("teacher") {
        wrong.push(format!("something secret is said: {said}"));
    }
    drop(store);
    if Store::read(folder.path()).is_err() {
        wrong.push("the store is damaged".to_owned());
    }
    wrong.into_iter().map(|wrong| format!("{point:?} {fault:?} {security:?}: {wrong}")).collect()
}

fn cells() -> Vec<Cell> {
    const CODES: [(u16, &str); 9] = [
        (421, "closing"),
        (450, "4.2.0 greylisted"),
        (451, "later"),
        (452, "4.2.2 full"),
        (530, "5.7.0 sign in first"),
        (535, "5.7.8 wrong"),
        (550, "5.1.1 no such user"),
        (552, "5.3.4 too large"),
        (554, "5.6.0 no"),
    ];
    const BREAKS: [Fault; 6] = [Fault::Fin, Fault::Rst, Fault::Stall, Fault::Drip, Fault::Garbage, Fault::BareLf];
    const ODD: [Fault; 3] = [Fault::Cp1251, Fault::NoText, Fault::LongLine];
    let points = [
        Point::Connect,
        Point::Banner,
        Point::Ehlo,
        Point::Auth,
        Point::Mail,
        Point::Rcpt,
        Point::Data,
        Point::Body(0),
        Point::Body(50),
        Point::Body(99),
        Point::BeforeDot,
        Point::Dot,
        Point::Taken,
        Point::Quit,
    ];
    let mut cells = Vec::new();
    let mut add = |security, point, fault| cells.push(Cell { security, point, fault });
    for point in points {
        // A server that takes a letter and says that it has not is beyond help.
        if point != Point::Taken {
            for (code, words) in CODES {
                add(MailSecurity::Plain, point, Fault::Code(code, words));
            }
        }
        BREAKS.into_iter().chain(ODD).for_each(|fault| {
            // A whole reply in the middle of the text is what `Code` tries.
            if !(matches!(point, Point::Body(_) | Point::BeforeDot | Point::Connect) && ODD.contains(&fault)) {
                add(MailSecurity::Plain, point, fault);
            }
        });
    }
    add(MailSecurity::Plain, Point::Dot, Fault::Code(354, "go on"));
    add(MailSecurity::Plain, Point::Taken, Fault::Code(354, "go on"));
    add(MailSecurity::Plain, Point::Data, Fault::Early);
    add(MailSecurity::Plain, Point::Ehlo, Fault::NotOffered);
    add(MailSecurity::Plain, Point::Ehlo, Fault::TooSmall);
    add(MailSecurity::StartTls, Point::Ehlo, Fault::NotOffered);
    add(MailSecurity::StartTls, Point::StartTls, Fault::Injected);
    for security in [MailSecurity::Tls, MailSecurity::StartTls] {
        for fault in [Fault::Fin, Fault::Rst, Fault::Stall, Fault::Garbage] {
            add(security, Point::Tls, fault);
            add(security, Point::Dot, fault);
            add(security, Point::Taken, fault);
            add(security, Point::Body(50), fault);
        }
        for point in [Point::Rcpt, Point::Dot] {
            add(security, point, Fault::Code(450, "greylisted"));
            add(security, point, Fault::Code(550, "no such user"));
        }
        add(security, Point::Data, Fault::Early);
    }
    for fault in BREAKS {
        add(MailSecurity::StartTls, Point::StartTls, fault);
    }
    for (code, words) in CODES {
        add(MailSecurity::StartTls, Point::StartTls, Fault::Code(code, words));
    }
    cells
}

#[test]
fn every_fault_at_every_moment() {
    let authority = Authority::for_names(&["localhost"]);
    let cells = cells();
    assert!(cells.len() > 250, "{}", cells.len());
    let next = AtomicUsize::new(0);
    let wrong = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..48 {
            scope.spawn(|| {
                while let Some(cell) = cells.get(next.fetch_add(1, Ordering::SeqCst)) {
                    wrong.lock().unwrap().extend(check(cell, &authority));
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} of {} cells:\n{}", wrong.len(), cells.len(), wrong.join("\n"));
}

#[test]
fn a_certificate_for_another_name_is_not_believed() {
    let authority = Authority::for_names(&["mail.example.org"]);
    let judge = FaultServer::start(Secured::Tls(Arc::clone(&authority.server)), None, 0);
    let server = server(judge.port, MailSecurity::Tls);
    let folder = tempfile::tempdir().unwrap();
    let mut store = school(folder.path());
    let strangers = Trust::of(None).unwrap();
    for (trust, words) in [(&authority.trust, "для другого имени"), (&strangers, "неизвестным центром")]
    {
        let post = Post { server: &server, trust, password: None, timing: timing() };
        let Ended::Stopped(Stop::Tls(why)) = run(&mut store, &post, 2_000_000).ended else { panic!("not refused") };
        assert!(why.contains(words), "{why}");
    }
    assert!(judge.taken().is_empty() && judge.secrets().is_empty());
    assert!(states(&store).values().all(|(state, _)| *state == LetterState::Queued));
}

#[test]
fn a_wrong_password_is_tried_once() {
    let judge = FaultServer::start(Secured::No, Some((Point::Auth, Fault::Code(535, "AGNhbmFyeQ== wrong"))), 0);
    let folder = tempfile::tempdir().unwrap();
    let mut store = school(folder.path());
    let (server, trust) = (server(judge.port, MailSecurity::Plain), Trust::of(None).unwrap());
    let password = Password::new(PASSWORD.to_owned());
    let post = Post { server: &server, trust: &trust, password: password.as_ref(), timing: timing() };
    let delivered = run(&mut store, &post, 2_000_000);
    assert!(matches!(&delivered.ended, Ended::Stopped(Stop::SignIn(words)) if words == "535"), "{delivered:?}");
    assert_eq!((judge.secrets().len(), judge.connections()), (1, 1));
}

#[test]
fn the_limit_of_the_day_holds_over_runs() {
    let judge = FaultServer::start(Secured::No, None, 0);
    let folder = tempfile::tempdir().unwrap();
    let mut store = school(folder.path());
    let (server, trust) =
        (MailServer { per_day: 2, ..server(judge.port, MailSecurity::Plain) }, Trust::of(None).unwrap());
    let post = Post { server: &server, trust: &trust, password: None, timing: timing() };
    let Ended::DayIsFull(at) = run(&mut store, &post, 2_000_000).ended else { panic!("not stopped") };
    assert!((at - SignedDuration::from_hours(24)).as_second() >= 2_000_000);
    assert_eq!(judge.taken().len(), 2);
    assert!(matches!(run(&mut store, &post, 2_000_000 + 80_000).ended, Ended::DayIsFull(_)));
    assert_eq!(judge.taken().len(), 2);
    assert!(matches!(run(&mut store, &post, 2_000_000 + 87_000).ended, Ended::Finished));
    assert_eq!(judge.taken().len(), 3);
}

#[test]
fn a_letter_that_is_put_off_again_and_again_fails_visibly() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = school(folder.path());
    let trust = Trust::of(None).unwrap();
    let mut waits = Vec::new();
    let mut at = 2_000_000;
    for _ in 0..6 {
        let judge = FaultServer::start(Secured::No, Some((Point::Rcpt, Fault::Code(450, "greylisted"))), 0);
        let server = server(judge.port, MailSecurity::Plain);
        run(&mut store, &Post { server: &server, trust: &trust, password: None, timing: timing() }, at);
        let first = store.letters().unwrap().remove(0);
        if first.state == LetterState::Failed {
            assert!(first.why.contains("больше не пробуем"), "{}", first.why);
            assert_eq!(first.tries, 6);
            break;
        }
        let until = first.not_before.unwrap().as_second();
        waits.push((until - at + 30) / 60);
        at = until + 1;
    }
    assert_eq!(waits, [5, 15, 30, 60, 60]);
    assert_eq!(states(&store)["5А"].0, LetterState::Failed);
}
