//! One file of many parts, written part by part: what is held at a time is the part in hand, however many pages there are.
//!
//! What the parts have in common (the cut-down faces, the code of a chat) stands in the file once. Each part gets an
//! entry in the outline, so that a person can go to a class and print it alone.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, Write};

use lopdf::{Dictionary, Object, ObjectId, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::{About, assembled, describe, identity, information};
use crate::papers::canvas::Page;
use crate::papers::error::PaperError;

const CATALOG: u32 = 1;
const PAGES: u32 = 2;
const INFORMATION: u32 = 3;
const OUTLINE: u32 = 4;

/// A file that is bound part by part.
#[derive(Debug)]
pub struct Binder<W> {
    target: W,
    written: u64,
    /// Where each object begins; its number is its place, from 1. Zero until it is written.
    offsets: Vec<u64>,
    /// Streams that may serve several parts, by their hash.
    shared: HashMap<[u8; 32], u32>,
    parts: Vec<Part>,
    hash: Sha256,
}

/// A part that was written.
#[derive(Debug)]
struct Part {
    /// The node of its pages.
    pages: u32,
    first: u32,
    count: usize,
    title: String,
}

impl<W: Write> Binder<W> {
    /// An empty file.
    ///
    /// # Errors
    /// When nothing can be written.
    pub fn new(target: W) -> Result<Self, PaperError> {
        let mut binder = Self {
            target,
            written: 0,
            offsets: vec![0; OUTLINE as usize],
            shared: HashMap::new(),
            parts: Vec::new(),
            hash: Sha256::new(),
        };
        // Bytes above 127 tell programs that send files that this is no text.
        binder.put(b"%PDF-1.7\n%\xbb\xad\xc0\xde\n").map_err(PaperError::Assembly)?;
        Ok(binder)
    }

    /// Adds a part with its entry in the outline; one without pages adds nothing.
    ///
    /// # Errors
    /// When it cannot be written, or by a fault of the program.
    pub fn add(&mut self, title: &str, pages: &[Page]) -> Result<(), PaperError> {
        if pages.is_empty() {
            return Ok(());
        }
        let file = assembled(pages, title)?;
        self.bind(&file, title, pages.len()).map_err(PaperError::Assembly)
    }

    /// Writes what holds the parts together and gives the target back. The part that was added last stands first where
    /// it is a front: what is known only when all others are done.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self, about: &About<'_>, last: LastPart) -> Result<W, PaperError> {
        if last == LastPart::Front {
            self.parts.rotate_right(1);
        }
        self.put_end(about).map_err(PaperError::Assembly)?;
        Ok(self.target)
    }

    fn bind(&mut self, file: &lopdf::Document, title: &str, count: usize) -> io::Result<()> {
        let catalog = file.trailer.get(b"Root").and_then(Object::as_reference).map_err(broken)?;
        let about = file.trailer.get(b"Info").and_then(Object::as_reference).ok();
        let pages = file.catalog().and_then(|catalog| catalog.get(b"Pages")?.as_reference()).map_err(broken)?;
        let bound = || file.objects.iter().filter(|(id, _)| **id != catalog && Some(**id) != about);
        let mut numbers = BTreeMap::new();
        let mut fresh = Vec::new();
        for (id, object) in bound() {
            let hash = content(object);
            if let Some(number) = hash.and_then(|hash| self.shared.get(&hash)) {
                numbers.insert(*id, *number);
                continue;
            }
            let number = self.reserve();
            numbers.insert(*id, number);
            fresh.push((number, object));
            if let Some(hash) = hash {
                self.shared.insert(hash, number);
            }
        }
        let root = numbers.get(&pages).copied().ok_or_else(|| io::Error::other("no pages"))?;
        for (number, object) in fresh {
            let mut object = renumbered(object, &numbers);
            if let (true, Object::Dictionary(node)) = (number == root, &mut object) {
                node.set("Parent", (PAGES, 0));
            }
            self.put_object(number, &object)?;
        }
        let first = file.page_iter().next().and_then(|page| numbers.get(&page).copied()).unwrap_or(root);
        self.parts.push(Part { pages: root, first, count, title: title.to_owned() });
        Ok(())
    }

    fn put_end(&mut self, about: &About<'_>) -> io::Result<()> {
        let kids: Vec<Object> = self.parts.iter().map(|part| Object::Reference((part.pages, 0))).collect();
        let count: usize = self.parts.iter().map(|part| part.count).sum();
        let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => whole(count) };
        self.put_object(PAGES, &Object::Dictionary(pages))?;
        self.put_outline()?;
        self.put_object(INFORMATION, &Object::Dictionary(information(about)))?;
        let mut catalog = dictionary! {
            "Type" => "Catalog", "Pages" => (PAGES, 0), "Outlines" => (OUTLINE, 0), "PageMode" => "UseOutlines",
        };
        describe(&mut catalog);
        self.put_object(CATALOG, &Object::Dictionary(catalog))?;
        let start = self.written;
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", self.offsets.len() + 1).into_bytes();
        for offset in &self.offsets {
            table.extend(format!("{offset:010} 00000 n \n").into_bytes());
        }
        self.put(&table)?;
        let trailer = dictionary! {
            "Size" => whole(self.offsets.len()) + 1,
            "Root" => (CATALOG, 0),
            "Info" => (INFORMATION, 0),
            "ID" => identity(std::mem::take(&mut self.hash), about),
        };
        let mut bytes = b"trailer\n".to_vec();
        serialize(&Object::Dictionary(trailer), &mut bytes);
        bytes.extend(format!("\nstartxref\n{start}\n%%EOF\n").bytes());
        self.put(&bytes)?;
        self.target.flush()
    }

    fn put_outline(&mut self) -> io::Result<()> {
        let numbers: Vec<u32> = (0..self.parts.len()).map(|_| self.reserve()).collect();
        let parts = std::mem::take(&mut self.parts);
        for (index, (part, number)) in parts.iter().zip(&numbers).enumerate() {
            let mut entry = dictionary! {
                "Title" => lopdf::text_string(&part.title),
                "Parent" => (OUTLINE, 0),
                "Dest" => vec![Object::Reference((part.first, 0)), "Fit".into()],
            };
            if let Some(before) = index.checked_sub(1).and_then(|index| numbers.get(index)) {
                entry.set("Prev", (*before, 0));
            }
            if let Some(after) = numbers.get(index + 1) {
                entry.set("Next", (*after, 0));
            }
            self.put_object(*number, &Object::Dictionary(entry))?;
        }
        let mut outline = dictionary! { "Type" => "Outlines", "Count" => whole(numbers.len()) };
        if let (Some(first), Some(last)) = (numbers.first(), numbers.last()) {
            outline.set("First", (*first, 0));
            outline.set("Last", (*last, 0));
        }
        self.put_object(OUTLINE, &Object::Dictionary(outline))
    }

    /// The number of a new object.
    fn reserve(&mut self) -> u32 {
        self.offsets.push(0);
        self.offsets.len() as u32
    }

    fn put_object(&mut self, number: u32, object: &Object) -> io::Result<()> {
        if let Object::Stream(stream) = object {
            self.hash.update(&stream.content);
        }
        if let Some(offset) = self.offsets.get_mut(number as usize - 1) {
            *offset = self.written;
        }
        let mut bytes = format!("{number} 0 obj\n").into_bytes();
        serialize(object, &mut bytes);
        bytes.extend(b"\nendobj\n");
        self.put(&bytes)
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as u64;
        self.target.write_all(bytes)
    }
}

