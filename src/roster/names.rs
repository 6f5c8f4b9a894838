//! A person's name as a table writes it → its parts, by `docs/inputs.md` § 4.
//!
//! Spelling is mended only where there is one way to do it; a text that could be read in two ways is an error for a
//! person to settle. It knows nothing of columns and places.

use crate::school::{PersonName, is_letter, lowercase, quotable, visible};
use std::borrow::Cow;

/// Why a text is not a person's name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NameError {
    /// Nothing is left of the text.
    #[error("имя не указано")]
    Empty,
    /// A surname without a given name, or the other way round.
    #[error("«{0}» — указано только одно слово, нужны фамилия и имя")]
    OneWord(String),
    /// More than four words.
    #[error("«{0}» — в имени больше четырёх слов, неясно, где фамилия, имя и отчество")]
    TooManyWords(String),
    /// A digit inside the name.
    #[error("«{0}» — в имени стоит цифра")]
    Digit(String),
    /// A letter of another alphabet inside a Russian word.
    #[error("«{text}» — в русском слове стоит латинская буква «{letter}»")]
    Latin {
        /// The text as it was written.
        text: String,
        /// The letter.
        letter: char,
    },
    /// A character that no name has.
    #[error("«{text}» — в имени стоит лишний знак «{character}»")]
    Character {
        /// The text as it was written.
        text: String,
        /// The character.
        character: char,
    },
}

/// The order of the parts of a name in one cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameOrder {
    /// «Иванов Пётр Ильич», «Иванов П. И.».
    SurnameFirst,
    /// «Пётр Ильич Иванов», «Пётр Иванов».
    SurnameLast,
}

/// Reads a name whose surname stands first; initials before the surname («О. С. Кузнецова») are understood too.
///
/// # Errors
///
/// [`NameError`] where the text holds no name, or one that would have to be guessed.
pub(crate) fn person_name(text: &str) -> Result<PersonName, NameError> {
    person_name_in_order(text, NameOrder::SurnameFirst)
}

/// Reads a name whose parts stand in a known order.
///
/// # Errors
///
/// As [`person_name`].
pub(crate) fn person_name_in_order(text: &str, order: NameOrder) -> Result<PersonName, NameError> {
    if let Some(name) = plain_name(text, order) {
        return Ok(name);
    }
    let mut words = words(text)?;
    if words.is_empty() {
        return Err(NameError::Empty);
    }
    if words.len() > 4 {
        return Err(NameError::TooManyWords(quotable(text)));
    }
    let surname_last = match order {
        NameOrder::SurnameFirst => {
            words.first().is_some_and(|word| is_initial(word)) && words.last().is_some_and(|word| !is_initial(word))
        }
        NameOrder::SurnameLast => true,
    };
    if surname_last {
        words.rotate_right(1);
    }
    let particles = words.iter().take_while(|word| PARTICLES.contains(&word.as_str())).count();
    let parts = words.split_at_checked(particles + 1).filter(|(_, rest)| !rest.is_empty());
    match parts {
        Some((surname, [given, patronymic @ ..])) => {
            Ok(PersonName::new(&surname.join(" "), given, &patronymic.join(" ")))
        }
        _ => Err(NameError::OneWord(quotable(text))),
    }
}

/// A name that needs no mending, as nearly all are: two to four Russian words with a capital each, one blank between
/// them, none of the words that are no name.
pub(crate) fn plain_name(text: &str, order: NameOrder) -> Option<PersonName> {
    let is_plain = |word: &str| -> Option<()> {
        let rest = word.strip_prefix(|letter| matches!(letter, 'А'..='Я' | 'Ё'))?;
        let small = !rest.is_empty() && rest.chars().all(|letter| matches!(letter, 'а'..='я' | 'ё'));
        // The words are compared behind their first letter, which is a capital here.
        let special = [&REMARKS[..], &NO_PATRONYMIC, &PATRONYMIC_ENDINGS].into_iter().flatten();
        let same = |special: &str| {
            let folded = rest.chars().map(|letter| if letter == 'ё' { 'е' } else { letter });
            special.len() == rest.len() && special.chars().eq(folded)
        };
        let special = special.filter_map(|special| special.get(2..)).any(same);
        (small && !special).then_some(())
    };
    let text = text.trim();
    let mut words = text.split(' ').flat_map(|chunk| chunk.split_inclusive('-'));
    words.try_for_each(|word| is_plain(word.strip_suffix('-').unwrap_or(word)))?;
    if text.split(' ').any(|chunk| chunk.ends_with('-')) {
        return None;
    }
    let (rest, surname) = match order {
        NameOrder::SurnameFirst => text.split_once(' ').map(|(surname, rest)| (rest, surname))?,
        NameOrder::SurnameLast => text.rsplit_once(' ')?,
    };
    let (given, patronymic) = rest.split_once(' ').unwrap_or((rest, ""));
    (patronymic.split(' ').count() <= 2).then(|| PersonName::new(surname, given, patronymic))
}

