//! The one door: a file in, a workbook or one issue out.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::school::Issue;

use super::archive::{self, Package};
use super::cells::{Form, Sheet, Workbook};
use super::limits::FILE_BYTES;
use super::refusal::{Refusal, Stranger};
use super::sniff::{self, Family, Markup};
use super::{Source, delimited, encoding, html, ods, spreadsheet_ml, xls, xlsx};

/// Reads a table file of any form.
///
/// # Errors
///
/// One issue that says why the file is not read and what to do: it is empty, damaged, encrypted, too large, or no
/// table.
pub fn read(source: &Source) -> Result<Workbook, Issue> {
    let bytes = if is_lock_file(source) { Err(Refusal::Stranger(Stranger::LockFile)) } else { load(source) };
    bytes.and_then(|bytes| parse(&bytes)).map_err(|refusal| refusal.issue(&source.label))
}

/// Reads the bytes of a table file of any form; `label` is what messages call it.
///
/// # Errors
///
/// As [`read`].
pub fn read_bytes(bytes: &[u8], label: &str) -> Result<Workbook, Issue> {
    let parsed = if bytes.len() as u64 > FILE_BYTES { Err(Refusal::TooLarge) } else { parse(bytes) };
    parsed.map_err(|refusal| refusal.issue(label))
}

/// The bytes of a file that is no table, within the limit of all files.
///
/// # Errors
///
/// As [`read`].
pub fn read_raw(source: &Source) -> Result<Vec<u8>, Issue> {
    load(source).map_err(|refusal| refusal.issue(&source.label))
}

/// Excel writes `~$name.xlsx` beside a file that is open, `LibreOffice` `.~lock.name.ods#`.
fn is_lock_file(source: &Source) -> bool {
    let name = source.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    name.starts_with("~$") || name.starts_with(".~lock.")
}

fn load(source: &Source) -> Result<Vec<u8>, Refusal> {
    let refused = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Refusal::Missing,
        ErrorKind::PermissionDenied | ErrorKind::ResourceBusy => Refusal::Locked,
        // ERROR_SHARING_VIOLATION of Windows has no kind of its own.
        _ if cfg!(windows) && error.raw_os_error() == Some(32) => Refusal::Locked,
        _ => Refusal::Unreadable,
    };
    let file = File::open(&source.path).map_err(refused)?;
    let mut bytes = Vec::new();
    file.take(FILE_BYTES + 1).read_to_end(&mut bytes).map_err(refused)?;
    if bytes.len() as u64 > FILE_BYTES { Err(Refusal::TooLarge) } else { Ok(bytes) }
}

/// Reads the bytes of a file. A reader of a library that panics on a damaged file does not end the program.
fn parse(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let workbook = catch_unwind(AssertUnwindSafe(|| read_family(bytes))).unwrap_or(Err(Refusal::Corrupt))?;
    if workbook.sheets.iter().all(Sheet::is_blank) { Err(Refusal::Empty) } else { Ok(workbook) }
}

fn read_family(bytes: &[u8]) -> Result<Workbook, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    match sniff::family(bytes) {
        Family::Zip => match archive::open(bytes)? {
            (Package::Xlsx, _) => xlsx::read(bytes),
            (Package::Ods, archive) => ods::read(archive),
        },
        Family::Compound => xls::read(bytes),
        Family::Markup => read_markup(bytes),
        Family::Text => read_text(bytes),
        Family::Stranger(stranger) => Err(Refusal::Stranger(stranger)),
    }
}

fn read_markup(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let decoded = encoding::decode_markup(bytes)?;
    match sniff::markup(&decoded.text) {
        Markup::SpreadsheetMl => spreadsheet_ml::read(&decoded.text),
        Markup::FlatOpenDocument => ods::read_flat(&decoded.text),
        Markup::Html => html::read(&decoded.text),
        Markup::Text => read_text(bytes),
        Markup::Other => Err(Refusal::Stranger(Stranger::Other)),
    }
}

/// The lines of a plain text, an e-mail copied into a file; `None` where the file is no text but a workbook.
///
/// # Errors
///
/// As [`read`].
pub fn read_lines(source: &Source) -> Result<Option<Vec<String>>, Issue> {
    let lines = || {
        let bytes = load(source)?;
        if bytes.is_empty() {
            return Err(Refusal::Empty);
        }
        match sniff::family(&bytes) {
            Family::Text => {
                let text = encoding::decode(&bytes)?.text;
                Ok(Some(text.lines().map(str::to_owned).collect()))
            }
            Family::Zip | Family::Compound | Family::Markup | Family::Stranger(_) => Ok(None),
        }
    };
    lines().map_err(|refusal: Refusal| refusal.issue(&source.label))
}

fn read_text(bytes: &[u8]) -> Result<Workbook, Refusal> {
    let decoded = encoding::decode(bytes)?;
    let table = delimited::read(&decoded.text)?;
    let form = Form::Delimited { encoding: decoded.encoding, delimiter: char::from(table.delimiter) };
    Ok(Workbook { form, sheets: vec![table.sheet] })
}
