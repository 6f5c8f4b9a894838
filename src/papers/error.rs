//! Why a paper could not be made.

use crate::school::ChatTitle;

/// Why a paper could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The link of a chat is longer than a QR code holds.
    #[error("чат «{chat}»: ссылка слишком длинная и не помещается в QR-код")]
    LinkTooLong {
        /// The chat.
        chat: ChatTitle,
    },
    /// The wording of a paper is no TOML of the expected form.
    #[error("шаблон «{file}» не читается: {reason}")]
    Wording {
        /// The name of the template: «листы.toml».
        file: &'static str,
        /// What the reader of TOML says, with the line.
        reason: String,
    },
    /// A typeface that is compiled in cannot be cut down: a fault of the program.
    #[error("шрифт «{face}» повреждён внутри программы")]
    Typeface {
        /// The face.
        face: &'static str,
    },
    /// A document or a table could not be put together: a fault of the program.
    #[error("не удалось собрать документ")]
    Draft(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The PDF could not be put together: a fault of the program.
    #[error("не удалось собрать PDF")]
    Assembly(#[source] std::io::Error),
}
