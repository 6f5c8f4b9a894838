//! Russian plurals: «1 класс», «2 класса», «5 классов», «21 класс».

/// A noun in the three forms that a number takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Noun {
    /// After 1, 21, 31 …: «класс».
    pub one: &'static str,
    /// After 2–4, 22–24 …: «класса».
    pub few: &'static str,
    /// After 0, 5–20, 25–30 …: «классов».
    pub many: &'static str,
}

impl Noun {
    /// «1 письмо», «2 письма», «5 писем».
    pub const LETTER: Self = Self::new("письмо", "письма", "писем");

    /// A noun of its three forms.
    pub const fn new(one: &'static str, few: &'static str, many: &'static str) -> Self {
        Self { one, few, many }
    }

    /// The form that stands after `number`.
    pub fn form(self, number: usize) -> &'static str {
        match (number % 10, number % 100) {
            (_, 11..=14) => self.many,
            (1, _) => self.one,
            (2..=4, _) => self.few,
            _ => self.many,
        }
    }
}

/// A number with its noun: «21 класс» (with a non-breaking space).
pub fn count(number: usize, noun: Noun) -> String {
    format!("{number}\u{a0}{}", noun.form(number))
}

#[cfg(test)]
mod tests {
    use super::{Noun, count};

    #[track_caller]
    fn check(number: usize, expected: &str) {
        assert_eq!(count(number, Noun::new("класс", "класса", "классов")).replace('\u{a0}', " "), expected);
    }

    #[test]
    fn forms() {
        check(0, "0 классов");
        check(1, "1 класс");
        check(3, "3 класса");
        check(5, "5 классов");
        check(11, "11 классов");
        check(12, "12 классов");
        check(21, "21 класс");
        check(112, "112 классов");
        check(1024, "1024 класса");
    }
}
