//! What is wrong with an input: a result to be shown with all others, not an error that ends the work.

use std::fmt;

use serde::Serialize;

use super::Place;

/// One problem of an input, with its place and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Issue {
    /// What kind of problem it is.
    pub kind: IssueKind,
    /// Where it is.
    pub place: Place,
    /// What is wrong, one Russian sentence without a place: from its capital letter to its full stop.
    pub message: String,
    /// What to do, one Russian sentence; empty where the message says it all.
    pub advice: String,
}

/// How grave an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing is issued until it is mended; for a link, its chat waits and everything else goes on.
    Error,
    /// The value is left out or taken with a doubt; the work goes on.
    Warning,
    /// Worth knowing.
    Note,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $severity:ident $name:ident = $id:literal,)+) => {
        /// The kinds of issues. Each has one severity.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum IssueKind {
            $($(#[$doc])* $name,)+
        }

        impl IssueKind {
            /// The name in JSON.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// How grave issues of this kind are.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }
        }
    };
}

kinds! {
    /// `zavuch.toml` or another TOML file cannot be parsed.
    Error SettingsSyntax = "settings_syntax",
    /// A key that nobody knows.
    Error UnknownKey = "unknown_key",
    /// A key that must be there is not.
    Error MissingKey = "missing_key",
    /// A value of another type.
    Error WrongType = "wrong_type",
    /// A value that cannot be.
    Error ImpossibleValue = "impossible_value",
    /// A value of the invented school that the settings came with.
    Warning SampleValue = "sample_value",
    /// A date by which things were to be done last school year.
    Warning PastDeadline = "past_deadline",
    /// A folder that must be there is not.
    Error MissingFolder = "missing_folder",
    /// A file that must be there is not.
    Error MissingFile = "missing_file",
    /// A file that cannot be opened.
    Error Unreadable = "unreadable",
    /// One table in two forms («штат.xlsx» and «штат.csv»).
    Error AmbiguousFile = "ambiguous_file",
    /// A file without content.
    Error Empty = "empty",
    /// No header row was found.
    Error NoHeader = "no_header",
    /// No source names the class.
    Error NoClass = "no_class",
    /// A text that is no class.
    Error BadClass = "bad_class",
    /// A table, but of something else.
    Error NotARoster = "not_a_roster",
    /// A document, a picture …
    Error NotASpreadsheet = "not_a_spreadsheet",
    /// A damaged file.
    Error Corrupt = "corrupt",
    /// A file with a password.
    Error Encrypted = "encrypted",
    /// An archive that would fill the memory.
    Error ZipBomb = "zip_bomb",
    /// More than the program takes.
    Error TooLarge = "too_large",
    /// A formula whose value was not saved.
    Error FormulaNoValue = "formula_no_value",
    /// Letters lost when the file was saved («????»).
    Error EncodingLost = "encoding_lost",
    /// No roster has a pupil.
    Error EmptyRoster = "empty_roster",
    /// A name that cannot be read.
    Error BadName = "bad_name",
    /// One pupil twice.
    Warning DuplicateStudent = "duplicate_student",
    /// A name of a parent that cannot be read: the pupil stays, the parent has no name.
    Warning BadGuardianName = "bad_guardian_name",
    /// A telephone that cannot be dialled.
    Warning BadPhone = "bad_phone",
    /// An address that cannot be written to.
    Warning BadEmail = "bad_email",
    /// A date that cannot be.
    Warning BadDate = "bad_date",
    /// Two sources name different classes.
    Warning ClassConflict = "class_conflict",
    /// Pupils of several schools in classes of one name.
    Warning SeveralSchools = "several_schools",
    /// A text that a spreadsheet would run as a formula.
    Warning FormulaInjection = "formula_injection",
    /// A class of an unusual size.
    Warning ClassSize = "class_size",
    /// A class larger than any class: section rows were probably missed.
    Error ClassTooLarge = "class_too_large",
    /// A class typed with a Latin letter.
    Note LatinLetter = "latin_letter",
    /// A pupil who has left.
    Note LeftStudent = "left_student",
    /// A hidden sheet that was not read.
    Note HiddenSheet = "hidden_sheet",
    /// A sheet without pupils.
    Note SkippedSheet = "skipped_sheet",
    /// A row taken for a heading.
    Note SkippedRow = "skipped_row",
    /// A column that was not understood.
    Note UnknownColumn = "unknown_column",
    /// A word where one of a few is expected.
    Error UnknownWord = "unknown_word",
    /// One member of the staff twice.
    Error DuplicateStaff = "duplicate_staff",
    /// Two homeroom teachers for one class.
    Error TwoHomeroomTeachers = "two_homeroom_teachers",
    /// Two tables or rows name different people for one task; one of them wins.
    Warning PersonConflict = "person_conflict",
    /// A class that no roster has.
    Error UnknownClass = "unknown_class",
    /// A class without a homeroom teacher.
    Warning NoHomeroomTeacher = "no_homeroom_teacher",
    /// A homeroom teacher without an address.
    Warning NoAddress = "no_address",
    /// A teacher whom the staff table does not have.
    Warning UnknownTeacher = "unknown_teacher",
    /// A person whom neither the roster nor the staff table has.
    Warning UnknownPerson = "unknown_person",
    /// A name of several pupils, with nothing that tells which of them is meant: nobody is taken by guess.
    Warning Namesakes = "namesakes",
    /// A word in a cell for a mark that cannot be understood: the cell counts as empty.
    Warning UnknownMark = "unknown_mark",
    /// Two marks of one person that contradict each other, or a mark that cannot be placed in time.
    Warning MarkUnclear = "mark_unclear",
    /// A list of a chat's members that seems to be a part of one, or numbers that contradict each other: nothing is taken.
    Warning MembersUnclear = "members_unclear",
    /// A class of the acknowledgement table that no roster has: an earlier year's, or one that is misspelt.
    Warning ClassNotListed = "class_not_listed",
    /// A chat that nobody moderates.
    Warning NoModerator = "no_moderator",
    /// Groups of the table of a kind whose chats the settings leave out.
    Warning GroupWithoutChat = "group_without_chat",
    /// A title that MAX does not take.
    Error BadTitle = "bad_title",
    /// Two chats of one title.
    Error RepeatedTitle = "repeated_title",
    /// A row of the register without a link.
    Note LinkAwaited = "link_awaited",
    /// What was given is no invitation to a chat.
    Error LinkRefused = "link_refused",
    /// One link at two chats.
    Error LinkShared = "link_shared",
    /// A link that was mended, or that is of an unusual length.
    Warning LinkUnusual = "link_unusual",
    /// A chat that has a link already, but none in the register: the one it has stays.
    Warning LinkKept = "link_kept",
    /// A link that is, was or may be another chat's: it is not used.
    Warning LinkOfAnother = "link_of_another",
    /// A link that was revoked: it is not used.
    Warning LinkRevoked = "link_revoked",
    /// A row of the register for a chat that is not planned.
    Warning UnknownChat = "unknown_chat",
    /// An old chat for which no new one is planned, or several are.
    Warning OldChatUnmatched = "old_chat_unmatched",
    /// One old chat twice.
    Warning OldChatRepeated = "old_chat_repeated",
    /// Whoever runs an old chat cannot be read or is no member of the staff: the name is not kept.
    Note OldChatLeader = "old_chat_leader",
    /// A link of a foreign messenger, which is not kept.
    Note ForeignLink = "foreign_link",
    /// An official of the settings whom the staff table does not have: the draft of the order has a blank.
    Warning OfficialNotInStaff = "official_not_in_staff",
    /// Characters that the papers' font does not have.
    Warning Unprintable = "unprintable",
    /// A table that is open in a spreadsheet program right now.
    Note OpenElsewhere = "open_elsewhere",
    /// A file of the school's own that takes the place of no template.
    Note WithoutEffect = "without_effect",
    /// A file of an earlier run that a person has changed: it is kept.
    Warning ChangedByHand = "changed_by_hand",
}

