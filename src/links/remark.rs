//! What was mended in a link, or is unusual about it.

use std::fmt;

/// What was mended in a link, or is unusual about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkRemark {
    /// Words stood around it.
    WordsAround,
    /// It stood there more than once.
    Repeated,
    /// Blanks or line breaks stood inside.
    BlanksInside,
    /// Marks that cannot be seen stood inside.
    InvisibleMarks,
    /// It began with `http://` or with no scheme at all.
    Scheme,
    /// Capitals left of the code, or a `www.`
    Spelling,
    /// Something followed the code: `?utm_…`, `/`, `#…`.
    Tail,
    /// A full stop, a comma or a bracket followed it.
    Punctuation,
    /// The code has not 43 characters but so many.
    Length(usize),
}

impl LinkRemark {
    /// Whether the link may be a wrong one, so that somebody should try it.
    pub fn is_doubt(self) -> bool {
        matches!(self, Self::Length(_))
    }
}

impl fmt::Display for LinkRemark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WordsAround => f.write_str("убраны слова рядом со ссылкой"),
            Self::Repeated => f.write_str("ссылка была вставлена несколько раз"),
            Self::BlanksInside => f.write_str("убраны пробелы внутри ссылки"),
            Self::InvisibleMarks => f.write_str("убраны невидимые знаки"),
            Self::Scheme => f.write_str("в начале поставлено «https://»"),
            Self::Spelling => f.write_str("исправлено написание адреса сайта"),
            Self::Tail => f.write_str("убран лишний хвост после кода"),
            Self::Punctuation => f.write_str("убран знак препинания в конце"),
            Self::Length(length) => write!(f, "в коде ссылки знаков: {length}, а обычно их 43"),
        }
    }
}
