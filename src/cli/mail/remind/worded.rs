//! What is left to do, as a reminder says it to a homeroom teacher.

use crate::mail::OpenItem;
use crate::report::{Doer, Work, WorkKind};
use crate::school::{Noun, PersonName, count};

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
    let other = work.name.name.as_ref().and_then(|name| other(work.who, name)).unwrap_or_default();
    OpenItem { what: format!("{what}{chats}{other}"), by: work.by, is_overdue: work.overdue }
}

/// Who is to do it, where that is not the homeroom teacher.
fn other(who: Doer, name: &PersonName) -> Option<String> {
    match who {
        Doer::Moderator => Some(format!(" — модератор {name}")),
        Doer::Leader => Some(format!(" — прежний чат ведёт {name}")),
        Doer::Homeroom | Doer::Curator => None,
    }
}

#[cfg(test)]
mod tests {
    use super::other;
    use crate::report::Doer;
    use crate::school::PersonName;

    #[track_caller]
    fn check(who: Doer, expected: Option<&str>) {
        assert_eq!(other(who, &PersonName::new("Ли", "Вэй", "")).as_deref(), expected);
    }

    #[test]
    fn work_of_others_names_them() {
        check(Doer::Homeroom, None);
        check(Doer::Moderator, Some(" — модератор Ли Вэй"));
        check(Doer::Leader, Some(" — прежний чат ведёт Ли Вэй"));
    }
}
