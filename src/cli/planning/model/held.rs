//! Which papers people have in their hands.

use std::collections::{BTreeMap, BTreeSet};

use crate::papers::PaperKind;
use crate::plan::CarriedOver;
use crate::school::{Edition, PaperId, SchoolState, Scope};

use crate::cli::planning::Parcel;

/// Posters and slips outside the program, with their editions.
#[derive(Debug, Default)]
pub(super) struct Held {
    papers: BTreeMap<PaperId, BTreeSet<Edition>>,
}

impl Held {
    /// A parcel is given. Returns what somebody has already in this edition.
    pub(super) fn give(&mut self, scope: &Scope, parcel: &Parcel, state: &SchoolState) -> Vec<PaperId> {
        let mut twice = Vec::new();
        for (id, paper) in state.papers_of(scope).filter(|(id, _)| id.piece.has_code()) {
            let is_given = parcel.carries(&id.piece);
            if parcel.known.contains(&PaperKind::of(&id.piece)) && !parcel.sheet.pieces.contains(&id.piece) {
                let is_held = self.papers.get(id).is_some_and(|editions| editions.contains(&paper.edition));
                assert!(is_held, "{id:?} goes along for information, and nobody got it before");
            } else if is_given && !self.papers.entry(id.clone()).or_default().insert(paper.edition) {
                twice.push(id.clone());
            }
        }
        twice
    }

    /// A paper is named as void. Whoever holds it destroys it.
    pub(super) fn destroy(&mut self, id: &PaperId, edition: Edition) {
        let editions = self.papers.get_mut(id);
        let was_held = editions.is_some_and(|editions| editions.remove(&edition));
        assert!(was_held, "nobody holds {id:?} {edition:?}");
        self.papers.retain(|_, editions| !editions.is_empty());
    }

    /// The names of a new school year.
    pub(super) fn carry_over(&mut self, carried: &CarriedOver) {
        let papers = std::mem::take(&mut self.papers);
        self.papers = papers.into_iter().map(|(id, editions)| (carried.paper(&id), editions)).collect();
    }

    /// What is in hands is exactly what holds, in the scopes to which nothing is due.
    pub(super) fn check(&self, state: &SchoolState, due: &BTreeSet<&Scope>) {
        let is_settled = |id: &&PaperId| !due.contains(&id.scope);
        for (id, editions) in self.papers.iter().filter(|(id, _)| is_settled(id)) {
            let holds = state.papers.get(id).map(|paper| paper.edition);
            assert_eq!(editions.iter().copied().collect::<Vec<_>>(), Vec::from_iter(holds), "{id:?}");
        }
        for id in state.papers.keys().filter(|id| id.piece.has_code()).filter(is_settled) {
            assert!(self.papers.contains_key(id), "nobody got {id:?}");
        }
    }
}
