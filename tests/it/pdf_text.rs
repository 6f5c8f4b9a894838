//! The text of a PDF with its places, as a reader copies it.
//!
//! It follows text matrices and `ToUnicode` maps of the page's own content. Text inside forms is not looked for: the
//! papers have none.

use std::collections::BTreeMap;

use lopdf::content::Operation;
use lopdf::{Dictionary, Document, Encoding, Object, ObjectId};

const POINTS_IN_MM: f32 = 72.0 / 25.4;

/// The text of one page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct PageText {
    /// The runs in the order in which they were drawn: a wrapped cell stays together.
    pub(crate) runs: Vec<Run>,
}

/// Text drawn at once.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Run {
    /// The text.
    pub(crate) text: String,
    /// Its beginning, in millimetres from the left edge of the page.
    pub(crate) left: f32,
    /// Its base line, in millimetres from the lower edge of the page.
    pub(crate) base: f32,
}

/// The pages of a PDF.
///
/// # Panics
/// When the bytes are no PDF, or a font has no map to Unicode.
#[track_caller]
pub(crate) fn texts(pdf: &[u8]) -> Vec<PageText> {
    let document = Document::load_mem(pdf).expect("a PDF");
    document.page_iter().map(|page| page_text(&document, page)).collect()
}

impl PageText {
    /// Whether a text stands on the page, wherever its lines are broken: blanks and hyphens are not compared, every
    /// other character is, «ё», «№» and quotation marks too.
    pub(crate) fn holds(&self, text: &str) -> bool {
        let joined = |runs: &mut dyn Iterator<Item = &str>| runs.collect::<Vec<_>>().concat();
        let drawn = joined(&mut self.runs.iter().map(|run| run.text.as_str()));
        squeezed(&drawn).contains(&squeezed(text)) || squeezed(&self.lines().concat()).contains(&squeezed(text))
    }

    /// The page line by line from the top, runs of a line from the left with a blank between them.
    pub(crate) fn lines(&self) -> Vec<String> {
        let mut runs: Vec<&Run> = self.runs.iter().collect();
        runs.sort_by(|one, other| other.base.total_cmp(&one.base));
        let mut lines: Vec<Vec<&Run>> = Vec::new();
        for run in runs {
            match lines.last_mut() {
                Some(line) if line[0].base - run.base < 0.3 => line.push(run),
                _ => lines.push(vec![run]),
            }
        }
        for line in &mut lines {
            line.sort_by(|one, other| one.left.total_cmp(&other.left));
        }
        let words = |line: Vec<&Run>| line.iter().map(|run| run.text.trim()).collect::<Vec<_>>().join(" ");
        lines.into_iter().map(words).collect()
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace() && !['-', '\u{ad}'].contains(letter)).collect()
}

fn page_text(document: &Document, page: ObjectId) -> PageText {
    let fonts = document.get_page_fonts(page).expect("the page's fonts");
    let encoding = |font| Dictionary::get_font_encoding(font, document).expect("a map to Unicode");
    let encodings: Encodings<'_> = fonts.iter().map(|(name, font)| (name.clone(), encoding(font))).collect();
    let mut pen = Pen {
        encodings: &encodings,
        encoding: None,
        matrices: vec![UNIT],
        line: UNIT,
        leading: 0.0,
        goes_on: false,
        runs: Vec::new(),
    };
    for operation in document.get_and_decode_page_content(page).expect("the page's content").operations {
        pen.follow(&operation);
    }
    PageText { runs: pen.runs }
}

type Encodings<'a> = BTreeMap<Vec<u8>, Encoding<'a>>;

/// A matrix of a PDF: a, b, c, d, e, f.
type Matrix = [f32; 6];

const UNIT: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

/// The move by the first matrix, then by the second.
fn then(first: Matrix, second: Matrix) -> Matrix {
    let cell = |row: usize, column: usize| first[row] * second[column] + first[row + 1] * second[column + 2];
    [cell(0, 0), cell(0, 1), cell(2, 0), cell(2, 1), cell(4, 0) + second[4], cell(4, 1) + second[5]]
}

fn matrix_of(numbers: &[f32]) -> Matrix {
    numbers.try_into().expect("six numbers")
}