/// Reads a name whose parts stand in columns of their own; an empty patronymic means none.
///
/// # Errors
///
/// As [`person_name`].
pub(crate) fn person_name_of_parts(surname: &str, given: &str, patronymic: &str) -> Result<PersonName, NameError> {
    let whole = [surname, given, patronymic].map(str::trim).join(" ");
    let no_surname = |_: &str| false;
    let [surnames, givens] = [words(surname)?, words_behind(given, no_surname)?];
    let patronymics = if is_absent(patronymic) { Vec::new() } else { words_behind(patronymic, no_surname)? };
    if surnames.len() + givens.len() + patronymics.len() > 4 {
        return Err(NameError::TooManyWords(quotable(&whole)));
    }
    match (surnames.is_empty(), givens.is_empty()) {
        (true, true) => Err(NameError::Empty),
        (false, false) => Ok(PersonName::new(&surnames.join(" "), &givens.join(" "), &patronymics.join(" "))),
        _ => Err(NameError::OneWord(quotable(&whole))),
    }
}

/// A word with its Latin look-alikes turned into Cyrillic letters, if it has a Cyrillic letter at all.
pub(crate) fn without_twins(word: &str) -> Cow<'_, str> {
    let latin = |letter: char| letter < '\u{100}' && letter.is_alphabetic();
    if word.contains(latin) && word.contains(is_cyrillic) {
        word.chars().map(twin).collect::<String>().into()
    } else {
        word.into()
    }
}

/// Surname particles that belong to the word behind them; they stay in lower case.
const PARTICLES: [&str; 9] = ["фон", "ван", "дер", "де", "ди", "да", "ла", "эль", "аль"];
/// Endings of Turkic patronymics, always in lower case.
const PATRONYMIC_ENDINGS: [&str; 9] = ["оглы", "оглу", "углы", "угли", "кызы", "кизи", "гызы", "улы", "уулу"];
/// What tables write where there is no patronymic.
const NO_PATRONYMIC: [&str; 8] = ["нет", "б/о", "бо", "-", "отсутствует", "без", "отчества", "прочерк"];
/// Remarks that lists put behind a name; some tell of a child's health or family, so none is kept.
const REMARKS: [&str; 10] = [
    "овз",
    "инвалид",
    "ребенок-инвалид",
    "опека",
    "опекаемый",
    "опекаемая",
    "сирота",
    "надомно",
    "надомное",
    "домашнее",
];

/// Those of the remarks that are surnames, too: Сирота Анна Ильинична.
const SURNAMES: [&str; 2] = ["опека", "сирота"];

/// Whether a text begins with a surname that could be a remark: with a capital, and without it no surname and given name
/// would be left.
fn begins_with_surname(plain: &str) -> bool {
    let words = plain.split(|letter: char| letter.is_whitespace() || ",;*".contains(letter));
    let mut words = words.map(|word| word.trim_end_matches('.')).filter(|word| !word.is_empty());
    let folded = |word: &str| lowercase(word).replace('ё', "е");
    let is_surname = |word: &str| word.starts_with(char::is_uppercase) && SURNAMES.contains(&folded(word).as_str());
    if !words.next().is_some_and(is_surname) {
        return false;
    }
    let rest: Vec<String> = words.map(folded).filter(|word| !REMARKS.contains(&word.as_str())).collect();
    let is_patronymic = |word: &str| {
        let endings = ["вич", "вна", "чна", "ьич"];
        endings.iter().chain(&PATRONYMIC_ENDINGS).any(|ending| word.ends_with(ending))
    };
    match rest.as_slice() {
        [] | [_] => true,
        [_, last] => is_patronymic(last),
        _ => false,
    }
}

