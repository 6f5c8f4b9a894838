//! How long the sending of letters takes under the limits of the provider, and on which days.

use std::time::Duration;

use jiff::civil::Date;

use crate::school::{MailServer, Noun, count, dotted};

/// A day and how many letters go on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DayShare {
    pub(super) date: Date,
    pub(super) letters: usize,
}

/// What sending so many letters takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outlook {
    pub(super) days: Vec<DayShare>,
    /// The time between the first letter and the last one of the first day.
    pub(super) first_day: Duration,
}

impl Outlook {
    /// For letters from today on, of which `spent` were sent in the last 24 hours.
    pub(super) fn of(letters: usize, spent: usize, today: Date, server: &MailServer) -> Self {
        let per_day = server.per_day as usize;
        let mut left = letters;
        let mut days = Vec::new();
        let mut date = today;
        let mut room = per_day.saturating_sub(spent);
        while left > 0 && days.len() < 366 {
            let now = left.min(room);
            if now > 0 {
                days.push(DayShare { date, letters: now });
            }
            left -= now;
            room = per_day;
            date = date.tomorrow().unwrap_or(date);
        }
        let first = days.first().map_or(0, |day| day.letters);
        let pauses = u32::try_from(first.saturating_sub(1)).unwrap_or(u32::MAX);
        Self { days, first_day: server.pause.saturating_mul(pauses) }
    }

    /// «Отправка займёт около 2 минут.» or the days.
    pub(super) fn words(&self) -> String {
        const LETTERS: Noun = Noun::new("письмо", "письма", "писем");
        match self.days.as_slice() {
            [] => String::new(),
            [_] => format!("Отправка займёт {}.\n", time_words(self.first_day)),
            days => {
                let shown = days.iter().take(14);
                let each: Vec<String> =
                    shown.map(|day| format!("{} — {}", dotted(day.date), count(day.letters, LETTERS))).collect();
                format!("За сутки все не уйдут. По дням: {}.\n", each.join(", "))
            }
        }
    }
}

fn time_words(time: Duration) -> String {
    const MINUTES: Noun = Noun::new("минуты", "минут", "минут");
    match time.as_secs().div_ceil(60) {
        0 | 1 => "меньше минуты".to_owned(),
        minutes => format!("около {}", count(minutes as usize, MINUTES)),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::civil::date;

    use super::Outlook;
    use crate::school::{MailProvider, MailSecurity, MailServer};

    #[track_caller]
    fn check(letters: usize, spent: usize, expected: &str) {
        let server = MailServer {
            provider: MailProvider::Yandex,
            host: "smtp.example.org".to_owned(),
            port: 465,
            security: MailSecurity::Tls,
            user: String::new(),
            ca_file: None,
            password_file: None,
            per_day: 300,
            pause: Duration::from_secs(3),
        };
        let words = Outlook::of(letters, spent, date(2026, 8, 31), &server).words();
        assert_eq!(words.trim_end().replace('\u{a0}', " "), expected);
    }

    #[test]
    fn the_limit_of_the_day_is_told_in_days() {
        check(0, 0, "");
        check(11, 0, "Отправка займёт меньше минуты.");
        check(61, 0, "Отправка займёт около 3 минут.");
        check(300, 0, "Отправка займёт около 15 минут.");
        check(
            320,
            290,
            "За сутки все не уйдут. По дням: 31.08.2026 — 10 писем, 01.09.2026 — 300 писем, 02.09.2026 — 10 писем.",
        );
        check(2, 300, "Отправка займёт меньше минуты.");
    }
}
