//! Bytes → text, for files that seldom say how they were written.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, IBM866, KOI8_R, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, X_MAC_CYRILLIC};
use rayon::prelude::*;

use super::refusal::{Refusal, Stranger};

/// A text and how its bytes were written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decoded {
    /// The text, without a byte order mark.
    pub(super) text: String,
    /// The name of the encoding.
    pub(super) encoding: &'static str,
}

/// Decodes a text by its byte order mark, its zero bytes, as valid UTF-8, or by its letters.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded, Refusal> {
    decode_as(bytes, None)
}

/// Decodes a text that may name its encoding in its head: `<?xml encoding=…?>`, `<meta charset=…>`.
pub(super) fn decode_markup(bytes: &[u8]) -> Result<Decoded, Refusal> {
    decode_as(bytes, named_in_head(bytes))
}

fn decode_as(bytes: &[u8], named: Option<&'static Encoding>) -> Result<Decoded, Refusal> {
    let (encoding, bytes) = match Encoding::for_bom(bytes) {
        Some((encoding, length)) => (encoding, &bytes[length..]),
        None => (without_mark(bytes, named), bytes),
    };
    let text = decoded(encoding, bytes);
    let text = undone_mojibake(&text).unwrap_or(text);
    if is_binary(&text) {
        return Err(Refusal::Stranger(Stranger::Other));
    }
    if letters_are_lost(&text) {
        return Err(Refusal::EncodingLost);
    }
    Ok(Decoded { text, encoding: encoding.name() })
}

/// The text of some bytes. In an encoding of one byte for each letter, pieces are decoded on all cores.
fn decoded(encoding: &'static Encoding, bytes: &[u8]) -> String {
    if encoding.is_single_byte() && bytes.len() >= 2 * PIECE {
        let pieces: Vec<String> =
            bytes.par_chunks(PIECE).map(|piece| encoding.decode_without_bom_handling(piece).0.into_owned()).collect();
        return pieces.concat();
    }
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Bytes decoded at once.
const PIECE: usize = 1 << 20;

/// The bytes that an encoding is judged by: the first letters that are not ASCII, and what is around them.
fn sample(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0).saturating_sub(SAMPLE / 16);
    &bytes[first..bytes.len().min(first + SAMPLE)]
}

const SAMPLE: usize = 256 << 10;

fn without_mark(bytes: &[u8], named: Option<&'static Encoding>) -> &'static Encoding {
    if let Some(encoding) = two_byte_encoding(bytes) {
        return encoding;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let named = named.filter(|encoding| *encoding != UTF_8 && encoding.is_ascii_compatible());
    let letters = sample(bytes);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(letters, true);
    let guess = detector.guess(Some(b"ru"), Utf8Detection::Deny);
    // What the file says and what its letters look like come first; they are believed only if the text is Russian.
    let candidates = named.into_iter().chain([guess, WINDOWS_1251, IBM866, KOI8_R, X_MAC_CYRILLIC]);
    let mut best: Option<(&Encoding, Likeness)> = None;
    for candidate in candidates {
        let likeness = likeness(candidate, letters);
        if best.as_ref().is_none_or(|(_, known)| likeness.is_clearly_better_than(known)) {
            best = Some((candidate, likeness));
        }
    }
    // A file cut in the middle of a letter, or with one stray byte, is still UTF-8.
    match best {
        Some((encoding, likeness)) if likeness.is_russian() => encoding,
        _ if is_nearly_utf8(bytes) => UTF_8,
        _ => named.unwrap_or(guess),
    }
}

/// Zero bytes in a fifth of the even or the odd places: Latin letters, digits and delimiters in UTF-16.
fn two_byte_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let half = bytes.len() / 2;
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if half < 2 || even.max(odd) * 5 <= half {
        return None;
    }
    Some(if odd >= even { UTF_16LE } else { UTF_16BE })
}

fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let broken = text.chars().filter(|letter| *letter == '\u{FFFD}').count();
    text.chars().filter(|letter| is_russian(*letter)).count() > 20 * broken
}

