//! The limit of the day: so many letters in any 24 hours, not by the calendar. What a run keeps to and what the preview foretells
//! is the same rule.

use std::collections::VecDeque;

use jiff::{SignedDuration, Timestamp};

/// How long a letter counts.
pub(super) const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The letters that count for the limit, oldest first.
#[derive(Clone, Debug)]
pub(super) struct Day {
    spent: VecDeque<Timestamp>,
    per_day: usize,
}

impl Day {
    /// With the letters that servers may have taken in the last 24 hours, oldest first.
    pub(super) fn of(spent: Vec<Timestamp>, per_day: u32) -> Self {
        Self { spent: spent.into(), per_day: per_day as usize }
    }

    /// From when one letter more may go, where it may not at this moment; some, `uncounted`, are on their way already.
    pub(super) fn full_until(&mut self, at: Timestamp, uncounted: usize) -> Option<Timestamp> {
        while self.spent.front().is_some_and(|oldest| *oldest <= at - DAY) {
            self.spent.pop_front();
        }
        let is_full = self.spent.len() + uncounted >= self.per_day;
        is_full.then(|| self.spent.front().copied().unwrap_or(at) + DAY)
    }

    /// Counts a letter.
    pub(super) fn count(&mut self, at: Timestamp) {
        self.spent.push_back(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_second(1_000_000).unwrap() + SignedDuration::from_hours(hours)
    }

    #[test]
    fn a_letter_counts_for_a_day_from_its_own_moment() {
        let mut day = Day::of(vec![at(0), at(5)], 2);
        assert_eq!(day.full_until(at(10), 0), Some(at(24)));
        assert_eq!(day.full_until(at(24), 0), None);
        assert_eq!(day.full_until(at(24), 1), Some(at(29)));
        day.count(at(24));
        assert_eq!(day.full_until(at(24), 0), Some(at(29)));
        assert_eq!(day.full_until(at(29), 0), None);
    }
}
