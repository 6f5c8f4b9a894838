//! The words of the consent.

use serde::Deserialize;

use crate::school::Template;

/// The built-in words, to be replaced by a file of this name among the school's own templates.
pub(in crate::papers) const CONSENT: Template =
    Template { name: "papers/consent.toml", text: include_str!("../../../templates/papers/consent.toml") };

/// The words of the consent.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct ConsentWording {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) who: WhoWording,
    pub(super) conditions: ConditionsWording,
    pub(super) data: DataWording,
    pub(super) notes: NotesWording,
    pub(super) signature: SignatureWording,
    pub(super) foot: FootWording,
}

/// Who consents, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WhoWording {
    pub(super) name: String,
    pub(super) name_note: String,
    pub(super) address: String,
    pub(super) document: String,
    pub(super) document_note: String,
    pub(super) ground: String,
    pub(super) ground_note: String,
    pub(super) student: String,
    pub(super) agreement: String,
}

/// To whom, what for, how long.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConditionsWording {
    pub(super) items: Vec<String>,
}

/// Which data.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DataWording {
    pub(super) yes: String,
    pub(super) what: String,
    pub(super) items: Vec<String>,
}

/// Under the conditions.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NotesWording {
    pub(super) rule: String,
}

/// Where it is signed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignatureWording {
    pub(super) date: String,
    pub(super) parent: String,
    pub(super) student: String,
    pub(super) note: String,
}

/// The foot of every page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FootWording {
    pub(super) edition: String,
    pub(super) class: String,
}
