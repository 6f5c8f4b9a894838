//! A regulation read from its template, with the school's own values laid over it.
//!
//! The template of a preset carries the facts of one real act as texts with placeholders; a
//! rule whose placeholder the school gives no value for is left out. It knows nothing of the settings file: the
//! school's values come as [`OwnValues`].

mod wording;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::school::{
    Act, Audience, ChatKind, Checked, ClassName, Hours, HoursError, Measure, MeasureKind, Platform, PosterRule, Preset,
    Regulation, Rule, RuleSet, Template, WeekDays, dotted,
};

use super::document::{self, Problem, Table};
use super::templates::Templates;

use wording::Wording;

/// The longest rule that a paper can take, in characters.
const LONGEST_RULE: usize = 500;
/// The longest rule of the poster's box, lead and rest together, in characters.
const LONGEST_POSTER_RULE: usize = 90;
/// The longest clause number, in characters: «прил. 1, п. 4.3».
const LONGEST_CLAUSE: usize = 20;
/// The longest title of an act or line of its adoption block, in characters.
const LONGEST_TITLE: usize = 300;

/// What a school sets for itself; `None` leaves what the preset says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnValues {
    /// The short name of the school, for the texts.
    pub school: String,
    /// The title of the school's own act.
    pub act_title: Option<String>,
    /// The same in the instrumental case.
    pub act_title_instrumental: Option<String>,
    /// The lines of the adoption block.
    pub approval: Option<Vec<String>>,
    /// The date of the order.
    pub date: Option<Date>,
    /// The number of the order.
    pub number: Option<String>,
    /// The platform.
    pub platform: Option<Platform>,
    /// When one may write.
    pub hours: Option<Hours>,
    /// Shorter hours of a class.
    pub class_hours: BTreeMap<ClassName, Hours>,
    /// Who settles disputes, in the nominative: «комиссия по урегулированию споров».
    pub commission: Option<String>,
    /// Where a person who does not join is reached, in the nominative: «электронный журнал, тел. …».
    pub other_channel: Option<String>,
}

/// A preset as its template has it, before the school's values are laid over it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Draft {
    /// With placeholders in its texts.
    regulation: Regulation,
    commission: Option<String>,
}

/// The regulation of a preset with a school's own values.
///
/// The value is `None` when the template cannot be used; the issues say why, with the line of the template.
pub fn load_regulation(preset: Preset, own: &OwnValues, templates: &Templates) -> Checked<Option<Regulation>> {
    let Checked { value, issues } = load(preset, templates);
    Checked::new(value.map(|draft| draft.with(own)), issues)
}

/// The built-in regulation of a preset.
pub fn regulation_template(preset: Preset) -> Template {
    macro_rules! built_in {
        ($name:literal) => {
            Template { name: $name, text: include_str!(concat!("../../templates/", $name)) }
        };
    }
    match preset {
        Preset::School62 => built_in!("regulations/school-62.toml"),
        Preset::Belomorsk => built_in!("regulations/belomorsk.toml"),
        Preset::School50 => built_in!("regulations/school-50.toml"),
        Preset::School31 => built_in!("regulations/school-31.toml"),
        Preset::School65 => built_in!("regulations/school-65.toml"),
    }
}

/// Reads the template of a preset.
pub(super) fn load(preset: Preset, templates: &Templates) -> Checked<Option<Draft>> {
    let template = regulation_template(preset);
    let read = document::read(templates.text(template), &templates.label(template), |root| draft(root, preset));
    Checked::new(read.value.filter(|_| read.issues.is_empty()), read.issues)
}

fn draft(root: &mut Table<'_, '_>, preset: Preset) -> Option<Draft> {
    let platform = root.required_parsed("platform", platform);
    root.require("chats");
    let chats = root.list("chats", LONGEST_TITLE, chat_kind).unwrap_or_default().into_iter().collect();
    let commission = root.text("commission", LONGEST_TITLE);
    let act = root.required_section("act", act);
    let hours = root.section("hours", |hours| {
        let days = hours.parsed("days", week_days).unwrap_or(WeekDays::Weekdays);
        hours.required_parsed("span", |text| span(days, text))
    });
    let mut by_audience = BTreeMap::new();
    let mut poster = BTreeMap::new();
    let audiences = [("students", Audience::Students), ("parents", Audience::Parents), ("staff", Audience::Staff)];
    for (key, audience) in audiences {
        root.required_section(key, |section| {
            let duties = rules(section, "duties");
            let forbidden = rules(section, "forbidden");
            let rights = rules(section, "rights");
            by_audience.insert(audience, RuleSet { duties, forbidden, rights });
            poster.insert(audience, poster_box(section));
        });
    }
    let moderation = marked(root, "moderation", |rule| rule.parsed("measure", measure));
    let common = marked(root, "common", |_| None);
    let measure = |rule: &Marked| rule.measure.map(|kind| Measure { kind, rule: rule.rule.clone() });
    let of_violation = moderation.iter().chain(&common).filter(|rule| rule.is_of_violation);
    let regulation = Regulation {
        preset,
        act: act?,
        platform: platform?,
        chats,
        hours,
        class_hours: BTreeMap::new(),
        rules: by_audience,
        poster,
        measures: moderation.iter().filter_map(measure).collect(),
        violation: of_violation.map(|rule| rule.rule.clone()).collect(),
        moderation: moderation.into_iter().map(|rule| rule.rule).collect(),
        consent: rules(root, "consent"),
        administration: rules(root, "administration"),
        acknowledgement: acknowledgement(root),
        common: common.into_iter().map(|rule| rule.rule).collect(),
        other_channel: None,
    };
    Some(Draft { regulation, commission })
}

