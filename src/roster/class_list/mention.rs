//! A class or a homeroom teacher named inside a running text: a title, a section row, the name of a sheet or a file.
//!
//! A running text is full of numbers that are no classes (schools, dates, counts), so less is accepted here than in a
//! column of classes.

use super::super::names::person_name;
use crate::school::{ClassName, PersonName, is_invisible, text_in_nfc};

/// The class that a whole text names, as a sheet, a file or a section row does: «7А», «10 профильный», «Список 7 «А»
/// класса».
pub(super) fn class_of_text(text: &str) -> Option<ClassName> {
    let text = text.replace('_', " ");
    let bare = text.trim();
    let whole = whole_class(bare);
    whole.or_else(|| {
        let mut classes = classes_in(bare);
        classes.dedup();
        match classes.as_slice() {
            [class] => Some(class.clone()),
            _ => None,
        }
    })
}

/// The class that a text is, with nothing else beside it.
pub(super) fn whole_class(text: &str) -> Option<ClassName> {
    let class = text.parse::<ClassName>().ok()?;
    let litera = class.litera();
    let said = text.to_lowercase().contains("класс");
    let sure = match litera.chars().next() {
        // A lone «V» is a tick, a lone «Х» a cross.
        None => text.starts_with(|letter: char| letter.is_ascii_digit()) || said,
        // «5-11», «1/2026» are a range and a date as well.
        Some(first) if first.is_ascii_digit() => text.contains('.') || said,
        // «5 Иванов», «2 вариант» are numbered things, «10 соц-эк» is a class.
        Some(_) => litera.chars().count() == 1 || is_profile(litera) || said && !litera.contains(' '),
    };
    sure.then_some(class)
}

/// The class with which a text begins, whatever is said about it behind: «7Б (кл. рук. Петрова О. С.)», «7Б — 25 чел.».
pub(super) fn class_at_head(text: &str) -> Option<ClassName> {
    let text = text.trim();
    let ends = [" (", ",", ";", ":", " - ", " – ", " — "].iter().filter_map(|mark| text.find(mark));
    let head = ends.min().and_then(|end| text.get(..end)).unwrap_or(text);
    // «7Б, 7В» begins with a class and names two.
    let several = classes_in(text).len() > 1;
    whole_class(text).or_else(|| whole_class(head).filter(|class| !several && !class.litera().is_empty()))
}

/// Whether a litera of several letters is one that classes are called by.
fn is_profile(litera: &str) -> bool {
    const STEMS: [&str; 31] = [
        "проф",
        "соц",
        "физ",
        "мат",
        "хим",
        "био",
        "гум",
        "экон",
        "тех",
        "инж",
        "мед",
        "псих",
        "пед",
        "кадет",
        "универс",
        "ест",
        "лингв",
        "филол",
        "ист",
        "общ",
        "доп",
        "корр",
        "баз",
        "угл",
        "инф",
        "юр",
        "прав",
        "академ",
        "агро",
        "спорт",
        "казач",
    ];
    let short = litera.chars().count() <= 3 && !litera.contains(char::is_lowercase);
    let lower = litera.to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphabetic()).filter(|word| word.chars().count() > 1).collect();
    let profile = |word: &&str| STEMS.iter().any(|stem| word.starts_with(stem));
    // «1 дата рождения матери» names a file, not a class of mathematics.
    short || words.len() <= MOST_WORDS && words.first().is_some_and(profile)
}

/// How many words a litera has at most: «10 Б социально-экономический профиль».
const MOST_WORDS: usize = 3;

/// Whether a text is nothing but a number: «7» names a grade, a count or a copy as well as a class.
pub(super) fn is_bare_number(text: &str) -> bool {
    text.trim().chars().all(|letter| letter.is_ascii_digit())
}

/// All classes that a running text names, sorted, each once.
pub(super) fn classes_in(text: &str) -> Vec<ClassName> {
    let letters: Vec<char> = folded(text).chars().collect();
    let mut found: Vec<ClassName> = (0..letters.len()).filter_map(|at| class_at(&letters, at)).collect();
    found.extend(labelled(&letters));
    found.sort();
    found.dedup();
    found
}

