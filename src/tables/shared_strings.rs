//! The table of shared texts of an .xlsx claims how many it holds; room is made for as many as it claims.

use std::io::{BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::Event;

use super::refusal::Refusal;

/// The shortest shared text is `<si/>`.
const SHORTEST: u64 = 5;

/// The most texts that a table of some bytes can hold.
pub(super) fn most(bytes: u64) -> u64 {
    bytes / SHORTEST
}

/// The number of texts that a table claims to hold; reads as far as its root element.
pub(super) fn declared(source: &mut impl Read) -> Result<u64, Refusal> {
    let mut reader = Reader::from_reader(BufReader::new(source));
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(start) | Event::Empty(start)) if start.local_name().as_ref() == "sst" => {
                return Ok(start
                    .attributes()
                    .with_checks(false)
                    .flatten()
                    .filter(|attribute| attribute.key.as_ref() == "uniqueCount")
                    .map(|attribute| attribute.value.trim().parse().unwrap_or(u64::MAX))
                    .max()
                    .unwrap_or(0));
            }
            Ok(Event::Eof) => return Ok(0),
            Ok(_) => {}
            Err(_) => return Err(Refusal::Corrupt),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::declared;

    #[track_caller]
    fn check(xml: &str, expected: u64) {
        assert_eq!(declared(&mut xml.as_bytes()), Ok(expected));
    }

    #[test]
    fn the_claim_is_read() {
        check("<?xml version=\"1.0\"?><sst count=\"9\" uniqueCount=\"7\"><si/></sst>", 7);
        check("<x:sst uniqueCount=\"99999999999999999999999\"/>", u64::MAX);
        check("<sst/>", 0);
        check("", 0);
    }
}
