//! «Тексты объявлений»: what is pasted into the old chat in a foreign messenger and into the new one.
//!
//! A page for each audience, and the same texts in a plain file to copy from. They carry no link: an old chat is the
//! last place for it. The text to pin comes from the caller, as for the memo.

#[cfg(test)]
mod tests;
mod wording;

use std::cell::OnceCell;
use std::collections::BTreeMap;

use jiff::civil::Date;

use super::canvas::Page;
use super::document::Document;
use super::error::PaperError;
use super::flow::{Flow, Foot, Frame, styles};
use super::memo::{MemoFacts, PinnedText};
use super::paper::{ClassPapers, Paper, PaperKind, Sheets, TextCopy};
use super::phrases::Values;
use super::pieces::{PieceContent, UNISSUED};
use super::rich_text::RichText;
use super::sum::Sum;
use super::units::Mm;
use crate::school::{Audience, Chat, Deadlines, Edition, OptionalPaper, PersonName, Piece, Service, dotted};

pub(super) use wording::{ANNOUNCEMENTS, AnnouncementsWording};

/// What a message of MAX takes, in characters.
const MESSAGE: usize = 4000;

/// The announcements of a class or of the school, on pages and as a text to copy; `None` where there is no chat to
/// write in or the school does without.
///
/// # Errors
/// Only where the PDF cannot be put together: a fault of the program.
pub fn announcements(papers: &ClassPapers<'_>, facts: &MemoFacts<'_>) -> Result<Option<Paper>, PaperError> {
    let paper = papers.bind(PaperKind::Announcements, &announcement_sheets(papers, facts))?;
    let copy = || {
        let file_name = papers.copy_name(PaperKind::Announcements)?;
        let text = Announcements::new(papers, facts, UNISSUED).copy();
        Some(TextCopy { file_name, bytes: format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes() })
    };
    Ok(paper.map(|paper| Paper { copy: copy(), ..paper }))
}

/// What is written in an old chat that this chat of the papers replaces, with a day of its own and with the one who answers
/// for the move: the same words as in the announcements. `None` where they have none.
pub fn farewell(
    papers: &ClassPapers<'_>,
    facts: &MemoFacts<'_>,
    chat: &Chat,
    until: Option<Date>,
    responsible: Option<&PersonName>,
) -> Option<String> {
    let deadlines = Deadlines { joining: until, ..*facts.deadlines };
    let facts = MemoFacts { deadlines: &deadlines, ..*facts };
    let announcements = Announcements::new(papers, &facts, UNISSUED);
    let values = announcements.values_of(chat, responsible);
    Some(message(&values, announcements.wording.old.of(chat.audience))).filter(|text| !text.is_empty())
}

/// The pages.
pub(super) fn announcement_sheets(papers: &ClassPapers<'_>, facts: &MemoFacts<'_>) -> Sheets {
    let edition = papers.editions.of(&Piece::Announcements);
    let announcements = Announcements::new(papers, facts, edition);
    if announcements.chats.is_empty() {
        return Sheets::default();
    }
    Sheets { pages: announcements.pages(), editions: vec![edition] }
}

/// What the announcements say: where people are to go and until when as their core.
pub(super) fn announcements_piece(papers: &ClassPapers<'_>, facts: &MemoFacts<'_>) -> Option<PieceContent> {
    let announcements = Announcements::new(papers, facts, UNISSUED);
    if announcements.chats.is_empty() {
        return None;
    }
    let mut sum = Sum::of("announcements core 1");
    for OfAudience { first, .. } in &announcements.chats {
        sum.text(first.title.as_str());
    }
    sum.text(&facts.deadlines.joining.map(dotted).unwrap_or_default());
    let core = sum.finish();
    let mut sum = Sum::after(&core);
    for of in &announcements.chats {
        let foot = announcements.put(&mut sum, of);
        sum.text(&foot.left);
        sum.text(&foot.right);
    }
    // The file to copy from has words of its own.
    sum.text(&announcements.copy());
    Some(PieceContent { piece: Piece::Announcements, kind: PaperKind::Announcements, core, fingerprint: sum.finish() })
}

/// The chats of an audience, one of which stands for all.
struct OfAudience<'a> {
    audience: Audience,
    first: &'a Chat,
    chats: usize,
    /// Put together once, for the pages and for the file to copy from.
    said: OnceCell<Said>,
}

/// What is said to an audience.
struct Said {
    values: Values,
    messages: Messages,
}

/// The messages of a chat.
struct Messages {
    old: String,
    first: String,
    pinned: String,
}

/// The announcements on their way to pages.
struct Announcements<'a> {
    papers: &'a ClassPapers<'a>,
    facts: &'a MemoFacts<'a>,
    wording: &'a AnnouncementsWording,
    edition: Edition,
    chats: Vec<OfAudience<'a>>,
}

impl<'a> Announcements<'a> {
    fn new(papers: &'a ClassPapers<'a>, facts: &'a MemoFacts<'a>, edition: Edition) -> Self {
        let mut by_audience: BTreeMap<Audience, Vec<&Chat>> = BTreeMap::new();
        if papers.settings.optional.contains(&OptionalPaper::Announcements) {
            // A channel is new: it takes nobody's place.
            for sheet in papers.chats.iter().filter(|sheet| !sheet.chat.kind.is_channel()) {
                by_audience.entry(sheet.chat.audience).or_default().push(sheet.chat);
            }
        }
        let of = |(audience, chats): (Audience, Vec<&'a Chat>)| {
            Some(OfAudience { audience, first: chats.first().copied()?, chats: chats.len(), said: OnceCell::new() })
        };
        let chats = by_audience.into_iter().filter_map(of).collect();
        Self { papers, facts, wording: &papers.wording.announcements, edition, chats }
    }

