//! The template of a chat's title: text with words in braces.
//!
//! A part in square brackets vanishes when its word has no value here: `{класс} {предмет}[, группа {группа}]`.
//! Square brackets without a word in braces are plain text.

use std::fmt;

use super::{ChatKind, ChatTitle};

/// A template that was read and fits its kind of chat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleTemplate {
    text: String,
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Word(TitleWord),
    Optional(Vec<Piece>),
}

/// A word that may stand in braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TitleWord {
    /// `{класс}`: «7А».
    Class,
    /// `{предмет}`.
    Subject,
    /// `{группа}`: the group inside a class; often empty.
    Group,
    /// `{название}` of a course, an event …
    Name,
    /// `{школа}`: the short name.
    School,
    /// `{год}`: «2026/2027».
    Year,
}

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TemplateFault {
    /// A word in braces that has no value in chats of this kind.
    UnknownWord {
        /// The word.
        word: String,
        /// The words that have one.
        known: Vec<&'static str>,
    },
    /// A word without which two chats of the kind would have one title.
    Missing(&'static str),
    /// A brace or square bracket without its pair.
    Unpaired(char),
    /// More than a title can hold even before the words are filled in.
    TooLong,
}

impl TitleTemplate {
    /// The template of a kind's titles where the school sets none.
    pub fn built_in(kind: ChatKind) -> Self {
        let text = built_in_text(kind);
        // A test reads each of them.
        Self::parse(kind, text).unwrap_or_else(|_| Self { text: text.to_owned(), pieces: Vec::new() })
    }

    /// The template as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Reads the template of a kind's titles.
    ///
    /// # Errors
    /// When a word in braces is unknown, has no value in chats of this kind or is missing; when a bracket has no pair;
    /// when the text is longer than a title may be.
    pub fn parse(kind: ChatKind, text: &str) -> Result<Self, TemplateFault> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['[', ']']) {
            let inside = &rest[at + 1..];
            if rest[at..].starts_with(']') {
                return Err(TemplateFault::Unpaired(']'));
            }
            let end = inside.find(']').ok_or(TemplateFault::Unpaired('['))?;
            words(kind, &rest[..at], &mut pieces)?;
            let mut optional = Vec::new();
            words(kind, &inside[..end], &mut optional)?;
            let plain = !optional.iter().any(|piece| matches!(piece, Piece::Word(_)));
            pieces.push(if plain {
                Piece::Text(rest[at..=at + 1 + end].to_owned())
            } else {
                Piece::Optional(optional)
            });
            rest = &inside[end + 1..];
        }
        words(kind, rest, &mut pieces)?;
        let stands = |word: &TitleWord| pieces.iter().any(|piece| matches!(piece, Piece::Word(found) if found == word));
        if let Some(word) = TitleWord::needed(kind).iter().find(|word| !stands(word)) {
            return Err(TemplateFault::Missing(word.text()));
        }
        if text.chars().count() > ChatTitle::MAX {
            return Err(TemplateFault::TooLong);
        }
        Ok(Self { text: text.to_owned(), pieces })
    }

    /// The text with the values of the words; a word without a value leaves nothing.
    pub fn fill<'a>(&self, value: impl Fn(TitleWord) -> Option<&'a str>) -> String {
        let mut text = String::new();
        fill(&self.pieces, &value, &mut text);
        text
    }
}

/// The template of a kind's titles where the school sets none.
fn built_in_text(kind: ChatKind) -> &'static str {
    match kind {
        ChatKind::ClassStudents => "{класс} — обучающиеся",
        ChatKind::ClassParents => "{класс} — родители",
        ChatKind::ClassTeachers => "{класс} — учителя",
        ChatKind::ClassSubject => "{класс} — {предмет}[, группа {группа}]",
        ChatKind::Course => "{название} (курс)",
        ChatKind::Extracurricular => "{название} (внеурочная деятельность)",
        ChatKind::Event => "{название} (мероприятие)",
        ChatKind::Methodical => "{название} (методическое объединение)",
        ChatKind::StaffRoom => "Учительская",
        ChatKind::DirectorDeputies => "Директор и заместители",
        ChatKind::DirectorStaff => "Директор и педагоги",
        ChatKind::DirectorParents => "Директор и родительский актив",
        ChatKind::DirectorStudents => "Директор и актив обучающихся",
        ChatKind::SchoolChannel => "Общешкольный канал",
        ChatKind::StaffChannel => "Сотрудники",
    }
}

fn fill<'a>(pieces: &[Piece], value: &impl Fn(TitleWord) -> Option<&'a str>, text: &mut String) {
    let has_value = |piece: &Piece| !matches!(piece, Piece::Word(word) if value(*word).is_none());
    for piece in pieces {
        match piece {
            Piece::Text(plain) => text.push_str(plain),
            Piece::Word(word) => text.push_str(value(*word).unwrap_or_default()),
            Piece::Optional(inner) if inner.iter().all(has_value) => fill(inner, value, text),
            Piece::Optional(_) => {}
        }
    }
}

fn words(kind: ChatKind, text: &str, pieces: &mut Vec<Piece>) -> Result<(), TemplateFault> {
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        if rest[at..].starts_with('}') {
            return Err(TemplateFault::Unpaired('}'));
        }
        let inside = &rest[at + 1..];
        let end = inside.find(['{', '}']).filter(|end| inside[*end..].starts_with('}'));
        let end = end.ok_or(TemplateFault::Unpaired('{'))?;
        pieces.push(Piece::Text(rest[..at].to_owned()));
        pieces.push(Piece::Word(word(kind, &inside[..end])?));
        rest = &inside[end + 1..];
    }
    pieces.push(Piece::Text(rest.to_owned()));
    Ok(())
}

