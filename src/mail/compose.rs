//! The content of a letter → the bytes of an `.eml` file.

use std::time::SystemTime;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use lettre::address::Envelope;
use lettre::message::header::{ContentDisposition, ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};

use super::latin::latin_file_name;
use super::wording::Wording;
use super::{Enclosure, LetterContent, LetterTemplates, MailError, Occasion, identity};
use crate::school::{Email, dotted, file_name, one_line};

/// The most that the files of one letter may take, in bytes. Base64 makes 25 MB of 18, the limit of most servers.
pub const FILES_MAX: usize = 18 << 20;

// All parts are base64, which has no «_»: a boundary can stand in none of them.
pub(super) const MIXED: &str = "=_zavuch_mixed_=";
pub(super) const ALTERNATIVE: &str = "=_zavuch_alternative_=";

/// The header that makes mail programs open a file as a draft. Names in headers are encoded, so it can stand nowhere else
/// before the text.
const DRAFT: &[u8] = b"X-Unsent: 1\r\n";

/// A letter as it is written to disk and sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The name of its file: «7А.eml», «7А 08.09.2026 № 1.eml».
    pub file_name: String,
    /// To whom it goes.
    pub to: Email,
    /// Its subject: no name of a person and no link.
    pub subject: String,
    /// Its Message-ID with the angle brackets.
    pub message_id: String,
    /// The message by RFC 5322.
    pub bytes: Vec<u8>,
}

/// Composes the letter of a class.
///
/// The same arguments give the same bytes. `X-Unsent` makes mail programs open the file as a draft that is ready to
/// send.
///
/// # Errors
/// When the files are larger than [`FILES_MAX`], a template cannot be used, or an address or the date cannot stand in
/// a letter.
pub fn compose(content: &LetterContent<'_>, templates: &LetterTemplates<'_>) -> Result<Letter, MailError> {
    let bytes = content.enclosures.iter().map(|enclosure| enclosure.bytes.len()).sum();
    if bytes > FILES_MAX {
        return Err(MailError::TooLarge { class: content.class.clone(), bytes });
    }
    let wording = Wording::of(content, templates)?;
    let subject = subject(content);
    let message_id = identity::message_id(content, &wording);
    let from = mailbox(&content.from.name, &content.from.address)?;
    let to = mailbox(&content.to.name.to_string(), &content.to.address)?;
    let envelope = Envelope::new(Some(from.email.clone()), vec![to.email.clone()]);
    let mut builder = Message::builder()
        .envelope(envelope.map_err(|error| MailError::Form(error.to_string()))?)
        .message_id(Some(message_id.clone()))
        .date(morning(content.edition.issued)?)
        .from(from)
        .to(to)
        .subject(subject.as_str())
        .raw_header(plain("Auto-Submitted", "auto-generated"))
        .raw_header(plain("X-Zavuch-Package", &identity::package_key(content)))
        .raw_header(plain("X-Unsent", "1"));
    if let Some(first) = &content.follows {
        builder = builder.in_reply_to(first.clone()).references(first.clone());
    }
    if let Some(address) = &content.from.reply_to {
        builder = builder.reply_to(mailbox("", address)?);
    }
    let message = builder.multipart(body(wording, &content.enclosures)?);
    let message = message.map_err(|error| MailError::Form(error.to_string()))?;
    Ok(Letter {
        file_name: letter_file(content),
        to: content.to.address.clone(),
        subject,
        message_id,
        bytes: message.formatted(),
    })
}

fn subject(content: &LetterContent<'_>) -> String {
    let LetterContent { class, linked, service, edition, .. } = content;
    match (&content.occasion, linked) {
        (Occasion::First, 0) => format!("{class}: какие чаты создать, и памятка"),
        (Occasion::First, _) => format!("{class}: приглашения в чаты {} и памятка", service.name()),
        (Occasion::Change(change), _) => {
            format!("{class}: изменения от {} № {}", dotted(edition.issued), change.number)
        }
        (Occasion::Handover(_), _) => format!("{class}: передайте чаты новому модератору"),
        (Occasion::Reminder(open), _) if open.len() == 1 && !content.awaited.is_empty() => {
            format!("{class}: ждём ссылки на чаты {}", service.name())
        }
        (Occasion::Reminder(_), _) => format!("{class}: напоминание, что осталось сделать"),
    }
}

