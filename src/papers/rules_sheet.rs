//! «Правила общения»: the rules of the act to take home, a sheet for each audience.
//!
//! Parents and pupils get theirs with the papers of their class, staff with those of the school. The rules, their
//! headings and the words on hours and on joining are those of the acknowledgement form; nothing is signed here.

#[cfg(test)]
mod tests;
mod wording;

use super::act_source::put_source;
use super::audience_rules::AudienceRules;
use super::canvas::Page;
use super::document::{Document, part_heading};
use super::error::PaperError;
use super::flow::{Flow, Foot, Frame, styles};
use super::paper::{ClassPapers, Paper, PaperKind, Sheets};
use super::phrases::Values;
use super::pieces::{PieceContent, UNISSUED};
use super::rich_text::RichText;
use super::rules::{RuleLook, RuleSection};
use super::sum::Sum;
use super::text::TextStyle;
use super::units::{Mm, Pt};
use crate::school::{Audience, Edition, OptionalPaper, Piece, Rule, Service, dotted};

pub(super) use wording::{RULES, RulesWording};

/// The sizes of the text, the largest first: the first one in which a sheet is one page is taken.
const SIZES: [Pt; 4] = [Pt(11.0), Pt(10.5), Pt(10.0), Pt(9.5)];
/// That of a sheet which is longer.
const SIZE: Pt = Pt(10.5);
/// The names and the telephone stay together.
const CONTACTS: Mm = Mm(34.0);

/// The rules sheets of a class or of the school; `None` where there is nobody to read them or the school does without.
///
/// # Errors
/// Only where the PDF cannot be put together: a fault of the program.
pub fn rules_sheets(papers: &ClassPapers<'_>) -> Result<Option<Paper>, PaperError> {
    papers.bind(PaperKind::Rules, &rule_sheets(papers))
}

/// The pages of all sheets.
pub(super) fn rule_sheets(papers: &ClassPapers<'_>) -> Sheets {
    let mut sheets = Sheets::default();
    for audience in audiences(papers) {
        let Sheets { pages, editions } = rule_sheets_of(papers, audience);
        sheets.pages.extend(pages);
        sheets.editions.extend(editions);
    }
    sheets
}

/// The pages of the sheet of one audience.
pub(super) fn rule_sheets_of(papers: &ClassPapers<'_>, audience: Audience) -> Sheets {
    let edition = papers.editions.of(&Piece::Rules { audience });
    Sheets { pages: RulesSheet::new(papers, audience, edition).pages(), editions: vec![edition] }
}

/// What each sheet says: the rules as its core, whom to ask and where the rules come from beside them.
pub(super) fn rules_pieces(papers: &ClassPapers<'_>) -> Vec<PieceContent> {
    let content = |audience| {
        let sheet = RulesSheet::new(papers, audience, UNISSUED);
        let mut sum = Sum::of("rules 1");
        sheet.put_rules(&mut sum, styles::TEXT);
        let core = sum.finish();
        let mut sum = Sum::after(&core);
        put_source(papers, &mut sum);
        sheet.put_contacts(&mut sum, styles::TEXT);
        let foot = sheet.foot();
        sum.text(&foot.left);
        sum.text(&foot.right);
        PieceContent { piece: Piece::Rules { audience }, kind: PaperKind::Rules, core, fingerprint: sum.finish() }
    };
    audiences(papers).map(content).collect()
}

/// Who reads the rules: parents and pupils of a class who have a chat in the plan; in the school, its staff.
fn audiences<'a>(papers: &'a ClassPapers<'_>) -> impl Iterator<Item = Audience> + 'a {
    let is_wanted = papers.settings.optional.contains(&OptionalPaper::Rules);
    let has_chat = |audience| papers.chats.iter().any(|sheet| sheet.chat.audience == audience);
    let reads = move |audience: &Audience| match audience {
        Audience::Parents | Audience::Students => papers.class.is_some() && has_chat(*audience),
        Audience::Staff => papers.class.is_none(),
        Audience::Everyone => false,
    };
    [Audience::Parents, Audience::Students, Audience::Staff].into_iter().filter(move |one| is_wanted && reads(one))
}

/// The sheet of one audience on its way to pages.
struct RulesSheet<'a> {
    papers: &'a ClassPapers<'a>,
    wording: &'a RulesWording,
    audience: Audience,
    edition: Edition,
    rules: AudienceRules<'a>,
}

impl<'a> RulesSheet<'a> {
    fn new(papers: &'a ClassPapers<'a>, audience: Audience, edition: Edition) -> Self {
        let rules = AudienceRules::new(papers, audience);
        Self { papers, wording: &papers.wording.rules, audience, edition, rules }
    }

    fn pages(&self) -> Vec<Page> {
        let of_size = |size| {
            let style = TextStyle::new(size).leading(1.24);
            let mut flow = Flow::new(Frame::BOUND);
            self.put_rules(&mut flow, style);
            self.put_contacts(&mut flow, style);
            flow.space(Mm(4.0));
            put_source(self.papers, &mut flow);
            flow.finish(&self.foot())
        };
        let on_one_page = SIZES.into_iter().map(of_size).find(|pages| pages.len() == 1);
        on_one_page.unwrap_or_else(|| of_size(SIZE))
    }

