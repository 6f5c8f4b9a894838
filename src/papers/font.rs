//! The typefaces of the papers: what they can print and how wide it is.
//!
//! The faces are compiled in (`templates/fonts`). Widths and kerning are read once per process. Nothing here knows how a
//! face gets into a PDF.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use ttf_parser::kern;
use unicode_normalization::UnicodeNormalization;

use super::units::{Mm, Pt};

/// A typeface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    /// Running text.
    Regular,
    /// What is to be seen first.
    Bold,
    /// Links: every character of one width, `0` and `O` well apart.
    Mono,
}

/// A face with its measures. All lengths are in thousandths of the size of type.
pub struct Font {
    /// The whole face as a TrueType file.
    pub bytes: &'static [u8],
    /// The name in the PDF.
    pub name: &'static str,
    glyphs: Vec<Glyph>,
    /// By the left glyph, then by the right one: looked up for every letter of every paper.
    kerning: Vec<i16>,
    glyph_count: usize,
    /// The height of a capital letter.
    pub cap_height: f32,
    /// How far letters rise above the base line («Й» included).
    pub ascent: f32,
    /// How far letters go below the base line, a positive number.
    pub descent: f32,
    /// The weight class: 400 regular, 700 bold.
    pub weight: u16,
    /// The box that holds every glyph: left, bottom, right, top.
    pub bounds: (i16, i16, i16, i16),
}

/// A character's glyph; number 0 means that the face has none.
#[derive(Clone, Copy, Default)]
struct Glyph {
    number: u16,
    advance: u16,
}

/// Characters beyond this one are printed by no face.
const LAST_CHARACTER: usize = 0x2300;

static REGULAR: LazyLock<Font> =
    LazyLock::new(|| Font::read("ZavuchSans-Regular", include_bytes!("../../templates/fonts/zavuch-sans-regular.ttf")));
static BOLD: LazyLock<Font> =
    LazyLock::new(|| Font::read("ZavuchSans-Bold", include_bytes!("../../templates/fonts/zavuch-sans-bold.ttf")));
static MONO: LazyLock<Font> =
    LazyLock::new(|| Font::read("ZavuchMono-Regular", include_bytes!("../../templates/fonts/zavuch-mono-regular.ttf")));

impl Face {
    /// Every face.
    pub const ALL: [Self; 3] = [Self::Regular, Self::Bold, Self::Mono];

    /// The face with its measures, read at the first call.
    pub fn font(self) -> &'static Font {
        match self {
            Self::Regular => &REGULAR,
            Self::Bold => &BOLD,
            Self::Mono => &MONO,
        }
    }

    /// The width of a text on one line.
    pub fn width(self, text: &str, size: Pt) -> Mm {
        let font = self.font();
        let mut before = None;
        let mut width = 0.0;
        for letter in text.chars() {
            width += before.map_or(0.0, |before| font.kerning(before, letter)) + font.advance(letter);
            before = Some(letter);
        }
        Mm::from(size * (width / 1000.0))
    }
}

impl Font {
    /// A face from its file. A file that cannot be read makes a face that prints nothing; a test sees to it that none is.
    fn read(name: &'static str, bytes: &'static [u8]) -> Self {
        let mut font = Self {
            bytes,
            name,
            glyphs: vec![Glyph::default(); LAST_CHARACTER],
            kerning: Vec::new(),
            glyph_count: 0,
            cap_height: 700.0,
            ascent: 900.0,
            descent: 250.0,
            weight: 400,
            bounds: (0, -250, 1000, 900),
        };
        let Ok(face) = ttf_parser::Face::parse(bytes, 0) else { return font };
        let scale = 1000.0 / f32::from(face.units_per_em());
        for (code, slot) in (0_u32..).zip(&mut font.glyphs) {
            let Some(id) = char::from_u32(code).and_then(|letter| face.glyph_index(letter)) else { continue };
            let advance = f32::from(face.glyph_hor_advance(id).unwrap_or(0)) * scale;
            *slot = Glyph { number: id.0, advance: advance.round() as u16 };
        }
        font.glyph_count = face.number_of_glyphs().into();
        font.kerning = vec![0; font.glyph_count * font.glyph_count];
        let tables = face.tables().kern.into_iter().flat_map(|table| table.subtables);
        let pairs = tables.filter(|table| table.horizontal).filter_map(|table| match table.format {
            kern::Format::Format0(pairs) => Some(pairs.pairs),
            _ => None,
        });
        for pair in pairs.flatten() {
            let place = usize::from(pair.left().0) * font.glyph_count + usize::from(pair.right().0);
            if let Some(slot) = font.kerning.get_mut(place) {
                *slot = pair.value;
            }
        }
        font.cap_height = face.capital_height().map_or(font.cap_height, |height| f32::from(height) * scale);
        let high = |letter, fallback: f32| {
            let bounds = face.glyph_index(letter).and_then(|id| face.glyph_bounding_box(id));
            bounds.map_or((fallback, fallback), |bounds| {
                (f32::from(bounds.y_max) * scale, -f32::from(bounds.y_min) * scale)
            })
        };
        font.ascent = high('Й', font.ascent).0;
        font.descent = high('щ', font.descent).1.max(high('р', font.descent).1);
        font.weight = face.weight().to_number();
        let bounds = face.global_bounding_box();
        font.bounds = (bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max);
        font
    }

