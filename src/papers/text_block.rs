//! A text set in lines, ready to be put on a page.

use super::canvas::{Item, Page, TextRun};
use super::font::Face;
use super::text::TextStyle;
use super::units::{Area, Mm, Point, Pt};

/// A text in lines, ready to be put on a page.
#[derive(Clone, Debug, PartialEq)]
pub struct TextBlock {
    pub(super) lines: Vec<Line>,
    pub(super) style: TextStyle,
    pub(super) width: Mm,
    pub(super) torn: bool,
}

/// One line: its runs with their distances from the left edge of the block.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) runs: Vec<Run>,
    pub(super) x: Mm,
    pub(super) width: Mm,
}

/// Neighbouring characters of one face.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    pub(super) face: Face,
    pub(super) x: Mm,
    pub(super) width: Mm,
    pub(super) text: String,
    /// What each blank is wider than usual, in thousandths of the size.
    pub(super) stretch: f32,
}

impl Line {
    pub(super) fn end_with_ellipsis(&mut self, size: Pt, width: Mm) {
        let Some(run) = self.runs.last_mut() else { return };
        let room = width - run.x;
        let mut text = std::mem::take(&mut run.text);
        loop {
            let shown = format!("{}…", text.trim_end_matches([' ', ',', '-', '«', '(']));
            let shown_width = run.face.width(&shown, size);
            if shown_width <= room || text.pop().is_none() {
                run.width = shown_width;
                run.text = shown;
                self.width = run.x + run.width;
                return;
            }
        }
    }
}

impl TextBlock {
    /// The height of all lines.
    pub fn height(&self) -> Mm {
        self.style.line_height() * self.lines.len() as f32
    }

    /// The width the text was set in.
    pub fn width(&self) -> Mm {
        self.width
    }

    /// The width of the longest line.
    pub fn longest(&self) -> Mm {
        self.lines.iter().map(|line| line.width).fold(Mm(0.0), Mm::max)
    }

    /// The number of lines.
    pub fn lines(&self) -> usize {
        self.lines.len()
    }

    /// The height of one line.
    pub fn line_height(&self) -> Mm {
        self.style.line_height()
    }

    /// The size it was set in, which may be smaller than asked for.
    pub fn size(&self) -> Pt {
        self.style.size
    }

    /// The same lines in a block that is no wider than the longest of them.
    #[must_use]
    pub fn narrowed(mut self) -> Self {
        let width = self.longest();
        for line in &mut self.lines {
            line.x = self.style.align.offset(width - line.width);
        }
        self.width = width;
        self
    }

    /// Puts the block on a page, its top left corner at a place.
    pub fn draw(&self, page: &mut Page, at: Point) {
        self.draw_lines(0..self.lines.len(), page, at);
    }

    /// Puts the block on a page so that its middle stands in the middle of an area's height.
    pub fn draw_in_middle(&self, page: &mut Page, area: Area) {
        self.draw(page, Point::new(area.x, area.y + (area.height - self.height()) / 2.0));
    }

    /// Puts some of the lines on a page, the first of them at a place.
    pub fn draw_lines(&self, lines: std::ops::Range<usize>, page: &mut Page, at: Point) {
        let block = page.begin_text();
        let first = at.y + self.style.base_line();
        for (index, line) in self.lines.get(lines).unwrap_or_default().iter().enumerate() {
            let base_line = first + self.style.line_height() * index as f32;
            for run in &line.runs {
                page.push(Item::Text(TextRun {
                    block,
                    face: run.face,
                    size: self.style.size,
                    origin: Point::new(at.x + line.x + run.x, base_line),
                    width: run.width,
                    text: run.text.clone(),
                    stretch: run.stretch,
                    tracking: self.style.tracking,
                    ink: self.style.ink,
                }));
            }
        }
    }
}
