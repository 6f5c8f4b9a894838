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
use super::document::{Document, numbered, part_heading};
use super::error::PaperError;
use super::flow::{Flow, Foot, Frame, styles};
use super::paper::{ChatSheet, ClassPapers, Paper, PaperKind, Sheets};
use super::phrases::Values;
use super::pieces::{PieceContent, UNISSUED};
use super::rich_text::RichText;
use super::rules::{RuleLook, RuleSection};
use super::sum::Sum;
use super::text::TextStyle;
use super::units::{Mm, Pt};
use crate::school::{Audience, Chat, Deadlines, Edition, Fingerprint, PersonName, Piece, Service, dotted};

use pinned_box::Opening;
pub(super) use pinned_box::PinnedText;
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

/// The moderator's memo of a class or of the school; `None` where no chats are planned.
///
/// # Errors
/// Only where the PDF cannot be put together: a fault of the program.
pub fn moderator_memo(papers: &ClassPapers<'_>, facts: &MemoFacts<'_>) -> Result<Option<Paper>, PaperError> {
    papers.bind(PaperKind::ModeratorMemo, &memo_sheets(papers, facts))
}

/// The pages of the memo.
pub(super) fn memo_sheets(papers: &ClassPapers<'_>, facts: &MemoFacts<'_>) -> Sheets {
    if papers.chats.is_empty() {
        return Sheets::default();
    }
    let edition = papers.editions.of(&Piece::Memo);
    let pages = Memo { papers, facts, wording: &papers.wording.memo, edition }.pages();
    Sheets { pages, editions: vec![edition] }
}

/// What the memo says; `None` where no chats are planned.
pub(super) fn memo_piece(papers: &ClassPapers<'_>, facts: &MemoFacts<'_>) -> Option<PieceContent> {
    if papers.chats.is_empty() {
        return None;
    }
    let memo = Memo { papers, facts, wording: &papers.wording.memo, edition: UNISSUED };
    let mut sum = Sum::of("memo 2");
    let foot = memo.put(&mut sum);
    sum.text(&foot.left);
    sum.text(&foot.right);
    let (core, fingerprint) = (memo.core(), sum.finish());
    Some(PieceContent { piece: Piece::Memo, kind: PaperKind::ModeratorMemo, core, fingerprint })
}

/// The text to pin in the chats of an audience.
struct OfAudience<'a> {
    audience: Audience,
    /// The chat whose text it is.
    first: &'a Chat,
    /// How many chats the audience has.
    chats: usize,
    text: String,
}

/// A memo on its way to pages.
struct Memo<'a> {
    papers: &'a ClassPapers<'a>,
    facts: &'a MemoFacts<'a>,
    wording: &'a MemoWording,
    edition: Edition,
}

