//! «Памятка модератора»: which chats to create and how, what to pin, what a moderator does.
//!
//! One for the homeroom teacher of a class, one of the same form for the chats of the school and of its groups. It
//! carries no link: only whether there is one. The texts to pin come from the caller.

mod chats;
mod pinned_box;
#[cfg(test)]
mod tests;
mod wording;

use std::collections::BTreeMap;

use super::canvas::Page;
use super::error::PaperError;
use super::flow::{Flow, Foot, Frame, styles};
use super::paper::{ChatSheet, ClassPapers, Paper, PaperKind};
use super::phrases::Values;
use super::rich_text::RichText;
use super::rules::{RuleLook, RuleSection, put_sections};
use super::text::TextStyle;
use super::units::{Mm, Pt};
use crate::school::{Audience, Chat, Deadlines, PersonName, Service, dotted};

use pinned_box::PinnedBox;
pub(super) use wording::{MEMO, MemoWording};

/// What a memo says beyond the other papers.
#[derive(Clone, Copy)]
pub struct MemoFacts<'a> {
    /// The dates by which things are to be done.
    pub deadlines: &'a Deadlines,
    /// The text to paste and pin in a chat; asked for one chat of each audience.
    pub pinned: &'a dyn Fn(&Chat) -> String,
}

/// A little smaller than running text: the memo is to be short.
const TEXT: TextStyle = styles::TEXT.size(Pt(10.0)).leading(1.25);
const RULES: RuleLook = RuleLook { heading: TEXT, text: TEXT };
/// The names and the telephone stay together.
const CONTACTS: Mm = Mm(32.0);
/// The heading of the table of settings and its header; the table is not divided.
const SETTINGS_HEAD: Mm = Mm(15.5);
/// A heading and a note of two lines above a box.
const PINNED_HEAD: Mm = Mm(17.0);
const STEP_COLUMN: Mm = Mm(6.5);

/// The moderator's memo of a class or of the school; `None` where no chats are planned.
///
/// # Errors
/// Only where the PDF cannot be put together: a fault of the program.
pub fn moderator_memo(papers: &ClassPapers<'_>, facts: &MemoFacts<'_>) -> Result<Option<Paper>, PaperError> {
    if papers.chats.is_empty() {
        return Ok(None);
    }
    let pages = Memo { papers, facts, wording: &papers.wording.memo }.pages();
    papers.bind(PaperKind::ModeratorMemo, &pages, 1)
}

/// A memo on its way to pages.
struct Memo<'a> {
    papers: &'a ClassPapers<'a>,
    facts: &'a MemoFacts<'a>,
    wording: &'a MemoWording,
}

