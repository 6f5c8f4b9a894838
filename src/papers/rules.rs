//! Rules of an act in running text: sections with headings, the numbers of the clauses hanging in the margin.

use super::flow::{Flow, clause_column};
use super::rich_text::RichText;
use super::text::TextStyle;
use super::units::Mm;
use crate::school::Rule;

/// Rules under a common heading.
#[derive(Clone, Debug)]
pub(super) struct RuleSection<'a> {
    /// The heading.
    pub(super) heading: RichText,
    /// The rules in order.
    pub(super) rules: Vec<&'a Rule>,
}

impl<'a> RuleSection<'a> {
    /// All of these rules under a heading.
    pub(super) fn new(heading: RichText, rules: &'a [Rule]) -> Self {
        Self { heading, rules: rules.iter().collect() }
    }
}

/// How sections of rules are set.
#[derive(Clone, Copy, Debug)]
pub(super) struct RuleLook {
    /// The headings.
    pub(super) heading: TextStyle,
    /// The rules.
    pub(super) text: TextStyle,
}

/// Before a section, after its heading, between rules.
pub(super) const BEFORE_SECTION: Mm = Mm(2.6);
pub(super) const UNDER_HEADING: Mm = Mm(0.6);
pub(super) const BETWEEN_RULES: Mm = Mm(0.9);

/// Puts sections into a flow; those without rules have no heading either. All numbers share one column.
pub(super) fn put_sections(flow: &mut Flow, sections: &[RuleSection<'_>], look: RuleLook) {
    let clauses = sections.iter().flat_map(|section| &section.rules).map(|rule| rule.clause.as_str());
    let column = clause_column(clauses, look.text);
    for section in sections.iter().filter(|section| !section.rules.is_empty()) {
        flow.space(BEFORE_SECTION);
        if !section.heading.is_empty() {
            flow.heading(&section.heading, look.heading);
            flow.space(UNDER_HEADING);
        }
        put_rules(flow, &section.rules, column, look.text);
    }
}

/// What stands in the margin: the number of the clause, a bullet for a rule that is none of the act.
pub(super) fn margin_mark(rule: &Rule) -> &str {
    if rule.clause.is_empty() { "•" } else { &rule.clause }
}

/// The number stands at the first of several rules of one clause.
fn put_rules(flow: &mut Flow, rules: &[&Rule], column: Mm, style: TextStyle) {
    let mut before = None;
    for rule in rules {
        flow.clause(
            if before == Some(&rule.clause) { "" } else { margin_mark(rule) },
            column,
            &RichText::plain(rule.text.trim()),
            style,
        );
        flow.space(BETWEEN_RULES);
        before = Some(&rule.clause).filter(|clause| !clause.is_empty());
    }
}
