//! A text to copy, in a box: its lines as they are, no word divided.

use crate::papers::flow::Flow;
use crate::papers::rich_text::RichText;
use crate::papers::text::{TextBlock, TextStyle};
use crate::papers::units::{Mm, Point, Pt};

const STYLE: TextStyle = TextStyle::new(Pt(9.0)).leading(1.19);
const PADDING: Mm = Mm(2.4);
/// What stands for a blank line.
const GAP: Mm = Mm(1.4);
/// What must fit before a box is begun at the foot of a page.
const LEAST: Mm = Mm(24.0);

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
pub(super) struct PinnedBox {
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
    pub(super) fn new(text: &str, width: Mm) -> Self {
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
    pub(super) fn least(&self) -> Mm {
        let whole: Mm = self.paragraphs.iter().map(|paragraph| paragraph.block.height() + paragraph.gap).sum();
        (whole - GAP + PADDING * 2.0).min(LEAST)
    }

    /// Puts the box into a flow; one that does not end on its page goes on in a box on the next one, between two
    /// lines of the text wherever they fit on a page.
    pub(super) fn put(&self, flow: &mut Flow) {
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
