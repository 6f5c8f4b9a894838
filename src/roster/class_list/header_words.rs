//! The words of a header → the meaning of its column (`docs/inputs.md` § 2).
//!
//! Here every header is judged alone; what depends on the other columns is settled in [`columns`](super::columns).

use super::super::header::header_key;
use super::super::names::NameOrder;
use super::header_lists::{LISTED, NEVER, NEVER_WORDS, PUPIL};
use super::meaning::{GuardianPart, GuardianSlot, Kin, Meaning};
use crate::school::is_letter;

impl Meaning {
    /// The meaning of a header.
    pub(super) fn of(header: &str) -> Self {
        let key = header_key(header);
        if key.chars().count() > 120 {
            return Self::Unknown;
        }
        if key.is_empty() {
            return if header.contains('№') { Self::Ordinal } else { Self::Unknown };
        }
        let header = Header::of(&key);
        header.guardian().or_else(|| header.pupil()).unwrap_or(Self::Unknown)
    }

    /// Whether a header has a word for a pupil.
    pub(super) fn names_pupils(header: &str) -> bool {
        Header::of(&header_key(header)).begins(PUPIL)
    }

    /// Whether a text says nothing but whose a column is: «ребёнка» under «ФИО».
    pub(super) fn is_pupil_word(header: &str) -> bool {
        let key = header_key(header);
        let header = Header::of(&key);
        header.words.len() == 1 && header.begins(PUPIL)
    }
}

/// A folded header with its words.
struct Header<'a> {
    key: &'a str,
    words: Vec<&'a str>,
}

impl<'a> Header<'a> {
    fn of(key: &'a str) -> Self {
        let words = key
            .split(|letter: char| !is_letter(letter) && !letter.is_numeric() && letter != '-')
            .filter(|word| !word.is_empty());
        Self { key, words: words.collect() }
    }

    fn has(&self, stems: &[&str]) -> bool {
        stems.iter().any(|stem| self.key.contains(stem))
    }

    fn begins(&self, stems: &[&str]) -> bool {
        self.words.iter().any(|word| stems.iter().any(|stem| word.starts_with(stem)))
    }

    fn is(&self, keys: &[&str]) -> bool {
        keys.contains(&self.key)
    }

    /// Rule 1: a word for a parent makes the column the parent's.
    fn guardian(&self) -> Option<Meaning> {
        let kin = self.words.iter().find_map(|word| Kin::of_word(word));
        let marked =
            kin.is_some() || self.has(&["родител", "представител"]) || self.begins(&["ваш", "опекун", "законн"]);
        let kinship = self.has(&["родство", "родства", "родственн"]) || self.has(&["кем"]) && self.has(&["приходи"]);
        if !marked && !kinship {
            return None;
        }
        let slot = match (self.number(), kin) {
            (Some(number), _) => GuardianSlot::Number(number),
            (None, Some(kin)) => GuardianSlot::Kin(kin),
            (None, None) => GuardianSlot::Plain,
        };
        let part = if kinship || self.has(&["тип ", "статус"]) {
            GuardianPart::Kinship
        } else if self.has(&[
            "работ",
            "должност",
            "подпис",
            "соглас",
            "заявлен",
            "образован",
            "рожд",
            "паспорт",
            "снилс",
        ]) {
            GuardianPart::Unused
        } else if self.is_email() {
            GuardianPart::Email
        } else if let Some(order) = self.full_name() {
            GuardianPart::Name(order)
        } else if self.is_phone() {
            GuardianPart::Phone
        } else if self.is_never_of_a_guardian() {
            GuardianPart::Unused
        } else if self.begins(&["фамил"]) {
            GuardianPart::Surname
        } else if self.words.contains(&"имя") {
            GuardianPart::Given
        } else if self.begins(&["отчеств"]) {
            GuardianPart::Patronymic
        } else {
            GuardianPart::Name(NameOrder::SurnameFirst)
        };
        Some(Meaning::Guardian(slot, part))
    }

