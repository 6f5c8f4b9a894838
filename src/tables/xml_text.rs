//! Small questions to quick-xml that several readers ask.

use quick_xml::events::{BytesRef, BytesStart, Event};

use super::limits::Budget;
use super::refusal::Refusal;

/// The value of an attribute by its local name; of several, the first.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)
        .map(|attribute| unescaped(&attribute.value))
}

/// The value of an attribute by its full name, «office:value-type».
pub(super) fn qualified(start: &BytesStart<'_>, name: &str) -> Option<String> {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.as_ref() == name)
        .map(|attribute| unescaped(&attribute.value))
}

/// A number that an attribute holds.
pub(super) fn number(start: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(start, name).and_then(|text| text.trim().parse().ok())
}

fn unescaped(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned)
}

/// Appends what an event holds of a text, within the budget; other events hold none.
pub(super) fn append(event: &Event<'_>, text: &mut String, budget: &mut Budget) -> Result<(), Refusal> {
    let (length, content) = match event {
        Event::Text(part) => (part.len(), part.xml10_content()),
        Event::CData(part) => (part.len(), part.xml10_content()),
        Event::GeneralRef(reference) => {
            text.push(referred(reference).ok_or(Refusal::Corrupt)?);
            return Ok(());
        }
        _ => return Ok(()),
    };
    budget.take_text(length)?;
    text.push_str(&content);
    Ok(())
}

/// The character that a reference stands for. Only the five of XML and numbers are known: an entity that a document
/// declares is never expanded, and a text that needs it cannot be read: without it a pupil would be lost in silence.
fn referred(reference: &BytesRef<'_>) -> Option<char> {
    match reference.as_ref() {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => reference.resolve_char_ref().ok().flatten(),
    }
}
