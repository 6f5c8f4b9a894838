//! What stands on the slips of a chat beside the pupil's name, in words.

use super::Run;
use crate::papers::paper::ClassPapers;
use crate::papers::phrases::Values;
use crate::papers::rich_text::RichText;
use crate::papers::sum::Sum;
use crate::school::{Audience, Edition, LinkUrl, SchoolClass, Service, SlipsPerPage, dotted};

/// The words of the slips of a chat.
pub(super) struct SlipContent<'a> {
    pub(super) audience: Audience,
    pub(super) whom: &'a str,
    pub(super) class: String,
    pub(super) steps: Vec<RichText>,
    pub(super) link: &'a LinkUrl,
    pub(super) note: RichText,
    pub(super) questions: RichText,
    pub(super) edition: RichText,
    size: SlipsPerPage,
}

impl<'a> SlipContent<'a> {
    /// What the slips of this edition say.
    pub(super) fn new(papers: &ClassPapers<'a>, class: &SchoolClass, run: &Run<'a>, edition: Edition) -> Self {
        let wording = &papers.wording.slips;
        let audience = run.sheet.chat.audience;
        let (whom, steps, note) = match audience {
            Audience::Parents => (&wording.whom.parents, &wording.steps.parents, &wording.note.parents),
            _ => (&wording.whom.students, &wording.steps.students, &wording.note.students),
        };
        let service = Service::of_link(run.link, papers.regulation.platform);
        let homeroom = papers.homeroom.map(|homeroom| &homeroom.name);
        let asked = homeroom.or(run.sheet.chat.moderator.as_ref()).unwrap_or(&papers.school.curator.name);
        let values = Values::default()
            .with("платформа", service.name())
            .with("сайт", service.site())
            .with("кого", asked.with_initials())
            .with("версия", edition.version.to_string())
            .with("дата", dotted(edition.issued));
        let template = |text: &str| values.phrase(text).unwrap_or_default();
        Self {
            audience,
            whom,
            class: class.name.quoted(),
            steps: steps.iter().map(|step| template(step)).collect(),
            link: run.link,
            note: template(note),
            questions: template(&wording.foot.questions),
            edition: template(&wording.foot.edition),
            size: papers.settings.slips_per_page,
        }
    }

    /// What makes an old slip misleading: whose it is and where its code leads. The name of the pupil comes behind it.
    pub(super) fn core(&self) -> Sum {
        let mut sum = Sum::of("slip core 1");
        self.sum_audience(&mut sum);
        sum.text(self.link.as_str());
        sum
    }

    /// All of it but the name of the pupil. The size counts: a larger slip has a note, and one of another size does not fit among the others.
    pub(super) fn sum(&self) -> Sum {
        let Self { audience: _, whom, class, steps, link, note, questions, edition, size } = self;
        let mut sum = Sum::of("slip 2");
        self.sum_audience(&mut sum);
        for text in [whom, class.as_str(), link.as_str()] {
            sum.text(text);
        }
        sum.all(steps);
        sum.rich(questions);
        sum.rich(edition);
        let (slips, has_note) = match size {
            SlipsPerPage::Four => (4, true),
            SlipsPerPage::Six => (6, true),
            SlipsPerPage::Eight => (8, false),
            SlipsPerPage::Ten => (10, false),
        };
        sum.number(slips);
        sum.optional(has_note.then_some(note));
        sum
    }

    fn sum_audience(&self, sum: &mut Sum) {
        sum.number(usize::from(self.audience == Audience::Parents));
    }
}