/// What a viewer knows while it draws a page.
struct Pen<'a> {
    encodings: &'a Encodings<'a>,
    encoding: Option<&'a Encoding<'a>>,
    /// The matrix of the page and those that were saved below it.
    matrices: Vec<Matrix>,
    /// Where the line of text begins.
    line: Matrix,
    leading: f32,
    /// Whether the next text stands right behind the last one.
    goes_on: bool,
    runs: Vec<Run>,
}

impl Pen<'_> {
    fn follow(&mut self, operation: &Operation) {
        let numbers: Vec<f32> = operation.operands.iter().filter_map(|operand| operand.as_float().ok()).collect();
        match (operation.operator.as_str(), numbers.as_slice()) {
            ("q", _) => self.matrices.extend(self.matrices.last().copied()),
            ("Q", _) => drop(self.matrices.pop()),
            ("cm", numbers) => {
                if let Some(matrix) = self.matrices.last_mut() {
                    *matrix = then(matrix_of(numbers), *matrix);
                }
            }
            ("BT", _) => self.place(UNIT),
            ("Tm", numbers) => self.place(matrix_of(numbers)),
            ("TL", &[leading]) => self.leading = leading,
            ("Td", &[x, y]) => self.step(x, y),
            ("TD", &[x, y]) => {
                self.leading = -y;
                self.step(x, y);
            }
            ("T*", _) => self.step(0.0, -self.leading),
            ("Tf", _) => {
                let name = operation.operands.first().and_then(|name| name.as_name().ok()).expect("the name of a font");
                self.encoding = self.encodings.get(name);
            }
            ("Tj" | "TJ", _) => self.show(&operation.operands),
            ("'" | "\"", _) => {
                self.step(0.0, -self.leading);
                self.show(&operation.operands);
            }
            _ => {}
        }
    }

    fn place(&mut self, line: Matrix) {
        self.line = line;
        self.goes_on = false;
    }

    fn step(&mut self, x: f32, y: f32) {
        self.place(then([1.0, 0.0, 0.0, 1.0, x, y], self.line));
    }

    fn show(&mut self, operands: &[Object]) {
        let mut text = String::new();
        self.decode(operands, &mut text);
        let place = then(self.line, self.matrices.last().copied().unwrap_or(UNIT));
        match self.runs.last_mut() {
            Some(run) if self.goes_on => run.text.push_str(&text),
            _ => self.runs.push(Run { text, left: place[4] / POINTS_IN_MM, base: place[5] / POINTS_IN_MM }),
        }
        self.goes_on = true;
    }

    fn decode(&self, operands: &[Object], text: &mut String) {
        for operand in operands {
            match operand {
                Object::String(bytes, _) => {
                    let encoding = self.encoding.expect("a font before text");
                    text.push_str(&Document::decode_text(encoding, bytes).expect("text of the font's encoding"));
                }
                Object::Array(items) => self.decode(items, text),
                // A move to the right by a fifth of the letters' height or more stands for a blank.
                number if number.as_float().is_ok_and(|offset| offset < -200.0) && !text.ends_with(' ') => {
                    text.push(' ');
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Run, texts};
    use crate::drawn_pdf::written;

    #[test]
    fn text_comes_back_with_its_place() {
        let page =
            texts(&written(&[("Объедков Фёдор, 7 «А»", 20.0, 250.0), ("МБОУ «Школа № 31»", 110.0, 250.0)])).remove(0);
        let near = |run: &Run, left: f32, base: f32| (run.left - left).abs() < 0.01 && (run.base - base).abs() < 0.01;
        assert_eq!(page.lines(), ["Объедков Фёдор, 7 «А» МБОУ «Школа № 31»"]);
        assert!(near(&page.runs[0], 20.0, 250.0) && near(&page.runs[1], 110.0, 250.0), "{page:?}");
    }

    #[test]
    fn a_broken_line_is_one_text() {
        let page =
            texts(&written(&[("Мартынюк-", 20.0, 250.0), ("Заславская Алёна", 20.0, 245.0), ("№ 2", 90.0, 250.0)]));
        assert!(page[0].holds("Мартынюк-Заславская Алёна"));
        assert!(!page[0].holds("Мартынюк-Заславская Алена"));
        assert_eq!(page[0].lines(), ["Мартынюк- № 2", "Заславская Алёна"]);
    }
}
