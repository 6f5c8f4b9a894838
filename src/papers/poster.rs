//! The poster: one A4 sheet per chat with a QR code that is read from across a corridor.
//!
//! The measures are those of `paper/README.md`. The code takes what the words leave, at most 118 mm of modules; where
//! names and rules are long, type becomes smaller before the code does.

mod content;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::canvas::{Circle, Item, Page, Paint};
use super::choice::Choice;
use super::error::PaperError;
use super::paper::{ClassPapers, Paper, PaperKind, Sheets};
use super::pieces::{PieceContent, UNISSUED};
use super::qr::{QrMatrix, Resilience};
use super::rich_text::RichText;
use super::sheet_name::sheet_names;
use super::text::{Align, Room, TextBlock, TextStyle};
use super::units::{Area, Mm, Point, Pt};
use super::whom_bar::poster_bar;
use crate::school::{Piece, file_name};

use content::{PosterContent, Subject};

/// The text of the page: margins 14, 16 and 12.
const FRAME: Area = Area::new(Mm(16.0), Mm(14.0), Mm(178.0), Mm(271.0));

/// The side of the code's modules and the least it may shrink to, in millimetres without the quiet zone.
const CODE: Mm = Mm(118.0);
const SMALLEST_CODE: Mm = Mm(96.0);

const BADGE_HEIGHT: Mm = Mm(19.8);
const BAR_HEIGHT: Mm = Mm(12.7);
/// The outer radius of a step's circle, and the distance from the left edge of its text to that of the circle.
const STEP_RADIUS: Mm = Mm(3.3);
const STEP_INDENT: Mm = Mm(9.6);
/// Space between the parts of the page; what is left over is spread among them.
const GAPS: [Mm; 6] = [Mm(4.6), Mm(5.0), Mm(4.6), Mm(4.6), Mm(2.4), Mm(4.2)];

/// The posters of the chats that have a link, in their order; `None` where none has.
///
/// # Errors
/// When a link is longer than a QR code holds, or by a fault of the program.
pub fn posters(papers: &ClassPapers<'_>) -> Result<Option<Paper>, PaperError> {
    papers.bind(PaperKind::Posters, &poster_sheets(papers, Choice::All)?)
}

/// Some of these posters, under a name of its own: «7А Отдельные листы-приглашения.pdf».
///
/// # Errors
/// When a link is longer than a QR code holds, or by a fault of the program.
pub fn posters_of(papers: &ClassPapers<'_>, pieces: &BTreeSet<Piece>) -> Result<Option<Paper>, PaperError> {
    let name = file_name(&format!("{} Отдельные листы-приглашения.pdf", papers.whose()));
    papers.bind_as(PaperKind::Posters, name, &poster_sheets(papers, Choice::Only(pieces))?)
}

/// The pages of posters.
pub(super) fn poster_sheets(papers: &ClassPapers<'_>, choice: Choice<'_>) -> Result<Sheets, PaperError> {
    let names = sheet_names(papers.chats);
    let mut sheets = Sheets::default();
    for subject in subjects(papers, &names) {
        let piece = piece(subject);
        if choice.takes(Some(&piece)) {
            let code = QrMatrix::encode(subject.link, Resilience::Quarter)
                .map_err(|_| PaperError::LinkTooLong { chat: subject.chat.title.clone() })?;
            let edition = papers.editions.of(&piece);
            let content = PosterContent::new(papers, subject, edition);
            sheets.pages.push(Poster { content: &content }.page(&Arc::new(code)));
            sheets.editions.push(edition);
        }
    }
    Ok(sheets)
}

/// What the posters say, each as a sum.
pub(super) fn poster_pieces(papers: &ClassPapers<'_>) -> Vec<PieceContent> {
    let names = sheet_names(papers.chats);
    let content = |subject: Subject<'_>| {
        let content = PosterContent::new(papers, subject, UNISSUED);
        let (core, fingerprint) = (content.core(), content.fingerprint());
        PieceContent { piece: piece(subject), kind: PaperKind::Posters, core, fingerprint }
    };
    subjects(papers, &names).map(content).collect()
}

