//! Zip archives, judged before anything in them is read as a table.

use std::io::{Cursor, Read};

use flate2::read::DeflateDecoder;
use zip::CompressionMethod;
use zip::ZipArchive;
use zip::result::ZipError;

use super::limits::{ARCHIVE_BYTES, ARCHIVE_ENTRIES, LARGE_ENTRY, LARGE_ENTRY_RATIO, STYLES_BYTES};
use super::refusal::{Refusal, Stranger};
use super::xlsx_claims;

/// What an archive holds, by its entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Package {
    /// Office Open XML, a workbook.
    Xlsx,
    /// `OpenDocument`, a spreadsheet.
    Ods,
}

/// A zip archive in memory.
pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Opens an archive, tells what it holds and unpacks every entry once, to nowhere, to be sure that it stays within
/// the limits and is whole: the directory of an archive can lie.
pub(super) fn open(bytes: &[u8]) -> Result<(Package, Archive<'_>), Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refusal(&error))?;
    check_directory(&mut archive)?;
    let package = package(&mut archive)?;
    check_content(&mut archive, package)?;
    Ok((package, archive))
}

fn refusal(error: &ZipError) -> Refusal {
    match error {
        ZipError::InvalidPassword => Refusal::Encrypted,
        ZipError::UnsupportedArchive(what) if *what == ZipError::PASSWORD_REQUIRED => Refusal::Encrypted,
        _ => Refusal::Corrupt,
    }
}

fn check_directory(archive: &mut Archive<'_>) -> Result<(), Refusal> {
    if archive.len() > ARCHIVE_ENTRIES {
        return Err(Refusal::ZipBomb);
    }
    let mut sum = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|error| refusal(&error))?;
        if entry.encrypted() {
            return Err(Refusal::Encrypted);
        }
        sum = sum.saturating_add(entry.size());
        check_entry(entry.size(), entry.compressed_size())?;
    }
    if sum > ARCHIVE_BYTES { Err(Refusal::ZipBomb) } else { Ok(()) }
}

fn check_entry(unpacked: u64, packed: u64) -> Result<(), Refusal> {
    let bomb = unpacked > LARGE_ENTRY && unpacked > packed.saturating_mul(LARGE_ENTRY_RATIO);
    if bomb { Err(Refusal::ZipBomb) } else { Ok(()) }
}

fn package(archive: &mut Archive<'_>) -> Result<Package, Refusal> {
    let names: Vec<String> =
        archive.file_names().filter_map(Result::ok).map(|name| name.replace('\\', "/").to_lowercase()).collect();
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let has_under = |folder: &str| names.iter().any(|name| name.starts_with(folder));
    if has("xl/workbook.bin") {
        Err(Refusal::Stranger(Stranger::BinaryWorkbook))
    } else if has("word/document.xml") || has_under("word/") {
        Err(Refusal::Stranger(Stranger::Document))
    } else if has_under("ppt/") {
        Err(Refusal::Stranger(Stranger::Presentation))
    } else if has("xl/workbook.xml") || (has("[content_types].xml") && has_under("xl/")) {
        Ok(Package::Xlsx)
    } else if has("content.xml") {
        open_document(archive)
    } else {
        Err(Refusal::Stranger(Stranger::Archive))
    }
}

/// An `OpenDocument` package says what it is in its first entry, `mimetype`, and what is encrypted in its manifest.
fn open_document(archive: &mut Archive<'_>) -> Result<Package, Refusal> {
    let manifest = head(archive, "META-INF/manifest.xml", 1 << 20);
    if manifest.contains("encryption-data") {
        return Err(Refusal::Encrypted);
    }
    let kind = head(archive, "mimetype", 200);
    if kind.contains("opendocument.text") {
        Err(Refusal::Stranger(Stranger::Document))
    } else if kind.contains("opendocument.presentation") {
        Err(Refusal::Stranger(Stranger::Presentation))
    } else {
        Ok(Package::Ods)
    }
}

fn head(archive: &mut Archive<'_>, name: &str, bytes: u64) -> String {
    let mut head = Vec::new();
    if let Ok(entry) = archive.by_name(name) {
        // A damaged entry is told by the pass over all of them.
        let _ = entry.take(bytes).read_to_end(&mut head);
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// Unpacks every entry once, past the size that it claims, and counts.
fn check_content(archive: &mut Archive<'_>, package: Package) -> Result<(), Refusal> {
    let mut left = ARCHIVE_BYTES;
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|error| refusal(&error))?;
        let name = entry.name().map(|name| name.to_lowercase()).unwrap_or_default();
        let is_part = |end: &str| package == Package::Xlsx && name.ends_with(end);
        let packed = entry.compressed_size();
        let limit = if is_part("styles.xml") { STYLES_BYTES } else { left };
        let mut counted = Counted { inner: entry.take(limit + 1), bytes: 0 };
        let mut texts = Ok(0);
        let mut formats = Ok(());
        if is_part("sharedstrings.xml") {
            texts = xlsx_claims::claimed_texts(&mut counted);
        } else if is_part("styles.xml") {
            formats = xlsx_claims::check_formats(&mut counted);
        }
        let whole = std::io::copy(&mut counted, &mut std::io::sink());
        let unpacked = counted.bytes;
        drop(counted);
        if unpacked > limit {
            return Err(Refusal::ZipBomb);
        }
        check_entry(unpacked, packed)?;
        if whole.is_err() {
            return Err(broken_entry(archive, index));
        }
        if texts? > xlsx_claims::most_texts(unpacked) {
            return Err(Refusal::Corrupt);
        }
        formats?;
        left = left.saturating_sub(unpacked);
    }
    Ok(())
}

/// An entry that ends in an error is damaged, or unpacks to more than the directory says and is a bomb.
fn broken_entry(archive: &mut Archive<'_>, index: usize) -> Refusal {
    let Ok(entry) = archive.by_index_raw(index) else { return Refusal::Corrupt };
    let packed = entry.compressed_size();
    if entry.compression() != CompressionMethod::Deflated {
        return Refusal::Corrupt;
    }
    let mut counted = Counted { inner: DeflateDecoder::new(entry).take(ARCHIVE_BYTES), bytes: 0 };
    // Where the data breaks off, what came before is what it unpacks to.
    let _ = std::io::copy(&mut counted, &mut std::io::sink());
    check_entry(counted.bytes, packed).err().unwrap_or(Refusal::Corrupt)
}

/// Counts what goes through it.
struct Counted<R> {
    inner: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes += read as u64;
        Ok(read)
    }
}
