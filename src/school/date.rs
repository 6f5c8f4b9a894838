//! Dates as Russian papers write them.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
];

/// «01.09.2026».
pub fn dotted(date: Date) -> String {
    format!("{:02}.{:02}.{:04}", date.day(), date.month(), date.year())
}

/// «1 сентября 2026 г.», with non-breaking spaces.
pub fn long_date(date: Date) -> String {
    let month = usize::try_from(date.month() - 1).ok().and_then(|index| MONTHS.get(index)).copied().unwrap_or_default();
    format!("{}\u{a0}{month} {}\u{a0}г.", date.day(), date.year())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    #[test]
    fn forms() {
        assert_eq!(super::dotted(date(2026, 9, 1)), "01.09.2026");
        assert_eq!(super::long_date(date(2026, 12, 31)), "31\u{a0}декабря 2026\u{a0}г.");
    }
}
