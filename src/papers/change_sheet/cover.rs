//! The cover: what has changed, what is to be done, which papers hold no longer.

use super::void::void;
use super::{Change, WholeFiles};
use crate::papers::canvas::Page;
use crate::papers::document::{numbered, part_heading};
use crate::papers::flow::{Flow, Frame, styles};
use crate::papers::paper::PaperKind;
use crate::papers::phrases::Values;
use crate::papers::rich_text::RichText;
use crate::papers::units::Mm;
use crate::school::{News, NewsKind};

/// The column of the bullets.
const COLUMN: Mm = Mm(4.5);

/// News in two lines and a first chat of it.
const WITH_A_CHAT: Mm = Mm(16.0);

/// How many of the pieces lie behind the cover.
#[derive(Clone, Copy)]
pub(super) struct Enclosed {
    /// Parts of the acknowledgement form that get rows.
    pub(super) additions: usize,
    pub(super) posters: usize,
    pub(super) slips: usize,
    pub(super) families: usize,
    /// What lies in files of their own.
    pub(super) whole: WholeFiles,
}

/// The pages of the cover; none where it would say nothing.
pub(super) fn cover(change: &Change<'_>, enclosed: Enclosed) -> Vec<Page> {
    let steps = steps(change, enclosed);
    let Change { sheet, wording, .. } = change;
    if sheet.news.is_empty() && steps.is_empty() {
        return Vec::new();
    }
    let values = change.values();
    let mut flow = Flow::new(Frame::BOUND);
    change.wording.head.put_on(&mut flow, &change.wording.title, &values, change.papers.class.is_some());
    if !sheet.news.is_empty() {
        part_heading(&mut flow, &wording.news.heading);
        for news in &sheet.news {
            if !news.chats.is_empty() {
                flow.keep(WITH_A_CHAT);
            }
            flow.clause("•", COLUMN, &line(change, news), styles::TEXT);
            for chat in &news.chats {
                let chat = Values::default().with("чат", chat.as_str()).phrase(&wording.news.chat).unwrap_or_default();
                flow.clause("", COLUMN, &chat, styles::TEXT);
            }
            flow.space(Mm(0.6));
        }
    }
    if !steps.is_empty() {
        part_heading(&mut flow, &wording.steps.heading);
        numbered(&mut flow, &steps, styles::TEXT);
    }
    void(&mut flow, change);
    flow.finish(&change.foot(&wording.foot.changes))
}

/// «Прибыл(а): Орлов Ян — новая строка».
fn line(change: &Change<'_>, news: &News) -> RichText {
    let words = &change.wording.news;
    let values =
        Values::default().with("что", capitalised(&news.words)).with_optional("почему", Some(news.why.clone()));
    values.phrase(&words.with_reason).or_else(|| values.phrase(&words.line)).unwrap_or_default()
}

/// What is to be done, in the order of doing: nobody gets a link before the signature (31.4.3).
fn steps(change: &Change<'_>, enclosed: Enclosed) -> Vec<RichText> {
    let Change { sheet, wording, .. } = change;
    let words = &wording.steps;
    let Enclosed { additions, posters, slips, families, whole } = enclosed;
    let chats = |kind: NewsKind| News::total(&sheet.news, kind);
    let all = [
        ("чатов", chats(NewsKind::ChatNew), &words.chats_new, None),
        ("чатов", chats(NewsKind::ChatRetitled), &words.chats_retitled, None),
        ("чатов", chats(NewsKind::LinkVoid), &words.links_void, None),
        ("частей", additions, &words.signatures, None),
        ("частей", whole.forms, &words.form_whole, Some(PaperKind::AcknowledgementForm)),
        ("талонов", slips, &words.slips, None),
        ("талонов", whole.slips, &words.slips_whole, Some(PaperKind::Slips)),
        ("листов", families, &words.families, None),
        ("листов", whole.families, &words.families_whole, Some(PaperKind::Families)),
        ("листов", posters, &words.posters, None),
        ("листов", whole.posters, &words.posters_whole, Some(PaperKind::Posters)),
        ("включений", sheet.admissions.len(), &words.admissions, None),
        // A former moderator who is removed first cannot hand anything over.
        ("чатов", chats(NewsKind::ChatModerator), &words.chats_moderator, None),
        ("записей", sheet.removals.len(), &words.removals, None),
        ("чатов", chats(NewsKind::ChatClosed), &words.chats_closed, None),
        ("бумаг", sheet.void.len(), &words.void, None),
    ];
    let due = all.into_iter().filter(|(_, number, ..)| *number > 0);
    let steps = due.filter_map(|(name, number, step, file)| {
        let file = file.map(|kind| change.papers.file_name(kind));
        change.values().with(name, number.to_string()).with_optional("файл", file).phrase(step)
    });
    let is_signed = additions + whole.forms > 0 || !(sheet.removals.is_empty() && sheet.admissions.is_empty());
    steps.chain(change.values().phrase(&words.give_back).filter(|_| is_signed)).collect()
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