impl Issue {
    /// An issue of a kind at a place. The message gets its capital letter and its full stop here, so that all of them
    /// look alike, however their parts were put together.
    pub fn new(kind: IssueKind, place: Place, message: impl Into<String>, advice: impl Into<String>) -> Self {
        Self { kind, place, message: sentence(&message.into()), advice: advice.into() }
    }

    /// How grave it is.
    pub fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// Whether nothing may be issued before it is mended.
    ///
    /// A wrong link holds only the papers of its own chat.
    pub fn stops_everything(&self) -> bool {
        self.severity() == Severity::Error && !matches!(self.kind, IssueKind::LinkRefused | IssueKind::LinkShared)
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { kind: _, place, message, advice } = self;
        write!(f, "{place}: {message}")?;
        if advice.is_empty() { Ok(()) } else { write!(f, " {advice}") }
    }
}

/// A text with a capital Russian letter at its beginning and a full stop at its end.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let capital =
        letters.next().map(|first| if first.is_ascii() { first.to_string() } else { first.to_uppercase().collect() });
    let stop = if text.ends_with(['.', '!', '?', '…']) { "" } else { "." };
    format!("{}{}{stop}", capital.unwrap_or_default(), letters.as_str())
}

impl Severity {
    /// The word for lists: «ошибка», «замечание», «к сведению».
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "ошибка",
            Self::Warning => "замечание",
            Self::Note => "к сведению",
        }
    }
}

impl Serialize for IssueKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::{Issue, IssueKind, Place};

    #[track_caller]
    fn check(message: &str, expected: &str) {
        assert_eq!(Issue::new(IssueKind::Empty, Place::default(), message, "").message, expected);
    }

    #[test]
    fn every_message_is_a_sentence() {
        check("файл пуст", "Файл пуст.");
        check("Файл пуст.", "Файл пуст.");
        check("«7Z» — не класс", "«7Z» — не класс.");
        check("zavuch.toml не найден", "zavuch.toml не найден.");
    }
}
