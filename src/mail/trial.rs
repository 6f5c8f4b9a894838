//! A letter as a test: to one's own address, with a mark in its subject.

use jiff::Timestamp;

use super::base64::base64;
use crate::school::Email;

/// The headers of the letter that a test has its own of.
const OWN: [&[u8]; 6] = [b"to", b"subject", b"message-id", b"in-reply-to", b"references", b"reply-to"];

/// The letter with another recipient, the subject «ПРОБА: …» and a Message-ID of its own, so that no server takes the
/// real letter for one that it has already.
pub fn trial(letter: &[u8], subject: &str, to: &Email, at: Timestamp) -> Vec<u8> {
    let end = letter.windows(4).position(|four| four == b"\r\n\r\n").map_or(letter.len(), |at| at + 2);
    let (headers, body) = letter.split_at(end);
    let mut bytes = Vec::with_capacity(letter.len() + 256);
    let mut message_id = Vec::new();
    let mut is_kept = true;
    for line in headers.split_inclusive(|byte| *byte == b'\n') {
        if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            let name = line.split(|byte| *byte == b':').next().unwrap_or_default().to_ascii_lowercase();
            is_kept = !OWN.contains(&name.as_slice());
            if name == b"message-id" {
                message_id = line.iter().copied().skip_while(|byte| *byte != b'<').skip(1).collect();
            }
        }
        if is_kept {
            bytes.extend_from_slice(line);
        }
    }
    let subject = encoded(&format!("ПРОБА: {subject}"));
    let own = format!("To: {to}\r\nSubject: {subject}\r\nMessage-ID: <test-{}.", at.as_microsecond());
    bytes.extend_from_slice(own.as_bytes());
    bytes.extend(if message_id.is_empty() { format!("{to}>\r\n").into_bytes() } else { message_id });
    bytes.extend_from_slice(body);
    bytes
}

/// A text in encoded words (RFC 2047), each at most 75 letters long.
fn encoded(text: &str) -> String {
    let mut words = Vec::new();
    let mut word = String::new();
    for letter in text.chars() {
        // The name of the header stands before the first one.
        let longest = if words.is_empty() { 36 } else { 45 };
        if word.len() + letter.len_utf8() > longest {
            words.push(std::mem::take(&mut word));
        }
        word.push(letter);
    }
    words.push(word);
    let words: Vec<String> = words.iter().map(|word| format!("=?utf-8?B?{}?=", base64(word.as_bytes()))).collect();
    words.join("\r\n ")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use mail_parser::MessageParser;

    #[test]
    fn a_test_goes_to_one_address_and_says_so() {
        let letter =
            b"From: a@example.org\r\nMessage-ID: <1@example.org>\r\nTo: =?utf-8?B?0K8=?=\r\n <b@example.org>\r\n\
                       Subject: x\r\nIn-Reply-To: <0@example.org>\r\n\r\nSubject: text\r\n";
        let subject = "7А: изменения ".repeat(9);
        let at = Timestamp::UNIX_EPOCH;
        let test = super::trial(letter, &subject, &"me@example.org".parse().unwrap(), at);
        let message = MessageParser::default().parse(&test).unwrap();
        assert_eq!(message.subject(), Some(format!("ПРОБА: {subject}").as_str()));
        assert_eq!(message.to().unwrap().first().unwrap().address(), Some("me@example.org"));
        assert_eq!(message.message_id(), Some("test-0.1@example.org"));
        let shown = String::from_utf8(test).unwrap();
        assert!(
            !shown.contains("b@example.org") && !shown.contains("<0@") && shown.ends_with("\r\n\r\nSubject: text\r\n")
        );
        assert!(shown.lines().all(|line| line.len() <= 76), "{shown}");
    }
}
