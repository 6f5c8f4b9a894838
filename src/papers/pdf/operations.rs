//! One page as the operations of a PDF.

use std::fmt::Write as _;
use std::sync::Arc;

use printpdf::{
    Color, DictItem, ExternalStream, ExternalXObject, Greyscale, LineDashPattern, LinePoint, Op, PaintMode,
    PdfFontHandle, Polygon, PolygonRing, Pt as PdfPt, Rect, TextItem, WindingOrder, XObjectTransform,
};

use super::code_id;
use super::faces::face_id;
use crate::papers::canvas::{BoxShape, Circle, Hatching, Ink, Item, Line, Page, Paint, PlacedQr, Stroke, TextRun};
use crate::papers::font::Face;
use crate::papers::qr::QrMatrix;
use crate::papers::units::{Area, Mm, Point, Pt};

/// How far the handles of a Bézier curve stand from its ends to make a quarter of a circle, for radius 1.
const QUARTER: f32 = 0.552_285;

/// What has been set on the page so far, so that nothing is set twice.
#[derive(Default)]
struct State {
    font: Option<(Face, Pt)>,
    tracking: f32,
    ink: Ink,
    thickness: Option<Pt>,
    stroke: Option<Stroke>,
    section: Option<Section>,
}

/// The text section that is open.
struct Section {
    block: usize,
    /// Where the line in hand begins; PDF places the next line from there.
    line_start: (PdfPt, PdfPt),
    /// The end of the last run.
    pen: Point,
}

struct Writer<'a> {
    operations: Vec<Op>,
    state: State,
    height: Mm,
    codes: &'a [Arc<QrMatrix>],
}

/// The operations of a page whose codes stand in the file in this order.
pub(super) fn of_page(page: &Page, codes: &[Arc<QrMatrix>]) -> Vec<Op> {
    let mut writer = Writer { operations: Vec::new(), state: State::default(), height: page.height, codes };
    for item in page.items() {
        if !matches!(item, Item::Text(_)) {
            writer.end_text();
        }
        match item {
            Item::Text(run) => writer.text(run),
            Item::Line(line) => writer.line(line),
            Item::Box(shape) => writer.shape(shape),
            Item::Circle(circle) => writer.circle(circle),
            Item::Hatching(hatching) => writer.hatching(hatching),
            Item::Qr(qr) => writer.code(qr),
        }
    }
    writer.end_text();
    writer.operations
}

/// A code as a form of one unit per module, to be used as often as needed.
pub(super) fn code_form(code: &QrMatrix) -> ExternalXObject {
    let mut content = String::new();
    for outline in code.outlines() {
        for (index, corner) in outline.iter().enumerate() {
            let operator = if index == 0 { 'm' } else { 'l' };
            // Writing to a String cannot fail.
            let _ = writeln!(content, "{} {} {operator}", corner.x, corner.y);
        }
        content.push_str("h\n");
    }
    content.push_str("f*");
    let size = DictItem::Real(code.size() as f32);
    let name = |text: &str| DictItem::Name(text.as_bytes().to_vec());
    let dict = [
        ("Type", name("XObject")),
        ("Subtype", name("Form")),
        ("BBox", DictItem::Array(vec![DictItem::Int(0), DictItem::Int(0), size.clone(), size])),
        ("Resources", DictItem::Dict { map: std::collections::BTreeMap::new() }),
    ];
    let dict = dict.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let stream = ExternalStream { dict, content: content.into_bytes(), compress: true };
    ExternalXObject { stream, width: None, height: None, dpi: None }
}

