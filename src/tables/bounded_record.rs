//! A text handed to the reader of records in portions, no more for one record than a limit.
//!
//! The reader holds a record whole, whatever its length: a file without a line break would be one record of millions of
//! fields.

use std::io::{self, ErrorKind, Read};

/// The longest record, in bytes.
const RECORD_BYTES: usize = 1 << 20;

/// A text of records.
pub(super) struct BoundedRecord<'a> {
    rest: &'a [u8],
    left: usize,
}

impl<'a> BoundedRecord<'a> {
    /// A text from its beginning.
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text.as_bytes(), left: RECORD_BYTES }
    }

    /// A record begins.
    pub(super) fn begin(&mut self) {
        self.left = RECORD_BYTES;
    }
}

impl Read for BoundedRecord<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !self.rest.is_empty() {
            return Err(ErrorKind::FileTooLarge.into());
        }
        let portion = buffer.len().min(self.left);
        let read = self.rest.read(buffer.get_mut(..portion).unwrap_or_default())?;
        self.left -= read;
        Ok(read)
    }
}
