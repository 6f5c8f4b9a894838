//! The placeholders in the texts of a regulation, and the values that take their place.

use crate::school::{Measure, PosterRule, Rule};

use super::super::document::Problem;

/// The placeholders, in the order of messages.
const KNOWN: [&str; 5] = ["{часы}", "{комиссия}", "{другой_канал}", "{школа}", "{приказ}"];

/// The values of the placeholders.
pub(super) struct Wording {
    /// «по будням 7:00–17:00».
    pub(super) hours: Option<String>,
    /// «комиссия по урегулированию споров».
    pub(super) commission: Option<String>,
    /// «электронный журнал, тел. …».
    pub(super) other_channel: Option<String>,
    /// The short name of the school.
    pub(super) school: String,
    /// «от 11.02.2026 № 21».
    pub(super) order: String,
}

impl Wording {
    /// Whether every placeholder of a text is known.
    pub(super) fn check(text: &str) -> Result<(), Problem> {
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let Some(known) = KNOWN.iter().find(|known| rest[at..].starts_with(*known)) else {
                let end = rest[at..].find('}').map_or(rest.len(), |end| at + end + 1);
                let message = format!("Неизвестная подстановка {}.", &rest[at..end]);
                return Err(Problem::new(message, format!("Известны: {}.", KNOWN.join(", "))));
            };
            rest = &rest[at + known.len()..];
        }
        Ok(())
    }

    /// The text with its values; `None` where one of them is not known.
    pub(super) fn resolved(&self, text: &str) -> Option<String> {
        let Self { hours, commission, other_channel, school, order } = self;
        let values = [hours.as_ref(), commission.as_ref(), other_channel.as_ref(), Some(school), Some(order)];
        // From left to right, so that a brace inside a value stays what it is.
        let mut resolved = String::new();
        let mut rest = text;
        while let Some(at) = rest.find('{') {
            let (before, from) = rest.split_at(at);
            resolved.push_str(before);
            let Some((known, value)) = KNOWN.iter().zip(values).find(|(known, _)| from.starts_with(**known)) else {
                resolved.push('{');
                rest = &from[1..];
                continue;
            };
            resolved.push_str(value?);
            rest = &from[known.len()..];
        }
        resolved.push_str(rest);
        Some(resolved)
    }

    /// The rules that can be said.
    pub(super) fn rules(&self, rules: Vec<Rule>) -> Vec<Rule> {
        let said = |rule: Rule| Some(Rule { text: self.resolved(&rule.text)?, ..rule });
        rules.into_iter().filter_map(said).collect()
    }

    /// A measure, if it can be said.
    pub(super) fn measure(&self, Measure { kind, rule }: Measure) -> Option<Measure> {
        Some(Measure { kind, rule: Rule { text: self.resolved(&rule.text)?, ..rule } })
    }

    /// A rule of the poster, if it can be said.
    pub(super) fn poster(&self, rule: &PosterRule) -> Option<PosterRule> {
        Some(PosterRule { lead: self.resolved(&rule.lead)?, text: self.resolved(&rule.text)? })
    }
}