/// The teacher behind the words «классный руководитель» or «кл. рук.».
pub(super) fn homeroom_in(text: &str) -> Option<PersonName> {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return None;
    }
    let start = HOMEROOM_WORDS.iter().filter_map(|words| lower.find(words).map(|at| at + words.len())).min()?;
    let rest = text.get(start..)?;
    let rest = rest.trim_start_matches(|letter: char| letter.is_alphabetic());
    let rest = rest.trim_start_matches(|letter: char| !letter.is_alphabetic());
    let end = rest.find(|letter: char| letter.is_ascii_digit() || "()/_;,\n[]".contains(letter)).unwrap_or(rest.len());
    let named = rest.get(..end)?;
    // «Петрова О. С. тел. …»: what follows in small letters is no part of the name.
    let words = named.split_whitespace();
    let words = words.take_while(|word| word.starts_with(char::is_uppercase) || PATRONYMIC_ENDINGS.contains(word));
    person_name(&words.collect::<Vec<_>>().join(" ")).ok()
}

const PATRONYMIC_ENDINGS: [&str; 6] = ["оглы", "кызы", "гызы", "угли", "улы", "уулу"];

const HOMEROOM_WORDS: [&str; 6] =
    ["классный руководител", "классного руководител", "кл. рук", "кл.рук", "кл рук", "класс. рук"];

/// Words before a number that make it the number of a school, a house, a room.
const NOT_BEFORE_A_CLASS: [&str; 14] =
    ["школ", "сош", "гимнази", "лице", "мбоу", "мкоу", "маоу", "гбоу", "оош", "дом", "каб", "по", "смен", "четверт"];

fn folded(text: &str) -> String {
    text_in_nfc(text)
        .chars()
        .filter(|letter| !is_invisible(*letter))
        .map(|letter| match letter {
            '«' | '»' | '„' | '“' | '”' | '\'' | '’' | '‘' => '"',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            letter if letter.is_whitespace() || letter == '_' => ' ',
            letter => letter,
        })
        .collect()
}

/// The class whose grade begins at a letter of a running text.
fn class_at(letters: &[char], at: usize) -> Option<ClassName> {
    let digits = digits_at(letters, at)?;
    let before = letters.get(..at).unwrap_or_default();
    if let Some(last) = before.last()
        && (last.is_alphanumeric()
            || ".,/-:".contains(*last) && before.iter().rev().nth(1).is_some_and(char::is_ascii_digit))
    {
        return None;
    }
    if number_of_something(before) {
        return None;
    }
    let rest = letters.get(at + digits..).unwrap_or_default();
    let grade: String = letters.iter().skip(at).take(digits).collect();
    let labelled = word_before(before).starts_with("класс");
    decimal_class(&grade, rest)
        .or_else(|| profile_class(&grade, rest))
        .or_else(|| lettered_class(&grade, rest, labelled))
        .or_else(|| bare_class(&grade, rest))
}

/// The length of a grade at a letter.
fn digits_at(letters: &[char], at: usize) -> Option<usize> {
    let digits: String = letters.iter().skip(at).take_while(|letter| letter.is_ascii_digit()).collect();
    let grade: u8 = digits.parse().ok()?;
    ((1..=12).contains(&grade) && digits.len() <= 2).then_some(digits.len())
}

fn number_of_something(before: &[char]) -> bool {
    let text: String = before.iter().collect();
    if text.trim_end().ends_with('№') {
        return true;
    }
    let word = word_before(before);
    NOT_BEFORE_A_CLASS.iter().any(|stem| if stem.len() > 4 { word.starts_with(stem) } else { word == *stem })
}

fn word_before(before: &[char]) -> String {
    let skipped =
        before.iter().rev().skip_while(|letter| !letter.is_alphanumeric() && **letter != '№' && **letter != ',');
    let word: String = skipped.take_while(|letter| letter.is_alphabetic()).collect();
    word.chars().rev().collect::<String>().to_lowercase()
}

/// «7.1 класс».
fn decimal_class(grade: &str, rest: &[char]) -> Option<ClassName> {
    let (separator, rest) = rest.split_first()?;
    if !"./".contains(*separator) {
        return None;
    }
    let number: String = rest.iter().take_while(|letter| letter.is_ascii_digit()).collect();
    let behind = rest.get(number.len()..).unwrap_or_default();
    (!number.is_empty() && class_word(behind) == ClassWord::One)
        .then(|| format!("{grade}.{number}").parse().ok())
        .flatten()
}

/// «10 соц-эк класс», «8 Ф/М класса», «11 профильного класса»: a litera of several letters before the word «класс».
fn profile_class(grade: &str, rest: &[char]) -> Option<ClassName> {
    let rest = without_ordinal(rest);
    let ends = |letter: &char| letter.is_ascii_digit() || "(),;:\"".contains(*letter);
    let text: String = rest.iter().take_while(|letter| !ends(letter)).take(LONGEST_TITLE_LITERA).collect();
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let label = words.iter().position(|word| class_word(&word.chars().collect::<Vec<_>>()) == ClassWord::One)?;
    let litera = nominative(&words.get(..label)?.join(" "));
    if litera.chars().filter(|letter| letter.is_alphabetic()).count() < 2 {
        return None;
    }
    let class: ClassName = format!("{grade} {litera}").parse().ok()?;
    (class.grade().to_string() == grade && is_profile(class.litera())).then_some(class)
}