impl Writer<'_> {
    /// Runs of one block are one text section, and a run that goes on where the last one ended is not placed anew:
    /// programs that read the text of a page then find whole sentences.
    fn text(&mut self, run: &TextRun) {
        let mut line_start = (PdfPt(0.0), PdfPt(0.0));
        let mut goes_on = false;
        match &self.state.section {
            Some(section) if section.block == run.block => {
                line_start = section.line_start;
                goes_on = section.pen.y == run.origin.y && (section.pen.x - run.origin.x).0.abs() < 0.01;
            }
            Some(_) | None => {
                self.end_text();
                self.ink(run.ink);
                self.operations.push(Op::StartTextSection);
            }
        }
        if self.state.font != Some((run.face, run.size)) {
            self.state.font = Some((run.face, run.size));
            let font = PdfFontHandle::External(face_id(run.face));
            self.operations.push(Op::SetFont { font, size: points(run.size) });
        }
        let tracking = hundredth(run.size.0 * run.tracking / 1000.0);
        if (self.state.tracking - tracking).abs() > f32::EPSILON {
            self.state.tracking = tracking;
            self.operations.push(Op::SetCharacterSpacing { multiplier: tracking });
        }
        if !goes_on {
            let place = self.place(run.origin);
            let moved = |to: PdfPt, from: PdfPt| PdfPt(hundredth(to.0 - from.0));
            let pos = printpdf::Point { x: moved(place.x, line_start.0), y: moved(place.y, line_start.1) };
            self.operations.push(Op::SetTextCursor { pos });
            line_start = (place.x, place.y);
        }
        self.operations.push(Op::ShowText { items: kerned(run) });
        let pen = Point::new(run.origin.x + run.width, run.origin.y);
        self.state.section = Some(Section { block: run.block, line_start, pen });
    }

    fn end_text(&mut self) {
        if self.state.section.take().is_some() {
            self.operations.push(Op::EndTextSection);
        }
    }

    fn line(&mut self, line: &Line) {
        self.pen(line.thickness, line.stroke);
        let points = [line.from, line.to].map(|point| LinePoint { p: self.place(point), bezier: false });
        let line = printpdf::Line { points: points.to_vec(), is_closed: false };
        self.operations.push(Op::DrawLine { line });
    }

    fn shape(&mut self, shape: &BoxShape) {
        let (area, mode) = self.paint(shape.paint, shape.area);
        if shape.radius <= Mm(0.0) {
            let rectangle = self.rectangle(area, mode);
            self.operations.push(Op::DrawRectangle { rectangle });
            return;
        }
        let radius = shape.radius.min(area.width / 2.0).min(area.height / 2.0);
        self.rounded(area, radius, mode);
    }

    fn circle(&mut self, circle: &Circle) {
        let around = Area::new(circle.centre.x, circle.centre.y, Mm(0.0), Mm(0.0)).inset(-circle.radius);
        let (area, mode) = self.paint(circle.paint, around);
        self.rounded(area, area.width / 2.0, mode);
    }

    fn hatching(&mut self, hatching: &Hatching) {
        let Hatching { area, step, thickness } = *hatching;
        self.pen(thickness, Stroke::Solid);
        self.operations.push(Op::SaveGraphicsState);
        let clip = self.rectangle(area, PaintMode::Clip);
        self.operations.push(Op::DrawRectangle { rectangle: clip });
        let mut x = area.x - area.height;
        while x < area.right() + step {
            let ends = [Point::new(x, area.y), Point::new(x + area.height, area.bottom())];
            let points = ends.map(|point| LinePoint { p: self.place(point), bezier: false }).to_vec();
            self.operations.push(Op::DrawLine { line: printpdf::Line { points, is_closed: false } });
            x += step;
        }
        self.operations.push(Op::RestoreGraphicsState);
    }

    fn code(&mut self, qr: &PlacedQr) {
        self.ink(Ink::Black);
        let found = self.codes.iter().position(|code| Arc::ptr_eq(code, &qr.code) || *code == qr.code);
        let Some(index) = found else { return };
        let modules = qr.modules();
        let corner = self.place(modules.origin());
        let scale = Pt::from(modules.width / qr.code.size() as f32).0;
        // The form counts its modules downwards.
        let transform = XObjectTransform {
            translate_x: Some(corner.x),
            translate_y: Some(corner.y),
            scale_x: Some(scale),
            scale_y: Some(-scale),
            ..XObjectTransform::default()
        };
        self.operations.push(Op::UseXobject { id: code_id(index), transform });
    }

    fn rounded(&mut self, area: Area, radius: Mm, mode: PaintMode) {
        let handle = radius * (1.0 - QUARTER);
        let (left, top, right, bottom) = (area.x, area.y, area.right(), area.bottom());
        let points = [
            (left + radius, top, false),
            (right - radius, top, false),
            (right - handle, top, true),
            (right, top + handle, true),
            (right, top + radius, false),
            (right, bottom - radius, false),
            (right, bottom - handle, true),
            (right - handle, bottom, true),
            (right - radius, bottom, false),
            (left + radius, bottom, false),
            (left + handle, bottom, true),
            (left, bottom - handle, true),
            (left, bottom - radius, false),
            (left, top + radius, false),
            (left, top + handle, true),
            (left + handle, top, true),
            (left + radius, top, false),
        ];
        let points = points.map(|(x, y, bezier)| LinePoint { p: self.place(Point::new(x, y)), bezier }).to_vec();
        let rings = vec![PolygonRing { points }];
        let polygon = Polygon { rings, mode, winding_order: WindingOrder::NonZero };
        self.operations.push(Op::DrawPolygon { polygon });
    }

    /// Sets ink or pen; an outline is drawn inside of its area.
    fn paint(&mut self, paint: Paint, area: Area) -> (Area, PaintMode) {
        match paint {
            Paint::Fill(ink) => {
                self.ink(ink);
                (area, PaintMode::Fill)
            }
            Paint::Outline(thickness) => {
                self.pen(thickness, Stroke::Solid);
                (area.inset(Mm::from(thickness) / 2.0), PaintMode::Stroke)
            }
        }
    }

    fn ink(&mut self, ink: Ink) {
        if self.state.ink != ink {
            self.state.ink = ink;
            let percent = match ink {
                Ink::Black => 0.0,
                Ink::White => 1.0,
            };
            let col = Color::Greyscale(Greyscale { percent, icc_profile: None });
            self.operations.push(Op::SetFillColor { col });
        }
    }

    fn pen(&mut self, thickness: Pt, stroke: Stroke) {
        if self.state.thickness != Some(thickness) {
            self.state.thickness = Some(thickness);
            self.operations.push(Op::SetOutlineThickness { pt: points(thickness) });
        }
        if self.state.stroke != Some(stroke) {
            self.state.stroke = Some(stroke);
            let dash = match stroke {
                Stroke::Solid => LineDashPattern::solid(),
                Stroke::Cut => LineDashPattern::new(0.0, &[3.5, 3.0]),
            };
            self.operations.push(Op::SetLineDashPattern { dash });
        }
    }

    /// PDF counts from the bottom left corner.
    fn place(&self, point: Point) -> printpdf::Point {
        printpdf::Point { x: points(point.x.into()), y: points((self.height - point.y).into()) }
    }

    fn rectangle(&self, area: Area, mode: PaintMode) -> Rect {
        let corner = self.place(Point::new(area.x, area.bottom()));
        Rect {
            x: corner.x,
            y: corner.y,
            width: points(area.width.into()),
            height: points(area.height.into()),
            mode: Some(mode),
            winding_order: Some(WindingOrder::NonZero),
        }
    }
}

/// The characters of a run with what stands nearer or farther than usual.
fn kerned(run: &TextRun) -> Vec<TextItem> {
    let font = run.face.font();
    let mut items = Vec::new();
    let mut piece = String::new();
    let mut letters = run.text.chars().peekable();
    while let Some(letter) = letters.next() {
        piece.push(letter);
        let stretch = if letter == ' ' { run.stretch } else { 0.0 };
        let kerning = letters.peek().map_or(0.0, |next| font.kerning(letter, *next)) + stretch;
        if kerning.abs() >= 0.5 {
            items.push(TextItem::Text(std::mem::take(&mut piece)));
            items.push(TextItem::Offset(-kerning.round()));
        }
    }
    if !piece.is_empty() {
        items.push(TextItem::Text(piece));
    }
    items
}

/// Points with two decimals: 0.004 mm.
fn points(length: Pt) -> PdfPt {
    PdfPt(hundredth(length.0))
}

fn hundredth(number: f32) -> f32 {
    (number * 100.0).round() / 100.0
}
