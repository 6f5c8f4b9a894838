//! What is to be printed for a class or for the school, and what comes out.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::school::{
    Chat, ChatKey, ChatLinks, ChatTitle, ClassName, Draft, Edition, Editions, Homeroom, Issue, IssueKind, LinkUrl,
    PaperSettings, PersonId, PersonName, Piece, Place, Regulation, School, SchoolClass, StaffMember, file_name,
};

use super::canvas::Page;
use super::error::PaperError;
use super::font::unprintable as missing_letters;
use super::pdf::{self, About};
use super::wording::Wording;

/// All that the papers of one class, or of the whole school, are made from.
#[derive(Clone, Copy, Debug)]
pub struct ClassPapers<'a> {
    /// The school.
    pub school: &'a School,
    /// Its act.
    pub regulation: &'a Regulation,
    /// How papers are made.
    pub settings: &'a PaperSettings,
    /// The words.
    pub wording: &'a Wording,
    /// The class; `None` for the chats of the school and of its groups.
    pub class: Option<&'a SchoolClass>,
    /// The homeroom teacher, where there is one.
    pub homeroom: Option<&'a Homeroom>,
    /// The chats with their links; those without one are not printed.
    pub chats: &'a [ChatSheet<'a>],
    /// The version and the date of every piece.
    pub editions: &'a Editions,
    /// What the papers of the school are made from beside its chats; nothing for a class.
    pub whole_school: WholeSchool<'a>,
}

/// The people of the whole school, of whom no class hears.
#[derive(Clone, Copy, Debug, Default)]
pub struct WholeSchool<'a> {
    /// The members of the staff, who sign the rules.
    pub staff: &'a [StaffMember],
    /// The families whose children learn in several classes.
    pub families: &'a [FamilyCodes],
    /// The links of all chats.
    pub links: Option<&'a ChatLinks>,
}

/// A family whose children learn in several classes, with the chats of the parents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyCodes {
    /// The child by whom the family is known.
    pub known_by: PersonId,
    /// The parents.
    pub guardians: Vec<PersonName>,
    /// The children in the order of their classes.
    pub children: Vec<ChildCode>,
}

/// A child with the chat of the parents of its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChildCode {
    /// The name.
    pub name: PersonName,
    /// The class.
    pub class: ClassName,
    /// The chat of the parents.
    pub chat: ChatKey,
    /// Its title.
    pub title: ChatTitle,
    /// Whom to ask: the homeroom teacher.
    pub homeroom: Option<PersonName>,
}

/// A chat with the link that its papers carry.
#[derive(Clone, Copy, Debug)]
pub struct ChatSheet<'a> {
    /// The chat.
    pub chat: &'a Chat,
    /// Its link; `None` while it is awaited or refused.
    pub link: Option<&'a LinkUrl>,
}

/// A kind of paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// Posters with a QR code, one per chat.
    Posters,
    /// Slips to be cut, one per pupil and chat.
    Slips,
    /// A sheet for each family whose children learn in several classes.
    Families,
    /// The form to be signed after the rules were read.
    AcknowledgementForm,
    /// What the moderator creates, pins and watches.
    ModeratorMemo,
    /// Violations and unblockings, to be written down by hand.
    ViolationLog,
    /// The rules of communication, a sheet for each audience.
    Rules,
    /// Consents to place photographs and video, one for each pupil.
    Consents,
    /// Texts to paste: for the old chats and for the new ones.
    Announcements,
    /// What has changed and what is to be done, with the posters and slips that the change needs.
    Changes,
    /// A paper of the school that people edit.
    Draft(Draft),
}

/// Finished pages with the version and the date of each piece on them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Sheets {
    /// The pages.
    pub(super) pages: Vec<Page>,
    /// One edition for each poster, slip, part of a form, memo.
    pub(super) editions: Vec<Edition>,
}

/// A finished paper.
#[derive(Clone, PartialEq, Eq)]
pub struct Paper {
    /// What it is.
    pub kind: PaperKind,
    /// A name that every file system takes: «7А Листы-приглашения.pdf».
    pub file_name: String,
    /// The number of its pages.
    pub pages: usize,
    /// The number of its pieces: posters, slips, forms.
    pub pieces: usize,
    /// The PDF.
    pub bytes: Vec<u8>,
    /// The same words to be copied from, where that is what they are for.
    pub copy: Option<TextCopy>,
}

