//! Why a site cannot be made.

use crate::school::ChatTitle;

/// Why a site cannot be made. No variant holds a link or a token.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SiteError {
    /// A link that a page must not lead to: not `https`, with characters that no link has, or back to this site.
    #[error("на страницу чата «{chat}» нельзя поставить его ссылку: она ведёт не в мессенджер")]
    Link {
        /// The chat.
        chat: ChatTitle,
    },
    /// Two chats under one address.
    #[error("у чатов «{first}» и «{second}» одна и та же короткая ссылка")]
    SameToken {
        /// One of them.
        first: ChatTitle,
        /// The other one.
        second: ChatTitle,
    },
    /// A template of the school cannot be filled in.
    #[error("шаблон {file}: {reason}")]
    Template {
        /// Its name in «шаблоны/».
        file: &'static str,
        /// What is wrong with it, and where.
        reason: String,
    },
    /// A template of the school leaves out what keeps its pages from search engines and from scripts.
    #[error("шаблон {file}: в <head> нет строки {{{{ protection }}}}, без неё страница не защищена")]
    Unprotected {
        /// Its name in «шаблоны/».
        file: &'static str,
    },
}
