//! Which pupils may be one: by a fingerprint of what must be equal, without a text for each of them.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::school::{PersonName, Student, folded_letters, lower_letters, text_in_nfc};

/// A fingerprint: equal for all spellings of one thing, and now and then for two things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Fingerprint(u64);

impl Fingerprint {
    /// That of a name.
    pub(super) fn of_name(name: &PersonName) -> Self {
        let PersonName { surname, given, patronymic } = name;
        let mut hasher = DefaultHasher::new();
        for part in [surname.as_str(), given, patronymic.as_deref().unwrap_or_default()] {
            folded_letters(&text_in_nfc(part)).for_each(|letter| letter.hash(&mut hasher));
        }
        Self(hasher.finish())
    }

    /// That of a name in a class of a school.
    pub(super) fn in_class(self, student: &Student) -> Self {
        let mut hasher = DefaultHasher::new();
        (self, &student.school, student.class.grade()).hash(&mut hasher);
        // Spellings that are one class: «8 ф/м» and «8 Ф-М».
        let litera = student.class.litera().chars().flat_map(lower_letters);
        litera.map(|letter| if letter == '/' { '-' } else { letter }).for_each(|letter| letter.hash(&mut hasher));
        Self(hasher.finish())
    }
}

/// Things with their fingerprints, by their place in a list.
#[derive(Debug, Default)]
pub(super) struct FingerprintIndex {
    /// The first and the last place of each fingerprint.
    ends: HashMap<Fingerprint, Ends>,
    /// By place: the next one of the same fingerprint.
    next: Vec<Option<u32>>,
}

#[derive(Clone, Copy, Debug)]
struct Ends {
    first: u32,
    last: u32,
}

impl FingerprintIndex {
    /// An index that has room for so many things.
    pub(super) fn with_capacity(things: usize) -> Self {
        Self { ends: HashMap::with_capacity(things), next: Vec::with_capacity(things) }
    }

    /// The places of a fingerprint, in their order.
    pub(super) fn all(&self, wanted: Fingerprint) -> impl Iterator<Item = usize> {
        let first = self.ends.get(&wanted).map(|ends| ends.first);
        let places = std::iter::successors(first, |at| self.next.get(*at as usize).copied().flatten());
        places.map(|at| at as usize)
    }

    /// Adds the next thing of the list.
    pub(super) fn add(&mut self, fingerprint: Fingerprint) {
        let at = self.next.len() as u32;
        let ends = self.ends.entry(fingerprint).or_insert(Ends { first: at, last: at });
        if let Some(last) = self.next.get_mut(ends.last as usize) {
            *last = Some(at);
        }
        ends.last = at;
        self.next.push(None);
    }
}

#[cfg(test)]
mod tests {
    use super::{Fingerprint, FingerprintIndex};
    use crate::school::PersonName;

    #[test]
    fn spellings_of_one_name_share_a_fingerprint() {
        let of = |surname: &str, given: &str| Fingerprint::of_name(&PersonName::new(surname, given, ""));
        assert_eq!(of("Фёдоров-Ясный", "Ян"), of("ФЕДОРОВ ЯСНЫЙ", "Ян"));
        assert_ne!(of("Фёдоров", "Ян"), of("Фёдорова", "Ян"));
    }

    #[test]
    fn places_are_found_in_their_order() {
        let print = |number: u64| Fingerprint(number);
        let mut index = FingerprintIndex::with_capacity(4);
        [1, 2, 1, 1].map(print).into_iter().for_each(|print| index.add(print));
        let all = |number| index.all(print(number)).collect::<Vec<_>>();
        assert_eq!(all(1), [0, 2, 3]);
        assert_eq!(all(2), [1]);
        assert_eq!(all(3), [] as [usize; 0]);
    }
}
