//! A school's own words for columns: what the built-in dictionary does not know, or knows otherwise.
//!
//! The words for fields are a closed list of Russian ones, so that a person can write them into the settings. Where
//! they come from is not known here.

use std::collections::BTreeMap;

use super::super::header::header_key;
use super::super::names::NameOrder;
use super::super::nearest::nearest;
use super::meaning::{GuardianPart, GuardianSlot, Kin, Meaning};
use crate::school::{lowercase, text_in_nfc};

/// What a school says of its headers; it wins over the built-in dictionary. Nothing by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnWords {
    /// By headers in the form in which headers are compared.
    own: BTreeMap<String, Meaning>,
}

/// Why a header cannot be given a meaning.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ColumnWordError {
    /// The header has no letter or digit to compare.
    #[error("в названии столбца нет ни букв, ни цифр")]
    NoHeader,
    /// The header was given a meaning before, perhaps in another spelling.
    #[error("столбец «{0}» уже назван выше")]
    Repeated(String),
    /// No field has this name.
    #[error("«{word}» — такого значения нет")]
    UnknownWord {
        /// The word as written.
        word: String,
        /// The word that was probably meant.
        nearest: Option<String>,
    },
}

/// A word for a field of a class list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FieldWord {
    /// The word: «телефон матери».
    pub(super) word: String,
    /// What a column of this field means.
    pub(super) meaning: Meaning,
}

/// The word for a column that is not to be read.
pub(super) const NOT_NEEDED: &str = "не нужен";

const PUPIL_FIELDS: [(&str, Meaning); 17] = [
    ("ФИО ученика", Meaning::FullName(NameOrder::SurnameFirst)),
    ("имя и фамилия ученика", Meaning::FullName(NameOrder::SurnameLast)),
    ("фамилия ученика", Meaning::Surname),
    ("имя ученика", Meaning::Given),
    ("отчество ученика", Meaning::Patronymic),
    ("дата рождения", Meaning::BirthDate),
    ("класс", Meaning::Class),
    ("параллель", Meaning::Grade),
    ("буква класса", Meaning::Litera),
    ("школа", Meaning::School),
    ("классный руководитель", Meaning::Homeroom),
    ("статус", Meaning::Status),
    ("дата выбытия", Meaning::Departure),
    ("номер личного дела", Meaning::StableId),
    ("телефон", Meaning::AnyPhone(None)),
    ("почта", Meaning::AnyEmail(None)),
    ("степень родства", Meaning::Guardian(GuardianSlot::Plain, GuardianPart::Kinship)),
];

const GUARDIAN_PARTS: [(&str, GuardianPart); 6] = [
    ("ФИО", GuardianPart::Name(NameOrder::SurnameFirst)),
    ("фамилия", GuardianPart::Surname),
    ("имя", GuardianPart::Given),
    ("отчество", GuardianPart::Patronymic),
    ("телефон", GuardianPart::Phone),
    ("почта", GuardianPart::Email),
];

const GUARDIANS: [(&str, GuardianSlot); 5] = [
    ("родителя", GuardianSlot::Plain),
    ("родителя 1", GuardianSlot::Number(1)),
    ("родителя 2", GuardianSlot::Number(2)),
    ("матери", GuardianSlot::Kin(Kin::Mother)),
    ("отца", GuardianSlot::Kin(Kin::Father)),
];

impl ColumnWords {
    /// Gives a header the meaning of a word of the closed list; case and «ё» do not matter.
    ///
    /// # Errors
    /// When the header cannot be told from others, was named before, or no field has this word.
    pub fn add(&mut self, header: &str, word: &str) -> Result<(), ColumnWordError> {
        let key = header_key(header);
        if !key.contains(char::is_alphanumeric) {
            return Err(ColumnWordError::NoHeader);
        }
        let meaning = meaning_of_word(word)?;
        if self.own.contains_key(&key) {
            return Err(ColumnWordError::Repeated(header.trim().to_owned()));
        }
        self.own.insert(key, meaning);
        Ok(())
    }

    /// How many headers have a meaning of the school's own.
    pub fn len(&self) -> usize {
        self.own.len()
    }

