//! The school's act on communication: the facts that papers, plan and letters need of it.
//!
//! A preset carries the facts of one real act; the school's own values (hours, other channel …) are already laid over
//! it. How it is read from TOML is the business of `workspace`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use jiff::civil::{Date, Time};
use serde::Serialize;

use super::{Audience, ChatKind, ClassName};

/// A built-in regulation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// «Порядок электронного взаимодействия», 62.
    #[serde(rename = "school-62")]
    School62,
    /// «Порядок взаимодействия … посредством «Цифровая платформа МАХ»», bel.
    Belomorsk,
    /// «Положение о правилах ведения чатов … с родителями», 50.
    #[serde(rename = "school-50")]
    School50,
    /// «Положение об использовании коммуникационной платформы МАХ», 31.
    #[serde(rename = "school-31")]
    School31,
    /// «Положение о применении сервисов взаимодействия …», 65.
    #[serde(rename = "school-65")]
    School65,
}

/// The platform that the act names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// MAX; only its invitation links are taken.
    Max,
    /// «Сферум»; its older links are taken too.
    Sferum,
}

/// The act with the school's own values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regulation {
    /// The preset it was made from.
    pub preset: Preset,
    /// The act as papers cite it.
    pub act: Act,
    /// The platform.
    pub platform: Platform,
    /// The kinds of chats that the act knows.
    pub chats: BTreeSet<ChatKind>,
    /// When one may write; `None` where the act sets no hours.
    pub hours: Option<Hours>,
    /// Shorter hours that a homeroom teacher has set for a class (50.4).
    pub class_hours: BTreeMap<ClassName, Hours>,
    /// The rules for each audience.
    pub rules: BTreeMap<Audience, RuleSet>,
    /// Three or four rules in a few words, for the box on the poster, by audience.
    pub poster: BTreeMap<Audience, Vec<PosterRule>>,
    /// What a moderator does and may do.
    pub moderation: Vec<Rule>,
    /// Those of `moderation` that the log of violations shows: what is done about a violation.
    pub measures: Vec<Measure>,
    /// What members are to know of a violation: rules of `moderation` and `common`.
    pub violation: Vec<Rule>,
    /// What the act says about the written permission to place photographs and personal data (62.5–6); empty where it
    /// asks for none.
    pub consent: Vec<Rule>,
    /// What the director, the deputies and the administrator of the platform do (bel 4.1–4.2, 31.2.1–2.2, 65.5.1–5.3).
    pub administration: Vec<Rule>,
    /// What is said about acknowledgement before joining (62.4, 50.3.3, 31.4.3, 65.5.4).
    pub acknowledgement: Vec<Rule>,
    /// Disputes, liability, technical needs, support: what concerns everybody.
    pub common: Vec<Rule>,
    /// Where a person who does not join is reached («электронный журнал, тел. …»); `None` where the school offers none.
    pub other_channel: Option<String>,
}

/// The act as papers cite it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// «Порядок электронного взаимодействия».
    pub title: String,
    /// What people are acquainted with, in the instrumental case: «Порядком электронного взаимодействия».
    pub title_instrumental: String,
    /// The laws and orders it rests on.
    pub basis: Vec<String>,
    /// The lines of the adoption block: «ПРИНЯТО педагогическим советом (протокол …)».
    pub approval: Vec<String>,
    /// The date of the school's own order; a blank to fill by hand where unknown.
    pub date: Option<Date>,
    /// The number of the school's own order.
    pub number: Option<String>,
}

/// One rule with the number of its clause in the act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// «4.3»; empty where the rule is the school's own or the law's, not one of the act.
    pub clause: String,
    /// The rule in one or two sentences.
    pub text: String,
    /// Whether only families sign it; of use where forms are signed.
    pub families_only: bool,
}

/// A rule about what is done about a violation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What is done.
    pub kind: MeasureKind,
    /// The rule.
    pub rule: Rule,
}

/// What is done about a violation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MeasureKind {
    /// The message is removed.
    Removal,
    /// The member is reminded of the rules.
    Reminder,
    /// The member is blocked for a time, the access is restricted.
    Blocking,
    /// The member is let in again before that time.
    Unblocking,
    /// What a moderator must not do.
    Limit,
}

/// The rules for one audience.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleSet {
    /// What one has to do.
    pub duties: Vec<Rule>,
    /// What one must not do.
    pub forbidden: Vec<Rule>,
    /// What one may do.
    pub rights: Vec<Rule>,
}

/// A rule for the box on the poster: a bold beginning and a short rest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PosterRule {
    /// «Коротко и по делу,».
    pub lead: String,
    /// «вежливо. Без поздравлений, смайликов и картинок.»
    pub text: String,
}

/// The hours in which one may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// The days.
    pub days: WeekDays,
    /// From, local time.
    pub from: Time,
    /// To, later than `from` on the same day.
    pub to: Time,
}

/// The days of the week in which one may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WeekDays {
    /// Monday to Friday.
    Weekdays,
    /// Monday to Saturday.
    Workdays,
    /// Every day.
    Daily,
}

/// Why a text is not a span of hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// Not of the form «07:00–17:00».
    #[error("ожидается время вида «07:00-17:00»")]
    Form,
    /// The end is not later than the beginning.
    #[error("конец времени должен быть позже начала")]
    Order,
}