impl Memo<'_> {
    fn pages(&self) -> Vec<Page> {
        let (values, words) = (self.values(), self.wording);
        let mut flow = Flow::new(Frame::BOUND);
        self.head(&mut flow, &values);
        self.chats(&mut flow, &values);
        self.order(&mut flow, &values);
        heading(&mut flow, &words.create.heading);
        steps(&mut flow, &values, self.of(&words.create.class, &words.create.school));
        let settings = chats::settings(self.papers.chats, &words.settings);
        flow.keep(SETTINGS_HEAD + settings.look.row_height * settings.rows.len() as f32);
        heading(&mut flow, &words.settings.heading);
        flow.table(&settings);
        self.check(&mut flow, &values);
        self.duties(&mut flow, &values);
        heading(&mut flow, &words.events.heading);
        for event in values.phrases(self.of(&words.events.class, &words.events.school)) {
            flow.clause("•", Mm(4.5), &event, TEXT);
            flow.space(Mm(0.8));
        }
        flow.keep(CONTACTS);
        heading(&mut flow, &words.contacts.heading);
        for contact in values.phrases(&words.contacts.rows) {
            flow.paragraph(&contact, TEXT);
            flow.space(Mm(0.6));
        }
        self.pinned(&mut flow, &values);
        let right = values.line(self.of(&words.foot.class, &words.foot.school));
        flow.finish(&Foot { left: values.line(&words.foot.edition), right })
    }

    fn values(&self) -> Values {
        let Self { papers, facts, .. } = self;
        let (school, regulation) = (papers.school, papers.regulation);
        let service = self.service();
        let deadline = |date: Option<jiff::civil::Date>| date.map(dotted);
        let channel = regulation.other_channel.as_deref().map(|text| text.trim().trim_end_matches('.').to_owned());
        Values::default()
            .with_optional("класс", papers.class.map(|class| class.name.quoted()))
            .with("школа", school.short_name.as_str())
            .with("платформа", service.name())
            .with("начало_ссылки", service.link_beginning())
            .with_optional("адресат", self.addressee().map(ToString::to_string))
            .with("акт", regulation.act.title.trim_matches(['«', '»']))
            .with("куратор", school.curator.name.to_string())
            .with("должность_куратора", school.curator.post.as_str())
            .with("администратор", school.administrator.name.to_string())
            .with("должность_администратора", school.administrator.post.as_str())
            .with_optional("кого_добавить", self.to_add())
            .with_optional("телефон", Some(school.phone.clone()))
            .with_optional("канал", channel)
            .with_optional("срок_чатов", deadline(facts.deadlines.chats))
            .with_optional("срок_ознакомления", deadline(facts.deadlines.acknowledgement))
            .with_optional("срок_вступления", deadline(facts.deadlines.joining))
            .with("версия", papers.edition.version.to_string())
            .with("дата", dotted(papers.edition.issued))
    }

    /// Who gets the memo: the homeroom teacher, for the school's chats the administrator.
    fn addressee(&self) -> Option<&PersonName> {
        match self.papers.class {
            Some(_) => self.papers.homeroom.map(|homeroom| &homeroom.name),
            None => Some(&self.papers.school.administrator.name),
        }
    }

    /// Whom to add by hand; the creator of a class's chats is their moderator.
    fn to_add(&self) -> Option<String> {
        let co_admins = self.papers.chats.iter().any(|sheet| !sheet.chat.co_admins.is_empty());
        let co_admins = co_admins.then_some("остальных администраторов (раздел 1)");
        let moderator = self.papers.class.is_none().then_some("модератора");
        let words: Vec<&str> = moderator.into_iter().chain(co_admins).collect();
        Some(words.join(" и ")).filter(|words| !words.is_empty())
    }

    /// What is said about a class or about the school.
    fn of<'a, T: ?Sized>(&self, class: &'a T, school: &'a T) -> &'a T {
        if self.papers.class.is_some() { class } else { school }
    }

    fn service(&self) -> Service {
        Service::of_links(self.papers.chats.iter().filter_map(|sheet| sheet.link), self.papers.regulation.platform)
    }

    fn is_sferum(&self) -> bool {
        self.service() != Service::Max
    }

    fn head(&self, flow: &mut Flow, values: &Values) {
        let words = &self.wording.head;
        flow.paragraph(&RichText::bold(values.line(&self.wording.title)), styles::TITLE);
        flow.space(Mm(1.0));
        for line in [self.of(&words.class, &words.school), self.of(&words.class_addressee, &words.school_addressee)] {
            if let Some(line) = values.phrase(line) {
                flow.paragraph(&line, styles::SUBTITLE);
            }
        }
    }

    fn chats(&self, flow: &mut Flow, values: &Values) {
        let words = &self.wording.chats;
        heading(flow, &words.heading);
        let addressee = self.addressee().map(PersonName::folded);
        let is_of_other = |sheet: &ChatSheet<'_>| {
            let moderator = sheet.chat.moderator.as_ref().map(PersonName::folded);
            moderator.is_some() && moderator != addressee
        };
        let mut sentences = vec![self.of(&words.class, &words.school)];
        if self.is_sferum() && self.papers.class.is_some() {
            sentences.push(&words.sferum);
        }
        if self.papers.chats.iter().any(is_of_other) {
            sentences.push(&words.others);
        }
        sentences.extend([&words.co_admins_of_all, &words.deadline]);
        let co_admins = chats::co_admins_of_all(self.papers.chats).unwrap_or_default();
        let co_admins = co_admins.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let values = values.clone().with_optional("администраторы", Some(co_admins));
        if let Some(text) = values.joined(sentences) {
            flow.paragraph(&text, TEXT);
            flow.space(Mm(2.0));
        }
        flow.table(&chats::chats(self.papers.chats, words));
    }

    fn order(&self, flow: &mut Flow, values: &Values) {
        let words = &self.wording.order;
        heading(flow, &words.heading);
        steps(flow, values, self.of(&words.class, &words.school));
        let rules = &self.papers.regulation.acknowledgement;
        let heading = values.phrase(&words.acknowledgement).unwrap_or_default();
        put_sections(flow, &[RuleSection::new(heading, rules)], RULES);
    }

    fn check(&self, flow: &mut Flow, values: &Values) {
        let words = &self.wording.check;
        heading(flow, &words.heading);
        let mut list = self.of(&words.class, &words.school).clone();
        if self.is_sferum() {
            list.push(words.sferum.clone());
        }
        steps(flow, values, &list);
    }

    fn duties(&self, flow: &mut Flow, values: &Values) {
        let (regulation, words) = (self.papers.regulation, &self.wording.duties);
        let mut sections = vec![RuleSection::new(RichText::default(), &regulation.moderation)];
        if self.papers.class.is_none() {
            let heading = RichText::bold(values.line(&words.administration));
            sections.push(RuleSection::new(heading, &regulation.administration));
        }
        if sections.iter().all(|section| section.rules.is_empty()) {
            return;
        }
        heading(flow, &words.heading);
        if let Some(note) = values.phrase(&words.note) {
            flow.paragraph(&note, styles::NOTE);
        }
        put_sections(flow, &sections, RULES);
    }

    /// One text per audience: those of its other chats differ in the first lines only.
    fn pinned(&self, flow: &mut Flow, values: &Values) {
        let words = &self.wording.pinned;
        let mut by_audience: BTreeMap<Audience, Vec<&Chat>> = BTreeMap::new();
        for sheet in self.papers.chats {
            by_audience.entry(sheet.chat.audience).or_default().push(sheet.chat);
        }
        let mut is_first = true;
        for (audience, chats) in by_audience {
            let Some(first) = chats.first() else { continue };
            let text = (self.facts.pinned)(first);
            if text.is_empty() {
                continue;
            }
            let pinned_box = PinnedBox::new(&text, flow.width());
            let head = if chats.len() > 1 { PINNED_HEAD } else { PINNED_HEAD / 2.0 };
            if std::mem::take(&mut is_first) {
                flow.keep(pinned_box.least() + PINNED_HEAD + head);
                heading(flow, &words.heading);
                flow.paragraph(&values.phrase(&words.note).unwrap_or_default(), TEXT);
            }
            flow.space(Mm(2.5));
            flow.keep(pinned_box.least() + head);
            flow.heading(&RichText::bold(values.line(words.whom.of(audience))), TEXT);
            if chats.len() > 1 {
                let values = values.clone().with("чат", first.title.as_str());
                flow.paragraph(&values.phrase(&words.several).unwrap_or_default(), styles::NOTE);
            }
            flow.space(Mm(1.0));
            pinned_box.put(flow);
        }
    }
}

fn heading(flow: &mut Flow, text: &str) {
    flow.space(Mm(3.6));
    flow.heading(&RichText::bold(text), styles::HEADING);
    flow.space(Mm(1.0));
}

/// Numbered steps; what a school has no value for is not counted.
fn steps(flow: &mut Flow, values: &Values, steps: &[String]) {
    for (number, step) in (1..).zip(values.phrases(steps)) {
        flow.clause(&format!("{number}."), STEP_COLUMN, &step, TEXT);
        flow.space(Mm(0.6));
    }
}
