//! The content of a letter → the bytes of an `.eml` file.

use std::time::SystemTime;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use lettre::address::Envelope;
use lettre::message::header::{ContentDisposition, ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Mailbox, Message, MultiPart, SinglePart};

use super::latin::latin_file_name;
use super::wording::Wording;
use super::{Enclosure, LetterContent, LetterTemplates, MailError, identity};
use crate::school::{Email, file_name, one_line};

/// The most that the files of one letter may take, in bytes. Base64 makes 25 MB of 18, the limit of most servers.
pub const FILES_MAX: usize = 18 << 20;

// All parts are base64, which has no «_»: a boundary can stand in none of them.
const MIXED: &str = "=_zavuch_mixed_=";
const ALTERNATIVE: &str = "=_zavuch_alternative_=";

/// A letter as it is written to disk and sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The name of its file: «7А.eml».
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
    let bytes = content.enclosures.iter().map(|enclosure| enclosure.pdf.len()).sum();
    if bytes > FILES_MAX {
        return Err(MailError::TooLarge { class: content.class.clone(), bytes });
    }
    let wording = Wording::of(content, templates)?;
    let subject = match content.linked {
        0 => format!("{}: какие чаты создать, и памятка", content.class),
        _ => format!("{}: приглашения в чаты {} и памятка", content.class, content.service.name()),
    };
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
    if let Some(address) = &content.from.reply_to {
        builder = builder.reply_to(mailbox("", address)?);
    }
    let message = builder.multipart(body(wording, &content.enclosures)?);
    let message = message.map_err(|error| MailError::Form(error.to_string()))?;
    Ok(Letter {
        file_name: format!("{}.eml", file_name(&content.class.to_string())),
        to: content.to.address.clone(),
        subject,
        message_id,
        bytes: message.formatted(),
    })
}

