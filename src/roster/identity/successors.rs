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

#[cfg(test)]
mod tests {
    use super::class_successors;
    use crate::roster::identity::tests::student;
    use crate::roster::identity::{Decisions, match_students};
    use crate::school::Student;

    /// «7А 8А 3»: so many pupils of 7А are in 8А; «-» stands for nowhere.
    #[track_caller]
    fn check_dated(date: &str, moves: &[&str], expected: &[&str]) {
        let (mut before, mut after): (Vec<Student>, Vec<Student>) = (Vec::new(), Vec::new());
        let mut row = 0;
        for line in moves {
            let parts: Vec<&str> = line.split(' ').collect();
            for _ in 0..parts[2].parse::<u32>().unwrap() {
                row += 1;
                let letters: String = row
                    .to_string()
                    .chars()
                    .map(|digit| char::from_u32('а' as u32 + digit as u32 - 48).unwrap())
                    .collect();
                let pupil = |class: &str| student(&format!("{class}|Орлов{letters} Ян{letters} Ильич|{date}"), row);
                before.extend((parts[0] != "-").then(|| pupil(parts[0])));
                after.extend((parts[1] != "-").then(|| pupil(parts[1])));
            }
        }
        let matching = match_students(&before, &after.iter().collect::<Vec<_>>(), &Decisions::default());
        let found = class_successors(&matching);
        assert_eq!(found.iter().map(|(old, new)| format!("{old}>{new}")).collect::<Vec<_>>(), expected);
    }

    #[track_caller]
    fn check(moves: &[&str], expected: &[&str]) {
        check_dated("2013-05-04", moves, expected);
    }

    #[test]
    fn classes_go_up_whatever_their_letters() {
        check(&["7А 8А 5", "7Б 8Б 5", "- 1А 5"], &["7А>8А", "7Б>8Б"]);
        check(&["5А 6Б 5", "5Б 6А 5"], &["5А>6Б", "5Б>6А"]);
        check(&["7А 8А 4", "7А 8Б 1", "7Б 8Б 4", "7Б - 1"], &["7А>8А", "7Б>8Б"]);
    }

    #[test]
    fn names_alone_are_enough_to_ask_and_to_follow() {
        check_dated("", &["7А 8А 5", "7Б 8Б 5"], &["7А>8А", "7Б>8Б"]);
    }

    #[test]
    fn who_leaves_has_no_successor() {
        check(&["9А - 5", "11А - 5", "8А 9А 5"], &["8А>9А"]);
        // A few who stay are not the class.
        check(&["9А - 3", "9А 10А 2", "8А 9А 5"], &["8А>9А"]);
        check(&["9А - 2", "9А 10А 3", "8А 9А 5"], &["8А>9А", "9А>10А"]);
    }

    #[test]
    fn merged_and_split_classes() {
        check(&["7А 8А 3", "7Б 8А 4"], &["7Б>8А"]);
        check(&["7А 8Б 3", "7Б 8Б 3"], &["7Б>8Б"]);
        check(&["7А 8А 3", "7А 8Б 3"], &[]);
        check(&["7А 8А 4", "7А 8Б 3"], &["7А>8А"]);
    }

    #[test]
    fn a_class_of_the_same_name_is_not_the_same_class() {
        check(&["10А 11А 5", "9А 10А 2", "9Б 10А 2", "9А - 3", "9Б - 3"], &["10А>11А"]);
    }
}
