//! Who has read the rules, as people marked it in the table of acknowledgements.

use jiff::civil::Date;
use serde::Serialize;

use super::{ClassName, PersonName, Place};

/// The table of acknowledgements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Acknowledgements {
    /// Its rows in the order of the table.
    pub rows: Vec<Acknowledgement>,
}

/// One person who was asked to sign, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Acknowledgement {
    /// The class; `None` for members of the staff, who sign for the school.
    pub class: Option<ClassName>,
    /// In what capacity the person signs.
    pub signer: Signer,
    /// The person; `None` for a parent whom the table names only by the pupil.
    pub name: Option<PersonName>,
    /// The pupil whose parent signs; `None` for pupils and staff.
    pub pupil: Option<PersonName>,
    /// What came of it; `None` where nobody has marked the row yet.
    pub mark: Option<AcknowledgementMark>,
    /// The day of the signature, where the table tells it.
    pub date: Option<Date>,
    /// Whether the mark and its day were understood.
    #[serde(skip)]
    pub reading: Reading,
    /// The code by which the program knows its own row; empty in a row that people made.
    #[serde(skip)]
    pub code: String,
    /// The beginning of the sum of the rules for which the program made the row; empty in a row that people made.
    #[serde(skip)]
    pub rules: String,
    /// The stamp of what the program knew when it made the row ([`super::Signatures::stamp`]); empty where it knew nothing.
    #[serde(skip)]
    pub stamp: String,
    /// The cell of the name.
    pub place: Place,
    /// The cell of the mark.
    #[serde(skip)]
    pub mark_place: Place,
    /// The cell of the class.
    pub class_place: Place,
    /// The cell of the pupil.
    pub pupil_place: Place,
}

/// Whether the mark of a row and its day were understood. Of a row that was not, nothing is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// They were.
    Whole,
    /// A cell holds what is no mark, a day that cannot be, or a day beside no mark: an issue tells of it.
    InPart,
}

/// In what capacity somebody signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// A parent or another legal representative.
    Parent,
    /// A pupil.
    Student,
    /// A member of the staff.
    Staff,
}

/// What came of asking for a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AcknowledgementMark {
    /// «ознакомлен(а)»: has read the rules and signed.
    Acquainted,
    /// «отказ»: does not sign.
    Refused,
    /// «другой канал»: has read the rules and wants to be told by other means.
    OtherChannel,
    /// «не вернул(а)»: the form did not come back.
    NotReturned,
}
