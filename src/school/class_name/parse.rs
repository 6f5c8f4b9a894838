//! The spellings of a class name → its grade and litera, by `docs/inputs.md` § 3.
//!
//! Latin letters are read by their shape, never by their sound; what is no class for certain is refused.

use super::{ClassName, ClassNameError};
use crate::school::{quotable, visible};

impl std::str::FromStr for ClassName {
    type Err = ClassNameError;

    /// Reads every form of `docs/inputs.md` § 3.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let plain = visible(text);
        let plain = without_class_word_behind(without_class_word_before(&plain));
        let Graded { grade, rest } = Graded::of(plain).ok_or_else(|| ClassNameError::Grade(quotable(text)))?;
        let rest = without_class_word_before(rest.trim_start_matches(is_separator));
        let litera = unwrapped(rest.trim_matches(is_separator));
        let litera = spelled_litera(litera, text)?;
        Ok(Self { grade, litera: litera.into() })
    }
}

/// A grade and what stands behind it.
struct Graded<'a> {
    grade: u8,
    rest: &'a str,
}

impl<'a> Graded<'a> {
    /// Reads «7», «07», «7-й», «VII».
    fn of(text: &'a str) -> Option<Self> {
        let text = text.trim_start_matches(is_separator);
        let behind = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let digits = &text[..text.len() - behind.len()];
        if digits.is_empty() {
            return Self::roman(text);
        }
        let grade = digits.parse().ok().filter(|grade| (1..=12).contains(grade) && digits.len() <= 3)?;
        Some(Self { grade, rest: without_ordinal(behind) })
    }

    fn roman(text: &'a str) -> Option<Self> {
        let rest = text.trim_start_matches(['I', 'V', 'X', 'Х', 'І']);
        let numeral = text[..text.len() - rest.len()].replace('Х', "X").replace('І', "I");
        let grade = ROMAN.iter().position(|roman| *roman == numeral)? + 1;
        // «Химия» and «Виктория» are words, «XБ» and «X Б» are not.
        let word = rest.chars().take(2).filter(|letter| letter.is_alphabetic()).count() == 2;
        let grade = u8::try_from(grade).ok().filter(|_| !word)?;
        Some(Self { grade, rest })
    }
}

const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

/// Words that stand behind a number but make no class of it: «2 группа», «5 человек», «9 мая».
const NO_LITERA: [&str; 32] = [
    "групп",
    "подгрупп",
    "школ",
    "чел",
    "учен",
    "учащ",
    "обуча",
    "класс",
    "лет",
    "год",
    "кабин",
    "смен",
    "семест",
    "четверт",
    "тримест",
    "полуг",
    "лист",
    "спис",
    "корпус",
    "этаж",
    "поток",
    "январ",
    "феврал",
    "март",
    "апрел",
    "мая",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
];

/// The Latin letters that look like a Cyrillic one, and that one.
const TWINS: [(char, char); 12] = [
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
];

fn spelled_litera(litera: &str, text: &str) -> Result<String, ClassNameError> {
    let wrong = || ClassNameError::Litera(quotable(text));
    let lower = litera.to_lowercase();
    let known = |letter: char| letter.is_alphanumeric() || " -/().&".contains(letter);
    if litera.chars().count() > ClassName::MAX_LITERA || !litera.chars().all(known) {
        return Err(wrong());
    }
    if lower
        .split(|letter: char| !letter.is_alphabetic())
        .any(|word| NO_LITERA.iter().any(|stem| word.starts_with(stem)))
    {
        return Err(wrong());
    }
    // «А (Петрова О.С.)» names the teacher as well.
    if litera.split_once('(').is_some_and(|(_, inside)| inside.contains('.')) {
        return Err(wrong());
    }
    if !litera.is_empty() && litera.chars().all(|letter| letter.is_ascii_digit()) {
        let number = litera.trim_start_matches('0');
        return if number.is_empty() || number.len() > 2 { Err(wrong()) } else { Ok(number.to_owned()) };
    }
    let pieces: Vec<&str> = litera.split(|letter: char| !letter.is_alphanumeric()).collect();
    for (index, word) in pieces.iter().enumerate() {
        let first_digit = word.starts_with(|letter: char| letter.is_ascii_digit());
        let bare_number = word.chars().all(|letter| letter.is_ascii_digit());
        // «А 7Б» and «А/7Б» are two classes, «А (20» a count; «профиль 2» is a litera.
        if first_digit && !(bare_number && index + 1 == pieces.len() && index > 0) {
            return Err(wrong());
        }
    }
    if !litera.is_empty() && !litera.contains(char::is_alphabetic) || lower.contains("((") {
        return Err(wrong());
    }
    if litera.chars().count() == 1 {
        let upper: String = litera.to_uppercase();
        return cyrillic(&upper, text);
    }
    let words: Result<Vec<String>, ClassNameError> = litera.split(' ').map(|word| mended_word(word, text)).collect();
    words.map(|words| words.join(" "))
}

