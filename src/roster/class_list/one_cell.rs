//! Several parents in one cell, with their telephones: «мать: Иванова Анна, 8 944 000-00-01⏎отец: Иванов Пётр».
//!
//! Whose a telephone is must be said by the cell: where its order leaves that open, the people are told and the
//! telephones are not shared out.

use super::super::cell_text::is_absent;
use super::super::names::{NameError, NameOrder, person_name_in_order};
use super::apart::apart;
use super::grid::At;
use super::meaning::Kin;
use super::notes::Notes;
use crate::school::{Guardian, PersonName, is_letter, lowercase};

/// The people of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InOneCell {
    pub(super) people: Vec<PersonText>,
    pub(super) contacts: Contacts,
}

/// Whether a cell says whose its telephones and addresses are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Contacts {
    /// Each stands beside its person.
    Clear,
    /// Each stands beside its person, and somebody has more than one: the first is taken.
    Several,
    /// It does not: «Иванова Мария, Иванов Пётр, 8 944 000-00-01». Nobody has any.
    Unclear,
}

/// One person of a cell that may hold several, still as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PersonText {
    pub(super) name: String,
    pub(super) kinship: Option<String>,
    pub(super) phone: String,
    pub(super) email: String,
}

/// What is never read, whatever column it stands in: the numbers of documents, addresses.
const DOCUMENTS_AND_HOMES: [&str; 10] =
    ["снилс", "паспорт", "свидетельство", "полис", "инн", "адрес", "ул", "улица", "проживает", "прописан"];

/// The text before the first word of a document or an address.
fn without_documents(line: &str) -> &str {
    let lower = lowercase(line);
    let is_word = |at: usize, word: &str| {
        let (before, after) = (lower.get(..at).unwrap_or_default(), lower.get(at + word.len()..).unwrap_or_default());
        !before.ends_with(char::is_alphabetic) && !after.starts_with(char::is_alphabetic)
    };
    let words = DOCUMENTS_AND_HOMES.iter().flat_map(|word| lower.match_indices(word));
    let at = words.filter(|(at, word)| is_word(*at, word)).map(|(at, _)| at).min();
    match at {
        None => line,
        // Lower-casing may change the length of a text in other scripts; such a text is left out whole.
        Some(at) if lower.len() == line.len() => line.get(..at).unwrap_or_default(),
        Some(_) => "",
    }
}

/// The people of a cell, and whether it says whose the telephones are.
pub(super) fn people_in(text: &str) -> InOneCell {
    // «(бабушка, опекун)» is one remark.
    let mut is_in_brackets = false;
    let lines = text.split(move |letter: char| {
        is_in_brackets = match letter {
            '(' => true,
            ')' | '\n' | '\r' => false,
            _ => is_in_brackets,
        };
        !is_in_brackets && ['\n', '\r', ';', ','].contains(&letter)
    });
    let lines = lines.flat_map(|line| line.split(" / "));
    let lines = lines.map(without_documents).map(str::trim).filter(|line| !is_absent(line)).flat_map(apart);
    let pieces: Vec<PersonText> =
        lines.map(|line| PersonText::of_line(&line)).filter(|piece| *piece != PersonText::default()).collect();
    let kinship_leads = pieces.first().is_some_and(PersonText::is_only_kinship);
    let mut people: Vec<PersonText> = Vec::new();
    let mut contacts = Contacts::Clear;
    for piece in pieces {
        if piece.phone.bytes().filter(u8::is_ascii_digit).count() >= DIGITS_OF_TWO {
            contacts = contacts.max(Contacts::Several);
        }
        let Some((person, before)) = people.split_last_mut() else {
            people.push(piece);
            continue;
        };
        // «Иванова Анна⏎Петровна»: a patronymic alone is no person.
        let is_rest = is_patronymic(&piece.name) && person.name.split_whitespace().count() == 2;
        if piece.is_only_contact() {
            let waits =
                |other: &PersonText| other.phone.is_empty() && (!piece.phone.is_empty() || other.email.is_empty());
            let unclear = if before.iter().any(waits) { Contacts::Unclear } else { Contacts::Clear };
            contacts = contacts.max(unclear).max(person.absorb(piece));
        } else if is_rest {
            person.name = format!("{} {}", person.name, piece.name);
            contacts = contacts.max(person.absorb(piece));
        } else if piece.is_only_kinship() && !kinship_leads && person.may_be(&piece)
            || !piece.is_only_kinship() && person.is_only_kinship()
        {
            contacts = contacts.max(person.absorb(piece));
        } else {
            people.push(piece);
        }
    }
    // «8 944 000-00-01, Иванова Мария»: the telephone stands first, which is clear with one person only.
    if people.len() >= 2 && people.first().is_some_and(PersonText::is_only_contact) {
        let first = people.remove(0);
        match people.as_mut_slice() {
            [person] => contacts = contacts.max(person.absorb(first)),
            _ => contacts = Contacts::Unclear,
        }
    }
    if contacts == Contacts::Unclear {
        for person in &mut people {
            person.phone.clear();
            person.email.clear();
        }
    }
    InOneCell { people, contacts }
}

