//! Reads what people send back: tables, whole registers, plain CSV, lines of an e-mail; each link with its chat.
//!
//! Nothing is decided here but what one row says: which chat, and whether the text is an invitation.

use std::collections::BTreeSet;

use crate::roster::cell_text::is_absent;
use crate::roster::sheet_table::rows;
use crate::school::{Chat, ChatProgress, Checked, ClassName, Issue, IssueKind, Place, Platform};
use crate::tables::{self, Source};

use super::columns::{Field, LAYOUT};
use super::find_chat::{ChatIndex, Clues, Found};
use super::judge::around_address;
use super::progress::told;
use super::{Judged, LinkError, LinkRemark, judge};

/// What a row of a table or a line of a text says.
#[derive(Clone, Debug)]
pub struct Returned<'a> {
    /// Where it stands.
    pub place: Place,
    /// Which chat it means.
    pub chat: Result<&'a Chat, Unclear<'a>>,
    /// The link; `None` where the row has none and tells something else.
    pub link: Option<Result<Judged, LinkError>>,
    /// What it tells besides.
    pub progress: ChatProgress,
}

/// A row whose chat cannot be told.
#[derive(Clone, Copy, Debug)]
pub struct Unclear<'a> {
    /// Why.
    pub doubt: Doubt,
    /// A chat of the class that the row names: its moderator can be asked.
    pub class_chat: Option<&'a Chat>,
}

/// Why the chat of a row cannot be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubt {
    /// The words fit several chats.
    Several,
    /// The key is one chat's, the class or the title another's.
    Contradiction,
    /// No chat of the plan is called so.
    Unknown,
}

/// Reads files in any order. A file that cannot be read, and one without a link, is an issue.
pub fn read_returned<'a>(sources: &[Source], chats: &[&'a Chat], platform: Platform) -> Checked<Vec<Returned<'a>>> {
    let index = ChatIndex::new(chats);
    let mut read = Checked::<Vec<Returned<'a>>>::default();
    for source in sources {
        let reader = Reader { source, index: &index, platform };
        match reader.read(&mut read.issues) {
            Ok(returned) if returned.is_empty() => read.issues.push(Issue::new(
                IssueKind::Empty,
                Place::file(&source.label),
                "В файле нет ни одной ссылки.",
                "Проверьте, тот ли это файл и сохранён ли он после заполнения.",
            )),
            Ok(returned) => read.value.extend(returned),
            Err(issue) => read.issues.push(issue),
        }
    }
    read
}

struct Reader<'r, 'a> {
    source: &'r Source,
    index: &'r ChatIndex<'a>,
    platform: Platform,
}

