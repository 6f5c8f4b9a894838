//! Several people of one line whom no comma parts: «Петрова Ольга Ивановна Петров Иван Сергеевич», «… и …», «…/…».
//!
//! They are parted only where the line leaves one way to do it: by patronymics, by initials, by a surname that is said
//! twice, by the words for a kinship or the telephones between them. Whatever leaves two ways stays one piece, of which
//! the reader of names says that it is no name of one person.

use super::one_cell::{PHONE_WORDS, is_kinship, parent_by_patronymic};
use crate::school::{is_letter, lowercase};

/// The people of a line, and behind each the telephones and addresses that stand there, each in a piece of its own; the
/// line as it is where it tells of one person, or nobody can tell.
pub(super) fn apart(line: &str) -> Vec<String> {
    let may_be_several = line.split_whitespace().nth(3).is_some() || line.contains(SIGNS);
    may_be_several.then(|| parted(line)).flatten().unwrap_or_else(|| vec![line.to_owned()])
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A sign or a word between two people.
    Break,
    Kinship(String),
    Contact(String),
    Unit(Unit),
}

/// A part of a name: a word, a patronymic of two words («Тофик кызы»), the initials of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Unit {
    text: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Word,
    Patronymic,
    Initials,
}

/// A name with the words for the kinship about it, and what stands behind.
#[derive(Debug, Default)]
struct Person {
    name: String,
    kinship: Vec<String>,
    contacts: Vec<String>,
}

fn parted(line: &str) -> Option<Vec<String>> {
    let tokens = tokens(line)?;
    let kinship_leads = tokens.iter().find(|token| **token != Token::Break).is_some_and(is_kinship_token);
    let mut people: Vec<Person> = Vec::new();
    let mut leading: Vec<String> = Vec::new();
    let mut run: Vec<Unit> = Vec::new();
    for token in tokens.into_iter().chain([Token::Break]) {
        if let Token::Unit(unit) = token {
            run.push(unit);
            continue;
        }
        for name in names(&std::mem::take(&mut run))? {
            people.push(Person { name, kinship: std::mem::take(&mut leading), contacts: Vec::new() });
        }
        match (token, people.last_mut()) {
            (Token::Kinship(word), _) if kinship_leads => leading.push(word),
            (Token::Kinship(word), Some(person)) => person.kinship.push(word),
            (Token::Contact(text), Some(person)) if leading.is_empty() => person.contacts.push(text),
            // Nobody knows whose it is.
            (Token::Kinship(_) | Token::Contact(_), _) => return None,
            (Token::Break | Token::Unit(_), _) => {}
        }
    }
    if people.len() < 2 || !leading.is_empty() {
        return None;
    }
    let pieces = people.into_iter().flat_map(|person| {
        let Person { name, mut kinship, contacts } = person;
        kinship.push(name);
        std::iter::once(kinship.join(" ")).chain((!contacts.is_empty()).then(|| contacts.join(" ")))
    });
    Some(pieces.collect())
}

fn is_kinship_token(token: &Token) -> bool {
    matches!(token, Token::Kinship(_))
}

/// What the line consists of; `None` where a word is none of it.
fn tokens(line: &str) -> Option<Vec<Token>> {
    let is_small = !line.contains(char::is_uppercase);
    let mut tokens: Vec<Token> = Vec::new();
    for word in words(line) {
        let bare = word.trim_matches(|letter: char| !is_letter(letter) && !letter.is_numeric());
        let lower = lowercase(bare);
        let has_digit = word.contains(|letter: char| letter.is_ascii_digit());
        let last = tokens.last_mut();
        if word.contains('@') || has_digit && !word.contains(char::is_alphabetic) {
            tokens.push(Token::Contact(word));
        } else if has_digit {
            return None;
        } else if bare.is_empty() || lowercase(&word) == "и" {
            tokens.push(Token::Break);
        } else if is_kinship(&lower) {
            tokens.push(Token::Kinship(lower));
        } else if PHONE_WORDS.contains(&lower.as_str()) {
        } else if TURKIC.contains(&lower.as_str()) {
            let Some(Token::Unit(unit)) = last else { return None };
            *unit = Unit { text: format!("{} {bare}", unit.text), kind: Kind::Patronymic };
        } else if let Some(initials) = initials(&word) {
            match last {
                Some(Token::Unit(Unit { text, kind: Kind::Initials })) => *text = format!("{text} {initials}"),
                _ => tokens.push(Token::Unit(Unit { text: initials, kind: Kind::Initials })),
            }
        } else if is_small || bare.starts_with(char::is_uppercase) {
            let kind = if parent_by_patronymic(bare).is_some() { Kind::Patronymic } else { Kind::Word };
            tokens.push(Token::Unit(Unit { text: bare.to_owned(), kind }));
        } else {
            return None;
        }
    }
    Some(tokens)
}

