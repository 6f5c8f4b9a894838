//! `[links]`: what the codes on papers hold, and when links that nobody uses are annulled.

use crate::school::{BaseUrl, LinkMode, LinkSettings};

use super::super::document::{Problem, Table};

/// The days after which a link is annulled, where the settings say nothing.
const UNCLAIMED_DAYS: u16 = 30;

/// More than any address has that is taken, in characters.
const LONGEST_BASE: usize = 200;

/// What the person chose, before the address is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Direct,
    Short,
}

pub(super) fn read(section: &mut Table<'_, '_>) -> LinkSettings {
    let mode = section.parsed("mode", mode);
    let base = section.parsed("base", |text| {
        let advice = "Напишите адрес вида https://go.school.example.org — без «?» и без имени файла.";
        text.parse::<BaseUrl>().map_err(|error| Problem::new(format!("{error}."), advice))
    });
    let mode = match (mode, base) {
        (Some(Mode::Short), Some(base)) => LinkMode::Short(base),
        (Some(Mode::Short), None) => {
            section.required_text("base", LONGEST_BASE);
            LinkMode::Direct
        }
        // The address may stand ready before it is used.
        (Some(Mode::Direct) | None, _) => LinkMode::Direct,
    };
    let days = section.integer("unclaimed_days", 1..=365).and_then(|days| u16::try_from(days).ok());
    LinkSettings { mode, unclaimed_days: days.unwrap_or(UNCLAIMED_DAYS) }
}

fn mode(text: &str) -> Result<Mode, Problem> {
    match text.to_lowercase().as_str() {
        "direct" | "прямые" => Ok(Mode::Direct),
        "short" | "короткие" => Ok(Mode::Short),
        _ => Err(super::unknown_word(text, &["direct", "short"])),
    }
}
