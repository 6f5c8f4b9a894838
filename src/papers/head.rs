//! What stands at the top of a memo and of the paper of a change: the title, whose it is, who gets it.

use serde::Deserialize;

use super::document::Document;
use super::flow::styles;
use super::phrases::Values;
use super::rich_text::RichText;
use super::units::Mm;

/// What stands under the title; a line whose values are missing is left out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HeadWording {
    class: String,
    school: String,
    class_addressee: String,
    school_addressee: String,
}

impl HeadWording {
    /// Whose it is, on a sheet behind the first.
    pub(super) fn whose(&self, is_of_class: bool) -> &str {
        if is_of_class { &self.class } else { &self.school }
    }

    /// Puts the head on a document of a class, or of the school.
    pub(super) fn put_on(&self, document: &mut dyn Document, title: &str, values: &Values, is_of_class: bool) {
        let addressee = if is_of_class { &self.class_addressee } else { &self.school_addressee };
        document.paragraph(&RichText::bold(values.line(title)), styles::TITLE);
        document.space(Mm(1.0));
        for line in [self.whose(is_of_class), addressee].into_iter().filter_map(|line| values.phrase(line)) {
            document.paragraph(&line, styles::SUBTITLE);
        }
    }
}
