//! Which function of the papers makes which kind.

use crate::cli::data::Data;
use crate::papers::{self, ClassPapers, MemoFacts, Paper, PaperError, PaperKind};
use crate::plan::pinned_rules;
use crate::school::Chat;

/// A paper of a class or of the school; `None` where it has nothing of this kind. The sheet of a change is none of them.
///
/// # Errors
/// When a link is longer than a QR code holds, or by a fault of the program.
pub(crate) fn make(data: &Data, papers: &ClassPapers<'_>, kind: PaperKind) -> Result<Option<Paper>, PaperError> {
    match kind {
        PaperKind::Posters => papers::posters(papers),
        PaperKind::Slips => papers::slips(papers),
        PaperKind::AcknowledgementForm => papers::acknowledgement_form(papers),
        PaperKind::ModeratorMemo => with_facts(data, |facts| papers::moderator_memo(papers, facts)),
        PaperKind::ViolationLog => papers::violation_log(papers),
        PaperKind::Rules => papers::rules_sheets(papers),
        PaperKind::Consents => papers::consents(papers),
        PaperKind::Announcements => with_facts(data, |facts| papers::announcements(papers, facts)),
        PaperKind::Changes => Ok(None),
    }
}

/// With what a memo says beside the chats.
pub(crate) fn with_facts<T>(data: &Data, make: impl FnOnce(&MemoFacts<'_>) -> T) -> T {
    let settings = &data.settings;
    let pinned = |chat: &Chat| pinned_rules(&settings.regulation, chat);
    make(&MemoFacts { deadlines: &settings.deadlines, pinned: &pinned })
}
