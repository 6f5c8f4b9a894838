//! Whose the telephones of a cell are, where the cell itself says so: «мать 8 …, отец 8 …».
//!
//! A telephone with a word for somebody goes to the parent whom the word fits, and to nobody where it fits none or two.
//! It knows nothing of columns; who is meant where a cell says nothing is settled by them.

use super::meaning::Kin;
use super::one_cell::{is_parent, is_patronymic, kinship, parent_by_patronymic};
use crate::school::{Guardian, PersonName, fold, lowercase};

/// The telephones of a cell by their owners.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Shares<'a> {
    /// The parents, by their number among those of the row, each with one telephone.
    pub(super) given: Vec<Share<'a>>,
    /// Whether a telephone is left that is nobody's for certain.
    pub(super) some_left: bool,
}

/// A telephone of a parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Share<'a> {
    pub(super) parent: usize,
    pub(super) number: &'a str,
}

/// A word of a cell that tells who is meant.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    /// «мать», «бабушка», «соседка».
    Kin(String),
    /// A part of a name, folded.
    Name(String),
}

#[derive(Clone, Debug)]
enum Token<'a> {
    Label(Label),
    Number(&'a str),
}

/// A telephone with the words about it.
#[derive(Clone, Debug, Default)]
struct Entry<'a> {
    labels: Vec<Label>,
    number: Option<&'a str>,
}

/// How well the words about a telephone fit a parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    No,
    /// Nothing speaks for it and nothing against it.
    Open,
    Yes,
}

/// Shares the telephones of a cell out among the parents of the row; `owner` is the one whose column it is. `None` where
/// the cell names nobody or holds no telephone, or the row tells nothing of its parents.
pub(super) fn shares<'a>(text: &'a str, owner: Option<usize>, parents: &[Guardian]) -> Option<Shares<'a>> {
    let is_known = |parent: &Guardian| parent.name.is_some() || parent.kinship.is_some();
    if !text.contains(char::is_alphabetic) || !parents.iter().any(is_known) {
        return None;
    }
    let entries = entries(text, parents);
    let has_number = entries.iter().any(|entry| entry.number.is_some());
    if !has_number || entries.iter().all(|entry| entry.labels.is_empty()) {
        return None;
    }
    let mut named: Vec<&[Label]> =
        entries.iter().map(|entry| &*entry.labels).filter(|labels| !labels.is_empty()).collect();
    named.dedup();
    let owner_alone = owner.filter(|_| named.len() == 1);
    let mut shares = Shares::default();
    let mut unnamed = None;
    for entry in &entries {
        let Some(number) = entry.number else { continue };
        if entry.labels.is_empty() {
            // Before the first word it may be of the parent whose column it is.
            if shares == Shares::default() && unnamed.is_none() {
                unnamed = Some(number);
            } else {
                shares.some_left |= parents.len() > 1;
            }
            continue;
        }
        match entry.parent(parents, owner_alone) {
            Some(parent) if shares.given.iter().all(|share| share.parent != parent) => {
                shares.given.push(Share { parent, number });
            }
            Some(_) => {}
            None => shares.some_left = true,
        }
    }
    if let Some(number) = unnamed {
        match owner {
            Some(parent) if shares.given.iter().all(|share| share.parent != parent) => {
                shares.given.push(Share { parent, number });
            }
            Some(_) | None => shares.some_left = true,
        }
    }
    // Further numbers beside the only parent's own are passed over, as those without words are.
    shares.some_left &= parents.len() > 1 || shares.given.is_empty();
    Some(shares)
}

impl Entry<'_> {
    /// The only parent whom the words fit; where they fit none for certain, the one whose column it is, if they do not
    /// contradict and could mean no other.
    fn parent(&self, parents: &[Guardian], owner: Option<usize>) -> Option<usize> {
        let fits: Vec<Fit> = parents.iter().map(|parent| self.fit(parent)).collect();
        let only = |wanted: Fit| {
            let mut found = fits.iter().enumerate().filter(|(_, fit)| **fit == wanted).map(|(parent, _)| parent);
            found.next().filter(|_| found.next().is_none())
        };
        if fits.contains(&Fit::Yes) { only(Fit::Yes) } else { only(Fit::Open).filter(|open| owner == Some(*open)) }
    }

    fn fit(&self, parent: &Guardian) -> Fit {
        let fits = self.labels.iter().map(|label| match label {
            Label::Kin(word) => kin_fits(word, parent),
            Label::Name(part) => name_fits(part, parent),
        });
        fits.fold(Fit::Open, |best, fit| match (best, fit) {
            (Fit::No, _) | (_, Fit::No) => Fit::No,
            (Fit::Yes, _) | (_, Fit::Yes) => Fit::Yes,
            (Fit::Open, Fit::Open) => Fit::Open,
        })
    }
}

