//! How far each planned chat is, by the tables and by what is recorded.

use jiff::civil::Date;
use serde::Serialize;

use super::data::Data;
use super::planning::Known;
use crate::school::{
    Chat, ChatKey, ChatOrigin, ChatProgress, ChatStage, ChatTitle, ClassName, LinkMode, LinkStanding, Piece,
    SchoolState,
};

/// How far a chat is. It holds no link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ChatRow {
    pub(crate) key: ChatKey,
    pub(crate) class: Option<ClassName>,
    pub(crate) title: ChatTitle,
    pub(crate) moderator: Option<String>,
    pub(crate) stage: ChatStage,
    pub(crate) link: LinkStanding,
    pub(crate) origin: Option<ChatOrigin>,
    pub(crate) handed_out: Option<Date>,
}

/// The planned chats in their order.
pub(crate) fn chat_rows(data: &Data, known: &Known) -> Vec<ChatRow> {
    data.plan.chats().map(|chat| row(chat, data, known)).collect()
}

fn row(chat: &Chat, data: &Data, known: &Known) -> ChatRow {
    let state = data.past.state(known);
    let standing = standing(&chat.key, data, known);
    let progress = progress(&chat.key, data, known);
    let papers = papers_since(&chat.key, standing, data, known);
    ChatRow {
        key: chat.key.clone(),
        class: chat.class.clone(),
        title: chat.title.clone(),
        moderator: chat.moderator.as_ref().map(ToString::to_string),
        stage: standing.stage(progress, papers.filter(|_| has_papers(&chat.key, state))),
        link: standing,
        origin: progress.origin,
        handed_out: progress.handed_out_on(),
    }
}

/// What was told of a chat, by the register now or before.
pub(crate) fn progress(chat: &ChatKey, data: &Data, known: &Known) -> ChatProgress {
    let recorded = data.past.state(known).progress.get(chat).copied().unwrap_or_default();
    recorded.then(data.links.progress(chat))
}

/// What became of the link of a chat; one that stands in the register only is recorded by the next run.
pub(crate) fn standing(chat: &ChatKey, data: &Data, known: &Known) -> LinkStanding {
    data.past.of_chats(known, &known.standings).get(chat).copied().unwrap_or_default()
}

/// Since when the papers of a chat carry the address that they carry.
fn papers_since(chat: &ChatKey, standing: LinkStanding, data: &Data, known: &Known) -> Option<Date> {
    match (&data.settings.links.mode, standing) {
        (LinkMode::Direct, LinkStanding::Active { since, .. }) => Some(since),
        (LinkMode::Direct, _) => None,
        (LinkMode::Short(_), _) => {
            let lasting = known.short.iter().filter(|one| one.ended.is_none());
            let own = lasting.filter(|one| one.chat.as_ref().is_some_and(|key| data.past.key(key) == chat));
            own.map(|one| one.since).next_back()
        }
    }
}

/// Whether papers with the code of a chat hold.
pub(crate) fn has_papers(chat: &ChatKey, state: &SchoolState) -> bool {
    state.papers.keys().any(|id| is_of_chat(&id.piece, chat))
}

/// Whether a paper carries the code of a chat.
pub(crate) fn is_of_chat(piece: &Piece, chat: &ChatKey) -> bool {
    piece.chat() == Some(chat)
}