/// A word of a litera. One that is wholly Latin («IT») may be meant so; a mixed one is a slip of the keyboard.
fn mended_word(word: &str, text: &str) -> Result<String, ClassNameError> {
    let wholly_latin = word.chars().filter(|letter| letter.is_alphabetic()).all(|letter| letter.is_ascii());
    match cyrillic(word, text) {
        Err(_) if wholly_latin && word.chars().filter(|letter| letter.is_alphabetic()).count() > 1 => {
            Ok(word.to_owned())
        }
        mended => mended,
    }
}

/// The text with every Latin letter turned into the Cyrillic one of its shape.
fn cyrillic(word: &str, text: &str) -> Result<String, ClassNameError> {
    word.chars()
        .map(|letter| {
            if !letter.is_alphabetic() || matches!(letter, '\u{400}'..='\u{52f}') {
                return Ok(letter);
            }
            let twin = TWINS.iter().find(|(latin, _)| *latin == letter.to_ascii_uppercase()).map(|(_, twin)| *twin);
            let twin = twin.ok_or_else(|| ClassNameError::Latin { text: quotable(text), letter })?;
            Ok(if letter.is_lowercase() { twin.to_lowercase().next().unwrap_or(twin) } else { twin })
        })
        .collect()
}

/// «-й», «-го» behind a grade, and «й» before a litera that stands apart: «7-й А», «7й «А»».
fn without_ordinal(rest: &str) -> &str {
    const ENDINGS: [&str; 7] = ["ый", "ий", "ой", "ого", "го", "й", "м"];
    let (bare, hyphen) = match rest.strip_prefix(is_dash) {
        Some(bare) => (bare, true),
        None => (rest, false),
    };
    let stripped = ENDINGS.iter().find_map(|ending| bare.strip_prefix(ending)).filter(|behind| {
        let apart = behind.starts_with(is_separator);
        let litera_follows = !without_class_word_before(behind.trim_start_matches(is_separator)).is_empty();
        behind.is_empty() && hyphen || apart && (hyphen || litera_follows)
    });
    stripped.unwrap_or(rest)
}

/// «класс: 7А» → «7А».
fn without_class_word_before(text: &str) -> &str {
    const WORDS: [&str; 5] = ["классы", "класса", "класс", "кл.", "кл"];
    let lower = text.to_lowercase();
    let found =
        WORDS.iter().find_map(|word| lower.strip_prefix(word)).filter(|rest| !rest.starts_with(char::is_alphabetic));
    match found {
        // Lower-casing Cyrillic letters and digits keeps their length; a text where it does not is left alone.
        Some(rest) if lower.len() == text.len() => {
            text.get(text.len() - rest.len()..).unwrap_or(text).trim_start_matches(is_separator)
        }
        _ => text,
    }
}

/// «7А класс» → «7А».
fn without_class_word_behind(text: &str) -> &str {
    let text = text.trim_end_matches(is_separator);
    let lower = text.to_lowercase();
    let whole = ["класса", "класс"].iter().find_map(|word| lower.strip_suffix(word));
    let short = lower.strip_suffix("кл").filter(|rest| !rest.ends_with(|letter: char| letter.is_alphabetic()));
    match whole.or(short).filter(|rest| !rest.is_empty()) {
        Some(rest) if lower.len() == text.len() => text.get(..rest.len()).unwrap_or(text).trim_end(),
        _ => text,
    }
}