/// How far the word «класс» may stand from the grade, in characters.
const LONGEST_TITLE_LITERA: usize = 32;

/// «профильного» → «профильный»: titles name a class in the genitive.
fn nominative(litera: &str) -> String {
    let (stem, ending) = match (litera.strip_suffix("ого"), litera.strip_suffix("его")) {
        (Some(stem), _) => (stem, "ый"),
        (_, Some(stem)) => (stem, "ий"),
        _ => (litera, ""),
    };
    format!("{stem}{ending}")
}

/// «7А», «7 «А»», «7-а», «7 а класс», «7 класс «А»».
fn lettered_class(grade: &str, rest: &[char], labelled: bool) -> Option<ClassName> {
    let rest = without_ordinal(rest);
    let (rest, labelled) = match class_word(rest) {
        ClassWord::One => {
            let word = rest.iter().skip_while(|letter| **letter == ' ');
            let behind: Vec<char> =
                word.skip_while(|letter| letter.is_alphabetic() || **letter == '.').copied().collect();
            let quoted = behind.iter().find(|letter| **letter != ' ').is_some_and(|letter| *letter == '"');
            let upper = behind.iter().find(|letter| **letter != ' ').is_some_and(|letter| letter.is_uppercase());
            if !quoted && !upper {
                return None;
            }
            (behind, true)
        }
        ClassWord::Many => return None,
        ClassWord::None => (rest.to_vec(), labelled),
    };
    let separator: String = rest.iter().take_while(|letter| " -\"(".contains(**letter)).collect();
    let letter = rest.get(separator.len()).copied().filter(|letter| letter.is_alphabetic())?;
    let behind = rest.get(separator.len() + 1..).unwrap_or_default();
    if behind.first().is_some_and(|next| {
        next.is_alphanumeric() || "-/".contains(*next) && behind.get(1).is_some_and(|far| far.is_alphanumeric())
    }) {
        return None;
    }
    let closed: Vec<char> = behind.iter().skip_while(|letter| "\") ".contains(**letter)).copied().collect();
    let word = class_word(&closed);
    let marked = labelled || word == ClassWord::One;
    let ordinal = letter.is_lowercase() && "йхемя".contains(letter) && !separator.contains('"');
    if ordinal && (separator.contains('-') || word != ClassWord::None) {
        return None;
    }
    let apart = !separator.is_empty() && !separator.contains(['"', '(', '-']);
    if !marked && (apart && letter.is_lowercase() || separator.len() > 3 || apart && behind.first() == Some(&'.')) {
        return None;
    }
    // In a running text «1С» is the program that wrote the list.
    let program = grade == "1" && separator.is_empty() && "СсCc".contains(letter);
    (marked || !program).then(|| format!("{grade}{letter}").parse().ok()).flatten()
}

/// «7 класс», «7-й класс».
fn bare_class(grade: &str, rest: &[char]) -> Option<ClassName> {
    let rest = without_ordinal(rest);
    (class_word(rest) == ClassWord::One && lettered_behind(rest).is_none()).then(|| grade.parse().ok()).flatten()
}

/// The quote behind the word «класс», where a litera stands.
fn lettered_behind(rest: &[char]) -> Option<char> {
    let word = rest.iter().skip_while(|letter| **letter == ' ');
    word.skip_while(|letter| letter.is_alphabetic() || **letter == '.')
        .copied()
        .find(|letter| *letter != ' ')
        .filter(|letter| *letter == '"')
}

