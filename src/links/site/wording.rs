//! The templates of the pages → HTML.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind, UndefinedBehavior, context};

use super::protection::protection;
use super::{Page, PageState, Site, SiteError};
use crate::school::{Audience, LinkUrl, Regulation, School, Service, Template};

/// The templates of the site, in the language of minijinja.
///
/// Each may use `protection` (must stand in `<head>`), `style`, `school`, `city`, `phone`. That of a page may use
/// besides: `state` (`open`, `awaited`, `renewing`, `revoked`), `link` (only where it is open), `title`, `whom` (for
/// whom, in words), `audience` (`parents`, `students`, `staff`, `everyone`), `channel` (whether only the school
/// writes), `hours` (`days` in words and `span`, or nothing), `rules` (each with `lead` and `text`), `other_channel` (or empty), `ask` (whom
/// to ask, in the accusative), `service` («MAX»), `inside` («в MAX»), `site` («max.ru»).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SiteTemplates<'a> {
    page: &'a str,
    index: &'a str,
    not_found: &'a str,
    style: &'a str,
}

const PAGE: Template = Template { name: "site/page.html", text: include_str!("../../../templates/site/page.html") };
const INDEX: Template = Template { name: "site/index.html", text: include_str!("../../../templates/site/index.html") };
const NOT_FOUND: Template = Template { name: "site/404.html", text: include_str!("../../../templates/site/404.html") };
const STYLE: Template = Template { name: "site/style.css", text: include_str!("../../../templates/site/style.css") };

/// The built-in templates of the site.
pub const TEMPLATES: [Template; 4] = [PAGE, INDEX, NOT_FOUND, STYLE];

/// The most rules that a page shows, as many as the poster.
const RULES: usize = 4;

impl<'a> SiteTemplates<'a> {
    /// The templates as `text_of` has them: built-in or a school's own.
    pub fn read(text_of: impl Fn(Template) -> &'a str) -> Self {
        Self { page: text_of(PAGE), index: text_of(INDEX), not_found: text_of(NOT_FOUND), style: text_of(STYLE) }
    }
}

/// The templates with what is the same on all pages.
pub(super) struct Wording<'a> {
    environment: Environment<'a>,
    school: &'a School,
    regulation: &'a Regulation,
    style: String,
    protection: String,
}

impl<'a> Wording<'a> {
    /// Reads the templates.
    pub(super) fn new(site: &Site<'a>, templates: &SiteTemplates<'a>) -> Result<Self, SiteError> {
        let mut environment = Environment::new();
        // Blocks stand on lines of their own and leave no trace.
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
        environment.set_syntax(syntax.map_err(|error| fault(PAGE, &error))?);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        let SiteTemplates { page, index, not_found, style } = *templates;
        for (template, text) in [(PAGE, page), (INDEX, index), (NOT_FOUND, not_found)] {
            environment.add_template(template.name, text).map_err(|error| fault(template, &error))?;
        }
        // Line ends as a browser sees them: it takes the sum of the style after reading them so.
        let style = style.replace("\r\n", "\n").replace('\r', "\n");
        if style.contains("</") {
            let reason = "в стиле не бывает знаков «</»".to_owned();
            return Err(SiteError::Template { file: STYLE.name, reason });
        }
        let protection = protection(&style);
        Ok(Self { environment, school: site.school, regulation: site.regulation, style, protection })
    }

    /// The page of a short link.
    pub(super) fn page(&self, page: &Page) -> Result<String, SiteError> {
        let platform = self.regulation.platform;
        let (link, service) = match &page.state {
            PageState::Open(link) => (Some(link), Service::of_link(link, platform)),
            _ => (None, Service::of_links([], platform)),
        };
        let channel = page.kind.is_channel();
        let hours = self.regulation.hours_of(page.class.as_ref()).filter(|_| !channel);
        let rules = self.regulation.poster.get(&page.audience).map_or(&[][..], Vec::as_slice);
        let rule = |lead: &str, text: &str| context! { lead => shown(lead), text => shown(text) };
        let rules: Vec<Value> = rules.iter().take(RULES).map(|words| rule(&words.lead, &words.text)).collect();
        let values = context! {
            state => page.state.id(),
            link => link.map(attribute),
            title => shown(page.title.as_str()),
            whom => shown(&page.whom()),
            audience => audience(page.audience),
            channel,
            hours => hours.map(|hours| context! { days => hours.days_in_words(), span => hours.span() }),
            rules,
            other_channel => shown(self.regulation.other_channel.as_deref().unwrap_or_default()),
            ask => page.whom_to_ask(),
            service => service.name(),
            inside => service.inside(),
            site => service.site(),
        };
        self.render(PAGE, values)
    }

    /// The page under the bare address: it names no other page.
    pub(super) fn index(&self) -> Result<String, SiteError> {
        self.render(INDEX, context! {})
    }

    /// The page under an address that is none.
    pub(super) fn not_found(&self) -> Result<String, SiteError> {
        self.render(NOT_FOUND, context! {})
    }

    /// A template filled in; every value that comes from tables or settings is escaped.
    fn render(&self, template: Template, own: Value) -> Result<String, SiteError> {
        let School { short_name, full_name, city, phone, .. } = self.school;
        let name = if short_name.trim().is_empty() { full_name } else { short_name };
        let values = context! {
            protection => Value::from_safe_string(self.protection.clone()),
            style => Value::from_safe_string(self.style.clone()),
            school => shown(name),
            city => shown(city),
            phone => shown(phone),
            ..own
        };
        let file = template.name;
        let template_text = self.environment.get_template(file).map_err(|error| fault(template, &error))?;
        let html = template_text.render(values).map_err(|error| fault(template, &error))?;
        let head = html.find("<body").and_then(|at| html.get(..at)).unwrap_or_default();
        if head.contains(&self.protection) { Ok(html) } else { Err(SiteError::Unprotected { file }) }
    }
}

/// A text without the characters that HTML cannot hold; everything else stays as the app shows it.
fn shown(text: &str) -> String {
    let lost = |letter: char| letter.is_control() || matches!(u32::from(letter) & 0xffff, 0xfffe | 0xffff);
    let on_one_line = text.trim().replace(['\r', '\n', '\t'], " ");
    on_one_line.chars().filter(|letter| !lost(*letter)).collect()
}

/// A link for an attribute in quotes. It holds only the characters of an address: the caller has looked.
fn attribute(link: &LinkUrl) -> Value {
    Value::from_safe_string(link.as_str().replace('&', "&amp;"))
}

fn audience(audience: Audience) -> &'static str {
    match audience {
        Audience::Parents => "parents",
        Audience::Students => "students",
        Audience::Staff => "staff",
        Audience::Everyone => "everyone",
    }
}

/// What is wrong with a template, for the person who wrote it; the values are not told.
fn fault(template: Template, error: &Error) -> SiteError {
    let what = match error.kind() {
        ErrorKind::SyntaxError => "ошибка в записи",
        ErrorKind::UndefinedError => "такого слова у страницы нет",
        _ => "не получается подставить значение",
    };
    let line = error.line().map(|line| format!("строка {line}: ")).unwrap_or_default();
    SiteError::Template { file: template.name, reason: format!("{line}{what}") }
}
