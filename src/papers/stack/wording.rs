//! The words of the file that holds all papers of the school.

use serde::Deserialize;

use crate::papers::paper::PaperKind;
use crate::school::Template;

/// The built-in words, to be replaced by a file of this name among the school's own templates.
pub(in crate::papers) const STACK: Template =
    Template { name: "papers/stack.toml", text: include_str!("../../../templates/papers/stack.toml") };

/// The words of the front and of the covers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::papers) struct StackWording {
    pub(super) front: FrontWording,
    pub(super) cover: CoverWording,
    pub(super) actions: ActionsWording,
    pub(super) school_actions: ActionsWording,
}

/// The list of all stacks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FrontWording {
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) note: String,
    pub(super) whose: String,
    pub(super) teacher: String,
    pub(super) pages: String,
    pub(super) count: String,
    pub(super) school: String,
    pub(super) foot: String,
}

/// The cover of a stack.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CoverWording {
    pub(super) class: String,
    pub(super) school_papers: String,
    pub(super) school: String,
    pub(super) teacher: String,
    pub(super) keep: String,
    pub(super) keep_school: String,
    pub(super) paper: String,
    pub(super) pages: String,
    pub(super) what: String,
    pub(super) total: String,
    pub(super) foot: String,
}

/// What is to be done with each kind of paper.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ActionsWording {
    memo: String,
    announcements: String,
    log: String,
    posters: String,
    rules: String,
    form: String,
    consents: String,
    slips: String,
    families: String,
}

impl ActionsWording {
    /// What is to be done with a kind of paper.
    pub(super) fn of(&self, kind: PaperKind) -> &str {
        match kind {
            PaperKind::ModeratorMemo => &self.memo,
            PaperKind::Announcements => &self.announcements,
            PaperKind::ViolationLog => &self.log,
            PaperKind::Posters => &self.posters,
            PaperKind::Rules => &self.rules,
            PaperKind::AcknowledgementForm => &self.form,
            PaperKind::Consents => &self.consents,
            PaperKind::Slips => &self.slips,
            PaperKind::Families => &self.families,
            PaperKind::Changes | PaperKind::Draft(_) => "",
        }
    }
}
