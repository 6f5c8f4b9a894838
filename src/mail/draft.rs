//! A letter that a person finishes and sends: opened as a draft, never sent by the program.

use jiff::civil::Date;
use lettre::message::Message;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, SinglePart};
use sha2::{Digest, Sha256};

use super::MailError;
use super::compose::{mailbox, morning, plain};
use crate::school::{Email, Fingerprint, one_line};

/// A letter to be finished by a person.
#[derive(Clone, Copy, Debug)]
pub struct DraftLetter<'a> {
    /// From whom.
    pub from: &'a Email,
    /// To whom.
    pub to: &'a Email,
    /// Its subject.
    pub subject: &'a str,
    /// Its text.
    pub text: &'a str,
    /// Its date.
    pub issued: Date,
}

/// The bytes of a draft. `X-Unsent` makes mail programs open it as a letter that is still to be sent.
///
/// The same arguments give the same bytes.
///
/// # Errors
/// When an address or the date cannot stand in a letter.
pub fn draft(letter: &DraftLetter<'_>) -> Result<Vec<u8>, MailError> {
    let DraftLetter { from, to, subject, text, issued } = letter;
    let form = |error: &dyn std::fmt::Display| MailError::Form(error.to_string());
    let body = Body::new_with_encoding(text.replace('\n', "\r\n").into_bytes(), ContentTransferEncoding::Base64);
    let body = body.map_err(|_| MailError::Form("текст письма не переводится в base64".to_owned()))?;
    let message = Message::builder()
        .message_id(Some(message_id(letter)))
        .date(morning(*issued)?)
        .from(mailbox("", from)?)
        .to(mailbox("", to)?)
        .subject(one_line(subject))
        .raw_header(plain("X-Unsent", "1"))
        .singlepart(SinglePart::builder().header(ContentType::TEXT_PLAIN).body(body))
        .map_err(|error| form(&error))?;
    Ok(message.formatted())
}

/// The same letter has the same one, whenever it is composed.
fn message_id(letter: &DraftLetter<'_>) -> String {
    let mut sum = Sha256::new();
    for part in [letter.from.as_str(), letter.to.as_str(), letter.subject, letter.text] {
        sum.update((part.len() as u64).to_le_bytes());
        sum.update(part);
    }
    let digits = Fingerprint::of_sum(sum.finalize().into()).to_string();
    let domain = letter.from.as_str().rsplit('@').next().unwrap_or_default();
    format!("<{}@{domain}>", digits.get(..32).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use mail_parser::MessageParser;

    use super::{DraftLetter, draft};

    #[track_caller]
    fn check(subject: &str, text: &str, expected: &str) {
        let (from, to) = ("yashina@example.org".parse().unwrap(), "info@sferum.ru".parse().unwrap());
        let letter = DraftLetter { from: &from, to: &to, subject, text, issued: date(2026, 9, 1) };
        let bytes = draft(&letter).unwrap();
        assert_eq!(bytes, draft(&letter).unwrap());
        let read = MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(read.subject(), Some(expected));
        assert_eq!(read.body_text(0).unwrap().replace("\r\n", "\n"), text);
        assert_eq!(read.to().unwrap().first().unwrap().address(), Some("info@sferum.ru"));
        assert_eq!(read.header_raw("X-Unsent").map(str::trim), Some("1"));
        assert_eq!(read.headers().iter().filter(|header| header.name() == "Bcc").count(), 0);
    }

    #[test]
    fn a_letter_to_be_sent_by_a_person() {
        check("Заявка на регистрацию", "Здравствуйте!\n\nПросим…", "Заявка на регистрацию");
        check("Школа\r\nBcc: x@example.org", "текст", "Школа Bcc: x@example.org");
    }
}
