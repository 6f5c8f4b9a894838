//! Rules of an act in two columns of equal height: short lines are read more easily, and short rules take half the room.

use std::ops::Range;

use super::canvas::Page;
use super::flow::{Flow, clause_column};
use super::rich_text::RichText;
use super::rules::{BEFORE_SECTION, BETWEEN_RULES, RuleLook, RuleSection, UNDER_HEADING, margin_mark, put_sections};
use super::text::{Align, Room, TextBlock, TextStyle};
use super::units::{Mm, Point, Pt};

/// Between the columns.
const GUTTER: Mm = Mm(7.0);
/// Wider numbers become smaller: the column of a rule is narrow.
const WIDEST_NUMBERS: Mm = Mm(12.0);
/// A rule higher than this part of a page is set in the full width, where its lines may go on on the next page.
const HIGHEST: f32 = 0.4;

/// A rule with its heading, if it is the first one under it: what is never divided.
struct Unit {
    heading: Option<TextBlock>,
    number: TextBlock,
    /// Whether the rule above has the same number, which is then not repeated but at the top of a column.
    goes_on: bool,
    text: TextBlock,
    /// The space above, but for the top of a column.
    space: Mm,
}

/// Puts sections into a flow, in columns; those without rules have no heading either.
pub(super) fn put_columns(flow: &mut Flow, sections: &[RuleSection<'_>], look: RuleLook) {
    let width = (flow.width() - GUTTER) / 2.0;
    let clauses = sections.iter().flat_map(|section| &section.rules).map(|rule| rule.clause.as_str());
    let numbers = clause_column(clauses, look.text).min(WIDEST_NUMBERS);
    let units = units(sections, look, width, numbers);
    let highest = flow.full_height() * HIGHEST;
    if units.iter().any(|unit| unit.height() > highest) {
        put_sections(flow, sections, look);
        return;
    }
    let mut next = 0;
    while next < units.len() {
        let rest = next..units.len();
        let room = flow.remaining();
        let columns = balanced(&units, rest.clone()).filter(|columns| columns.height(&units) <= room);
        let columns = columns.unwrap_or_else(|| filled(&units, rest, room));
        if columns.is_empty() {
            flow.new_page();
            continue;
        }
        flow.block(columns.height(&units), |page, area| {
            draw(page, &units[columns.left.clone()], area.origin(), numbers);
            draw(page, &units[columns.right.clone()], Point::new(area.x + width + GUTTER, area.y), numbers);
        });
        next = columns.right.end;
        if next < units.len() {
            flow.new_page();
        }
    }
}

fn units(sections: &[RuleSection<'_>], look: RuleLook, width: Mm, numbers: Mm) -> Vec<Unit> {
    let mut units = Vec::new();
    for section in sections {
        let mut clause_before = None;
        for (index, rule) in section.rules.iter().enumerate() {
            let heading =
                (index == 0 && !section.heading.is_empty()).then(|| look.heading.set(&section.heading, width));
            let goes_on = clause_before == Some(&rule.clause);
            let number = number(margin_mark(rule), look.text, numbers);
            let text = look.text.set(&RichText::plain(rule.text.trim()), width - numbers);
            units.push(Unit {
                heading,
                number,
                goes_on,
                text,
                space: if index == 0 { BEFORE_SECTION } else { BETWEEN_RULES },
            });
            clause_before = Some(&rule.clause).filter(|clause| !clause.is_empty());
        }
    }
    units
}

fn number(clause: &str, style: TextStyle, numbers: Mm) -> TextBlock {
    let room = Room::of_width(numbers - Mm(1.0)).lines(1, Pt(5.0));
    style.align(Align::Left).fit(&RichText::plain(clause), room)
}

/// Neighbouring units side by side.
struct Columns {
    left: Range<usize>,
    right: Range<usize>,
}

impl Columns {
    fn height(&self, units: &[Unit]) -> Mm {
        height(&units[self.left.clone()]).max(height(&units[self.right.clone()]))
    }

    fn is_empty(&self) -> bool {
        self.left.is_empty()
    }
}

/// All of these units in two columns as equal as can be; of two divisions the one with the longer left column.
fn balanced(units: &[Unit], range: Range<usize>) -> Option<Columns> {
    let divisions = (range.start + 1..=range.end).rev();
    let columns = divisions.map(|middle| Columns { left: range.start..middle, right: middle..range.end });
    columns.min_by(|one, other| one.height(units).0.total_cmp(&other.height(units).0))
}

/// As many of these units as a height takes.
fn filled(units: &[Unit], range: Range<usize>, room: Mm) -> Columns {
    let fitting = |from: usize| (from..=range.end).rev().find(|to| height(&units[from..*to]) <= room).unwrap_or(from);
    let middle = fitting(range.start);
    Columns { left: range.start..middle, right: middle..fitting(middle) }
}

fn height(units: &[Unit]) -> Mm {
    let space = units.iter().skip(1).map(|unit| unit.space).sum::<Mm>();
    units.iter().map(Unit::height).sum::<Mm>() + space
}

impl Unit {
    fn heading_height(&self) -> Mm {
        self.heading.as_ref().map_or(Mm(0.0), |heading| heading.height() + UNDER_HEADING)
    }

    fn height(&self) -> Mm {
        self.heading_height() + self.text.height()
    }
}

fn draw(page: &mut Page, units: &[Unit], at: Point, numbers: Mm) {
    let mut y = at.y;
    for (index, unit) in units.iter().enumerate() {
        if index > 0 {
            y += unit.space;
        }
        if let Some(heading) = &unit.heading {
            heading.draw(page, Point::new(at.x, y));
        }
        let top = y + unit.heading_height();
        if index == 0 || !unit.goes_on {
            // The number stands on the first base line even where it had to become smaller.
            let lowered = (unit.text.line_height() - unit.number.line_height()) * 0.6;
            unit.number.draw(page, Point::new(at.x, top + lowered));
        }
        unit.text.draw(page, Point::new(at.x + numbers, top));
        y += unit.height();
    }
}

#[cfg(test)]
mod tests {
    use super::put_columns;
    use crate::papers::checks::flaws;
    use crate::papers::flow::{Flow, Foot, Frame, styles};
    use crate::papers::rich_text::RichText;
    use crate::papers::rules::{RuleLook, RuleSection};
    use crate::papers::units::Mm;
    use crate::school::Rule;

    #[track_caller]
    fn check(rules: usize, words: usize, expected_pages: usize) {
        let rule = |number: usize| Rule {
            clause: format!("4.{number}"),
            text: "Участники соблюдают правила. ".repeat(words),
            families_only: false,
        };
        let rules: Vec<Rule> = (0..rules).map(rule).collect();
        let sections = [
            RuleSection::new(RichText::bold("Правила общения"), &rules),
            RuleSection::new(RichText::bold("Пусто"), &[]),
            RuleSection::new(RichText::bold("Важно знать"), &rules),
        ];
        let mut flow = Flow::new(Frame::BOUND);
        flow.paragraph(&RichText::plain("Перед правилами"), styles::TEXT);
        flow.space(Mm(3.0));
        put_columns(&mut flow, &sections, RuleLook { heading: styles::TEXT, text: styles::TEXT });
        flow.paragraph(&RichText::plain("После правил"), styles::TEXT);
        let pages = flow.finish(&Foot::default());
        assert_eq!(flaws(&pages), []);
        assert_eq!(pages.len(), expected_pages);
    }

    #[test]
    fn rules_stand_side_by_side() {
        check(0, 1, 1);
        check(1, 1, 1);
        check(7, 4, 1);
        check(40, 6, 5);
        check(3, 120, 5);
    }
}
