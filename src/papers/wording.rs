//! The words of the papers, read from templates that a school may replace.
//!
//! Values are put in later, passage by passage ([`Values::phrase`](super::phrases::Values::phrase)), so nothing that a
//! table holds can change a paper's form.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::acknowledgement::{ACKNOWLEDGEMENT, AcknowledgementWording};
use super::announcements::{ANNOUNCEMENTS, AnnouncementsWording};
use super::change_sheet::{CHANGES, ChangesWording};
use super::consents::{CONSENT, ConsentWording};
use super::error::PaperError;
use super::family_sheets::{FAMILY, FamilyWording};
use super::memo::{MEMO, MemoWording};
use super::order::{ORDER, OrderWording};
use super::rules_sheet::{RULES, RulesWording};
use super::stack::{STACK, StackWording};
use super::violation_log::{LOG, LogWording};
use crate::school::{Audience, ChatKind, Template};

/// The built-in words of the posters.
const POSTER: Template =
    Template { name: "papers/poster.toml", text: include_str!("../../templates/papers/poster.toml") };

/// The built-in words of the slips.
const SLIPS: Template = Template { name: "papers/slips.toml", text: include_str!("../../templates/papers/slips.toml") };

/// The built-in words of all papers.
pub const TEMPLATES: [Template; 12] =
    [POSTER, SLIPS, FAMILY, ACKNOWLEDGEMENT, MEMO, LOG, RULES, CONSENT, ANNOUNCEMENTS, CHANGES, STACK, ORDER];

/// The words of all papers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    pub(super) poster: PosterWording,
    pub(super) slips: SlipWording,
    pub(super) family: FamilyWording,
    pub(super) acknowledgement: AcknowledgementWording,
    pub(super) memo: MemoWording,
    pub(super) log: LogWording,
    pub(super) rules: RulesWording,
    pub(super) consent: ConsentWording,
    pub(super) announcements: AnnouncementsWording,
    pub(super) changes: ChangesWording,
    /// Apart, because it is larger than all the others together.
    pub(super) order: Box<OrderWording>,
    pub(super) stack: StackWording,
}

/// The words of a poster.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PosterWording {
    pub(super) lead: String,
    pub(super) lead_channel: String,
    pub(super) whom: BTreeMap<String, String>,
    pub(super) title: BTreeMap<String, String>,
    pub(super) subtitle: BTreeMap<String, String>,
    pub(super) steps: ByAudience<Vec<String>>,
    #[serde(rename = "box")]
    pub(super) rules: BoxWording,
    pub(super) note: ByAudience<String>,
    pub(super) foot: PosterFoot,
}

/// The words of the box of rules.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BoxWording {
    pub(super) hours: String,
}

/// The words at the foot of a poster.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PosterFoot {
    pub(super) homeroom: String,
    pub(super) moderator: String,
    pub(super) administrator: String,
    pub(super) channel: String,
    pub(super) phone: String,
    pub(super) sheet: String,
    pub(super) issued: String,
}

/// The words of a slip.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SlipWording {
    pub(super) whom: ByFamily<String>,
    pub(super) steps: ByFamily<Vec<String>>,
    pub(super) note: ByFamily<String>,
    pub(super) foot: SlipFoot,
}

/// The words at the foot of a slip.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SlipFoot {
    pub(super) questions: String,
    pub(super) edition: String,
}

/// One value for each audience.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ByAudience<T> {
    parents: T,
    students: T,
    staff: T,
    everyone: T,
}

/// One value for parents and one for pupils.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ByFamily<T> {
    pub(super) parents: T,
    pub(super) students: T,
}

impl<T> ByAudience<T> {
    pub(super) fn of(&self, audience: Audience) -> &T {
        match audience {
            Audience::Parents => &self.parents,
            Audience::Students => &self.students,
            Audience::Staff => &self.staff,
            Audience::Everyone => &self.everyone,
        }
    }
}