    /// Data that is never kept, whoever it is about («Мать» above «Логин»); an «опекун» is a parent like others.
    fn is_never_of_a_guardian(&self) -> bool {
        NEVER.iter().any(|stem| *stem != "опек" && self.key.contains(stem))
            || self.has(&["инн"])
            || self.words.iter().any(|word| NEVER_WORDS.contains(word))
    }

    fn pupil(&self) -> Option<Meaning> {
        let pupil = self.begins(PUPIL);
        if self.is_email() {
            return Some(if pupil { Meaning::StudentContact } else { Meaning::AnyEmail(self.number()) });
        }
        if self.is_homeroom() {
            return Some(Meaning::Homeroom);
        }
        if self.has(NEVER) || self.words.iter().any(|word| NEVER_WORDS.contains(word)) {
            return Some(Meaning::Never);
        }
        if self.is_phone() {
            return Some(if pupil { Meaning::StudentContact } else { Meaning::AnyPhone(self.number()) });
        }
        if self.has(&["рожд", "д/р"]) || self.is(&["др", "д р"]) {
            return Some(Meaning::BirthDate);
        }
        if let Some(order) = self.full_name() {
            return Some(Meaning::FullName(order));
        }
        self.pupil_name_part().or_else(|| self.listed())
    }

    fn pupil_name_part(&self) -> Option<Meaning> {
        if self.begins(&["фамил"]) {
            Some(Meaning::Surname)
        } else if self.words.contains(&"имя") {
            Some(if self.begins(&["отчеств"]) { Meaning::GivenAndPatronymic } else { Meaning::Given })
        } else if self.begins(&["отчеств"]) {
            Some(Meaning::Patronymic)
        } else {
            None
        }
    }

    /// Headers that are known as a whole.
    fn listed(&self) -> Option<Meaning> {
        LISTED.iter().find(|(_, keys)| self.is(keys)).map(|(meaning, _)| *meaning)
    }

    fn full_name(&self) -> Option<NameOrder> {
        let surname = self.words.iter().position(|word| word.starts_with("фамил"));
        let given = self.words.iter().position(|word| *word == "имя" || word.starts_with("инициал"));
        if let (Some(surname), Some(given)) = (surname, given) {
            return Some(if surname < given { NameOrder::SurnameFirst } else { NameOrder::SurnameLast });
        }
        let abbreviated = self.words.iter().any(|word| ["фио", "фи"].contains(word)) || self.has(&["ф и о"]);
        let glued = self.has(&["фамилияимя", "фамилия/имя"]);
        (abbreviated || glued).then_some(NameOrder::SurnameFirst)
    }

    fn is_email(&self) -> bool {
        let post = self.begins(&["почт"]) && !self.has(&["почтов"]);
        self.has(&["mail", "эл адрес", "электронный адрес", "эл почт", "элпочт", "электронн", "емейл", "имейл"])
            && !self.has(&["дневник", "журнал"])
            || post
    }

    fn is_phone(&self) -> bool {
        self.begins(&["тел", "моб", "сотов"]) || self.words.contains(&"сот") || self.has(&["контактный номер"])
    }

    fn is_homeroom(&self) -> bool {
        self.is(&[
            "классный руководитель",
            "фио классного руководителя",
            "классный руководитель фио",
            "кл рук",
            "клрук",
            "кл руководитель",
            "клруководитель",
            "классное руководство",
            "класс рук",
            "классрук",
            "руководитель класса",
        ])
    }

