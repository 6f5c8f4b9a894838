//! Small PDFs drawn for testing the tests: pages of QR codes with the black bars, frames and lines of real papers, and
//! pages of text.

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};
use qrcode::{EcLevel, QrCode};

const MM: f32 = 72.0 / 25.4;
const PAGE_HEIGHT: f32 = 297.0;

/// A code on a page, in millimetres from the upper left corner, its quiet zone not included.
pub(crate) struct Square {
    /// From the left edge.
    pub(crate) left: f32,
    /// From the upper edge.
    pub(crate) top: f32,
    /// The side.
    pub(crate) side: f32,
    /// What it says.
    pub(crate) text: String,
}

/// The codes of a page of slips in two columns, in reading order; `seed` makes their links differ.
pub(crate) fn slips(rows: u8, seed: u32) -> Vec<Square> {
    let height = (PAGE_HEIGHT - 17.0) / f32::from(rows);
    let places = (0..rows).flat_map(|row| [10.0, 115.0].map(|left| (left, 8.5 + height * f32::from(row) + 14.0)));
    let squares =
        places.zip(0..).map(|((left, top), number)| Square { left, top, side: 37.0, text: link(seed * 100 + number) });
    squares.collect()
}

/// A link of the usual 63 bytes.
pub(crate) fn link(number: u32) -> String {
    let tail = u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    format!("https://max.ru/join/EXAMPLE_{tail:020}-{number:014}")
}

/// An A4 page with these codes; each has a solid bar above it and a text's length of ink below, like a slip.
pub(crate) fn page(squares: &[Square]) -> Vec<u8> {
    let mut operations = Vec::new();
    for square in squares {
        code(square, &mut operations);
    }
    one_page(operations, None)
}

/// The same page; a white stripe takes away the middle of the first code.
pub(crate) fn damaged(squares: &[Square]) -> Vec<u8> {
    let mut operations = Vec::new();
    for square in squares {
        code(square, &mut operations);
    }
    if let Some(Square { left, top, side, .. }) = squares.first() {
        operations.push(Operation::new("g", vec![1.into()]));
        rectangle(&mut operations, [left + side * 0.3, top + side * 0.3, side * 0.6, side * 0.6], "f");
        operations.push(Operation::new("g", vec![0.into()]));
        rectangle(&mut operations, [left + side * 0.35, top + side * 0.35, side * 0.3, side * 0.3], "f");
    }
    one_page(operations, None)
}

fn code(square: &Square, operations: &mut Vec<Operation>) {
    let Square { left, top, side, text } = square;
    let code = QrCode::with_error_correction_level(text, EcLevel::M).expect("a text that fits");
    let module = side / code.width() as f32;
    let quiet = 4.0 * module;
    rectangle(operations, [*left, top - quiet - 6.0, 84.0, 6.0], "f");
    rectangle(operations, [*left, top + side + quiet, 80.0, 0.2], "f");
    rectangle(
        operations,
        [left - quiet, top - quiet - 8.0, side.max(84.0) + 2.0 * quiet + 4.0, side + 2.0 * quiet + 10.0],
        "S",
    );
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == qrcode::Color::Dark);
    for (index, _) in dark {
        let (row, column) = (index / code.width(), index % code.width());
        rectangle(operations, [left + module * column as f32, top + module * row as f32, module, module], "f");
    }
}

/// Left, top, width and height in millimetres, painted by an operator.
fn rectangle(operations: &mut Vec<Operation>, [left, top, width, height]: [f32; 4], paint: &str) {
    let points = [left, PAGE_HEIGHT - top - height, width, height].map(|length| (length * MM).into());
    operations.push(Operation::new("re", points.to_vec()));
    operations.push(Operation::new(paint, Vec::new()));
}

/// An A4 page with texts, each at its distance from the left and the lower edge in millimetres. Letters are glyphs
/// numbered as they first occur, kerned, with a map to Unicode, as a subset of a face has them.
pub(crate) fn written(texts: &[(&str, f32, f32)]) -> Vec<u8> {
    let mut letters: Vec<char> = Vec::new();
    let mut operations = vec![Operation::new("BT", Vec::new()), Operation::new("Tf", vec!["F1".into(), 12.into()])];
    let mut pen = [0.0, 0.0];
    for (text, left, base) in texts {
        let step = [(left * MM - pen[0]).into(), (base * MM - pen[1]).into()];
        pen = [left * MM, base * MM];
        operations.push(Operation::new("Td", step.to_vec()));
        let mut items: Vec<Object> = Vec::new();
        for letter in text.chars() {
            let glyph = letters.iter().position(|known| *known == letter).unwrap_or_else(|| {
                letters.push(letter);
                letters.len() - 1
            });
            items.push(Object::String((glyph as u16 + 1).to_be_bytes().to_vec(), lopdf::StringFormat::Hexadecimal));
            items.push(Object::Real(-20.0));
        }
        operations.push(Operation::new("TJ", vec![Object::Array(items)]));
    }
    operations.push(Operation::new("ET", Vec::new()));
    let lines: Vec<String> =
        letters.iter().zip(1..).map(|(letter, glyph)| format!("<{glyph:04X}> <{:04X}>", *letter as u32)).collect();
    let map = format!(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Adobe-Identity-UCS def\n\
         /CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{} beginbfchar\n{}\nendbfchar\n\
         endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n",
        lines.len(),
        lines.join("\n")
    );
    one_page(operations, Some(map))
}

/// A PDF of one A4 page; `map` is the map to Unicode of its only font, F1.
fn one_page(operations: Vec<Operation>, map: Option<String>) -> Vec<u8> {
    let mut document = Document::with_version("1.7");
    let mut resources = dictionary! {};
    if let Some(map) = map {
        let map = document.add_object(Stream::new(dictionary! {}, map.into_bytes()));
        let font = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "ABCDEF+Sample", "Encoding" => "Identity-H",
            "ToUnicode" => map,
        });
        resources.set("Font", dictionary! { "F1" => font });
    }
    let pages = document.new_object_id();
    let content = Content { operations }.encode().expect("operations");
    let content = document.add_object(Stream::new(dictionary! {}, content));
    let page = document.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => pages,
        "MediaBox" => vec![0.into(), 0.into(), Object::Real(210.0 * MM), Object::Real(PAGE_HEIGHT * MM)],
        "Resources" => resources,
        "Contents" => content,
    });
    let kids = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(kids));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a document");
    bytes
}
