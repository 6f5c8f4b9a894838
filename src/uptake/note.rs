//! The column of notes: the program's own hints stand first in a cell, behind them what people wrote.
//!
//! The hints are written anew each time, so they are known again by their words; everything else in a cell is somebody's
//! and stays word for word.

use jiff::civil::Date;

use crate::roster::dates::written;
use crate::school::{AcknowledgementMark, Signature, dotted};

const BORN: &str = "дата рождения ученика ";
const AGAIN: &str = "нужно заново: правила изменились";
const WAS: &str = "было — ";
const WITHDRAWN: &str = "отметка снята ";

/// What stands between the parts of a note.
const BETWEEN: &str = "; ";

/// When the pupil was born: it tells namesakes apart.
pub(super) fn born(on: Date) -> String {
    format!("{BORN}{}", dotted(on))
}

/// The rules have changed since this mark.
pub(super) fn again(was: &Signature) -> String {
    format!("{AGAIN}{BETWEEN}{WAS}{} {}", was.mark.words(), dotted(was.on))
}

/// The mark was withdrawn.
pub(super) fn withdrawn(on: Date) -> String {
    format!("{WITHDRAWN}{}", dotted(on))
}

/// Parts of a note, as one cell has them.
pub(super) fn joined<'a>(parts: impl IntoIterator<Item = &'a String>) -> String {
    parts.into_iter().map(String::as_str).collect::<Vec<_>>().join(BETWEEN)
}

/// What people wrote into a cell; empty where nothing but hints stands there.
pub(super) fn own_words(cell: &str) -> String {
    let parts = cell.split_inclusive(BREAKS);
    let own: String = parts.filter(|part| !is_hint(part.trim_end_matches(BREAKS).trim())).collect();
    own.trim_matches(|letter: char| letter.is_whitespace() || letter == ';').to_owned()
}

/// Where a part of a note ends.
const BREAKS: [char; 2] = [';', '\n'];

fn is_hint(part: &str) -> bool {
    let is_day = |text: &str| written(text, Date::MAX).is_ok_and(|date| dotted(date) == text);
    let was = part.strip_prefix(WAS).and_then(|rest| {
        AcknowledgementMark::ALL.iter().find_map(|mark| rest.strip_prefix(mark.words())?.strip_prefix(' '))
    });
    let days = [BORN, WITHDRAWN].into_iter().filter_map(|beginning| part.strip_prefix(beginning)).chain(was);
    part == AGAIN || days.into_iter().any(is_day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{again, born, joined, own_words, withdrawn};
    use crate::school::{AcknowledgementMark, Signature, SignatureDay};

    #[track_caller]
    fn check(cell: &str, expected: &str) {
        assert_eq!(own_words(cell), expected);
    }

    #[test]
    fn hints_are_known_again_and_everything_else_is_of_people() {
        let day = date(2026, 9, 5);
        for mark in AcknowledgementMark::ALL {
            let was = Signature { on: day, day: SignatureDay::Told, mark, rules: None };
            let hints = joined(&[born(date(2013, 5, 4)), again(&was), withdrawn(day)]);
            check(&hints, "");
            check(&format!("{hints}; мама в отъезде"), "мама в отъезде");
        }
        check("", "");
        check("позвонить", "позвонить");
        check("отметка снята 05.09.2026\nв отъезде;\nвернётся 20-го", "в отъезде;\nвернётся 20-го");
        check("в отъезде; отметка снята 05.09.2026; звонить папе", "в отъезде; звонить папе");
        // What only begins as a hint is somebody's.
        for own in ["отметка снята 05.09.2026 по просьбе мамы", "отметка снята 5.09", "дата рождения ученика другая"]
        {
            check(own, own);
        }
    }
}
