//! The meanings that a column of a class list can have.

use super::super::names::NameOrder;

/// The meaning of a column of a class list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// A number of the row, the sex, a time stamp: known and of no use.
    Ordinal,
    /// The pupil's whole name; the order of its parts as the header words it.
    FullName(NameOrder),
    /// The pupil's surname.
    Surname,
    /// The pupil's given name.
    Given,
    /// The pupil's given name and patronymic in one cell, beside the surname.
    GivenAndPatronymic,
    /// The pupil's patronymic.
    Patronymic,
    /// The class.
    Class,
    /// The grade alone, beside a column of the litera.
    Grade,
    /// The litera alone.
    Litera,
    /// The pupil's date of birth.
    BirthDate,
    /// The school, where one table holds several.
    School,
    /// «обучается», «выбыл».
    Status,
    /// Filled only for pupils who have left: a date or an order.
    Departure,
    /// The homeroom teacher.
    Homeroom,
    /// Something about a parent.
    Guardian(GuardianSlot, GuardianPart),
    /// A telephone whose owner the header does not name, with its number: «Телефон 2».
    AnyPhone(Option<u8>),
    /// An e-mail address whose owner the header does not name.
    AnyEmail(Option<u8>),
    /// The pupil's own telephone or address: not a parent's, so not used.
    StudentContact,
    /// A number of the personal file.
    StableId,
    /// A post, a subject, the length of service: the table is of staff.
    Staff,
    /// Data that is never used and never kept: СНИЛС, addresses, health.
    Never,
    /// Not understood.
    Unknown,
}

/// Which of the parents a column is about. The order is the one of the guardians in the result, whatever the order of
/// the columns was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GuardianSlot {
    /// «Родитель», «Законный представитель».
    Plain,
    /// «Родитель 1».
    Number(u8),
    /// «Мать».
    Kin(Kin),
}

/// The kin that headers name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kin {
    /// «мать», «мама».
    Mother,
    /// «отец», «папа».
    Father,
    /// «бабушка».
    Grandmother,
    /// «дедушка».
    Grandfather,
    /// «опекун».
    Guardian,
}

/// What a column tells of a parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GuardianPart {
    /// The whole name, perhaps of several people and with their telephones.
    Name(NameOrder),
    /// The surname.
    Surname,
    /// The given name.
    Given,
    /// The patronymic.
    Patronymic,
    /// The telephone.
    Phone,
    /// The e-mail address.
    Email,
    /// «мать», «опекун» …
    Kinship,
    /// The place of work, a date of birth, a consent: not used.
    Unused,
}

/// The forms of «опекун».
const GUARDIANS: [&str; 11] = [
    "опекун",
    "опекуна",
    "опекуну",
    "опекуном",
    "опекуне",
    "опекуны",
    "опекунов",
    "опекунам",
    "опекунша",
    "опекунши",
    "опекуншей",
];

impl Kin {
    /// The word for the kinship.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mother => "мать",
            Self::Father => "отец",
            Self::Grandmother => "бабушка",
            Self::Grandfather => "дедушка",
            Self::Guardian => "опекун",
        }
    }

    /// The kin that a word names, in the forms in which people write it. The whole word: «Бабушкина» and «Опекунова» are
    /// surnames.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        if ["мать", "матери", "мамы", "мама", "маме", "мамой", "матерью"].contains(&word)
        {
            Some(Self::Mother)
        } else if ["отец", "отца", "отцу", "отцом", "папа", "папы", "папе", "папой"].contains(&word)
        {
            Some(Self::Father)
        } else if ["бабушка", "бабушки", "бабушке", "бабушку", "бабушкой", "бабушек"].contains(&word)
        {
            Some(Self::Grandmother)
        } else if ["дедушка", "дедушки", "дедушке", "дедушку", "дедушкой", "дедушек"].contains(&word)
        {
            Some(Self::Grandfather)
        } else if GUARDIANS.contains(&word) {
            Some(Self::Guardian)
        } else {
            None
        }
    }
}

impl Meaning {
    /// Whether the column gives the pupil's name or a part of it.
    pub(super) fn is_name(self) -> bool {
        matches!(self, Self::FullName(_) | Self::Surname | Self::Given | Self::GivenAndPatronymic | Self::Patronymic)
    }

    /// Whether values of the column are read.
    pub(super) fn is_read(self) -> bool {
        let unread = matches!(
            self,
            Self::Ordinal
                | Self::AnyPhone(_)
                | Self::AnyEmail(_)
                | Self::StudentContact
                | Self::StableId
                | Self::Staff
                | Self::Never
                | Self::Unknown
                | Self::Guardian(_, GuardianPart::Unused)
        );
        !unread
    }

    /// The meaning in words, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Ordinal => "не нужен",
            Self::FullName(_) => "ФИО обучающегося",
            Self::Surname => "фамилия обучающегося",
            Self::Given => "имя обучающегося",
            Self::GivenAndPatronymic => "имя и отчество обучающегося",
            Self::Patronymic => "отчество обучающегося",
            Self::Class => "класс",
            Self::Grade => "параллель",
            Self::Litera => "буква класса",
            Self::BirthDate => "дата рождения",
            Self::School => "школа",
            Self::Status | Self::Departure => "выбытие",
            Self::Homeroom => "классный руководитель",
            Self::Guardian(_, part) => part.words(),
            Self::AnyPhone(_) => "телефон, неясно чей",
            Self::AnyEmail(_) => "почта, неясно чья",
            Self::StudentContact => "телефон или почта обучающегося, не используется",
            Self::StableId => "номер личного дела",
            Self::Staff => "столбец таблицы сотрудников",
            Self::Never => "не читается и не хранится",
            Self::Unknown => "не распознан",
        }
    }
}

impl GuardianPart {
    fn words(self) -> &'static str {
        match self {
            Self::Name(_) => "ФИО родителя",
            Self::Surname => "фамилия родителя",
            Self::Given => "имя родителя",
            Self::Patronymic => "отчество родителя",
            Self::Phone => "телефон родителя",
            Self::Email => "почта родителя",
            Self::Kinship => "степень родства",
            Self::Unused => "сведения о родителе, не используются",
        }
    }
}
