//! The words of the log of violations.

use serde::Deserialize;

use crate::papers::head::HeadWording;
use crate::school::Template;

/// The built-in words, to be replaced by a file of this name among the school's own templates.
pub(in crate::papers) const LOG: Template =
    Template { name: "papers/log.toml", text: include_str!("../../../templates/papers/log.toml") };

/// The words of the log.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct LogWording {
    pub(super) title: String,
    pub(super) title_with_unblocking: String,
    pub(super) head: HeadWording,
    pub(super) rules: RulesWording,
    pub(super) notes: NotesWording,
    pub(super) columns: ColumnsWording,
    pub(super) foot: FootWording,
}

/// What the act says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RulesWording {
    pub(super) heading: String,
}

/// How it is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NotesWording {
    pub(super) heading: String,
    pub(super) items: Vec<String>,
    pub(super) blocking: String,
    pub(super) unblocking: String,
}

/// The headings of the columns.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ColumnsWording {
    pub(super) number: String,
    pub(super) date: String,
    pub(super) member: String,
    pub(super) what: String,
    pub(super) count: String,
    pub(super) done: String,
    pub(super) blocked: String,
    pub(super) unblocked: String,
    pub(super) sign: String,
}

/// The foot of every page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FootWording {
    pub(super) edition: String,
    pub(super) class: String,
    pub(super) school: String,
}
