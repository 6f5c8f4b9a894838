//! Which marks of tables are new, which correct or withdraw what is known, which say what is known, and which cannot be used.
//!
//! A row that the program wrote tells by its stamp what had stood in it ([`Signatures::written`]). So a row is one of these:
//!
//! | the row | what it says |
//! | --- | --- |
//! | as the program wrote it | nothing, however old the copy is |
//! | changed, and nothing was taken in since it was written | a correction: it holds, whatever its day |
//! | its mark and its day cleared, and nothing was taken in since | a withdrawal: there is no mark any more |
//! | filled where the program had left it blank, as the rules had changed | signed again: it holds, and corrects nothing |
//! | its mark cleared in an older copy | nothing: whoever cleared it did not see what is known now |
//! | changed in an older copy, or a row that people made | a mark: the later day wins; two of one day contradict each other |
//!
//! Two corrections of one person that differ contradict each other, too, and change nothing. A mark without a day that was
//! withdrawn once may be the same wrong one or a true one: where nothing holds, its day is asked for. Where the corrections
//! of one call would take away more than [`LOSSES`] signatures, none of them is taken: columns that were sorted apart look
//! like that.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::match_row::{Meant, meant};
use super::renew::RowOfSheet;
use super::signers::{Signer, Signers};
use crate::school::{
    Acknowledgement, AcknowledgementMark, Audience, EntryKind, Fingerprint, Issue, IssueKind, Noun, Place, Reading,
    RowAge, Signature, SignatureDay, SignatureEntry, Signatures, SignerId, count, dotted,
};

/// What stands before the beginning of a sum in a table, so that no spreadsheet takes it for a number.
pub(super) const RULES_MARK: char = 'r';

/// The rules that were ever to be signed, with the day since when they are known; oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Versions {
    /// By audience.
    pub known: Vec<(Audience, Fingerprint, Date)>,
}

/// How many signatures corrections may take away in one call without being asked.
pub const LOSSES: usize = 5;

/// What became of the marks of some tables.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenMarks {
    /// What is new, each person's oldest first.
    pub new: Vec<Verdict>,
    /// How many say what is known.
    pub same: usize,
    /// How many are older than what is known.
    pub older: usize,
    /// How many say what was corrected or withdrawn since.
    pub settled: usize,
    /// How many rows are of people who left.
    pub former: usize,
    /// What cannot be used, and why.
    pub issues: Vec<Issue>,
    /// The rows whose marks were not taken: what people typed there stays.
    pub refused: BTreeSet<RowOfSheet>,
}

/// Something that is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whose it is.
    pub signer: Signer,
    /// The mark; the one that is withdrawn.
    pub signature: Signature,
    /// What it does to what was known.
    pub kind: VerdictKind,
    /// The cell that says so.
    pub place: Place,
}

/// What a new mark does to what was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VerdictKind {
    /// It is the first.
    First,
    /// It is later than another.
    Later,
    /// It takes the place of one of rules that have changed since: that one was right then.
    Again,
    /// It takes the place of one that was wrong.
    Corrected,
    /// It takes one away that was wrong.
    Withdrawn,
}

/// How many signatures the corrections of a call may take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Losses {
    /// At most [`LOSSES`].
    Few,
    /// Exactly so many: a person has counted them.
    Exactly(usize),
}

/// What a row says of a known person.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Says {
    /// A mark that knows nothing of what is known.
    Told(Signature),
    /// A mark in the place of what is known now; `None` where it was cleared.
    Instead(Option<Signature>),
    /// A mark in a row of now that was left blank, as what is known is of rules that have changed since.
    Again(Signature),
}

/// A row of a known person that says something.
struct Told<'a> {
    says: Says,
    row: &'a Acknowledgement,
}

/// Fresh marks with the cells that say them.
type Fresh = BTreeMap<Signature, Vec<Place>>;

/// What takes the place of what is known (`None` for nothing) and how, with the cells that say so.
type Corrections = BTreeMap<(Option<Signature>, VerdictKind), Vec<Place>>;