/// «Петрова Ольга Сидоров Иван»: four words without a patronymic may be two people.
fn is_perhaps_of_two(name: &PersonName) -> bool {
    let whole = name.to_string();
    let last = whole.split(' ').next_back().unwrap_or_default();
    whole.split(' ').count() >= 4 && parent_by_patronymic(last).is_none()
}

/// A telephone and its extension have fewer digits.
const DIGITS_OF_TWO: usize = 20;

impl PersonText {
    pub(super) fn read(self, cell: At<'_>, order: NameOrder, notes: &mut Notes) -> Guardian {
        let name = match person_name_in_order(&self.name, order) {
            Ok(name) => {
                if is_perhaps_of_two(&name) {
                    notes.perhaps_two(cell, &name);
                }
                Some(name)
            }
            Err(NameError::Empty) => None,
            Err(error) => {
                notes.bad_guardian_name(cell, &error);
                None
            }
        };
        let phone = notes.phone(cell, &self.phone);
        let email = notes.email(cell, &self.email);
        Guardian { id: None, name, kinship: self.kinship, phone, email }
    }

    fn of_line(line: &str) -> Self {
        let mut person = Self::default();
        for word in line.split_whitespace() {
            let bare = lowercase(word.trim_matches(|letter: char| !is_letter(letter) && !letter.is_numeric()));
            let digits = word.contains(|letter: char| letter.is_ascii_digit());
            let joined = |text: &str| if text.is_empty() { word.to_owned() } else { format!("{text} {word}") };
            if word.contains('@') {
                word.clone_into(&mut person.email);
            } else if is_kinship(&bare) {
                person.kinship = person.kinship.take().or_else(|| Some(kinship(&bare)));
            } else if digits && word.chars().all(|letter| letter.is_ascii_digit() || "+-–().:".contains(letter)) {
                person.phone = joined(&person.phone);
            } else if !PHONE_WORDS.contains(&bare.as_str()) {
                person.name = joined(&person.name);
            }
        }
        // «12. Иванова Анна»: a number of the list, not a telephone.
        if person.phone.chars().filter(char::is_ascii_digit).count() < 5 {
            person.phone.clear();
        }
        person
    }

    fn has_contact(&self) -> bool {
        !self.phone.is_empty() || !self.email.is_empty()
    }

    fn is_only_contact(&self) -> bool {
        self.name.is_empty() && self.kinship.is_none() && self.has_contact()
    }

    fn is_only_kinship(&self) -> bool {
        self.name.is_empty() && self.kinship.is_some() && !self.has_contact()
    }

    /// Whether the kinship of another piece may be this person's.
    fn may_be(&self, other: &Self) -> bool {
        let patronymic = self.name.split_whitespace().nth(2).unwrap_or_default();
        let of_name = parent_by_patronymic(patronymic);
        let stated = other.kinship.as_deref();
        let contradicts = of_name
            .is_some_and(|kin| stated.and_then(Kin::of_word).is_some_and(|stated| kin != stated && is_parent(stated)));
        self.kinship.is_none() && !self.name.is_empty() && !contradicts
    }

