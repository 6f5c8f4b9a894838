//! How long the sending of letters takes under the limits of the provider, and on which days.
//!
//! It goes through the letters as `send` would, run after run, each begun as soon as the limit lets it: the limit holds for any 24
//! hours, what went before counts, and a letter that a server put off waits for its time.

use std::time::Duration;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::day::Day;
use crate::school::{MailServer, Noun, count, dotted};

/// A day and how many letters go on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DayShare {
    pub(super) date: Date,
    pub(super) letters: usize,
}

/// What sending takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Outlook {
    pub(super) days: Vec<DayShare>,
    /// From when the first letter may go, where that is not at once.
    pub(super) from: Option<Timestamp>,
    /// The time between the first letter and the last one before the first break.
    first_run: Duration,
    /// How many letters go before the first break.
    in_first_run: usize,
    zone: TimeZone,
}

/// What is to be sent.
#[derive(Clone, Debug)]
pub(super) struct ToSend {
    /// For each letter, in order, before when it is not to be tried.
    pub(super) letters: Vec<Option<Timestamp>>,
    /// When letters went in the last 24 hours, oldest first.
    pub(super) spent: Vec<Timestamp>,
    /// Now.
    pub(super) now: Timestamp,
    /// In which the days are told.
    pub(super) zone: TimeZone,
}

impl Outlook {
    /// For letters from now on.
    pub(super) fn of(to_send: ToSend, server: &MailServer) -> Self {
        let ToSend { mut letters, spent, now, zone } = to_send;
        let pause = SignedDuration::try_from(server.pause).unwrap_or_default();
        let mut window = Day::of(spent, server.per_day);
        let mut outlook = Self { days: Vec::new(), from: None, first_run: Duration::ZERO, in_first_run: 0, zone };
        let mut begin = now;
        let mut first = None;
        let mut is_first_run = true;
        while !letters.is_empty() {
            let is_due = |not_before: &Option<Timestamp>| not_before.is_none_or(|at| at <= begin);
            let due = letters.iter().filter(|letter| is_due(letter)).count();
            if due == 0 {
                begin = letters.iter().flatten().min().copied().unwrap_or(begin);
                is_first_run &= first.is_none();
                continue;
            }
            let mut at = begin;
            let mut sent = 0;
            let mut full_until = None;
            while sent < due {
                if sent > 0 {
                    at += pause;
                }
                full_until = window.full_until(at, 0);
                if full_until.is_some() {
                    break;
                }
                window.count(at);
                outlook.note(at);
                let first = *first.get_or_insert(at);
                if is_first_run {
                    outlook.first_run = (at - first).try_into().unwrap_or_default();
                    outlook.in_first_run += 1;
                }
                sent += 1;
            }
            let mut left = sent;
            letters.retain(|letter| {
                let is_sent = left > 0 && is_due(letter);
                left -= usize::from(is_sent);
                !is_sent
            });
            is_first_run &= first.is_none();
            begin = full_until.unwrap_or(at);
        }
        outlook.from = first.filter(|first| *first > now);
        outlook
    }

    fn note(&mut self, at: Timestamp) {
        let date = at.to_zoned(self.zone.clone()).date();
        match self.days.last_mut() {
            Some(day) if day.date == date => day.letters += 1,
            _ => self.days.push(DayShare { date, letters: 1 }),
        }
    }

    /// «Отправка займёт около 2 минут.» or the days.
    pub(super) fn words(&self) -> String {
        let letters: usize = self.days.iter().map(|day| day.letters).sum();
        if letters == 0 {
            return String::new();
        }
        let from = self.from.map(|from| {
            let from = from.to_zoned(self.zone.clone());
            format!("Отправлять можно с {} {:02}:{:02}. ", dotted(from.date()), from.hour(), from.minute())
        });
        let from = from.unwrap_or_default();
        match self.days.as_slice() {
            [_] if self.in_first_run == letters => {
                format!("{from}Отправка займёт {}.\n", duration_words(self.first_run))
            }
            days => {
                let shown = days.iter().take(14);
                let each: Vec<String> =
                    shown.map(|day| format!("{} — {}", dotted(day.date), count(day.letters, Noun::LETTER))).collect();
                let more = if days.len() > 14 { ", …" } else { "" };
                format!("{from}За один раз все не уйдут. По дням: {}{more}.\n", each.join(", "))
            }
        }
    }
}

fn duration_words(time: Duration) -> String {
    const MINUTES: Noun = Noun::new("минуты", "минут", "минут");
    match time.as_secs().div_ceil(60) {
        0 | 1 => "меньше минуты".to_owned(),
        minutes => format!("около {}", count(minutes as usize, MINUTES)),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use jiff::tz::TimeZone;
    use jiff::{SignedDuration, Timestamp};

    use super::{Outlook, ToSend};
    use crate::school::{MailProvider, MailSecurity, MailServer};

    fn server() -> MailServer {
        MailServer {
            provider: MailProvider::Yandex,
            host: "smtp.example.org".to_owned(),
            port: 465,
            security: MailSecurity::Tls,
            user: String::new(),
            ca_file: None,
            password: crate::school::PasswordSource::Asked,
            per_day: 300,
            pause: Duration::from_secs(3),
        }
    }

    /// `spent`: how many hours ago how many letters went. `put_off`: for how many hours so many of the last letters wait.
    #[track_caller]
    fn check(letters: usize, spent: &[(i64, usize)], put_off: &[i64], expected: &str) {
        let now: Timestamp = "2026-08-31T09:00:00Z".parse().unwrap();
        let before = spent.iter().flat_map(|(hours, number)| vec![now - SignedDuration::from_hours(*hours); *number]);
        let later = put_off.iter().map(|hours| Some(now + SignedDuration::from_hours(*hours)));
        let to_send = ToSend {
            letters: vec![None; letters - put_off.len()].into_iter().chain(later).collect(),
            spent: before.collect(),
            now,
            zone: TimeZone::UTC,
        };
        let words = Outlook::of(to_send, &server()).words();
        assert_eq!(words.trim_end().replace('\u{a0}', " "), expected);
    }

    #[test]
    fn the_limit_is_that_of_any_24_hours() {
        check(0, &[], &[], "");
        check(11, &[], &[], "Отправка займёт меньше минуты.");
        check(61, &[], &[], "Отправка займёт около 3 минут.");
        check(300, &[], &[], "Отправка займёт около 15 минут.");
        check(
            320,
            &[(23, 290)],
            &[],
            "За один раз все не уйдут. По дням: 31.08.2026 — 300 писем, 01.09.2026 — 20 писем.",
        );
        check(
            320,
            &[(1, 290)],
            &[],
            "За один раз все не уйдут. По дням: 31.08.2026 — 10 писем, 01.09.2026 — 300 писем, 02.09.2026 — 10 писем.",
        );
        // The day is full: nothing goes before the oldest letter of the last 24 hours is older.
        check(2, &[(9, 300)], &[], "Отправлять можно с 01.09.2026 00:00. Отправка займёт меньше минуты.");
        check(2, &[(20, 300)], &[], "Отправлять можно с 31.08.2026 13:00. Отправка займёт меньше минуты.");
        check(1, &[], &[2], "Отправлять можно с 31.08.2026 11:00. Отправка займёт меньше минуты.");
        check(3, &[], &[20], "За один раз все не уйдут. По дням: 31.08.2026 — 2 письма, 01.09.2026 — 1 письмо.");
    }
}
