//! Links that a person makes void: the tables say nothing of it.
//!
//! It goes the way of every change ([`Proposal`]), so it is recorded, numbered and given as any other. It knows nothing of
//! how the chats were chosen.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::parcel::{self, Grounds};
use super::{Known, Proposal, propose};
use crate::cli::data::Data;
use crate::school::{ChangeKind, ChatKey, LinkEnd, LinkState, LinkUrl, Piece};

/// Which links are made void.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Voiding {
    /// The chats that have them.
    pub(crate) chats: BTreeSet<ChatKey>,
    /// How.
    pub(crate) end: LinkEnd,
    /// Why, without a full stop: «ссылка утекла».
    pub(crate) why: String,
}

impl Voiding {
    /// Takes the links out of the data, as if the register had none: what follows from it is proposed as ever. Answers
    /// which they were.
    pub(crate) fn take_out(&self, data: &mut Data) -> BTreeSet<LinkUrl> {
        let gone = self.chats.iter().filter_map(|chat| data.links.ready(chat).cloned()).collect();
        for chat in &self.chats {
            let state = match self.end {
                LinkEnd::Reissue => LinkState::Awaited,
                LinkEnd::Revoke | LinkEnd::Expire => LinkState::Revoked,
            };
            data.links.set(chat.clone(), state);
        }
        gone
    }

    /// What follows, where the links are [taken out](Self::take_out) and nothing else is to be done.
    pub(crate) fn propose<'a>(&self, data: &'a Data, known: &'a Known, on: Date) -> Proposal<'a> {
        let mut proposal = propose(data, known, on);
        for change in &mut proposal.changes {
            let is_ours = match &change.what {
                ChangeKind::LinkGone(chat) => self.chats.contains(&chat.key),
                ChangeKind::PaperVoid { paper, .. } => match &paper.id.piece {
                    Piece::Poster { chat } | Piece::Slip { chat, .. } => self.chats.contains(chat),
                    Piece::Form { .. } | Piece::Memo => false,
                },
                _ => false,
            };
            if is_ours {
                change.why.clone_from(&self.why);
            }
            if let ChangeKind::LinkGone(chat) = &change.what
                && is_ours
            {
                change.what = ChangeKind::LinkVoid { chat: chat.clone(), end: self.end };
            }
        }
        proposal.parcels = parcel::parcels(&Grounds {
            before: proposal.before,
            after: &proposal.after,
            changes: &proposal.changes,
            open: &BTreeMap::new(),
            unsent: &proposal.unsent,
            without_letter: &BTreeSet::new(),
        });
        proposal
    }
}
