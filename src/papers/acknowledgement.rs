//! «Лист ознакомления»: the rules of the act and the table in which people sign that they have read them.
//!
//! One file per class: the parents' part, then the pupils' part, each with its own count of pages, because they are
//! signed and kept apart; one file for the staff among the papers of the school. It is no consent to anything (152-ФЗ, article 9) and says so; it never says that parents must
//! join. It knows neither links nor telephone numbers.

mod addition;
mod signatures;
#[cfg(test)]
mod tests;
mod wording;

use std::ops::RangeInclusive;

use super::act_source::put_source;
use super::audience_rules::AudienceRules;
use super::canvas::Page;
use super::choice::Choice;
use super::document::Document;
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
use crate::school::{Audience, Edition, PersonName, Piece, Rule, SchoolClass, StaffMember, dotted};

pub(super) use addition::addition_sheets;
use signatures::Signers;
use wording::ByPart;
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
    Staff,
}

/// Who signs.
#[derive(Clone, Copy, Debug)]
enum People<'a> {
    /// The parents or the pupils of a class.
    Class(&'a SchoolClass),
    /// The members of the staff.
    Staff(&'a [StaffMember]),
}

/// The acknowledgement form of a class, for those whose chats are planned, or that of the staff; `None` where there is
/// nobody to sign.
///
/// # Errors
/// Only where the PDF cannot be put together: a fault of the program.
pub fn acknowledgement_form(papers: &ClassPapers<'_>) -> Result<Option<Paper>, PaperError> {
    papers.bind(PaperKind::AcknowledgementForm, &form_sheets(papers, Choice::All))
}

/// The pages of the parts.
pub(super) fn form_sheets(papers: &ClassPapers<'_>, choice: Choice<'_>) -> Sheets {
    let mut sheets = Sheets::default();
    let people = people(papers);
    for part in parts(papers).filter(|part| choice.takes(Some(&part.piece()))) {
        let edition = papers.editions.of(&part.piece());
        sheets.pages.extend(Form::new(papers, people, part, edition).pages());
        sheets.editions.push(edition);
    }
    sheets
}

/// What each part says. Its core are the rules as signatures know them (`Regulation::signed_rules`): who has signed is asked
/// again exactly where the signature holds no longer, and the form of a class that went up is none of these cases.
pub(super) fn form_pieces(papers: &ClassPapers<'_>) -> Vec<PieceContent> {
    let people = people(papers);
    let content = |part: Part| {
        let form = Form::new(papers, people, part, UNISSUED);
        let mut sum = Sum::of("form 2");
        let rules = papers.regulation.signed_rules(part.audience(), papers.class.map(|class| &class.name));
        sum.text(&rules.map(|rules| rules.to_string()).unwrap_or_default());
        let core = sum.finish();
        let mut sum = Sum::after(&core);
        let foot = form.put_rules(&mut sum);
        sum.text(&foot.left);
        sum.text(&foot.right);
        put_source(papers, &mut sum);
        form.put_rows(&mut sum);
        PieceContent { piece: part.piece(), kind: PaperKind::AcknowledgementForm, core, fingerprint: sum.finish() }
    };
    parts(papers).map(content).collect()
}

fn people<'a>(papers: &ClassPapers<'a>) -> People<'a> {
    papers.class.map_or(People::Staff(papers.whole_school.staff), People::Class)
}

/// The parts of a class whose audience has a chat in the plan, with or without its link; in the school, that of the staff,
/// where the act has rules for them.
fn parts<'a>(papers: &'a ClassPapers<'_>) -> impl Iterator<Item = Part> + 'a {
    let has_chat = move |part: Part| papers.chats.iter().any(|sheet| sheet.chat.audience == part.audience());
    let is_signed = move |part: &Part| match part {
        Part::Parents | Part::Students => papers.class.is_some() && has_chat(*part),
        Part::Staff => {
            let has_rules = papers.regulation.rules_of(Audience::Staff, None).is_some();
            papers.class.is_none() && !papers.whole_school.staff.is_empty() && has_rules
        }
    };
    [Part::Parents, Part::Students, Part::Staff].into_iter().filter(is_signed)
}

/// One part of the form on its way to pages.
struct Form<'a> {
    papers: &'a ClassPapers<'a>,
    people: People<'a>,
    wording: &'a AcknowledgementWording,
    part: Part,
    edition: Edition,
    /// The rules for those who sign, with the hours of the class.
    rules: AudienceRules<'a>,
}

impl<'a> Form<'a> {
    fn new(papers: &'a ClassPapers<'a>, people: People<'a>, part: Part, edition: Edition) -> Self {
        let rules = AudienceRules::new(papers, part.audience());
        Self { papers, people, wording: &papers.wording.acknowledgement, part, edition, rules }
    }

    fn pages(&self) -> Vec<Page> {
        let mut flow = Flow::new(Frame::BOUND);
        let foot = self.put_rules(&mut flow);
        put_source(self.papers, &mut flow);
        flow.space(Mm(2.5));
        self.put_rows(&mut flow);
        flow.finish(&foot)
    }

