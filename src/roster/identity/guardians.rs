//! The parents inside a pair: by telephone, then by name.

use std::collections::BTreeSet;

use crate::school::Guardian;

/// What became of a parent. The numbers are places in the lists of parents of the old and of the new side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GuardianMatch {
    /// On both sides.
    Kept {
        /// The place on the old side.
        before: usize,
        /// The place on the new side.
        after: usize,
        /// What differs; empty where nothing does.
        changes: BTreeSet<GuardianField>,
    },
    /// On the new side only.
    Added {
        /// The place on the new side.
        after: usize,
    },
    /// On the old side only.
    Removed {
        /// The place on the old side.
        before: usize,
    },
}

/// Something that is known of a parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GuardianField {
    /// The name, in any spelling.
    Name,
    /// The telephone.
    Phone,
    /// The e-mail address.
    Email,
    /// «мать», «опекун» …
    Kinship,
}

impl GuardianField {
    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "имя",
            Self::Phone => "телефон",
            Self::Email => "почта",
            Self::Kinship => "степень родства",
        }
    }
}

impl GuardianMatch {
    /// Whether nothing changed.
    pub fn is_unchanged(&self) -> bool {
        matches!(self, Self::Kept { changes, .. } if changes.is_empty())
    }
}

/// Matches the parents of one pupil one to one, each rule among those who are left.
pub(super) fn match_guardians(before: &[Guardian], after: &[Guardian]) -> Vec<GuardianMatch> {
    let rules: [fn(&Guardian, &Guardian) -> bool; 5] = [
        |one, other| same_phone(one, other) && same_name(one, other),
        same_phone,
        same_name,
        short_name,
        |one, other| one.email.is_some() && one.email == other.email,
    ];
    let mut partner: Vec<Option<usize>> = vec![None; before.len()];
    let mut taken = vec![false; after.len()];
    for rule in rules {
        for (old, partner) in before.iter().zip(&mut partner).filter(|(_, partner)| partner.is_none()) {
            let found = after.iter().zip(&mut taken).enumerate().find(|(_, (new, taken))| !**taken && rule(old, new));
            if let Some((at, (_, taken))) = found {
                *taken = true;
                *partner = Some(at);
            }
        }
    }
    let old = partner.iter().enumerate().map(|(at, partner)| match partner {
        Some(new) => GuardianMatch::Kept { before: at, after: *new, changes: changes(before.get(at), after.get(*new)) },
        None => GuardianMatch::Removed { before: at },
    });
    let new = taken.iter().enumerate().filter(|(_, taken)| !**taken);
    old.chain(new.map(|(at, _)| GuardianMatch::Added { after: at })).collect()
}

fn same_phone(one: &Guardian, other: &Guardian) -> bool {
    one.phone.is_some() && one.phone == other.phone
}

fn same_name(one: &Guardian, other: &Guardian) -> bool {
    one.name.as_ref().zip(other.name.as_ref()).is_some_and(|(one, other)| one.is_spelling_of(other))
}

/// «Иванова А. П.» and «Иванова Анна Петровна».
fn short_name(one: &Guardian, other: &Guardian) -> bool {
    let names = one.name.as_ref().zip(other.name.as_ref());
    names.is_some_and(|(one, other)| one.may_shorten(other) || other.may_shorten(one))
}

fn changes(before: Option<&Guardian>, after: Option<&Guardian>) -> BTreeSet<GuardianField> {
    let Some((before, after)) = before.zip(after) else { return BTreeSet::new() };
    let Guardian { id: _, name, kinship, phone, email } = before;
    let fields = [
        (GuardianField::Name, *name != after.name),
        (GuardianField::Phone, *phone != after.phone),
        (GuardianField::Email, *email != after.email),
        (GuardianField::Kinship, *kinship != after.kinship),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

#[cfg(test)]
mod tests {
    use super::{GuardianMatch, match_guardians};
    use crate::roster::names::person_name;
    use crate::school::Guardian;

    /// «Иванова Анна 01»: a name and the end of a telephone, either may be missing.
    fn guardians(text: &str) -> Vec<Guardian> {
        let guardian = |text: &str| {
            let (name, phone) = text.trim().rsplit_once('|').unwrap_or((text, ""));
            let phone = (!phone.is_empty()).then(|| format!("+794400000{phone}").parse().unwrap());
            Guardian { id: None, name: person_name(name).ok(), kinship: None, phone, email: None }
        };
        text.split(';').filter(|text| !text.is_empty()).map(guardian).collect()
    }

    #[track_caller]
    fn check(before: &str, after: &str, expected: &str) {
        let shown = match_guardians(&guardians(before), &guardians(after)).into_iter().map(|found| match found {
            GuardianMatch::Kept { before, after, changes } => {
                let changes: Vec<_> = changes.into_iter().map(super::GuardianField::word).collect();
                format!("{before}={after} {}", changes.join(", ")).trim_end().to_owned()
            }
            GuardianMatch::Added { after } => format!("+{after}"),
            GuardianMatch::Removed { before } => format!("-{before}"),
        });
        assert_eq!(shown.collect::<Vec<_>>().join("; "), expected);
    }

    #[test]
    fn by_telephone_then_by_name() {
        check("Иванова Анна Петровна|01", "Иванова Анна Петровна|01", "0=0");
        check("Иванова Анна Петровна|01", "Иванова Анна Петровна|02", "0=0 телефон");
        check("Иванова Анна Петровна|01", "Сидорова Анна Петровна|01", "0=0 имя");
        check("Иванова Анна|01;Иванов Пётр|02", "Иванов Петр|02;Иванова Анна|01", "0=1; 1=0 имя");
        check("Иванова А. П.|", "Иванова Анна Петровна|01", "0=0 имя, телефон");
        check("Иванова Анна|01", "Иванов Пётр|02", "-0; +0");
        check("", "Иванов Пётр|02", "+0");
        check("Иванов Пётр|02;|03", "", "-0; -1");
    }

    #[test]
    fn one_telephone_for_both_parents() {
        check("Иванова Анна|01;Иванов Пётр|01", "Иванов Пётр|01;Иванова Анна|01", "0=1; 1=0");
        check("|01", "Иванов Пётр|01;Иванова Анна|01", "0=0 имя; +1");
    }
}