impl MeasureKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Removal, Self::Reminder, Self::Blocking, Self::Unblocking, Self::Limit];

    /// The name in the templates of regulations.
    pub fn id(self) -> &'static str {
        match self {
            Self::Removal => "removal",
            Self::Reminder => "reminder",
            Self::Blocking => "blocking",
            Self::Unblocking => "unblocking",
            Self::Limit => "limit",
        }
    }
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 5] = [Self::School62, Self::Belomorsk, Self::School50, Self::School31, Self::School65];

    /// The name in `zavuch.toml`.
    pub fn id(self) -> &'static str {
        match self {
            Self::School62 => "school-62",
            Self::Belomorsk => "belomorsk",
            Self::School50 => "school-50",
            Self::School31 => "school-31",
            Self::School65 => "school-65",
        }
    }
}

impl Regulation {
    /// Whether the act has a measure of a kind.
    pub fn has_measure(&self, kind: MeasureKind) -> bool {
        self.measures.iter().any(|measure| measure.kind == kind)
    }

    /// The hours of a class: its own shorter ones, else those of the act.
    pub fn hours_of(&self, class: Option<&ClassName>) -> Option<Hours> {
        class.and_then(|class| self.class_hours.get(class)).copied().or(self.hours)
    }

    /// The rules for an audience, with the shorter hours of the class where it has its own (50.4).
    pub fn rules_of(&self, audience: Audience, class: Option<&ClassName>) -> Option<Cow<'_, RuleSet>> {
        let rules = self.rules.get(&audience)?;
        Some(match (self.hours, self.hours_of(class)) {
            (Some(act), Some(own)) if act != own => Cow::Owned(rules.with_hours(act, own)),
            _ => Cow::Borrowed(rules),
        })
    }
}

impl Rule {
    /// The rule with its clause: «Пишите коротко и по делу (п. 6).», «… (прил. 1).»; without one, the rule alone.
    pub fn cited(&self) -> String {
        let text = self.text.trim();
        let Some(clause) = self.clause_in_words() else { return text.to_owned() };
        let (sentence, end) = text.strip_suffix('.').map_or((text, ""), |sentence| (sentence, "."));
        format!("{sentence} ({clause}){end}")
    }

    /// «п. 4.3», «прил. 1»; `None` where the rule has no clause.
    pub fn clause_in_words(&self) -> Option<String> {
        let word = if self.clause.starts_with(|letter: char| letter.is_ascii_digit()) { "п.\u{a0}" } else { "" };
        (!self.clause.is_empty()).then(|| format!("{word}{}", self.clause))
    }
}

impl RuleSet {
    /// The same rules with other hours wherever the act's stand in them.
    fn with_hours(&self, act: Hours, class: Hours) -> Self {
        let (act, class) = (act.to_string(), class.to_string());
        let said = |rules: &[Rule]| {
            let rule = |rule: &Rule| Rule { text: rule.text.replace(&act, &class), ..rule.clone() };
            rules.iter().map(rule).collect()
        };
        let Self { duties, forbidden, rights } = self;
        Self { duties: said(duties), forbidden: said(forbidden), rights: said(rights) }
    }
}

impl Hours {
    /// Hours read from a text such as «07:00-17:00», «7:00–17:00» or «8-19».
    ///
    /// # Errors
    /// When the text has another form or the end is not later than the beginning.
    pub fn parse(days: WeekDays, text: &str) -> Result<Self, HoursError> {
        let (from, to) = text.split_once(['-', '–', '—']).ok_or(HoursError::Form)?;
        let time = |text: &str| {
            let (hour, minute) = text.trim().split_once([':', '.']).unwrap_or((text.trim(), "0"));
            let number = |text: &str| text.parse::<i8>().map_err(|_| HoursError::Form);
            Time::new(number(hour)?, number(minute)?, 0, 0).map_err(|_| HoursError::Form)
        };
        let (from, to) = (time(from)?, time(to)?);
        if from < to { Ok(Self { days, from, to }) } else { Err(HoursError::Order) }
    }

    /// The days in words: «по будням», «с понедельника по субботу», «ежедневно».
    pub fn days_in_words(self) -> &'static str {
        match self.days {
            WeekDays::Weekdays => "по будням",
            WeekDays::Workdays => "с понедельника по субботу",
            WeekDays::Daily => "ежедневно",
        }
    }

    /// «7:00–17:00».
    pub fn span(self) -> String {
        let time = |time: Time| format!("{}:{:02}", time.hour(), time.minute());
        format!("{}–{}", time(self.from), time(self.to))
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.days_in_words(), self.span())
    }
}

#[cfg(test)]
mod tests {
    use super::{Hours, HoursError, Rule, WeekDays};

    #[track_caller]
    fn check(text: &str, expected: Result<&str, HoursError>) {
        let read = Hours::parse(WeekDays::Weekdays, text).map(|hours| hours.to_string());
        assert_eq!(read.as_deref(), expected.as_ref().copied());
    }

    #[test]
    fn a_rule_with_its_clause() {
        let cited = |clause: &str, text: &str| {
            Rule { clause: clause.to_owned(), text: text.to_owned(), families_only: false }.cited()
        };
        assert_eq!(cited("4.3", "Пишите по делу."), "Пишите по делу (п.\u{a0}4.3).");
        assert_eq!(cited("прил. 1", "Пишите по делу"), "Пишите по делу (прил. 1)");
        assert_eq!(cited("", "Пишите по делу."), "Пишите по делу.");
    }

    #[test]
    fn hours() {
        check("07:00-17:00", Ok("по будням 7:00–17:00"));
        check("8:00 – 19.30", Ok("по будням 8:00–19:30"));
        check("8-19", Ok("по будням 8:00–19:00"));
        check("19:00-08:00", Err(HoursError::Order));
        check("08:00-25:00", Err(HoursError::Form));
        check("с утра", Err(HoursError::Form));
        check("8-", Err(HoursError::Form));
    }
}
