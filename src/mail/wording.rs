//! The templates of the letters → text and HTML.

mod rehearsal;

use std::fmt;

use jiff::civil::Date;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};
use serde::Serialize;

use super::change_letter::NewsCount;
use super::{ChangeLetter, FileForm, HandedChat, LetterContent, MailError, Occasion, OpenItem};
use crate::school::{ChatTitle, NewsKind, Noun, Template, count, dotted, file_name, long_date};

/// The templates of the letters, in the language of minijinja.
///
/// They may use `school`, `inside` («в MAX»), `class`, `teacher`, `enclosures` (each with `name`, `kind`, `pages`),
/// `table` (whether one of them is the table for the links),
/// `linked` (how many chats have their link), `awaited` (titles), `chats_by`, `acknowledgement_by`, `joining_by` (dates
/// in words or nothing), `curator`, `curator_post`, `phone`, `version`,
/// `replaces` (the subjects of earlier letters).
///
/// That to a former moderator has `handed` (each with `title` and `moderator`, the new one).
///
/// Those of a change may use besides: `date`, `number`, `news` (each with `words`, `count`), and how many there are of
/// `removals`, `admissions`, `void`, `slips`, `posters`, `newcomers`, `links_void` (to be renewed in the app),
/// `work_on_chats` (to create, to retitle, to close, to hand over) and `copies` (files, where nothing else is brought);
/// `gone` is true where there is no such class any more, `new_year` where it has gone up. A reminder may use `open` (what is still
/// to be done, one sentence each, with its number and day) and `today`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterTemplates<'a> {
    /// The letter with the whole papers of a class.
    pub class: LetterTemplate<'a>,
    /// The letter of a change.
    pub change: LetterTemplate<'a>,
    /// The reminder of what is awaited.
    pub reminder: LetterTemplate<'a>,
    /// The letter to a former moderator.
    pub handover: LetterTemplate<'a>,
}

/// The two forms of a letter, which say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LetterTemplate<'a> {
    /// The plain text.
    pub text: &'a str,
    /// The HTML; values are escaped.
    pub html: &'a str,
}

/// What a letter says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wording {
    pub(super) text: String,
    pub(super) html: String,
}

/// The values of the templates.
#[derive(Serialize)]
struct Values<'a> {
    school: &'a str,
    inside: &'static str,
    class: String,
    teacher: String,
    enclosures: Vec<File<'a>>,
    table: bool,
    linked: usize,
    awaited: Vec<&'a str>,
    open: Vec<String>,
    today: String,
    chats_by: Option<String>,
    acknowledgement_by: Option<String>,
    joining_by: Option<String>,
    curator: String,
    curator_post: &'a str,
    phone: &'a str,
    version: u32,
    replaces: &'a [String],
    handed: Vec<HandedValues<'a>>,
    #[serde(flatten)]
    change: Option<ChangeValues>,
}

/// The values of the templates of a change.
#[derive(Serialize)]
struct ChangeValues {
    date: String,
    number: u32,
    news: Vec<NewsValues>,
    removals: usize,
    admissions: usize,
    void: usize,
    slips: usize,
    posters: usize,
    forms: usize,
    again: bool,
    copies: usize,
    newcomers: usize,
    links_void: usize,
    work_on_chats: usize,
    gone: bool,
    new_year: bool,
}

#[derive(Serialize)]
struct HandedValues<'a> {
    title: &'a str,
    moderator: &'a str,
}

#[derive(Serialize)]
struct NewsValues {
    words: &'static str,
    count: usize,
}

#[derive(Serialize)]
struct File<'a> {
    name: String,
    kind: &'a str,
    pages: String,
}

/// The plain text of the letter of a class.
const TEXT: Template = Template { name: "letters/class.txt", text: include_str!("../../templates/letters/class.txt") };

/// The HTML of the letter of a class.
const HTML: Template =
    Template { name: "letters/class.html", text: include_str!("../../templates/letters/class.html") };

