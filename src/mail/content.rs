//! What a letter says and carries.

use jiff::civil::Date;

use super::ChangeLetter;
use crate::school::{
    ChatTitle, ClassName, Deadlines, Edition, Email, Homeroom, MailSettings, PersonName, School, Service, dotted,
};

/// A letter to the homeroom teacher of a class, before it is written out.
#[derive(Clone, Debug)]
pub struct LetterContent<'a> {
    /// The school.
    pub school: &'a School,
    /// What it is written for.
    pub occasion: Occasion,
    /// The service in which the chats are.
    pub service: Service,
    /// The class whose papers it carries.
    pub class: &'a ClassName,
    /// The homeroom teacher of that class.
    pub to: Recipient,
    /// Who writes.
    pub from: Sender,
    /// The papers of the class.
    pub enclosures: Vec<Enclosure>,
    /// How many chats of the class have a valid link, and so invitations among the papers.
    pub linked: usize,
    /// The chats of the class that have no valid link yet.
    pub awaited: Vec<ChatTitle>,
    /// Dates by which things are to be done.
    pub deadlines: Deadlines,
    /// The version of the papers; its date of issue is the date of the letter and of the change.
    pub edition: Edition,
    /// The subjects of earlier letters that it takes the place of.
    pub replaces: Vec<String>,
    /// The Message-ID of the letter that it follows: mail programs show both together.
    pub follows: Option<String>,
}

/// What a letter is written for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// The papers of the class are handed out whole.
    First,
    /// The lists changed: the letter brings what is new, and says what holds no longer.
    Change(ChangeLetter),
    /// Something is still to be done: the most urgent first.
    Reminder(Vec<OpenItem>),
    /// The recipient moderated chats of the class and is to hand them over.
    Handover(Handover),
}

/// The chats that a former moderator is to hand over. Nothing of children: titles and the names of colleagues.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handover {
    /// The number of the change among those of the class and the date.
    pub number: u32,
    /// Which former moderator of this change it goes to: 1, 2, …
    pub place: usize,
    /// The chats.
    pub chats: Vec<HandedChat>,
}

/// A chat that gets another moderator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedChat {
    /// Its exact title.
    pub title: String,
    /// The new moderator: «Яхонтова Лидия Игоревна».
    pub moderator: String,
}

/// Something that is still to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenItem {
    /// What, with its number: «собрать подписи об ознакомлении: ждём от 3 человек».
    pub what: String,
    /// By when.
    pub by: Option<Date>,
    /// Whether that day is over.
    pub is_overdue: bool,
}

impl OpenItem {
    /// The item with its day.
    pub fn words(&self) -> String {
        let Self { what, by, is_overdue } = self;
        match by {
            None => what.clone(),
            Some(by) if *is_overdue => format!("{what} — срок прошёл {}", dotted(*by)),
            Some(by) => format!("{what} — до {}", dotted(*by)),
        }
    }
}

/// To whom a letter goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The name.
    pub name: PersonName,
    /// The address.
    pub address: Email,
}

/// Who writes the letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The address.
    pub address: Email,
    /// The name; empty where there is none.
    pub name: String,
    /// Where answers go, if not to the address.
    pub reply_to: Option<Email>,
}

/// A file that a letter carries.
#[derive(Clone, PartialEq, Eq)]
pub struct Enclosure {
    /// The name of the file: «Приглашения 7А.pdf».
    pub file_name: String,
    /// What it is, in words: «плакаты и талоны с QR-кодами».
    pub kind: String,
    /// What form it has.
    pub form: FileForm,
    /// The file.
    pub bytes: Vec<u8>,
}

/// The form of a file that a letter carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileForm {
    /// A PDF of so many pages.
    Pdf {
        /// The pages.
        pages: usize,
    },
    /// An .xlsx table to be filled in and sent back.
    Table,
    /// A plain text in UTF-8, to be copied from.
    Text,
}

impl FileForm {
    /// Its media type.
    pub(super) fn media_type(self) -> &'static str {
        match self {
            Self::Pdf { .. } => "application/pdf",
            Self::Table => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Text => "text/plain; charset=utf-8",
        }
    }
}

impl Recipient {
    /// The homeroom teacher; `None` where the tables have no address.
    pub fn of(homeroom: &Homeroom) -> Option<Self> {
        let address = homeroom.email.clone()?;
        Some(Self { name: homeroom.name.clone(), address })
    }
}

impl Sender {
    /// The sender of the settings; `None` where they name no address: then there are no letters.
    pub fn of(settings: &MailSettings) -> Option<Self> {
        let address = settings.from.clone()?;
        Some(Self { address, name: settings.from_name.clone(), reply_to: settings.reply_to.clone() })
    }
}

impl std::fmt::Debug for Enclosure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { file_name, kind, form, bytes } = self;
        let mut enclosure = f.debug_struct("Enclosure");
        enclosure.field("file_name", file_name).field("kind", kind).field("form", form);
        enclosure.field("bytes", &bytes.len()).finish()
    }
}