/// The words of a name, in their final spelling.
fn words(text: &str) -> Result<Vec<String>, NameError> {
    words_behind(text, begins_with_surname)
}

/// The words; `begins_with_surname` tells of the text whether its first word is none of the remarks, though it looks like one.
fn words_behind(text: &str, begins_with_surname: fn(&str) -> bool) -> Result<Vec<String>, NameError> {
    let plain = without_brackets(&visible(text));
    let plain = joined_hyphens(without_list_number(&plain));
    let mut is_surname = begins_with_surname(&plain);
    let mut words = Vec::new();
    for chunk in plain.split(|letter: char| letter.is_whitespace() || ",;*".contains(letter)) {
        for word in initials_apart(chunk.trim_matches(|letter: char| "/*_".contains(letter))) {
            let bare = without_remark(word.trim_end_matches('.'));
            let folded = lowercase(bare).replace('ё', "е");
            if bare.is_empty() || REMARKS.contains(&folded.as_str()) && !std::mem::take(&mut is_surname) {
                continue;
            }
            if words.len() >= 2 && is_absent(&folded) || bare.chars().all(is_dash) {
                continue;
            }
            let spelled = spelled(bare, text)?;
            words.push(if words.is_empty() { spelled } else { with_lower_ending(spelled) });
        }
    }
    Ok(words)
}

/// «Ильич-ОВЗ» (from «Ильич - ОВЗ») → «Ильич».
fn without_remark(word: &str) -> &str {
    let is_remark = |text: &str| REMARKS.contains(&lowercase(text).replace('ё', "е").as_str());
    let remark = word.rsplit_once('-').filter(|(_, behind)| is_remark(behind) && !is_remark(word));
    remark.map_or(word, |(before, _)| before)
}

/// One word in its final spelling.
fn spelled(word: &str, text: &str) -> Result<String, NameError> {
    let mended = without_twins(word).into_owned();
    let cyrillic = mended.chars().any(is_cyrillic);
    for letter in mended.chars() {
        if !is_letter(letter) && letter.is_numeric() {
            return Err(NameError::Digit(quotable(text)));
        }
        if !is_letter(letter) && !"-'’ʼ`".contains(letter) {
            return Err(NameError::Character { text: quotable(text), character: letter });
        }
        if cyrillic && letter.is_ascii_alphabetic() {
            return Err(NameError::Latin { text: quotable(text), letter });
        }
    }
    let lower = lowercase(&mended);
    if PARTICLES.contains(&mended.as_str()) && text.chars().any(char::is_uppercase) {
        return Ok(mended);
    }
    let is_small = |letter: char| matches!(letter, 'а'..='я' | 'ё') || letter.is_lowercase();
    let wholly = mended == lower || !mended.contains(is_small);
    let parts: Vec<String> = lower.split('-').map(capitalised).collect();
    let mut spelled = if wholly { parts.join("-") } else { mended };
    if spelled.chars().count() == 1 {
        spelled.push('.');
    }
    Ok(spelled)
}