/// «(Б)» → «Б»; «(дополнительный) Г» stays.
fn unwrapped(litera: &str) -> &str {
    litera
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .filter(|inner| !inner.contains(['(', ')']))
        .map_or(litera, |inner| inner.trim_matches(is_separator))
}

fn is_separator(letter: char) -> bool {
    letter.is_whitespace() || is_dash(letter) || "_./\\,:«»„“”\"'’‘".contains(letter)
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use crate::school::{ClassName, ClassNameError};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let read = text.parse::<ClassName>();
        let shown = read.as_ref().map_or_else(|error| format!("! {error}"), ToString::to_string);
        assert_eq!(shown, expected, "{text:?}");
        if let Ok(class) = read {
            assert_eq!(shown.parse::<ClassName>().as_ref(), Ok(&class), "{shown} is read back");
        }
    }

    #[track_caller]
    fn refuse(text: &str) {
        let read = text.parse::<ClassName>();
        assert!(read.is_err(), "{text:?} became {}", read.unwrap());
    }

    #[test]
    fn one_letter() {
        for text in [
            "7А",
            "7а",
            "7 А",
            "7\u{a0}А",
            "7-А",
            "7–а",
            "7_А",
            "7.А",
            "7/А",
            "7\\А",
            "7,А",
            "7«А»",
            "7 «А»",
            "7 „А“",
            "7 ”А”",
            "7\"А\"",
            "7 'А'",
            "7(А)",
            "7 (А)",
            "07А",
            "7-й А",
            "7-й «А»",
            "7й А",
            "VIIА",
            "VII А",
            "VII «А»",
            "класс 7А",
            "Класс: 7 «А»",
            "7А класс",
            "7 А класс",
            "7 «А» класс",
            "7А кл.",
            "7А кл",
            "7А класса",
            "7 класс А",
            "7 класс «А»",
            "7-й класс «А»",
            " 7A ",
            "7a",
            "VIIA",
        ] {
            check(text, "7А");
        }
        check("10Б", "10Б");
        check("Х Б", "10Б");
        check("5ё", "5Ё");
        check("5Е\u{308}", "5Ё");
        check("5Й", "5Й");
    }

    #[test]
    fn no_letter_and_digits() {
        check("5", "5");
        check("5 класс", "5");
        check("05", "5");
        check("7-й", "7");
        check("7-й класс", "7");
        check("XI", "11");
        check("7.1", "7.1");
        check("7/1", "7.1");
        check("7-1", "7.1");
        check("7.10", "7.10");
    }

    #[test]
    fn words() {
        check("10 профильный", "10 профильный");
        check("10 «профильный» класс", "10 профильный");
        check("8 Ф/М", "8 Ф/М");
        check("1 (дополнительный) Г", "1 (дополнительный) Г");
        check("10 соц-эк", "10 соц-эк");
        check("10соц-эк", "10 соц-эк");
        check("5 А1", "5 А1");
        check("10 IT", "10 IT");
        assert_eq!("10 Профильный".parse::<ClassName>(), "10 профильный".parse());
    }

    #[test]
    fn latin_letters_by_shape() {
        for (latin, cyrillic) in "ABCEHKMOPTXY".chars().zip("АВСЕНКМОРТХУ".chars()) {
            check(&format!("7{latin}"), &format!("7{cyrillic}"));
        }
        for latin in "DFGIJLNQRSUVWZ".chars() {
            let text = format!("7{latin}");
            let expected = ClassNameError::Latin { text: text.clone(), letter: latin };
            assert_eq!(text.parse::<ClassName>(), Err(expected));
        }
    }

    #[test]
    fn no_classes() {
        for text in [
            "",
            "А",
            "0",
            "13",
            "99",
            "13А",
            "2026",
            "группа 2",
            "школа 5",
            "2 группа",
            "25 чел.",
            "5 человек",
            "9 мая",
            "7А, 7Б",
            "7А 7Б",
            "7А/7Б",
            "7А-7Б",
            "7А (20 чел.)",
            "7А (Петрова О.С.)",
            "07.01.2026",
            "7А+7Б",
            "Химия",
            "Хор",
            "Иванов Пётр",
            "7 ?",
            "89440000001",
            "10 очень длинное название",
        ] {
            refuse(text);
        }
    }
}
