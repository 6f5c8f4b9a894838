//! The school year that a plan is made for.

use std::fmt;

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
    pub fn previous(self) -> Self {
        Self { begins: self.begins - 1 }
    }

    /// «2026-27», as it stands in keys and names of files.
    pub fn in_key(self) -> String {
        format!("{}-{:02}", self.begins, (self.begins + 1) % 100)
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
