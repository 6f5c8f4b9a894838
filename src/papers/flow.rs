//! Running text that goes on from page to page: paragraphs, numbered clauses, tables, and a foot on each page.
//!
//! The flow keeps the place in hand and begins new pages; it knows no paper. A heading stays with what follows it, no
//! paragraph leaves one line alone, a row of a table is never split.

use super::canvas::Page;
use super::font::Face;
use super::rich_text::RichText;
use super::table::Table;
use super::text::{Align, Room, TextBlock, TextStyle};
use super::units::{Area, Mm, Point, Pt};

/// The margins of the text on every page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// From the left edge of the paper.
    pub left: Mm,
    /// From the right edge of the paper.
    pub right: Mm,
    /// From the upper edge of the paper.
    pub top: Mm,
    /// From the lower edge of the paper; the foot stands in it.
    pub bottom: Mm,
}

/// What stands at the foot of every page, under a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Foot {
    /// At the left: «Правила, версия 1 от 01.09.2026».
    pub left: String,
    /// At the right, before «лист 1 из 2»: «7 «А»».
    pub right: String,
}

/// Text on its way over pages.
#[derive(Debug)]
pub struct Flow {
    frame: Frame,
    finished: Vec<Page>,
    page: Page,
    /// The upper edge of what comes next.
    y: Mm,
    /// Space asked for, not yet given: there is none at the top of a page.
    owed: Mm,
}

/// Documents: title 16, text 10.5, notes 9.5, the foot 9 (`paper/README.md`).
pub mod styles {
    use super::{Align, Pt, TextStyle};

    /// The title of a document.
    pub const TITLE: TextStyle = TextStyle::new(Pt(16.0)).leading(1.25).centred();
    /// Under the title: whom it concerns, which rules.
    pub const SUBTITLE: TextStyle = TextStyle::new(Pt(11.5)).centred();
    /// The heading of a part.
    pub const HEADING: TextStyle = TextStyle::new(Pt(12.0));
    /// Running text.
    pub const TEXT: TextStyle = TextStyle::new(Pt(10.5)).hyphenated();
    /// Notes, explanations.
    pub const NOTE: TextStyle = TextStyle::new(Pt(9.5)).hyphenated();
    /// The cells of tables.
    pub const CELL: TextStyle = TextStyle::new(Pt(9.5)).leading(1.2);
    /// The header of tables.
    pub const HEADER: TextStyle = TextStyle::new(Pt(8.5)).leading(1.2).align(Align::Centre).hyphenated();
    /// The foot of a page.
    pub const FOOT: TextStyle = TextStyle::new(Pt(9.0));
}

impl Frame {
    /// Documents that are bound: 20 mm at the left, 12 mm at the right.
    pub const BOUND: Self = Self { left: Mm(20.0), right: Mm(12.0), top: Mm(14.0), bottom: Mm(22.0) };
}

impl Flow {
    /// An empty first page.
    pub fn new(frame: Frame) -> Self {
        Self { frame, finished: Vec::new(), page: Page::a4(), y: frame.top, owed: Mm(0.0) }
    }

    /// The width of the text.
    pub fn width(&self) -> Mm {
        self.page.width - self.frame.left - self.frame.right
    }

    /// The height that is left on the page in hand.
    pub fn remaining(&self) -> Mm {
        self.bottom() - self.y - self.owed
    }

    /// The height of the text of a whole page.
    pub fn full_height(&self) -> Mm {
        self.bottom() - self.frame.top
    }

    /// Leaves at least this much space before what comes next; none at the top of a page.
    pub fn space(&mut self, height: Mm) {
        if self.y > self.frame.top {
            self.owed = self.owed.max(height);
        }
    }

    /// Goes on at the top of a new page.
    pub fn new_page(&mut self) {
        self.finished.push(std::mem::replace(&mut self.page, Page::a4()));
        self.y = self.frame.top;
        self.owed = Mm(0.0);
    }