impl<'a> Reader<'_, 'a> {
    fn read(&self, issues: &mut Vec<Issue>) -> Result<Vec<Returned<'a>>, Issue> {
        let workbook = tables::read(self.source)?;
        let table = rows(&workbook, &self.source.label, &LAYOUT);
        let without_header = table.issues.iter().any(|issue| issue.kind == IssueKind::NoHeader);
        if !without_header {
            return Ok(self.table(&table.value, issues));
        }
        match tables::read_lines(self.source)? {
            Some(lines) => {
                let numbered = lines.into_iter().zip(1..);
                Ok(self.lines(numbered.map(|(text, line)| Line { text, place: Place::line(&self.source.label, line) })))
            }
            None => Ok(self.lines(workbook.sheets.iter().filter(|sheet| !sheet.hidden).flat_map(|sheet| {
                let place = match &sheet.name {
                    Some(name) => Place::sheet(&self.source.label, name),
                    None => Place::file(&self.source.label),
                };
                sheet.rows().map(move |row| {
                    let cells: Vec<String> = sheet.row(row).map(|cell| cell.value.text().into_owned()).collect();
                    let first = sheet.row(row).next().map(|cell| cell.column).unwrap_or_default();
                    Line { text: cells.join(" "), place: place.at(row, first) }
                })
            }))),
        }
    }

    fn table(
        &self,
        rows: &[crate::roster::sheet_table::TableRow<Field>],
        issues: &mut Vec<Issue>,
    ) -> Vec<Returned<'a>> {
        let mut returned = Vec::new();
        for row in rows {
            let text = row.text(Field::Link);
            let link = (!is_absent(text)).then(|| judge(text, self.platform));
            let mut progress = ChatProgress::default();
            for field in Field::PROGRESS {
                match told(field, row.text(field)) {
                    Ok(told) => progress = progress.then(told),
                    Err(advice) => {
                        let message = format!("Непонятно, что вписано в столбец «{}».", field.header());
                        issues.push(Issue::new(IssueKind::UnknownMark, row.place(field), message, advice));
                    }
                }
            }
            if link.is_none() && progress.is_empty() {
                continue;
            }
            let [key, class, kind, title] =
                [Field::Key, Field::Class, Field::Kind, Field::Title].map(|field| row.text(field));
            let mut found = self.index.find(&Clues { key, class, kind, title });
            let mut named = class.parse().ok();
            if matches!(found, Found::None) && key.is_empty() {
                // «чат;ссылка»: the words of the first column may name the class, too.
                let words = self.index.find_in_words(&format!("{class} {kind} {title}"), None);
                (found, named) = (words.chat, words.class);
            }
            returned.push(Returned {
                place: row.place(Field::Link),
                chat: self.clear(found, named.as_ref()),
                link,
                progress,
            });
        }
        returned
    }

    /// Lines of a text: each link with the chat that its line names, or the line before it.
    fn lines(&self, lines: impl Iterator<Item = Line>) -> Vec<Returned<'a>> {
        let lines: Vec<Line> = lines.map(Line::bare).filter(|line| !line.text.is_empty()).collect();
        let class = self.only_class(&lines);
        let mut returned = Vec::new();
        let is_under_links = self.stand_under_links(&lines, class.as_ref());
        let mut before = "";
        let mut rest = lines.as_slice();
        while let [line, after @ ..] = rest {
            rest = after;
            let mut text = line.text.clone();
            let Some(mut words) = around_address(&text) else {
                before = &line.text;
                continue;
            };
            let mut link = judge(&text, self.platform);
            // A mail program may have broken the line inside the link: what is left may look like a shorter one.
            if let (true, [next, behind @ ..]) = (may_be_broken(&link), after) {
                let joined = format!("{text} {}", next.text);
                if around_address(&next.text).is_none()
                    && let Ok(judged) = judge(&joined, self.platform)
                    && (link.is_err() || !is_unusual(&judged))
                {
                    (link, rest, text) = (Ok(judged), behind, joined);
                    words = around_address(&text).unwrap_or_default();
                }
            }
            let has_words = words.contains(char::is_alphabetic);
            let mut found = self.index.find_in_words(&words, class.as_ref());
            if !has_words || matches!(found.chat, Found::None) {
                let above = self.index.find_in_words(before, class.as_ref());
                if !has_words || matches!(above.chat, Found::One(_)) {
                    found = above;
                }
                if is_under_links && !has_words && matches!(found.chat, Found::One(_)) {
                    found.chat = Found::Several;
                }
            }
            before = "";
            let chat = self.clear(found.chat, found.class.as_ref());
            // The site of a school under an e-mail is no answer.
            if let Ok(judged) = &mut link {
                // In a text there are always words around a link, and they name its chat.
                judged.remarks.retain(|remark| !matches!(remark, LinkRemark::WordsAround | LinkRemark::Punctuation));
            }
            let is_answer =
                chat.is_ok() || !matches!(link, Err(LinkError::OtherSite | LinkError::Site | LinkError::PublicChannel));
            if is_answer {
                let place = line.place.clone();
                returned.push(Returned { place, chat, link: Some(link), progress: ChatProgress::default() });
            }
        }
        returned
    }

    /// Whether the words of a text may stand under their links, not above: its first bare link has none above, or words
    /// stand behind the last one. Then nobody can tell whose link is which.
    fn stand_under_links(&self, lines: &[Line], class: Option<&ClassName>) -> bool {
        let names_chat = |text: &str| matches!(self.index.find_in_words(text, class).chat, Found::One(_));
        let (mut has_words_above, mut has_bare) = (false, false);
        for line in lines {
            match around_address(&line.text) {
                None => has_words_above |= names_chat(&line.text),
                Some(words) if words.contains(char::is_alphabetic) => has_words_above = false,
                Some(_) => {
                    if !has_words_above && !has_bare {
                        return true;
                    }
                    (has_words_above, has_bare) = (false, true);
                }
            }
        }
        has_bare && has_words_above
    }

    /// The class of a text that names one only: its other lines are about this one, too.
    fn only_class(&self, lines: &[Line]) -> Option<ClassName> {
        let named = lines.iter().filter_map(|line| {
            let words = around_address(&line.text).unwrap_or_else(|| line.text.clone());
            self.index.find_in_words(&words, None).class
        });
        let classes: BTreeSet<ClassName> = named.collect();
        classes.first().filter(|_| classes.len() == 1).cloned()
    }

    fn clear(&self, found: Found<'a>, class: Option<&ClassName>) -> Result<&'a Chat, Unclear<'a>> {
        let doubt = match found {
            Found::One(chat) => return Ok(chat),
            Found::Several => Doubt::Several,
            Found::Contradiction => Doubt::Contradiction,
            Found::None => Doubt::Unknown,
        };
        Err(Unclear { doubt, class_chat: class.and_then(|class| self.index.of_class(class).next()) })
    }
}

/// Whether a link may go on in the next line.
fn may_be_broken(link: &Result<Judged, LinkError>) -> bool {
    match link {
        Ok(judged) => is_unusual(judged),
        Err(error) => matches!(error, LinkError::NoCode | LinkError::CodeLength(_)),
    }
}

fn is_unusual(judged: &Judged) -> bool {
    judged.remarks.iter().any(|remark| matches!(remark, LinkRemark::Length(_)))
}

struct Line {
    text: String,
    place: Place,
}

impl Line {
    /// Without blanks around it and without the marks of a quoted e-mail.
    fn bare(self) -> Self {
        let text = self.text.trim_start_matches(|letter: char| letter == '>' || letter.is_whitespace()).trim_end();
        Self { text: text.to_owned(), place: self.place }
    }
}

impl Doubt {
    /// Why, as a sentence without its full stop.
    pub fn words(self) -> &'static str {
        match self {
            Self::Several => "неясно, от какого из чатов эта ссылка",
            Self::Contradiction => "ключ, класс и название в строке — от разных чатов",
            Self::Unknown => "неясно, от какого чата эта ссылка",
        }
    }

    /// What to do.
    pub fn advice(self) -> &'static str {
        match self {
            Self::Several | Self::Unknown => "Напишите рядом со ссылкой класс и чат: «7А родители».",
            Self::Contradiction => "Верните строку к тому виду, в котором её составила программа.",
        }
    }
}

#[cfg(test)]
mod tests;
