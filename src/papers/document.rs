//! Pages of running text → a finished paper.

use super::canvas::Page;
use super::error::PaperError;
use super::paper::{ClassPapers, Paper, PaperKind};
use super::pdf::{self, About};

impl ClassPapers<'_> {
    /// The paper of these pages.
    pub(super) fn finished(&self, kind: PaperKind, pages: &[Page], pieces: usize) -> Result<Paper, PaperError> {
        let title = self.document_title(kind);
        let about = About { title: &title, author: &self.school.short_name, issued: self.edition.issued };
        let bytes = pdf::write(pages, &about)?;
        Ok(Paper { kind, file_name: self.file_name(kind), pages: pages.len(), pieces, bytes })
    }
}
