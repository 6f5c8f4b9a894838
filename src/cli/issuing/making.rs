//! Which function of the papers makes which kind.

use crate::cli::data::Data;
use crate::mail::{self, DraftLetter, MailError};
use crate::papers::{self, ClassPapers, MemoFacts, Paper, PaperError, PaperKind};
use crate::plan::pinned_rules;
use crate::school::{Chat, Draft, Piece};

/// Why a paper was not made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum MakingError {
    /// Pages or a document.
    #[error(transparent)]
    Paper(#[from] PaperError),
    /// A draft of a letter.
    #[error(transparent)]
    Mail(#[from] MailError),
}

/// A paper of a class or of the school; `None` where it has nothing of this kind. The sheet of a change is none of them.
///
/// # Errors
/// When a link is longer than a QR code holds, or by a fault of the program.
pub(crate) fn make(data: &Data, papers: &ClassPapers<'_>, kind: PaperKind) -> Result<Option<Paper>, MakingError> {
    Ok(match kind {
        PaperKind::Posters => papers::posters(papers)?,
        PaperKind::Slips => papers::slips(papers)?,
        PaperKind::Families => papers::family_sheets(papers)?,
        PaperKind::AcknowledgementForm => papers::acknowledgement_form(papers)?,
        PaperKind::ModeratorMemo => with_facts(data, |facts| papers::moderator_memo(papers, facts))?,
        PaperKind::ViolationLog => papers::violation_log(papers)?,
        PaperKind::Rules => papers::rules_sheets(papers)?,
        PaperKind::Consents => papers::consents(papers)?,
        PaperKind::Announcements => with_facts(data, |facts| papers::announcements(papers, facts))?,
        PaperKind::Draft(draft) => make_draft(data, papers, draft)?,
        PaperKind::Changes => None,
    })
}

/// A paper of the school that people edit; a class has none.
fn make_draft(data: &Data, papers: &ClassPapers<'_>, draft: Draft) -> Result<Option<Paper>, MakingError> {
    if papers.class.is_some() {
        return Ok(None);
    }
    let chats = data.all_chats();
    let facts = data.drafts(&chats);
    Ok(match draft {
        Draft::Order => papers::order(papers, &facts)?,
        Draft::ChatRegister => papers::chat_register(papers, &facts)?,
        Draft::Application => match papers::application(papers, &facts) {
            None => None,
            Some(application) => {
                let kind = PaperKind::Draft(draft);
                let bytes = mail::draft(&DraftLetter {
                    from: &application.from,
                    to: &application.to,
                    subject: &application.subject,
                    text: &application.text,
                    issued: papers.editions.of(&Piece::Draft { draft }).issued,
                })?;
                Some(Paper { kind, file_name: papers.file_name(kind), pages: 0, pieces: 1, bytes, copy: None })
            }
        },
    })
}

/// With what a memo says beside the chats.
pub(crate) fn with_facts<T>(data: &Data, make: impl FnOnce(&MemoFacts<'_>) -> T) -> T {
    let settings = &data.settings;
    let pinned = |chat: &Chat| pinned_rules(&settings.regulation, chat);
    make(&MemoFacts { deadlines: &settings.deadlines, pinned: &pinned })
}
