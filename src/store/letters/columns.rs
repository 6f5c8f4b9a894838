//! Values of letters as they are kept.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::store::Trouble;

/// Binds the bytes of a letter to the class, the address and the Message-ID of its row.
pub(super) fn sum_of(class: i64, address: &str, message_id: &str, bytes: &[u8]) -> String {
    let mut sum = Sha256::new();
    for part in [class.to_le_bytes().as_slice(), address.as_bytes(), message_id.as_bytes(), bytes] {
        sum.update(part.len().to_le_bytes());
        sum.update(part);
    }
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    sum.finalize().iter().flat_map(|byte| [byte >> 4, byte & 15]).map(digit).collect()
}

/// A moment as it is kept.
pub(super) fn second(at: Timestamp) -> i64 {
    at.as_second()
}

/// A moment as it was kept.
pub(super) fn moment(second: i64) -> Result<Timestamp, Trouble> {
    Timestamp::from_second(second).map_err(|_| Trouble::Damaged)
}
