//! A file to read, with the name that people know it by.

use std::path::PathBuf;

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// Where it is.
    pub path: PathBuf,
    /// What messages call it: the path relative to the workspace, «списки/7А.xlsx».
    pub label: String,
}
