//! The journal of what runs have written into «выдача/»: its lines, and what they say of each file.
//!
//! Knows the text only; which file is written, kept or removed is not decided here.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use crate::school::Fingerprint;

/// The journal of every file that was ever written and is not yet removed: a line «hash path» before it is written, a
/// line «=hash length fingerprint path» when it stands.
pub(super) const JOURNAL: &str = ".опись";

/// The beginning of a line about a file that stands.
const STANDS: char = '=';

/// What earlier runs entered about a file.
#[derive(Debug, Default)]
pub(super) struct Earlier {
    /// The hashes of all bytes that may stand under the name.
    pub(super) hashes: BTreeSet<String>,
    /// What was written last, if it was written whole.
    pub(super) stands: Option<Standing>,
}

/// A file that was written whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) hash: String,
    /// Its bytes.
    pub(super) length: u64,
    /// What it was made from.
    pub(super) source: Fingerprint,
}

impl Standing {
    pub(super) fn line(&self, name: &str) -> String {
        let Self { hash, length, source } = self;
        format!("{STANDS}{hash} {length} {source} {name}\n")
    }

    /// The name and the file of a line without its mark.
    fn parse(line: &str) -> Option<(&str, Self)> {
        let mut parts = line.splitn(4, ' ');
        let (hash, length, source) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        Some((parts.next()?, Self { hash: hash.to_owned(), length, source }))
    }
}

/// The journal of earlier runs; a torn line is passed over.
pub(super) fn earlier(text: &str) -> BTreeMap<String, Earlier> {
    let mut earlier = BTreeMap::<String, Earlier>::new();
    for line in text.lines() {
        if let Some(line) = line.strip_prefix(STANDS) {
            let Some((name, stands)) = Standing::parse(line) else { continue };
            let entry = earlier.entry(name.to_owned()).or_default();
            entry.hashes.insert(stands.hash.clone());
            entry.stands = Some(stands);
        } else if let Some((hash, name)) = line.split_once(' ') {
            let entry = earlier.entry(name.to_owned()).or_default();
            entry.hashes.insert(hash.to_owned());
            // Its writing has begun: whatever stood there may be gone.
            entry.stands = None;
        }
    }
    earlier
}

pub(super) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
