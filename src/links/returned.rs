//! Reads what people send back: tables, whole registers, plain CSV, lines of an e-mail; each link with its chat.
//!
//! Nothing is decided here but what one row says: which chat, and whether the text is an invitation.

use std::collections::BTreeSet;

use crate::roster::cell_text::is_absent;
use crate::roster::sheet_table::rows;
use crate::school::{Chat, ChatProgress, Checked, ClassName, Issue, IssueKind, Place, Platform, SchoolYear};
use crate::tables::{self, Source, Workbook};

use super::columns::{Field, LAYOUT};
use super::find_chat::{ChatIndex, Clues, Found};
use super::judge::around_address;
use super::letter::{AttachedTable, SavedLetter};
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

impl<'a> Returned<'a> {
    /// The chat, where it is clear.
    pub fn chat(&self) -> Option<&'a Chat> {
        self.chat.as_ref().ok().copied()
    }
}

/// A row whose chat cannot be told.
#[derive(Clone, Debug)]
pub struct Unclear<'a> {
    /// Why.
    pub doubt: Doubt,
    /// A chat of the class that the row names: its moderator can be asked.
    pub class_chat: Option<&'a Chat>,
}

/// Why the chat of a row cannot be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The words fit several chats.
    Several,
    /// The key is one chat's, the class or the title another's.
    Contradiction,
    /// No chat of the plan is called so.
    Unknown,
    /// The plan has no such class.
    NoClass {
        /// The class.
        class: ClassName,
        /// Those that may be meant.
        nearest: Vec<ClassName>,
    },
    /// The table is of a school year in which the class was another one.
    PastYear {
        /// The school year.
        year: SchoolYear,
    },
}

/// Reads files in any order. A file that cannot be read, and one without a link, is an issue. `recorded` is the school
/// year of the classes: what a table of an earlier one says of a class is of other children.
pub fn read_returned<'a>(
    sources: &[Source],
    chats: &[&'a Chat],
    platform: Platform,
    recorded: Option<SchoolYear>,
) -> Checked<Vec<Returned<'a>>> {
    let index = ChatIndex::new(chats);
    let mut read = Checked::<Vec<Returned<'a>>>::default();
    for source in sources {
        let reader = Reader { source, index: &index, platform, recorded };
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
    recorded: Option<SchoolYear>,
}

impl<'a> Reader<'_, 'a> {
    fn read(&self, issues: &mut Vec<Issue>) -> Result<Vec<Returned<'a>>, Issue> {
        let is_letter = self.source.label.to_lowercase().ends_with(".eml");
        if is_letter && let Some(letter) = SavedLetter::read(&tables::read_raw(self.source)?) {
            return Ok(self.letter(letter, issues));
        }
        let workbook =
            tables::read(self.source).map_err(|issue| if is_letter { self.encoded_letter() } else { issue })?;
        if let Some(returned) = self.workbook(&workbook, &self.source.label, issues) {
            return Ok(returned);
        }
        match tables::read_lines(self.source)? {
            Some(lines) => {
                if is_encoded_letter(&lines) {
                    let letter = SavedLetter::read(&tables::read_raw(self.source)?);
                    return letter.map(|letter| self.letter(letter, issues)).ok_or_else(|| self.encoded_letter());
                }
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

    /// The links of a table; `None` where it has no header.
    fn workbook(&self, workbook: &Workbook, label: &str, issues: &mut Vec<Issue>) -> Option<Vec<Returned<'a>>> {
        let table = rows(workbook, label, &LAYOUT);
        if table.issues.iter().any(|issue| issue.kind == IssueKind::NoHeader) {
            return None;
        }
        let year = workbook.sheets.iter().find_map(year_of);
        let year = year.filter(|year| self.recorded.is_some_and(|recorded| *year < recorded));
        Some(self.table(&table.value, year, issues))
    }

    /// The links of an e-mail that was saved whole: those of its text and those of its tables.
    fn letter(&self, letter: SavedLetter, issues: &mut Vec<Issue>) -> Vec<Returned<'a>> {
        let SavedLetter { lines, tables } = letter;
        let label = &self.source.label;
        let numbered = lines.into_iter().zip(1..);
        let mut returned = self.lines(numbered.map(|(text, line)| Line { text, place: Place::line(label, line) }));
        for AttachedTable { name, bytes } in tables {
            let label = format!("{label}, вложение «{name}»");
            match tables::read_bytes(&bytes, &label) {
                Ok(workbook) => match self.workbook(&workbook, &label, issues) {
                    Some(more) => returned.extend(more),
                    None => issues.push(Issue::new(
                        IssueKind::NoHeader,
                        Place::file(&label),
                        "Не найдена строка с названиями столбцов.",
                        "Сохраните вложение отдельно и проверьте, та ли это таблица.",
                    )),
                },
                Err(issue) => issues.push(issue),
            }
        }
        returned
    }

    fn encoded_letter(&self) -> Issue {
        Issue::new(
            IssueKind::Unreadable,
            Place::file(&self.source.label),
            "Это письмо, сохранённое целиком: текст в нём закодирован, и ссылки не видны.",
            "Откройте письмо, скопируйте его текст в файл .txt и примите этот файл. Приложенные таблицы сохраните из \
             письма отдельно.",
        )
    }

    fn table(
        &self,
        rows: &[crate::roster::sheet_table::TableRow<Field>],
        past: Option<SchoolYear>,
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
            let chat = match (self.clear(found, named.as_ref()), past) {
                (Ok(chat), Some(year)) if chat.class.is_some() => {
                    Err(Unclear { doubt: Doubt::PastYear { year }, class_chat: None })
                }
                (chat, _) => chat,
            };
            returned.push(Returned { place: row.place(Field::Link), chat, link, progress });
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
            let is_of_another = found.class.as_ref().is_some_and(|class| !self.index.has_class(class));
            if !has_words || (matches!(found.chat, Found::None) && !is_of_another) {
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
            Found::None => match class.filter(|class| !self.index.has_class(class)) {
                Some(class) => Doubt::NoClass { class: class.clone(), nearest: self.index.nearest(class) },
                None => Doubt::Unknown,
            },
        };
        Err(Unclear { doubt, class_chat: class.and_then(|class| self.index.of_class(class).next()) })
    }
}

