//! Everything that was taken in of one signer: which mark holds, and what a row of the table was written with.
//!
//! Entries are never changed. A correction or a withdrawal is an entry, too: whatever was taken in before it does not hold
//! any more. A row that the program writes carries a stamp of the last entry; by it, what people changed can be told from
//! what the program wrote, and the newest row from an older copy.

use std::fmt::Write as _;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::{AcknowledgementMark, Fingerprint, Signature, SignatureDay, SignerId, SigningState};

/// Why a mark was taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// Somebody told it.
    Told,
    /// It takes the place of one that was wrong.
    Corrected,
    /// There is none: the one that was there was wrong.
    Withdrawn,
}

/// What was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureEntry {
    /// The mark; the one that was withdrawn.
    pub signature: Signature,
    /// Why it was taken in.
    pub kind: EntryKind,
    /// The day on which it was.
    pub taken_on: Date,
    /// Why a mark was corrected or withdrawn, in words; empty for one that was told.
    pub why: String,
}

/// The entries of one signer in the order in which they were taken in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signatures {
    entries: Vec<SignatureEntry>,
}

/// What the program had written into a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenRow<'a> {
    /// The mark that stood there; `None` where none did.
    pub mark: Option<&'a Signature>,
    /// Whether something was taken in since.
    pub age: RowAge,
}

/// Whether a row holds what is known now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowAge {
    /// It was written with the last entry.
    OfNow,
    /// Something was taken in since: it is an older copy.
    Older,
}

/// What stands before the stamp of a row with a mark, and of one without; letters, so that no spreadsheet takes a stamp
/// for a number.
const MARKED: char = 'm';
const BLANK: char = 'b';

impl Signatures {
    /// One entry more.
    pub fn push(&mut self, entry: SignatureEntry) {
        self.entries.push(entry);
    }

    /// All entries in the order in which they were taken in.
    pub fn entries(&self) -> &[SignatureEntry] {
        &self.entries
    }

    /// The marks that hold or did until a later one came, without those that were wrong; the last one holds.
    pub fn in_force(&self) -> Vec<&Signature> {
        let mut marks: Vec<_> = self.since_the_last_correction().collect();
        // A day that was told says more than any day on which something was taken in.
        marks.sort_by_key(|mark| (mark.day, mark.on));
        marks
    }

    /// The mark that holds.
    pub fn last(&self) -> Option<&Signature> {
        // Of several that are equal the last one.
        self.since_the_last_correction().max_by_key(|mark| (mark.day, mark.on))
    }

    fn since_the_last_correction(&self) -> impl Iterator<Item = &Signature> {
        let last = self.entries.iter().rposition(|entry| entry.kind != EntryKind::Told).unwrap_or_default();
        let held = self.entries.iter().skip(last).filter(|entry| entry.kind != EntryKind::Withdrawn);
        held.map(|entry| &entry.signature)
    }

    /// The mark that a row shows: none where the rules have changed since.
    pub fn shown(&self, rules: Option<Fingerprint>) -> Option<&Signature> {
        self.last().filter(|last| last.state(rules) != SigningState::Again)
    }

    /// What a row is stamped with that shows what is known now; empty where nothing is.
    pub fn stamp(&self, signer: &SignerId, rules: Option<Fingerprint>) -> String {
        let letter = if self.shown(rules).is_some() { MARKED } else { BLANK };
        let last = self.entries.len().checked_sub(1).and_then(|at| Some((at, self.entries.get(at)?)));
        last.map_or_else(String::new, |(at, entry)| format!("{letter}{}", sum(signer, at, entry)))
    }

    /// What the program had written into a row with this stamp; `None` for a stamp of nobody or of another.
    pub fn written(&self, signer: &SignerId, stamp: &str) -> Option<WrittenRow<'_>> {
        let letter = stamp.chars().next().filter(|letter| [MARKED, BLANK].contains(letter))?;
        let sought = stamp.get(1..)?;
        let at = self.entries.iter().enumerate().position(|(at, entry)| sum(signer, at, entry) == sought)?;
        let until = Self { entries: self.entries.iter().take(at + 1).cloned().collect() };
        let shown =
            until.last().and_then(|last| self.entries.iter().map(|entry| &entry.signature).find(|one| *one == last));
        let age = if at + 1 == self.entries.len() { RowAge::OfNow } else { RowAge::Older };
        Some(WrittenRow { mark: shown.filter(|_| letter == MARKED), age })
    }
}

impl FromIterator<SignatureEntry> for Signatures {
    fn from_iter<I: IntoIterator<Item = SignatureEntry>>(entries: I) -> Self {
        Self { entries: entries.into_iter().collect() }
    }
}