fn body(wording: Wording, enclosures: &[Enclosure]) -> Result<MultiPart, MailError> {
    let words = MultiPart::alternative()
        .boundary(ALTERNATIVE)
        .singlepart(part(ContentType::TEXT_PLAIN, wording.text.into_bytes(), None)?)
        .singlepart(part(ContentType::TEXT_HTML, wording.html.into_bytes(), None)?);
    let letter = MultiPart::mixed().boundary(MIXED).multipart(words);
    enclosures.iter().try_fold(letter, |letter, enclosure| {
        let name = latin_file_name(&enclosure.file_name);
        let kind = ContentType::parse(&format!("application/pdf; name=\"{name}\""));
        let kind = kind.map_err(|error| MailError::Form(error.to_string()))?;
        let disposition = ContentDisposition::attachment(&file_name(&enclosure.file_name));
        Ok(letter.singlepart(part(kind, enclosure.pdf.clone(), Some(disposition))?))
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
fn mailbox(name: &str, address: &Email) -> Result<Mailbox, MailError> {
    let name = Some(one_line(name)).filter(|name| !name.is_empty());
    let address = address.as_str().parse().map_err(|_| MailError::Address(address.to_string()))?;
    Ok(Mailbox::new(name, address))
}

fn plain(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// 06:00 UTC of the date of issue: working hours of the same day in every zone of Russia.
fn morning(date: Date) -> Result<SystemTime, MailError> {
    let zoned = date.at(6, 0, 0, 0).to_zoned(TimeZone::UTC);
    let time = zoned.ok().filter(|_| (1970..=9999).contains(&date.year()));
    time.map(|zoned| SystemTime::from(zoned.timestamp())).ok_or(MailError::Date(date))
}

impl Letter {
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
mod tests {
    use jiff::civil::date;
    use mail_parser::{MessageParser, MimeHeaders};

    use super::{FILES_MAX, compose};
    use crate::mail::{Enclosure, LetterContent, LetterTemplates, MailError, Recipient, Sender};
    use crate::plan::sample::{Sample, class, name};
    use crate::school::{ClassName, Deadlines, Edition, School, Service};

    fn enclosure(file_name: &str, kind: &str, pages: usize, pdf: &[u8]) -> Enclosure {
        Enclosure { file_name: file_name.to_owned(), kind: kind.to_owned(), pages, pdf: pdf.to_vec() }
    }

    fn content<'a>(school: &'a School, class: &'a ClassName) -> LetterContent<'a> {
        LetterContent {
            school,
            service: Service::Max,
            class,
            to: Recipient {
                name: name("Смирнова Вера Юрьевна"),
                address: "smirnova@example.org".parse().expect("an address"),
            },
            from: Sender {
                address: "zavuch@school31.example.org".parse().expect("an address"),
                name: "Школа № 31, \"завуч\"".to_owned(),
                reply_to: Some("lunin@example.org".parse().expect("an address")),
            },
            enclosures: vec![
                enclosure("Приглашения 7А.pdf", "плакаты и талоны с QR-кодами", 6, b"%PDF-1.7 \x00\xff one"),
                enclosure(
                    "Памятка модератора 7А.pdf",
                    "памятка модератора",
                    1,
                    b"%PDF-1.7 two\n--=_zavuch_mixed_=--\n",
                ),
            ],
            linked: 3,
            awaited: vec!["7А Алгебра".parse().expect("a title"), "7А <b>&".parse().expect("a title")],
            deadlines: Deadlines {
                chats: Some(date(2026, 9, 5)),
                acknowledgement: None,
                joining: Some(date(2026, 9, 20)),
            },
            edition: Edition { version: 1, issued: date(2026, 9, 1) },
        }
    }

    #[test]
    fn a_letter_reads_back() {
        let (school, class) = (Sample::new().settings.school, class("7А"));
        let letter =
            compose(&content(&school, &class), &LetterTemplates::read(|template| template.text)).expect("a letter");
        assert_eq!(letter.file_name, "7А.eml");
        let mail = MessageParser::default().parse(&letter.bytes).expect("a message");
        assert_eq!(mail.subject(), Some("7А: приглашения в чаты MAX и памятка"));
        let address = |address: Option<&mail_parser::Address<'_>>| {
            let address = address.and_then(|list| list.first()).expect("an address");
            format!("{} <{}>", address.name().unwrap_or_default(), address.address().unwrap_or_default())
        };
        assert_eq!(address(mail.from()), "Школа № 31, \"завуч\" <zavuch@school31.example.org>");
        assert_eq!(address(mail.to()), "Смирнова Вера Юрьевна <smirnova@example.org>");
        assert_eq!(address(mail.reply_to()), " <lunin@example.org>");
        assert_eq!(mail.date().map(mail_parser::DateTime::to_rfc3339).as_deref(), Some("2026-09-01T06:00:00Z"));
        assert_eq!(mail.header_raw("Auto-Submitted").map(str::trim), Some("auto-generated"));
        assert_eq!(mail.header_raw("X-Unsent").map(str::trim), Some("1"));
        assert_eq!(mail.message_id().map(|id| format!("<{id}>")), Some(letter.message_id));
        let files: Vec<_> = mail.attachments().map(|part| (part.attachment_name(), part.contents())).collect();
        assert_eq!(
            files,
            [
                (Some("Приглашения 7А.pdf"), b"%PDF-1.7 \x00\xff one".as_slice()),
                (Some("Памятка модератора 7А.pdf"), b"%PDF-1.7 two\n--=_zavuch_mixed_=--\n".as_slice()),
            ]
        );
        let raw = String::from_utf8(letter.bytes.clone()).expect("ASCII");
        assert!(raw.is_ascii() && raw.contains("name=\"Priglasheniya-7A.pdf\""), "{raw}");
        assert!(raw.split("\r\n").all(|line| line.len() <= 998 && !line.contains(['\r', '\n'])));
        let text = mail.body_text(0).expect("a text").replace("\r\n", "\n").replace('\u{a0}', " ");
        assert_eq!(text, TEXT);
        let html = mail.body_html(0).expect("HTML");
        assert!(html.contains("<li>7А Алгебра;</li>") && html.contains("<li>7А &lt;b&gt;&amp;.</li>"), "{html}");
    }

    const TEXT: &str = "\
Здравствуйте, Вера Юрьевна!

Для вашего 7 «А» класса готовы документы о чатах в MAX. Они приложены к письму:

   — Приглашения 7А.pdf, 6 страниц: плакаты и талоны с QR-кодами;
   — Памятка модератора 7А.pdf, 1 страница: памятка модератора.

Что нужно сделать

1. Создайте чаты, которых ещё нет, и пришлите ссылки-приглашения на них до 5 сентября 2026 г.
   Ждём ссылки (если вы уже присылали ссылку, она не подошла):
   — 7А Алгебра;
   — 7А <b>&.
   Точные названия и настройки — в памятке модератора; каждый чат создаёт тот, кто указан в ней модератором.
   Ссылки пришлите ответом на это письмо. Листы этих чатов придут следующим письмом.

2. Познакомьте участников с правилами, соберите подписи в листе ознакомления и верните его куратору.
   Включать в чат можно только тех, кто с правилами ознакомлен.

3. Раздайте приглашения тем, кто ознакомлен: на каждом написано, для кого оно.
   Вступить в чаты можно до 20 сентября 2026 г.
   Для родителей (законных представителей) чат — дело добровольное: кто не вступает, получает сведения иначе.

4. Берегите ссылки и QR-коды: по ним в чат войдёт любой. Не пересылайте и не публикуйте их.

Если что-то непонятно, ответьте на это письмо или обратитесь к куратору.
Куратор — Лунин Олег Иванович, заместитель директора, тел. 8 (800) 000-00-00.

Спасибо вам за работу!
МБОУ «Средняя школа № 31»
";

    #[test]
    fn the_same_content_gives_the_same_bytes() {
        let (school, class) = (Sample::new().settings.school, class("7А"));
        let compose = |content: &LetterContent<'_>| {
            compose(content, &LetterTemplates::read(|template| template.text)).expect("a letter")
        };
        let first = compose(&content(&school, &class));
        assert_eq!(first, compose(&content(&school, &class)));
        let mut later = content(&school, &class);
        later.edition.issued = date(2026, 9, 2);
        assert_eq!(first.message_id, compose(&later).message_id);
        let mut other = content(&school, &class);
        other.enclosures[0].pdf.push(b'!');
        assert_ne!(first.message_id, compose(&other).message_id);
        let mut other = content(&school, &class);
        other.to.address = "other@example.org".parse().expect("an address");
        assert_ne!(first.message_id, compose(&other).message_id);
    }

    #[test]
    fn a_letter_names_the_platform_of_the_school() {
        let (school, class) = (Sample::new().settings.school, class("7А"));
        let content = LetterContent { service: Service::Sferum, awaited: Vec::new(), ..content(&school, &class) };
        let letter = compose(&content, &LetterTemplates::read(|template| template.text)).expect("a letter");
        assert_eq!(letter.subject, "7А: приглашения в чаты «Сферум» и памятка");
        let mail = MessageParser::default().parse(&letter.bytes).expect("a message");
        for body in [mail.body_text(0), mail.body_html(0)] {
            let body = body.expect("a body");
            assert!(body.contains("в\u{a0}«Сферуме»") && !body.contains("MAX"), "{body}");
            assert!(body.contains("Ссылки на все чаты уже есть."), "{body}");
        }
    }

    #[test]
    fn before_the_first_link_a_letter_asks_for_chats_only() {
        let (school, class) = (Sample::new().settings.school, class("7А"));
        let content = LetterContent { linked: 0, ..content(&school, &class) };
        let letter = compose(&content, &LetterTemplates::read(|template| template.text)).expect("a letter");
        assert_eq!(letter.subject, "7А: какие чаты создать, и памятка");
        let mail = MessageParser::default().parse(&letter.bytes).expect("a message");
        for body in [mail.body_text(0), mail.body_html(0)] {
            let body = body.expect("a body");
            assert!(body.contains("придут следующим письмом") && !body.contains("Раздайте"), "{body}");
        }
    }

    #[test]
    fn nothing_gets_into_the_headers() {
        let (mut school, class) = (Sample::new().settings.school, class("7А"));
        school.short_name = "Школа\r\nBcc: x@example.org".to_owned();
        let mut content = content(&school, &class);
        content.to.name = name("Смирнова\r\nBcc:\u{202e}x@example.org Вера\n");
        content.from.name = "a\r\n\r\nb\u{2028}".to_owned();
        content.enclosures[0].file_name = "a\"\r\nX-Evil: 1\r\n\r\n\u{202e}fdp.7А".to_owned();
        let letter = compose(&content, &LetterTemplates::read(|template| template.text)).expect("a letter");
        let mail = MessageParser::default().parse(&letter.bytes).expect("a message");
        assert!(mail.bcc().is_none() && mail.header("X-Evil").is_none());
        assert_eq!(mail.attachment_count(), 2);
        assert_eq!(mail.attachment(0).and_then(|part| part.attachment_name()), Some("a- X-Evil- 1 fdp.7А"));
        assert!(mail.attachment(0).is_some_and(|part| part.headers().iter().all(|header| header.name() != "X-Evil")));
        let to = mail.to().and_then(|list| list.first()).and_then(|to| to.address());
        assert_eq!(to, Some("smirnova@example.org"));
    }

    #[test]
    fn too_many_megabytes_are_an_error() {
        let (school, class) = (Sample::new().settings.school, class("7А"));
        let mut content = content(&school, &class);
        content.enclosures = vec![enclosure("Приглашения 7А.pdf", "плакаты", 900, &vec![0; FILES_MAX + 1])];
        let error =
            compose(&content, &LetterTemplates::read(|template| template.text)).expect_err("too large").to_string();
        assert_eq!(
            error.replace('\u{a0}', " "),
            "письмо классу 7А не поместится в почту: вложения занимают 19 МБ, можно не больше 18 МБ"
        );
    }

    #[test]
    fn a_wrong_template_is_named_with_its_line() {
        let (school, class) = (Sample::new().settings.school, class("7А"));
        let check = |text: &'static str, expected: &str| {
            let templates = LetterTemplates { text, ..LetterTemplates::read(|template| template.text) };
            let error = compose(&content(&school, &class), &templates).expect_err("a wrong template");
            assert!(matches!(error, MailError::Template { .. }));
            assert_eq!(error.to_string(), format!("шаблон письма letters/class.txt не подходит: {expected}"));
        };
        check("Здравствуйте!\n{{ techer }}", "строка 2: такого слова у письма нет");
        check("{% if %}", "строка 1: ошибка в записи (unexpected end of block)");
    }
}