    /// Takes what is missing from another piece, and tells whether something was there already.
    fn absorb(&mut self, other: Self) -> Contacts {
        let Self { name, kinship, phone, email } = other;
        let mut contacts = Contacts::Clear;
        for (mine, more) in [(&mut self.phone, phone), (&mut self.email, email)] {
            if mine.is_empty() {
                *mine = more;
            } else if !more.is_empty() {
                contacts = Contacts::Several;
            }
        }
        if self.name.is_empty() {
            self.name = name;
        }
        self.kinship = self.kinship.take().or(kinship);
        contacts
    }
}

/// Words before a telephone.
pub(super) const PHONE_WORDS: [&str; 11] =
    ["т", "тел", "телефон", "моб", "сот", "whatsapp", "ватсап", "вотсап", "viber", "вайбер", "max"];

/// Whether a text holds a word that tells who somebody is, or that a telephone follows.
pub(super) fn names_a_kinship(text: &str) -> bool {
    let lower = lowercase(text);
    lower.split([' ', '-']).any(|word| is_kinship(word) || PHONE_WORDS.contains(&word))
}

pub(super) fn is_patronymic(name: &str) -> bool {
    let lower = lowercase(name);
    !name.contains(' ') && ["вич", "вна", "чна", "ична", "ьич"].iter().any(|ending| lower.ends_with(ending))
}

/// Which parent somebody with a patronymic can only be: «Петровна» is no father.
pub(super) fn parent_by_patronymic(patronymic: &str) -> Option<Kin> {
    let lower = lowercase(patronymic);
    let ends = |endings: &[&str]| endings.iter().any(|ending| lower.ends_with(ending));
    if ends(&["вна", "чна", "кызы", "кизи", "гызы"]) {
        Some(Kin::Mother)
    } else if ends(&["вич", "ьич", "мич", "кич", "тич", "оглы", "оглу", "углы"]) {
        Some(Kin::Father)
    } else {
        None
    }
}

/// Whether a kin is the mother or the father.
pub(super) fn is_parent(kin: Kin) -> bool {
    matches!(kin, Kin::Mother | Kin::Father)
}

/// Whether a word, or each word of «бабушка-опекун», tells who somebody is.
pub(super) fn is_kinship(word: &str) -> bool {
    word.split('-').all(|word| {
        ["мать", "мама", "отец", "папа"].contains(&word)
            || Kin::of_word(word).is_some_and(|kin| !is_parent(kin))
            || ["мачеха", "отчим", "тетя", "тётя", "дядя", "попечитель"].contains(&word)
    })
}