/// The chats that have a link, in their order.
fn subjects<'a>(papers: &ClassPapers<'a>, names: &'a [String]) -> impl Iterator<Item = Subject<'a>> {
    let sheets = papers.chats.iter().zip(names);
    sheets.filter_map(|(sheet, name)| Some(Subject { chat: sheet.chat, link: sheet.link?, name }))
}

fn piece(subject: Subject<'_>) -> Piece {
    Piece::Poster { chat: subject.chat.key.clone() }
}

/// A poster on its way to a page.
struct Poster<'a> {
    content: &'a PosterContent<'a>,
}

/// The words of a poster set at one scale.
struct Words {
    school: TextBlock,
    city: TextBlock,
    badge: Option<TextBlock>,
    title: TextBlock,
    subtitle: Option<TextBlock>,
    lead: TextBlock,
    link: TextBlock,
    steps: Vec<TextBlock>,
    rules: Option<RulesBox>,
    note: Option<TextBlock>,
    foot_left: Vec<TextBlock>,
    foot_right: Vec<TextBlock>,
}

/// The box of hours and rules: cells side by side.
struct RulesBox {
    cells: Vec<RulesCell>,
    height: Mm,
}

struct RulesCell {
    width: Mm,
    text: TextBlock,
}

impl Poster<'_> {
    fn page(&self, code: &Arc<QrMatrix>) -> Page {
        let quiet = code.full_size() as f32 / code.size() as f32;
        let mut words = self.words(1.0);
        for scale in [0.94, 0.88, 0.82, 0.76, 0.7] {
            if words.room_for_code() >= SMALLEST_CODE * quiet {
                break;
            }
            words = self.words(scale);
        }
        self.draw(&words, code, CODE * quiet)
    }

    fn words(&self, scale: f32) -> Words {
        let content = self.content;
        let width = FRAME.width;
        let sized = |size: f32| TextStyle::new(Pt(size * scale));
        let badge = content.class.as_ref().map(|class| {
            let room = Room::of_width(Mm(72.0)).lines(2, Pt(12.0));
            let style = TextStyle::new(Pt(40.0)).leading(1.0).centred();
            style.fit(&RichText::bold(class), Room { height: BADGE_HEIGHT - Mm(3.0), ..room })
        });
        let head_width = badge.as_ref().map_or(width, |badge| width - badge_width(badge) - Mm(8.0));
        let school_room = Room::of_width(head_width).lines(4, Pt(7.5));
        let smallest = Pt(16.0 * scale);
        let title_room = Room::of_width(width).lines(3, smallest).height(Mm(30.0 * scale), smallest);
        let one_line = |smallest: f32| Room::of_width(width).lines(1, Pt(smallest));
        let step_width = (width - Mm(8.0)) / 2.0 - STEP_INDENT;
        let step_room = Room::of_width(step_width).lines(4, Pt(7.0));
        let foot_room = Room::of_width(width * 0.65).lines(2, Pt(6.5));
        let subtitle = |text: &RichText| sized(18.0).leading(1.2).centred().fit(text, one_line(10.0));
        let note = |note: &RichText| {
            let room = Room::of_width(width).lines(2, Pt(6.0));
            sized(8.5).leading(1.25).centred().fit(note, room)
        };
        let foot_right = |text: &RichText| {
            let style = TextStyle::new(Pt(9.0)).align(Align::Right);
            style.fit(text, Room::of_width(width * 0.33).lines(1, Pt(5.0)))
        };
        Words {
            school: sized(13.0).leading(1.2).fit(&content.school.into(), Room { height: Mm(17.0), ..school_room }),
            city: TextStyle::new(Pt(9.5)).fit(&content.city.into(), Room::of_width(head_width).lines(1, Pt(6.0))),
            badge,
            title: sized(33.0).leading(1.1).centred().fit(&RichText::bold(&content.title), title_room),
            subtitle: content.subtitle.as_ref().map(subtitle),
            lead: sized(14.0).centred().fit(&content.lead, one_line(9.0)),
            link: TextStyle::new(Pt(9.5)).align(Align::Centre).one_line(&RichText::mono(content.link.as_str()), width),
            steps: content.steps.iter().map(|step| sized(11.5).leading(1.25).fit(step, step_room)).collect(),
            rules: self.rules(scale),
            note: content.note.as_ref().map(note),
            foot_left: content.foot_left.iter().map(|text| TextStyle::new(Pt(9.0)).fit(text, foot_room)).collect(),
            foot_right: content.foot_right.iter().map(foot_right).collect(),
        }
    }

    /// The hours first, then the rules of the act for this audience.
    fn rules(&self, scale: f32) -> Option<RulesBox> {
        let PosterContent { hours, rules, .. } = self.content;
        let style = TextStyle::new(Pt(9.5 * scale)).leading(1.25);
        let padding = Mm(6.4);
        let hours = hours.as_ref().map(|hours| {
            let text = style.align(Align::Centre).fit(hours, Room::of_width(Mm(27.0)).lines(4, Pt(6.0)));
            let width = text.longest() + padding;
            // Set again in the width that it takes, so that it stands in the middle.
            let text = text.narrowed();
            RulesCell { width, text }
        });
        let rest = FRAME.width - hours.as_ref().map_or(Mm(0.0), |cell| cell.width);
        let count = rules.len().max(1) as f32;
        let cells = rules.iter().map(|rule| {
            let width = rest / count;
            let room = Room::of_width(width - padding).height(Mm(30.0 * scale), Pt(6.0));
            RulesCell { width, text: style.fit(rule, room) }
        });
        let cells: Vec<RulesCell> = hours.into_iter().chain(cells).collect();
        let height = cells.iter().map(|cell| cell.text.height()).fold(Mm(0.0), Mm::max) + Mm(4.4);
        (!cells.is_empty()).then_some(RulesBox { cells, height })
    }

    fn draw(&self, words: &Words, code: &Arc<QrMatrix>, largest: Mm) -> Page {
        let mut page = Page::a4();
        let room = words.room_for_code();
        let side = room.min(largest).min(FRAME.width);
        // What the code leaves goes between the parts, but never tears them apart.
        let spare = ((room - side) / GAPS.len() as f32).max(Mm(0.0)).min(Mm(7.0));
        let gap = |index: usize| GAPS.get(index).copied().unwrap_or_default() + spare;
        words.draw_head(&mut page);
        let mut y = FRAME.y + words.head_height() + gap(0);
        let PosterContent { audience, whom, .. } = self.content;
        poster_bar(&mut page, Area::new(FRAME.x, y, FRAME.width, BAR_HEIGHT), *audience, whom);
        y += BAR_HEIGHT + gap(1);
        for block in [Some(&words.title), words.subtitle.as_ref(), Some(&words.lead)].into_iter().flatten() {
            block.draw(&mut page, Point::new(FRAME.x, y));
            y += block.height() + TITLE_GAP;
        }
        page.qr(code, Area::new(FRAME.x + (FRAME.width - side) / 2.0, y, side, side));
        y += side;
        words.link.draw(&mut page, Point::new(FRAME.x, y));
        y += words.link.height() + gap(2);
        words.draw_steps(&mut page, y);
        y += words.steps_height() + gap(3);
        if let Some(rules) = &words.rules {
            rules.draw(&mut page, y);
            y += rules.height + gap(4);
        }
        if let Some(note) = &words.note {
            note.draw(&mut page, Point::new(FRAME.x, y));
        }
        words.draw_foot(&mut page);
        page
    }
}