/// The plain text of the letter of a change.
const CHANGE_TEXT: Template =
    Template { name: "letters/change.txt", text: include_str!("../../templates/letters/change.txt") };

/// The HTML of the letter of a change.
const CHANGE_HTML: Template =
    Template { name: "letters/change.html", text: include_str!("../../templates/letters/change.html") };

/// The plain text of a reminder.
const REMINDER_TEXT: Template =
    Template { name: "letters/reminder.txt", text: include_str!("../../templates/letters/reminder.txt") };

/// The HTML of a reminder.
const REMINDER_HTML: Template =
    Template { name: "letters/reminder.html", text: include_str!("../../templates/letters/reminder.html") };

/// The plain text of the letter to a former moderator.
const HANDOVER_TEXT: Template =
    Template { name: "letters/handover.txt", text: include_str!("../../templates/letters/handover.txt") };

/// The HTML of the letter to a former moderator.
const HANDOVER_HTML: Template =
    Template { name: "letters/handover.html", text: include_str!("../../templates/letters/handover.html") };

/// The built-in templates of the letters.
pub const TEMPLATES: [Template; 8] =
    [TEXT, HTML, CHANGE_TEXT, CHANGE_HTML, REMINDER_TEXT, REMINDER_HTML, HANDOVER_TEXT, HANDOVER_HTML];

impl<'a> LetterTemplates<'a> {
    /// The templates as `text_of` has them: built-in or a school's own.
    pub fn read(text_of: impl Fn(Template) -> &'a str) -> Self {
        Self {
            class: LetterTemplate { text: text_of(TEXT), html: text_of(HTML) },
            change: LetterTemplate { text: text_of(CHANGE_TEXT), html: text_of(CHANGE_HTML) },
            reminder: LetterTemplate { text: text_of(REMINDER_TEXT), html: text_of(REMINDER_HTML) },
            handover: LetterTemplate { text: text_of(HANDOVER_TEXT), html: text_of(HANDOVER_HTML) },
        }
    }
}

const PAGES: Noun = Noun::new("страница", "страницы", "страниц");

impl Wording {
    /// The words of a letter by the templates.
    pub(super) fn of(content: &LetterContent<'_>, templates: &LetterTemplates<'_>) -> Result<Self, MailError> {
        let values = values(content);
        let (names, template) = match &content.occasion {
            Occasion::First => ([TEXT.name, HTML.name], templates.class),
            Occasion::Change(_) => ([CHANGE_TEXT.name, CHANGE_HTML.name], templates.change),
            Occasion::Reminder(_) => ([REMINDER_TEXT.name, REMINDER_HTML.name], templates.reminder),
            Occasion::Handover(_) => ([HANDOVER_TEXT.name, HANDOVER_HTML.name], templates.handover),
        };
        let [text, html] = names;
        Ok(Self { text: render(text, template.text, &values)?, html: render(html, template.html, &values)? })
    }
}

/// The template filled in; values are escaped when its name ends in «.html».
fn render(file: &'static str, source: &str, values: &Values<'_>) -> Result<String, MailError> {
    let fault = |error: Error| MailError::Template(TemplateFault::of(file, &error));
    let environment = environment().map_err(fault)?;
    environment.render_named_str(file, source, Value::from(Serde(values))).map_err(fault)
}

/// How templates are written: blocks stand on lines of their own and leave no trace.
fn environment() -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax?);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    Ok(environment)
}

/// What is wrong with a template, for the person who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateFault {
    /// The name of the template.
    pub file: &'static str,
    /// The line, 1-based, where it is known.
    pub line: Option<u32>,
    /// What, in Russian, without a full stop.
    pub reason: String,
}