/// «Тофик-Оглы» → «Тофик-оглы», «Кызы» → «кызы».
fn with_lower_ending(word: String) -> String {
    let start = word.rfind('-').map_or(0, |at| at + 1);
    let ending = word[start..].to_lowercase();
    if PATRONYMIC_ENDINGS.contains(&ending.as_str()) { format!("{}{ending}", &word[..start]) } else { word }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn is_initial(word: &str) -> bool {
    word.ends_with('.')
}

/// «П.И.» → «П.», «И.»; «Петров П.» and every other word stay whole.
fn initials_apart(chunk: &str) -> Vec<&str> {
    chunk.split_inclusive('.').filter(|part| !part.trim_end_matches('.').is_empty()).collect()
}

fn is_absent(patronymic: &str) -> bool {
    let folded = lowercase(&visible(patronymic)).replace('.', "");
    let folded = folded.trim();
    folded.is_empty() || NO_PATRONYMIC.contains(&folded) || folded.chars().all(is_dash)
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for letter in text.chars() {
        match letter {
            '(' | '[' | '{' => {
                depth += 1;
                kept.push(' ');
            }
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(letter),
            _ => {}
        }
    }
    kept
}

/// «12. Иванов», «12) Иванов», «№ 12 Иванов» → «Иванов».
pub(crate) fn without_list_number(text: &str) -> &str {
    let text = text.trim();
    let numbered = text.trim_start_matches('№').trim_start();
    let rest = numbered.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let found = rest.len() < numbered.len() && rest.starts_with(|letter: char| letter == ' ' || ".)".contains(letter));
    if found { rest.trim_start_matches(|letter: char| letter == ' ' || ".)".contains(letter)) } else { text }
}

/// «Петров - Водкин» → «Петров-Водкин»; a dash before nothing, or before a word in another case («- мать»), stays apart.
fn joined_hyphens(text: &str) -> String {
    if !text.contains(is_dash) {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().map(|letter| if is_dash(letter) { '-' } else { letter }).collect();
    let mut joined = String::new();
    for (index, &letter) in letters.iter().enumerate() {
        let before = letters.iter().take(index).rposition(|other| !other.is_whitespace());
        let after = letters.iter().skip(index + 1).position(|other| !other.is_whitespace()).map(|far| index + 1 + far);
        let joins = |left: usize, right: usize| {
            let first = letters[..=left].iter().rposition(|other| !other.is_alphabetic()).map_or(0, |far| far + 1);
            letters.get(first).zip(letters.get(right)).is_some_and(|(left, right)| {
                left.is_alphabetic() && right.is_alphabetic() && left.is_uppercase() == right.is_uppercase()
            })
        };
        let drops = letter.is_whitespace() && {
            let dash_after = after.filter(|&at| letters[at] == '-');
            let dash_before = before.filter(|&at| letters[at] == '-');
            let beyond = |at: usize| {
                letters.iter().skip(at + 1).position(|other| !other.is_whitespace()).map(|far| at + 1 + far)
            };
            let ahead = |at: usize| letters.iter().take(at).rposition(|other| !other.is_whitespace());
            dash_after.is_some_and(|at| before.zip(beyond(at)).is_some_and(|(left, right)| joins(left, right)))
                || dash_before.is_some_and(|at| ahead(at).zip(after).is_some_and(|(left, right)| joins(left, right)))
        };
        if !drops {
            joined.push(letter);
        }
    }
    joined
}

fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}')
}

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, '\u{400}'..='\u{52f}')
}

