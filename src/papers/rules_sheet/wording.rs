//! The words of the rules sheets, but for those that the acknowledgement form has too.

use serde::Deserialize;

use crate::papers::wording::ByAudience;
use crate::school::Template;

/// The built-in words, to be replaced by a file of this name among the school's own templates.
pub(in crate::papers) const RULES: Template =
    Template { name: "papers/rules.toml", text: include_str!("../../../templates/papers/rules.toml") };

/// The words of the rules sheets.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct RulesWording {
    pub(super) title: String,
    pub(super) school: String,
    pub(super) whom: ByAudience<String>,
    pub(super) purpose: ByAudience<String>,
    pub(super) headings: HeadingsWording,
    pub(super) contacts: ContactsWording,
    pub(in crate::papers) source: SourceWording,
    pub(super) foot: FootWording,
}

/// The headings that the acknowledgement form does not have.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadingsWording {
    pub(super) violation: String,
    pub(super) moderation: String,
}

/// Whom to ask.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactsWording {
    pub(super) heading: String,
    pub(super) rows: ByAudience<Vec<String>>,
}

/// Where the rules come from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct SourceWording {
    pub(in crate::papers) act: String,
    pub(in crate::papers) approval: String,
    pub(in crate::papers) basis: String,
}

/// The foot of every page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FootWording {
    pub(super) edition: String,
    pub(super) whose: ByAudience<String>,
}
