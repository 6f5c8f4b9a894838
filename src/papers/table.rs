//! Tables: columns, rows that are never split, and a header that stands on every page.

use super::canvas::Page;
use super::flow::{Flow, styles};
use super::rich_text::RichText;
use super::text::{Align, Room, TextBlock, TextStyle};
use super::units::{Area, Mm, Point, Pt};

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows; one with fewer cells than columns ends with empty cells.
    pub rows: Vec<Row>,
    /// How it looks.
    pub look: TableLook,
}

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// What stands in the header.
    pub title: RichText,
    /// How wide it is.
    pub width: ColumnWidth,
    /// How its cells are aligned; the header is always in the middle.
    pub align: Align,
}

/// How wide a column is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ColumnWidth {
    /// As wide as this.
    Fixed(Mm),
    /// This part of what the fixed columns leave, measured against the other parts.
    Part(f32),
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Row {
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A text; empty for a cell to write in.
    Text(RichText),
    /// The cell above goes on: no rule between them. Where a page begins here, its text stands again.
    Continued,
    /// A small square to tick.
    Tick,
}

/// How a table looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TableLook {
    /// The type of the cells.
    pub cell: TextStyle,
    /// The type of the header.
    pub header: TextStyle,
    /// The least height of a row.
    pub row_height: Mm,
    /// The space between a text and the rules.
    pub padding: Mm,
    /// The thickness of the rules.
    pub rule: Pt,
    /// How much room the page of the last row keeps under it: for a signature that must not stand alone.
    pub room_below: Mm,
}

impl TableLook {
    /// Rows of 9.2 mm to sign in (`paper/README.md`).
    pub const FORM: Self = Self {
        cell: styles::CELL,
        header: styles::HEADER,
        row_height: Mm(9.2),
        padding: Mm(1.6),
        rule: Pt(0.6),
        room_below: Mm(0.0),
    };

    /// Rows as low as their text allows, for lists.
    pub const LIST: Self = Self { row_height: Mm(5.0), padding: Mm(1.2), ..Self::FORM };
}

impl Column {
    /// A column whose cells stand at the left.
    pub fn new(title: &str, width: ColumnWidth) -> Self {
        Self { title: RichText::bold(title), width, align: Align::Left }
    }

    /// The same with cells in the middle.
    #[must_use]
    pub fn centred(self) -> Self {
        Self { align: Align::Centre, ..self }
    }
}

impl Row {
    /// A row of texts.
    pub fn texts<T: Into<RichText>>(texts: impl IntoIterator<Item = T>) -> Self {
        Self { cells: texts.into_iter().map(|text| Cell::Text(text.into())).collect() }
    }

    /// The row with what it continues written out.
    fn after(&self, above: &[Cell]) -> Self {
        let written = |(index, cell): (usize, &Cell)| match (cell, above.get(index)) {
            (Cell::Continued, Some(above)) => above.clone(),
            (cell, _) => cell.clone(),
        };
        Self { cells: self.cells.iter().enumerate().map(written).collect() }
    }
}

impl Cell {
    /// A cell to write in.
    pub fn empty() -> Self {
        Self::Text(RichText::default())
    }
}

/// A row whose cells are set in lines.
struct LaidRow {
    cells: Vec<LaidCell>,
    height: Mm,
}

/// A cell set in lines.
enum LaidCell {
    Text(TextBlock),
    Continued,
    Tick,
}

/// The side of a square to tick.
const TICK: Mm = Mm(3.6);

/// The smallest type of a cell that would otherwise be higher than a page.
const SMALLEST: Pt = Pt(4.0);

impl Table {
    /// Puts the table into a flow.
    pub(super) fn put_into(&self, flow: &mut Flow) {
        let widths = self.widths(flow.width());
        let titles = Row { cells: self.columns.iter().map(|column| Cell::Text(column.title.clone())).collect() };
        let limit = flow.full_height();
        let header = self.lay(&titles, &widths, self.look.header, limit / 3.0, true);
        let highest = limit - header.height;
        let mut first_on_page = true;
        let mut above: Vec<Cell> = vec![Cell::empty(); self.columns.len()];
        for (index, row) in self.rows.iter().enumerate() {
            let mut laid = self.lay(row, &widths, self.look.cell, highest, false);
            let below = if index + 1 == self.rows.len() { self.look.room_below } else { Mm(0.0) };
            if index > 0 && flow.remaining() < laid.height + below - Mm(0.01) {
                self.close(flow);
                flow.new_page();
                first_on_page = true;
            }
            if first_on_page {
                // Nothing goes on from another page without its text.
                laid = self.lay(&row.after(&above), &widths, self.look.cell, highest, false);
                flow.keep(header.height + laid.height + below);
                flow.block(header.height, |page, area| self.draw(page, area, &widths, &header));
            }
            flow.block(laid.height, |page, area| self.draw(page, area, &widths, &laid));
            first_on_page = false;
            for (last, cell) in above.iter_mut().zip(&row.cells) {
                if *cell != Cell::Continued {
                    last.clone_from(cell);
                }
            }
        }
        if self.rows.is_empty() {
            flow.block(header.height, |page, area| self.draw(page, area, &widths, &header));
        }
        self.close(flow);
    }

    /// The rule under the last row of a page.
    fn close(&self, flow: &mut Flow) {
        flow.block(Mm(0.0), |page, area| page.rule(area.origin(), area.width, self.look.rule));
    }

