//! «Дополнение к листу ознакомления»: rows for those who came after the form was printed.
//!
//! It is signed under the same rules as the form and names their version; the rules themselves stand in the form.

use super::signatures::Signers;
use super::{Form, Part, People, parts};
use crate::papers::canvas::Page;
use crate::papers::change_sheet::AdditionWording;
use crate::papers::flow::{Flow, Frame, styles};
use crate::papers::paper::{ClassPapers, Sheets};
use crate::papers::rich_text::RichText;
use crate::papers::units::Mm;
use crate::school::{ChangeSheet, dotted};

/// The pages of each part of the form in which somebody of the class is to sign after a change; none where the class has no form.
pub(in crate::papers) fn addition_sheets(papers: &ClassPapers<'_>, sheet: &ChangeSheet) -> Sheets {
    let mut sheets = Sheets::default();
    let signers = Signers::Only(sheet);
    let Some(class) = papers.class else { return sheets };
    let is_signed = |part: &Part| class.students.iter().any(|student| signers.takes(*part, student));
    for part in parts(papers).filter(is_signed) {
        let edition = papers.editions.of(&part.piece());
        let form = Form::new(papers, People::Class(class), part, edition);
        sheets.pages.extend(form.addition(&papers.wording.changes.addition, signers));
        sheets.editions.push(edition);
    }
    sheets
}

impl Form<'_> {
    fn addition(&self, words: &AdditionWording, signers: Signers<'_>) -> Vec<Page> {
        let values = self.values().with("дата_правил", dotted(self.edition.issued));
        let mut flow = Flow::new(Frame::BOUND);
        flow.paragraph(&RichText::bold(values.line(&words.title)), styles::TITLE);
        flow.space(Mm(1.5));
        for line in [self.part.of(&self.wording.whom), self.wording.rules.as_str()] {
            flow.paragraph(&values.phrase(line).unwrap_or_default(), styles::SUBTITLE);
        }
        flow.space(Mm(3.5));
        if let Some(rules) = values.phrase(&words.rules) {
            flow.paragraph(&rules, styles::TEXT);
            flow.space(Mm(2.0));
        }
        if let Some(note) = self.note() {
            flow.paragraph(&note, styles::NOTE);
            flow.space(Mm(2.5));
        }
        self.put_rows_of(&mut flow, signers);
        flow.finish(&self.foot(&values))
    }
}
