//! Why a text is no invitation to a chat.

use std::fmt;

/// Why a text is no invitation to a chat (`docs/inputs.md` § 6). No variant carries the link or a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
pub enum LinkError {
    /// Nothing but blanks and marks that cannot be seen.
    #[error("ссылки нет")]
    Empty,
    /// The address of a person.
    #[error("это ссылка на профиль человека, а не приглашение в чат")]
    Profile,
    /// The address of a call.
    #[error("это ссылка на звонок, а не приглашение в чат")]
    Call,
    /// The address of a public channel.
    #[error("это адрес открытого канала, а не приглашение в чат")]
    PublicChannel,
    /// The address of a bot.
    #[error("это ссылка на бота, а не приглашение в чат")]
    Bot,
    /// The site of the messenger itself, or its version for the browser.
    #[error("это адрес самого MAX, а не приглашение в чат")]
    Site,
    /// An invitation to a foreign messenger.
    #[error("это ссылка на {0}, а не на чат в MAX")]
    Foreign(Messenger),
    /// An older link of «Сферум» in a school whose platform is MAX.
    #[error("это старая ссылка «Сферума» (VK), а чаты школы ведутся в MAX")]
    OlderSferum,
    /// A Cyrillic letter in the code of the invitation.
    #[error("в коде ссылки (после «join/») {position}-й знак — русская буква вместо латинской")]
    CyrillicLetter {
        /// Which character of the code it is, from 1.
        position: usize,
    },
    /// A Cyrillic letter left of the code.
    #[error("в адресе сайта стоит русская буква вместо латинской")]
    CyrillicAddress,
    /// A character that no code of an invitation has.
    #[error("в коде ссылки (после «join/») {position}-й знак не может там стоять")]
    ForeignCharacter {
        /// Which character of the code it is, from 1.
        position: usize,
    },
    /// The capitals of the code were lost or made.
    #[error("все буквы ссылки стали заглавными, а заглавные и строчные буквы в ней различаются")]
    CaseLost,
    /// Blanks inside, and the pieces do not make an invitation of the usual length.
    #[error("ссылка разорвана пробелами, и собрать её без ошибки нельзя")]
    Torn,
    /// A link shortened with «…».
    #[error("ссылка обрезана многоточием")]
    Shortened,
    /// `https://max.ru/join/` and nothing more.
    #[error("у ссылки нет кода после «join/»")]
    NoCode,
    /// A code that is far too short or too long.
    #[error("в коде ссылки (после «join/») знаков: {0}, а обычно их 43")]
    CodeLength(usize),
    /// More than one link.
    #[error("в ячейке несколько ссылок, нужна одна")]
    Several,
    /// Another site.
    #[error("это ссылка на другой сайт, а не приглашение в чат")]
    OtherSite,
    /// No link at all.
    #[error("это не ссылка")]
    NotALink,
}

/// A messenger that a school may not use for this (149-ФЗ, article 10 part 8, and the supervisor's list).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Messenger {
    /// `WhatsApp`.
    WhatsApp,
    /// Telegram.
    Telegram,
    /// Viber.
    Viber,
    /// Discord.
    Discord,
    /// Signal.
    Signal,
    /// Skype.
    Skype,
    /// Microsoft Teams.
    Teams,
    /// `WeChat`.
    WeChat,
    /// Snapchat.
    Snapchat,
    /// Threema.
    Threema,
}

impl LinkError {
    /// What to do, one sentence.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Empty => "Вставьте ссылку-приглашение чата.",
            Self::Several => "Оставьте одну ссылку — на этот чат.",
            Self::OlderSferum => {
                "Создайте чат в MAX и вставьте его ссылку-приглашение; если школа работает в «Сферуме», \
                 укажите это в zavuch.toml."
            }
            Self::CyrillicLetter { .. }
            | Self::CyrillicAddress
            | Self::ForeignCharacter { .. }
            | Self::CaseLost
            | Self::Torn
            | Self::Shortened
            | Self::NoCode
            | Self::CodeLength(_) => {
                "Не набирайте ссылку руками: в чате нажмите «Скопировать ссылку» и вставьте её в ячейку целиком."
            }
            Self::Profile
            | Self::Call
            | Self::PublicChannel
            | Self::Bot
            | Self::Site
            | Self::Foreign(_)
            | Self::OtherSite
            | Self::NotALink => {
                "Откройте в MAX сам чат, нажмите «Скопировать ссылку» и вставьте её: она начинается с https://max.ru/join/."
            }
        }
    }
}

impl fmt::Display for Messenger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::WhatsApp => "WhatsApp",
            Self::Telegram => "Telegram",
            Self::Viber => "Viber",
            Self::Discord => "Discord",
            Self::Signal => "Signal",
            Self::Skype => "Skype",
            Self::Teams => "Microsoft Teams",
            Self::WeChat => "WeChat",
            Self::Snapchat => "Snapchat",
            Self::Threema => "Threema",
        })
    }
}
