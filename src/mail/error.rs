//! Why a letter could not be composed.

use super::TemplateFault;
use crate::school::ClassName;

/// Why a letter could not be composed. Nothing here mends itself.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The papers are more than a mail server takes.
    #[error("письмо классу {class} не поместится в почту: вложения занимают {}\u{a0}МБ, можно не больше {}\u{a0}МБ",
        bytes.div_ceil(1 << 20), super::FILES_MAX >> 20)]
    TooLarge {
        /// The class.
        class: ClassName,
        /// The size of all files, in bytes.
        bytes: usize,
    },
    /// A template of the letters cannot be used.
    #[error("шаблон письма {file} не подходит: {0}", file = .0.file)]
    Template(TemplateFault),
    /// An address that letters cannot carry.
    #[error("адрес «{0}» почта не примет")]
    Address(String),
    /// A date of issue that a letter cannot carry.
    #[error("письмо нельзя пометить датой {0}: возможны годы с 1970 по 9999")]
    Date(jiff::civil::Date),
    /// The letter could not be put together.
    #[error("письмо не удалось составить: {0}")]
    Form(String),
}

impl MailError {
    /// Whether the same letter may be composed once a person has mended a file.
    pub fn may_be_mended(&self) -> bool {
        match self {
            Self::Template(_) | Self::Form(_) => true,
            Self::TooLarge { .. } | Self::Address(_) | Self::Date(_) => false,
        }
    }
}