/// A plain text that lies beside a paper.
#[derive(Clone, PartialEq, Eq)]
pub struct TextCopy {
    /// «7А Тексты объявлений.txt».
    pub file_name: String,
    /// UTF-8 with a mark at its beginning and the line ends of Windows: old editors show it right, too.
    pub bytes: Vec<u8>,
}

impl PaperKind {
    /// The kinds that a class or the school has as files, in the order of lists.
    pub const ALL: [Self; 12] = [
        Self::Posters,
        Self::Slips,
        Self::Families,
        Self::AcknowledgementForm,
        Self::ModeratorMemo,
        Self::ViolationLog,
        Self::Rules,
        Self::Consents,
        Self::Announcements,
        Self::Draft(Draft::Order),
        Self::Draft(Draft::ChatRegister),
        Self::Draft(Draft::Application),
    ];

    /// On which kind of paper a piece stands.
    pub fn of(piece: &Piece) -> Self {
        match piece {
            Piece::Poster { .. } => Self::Posters,
            Piece::Slip { .. } => Self::Slips,
            Piece::Family { .. } => Self::Families,
            Piece::Form { .. } => Self::AcknowledgementForm,
            Piece::Memo => Self::ModeratorMemo,
            Piece::Log => Self::ViolationLog,
            Piece::Rules { .. } => Self::Rules,
            Piece::Consent => Self::Consents,
            Piece::Announcements => Self::Announcements,
            Piece::Draft { draft } => Self::Draft(*draft),
        }
    }

    /// The name in lists and in file names.
    pub fn title(self) -> &'static str {
        match self {
            Self::Posters => "Листы-приглашения",
            Self::Slips => "Талоны",
            Self::Families => "Семейные листы",
            Self::AcknowledgementForm => "Лист ознакомления",
            Self::ModeratorMemo => "Памятка модератора",
            Self::ViolationLog => "Журнал нарушений",
            Self::Rules => "Правила общения",
            Self::Consents => "Согласия на фото и видео",
            Self::Announcements => "Тексты объявлений",
            Self::Changes => "Изменения",
            Self::Draft(draft) => draft.title(),
        }
    }
}

impl PaperKind {
    /// What it is for, in a few words: for the letter that carries it.
    pub fn purpose(self) -> &'static str {
        match self {
            Self::Posters => "листы с QR-кодами, чтобы повесить в классе или показать на собрании",
            Self::Slips => "отрезные талоны с QR-кодами, чтобы раздать семьям",
            Self::Families => "коды всех классов семьи на одном листе; раздаёт заместитель директора",
            Self::AcknowledgementForm => "правила и таблица для подписей, нужен до включения в чат",
            Self::ModeratorMemo => "какие чаты создать, как их настроить, что закрепить и как вести",
            Self::ViolationLog => "таблица, чтобы записывать нарушения и меры",
            Self::Rules => "правила на руки: для тех, кто состоит в чатах",
            Self::Consents => "бланки для семей, которые разрешают размещать снимки в чатах; дело добровольное",
            Self::Announcements => "тексты для прежних и новых чатов",
            Self::Changes => "что изменилось и что сделать",
            Self::Draft(Draft::Order) => "проект: проверьте, исправьте и подпишите у директора",
            Self::Draft(Draft::ChatRegister) => "приложение к приказу таблицей",
            Self::Draft(Draft::Application) => "черновик письма: вложите приказ и отправьте",
        }
    }
}

impl std::fmt::Debug for Paper {
    /// The bytes hold links and names.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { kind, file_name, pages, pieces, bytes, copy: _ } = self;
        write!(f, "Paper({kind:?}, {file_name:?}, pages: {pages}, pieces: {pieces}, {} bytes)", bytes.len())
    }
}

