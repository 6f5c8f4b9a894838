//! «Школа/Всё для печати.pdf»: the papers of all classes in one file, for the office.
//!
//! It is made when somebody asks for it, and stays as long as every paper in it holds: a run that changes one of them
//! takes the file away, so that nobody prints from an old one.

use sha2::{Digest, Sha256};

use super::{Addressee, Issuing, Trouble, with_facts};
use crate::cli::error::CommandError;
use crate::papers::{AllPapers, PaperKind};
use crate::school::{Fingerprint, Scope};

/// Where it lies in «выдача/».
pub(crate) const ALL_PAPERS: &str = "Школа/Всё для печати.pdf";

/// What becomes of the file of all papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AllPapersFile {
    /// One that stands and holds is kept.
    AsItStands,
    /// It is made.
    Made,
}

impl Issuing<'_> {
    /// Keeps the file of all papers where it holds, makes it where it is wanted.
    ///
    /// # Errors
    /// When a paper cannot be made or the file cannot be written.
    pub(crate) fn all_papers(&self, wanted: AllPapersFile) -> Result<(), CommandError> {
        if wanted == AllPapersFile::AsItStands && !self.outputs.is_known(ALL_PAPERS) {
            return Ok(());
        }
        let addressees = self.addressees();
        let source = self.source_of_all(&addressees);
        if self.outputs.is_current(ALL_PAPERS, source) || wanted == AllPapersFile::AsItStands {
            return Ok(());
        }
        let bytes = self.bound(&addressees).map_err(|trouble| CommandError::world(trouble.to_string(), ""))?;
        match bytes {
            Some(bytes) => Ok(self.outputs.write(ALL_PAPERS, source, &bytes)?),
            None => Ok(()),
        }
    }

    /// The bytes: the classes in their order, then the school.
    fn bound(&self, addressees: &[Addressee<'_>]) -> Result<Option<Vec<u8>>, Trouble> {
        let data = self.data;
        let mut all = AllPapers::new(&data.settings.school, &data.wording, self.edition.issued)?;
        for Addressee { scope, plan, chats } in addressees {
            if plan.is_none() && *scope != Scope::School {
                continue;
            }
            let (sheets, editions) = (data.sheets(chats), self.editions(scope, self.edition));
            let papers = data.papers(*plan, &sheets, &editions);
            with_facts(data, |facts| all.add(&papers, facts))?;
        }
        Ok(all.finish()?)
    }

    /// What the file is made from: all that the papers are made from, and the order of the stacks.
    fn source_of_all(&self, addressees: &[Addressee<'_>]) -> Fingerprint {
        let mut sum = Sha256::new();
        sum.update("all papers 1");
        for Addressee { scope, .. } in addressees {
            sum.update(scope.title());
            for kind in PaperKind::ALL {
                sum.update(self.source(scope, kind).map_or_else(String::new, |source| source.to_string()));
            }
        }
        Fingerprint::of_sum(sum.finalize().into())
    }
}
