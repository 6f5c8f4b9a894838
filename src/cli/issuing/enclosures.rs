//! What lies in a letter: the papers, the texts beside them, the table that asks for links.
//!
//! Says of each what it is for. Knows nothing of who gets the letter.

use super::{Issuing, Trouble, folder, source_of};
use crate::cli::planning::Parcel;
use crate::links;
use crate::mail::{Enclosure, FileForm};
use crate::papers::{Paper, PaperKind, TextCopy};
use crate::school::{ChangeSheet, Chat, Scope, file_name};

impl Issuing<'_> {
    /// The table that asks for the links of chats that await one, «7А Ссылки.xlsx»; `None` where none does.
    pub(super) fn asking_table(&self, scope: &Scope, chats: &[Chat]) -> Result<Option<Enclosure>, Trouble> {
        let awaiting: Vec<&Chat> = chats.iter().filter(|chat| self.data.awaits_link(chat)).collect();
        if awaiting.is_empty() {
            return Ok(None);
        }
        let bytes = links::asking_table(&awaiting, self.data.classes_year)?;
        let file_name = file_name(&format!("{} Ссылки.xlsx", scope.title()));
        let name = format!("{}/{file_name}", folder(scope));
        let source = source_of(&bytes);
        if !self.outputs.is_current(&name, source) {
            self.outputs.write(&name, source, &bytes)?;
        }
        let kind = "впишите в неё ссылки на чаты и пришлите обратно".to_owned();
        Ok(Some(Enclosure { file_name, kind, form: FileForm::Table, bytes }))
    }
}

/// A paper, and the text beside it.
pub(super) fn enclosures(paper: Paper, parcel: &Parcel) -> Vec<Enclosure> {
    let Paper { kind, file_name, pages, pieces: _, bytes, copy } = paper;
    let words = match kind {
        PaperKind::Changes => purpose(&parcel.sheet),
        PaperKind::Posters if parcel.copies.contains(&kind) => "напечатаны ещё раз: вывешенные действуют".to_owned(),
        PaperKind::Slips if parcel.copies.contains(&kind) => "напечатаны ещё раз: розданные действуют".to_owned(),
        PaperKind::AcknowledgementForm if parcel.copies.contains(&kind) => {
            "напечатан ещё раз: собранные подписи действуют".to_owned()
        }
        _ if !parcel.known.contains(&kind) => kind.purpose().to_owned(),
        PaperKind::Posters | PaperKind::Slips | PaperKind::AcknowledgementForm if parcel.again => {
            "посылаем ещё раз: если бумаги у вас уже есть, снова их не раздавайте и не собирайте подписи".to_owned()
        }
        PaperKind::Slips => "для сведения: уже розданы, раздавать снова не нужно".to_owned(),
        PaperKind::Posters => "для сведения: уже вывешены, вывешивать снова не нужно".to_owned(),
        PaperKind::AcknowledgementForm => "для сведения: кто уже расписался, второй раз не расписывается".to_owned(),
        _ => kind.purpose().to_owned(),
    };
    let text = copy.map(|TextCopy { file_name, bytes }| Enclosure {
        file_name,
        kind: "те же тексты, чтобы скопировать".to_owned(),
        form: FileForm::Text,
        bytes,
    });
    [Enclosure { file_name, kind: words, form: FileForm::Pdf { pages }, bytes }].into_iter().chain(text).collect()
}

/// What a sheet of a change holds: «что изменилось и что сделать, новые талоны».
fn purpose(sheet: &ChangeSheet) -> String {
    let has = |wanted: PaperKind| sheet.pieces.iter().any(|piece| PaperKind::of(piece) == wanted);
    let pieces = match (has(PaperKind::Slips), has(PaperKind::Posters)) {
        (true, true) => ", новые талоны и листы-приглашения",
        (true, false) => ", новые талоны",
        (false, true) => ", новые листы-приглашения",
        (false, false) => "",
    };
    let form = if sheet.has_rows() { ", дополнение к листу ознакомления" } else { "" };
    format!("{}{pieces}{form}", PaperKind::Changes.purpose())
}