/// Endings of Turkic patronymics, words of their own.
const TURKIC: [&str; 8] = ["оглы", "оглу", "углы", "угли", "кызы", "кизи", "гызы", "улы"];

/// Signs that may stand between two people.
const SIGNS: [char; 5] = ['/', '\\', '|', '&', '+'];

/// The words of a line; a sign between two people and the number before one are words of their own.
fn words(line: &str) -> impl Iterator<Item = String> {
    let letters: Vec<char> = line.chars().collect();
    let mut spaced = String::with_capacity(line.len() + 8);
    for (at, &letter) in letters.iter().enumerate() {
        let next = letters.get(at + 1);
        // «+7 …» is a telephone.
        let is_sign = SIGNS.contains(&letter) && !(letter == '+' && next.is_some_and(char::is_ascii_digit));
        // «Ивановна.Петров»: behind an initial a full stop parts nobody.
        let is_stop = letter == '.'
            && next.is_some_and(|next| next.is_uppercase())
            && letters[..at].iter().rev().take_while(|before| before.is_alphabetic()).count() >= 4;
        if is_sign || is_stop {
            spaced.extend([' ', if is_stop { '/' } else { letter }, ' ']);
        } else {
            spaced.push(letter);
        }
    }
    // «1. Петрова», «2)Петров».
    let numbered = spaced.split_whitespace().flat_map(|word| {
        let rest = word.trim_start_matches(|letter: char| letter.is_ascii_digit());
        let is_number = (1..=2).contains(&(word.len() - rest.len())) && rest.starts_with(['.', ')']);
        let rest = rest.trim_start_matches(['.', ')']);
        match (is_number, rest) {
            (true, "") => vec!["/".to_owned()],
            (true, rest) if rest.starts_with(char::is_alphabetic) => vec!["/".to_owned(), rest.to_owned()],
            _ => vec![word.to_owned()],
        }
    });
    numbered.collect::<Vec<_>>().into_iter()
}

/// «О.», «О.И.»; `None` for any other word.
fn initials(word: &str) -> Option<String> {
    let parts: Vec<&str> = word.split('.').filter(|part| !part.is_empty()).collect();
    let is_initial = |part: &&str| part.chars().count() == 1 && part.chars().all(char::is_uppercase);
    (word.contains('.') && !parts.is_empty() && parts.iter().all(is_initial))
        .then(|| parts.iter().map(|part| format!("{part}.")).collect::<Vec<_>>().join(" "))
}

/// The names of people who stand behind each other; `None` where nobody can tell where one ends.
fn names(run: &[Unit]) -> Option<Vec<String>> {
    if run.is_empty() {
        return Some(Vec::new());
    }
    let lengths = lengths(run).unwrap_or_else(|| vec![run.len()]);
    let mut rest = run;
    let mut names = Vec::new();
    for length in lengths {
        let (name, behind) = rest.split_at_checked(length)?;
        let whole = name.iter().any(|unit| unit.kind == Kind::Word) && (2..=4).contains(&length);
        // «Петровы Ольга и Иван»: the surname of both is nobody's.
        let of_both = name.iter().any(|unit| unit.kind == Kind::Word && is_plural(&unit.text));
        if !whole || of_both {
            return None;
        }
        names.push(name.iter().map(|unit| unit.text.as_str()).collect::<Vec<_>>().join(" "));
        rest = behind;
    }
    Some(names)
}

