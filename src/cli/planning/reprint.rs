//! Papers that no list changed and that somebody wants printed again, as a plain copy or as a new version.
//!
//! It is put into a [`Proposal`], so it is recorded, numbered and given as any change is. It knows nothing of whom the
//! papers were chosen by.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::Proposal;
use super::parcels::{Grounds, parcels};
use crate::plan::changes::paper_refs;
use crate::school::{Change, ChangeKind, Edition, PaperId, PaperRef};

/// What is to be printed again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reprint {
    /// Papers that hold.
    pub(crate) papers: BTreeSet<PaperId>,
    /// As what.
    pub(crate) edition: ReprintEdition,
    /// Why, without a full stop: «талон потерян».
    pub(crate) why: String,
}

/// As what a paper is printed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReprintEdition {
    /// As it is: the one that was handed out still holds.
    Copy,
    /// With the next version and the date of the run: a poster or a slip that was handed out holds no longer.
    NewVersion,
}

/// Adds a reprint to a proposal that has nothing else to do.
pub(crate) fn reprint(proposal: &mut Proposal<'_>, reprint: &Reprint, on: Date) {
    for paper in paper_refs(&proposal.after, &reprint.papers) {
        let scope = paper.id.scope.clone();
        let whats = match reprint.edition {
            ReprintEdition::Copy => vec![ChangeKind::PaperCopied(paper)],
            ReprintEdition::NewVersion => next_version(proposal, paper, on),
        };
        let change = |what| Change { scope: scope.clone(), what, why: reprint.why.clone(), source: None };
        proposal.changes.extend(whats.into_iter().map(change));
    }
    proposal.parcels = parcels(&Grounds {
        before: proposal.before,
        after: &proposal.after,
        changes: &proposal.changes,
        open: &BTreeMap::new(),
        unsent: &proposal.unsent,
        without_letter: &BTreeSet::new(),
        given: &[],
    });
}

/// Records that papers were printed once more for the office: nobody is given them by a sheet of changes or a letter.
pub(crate) fn copied(proposal: &mut Proposal<'_>, papers: &BTreeSet<PaperId>, why: &str) {
    let change = |paper: PaperRef| Change {
        scope: paper.id.scope.clone(),
        what: ChangeKind::PaperCopied(paper),
        why: why.to_owned(),
        source: None,
    };
    let copied: Vec<Change> = paper_refs(&proposal.after, papers).into_iter().map(change).collect();
    proposal.changes.extend(copied);
}

