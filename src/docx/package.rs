//! A document as a value → the bytes of a .docx file.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::block::{Align, Block, Borders, Column, Document, Keep, Paragraph, Run, Table, Twips, Weight};
use super::{styles, xml};

/// A document could not be put together: a fault of the program.
#[derive(Debug, thiserror::Error)]
#[error("документ не удалось составить")]
pub struct DocxError {
    source: Box<dyn std::error::Error + Send + Sync>,
}

/// The page and its margins (ГОСТ Р 7.0.97-2016, 3.2): left 20, right 10, top and bottom 20 mm.
const PAGE: &str = concat!(
    r#"<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>"#,
    r#"<w:pgMar w:top="1134" w:right="567" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>"#,
    r#"<w:titlePg/></w:sectPr>"#,
);

const HEAD: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
    r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#,
);

/// The bytes of a .docx file with a document.
///
/// # Errors
/// When it cannot be put together.
pub fn write(document: &Document) -> Result<Vec<u8>, DocxError> {
    package(document).map_err(|source| DocxError { source })
}

fn package(document: &Document) -> Result<Vec<u8>, Box<dyn std::error::Error + Send + Sync>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // No clock: every part is of the first day that an archive knows.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let parts = [
        ("[Content_Types].xml", styles::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", styles::PACKAGE_RELATIONS.to_owned()),
        ("docProps/core.xml", properties(document)),
        ("word/document.xml", body(document)),
        ("word/_rels/document.xml.rels", styles::DOCUMENT_RELATIONS.to_owned()),
        ("word/styles.xml", styles::STYLES.to_owned()),
        ("word/settings.xml", styles::SETTINGS.to_owned()),
        ("word/header1.xml", styles::HEADER.to_owned()),
    ];
    for (name, text) in parts {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn properties(document: &Document) -> String {
    let Document { title, author, version, created, blocks: _ } = document;
    let (title, author) = (xml::text(title), xml::text(author));
    let date =
        |name: &str| format!(r#"<dcterms:{name} xsi:type="dcterms:W3CDTF">{created}T00:00:00Z</dcterms:{name}>"#);
    format!(
        concat!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#,
            r#"<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" "#,
            r#"xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" "#,
            r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title><dc:creator>{}</dc:creator>"#,
            r#"<dc:language>ru-RU</dc:language><cp:revision>{}</cp:revision>{}{}</cp:coreProperties>"#,
        ),
        title,
        author,
        version,
        date("created"),
        date("modified"),
    )
}

fn body(document: &Document) -> String {
    let mut into = HEAD.to_owned();
    for block in &document.blocks {
        match block {
            Block::Paragraph(one) => paragraph(&mut into, one, None),
            Block::Table(one) => table(&mut into, one),
            Block::PageBreak => into.push_str(r#"<w:p><w:r><w:br w:type="page"/></w:r></w:p>"#),
        }
    }
    into.push_str(PAGE);
    into.push_str("</w:body></w:document>");
    into
}

fn paragraph(into: &mut String, paragraph: &Paragraph, style: Option<&str>) {
    let Paragraph { runs, align, first_line, left, before, keep } = paragraph;
    into.push_str("<w:p><w:pPr>");
    if let Some(style) = style {
        let _ = write!(into, r#"<w:pStyle w:val="{style}"/>"#);
    }
    if *keep == Keep::WithNext {
        into.push_str("<w:keepNext/><w:keepLines/>");
    }
    if *align != Align::Both {
        into.push_str("<w:suppressAutoHyphens/>");
    }
    if *before > Twips::default() {
        let _ = write!(into, r#"<w:spacing w:before="{}"/>"#, before.0);
    }
    if (*first_line, *left) != Default::default() {
        let _ = write!(into, r#"<w:ind w:left="{}" w:firstLine="{}"/>"#, left.0, first_line.0);
    }
    let align = match align {
        Align::Left => "left",
        Align::Right => "right",
        Align::Centre => "center",
        Align::Both => "both",
    };
    let _ = write!(into, r#"<w:jc w:val="{align}"/></w:pPr>"#);
    for one in runs {
        run(into, one);
    }
    into.push_str("</w:p>");
}

fn run(into: &mut String, run: &Run) {
    let bold = if run.weight == Weight::Bold { "<w:rPr><w:b/><w:bCs/></w:rPr>" } else { "" };
    for (line, number) in run.text.split('\n').zip(0..) {
        let next = if number > 0 { "<w:br/>" } else { "" };
        let _ = write!(into, r#"<w:r>{bold}{next}<w:t xml:space="preserve">{}</w:t></w:r>"#, xml::text(line));
    }
}

fn table(into: &mut String, table: &Table) {
    let Table { columns, rows, borders, row_height } = table;
    // Texts beside each other look like the running text, those of a table of data are smaller.
    let style = (*borders == Borders::All).then_some("Cell");
    let whole: u32 = columns.iter().map(|column| column.width.0).sum();
    let _ = write!(into, r#"<w:tbl><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/>"#);
    if *borders == Borders::All {
        into.push_str("<w:tblBorders>");
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            let _ = write!(into, r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#);
        }
        into.push_str("</w:tblBorders>");
    }
    into.push_str(r#"<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>"#);
    for column in columns {
        let _ = write!(into, r#"<w:gridCol w:w="{}"/>"#, column.width.0);
    }
    into.push_str("</w:tblGrid>");
    if columns.iter().any(|column| !column.header.is_empty()) {
        let cells = columns.iter().map(|column| (column, column.header.as_str()));
        row(into, "<w:tblHeader/>", style, cells, |text| Paragraph {
            align: Align::Centre,
            keep: Keep::WithNext,
            ..Paragraph::of(vec![Run::bold(text)])
        });
    }
    let height = match row_height.0 {
        0 => String::new(),
        height => format!(r#"<w:trHeight w:val="{height}" w:hRule="atLeast"/>"#),
    };
    for cells in rows {
        let cells = columns.iter().zip(cells.iter().map(String::as_str));
        row(into, &height, style, cells, |text| Paragraph::of(vec![Run::plain(text)]));
    }
    into.push_str("</w:tbl>");
}

fn row<'a>(
    into: &mut String,
    look: &str,
    style: Option<&str>,
    cells: impl Iterator<Item = (&'a Column, &'a str)>,
    of: impl Fn(&str) -> Paragraph,
) {
    let _ = write!(into, "<w:tr><w:trPr><w:cantSplit/>{look}</w:trPr>");
    for (column, text) in cells {
        let _ = write!(into, r#"<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/></w:tcPr>"#, column.width.0);
        let one = of(text);
        let align = if one.align == Align::Centre { Align::Centre } else { column.align };
        paragraph(into, &Paragraph { align, ..one }, style);
        into.push_str("</w:tc>");
    }
    into.push_str("</w:tr>");
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use jiff::civil::date;
    use zip::ZipArchive;

    use super::write;
    use crate::docx::{Align, Block, Borders, Column, Document, Paragraph, Run, Table, Twips};

    fn document(text: &str) -> Document {
        let column = Column { header: "Чат".to_owned(), width: Twips::tenths_of_mm(500), align: Align::Left };
        let table = Table {
            columns: vec![column],
            rows: vec![vec![text.to_owned()]],
            borders: Borders::All,
            row_height: Twips(454),
        };
        Document {
            title: text.to_owned(),
            author: "Школа".to_owned(),
            version: 2,
            created: date(2026, 9, 1),
            blocks: vec![Block::Paragraph(Paragraph::of(vec![Run::bold(text)])), Block::PageBreak, Block::Table(table)],
        }
    }

    /// Every part is well-formed, whatever the text is, and the text stands in it.
    #[track_caller]
    fn check(text: &str) {
        let bytes = write(&document(text)).unwrap();
        assert_eq!(bytes, write(&document(text)).unwrap());
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut texts = Vec::new();
        for index in 0..archive.len() {
            let mut part = String::new();
            archive.by_index(index).unwrap().read_to_string(&mut part).unwrap();
            let mut reader = quick_xml::Reader::from_str(&part);
            loop {
                match reader.read_event().unwrap() {
                    quick_xml::events::Event::Eof => break,
                    quick_xml::events::Event::Text(one) => texts.push(one.xml10_content().into_owned()),
                    quick_xml::events::Event::GeneralRef(one) => {
                        texts.push(format!("&{};", &*one));
                    }
                    _ => {}
                }
            }
        }
        let whole = quick_xml::escape::unescape(&texts.concat()).unwrap().into_owned();
        assert_eq!(whole.matches(text).count(), 3, "{whole}");
    }

    #[test]
    fn any_text_is_a_text() {
        check("Школа № 31");
        check("<w:p>&amp;\"'</w:p>]]>");
        check("=1+1 {PAGE}");
        check(&"ш".repeat(250));
    }
}
