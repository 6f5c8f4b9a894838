//! What tells a pupil from namesakes, where a text names one.

use jiff::civil::Date;

use super::PersonName;

/// How much has to be said for a text to mean one pupil and not a namesake.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NameDetail {
    /// Nobody else has the same surname and given name.
    #[default]
    Usual,
    /// The patronymic tells them apart, or nothing does.
    Patronymic,
    /// The year of birth does.
    BirthYear(i16),
    /// The day of birth does: papers are seen by others, so the year is left out.
    BirthDay {
        /// The day of the month, from 1.
        day: i8,
        /// The month, from 1.
        month: i8,
    },
}

impl NameDetail {
    /// What tells people of one full name apart by their dates of birth, all in one way: the year, else the day. `None` where
    /// that does not, or where a date is not known.
    pub fn by_births(births: &[Option<Date>]) -> Option<Vec<Self>> {
        let births: Option<Vec<Date>> = births.iter().copied().collect();
        let births = births?;
        let different = |details: Vec<Self>| {
            let is_first = |(at, one): (usize, &Self)| !details.iter().take(at).any(|earlier| earlier == one);
            details.iter().enumerate().all(is_first).then_some(details)
        };
        different(births.iter().map(|date| Self::year(*date)).collect())
            .or_else(|| different(births.iter().map(|date| Self::day(*date)).collect()))
    }

    /// By the year of a date of birth.
    pub fn year(birth: Date) -> Self {
        Self::BirthYear(birth.year())
    }

    /// By its day.
    pub fn day(birth: Date) -> Self {
        Self::BirthDay { day: birth.day(), month: birth.month() }
    }

    /// Every way in which a text may name a pupil who is born then.
    pub fn all(birth: Option<Date>) -> impl Iterator<Item = Self> {
        let births = birth.into_iter().flat_map(|birth| [Self::year(birth), Self::day(birth)]);
        [Self::Usual, Self::Patronymic].into_iter().chain(births)
    }

    /// «2013 г. р.», «род. 03.03», with non-breaking spaces; `None` where names are enough.
    pub fn mark(self) -> Option<String> {
        match self {
            Self::Usual | Self::Patronymic => None,
            Self::BirthYear(year) => Some(format!("{year}\u{a0}г.\u{a0}р.")),
            Self::BirthDay { day, month } => Some(format!("род.\u{a0}{day:02}.{month:02}")),
        }
    }

    /// «Кузьмин Илья Егорович», «Кузьмин Илья Егорович (род. 03.03)».
    pub fn full(self, name: &PersonName) -> String {
        match self.mark() {
            Some(mark) => format!("{name} ({mark})"),
            None => name.to_string(),
        }
    }

    /// «Кузьмин Илья» where nobody else is called so.
    pub fn short(self, name: &PersonName) -> String {
        if self == Self::Usual { name.without_patronymic() } else { self.full(name) }
    }

    /// [`Self::full`] inside brackets: «Кузьмин Илья Егорович, род. 03.03».
    pub(super) fn full_in_brackets(self, name: &PersonName) -> String {
        match self.mark() {
            Some(mark) => format!("{name}, {mark}"),
            None => name.to_string(),
        }
    }

    /// [`Self::short`] inside brackets.
    pub(super) fn short_in_brackets(self, name: &PersonName) -> String {
        if self == Self::Usual { name.without_patronymic() } else { self.full_in_brackets(name) }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::NameDetail;
    use crate::plan::sample::name;

    #[track_caller]
    fn check(births: &[Option<Date>], expected: Option<&[&str]>) {
        let shown = |details: Vec<NameDetail>| -> Vec<String> {
            details.iter().map(|detail| detail.mark().unwrap_or_default().replace('\u{a0}', " ")).collect()
        };
        let expected = expected.map(|marks| marks.iter().map(ToString::to_string).collect());
        assert_eq!(NameDetail::by_births(births).map(shown), expected);
    }

    #[test]
    fn births_tell_apart_by_as_little_as_they_can() {
        let march = Some(date(2013, 3, 3));
        check(&[march, Some(date(2014, 3, 3))], Some(&["2013 г. р.", "2014 г. р."]));
        check(&[march, Some(date(2013, 10, 19))], Some(&["род. 03.03", "род. 19.10"]));
        check(
            &[march, Some(date(2013, 10, 19)), Some(date(2014, 3, 4))],
            Some(&["род. 03.03", "род. 19.10", "род. 04.03"]),
        );
        check(&[march, march], None);
        check(&[march, None], None);
    }

    #[test]
    fn a_name_with_as_much_as_is_needed() {
        let name = name("Кузьмин Илья Егорович");
        let day = NameDetail::day(date(2013, 3, 3));
        assert_eq!(NameDetail::Usual.short(&name), "Кузьмин Илья");
        assert_eq!(NameDetail::Patronymic.short(&name), "Кузьмин Илья Егорович");
        assert_eq!(day.short(&name), "Кузьмин Илья Егорович (род.\u{a0}03.03)");
        assert_eq!(day.full(&name), day.short(&name));
        assert_eq!(NameDetail::Usual.full(&name), "Кузьмин Илья Егорович");
    }
}
