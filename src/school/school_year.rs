//! A school year.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::Serialize;

/// A school year by the calendar year in which it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchoolYear {
    begins: i16,
}

impl SchoolYear {
    /// The month from which a plan is made for the coming year: the lists of the new classes are ready in July.
    const FIRST_MONTH: i8 = 7;

    /// The school year for which papers issued on a date are made.
    pub fn of(issued: Date) -> Self {
        let begins = if issued.month() >= Self::FIRST_MONTH { issued.year() } else { issued.year() - 1 };
        Self { begins }
    }

    /// The school year before.
    #[must_use]
    pub fn previous(self) -> Self {
        Self { begins: self.begins - 1 }
    }

    /// The school year after.
    #[must_use]
    pub fn next(self) -> Self {
        Self { begins: self.begins + 1 }
    }

    /// «2026-27», as it stands in keys and names of files.
    pub fn in_key(self) -> String {
        format!("{}-{:02}", self.begins, (self.begins + 1) % 100)
    }

    /// «2026/27», as it stands in the titles of tables.
    pub fn in_title(self) -> String {
        format!("{}/{:02}", self.begins, (self.begins + 1) % 100)
    }

    /// The first day of its plans, 1 July.
    pub fn first_day(self) -> Date {
        Date::constant(self.begins, Self::FIRST_MONTH, 1)
    }

    /// Its last day, 31 August.
    pub fn last_day(self) -> Date {
        Date::constant(self.begins + 1, 8, 31)
    }
}

/// A text that is not a school year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("это не учебный год; он пишется так: 2025/26")]
pub struct SchoolYearError;

impl FromStr for SchoolYear {
    type Err = SchoolYearError;

    /// «2025/26», «2025/2026», «2025-2026».
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (begins, ends) = text.trim().split_once(['/', '-', '–']).ok_or(SchoolYearError)?;
        let begins: i16 = begins.parse().map_err(|_| SchoolYearError)?;
        let begins = Some(begins).filter(|year| (2000..=2100).contains(year)).ok_or(SchoolYearError)?;
        let next = if ends.len() == 2 { (begins + 1) % 100 } else { begins + 1 };
        if ends.parse() == Ok(next) { Ok(Self { begins }) } else { Err(SchoolYearError) }
    }
}

impl fmt::Display for SchoolYear {
    /// «2026/2027».
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.begins, self.begins + 1)
    }
}

impl Serialize for SchoolYear {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{Date, date};

    use super::SchoolYear;

    #[track_caller]
    fn check(issued: Date, expected: &str) {
        assert_eq!(SchoolYear::of(issued).to_string(), expected);
    }

    #[track_caller]
    fn check_text(text: &str, expected: Option<&str>) {
        assert_eq!(text.parse::<SchoolYear>().ok().map(|year| year.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn a_year_is_typed_in_several_ways() {
        check_text("2025/26", Some("2025/2026"));
        check_text("2025-2026", Some("2025/2026"));
        check_text("2099/00", Some("2099/2100"));
        check_text("2025/27", None);
        check_text("2025", None);
        check_text("32767/68", None);
        assert_eq!("2025/26".parse::<SchoolYear>().unwrap().last_day(), date(2026, 8, 31));
    }

    #[test]
    fn the_coming_year_begins_in_july() {
        check(date(2026, 6, 30), "2025/2026");
        check(date(2026, 7, 1), "2026/2027");
        check(date(2026, 12, 31), "2026/2027");
        check(date(2027, 1, 11), "2026/2027");
        assert_eq!(SchoolYear::of(date(2099, 9, 1)).in_key(), "2099-00");
        assert_eq!(SchoolYear::of(date(2026, 9, 1)).previous().in_key(), "2025-26");
    }
}