fn name_fits(part: &str, parent: &Guardian) -> Fit {
    match &parent.name {
        Some(name) if parts(name).any(|own| own == part) => Fit::Yes,
        Some(_) => Fit::No,
        // «Пётр Ильич» is no name of a mother.
        None => match (parent.kinship.as_deref().and_then(Kin::of_word), parent_by_patronymic(part)) {
            (Some(stated), Some(kin)) if stated != kin && is_parent(stated) => Fit::No,
            _ => Fit::Open,
        },
    }
}

fn kin_fits(word: &str, parent: &Guardian) -> Fit {
    let stated = parent.kinship.as_deref();
    if stated.is_some_and(|stated| kinship(stated) == word) {
        return Fit::Yes;
    }
    let Some(kin) = Kin::of_word(word).filter(|kin| is_parent(*kin)) else { return Fit::No };
    let patronymic = parent.name.as_ref().and_then(|name| name.patronymic.as_deref()).unwrap_or_default();
    let is_another = stated.is_some_and(|stated| relative(&lowercase(stated)).is_some());
    match parent_by_patronymic(patronymic).filter(|_| !is_another) {
        Some(own) if own == kin => Fit::Yes,
        None if !is_another => Fit::Open,
        _ => Fit::No,
    }
}

fn parts(name: &PersonName) -> impl Iterator<Item = String> {
    let PersonName { surname, given, patronymic } = name;
    let whole = [surname.as_str(), given, patronymic.as_deref().unwrap_or_default()];
    let words = whole.into_iter().flat_map(|part| part.split(|letter: char| !letter.is_alphabetic()));
    words.filter(|word| !word.is_empty()).map(fold)
}

/// The telephones of a cell with the words about each.
fn entries<'a>(text: &'a str, parents: &[Guardian]) -> Vec<Entry<'a>> {
    let pieces = text.split(['\n', '\r', ';', ',', '/', '|']);
    let pieces: Vec<Vec<Token<'a>>> =
        pieces.map(|piece| tokens(piece, parents)).filter(|piece| !piece.is_empty()).collect();
    let is_apart = |piece: &Vec<Token<'_>>| piece.iter().all(|token| matches!(token, Token::Label(_)));
    // «Мать: ⏎ 8 … ⏎ отец: ⏎ 8 …»: words and telephones stand in pieces of their own.
    if pieces.iter().any(is_apart) {
        return of_sequence(pieces.into_iter().flatten().collect());
    }
    pieces.into_iter().flat_map(of_sequence).collect()
}

/// Of a sequence that begins with a word each word leads its telephone, else it follows it.
fn of_sequence(tokens: Vec<Token<'_>>) -> Vec<Entry<'_>> {
    let numbers = tokens.iter().filter(|token| matches!(token, Token::Number(_))).count();
    let leads = matches!(tokens.first(), Some(Token::Label(_)));
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for token in tokens {
        let last = entries.last_mut();
        match (token, last) {
            (Token::Label(label), Some(last)) if numbers == 1 || !leads || last.number.is_none() => {
                last.labels.push(label);
            }
            (Token::Number(number), Some(last)) if last.number.is_none() => last.number = Some(number),
            (Token::Label(label), _) => entries.push(Entry { labels: vec![label], number: None }),
            (Token::Number(number), _) => entries.push(Entry { labels: Vec::new(), number: Some(number) }),
        }
    }
    entries
}

/// So many digits are a telephone; fewer are an extension or a time of day.
const FEWEST_DIGITS: usize = 5;

fn tokens<'a>(piece: &'a str, parents: &[Guardian]) -> Vec<Token<'a>> {
    let mut tokens = Vec::new();
    let mut rest = piece;
    while let Some(first) = rest.chars().next() {
        let is_word = first.is_alphabetic();
        let end = rest.find(|letter: char| letter.is_alphabetic() != is_word).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        rest = behind;
        if is_word {
            tokens.extend(label(run, parents).map(Token::Label));
        } else if run.bytes().filter(u8::is_ascii_digit).count() >= FEWEST_DIGITS {
            tokens.push(Token::Number(run));
        }
    }
    tokens
}