/// Judges all marks of some tables together; their order does not matter. `former` holds the codes of people who left;
/// `today` is the day of marks without one.
pub fn take_marks(
    rows: &[Acknowledgement],
    signers: &Signers,
    known: &BTreeMap<SignerId, Signatures>,
    versions: &Versions,
    former: &BTreeSet<String>,
    losses: Losses,
    today: Date,
) -> TakenMarks {
    let mut taken = TakenMarks::default();
    let none = Signatures::default();
    let of = |id: &SignerId| known.get(id).unwrap_or(&none);
    let mut told: BTreeMap<SignerId, (&Signer, Vec<Told<'_>>)> = BTreeMap::new();
    for row in rows {
        if row.reading == Reading::InPart {
            taken.refused.extend(RowOfSheet::of(&row.place));
            continue;
        }
        if row.mark.is_none() && row.stamp.is_empty() {
            continue;
        }
        match meant(row, signers, former) {
            Meant::One(signer) => {
                let says = taken.says(row, signer, of(&signer.id), versions, today);
                let told = told.entry(signer.id.clone()).or_insert_with(|| (signer, Vec::new()));
                told.1.extend(says.map(|says| Told { says, row }));
            }
            // A blank row of somebody who cannot be told says nothing.
            _ if row.mark.is_none() => {}
            Meant::Former => taken.former += 1,
            Meant::Unclear { why, advice } => {
                taken.issues.push(Issue::new(IssueKind::UnknownPerson, row.place.clone(), why, advice));
                taken.refused.extend(RowOfSheet::of(&row.place));
            }
        }
    }
    for (id, (signer, told)) in told {
        taken.settle(signer, told, of(&id));
    }
    taken.hold_losses(&of, losses);
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
    /// What a row says, beside what the program had written there.
    fn says(
        &mut self,
        row: &Acknowledgement,
        signer: &Signer,
        known: &Signatures,
        versions: &Versions,
        today: Date,
    ) -> Option<Says> {
        let written = known.written(&signer.id, &row.stamp);
        let told_day = |mark: &Signature| (mark.day == SignatureDay::Told).then_some(mark.on);
        match (row.mark, written) {
            (None, None) => None,
            (Some(mark), None) => Some(Says::Told(signature(row, mark, signer, versions, today))),
            (None, Some(written)) => {
                (written.mark.is_some() && written.age == RowAge::OfNow).then_some(Says::Instead(None))
            }
            (Some(mark), Some(written)) => {
                // The same mark without its day says no less.
                let is_same = |one: &Signature| one.mark == mark && (row.date.is_none() || row.date == told_day(one));
                if written.mark.is_some_and(is_same) {
                    self.same += 1;
                    return None;
                }
                let one = signature(row, mark, signer, versions, today);
                // Rules that came back make the mark hold that the row did not show.
                let is_again = written.mark.is_none() && known.shown(signer.rules).is_none();
                Some(match written.age {
                    RowAge::OfNow if is_again => Says::Again(one),
                    RowAge::OfNow => Says::Instead(Some(one)),
                    RowAge::Older => Says::Told(one),
                })
            }
        }
    }

    /// Judges all marks of one person.
    fn settle(&mut self, signer: &Signer, told: Vec<Told<'_>>, known: &Signatures) {
        let in_force = known.in_force();
        let all: Vec<&Signature> = known.entries().iter().map(|entry| &entry.signature).collect();
        let is_among = |one: &Signature, of: &[&Signature]| {
            of.iter().any(|known| {
                let same_day =
                    one.day == SignatureDay::Untold || (known.day == SignatureDay::Told && known.on == one.on);
                // A row made for the rules of now says more than the same mark for those of before.
                let same_rules = known.rules == one.rules || one.rules != signer.rules;
                known.mark == one.mark && same_day && same_rules
            })
        };
        let mut fresh = Fresh::new();
        let mut corrections = Corrections::default();
        let mut undated = Fresh::new();
        for Told { says, row } in told {
            match says {
                Says::Told(one) if is_among(&one, &in_force) => self.same += 1,
                Says::Told(one) if one.day == SignatureDay::Untold && in_force.is_empty() && is_among(&one, &all) => {
                    undated.entry(one).or_default().push(row.mark_place.clone());
                }
                Says::Told(one) if is_among(&one, &all) => self.settled += 1,
                Says::Instead(Some(one)) if !goes_on(&one, known.last()) => {
                    corrections.entry((Some(one), VerdictKind::Corrected)).or_default().push(row.mark_place.clone());
                }
                Says::Again(one) if !goes_on(&one, known.last()) => {
                    corrections.entry((Some(one), VerdictKind::Again)).or_default().push(row.mark_place.clone());
                }
                Says::Instead(None) => {
                    corrections.entry((None, VerdictKind::Withdrawn)).or_default().push(row.mark_place.clone());
                }
                Says::Told(one) | Says::Instead(Some(one)) | Says::Again(one) => {
                    fresh.entry(one).or_default().push(row.mark_place.clone());
                }
            }
        }
        self.ask_for_days(signer, undated, &fresh);
        if corrections.is_empty() {
            self.settle_told(signer, fresh, &in_force, known);
        } else {
            self.settle_corrected(signer, corrections, fresh, known);
        }
    }

    /// Marks without a day of somebody whose same mark was withdrawn, and of whom nothing holds: only a day can tell them
    /// from the one that was wrong.
    fn ask_for_days(&mut self, signer: &Signer, undated: Fresh, fresh: &Fresh) {
        for (one, places) in undated {
            if fresh.keys().any(|other| other.mark == one.mark) {
                self.same += places.len();
                continue;
            }
            let why = format!(
                "{}: отметка «{}» без даты, а такая же раньше снята; эта не учтена",
                signer.words(),
                one.mark.words()
            );
            let advice = "Если отметка верна, впишите дату или поставьте её в таблице «ознакомление»; если это снятая, сотрите её.";
            self.refuse(places, &why, advice);
        }
    }

    /// One correction holds; with anything that says otherwise nothing does.
    fn settle_corrected(&mut self, signer: &Signer, corrections: Corrections, fresh: Fresh, known: &Signatures) {
        let mark = |one: &Option<Signature>| one.as_ref().map(|one| one.mark);
        let mut said: Vec<Option<AcknowledgementMark>> = corrections.keys().map(|(one, _)| mark(one)).collect();
        said.extend(fresh.keys().map(|one| Some(one.mark)));
        let first = said.first().copied().flatten();
        if corrections.len() > 1 || said.iter().any(|one| *one != first) {
            let words: BTreeSet<&str> =
                said.iter().map(|mark| mark.map_or("нет отметки", AcknowledgementMark::words)).collect();
            let words: Vec<&str> = words.into_iter().collect();
            let why = format!("{}: таблицы расходятся — {}; ничего не изменено", signer.words(), words.join(" и "));
            let places = corrections.into_values().chain(fresh.into_values()).flatten().collect();
            self.refuse(places, &why, "Оставьте верную отметку с верной датой в одной из таблиц.");
            return;
        }
        self.same += fresh.into_values().map(|places| places.len()).sum::<usize>();
        for ((correction, kind), places) in corrections {
            self.same += places.len().saturating_sub(1);
            let signature = correction.or_else(|| known.last().cloned());
            let found = signature.zip(places.into_iter().next());
            self.new.extend(found.map(|(signature, place)| Verdict { signer: signer.clone(), signature, kind, place }));
        }
    }

    /// The later day wins; a mark without a day takes the place of none with a day.
    fn settle_told(&mut self, signer: &Signer, fresh: Fresh, in_force: &[&Signature], known: &Signatures) {
        let has_dated = in_force.iter().copied().chain(fresh.keys()).any(|one| one.day == SignatureDay::Told);
        let (undated, dated): (Vec<_>, Vec<_>) =
            fresh.into_iter().partition(|(one, _)| one.day == SignatureDay::Untold && has_dated);
        for (one, places) in undated {
            let mut told = in_force.iter().copied().chain(dated.iter().map(|(one, _)| one));
            if told.any(|other| other.mark == one.mark && other.rules == one.rules) {
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
        let of_kind = || in_force.iter().filter(|known| known.day == kind);
        let last_known = of_kind().map(|known| known.on).max();
        let mut days: BTreeMap<Date, Vec<(Signature, Vec<Place>)>> = BTreeMap::new();
        for (one, places) in dated {
            days.entry(one.on).or_default().push((one, places));
        }
        let mut new: Option<(Signature, Place)> = None;
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
                let advice = "Оставьте верную отметку или впишите верную дату; неверную отметку, которая уже учтена, \
                              исправьте в строке таблицы «ознакомление» или снимите командой «ознакомление снять».";
                self.refuse(places, &why, advice);
            } else if let Some((one, places)) = best(ones, signer) {
                self.same += places.len().saturating_sub(1);
                // An earlier day of the same tables: it was so, and is no longer.
                self.older += usize::from(new.is_some());
                new = places.into_iter().next().map(|place| (one, place));
            }
        }
        if let Some((signature, place)) = new {
            let kind = if known.last().is_none() { VerdictKind::First } else { VerdictKind::Later };
            self.new.push(Verdict { signer: signer.clone(), signature, kind, place });
        }
    }

    /// Takes no correction where all of them together would take away more signatures than anybody has counted.
    fn hold_losses<'a>(&mut self, known: &dyn Fn(&SignerId) -> &'a Signatures, losses: Losses) {
        let is_loss = |one: &Verdict| {
            let had = known(&one.signer.id).last().is_some_and(|last| last.mark.is_signature());
            let has = one.kind != VerdictKind::Withdrawn && one.signature.mark.is_signature();
            had && !has && one.is_correction()
        };
        let lost = self.new.iter().filter(|one| is_loss(one)).count();
        let is_allowed = match losses {
            Losses::Few => lost <= LOSSES,
            Losses::Exactly(number) => lost == number,
        };
        if is_allowed {
            return;
        }
        let held: Vec<Verdict> = self.new.extract_if(.., |one| one.is_correction()).collect();
        let signatures = count(lost, Noun::new("подпись", "подписи", "подписей"));
        let why = format!("исправления отняли бы сразу {signatures}: ни одно исправление не принято");
        let advice = format!(
            "Похоже, столбцы отсортированы порознь или отметки стёрты случайно. Если всё верно, повторите: zavuch ознакомление \
             принять --allow-losses {lost}"
        );
        if let Some(first) = held.iter().map(|one| &one.place).min() {
            self.issues.push(Issue::new(IssueKind::MarkUnclear, first.clone(), why, advice));
        }
        self.refused.extend(held.iter().filter_map(|one| RowOfSheet::of(&one.place)));
    }

    fn refuse(&mut self, places: Vec<Place>, why: &str, advice: &str) {
        for place in places {
            self.issues.push(Issue::new(IssueKind::MarkUnclear, place.clone(), why, advice));
            self.refused.extend(RowOfSheet::of(&place));
        }
    }
}