fn is_plural(surname: &str) -> bool {
    let lower = lowercase(surname);
    ["овы", "евы", "ёвы", "ины", "ыны", "ские", "цкие"].iter().any(|ending| lower.ends_with(ending))
}

/// How many units each of several people has.
fn lengths(run: &[Unit]) -> Option<Vec<usize>> {
    surnames_first(run).or_else(|| surnames_last(run)).or_else(|| surname_twice(run))
}

/// «Петрова Ольга Ивановна», «Петрова О. И.», again and again.
fn surnames_first(run: &[Unit]) -> Option<Vec<usize>> {
    let mut lengths = Vec::new();
    let mut rest = run;
    while !rest.is_empty() {
        let kinds: Vec<Kind> = rest.iter().take(3).map(|unit| unit.kind).collect();
        let length = match kinds.as_slice() {
            [Kind::Word | Kind::Patronymic, Kind::Initials, ..] => 2,
            // A surname may end like a patronymic: «Абрамович».
            [Kind::Word | Kind::Patronymic, Kind::Word, Kind::Patronymic] => 3,
            _ => return None,
        };
        lengths.push(length);
        rest = rest.get(length..)?;
    }
    (lengths.len() >= 2).then_some(lengths)
}

/// «Ольга Ивановна Петрова», «О. И. Петрова», again and again.
fn surnames_last(run: &[Unit]) -> Option<Vec<usize>> {
    let of = |length: usize, is_name: &dyn Fn(&[Unit]) -> bool| {
        let is_whole = run.len().is_multiple_of(length) && run.len() > length;
        (is_whole && run.chunks(length).all(is_name)).then(|| vec![length; run.len() / length])
    };
    let kinds = |name: &[Unit]| name.iter().map(|unit| unit.kind).collect::<Vec<_>>();
    of(3, &|name| matches!(kinds(name).as_slice(), [Kind::Word, Kind::Patronymic, Kind::Word]))
        .or_else(|| of(2, &|name| matches!(kinds(name).as_slice(), [Kind::Initials, Kind::Word])))
}

/// «Петрова Ольга Петров Иван»: two people, with patronymics or without.
fn surname_twice(run: &[Unit]) -> Option<Vec<usize>> {
    let first = run.first()?;
    let mut again = (2..=3).filter(|at| run.get(*at).is_some_and(|unit| is_one_surname(&first.text, &unit.text)));
    let (at, None) = (again.next()?, again.next()) else { return None };
    let rest = run.len() - at;
    (2..=3).contains(&rest).then(|| vec![at, rest])
}

/// «Петрова» and «Петров», «Белая» and «Белый», «Ли» and «Ли».
fn is_one_surname(one: &str, other: &str) -> bool {
    let stem = |text: &str| {
        let lower = lowercase(text).replace('ё', "е");
        let endings = ["ая", "яя", "ый", "ий", "ой", "а"];
        endings.iter().find_map(|ending| lower.strip_suffix(ending).map(str::to_owned)).unwrap_or(lower)
    };
    stem(one) == stem(other)
}

#[cfg(test)]
mod tests {
    use super::apart;