    /// Goes on at the top of a new page where less than this height is left.
    pub fn keep(&mut self, height: Mm) {
        if self.remaining() < height - Mm(0.01) && self.y > self.frame.top {
            self.new_page();
        }
    }

    /// A paragraph in the full width.
    pub fn paragraph(&mut self, text: &RichText, style: TextStyle) {
        let block = style.set(text, self.width());
        self.lines(&block, Mm(0.0), |_, _| {});
    }

    /// A heading: at least two lines of text follow it on its page.
    pub fn heading(&mut self, text: &RichText, style: TextStyle) {
        let block = style.set(text, self.width());
        self.keep(block.height() + styles::TEXT.line_height() * 2.0 + Mm(3.0));
        self.lines(&block, Mm(0.0), |_, _| {});
    }

    /// A clause: its number stands in a column of its own, the text beside it («4.3», «1.», «•»).
    pub fn clause(&mut self, number: &str, column: Mm, text: &RichText, style: TextStyle) {
        let block = style.set(text, self.width() - column);
        let room = Room::of_width(column - Mm(1.0)).lines(1, Pt(5.0));
        let mark = style.align(Align::Left).fit(&RichText::plain(number), room);
        // The number stands on the first base line even where it had to become smaller.
        let lowered = (block.line_height() - mark.line_height()) * 0.6;
        let left = self.frame.left;
        self.lines(&block, column, |page, y| mark.draw(page, Point::new(left, y + lowered)));
    }

    /// A text at the right edge, in a column of this width: «Приложение № 2 …».
    pub fn right_note(&mut self, text: &RichText, width: Mm, style: TextStyle) {
        let block = style.set(text, width);
        self.lines(&block, self.width() - width, |_, _| {});
    }

    /// A table. Its header stands at the top of each of its pages.
    pub fn table(&mut self, table: &Table) {
        table.put_into(self);
    }

    /// Something of a fixed height that is not split: drawn into the area it gets.
    pub fn block(&mut self, height: Mm, draw: impl FnOnce(&mut Page, Area)) {
        self.keep(height);
        self.y += std::mem::take(&mut self.owed);
        let area = Area::new(self.frame.left, self.y, self.width(), height);
        draw(&mut self.page, area);
        self.y += height;
    }

    /// The finished pages with their foot and their numbers.
    pub fn finish(mut self, foot: &Foot) -> Vec<Page> {
        self.finished.push(self.page);
        let (frame, count) = (self.frame, self.finished.len());
        for (index, page) in self.finished.iter_mut().enumerate() {
            draw_foot(page, frame, foot, &format!("лист {} из {count}", index + 1));
        }
        self.finished
    }

    /// The lines of a block, with `beside` called at the place of the first one.
    fn lines(&mut self, block: &TextBlock, indent: Mm, beside: impl FnOnce(&mut Page, Mm)) {
        let mut beside = Some(beside);
        let height = block.line_height();
        let mut next = 0;
        while next < block.lines() {
            let left = block.lines() - next;
            let on_page = lines_on_page(left, (self.remaining() / height + 0.001) as usize);
            let taken = if on_page == 0 && self.y <= self.frame.top { left } else { on_page };
            if taken == 0 {
                self.new_page();
                continue;
            }
            self.y += std::mem::take(&mut self.owed);
            if let Some(beside) = beside.take() {
                beside(&mut self.page, self.y);
            }
            block.draw_lines(next..next + taken, &mut self.page, Point::new(self.frame.left + indent, self.y));
            self.y += height * taken as f32;
            next += taken;
            if next < block.lines() {
                self.new_page();
            }
        }
    }

    fn bottom(&self) -> Mm {
        self.page.height - self.frame.bottom
    }
}

/// How many of the lines that are left go on a page with room for some: never one alone, at its foot or on the next.
fn lines_on_page(left: usize, room: usize) -> usize {
    if left <= room {
        return left;
    }
    let taken = if left - room == 1 { room.saturating_sub(1) } else { room };
    if taken < 2 { 0 } else { taken }
}

