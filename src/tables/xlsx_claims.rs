//! What the tables of texts and formats of an .xlsx ask for, before the reader makes room for it.
//!
//! The reader makes room for as many shared texts as the file claims to hold, and gives each format a copy of its font
//! and number format.

use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::refusal::Refusal;

/// The shortest shared text is `<si/>`.
const SHORTEST_TEXT: u64 = 5;

/// What a format takes in memory besides its names, in bytes, generously.
const FORMAT_BYTES: u64 = 800;

const ALL_FORMATS_BYTES: u64 = 256 << 20;

/// The most texts that a table of some bytes can hold.
pub(super) fn most_texts(bytes: u64) -> u64 {
    bytes / SHORTEST_TEXT
}

/// The number of texts that a table claims to hold; reads as far as its root element.
pub(super) fn claimed_texts(source: &mut impl Read) -> Result<u64, Refusal> {
    let mut claim = 0;
    each_start(source, |start| {
        let root = start.local_name().as_ref() == "sst";
        if root {
            claim = start
                .attributes()
                .with_checks(false)
                .flatten()
                .filter(|attribute| attribute.key.as_ref() == "uniqueCount")
                .map(|attribute| attribute.value.trim().parse().unwrap_or(u64::MAX))
                .max()
                .unwrap_or(0);
        }
        !root
    })?;
    Ok(claim)
}

/// Judges a table of formats: many formats are bearable, and so is a long name, but not both.
pub(super) fn check_formats(source: &mut impl Read) -> Result<(), Refusal> {
    let (mut formats, mut longest) = (0_u64, 0_u64);
    each_start(source, |start| {
        formats += u64::from(start.local_name().as_ref() == "xf");
        longest = longest.max(start.len() as u64);
        true
    })?;
    let bytes = formats.saturating_mul(FORMAT_BYTES + 2 * longest);
    if bytes > ALL_FORMATS_BYTES { Err(Refusal::ZipBomb) } else { Ok(()) }
}

/// Shows every opening tag to a function, until it says that it has seen enough.
fn each_start(source: &mut impl Read, mut see: impl FnMut(&BytesStart<'_>) -> bool) -> Result<(), Refusal> {
    let mut reader = Reader::from_reader(BufReader::new(source));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                if !see(&start) {
                    return Ok(());
                }
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => {}
            Err(_) => return Err(Refusal::Corrupt),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Refusal, check_formats, claimed_texts};

    #[track_caller]
    fn check_claim(xml: &str, expected: u64) {
        assert_eq!(claimed_texts(&mut xml.as_bytes()), Ok(expected));
    }

    #[test]
    fn the_claim_is_read() {
        check_claim("<?xml version=\"1.0\"?><sst count=\"9\" uniqueCount=\"7\"><si/></sst>", 7);
        check_claim("<x:sst uniqueCount=\"99999999999999999999999\"/>", u64::MAX);
        check_claim("<sst/>", 0);
        check_claim("", 0);
    }

    #[test]
    fn many_formats_with_long_names_are_refused() {
        let formats = "<xf/>".repeat(10_000);
        assert_eq!(check_formats(&mut format!("<s><name val=\"Arial\"/>{formats}</s>").as_bytes()), Ok(()));
        let name = "A".repeat(100_000);
        assert_eq!(
            check_formats(&mut format!("<s><name val=\"{name}\"/>{formats}</s>").as_bytes()),
            Err(Refusal::ZipBomb)
        );
    }
}