    const BOTH: &[&str] = &["Петрова Ольга Ивановна", "Петров Иван Сергеевич"];

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        assert_eq!(apart(line), expected, "{line:?}");
    }

    #[test]
    fn two_people_in_one_line() {
        for between in [" ", "   ", " и ", "/", "/ ", " | ", " \\ ", " + ", " & ", " - ", " – ", ". ", "."] {
            check(&format!("Петрова Ольга Ивановна{between}Петров Иван Сергеевич"), BOTH);
        }
        check("1. Петрова Ольга Ивановна 2. Петров Иван Сергеевич", BOTH);
        check("1)Петрова Ольга Ивановна 2)Петров Иван Сергеевич", BOTH);
        check("ПЕТРОВА ОЛЬГА ИВАНОВНА БЕЛЫЙ ИВАН ЛУКИЧ", &["ПЕТРОВА ОЛЬГА ИВАНОВНА", "БЕЛЫЙ ИВАН ЛУКИЧ"]);
        check("петрова ольга ивановна петров иван ильич", &["петрова ольга ивановна", "петров иван ильич"]);
        check("Петрова О.И. Петров И. С.", &["Петрова О. И.", "Петров И. С."]);
        check("О.И. Петрова, И.С. Петров".replace(',', "").as_str(), &["О. И. Петрова", "И. С. Петров"]);
        check("Петрова О.И. и Петров Иван Сергеевич", &["Петрова О. И.", "Петров Иван Сергеевич"]);
        check("Петрова Ольга Петров Иван", &["Петрова Ольга", "Петров Иван"]);
        check("Петрова Ольга Ивановна Петров Иван", &["Петрова Ольга Ивановна", "Петров Иван"]);
        check("Белая Ольга Белый Иван Ильич", &["Белая Ольга", "Белый Иван Ильич"]);
        check("Ли Анна Ли Вэй", &["Ли Анна", "Ли Вэй"]);
        check("Ким Анна и Ли Вэй", &["Ким Анна", "Ли Вэй"]);
        check("Ольга Ивановна Петрова Иван Ильич Петров", &["Ольга Ивановна Петрова", "Иван Ильич Петров"]);
        check("Алиева Лейла Тофик кызы Алиев Тофик Гасан оглы", &["Алиева Лейла Тофик кызы", "Алиев Тофик Гасан оглы"]);
        check(
            "Абрамович Анна Петровна Абрамович Иван Кузьмич Котова Вера Львовна",
            &["Абрамович Анна Петровна", "Абрамович Иван Кузьмич", "Котова Вера Львовна"],
        );
    }

    #[test]
    fn kinship_and_telephones_stay_with_their_person() {
        let kin = &["мать Петрова Ольга Ивановна", "отец Петров Иван Сергеевич"];
        for line in [
            "мать Петрова Ольга Ивановна отец Петров Иван Сергеевич",
            "мать: Петрова Ольга Ивановна отец: Петров Иван Сергеевич",
            "Петрова Ольга Ивановна - мать Петров Иван Сергеевич - отец",
            "Петрова Ольга Ивановна (мать) Петров Иван Сергеевич (отец)",
        ] {
            check(line, kin);
        }
        check(
            "Петрова Ольга Ивановна 8 944 000-00-01 Петров Иван Сергеевич тел. +79440000002",
            &["Петрова Ольга Ивановна", "8 944 000-00-01", "Петров Иван Сергеевич", "+79440000002"],
        );
        check(
            "Петрова Ольга Ивановна и Петров Иван Сергеевич 89440000001",
            &["Петрова Ольга Ивановна", "Петров Иван Сергеевич", "89440000001"],
        );
    }

    #[test]
    fn what_may_be_one_person_or_leaves_two_ways_stays_whole() {
        for line in [
            "Петрова Ольга Ивановна",
            "Петров - Водкин Иван Ильич",
            "Иванова/Петрова Анна Львовна",
            "Гарсия Лопес Мария Хосе",
            "Салтыкова Щедрина Анна Львовна",
            "Петрова Ольга Ивановна Сидоров Иван",
            "Петровы Ольга Ивановна и Иван Сергеевич",
            "Петровы Ольга и Иван",
            "О. И. и И. С. Петровы",
            "Петрова Ольга и Иван",
            "Петрова Ольга Ивановна не работает",
            "89440000001 Петрова Ольга Ивановна 89440000002 Петров Иван Сергеевич",
            "мать 89440000001 Петрова Ольга Ивановна отец 89440000002 Петров Иван Сергеевич",
            "Петрова Ольга Ивановна 5А Петров Иван Сергеевич",
            "мать и отец",
        ] {
            check(line, &[line]);
        }
    }
}
