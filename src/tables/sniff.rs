//! What a file is, by its first bytes: never by its extension.

use super::compound;
use super::refusal::Stranger;

/// The family of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// A zip archive: .xlsx, .ods and strangers.
    Zip,
    /// An OLE compound file: .xls, encrypted workbooks and strangers.
    Compound,
    /// Text that begins with a tag.
    Markup,
    /// Any other text.
    Text,
    /// A form that is known and is no table.
    Stranger(Stranger),
}

const STRANGERS: [(&[u8], Stranger); 15] = [
    (b"%PDF", Stranger::Pdf),
    (b"\x89PNG", Stranger::Picture),
    (b"\xFF\xD8\xFF", Stranger::Picture),
    (b"GIF8", Stranger::Picture),
    (b"II*\0", Stranger::Picture),
    (b"MM\0*", Stranger::Picture),
    (b"{\\rtf", Stranger::Document),
    (b"7z\xBC\xAF\x27\x1C", Stranger::Archive),
    (b"Rar!", Stranger::Archive),
    (b"\x1F\x8B", Stranger::Archive),
    (b"BZh", Stranger::Archive),
    (b"\xFD7zXZ", Stranger::Archive),
    (b"MIME-Version:", Stranger::WebPage),
    (b"MZ\x90", Stranger::Other),
    (b"SQLite format 3\0", Stranger::Other),
];

/// The family of a file by its bytes.
pub(super) fn family(bytes: &[u8]) -> Family {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || bytes.starts_with(b"PK\x07\x08") {
        return Family::Zip;
    }
    if bytes.starts_with(&compound::SIGNATURE) {
        return Family::Compound;
    }
    if let Some((_, stranger)) = STRANGERS.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Family::Stranger(*stranger);
    }
    // UTF-16 writes a zero byte with each Latin character; past the mark the first others decide.
    let first = bytes
        .iter()
        .copied()
        .filter(|byte| !matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFE | 0xFF))
        .find(|byte| !byte.is_ascii_whitespace());
    if first == Some(b'<') { Family::Markup } else { Family::Text }
}

/// What a text with tags is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Markup {
    /// `SpreadsheetML` 2003.
    SpreadsheetMl,
    /// `OpenDocument` in one XML file.
    FlatOpenDocument,
    /// A web page.
    Html,
    /// No markup after all: a text whose first character is `<`.
    Text,
    /// Another XML.
    Other,
}

/// What a text with tags is, by its beginning.
pub(super) fn markup(text: &str) -> Markup {
    let end = text.char_indices().nth(4096).map_or(text.len(), |(at, _)| at);
    let head = text[..end].to_ascii_lowercase();
    if head.contains("urn:schemas-microsoft-com:office:spreadsheet") && head.contains("<?xml") {
        Markup::SpreadsheetMl
    } else if head.contains("urn:oasis:names:tc:opendocument") {
        Markup::FlatOpenDocument
    } else if ["<html", "<!doctype html", "<table", "<tr", "<meta", "<body", "<head"]
        .iter()
        .any(|tag| head.contains(tag))
    {
        Markup::Html
    } else if head.contains("<?xml") || head.contains("<svg") || head.contains("xmlns") {
        Markup::Other
    } else {
        Markup::Text
    }
}

#[cfg(test)]
mod tests {
    use super::{Family, Markup, Stranger, family, markup};

    #[track_caller]
    fn check(bytes: &[u8], expected: Family) {
        assert_eq!(family(bytes), expected);
    }

    #[test]
    fn families() {
        check(b"PK\x03\x04rest", Family::Zip);
        check(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1rest", Family::Compound);
        check(b"\xEF\xBB\xBF \r\n<html>", Family::Markup);
        check(b"\xFF\xFE<\0t\0a\0", Family::Markup);
        check("ФИО;Класс".as_bytes(), Family::Text);
        check(b"%PDF-1.7", Family::Stranger(Stranger::Pdf));
        check(b"\x89PNG\r\n", Family::Stranger(Stranger::Picture));
        check(b"MIME-Version: 1.0", Family::Stranger(Stranger::WebPage));
    }

    #[test]
    fn markups() {
        assert_eq!(markup("<HTML xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><Table>"), Markup::Html);
        assert_eq!(
            markup("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">"),
            Markup::SpreadsheetMl
        );
        assert_eq!(markup("<?xml version=\"1.0\"?><svg/>"), Markup::Other);
        assert_eq!(markup("<нет класса>;Иванов"), Markup::Text);
    }
}
