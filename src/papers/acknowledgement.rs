//! «Лист ознакомления»: the rules of the act and the table in which people sign that they have read them.
//!
//! One file per class: the parents' part, then the pupils' part, each with its own count of pages, because they are
//! signed and kept apart. It is no consent to anything (152-ФЗ, article 9) and says so; it never says that parents must
//! join. It knows neither links nor telephone numbers.

mod signatures;
#[cfg(test)]
mod tests;
mod wording;

use std::borrow::Cow;
use std::ops::RangeInclusive;

use super::canvas::Page;
use super::error::PaperError;
use super::flow::{Flow, Foot, Frame, styles};
use super::paper::{ClassPapers, Paper, PaperKind};
use super::phrases::Values;
use super::rich_text::RichText;
use super::rule_columns::put_columns;
use super::rules::{RuleLook, RuleSection};
use super::text::TextStyle;
use super::units::{Mm, Pt};
use crate::school::{Audience, Rule, RuleSet, SchoolClass, dotted};

pub(super) use wording::{ACKNOWLEDGEMENT, AcknowledgementWording};

/// The rules: a little smaller than running text, so that rules and table need few sheets.
const RULES: RuleLook = RuleLook { heading: TextStyle::new(Pt(10.5)), text: TextStyle::new(Pt(10.0)).leading(1.22) };

/// The note on the order, whose number is never divided.
const ANNEX: TextStyle = TextStyle::new(Pt(10.5));

/// The grades in which a parent signs for the pupil.
const PRIMARY: RangeInclusive<u8> = 1..=4;

/// Whose signatures a part of the form collects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Parents,
    Students,
}

/// The acknowledgement form of a class, for those whose chats are planned; `None` where there are none, and for the
/// papers of the school.
///
/// # Errors
/// Only where the PDF cannot be put together: a fault of the program.
pub fn acknowledgement_form(papers: &ClassPapers<'_>) -> Result<Option<Paper>, PaperError> {
    let Some(class) = papers.class else { return Ok(None) };
    let parts: Vec<Vec<Page>> = parts(papers).map(|part| Form::new(papers, class, part).pages()).collect();
    papers.bind(PaperKind::AcknowledgementForm, &parts.concat(), parts.len())
}

/// The parts whose audience has a chat in the plan, with or without its link.
fn parts(papers: &ClassPapers<'_>) -> impl Iterator<Item = Part> {
    let has_chat = |part: &Part| papers.chats.iter().any(|sheet| sheet.chat.audience == part.audience());
    [Part::Parents, Part::Students].into_iter().filter(has_chat)
}

/// One part of the form on its way to pages.
struct Form<'a> {
    papers: &'a ClassPapers<'a>,
    class: &'a SchoolClass,
    wording: &'a AcknowledgementWording,
    part: Part,
    /// The rules for those who sign, with the hours of the class.
    rules: Cow<'a, RuleSet>,
}

impl<'a> Form<'a> {
    fn new(papers: &'a ClassPapers<'a>, class: &'a SchoolClass, part: Part) -> Self {
        let rules = papers.regulation.rules_of(part.audience(), Some(&class.name)).unwrap_or_default();
        Self { papers, class, wording: &papers.wording.acknowledgement, part, rules }
    }

    fn pages(&self) -> Vec<Page> {
        let (values, words) = (self.values(), self.wording);
        let mut flow = Flow::new(Frame::BOUND);
        let annex = values.phrase(&words.annex).unwrap_or_default();
        let width = ANNEX.set(&annex, flow.width() / 2.0).longest() + Mm(0.2);
        flow.right_note(&annex, width, ANNEX);
        flow.space(Mm(3.0));
        flow.paragraph(&RichText::bold(values.line(&words.title)), styles::TITLE);
        flow.space(Mm(1.5));
        flow.paragraph(&values.phrase(self.part.of::<String>(&words.whom)).unwrap_or_default(), styles::SUBTITLE);
        flow.paragraph(&values.phrase(&words.rules).unwrap_or_default(), styles::SUBTITLE);
        flow.space(Mm(3.5));
        if let Some(hours) = self.hours() {
            flow.paragraph(&hours, RULES.text);
            flow.space(Mm(2.0));
        }
        put_columns(&mut flow, &self.sections(), RULES);
        flow.space(Mm(3.0));
        if let Some(note) = self.note() {
            flow.paragraph(&note, styles::NOTE);
            flow.space(Mm(2.5));
        }
        flow.table(&signatures::table(self.part, self.class, *self.papers.settings, &words.columns));
        flow.space(Mm(7.0));
        self.signature(&mut flow);
        let foot = match self.part {
            Part::Parents => &words.foot.parents,
            Part::Students => &words.foot.students,
        };
        flow.finish(&Foot { left: values.line(&words.foot.edition), right: values.line(foot) })
    }