impl ClassPapers<'_> {
    /// «7А Талоны.pdf», «Школа Приказ (проект).docx»: without the characters that Windows forbids.
    pub fn file_name(&self, kind: PaperKind) -> String {
        let extension = if let PaperKind::Draft(draft) = kind { draft.extension() } else { "pdf" };
        file_name(&format!("{} {}.{extension}", self.whose(), kind.title()))
    }

    /// The name of the text that lies beside a paper, where it has one.
    pub fn copy_name(&self, kind: PaperKind) -> Option<String> {
        let name = || file_name(&format!("{} {}.txt", self.whose(), kind.title()));
        (kind == PaperKind::Announcements).then(name)
    }

    /// A paper of finished pages; `None` where there are none.
    pub(super) fn bind(&self, kind: PaperKind, sheets: &Sheets) -> Result<Option<Paper>, PaperError> {
        self.bind_as(kind, self.file_name(kind), sheets)
    }

    /// The same under another name. The file is as old as the youngest of its pieces.
    pub(super) fn bind_as(
        &self,
        kind: PaperKind,
        file_name: String,
        sheets: &Sheets,
    ) -> Result<Option<Paper>, PaperError> {
        let issued = sheets.editions.iter().map(|edition| edition.issued).max();
        let issued = issued.unwrap_or_else(|| self.editions.current().issued);
        self.bind_on(issued, kind, file_name, sheets)
    }

    /// The same with a date of its own.
    pub(super) fn bind_on(
        &self,
        issued: Date,
        kind: PaperKind,
        file_name: String,
        sheets: &Sheets,
    ) -> Result<Option<Paper>, PaperError> {
        let Sheets { pages, editions } = sheets;
        if pages.is_empty() {
            return Ok(None);
        }
        let title = self.document_title(kind);
        let about = About { title: &title, author: &self.school.short_name, issued };
        let bytes = pdf::write(pages, &about)?;
        Ok(Some(Paper { kind, file_name, pages: pages.len(), pieces: editions.len(), bytes, copy: None }))
    }

    /// «7А», «Школа».
    pub(super) fn whose(&self) -> String {
        self.class.map_or_else(|| "Школа".to_owned(), |class| class.name.to_string())
    }

    /// «7 «А»: талоны», for the title bar of a viewer.
    pub(super) fn document_title(&self, kind: PaperKind) -> String {
        let whose = self.class.map_or_else(|| self.school.short_name.clone(), |class| class.name.quoted());
        format!("{}: {}", whose.replace('\u{a0}', " "), kind.title().to_lowercase())
    }
}

/// The characters of names and titles that the papers' font does not have, each said with its place.
pub fn unprintable(papers: &ClassPapers<'_>) -> Vec<Issue> {
    let mut issues = Vec::new();
    let mut look = |text: &str, what: &str, place: &Place, advice: &str| {
        let missing = missing_letters(text);
        if !missing.is_empty() {
            let missing = missing.iter().map(|letter| format!("«{letter}»")).collect::<Vec<_>>().join(", ");
            let message = format!("{what} «{text}»: в шрифте бумаг нет {missing}, вместо этого будет напечатано «?».");
            issues.push(Issue::new(IssueKind::Unprintable, place.clone(), message, advice));
        }
    };
    for student in papers.class.iter().flat_map(|class| &class.students) {
        look(&student.name.to_string(), "Имя", &student.place, "Запишите имя русскими буквами.");
        for guardian in student.guardians.iter().filter_map(|guardian| guardian.name.as_ref()) {
            look(&guardian.to_string(), "Имя родителя", &student.place, "Запишите имя русскими буквами.");
        }
    }
    let (settings, staff) = (Place::file("zavuch.toml"), Place::file("штат.xlsx"));
    if papers.class.is_none() {
        look(&papers.school.short_name, "Название школы", &settings, "Исправьте название школы в настройках.");
        look(&papers.school.city, "Город", &settings, "Исправьте название города в настройках.");
    }
    for sheet in papers.chats {
        let chat = sheet.chat;
        look(chat.title.as_str(), "Название чата", &settings, "Исправьте предмет, группу или шаблон названия чата.");
        let people = chat.moderator.iter().chain(&chat.co_admins);
        for person in people {
            look(&person.to_string(), "Имя", &staff, "Запишите имя русскими буквами.");
        }
    }
    for member in papers.whole_school.staff {
        look(&member.name.to_string(), "Имя", &staff, "Запишите имя русскими буквами.");
        look(&member.post, "Должность", &staff, "Исправьте должность.");
    }
    issues.sort();
    issues.dedup();
    issues
}
