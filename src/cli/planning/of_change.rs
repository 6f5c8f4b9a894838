//! What a class or the school is given when something of it changes: what is to be done, and what is printed for it.
//!
//! Knows these changes only, not what was given before or is still to be given.

use std::collections::BTreeSet;

use super::handovers::handovers;
use super::parcel::{LetterDue, Parcel};
use super::told::news;
use crate::papers::PaperKind;
use crate::school::{
    AdmissionTask, Change, ChangeKind, ChangeSheet, ChatRef, Piece, RemovalTask, SchoolState, Scope, VoidPaper,
};

/// The parcel of the changes of one class or of the school that had papers before.
pub(super) fn of_change(scope: &Scope, changes: &[&Change], before: &SchoolState, after: &SchoolState) -> Parcel {
    let mut sheet = ChangeSheet::default();
    let printed: BTreeSet<&Piece> = changes.iter().filter_map(|change| printed(change)).collect();
    let (mut has_new_teacher, mut again) = (false, false);
    for change in changes {
        let why = || change.why.clone();
        match &change.what {
            ChangeKind::Removal { chat, who, .. } => sheet.removals.push(RemovalTask {
                chat: chat.title.to_string(),
                moderator: moderator(chat, after).or_else(|| moderator(chat, before)),
                who: who.clone(),
                why: why(),
            }),
            ChangeKind::Admission { chat, who } => sheet.admissions.push(AdmissionTask {
                chat: chat.title.to_string(),
                // A new moderator is admitted by the former one: nobody else is in the chat to do it.
                moderator: moderator(chat, after)
                    .filter(|moderator| moderator != who)
                    .or_else(|| moderator(chat, before)),
                who: who.clone(),
                why: why(),
            }),
            // What people edit and sign is theirs: nobody is told to destroy it.
            ChangeKind::PaperVoid { paper, .. } if matches!(paper.id.piece, Piece::Draft { .. }) => {}
            ChangeKind::PaperVoid { paper, edition } => {
                sheet.void.push(VoidPaper { words: paper.words.clone(), edition: *edition, why: why() });
            }
            ChangeKind::Arrived(pupil) | ChangeKind::MovedIn { pupil, .. } => {
                sheet.newcomers.insert(pupil.id);
            }
            ChangeKind::GuardianAdded { pupil, id: Some(id), name: Some(_) } => {
                sheet.new_parents.entry(pupil.id).or_default().insert(*id);
            }
            ChangeKind::Homeroom { to: Some(_), .. } => has_new_teacher = true,
            ChangeKind::HomeroomAddress => again = true,
            _ => {}
        }
    }
    let (mut whole, mut known, mut copies) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for kind in PaperKind::ALL {
        let pieces = after.papers_of(scope).map(|(id, _)| &id.piece).filter(|piece| PaperKind::of(piece) == kind);
        let mut pieces = pieces.peekable();
        let is_there = pieces.peek().is_some();
        let is_whole = if is_cut_up(kind) {
            is_there && pieces.all(|piece| printed.contains(piece))
        } else {
            // A form or a memo is one document: signed, read and kept as a whole.
            pieces.any(|piece| printed.contains(piece))
        };
        if is_whole {
            // What is only copied was handed out and signed before: nothing is asked of anybody for it.
            let is_new = changes.iter().filter_map(|change| fresh(change)).any(|piece| PaperKind::of(piece) == kind);
            if is_new {
                whole.insert(kind)
            } else {
                copies.insert(kind)
            };
            continue;
        }
        if is_cut_up(kind) {
            let printed = printed.iter().filter(|piece| PaperKind::of(piece) == kind);
            sheet.pieces.extend(printed.map(|piece| (*piece).clone()));
        }
        if (has_new_teacher || again) && is_there {
            known.insert(kind);
        }
    }
    sheet.news = news(changes, &sheet.pieces, &|chat| moderator(chat, after));
    let has_form = after.papers_of(scope).any(|(id, _)| matches!(id.piece, Piece::Form { .. }));
    if !has_form || whole.contains(&PaperKind::AcknowledgementForm) {
        sheet.newcomers.clear();
        sheet.new_parents.clear();
    }
    let is_gone = scope.class().is_some_and(|class| !after.roster.classes.contains_key(class));
    let former = scope.class().filter(|_| is_gone).and_then(|class| before.homerooms.get(class));
    // Whoever works here no longer gets no names of pupils.
    let former = former.filter(|former| after.staff.contains_key(&former.name.folded())).cloned();
    Parcel {
        letter: LetterDue::Change,
        whole,
        known,
        copies,
        sheet,
        fresh: BTreeSet::new(),
        has_past: true,
        handovers: handovers(changes, after),
        former,
        again,
        lacks_letter: false,
        replaces: Vec::new(),
        files: Vec::new(),
        given_by: None,
    }
}

/// The paper that a change has printed.
fn printed(change: &Change) -> Option<&Piece> {
    match &change.what {
        ChangeKind::PaperCopied(paper) => Some(&paper.id.piece),
        _ => fresh(change),
    }
}

/// The paper that a change makes anew.
pub(super) fn fresh(change: &Change) -> Option<&Piece> {
    match &change.what {
        ChangeKind::PaperNew(paper) | ChangeKind::PaperRenewed(paper) => Some(&paper.id.piece),
        _ => None,
    }
}

/// Whether the pieces of a file go their own ways.
fn is_cut_up(kind: PaperKind) -> bool {
    matches!(kind, PaperKind::Posters | PaperKind::Slips | PaperKind::Families)
}

fn moderator(chat: &ChatRef, state: &SchoolState) -> Option<String> {
    state.chats.get(&chat.key)?.moderator.as_ref().map(ToString::to_string)
}