/// What the names of the files of letters to former moderators have in common.
const TO_FORMER: &str = " прежнему модератору";

/// Whether a file of a letter, by its name, is one to a former moderator: it brings no papers of its class.
pub fn is_to_former_moderator(file_name: &str) -> bool {
    file_name.contains(TO_FORMER)
}

fn letter_file(content: &LetterContent<'_>) -> String {
    let class = file_name(&content.class.to_string());
    match &content.occasion {
        Occasion::First => format!("{class}.eml"),
        Occasion::Change(change) => format!("{class} {} № {}.eml", dotted(content.edition.issued), change.number),
        Occasion::Handover(handover) => {
            let place = if handover.place == 1 { String::new() } else { format!(" {}", handover.place) };
            let date = dotted(content.edition.issued);
            format!("{class} {date} № {}{TO_FORMER}{place}.eml", handover.number)
        }
        Occasion::Reminder(_) => format!("{class} напоминание {}.eml", dotted(content.edition.issued)),
    }
}

fn body(wording: Wording, enclosures: &[Enclosure]) -> Result<MultiPart, MailError> {
    let words = MultiPart::alternative()
        .boundary(ALTERNATIVE)
        .singlepart(part(ContentType::TEXT_PLAIN, wording.text.into_bytes(), None)?)
        .singlepart(part(ContentType::TEXT_HTML, wording.html.into_bytes(), None)?);
    let letter = MultiPart::mixed().boundary(MIXED).multipart(words);
    enclosures.iter().try_fold(letter, |letter, enclosure| {
        let name = latin_file_name(&enclosure.file_name);
        let kind = ContentType::parse(&format!("{}; name=\"{name}\"", enclosure.form.media_type()));
        let kind = kind.map_err(|error| MailError::Form(error.to_string()))?;
        let disposition = ContentDisposition::attachment(&file_name(&enclosure.file_name));
        Ok(letter.singlepart(part(kind, enclosure.bytes.clone(), Some(disposition))?))
    })
}

fn part(kind: ContentType, bytes: Vec<u8>, disposition: Option<ContentDisposition>) -> Result<SinglePart, MailError> {
    let body = Body::new_with_encoding(bytes, ContentTransferEncoding::Base64);
    let body = body.map_err(|_| MailError::Form("часть письма не переводится в base64".to_owned()))?;
    let builder = SinglePart::builder().header(kind);
    let builder = match disposition {
        Some(disposition) => builder.header(disposition),
        None => builder,
    };
    Ok(builder.body(body))
}

/// An address with a name that is safe in a header.
pub(super) fn mailbox(name: &str, address: &Email) -> Result<Mailbox, MailError> {
    let name = Some(one_line(name)).filter(|name| !name.is_empty());
    let address = address.as_str().parse().map_err(|_| MailError::Address(address.to_string()))?;
    Ok(Mailbox::new(name, address))
}

pub(super) fn plain(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// 06:00 UTC of the date of issue: working hours of the same day in every zone of Russia.
pub(super) fn morning(date: Date) -> Result<SystemTime, MailError> {
    let zoned = date.at(6, 0, 0, 0).to_zoned(TimeZone::UTC);
    let time = zoned.ok().filter(|_| (1970..=9999).contains(&date.year()));
    time.map(|zoned| SystemTime::from(zoned.timestamp())).ok_or(MailError::Date(date))
}

impl Letter {
    /// The message as it is sent: without the mark that makes it a draft.
    pub fn to_be_sent(&self) -> Vec<u8> {
        let Some(at) = self.bytes.windows(DRAFT.len()).position(|bytes| bytes == DRAFT) else {
            return self.bytes.clone();
        };
        [&self.bytes[..at], &self.bytes[at + DRAFT.len()..]].concat()
    }

    /// Its size in bytes, as a mail server counts it.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { file_name, to, subject, message_id, bytes } = self;
        let mut letter = f.debug_struct("Letter");
        letter.field("file_name", file_name).field("to", to).field("subject", subject);
        letter.field("message_id", message_id).field("size", &bytes.len()).finish()
    }
}

#[cfg(test)]
mod tests;
