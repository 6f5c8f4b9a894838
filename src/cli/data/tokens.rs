//! The short links of the planned chats.
//!
//! Knows nothing of the site they are published on: only which chat has one, and which is to get one.

use std::collections::BTreeMap;

use crate::cli::ids;
use crate::school::{Chat, ChatKey, ChatLinks, LinkMode, LinkState, Token};

/// The short links of the planned chats, where papers are to carry addresses of the school's own site: those that were
/// given out, and a new one for each chat that has its first link.
pub(super) fn tokens(
    mode: &LinkMode,
    chats: &[&Chat],
    links: &ChatLinks,
    known: &BTreeMap<ChatKey, Token>,
) -> BTreeMap<ChatKey, Token> {
    if *mode == LinkMode::Direct {
        return BTreeMap::new();
    }
    let token = |chat: &&Chat| {
        let is_new = || links.ready(&chat.key).is_some();
        let token = known.get(&chat.key).cloned();
        Some((chat.key.clone(), token.or_else(|| is_new().then(ids::new_token).flatten())?))
    };
    // Nobody is to come by papers of a chat that was given up.
    let has_papers = |chat: &&&Chat| *links.state(&chat.key) != LinkState::Revoked;
    chats.iter().filter(has_papers).filter_map(token).collect()
}
