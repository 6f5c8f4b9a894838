//! Who signs the rules, and what came of it, as it is remembered.

use std::fmt::Write as _;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::{AcknowledgementMark, Fingerprint, PersonId};

/// Somebody who is asked to sign that the rules were read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SignerId {
    /// A parent of a pupil; `guardian` is `None` for one whom no list names.
    Parent {
        /// The pupil.
        pupil: PersonId,
        /// The parent.
        guardian: Option<PersonId>,
    },
    /// A pupil.
    Student(PersonId),
    /// A member of the staff, by the folded name.
    Staff(String),
}

/// What came of asking somebody, on a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Signature {
    /// The day: that of the table, or that on which a mark without one was taken in.
    pub on: Date,
    /// Whether the table told the day.
    pub day: SignatureDay,
    /// What came of it.
    pub mark: AcknowledgementMark,
    /// Which rules were signed; `None` for rules that nobody remembers.
    pub rules: Option<Fingerprint>,
}

/// Whether a table told the day of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignatureDay {
    /// It did not.
    Untold,
    /// It did.
    Told,
}

/// Where somebody stands who is asked to sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SigningState {
    /// Signed the rules of now: may be included (31.4.3).
    Signed,
    /// Has read the rules of now and wants to be told by other means.
    OtherChannel,
    /// Does not sign.
    Refused,
    /// Signed rules that have changed since: is to be asked again.
    Again,
    /// The form did not come back.
    NotReturned,
    /// Nothing is known.
    Open,
}

impl SignerId {
    /// What the rows of tables know the signer by: it tells nothing of the person, and stays when a name is corrected.
    pub fn code(&self) -> String {
        let text = match self {
            Self::Parent { pupil, guardian: Some(guardian) } => format!("parent {pupil} {guardian}"),
            Self::Parent { pupil, guardian: None } => format!("parent {pupil}"),
            Self::Student(pupil) => format!("student {pupil}"),
            Self::Staff(folded) => format!("staff {folded}"),
        };
        short(Sha256::digest(text).as_slice())
    }

    /// The pupil, for a pupil and for a parent.
    pub fn pupil(&self) -> Option<PersonId> {
        match self {
            Self::Parent { pupil, .. } | Self::Student(pupil) => Some(*pupil),
            Self::Staff(_) => None,
        }
    }
}

/// It begins with a letter, so that no spreadsheet takes it for a number.
fn short(sum: &[u8]) -> String {
    sum.iter().take(6).fold("z".to_owned(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Signature {
    /// What follows from the last mark where `rules` are the rules of now.
    pub fn state(&self, rules: Option<Fingerprint>) -> SigningState {
        let is_of_now = rules.is_none() || self.rules == rules;
        match self.mark {
            AcknowledgementMark::Acquainted if is_of_now => SigningState::Signed,
            AcknowledgementMark::OtherChannel if is_of_now => SigningState::OtherChannel,
            AcknowledgementMark::Refused if is_of_now => SigningState::Refused,
            AcknowledgementMark::NotReturned => SigningState::NotReturned,
            AcknowledgementMark::Acquainted | AcknowledgementMark::OtherChannel | AcknowledgementMark::Refused => {
                SigningState::Again
            }
        }
    }
}

impl AcknowledgementMark {
    /// All, as drop-down lists offer them.
    pub const ALL: [Self; 4] = [Self::Acquainted, Self::Refused, Self::OtherChannel, Self::NotReturned];

    /// As drop-down lists offer it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Acquainted => "ознакомлен(а)",
            Self::Refused => "отказ",
            Self::OtherChannel => "другой канал",
            Self::NotReturned => "не вернул(а)",
        }
    }

    /// Its name in JSON and in the store.
    pub fn id(self) -> &'static str {
        match self {
            Self::Acquainted => "acquainted",
            Self::Refused => "refused",
            Self::OtherChannel => "other_channel",
            Self::NotReturned => "not_returned",
        }
    }
}

impl SigningState {
    /// All, in the order of lists.
    pub const ALL: [Self; 6] =
        [Self::Signed, Self::OtherChannel, Self::Refused, Self::Again, Self::NotReturned, Self::Open];

    /// In words, as lists have it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Signed => "ознакомлен(а)",
            Self::OtherChannel => "другой канал",
            Self::Refused => "отказ",
            Self::Again => "нужно заново",
            Self::NotReturned => "не вернул(а)",
            Self::Open => "нет отметки",
        }
    }

    /// Its name in JSON.
    pub fn id(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::OtherChannel => "other_channel",
            Self::Refused => "refused",
            Self::Again => "again",
            Self::NotReturned => "not_returned",
            Self::Open => "open",
        }
    }

    /// Whether the rules of now are signed, whatever the person chose.
    pub fn has_signed(self) -> bool {
        matches!(self, Self::Signed | Self::OtherChannel)
    }

    /// Whether somebody is still to be asked.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Again | Self::NotReturned | Self::Open)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Signature, SignatureDay, SignerId, SigningState};
    use crate::school::{AcknowledgementMark, Fingerprint, PersonId};

    #[track_caller]
    fn check(mark: AcknowledgementMark, rules: u8, expected: SigningState) {
        let of = |number| Some(Fingerprint::of_sum([number; 32]));
        let signature = Signature { on: date(2026, 9, 5), day: SignatureDay::Told, mark, rules: of(rules) };
        assert_eq!(signature.state(of(1)), expected);
    }

    #[test]
    fn rules_that_changed_are_signed_again() {
        check(AcknowledgementMark::Acquainted, 1, SigningState::Signed);
        check(AcknowledgementMark::Acquainted, 2, SigningState::Again);
        check(AcknowledgementMark::OtherChannel, 1, SigningState::OtherChannel);
        check(AcknowledgementMark::Refused, 2, SigningState::Again);
        check(AcknowledgementMark::NotReturned, 2, SigningState::NotReturned);
    }

    #[test]
    fn codes_differ_and_tell_nothing() {
        let [pupil, guardian] = [1, 2].map(|byte| PersonId::of_bytes([byte; 16]));
        let all = [
            SignerId::Student(pupil),
            SignerId::Parent { pupil, guardian: None },
            SignerId::Parent { pupil, guardian: Some(guardian) },
            SignerId::Staff("кузнецоваольгасергеевна".to_owned()),
        ];
        let codes: std::collections::BTreeSet<String> = all.iter().map(SignerId::code).collect();
        assert_eq!(codes.len(), 4);
        assert!(codes.iter().all(|code| code.len() == 13 && !code.contains(&pupil.to_string()[..6])));
    }
}
