//! A person's name in its parts.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::fold;

/// Surname, given name and patronymic, as they are to be printed: normalised, «ё» as typed.
///
/// The parts are made by the roster's name reader (`roster`), which knows the rules of `docs/inputs.md` § 4.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PersonName {
    /// «Петрова», «Мартынюк-Заславская».
    pub surname: String,
    /// «Ольга», or an initial with a dot where the table has no more.
    pub given: String,
    /// «Сергеевна», «Тофик оглы»; `None` where there is none.
    pub patronymic: Option<String>,
}

impl PersonName {
    /// A name of given parts; empty patronymics become `None`.
    pub fn new(surname: &str, given: &str, patronymic: &str) -> Self {
        Self {
            surname: surname.to_owned(),
            given: given.to_owned(),
            patronymic: Some(patronymic).filter(|text| !text.is_empty()).map(str::to_owned),
        }
    }

    /// «Иванов Пётр»: what a slip needs to be handed out.
    pub fn without_patronymic(&self) -> String {
        format!("{} {}", self.surname, self.given)
    }

    /// «О. С. Кузнецова», with non-breaking spaces.
    pub fn with_initials(&self) -> String {
        let parts = [Some(&self.given), self.patronymic.as_ref()];
        let initials = parts.into_iter().flatten().filter_map(|part| part.chars().next());
        let initials = initials.flat_map(|letter| [letter, '.', '\u{a0}']).collect::<String>();
        format!("{initials}{}", self.surname)
    }

    /// «Ольга Сергеевна»: how a letter begins; the given name alone where there is no patronymic.
    pub fn address(&self) -> String {
        match &self.patronymic {
            Some(patronymic) => format!("{} {patronymic}", self.given),
            None => self.given.clone(),
        }
    }

    /// Whether this name with initials may stand for a full one: «Петрова О. С.» for «Петрова Ольга Сергеевна».
    pub fn may_shorten(&self, full: &Self) -> bool {
        let initial = |part: &str| {
            let folded = fold(part);
            (folded.chars().count() == 1).then_some(folded)
        };
        let Some(given) = initial(&self.given) else { return false };
        let patronymic_fits = match (&self.patronymic, &full.patronymic) {
            (None, _) => true,
            (Some(short), Some(long)) => initial(short).is_some_and(|letter| fold(long).starts_with(&letter)),
            (Some(_), None) => false,
        };
        fold(&self.surname) == fold(&full.surname) && fold(&full.given).starts_with(&given) && patronymic_fits
    }

    /// The form for comparing two spellings of one name.
    pub fn folded(&self) -> String {
        let Self { surname, given, patronymic } = self;
        [surname.as_str(), given, patronymic.as_deref().unwrap_or_default()].map(fold).concat()
    }

    /// Whether both are one name, be it in two spellings: [`Self::folded`] is equal.
    pub fn is_spelling_of(&self, other: &Self) -> bool {
        self == other || self.folded() == other.folded()
    }
}

impl fmt::Display for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { surname, given, patronymic } = self;
        write!(f, "{surname} {given}")?;
        patronymic.iter().try_for_each(|part| write!(f, " {part}"))
    }
}

#[cfg(test)]
mod tests {
    use super::PersonName;

    #[test]
    fn forms() {
        let teacher = PersonName::new("Кузнецова", "Ольга", "Сергеевна");
        assert_eq!(teacher.to_string(), "Кузнецова Ольга Сергеевна");
        assert_eq!(teacher.with_initials(), "О.\u{a0}С.\u{a0}Кузнецова");
        assert_eq!(teacher.address(), "Ольга Сергеевна");
        let guest = PersonName::new("Ли", "Вэй", "");
        assert_eq!(guest.to_string(), "Ли Вэй");
        assert_eq!(guest.address(), "Вэй");
    }

    #[track_caller]
    fn check_shortening(given: &str, patronymic: &str, expected: bool) {
        let full = PersonName::new("Кузнецова", "Ольга", "Сергеевна");
        assert_eq!(
            PersonName::new("Кузнецова", given, patronymic).may_shorten(&full),
            expected,
            "{given} {patronymic}"
        );
    }

    #[test]
    fn initials_stand_for_a_full_name() {
        check_shortening("О.", "С.", true);
        check_shortening("О.", "", true);
        check_shortening("О", "с", true);
        check_shortening("А.", "С.", false);
        check_shortening("О.", "Сергеевна", false);
        check_shortening("Ольга", "", false);
    }
}