impl TemplateFault {
    fn of(file: &'static str, error: &Error) -> Self {
        let what = match error.kind() {
            ErrorKind::SyntaxError => "ошибка в записи",
            ErrorKind::UndefinedError => "такого слова у письма нет",
            ErrorKind::UnknownFilter
            | ErrorKind::UnknownFunction
            | ErrorKind::UnknownTest
            | ErrorKind::UnknownMethod => "такой функции нет",
            _ => "не получается подставить значение",
        };
        let detail = error.detail().map(|detail| format!(" ({detail})")).unwrap_or_default();
        let line = error.line().and_then(|line| u32::try_from(line).ok());
        Self { file, line, reason: format!("{what}{detail}") }
    }
}

impl fmt::Display for TemplateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file: _, line, reason } = self;
        line.iter().try_for_each(|line| write!(f, "строка {line}: "))?;
        f.write_str(reason)
    }
}

fn values<'a>(content: &'a LetterContent<'_>) -> Values<'a> {
    let LetterContent {
        school,
        occasion,
        service,
        class,
        to,
        from: _,
        enclosures,
        linked,
        awaited,
        deadlines,
        edition,
        replaces,
        follows: _,
    } = content;
    let files = enclosures.iter().map(|enclosure| File {
        name: file_name(&enclosure.file_name),
        kind: &enclosure.kind,
        pages: match enclosure.form {
            FileForm::Pdf { pages } => count(pages, PAGES),
            FileForm::Table => "таблица".to_owned(),
            FileForm::Text => "файл с текстом".to_owned(),
        },
    });
    // A change comes weeks after the dates that were set for the beginning: one that has passed is not asked for.
    let still_ahead = |date: &Date| *occasion == Occasion::First || *date >= edition.issued;
    let by = |date: Option<Date>| date.filter(still_ahead).map(long_date);
    Values {
        school: &school.short_name,
        inside: service.inside(),
        class: class.quoted(),
        teacher: to.name.address(),
        enclosures: files.collect(),
        table: enclosures.iter().any(|enclosure| enclosure.form == FileForm::Table),
        linked: *linked,
        open: match occasion {
            Occasion::Reminder(open) => open.iter().map(OpenItem::words).collect(),
            Occasion::First | Occasion::Change(_) | Occasion::Handover(_) => Vec::new(),
        },
        today: dotted(edition.issued),
        awaited: awaited.iter().map(ChatTitle::as_str).collect(),
        chats_by: by(deadlines.chats),
        acknowledgement_by: by(deadlines.acknowledgement),
        joining_by: by(deadlines.joining),
        curator: school.curator.name.to_string(),
        curator_post: &school.curator.post,
        phone: &school.phone,
        version: edition.version,
        replaces,
        handed: match occasion {
            Occasion::Handover(handover) => handover.chats.iter().map(handed).collect(),
            _ => Vec::new(),
        },
        change: match occasion {
            Occasion::First | Occasion::Reminder(_) | Occasion::Handover(_) => None,
            Occasion::Change(change) => Some(change_values(change, edition.issued)),
        },
    }
}

fn handed(chat: &HandedChat) -> HandedValues<'_> {
    let HandedChat { title, moderator } = chat;
    HandedValues { title, moderator }
}

fn change_values(change: &ChangeLetter, date: Date) -> ChangeValues {
    let ChangeLetter { number, news, removals, admissions, void, slips, posters, forms, newcomers, again, copies } =
        change;
    let is_void = |one: &&NewsCount| one.kind == NewsKind::LinkVoid;
    let work = news.iter().filter(|one| one.kind.is_work_on_chats() && !is_void(one));
    ChangeValues {
        date: dotted(date),
        number: *number,
        links_void: news.iter().filter(is_void).map(|one| one.count).sum(),
        work_on_chats: work.map(|one| one.count).sum(),
        new_year: news.iter().any(|one| one.kind == NewsKind::ClassUp),
        gone: news.iter().any(|one| one.kind == NewsKind::ClassGone),
        news: news.iter().filter_map(|one| Some(NewsValues { words: one.words()?, count: one.count })).collect(),
        removals: *removals,
        admissions: *admissions,
        void: *void,
        slips: *slips,
        posters: *posters,
        forms: *forms,
        again: *again,
        copies: *copies,
        newcomers: *newcomers,
    }
}
