//! Which marks of tables are new, which say what is known, and which cannot be used.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::match_row::{Meant, meant};
use super::signers::{Signer, Signers};
use crate::school::{
    Acknowledgement, AcknowledgementMark, Audience, Fingerprint, Issue, IssueKind, Place, Signature, SignatureDay,
    SignerId, dotted,
};

/// What stands before the beginning of a sum in a table, so that no spreadsheet takes it for a number.
pub(super) const RULES_MARK: char = 'r';

/// The rules that were ever to be signed, with the day since when they are known; oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// By audience.
    pub known: Vec<(Audience, Fingerprint, Date)>,
}

/// What became of the marks of some tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenMarks {
    /// The marks that are new, each person's oldest first.
    pub new: Vec<Verdict>,
    /// How many say what is known.
    pub same: usize,
    /// How many are older than what is known.
    pub older: usize,
    /// How many rows are of people who left.
    pub former: usize,
    /// What cannot be used, and why.
    pub issues: Vec<Issue>,
    /// The rows whose marks were not taken: what people typed there stays.
    pub refused: BTreeSet<Place>,
}

/// A mark that is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whose it is.
    pub signer: Signer,
    /// What it says.
    pub signature: Signature,
    /// Whether another one was known.
    pub kind: VerdictKind,
}

/// Whether a new mark takes the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerdictKind {
    /// It is the first.
    First,
    /// It is later than another.
    Later,
}

/// A marked row of a known person.
struct Told<'a> {
    signature: Signature,
    row: &'a Acknowledgement,
}

