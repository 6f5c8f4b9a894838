//! What a class was handed, read back from the papers themselves: each slip and poster, and each that was called void.
//!
//! It reads what a person would: the words on the paper, the link in clear, the version at the foot.

use std::collections::BTreeSet;

use mail_parser::{MessageParser, MimeHeaders};

use crate::pdf_text::{self, PageText};
use crate::pixels;

/// At this resolution the codes of slips and posters can be read.
const DPI: f32 = 120.0;

/// A slip or a poster that lies in somebody's hands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct HandedOut {
    /// The link on it.
    pub(crate) link: String,
    /// Whose slip it is; `None` for a poster.
    pub(crate) pupil: Option<String>,
    /// «1 от 01.09.2026».
    pub(crate) edition: String,
}

/// A line of the list of papers that hold no longer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Void {
    /// «талон «7А — родители», Иванов Пётр».
    pub(crate) words: String,
    /// «1 от 01.09.2026».
    pub(crate) edition: String,
    /// «выбыл(а)».
    pub(crate) why: String,
}

/// Whether the bytes are those of a PDF.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    bytes.starts_with(b"%PDF")
}

/// The slips and posters of a PDF; a text to copy from has none.
#[track_caller]
pub(crate) fn papers(pdf: &[u8]) -> Vec<HandedOut> {
    pages(pdf).iter().flat_map(|page| [slips(page), posters(page)].concat()).collect()
}

/// The lines of the list of papers that hold no longer.
#[track_caller]
pub(crate) fn void(pdf: &[u8]) -> Vec<Void> {
    let mut found = Vec::new();
    for page in pages(pdf) {
        let mut runs = page.runs.iter().map(|run| run.text.trim());
        while let Some(run) = runs.next() {
            if !["талон «", "лист-приглашение «", "семейный лист, "].iter().any(|words| run.starts_with(words))
            {
                continue;
            }
            let mut words = run.to_owned();
            let edition = loop {
                let next = runs.next().expect("a version behind a void paper");
                if is_edition(next) {
                    break next.to_owned();
                }
                words = format!("{words} {next}");
            };
            let why = runs.next().expect("a reason behind a version").to_owned();
            found.push(Void { words, edition, why });
        }
    }
    found
}

/// The pages of a file of a letter; a text to copy from has none.
#[track_caller]
fn pages(file: &[u8]) -> Vec<PageText> {
    if file.starts_with("\u{feff}".as_bytes()) { Vec::new() } else { pdf_text::texts(file) }
}

/// The texts of all codes of a PDF, read from its pixels; each can be read.
#[track_caller]
pub(crate) fn codes(pdf: &[u8]) -> BTreeSet<String> {
    let pages = pixels::qr_texts(pdf, DPI);
    assert!(pages.iter().all(|page| page.unreadable == 0), "a code that cannot be read");
    pages.into_iter().flat_map(|page| page.codes).map(|code| code.text).collect()
}

/// A letter as its reader sees it.
pub(crate) struct Letter {
    pub(crate) to: Vec<String>,
    pub(crate) subject: String,
    pub(crate) text: String,
    /// The names and bytes of the files.
    pub(crate) attached: Vec<Attachment>,
}

/// A file of a letter.
pub(crate) struct Attachment {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// Opens a letter.
#[track_caller]
pub(crate) fn letter(eml: &[u8]) -> Letter {
    let message = MessageParser::default().parse(eml).expect("a letter");
    let to = message.to().expect("to whom").iter().filter_map(|to| to.address()).map(str::to_owned);
    let attached = message.attachments().map(|part| Attachment {
        name: part.attachment_name().expect("a name").to_owned(),
        bytes: part.contents().to_vec(),
    });
    Letter {
        to: to.collect(),
        subject: message.subject().expect("a subject").to_owned(),
        text: message.body_text(0).expect("a text").into_owned(),
        attached: attached.collect(),
    }
}

impl Letter {
    /// The papers, without tables to be filled in.
    pub(crate) fn pdfs(self) -> Vec<Vec<u8>> {
        let pdfs = self.attached.into_iter().filter(|file| file.bytes.starts_with(b"%PDF"));
        pdfs.map(|file| file.bytes).collect()
    }

    /// The names of the files.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.attached.iter().map(|file| file.name.as_str()).collect()
    }
}

/// Slips are drawn one by one: for whom, the class, the name, the steps, the link, the version.
fn slips(page: &PageText) -> Vec<HandedOut> {
    let mut slips = Vec::new();
    let mut runs = page.runs.iter().map(|run| run.text.trim());
    while let Some(run) = runs.next() {
        if run != "РОДИТЕЛЯМ" && run != "УЧЕНИКУ" {
            continue;
        }
        let _class = runs.next();
        let mut name = runs.next().expect("a name").to_owned();
        for more in runs.by_ref().take_while(|run| *run != "1.") {
            name = format!("{name} {more}");
        }
        let link = runs.by_ref().find(|run| run.starts_with("https://")).expect("a link").to_owned();
        let edition = runs.by_ref().find_map(|run| run.strip_prefix("в. ")).expect("a version");
        slips.push(HandedOut { link, pupil: Some(name), edition: edition.replace(" · ", " от ") });
    }
    slips
}

/// A poster fills its page.
fn posters(page: &PageText) -> Vec<HandedOut> {
    let runs = || page.runs.iter().map(|run| run.text.trim());
    let version = runs().find_map(|run| run.split_once(" · версия ").filter(|(sheet, _)| sheet.starts_with("Лист ")));
    // The link itself, or an address of the school's own site; MAX itself stands there, too.
    let link =
        runs().find(|run| run.strip_prefix("https://").is_some_and(|rest| rest != "max.ru" && rest.contains('/')));
    let (Some((_, version)), Some(link)) = (version, link) else {
        return Vec::new();
    };
    let issued = runs().find_map(|run| run.strip_prefix("выпущен ")).expect("a date");
    vec![HandedOut { link: link.to_owned(), pupil: None, edition: format!("{version} от {issued}") }]
}

/// «1 от 01.09.2026»
fn is_edition(text: &str) -> bool {
    text.split_once(" от ").is_some_and(|(version, date)| {
        version.chars().all(|digit| digit.is_ascii_digit()) && date.len() == "01.09.2026".len()
    })
}
