//! Pupils of the new side who stand in several classes at once: nobody is taken in twice.

use std::collections::BTreeMap;

use super::candidates::Side;
use super::matcher::Matcher;
use super::matching::Doubled;
use super::step::Step;
use crate::roster::in_two_classes::is_one_pupil;

impl<'a> Matcher<'_, 'a> {
    /// The rows of each pupil of the new side who stands in several classes.
    pub(super) fn doubled(&self) -> Vec<Vec<usize>> {
        let after = &self.records.after;
        let mut names: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, record) in after.iter().enumerate() {
            names.entry(record.name.as_str()).or_default().push(at);
        }
        let mut doubled = Vec::new();
        for mut rows in names.into_values().filter(|rows| rows.len() > 1) {
            let is_one = |one: usize, other: usize| {
                let both = after.get(one).zip(after.get(other)).map(|(one, other)| (one.student, other.student));
                both.is_some_and(|(one, other)| one.class != other.class && is_one_pupil(one, other).is_some())
            };
            while let Some(first) = rows.pop() {
                let (mut one, others): (Vec<usize>, _) = rows.into_iter().partition(|at| is_one(first, *at));
                rows = others;
                if !one.is_empty() {
                    one.push(first);
                    doubled.push(one);
                }
            }
        }
        doubled
    }

    /// Nobody is taken in twice: of a pupil who stands in several classes the row that is known stays, the others wait; where
    /// none is known, all wait.
    pub(super) fn hold_doubled(&mut self) -> Vec<Doubled<'a>> {
        let student = |at: &usize| self.records.after.get(*at).map(|record| record.student);
        let mut found = Vec::new();
        for rows in self.doubled() {
            // Whoever could be either row waits for the lists, too, not for an answer.
            for unclear in &mut self.unclear {
                if unclear.after.iter().all(|at| rows.contains(at)) {
                    unclear.step = Step::InTwoClasses;
                }
            }
            let waiting: Vec<usize> = rows.iter().copied().filter(|at| self.free.is_free(Side::After, *at)).collect();
            if waiting.is_empty() {
                continue;
            }
            for at in &waiting {
                self.free.take(Side::After, *at);
            }
            found.push(Doubled {
                rows: rows.iter().filter_map(student).collect(),
                waiting: waiting.iter().filter_map(student).collect(),
            });
        }
        found
    }
}
