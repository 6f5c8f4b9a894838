//! The words of the paper of a change.

use serde::Deserialize;

use crate::papers::head::HeadWording;

use crate::school::Template;

/// The built-in words, to be replaced by a file of this name among the school's own templates.
pub(in crate::papers) const CHANGES: Template =
    Template { name: "papers/changes.toml", text: include_str!("../../../templates/papers/changes.toml") };

/// The words of the paper of a change.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct ChangesWording {
    pub(super) title: String,
    pub(super) head: HeadWording,
    pub(super) news: NewsWording,
    pub(super) steps: StepsWording,
    pub(super) void: VoidWording,
    pub(super) removals: RemovalsWording,
    pub(super) admissions: AdmissionsWording,
    pub(in crate::papers) addition: AdditionWording,
    pub(super) foot: FootWording,
}

/// What has changed.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewsWording {
    pub(super) heading: String,
    pub(super) with_reason: String,
    pub(super) line: String,
    pub(super) chat: String,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepsWording {
    pub(super) heading: String,
    pub(super) chats_new: String,
    pub(super) chats_retitled: String,
    pub(super) links_void: String,
    pub(super) signatures: String,
    pub(super) slips: String,
    pub(super) families: String,
    pub(super) posters: String,
    pub(super) slips_whole: String,
    pub(super) families_whole: String,
    pub(super) posters_whole: String,
    pub(super) form_whole: String,
    pub(super) admissions: String,
    pub(super) removals: String,
    pub(super) chats_moderator: String,
    pub(super) chats_closed: String,
    pub(super) void: String,
    #[serde(rename = "return")]
    pub(super) give_back: String,
}

/// The table of papers that hold no longer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VoidWording {
    pub(super) heading: String,
    pub(super) note: String,
    pub(super) number: String,
    pub(super) paper: String,
    pub(super) edition: String,
    pub(super) why: String,
    pub(super) destroyed: String,
    pub(super) version: String,
}

/// The sheet of the moderators.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RemovalsWording {
    pub(super) title: String,
    pub(super) note: String,
    pub(super) rule: String,
    pub(super) rule_without_clause: String,
    pub(super) no_rule: String,
    pub(super) unable: String,
    pub(super) number: String,
    pub(super) moderator: String,
    pub(super) nobody: String,
    pub(super) chat: String,
    pub(super) whom: String,
    pub(super) why: String,
    pub(super) removed: String,
    pub(super) signature: String,
}

/// The sheet of those who are to be admitted. Its other words are those of the removals.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AdmissionsWording {
    pub(super) title: String,
    pub(super) note: String,
    pub(super) whom: String,
    pub(super) admitted: String,
    pub(super) nobody: String,
}

/// What the rows that are added to an acknowledgement form have over them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct AdditionWording {
    pub(in crate::papers) title: String,
    pub(in crate::papers) rules: String,
}

/// The foot of every page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FootWording {
    pub(super) changes: String,
    pub(super) removals: String,
    pub(super) admissions: String,
    pub(super) class: String,
    pub(super) school: String,
}