/// The school year of a table, as its title says: «…, 2026/27 учебный год».
fn year_of(sheet: &tables::Sheet) -> Option<SchoolYear> {
    let texts = sheet.rows().take(TITLE_ROWS).flat_map(|row| sheet.row(row));
    texts.into_iter().find_map(|cell| {
        let text = cell.value.text();
        let (before, _) = text.split_once(" учебный год")?;
        before.split_whitespace().next_back()?.parse().ok()
    })
}

/// Above its header a table of the program has a title and an explanation.
const TITLE_ROWS: usize = 2;

/// Whether lines are those of an e-mail as it travels, with a body that nobody can read.
fn is_encoded_letter(lines: &[String]) -> bool {
    let encoding = |line: &String| {
        let line = line.to_ascii_lowercase();
        let encoding = line.strip_prefix("content-transfer-encoding:").map(str::trim);
        encoding.is_some_and(|encoding| matches!(encoding, "base64" | "quoted-printable"))
    };
    lines.iter().any(encoding)
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
        // «7А;родители;https://…»: a table without a header.
        let cells = text.split([';', '\t']).map(|cell| cell.trim().trim_matches('"'));
        Self { text: cells.collect::<Vec<_>>().join(" "), place: self.place }
    }
}

impl Doubt {
    /// Why, as a sentence without its full stop.
    pub fn words(&self) -> String {
        match self {
            Self::Several => "неясно, от какого из чатов эта ссылка".to_owned(),
            Self::Contradiction => "ключ, класс и название в строке — от разных чатов".to_owned(),
            Self::Unknown => "неясно, от какого чата эта ссылка".to_owned(),
            Self::NoClass { class, .. } => format!("класса {class} в списках нет"),
            Self::PastYear { year } => {
                let year = year.in_title();
                format!("таблица {year} учебного года, с тех пор классы перешли, и неясно, чей это чат")
            }
        }
    }

    /// What to do.
    pub fn advice(&self) -> String {
        match self {
            Self::Several | Self::Unknown => "Напишите рядом со ссылкой класс и чат: «7А родители».".to_owned(),
            Self::Contradiction => "Верните строку к тому виду, в котором её составила программа.".to_owned(),
            Self::NoClass { nearest, .. } if nearest.is_empty() => {
                "Исправьте название класса; каким его знает программа, видно в таблице ссылок.".to_owned()
            }
            Self::NoClass { nearest, .. } => {
                let nearest: Vec<String> = nearest.iter().map(ToString::to_string).collect();
                format!("Исправьте название класса. Похожие: {}.", nearest.join(", "))
            }
            Self::PastYear { .. } => {
                "Если ссылка нынешнего года, впишите её в нынешнюю таблицу или пришлите строкой: «7А родители» и ссылка."
                    .to_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests;
