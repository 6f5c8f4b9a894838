//! The words of the sheet of a family.

use serde::Deserialize;

use crate::school::Template;

/// The built-in words, to be replaced by a file of this name among the school's own templates.
pub(in crate::papers) const FAMILY: Template =
    Template { name: "papers/family.toml", text: include_str!("../../../templates/papers/family.toml") };

/// The words of the sheet of a family.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct FamilyWording {
    pub(super) title: String,
    pub(super) whom: String,
    pub(super) school: String,
    pub(super) intro: String,
    pub(super) steps: Vec<String>,
    pub(super) notes: Vec<String>,
    pub(super) child: ChildWording,
    pub(super) foot: FootWording,
}

/// Beside the code of a child.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChildWording {
    pub(super) chat: String,
    pub(super) questions: String,
}

/// The foot of every page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FootWording {
    pub(super) edition: String,
    pub(super) whose: String,
}
