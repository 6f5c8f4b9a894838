//! The letter of a change.

use jiff::civil::date;
use mail_parser::{MessageParser, MimeHeaders};

use super::{content, enclosure};
use crate::mail::{
    ChangeLetter, HandedChat, Handover, Letter, LetterContent, LetterTemplates, MailError, NewsCount, Occasion, compose,
};
use crate::plan::sample::{Sample, class, name};
use crate::school::{
    ChangeSheet, ChatKey, ClassName, Deadlines, Edition, News, NewsKind, PersonId, Piece, RemovalTask, School,
    VoidPaper,
};

const NAMES: [&str; 4] = ["Орлов", "Ян", "Белов", "Беловой"];

fn sheet() -> ChangeSheet {
    let issued = Edition { version: 1, issued: date(2026, 9, 1) };
    let news = |kind: NewsKind, words: &str| News {
        kind,
        count: 1,
        words: words.to_owned(),
        chats: Vec::new(),
        why: "нет в списках".to_owned(),
    };
    let removal = |who: &str| RemovalTask {
        chat: "7А родители".to_owned(),
        moderator: None,
        who: who.to_owned(),
        why: "выбыл(а)".to_owned(),
    };
    let chat = ChatKey::of(&["7А", "родители"]);
    let id = PersonId::of_bytes([1; 16]);
    ChangeSheet {
        news: vec![
            news(NewsKind::Arrived, "прибыл(а): Орлов Ян"),
            news(NewsKind::Left, "выбыл(а): Белов Лев"),
            news(NewsKind::ChatRetitled, "переименовать чат «7А» в «7А Белов»"),
        ],
        admissions: Vec::new(),
        removals: vec![removal("Белов Лев"), removal("Белова Анна (родитель: Белов Лев)")],
        void: vec![VoidPaper { words: "талон Беловой".to_owned(), edition: issued, why: String::new() }],
        pieces: [Piece::Slip { chat, student: id }].into(),
        newcomers: [id].into(),
        new_parents: std::collections::BTreeMap::new(),
    }
}

fn change<'a>(school: &'a School, class: &'a ClassName, number: u32) -> LetterContent<'a> {
    LetterContent {
        occasion: Occasion::Change(ChangeLetter::new(number, &sheet())),
        enclosures: vec![enclosure("7А Изменения 08.09.2026 № 1.pdf", "что изменилось", 3, b"%PDF-1.7")],
        awaited: Vec::new(),
        deadlines: Deadlines { chats: None, acknowledgement: Some(date(2026, 9, 5)), joining: Some(date(2026, 9, 20)) },
        edition: Edition { version: 1, issued: date(2026, 9, 8) },
        ..content(school, class)
    }
}

fn composed(content: &LetterContent<'_>) -> Letter {
    compose(content, &LetterTemplates::read(|template| template.text)).expect("a letter")
}

/// The text and the HTML as a mail program shows them.
fn bodies(letter: &Letter) -> [String; 2] {
    let mail = MessageParser::default().parse(&letter.bytes).expect("a message");
    let body =
        |text: Option<std::borrow::Cow<'_, str>>| text.expect("a body").replace("\r\n", "\n").replace('\u{a0}', " ");
    [body(mail.body_text(0)), body(mail.body_html(0))]
}

#[test]
fn a_letter_of_a_change_reads_back() {
    let (school, class) = (Sample::new().settings.school, class("7А"));
    let letter = composed(&change(&school, &class, 1));
    assert_eq!(letter.file_name, "7А 08.09.2026 № 1.eml");
    assert_eq!(letter.subject, "7А: изменения от 08.09.2026 № 1");
    let mail = MessageParser::default().parse(&letter.bytes).expect("a message");
    assert_eq!(mail.subject(), Some(letter.subject.as_str()));
    assert_eq!(mail.date().map(mail_parser::DateTime::to_rfc3339).as_deref(), Some("2026-09-08T06:00:00Z"));
    assert_eq!(mail.message_id().map(|id| format!("<{id}>")), Some(letter.message_id.clone()));
    assert_eq!(mail.header_raw("X-Unsent").map(str::trim), Some("1"));
    let key = mail.header_raw("X-Zavuch-Package").map(str::trim).unwrap_or_default();
    assert!(key.starts_with("change-") && key.len() == "change-".len() + 32, "{key}");
    assert_eq!(mail.attachment(0).and_then(MimeHeaders::attachment_name), Some("7А Изменения 08.09.2026 № 1.pdf"));
    assert!(letter.bytes.is_ascii());
    let [text, html] = bodies(&letter);
    assert_eq!(text, TEXT);
    for words in ["<li>прибыло: 1;</li>", "<li>чатов с новым названием: 1.</li>", "(записей: 2)", "не действуют (1)"]
    {
        assert!(html.contains(words), "{words} in {html}");
    }
    for name in NAMES {
        assert!(!text.contains(name) && !html.contains(name) && !letter.subject.contains(name), "{name}");
    }
}

