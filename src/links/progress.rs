//! What people tell of a chat besides its link: cells of the register → values, and back.

use jiff::civil::{Date, date};

use crate::roster::cell_text::is_absent;
use crate::roster::dates::written;
use crate::school::{ChatOrigin, ChatProgress, HandedOut, Joined, dotted, fold};

use super::columns::Field;

/// So that a year of two digits is one of this century.
const CENTURY: Date = date(2099, 12, 31);

/// What a cell says; `None` where it says nothing.
///
/// # Errors
/// What is expected, where the words cannot be understood.
pub(super) fn told(field: Field, text: &str) -> Result<ChatProgress, &'static str> {
    let nothing = ChatProgress::default();
    if is_absent(text) {
        return Ok(nothing);
    }
    let words = fold(text);
    match field {
        Field::Origin => {
            let has = |root: &str| words.contains(root);
            let origin = match (has("вручную"), has("сферум")) {
                (true, false) => ChatOrigin::ByHand,
                (false, true) => ChatOrigin::BySferum,
                _ => return Err("Выберите из списка: «создан вручную» или «создан Сферумом»."),
            };
            Ok(ChatProgress { origin: Some(origin), ..nothing })
        }
        Field::HandedOut => {
            let day = || written(text, CENTURY).ok().filter(|day| (2000..=2100).contains(&day.year()));
            let handed_out = match words.as_str() {
                "да" | "розданы" | "+" => Some(HandedOut::Undated),
                _ => day().map(HandedOut::On),
            };
            let expected = "Впишите дату, когда розданы талоны, или «да»: 01.09.2026.";
            handed_out.map(|one| ChatProgress { handed_out: Some(one), ..nothing }).ok_or(expected)
        }
        Field::Joined => {
            let joined = match words.as_str() {
                "все" | "всё" => Some(Joined::Everybody),
                _ => text.trim().parse().ok().map(Joined::Number),
            };
            let expected = "Впишите число вступивших или слово «все».";
            joined.map(|one| ChatProgress { joined: Some(one), ..nothing }).ok_or(expected)
        }
        Field::Key | Field::Class | Field::Kind | Field::Title | Field::Moderator | Field::Link => Ok(nothing),
    }
}

/// What the register shows in a cell.
pub(super) fn shown(field: Field, progress: ChatProgress) -> Option<String> {
    match field {
        Field::Origin => progress.origin.map(|origin| origin.words().to_owned()),
        Field::HandedOut => progress.handed_out.map(|handed_out| match handed_out {
            HandedOut::On(day) => dotted(day),
            HandedOut::Undated => "да".to_owned(),
        }),
        Field::Joined => progress.joined.map(|joined| match joined {
            Joined::Everybody => "все".to_owned(),
            Joined::Number(number) => number.to_string(),
        }),
        Field::Key | Field::Class | Field::Kind | Field::Title | Field::Moderator | Field::Link => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::Field;
    use super::{shown, told};

    #[track_caller]
    fn check(field: Field, text: &str, expected: Option<&str>) {
        let progress = told(field, text).ok();
        assert_eq!(progress.and_then(|progress| shown(field, progress)).as_deref(), expected, "{text}");
    }

    #[test]
    fn cells() {
        check(Field::Origin, "создан вручную", Some("создан вручную"));
        check(Field::Origin, "Сферум", Some("создан Сферумом"));
        check(Field::Origin, "", None);
        check(Field::HandedOut, "да", Some("да"));
        check(Field::HandedOut, "1.09.26", Some("01.09.2026"));
        check(Field::HandedOut, "02.09.2026", Some("02.09.2026"));
        check(Field::HandedOut, "2026-09-02", Some("02.09.2026"));
        check(Field::HandedOut, "нет", None);
        check(Field::Joined, "25", Some("25"));
        check(Field::Joined, "Все", Some("все"));
        assert!(told(Field::Origin, "создан").is_err());
        assert!(told(Field::HandedOut, "скоро").is_err());
        assert!(told(Field::Joined, "почти все").is_err());
    }
}
