//! The sum of what stands on a paper.
//!
//! It takes words as they are printed, their values put in, each with its length before it, so that no two papers are
//! written in one way. It knows no place on a page: what is the same in words is the same paper.

use sha2::{Digest, Sha256};

use super::font::Face;
use super::rich_text::RichText;
use crate::school::Fingerprint;

/// A sum in the making.
#[derive(Clone)]
pub(super) struct Sum(Sha256);

impl Sum {
    /// The empty sum of a kind of paper. The name changes with every change of a paper's form that an owner of the old
    /// one should get anew.
    pub(super) fn of(kind: &str) -> Self {
        let mut sum = Self(Sha256::new());
        sum.text(kind);
        sum
    }

    /// The sum of a paper that begins as another one does.
    pub(super) fn after(common: &Fingerprint) -> Self {
        Self::of(&common.to_string())
    }

    pub(super) fn number(&mut self, number: usize) {
        self.0.update((number as u64).to_le_bytes());
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len());
        self.0.update(text);
    }

    pub(super) fn rich(&mut self, text: &RichText) {
        self.number(text.passages().len());
        for passage in text.passages() {
            self.number(match passage.face {
                Face::Regular => 0,
                Face::Bold => 1,
                Face::Mono => 2,
            });
            self.text(&passage.text);
        }
    }

    /// Several texts, none included.
    pub(super) fn all<'a>(&mut self, texts: impl IntoIterator<Item = &'a RichText, IntoIter: ExactSizeIterator>) {
        let texts = texts.into_iter();
        self.number(texts.len());
        texts.for_each(|text| self.rich(text));
    }

    pub(super) fn optional(&mut self, text: Option<&RichText>) {
        self.all(text.into_iter().collect::<Vec<_>>());
    }

    pub(super) fn finish(self) -> Fingerprint {
        Fingerprint::of_sum(self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::Sum;
    use crate::papers::rich_text::RichText;

    #[track_caller]
    fn check(one: &[&str], other: &[&str]) {
        let sum = |texts: &[&str]| {
            let mut sum = Sum::of("лист");
            let texts: Vec<RichText> = texts.iter().map(|text| RichText::marked(text)).collect();
            sum.all(&texts);
            sum.finish()
        };
        assert_ne!(sum(one), sum(other));
        assert_eq!(sum(one), sum(one));
    }

    #[test]
    fn what_is_divided_otherwise_has_another_sum() {
        check(&["аб", "в"], &["а", "бв"]);
        check(&["аб"], &["аб", ""]);
        check(&["а**б**"], &["аб"]);
        check(&["**а**б"], &["а**б**"]);
    }
}
