//! One page: which chat it is of, and what became of its link.

use crate::school::{Audience, Chat, ChatKind, ChatTitle, ClassName, LinkUrl, Token};

/// The page of one short link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Under which address it stands.
    pub token: Token,
    /// Where it leads.
    pub state: PageState,
    /// The title of the chat.
    pub title: ChatTitle,
    /// What the chat is for.
    pub kind: ChatKind,
    /// Its class; `None` for chats of the school and of groups.
    pub class: Option<ClassName>,
    /// Whom it is for.
    pub audience: Audience,
}

/// What became of the link of a chat, as its page says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageState {
    /// One may join.
    Open(LinkUrl),
    /// There has been no link yet: «чат ещё создаётся».
    Awaited,
    /// The link is void and a new one will come: «ссылка обновляется».
    Renewing,
    /// The link is void and none will come: «ссылка отозвана».
    Revoked,
}

impl Page {
    /// The page of a planned chat.
    pub fn of(chat: &Chat, token: Token, state: PageState) -> Self {
        let Chat { kind, title, class, audience, .. } = chat;
        Self { token, state, title: title.clone(), kind: *kind, class: class.clone(), audience: *audience }
    }

    /// Whom it is for, in words: «7 «А» класс, для родителей (законных представителей)», «Для сотрудников школы».
    pub(super) fn whom(&self) -> String {
        let readers = match (self.kind, self.audience) {
            (ChatKind::DirectorParents, _) => "родительского актива",
            (ChatKind::DirectorStudents, _) => "актива обучающихся",
            (ChatKind::ClassTeachers | ChatKind::Methodical, _) => "учителей",
            (_, Audience::Parents) => "родителей (законных представителей)",
            (_, Audience::Students) => "обучающихся",
            (_, Audience::Staff) => "сотрудников школы",
            (_, Audience::Everyone) => "родителей (законных представителей), обучающихся и сотрудников школы",
        };
        match &self.class {
            Some(class) => format!("{}\u{a0}класс, для {readers}", class.quoted()),
            None => format!("Для {readers}"),
        }
    }

    /// Whom to ask, in the accusative; nobody is named, for the page is open to whoever has its address.
    pub(super) fn whom_to_ask(&self) -> &'static str {
        match (&self.class, self.audience) {
            (_, Audience::Staff) => "администратора чатов школы",
            (Some(_), _) | (None, Audience::Everyone) => "классного руководителя",
            (None, Audience::Parents | Audience::Students) => "того, кто передал вам приглашение",
        }
    }
}

impl PageState {
    /// What templates call it.
    pub(super) fn id(&self) -> &'static str {
        match self {
            Self::Open(_) => "open",
            Self::Awaited => "awaited",
            Self::Renewing => "renewing",
            Self::Revoked => "revoked",
        }
    }
}
