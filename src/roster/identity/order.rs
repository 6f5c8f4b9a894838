//! The steps in their order, each among those who are left (`docs/inputs.md` § 8).

use super::candidates::Side;
use super::decisions::Decisions;
use super::expected::Expected;
use super::known::KnownStudent;
use super::matcher::Matcher;
use super::matching::{Matching, Pair, Proposal};
use super::record::Records;
use super::returning::{Back, Departed, Gone};
use super::step::Step;
use crate::school::Student;

/// Finds the pupils of the old side on the new side.
///
/// A pair is made only where nobody else could be meant; `decisions` are the answers to earlier questions.
pub fn match_students<'a, K: KnownStudent>(
    before: &'a [K],
    after: &[&'a Student],
    decisions: &Decisions,
) -> Matching<'a, K> {
    match_with_gone(before, &[], after, decisions, &Decisions::default())
}

/// The same, and finds among the newcomers those who left earlier. `about_gone` are the answers about these: a pupil of the
/// old side may have the name and the class of somebody who left.
pub fn match_with_gone<'a, K: KnownStudent>(
    before: &'a [K],
    gone: &'a [Gone<K>],
    after: &[&'a Student],
    decisions: &Decisions,
    about_gone: &Decisions,
) -> Matching<'a, K> {
    let students: Vec<&'a Student> = before.iter().map(KnownStudent::student).collect();
    let left: Vec<&'a Student> = gone.iter().map(|one| one.known.student()).collect();
    let records = Records::of(&students, &left, after);
    let mut matcher = Matcher::new(&records);
    let mut departed = Departed::of(&records, gone, about_gone);
    matcher.decide(decisions);
    let decided = departed.decided(&matcher.free);
    matcher.welcome(decided);
    let stable_ids = matcher.by_stable_id();
    let is_trusted = matcher.has_found(Step::StableId);
    // Whoever is here by name and date is nobody who left, whatever number was typed.
    matcher.by_name_and_date();
    let numbered = departed.by_stable_id(&matcher.free, is_trusted);
    matcher.welcome(numbered);
    let dated = departed.by_name_and_date(&matcher.free);
    matcher.welcome(dated);
    let expected = Expected::of(&records, &matcher.witnesses());
    matcher.by_class(&expected);
    matcher.by_parts_of_the_name(&expected);
    matcher.by_another_name(&expected);
    matcher.by_name_alone(&expected);
    matcher.by_family(&expected);
    let mut returning = departed.by_class(&matcher.free, &expected);
    for back in &returning {
        matcher.free.take(Side::After, back.after);
    }
    for back in departed.by_name_alone(&matcher.free) {
        matcher.free.take(Side::After, back.after);
        returning.push(back);
    }
    let doubled = matcher.hold_doubled();
    let suggestions = matcher.suggestions(&expected);
    let welcomed = matcher.take_returned();
    let known = |back: &Back| Some((&gone.get(back.gone)?.known, records.after.get(back.after)?.student, back.step));
    let returned =
        welcomed.iter().filter_map(known).map(|(before, after, step)| Pair::of(before, after, step)).collect();
    let returning = returning.iter().filter_map(known);
    let returning = returning.map(|(before, after, step)| Proposal { before, after, step }).collect();
    Matching { returned, returning, doubled, ..matcher.finish(before, suggestions, stable_ids) }
}
