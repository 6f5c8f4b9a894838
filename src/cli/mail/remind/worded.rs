//! What is left to do, as a reminder says it to a homeroom teacher.

use crate::mail::OpenItem;
use crate::report::{Doer, Work, WorkKind};
use crate::school::{Noun, count};

const CHATS: Noun = Noun::new("чат", "чата", "чатов");

/// More chats are not named one by one.
const NAMED: usize = 4;

/// One line of a reminder.
pub(super) fn worded(work: &Work) -> OpenItem {
    let what = match work.kind {
        WorkKind::Links => format!("создать чаты и прислать ссылки-приглашения: {}", count(work.number, CHATS)),
        WorkKind::HandOut => {
            format!("раздать приглашения и ответить на это письмо, когда они розданы: {}", count(work.number, CHATS))
        }
        _ => work.what.clone(),
    };
    let titles: Vec<String> = work.chats.iter().map(|title| format!("«{title}»")).collect();
    // Those whose link is awaited stand in a list of their own.
    let is_named = !titles.is_empty() && titles.len() <= NAMED && work.kind != WorkKind::Links;
    let chats = if is_named { format!(" ({})", titles.join(", ")) } else { String::new() };
    let moderator = work.name.name.as_ref().filter(|_| work.who == Doer::Moderator);
    let moderator = moderator.map(|name| format!(" — модератор {name}")).unwrap_or_default();
    OpenItem { what: format!("{what}{chats}{moderator}"), by: work.by, is_overdue: work.overdue }
}
