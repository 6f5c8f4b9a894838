//! Pages as lists of things in their places, in millimetres: the step between layout and PDF.
//!
//! Nothing here measures or decides; what stands on a page can be looked at by the checks (`checks`) and written by the
//! one file that knows PDF (`pdf`).

use std::sync::Arc;

use super::font::Face;
use super::qr::{QUIET_ZONE, QrMatrix};
use super::units::{Area, Mm, Point, Pt};

/// A finished page.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The width of the paper.
    pub width: Mm,
    /// The height of the paper.
    pub height: Mm,
    items: Vec<Item>,
    blocks: usize,
}

/// What a thing is drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ink {
    /// Black.
    #[default]
    Black,
    /// White, on black.
    White,
}

/// One thing on a page. Later things lie over earlier ones.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// Characters of one face on one line.
    Text(TextRun),
    /// A straight line.
    Line(Line),
    /// A rectangle.
    Box(BoxShape),
    /// A circle.
    Circle(Circle),
    /// Diagonal stripes that fill an area.
    Hatching(Hatching),
    /// A QR code.
    Qr(PlacedQr),
}

/// Characters of one face on one line.
#[derive(Clone, Debug, PartialEq)]
pub struct TextRun {
    /// Runs of one block of text have one number; they may touch each other.
    pub block: usize,
    /// The face.
    pub face: Face,
    /// The size of type.
    pub size: Pt,
    /// The left end of the base line.
    pub origin: Point,
    /// The width as laid out.
    pub width: Mm,
    /// The characters; every blank is a plain one.
    pub text: String,
    /// What each blank is wider than usual, in thousandths of the size.
    pub stretch: f32,
    /// Additional space between letters, in thousandths of the size.
    pub tracking: f32,
    /// The ink.
    pub ink: Ink,
}

/// A straight line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    /// One end.
    pub from: Point,
    /// The other end.
    pub to: Point,
    /// The thickness.
    pub thickness: Pt,
    /// Whole, or dashed where scissors go.
    pub stroke: Stroke,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// Without gaps.
    Solid,
    /// Dashes: a line to cut along. It may run to the edge of the paper.
    Cut,
}

/// A rectangle, filled or outlined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoxShape {
    /// Its area; an outline is drawn inside of it.
    pub area: Area,
    /// The radius of its corners.
    pub radius: Mm,
    /// How it is painted.
    pub paint: Paint,
}

/// How a shape is painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paint {
    /// Filled.
    Fill(Ink),
    /// Outlined in black.
    Outline(Pt),
}

/// A circle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circle {
    /// Its middle.
    pub centre: Point,
    /// Its outer radius.
    pub radius: Mm,
    /// How it is painted.
    pub paint: Paint,
}

/// Diagonal stripes that fill an area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hatching {
    /// The area.
    pub area: Area,
    /// From the beginning of a stripe to that of the next one, along the upper edge.
    pub step: Mm,
    /// The thickness of a stripe.
    pub thickness: Pt,
}

/// A QR code at its place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedQr {
    /// The code, encoded once for all its places.
    pub code: Arc<QrMatrix>,
    /// The square of the code with its quiet zone of four modules.
    pub area: Area,
}

impl Page {
    /// An empty upright A4 page.
    pub fn a4() -> Self {
        Self { width: Mm(210.0), height: Mm(297.0), items: Vec::new(), blocks: 0 }
    }

    /// The whole page.
    pub fn area(&self) -> Area {
        Area::new(Mm(0.0), Mm(0.0), self.width, self.height)
    }

    /// What stands on the page, in the order of drawing.
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// The texts on the page, in the order of drawing.
    #[cfg(test)]
    pub(super) fn texts(&self) -> Vec<&str> {
        self.items
            .iter()
            .filter_map(|item| if let Item::Text(run) = item { Some(run.text.as_str()) } else { None })
            .collect()
    }

    /// Puts a thing on the page, over what is there.
    pub fn push(&mut self, item: Item) {
        self.items.push(item);
    }

    /// The number of a new block of text.
    pub fn begin_text(&mut self) -> usize {
        self.blocks += 1;
        self.blocks
    }

    /// A horizontal rule.
    pub fn rule(&mut self, from: Point, length: Mm, thickness: Pt) {
        let to = Point::new(from.x + length, from.y);
        self.push(Item::Line(Line { from, to, thickness, stroke: Stroke::Solid }));
    }

    /// A vertical rule.
    pub fn upright_rule(&mut self, from: Point, length: Mm, thickness: Pt) {
        let to = Point::new(from.x, from.y + length);
        self.push(Item::Line(Line { from, to, thickness, stroke: Stroke::Solid }));
    }

    /// A dashed line to cut along.
    pub fn cut_line(&mut self, from: Point, to: Point) {
        self.push(Item::Line(Line { from, to, thickness: Pt(0.45), stroke: Stroke::Cut }));
    }

    /// A filled rectangle.
    pub fn filled(&mut self, area: Area, ink: Ink) {
        self.push(Item::Box(BoxShape { area, radius: Mm(0.0), paint: Paint::Fill(ink) }));
    }

    /// An outlined rectangle.
    pub fn outlined(&mut self, area: Area, thickness: Pt, radius: Mm) {
        self.push(Item::Box(BoxShape { area, radius, paint: Paint::Outline(thickness) }));
    }

    /// A QR code in a square that holds its quiet zone too.
    pub fn qr(&mut self, code: &Arc<QrMatrix>, area: Area) {
        self.push(Item::Qr(PlacedQr { code: Arc::clone(code), area }));
    }
}

impl Item {
    /// The area that the thing covers.
    pub fn bounds(&self) -> Area {
        match self {
            Self::Text(run) => run.bounds(),
            Self::Line(line) => {
                let half = Mm::from(line.thickness) / 2.0;
                let corner = |point: Point| Area::new(point.x, point.y, Mm(0.0), Mm(0.0)).inset(-half);
                corner(line.from).union(corner(line.to))
            }
            Self::Box(shape) => shape.area,
            Self::Circle(circle) => Area::new(circle.centre.x, circle.centre.y, Mm(0.0), Mm(0.0)).inset(-circle.radius),
            Self::Hatching(hatching) => hatching.area,
            Self::Qr(qr) => qr.modules(),
        }
    }
}

impl PlacedQr {
    /// The square of the modules; the quiet zone around it is white and may reach into a margin.
    pub fn modules(&self) -> Area {
        self.area.inset(self.area.width * (QUIET_ZONE as f32 / self.code.full_size() as f32))
    }
}

impl TextRun {
    /// The area from the top of the capitals to the tails below the base line.
    pub fn bounds(&self) -> Area {
        let font = self.face.font();
        let em = Mm::from(self.size) / 1000.0;
        let top = self.origin.y - em * font.cap_height;
        Area::new(self.origin.x, top, self.width, em * (font.cap_height + font.descent))
    }
}