/// The Cyrillic letter of the same shape.
fn twin(letter: char) -> char {
    match letter {
        'A' => 'А',
        'B' => 'В',
        'C' => 'С',
        'E' => 'Е',
        'H' => 'Н',
        'K' => 'К',
        'M' => 'М',
        'O' => 'О',
        'P' => 'Р',
        'T' => 'Т',
        'X' => 'Х',
        'Y' => 'У',
        'Ë' => 'Ё',
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'k' => 'к',
        'o' => 'о',
        'p' => 'р',
        'x' => 'х',
        'y' => 'у',
        'ë' => 'ё',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{NameOrder, person_name, person_name_in_order, person_name_of_parts};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let parts = |name: crate::school::PersonName| {
            [Some(name.surname), Some(name.given), name.patronymic].into_iter().flatten().collect::<Vec<_>>().join("|")
        };
        assert_eq!(person_name(text).map_or_else(|error| error.to_string(), parts), expected, "{text:?}");
    }

    #[test]
    fn spelling_is_mended() {
        check("Иванов Пётр Ильич", "Иванов|Пётр|Ильич");
        check("  Иванов\u{a0}Пётр\nИльич ", "Иванов|Пётр|Ильич");
        check("Андреи\u{306}чук Ан\u{ad}на\u{200b}", "Андрейчук|Анна");
        check("ПЕТРОВ - ВОДКИН пётр ИЛЬИЧ", "Петров-Водкин|Пётр|Ильич");
        check("Петров – Водкин Пётр", "Петров-Водкин|Пётр");
        check("Cидopов Егор", "Сидоров|Егор");
        check("МакКей Анна", "МакКей|Анна");
        check("Smith John", "Smith|John");
        check("д'Арк Жанна", "д'Арк|Жанна");
    }

    #[test]
    fn what_is_not_the_name_goes() {
        check("12. Иванов Пётр", "Иванов|Пётр");
        check("3) Иванов Пётр *", "Иванов|Пётр");
        check("4 Иванов Пётр Ильич.", "Иванов|Пётр|Ильич");
        check("Иванов Пётр Ильич (опека)", "Иванов|Пётр|Ильич");
        check("Иванов Пётр Ильич ОВЗ", "Иванов|Пётр|Ильич");
        check("Иванов Пётр Ильич - ОВЗ", "Иванов|Пётр|Ильич");
        check("Иванов Пётр Ильич, ребёнок-инвалид", "Иванов|Пётр|Ильич");
        check("Иванов, Пётр Ильич", "Иванов|Пётр|Ильич");
        check("Опека Иванов Пётр Ильич", "Иванов|Пётр|Ильич");
    }

    #[test]
    fn a_surname_that_looks_like_a_remark_stays() {
        check("Опека Анна Ильинична", "Опека|Анна|Ильинична");
        check("СИРОТА АННА", "Сирота|Анна");
        check("Сирота Пётр Ильич (опека)", "Сирота|Пётр|Ильич");
        check("Инвалидова Анна Ильинична", "Инвалидова|Анна|Ильинична");
        let parts =
            |surname, given, patronymic| person_name_of_parts(surname, given, patronymic).map(|name| name.to_string());
        assert_eq!(parts("Сирота", "Анна", "Ильинична"), Ok("Сирота Анна Ильинична".to_owned()));
        assert_eq!(parts("Иванова", "Анна", "Опека"), Ok("Иванова Анна".to_owned()));
    }

    #[test]
    fn patronymics() {
        check("Ли Вэй -", "Ли|Вэй");
        check("Ли Вэй —", "Ли|Вэй");
        check("Ли Вэй нет", "Ли|Вэй");
        check("Ли Вэй б/о", "Ли|Вэй");
        check("Ли Вэй без отчества", "Ли|Вэй");
        check("Алиев Руслан Тофик оглы", "Алиев|Руслан|Тофик оглы");
        check("АЛИЕВА ЛЕЙЛА ТОФИК КЫЗЫ", "Алиева|Лейла|Тофик кызы");
        check("Алиев Руслан Тофик-Оглы", "Алиев|Руслан|Тофик-оглы");
    }

    #[test]
    fn initials_and_particles() {
        check("Кузнецова О.С.", "Кузнецова|О.|С.");
        check("О. С. Кузнецова", "Кузнецова|О.|С.");
        check("Кузнецова О С", "Кузнецова|О.|С.");
        check("фон Берг Анна Ивановна", "фон Берг|Анна|Ивановна");
        check("Ван Ли", "Ван|Ли");
    }

    #[test]
    fn nothing_is_guessed() {
        check("", "имя не указано");
        check("Иванов", "«Иванов» — указано только одно слово, нужны фамилия и имя");
        check("Иванов Пётр2", "«Иванов Пётр2» — в имени стоит цифра");
        check("Иванов Пётр Ильич 8 944 000-00-01", "«Иванов Пётр Ильич • ••• •••-••-••» — в имени стоит цифра");
        check("Иваноv Пётр", "«Иваноv Пётр» — в русском слове стоит латинская буква «v»");
        check("????? Пётр", "«????? Пётр» — в имени стоит лишний знак «?»");
        check(
            "Иванов Пётр Ильич Петров Иван",
            "«Иванов Пётр Ильич Петров Иван» — в имени больше четырёх слов, неясно, где фамилия, имя и отчество",
        );
    }

    #[test]
    fn order_and_parts_are_told_by_the_header() {
        let name = person_name_in_order("Пётр Ильич Иванов", NameOrder::SurnameLast).unwrap();
        assert_eq!(name.to_string(), "Иванов Пётр Ильич");
        assert!(person_name_in_order("-", NameOrder::SurnameLast).is_err());
        let name = person_name_in_order("Пётр Иванов", NameOrder::SurnameLast).unwrap();
        assert_eq!(name.to_string(), "Иванов Пётр");
        let name = person_name_of_parts("ИВАНОВ", "Пётр", "-").unwrap();
        assert_eq!(name.to_string(), "Иванов Пётр");
        let name = person_name_of_parts("Алиев", "Руслан", "тофик оглы").unwrap();
        assert_eq!(name.patronymic.as_deref(), Some("Тофик оглы"));
        assert!(person_name_of_parts("Алиев", "", "").is_err());
    }
}