/// «Мама» → «мать», «опекун (бабушка)» → «опекун»; other words as they are, in lower case.
pub(super) fn kinship(text: &str) -> String {
    let lower = lowercase(text.trim());
    let first = lower.split(|letter: char| !is_letter(letter)).next().unwrap_or_default();
    let kin = Kin::of_word(&lower).or_else(|| Kin::of_word(first).filter(|kin| !is_parent(*kin)));
    kin.map_or(lower, |kin| kin.word().to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Contacts, people_in};

    #[track_caller]
    fn check_contacts(text: &str, contacts: Contacts, expected: &[&str]) {
        let read = people_in(text);
        let shown: Vec<String> = read
            .people
            .into_iter()
            .map(|person| {
                format!("{}|{}|{}|{}", person.name, person.kinship.unwrap_or_default(), person.phone, person.email)
            })
            .collect();
        assert_eq!(shown, expected, "{text:?}");
        assert_eq!(read.contacts, contacts, "{text:?}");
    }

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        check_contacts(text, Contacts::Clear, expected);
    }

    #[test]
    fn documents_and_addresses_are_left_out() {
        check_contacts(
            "Тулина Мария Петровна, паспорт 4500 123456, 89440000001",
            Contacts::Clear,
            &["Тулина Мария Петровна||89440000001|"],
        );
        check("СНИЛС 000-000-000 01; Тулина Яна Олеговна 8 944 000-00-05", &["Тулина Яна Олеговна||8 944 000-00-05|"]);
        check("Паспорт выдан", &[]);
        check("Ул Ленина 5", &[]);
        check("Тулина Анна Львовна ул. Мира, 7", &["Тулина Анна Львовна|||"]);
        check("Тулина Анна Львовна WhatsApp 89440000002", &["Тулина Анна Львовна||89440000002|"]);
    }

    #[test]
    fn a_remark_in_brackets_is_of_one_person() {
        check("Лукина Анна Львовна (бабушка, опекун)", &["Лукина Анна Львовна|бабушка||"]);
        check("бабушка-опекун Лукина Анна Львовна", &["Лукина Анна Львовна|бабушка||"]);
    }

    #[test]
    fn a_surname_that_begins_like_a_kinship_stays() {
        for surname in ["Бабушкина", "Дедушкина", "Опекунова", "Мамаева", "Папина", "Тётушкина", "Попечителева"]
        {
            let whole = format!("{surname} Лидия Сергеевна");
            check(&format!("{whole} 89440000001"), &[&format!("{whole}||89440000001|")]);
            check(&format!("{whole} (опекун)"), &[&format!("{whole}|опекун||")]);
        }
    }

    #[test]
    fn several_people_in_one_cell() {
        check("Иванова Анна Петровна", &["Иванова Анна Петровна|||"]);
        check(
            "мать: Иванова Анна, 8 944 000-00-01\nотец - Иванов Пётр 8 944 000-00-02",
            &["Иванова Анна|мать|8 944 000-00-01|", "- Иванов Пётр|отец|8 944 000-00-02|"],
        );
        check("Иванова А. П. (мама); Иванов П. И.", &["Иванова А. П.|мать||", "Иванов П. И.|||"]);
        check(
            "Мама:\nИванова Анна\nтел. 89440000001\nivanova@example.org",
            &["Иванова Анна|мать|89440000001|ivanova@example.org"],
        );
        check("Иванова Анна\nПетровна\n89440000001", &["Иванова Анна Петровна||89440000001|"]);
        check("нет", &[]);
        check("-", &[]);
    }

    #[test]
    fn a_telephone_stands_beside_its_person() {
        check(
            "Иванова Мария, 89440000001, Иванов Пётр, 89440000002",
            &["Иванова Мария||89440000001|", "Иванов Пётр||89440000002|"],
        );
        check("89440000001, Иванова Мария", &["Иванова Мария||89440000001|"]);
        check(
            "Иванова Мария Петровна, мать, 89440000001; Иванов Пётр Ильич, отец, 89440000002",
            &["Иванова Мария Петровна|мать|89440000001|", "Иванов Пётр Ильич|отец|89440000002|"],
        );
        check(
            "мать, Иванова Мария 89440000001, отец, Иванов Пётр, 89440000002",
            &["Иванова Мария|мать|89440000001|", "Иванов Пётр|отец|89440000002|"],
        );
    }

    #[test]
    fn a_telephone_that_may_be_anothers_is_nobodys() {
        let nobodys = &["Иванова Мария|||", "Иванов Пётр|||"];
        for text in [
            "Иванова Мария, Иванов Пётр, 89440000001, 89440000002",
            "Иванова Мария, Иванов Пётр, 89440000001",
            "Иванова Мария; Иванов Пётр 89440000001, 89440000002",
            "89440000001, Иванова Мария, 89440000002, Иванов Пётр",
            "Иванова Мария⏎Иванов Пётр⏎i@example.org",
        ] {
            check_contacts(&text.replace('⏎', "\n"), Contacts::Unclear, nobodys);
        }
        check_contacts("Иванова Мария 89440000001, 89440000002", Contacts::Several, &["Иванова Мария||89440000001|"]);
    }
}