/// Where the part that was added last stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastPart {
    /// At the end.
    Last,
    /// Before all others.
    Front,
}

/// A count as PDF has it.
fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A fault of the program.
fn broken(error: lopdf::Error) -> io::Error {
    io::Error::other(error)
}

/// The hash of a stream that needs no other object; others are never shared.
fn content(object: &Object) -> Option<[u8; 32]> {
    let stream = object.as_stream().ok()?;
    let mut bytes = Vec::new();
    serialize(&Object::Dictionary(stream.dict.clone()), &mut bytes);
    let needs_others = bytes.windows(3).any(|window| window == b" R ") || bytes.windows(3).any(|end| end == b" R>");
    (!needs_others).then(|| Sha256::new().chain_update(bytes).chain_update(&stream.content).finalize().into())
}

/// An object with the numbers that its references have in the bound file.
fn renumbered(object: &Object, numbers: &BTreeMap<ObjectId, u32>) -> Object {
    let of_all = |dictionary: &Dictionary| {
        let mut copy = Dictionary::new();
        for (key, value) in dictionary {
            copy.set(key.clone(), renumbered(value, numbers));
        }
        copy
    };
    match object {
        Object::Reference(id) => numbers.get(id).map_or(Object::Null, |number| Object::Reference((*number, 0))),
        Object::Array(items) => Object::Array(items.iter().map(|item| renumbered(item, numbers)).collect()),
        Object::Dictionary(dictionary) => Object::Dictionary(of_all(dictionary)),
        Object::Stream(stream) => {
            let mut copy = lopdf::Stream::new(of_all(&stream.dict), stream.content.clone());
            copy.allows_compression = false;
            Object::Stream(copy)
        }
        plain => plain.clone(),
    }
}