const TEXT: &str = "\
Здравствуйте, Вера Юрьевна!

В вашем 7 «А» классе изменения от 08.09.2026, № 1 — прибыло: 1; выбыло: 1; чатов с новым названием: 1.

Имена стоят только в приложенных файлах:

   — 7А Изменения 08.09.2026 № 1.pdf, 3 страницы: что изменилось.

Что нужно сделать

1. Познакомьте с правилами новых учеников и родителей и соберите подписи в дополнении к листу ознакомления
   (семей в нём: 1). Верните его куратору.
   Включать в чат можно только тех, кто с правилами ознакомлен.

2. Раздайте талоны (1): на каждом написано, для кого он.
   Вступить в чаты можно до 20 сентября 2026 г.

3. Удалите из чатов тех, кого назвали в приложенном файле (записей: 2): там сказано, кого, из какого
   чата и почему. Если чат ведёте не вы, передайте это его модератору.

4. Соберите и уничтожьте бумаги, которые больше не действуют (1): их список — в приложенном файле.

5. Поправьте чаты (1): какие создать, переименовать, закрыть или передать другому модератору,
   сказано в приложенном файле. Если чат ведёте не вы, передайте это его модератору.

Берегите ссылки и QR-коды: по ним в чат войдёт любой. Не пересылайте и не публикуйте их.

Если что-то непонятно, ответьте на это письмо или обратитесь к куратору.
Куратор — Лунин Олег Иванович, заместитель директора, тел. 8 (800) 000-00-00.

Спасибо вам за работу!
МБОУ «Средняя школа № 31»
";

#[test]
fn a_letter_says_only_what_there_is_to_do() {
    let (school, class) = (Sample::new().settings.school, class("7А"));
    let only = ChangeLetter {
        news: vec![NewsCount { kind: NewsKind::Left, count: 1 }],
        removals: 1,
        admissions: 0,
        void: 0,
        slips: 0,
        newcomers: 0,
        ..ChangeLetter::new(2, &sheet())
    };
    let content = LetterContent { occasion: Occasion::Change(only), ..change(&school, &class, 2) };
    for body in bodies(&composed(&content)) {
        assert!(body.contains("Удалите из чатов") && !body.contains("2."), "{body}");
        assert!(!body.contains("Раздайте") && !body.contains("уничтожьте") && !body.contains("QR"), "{body}");
    }
    let admit = ChangeLetter { admissions: 3, ..ChangeLetter::new(2, &ChangeSheet::default()) };
    for body in bodies(&composed(&LetterContent { occasion: Occasion::Change(admit), ..content.clone() })) {
        assert!(body.contains("Включите в чаты") && body.contains("(записей: 3)"), "{body}");
    }
    let nothing = ChangeLetter::new(2, &ChangeSheet::default());
    let content = LetterContent { occasion: Occasion::Change(nothing), ..content };
    for body in bodies(&composed(&content)) {
        assert!(!body.contains("Что нужно сделать") && body.contains("изменения от 08.09.2026, № 2."), "{body}");
    }
}

#[test]
fn the_letter_of_a_class_that_is_gone_tells_which_chats_to_close() {
    let (school, class) = (Sample::new().settings.school, class("9 бывший А"));
    let counts = [(NewsKind::ClassGone, 1), (NewsKind::ChatClosed, 10)];
    let news = counts.map(|(kind, count)| NewsCount { kind, count }).into();
    let gone = ChangeLetter { news, ..ChangeLetter::new(1, &ChangeSheet::default()) };
    let content = LetterContent { occasion: Occasion::Change(gone), ..change(&school, &class, 1) };
    let [text, html] = bodies(&composed(&content));
    let sentence = "Вашего класса (9 бывший А) больше нет в списках школы. Изменения от 08.09.2026, № 1";
    assert!(text.contains(&format!("{sentence} — закрывается чатов: 10.")), "{text}");
    assert!(html.contains(sentence) && html.contains("<li>закрывается чатов: 10.</li>"), "{html}");
    for body in [text, html] {
        assert!(body.contains("Поправьте чаты (10)") && !body.contains("В вашем"), "{body}");
    }
}