/// Raises the version of a paper. What goes its own ways may be anywhere: the one that was handed out is to be destroyed.
fn next_version(proposal: &mut Proposal<'_>, paper: PaperRef, on: Date) -> Vec<ChangeKind> {
    let Some(issued) = proposal.after.papers.get_mut(&paper.id) else { return Vec::new() };
    let old = issued.edition;
    issued.edition = Edition { version: old.version + 1, issued: on };
    let void = paper.id.piece.has_code().then(|| ChangeKind::PaperVoid { paper: paper.clone(), edition: old });
    void.into_iter().chain([ChangeKind::PaperRenewed(paper)]).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use jiff::civil::date;

    use super::{Reprint, ReprintEdition, reprint};
    use crate::cli::planning::{LetterDue, Proposal};
    use crate::papers::PaperKind;
    use crate::plan::sample::states::state;
    use crate::plan::sample::{Sample, class};
    use crate::school::{ChatKind, Piece, SchoolState, Scope};
    use crate::store::RegisterState;

    /// The changes, and of the parcels the pieces, the void papers, the news and the kinds that go whole, new or copied.
    #[track_caller]
    fn check(wanted: impl Fn(&Piece) -> bool, edition: ReprintEdition, changes: &[&str], parcel: &str) {
        let sample = Sample::new().kinds(&[ChatKind::ClassParents]);
        let before = state(&sample, &SchoolState::default());
        let mut proposal = Proposal {
            before: &before,
            after: before.clone(),
            rekeyed: BTreeMap::new(),
            renamed: BTreeMap::new(),
            register: RegisterState::Current,
            taken_back: Vec::new(),
            changes: Vec::new(),
            parcels: BTreeMap::new(),
            refreshed: 0,
            unfinished: Vec::new(),
            unsent: BTreeMap::new(),
        };
        let scope = Scope::Class(class("7А"));
        let papers: BTreeSet<_> =
            before.papers_of(&scope).map(|(id, _)| id.clone()).filter(|id| wanted(&id.piece)).collect();
        let asked = Reprint { papers: papers.clone(), edition, why: "потерян".to_owned() };
        reprint(&mut proposal, &asked, date(2026, 9, 20));
        let lines: Vec<String> =
            proposal.changes.iter().map(|change| format!("{} | {}", change.words(), change.why)).collect();
        assert_eq!(lines, changes);
        assert_eq!(proposal.parcels.keys().collect::<Vec<_>>(), [&scope], "nobody else gets anything");
        let due = &proposal.parcels[&scope];
        assert_eq!(due.letter, LetterDue::Change);
        let sheet = &due.sheet;
        let of = |kind| sheet.pieces.iter().filter(|piece| PaperKind::of(piece) == kind).count();
        let told = format!(
            "{} posters, {} slips, {} void, {} news, whole {:?}, copies {:?}, {} fresh",
            of(PaperKind::Posters),
            of(PaperKind::Slips),
            sheet.void.len(),
            sheet.news.len(),
            due.whole,
            due.copies,
            due.fresh.len()
        );
        assert_eq!(told, parcel);
        for (id, now) in &proposal.after.papers {
            let old = &before.papers[id];
            assert_eq!((now.content, now.core), (old.content, old.core));
            let is_new = edition == ReprintEdition::NewVersion && papers.contains(id);
            let expected = if is_new { (old.edition.version + 1, date(2026, 9, 20)) } else { (1, old.edition.issued) };
            assert_eq!((now.edition.version, now.edition.issued), expected, "{id:?}");
        }
    }

    fn is_slip(piece: &Piece) -> bool {
        matches!(piece, Piece::Slip { .. })
    }

    fn first_slip() -> impl Fn(&Piece) -> bool {
        let sample = Sample::new().kinds(&[ChatKind::ClassParents]);
        let state = state(&sample, &SchoolState::default());
        let student = state.roster.classes[&class("7А")].students[0].id;
        move |piece| matches!(piece, Piece::Slip { student: of, .. } if Some(*of) == student)
    }

    #[test]
    fn a_copy_changes_no_version() {
        check(
            first_slip(),
            ReprintEdition::Copy,
            &["напечатать ещё раз: талон «7А — родители», Ёлкин Пётр | потерян"],
            "0 posters, 1 slips, 0 void, 1 news, whole {}, copies {}, 0 fresh",
        );
    }

    #[test]
    fn a_new_version_makes_the_old_one_void() {
        check(
            first_slip(),
            ReprintEdition::NewVersion,
            &[
                "уничтожить: талон «7А — родители», Ёлкин Пётр, версия 1 от 08.09.2026 | потерян",
                "выпустить заново: талон «7А — родители», Ёлкин Пётр | потерян",
            ],
            "0 posters, 1 slips, 1 void, 0 news, whole {}, copies {}, 1 fresh",
        );
    }

    #[test]
    fn all_of_a_kind_go_whole() {
        check(
            is_slip,
            ReprintEdition::Copy,
            &[
                "напечатать ещё раз: талон «7А — родители», Ёлкин Пётр | потерян",
                "напечатать ещё раз: талон «7А — родители», Жуков Иван | потерян",
            ],
            "0 posters, 0 slips, 0 void, 0 news, whole {}, copies {Slips}, 0 fresh",
        );
    }

    #[test]
    fn nobody_has_to_destroy_a_form() {
        check(
            |piece| matches!(piece, Piece::Form { .. }),
            ReprintEdition::NewVersion,
            &["выпустить заново: лист ознакомления родителей | потерян"],
            "0 posters, 0 slips, 0 void, 0 news, whole {AcknowledgementForm}, copies {}, 0 fresh",
        );
    }
}
