//! Pages → the bytes of a PDF. The only place that knows printpdf, lopdf and subsetter.
//!
//! It translates and decides nothing: every place and size comes from the display list. The bytes depend on the
//! arguments alone. What is the same in all files (the cut-down faces, deflated) is made once per process.

mod binder;
mod faces;
mod operations;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use jiff::civil::Date;
use lopdf::{Dictionary, Object, StringFormat};
use printpdf::{PdfDocument, PdfPage, PdfSaveOptions, XObject, XObjectId};
use sha2::{Digest, Sha256};

use super::canvas::{Item, Page};
use super::error::PaperError;
use super::font::Face;
use super::qr::QrMatrix;
use faces::EmbeddedFace;

pub use binder::{Binder, LastPart};

/// What a PDF says about itself.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// Shown in the title bar of a viewer.
    pub title: &'a str,
    /// The school.
    pub author: &'a str,
    /// The date of issue; it becomes the dates of the file.
    pub issued: Date,
}

/// Deflate's level for pages: 6 is as good as 9 there and twice as fast.
const PAGE_LEVEL: Compression = Compression::new(6);

/// The bytes of a PDF of these pages.
///
/// # Errors
/// Only where a compiled-in typeface is damaged or the PDF cannot be put together: a fault of the program.
pub fn write(pages: &[Page], about: &About<'_>) -> Result<Vec<u8>, PaperError> {
    let mut file = assembled(pages, about.title)?;
    set_identity(&mut file, about);
    set_information(&mut file, about);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(PaperError::Assembly)?;
    Ok(bytes)
}

/// The pages as a file that says nothing about itself yet.
fn assembled(pages: &[Page], title: &str) -> Result<lopdf::Document, PaperError> {
    let faces = used_faces(pages)?;
    let codes = used_codes(pages);
    let mut document = PdfDocument::new(title);
    for face in &faces {
        document.resources.fonts.map.insert(face.id.clone(), face.font.clone());
    }
    for (index, code) in codes.iter().enumerate() {
        document.resources.xobjects.map.insert(code_id(index), XObject::External(operations::code_form(code)));
    }
    document.pages = pages
        .iter()
        .map(|page| {
            let size = |length| printpdf::Mm(super::units::Mm::max(length, super::units::Mm(0.0)).0);
            PdfPage::new(size(page.width), size(page.height), operations::of_page(page, &codes))
        })
        .collect();
    let options = PdfSaveOptions { optimize: false, subset_fonts: false, secure: true, image_optimization: None };
    let mut file = printpdf::serialize::to_lopdf_doc(&document, &options, &mut Vec::new());
    complete(&mut file, &faces)?;
    Ok(file)
}

/// The name of a QR code in the file.
fn code_id(index: usize) -> XObjectId {
    XObjectId(format!("Qr{index}"))
}

fn used_faces(pages: &[Page]) -> Result<Vec<Arc<EmbeddedFace>>, PaperError> {
    let mut used: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
    for item in pages.iter().flat_map(Page::items) {
        if let Item::Text(run) = item {
            used.entry(run.face).or_default().extend(run.text.chars());
        }
    }
    used.iter().map(|(face, letters)| faces::embedded(*face, letters)).collect()
}

/// The codes of all pages, each once.
fn used_codes(pages: &[Page]) -> Vec<Arc<QrMatrix>> {
    let mut codes: Vec<Arc<QrMatrix>> = Vec::new();
    for item in pages.iter().flat_map(Page::items) {
        if let Item::Qr(qr) = item
            && !codes.iter().any(|code| Arc::ptr_eq(code, &qr.code) || *code == qr.code)
        {
            codes.push(Arc::clone(&qr.code));
        }
    }
    codes
}

/// What printpdf leaves out.
fn complete(file: &mut lopdf::Document, faces: &[Arc<EmbeddedFace>]) -> Result<(), PaperError> {
    "1.7".clone_into(&mut file.version);
    for face in faces {
        face.put_into(file);
    }
    for object in file.objects.values_mut() {
        match object {
            Object::Stream(stream) if !stream.dict.has(b"Filter") => {
                let deflated = deflate(&stream.content, PAGE_LEVEL).map_err(PaperError::Assembly)?;
                stream.dict.set("Filter", "FlateDecode");
                stream.set_content(deflated);
            }
            Object::Dictionary(page) if page.has_type(b"Page") => {
                page.remove(b"Annots");
                page.remove(b"TrimBox");
                page.remove(b"CropBox");
            }
            _ => {}
        }
    }
    Ok(())
}

/// The identity of a file, which printpdf makes anew for each: a hash of what stands in it.
fn set_identity(file: &mut lopdf::Document, about: &About<'_>) {
    let mut hash = Sha256::new();
    for stream in file.objects.values().filter_map(|object| object.as_stream().ok()) {
        hash.update(&stream.content);
    }
    file.trailer.set("ID", identity(hash, about));
}