fn without_ordinal(rest: &[char]) -> &[char] {
    match rest {
        ['-', 'й', behind @ ..] if behind.first().is_none_or(|letter| !letter.is_alphabetic()) => behind,
        ['-', 'г', 'о', behind @ ..] => behind,
        _ => rest,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ClassWord {
    One,
    Many,
    None,
}

/// The word «класс» at the beginning of a text.
fn class_word(rest: &[char]) -> ClassWord {
    let word: String =
        rest.iter().skip_while(|letter| **letter == ' ').take_while(|letter| letter.is_alphabetic()).collect();
    match word.to_lowercase().as_str() {
        "класс" | "класса" | "классе" | "классу" | "кл" => ClassWord::One,
        "классы" | "классов" | "классах" | "классам" => ClassWord::Many,
        _ => ClassWord::None,
    }
}

/// «Класс: 10 профильный».
fn labelled(letters: &[char]) -> Option<ClassName> {
    let text: String = letters.iter().collect();
    let lower = text.to_lowercase();
    let start = lower.find("класс:").map(|at| at + "класс:".len()).filter(|_| lower.len() == text.len())?;
    let rest = text.get(start..)?;
    let end = rest.find(|letter: char| "(,;".contains(letter)).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{class_of_text, classes_in, homeroom_in};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let shown: Vec<String> = classes_in(text).iter().map(ToString::to_string).collect();
        assert_eq!(shown.join(" "), expected, "{text:?}");
    }

    #[test]
    fn classes_in_titles() {
        for text in [
            "Список 7А класса",
            "Список учащихся 7 «А» класса на 01.09.2026 г.",
            "7-а класс, 2026-2027 учебный год",
            "Класс: 7 «А» (кл. рук. Петрова О. С.)",
            "МБОУ СОШ № 5 г. Белгорода, 7 А класс",
            "Школа № 62, 7-й «А» класс, 25 чел.",
            "7 класс «А»",
            "класс 7 а",
            "Список_7а_класса",
        ] {
            check(text, "7А");
        }
        check("Класс: 10 профильный", "10 профильный");
        check("Список 8 Ф/М класса", "8 Ф/М");
        check("Список учеников 9 Ф-Х класса на 01.09.2026", "9 Ф-Х");
        check("Список обучающихся 10 соц-эк класса", "10 соц-эк");
        check("Список обучающихся 11 профильного класса", "11 профильный");
        check("Список 7 лучших учеников класса", "");
        check("Список 3 А/Б класса", "3 А/Б");
        check("7.1 класс", "7.1");
        check("Список 5 класса", "5");
        check("Ученики 7А и 7Б классов", "7А 7Б");
        check("7А, 7Б, 8А", "7А 7Б 8А");
    }

    #[test]
    fn numbers_that_are_no_classes() {
        for text in [
            "МБОУ СОШ № 5 г. Белгорода",
            "2026-2027 учебный год",
            "на 1 сентября 2026 г.",
            "01.09.2026 г.",
            "Списки 5-х классов",
            "Списки 5-11 классов",
            "Всего 12 человек",
            "10.30 А",
        ] {
            check(text, "");
        }
    }

    #[test]
    fn names_of_sheets_and_files() {
        let name = |text| class_of_text(text).map(|class| class.to_string());
        assert_eq!(name("7А").as_deref(), Some("7А"));
        assert_eq!(name("7а класс (1)").as_deref(), Some("7А"));
        assert_eq!(name("10 соц-эк").as_deref(), Some("10 соц-эк"));
        assert_eq!(name("7.1").as_deref(), Some("7.1"));
        assert_eq!(name("8 Ф/М").as_deref(), Some("8 Ф/М"));
        assert_eq!(name("1 (дополнительный) Г").as_deref(), Some("1 (дополнительный) Г"));
        assert_eq!(name("10 «Лидер» класс").as_deref(), Some("10 Лидер"));
        assert_eq!(name("5 Иванов"), None);
        assert_eq!(name("2 вариант"), None);
        assert_eq!(name("V"), None);
        assert_eq!(name("V класс").as_deref(), Some("5"));
        assert_eq!(name("Лист1"), None);
        assert_eq!(name("TDSheet"), None);
        assert_eq!(name("5-11"), None);
        assert_eq!(name("7А и 7Б"), None);
        assert_eq!(name("Химия"), None);
    }

    #[test]
    fn homeroom_teachers() {
        let name = |text| homeroom_in(text).map(|name| name.to_string());
        assert_eq!(name("Классный руководитель: Петрова Ольга Сергеевна").as_deref(), Some("Петрова Ольга Сергеевна"));
        assert_eq!(name("Класс: 7 «А» (кл. рук. Петрова О.С.)").as_deref(), Some("Петрова О. С."));
        assert_eq!(name("Классный руководитель ______ /Петрова О.С./").as_deref(), Some("Петрова О. С."));
        assert_eq!(name("Кл. руководитель Петрова О.С. тел. 8 944 000-00-01").as_deref(), Some("Петрова О. С."));
        assert_eq!(name("Кл. рук.: Алиева Лейла Тофик кызы").as_deref(), Some("Алиева Лейла Тофик кызы"));
        assert_eq!(name("Классный руководитель ____________"), None);
        assert_eq!(name("Учитель: Петрова Ольга Сергеевна"), None);
    }
}