/// Between the title, the line under it and the lead.
const TITLE_GAP: Mm = Mm(0.8);

impl Words {
    /// The square that is left for the code and its quiet zone.
    fn room_for_code(&self) -> Mm {
        let blocks = [Some(&self.title), self.subtitle.as_ref(), Some(&self.lead)].into_iter().flatten();
        let titles: Mm = blocks.map(|block| block.height() + TITLE_GAP).sum();
        let rules = self.rules.as_ref().map_or(Mm(0.0), |rules| rules.height);
        let note = self.note.as_ref().map_or(Mm(0.0), TextBlock::height);
        let gaps: Mm = GAPS.into_iter().sum();
        let used = self.head_height() + BAR_HEIGHT + titles + self.link.height() + self.steps_height() + rules + note;
        FRAME.height - used - gaps - self.foot_height()
    }

    fn head_height(&self) -> Mm {
        let names = self.school.height() + self.city.height();
        if self.badge.is_some() { names.max(BADGE_HEIGHT) } else { names }
    }

    fn draw_head(&self, page: &mut Page) {
        self.school.draw(page, FRAME.origin());
        self.city.draw(page, Point::new(FRAME.x, FRAME.y + self.school.height()));
        if let Some(badge) = &self.badge {
            let width = badge_width(badge);
            let area = Area::new(FRAME.right() - width, FRAME.y, width, BADGE_HEIGHT);
            page.outlined(area, Pt(1.6), Mm(3.0));
            let x = area.x + (width - badge.width()) / 2.0;
            badge.draw_in_middle(page, Area::new(x, area.y, badge.width(), area.height));
        }
    }

