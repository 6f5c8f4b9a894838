//! The links of other schools, whose folders lie beside this one: a link belongs to one school only.
//!
//! Their stores are opened for reading and give sums of links, never a link. One that cannot be read now (it is being
//! written, it is of another version) says nothing: that a neighbour is busy must stop nobody. Neither is a folder of the same
//! school another one: a copy to try things out, or one of last year.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::school::Fingerprint;
use crate::store::{FILE_NAME, Store};
use crate::workspace::{Workspace, school_name};

/// The sums of the links of all schools beside a folder. `name` is that of its own store: a copy of it is no other school.
pub(super) fn links(folder: &Path, name: Option<&str>) -> BTreeSet<Fingerprint> {
    let Ok(own) = folder.canonicalize() else { return BTreeSet::new() };
    let school = name_of(&own);
    let beside = own.parent().and_then(|parent| std::fs::read_dir(parent).ok());
    let folders = beside.into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let is_other = |other: &PathBuf| school.is_none() || name_of(other) != school;
    let others = folders.filter(|other| *other != own && other.join(FILE_NAME).is_file()).filter(is_other);
    others.filter_map(|other| of_store(&other, name)).flatten().collect()
}

/// The school that the settings in a folder are of.
fn name_of(folder: &Path) -> Option<String> {
    school_name(&Workspace::open(folder).ok()?.settings_text().ok()?)
}

fn of_store(folder: &Path, own: Option<&str>) -> Option<BTreeSet<Fingerprint>> {
    let store = Store::read(folder).ok()??;
    let name = store.name().ok()?;
    if own == Some(name.as_str()) {
        return None;
    }
    store.link_sums().ok()
}