fn draw_foot(page: &mut Page, frame: Frame, foot: &Foot, number: &str) {
    let width = page.width - frame.left - frame.right;
    let top = page.height - frame.bottom + Mm(4.0);
    page.rule(Point::new(frame.left, top), width, Pt(0.6));
    let right = if foot.right.is_empty() { number.to_owned() } else { format!("{} · {number}", foot.right) };
    let room = Room::of_width(width * 0.4).lines(1, Pt(6.0));
    let right = styles::FOOT.align(Align::Right).fit(&RichText::plain(right), room);
    let room = Room::of_width(width * 0.58).lines(1, Pt(6.0));
    let left = styles::FOOT.fit(&RichText::plain(foot.left.as_str()), room);
    let y = top + Mm(1.2);
    left.draw(page, Point::new(frame.left, y));
    right.draw(page, Point::new(frame.left + width * 0.6, y));
}

/// The width that a column of clause numbers needs: the widest number and a gap.
pub fn clause_column<'a>(numbers: impl IntoIterator<Item = &'a str>, style: TextStyle) -> Mm {
    let widest = numbers.into_iter().map(|number| Face::Regular.width(number, style.size)).fold(Mm(0.0), Mm::max);
    widest.min(Mm(24.0)).max(Mm(5.0)) + Mm(2.5)
}

#[cfg(test)]
mod tests {
    use super::{Flow, Foot, Frame, lines_on_page, styles};
    use crate::papers::checks::flaws;
    use crate::papers::rich_text::RichText;
    use crate::papers::units::Mm;

    fn foot() -> Foot {
        Foot { left: "Правила, версия 1".to_owned(), right: "7 «А»".to_owned() }
    }

    #[test]
    fn no_line_is_left_alone() {
        assert_eq!(lines_on_page(5, 9), 5);
        assert_eq!(lines_on_page(5, 4), 3);
        assert_eq!(lines_on_page(5, 3), 3);
        assert_eq!(lines_on_page(5, 1), 0);
        assert_eq!(lines_on_page(3, 2), 0);
        assert_eq!(lines_on_page(2, 1), 0);
    }

    #[test]
    fn pages_are_counted() {
        let mut flow = Flow::new(Frame::BOUND);
        flow.paragraph(&RichText::plain("первая"), styles::TEXT);
        flow.new_page();
        flow.paragraph(&RichText::plain("вторая"), styles::TEXT);
        let pages = flow.finish(&foot());
        assert_eq!(pages[0].texts(), ["первая", "Правила, версия 1", "7 «А» · лист 1 из 2"]);
        assert_eq!(pages[1].texts(), ["вторая", "Правила, версия 1", "7 «А» · лист 2 из 2"]);
    }

    #[test]
    fn long_texts_go_on_and_touch_nothing() {
        let text = RichText::marked(&"Модератор **до включения** знакомит участников с правилами общения. ".repeat(20));
        let mut flow = Flow::new(Frame::BOUND);
        for number in 0..20 {
            flow.heading(&RichText::bold("Обязанности модератора"), styles::HEADING);
            flow.space(Mm(2.0));
            flow.clause(&format!("4.{number}"), Mm(12.0), &text, styles::TEXT);
            flow.space(Mm(3.0));
        }
        let pages = flow.finish(&foot());
        assert!(pages.len() > 3);
        assert_eq!(flaws(&pages), []);
    }

    #[test]
    fn a_heading_is_never_the_last_line() {
        for filler in 30..60 {
            let mut flow = Flow::new(Frame::BOUND);
            for _ in 0..filler {
                flow.paragraph(&RichText::plain("строка"), styles::TEXT);
            }
            flow.heading(&RichText::plain("Заголовок"), styles::HEADING);
            flow.paragraph(&RichText::plain("После него"), styles::TEXT);
            let pages = flow.finish(&foot());
            let page = pages.iter().find(|page| page.texts().contains(&"Заголовок")).unwrap();
            assert!(page.texts().contains(&"После него"), "{filler}");
        }
    }
}
