//! The safety limits as values, with the defaults of `docs/inputs.md` § 8.

/// What may change without a person having to confirm it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Pupils gone from one class.
    pub class_removals: Allowance,
    /// Pupils gone from the school, outside the beginning of a school year.
    pub school_removals: Allowance,
    /// Names changed and names corrected.
    pub renames: Allowance,
    /// The share of the known classes, in per cent, that must still be there.
    pub classes_kept: usize,
    /// Rows that could not be read.
    pub unreadable_rows: usize,
    /// Rows that could not be read, in per cent of all rows.
    pub unreadable_share: usize,
    /// The largest class.
    pub largest_class: usize,
    /// The share of the matched pupils, in per cent, who must be one grade up for a new school year.
    pub rollover: usize,
}

/// So many, or a share where that is more: `max(3, 10 %)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// So many at any size.
    pub number: usize,
    /// In per cent.
    pub share: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            class_removals: Allowance { number: 3, share: 10 },
            school_removals: Allowance { number: 5, share: 5 },
            // A share alone would stop a class of 19 at one girl's new surname.
            renames: Allowance { number: 3, share: 5 },
            classes_kept: 70,
            unreadable_rows: 5,
            unreadable_share: 2,
            largest_class: 60,
            rollover: 60,
        }
    }
}

impl Allowance {
    /// How many of `size` are allowed.
    pub fn of(self, size: usize) -> usize {
        self.number.max(size * self.share / 100)
    }

    /// Whether `number` of `size` are more than allowed.
    pub fn is_exceeded(self, number: usize, size: usize) -> bool {
        number > self.number && number * 100 > size * self.share
    }
}

#[cfg(test)]
mod tests {
    use super::Limits;

    #[track_caller]
    fn check(number: usize, size: usize, expected: bool) {
        assert_eq!(Limits::default().class_removals.is_exceeded(number, size), expected, "{number} of {size}");
    }

    #[test]
    fn a_number_or_a_share() {
        check(3, 5, false);
        check(4, 5, true);
        check(4, 40, false);
        check(5, 40, true);
        check(0, 0, false);
    }
}
