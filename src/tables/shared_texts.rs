//! The longest of the shared texts of an .xls: each cell that names it gets a copy of its own.

use super::refusal::Refusal;

const WIDE: u8 = 0x01;
const PHONETIC: u8 = 0x04;
const FORMATTED: u8 = 0x08;

/// The most bytes of UTF-8 that one unit of a text becomes.
const BYTES_PER_UNIT: u64 = 3;

/// The length of the longest text of a table, in bytes of UTF-8 at most. The table is given as its record and the
/// records that continue it (MS-XLS 2.4.265, 2.5.293).
pub(super) fn longest(pieces: &[&[u8]]) -> Result<u64, Refusal> {
    let Some((first, further)) = pieces.split_first() else { return Ok(0) };
    let mut table = Table { piece: first.get(8..).ok_or(Refusal::Corrupt)?, further };
    let mut longest = 0;
    while !table.piece.is_empty() || table.turn() {
        longest = longest.max(table.pass_text()?);
    }
    Ok(longest * BYTES_PER_UNIT)
}

struct Table<'a> {
    piece: &'a [u8],
    further: &'a [&'a [u8]],
}

impl<'a> Table<'a> {
    fn turn(&mut self) -> bool {
        let Some((next, further)) = self.further.split_first() else { return false };
        (self.piece, self.further) = (next, further);
        true
    }

    fn take(&mut self, bytes: usize) -> Result<&'a [u8], Refusal> {
        let (taken, rest) = self.piece.split_at_checked(bytes).ok_or(Refusal::Corrupt)?;
        self.piece = rest;
        Ok(taken)
    }

    fn number(&mut self, bytes: usize) -> Result<usize, Refusal> {
        Ok(self.take(bytes)?.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
    }

    /// Passes over one text with its formats and returns its length in units.
    fn pass_text(&mut self) -> Result<u64, Refusal> {
        // A continuation without a byte counts as an empty text.
        if self.piece.is_empty() {
            return Ok(0);
        }
        let units = self.number(2)?;
        let flags = self.take(1)?.first().copied().unwrap_or_default();
        let runs = if flags & FORMATTED == 0 { 0 } else { self.number(2)? };
        let phonetic = if flags & PHONETIC == 0 { 0 } else { self.number(4)? };
        let mut wide = flags & WIDE != 0;
        let mut left = units;
        loop {
            let width = if wide { 2 } else { 1 };
            let here = left.min(self.piece.len() / width);
            self.take(here * width)?;
            left -= here;
            if left == 0 {
                break;
            }
            if !self.turn() {
                return Err(Refusal::Corrupt);
            }
            wide = self.take(1)?.first().is_some_and(|flags| flags & WIDE != 0);
        }
        self.skip((runs * 4).saturating_add(phonetic))?;
        Ok(units as u64)
    }

    fn skip(&mut self, mut bytes: usize) -> Result<(), Refusal> {
        while bytes > 0 {
            if self.piece.is_empty() && !self.turn() {
                return Err(Refusal::Corrupt);
            }
            let here = bytes.min(self.piece.len());
            self.take(here)?;
            bytes -= here;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Refusal, longest};

    const HEAD: [u8; 8] = [0; 8];

    #[track_caller]
    fn check(pieces: &[&[u8]], expected: Result<u64, Refusal>) {
        let mut first = HEAD.to_vec();
        first.extend_from_slice(pieces[0]);
        let all: Vec<&[u8]> = std::iter::once(&first[..]).chain(pieces[1..].iter().copied()).collect();
        assert_eq!(longest(&all), expected);
    }

    #[test]
    fn texts_of_all_kinds() {
        check(&[b""], Ok(0));
        check(&[b"\x02\0\0ab\x01\0\x01a\0"], Ok(6));
        check(&[b"\x01\0\x08\x01\0arrrr\x03\0\0abc"], Ok(9));
        check(&[b"\x01\0\x04\x02\0\0\0aee\x03\0\0abc"], Ok(9));
        check(&[b"\x03\0\0ab", b"\0c\x04\0\0abcd"], Ok(12));
        check(&[b"\x03\0\0abc", b"\x04\0\0abcd"], Ok(12));
        check(&[b"\x09\0\0ab"], Err(Refusal::Corrupt));
    }
}