/// The bytes of an object (ISO 32000-1, 7.3).
fn serialize(object: &Object, into: &mut Vec<u8>) {
    match object {
        Object::Null => into.extend(b"null"),
        Object::Boolean(value) => into.extend(value.to_string().bytes()),
        Object::Integer(value) => into.extend(value.to_string().bytes()),
        Object::Real(value) => into.extend(value.to_string().bytes()),
        Object::Name(name) => serialize_name(name, into),
        Object::String(text, StringFormat::Literal) => {
            into.push(b'(');
            for byte in text {
                match byte {
                    b'(' | b')' | b'\\' => into.extend([b'\\', *byte]),
                    b'\r' => into.extend(b"\\r"),
                    byte => into.push(*byte),
                }
            }
            into.push(b')');
        }
        Object::String(text, StringFormat::Hexadecimal) => {
            into.push(b'<');
            into.extend(text.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()));
            into.push(b'>');
        }
        Object::Array(items) => {
            into.push(b'[');
            for item in items {
                serialize(item, into);
                into.push(b' ');
            }
            into.push(b']');
        }
        Object::Dictionary(dictionary) => {
            into.extend(b"<<");
            for (key, value) in dictionary {
                serialize_name(key, into);
                into.push(b' ');
                serialize(value, into);
                into.push(b' ');
            }
            into.extend(b">>");
        }
        Object::Stream(stream) => {
            serialize(&Object::Dictionary(stream.dict.clone()), into);
            into.extend(b"\nstream\n");
            into.extend(&stream.content);
            into.extend(b"\nendstream");
        }
        Object::Reference((number, generation)) => into.extend(format!("{number} {generation} R").bytes()),
    }
}

fn serialize_name(name: &[u8], into: &mut Vec<u8>) {
    into.push(b'/');
    for byte in name {
        if byte.is_ascii_alphanumeric() || b"+-_.,*'".contains(byte) {
            into.push(*byte);
        } else {
            into.extend(format!("#{byte:02X}").bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Binder, LastPart};
    use crate::papers::canvas::Page;
    use crate::papers::pdf::About;
    use crate::papers::rich_text::RichText;
    use crate::papers::text::TextStyle;
    use crate::papers::units::{Mm, Point, Pt};

    fn page(text: &str) -> Page {
        let mut page = Page::a4();
        let text = RichText::plain(text);
        TextStyle::new(Pt(12.0)).set(&text, Mm(100.0)).draw(&mut page, Point::new(Mm(20.0), Mm(20.0)));
        page
    }

    fn bound(parts: usize) -> Vec<u8> {
        let mut binder = Binder::new(Vec::new()).unwrap();
        for number in 1..=parts {
            let pages = [page(&format!("класс {number}")), page(&format!("конец ({number})"))];
            binder.add(&format!("{number} «А»"), &pages).unwrap();
        }
        binder.add("нет", &[]).unwrap();
        binder.add("Опись", &[page("опись")]).unwrap();
        let about =
            About { title: "Всё для печати", author: "Школа № 31", issued: date(2026, 9, 1) };
        binder.finish(&about, LastPart::Front).unwrap()
    }

    #[test]
    fn parts_stand_in_their_order_behind_the_front() {
        let file = lopdf::Document::load_mem(&bound(3)).unwrap();
        let numbers: Vec<u32> = file.get_pages().into_keys().collect();
        let texts = numbers.iter().map(|number| file.extract_text(&[*number]).unwrap().trim().to_owned());
        let expected = ["опись", "класс 1", "конец (1)", "класс 2", "конец (2)", "класс 3", "конец (3)"];
        assert_eq!(texts.collect::<Vec<_>>(), expected);
        let outline = file.get_toc().unwrap();
        let entries: Vec<String> = outline.toc.iter().map(|entry| format!("{} {}", entry.title, entry.page)).collect();
        assert_eq!(entries, ["Опись 1", "1 «А» 2", "2 «А» 4", "3 «А» 6"]);
        let catalog = file.catalog().unwrap();
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"ru-RU");
    }

    #[test]
    fn faces_stand_in_the_file_once() {
        let [few, many] = [3, 30].map(|parts| bound(parts).len());
        assert!(many - few < 27 * 6_000, "{few} {many}");
        assert_eq!(bound(3), bound(3));
    }
}