fn word(kind: ChatKind, text: &str) -> Result<TitleWord, TemplateFault> {
    let wanted = text.trim().to_lowercase();
    let known = TitleWord::of(kind);
    known.iter().copied().find(|word| word.text() == wanted).ok_or_else(|| TemplateFault::UnknownWord {
        word: text.trim().to_owned(),
        known: known.iter().map(|word| word.text()).collect(),
    })
}

impl TitleWord {
    fn text(self) -> &'static str {
        match self {
            Self::Class => "класс",
            Self::Subject => "предмет",
            Self::Group => "группа",
            Self::Name => "название",
            Self::School => "школа",
            Self::Year => "год",
        }
    }

    /// The words without which two chats of the kind would have one title.
    fn needed(kind: ChatKind) -> &'static [Self] {
        match kind {
            ChatKind::ClassStudents | ChatKind::ClassParents | ChatKind::ClassTeachers => &[Self::Class],
            ChatKind::ClassSubject => &[Self::Class, Self::Subject],
            ChatKind::Course | ChatKind::Extracurricular | ChatKind::Event | ChatKind::Methodical => &[Self::Name],
            _ => &[],
        }
    }

    /// The words that have a value in chats of a kind.
    fn of(kind: ChatKind) -> &'static [Self] {
        match kind {
            ChatKind::ClassStudents | ChatKind::ClassParents | ChatKind::ClassTeachers => {
                &[Self::Class, Self::School, Self::Year]
            }
            ChatKind::ClassSubject => &[Self::Class, Self::Subject, Self::Group, Self::School, Self::Year],
            ChatKind::Course | ChatKind::Extracurricular | ChatKind::Event | ChatKind::Methodical => {
                &[Self::Name, Self::School, Self::Year]
            }
            ChatKind::StaffRoom
            | ChatKind::DirectorDeputies
            | ChatKind::DirectorStaff
            | ChatKind::DirectorParents
            | ChatKind::DirectorStudents
            | ChatKind::SchoolChannel
            | ChatKind::StaffChannel => &[Self::School, Self::Year],
        }
    }
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownWord { word, known } => {
                let known = known.iter().map(|word| format!("{{{word}}}")).collect::<Vec<_>>().join(", ");
                write!(f, "слова {{{word}}} у этого чата нет, можно: {known}")
            }
            Self::Missing(word) => {
                write!(f, "без слова {{{word}}} у разных чатов будет одно название, добавьте его")
            }
            Self::TooLong => write!(f, "шаблон длиннее {} знаков", ChatTitle::MAX),
            Self::Unpaired(bracket) => write!(f, "у скобки «{bracket}» нет пары"),
        }
    }
}

impl std::error::Error for TemplateFault {}

#[cfg(test)]
mod tests {
    use super::{TitleTemplate, TitleWord};
    use crate::school::ChatKind;

    #[track_caller]
    fn check(kind: ChatKind, template: &str, group: Option<&str>, expected: &str) {
        let value = |word| match word {
            TitleWord::Class => Some("7А"),
            TitleWord::Subject => Some("Английский язык"),
            TitleWord::Group => group,
            TitleWord::Name => Some("Робототехника"),
            TitleWord::School => Some("Школа № 31"),
            TitleWord::Year => Some("2026/2027"),
        };
        let title = TitleTemplate::parse(kind, template).map(|template| template.fill(value));
        assert_eq!(title.unwrap_or_else(|fault| format!("! {fault}")), expected);
    }

    #[test]
    fn values_take_the_place_of_words() {
        check(ChatKind::ClassParents, "{класс} родители, {школа} ({год})", None, "7А родители, Школа № 31 (2026/2027)");
        check(ChatKind::ClassParents, "{ Класс }!", None, "7А!");
        check(ChatKind::Course, "Курс «{название}»", None, "Курс «Робототехника»");
    }

    #[test]
    fn an_optional_part_needs_its_value() {
        let template = TitleTemplate::built_in(ChatKind::ClassSubject);
        let template = template.as_str();
        check(ChatKind::ClassSubject, template, Some("1"), "7А — Английский язык, группа 1");
        check(ChatKind::ClassSubject, template, None, "7А — Английский язык");
        check(ChatKind::ClassSubject, "[MAX] {класс} {предмет}", None, "[MAX] 7А Английский язык");
    }

    #[test]
    fn faults_are_named() {
        check(
            ChatKind::ClassParents,
            "{klass} родители",
            None,
            "! слова {klass} у этого чата нет, можно: {класс}, {школа}, {год}",
        );
        check(
            ChatKind::ClassParents,
            "{класс} {предмет}",
            None,
            "! слова {предмет} у этого чата нет, можно: {класс}, {школа}, {год}",
        );
        check(
            ChatKind::ClassSubject,
            "{класс}, предмет",
            None,
            "! без слова {предмет} у разных чатов будет одно название, добавьте его",
        );
        check(ChatKind::ClassParents, "{класс родители", None, "! у скобки «{» нет пары");
        check(ChatKind::ClassParents, "класс} родители", None, "! у скобки «}» нет пары");
        check(ChatKind::ClassParents, "{класс} [родители", None, "! у скобки «[» нет пары");
        check(ChatKind::ClassParents, "{класс} родители]", None, "! у скобки «]» нет пары");
    }

    #[test]
    fn every_default_fits_its_kind() {
        for kind in ChatKind::ALL {
            let built_in = TitleTemplate::built_in(kind);
            assert_eq!(TitleTemplate::parse(kind, built_in.as_str()), Ok(built_in), "{kind:?}");
        }
    }
}