impl Verdict {
    /// Whether it says that what was known was wrong.
    pub fn is_correction(&self) -> bool {
        matches!(self.kind, VerdictKind::Corrected | VerdictKind::Withdrawn)
    }

    /// What is to be kept of it.
    pub fn entry(&self, on: Date) -> SignatureEntry {
        let (kind, word) = match self.kind {
            VerdictKind::First | VerdictKind::Later => (EntryKind::Told, ""),
            // Only by this kind does it hold without a day, too: what it takes the place of may have one.
            VerdictKind::Again => (EntryKind::Corrected, "подписано заново: "),
            VerdictKind::Corrected => (EntryKind::Corrected, "исправлена в таблице: "),
            VerdictKind::Withdrawn => (EntryKind::Withdrawn, "стёрта в таблице: "),
        };
        let why = if word.is_empty() { String::new() } else { format!("{word}{}", self.place) };
        SignatureEntry { signature: self.signature.clone(), kind, taken_on: on, why }
    }
}

/// Whether a mark in the place of what is known is only a later one: nothing was wrong then.
fn goes_on(one: &Signature, last: Option<&Signature>) -> bool {
    last.is_none_or(|last| match (one.day, last.day) {
        (SignatureDay::Told, SignatureDay::Untold) => true,
        (SignatureDay::Untold, SignatureDay::Told) => false,
        _ => one.on > last.on,
    })
}

/// Of one mark on one day, told of several rules: that of the rules of now.
fn best(mut ones: Vec<(Signature, Vec<Place>)>, signer: &Signer) -> Option<(Signature, Vec<Place>)> {
    let now = ones.iter().position(|(one, _)| one.rules == signer.rules).unwrap_or_default();
    (now < ones.len()).then(|| ones.swap_remove(now))
}

#[cfg(test)]
mod tests;