    /// Steps stand in two columns, row by row.
    fn rows(&self) -> impl Iterator<Item = &[TextBlock]> {
        self.steps.chunks(2)
    }

    fn steps_height(&self) -> Mm {
        self.rows().map(row_height).sum::<Mm>() + STEP_GAP * self.rows().count().saturating_sub(1) as f32
    }

    fn draw_steps(&self, page: &mut Page, top: Mm) {
        let column = (FRAME.width + Mm(8.0)) / 2.0;
        let (mut y, mut number) = (top, 1);
        for row in self.rows() {
            for (index, step) in row.iter().enumerate() {
                let x = FRAME.x + column * index as f32;
                let centre = Point::new(x + STEP_RADIUS, y + STEP_RADIUS);
                page.push(Item::Circle(Circle { centre, radius: STEP_RADIUS, paint: Paint::Outline(Pt(0.9)) }));
                let digit = TextStyle::new(Pt(11.5)).leading(1.0).align(Align::Centre);
                let digit = digit.set(&RichText::bold(number.to_string()), STEP_RADIUS * 2.0);
                let circle = Area::new(x, y, STEP_RADIUS * 2.0, STEP_RADIUS * 2.0);
                digit.draw_in_middle(page, circle);
                step.draw(page, Point::new(x + STEP_INDENT, y + lowered(step)));
                number += 1;
            }
            y += row_height(row) + STEP_GAP;
        }
    }

    fn foot_height(&self) -> Mm {
        let column = |blocks: &[TextBlock]| blocks.iter().map(TextBlock::height).sum::<Mm>();
        column(&self.foot_left).max(column(&self.foot_right)) + FOOT_GAP
    }

    fn draw_foot(&self, page: &mut Page) {
        let top = FRAME.bottom() - self.foot_height();
        page.rule(Point::new(FRAME.x, top), FRAME.width, Pt(0.7));
        let mut column = |blocks: &[TextBlock], x: Mm| {
            let mut y = top + FOOT_GAP;
            for block in blocks {
                block.draw(page, Point::new(x, y));
                y += block.height();
            }
        };
        column(&self.foot_left, FRAME.x);
        column(&self.foot_right, FRAME.x + FRAME.width * 0.67);
    }
}

/// Between two rows of steps.
const STEP_GAP: Mm = Mm(1.8);
/// Between the rule at the foot and its text.
const FOOT_GAP: Mm = Mm(1.4);

fn row_height(row: &[TextBlock]) -> Mm {
    row.iter().map(|step| step.height() + lowered(step)).fold(STEP_RADIUS * 2.0, Mm::max)
}

/// How far the text of a step stands below the top of its circle: its first line is beside the middle.
fn lowered(step: &TextBlock) -> Mm {
    ((STEP_RADIUS * 2.0 - step.line_height()) / 2.0).max(Mm(0.0))
}

fn badge_width(badge: &TextBlock) -> Mm {
    (badge.longest() + Mm(12.0)).max(Mm(30.0))
}

impl RulesBox {
    fn draw(&self, page: &mut Page, top: Mm) {
        let (rule, padding) = (Pt(0.9), Mm(3.2));
        page.outlined(Area::new(FRAME.x, top, FRAME.width, self.height), rule, Mm(2.6));
        let mut x = FRAME.x;
        for (index, cell) in self.cells.iter().enumerate() {
            if index > 0 {
                page.upright_rule(Point::new(x, top), self.height, Pt(0.7));
            }
            cell.text.draw(page, Point::new(x + padding, top + Mm(2.2)));
            x += cell.width;
        }
    }
}