    fn pages(&self) -> Vec<Page> {
        let pages = |of: &OfAudience<'_>| {
            let mut flow = Flow::new(Frame::BOUND);
            let foot = self.put(&mut flow, of);
            flow.finish(&foot)
        };
        self.chats.iter().flat_map(pages).collect()
    }

    /// The texts of one audience; gives the foot of their pages.
    fn put(&self, document: &mut dyn Document, of: &OfAudience<'_>) -> Foot {
        let (Said { values, messages }, words) = (self.said(of), self.wording);
        words.head.put_on(document, &words.title, values, self.papers.class.is_some());
        document.paragraph(&RichText::bold(values.line(words.whom.of(of.audience))), styles::SUBTITLE);
        document.space(Mm(2.0));
        let several = if of.chats > 1 { words.several.as_str() } else { "" };
        if let Some(note) = values.joined([&words.note, &several.to_owned()]) {
            document.paragraph(&note, styles::NOTE);
        }
        let Messages { old, first, pinned } = messages;
        let headings = &words.headings;
        for (heading, text) in [(&headings.old, old), (&headings.first, first), (&headings.pinned, pinned)] {
            if !text.is_empty() {
                let whom = RichText::bold(values.line(heading));
                document.pinned(&PinnedText { opening: None, whom, several: None, text });
            }
        }
        let right = values.line(if self.papers.class.is_some() { &words.foot.class } else { &words.foot.school });
        Foot { left: values.line(&words.foot.edition), right }
    }

    /// All texts, for the file to copy from.
    fn copy(&self) -> String {
        let words = self.wording;
        let mut blocks = Vec::new();
        for of in &self.chats {
            let Said { values, messages: Messages { old, first, pinned } } = self.said(of);
            let several = if of.chats > 1 { values.line(&words.several) } else { String::new() };
            blocks.push([values.line(&words.copy.audience), several].join("\n").trim().to_owned());
            let headings = &words.headings;
            for (heading, text) in [(&headings.old, old), (&headings.first, first), (&headings.pinned, pinned)] {
                if !text.is_empty() {
                    let begin = values.clone().with("заголовок", values.line(heading)).line(&words.copy.begin);
                    blocks.push(format!("{begin}\n\n{text}"));
                }
            }
        }
        blocks.join("\n\n\n") + "\n"
    }

    fn said<'of>(&self, of: &'of OfAudience<'_>) -> &'of Said {
        of.said.get_or_init(|| {
            let (values, words) = (self.values_of(of.first, of.first.moderator.as_ref()), self.wording);
            let messages = Messages {
                old: message(&values, words.old.of(of.audience)),
                first: message(&values, words.first.of(of.audience)),
                pinned: (self.facts.pinned)(of.first),
            };
            Said { values, messages }
        })
    }

    /// The values for a chat; questions go to `asked`, where nobody is named to the administrator.
    fn values_of(&self, chat: &Chat, asked: Option<&PersonName>) -> Values {
        let Self { papers, edition, .. } = self;
        let (school, regulation) = (papers.school, papers.regulation);
        let service = Service::of_links(papers.chats.iter().filter_map(|sheet| sheet.link), regulation.platform);
        let channel =
            regulation.other_channel.as_deref().map(|channel| channel.trim().trim_end_matches('.').to_owned());
        Values::default()
            .with("чат", chat.title.as_str())
            .with_optional("класс", papers.class.map(|class| class.name.quoted()))
            .with("школа", school.short_name.as_str())
            .with("платформа", service.name())
            .with("в_платформе", service.inside())
            .with_optional("часы", regulation.hours_of(chat.class.as_ref()).map(|hours| hours.to_string()))
            .with_optional("канал", channel)
            .with_optional("телефон", Some(school.phone.clone()))
            .with("кого", self.whom_to_ask(asked))
            .with("администратор", school.administrator.name.to_string())
            .with("должность_администратора", school.administrator.post.as_str())
            .with_optional("срок_вступления", self.facts.deadlines.joining.map(dotted))
            .with_optional("файл", papers.copy_name(PaperKind::Announcements))
            .with("версия", edition.version.to_string())
            .with("дата", dotted(edition.issued))
    }

    /// «Кузнецова Ольга Сергеевна, классный руководитель».
    fn whom_to_ask(&self, asked: Option<&PersonName>) -> String {
        let Some(moderator) = asked else {
            let administrator = &self.papers.school.administrator;
            return format!("{}, {}", administrator.name, administrator.post);
        };
        let homeroom = self.papers.homeroom.map(|homeroom| homeroom.name.folded());
        let is_homeroom = homeroom == Some(PersonName::folded(moderator));
        if is_homeroom {
            format!("{moderator}, классный руководитель")
        } else {
            moderator.to_string()
        }
    }
}

/// A message of paragraphs of sentences; those that have no value for a word are left out.
fn message(values: &Values, paragraphs: &[Vec<String>]) -> String {
    let paragraphs: Vec<String> =
        paragraphs.iter().filter_map(|sentences| values.joined(sentences)).map(|paragraph| paragraph.text()).collect();
    // The settings keep names short; whatever they let through, a message is never cut by the app.
    paragraphs.join("\n\n").chars().take(MESSAGE).collect()
}