/// The identity of a file whose streams were hashed.
fn identity(mut hash: Sha256, about: &About<'_>) -> Object {
    hash.update(about.title);
    hash.update(about.issued.to_string());
    let hash = hash.finalize();
    let id = || Object::String(hash.iter().take(16).copied().collect(), StringFormat::Hexadecimal);
    Object::Array(vec![id(), id()])
}

fn set_information(file: &mut lopdf::Document, about: &About<'_>) {
    if let Ok(id) = file.trailer.get(b"Info").and_then(Object::as_reference) {
        file.set_object(id, information(about));
    }
    if let Ok(catalog) = file.catalog_mut() {
        describe(catalog);
    }
}

/// What a file says about itself.
fn information(about: &About<'_>) -> Dictionary {
    let issued = about.issued;
    let date = format!("D:{:04}{:02}{:02}000000Z", issued.year(), issued.month(), issued.day());
    let date = || Object::string_literal(date.as_str());
    let mut information = Dictionary::new();
    information.set("Title", lopdf::text_string(about.title));
    information.set("Author", lopdf::text_string(about.author));
    information.set("Creator", lopdf::text_string("zavuch"));
    information.set("Producer", lopdf::text_string("zavuch"));
    information.set("CreationDate", date());
    information.set("ModDate", date());
    information
}

/// The language, and how a viewer shows and prints.
fn describe(catalog: &mut Dictionary) {
    let mut preferences = Dictionary::new();
    preferences.set("DisplayDocTitle", true);
    // Slips and codes have their sizes for a reason: printed as they are.
    preferences.set("PrintScaling", "None");
    catalog.set("Lang", Object::string_literal("ru-RU"));
    catalog.set("ViewerPreferences", preferences);
}

fn deflate(bytes: &[u8], level: Compression) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::with_capacity(bytes.len() / 2), level);
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::civil::date;

    use super::{About, write};
    use crate::papers::canvas::Page;
    use crate::papers::qr::{QrMatrix, Resilience};
    use crate::papers::rich_text::RichText;
    use crate::papers::text::TextStyle;
    use crate::papers::units::{Area, Mm, Point, Pt};
    use crate::school::LinkUrl;

    fn pages() -> Vec<Page> {
        let link = LinkUrl::judged("https://max.ru/join/EXAMPLE-parents-7A-0000000000000000000000-01".to_owned());
        let code = Arc::new(QrMatrix::encode(&link, Resilience::Third).unwrap());
        let text = RichText::marked("МБОУ «Школа №\u{a0}31», **ёлка** Ә");
        (0..3)
            .map(|_| {
                let mut page = Page::a4();
                TextStyle::new(Pt(12.0)).set(&text, Mm(100.0)).draw(&mut page, Point::new(Mm(20.0), Mm(20.0)));
                page.qr(&code, Area::new(Mm(20.0), Mm(40.0), Mm(45.0), Mm(45.0)));
                page
            })
            .collect()
    }

    const ABOUT: About<'static> =
        About { title: "Талоны 7 «А»", author: "Школа № 31", issued: date(2026, 9, 1) };

    #[test]
    fn the_same_pages_give_the_same_bytes_on_any_thread() {
        let first = write(&pages(), &ABOUT).unwrap();
        let threads: Vec<_> = (0..8).map(|_| std::thread::spawn(|| write(&pages(), &ABOUT).unwrap())).collect();
        assert!(threads.into_iter().all(|thread| thread.join().unwrap() == first));
        let later = About { issued: date(2026, 9, 2), ..ABOUT };
        assert_ne!(write(&pages(), &later).unwrap(), first);
    }

    #[test]
    fn a_file_says_what_it_is() {
        let file = lopdf::Document::load_mem(&write(&pages(), &ABOUT).unwrap()).unwrap();
        assert_eq!((file.version.as_str(), file.get_pages().len()), ("1.7", 3));
        let catalog = file.catalog().unwrap();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"ru-RU");
        let information = file.trailer.get_deref(b"Info", &file).unwrap().as_dict().unwrap();
        assert_eq!(information.get(b"CreationDate").unwrap().as_str().unwrap(), b"D:20260901000000Z");
        assert_eq!(lopdf::decode_text_string(information.get(b"Title").unwrap()).unwrap(), ABOUT.title);
    }

    #[test]
    fn a_code_stands_in_a_file_once() {
        let file = lopdf::Document::load_mem(&write(&pages(), &ABOUT).unwrap()).unwrap();
        let forms = file.objects.values().filter(|object| {
            object.as_stream().is_ok_and(|stream| {
                stream.dict.get(b"Subtype").and_then(|name| name.as_name()).ok() == Some(b"Form".as_slice())
            })
        });
        assert_eq!(forms.count(), 1);
    }

    #[test]
    fn text_is_extracted_as_typed() {
        let file = lopdf::Document::load_mem(&write(&pages(), &ABOUT).unwrap()).unwrap();
        let text = file.extract_text(&[1]).unwrap();
        assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), "МБОУ «Школа № 31», ёлка Ә");
    }
}