    /// Whether the school has said nothing.
    pub fn is_empty(&self) -> bool {
        self.own.is_empty()
    }

    /// The meaning that the school gives a header.
    pub(super) fn own(&self, header: &str) -> Option<Meaning> {
        // Most schools say nothing, and folding a text costs.
        if self.own.is_empty() { None } else { self.own.get(&header_key(header)).copied() }
    }

    /// The meaning of a header: the school's own, else the built-in one.
    pub(super) fn meaning(&self, header: &str) -> Meaning {
        self.own(header).unwrap_or_else(|| Meaning::of(header))
    }
}

/// All words for fields, in the order in which people are told them.
pub(super) fn field_words() -> Vec<FieldWord> {
    let field = |word: String, meaning| FieldWord { word, meaning };
    let pupils = PUPIL_FIELDS.iter().map(|(word, meaning)| field((*word).to_owned(), *meaning));
    let guardians = GUARDIANS.iter().flat_map(|(whose, slot)| {
        GUARDIAN_PARTS
            .iter()
            .map(move |(part, meaning)| field(format!("{part} {whose}"), Meaning::Guardian(*slot, *meaning)))
    });
    // What is never read counts for nothing, not even for the number of a row.
    pupils.chain(guardians).chain([field(NOT_NEEDED.to_owned(), Meaning::Never)]).collect()
}

fn meaning_of_word(word: &str) -> Result<Meaning, ColumnWordError> {
    let words = field_words();
    let key = folded(word);
    if let Some(field) = words.iter().find(|field| folded(&field.word) == key) {
        return Ok(field.meaning);
    }
    let nearest = nearest(word, words.iter().map(|field| field.word.as_str())).map(str::to_owned);
    Err(ColumnWordError::UnknownWord { word: word.trim().to_owned(), nearest })
}

fn folded(word: &str) -> String {
    let words = lowercase(&text_in_nfc(word)).replace('ё', "е");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{ColumnWordError, ColumnWords, GuardianPart, GuardianSlot, Kin, Meaning, field_words};

    #[track_caller]
    fn check(header: &str, word: &str, expected: Meaning) {
        let mut words = ColumnWords::default();
        assert_eq!(words.add(header, word), Ok(()));
        assert_eq!(words.meaning(header), expected);
    }

    #[track_caller]
    fn check_refused(lines: &[[&str; 2]], expected: &str) {
        let mut words = ColumnWords::default();
        let error = lines.iter().find_map(|[header, word]| words.add(header, word).err()).expect("an error");
        let hint = match &error {
            ColumnWordError::UnknownWord { nearest: Some(nearest), .. } => format!(" → {nearest}"),
            _ => String::new(),
        };
        assert_eq!(format!("{error}{hint}"), expected);
    }

    #[test]
    fn a_header_gets_the_meaning_of_a_word() {
        check("Контакт", "телефон родителя", Meaning::Guardian(GuardianSlot::Plain, GuardianPart::Phone));
        check("МАМА:", "Телефон  Матери", Meaning::Guardian(GuardianSlot::Kin(Kin::Mother), GuardianPart::Phone));
        check("Класс", "не нужен", Meaning::Never);
    }

    #[test]
    fn headers_are_compared_as_headers_are() {
        let mut words = ColumnWords::default();
        words.add("Ребёнок  (чей)", "школа").unwrap();
        assert_eq!(words.meaning("РЕБЕНОК чей:"), Meaning::School);
        assert_eq!(words.meaning("Класс"), Meaning::Class);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        check_refused(
            &[["Контакт", "телефон радителя"]],
            "«телефон радителя» — такого значения нет → телефон родителя",
        );
        check_refused(&[["Контакт", "мобильный"]], "«мобильный» — такого значения нет");
        check_refused(&[["№", "не нужен"]], "в названии столбца нет ни букв, ни цифр");
        check_refused(&[["Контакт", "школа"], ["контакт:", "класс"]], "столбец «контакт:» уже назван выше");
    }

    #[test]
    fn every_word_is_one_field() {
        let words = field_words();
        for field in &words {
            let same = words.iter().filter(|other| other.word == field.word).count();
            assert_eq!(same, 1, "{}", field.word);
        }
    }
}