    /// The rules.
    fn put_rules(&self, document: &mut dyn Document, style: TextStyle) {
        let (values, words) = (self.values(), self.wording);
        let form = &self.papers.wording.acknowledgement;
        document.paragraph(&RichText::bold(values.line(&words.title)), styles::TITLE);
        document.space(Mm(1.0));
        for line in [words.whom.of(self.audience), &words.school] {
            if let Some(line) = values.phrase(line) {
                document.paragraph(&line, styles::SUBTITLE);
            }
        }
        document.space(Mm(4.0));
        let hours = self.rules.hours_unsaid().and_then(|_| values.phrase(&form.hours));
        for paragraph in [values.phrase(words.purpose.of(self.audience)), hours].into_iter().flatten() {
            document.paragraph(&paragraph, style.hyphenated());
            document.space(Mm(1.2));
        }
        document.space(Mm(3.0));
        document.columns(&self.sections(&values), RuleLook { heading: style, text: style });
        document.space(Mm(3.5));
        for note in self.notes(&values) {
            document.paragraph(&note, styles::NOTE);
            document.space(Mm(0.8));
        }
    }

    /// Whom to ask.
    fn put_contacts(&self, document: &mut dyn Document, style: TextStyle) {
        let (values, words) = (self.values(), self.wording);
        let contacts = values.phrases(words.contacts.rows.of(self.audience));
        if !contacts.is_empty() {
            document.keep(CONTACTS);
            part_heading(document, &words.contacts.heading);
            for contact in contacts {
                document.paragraph(&contact, style.hyphenated());
                document.space(Mm(0.6));
            }
        }
    }

    fn foot(&self) -> Foot {
        let (values, words) = (self.values(), self.wording);
        let right = values.line(words.foot.whose.of(self.audience));
        Foot { left: values.line(&words.foot.edition), right }
    }

    /// The rules as the form has them; what happens after a violation stands under a heading of its own.
    fn sections<'s>(&'s self, values: &Values) -> Vec<RuleSection<'s>> {
        let (form, own) = (&self.papers.wording.acknowledgement.headings, &self.wording.headings);
        let regulation = self.papers.regulation;
        let heading = |text: &str| RichText::bold(values.line(text));
        let rules = self.rules.rules.as_ref();
        let is_new = |rule: &&Rule| !regulation.violation.contains(rule);
        let mut sections = vec![
            RuleSection::new(heading(&form.duties), &rules.duties),
            RuleSection::new(heading(&form.forbidden), &rules.forbidden),
            RuleSection::new(heading(&own.violation), &regulation.violation),
            RuleSection::new(heading(&form.rights), &rules.rights),
        ];
        if self.audience == Audience::Staff {
            let said = [&rules.duties, &rules.forbidden, &rules.rights];
            let is_said = |rule: &&Rule| said.iter().any(|rules| rules.contains(rule));
            let moderation = regulation.moderation.iter().filter(is_new).filter(|rule| !is_said(rule)).collect();
            sections.push(RuleSection { heading: heading(&own.moderation), rules: moderation });
        }
        let common = regulation.common.iter().filter(is_new).collect();
        sections.push(RuleSection { heading: heading(&form.common), rules: common });
        sections
    }

    /// What is said about acknowledgement and about joining, in the words of the form.
    fn notes(&self, values: &Values) -> Vec<RichText> {
        let notes = &self.papers.wording.acknowledgement.notes;
        let mut said: Vec<RichText> = self
            .rules
            .acknowledgement()
            .filter(|rule| !self.rules.is_said(&rule.text))
            .map(|rule| RichText::plain(rule.cited()))
            .collect();
        if self.audience == Audience::Parents {
            if !self.rules.is_voluntary_said() {
                said.extend(values.phrase(&notes.voluntary));
            }
            if !self.rules.is_channel_said() {
                said.extend(values.phrase(&notes.channel));
            }
        }
        said
    }

    fn values(&self) -> Values {
        let Self { papers, edition, .. } = self;
        let (school, regulation) = (papers.school, papers.regulation);
        let service = Service::of_links(papers.chats.iter().filter_map(|sheet| sheet.link), regulation.platform);
        Values::default()
            .with_optional("класс", papers.class.map(|class| class.name.quoted()))
            .with_optional("школа", Some(school.short_name.clone()))
            .with("платформа", service.name())
            .with("в_платформе", service.inside())
            .with_optional("часы", self.rules.hours().map(|hours| hours.to_string()))
            .with_optional("канал", self.rules.channel().map(str::to_owned))
            .with_optional("классный", papers.homeroom.map(|homeroom| homeroom.name.to_string()))
            .with_optional("телефон", Some(school.phone.clone()))
            .with("куратор", school.curator.name.to_string())
            .with("должность_куратора", school.curator.post.as_str())
            .with("администратор", school.administrator.name.to_string())
            .with("должность_администратора", school.administrator.post.as_str())
            .with("версия", edition.version.to_string())
            .with("дата", dotted(edition.issued))
    }
}
