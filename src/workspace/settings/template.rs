//! The settings file that `init` writes: every key explained in Russian, with the answers filled in.

use jiff::civil::Date;

use crate::school::{Email, Hours, Issue, IssueKind, PersonName, Place, Preset, dotted};

/// What `init` asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InitAnswers {
    /// The full name of the school by its charter.
    pub school_full_name: String,
    /// The short name.
    pub school_short_name: String,
    /// The city as papers print it: «г. Заречный».
    pub city: String,
    /// The director.
    pub director: PersonName,
    /// The curator, a deputy director.
    pub curator: PersonName,
    /// The administrator of the platform.
    pub administrator: PersonName,
    /// The preset of the regulation.
    pub preset: Preset,
    /// When one may write; `None` keeps the hours of the preset.
    pub hours: Option<Hours>,
    /// By when the chats are to be created.
    pub chats_deadline: Option<Date>,
    /// The mailbox that letters come from.
    pub mailbox: Option<Email>,
}

/// The settings file with every key explained, and a school of the imagination for an example.
pub fn settings_template() -> &'static str {
    include_str!("../../../templates/zavuch.toml")
}

/// The settings file with the answers filled in and all its comments kept.
pub fn filled(answers: &InitAnswers) -> String {
    let values = values(answers);
    let mut section = "";
    let lines = settings_template().lines().map(|line| {
        section = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')).unwrap_or(section);
        // A key that is switched off is switched on by its answer.
        let key = line.trim_start_matches("# ").split_once(" = ").map(|(key, _)| key);
        let value = values.iter().find(|value| value.section == section && Some(value.key) == key);
        match value.and_then(|value| Some((value.key, value.text.clone()?))) {
            Some((key, text)) => format!("{key} = {}\n", toml::Value::String(text)),
            None => format!("{line}\n"),
        }
    });
    lines.collect()
}

/// The lines of a settings file that still hold the invented school of the template.
///
/// Such a file reads well, and its papers would be signed with names of nobody.
pub fn sample_values(text: &str, file: &str) -> Vec<Issue> {
    let samples = values_of_lines(settings_template()).filter(|(section, key, _)| {
        matches!(
            (*section, *key),
            ("school", "full_name" | "short_name" | "city") | ("director" | "curator" | "administrator", "name")
        )
    });
    let samples: Vec<_> = samples.map(|(section, key, line)| (section, key, line.text)).collect();
    let left = values_of_lines(text).filter(|(section, key, line)| samples.contains(&(*section, *key, line.text)));
    left.map(|(section, key, line)| {
        let message = format!("в настройках остался образец: раздел [{section}], ключ {key}.");
        let place = Place::line(file, u32::try_from(line.number).unwrap_or(u32::MAX));
        Issue::new(IssueKind::SampleValue, place, message, "Впишите сведения своей школы: они стоят на бумагах.")
    })
    .collect()
}

/// A line of a settings file.
struct Line<'a> {
    number: usize,
    text: &'a str,
}

/// The lines «key = value» with their sections.
fn values_of_lines(text: &str) -> impl Iterator<Item = (&str, &str, Line<'_>)> {
    let mut section = "";
    text.lines().enumerate().filter_map(move |(index, line)| {
        section = line.trim().strip_prefix('[').and_then(|line| line.strip_suffix(']')).unwrap_or(section);
        let (key, _) = line.split_once('=')?;
        Some((section, key.trim(), Line { number: index + 1, text: line.trim() }))
    })
}

/// The place of an answer in the file; `None` leaves the line as it is.
struct Value {
    section: &'static str,
    key: &'static str,
    text: Option<String>,
}

