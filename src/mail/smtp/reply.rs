//! Bytes → the reply of a server.
//!
//! The code counts, the text is for people: text in another encoding, or none, is no fault. A line that does not end as
//! RFC 5321 says, one without an end, or codes that differ are: nobody can tell then where the next reply begins.

use std::fmt;

/// The longest line that is waited for, in bytes. RFC 5321 has 512; servers of the world have more.
const LONGEST_LINE: usize = 4096;

/// The most that one reply may have, in bytes.
const LONGEST: usize = 64 << 10;

/// The most characters of a server's words that a person is shown.
const SHOWN: usize = 160;

/// What a server answered.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Reply {
    /// Its code, 200–599.
    pub(super) code: u16,
    /// The texts of its lines, in ASCII.
    pub(super) lines: Vec<String>,
}

/// What stands at the beginning of the bytes that came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Parsed {
    /// The beginning of a reply.
    Unfinished,
    /// A reply.
    Whole {
        /// The reply.
        reply: Reply,
        /// How many bytes it had.
        length: usize,
    },
    /// No reply.
    Garbled,
}

impl Reply {
    /// Reads the first reply.
    pub(super) fn parse(bytes: &[u8]) -> Parsed {
        let mut lines = Vec::new();
        let mut rest = bytes;
        let mut first = None;
        loop {
            if bytes.len() - rest.len() > LONGEST {
                return Parsed::Garbled;
            }
            let Some(end) = rest.iter().position(|byte| *byte == b'\n') else {
                let is_code = rest.iter().take(3).all(u8::is_ascii_digit);
                return if is_code && rest.len() <= LONGEST_LINE { Parsed::Unfinished } else { Parsed::Garbled };
            };
            let Some(line) = rest[..end].strip_suffix(b"\r") else { return Parsed::Garbled };
            rest = &rest[end + 1..];
            let Some((code, mark, text)) = of_line(line) else { return Parsed::Garbled };
            if line.len() > LONGEST_LINE || *first.get_or_insert(code) != code {
                return Parsed::Garbled;
            }
            lines.push(text);
            if mark == Mark::Last {
                return Parsed::Whole { reply: Self { code, lines }, length: bytes.len() - rest.len() };
            }
        }
    }

    /// All of its text in lower case, to look for words in.
    pub(super) fn folded(&self) -> String {
        self.lines.join(" ").to_ascii_lowercase()
    }

    /// Code and words, safe to be shown: without addresses, links and anything that looks like a key.
    pub(super) fn words(&self) -> String {
        // A word of letters, or a number: what mixes them may be a key.
        let is_harmless = |word: &&str| {
            let word = word.trim_matches(['.', ',', ':', ';', '(', ')', '[', ']', '!']);
            let is_word = word.chars().all(|letter| letter.is_ascii_alphabetic() || "'-/".contains(letter));
            let is_number = word.chars().all(|letter| letter.is_ascii_digit() || ".-/".contains(letter));
            word.len() <= 24 && (is_word || is_number)
        };
        let text = self.lines.join(" ");
        let words: Vec<&str> = text.split_ascii_whitespace().filter(is_harmless).collect();
        let words: String = words.join(" ").chars().take(SHOWN).collect();
        if words.is_empty() { self.code.to_string() } else { format!("{} {words}", self.code) }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    More,
    Last,
}

fn of_line(line: &[u8]) -> Option<(u16, Mark, String)> {
    let code = line.get(..3)?;
    let [first @ b'2'..=b'5', second @ b'0'..=b'9', third @ b'0'..=b'9'] = code else { return None };
    let number = |digit: &u8| u16::from(digit - b'0');
    let code = 100 * number(first) + 10 * number(second) + number(third);
    let mark = match line.get(3) {
        None | Some(b' ') => Mark::Last,
        Some(b'-') => Mark::More,
        Some(_) => return None,
    };
    let ascii = |byte: &u8| if (b' '..=b'~').contains(byte) { char::from(*byte) } else { '?' };
    let text: String = line.iter().skip(4).map(ascii).collect();
    // Words in another encoding are no words.
    let words = text.split(' ').filter(|word| !word.contains("??"));
    Some((code, mark, words.collect::<Vec<_>>().join(" ")))
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reply({})", self.words())
    }
}

#[cfg(test)]
mod tests {
    use super::{Parsed, Reply};

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        let shown = match Reply::parse(bytes) {
            Parsed::Unfinished => "…".to_owned(),
            Parsed::Garbled => "?".to_owned(),
            Parsed::Whole { reply, length } => format!("{} [{length}]", reply.words()),
        };
        assert_eq!(shown, expected, "{:?}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn replies() {
        check(b"250 ok\r\n", "250 ok [8]");
        check(b"250\r\n", "250 [5]");
        check(b"250-a\r\n250-SIZE 9\r\n250 b\r\nrest", "250 a SIZE 9 b [26]");
        check(b"250 \xcf\xf0\xe8\xed\xff\xf2\xee ok\r\n", "250 ok [16]");
        check(b"", "…");
        check(b"25", "…");
        check(b"250-a\r\n25", "…");
        check(b"250 ok\r", "…");
    }

    #[test]
    fn what_is_no_reply() {
        check(b"250 ok\n", "?");
        check(b"hello", "?");
        check(b"2x0 ok\r\n", "?");
        check(b"250x\r\n", "?");
        check(b"099 ok\r\n", "?");
        check(b"250-a\r\n550 b\r\n", "?");
        check(&[b"250 ".as_slice(), &[b'x'; 5000]].concat(), "?");
        check(&[b"250 ".as_slice(), &[b'x'; 5000], b"\r\n"].concat(), "?");
        check(&b"250-a\r\n".repeat(20_000), "?");
    }

    #[test]
    fn nothing_secret_is_repeated() {
        #[track_caller]
        fn check(line: &str, expected: &str) {
            let Parsed::Whole { reply, .. } = Reply::parse(format!("{line}\r\n").as_bytes()) else { panic!("{line}") };
            assert_eq!(reply.words(), expected);
        }
        check("550 5.1.1 <petrova@example.org>: unknown user", "550 5.1.1 unknown user");
        check("535 AHBldHJvdmFAZXhhbXBsZS5vcmcAc2VjcmV0 bad", "535 bad");
        check("554 see https://example.org/x or max.ru/join/abc, (limit 500) Y2FuYXJ5", "554 see or (limit 500)");
    }
}