    /// What is signed; gives the foot of the pages.
    fn put_rules(&self, document: &mut dyn Document) -> Foot {
        let (values, words) = (self.values(), self.wording);
        document.right_note(&values.phrase(&words.annex).unwrap_or_default(), ANNEX);
        document.space(Mm(3.0));
        document.paragraph(&RichText::bold(values.line(&words.title)), styles::TITLE);
        document.space(Mm(1.5));
        document.paragraph(&values.phrase(self.part.of(&words.whom)).unwrap_or_default(), styles::SUBTITLE);
        document.paragraph(&values.phrase(&words.rules).unwrap_or_default(), styles::SUBTITLE);
        document.space(Mm(3.5));
        if let Some(hours) = self.hours() {
            document.paragraph(&hours, RULES.text);
            document.space(Mm(2.0));
        }
        document.columns(&self.sections(), RULES);
        document.space(Mm(3.0));
        if let Some(note) = self.note() {
            document.paragraph(&note, styles::NOTE);
            document.space(Mm(2.5));
        }
        self.foot(&values)
    }

    fn foot(&self, values: &Values) -> Foot {
        let words = &self.wording.foot;
        Foot { left: values.line(&words.edition), right: values.line(self.part.of(&words.whose)) }
    }

    /// Who signs it, and the line of who collects the signatures.
    fn put_rows(&self, document: &mut dyn Document) {
        self.put_rows_of(document, Signers::All);
    }

    fn put_rows_of(&self, document: &mut dyn Document, signers: Signers<'_>) {
        let settings = self.papers.settings;
        document.table(&signatures::table(self.part, self.people, signers, settings, &self.wording.columns));
        document.space(Mm(7.0));
        self.signature(document);
    }

    fn values(&self) -> Values {
        let Self { papers, .. } = self;
        let act = &papers.regulation.act;
        Values::default()
            .with_optional("класс", papers.class.map(|class| class.name.quoted()))
            .with("школа", papers.school.short_name.as_str())
            .with("акт", act.title_instrumental.as_str())
            .with("дата_приказа", act.date.map_or_else(|| "____________".to_owned(), dotted))
            .with("номер_приказа", act.number.clone().unwrap_or_else(|| "______".to_owned()))
            .with_optional("часы", self.rules.hours().map(|hours| hours.to_string()))
            .with_optional("канал", self.rules.channel().map(str::to_owned))
            .with("версия", self.edition.version.to_string())
            .with("дата", dotted(self.edition.issued))
    }

    fn sections(&self) -> Vec<RuleSection<'_>> {
        let (values, headings) = (self.values(), &self.wording.headings);
        let section = |heading: &str, rules| RuleSection::new(RichText::bold(values.line(heading)), rules);
        vec![
            section(&headings.duties, &self.rules.rules.duties),
            section(&headings.forbidden, &self.rules.rules.forbidden),
            section(&headings.rights, &self.rules.rules.rights),
            section(&headings.common, &self.papers.regulation.common),
        ]
    }

    /// The hours, where the rules do not name them.
    fn hours(&self) -> Option<RichText> {
        self.rules.hours_unsaid().and_then(|_| self.values().phrase(&self.wording.hours))
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
        // How the homeroom teacher goes about it with the families is nothing that the staff signs.
        let is_signed = |rule: &&Rule| self.part != Part::Staff || !rule.families_only;
        let acknowledgement: Vec<&Rule> = self.rules.acknowledgement().filter(is_signed).collect();
        for rule in &acknowledgement {
            say(Some(RichText::plain(rule.cited())));
        }
        match self.part {
            Part::Parents => {
                if !self.rules.is_voluntary_said() {
                    say(values.phrase(&notes.voluntary));
                }
                if self.papers.settings.other_channel_column {
                    say(values.phrase(&notes.channel_column));
                } else if !self.rules.is_channel_said() {
                    say(values.phrase(&notes.channel));
                }
            }
            Part::Students => {
                if acknowledgement.is_empty() {
                    say(values.phrase(&notes.students));
                }
                if self.papers.class.is_some_and(|class| PRIMARY.contains(&class.name.grade())) {
                    say(values.phrase(&notes.primary));
                }
            }
            Part::Staff => {
                if acknowledgement.is_empty() {
                    say(values.phrase(&notes.students));
                }
            }
        }
        say(values.phrase(&notes.personal_data));
        Some(text).filter(|text| !text.is_empty())
    }

    /// The line of the homeroom teacher, among the staff of the curator: blanks of underscores, so that those of the date
    /// stand as low as the others.
    fn signature(&self, document: &mut dyn Document) {
        let words = &self.wording.signature;
        let (who, name) = match self.people {
            People::Class(_) => (&words.homeroom, self.papers.homeroom.map(|homeroom| &homeroom.name)),
            People::Staff(_) => (&words.curator, Some(&self.papers.school.curator.name)),
        };
        let name = name.map_or_else(|| "_".repeat(22), PersonName::with_initials);
        let date = words.date.replace(' ', "\u{a0}");
        let line = format!("{who} {} {name}\u{a0}\u{a0}\u{a0}\u{a0} {date}", "_".repeat(22));
        document.paragraph(&RichText::plain(line), styles::TEXT);
    }
}

impl Part {
    fn piece(self) -> Piece {
        Piece::Form { audience: self.audience() }
    }

    fn audience(self) -> Audience {
        match self {
            Self::Parents => Audience::Parents,
            Self::Students => Audience::Students,
            Self::Staff => Audience::Staff,
        }
    }

    fn of(self, words: &ByPart) -> &str {
        match self {
            Self::Parents => &words.parents,
            Self::Students => &words.students,
            Self::Staff => &words.staff,
        }
    }
}
