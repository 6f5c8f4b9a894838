//! The steps by which pupils are known again (`docs/inputs.md` § 8).

use serde::{Serialize, Serializer};

/// Why two rows are, or could be, one pupil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A person said so.
    Decision,
    /// The number of the personal file.
    StableId,
    /// Whole name and date of birth.
    NameAndDate,
    /// Surname, given name and date of birth; one list has no patronymic.
    NoPatronymic,
    /// Whole name and class; a date of birth is missing.
    NameAndClass,
    /// Surname, given name and class; one list has no patronymic, and a date of birth is missing.
    NoPatronymicAndClass,
    /// Given name, patronymic and date of birth; another surname.
    OtherSurname,
    /// The same words in another order, and the date of birth.
    SwappedParts,
    /// Class and date of birth; one part of the name differs in one or two letters.
    Typo,
    /// Surname, patronymic, class and date of birth; another given name.
    OtherGiven,
    /// Surname, given name and date of birth; another patronymic.
    OtherPatronymic,
    /// Whole name and class; another date of birth.
    OtherDate,
    /// Given name, date of birth, class and a parent; another surname and patronymic, as after an adoption.
    FamilyAndDate,
    /// Given name, patronymic, class and a parent; another surname.
    FamilyAndPatronymic,
    /// Whole name; another class, and a date of birth is missing.
    NameOnly,
    /// Whole name and class of somebody who left this year; a date of birth is missing.
    WasHere,
    /// Whole name of somebody who left, in another class or another year; a date of birth is missing.
    WasElsewhere,
    /// Whole name and date of birth, or number of the personal file, in the lists of several classes at once.
    InTwoClasses,
    /// A parent's telephone and the given name.
    PhoneAndGiven,
    /// Class; one part of the name differs in one or two letters, and a date of birth is missing.
    SimilarName,
}

impl Step {
    /// The name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Decision => "decision",
            Self::StableId => "stable_id",
            Self::NameAndDate => "name_and_date",
            Self::NoPatronymic => "no_patronymic",
            Self::NameAndClass => "name_and_class",
            Self::NoPatronymicAndClass => "no_patronymic_and_class",
            Self::OtherSurname => "other_surname",
            Self::SwappedParts => "swapped_parts",
            Self::Typo => "typo",
            Self::OtherGiven => "other_given",
            Self::OtherPatronymic => "other_patronymic",
            Self::OtherDate => "other_date",
            Self::FamilyAndDate => "family_and_date",
            Self::FamilyAndPatronymic => "family_and_patronymic",
            Self::NameOnly => "name_only",
            Self::WasHere => "was_here",
            Self::WasElsewhere => "was_elsewhere",
            Self::InTwoClasses => "in_two_classes",
            Self::PhoneAndGiven => "phone_and_given",
            Self::SimilarName => "similar_name",
        }
    }

    /// The reason, for people: the words after «потому что».
    pub fn reason(self) -> &'static str {
        match self {
            Self::Decision => "так решил человек",
            Self::StableId => "совпал номер личного дела",
            Self::NameAndDate => "совпали имя и дата рождения",
            Self::NoPatronymic => "совпали фамилия, имя и дата рождения, а отчество есть только в одном списке",
            Self::NameAndClass => "совпали имя и класс, а дата рождения есть не в обоих списках",
            Self::NoPatronymicAndClass => {
                "совпали фамилия, имя и класс, а отчество и дата рождения есть не в обоих списках"
            }
            Self::OtherSurname => "совпали имя, отчество и дата рождения, фамилия другая",
            Self::SwappedParts => "совпали дата рождения и слова имени, но стоят они в другом порядке",
            Self::Typo => "совпали класс и дата рождения, имя отличается одной-двумя буквами",
            Self::OtherGiven => "совпали фамилия, отчество, класс и дата рождения, имя другое",
            Self::OtherPatronymic => "совпали фамилия, имя и дата рождения, отчество другое",
            Self::OtherDate => "совпали имя и класс, дата рождения другая",
            Self::FamilyAndDate => {
                "совпали имя, дата рождения, класс и телефон или полное имя родителя, а фамилия и отчество — нет"
            }
            Self::FamilyAndPatronymic => {
                "совпали имя, отчество, класс и телефон или полное имя родителя, а фамилия — нет"
            }
            Self::NameOnly => "совпало имя, класс другой, а дата рождения есть не в обоих списках",
            Self::WasHere => {
                "в этом классе был ученик с тем же именем, он выбыл, а дата рождения есть не в обоих списках"
            }
            Self::WasElsewhere => {
                "в школе был ученик с тем же именем, он выбыл, а дата рождения есть не в обоих списках"
            }
            Self::InTwoClasses => "один ученик стоит в списках разных классов",
            Self::PhoneAndGiven => "совпали имя и телефон родителя",
            Self::SimilarName => {
                "класс тот же, имя отличается одной-двумя буквами, а дата рождения есть не в обоих списках"
            }
        }
    }

    /// Whether each pair of several candidates can be asked about: a date of birth in the list would not tell them apart, but
    /// a person does.
    pub fn asks_each(self) -> bool {
        matches!(self, Self::OtherGiven | Self::OtherPatronymic | Self::FamilyAndDate | Self::FamilyAndPatronymic)
    }

    /// Whether the step takes two spellings of a name for one: many such pairs mean that columns have shifted.
    pub(super) fn mends_name(self) -> bool {
        matches!(
            self,
            Self::OtherSurname
                | Self::SwappedParts
                | Self::Typo
                | Self::OtherGiven
                | Self::OtherPatronymic
                | Self::FamilyAndDate
                | Self::FamilyAndPatronymic
        )
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}