    /// «Телефон 2», «Родитель1».
    fn number(&self) -> Option<u8> {
        self.words.iter().find_map(|word| {
            let letters = word.trim_end_matches(|letter: char| letter.is_ascii_digit());
            let wordy = letters.is_empty() || letters.chars().all(char::is_alphabetic);
            let number = word[letters.len()..].parse().ok()?;
            (wordy && (1..=9).contains(&number)).then_some(number)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{GuardianPart, GuardianSlot, Kin, Meaning, NameOrder};

    #[track_caller]
    fn check(header: &str, expected: Meaning) {
        assert_eq!(Meaning::of(header), expected, "{header:?}");
    }

    #[test]
    fn the_pupil() {
        let full = Meaning::FullName(NameOrder::SurnameFirst);
        for header in [
            "ФИО",
            "Ф.И.О.",
            "Ф. И. О.",
            "ФИО\nучащегося",
            "Фамилия, имя, отчество",
            "Фамилия,Имя",
            "Ученик",
            "Список учащихся",
            "ФИО ребёнка:",
        ] {
            check(header, full);
        }
        check("Имя Фамилия", Meaning::FullName(NameOrder::SurnameLast));
        check("Имя Отчество Фамилия", Meaning::FullName(NameOrder::SurnameLast));
        check("Фамилия ученика", Meaning::Surname);
        check("Имя", Meaning::Given);
        check("Отчество (при наличии)", Meaning::Patronymic);
        check("Дата рожд.", Meaning::BirthDate);
        check("Д.р.", Meaning::BirthDate);
        check("Число, месяц, год рождения", Meaning::BirthDate);
        check("Телефон ученика", Meaning::StudentContact);
        check("E-mail обучающегося", Meaning::StudentContact);
        check("Дата выбытия", Meaning::Departure);
        check("Личное дело №", Meaning::StableId);
    }

    #[test]
    fn the_class() {
        for header in ["Класс", "Кл.", "Класс (литер)", "Группа/класс", "КЛАСС:"] {
            check(header, Meaning::Class);
        }
        check("Параллель", Meaning::Grade);
        check("Литера", Meaning::Litera);
        check("Буква класса", Meaning::Litera);
        check("Кл. рук.", Meaning::Homeroom);
        check("Кл.рук.", Meaning::Homeroom);
        check("Класс: 7А", Meaning::Unknown);
        check("Классный руководитель: Петрова", Meaning::Unknown);
    }

    #[test]
    fn parents() {
        let of = |slot, part| Meaning::Guardian(slot, part);
        let name = GuardianPart::Name(NameOrder::SurnameFirst);
        check("ФИО родителя (законного представителя)", of(GuardianSlot::Plain, name));
        check("Родители", of(GuardianSlot::Plain, name));
        check("Родитель 1", of(GuardianSlot::Number(1), name));
        check("Фамилия Родителя 2", of(GuardianSlot::Number(2), GuardianPart::Surname));
        check("Мать (ФИО)", of(GuardianSlot::Kin(Kin::Mother), name));
        check("Телефон мамы", of(GuardianSlot::Kin(Kin::Mother), GuardianPart::Phone));
        check("Сот. мамы", of(GuardianSlot::Kin(Kin::Mother), GuardianPart::Phone));
        check("E-mail отца", of(GuardianSlot::Kin(Kin::Father), GuardianPart::Email));
        check("Родители (ФИО, телефон)", of(GuardianSlot::Plain, name));
        check("Контактный телефон родителей", of(GuardianSlot::Plain, GuardianPart::Phone));
        check("Дата рождения родителя", of(GuardianSlot::Plain, GuardianPart::Unused));
        check("Тип представителя", of(GuardianSlot::Plain, GuardianPart::Kinship));
        check("Кем приходится", of(GuardianSlot::Plain, GuardianPart::Kinship));
        check("Ваше ФИО", of(GuardianSlot::Plain, name));
        check("Место работы матери", of(GuardianSlot::Kin(Kin::Mother), GuardianPart::Unused));
    }

    #[test]
    fn contacts_without_an_owner() {
        check("Тел.", Meaning::AnyPhone(None));
        check("№ телефона", Meaning::AnyPhone(None));
        check("Телефон 2", Meaning::AnyPhone(Some(2)));
        check("Адрес электронной почты", Meaning::AnyEmail(None));
        check("Эл. почта", Meaning::AnyEmail(None));
    }

    #[test]
    fn what_is_not_read() {
        for header in ["№", "№ п/п", "N", "Пол", "Отметка времени"] {
            check(header, Meaning::Ordinal);
        }
        for header in [
            "СНИЛС",
            "Паспорт",
            "Адрес проживания",
            "Домашний адрес",
            "ОВЗ",
            "Группа здоровья",
            "Пароль",
            "Место рождения",
        ] {
            check(header, Meaning::Never);
        }
        check("Должность", Meaning::Staff);
        check("Математика", Meaning::Unknown);
    }
}
