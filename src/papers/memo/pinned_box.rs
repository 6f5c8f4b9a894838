//! A text to copy, in a box: its lines as they are, no word divided.

use super::TEXT;
use crate::papers::document::part_heading;
use crate::papers::flow::{Flow, styles};
use crate::papers::rich_text::RichText;
use crate::papers::sum::Sum;
use crate::papers::text::{TextBlock, TextStyle};
use crate::papers::units::{Mm, Point, Pt};

const STYLE: TextStyle = TextStyle::new(Pt(9.0)).leading(1.19);
const PADDING: Mm = Mm(2.4);
/// What stands for a blank line.
const GAP: Mm = Mm(1.4);
/// What must fit before a box is begun at the foot of a page.
const LEAST: Mm = Mm(24.0);

/// A heading and a note of two lines above a box.
const HEAD: Mm = Mm(17.0);

/// A text to pin, with what stands above its box.
pub(in crate::papers) struct PinnedText<'a> {
    /// Above the first of several.
    pub(in crate::papers) opening: Option<Opening<'a>>,
    /// For whom it is.
    pub(in crate::papers) whom: RichText,
    /// What to replace in other chats, where there are others.
    pub(in crate::papers) several: Option<RichText>,
    /// The text.
    pub(in crate::papers) text: &'a str,
}

/// The heading of the part and what is to be done with its texts.
pub(in crate::papers) struct Opening<'a> {
    pub(in crate::papers) heading: &'a str,
    pub(in crate::papers) note: &'a RichText,
}

impl PinnedText<'_> {
    /// Puts the text on pages, in its box.
    pub(in crate::papers) fn put(&self, flow: &mut Flow) {
        let pinned_box = PinnedBox::new(self.text, flow.width());
        let head = if self.several.is_some() { HEAD } else { HEAD / 2.0 };
        if let Some(Opening { heading, note }) = &self.opening {
            flow.keep(pinned_box.least() + HEAD + head);
            part_heading(flow, heading);
            flow.paragraph(note, TEXT);
        }
        flow.space(Mm(2.5));
        flow.keep(pinned_box.least() + head);
        flow.heading(&self.whom, TEXT);
        if let Some(several) = &self.several {
            flow.paragraph(several, styles::NOTE);
        }
        flow.space(Mm(1.0));
        pinned_box.put(flow);
    }

    /// Adds its words to a sum.
    pub(in crate::papers) fn sum(&self, sum: &mut Sum) {
        let Self { opening, whom, several, text } = self;
        sum.number(usize::from(opening.is_some()));
        if let Some(Opening { heading, note }) = opening {
            sum.text(heading);
            sum.rich(note);
        }
        sum.rich(whom);
        sum.optional(several.as_ref());
        sum.text(text);
    }
}

/// Lines that stand in a box, with the space above them.
struct Piece<'a> {
    block: &'a TextBlock,
    lines: std::ops::Range<usize>,
    gap: Mm,
}

impl Piece<'_> {
    fn height(&self) -> Mm {
        self.gap + self.block.line_height() * self.lines.len() as f32
    }
}

/// A text set in lines of a box.
struct PinnedBox {
    paragraphs: Vec<Paragraph>,
}

/// What stands together as long as it fits on a page.
struct Paragraph {
    block: TextBlock,
    /// The space above: that of a blank line, or none.
    gap: Mm,
}

impl PinnedBox {
    /// The text in a box of this width.
    fn new(text: &str, width: Mm) -> Self {
        let groups = text.split("\n\n").map(str::trim).filter(|group| !group.is_empty());
        let paragraphs = groups.flat_map(|group| {
            let mut gap = GAP;
            let paragraphs = paragraphs(group).into_iter();
            paragraphs.map(move |text| Paragraph {
                block: STYLE.set(&RichText::plain(text), width - PADDING * 2.0),
                gap: std::mem::take(&mut gap),
            })
        });
        Self { paragraphs: paragraphs.collect() }
    }

    /// What must fit on a page before the box is begun there.
    fn least(&self) -> Mm {
        let whole: Mm = self.paragraphs.iter().map(|paragraph| paragraph.block.height() + paragraph.gap).sum();
        (whole - GAP + PADDING * 2.0).min(LEAST)
    }

    /// Puts the box into a flow; one that does not end on its page goes on in a box on the next one, between two
    /// lines of the text wherever they fit on a page.
    fn put(&self, flow: &mut Flow) {
        let mut pieces: Vec<Piece<'_>> = Vec::new();
        for Paragraph { block, gap } in &self.paragraphs {
            let mut next = 0;
            while next < block.lines() {
                let gap = if pieces.is_empty() { Mm(0.0) } else { *gap };
                let room = flow.remaining() - PADDING * 2.0 - pieces.iter().map(Piece::height).sum() - gap;
                let fitting = (room / block.line_height() + 0.001) as usize;
                let left = block.lines() - next;
                if left > fitting && !pieces.is_empty() {
                    draw(flow, &std::mem::take(&mut pieces));
                    flow.new_page();
                    continue;
                }
                let taken = left.min(fitting.max(1));
                pieces.push(Piece { block, lines: next..next + taken, gap });
                next += taken;
            }
        }
        if !pieces.is_empty() {
            draw(flow, &pieces);
        }
    }
}

/// The lines of a group, the first one, which may be a heading, with the one that follows it.
fn paragraphs(group: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = group.lines().map(str::to_owned).collect();
    if paragraphs.len() > 1 {
        let first = paragraphs.remove(0);
        if let Some(second) = paragraphs.first_mut() {
            *second = format!("{first}\n{second}");
        }
    }
    paragraphs
}

fn draw(flow: &mut Flow, pieces: &[Piece<'_>]) {
    let height = pieces.iter().map(Piece::height).sum::<Mm>() + PADDING * 2.0;
    flow.block(height, |page, area| {
        page.outlined(area, Pt(0.6), Mm(1.5));
        let mut y = area.y + PADDING;
        for piece in pieces {
            piece.block.draw_lines(piece.lines.clone(), page, Point::new(area.x + PADDING, y + piece.gap));
            y += piece.height();
        }
    });
}
