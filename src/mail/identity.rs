//! Marks by which a letter is known again.

use sha2::{Digest, Sha256};

use super::wording::Wording;
use super::{LetterContent, Occasion};
use crate::school::letter_kind;

/// The Message-ID: the same content to the same recipient has the same one, whenever it is composed.
///
/// It depends on what the recipient reads and gets, not on the shape of its bytes, and of a first letter not on its date. The date and
/// the number of a change are its name: two changes never share one.
pub(super) fn message_id(content: &LetterContent<'_>, wording: &Wording) -> String {
    let mut hash = start(content);
    part(&mut hash, content.to.address.as_str().as_bytes());
    part(&mut hash, wording.text.as_bytes());
    for enclosure in &content.enclosures {
        part(&mut hash, enclosure.file_name.as_bytes());
        part(&mut hash, &enclosure.bytes);
    }
    let domain = content.from.address.as_str().rsplit('@').next().unwrap_or_default();
    format!("<{}@{domain}>", hex(hash))
}

/// The key of the package: the same for every letter with the whole papers of this class, and for every letter of one
/// change.
pub(super) fn package_key(content: &LetterContent<'_>) -> String {
    format!("{}-{}", kind(&content.occasion), hex(start(content)))
}

fn start(content: &LetterContent<'_>) -> Sha256 {
    let mut hash = Sha256::new();
    part(&mut hash, kind(&content.occasion).as_bytes());
    part(&mut hash, content.school.full_name.as_bytes());
    part(&mut hash, content.class.to_string().as_bytes());
    match &content.occasion {
        Occasion::First => {}
        Occasion::Change(change) => {
            part(&mut hash, content.edition.issued.to_string().as_bytes());
            part(&mut hash, &change.number.to_le_bytes());
        }
        Occasion::Handover(handover) => {
            part(&mut hash, content.edition.issued.to_string().as_bytes());
            part(&mut hash, &handover.number.to_le_bytes());
        }
        // One a day, however often it is asked for.
        Occasion::Reminder(_) => part(&mut hash, content.edition.issued.to_string().as_bytes()),
    }
    hash
}

/// The kind of letter, a part of its identity: «class», «change».
pub fn kind(occasion: &Occasion) -> &'static str {
    match occasion {
        Occasion::First => letter_kind::FIRST,
        Occasion::Change(_) => letter_kind::CHANGE,
        Occasion::Reminder(_) => letter_kind::REMINDER,
        Occasion::Handover(_) => letter_kind::HANDOVER,
    }
}

/// Adds a part with its length, so that «ab» + «c» is not «a» + «bc».
fn part(hash: &mut Sha256, bytes: &[u8]) {
    hash.update(bytes.len().to_le_bytes());
    hash.update(bytes);
}

/// The first 128 bits in hexadecimal: enough for the letters of a school.
fn hex(hash: Sha256) -> String {
    hash.finalize().iter().take(16).flat_map(|byte| [byte >> 4, byte & 15]).map(digit).collect()
}

fn digit(value: u8) -> char {
    char::from_digit(u32::from(value), 16).unwrap_or('0')
}
