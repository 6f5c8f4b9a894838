//! The code of an invitation: what stands after `https://max.ru/join/`.

use super::{LinkError, LinkRemark, address::skip_blanks};

/// The usual length of a code, in characters.
pub(super) const USUAL: usize = 43;
/// The lengths that are taken, the unusual ones with a remark (`docs/inputs.md` § 6).
const TAKEN: std::ops::RangeInclusive<usize> = 20..=64;
/// Characters that follow a code neither as a tail nor as punctuation: the code itself is damaged.
const FOREIGN: &str = "%=+*~@$^|";

/// A code with what was mended around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Code {
    /// The code; its letters are as they were.
    pub(super) text: String,
    /// What was mended.
    pub(super) remarks: Vec<LinkRemark>,
}

/// A run of letters between blanks.
struct Piece {
    letters: Vec<char>,
    end: usize,
}

/// Reads the code that `rest` begins with; what follows it is dropped with a remark.
pub(super) fn read(rest: &[char]) -> Result<Code, LinkError> {
    let from = skip_blanks(rest, 0);
    let first = piece(rest, from);
    if rest.get(first.end).is_some_and(|end| first.letters.is_empty() && FOREIGN.contains(*end)) {
        return Err(LinkError::ForeignCharacter { position: 1 });
    }
    if !first.letters.iter().any(char::is_ascii) {
        return Err(LinkError::NoCode);
    }
    let whole = glued(rest, first)?;
    let text = checked(&whole.letters)?;
    let tail = rest.get(whole.end..).unwrap_or_default();
    let mut remarks = ending(tail, text.len())?;
    if !TAKEN.contains(&text.len()) {
        return Err(LinkError::CodeLength(text.len()));
    }
    if rest.iter().take(whole.end).any(|letter| letter.is_whitespace()) {
        remarks.push(LinkRemark::BlanksInside);
    }
    if text.len() != USUAL {
        remarks.push(LinkRemark::Length(text.len()));
    }
    Ok(Code { text, remarks })
}

/// What follows an address: a tail, punctuation, words.
pub(super) fn remarks_on(tail: &[char]) -> Vec<LinkRemark> {
    let attached = tail.iter().take_while(|letter| !letter.is_whitespace()).count();
    let (attached, apart) = tail.split_at(attached);
    let is_word = |letter: &char| letter.is_alphanumeric();
    let mut remarks = Vec::new();
    let mut words = apart.iter().any(is_word);
    match attached.first() {
        None => {}
        Some('/' | '?' | '#' | '&' | '%') => remarks.push(LinkRemark::Tail),
        Some(_) => {
            remarks.push(LinkRemark::Punctuation);
            words |= attached.iter().any(is_word);
        }
    }
    if words {
        remarks.push(LinkRemark::WordsAround);
    }
    remarks
}

/// A code torn by blanks is put together only where that gives the usual length: any other guess could print a
/// wrong link.
fn glued(rest: &[char], first: Piece) -> Result<Piece, LinkError> {
    let mut whole = Piece { letters: first.letters.clone(), end: first.end };
    let mut next_is_code = false;
    while whole.letters.len() < USUAL && rest.get(whole.end).is_some_and(|letter| letter.is_whitespace()) {
        let next = piece(rest, skip_blanks(rest, whole.end));
        let is_word = next.letters.iter().all(|letter| !letter.is_ascii());
        if next.letters.is_empty() || is_word {
            break;
        }
        next_is_code |= next.letters.iter().any(char::is_ascii_alphanumeric);
        whole.letters.extend(next.letters);
        whole.end = next.end;
    }
    match whole.letters.len() {
        USUAL => Ok(whole),
        _ if next_is_code || followed_by_code(rest, &first) => Err(LinkError::Torn),
        _ => Ok(first),
    }
}

/// Whether Latin letters or digits stand behind a code and a blank: the code may be torn, whatever its length.
fn followed_by_code(rest: &[char], first: &Piece) -> bool {
    let blank_follows = rest.get(first.end).is_some_and(|letter| letter.is_whitespace());
    let next = piece(rest, skip_blanks(rest, first.end)).letters;
    blank_follows && next.iter().any(char::is_ascii_alphanumeric) && next.iter().all(char::is_ascii)
}

fn piece(text: &[char], from: usize) -> Piece {
    let letters = text.iter().skip(from).copied();
    let letters: Vec<char> = letters.take_while(|letter| letter.is_alphanumeric() || "-_".contains(*letter)).collect();
    Piece { end: from + letters.len(), letters }
}

fn checked(letters: &[char]) -> Result<String, LinkError> {
    match letters.iter().position(|letter| !letter.is_ascii()) {
        None => Ok(letters.iter().collect()),
        Some(index) => {
            let position = index + 1;
            let cyrillic = letters.get(index).is_some_and(|letter| ('\u{400}'..='\u{52f}').contains(letter));
            Err(if cyrillic {
                LinkError::CyrillicLetter { position }
            } else {
                LinkError::ForeignCharacter { position }
            })
        }
    }
}

/// Judges the character that ends a code of `length` characters.
fn ending(tail: &[char], length: usize) -> Result<Vec<LinkRemark>, LinkError> {
    let mut after = tail.iter().copied();
    let (end, next) = (after.next(), after.next().unwrap_or(' '));
    let foreign = LinkError::ForeignCharacter { position: length + 1 };
    match end {
        _ if length == USUAL => Ok(remarks_on(tail)),
        Some('…') => Err(LinkError::Shortened),
        Some('.') if next == '.' => Err(LinkError::Shortened),
        Some('/' | '.' | ',' | ':' | ';') if next.is_ascii_alphanumeric() => Err(foreign),
        Some(end) if FOREIGN.contains(end) => Err(foreign),
        _ => Ok(remarks_on(tail)),
    }
}
