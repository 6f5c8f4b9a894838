//! Letters as a mail program reads them.

use jiff::civil::date;
use mail_parser::{MessageParser, MimeHeaders};

mod change;

use super::{FILES_MAX, compose};
use crate::mail::{Enclosure, FileForm, LetterContent, LetterTemplates, MailError, Occasion, Recipient, Sender};
use crate::plan::sample::{Sample, class, name};
use crate::school::{ClassName, Deadlines, Edition, School, Service};

fn enclosure(file_name: &str, kind: &str, pages: usize, pdf: &[u8]) -> Enclosure {
    Enclosure {
        file_name: file_name.to_owned(),
        kind: kind.to_owned(),
        form: FileForm::Pdf { pages },
        bytes: pdf.to_vec(),
    }
}

fn content<'a>(school: &'a School, class: &'a ClassName) -> LetterContent<'a> {
    LetterContent {
        school,
        occasion: Occasion::First,
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
            enclosure("Памятка модератора 7А.pdf", "памятка модератора", 1, b"%PDF-1.7 two\n--=_zavuch_mixed_=--\n"),
        ],
        linked: 3,
        awaited: vec!["7А Алгебра".parse().expect("a title"), "7А <b>&".parse().expect("a title")],
        deadlines: Deadlines { chats: Some(date(2026, 9, 5)), acknowledgement: None, joining: Some(date(2026, 9, 20)) },
        edition: Edition { version: 1, issued: date(2026, 9, 1) },
        replaces: Vec::new(),
        follows: None,
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
    other.enclosures[0].bytes.push(b'!');
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
    let error = compose(&content, &LetterTemplates::read(|template| template.text)).expect_err("too large").to_string();
    assert_eq!(
        error.replace('\u{a0}', " "),
        "письмо классу 7А не поместится в почту: вложения занимают 19 МБ, можно не больше 18 МБ"
    );
}

#[test]
fn a_wrong_template_is_named_with_its_line() {
    let (school, class) = (Sample::new().settings.school, class("7А"));
    let check = |text: &'static str, expected: &str| {
        let mut templates = LetterTemplates::read(|template| template.text);
        templates.class.text = text;
        let error = compose(&content(&school, &class), &templates).expect_err("a wrong template");
        assert!(matches!(error, MailError::Template(_)));
        assert_eq!(error.to_string(), format!("шаблон письма letters/class.txt не подходит: {expected}"));
    };
    check("Здравствуйте!\n{{ techer }}", "строка 2: такого слова у письма нет");
    check("{% if %}", "строка 1: ошибка в записи (unexpected end of block)");
}
