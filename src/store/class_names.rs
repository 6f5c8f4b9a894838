//! The classes that go on under another name, before this recording and now.

use std::collections::BTreeMap;

use super::Trouble;
use crate::school::{ClassName, Scope};

/// Old name ⇄ new name.
pub(super) struct Names<'a> {
    targets: &'a BTreeMap<ClassName, ClassName>,
    origins: BTreeMap<&'a ClassName, &'a ClassName>,
}

impl<'a> Names<'a> {
    pub(super) fn of(targets: &'a BTreeMap<ClassName, ClassName>) -> Result<Self, Trouble> {
        let origins: BTreeMap<_, _> = targets.iter().map(|(old, new)| (new, old)).collect();
        if origins.len() != targets.len() {
            return Err(Trouble::Contradiction("два класса получают одно название"));
        }
        Ok(Self { targets, origins })
    }

    /// The scope now of what had this scope before; `None` where another class took its name.
    pub(super) fn later(&self, scope: &Scope) -> Option<Scope> {
        let Some(class) = scope.class() else { return Some(Scope::School) };
        match self.targets.get(class) {
            Some(new) => Some(Scope::Class(new.clone())),
            None => (!self.origins.contains_key(class)).then(|| scope.clone()),
        }
    }

    /// The scope before of what has this scope now; `None` where another class had its name.
    pub(super) fn earlier(&self, scope: &Scope) -> Option<Scope> {
        let Some(class) = scope.class() else { return Some(Scope::School) };
        match self.origins.get(class) {
            Some(old) => Some(Scope::Class((*old).clone())),
            None => (!self.targets.contains_key(class)).then(|| scope.clone()),
        }
    }

    /// Whether a name is another class's now.
    pub(super) fn changes(&self, class: &ClassName) -> bool {
        self.targets.contains_key(class) || self.origins.contains_key(class)
    }
}
