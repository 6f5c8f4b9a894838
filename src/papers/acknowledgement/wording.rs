//! The words of the acknowledgement form.

use serde::Deserialize;

use crate::school::Template;

/// The built-in words, to be replaced by a file of this name among the school's own templates.
pub(in crate::papers) const ACKNOWLEDGEMENT: Template = Template {
    name: "papers/acknowledgement.toml",
    text: include_str!("../../../templates/papers/acknowledgement.toml"),
};

/// The words of the acknowledgement form.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct AcknowledgementWording {
    pub(super) annex: String,
    pub(super) title: String,
    pub(super) rules: String,
    pub(super) whom: ByPart,
    pub(in crate::papers) headings: Headings,
    pub(in crate::papers) hours: String,
    pub(in crate::papers) notes: Notes,
    pub(super) columns: Columns,
    pub(super) signature: SignatureWording,
    pub(super) foot: FootWording,
}

/// The headings of the sections of rules.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct Headings {
    pub(in crate::papers) duties: String,
    pub(in crate::papers) forbidden: String,
    pub(in crate::papers) rights: String,
    pub(in crate::papers) common: String,
}

/// The notes above the table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct Notes {
    pub(in crate::papers) voluntary: String,
    pub(in crate::papers) channel: String,
    pub(super) channel_column: String,
    pub(super) students: String,
    pub(super) primary: String,
    pub(super) personal_data: String,
}

/// The headings of the columns.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Columns {
    pub(super) number: String,
    pub(super) student: String,
    pub(super) parent: String,
    pub(super) member: String,
    pub(super) post: String,
    pub(super) acquainted: String,
    pub(super) other_channel: String,
    pub(super) date: String,
    pub(super) signature: String,
    pub(super) signature_primary: String,
}

/// The line of who collects the signatures, under the table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignatureWording {
    pub(super) homeroom: String,
    pub(super) curator: String,
    pub(super) date: String,
}

/// The foot of every page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FootWording {
    pub(super) edition: String,
    pub(super) whose: ByPart,
}

/// One text for each part of the form.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ByPart {
    pub(super) parents: String,
    pub(super) students: String,
    pub(super) staff: String,
}
