//! Which papers keep their version, and which get a new one.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::school::{Edition, Fingerprint, IssuedPaper, PaperId};

/// What a paper that should exist is made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperContent {
    /// Which paper.
    pub id: PaperId,
    /// Everything it is made from.
    pub content: Fingerprint,
    /// Without the people who only come and go on it.
    pub core: Fingerprint,
}

/// The papers that should exist, each with its edition: the recorded one as long as its core is the same, otherwise the
/// next one of `issued`. `last` are the last versions of papers that do not hold any more.
pub fn with_editions(
    wanted: impl IntoIterator<Item = PaperContent>,
    recorded: &BTreeMap<PaperId, IssuedPaper>,
    last: &BTreeMap<PaperId, u32>,
    issued: Date,
) -> BTreeMap<PaperId, IssuedPaper> {
    let edition = |id: &PaperId, core: Fingerprint| match recorded.get(id) {
        Some(paper) if paper.core == core => paper.edition,
        Some(paper) => Edition { version: paper.edition.version + 1, issued },
        None => Edition { version: last.get(id).copied().unwrap_or_default() + 1, issued },
    };
    wanted
        .into_iter()
        .map(|PaperContent { id, content, core }| {
            let edition = edition(&id, core);
            (id, IssuedPaper { edition, content, core })
        })
        .collect()
}
