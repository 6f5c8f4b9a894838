//! The state as one page: everything it needs is in it, it asks for nothing, and it says the same without its script.

use jiff::civil::Date;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value, context};

use super::chart::Chart;
use super::share::{Named, Shares};
use super::value::{ClassStatus, PersonStatus, Signing, Status};
use super::work::Work;
use crate::school::{dotted, policy_sum};

const PAGE: &str = include_str!("../../../templates/report/status.html");
const STYLE: &str = include_str!("../../../templates/report/status.css");
const SCRIPT: &str = include_str!("../../../templates/report/status.js");

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
    environment.add_template("page", PAGE)?;
    let staff = (status.staff.shares.chats.of + status.staff.shares.signed.of > 0).then_some(&status.staff);
    let classes = || status.classes.iter().chain(staff);
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        policy_sum(STYLE),
        policy_sum(SCRIPT)
    );
    environment.get_template("page")?.render(context! {
        policy,
        style => STYLE,
        script => SCRIPT,
        school => status.school.as_str(),
        year => status.year.to_string(),
        date => dotted(status.date),
        as_of => dotted(status.as_of),
        pupils => status.pupils,
        class_count => status.classes.len(),
        totals => cells(status.totals.named()),
        signing => states(status.signing),
        overdue => status.work.iter().filter(|work| work.overdue).count(),
        work => status.work.iter().map(work_row).collect::<Vec<_>>(),
        chart => Chart::of(status).map(|chart| chart.value()),
        named => classes().any(|class| !class.people.is_empty() || !class.missing.is_empty()),
        classes => classes().map(|class| class_row(class, status.totals)).collect::<Vec<_>>(),
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

fn class_row(class: &ClassStatus, totals: Shares) -> Value {
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
        shares => cells(class.shares.under(totals)),
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

fn cells(shares: Vec<Named>) -> Vec<Value> {
    let cell = |Named { id, word, share }: Named| {
        context! { id, word, done => share.done, of => share.of, percent => share.percent() }
    };
    shares.into_iter().map(cell).collect()
}

fn states(signing: Signing) -> Vec<Value> {
    let each = signing.each().into_iter().filter(|(_, number)| *number > 0);
    each.map(|(state, number)| context! { word => state.words(), number }).collect()
}
