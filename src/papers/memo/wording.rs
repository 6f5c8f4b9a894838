//! The words of the moderator's memo.

use serde::Deserialize;

use crate::papers::head::HeadWording;

use crate::papers::wording::ByAudience;
use crate::school::Template;

/// The built-in words, to be replaced by a file of this name among the school's own templates.
pub(in crate::papers) const MEMO: Template =
    Template { name: "papers/memo.toml", text: include_str!("../../../templates/papers/memo.toml") };

/// The words of the moderator's memo.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct MemoWording {
    pub(super) title: String,
    pub(super) head: HeadWording,
    pub(super) chats: ChatsWording,
    pub(super) order: OrderWording,
    pub(super) create: ListWording,
    pub(super) settings: SettingsWording,
    pub(super) check: CheckWording,
    pub(super) duties: DutiesWording,
    pub(super) events: ListWording,
    pub(super) contacts: ContactsWording,
    pub(super) pinned: PinnedWording,
    pub(super) foot: FootWording,
}

/// The table of chats.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChatsWording {
    pub(super) heading: String,
    pub(super) class: String,
    pub(super) school: String,
    pub(super) sferum: String,
    pub(super) others: String,
    pub(super) co_admins_of_all: String,
    pub(super) deadline: String,
    pub(super) number: String,
    pub(super) kind: String,
    pub(super) exact_title: String,
    pub(super) moderator: String,
    pub(super) co_admins: String,
    pub(super) members: String,
    pub(super) link: String,
    pub(super) ready: String,
    pub(super) awaited: String,
    pub(super) nobody: String,
}

/// What is done after what.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OrderWording {
    pub(super) heading: String,
    pub(super) class: Vec<String>,
    pub(super) school: Vec<String>,
    pub(super) acknowledgement: String,
}

/// A list of steps.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ListWording {
    pub(super) heading: String,
    pub(super) class: Vec<String>,
    pub(super) school: Vec<String>,
}

/// The settings to make in the app.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingsWording {
    pub(super) heading: String,
    pub(super) name: String,
    pub(super) chat: String,
    pub(super) channel: String,
    pub(super) unset: String,
    pub(super) rows: Vec<SettingWording>,
}

/// One setting of the app.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SettingWording {
    pub(super) name: String,
    pub(super) chat: String,
    pub(super) channel: String,
}

/// How members are checked.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CheckWording {
    pub(super) heading: String,
    pub(super) class: Vec<String>,
    pub(super) school: Vec<String>,
    pub(super) sferum: String,
}

/// The duties by the act.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DutiesWording {
    pub(super) heading: String,
    pub(super) note: String,
    pub(super) administration: String,
}

/// Whom to ask.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactsWording {
    pub(super) heading: String,
    pub(super) rows: Vec<String>,
}

/// The texts to pin.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PinnedWording {
    pub(super) heading: String,
    pub(super) note: String,
    pub(super) several: String,
    pub(super) whom: ByAudience<String>,
}

/// The foot of every page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FootWording {
    pub(super) edition: String,
    pub(super) class: String,
    pub(super) school: String,
}