fn act(act: &mut Table<'_, '_>) -> Option<Act> {
    let title = act.required_text("title", LONGEST_TITLE);
    let title_instrumental = act.required_text("title_instrumental", LONGEST_TITLE);
    let basis = act.list("basis", LONGEST_TITLE, |text| Ok(text.to_owned())).unwrap_or_default();
    let approval = act.list("approval", LONGEST_TITLE, |text| wording(text, LONGEST_TITLE)).unwrap_or_default();
    Some(Act { title: title?, title_instrumental: title_instrumental?, basis, approval, date: None, number: None })
}

fn chat_kind(id: &str) -> Result<ChatKind, Problem> {
    let kind = ChatKind::ALL.into_iter().find(|kind| kind.id() == id);
    kind.ok_or_else(|| unknown_word(id, &ChatKind::ALL.map(ChatKind::id)))
}

fn rules(table: &mut Table<'_, '_>, key: &str) -> Vec<Rule> {
    table.tables(key, rule).into_iter().flatten().collect()
}

fn rule(table: &mut Table<'_, '_>) -> Option<Rule> {
    let clause = table.text("clause", LONGEST_CLAUSE).unwrap_or_default();
    let text = table.required_parsed("text", |text| wording(text, LONGEST_RULE));
    Some(Rule { clause, text: text?, families_only: false })
}

/// Rules about the signature, some of which are nothing that the staff signs.
fn acknowledgement(table: &mut Table<'_, '_>) -> Vec<Rule> {
    let rules = table.tables("acknowledgement", |table| {
        let rule = rule(table);
        let families_only = table.flag("families_only").unwrap_or_default();
        Some(Rule { families_only, ..rule? })
    });
    rules.into_iter().flatten().collect()
}

/// A rule with what it says about violations.
struct Marked {
    rule: Rule,
    measure: Option<MeasureKind>,
    is_of_violation: bool,
}

/// Rules that may say what is done about a violation.
fn marked(
    table: &mut Table<'_, '_>,
    key: &str,
    measure: impl Fn(&mut Table<'_, '_>) -> Option<MeasureKind>,
) -> Vec<Marked> {
    let rules = table.tables(key, |table| {
        let rule = rule(table);
        let measure = measure(table);
        let is_of_violation = table.flag("violation").unwrap_or_default();
        Some(Marked { rule: rule?, measure, is_of_violation })
    });
    rules.into_iter().flatten().collect()
}

fn measure(id: &str) -> Result<MeasureKind, Problem> {
    let kind = MeasureKind::ALL.into_iter().find(|kind| kind.id() == id);
    kind.ok_or_else(|| unknown_word(id, &MeasureKind::ALL.map(MeasureKind::id)))
}

/// The rules of the poster's box, three or four.
fn poster_box(section: &mut Table<'_, '_>) -> Vec<PosterRule> {
    section.require("poster");
    let rules = section.tables("poster", poster_rule);
    if !(3..=4).contains(&rules.len()) {
        let problem = Problem::new("На листе помещаются три или четыре правила.", "Уберите лишние или добавьте.");
        section.refuse("poster", &problem);
    }
    rules.into_iter().flatten().collect()
}

fn poster_rule(rule: &mut Table<'_, '_>) -> Option<PosterRule> {
    let lead = rule.required_parsed("lead", |text| wording(text, LONGEST_POSTER_RULE))?;
    let rest = LONGEST_POSTER_RULE.saturating_sub(lead.chars().count() + 1);
    let text = rule.required_parsed("text", |text| wording(text, rest))?;
    Some(PosterRule { lead, text })
}

fn wording(text: &str, longest: usize) -> Result<String, Problem> {
    Wording::check(text)?;
    if text.chars().count() > longest { Err(Problem::too_long(longest)) } else { Ok(text.to_owned()) }
}

/// A text whose placeholders are all known.
pub(super) fn checked_wording(text: &str) -> Result<String, Problem> {
    Wording::check(text).map(|()| text.to_owned())
}

/// A platform by its name in TOML files.
pub(super) fn platform(text: &str) -> Result<Platform, Problem> {
    match text.to_lowercase().as_str() {
        "max" => Ok(Platform::Max),
        "sferum" => Ok(Platform::Sferum),
        _ => Err(unknown_word(text, &["max", "sferum"])),
    }
}

