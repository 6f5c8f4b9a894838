//! What stands on a poster, in words: the layout takes nothing else, and the fingerprint is the sum of it.

use crate::papers::paper::ClassPapers;
use crate::papers::phrases::Values;
use crate::papers::rich_text::RichText;
use crate::papers::sum::Sum;
use crate::school::{Audience, Chat, ClassName, Edition, Fingerprint, Hours, LinkUrl, Service, dotted};

/// The words of a poster.
pub(super) struct PosterContent<'a> {
    pub(super) audience: Audience,
    pub(super) whom: &'a str,
    pub(super) school: &'a str,
    pub(super) city: &'a str,
    pub(super) class: Option<String>,
    pub(super) title: String,
    pub(super) subtitle: Option<RichText>,
    pub(super) lead: RichText,
    pub(super) link: &'a LinkUrl,
    pub(super) steps: Vec<RichText>,
    pub(super) hours: Option<RichText>,
    pub(super) rules: Vec<RichText>,
    pub(super) note: Option<RichText>,
    pub(super) foot_left: Vec<RichText>,
    pub(super) foot_right: Vec<RichText>,
}

/// A chat with what tells its poster from the others.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) chat: &'a Chat,
    pub(super) link: &'a LinkUrl,
    /// The short name of the sheet: «7А-Р».
    pub(super) name: &'a str,
}

impl<'a> PosterContent<'a> {
    /// What a poster of this edition says.
    pub(super) fn new(papers: &ClassPapers<'a>, subject: Subject<'a>, edition: Edition) -> Self {
        let (wording, school, regulation) = (&papers.wording.poster, papers.school, papers.regulation);
        let Subject { chat, link, .. } = subject;
        let kind = chat.kind;
        let values = values(papers, subject, edition);
        let template = |text: &str| values.phrase(text).unwrap_or_default();
        let title = wording.title.get(kind.id()).and_then(|title| values.phrase(title));
        let lead = if kind.is_channel() { &wording.lead_channel } else { &wording.lead };
        let hours = regulation.hours_of(chat.class.as_ref()).filter(|_| !kind.is_channel());
        let rules = regulation.poster.get(&chat.audience).map_or(&[][..], Vec::as_slice);
        let rule = |lead: &str, text: &str| RichText::bold(lead).then(&RichText::plain(format!(" {text}")));
        let foot = &wording.foot;
        Self {
            audience: chat.audience,
            whom: wording.whom(kind, chat.audience),
            school: if school.short_name.trim().is_empty() { &school.full_name } else { &school.short_name },
            city: &school.city,
            class: chat.class.as_ref().map(ClassName::quoted),
            title: title.map_or_else(|| chat.title.to_string(), |title| title.text()),
            subtitle: wording.subtitle.get(kind.id()).map(|text| template(text)),
            lead: template(lead),
            link,
            steps: wording.steps.of(chat.audience).iter().map(|step| template(step)).collect(),
            hours: hours.map(|hours| hours_text(&wording.rules.hours, hours)),
            rules: rules.iter().take(RULES).map(|words| rule(&words.lead, &words.text)).collect(),
            note: values.phrase(wording.note.of(chat.audience)),
            foot_left: foot_left(papers, chat, &values),
            foot_right: vec![template(&foot.sheet), template(&foot.issued)],
        }
    }

    /// What makes an old poster misleading: for whom it is, where its code leads, by which rules, whom to ask. Steps,
    /// lead, note, city and the names of school and sheet do not.
    pub(super) fn core(&self) -> Fingerprint {
        let mut sum = Sum::of("poster core 1");
        self.sum_core(&mut sum);
        sum.finish()
    }

    /// All of it, the field names spelt out so that none is forgotten.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        let Self { audience: _, class: _, title: _, subtitle: _, link: _, hours: _, rules: _, foot_left: _, .. } = self;
        let Self { whom, school, city, lead, steps, note, foot_right, .. } = self;
        let mut sum = Sum::of("poster 2");
        self.sum_core(&mut sum);
        for text in [whom, school, city] {
            sum.text(text);
        }
        sum.rich(lead);
        sum.optional(note.as_ref());
        sum.all(steps);
        sum.all(foot_right);
        sum.finish()
    }

    fn sum_core(&self, sum: &mut Sum) {
        let Self { audience, class, title, subtitle, link, hours, rules, foot_left, .. } = self;
        sum.number(match audience {
            Audience::Students => 0,
            Audience::Parents => 1,
            Audience::Staff => 2,
            Audience::Everyone => 3,
        });
        sum.text(title);
        sum.text(link.as_str());
        sum.text(class.as_deref().unwrap_or_default());
        sum.optional(subtitle.as_ref());
        sum.optional(hours.as_ref());
        sum.all(rules);
        sum.all(foot_left);
    }
}

/// The most rules that the box holds.
const RULES: usize = 4;

/// The moderator and where else one is reached.
fn foot_left(papers: &ClassPapers<'_>, chat: &Chat, values: &Values) -> Vec<RichText> {
    let foot = &papers.wording.poster.foot;
    let homeroom = papers.homeroom.map(|homeroom| homeroom.name.folded());
    let who = match &chat.moderator {
        Some(moderator) if Some(moderator.folded()) == homeroom => &foot.homeroom,
        Some(_) => &foot.moderator,
        None => &foot.administrator,
    };
    let how = values.phrase(&foot.channel).or_else(|| values.phrase(&foot.phone));
    [values.phrase(who), how].into_iter().flatten().collect()
}

/// The values of the templates.
fn values(papers: &ClassPapers<'_>, subject: Subject<'_>, edition: Edition) -> Values {
    let Subject { chat, link, name } = subject;
    let service = Service::of_link(link, papers.regulation.platform);
    let moderator = chat.moderator.as_ref().unwrap_or(&papers.school.administrator.name);
    Values::default()
        .with("платформа", service.name())
        .with("в_платформе", service.inside())
        .with("сайт", service.site())
        .with("тема", topic(chat))
        .with("модератор", moderator.to_string())
        .with_optional("канал", papers.regulation.other_channel.clone())
        .with_optional("телефон", Some(papers.school.phone.clone()))
        .with("лист", name)
        .with("версия", edition.version.to_string())
        .with("дата", dotted(edition.issued))
}

/// «Пишем», the days, the hours, line by line.
fn hours_text(beginning: &str, hours: Hours) -> RichText {
    RichText::bold(beginning).then(&RichText::plain(format!("\n{}\n{}", hours.days_in_words(), hours.span())))
}

/// «Алгебра, группа 1», «Физкультура, девочки», «Робототехника».
fn topic(chat: &Chat) -> String {
    let topic = chat.topic.clone().unwrap_or_else(|| chat.title.to_string());
    match chat.group.as_deref().map(str::trim).filter(|group| !group.is_empty()) {
        Some(group) if group.chars().all(|letter| letter.is_ascii_digit()) => {
            format!("{topic}, группа\u{a0}{group}")
        }
        Some(group) => format!("{topic}, {group}"),
        None => topic,
    }
}
