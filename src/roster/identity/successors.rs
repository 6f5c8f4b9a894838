//! Which class has become which in the new school year: 7А is 8А now, and 5А may have become 6Б.
//!
//! The chats of a class go with its pupils, so a successor is found by the pupils alone and never by the name: what is
//! called 7А now are other children.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::known::KnownStudent;
use super::matching::Matching;
use super::step::Step;
use crate::school::ClassName;

/// Where the pupils of an old class are.
#[derive(Default)]
struct Tally<'a> {
    /// Those of whom it is known where they are, the leavers included.
    size: usize,
    now: BTreeMap<&'a ClassName, usize>,
}

/// An old class whose pupils are for the greater part in one new class.
struct Claim<'a> {
    old: &'a ClassName,
    new: &'a ClassName,
    pupils: usize,
}

/// Old class → the new class that more than half of its pupils are in now. Pupils of whom nobody can tell where they
/// are do not count; moves that wait for an answer do, as for the verdict of a new year.
///
/// No new class stands there twice: of classes that were put together, the one that gave more pupils goes on, and the
/// others have no successor. A class that has left, or of which only a few stayed, has none either.
pub fn class_successors<K: KnownStudent>(matching: &Matching<'_, K>) -> BTreeMap<ClassName, ClassName> {
    let pairs = matching.pairs.iter().map(|pair| (pair.before.student(), pair.after));
    let asked = matching.proposals.iter().filter(|proposal| proposal.step == Step::NameOnly);
    let asked = asked.map(|proposal| (proposal.before.student(), proposal.after));
    let mut tallies: BTreeMap<&ClassName, Tally<'_>> = BTreeMap::new();
    for (old, new) in pairs.chain(asked) {
        let tally = tallies.entry(&old.class).or_default();
        tally.size += 1;
        *tally.now.entry(&new.class).or_default() += 1;
    }
    for known in &matching.removed {
        tallies.entry(&known.student().class).or_default().size += 1;
    }
    let mut claims: Vec<Claim<'_>> = Vec::new();
    for (old, tally) in &tallies {
        let most = tally.now.iter().find(|(_, pupils)| **pupils * 2 > tally.size);
        claims.extend(most.map(|(new, pupils)| Claim { old, new, pupils: *pupils }));
    }
    // The larger part wins; of equal parts the one that keeps its letter, else the first in order.
    claims.sort_by_key(|claim| (Reverse(claim.pupils), claim.old.litera() != claim.new.litera(), claim.old));
    let mut olds: BTreeMap<&ClassName, &ClassName> = BTreeMap::new();
    for claim in claims {
        olds.entry(claim.new).or_insert(claim.old);
    }
    olds.into_iter().map(|(new, old)| (old.clone(), new.clone())).collect()
}