fn values(answers: &InitAnswers) -> Vec<Value> {
    let InitAnswers {
        school_full_name,
        school_short_name,
        city,
        director,
        curator,
        administrator,
        preset,
        hours,
        chats_deadline,
        mailbox,
    } = answers;
    let value = |section, key, text| Value { section, key, text };
    vec![
        value("school", "full_name", Some(school_full_name.clone())),
        value("school", "short_name", Some(school_short_name.clone())),
        value("school", "city", Some(city.clone())),
        value("director", "name", Some(director.to_string())),
        value("curator", "name", Some(curator.to_string())),
        value("administrator", "name", Some(administrator.to_string())),
        value("regulation", "preset", Some(preset.id().to_owned())),
        value("regulation", "hours", hours.map(|hours| hours.span().replace('–', "-"))),
        value("regulation", "days", hours.map(|hours| hours.days_in_words().to_owned())),
        value("deadlines", "chats", chats_deadline.map(dotted)),
        value("mail", "from", mailbox.as_ref().map(ToString::to_string)),
    ]
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::school::WeekDays;
    use crate::workspace::{Templates, read_settings};

    use super::*;

    fn answers() -> InitAnswers {
        InitAnswers {
            school_full_name: "Школа \"Росток\" \\ филиал № 2, 'корпус' \\u0041".to_owned(),
            school_short_name: "Школа «Росток» # 2 = \"Р\"".to_owned(),
            city: "с. \\Верхнее\\".to_owned(),
            director: PersonName::new("Мартынюк-Заславская", "Анна", "Львовна"),
            curator: PersonName::new("Ли", "Вэй", ""),
            administrator: PersonName::new("Мамедов", "Тофик", "Рашид оглы"),
            preset: Preset::School62,
            hours: Hours::parse(WeekDays::Workdays, "08:00-9:30").ok(),
            chats_deadline: Some(date(2026, 8, 28)),
            mailbox: "zavuch@example.org".parse().ok(),
        }
    }

    #[test]
    fn what_is_left_of_the_invented_school_is_said() {
        let left = super::sample_values(super::settings_template(), "zavuch.toml");
        assert_eq!(left.len(), 6, "{left:?}");
        let own = super::settings_template().replace("Иванова Мария Петровна", "Орлова Вера Львовна");
        let places = super::sample_values(&own, "zavuch.toml").into_iter().map(|issue| issue.place.to_string());
        assert_eq!(
            places.collect::<Vec<_>>(),
            left[..3].iter().chain(&left[4..]).map(|issue| issue.place.to_string()).collect::<Vec<_>>()
        );
    }

    #[test]
    fn what_was_answered_is_read_back() {
        let answers = answers();
        let read = read_settings(&filled(&answers), "zavuch.toml", &Templates::default());
        assert_eq!(read.issues, []);
        let settings = read.value.expect("settings");
        assert_eq!(settings.school.full_name, answers.school_full_name);
        assert_eq!(settings.school.short_name, answers.school_short_name);
        assert_eq!(settings.school.city, answers.city);
        assert_eq!(settings.school.director.name, answers.director);
        assert_eq!(settings.school.curator.name, answers.curator);
        assert_eq!(settings.school.administrator.name, answers.administrator);
        assert_eq!(settings.regulation.preset, answers.preset);
        assert_eq!(settings.regulation.hours, answers.hours);
        assert_eq!(settings.deadlines.chats, answers.chats_deadline);
        assert_eq!(settings.mail.from, answers.mailbox);
    }

    #[test]
    fn what_was_not_answered_stays_an_example() {
        let answers = InitAnswers { hours: None, chats_deadline: None, mailbox: None, ..answers() };
        let text = filled(&answers);
        for line in ["# hours = \"07:00-17:00\"", "# days = \"по будням\"", "# chats = \"28.08.2026\""] {
            assert!(text.lines().any(|found| found == line), "{line}");
        }
        assert_eq!(read_settings(&text, "zavuch.toml", &Templates::default()).issues, []);
    }

    #[test]
    fn comments_stay() {
        let comments = |text: &str| text.lines().filter(|line| line.starts_with("# ") && !line.contains(" = ")).count();
        assert_eq!(comments(&filled(&answers())), comments(settings_template()));
        assert_eq!(filled(&answers()).lines().count(), settings_template().lines().count());
    }
}
