//! Pupils, parents, classes and their homeroom teachers.

use super::{Comparison, change};
use crate::school::{Change, ChangeKind, Guardian, Homeroom, PersonId, PersonName, Roster, Scope, Student};

impl Comparison<'_> {
    /// What differs in people.
    pub(super) fn people(&self) -> Vec<Change> {
        let mut changes = self.classes();
        for (id, now) in with_ids(&self.after.roster) {
            if let Some(then) = self.then.get(&id) {
                self.same_pupil(id, then, now, &mut changes);
                continue;
            }
            let why = self.circumstances.returned.get(&id).map_or("новая строка", String::as_str);
            changes.push(Change {
                source: Some(now.place.clone()),
                ..change(Scope::Class(now.class.clone()), ChangeKind::Arrived(self.pupil_ref(id, now)), why)
            });
        }
        for (id, then) in with_ids(&self.before.roster).filter(|(id, _)| !self.now.contains_key(id)) {
            changes.push(Change {
                source: Some(then.place.clone()),
                ..change(Scope::Class(then.class.clone()), ChangeKind::Left(self.pupil_ref(id, then)), "нет в списках")
            });
        }
        changes
    }

    fn classes(&self) -> Vec<Change> {
        let (before, after) = (&self.before.roster.classes, &self.after.roster.classes);
        let mut changes = Vec::new();
        for class in after.keys() {
            let scope = || Scope::Class(class.clone());
            if !before.contains_key(class) {
                changes.push(change(scope(), ChangeKind::ClassNew, ""));
            } else if let Some(from) = self.was(class) {
                changes.push(change(scope(), ChangeKind::ClassUp { from: from.clone() }, "новый учебный год"));
            }
            let (then, now) = (self.before.homerooms.get(class), self.after.homerooms.get(class));
            changes.extend(self.homeroom(then, now).map(|what| change(scope(), what, "")));
        }
        let gone = before.keys().filter(|class| !after.contains_key(class));
        changes.extend(gone.map(|class| {
            change(Scope::Class(class.clone()), ChangeKind::ClassGone, "ни в одном списке нет этого класса")
        }));
        changes
    }

    fn homeroom(&self, then: Option<&Homeroom>, now: Option<&Homeroom>) -> Option<ChangeKind> {
        let name = |homeroom: Option<&Homeroom>| homeroom.map(|homeroom| homeroom.name.clone());
        let same_person = match (then, now) {
            (Some(then), Some(now)) => self.is_same_colleague(&then.name, &now.name),
            (None, None) => true,
            _ => false,
        };
        let address = |homeroom: Option<&Homeroom>| homeroom.and_then(|homeroom| homeroom.email.clone());
        if !same_person {
            Some(ChangeKind::Homeroom { from: name(then), to: name(now) })
        } else if address(now).is_some() && address(then) != address(now) {
            Some(ChangeKind::HomeroomAddress)
        } else {
            None
        }
    }

    /// Whether two names are of one member of the staff: equal in any spelling, or a new surname at the old address.
    pub(super) fn is_same_colleague(&self, then: &PersonName, now: &PersonName) -> bool {
        if then.is_spelling_of(now) {
            return true;
        }
        let staff = (self.before.staff.get(&then.folded()), self.after.staff.get(&now.folded()));
        let (Some(old), Some(new)) = staff else { return false };
        let is_free = !self.after.staff.contains_key(&then.folded()) && !self.before.staff.contains_key(&now.folded());
        is_free && old.email.is_some() && old.email == new.email && old.name.given == new.name.given
    }

    fn same_pupil(&self, id: PersonId, then: &Student, now: &Student, changes: &mut Vec<Change>) {
        let pupil = || self.pupil_ref(id, now);
        let evidence = self.circumstances.evidence.get(&id).copied().unwrap_or_default();
        let mut say = |scope: &crate::school::ClassName, what, why: &str| {
            let source = Some(now.place.clone());
            changes.push(Change { source, ..change(Scope::Class(scope.clone()), what, why) });
        };
        if then.class != now.class {
            say(&now.class, ChangeKind::MovedIn { pupil: pupil(), from: then.class.clone() }, evidence);
            say(&then.class, ChangeKind::MovedOut { pupil: pupil(), to: now.class.clone() }, evidence);
        }
        // Another spelling of the name is no other name, and nobody has to hear of it.
        if !then.name.is_spelling_of(&now.name) {
            say(&now.class, ChangeKind::Renamed { pupil: pupil(), from: then.name.clone() }, evidence);
        }
        if then.birth_date.is_some() && now.birth_date.is_some() && then.birth_date != now.birth_date {
            say(&now.class, ChangeKind::BirthDate { pupil: pupil() }, evidence);
        }
        let find = |guardians: &'_ [Guardian], wanted: &Guardian| {
            guardians.iter().position(|guardian| guardian.id.is_some() && guardian.id == wanted.id)
        };
        for guardian in &now.guardians {
            let name = guardian.name.clone();
            match find(&then.guardians, guardian).and_then(|at| then.guardians.get(at)) {
                None => say(&now.class, ChangeKind::GuardianAdded { pupil: pupil(), id: guardian.id, name }, ""),
                Some(earlier) => {
                    let part = differing(earlier, guardian);
                    if !part.is_empty() {
                        let from = earlier.name.clone().filter(|_| part.contains(&NAME));
                        let part = part.join(", ");
                        say(&now.class, ChangeKind::GuardianChanged { pupil: pupil(), name, from, part }, "");
                    }
                }
            }
        }
        for guardian in then.guardians.iter().filter(|guardian| find(&now.guardians, guardian).is_none()) {
            say(&now.class, ChangeKind::GuardianRemoved { pupil: pupil(), name: guardian.name.clone() }, "");
        }
    }
}

/// The pupils in the order of classes and lists: that of ids is random.
fn with_ids(roster: &Roster) -> impl Iterator<Item = (PersonId, &Student)> {
    roster.students().filter_map(|student| Some((student.id?, student)))
}

/// That a parent is called otherwise.
const NAME: &str = "имя";

/// What is not the same, in words.
fn differing(then: &Guardian, now: &Guardian) -> Vec<&'static str> {
    let Guardian { id: _, name, kinship, phone, email } = then;
    let is_same_name = match (name, &now.name) {
        (Some(then), Some(now)) => then.is_spelling_of(now),
        (then, now) => then.is_none() && now.is_none(),
    };
    let parts = [
        // Another spelling is no other name.
        (NAME, !is_same_name),
        ("степень родства", *kinship != now.kinship),
        ("телефон", *phone != now.phone),
        ("почта", *email != now.email),
    ];
    parts.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect()
}
