//! The state as one page: everything it needs is in it, it asks for nothing, and it says the same without its script.

use jiff::civil::Date;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};
use sha2::{Digest, Sha256};

use super::chart::Chart;
use super::share::{Named, Shares};
use super::value::{ClassStatus, PersonStatus, Signing, Status};
use super::work::Work;
use crate::school::{Template, dotted};

const PAGE: Template =
    Template { name: "report/status.html", text: include_str!("../../../templates/report/status.html") };
const STYLE: Template =
    Template { name: "report/status.css", text: include_str!("../../../templates/report/status.css") };
const SCRIPT: Template =
    Template { name: "report/status.js", text: include_str!("../../../templates/report/status.js") };

/// The templates of the page.
pub const TEMPLATES: [Template; 3] = [PAGE, STYLE, SCRIPT];

/// The page could not be put together: a fault of the program.
#[derive(Debug, thiserror::Error)]
#[error("не удалось составить страницу состояния")]
pub struct StatusPageError {
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// The page as HTML.
///
/// # Errors
/// Only where the template of the program cannot be filled in.
pub fn status_page(status: &Status) -> Result<String, StatusPageError> {
    filled(status).map_err(|error| StatusPageError { source: Box::new(error) })
}

fn filled(status: &Status) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("page", PAGE.text)?;
    let staff = (status.staff.shares.chats.of + status.staff.shares.signed.of > 0).then_some(&status.staff);
    let classes = || status.classes.iter().chain(staff);
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        sum(STYLE.text),
        sum(SCRIPT.text)
    );
    environment.get_template("page")?.render(context! {
        policy,
        style => STYLE.text,
        script => SCRIPT.text,
        school => status.school.as_str(),
        year => status.year.to_string(),
        date => dotted(status.date),
        as_of => dotted(status.as_of),
        pupils => status.pupils,
        class_count => status.classes.len(),
        totals => cells(status.totals),
        signing => states(status.signing),
        overdue => status.work.iter().filter(|work| work.overdue).count(),
        work => status.work.iter().map(work_row).collect::<Vec<_>>(),
        chart => Chart::of(status).map(|chart| chart.value()),
        named => classes().any(|class| !class.people.is_empty() || !class.missing.is_empty()),
        classes => classes().map(class_row).collect::<Vec<_>>(),
        deadlines => deadlines(status),
    })
}

fn deadlines(status: &Status) -> Vec<String> {
    let Status { deadlines, .. } = status;
    let all = [
        ("создать чаты и прислать ссылки", deadlines.chats),
        ("вернуть листы ознакомления", deadlines.acknowledgement),
        ("вступить в чаты", deadlines.joining),
    ];
    let words = |(what, by): (&str, Option<Date>)| Some(format!("{what} — {}", dotted(by?)));
    all.into_iter().filter_map(words).collect()
}

fn class_row(class: &ClassStatus) -> Value {
    let open: Vec<&str> =
        class.shares.named().iter().filter(|named| named.share.is_open()).map(|named| named.id).collect();
    let has_findings = class.chats.iter().any(|chat| chat.strangers + chat.doubtful > 0);
    let person = |person: &PersonStatus| {
        context! {
            name => person.name.as_deref().unwrap_or("имени нет в списках"),
            pupil => person.pupil.as_deref().unwrap_or_default(),
            state => person.state.0.words(),
        }
    };
    context! {
        name => class.name.as_str(),
        pupils => class.pupils,
        shares => cells(class.shares),
        // What is missing, by the names of the shares: what the filter looks for.
        open => open.into_iter().chain(has_findings.then_some("findings")).collect::<Vec<_>>().join(" "),
        people => class.people.iter().map(person).collect::<Vec<_>>(),
        missing => class.missing.iter().map(|one| context! { name => one.name.as_str(), chat => one.chat.as_str() }).collect::<Vec<_>>(),
        has_findings,
    }
}

fn work_row(work: &Work) -> Value {
    let who = match work.name.shown() {
        Some(name) => format!("{} ({})", name.with_initials(), work.who.words()),
        None => work.who.words().to_owned(),
    };
    context! {
        class => work.class.as_str(),
        who,
        what => work.what.as_str(),
        by => work.by.map(dotted).unwrap_or_default(),
        overdue => work.overdue,
        chats => work.chats.iter().map(|title| title.as_str().to_owned()).collect::<Vec<_>>(),
    }
}

fn cells(shares: Shares) -> Vec<Value> {
    let cell = |Named { id, word, share }: Named| {
        context! { id, word, done => share.done, of => share.of, percent => share.percent() }
    };
    shares.named().into_iter().map(cell).collect()
}

fn states(signing: Signing) -> Vec<Value> {
    let each = signing.each().into_iter().filter(|(_, number)| *number > 0);
    each.map(|(state, number)| context! { word => state.words(), number }).collect()
}

/// The sum of a text as a policy writes it.
fn sum(text: &str) -> String {
    base64(Sha256::digest(text).as_slice())
}

/// Base64 with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0_usize, |bits, at| bits << 8 | usize::from(chunk.get(at).copied().unwrap_or_default()));
        for at in 0..4 {
            let digit = DIGITS.get(bits >> (18 - 6 * at) & 63).filter(|_| at <= chunk.len());
            text.push(digit.map_or('=', |digit| char::from(*digit)));
        }
    }
    text
}