/// How much a text looks like Russian when its bytes are read in an encoding.
#[derive(Clone, Copy, Debug, Default)]
struct Likeness {
    foreign: usize,
    russian: usize,
    odd: usize,
}

impl Likeness {
    /// At least 60 % of what is not ASCII are Russian letters.
    fn is_russian(self) -> bool {
        self.russian > 0 && self.russian * 10 >= self.foreign * 6
    }

    fn goodness(self) -> usize {
        self.russian.saturating_sub(3 * self.odd) * 1000 / self.foreign.max(1)
    }

    fn is_clearly_better_than(self, other: &Self) -> bool {
        self.goodness() > other.goodness() + 50
    }
}

fn likeness(encoding: &'static Encoding, bytes: &[u8]) -> Likeness {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let mut found = Likeness::default();
    let mut before = ' ';
    for letter in text.chars() {
        if !letter.is_ascii() {
            found.foreign += 1;
            found.russian += usize::from(is_russian(letter));
            found.odd += usize::from(letter.is_control());
        }
        // «иВАНОВ» is KOI8 read as windows-1251.
        found.odd +=
            usize::from(is_russian(before) && before.is_lowercase() && is_russian(letter) && letter.is_uppercase());
        before = letter;
    }
    found
}

fn is_russian(letter: char) -> bool {
    matches!(letter, 'А'..='я' | 'Ё' | 'ё')
}

/// «Р˜РІР°РЅ» → «Иван»: UTF-8 that was read as windows-1251 and saved so. Undone once.
fn undone_mojibake(text: &str) -> Option<String> {
    let spoilt = |letters: &mut dyn Iterator<Item = char>| {
        let (mut foreign, mut leading) = (0_usize, 0_usize);
        for letter in letters.filter(|letter| !letter.is_ascii()) {
            foreign += 1;
            leading += usize::from(matches!(letter, 'Р' | 'С'));
        }
        foreign > 0 && leading * 10 >= foreign * 3
    };
    // A text is spoilt from end to end, so its beginning tells whether to look at all of it.
    let first = text.bytes().position(|byte| !byte.is_ascii())?;
    if !spoilt(&mut text.get(first..)?.chars().take(SAMPLE)) || !spoilt(&mut text.chars()) {
        return None;
    }
    // Byte 98 has no letter in windows-1251; some programs borrow that of windows-1252.
    let mended = text.replace('\u{2DC}', "\u{98}");
    let (bytes, _, failed) = WINDOWS_1251.encode(&mended);
    if failed {
        return None;
    }
    let undone = String::from_utf8(bytes.into_owned()).ok()?;
    let after = undone.chars().filter(|letter| !letter.is_ascii()).count();
    let russian = undone.chars().filter(|letter| is_russian(*letter)).count();
    (after > 0 && russian * 10 >= after * 6).then_some(undone)
}

/// Zero bytes and other control characters that no text has, or the far scripts that chance makes of two bytes.
fn is_binary(text: &str) -> bool {
    let (mut control, mut far, mut all) = (0_usize, 0_usize, 0_usize);
    for letter in text.chars().take(64 << 10) {
        all += 1;
        far += usize::from(letter > '\u{2E7F}' && letter != '\u{FFFD}');
        control += usize::from(letter.is_control() && !matches!(letter, '\n' | '\r' | '\t' | '\u{1A}' | '\u{C}'));
    }
    (control > 2 && control * 50 > all) || far * 10 > all * 3
}

/// «???????? ????;7?»: letters that an encoding did not have.
pub(super) fn letters_are_lost(text: &str) -> bool {
    // Most texts have none of either: «\u{FFFD}» begins with EF.
    if text.bytes().filter(|byte| matches!(byte, b'?' | 0xEF)).count() < 4 {
        return false;
    }
    let mut lost = text.chars().filter(|letter| *letter == '\u{FFFD}').count();
    let mut run = 0;
    for letter in text.chars().chain([' ']) {
        if letter == '?' {
            run += 1;
        } else {
            lost += if run >= 3 { run } else { 0 };
            run = 0;
        }
    }
    let kept = text.chars().filter(|letter| letter.is_alphabetic()).count();
    lost >= 4 && lost * 2 > kept
}