/// Days of the week as people name them, or by their names in the regulations.
pub(super) fn week_days(text: &str) -> Result<WeekDays, Problem> {
    match text.to_lowercase().as_str() {
        "weekdays" | "по будням" => Ok(WeekDays::Weekdays),
        "workdays" | "с понедельника по субботу" => Ok(WeekDays::Workdays),
        "daily" | "ежедневно" => Ok(WeekDays::Daily),
        _ => Err(unknown_word(text, &["по будням", "с понедельника по субботу", "ежедневно"])),
    }
}

/// A span of hours such as «07:00-17:00».
pub(super) fn span(days: WeekDays, text: &str) -> Result<Hours, Problem> {
    Hours::parse(days, text).map_err(|error| match error {
        HoursError::Form => Problem::new(
            format!("«{text}» — не время."),
            "Напишите начало и конец через дефис, например \"07:00-17:00\".",
        ),
        HoursError::Order => Problem::new("Конец времени должен быть позже начала.", "Исправьте время."),
    })
}

/// The problem of a word where one of a few is expected.
pub(super) fn unknown_word(word: &str, known: &[&str]) -> Problem {
    let likeness = |known: &&&str| (strsim::jaro_winkler(&word.to_lowercase(), known) * 1000.0) as u32;
    let nearest = known.iter().max_by_key(likeness).filter(|known| likeness(known) >= 800);
    let advice = nearest.map_or_else(
        || {
            format!(
                "Возможные значения: {}.",
                known.iter().map(|known| format!("\"{known}\"")).collect::<Vec<_>>().join(", ")
            )
        },
        |nearest| format!("Вы имели в виду «{nearest}»?"),
    );
    Problem::new(format!("Значение «{word}» неизвестно."), advice)
}

impl Draft {
    /// The hours of the act that the preset was made from.
    pub(super) fn hours(&self) -> Option<Hours> {
        self.regulation.hours
    }

    /// The kinds of chats that the act knows.
    pub(super) fn chats(&self) -> &BTreeSet<ChatKind> {
        &self.regulation.chats
    }

    /// Whether the act asks for a written consent.
    pub(super) fn has_consent(&self) -> bool {
        !self.regulation.consent.is_empty()
    }

    /// The regulation with a school's own values laid over it.
    pub(super) fn with(self, own: &OwnValues) -> Regulation {
        let Self { regulation, commission } = self;
        let hours = own.hours.or(regulation.hours);
        let wording = Wording {
            hours: hours.map(|hours| hours.to_string()),
            commission: own.commission.clone().or(commission),
            other_channel: own.other_channel.clone(),
            school: own.school.clone(),
            order: order(own.date, own.number.as_deref()),
        };
        let Regulation { preset, act, platform, chats, rules, poster, .. } = regulation;
        let Regulation { moderation, measures, violation, consent, administration, .. } = regulation;
        let Regulation { acknowledgement, common, .. } = regulation;
        let rule_set = |set: RuleSet| RuleSet {
            duties: wording.rules(set.duties),
            forbidden: wording.rules(set.forbidden),
            rights: wording.rules(set.rights),
        };
        let poster_rules =
            |rules: Vec<PosterRule>| rules.into_iter().filter_map(|rule| wording.poster(&rule)).collect();
        Regulation {
            preset,
            act: own_act(act, own, &wording),
            platform: own.platform.unwrap_or(platform),
            chats,
            hours,
            class_hours: own.class_hours.clone(),
            rules: rules.into_iter().map(|(audience, set)| (audience, rule_set(set))).collect(),
            poster: poster.into_iter().map(|(audience, rules)| (audience, poster_rules(rules))).collect(),
            moderation: wording.rules(moderation),
            measures: measures.into_iter().filter_map(|measure| wording.measure(measure)).collect(),
            violation: wording.rules(violation),
            consent: wording.rules(consent),
            administration: wording.rules(administration),
            acknowledgement: wording.rules(acknowledgement),
            common: wording.rules(common),
            other_channel: own.other_channel.clone(),
        }
    }
}

fn own_act(act: Act, own: &OwnValues, wording: &Wording) -> Act {
    let title = own.act_title.clone().unwrap_or(act.title);
    let title_instrumental = match (&own.act_title_instrumental, &own.act_title) {
        (Some(instrumental), _) => instrumental.clone(),
        // A title cannot be declined by a program: it stands in the nominative after words that can be.
        (None, Some(title)) => format!("локальным нормативным актом «{}»", title.replace('«', "„").replace('»', "“")),
        (None, None) => act.title_instrumental,
    };
    let approval = own.approval.as_ref().unwrap_or(&act.approval);
    let approval = approval.iter().filter_map(|line| wording.resolved(line)).collect();
    Act { title, title_instrumental, basis: act.basis, approval, date: own.date, number: own.number.clone() }
}

/// «от 11.02.2026 № 21», with blanks to fill by hand for what is not known.
fn order(date: Option<Date>, number: Option<&str>) -> String {
    let date = date.map_or_else(|| "____________".to_owned(), dotted);
    format!("от {date} № {}", number.unwrap_or("____"))
}

#[cfg(test)]
mod tests;
