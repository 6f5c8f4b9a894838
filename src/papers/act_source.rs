//! Where the rules come from: the act, its order, who agreed to it, the laws behind it.
//!
//! It stands at the end of what people sign and of what they take home, in the same words.

use super::document::Document;
use super::paper::ClassPapers;
use super::phrases::Values;
use super::text::TextStyle;
use super::units::{Mm, Pt};
use crate::school::dotted;

const SOURCE: TextStyle = TextStyle::new(Pt(8.5)).leading(1.22).hyphenated();

/// Puts it at the end of a document.
pub(super) fn put_source(papers: &ClassPapers<'_>, document: &mut dyn Document) {
    let words = &papers.wording.rules.source;
    let act = &papers.regulation.act;
    let order = [act.date.map(|date| format!("от {}", dotted(date))), act.number.as_ref().map(|no| format!("№ {no}"))];
    let order: Vec<String> = order.into_iter().flatten().collect();
    let order = if order.is_empty() { String::new() } else { format!(" (приказ {})", order.join(" ")) };
    // A line with blanks to fill in by hand says nothing to whoever reads the sheet.
    let approval: Vec<&str> =
        act.approval.iter().map(|line| line.trim_end_matches('.')).filter(|line| !line.contains("__")).collect();
    let values = Values::default()
        .with("акт", act.title.trim_matches(['«', '»']))
        .with_blank("приказ", order)
        .with_optional("гриф", Some(approval.join(". ")))
        .with_optional("основание", Some(act.basis.join("; ")));
    if let Some(source) = values.joined([&words.act, &words.approval, &words.basis]) {
        document.space(Mm(2.5));
        document.paragraph(&source, SOURCE);
    }
}
