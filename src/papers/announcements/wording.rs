//! The words of the announcements.

use serde::Deserialize;

use crate::papers::PaperError;
use crate::papers::head::HeadWording;
use crate::papers::wording::ByAudience;
use crate::school::{Audience, Template};

/// The built-in words, to be replaced by a file of this name among the school's own templates.
pub(in crate::papers) const ANNOUNCEMENTS: Template =
    Template { name: "papers/announcements.toml", text: include_str!("../../../templates/papers/announcements.toml") };

/// The longest text of a template, in characters: with its values it fits into a message of MAX, which takes 4000.
const LONGEST: usize = 2000;

/// The words of the announcements.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct AnnouncementsWording {
    pub(super) title: String,
    pub(super) note: String,
    pub(super) several: String,
    pub(super) head: HeadWording,
    pub(super) headings: HeadingsWording,
    pub(super) copy: CopyWording,
    pub(super) whom: ByAudience<String>,
    pub(super) old: ByAudience<Vec<Vec<String>>>,
    pub(super) first: ByAudience<Vec<Vec<String>>>,
    pub(super) foot: FootWording,
}

/// What stands above the texts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadingsWording {
    pub(super) old: String,
    pub(super) first: String,
    pub(super) pinned: String,
}

/// What divides the texts in the file to copy from.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CopyWording {
    pub(super) audience: String,
    pub(super) begin: String,
}

/// The foot of every page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FootWording {
    pub(super) edition: String,
    pub(super) class: String,
    pub(super) school: String,
}

impl AnnouncementsWording {
    /// The words, if each text is short enough for one message.
    pub(in crate::papers) fn checked(self) -> Result<Self, PaperError> {
        let audiences = [Audience::Parents, Audience::Students, Audience::Staff, Audience::Everyone];
        let texts = audiences.into_iter().flat_map(|audience| [self.old.of(audience), self.first.of(audience)]);
        let length =
            |text: &Vec<Vec<String>>| text.iter().flatten().map(|line| line.chars().count() + 2).sum::<usize>();
        if texts.map(length).any(|length| length > LONGEST) {
            let reason = format!("текст объявления длиннее {LONGEST} знаков, он не поместится в одно сообщение");
            return Err(PaperError::Wording { file: ANNOUNCEMENTS.name, reason });
        }
        Ok(self)
    }
}