fn label(word: &str, parents: &[Guardian]) -> Option<Label> {
    let (lower, folded) = (lowercase(word), fold(word));
    let is_long = word.chars().count() > 1;
    let is_part = |parent: &Guardian| parent.name.as_ref().is_some_and(|name| parts(name).any(|own| own == folded));
    if is_long && parents.iter().any(is_part) {
        return Some(Label::Name(folded));
    }
    if let Some(kin) = relative(&lower) {
        return Some(Label::Kin(kin));
    }
    let is_cyrillic = word.chars().all(|letter| matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё'));
    let is_name = word.starts_with(char::is_uppercase) && is_cyrillic && is_long || is_patronymic(word);
    (is_name && REMARKS.split(' ').all(|remark| remark != lower.replace('ё', "е"))).then_some(Label::Name(folded))
}

/// A word for a relative or for somebody who is no parent.
fn relative(word: &str) -> Option<String> {
    const OTHERS: [&str; 10] =
        ["мачех", "отчим", "попечител", "сосед", "сестр", "брат", "няня", "няни", "ребен", "ребён"];
    const SHORT: [&str; 14] = [
        "тетя",
        "тётя",
        "тети",
        "тёти",
        "дядя",
        "дяди",
        "сын",
        "сына",
        "дочь",
        "дочери",
        "сам",
        "сама",
        "ученик",
        "ученица",
    ];
    match word {
        "мам" | "мамин" | "мамочка" | "маме" => Some(Kin::Mother.word().to_owned()),
        "пап" | "папин" | "папочка" => Some(Kin::Father.word().to_owned()),
        "бабуля" | "баба" | "бабушкин" => Some(Kin::Grandmother.word().to_owned()),
        "дед" | "деда" | "дедушкин" => Some(Kin::Grandfather.word().to_owned()),
        _ if Kin::of_word(word).is_some() => Some(kinship(word)),
        _ => (OTHERS.iter().any(|stem| word.starts_with(stem)) || SHORT.contains(&word)).then(|| word.to_owned()),
    }
}

/// Words beside a telephone that name nobody, also where they begin with a capital.
const REMARKS: &str = "\
    тел телефон телефоны моб мобильный мобильные сот сотовый раб рабочий дом домашний служ служебный \
    личный гор городской доп дополнительный доб добавочный осн основной запасной новый старый второй \
    звонить писать после до по ватсап вотсап вацап вайбер вибер телеграм телеграмм мессенджер номер \
    общий родитель родители родителя родителей представитель представителя законный контакт контактный \
    смс только утром днем вечером ночью не нет срочно при на для связи экстренный";

#[cfg(test)]
mod tests {
    use super::shares;
    use crate::roster::names::person_name;
    use crate::school::Guardian;

    /// Parents as «мать Иванова Мария Петровна» or without the kinship; the last four digits of what each gets.
    #[track_caller]
    fn check(parents: &[&str], text: &str, expected: Option<&str>) {
        let read = |text: &&str| {
            let (kinship, name) =
                text.split_once(": ").map_or((None, *text), |(kin, name)| (Some(kin.to_owned()), name));
            Guardian { id: None, name: person_name(name).ok(), kinship, phone: None, email: None }
        };
        let parents: Vec<Guardian> = parents.iter().map(read).collect();
        let owner = (parents.len() == 1).then_some(0);
        let shown = shares(text, owner, &parents).map(|shares| {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            let mut given: Vec<String> =
                shares.given.iter().map(|share| format!("{}={}", share.parent, &digits(share.number)[9..])).collect();
            given.sort();
            format!("{}{}", given.join(" "), if shares.some_left { " …" } else { "" })
        });
        assert_eq!(shown.as_deref(), expected, "{text:?}");
    }

    const BOTH: [&str; 2] = ["мать: Иванова Мария Петровна", "отец: Иванов Пётр Ильич"];

    #[test]
    fn a_telephone_goes_to_the_parent_who_is_named() {
        for text in [
            "мать 89440000001, отец 89440000002",
            "отец: 8 944 000-00-02; мама: 8 944 000-00-01",
            "89440000001 (мама), 89440000002 (папа)",
            "мать 89440000001 отец 89440000002",
            "89440000001 мамы 89440000002 папы",
            "Мать:\n89440000001\nОтец:\n89440000002",
            "89440000001, мать, 89440000002, отец",
            "Мария Петровна 89440000001, Пётр 89440000002",
            "Иванов Пётр Ильич +7 944 000-00-02/Иванова Мария Петровна тел.+7 944 000-00-01",
        ] {
            check(&BOTH, text, Some("0=01 1=02"));
        }
        check(
            &["Иванова Мария Петровна", "Иванов Пётр Ильич"],
            "папа 89440000002, мама 89440000001",
            Some("0=01 1=02"),
        );
        check(&["Иванова Мария"], "мама: 8-944-000-00-01 (после 18:00)", Some("0=01"));
    }

    #[test]
    fn a_telephone_that_fits_nobody_is_left() {
        check(&BOTH, "отец 89440000002", Some("1=02"));
        check(&BOTH, "бабушка 89440000003", Some(" …"));
        check(&BOTH, "мать, отец 89440000001", Some(" …"));
        check(&BOTH, "Ольга 89440000003, Пётр 89440000002", Some("1=02 …"));
        check(&BOTH[..1], "отец 89440000002, мать 89440000001", Some("0=01"));
        check(&BOTH[..1], "89440000001, отец 89440000002", Some("0=01"));
        check(&["Иванова Мария Петровна"], "папа 89440000002", Some(" …"));
        check(&["Иванова Мария"], "папа 89440000002, мама 89440000001", Some(" …"));
        check(&["Ким Ольга", "Ким Ян"], "мама 89440000001, папа 89440000002", Some(" …"));
        check(&["Иванова Мария"], "соседка 89440000003", Some(" …"));
    }

    #[test]
    fn a_remark_names_nobody() {
        for text in ["89440000001", "раб. 89440000001", "Звонить вечером 89440000001", "8 944 000-00-01 доб. 12"]
        {
            check(&BOTH, text, None);
        }
        check(&["Иванова"], "мама 89440000001", None);
        check(&BOTH, "есть у мамы", None);
    }
}