impl Wording {
    /// The words of [`TEMPLATES`], each as `text_of` has it: built-in or a school's own.
    ///
    /// # Errors
    /// When a template is no TOML, or a key is missing or unknown.
    pub fn read<'t>(text_of: impl Fn(Template) -> &'t str) -> Result<Self, PaperError> {
        let wording = Self {
            poster: read(POSTER.name, text_of(POSTER))?,
            slips: read(SLIPS.name, text_of(SLIPS))?,
            family: read(FAMILY.name, text_of(FAMILY))?,
            acknowledgement: read(ACKNOWLEDGEMENT.name, text_of(ACKNOWLEDGEMENT))?,
            memo: read(MEMO.name, text_of(MEMO))?,
            log: read(LOG.name, text_of(LOG))?,
            rules: read(RULES.name, text_of(RULES))?,
            consent: read(CONSENT.name, text_of(CONSENT))?,
            announcements: read::<AnnouncementsWording>(ANNOUNCEMENTS.name, text_of(ANNOUNCEMENTS))?.checked()?,
            changes: read(CHANGES.name, text_of(CHANGES))?,
            order: Box::new(read(ORDER.name, text_of(ORDER))?),
            stack: read(STACK.name, text_of(STACK))?,
        };
        let kinds = || ChatKind::ALL.into_iter().map(ChatKind::id);
        let audiences = ["parents", "students", "staff", "everyone"];
        let known = |key: &str| kinds().any(|kind| kind == key);
        let tables = [&wording.poster.title, &wording.poster.subtitle];
        let unknown = tables
            .into_iter()
            .flat_map(BTreeMap::keys)
            .find(|key| !known(key))
            .or_else(|| wording.poster.whom.keys().find(|key| !known(key) && !audiences.contains(&key.as_str())));
        match unknown {
            Some(key) => {
                let reason = format!("нет такого вида чата: «{key}»");
                Err(PaperError::Wording { file: POSTER.name, reason })
            }
            None => Ok(wording),
        }
    }

    /// The built-in words.
    ///
    /// # Errors
    /// Never with the templates as they are compiled in; a test sees to it.
    pub fn built_in() -> Result<Self, PaperError> {
        Self::read(|template| template.text)
    }
}

impl PosterWording {
    /// What stands in the bar: by the kind of the chat, else by its audience.
    pub(super) fn whom(&self, kind: ChatKind, audience: Audience) -> &str {
        let audience = match audience {
            Audience::Parents => "parents",
            Audience::Students => "students",
            Audience::Staff => "staff",
            Audience::Everyone => "everyone",
        };
        self.whom.get(kind.id()).or_else(|| self.whom.get(audience)).map_or("", String::as_str)
    }
}

/// The words of a template; what is wrong with it is said with its line.
fn read<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, PaperError> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| text.get(..span.start).unwrap_or_default().matches('\n').count() + 1);
        let place = line.map_or_else(String::new, |line| format!("строка {line}: "));
        let reason = format!("{place}лишний или пропущенный ключ, либо значение не того вида");
        PaperError::Wording { file, reason }
    })
}

#[cfg(test)]
mod tests {
    use super::{POSTER, Wording};
    use crate::school::{Audience, ChatKind};

    #[test]
    fn the_built_in_words_are_complete() {
        let wording = Wording::built_in().unwrap().poster;
        for kind in ChatKind::ALL {
            assert!(wording.title.contains_key(kind.id()), "{}", kind.id());
        }
        assert_eq!(wording.whom(ChatKind::ClassParents, Audience::Parents), "РОДИТЕЛЯМ (ЗАКОННЫМ ПРЕДСТАВИТЕЛЯМ)");
        assert_eq!(wording.whom(ChatKind::DirectorParents, Audience::Parents), "РОДИТЕЛЬСКОМУ АКТИВУ");
    }

    #[track_caller]
    fn check(from: &str, to: &str, expected: &str) {
        let own = POSTER.text.replacen(from, to, 1);
        let error = Wording::read(|template| if template == POSTER { &own } else { template.text }).unwrap_err();
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn what_is_wrong_with_a_school_s_own_words_is_said() {
        let form = "лишний или пропущенный ключ, либо значение не того вида";
        check("lead = ", "лид = ", &format!("шаблон «papers/poster.toml» не читается: строка 13: {form}"));
        check("lead = \"", "lead = 5 #\"", &format!("шаблон «papers/poster.toml» не читается: строка 13: {form}"));
        check(
            "event = \"{тема}\"",
            "evnt = \"\"",
            "шаблон «papers/poster.toml» не читается: нет такого вида чата: «evnt»",
        );
    }
}
