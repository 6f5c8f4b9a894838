//! Links, and addresses on the school's own site, that a person makes void: the tables say nothing of it.
//!
//! It goes the way of every change ([`Proposal`]), so it is recorded, numbered and given as any other. It knows nothing of
//! how the chats were chosen.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::parcels::{Grounds, parcels};
use super::{Known, Proposal, propose};
use crate::cli::data::Data;
use crate::school::{Change, ChangeKind, ChatKey, ChatRef, LinkEnd, LinkMode, LinkState, LinkUrl, Scope, Token};
use crate::store::TakenBack;

/// What is made void.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Voiding {
    /// The chats it is of.
    pub(crate) chats: BTreeSet<ChatKey>,
    /// What.
    pub(crate) what: Void,
    /// Their links that no paper carries, and that are void as well.
    pub(crate) unprinted: Vec<TakenBack>,
    /// Why, without a full stop: «ссылка утекла».
    pub(crate) why: String,
}

/// What of a chat is made void.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Void {
    /// Its link.
    Link(LinkEnd),
    /// Its address on the school's own site, which papers carry. The link stays, and this one takes the place.
    Address(Token),
}

/// Takes links that no paper carries out of the data, as if nobody had given them: what is left is proposed as ever.
pub(crate) fn without_unprinted(data: &mut Data, known: &Known, unprinted: &[TakenBack]) {
    for TakenBack { chat, end, .. } in unprinted {
        let state = match (data.past.state(known).links.get(chat), end) {
            (Some(printed), _) => LinkState::Ready(printed.clone()),
            (None, LinkEnd::Reissue) => LinkState::Awaited,
            (None, LinkEnd::Revoke | LinkEnd::Expire) => LinkState::Revoked,
        };
        data.links.set(chat.clone(), state);
        // An address that was made for the link is nobody's yet; one that papers carry outlives it.
        match data.past.tokens(known).remove(chat) {
            Some(token) if data.settings.links.mode != LinkMode::Direct => data.tokens.insert(chat.clone(), token),
            Some(_) | None => data.tokens.remove(chat),
        };
    }
    data.print_own();
}

impl Voiding {
    /// Takes the links out of the data, as if the register had none, or gives the chats their new address: what follows
    /// from it is proposed as ever. Answers which links were taken out.
    pub(crate) fn take_out(&self, data: &mut Data) -> BTreeSet<LinkUrl> {
        let mut gone: BTreeSet<LinkUrl> = self.unprinted.iter().map(|one| one.link.clone()).collect();
        for chat in &self.chats {
            match &self.what {
                Void::Link(end) => {
                    gone.extend(data.links.ready(chat).cloned());
                    let state = match end {
                        LinkEnd::Reissue => LinkState::Awaited,
                        LinkEnd::Revoke | LinkEnd::Expire => {
                            // Nobody is to come by the papers any more, and whoever brings the chat back gets new ones.
                            data.tokens.remove(chat);
                            LinkState::Revoked
                        }
                    };
                    data.links.set(chat.clone(), state);
                }
                Void::Address(token) => {
                    data.tokens.insert(chat.clone(), token.clone());
                }
            }
        }
        data.print_own();
        gone
    }

    /// What follows, where the links are [taken out](Self::take_out) and nothing else is to be done.
    pub(crate) fn propose<'a>(&self, data: &'a Data, known: &'a Known, on: Date) -> Proposal<'a> {
        let mut proposal = propose(data, known, on);
        for change in &mut proposal.changes {
            let is_ours = match &change.what {
                ChangeKind::LinkGone(chat) | ChangeKind::AddressNew(chat) => self.chats.contains(&chat.key),
                ChangeKind::PaperVoid { paper, .. } | ChangeKind::PaperRenewed(paper) => {
                    paper.id.piece.chat().is_some_and(|chat| self.chats.contains(chat))
                }
                _ => false,
            };
            if is_ours {
                change.why.clone_from(&self.why);
            }
            if let (ChangeKind::LinkGone(chat), Void::Link(end)) = (&change.what, &self.what)
                && is_ours
            {
                change.what = ChangeKind::LinkVoid { chat: chat.clone(), end: *end };
            }
        }
        if let Void::Link(end) = &self.what {
            self.tell_of_unprinted(data, *end, &mut proposal);
        }
        proposal.taken_back.clone_from(&self.unprinted);
        proposal.parcels = parcels(&Grounds {
            before: proposal.before,
            after: &proposal.after,
            changes: &proposal.changes,
            open: &BTreeMap::new(),
            unsent: &proposal.unsent,
            without_letter: &BTreeSet::new(),
            given: &[],
        });
        proposal
    }

    /// A link that no paper carries may have been on a page of the site, or in hands: its moderator renews it, too.
    fn tell_of_unprinted(&self, data: &Data, end: LinkEnd, proposal: &mut Proposal<'_>) {
        let is_told = |key: &ChatKey, changes: &[Change]| {
            changes.iter().any(|one| matches!(&one.what, ChangeKind::LinkVoid { chat, .. } if chat.key == *key))
        };
        for chat in data.plan.chats() {
            let is_ours = self.unprinted.iter().any(|one| one.chat == chat.key);
            if !is_ours || is_told(&chat.key, &proposal.changes) {
                continue;
            }
            let scope = Scope::from(chat.class.as_ref());
            let at = proposal.changes.iter().position(|one| one.scope == scope).unwrap_or(proposal.changes.len());
            let chat = ChatRef { key: chat.key.clone(), title: chat.title.clone() };
            let what = ChangeKind::LinkVoid { chat, end };
            proposal.changes.insert(at, Change { scope, what, why: self.why.clone(), source: None });
        }
    }
}