#[test]
fn every_change_has_a_letter_of_its_own() {
    let (school, class) = (Sample::new().settings.school, class("7А"));
    let key = |letter: &Letter| {
        let mail = MessageParser::default().parse(&letter.bytes).expect("a message");
        mail.header_raw("X-Zavuch-Package").map(str::trim).unwrap_or_default().to_owned()
    };
    let one = change(&school, &class, 1);
    let mut of_another_day = one.clone();
    of_another_day.edition.issued = date(2026, 9, 9);
    let first = LetterContent { occasion: Occasion::First, ..one.clone() };
    let letters = [one.clone(), change(&school, &class, 2), of_another_day, first].map(|content| composed(&content));
    for (index, letter) in letters.iter().enumerate() {
        for other in &letters[index + 1..] {
            assert_ne!(letter.message_id, other.message_id);
            assert_ne!(key(letter), key(other));
            assert_ne!(letter.file_name, other.file_name);
        }
    }
    assert_eq!(composed(&one), letters[0]);
}

#[test]
fn hostile_names_of_people_and_classes_stay_texts() {
    let mut school = Sample::new().settings.school;
    school.short_name = "Школа\r\nBcc: x@example.org<script>".to_owned();
    let class = class("8 Ф/М");
    let mut content = change(&school, &class, 1);
    content.to.name = name("Смирнова\r\nBcc:\u{202e}x@example.org <b>Вера</b>\n");
    content.enclosures[0].file_name = "../../8 Ф/М\"\r\nX-Evil: 1.pdf".to_owned();
    let letter = composed(&content);
    assert_eq!(letter.file_name, "8 Ф-М 08.09.2026 № 1.eml");
    let mail = MessageParser::default().parse(&letter.bytes).expect("a message");
    assert!(mail.bcc().is_none() && mail.header("X-Evil").is_none());
    assert_eq!(mail.to().and_then(|list| list.first()).and_then(|to| to.address()), Some("smirnova@example.org"));
    let [_, html] = bodies(&letter);
    assert!(!html.contains("<script>") && !html.contains("<b>Вера"), "{html}");
}

#[test]
fn a_wrong_template_of_a_change_is_named() {
    let (school, class) = (Sample::new().settings.school, class("7А"));
    let mut templates = LetterTemplates::read(|template| template.text);
    templates.change.html = "{{ pupils }}";
    let error = compose(&change(&school, &class, 1), &templates).expect_err("a wrong template");
    assert!(matches!(error, MailError::Template(_)));
    assert_eq!(error.to_string(), "шаблон письма letters/change.html не подходит: строка 1: такого слова у письма нет");
}

#[test]
fn a_new_school_year_is_called_so() {
    let (school, class) = (Sample::new().settings.school, class("8А"));
    let news = [NewsKind::ClassUp, NewsKind::ChatRetitled].map(|kind| NewsCount { kind, count: 1 });
    let letter = ChangeLetter { news: news.into(), ..ChangeLetter::new(1, &ChangeSheet::default()) };
    let content = LetterContent { occasion: Occasion::Change(letter), ..change(&school, &class, 1) };
    for body in bodies(&composed(&content)) {
        assert!(body.contains("Начался новый учебный год: ваш класс теперь 8 «А»"), "{body}");
        assert!(body.contains("чатов с новым названием: 1") && !body.contains("другие изменения"), "{body}");
    }
    for body in bodies(&composed(&change(&school, &class, 1))) {
        assert!(!body.contains("учебный год"), "{body}");
    }
}

#[test]
fn a_former_moderator_is_told_what_to_hand_over() {
    let (school, class) = (Sample::new().settings.school, class("7А"));
    let chat =
        |title: &str| HandedChat { title: title.to_owned(), moderator: "Яхонтова Лидия <b>".to_owned() };
    let handover = |place, chats: Vec<HandedChat>| LetterContent {
        occasion: Occasion::Handover(Handover { number: 2, place, chats }),
        enclosures: Vec::new(),
        ..change(&school, &class, 1)
    };
    let one = composed(&handover(1, vec![chat("7А — родители")]));
    let two = composed(&handover(2, vec![chat("7А — родители"), chat("7А — Алгебра")]));
    assert_eq!(one.file_name, "7А 08.09.2026 № 2 прежнему модератору.eml");
    assert_eq!(two.file_name, "7А 08.09.2026 № 2 прежнему модератору 2.eml");
    assert_eq!(
        (one.subject.as_str(), one.message_id == two.message_id),
        ("7А: передайте чаты новому модератору", false)
    );
    let [text, html] = bodies(&two);
    for title in ["7А — родители", "7А — Алгебра"] {
        assert!(text.contains(&format!("«{title}» — Яхонтова Лидия <b>")), "{text}");
        assert!(html.contains(&format!("«{title}» — Яхонтова Лидия &lt;b&gt;")), "{html}");
    }
    assert!(bodies(&one).iter().all(|body| body.contains("Чат 7") && body.contains("в ближайшие два дня")));
}