    fn values(&self) -> Values {
        let Self { papers, class, .. } = self;
        let act = &papers.regulation.act;
        Values::default()
            .with("класс", class.name.quoted())
            .with("школа", papers.school.short_name.as_str())
            .with("акт", act.title_instrumental.as_str())
            .with("дата_приказа", act.date.map_or_else(|| "____________".to_owned(), dotted))
            .with("номер_приказа", act.number.clone().unwrap_or_else(|| "______".to_owned()))
            .with_optional("часы", papers.regulation.hours_of(Some(&class.name)).map(|hours| hours.to_string()))
            .with_optional("канал", self.channel().map(str::to_owned))
            .with("версия", papers.edition.version.to_string())
            .with("дата", dotted(papers.edition.issued))
    }

    fn sections(&self) -> Vec<RuleSection<'_>> {
        let (values, headings) = (self.values(), &self.wording.headings);
        let section = |heading: &str, rules| RuleSection::new(RichText::bold(values.line(heading)), rules);
        vec![
            section(&headings.duties, &self.rules.duties),
            section(&headings.forbidden, &self.rules.forbidden),
            section(&headings.rights, &self.rules.rights),
            section(&headings.common, &self.papers.regulation.common),
        ]
    }

    /// Whether a rule on this paper already says it.
    fn is_said(&self, words: &str) -> bool {
        let RuleSet { duties, forbidden, rights } = self.rules.as_ref();
        let mut all = [duties, forbidden, rights, &self.papers.regulation.common].into_iter().flatten();
        all.any(|rule| rule.text.contains(words))
    }

    /// The hours, where the rules do not name them.
    fn hours(&self) -> Option<RichText> {
        let hours = self.papers.regulation.hours_of(Some(&self.class.name))?;
        if self.is_said(&hours.to_string()) { None } else { self.values().phrase(&self.wording.hours) }
    }

    fn channel(&self) -> Option<&str> {
        self.papers.regulation.other_channel.as_deref().map(|channel| channel.trim().trim_end_matches('.'))
    }

    /// What a signature means and what it does not.
    fn note(&self) -> Option<RichText> {
        let values = self.values();
        let notes = &self.wording.notes;
        let mut text = RichText::default();
        let mut say = |sentence: Option<RichText>| {
            if let Some(sentence) = sentence {
                let gap = if text.is_empty() { "" } else { " " };
                text = std::mem::take(&mut text).then(&RichText::plain(gap)).then(&sentence);
            }
        };
        let acknowledgement: Vec<&Rule> = self.acknowledgement().collect();
        for rule in &acknowledgement {
            say(Some(RichText::plain(rule.cited())));
        }
        match self.part {
            Part::Parents => {
                if !acknowledgement.iter().any(|rule| rule.text.contains("добровольн")) {
                    say(values.phrase(&notes.voluntary));
                }
                if self.papers.settings.other_channel_column {
                    say(values.phrase(&notes.channel_column));
                } else if !self.channel().is_some_and(|channel| self.is_said(channel)) {
                    say(values.phrase(&notes.channel));
                }
            }
            Part::Students => {
                if acknowledgement.is_empty() {
                    say(values.phrase(&notes.students));
                }
                if PRIMARY.contains(&self.class.name.grade()) {
                    say(values.phrase(&notes.primary));
                }
            }
        }
        say(values.phrase(&notes.personal_data));
        Some(text).filter(|text| !text.is_empty())
    }

    /// What the act says about acknowledgement; pupils do not read what concerns parents alone.
    fn acknowledgement(&self) -> impl Iterator<Item = &Rule> {
        let is_for_all = |rule: &&Rule| self.part == Part::Parents || !rule.text.starts_with("Родители");
        self.papers.regulation.acknowledgement.iter().filter(is_for_all)
    }

    /// The homeroom teacher's line: blanks of underscores, so that those of the date stand as low as the others.
    fn signature(&self, flow: &mut Flow) {
        let words = &self.wording.signature;
        let name = self.papers.homeroom.map_or_else(|| "_".repeat(22), |homeroom| homeroom.name.with_initials());
        let date = words.date.replace(' ', "\u{a0}");
        let line = format!("{} {} {name}\u{a0}\u{a0}\u{a0}\u{a0} {date}", words.homeroom, "_".repeat(22));
        flow.paragraph(&RichText::plain(line), styles::TEXT);
    }
}

impl Part {
    fn audience(self) -> Audience {
        match self {
            Self::Parents => Audience::Parents,
            Self::Students => Audience::Students,
        }
    }

    fn of<T>(self, words: &super::wording::ByFamily<T>) -> &T {
        match self {
            Self::Parents => &words.parents,
            Self::Students => &words.students,
        }
    }
}
