//! The register of links as a reading has it: the links it gave, and how many.
//!
//! Knows nothing of what is remembered of links: that is settled when it is known what the tables call for.

use super::Data;
use crate::links::RegisterRows;
use crate::plan::ChatPlan;
use crate::report::{Gave, ReadFile};
use crate::school::{ChatLinks, Checked, Settings};
use crate::tables::Source;

/// The register as messages call it where there is none.
pub(super) const REGISTER: &str = "ссылки.xlsx";

/// The links of the register, as far as there is one.
pub(super) fn links_of(rows: Option<RegisterRows>, settings: &Settings, plan: &ChatPlan) -> Checked<ChatLinks> {
    match rows {
        // Without a roster every row of the register would be of an unknown chat.
        Some(rows) if !plan.classes.is_empty() => {
            rows.judged(&plan.chats().collect::<Vec<_>>(), settings.regulation.platform)
        }
        _ => Checked::default(),
    }
}

/// What the register of links gave. Its rows are those of planned chats: without a plan nothing is known of them.
pub(super) fn register_file(source: &Source, data: Option<&Data>) -> ReadFile {
    let planned = data.filter(|data| !data.plan.classes.is_empty());
    let gave = planned.map_or(Gave::Unjudged, |data| {
        let with_row = || data.plan.chats().filter(|chat| data.links.has_row(&chat.key));
        let ready = with_row().filter(|chat| data.links.ready(&chat.key).is_some()).count();
        Gave::Links { chats: with_row().count(), ready }
    });
    ReadFile { file: source.label.clone(), gave }
}
