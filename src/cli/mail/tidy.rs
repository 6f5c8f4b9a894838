//! What is not kept of letters that are done with: their files in «выдача/Письма», so that nobody sends them by hand once more, and
//! after a while their bytes in the store.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use crate::cli::clock;
use crate::cli::error::CommandError;
use crate::cli::planning::LETTERS;
use crate::school::MailSettings;
use crate::store::{Store, StoredLetter};
use crate::workspace::{OUTPUTS, Outputs, Workspace};

/// Removes the files of letters that were sent or cancelled, where the program sends them by itself, and the bytes of those that
/// were older than the settings say. A file that a person has changed stays. Where there is nothing to remove, nothing is touched.
///
/// # Errors
/// When a file cannot be removed, or the store cannot be written.
pub(crate) fn tidy(workspace: &Workspace, mail: &MailSettings) -> Result<(), CommandError> {
    let Some(store) = Store::read_unchecked(workspace.root())? else { return Ok(()) };
    let letters = if mail.server.is_some() { store.letters()? } else { Vec::new() };
    let before = clock::now() - SignedDuration::from_hours(24 * i64::from(mail.keep_days));
    let has_old = store.has_old_letter_bytes(before)?;
    drop(store);
    let files = settled(&letters);
    let stands = |name: &String| workspace.root().join(OUTPUTS).join(name).is_file();
    if files.iter().any(stands) && Outputs::stand(workspace) {
        Outputs::begin(workspace)?.remove(&files)?;
    }
    if has_old {
        Store::open(workspace.root())?.drop_letter_bytes(before)?;
    }
    Ok(())
}

/// The files of letters with which nothing is left to be done: paths in «выдача/».
fn settled(letters: &[StoredLetter]) -> BTreeSet<String> {
    let name = |letter: &StoredLetter| format!("{LETTERS}/{}", letter.file);
    // A letter that took the place of another one may have its name.
    let open: BTreeSet<String> = letters.iter().filter(|letter| !letter.state.is_settled()).map(name).collect();
    letters.iter().map(name).filter(|name| !open.contains(name)).collect()
}
