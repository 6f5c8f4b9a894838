//! A text to copy, in a box: its lines as they are, no word divided.

use crate::papers::flow::Flow;
use crate::papers::rich_text::RichText;
use crate::papers::text::{TextBlock, TextStyle};
use crate::papers::units::{Mm, Point, Pt};

const STYLE: TextStyle = TextStyle::new(Pt(9.5)).leading(1.22);
const PADDING: Mm = Mm(2.6);
/// Between the groups of lines that blank lines divide.
const GAP: Mm = Mm(1.9);
/// What must fit before a box is begun at the foot of a page.
const LEAST: Mm = Mm(34.0);

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

/// Puts a text into a box; one that does not end on its page goes on in a box on the next one, at a blank line of the
/// text wherever there is one.
pub(super) fn put(flow: &mut Flow, text: &str) {
    let width = flow.width() - PADDING * 2.0;
    let groups = text.split("\n\n").map(str::trim).filter(|group| !group.is_empty());
    let blocks: Vec<TextBlock> = groups.map(|group| STYLE.set(&RichText::plain(group), width)).collect();
    let whole: Mm = blocks.iter().map(|block| block.height() + GAP).sum();
    flow.keep((whole - GAP + PADDING * 2.0).min(LEAST));
    let mut pieces: Vec<Piece<'_>> = Vec::new();
    for block in &blocks {
        let mut next = 0;
        while next < block.lines() {
            let gap = if pieces.is_empty() { Mm(0.0) } else { GAP };
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
    draw(flow, &pieces);
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