/// Judges all marks of some tables together; their order does not matter.
///
/// The later day wins. A mark without a day never takes the place of one with a day, and two different marks of one day
/// are told and change nothing. `former` holds the codes of people who left; `today` is the day of marks without one.
pub fn take_marks(
    rows: &[Acknowledgement],
    signers: &Signers,
    known: &BTreeMap<SignerId, Vec<Signature>>,
    versions: &Versions,
    former: &BTreeSet<String>,
    today: Date,
) -> TakenMarks {
    let mut taken = TakenMarks::default();
    let mut told: BTreeMap<SignerId, (&Signer, Vec<Told<'_>>)> = BTreeMap::new();
    for row in rows {
        let Some(mark) = row.mark else { continue };
        match meant(row, signers, former) {
            Meant::One(signer) => {
                let signature = signature(row, mark, signer, versions, today);
                told.entry(signer.id.clone()).or_insert_with(|| (signer, Vec::new())).1.push(Told { signature, row });
            }
            Meant::Former => taken.former += 1,
            Meant::Unclear { why, advice } => {
                taken.issues.push(Issue::new(IssueKind::UnknownPerson, row.place.clone(), why, advice));
                taken.refused.insert(row.place.clone());
            }
        }
    }
    for (id, (signer, told)) in told {
        let known = known.get(&id).map(Vec::as_slice).unwrap_or_default();
        taken.settle(signer, told, known);
    }
    taken
}

fn signature(
    row: &Acknowledgement,
    mark: AcknowledgementMark,
    signer: &Signer,
    versions: &Versions,
    today: Date,
) -> Signature {
    let day = if row.date.is_some() { SignatureDay::Told } else { SignatureDay::Untold };
    let on = row.date.unwrap_or(today);
    Signature { on, day, mark, rules: versions.signed(&row.rules, signer, on) }
}

impl Versions {
    /// Which rules a mark is of: those for which the row was made; in a row that people made, those of its day.
    fn signed(&self, of_row: &str, signer: &Signer, on: Date) -> Option<Fingerprint> {
        let of_row = of_row.strip_prefix(RULES_MARK).unwrap_or(of_row);
        let begins = |sum: &Fingerprint| sum.to_string().starts_with(of_row);
        let known = || self.known.iter().filter(|(audience, ..)| *audience == signer.audience());
        if !of_row.is_empty() {
            let now = signer.rules.filter(begins);
            return now.or_else(|| known().map(|(_, sum, _)| *sum).find(begins));
        }
        let since = known().find(|(_, sum, _)| Some(*sum) == signer.rules).map(|(.., since)| *since);
        let earlier = known().filter(|(_, _, since)| *since <= on).map(|(_, sum, _)| *sum).next_back();
        match (since, earlier) {
            (Some(since), Some(earlier)) if on < since => Some(earlier),
            // Rules that nobody has recorded yet are those of today.
            _ => signer.rules,
        }
    }
}

impl TakenMarks {
    /// Judges all marks of one person.
    fn settle(&mut self, signer: &Signer, told: Vec<Told<'_>>, known: &[Signature]) {
        let is_known = |one: &Signature| {
            known.iter().any(|known| {
                let same_day =
                    one.day == SignatureDay::Untold || (known.day == SignatureDay::Told && known.on == one.on);
                // A row made for the rules of now says more than the same mark for those of before.
                let same_rules = known.rules == one.rules || one.rules != signer.rules;
                known.mark == one.mark && same_day && same_rules
            })
        };
        let mut fresh: BTreeMap<Signature, Vec<Place>> = BTreeMap::new();
        for Told { signature, row } in told {
            if is_known(&signature) {
                self.same += 1;
            } else {
                fresh.entry(signature).or_default().push(row.place.clone());
            }
        }
        let has_dated = known.iter().chain(fresh.keys()).any(|one| one.day == SignatureDay::Told);
        let (undated, dated): (Vec<_>, Vec<_>) =
            fresh.into_iter().partition(|(one, _)| one.day == SignatureDay::Untold && has_dated);
        for (one, places) in undated {
            let told = known.iter().chain(dated.iter().map(|(one, _)| one));
            if told.clone().any(|other| other.mark == one.mark && other.rules == one.rules) {
                self.same += places.len();
                continue;
            }
            let why = format!(
                "{}: отметка «{}» без даты, а другая отметка с датой уже есть; эта не учтена",
                signer.words(),
                one.mark.words()
            );
            self.refuse(places, &why, "Впишите дату: учитывается более поздняя отметка.");
        }
        // A day that was told says more than any day on which something was taken in.
        let kind = if has_dated { SignatureDay::Told } else { SignatureDay::Untold };
        let of_kind = || known.iter().filter(|known| known.day == kind);
        let last_known = of_kind().map(|known| known.on).max();
        let mut days: BTreeMap<Date, Vec<(Signature, Vec<Place>)>> = BTreeMap::new();
        for (one, places) in dated {
            days.entry(one.on).or_default().push((one, places));
        }
        let mut new: Option<Signature> = None;
        for (day, ones) in days {
            if last_known.is_some_and(|last| day < last) {
                self.older += ones.iter().map(|(_, places)| places.len()).sum::<usize>();
                continue;
            }
            let known_marks = of_kind().filter(|known| known.on == day).map(|known| known.mark);
            let marks: BTreeSet<AcknowledgementMark> =
                ones.iter().map(|(one, _)| one.mark).chain(known_marks).collect();
            if marks.len() > 1 {
                let words: Vec<&str> = marks.iter().map(|mark| mark.words()).collect();
                let why = format!(
                    "{}: на {} разные отметки — {}; ничего не изменено",
                    signer.words(),
                    dotted(day),
                    words.join(" и ")
                );
                let places = ones.into_iter().flat_map(|(_, places)| places).collect();
                self.refuse(places, &why, "Оставьте верную отметку или впишите верную дату.");
            } else if let Some((one, places)) = best(ones, signer) {
                self.same += places.len().saturating_sub(1);
                // An earlier day of the same tables: it was so, and is no longer.
                self.older += usize::from(new.replace(one).is_some());
            }
        }
        if let Some(signature) = new {
            let kind = if known.is_empty() { VerdictKind::First } else { VerdictKind::Later };
            self.new.push(Verdict { signer: signer.clone(), signature, kind });
        }
    }

    fn refuse(&mut self, places: Vec<Place>, why: &str, advice: &str) {
        for place in places {
            self.issues.push(Issue::new(IssueKind::MarkUnclear, place.clone(), why, advice));
            self.refused.insert(place);
        }
    }
}

/// Of one mark on one day, told of several rules: that of the rules of now.
fn best(mut ones: Vec<(Signature, Vec<Place>)>, signer: &Signer) -> Option<(Signature, Vec<Place>)> {
    let now = ones.iter().position(|(one, _)| one.rules == signer.rules).unwrap_or_default();
    (now < ones.len()).then(|| ones.swap_remove(now))
}

#[cfg(test)]
mod tests;