impl Memo<'_> {
    fn pages(&self) -> Vec<Page> {
        let mut flow = Flow::new(Frame::BOUND);
        let foot = self.put(&mut flow);
        flow.finish(&foot)
    }

    /// All of the memo; gives the foot of its pages.
    fn put(&self, document: &mut dyn Document) -> Foot {
        let (values, words) = (self.values(), self.wording);
        self.wording.head.put_on(document, &self.wording.title, &values, self.papers.class.is_some());
        self.chats(document, &values);
        self.order(document, &values);
        part_heading(document, &words.create.heading);
        numbered(document, &values.phrases(self.of(&words.create.class, &words.create.school)), TEXT);
        let settings = chats::settings(self.papers.chats, &words.settings);
        document.keep(SETTINGS_HEAD + settings.look.row_height * settings.rows.len() as f32);
        part_heading(document, &words.settings.heading);
        document.table(&settings);
        self.check(document, &values);
        self.duties(document, &values);
        part_heading(document, &words.events.heading);
        for event in values.phrases(self.of(&words.events.class, &words.events.school)) {
            document.clause("•", Mm(4.5), &event, TEXT);
            document.space(Mm(0.8));
        }
        document.keep(CONTACTS);
        part_heading(document, &words.contacts.heading);
        for contact in values.phrases(&words.contacts.rows) {
            document.paragraph(&contact, TEXT);
            document.space(Mm(0.6));
        }
        self.pinned(document, &values);
        let right = values.line(self.of(&words.foot.class, &words.foot.school));
        Foot { left: values.line(&words.foot.edition), right }
    }

    /// What makes an old memo misleading: the chats as they are to be, and what is to be pinned in them.
    fn core(&self) -> Fingerprint {
        let mut sum = Sum::of("memo core 1");
        sum.number(self.papers.chats.len());
        for ChatSheet { chat, .. } in self.papers.chats {
            sum.text(chat.kind.id());
            sum.text(chat.title.as_str());
            let people = chat.moderator.iter().chain(&chat.co_admins).map(|name| name.to_string().into());
            let people: Vec<RichText> = people.collect();
            sum.number(usize::from(chat.moderator.is_some()));
            sum.all(&people);
        }
        Document::table(&mut sum, &chats::settings(self.papers.chats, &self.wording.settings));
        self.texts_to_pin().iter().for_each(|pinned| sum.text(&pinned.text));
        sum.finish()
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
            .with("версия", self.edition.version.to_string())
            .with("дата", dotted(self.edition.issued))
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

    fn chats(&self, document: &mut dyn Document, values: &Values) {
        let words = &self.wording.chats;
        part_heading(document, &words.heading);
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
            document.paragraph(&text, TEXT);
            document.space(Mm(2.0));
        }
        document.table(&chats::chats(self.papers.chats, words));
    }

    fn order(&self, document: &mut dyn Document, values: &Values) {
        let words = &self.wording.order;
        part_heading(document, &words.heading);
        numbered(document, &values.phrases(self.of(&words.class, &words.school)), TEXT);
        let rules = &self.papers.regulation.acknowledgement;
        let heading = values.phrase(&words.acknowledgement).unwrap_or_default();
        document.sections(&[RuleSection::new(heading, rules)], RULES);
    }

    fn check(&self, document: &mut dyn Document, values: &Values) {
        let words = &self.wording.check;
        part_heading(document, &words.heading);
        let mut list = self.of(&words.class, &words.school).clone();
        if self.is_sferum() {
            list.push(words.sferum.clone());
        }
        numbered(document, &values.phrases(&list), TEXT);
    }

    fn duties(&self, document: &mut dyn Document, values: &Values) {
        let (regulation, words) = (self.papers.regulation, &self.wording.duties);
        let mut sections = vec![RuleSection::new(RichText::default(), &regulation.moderation)];
        if self.papers.class.is_none() {
            let heading = RichText::bold(values.line(&words.administration));
            sections.push(RuleSection::new(heading, &regulation.administration));
        }
        if sections.iter().all(|section| section.rules.is_empty()) {
            return;
        }
        part_heading(document, &words.heading);
        if let Some(note) = values.phrase(&words.note) {
            document.paragraph(&note, styles::NOTE);
        }
        document.sections(&sections, RULES);
    }

    fn pinned(&self, document: &mut dyn Document, values: &Values) {
        let words = &self.wording.pinned;
        let note = values.phrase(&words.note).unwrap_or_default();
        let mut opening = Some((words.heading.as_str(), &note));
        for OfAudience { audience, first, chats, text } in self.texts_to_pin() {
            let of_first = values.clone().with("чат", first.title.as_str());
            let opening = opening.take().map(|(heading, note)| Opening { heading, note });
            document.pinned(&PinnedText {
                opening,
                whom: RichText::bold(values.line(words.whom.of(audience))),
                several: (chats > 1).then(|| of_first.phrase(&words.several).unwrap_or_default()),
                text: &text,
            });
        }
    }

    /// One text per audience: those of its other chats differ in the first lines only.
    fn texts_to_pin(&self) -> Vec<OfAudience<'_>> {
        let mut by_audience: BTreeMap<Audience, Vec<&Chat>> = BTreeMap::new();
        for sheet in self.papers.chats {
            by_audience.entry(sheet.chat.audience).or_default().push(sheet.chat);
        }
        let text = |(audience, chats): (Audience, Vec<_>)| {
            let first: &Chat = chats.first().copied()?;
            let text = (self.facts.pinned)(first);
            (!text.is_empty()).then_some(OfAudience { audience, first, chats: chats.len(), text })
        };
        by_audience.into_iter().filter_map(text).collect()
    }
}
