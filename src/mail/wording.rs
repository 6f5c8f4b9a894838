//! The templates of the letters → text and HTML.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior};
use serde::Serialize;

use super::{LetterContent, MailError};
use crate::school::{ChatTitle, Noun, Template, count, file_name, long_date};

/// The templates of a class's letter, in the language of minijinja.
///
/// They may use `school`, `inside` («в MAX»), `class`, `teacher`, `enclosures` (each with `name`, `kind`, `pages`), `linked` (how many chats have
/// their link), `awaited` (titles),
/// `chats_by`, `acknowledgement_by`, `joining_by` (dates in words or nothing), `curator`, `curator_post`, `phone`,
/// `version`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterTemplates<'a> {
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
    linked: usize,
    awaited: Vec<&'a str>,
    chats_by: Option<String>,
    acknowledgement_by: Option<String>,
    joining_by: Option<String>,
    curator: String,
    curator_post: &'a str,
    phone: &'a str,
    version: u32,
}

#[derive(Serialize)]
struct File<'a> {
    name: String,
    kind: &'a str,
    pages: String,
}

/// The plain text of a class's letter.
const TEXT: Template = Template { name: "letters/class.txt", text: include_str!("../../templates/letters/class.txt") };

/// The HTML of a class's letter.
const HTML: Template =
    Template { name: "letters/class.html", text: include_str!("../../templates/letters/class.html") };

/// The built-in templates of the letters.
pub const TEMPLATES: [Template; 2] = [TEXT, HTML];

impl<'a> LetterTemplates<'a> {
    /// The templates as `text_of` has them: built-in or a school's own.
    pub fn read(text_of: impl Fn(Template) -> &'a str) -> Self {
        Self { text: text_of(TEXT), html: text_of(HTML) }
    }
}

const PAGES: Noun = Noun::new("страница", "страницы", "страниц");

impl Wording {
    /// The words of a letter by the templates.
    pub(super) fn of(content: &LetterContent<'_>, templates: &LetterTemplates<'_>) -> Result<Self, MailError> {
        let values = values(content);
        Ok(Self {
            text: render(TEXT.name, templates.text, &values)?,
            html: render(HTML.name, templates.html, &values)?,
        })
    }
}

/// The template filled in; values are escaped when its name ends in «.html».
fn render(file: &'static str, source: &str, values: &Values<'_>) -> Result<String, MailError> {
    let fault = |error: Error| MailError::Template { file, reason: reason(&error) };
    let mut environment = Environment::new();
    // Blocks stand on lines of their own and leave no trace.
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.map_err(fault)?);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.render_named_str(file, source, Value::from(Serde(values))).map_err(fault)
}

/// What is wrong with a template, for the person who wrote it.
fn reason(error: &Error) -> String {
    let line = error.line().map(|line| format!("строка {line}: ")).unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::SyntaxError => "ошибка в записи",
        ErrorKind::UndefinedError => "такого слова у письма нет",
        ErrorKind::UnknownFilter | ErrorKind::UnknownFunction | ErrorKind::UnknownTest | ErrorKind::UnknownMethod => {
            "такой функции нет"
        }
        _ => "не получается подставить значение",
    };
    let detail = error.detail().map(|detail| format!(" ({detail})")).unwrap_or_default();
    format!("{line}{what}{detail}")
}

fn values<'a>(content: &'a LetterContent<'_>) -> Values<'a> {
    let LetterContent { school, service, class, to, from: _, enclosures, linked, awaited, deadlines, edition } =
        content;
    let files = enclosures.iter().map(|enclosure| File {
        name: file_name(&enclosure.file_name),
        kind: &enclosure.kind,
        pages: count(enclosure.pages, PAGES),
    });
    Values {
        school: &school.short_name,
        inside: service.inside(),
        class: class.quoted(),
        teacher: to.name.address(),
        enclosures: files.collect(),
        linked: *linked,
        awaited: awaited.iter().map(ChatTitle::as_str).collect(),
        chats_by: deadlines.chats.map(long_date),
        acknowledgement_by: deadlines.acknowledgement.map(long_date),
        joining_by: deadlines.joining.map(long_date),
        curator: school.curator.name.to_string(),
        curator_post: &school.curator.post,
        phone: &school.phone,
        version: edition.version,
    }
}
