//! The columns of the register of links.

use crate::roster::sheet_table::{Column, Layout};

/// A column of the register, in the order in which it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Key,
    Class,
    Kind,
    Title,
    Moderator,
    Origin,
    Link,
    HandedOut,
    Joined,
}

/// The headers under which a register is read.
pub(super) const LAYOUT: Layout<Field> = Layout {
    columns: &[
        Column { field: Field::Key, headers: &["ключ чата", "ключ"], roots: &["ключ"] },
        Column { field: Field::Class, headers: &["класс"], roots: &[] },
        Column {
            field: Field::Kind, headers: &["чат", "вид чата", "тип чата", "какой чат"], roots: &[]
        },
        Column {
            field: Field::Title, headers: &["название", "название чата", "точное название"], roots: &["назван"]
        },
        Column { field: Field::Moderator, headers: &["модератор"], roots: &["модератор"] },
        Column { field: Field::Origin, headers: &["как создан"], roots: &[] },
        Column {
            field: Field::Link,
            headers: &["ссылка", "ссылка-приглашение", "ссылка приглашение", "приглашение", "адрес чата", "url"],
            roots: &["ссылк"],
        },
        Column {
            field: Field::HandedOut, headers: &["талоны розданы", "розданы"], roots: &["розда"]
        },
        Column {
            field: Field::Joined, headers: &["вступили", "вступило", "сколько вступило"], roots: &["вступи"]
        },
    ],
    needed: &[&[Field::Link, Field::Key], &[Field::Link, Field::Title], &[Field::Link, Field::Kind]],
    needed_words: "«Ключ чата» или «Название» и «Ссылка»",
};

impl Field {
    /// Every column, from left to right.
    pub(super) const ALL: [Self; 9] = [
        Self::Key,
        Self::Class,
        Self::Kind,
        Self::Title,
        Self::Moderator,
        Self::Origin,
        Self::Link,
        Self::HandedOut,
        Self::Joined,
    ];

    /// The columns of a table that asks for links and nothing else.
    pub(super) const ASKED: [Self; 7] =
        [Self::Key, Self::Class, Self::Kind, Self::Title, Self::Moderator, Self::Origin, Self::Link];

    /// What people fill in besides the link.
    pub(super) const PROGRESS: [Self; 3] = [Self::Origin, Self::HandedOut, Self::Joined];

    /// The header as the program writes it.
    pub(super) fn header(self) -> &'static str {
        match self {
            Self::Key => "Ключ чата",
            Self::Class => "Класс",
            Self::Kind => "Чат",
            Self::Title => "Название",
            Self::Moderator => "Модератор",
            Self::Origin => "Как создан",
            Self::Link => "Ссылка",
            Self::HandedOut => "Талоны розданы",
            Self::Joined => "Вступили",
        }
    }

    /// The width in characters.
    pub(super) fn width(self) -> f64 {
        match self {
            Self::Key => 12.0,
            Self::Class => 8.0,
            Self::Kind => 26.0,
            Self::Title => 42.0,
            Self::Moderator => 32.0,
            Self::Origin => 18.0,
            Self::Link => 68.0,
            Self::HandedOut => 16.0,
            Self::Joined => 10.0,
        }
    }
}