    fn widths(&self, full: Mm) -> Vec<Mm> {
        let fixed = |column: &Column| if let ColumnWidth::Fixed(width) = column.width { width } else { Mm(0.0) };
        let part = |column: &Column| if let ColumnWidth::Part(part) = column.width { part } else { 0.0 };
        let rest = full - self.columns.iter().map(fixed).sum();
        let parts: f32 = self.columns.iter().map(part).sum();
        self.columns
            .iter()
            .map(|column| match column.width {
                ColumnWidth::Fixed(width) => width,
                ColumnWidth::Part(part) => rest * (part / parts.max(f32::EPSILON)),
            })
            .collect()
    }

    fn lay(&self, row: &Row, widths: &[Mm], style: TextStyle, limit: Mm, is_header: bool) -> LaidRow {
        let padding = self.look.padding * 2.0;
        let cells: Vec<LaidCell> = widths
            .iter()
            .zip(&self.columns)
            .enumerate()
            .map(|(index, (width, column))| {
                let style = if is_header { style } else { style.align(column.align) };
                let room = Room::of_width(*width - padding).height(limit - padding, SMALLEST);
                match row.cells.get(index) {
                    Some(Cell::Text(text)) => LaidCell::Text(set(text, style, room)),
                    Some(Cell::Continued) => LaidCell::Continued,
                    Some(Cell::Tick) => LaidCell::Tick,
                    None => LaidCell::Text(style.set(&RichText::default(), *width)),
                }
            })
            .collect();
        let highest = cells.iter().map(LaidCell::height).fold(Mm(0.0), Mm::max);
        LaidRow { height: (highest + padding).max(self.look.row_height).min(limit), cells }
    }

    /// The texts of a row, the rules above them and between them.
    fn draw(&self, page: &mut Page, area: Area, widths: &[Mm], row: &LaidRow) {
        let look = &self.look;
        let mut x = area.x;
        for (width, cell) in widths.iter().zip(&row.cells) {
            let inner = Area::new(x + look.padding, area.y, *width - look.padding * 2.0, area.height);
            if !matches!(cell, LaidCell::Continued) {
                page.rule(Point::new(x, area.y), *width, look.rule);
            }
            match cell {
                LaidCell::Text(text) => text.draw_in_middle(page, inner),
                LaidCell::Continued => {}
                LaidCell::Tick => {
                    let (side, middle) = (TICK, inner.centre());
                    let square = Area::new(middle.x - side / 2.0, middle.y - side / 2.0, side, side);
                    page.outlined(square, look.rule, Mm(0.0));
                }
            }
            page.upright_rule(Point::new(x, area.y), area.height, look.rule);
            x += *width;
        }
        page.upright_rule(Point::new(x, area.y), area.height, look.rule);
    }
}

/// A text in its cell: a long word makes the type a little smaller before it is torn, a long text at the end of all
/// room much smaller.
fn set(text: &RichText, style: TextStyle, room: Room) -> TextBlock {
    let block = style.fit(text, Room { height: Mm(f32::MAX), smallest: style.size * 0.8, ..room });
    if block.height() <= room.height { block } else { style.fit(text, room) }
}

impl LaidCell {
    fn height(&self) -> Mm {
        match self {
            Self::Text(text) => text.height(),
            Self::Continued => Mm(0.0),
            Self::Tick => TICK,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Column, ColumnWidth, Row, Table, TableLook};
    use crate::papers::canvas::Page;
    use crate::papers::checks::flaws;
    use crate::papers::flow::{Flow, Foot, Frame};
    use crate::papers::rich_text::RichText;
    use crate::papers::units::Mm;

    fn pages(rows: Vec<Row>) -> Vec<Page> {
        let columns = vec![
            Column::new("№", ColumnWidth::Fixed(Mm(8.0))).centred(),
            Column::new("Обучающийся", ColumnWidth::Part(1.0)),
            Column::new("Родитель (законный представитель)", ColumnWidth::Part(1.1)),
            Column::new("Ознакомлен(а)", ColumnWidth::Fixed(Mm(20.0))),
        ];
        let mut flow = Flow::new(Frame::BOUND);
        flow.table(&Table { columns, rows, look: TableLook::FORM });
        flow.finish(&Foot::default())
    }

    #[test]
    fn every_page_has_the_header() {
        let pages = pages((1..=80).map(|number| Row::texts([number.to_string(), "Жуков Илья".to_owned()])).collect());
        assert_eq!(pages.len(), 3);
        for page in &pages {
            assert_eq!(page.texts()[..2], ["№", "Обучающийся"]);
        }
        assert_eq!(flaws(&pages), []);
    }

    #[test]
    fn what_goes_on_is_written_again_on_a_new_page() {
        let row = |index: usize| {
            let pupil = if index == 0 { Cell::Text(RichText::plain("Жуков Илья")) } else { Cell::Continued };
            Row {
                cells: vec![Cell::empty(), pupil, Cell::Text(RichText::plain("Жукова Елена")), Cell::Tick]
            }
        };
        let pages = pages((0..40).map(row).collect());
        let pupils = |page: &Page| page.texts().into_iter().filter(|text| *text == "Жуков Илья").count();
        assert_eq!(pages.iter().map(pupils).collect::<Vec<_>>(), [1, 1]);
    }

    #[test]
    fn nothing_in_a_cell_leaves_it() {
        let long = "Преподаватель-организатор-безопасности ".repeat(12);
        let endless = "Ы".repeat(3000);
        let pages = pages(vec![
            Row::texts(["1", long.as_str(), endless.as_str()]),
            Row::texts(["1000000000", "Константинопольская-Переяславская", "к"]),
        ]);
        assert_eq!(flaws(&pages), []);
    }
}