fn named_in_head(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
    let after = ["encoding=", "charset="].iter().find_map(|key| head.split_once(key)).map(|(_, after)| after)?;
    let label: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'))
        .collect();
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use encoding_rs::{Encoding, IBM866, KOI8_U, WINDOWS_1251};

    use super::{decode, decode_markup};
    use crate::tables::refusal::{Refusal, Stranger};

    const LIST: &str = "ФИО;Класс;Телефон\r\nИванов Пётр Ильич;7А;+7 944 000-00-01\r\nЩукина Юлия Эдуардовна;7«Б»;\r\n";

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: &str) {
        let decoded = decode(bytes).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
    }

    #[track_caller]
    fn check_written(text: &str, encoding: &'static Encoding) {
        check(&encoding.encode(text).0, text, encoding.name());
    }

    fn two_bytes(text: &str, encode: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(encode).collect()
    }

    #[test]
    fn marks_are_read_and_dropped() {
        check(format!("\u{FEFF}{LIST}").as_bytes(), LIST, "UTF-8");
        check(&two_bytes(&format!("\u{FEFF}{LIST}"), u16::to_le_bytes), LIST, "UTF-16LE");
        check(&two_bytes(&format!("\u{FEFF}{LIST}"), u16::to_be_bytes), LIST, "UTF-16BE");
    }

    #[test]
    fn files_without_a_mark_are_known_by_their_letters() {
        check(LIST.as_bytes(), LIST, "UTF-8");
        check(&two_bytes(LIST, u16::to_le_bytes), LIST, "UTF-16LE");
        check(&two_bytes(LIST, u16::to_be_bytes), LIST, "UTF-16BE");
        check_written(LIST, WINDOWS_1251);
        check_written("ФИО;Класс\r\nИванов Пётр;7А\r\n", WINDOWS_1251);
        check_written("ФАМИЛИЯ;КЛАСС\r\nИВАНОВ;7А\r\n", WINDOWS_1251);
        check_written("№;ФИО;Почта\r\n1;Ким Анна;anna.kim@example.org\r\n", WINDOWS_1251);
        check_written("Класс", WINDOWS_1251);
        check_written("Класс", IBM866);
        check_written("ФИО;Класс\r\nИванов Пётр;7А\r\n", IBM866);
        check_written("ФАМИЛИЯ;КЛАСС\r\nИВАНОВ;7А\r\n", IBM866);
        check_written("Иванов Пётр Ильич;7А\r\nЩукина Юлия Эдуардовна;7А\r\n", KOI8_U);
    }

    #[test]
    fn mojibake_is_undone_once() {
        let spoilt = WINDOWS_1251.decode_without_bom_handling("Иван;7А;Шура;Рита".as_bytes()).0.into_owned();
        check(spoilt.as_bytes(), "Иван;7А;Шура;Рита", "UTF-8");
        check(spoilt.replace('\u{98}', "\u{2DC}").as_bytes(), "Иван;7А;Шура;Рита", "UTF-8");
        check("РСССР;СССР".as_bytes(), "РСССР;СССР", "UTF-8");
    }

    #[test]
    fn lost_letters_and_binaries_are_refused() {
        assert_eq!(decode(b"???;?????\r\n?????? ????;7?\r\n"), Err(Refusal::EncodingLost));
        assert_eq!(decode("Кто придёт???;Иванов Пётр".as_bytes()).map(|_| ()), Ok(()));
        let noise: Vec<u8> = (0..2000_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert_eq!(decode(&noise), Err(Refusal::Stranger(Stranger::Other)));
        let table: Vec<u8> =
            (0..4000_u32).map(|number| if number % 5 == 0 { 0 } else { (number * 37) as u8 }).collect();
        assert_eq!(decode(&table), Err(Refusal::Stranger(Stranger::Other)));
    }

    #[test]
    fn a_named_encoding_is_taken() {
        let page = "<html><meta charset=windows-1251><td>Ёж</td>";
        assert_eq!(decode_markup(&WINDOWS_1251.encode(page).0).unwrap().text, page);
    }
}