/// The beginning of the sum of an entry and of its place among the others: it tells nothing of the person.
fn sum(signer: &SignerId, at: usize, entry: &SignatureEntry) -> String {
    let SignatureEntry { signature: Signature { on, day, mark, rules: _ }, kind, .. } = entry;
    let told = *day == SignatureDay::Told;
    let text = format!("{} {at} {} {on} {told} {}", signer.code(), mark.id(), kind.id());
    Sha256::digest(text).iter().take(4).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl EntryKind {
    /// All.
    pub const ALL: [Self; 3] = [Self::Told, Self::Corrected, Self::Withdrawn];

    /// Its name in the store and in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Told => "told",
            Self::Corrected => "corrected",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl AcknowledgementMark {
    /// Whether it says that the rules were read, whatever channel is asked for.
    pub fn is_signature(self) -> bool {
        matches!(self, Self::Acquainted | Self::OtherChannel)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{EntryKind, RowAge, SignatureEntry, Signatures};
    use crate::school::{AcknowledgementMark, Fingerprint, PersonId, Signature, SignatureDay, SignerId};

    fn who() -> SignerId {
        SignerId::Student(PersonId::of_bytes([7; 16]))
    }

    fn rules() -> Fingerprint {
        Fingerprint::of_sum([1; 32])
    }

    /// «отказ 5», «отказ 5?» of an untold day, «исправлено: отказ 5», «снято: отказ 5».
    fn entry(text: &str) -> SignatureEntry {
        let (kind, rest) = match text.split_once(": ") {
            Some(("исправлено", rest)) => (EntryKind::Corrected, rest),
            Some((_, rest)) => (EntryKind::Withdrawn, rest),
            None => (EntryKind::Told, text),
        };
        let (words, day) = rest.rsplit_once(' ').expect("a day");
        let mark = AcknowledgementMark::ALL.into_iter().find(|mark| mark.words() == words).expect("a mark");
        let told = if day.ends_with('?') { SignatureDay::Untold } else { SignatureDay::Told };
        let on = date(2026, 9, day.trim_end_matches('?').parse().expect("a number"));
        let signature = Signature { on, day: told, mark, rules: Some(rules()) };
        SignatureEntry { signature, kind, taken_on: date(2026, 9, 20), why: String::new() }
    }

    #[track_caller]
    fn check(entries: &[&str], holds: &str) {
        let marks: Signatures = entries.iter().map(|text| entry(text)).collect();
        let last = marks.last().map(|last| format!("{} {}", last.mark.words(), last.on.day())).unwrap_or_default();
        assert_eq!(last, holds);
        assert_eq!(marks.in_force().last().copied(), marks.last());
    }

    #[test]
    fn the_mark_that_holds() {
        check(&[], "");
        check(&["отказ 5"], "отказ 5");
        check(&["отказ 5", "ознакомлен(а) 4"], "отказ 5");
        check(&["отказ 5?", "ознакомлен(а) 4"], "ознакомлен(а) 4");
        check(&["отказ 5", "исправлено: ознакомлен(а) 3"], "ознакомлен(а) 3");
        check(&["отказ 5", "снято: отказ 5"], "");
        check(&["не вернул(а) 3", "отказ 5", "снято: отказ 5"], "");
        check(&["отказ 5", "снято: отказ 5", "другой канал 4"], "другой канал 4");
        check(&["отказ 5", "исправлено: ознакомлен(а) 3", "отказ 4"], "отказ 4");
    }

    #[test]
    fn a_row_tells_what_it_was_written_with() {
        let mut marks = Signatures::default();
        assert_eq!(marks.stamp(&who(), Some(rules())), "");
        assert_eq!(marks.written(&who(), ""), None);
        marks.push(entry("отказ 5"));
        let first = marks.stamp(&who(), Some(rules()));
        assert!(first.starts_with('m') && first.len() == 9);
        let age =
            |marks: &Signatures, stamp: &str| marks.written(&who(), stamp).map(|row| (row.mark.is_some(), row.age));
        assert_eq!(age(&marks, &first), Some((true, RowAge::OfNow)));
        marks.push(entry("снято: отказ 5"));
        let second = marks.stamp(&who(), Some(rules()));
        assert_eq!(age(&marks, &first), Some((true, RowAge::Older)));
        assert_eq!(age(&marks, &second), Some((false, RowAge::OfNow)));
        // What is known by nobody, or was damaged.
        for stamp in ["m0badbeef", "b", "m", "x1", "Ы"] {
            assert_eq!(age(&marks, stamp), None);
        }
        assert_eq!(marks.written(&SignerId::Staff("кто".to_owned()), &first), None);
        // The same mark once more is another entry; rules that changed leave the row blank.
        marks.push(entry("отказ 5"));
        assert_ne!(marks.stamp(&who(), Some(rules())), first);
        assert!(marks.stamp(&who(), Some(Fingerprint::of_sum([2; 32]))).starts_with('b'));
    }
}
