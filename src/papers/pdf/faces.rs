//! The typefaces as they stand in a PDF: cut down to what is printed, deflated, numbered anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use flate2::Compression;
use lopdf::Object;
use printpdf::{FontId, FontMetrics, ParsedFont, PdfFont};
use sha2::{Digest, Sha256};
use subsetter::GlyphRemapper;

use super::deflate;
use crate::papers::error::PaperError;
use crate::papers::font::{Face, Font};

/// A face that is ready to be put into files.
pub(super) struct EmbeddedFace {
    /// Its name on pages.
    pub(super) id: FontId,
    /// What printpdf needs of it: characters, glyphs, widths. The outlines are put in by [`EmbeddedFace::put_into`].
    pub(super) font: PdfFont,
    base_name: String,
    letters: BTreeSet<char>,
    cap_height: i64,
    outlines: Vec<u8>,
    outlines_length: u32,
}

/// What Russian papers hold nearly always: one cut-down face of these characters serves nearly all files.
const USUAL: &str = " !%()+,-./0123456789:;?@_·§«»–—„“…•№MAXabcdefghijklmnopqrstuvwxyz\
    АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя";

/// The same for bold passages: names, titles, numbers.
const USUAL_BOLD: &str = " !(),-./0123456789:?·«»–—…№MAXaefmrsuwbx\
    АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя";

/// What links are made of.
const USUAL_MONO: &str = "-./0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

static REGULAR: LazyLock<Option<Arc<EmbeddedFace>>> = LazyLock::new(|| usual(Face::Regular));
static BOLD: LazyLock<Option<Arc<EmbeddedFace>>> = LazyLock::new(|| usual(Face::Bold));
static MONO: LazyLock<Option<Arc<EmbeddedFace>>> = LazyLock::new(|| usual(Face::Mono));

/// The name of a face on pages.
pub(super) fn face_id(face: Face) -> FontId {
    let name = match face {
        Face::Regular => "Regular",
        Face::Bold => "Bold",
        Face::Mono => "Mono",
    };
    FontId(name.to_owned())
}

/// A face with these characters: the usual cut, or one made for them where a name needs more.
pub(super) fn embedded(face: Face, letters: &BTreeSet<char>) -> Result<Arc<EmbeddedFace>, PaperError> {
    let usual = match face {
        Face::Regular => &REGULAR,
        Face::Bold => &BOLD,
        Face::Mono => &MONO,
    };
    let usual = usual.as_ref().ok_or(PaperError::Typeface { face: face.font().name })?;
    if letters.is_subset(&usual.letters) {
        return Ok(Arc::clone(usual));
    }
    let letters = usual.letters.union(letters).copied().collect();
    cut(face, letters).map(Arc::new).ok_or(PaperError::Typeface { face: face.font().name })
}

fn usual(face: Face) -> Option<Arc<EmbeddedFace>> {
    let letters = match face {
        Face::Regular => USUAL,
        Face::Bold => USUAL_BOLD,
        Face::Mono => USUAL_MONO,
    };
    cut(face, letters.chars().collect()).map(Arc::new)
}

fn cut(face: Face, letters: BTreeSet<char>) -> Option<EmbeddedFace> {
    let font = face.font();
    let mut numbers = GlyphRemapper::new();
    let mut glyphs = BTreeMap::new();
    let mut widths = BTreeMap::new();
    for letter in letters.iter().copied().filter(|letter| font.has(*letter)) {
        let number = numbers.remap(font.glyph_number(letter));
        glyphs.insert(u32::from(letter), number);
        widths.insert(number, font.advance(letter) as u16);
    }
    let program = subsetter::subset(font.bytes, 0, &numbers).ok()?;
    let base_name = format!("{}+{}", tag(&letters), font.name);
    Some(EmbeddedFace {
        id: face_id(face),
        font: PdfFont::new(parsed(font, &base_name, glyphs, widths)),
        base_name,
        letters,
        cap_height: font.cap_height as i64,
        outlines: deflate(&program, Compression::best()).ok()?,
        outlines_length: program.len() as u32,
    })
}

/// printpdf's view of a face. It copies the outlines several times for each file, so it gets one byte in their stead.
fn parsed(font: &Font, name: &str, glyphs: BTreeMap<u32, u16>, widths: BTreeMap<u16, u16>) -> ParsedFont {
    let metrics = FontMetrics { ascent: font.ascent as i16, descent: -(font.descent as i16) };
    let mut parsed = ParsedFont::with_glyph_data(vec![0], 0, Some(name.to_owned()), glyphs, widths, 1000, metrics);
    let bounds = &mut parsed.pdf_font_metrics;
    (bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max) = font.bounds;
    bounds.us_weight_class = font.weight;
    parsed
}

/// Six capitals that name a cut, the same for the same characters (ISO 32000-1, 9.6.4).
fn tag(letters: &BTreeSet<char>) -> String {
    let text: String = letters.iter().collect();
    Sha256::digest(text.as_bytes()).iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

impl EmbeddedFace {
    /// Puts the outlines in the place of the byte that printpdf was given.
    pub(super) fn put_into(&self, file: &mut lopdf::Document) {
        let is_own = |object: &Object| {
            let name = object.as_dict().and_then(|dictionary| dictionary.get(b"FontName")).and_then(Object::as_name);
            name.is_ok_and(|name| name == self.base_name.as_bytes())
        };
        let descriptor = file.objects.values_mut().find(|object| is_own(object));
        let Some(descriptor) = descriptor.and_then(|object| object.as_dict_mut().ok()) else { return };
        descriptor.set("CapHeight", self.cap_height);
        let Ok(outlines) = descriptor.get(b"FontFile2").and_then(Object::as_reference) else { return };
        if let Some(Object::Stream(stream)) = file.objects.get_mut(&outlines) {
            stream.dict.set("Filter", "FlateDecode");
            stream.dict.set("Length1", i64::from(self.outlines_length));
            stream.set_content(self.outlines.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use super::embedded;
    use crate::papers::font::Face;

    #[test]
    fn usual_texts_share_one_cut() {
        let letters = |text: &str| text.chars().collect::<BTreeSet<_>>();
        let first = embedded(Face::Regular, &letters("Фёдорова № 5 «А»")).unwrap();
        let second = embedded(Face::Regular, &letters("max.ru")).unwrap();
        assert!(Arc::ptr_eq(&first, &second));
        let rare = embedded(Face::Regular, &letters("Әлия")).unwrap();
        assert!(rare.letters.contains(&'Ә') && rare.letters.is_superset(&first.letters));
        assert_ne!(rare.base_name, first.base_name);
    }

    #[test]
    fn cuts_are_small() {
        let sizes = Face::ALL.map(|face| embedded(face, &BTreeSet::new()).unwrap().outlines.len());
        assert!(sizes.iter().all(|size| *size < 12_000), "{sizes:?}");
    }
}
