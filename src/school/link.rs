//! The key to a chat.

use std::collections::BTreeMap;
use std::fmt;

use sha2::{Digest, Sha256};

use super::{ChatKey, ChatProgress, Fingerprint, Place};

/// A normalised address that a QR code of this program may hold.
///
/// Only `links` makes one, after judging it (`docs/inputs.md` § 6). It is a secret: whoever holds it joins the chat, so
/// `Debug` hides it and only papers and the register write it out.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkUrl(String);

/// Whether a chat has its link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// The link is there and may be printed.
    Ready(LinkUrl),
    /// Nobody has given one yet: «ждёт ссылку».
    Awaited,
    /// What was given is no invitation to this chat; an issue says why. No sheet is printed either.
    Refused,
    /// The last one was revoked, and none is expected.
    Revoked,
}

/// The state of the link of every planned chat, and what the register tells of the chats besides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChatLinks {
    states: BTreeMap<ChatKey, LinkState>,
    rows: BTreeMap<ChatKey, Place>,
    progress: BTreeMap<ChatKey, ChatProgress>,
    /// The addresses on the school's own site; `None` where papers carry the links themselves.
    own: Option<BTreeMap<ChatKey, LinkUrl>>,
}

impl LinkUrl {
    /// A link that `links` has judged and normalised.
    pub fn judged(url: String) -> Self {
        Self(url)
    }

    /// By which it is known again where the address itself is not kept.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_sum(Sha256::digest(&self.0).into())
    }

    /// The address, for papers and the register only.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for LinkUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LinkUrl(…)")
    }
}

impl ChatLinks {
    /// Sets the state of a chat's link.
    pub fn set(&mut self, chat: ChatKey, state: LinkState) {
        self.states.insert(chat, state);
    }

    /// Sets the state of the link of a chat that has a row in the register, with the cell of the link.
    pub fn set_at(&mut self, chat: ChatKey, state: LinkState, cell: Place) {
        self.rows.insert(chat.clone(), cell);
        self.set(chat, state);
    }

    /// The link of a chat that may be printed.
    pub fn ready(&self, chat: &ChatKey) -> Option<&LinkUrl> {
        match self.states.get(chat) {
            Some(LinkState::Ready(link)) => Some(link),
            Some(LinkState::Awaited | LinkState::Refused | LinkState::Revoked) | None => None,
        }
    }

    /// The address that the papers of a chat carry: its link, or that of its page on the school's own site. Papers know
    /// no difference.
    pub fn printed(&self, chat: &ChatKey) -> Option<&LinkUrl> {
        match &self.own {
            Some(own) => own.get(chat),
            None => self.ready(chat),
        }
    }

    /// Has papers carry these addresses and not the links.
    pub fn print_own(&mut self, own: BTreeMap<ChatKey, LinkUrl>) {
        self.own = Some(own);
    }

    /// Notes what the register tells of a chat besides its link.
    pub fn set_progress(&mut self, chat: ChatKey, progress: ChatProgress) {
        if !progress.is_empty() {
            self.progress.insert(chat, progress);
        }
    }

    /// What the register tells of a chat besides its link.
    pub fn progress(&self, chat: &ChatKey) -> ChatProgress {
        self.progress.get(chat).copied().unwrap_or_default()
    }

    /// Whether the register has a row for a chat.
    pub fn has_row(&self, chat: &ChatKey) -> bool {
        self.rows.contains_key(chat)
    }

    /// The cell of the register that holds a chat's link, or should; `None` where the chat has no row.
    pub fn place(&self, chat: &ChatKey) -> Option<&Place> {
        self.rows.get(chat)
    }

    /// The state of a chat's link; a chat that the register does not know awaits its link.
    pub fn state(&self, chat: &ChatKey) -> &LinkState {
        self.states.get(chat).unwrap_or(&LinkState::Awaited)
    }
}
