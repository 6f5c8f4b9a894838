//! Chats that go from one moderator to another: who is to hand over which, and to whom.
//!
//! Knows the changes and the staff only, not the letters that ask for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::school::{Change, ChangeKind, Homeroom, SchoolState};

/// Somebody who moderated chats of a class and works here still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FormerModerator {
    /// Who, with the address of the staff table.
    pub(crate) who: Homeroom,
    /// The chats.
    pub(crate) chats: Vec<Handed>,
}

/// A chat that is handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Handed {
    /// Its title.
    pub(crate) title: String,
    /// The new moderator.
    pub(crate) to: String,
}

/// Who is to hand over which chats, and can be written to: whoever left the school gets no letter.
pub(super) fn handovers(changes: &[&Change], after: &SchoolState) -> Vec<FormerModerator> {
    let mut formers: BTreeMap<String, FormerModerator> = BTreeMap::new();
    for change in changes {
        let ChangeKind::ChatModerator { chat, from: Some(from), to: Some(to) } = &change.what else { continue };
        let Some(contact) = after.staff.get(&from.folded()).filter(|contact| contact.email.is_some()) else { continue };
        let who = Homeroom { name: contact.name.clone(), email: contact.email.clone() };
        let former = formers.entry(from.folded()).or_insert_with(|| FormerModerator { who, chats: Vec::new() });
        former.chats.push(Handed { title: chat.title.to_string(), to: to.to_string() });
    }
    formers.into_values().collect()
}