    /// Whether the face has a glyph for the character.
    pub fn has(&self, letter: char) -> bool {
        self.glyph(letter).number != 0
    }

    /// The number of the character's glyph in the whole face; 0 where there is none.
    pub fn glyph_number(&self, letter: char) -> u16 {
        self.glyph(letter).number
    }

    /// The width of a character.
    pub fn advance(&self, letter: char) -> f32 {
        f32::from(self.glyph(letter).advance)
    }

    /// How much nearer (a negative number) or farther two neighbours stand than their widths say.
    pub fn kerning(&self, left: char, right: char) -> f32 {
        let (left, right) = (usize::from(self.glyph_number(left)), usize::from(self.glyph_number(right)));
        self.kerning.get(left * self.glyph_count + right).copied().map_or(0.0, f32::from)
    }

    fn glyph(&self, letter: char) -> Glyph {
        self.glyphs.get(letter as usize).copied().unwrap_or_default()
    }
}

/// What a character is printed as: blanks of every kind as one of two, invisible characters not at all.
fn printed_as(letter: char) -> Option<char> {
    match letter {
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' => None,
        '\u{2007}' | '\u{202f}' => Some('\u{a0}'),
        '\n' => Some('\n'),
        other if other.is_whitespace() && other != '\u{a0}' => Some(' '),
        other if other.is_control() => None,
        other => Some(other),
    }
}

/// The characters of a text as they are printed: composed, without what cannot be seen.
pub fn printed(text: &str) -> impl Iterator<Item = char> {
    text.nfc().filter_map(printed_as)
}

/// The characters of a text that the papers' faces do not have, each once.
pub fn unprintable(text: &str) -> BTreeSet<char> {
    // Every face has these, and almost every name consists of nothing else.
    let is_plain = |letter: char| matches!(letter, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё' | '0'..='9' | ' ' | '-' | '.');
    if text.chars().all(is_plain) {
        return BTreeSet::new();
    }
    let printable = |letter: char| letter == '\n' || Face::ALL[..2].iter().all(|face| face.font().has(letter));
    printed(text).filter(|letter| !printable(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Face, unprintable};
    use crate::papers::units::Pt;

    #[test]
    fn every_face_prints_russian_papers() {
        for face in Face::ALL {
            for letter in "AZaz09АЯаяЁё№«»„“–—…§·•≤≥°×½ \u{a0}-_/:.,!?()[]+=@&%#*\"'’ӘәҒғҚқҢңӨөҮүҺһӀӏҖҗӒӓӰӱӴӵӶ".chars()
            {
                assert!(face.font().has(letter), "{face:?} has no «{letter}»");
            }
        }
    }

    #[test]
    fn kerning_brings_letters_together() {
        let sum = Face::Bold.width("Г", Pt(100.0)) + Face::Bold.width("а", Pt(100.0));
        assert!(Face::Bold.width("Га", Pt(100.0)) < sum);
    }

    #[test]
    fn mono_is_mono() {
        let width = |letter| Face::Mono.width(&String::from(letter), Pt(10.0));
        assert!("https://max.ru/join/Il10Oo_-".chars().all(|letter| width(letter) == width('m')));
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(unprintable(text).into_iter().collect::<String>(), expected);
    }

    #[test]
    fn what_cannot_be_printed_is_found() {
        check("Фёдорова-Ясная Анна № 5 «А»", "");
        check("Ли Вэй 李偉", "偉李");
        check("Алгебра 🙂\u{200b}\u{2009}", "🙂");
        check("две\nстроки", "");
        check("И\u{306}ода, Ее\u{308}лка", "");
    }
}
