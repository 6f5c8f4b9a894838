//! What a document of running text is put into: pages, or the sum of what stands on them.
//!
//! The function that writes a document writes its fingerprint too, so the two cannot drift apart.

use super::flow::{Flow, styles};
use super::memo::PinnedText;
use super::rich_text::RichText;
use super::rule_columns::put_columns;
use super::rules::{RuleLook, RuleSection, put_sections};
use super::sum::Sum;
use super::table::{Cell, Table};
use super::text::TextStyle;
use super::units::Mm;

/// Takes a document part by part.
pub(super) trait Document {
    /// A paragraph in the full width.
    fn paragraph(&mut self, text: &RichText, style: TextStyle);
    /// A heading, which stays with what follows.
    fn heading(&mut self, text: &RichText, style: TextStyle);
    /// A text with a number in a column beside it.
    fn clause(&mut self, number: &str, column: Mm, text: &RichText, style: TextStyle);
    /// A text at the right edge.
    fn right_note(&mut self, text: &RichText, style: TextStyle);
    /// A table.
    fn table(&mut self, table: &Table);
    /// Rules one below the other.
    fn sections(&mut self, sections: &[RuleSection<'_>], look: RuleLook);
    /// Rules in two columns.
    fn columns(&mut self, sections: &[RuleSection<'_>], look: RuleLook);
    /// A text to copy, in a box.
    fn pinned(&mut self, pinned: &PinnedText<'_>);
    /// At least this much space before what comes next.
    fn space(&mut self, height: Mm);
    /// What comes next needs this height on one page.
    fn keep(&mut self, height: Mm);
}

impl Document for Flow {
    fn paragraph(&mut self, text: &RichText, style: TextStyle) {
        self.paragraph(text, style);
    }

    fn heading(&mut self, text: &RichText, style: TextStyle) {
        self.heading(text, style);
    }

    fn clause(&mut self, number: &str, column: Mm, text: &RichText, style: TextStyle) {
        self.clause(number, column, text, style);
    }

    fn right_note(&mut self, text: &RichText, style: TextStyle) {
        let width = style.set(text, self.width() / 2.0).longest() + Mm(0.2);
        self.right_note(text, width, style);
    }

    fn table(&mut self, table: &Table) {
        self.table(table);
    }

    fn sections(&mut self, sections: &[RuleSection<'_>], look: RuleLook) {
        put_sections(self, sections, look);
    }

    fn columns(&mut self, sections: &[RuleSection<'_>], look: RuleLook) {
        put_columns(self, sections, look);
    }

    fn pinned(&mut self, pinned: &PinnedText<'_>) {
        pinned.put(self);
    }

    fn space(&mut self, height: Mm) {
        self.space(height);
    }

    fn keep(&mut self, height: Mm) {
        self.keep(height);
    }
}

/// Each part begins with a number of its own; sizes and places do not count.
impl Document for Sum {
    fn paragraph(&mut self, text: &RichText, _: TextStyle) {
        self.number(1);
        self.rich(text);
    }

    fn heading(&mut self, text: &RichText, _: TextStyle) {
        self.number(2);
        self.rich(text);
    }

    fn clause(&mut self, number: &str, _: Mm, text: &RichText, _: TextStyle) {
        self.number(3);
        self.text(number);
        self.rich(text);
    }

    fn right_note(&mut self, text: &RichText, _: TextStyle) {
        self.number(4);
        self.rich(text);
    }

    fn table(&mut self, table: &Table) {
        self.number(5);
        self.number(table.columns.len());
        table.columns.iter().for_each(|column| self.rich(&column.title));
        self.number(table.rows.len());
        for row in &table.rows {
            self.number(row.cells.len());
            for cell in &row.cells {
                match cell {
                    Cell::Text(text) => {
                        self.number(0);
                        self.rich(text);
                    }
                    Cell::Continued => self.number(1),
                    Cell::Tick => self.number(2),
                }
            }
        }
    }

    fn sections(&mut self, sections: &[RuleSection<'_>], _: RuleLook) {
        self.number(6);
        let printed = || sections.iter().filter(|section| !section.rules.is_empty());
        self.number(printed().count());
        for RuleSection { heading, rules } in printed() {
            self.rich(heading);
            self.number(rules.len());
            for rule in rules {
                self.text(&rule.clause);
                self.text(rule.text.trim());
            }
        }
    }

    fn columns(&mut self, sections: &[RuleSection<'_>], look: RuleLook) {
        self.sections(sections, look);
    }

    fn pinned(&mut self, pinned: &PinnedText<'_>) {
        self.number(7);
        pinned.sum(self);
    }

    fn space(&mut self, _: Mm) {}

    fn keep(&mut self, _: Mm) {}
}

/// The space before and after the heading of a part.
pub(super) fn part_heading(document: &mut dyn Document, text: &str) {
    document.space(Mm(3.6));
    document.heading(&RichText::bold(text), styles::HEADING);
    document.space(Mm(1.0));
}

/// Numbered steps in the order of doing.
pub(super) fn numbered(document: &mut dyn Document, steps: &[RichText], style: TextStyle) {
    for (number, step) in (1..).zip(steps) {
        document.clause(&format!("{number}."), STEP_COLUMN, step, style);
        document.space(Mm(0.6));
    }
}

/// The column of the numbers of steps.
const STEP_COLUMN: Mm = Mm(6.5);
