//! The files that people sent back, as they are named in a call.

use std::path::{Path, PathBuf};

use super::error::CommandError;
use crate::tables::Source;

/// The files that were named, those of folders included; `own` is the table of the workspace, which is read anyway.
///
/// # Errors
/// When a folder cannot be read or holds nothing.
pub(crate) fn answered_files(files: &[PathBuf], own: Option<&Source>) -> Result<Vec<Source>, CommandError> {
    let mut sources = Vec::new();
    for path in files {
        if path.is_dir() {
            let listed = crate::workspace::lists(path);
            if let Some(issue) = listed.issues.into_iter().find(|_| listed.value.is_empty()) {
                return Err(CommandError::inputs(vec![issue], "папку не прочитать; ничего не записано.", ""));
            }
            sources.extend(listed.value);
        } else {
            sources.push(Source { path: path.clone(), label: path.display().to_string() });
        }
    }
    let same =
        |one: &Path, other: &Path| one.canonicalize().ok().is_some_and(|one| other.canonicalize().ok() == Some(one));
    sources.retain(|source| own.is_none_or(|own| !same(&own.path, &source.path)));
    Ok(sources)
}
