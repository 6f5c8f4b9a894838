//! What the school has decided: `zavuch.toml`, read and checked.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{BaseUrl, ChatKind, ClassName, Email, MailServer, Regulation, School, TitleTemplate};

/// The settings of a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The school.
    pub school: School,
    /// The regulation: the preset with the school's own values laid over it.
    pub regulation: Regulation,
    /// Chats.
    pub chats: ChatSettings,
    /// Deadlines.
    pub deadlines: Deadlines,
    /// Papers.
    pub papers: PaperSettings,
    /// Links.
    pub links: LinkSettings,
    /// Mail.
    pub mail: MailSettings,
}

/// Which chats there are and what they are called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChatSettings {
    /// The kinds that are made: those of the preset as the settings switch them on and off.
    pub kinds: BTreeSet<ChatKind>,
    /// The grades that get subject chats.
    pub subject_grades: GradeRange,
    /// The school's own templates of titles; a kind without one has the built-in one.
    pub titles: BTreeMap<ChatKind, TitleTemplate>,
    /// Whether the administrator of the platform is a further administrator of every class chat.
    pub administrator_in_class_chats: bool,
    /// What becomes of the chats of a class in a new school year.
    pub new_year: NewYear,
}

/// What becomes of the chats of a class when it goes up a year.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NewYear {
    /// They go on under their new titles, with their links.
    #[default]
    Retitle,
    /// They are closed, and new ones are created.
    Close,
}

/// Grades from … to, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GradeRange {
    /// The lowest grade, 1–12.
    pub from: u8,
    /// The highest grade, 1–12.
    pub to: u8,
}

/// Dates by which things are to be done; `None` where the school sets none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deadlines {
    /// Chats created and links sent back.
    pub chats: Option<Date>,
    /// Acknowledgement forms returned.
    pub acknowledgement: Option<Date>,
    /// Families joined; unclaimed links are annulled after it (bel 4.1).
    pub joining: Option<Date>,
}

impl Deadlines {
    /// The dates that lie before a day, in their order.
    pub fn before(self, day: Date) -> impl Iterator<Item = Date> {
        [self.chats, self.acknowledgement, self.joining].into_iter().flatten().filter(move |date| *date < day)
    }

    /// Only the dates from a day on.
    #[must_use]
    pub fn since(self, day: Date) -> Self {
        let since = |date: Option<Date>| date.filter(|date| *date >= day);
        Self { chats: since(self.chats), acknowledgement: since(self.acknowledgement), joining: since(self.joining) }
    }
}

/// How papers are made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperSettings {
    /// How many slips stand on one A4 sheet.
    pub slips_per_page: SlipsPerPage,
    /// Blank rows of the acknowledgement form for newcomers, 0–40.
    pub blank_rows: u8,
    /// Whether the acknowledgement form has the column «прошу другой канал связи».
    pub other_channel_column: bool,
    /// Which of the papers that a school may do without are made.
    pub optional: BTreeSet<OptionalPaper>,
}

/// A paper that a school may do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OptionalPaper {
    /// The rules of communication on a sheet for each audience.
    Rules,
    /// The consents to place photographs and video.
    Consents,
    /// The log of violations and unblockings.
    ViolationLog,
    /// The texts for the old and the new chats.
    Announcements,
    /// A sheet for each family whose children learn in several classes.
    Families,
}

/// How many slips stand on one A4 sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlipsPerPage {
    /// 2 × 2.
    Four,
    /// 2 × 3.
    Six,
    /// 2 × 4, 95 × 70 mm each.
    Eight,
    /// 2 × 5.
    Ten,
}

/// How links are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkSettings {
    /// What the codes on papers hold.
    pub mode: LinkMode,
    /// After how many days a link that not everybody has used is annulled (bel 4.1, 31.2.1, 65.5.3), 1–365.
    pub unclaimed_days: u16,
}

/// What the codes on papers hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum LinkMode {
    /// The links of the chats.
    #[default]
    Direct,
    /// Addresses of the school's own site, whose pages lead to the chats: papers outlive a replaced link.
    Short(BaseUrl),
}

/// How letters are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    /// The sender's address; letters are made only when it is set.
    pub from: Option<Email>,
    /// The sender's name.
    pub from_name: String,
    /// Where answers go, if not to the sender.
    pub reply_to: Option<Email>,
    /// The server that letters are sent by; `None` where people send the written letters by themselves.
    pub server: Option<MailServer>,
    /// For how many days the text and the files of a letter that was sent are kept, 1–365.
    pub keep_days: u16,
}

impl OptionalPaper {
    /// Every one of them.
    pub const ALL: [Self; 5] = [Self::Rules, Self::Consents, Self::ViolationLog, Self::Announcements, Self::Families];

    /// Whether it is made where the settings do not say.
    pub fn is_usual(self) -> bool {
        self != Self::Families
    }

    /// The name in `zavuch.toml`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Rules => "rules",
            Self::Consents => "consents",
            Self::ViolationLog => "violation_log",
            Self::Announcements => "announcements",
            Self::Families => "family_sheets",
        }
    }
}

impl GradeRange {
    /// Whether a class is of these grades.
    pub fn contains(self, class: &ClassName) -> bool {
        (self.from..=self.to).contains(&class.grade())
    }
}
