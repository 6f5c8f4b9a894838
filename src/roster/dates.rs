//! A date, of birth above all, as a table holds it → a date, by `docs/inputs.md` § 4.
//!
//! The day always stands first. The date of today is an argument: it decides what a two-digit year means and which
//! dates a pupil can have been born on.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::school::quotable;
use crate::tables::Value;

/// The oldest age, in years, at which a person is still in a class list.
const OLDEST: i16 = 25;

/// Why a value is not a date of birth.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DateError {
    /// Not a date, or a day that no calendar has.
    #[error("«{0}» — не дата")]
    Form(String),
    /// A year alone.
    #[error("«{0}» — указан только год рождения")]
    YearOnly(String),
    /// A date on which no pupil can have been born.
    #[error("«{0}» — не может быть датой рождения обучающегося")]
    Impossible(String),
}

/// Reads a date of birth: a real date, a serial number, or a text.
///
/// # Errors
///
/// [`DateError`] where the value is no date of the last 25 years before `today`.
pub(crate) fn birth_date(value: Value<'_>, today: Date) -> Result<Date, DateError> {
    let text = value.text();
    let read = match value {
        Value::Date(time) => time.date(),
        Value::Number(number) => {
            if is_year(&text) {
                return Err(DateError::YearOnly(text.into_owned()));
            }
            serial(number).ok_or_else(|| DateError::Form(quotable(&text)))?
        }
        _ => written(&text, today)?,
    };
    let oldest = today.checked_sub(OLDEST.years()).unwrap_or(Date::MIN);
    if (oldest..=today).contains(&read) { Ok(read) } else { Err(DateError::Impossible(quotable(&text))) }
}

/// The date of an Excel serial number: days since 1899-12-30.
fn serial(number: f64) -> Option<Date> {
    if !(1.0..100_000.0).contains(&number) {
        return None;
    }
    date(1899, 12, 30).checked_add((number as i64).days()).ok()
}

/// Reads a date that stands as a text, the day first; `today` decides what a two-digit year means.
///
/// # Errors
///
/// [`DateError`] where the text is no date; whether somebody can have been born on it is not asked.
pub(crate) fn written(text: &str, today: Date) -> Result<Date, DateError> {
    if let Some(date) = plain(text) {
        return Ok(date);
    }
    let wrong = || DateError::Form(quotable(text));
    let lower = text.to_lowercase().replace('\u{a0}', " ");
    let lower = lower.trim();
    if is_year(lower.trim_end_matches(|letter: char| !letter.is_ascii_digit())) {
        return Err(DateError::YearOnly(quotable(text)));
    }
    if lower.len() == 5 && lower.chars().all(|letter| letter.is_ascii_digit()) {
        return lower.parse().ok().and_then(serial).ok_or_else(wrong);
    }
    // A time behind the date («0:00:00», «T00:00») says nothing about a birth.
    let day = lower
        .split_once(':')
        .map_or(lower, |(before, _)| before.trim_end_matches(|letter: char| letter.is_ascii_digit()));
    let parts: Vec<&str> = day
        .split(|letter: char| letter.is_whitespace() || ".,/-–".contains(letter))
        .map(|part| part.trim_end_matches('t'))
        .filter(|part| !part.is_empty() && !["г", "р", "гр", "года", "год", "рождения"].contains(part))
        .map(|part| part.strip_suffix("г").filter(|rest| !rest.is_empty()).unwrap_or(part))
        .collect();
    let [first, middle, last] = parts.as_slice() else { return Err(wrong()) };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    let year: i16 = match (year.len(), year.parse::<i16>()) {
        (4, Ok(year)) => year,
        (2, Ok(year)) if year <= today.year() % 100 => 2000 + year,
        (2, Ok(year)) => 1900 + year,
        _ => return Err(wrong()),
    };
    let month = middle.parse().ok().or_else(|| month(middle)).ok_or_else(wrong)?;
    day.parse().ok().and_then(|day| Date::new(year, month, day).ok()).ok_or_else(wrong)
}

/// «04.05.2013», which most dates look like.
fn plain(text: &str) -> Option<Date> {
    let [d, ay, b'.', m, onth, b'.', year @ ..] = text.as_bytes() else { return None };
    let number = |digits: &[u8]| {
        digits
            .iter()
            .try_fold(0_i16, |number, byte| byte.is_ascii_digit().then(|| number * 10 + i16::from(byte - b'0')))
    };
    let narrow = |digits: &[u8]| number(digits).and_then(|number| i8::try_from(number).ok());
    let year = if year.len() == 4 { number(year)? } else { return None };
    Date::new(year, narrow(&[*m, *onth])?, narrow(&[*d, *ay])?).ok()
}

/// The month of its name in any case, or of its first three letters.
fn month(word: &str) -> Option<i8> {
    const STEMS: [&str; 12] = ["янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"];
    let found = STEMS.iter().position(|stem| word.starts_with(stem))?;
    i8::try_from(found + 1).ok()
}

fn is_year(text: &str) -> bool {
    text.len() == 4
        && (text.starts_with("19") || text.starts_with("20"))
        && text.chars().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::birth_date;
    use crate::tables::Value;

    #[track_caller]
    fn check(value: Value<'_>, expected: &str) {
        let read = birth_date(value, date(2026, 9, 1));
        assert_eq!(read.map_or_else(|error| error.to_string(), |date| date.to_string()), expected, "{value:?}");
    }

    #[track_caller]
    fn check_text(text: &str, expected: &str) {
        check(Value::Text(text), expected);
    }

    #[test]
    fn real_dates_and_serial_numbers() {
        check(Value::Date(date(2013, 5, 4).at(0, 0, 0, 0)), "2013-05-04");
        check(Value::Number(41_398.0), "2013-05-04");
        check_text("41398", "2013-05-04");
        check(Value::Number(2013.0), "«2013» — указан только год рождения");
        check(Value::Number(8_944.0), "«8944» — не может быть датой рождения обучающегося");
    }

    #[test]
    fn written_dates() {
        for text in [
            "04.05.2013",
            "4.5.2013",
            "04,05,2013",
            "04/05/2013",
            "04-05-2013",
            "04 05 2013",
            "2013-05-04",
            "4 мая 2013 г.",
            "04.05.13",
            "04.05.2013 г.р.",
            "04.05.2013г.",
            "04.05.2013 0:00:00",
            "2013-05-04T00:00:00",
            "4\u{a0}мая\u{a0}2013 года",
        ] {
            check_text(text, "2013-05-04");
        }
        check_text("12 марта 2014 г.", "2014-03-12");
        check_text("12 МАР 2014", "2014-03-12");
    }

    #[test]
    fn what_is_no_date_of_birth() {
        check_text("31.02.2013", "«31.02.2013» — не дата");
        check_text("05/13/2013", "«05/13/2013» — не дата");
        check_text("04.05", "«04.05» — не дата");
        check_text("нет", "«нет» — не дата");
        check_text("2013 г.", "«2013 г.» — указан только год рождения");
        check_text("04.05.73", "«04.05.73» — не может быть датой рождения обучающегося");
        check_text("04.05.2027", "«04.05.2027» — не может быть датой рождения обучающегося");
    }
}
