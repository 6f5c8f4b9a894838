//! The order in which people look things up: «5А» before «11А», «список 2» before «список 10».

use std::cmp::Ordering;

use super::lowercase;

/// Compares two texts as people sort them: runs of digits by their number, letters without case, «ё» behind «е».
///
/// Texts that differ only in case or in leading zeros are told apart by their spelling, so that only equal texts are
/// equal.
pub fn natural(one: &str, other: &str) -> Ordering {
    let [mut left, mut right] = [one, other];
    while let (Some((first, after_first)), Some((second, after_second))) = (piece(left), piece(right)) {
        let order = match (digits(first), digits(second)) {
            (Some(first), Some(second)) => (first.len(), first).cmp(&(second.len(), second)),
            _ => folded(first).cmp(&folded(second)),
        };
        if order.is_ne() {
            return order;
        }
        (left, right) = (after_first, after_second);
    }
    left.len().cmp(&right.len()).then_with(|| one.cmp(other))
}

/// The run of digits, or of anything else, at the beginning of a text, and what follows it.
fn piece(text: &str) -> Option<(&str, &str)> {
    let is_digit = text.chars().next()?.is_ascii_digit();
    let end = text.find(|letter: char| letter.is_ascii_digit() != is_digit).unwrap_or(text.len());
    text.split_at_checked(end)
}

/// The digits of a number without leading zeros: compared by length first, they need no arithmetic.
fn digits(piece: &str) -> Option<&str> {
    piece.starts_with(|letter: char| letter.is_ascii_digit()).then(|| piece.trim_start_matches('0'))
}

fn folded(piece: &str) -> String {
    lowercase(piece).replace('ё', "е\u{1}")
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::natural;

    #[track_caller]
    fn check(sorted: &[&str]) {
        let mut again = sorted.to_vec();
        again.reverse();
        again.sort_by(|one, other| natural(one, other));
        assert_eq!(again, sorted);
    }

    #[test]
    fn numbers_count_as_numbers() {
        check(&["списки/5А.xlsx", "списки/7А.xlsx", "списки/10А.xlsx", "списки/11А.xlsx"]);
        check(&["список", "список 2", "список 10"]);
        check(&["7.2", "7.10", "07.11"]);
        check(&["99999999999999999999999998", "99999999999999999999999999"]);
    }

    #[test]
    fn letters_stand_as_in_russian_lists() {
        check(&["7Е", "7ё", "7Ж", "школа", "Штат"]);
    }

    #[test]
    fn only_equal_texts_are_equal() {
        assert_eq!(natural("7А", "7А"), Ordering::Equal);
        assert_ne!(natural("7А", "7а"), Ordering::Equal);
        assert_ne!(natural("07", "7"), Ordering::Equal);
        assert_ne!(natural("", "7"), Ordering::Equal);
    }
}
