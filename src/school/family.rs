//! Families whose children learn in several classes.
//!
//! Nothing is guessed: two parents of two lists are one person only where the same full name stands beside the same
//! telephone or the same e-mail address. A name alone, or a surname, joins nobody.

use std::collections::{BTreeMap, BTreeSet};

use super::{ClassName, Guardian, PersonId, PersonName, Roster, Student};

/// Children in several classes who have a parent in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// One of the children, and of no other family: by it the family is known.
    pub known_by: PersonId,
    /// The parents whose children all of these are, in the order of the roster.
    pub guardians: Vec<PersonName>,
    /// The children in the order of the classes and of their lists.
    pub children: Vec<FamilyChild>,
}

/// A child of a family.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FamilyChild {
    /// The pupil.
    pub student: PersonId,
    /// The name.
    pub name: PersonName,
    /// The class.
    pub class: ClassName,
}

/// A parent as the list of one child has it.
struct Entry<'a> {
    /// The number of the child among all pupils.
    child: usize,
    name: &'a PersonName,
    /// The number of the entry that stands for all of the same person.
    person: usize,
}

impl Family {
    /// The families of a roster whose children are in two classes or more, in the order of their first children.
    ///
    /// Parents who have the same children are one family. Of half-brothers each side is a family of its own: no parent
    /// gets the data of a child who is not the own one. A parent with fewer of the same children adds none.
    pub fn all(roster: &Roster) -> Vec<Self> {
        let students: Vec<(PersonId, &Student)> =
            roster.students().filter_map(|student| Some((student.id?, student))).collect();
        let entries = entries(&students);
        let mut children_of: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
        for entry in &entries {
            children_of.entry(entry.person).or_default().insert(entry.child);
        }
        let class = |child: &usize| students.get(*child).map(|(_, student)| &student.class);
        let mut families: BTreeMap<BTreeSet<usize>, Vec<&PersonName>> = BTreeMap::new();
        for (person, children) in children_of {
            if children.iter().map(class).collect::<BTreeSet<_>>().len() > 1 {
                families.entry(children).or_default().extend(entries.get(person).map(|entry| entry.name));
            }
        }
        let sets: Vec<BTreeSet<usize>> = families.keys().cloned().collect();
        let is_part = |children: &BTreeSet<usize>| sets.iter().any(|set| set != children && set.is_superset(children));
        let mut taken = BTreeSet::new();
        let mut all = Vec::new();
        for (children, guardians) in families.into_iter().filter(|(children, _)| !is_part(children)) {
            let ids: BTreeSet<PersonId> = children.iter().filter_map(|child| Some(students.get(*child)?.0)).collect();
            // Of more families than children nobody has heard; the slips of the classes are left to them.
            let Some(known_by) = ids.into_iter().find(|id| !taken.contains(id)) else { continue };
            taken.insert(known_by);
            let child = |child: &usize| {
                let (id, student) = students.get(*child)?;
                Some(FamilyChild { student: *id, name: student.name.clone(), class: student.class.clone() })
            };
            all.push(Self {
                known_by,
                guardians: guardians.into_iter().cloned().collect(),
                children: children.iter().filter_map(child).collect(),
            });
        }
        all
    }
}

/// The parents of all pupils, those who are surely one person with one number.
fn entries<'a>(students: &[(PersonId, &'a Student)]) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = Vec::new();
    let mut by_mark: BTreeMap<(String, String), usize> = BTreeMap::new();
    for (child, (_, student)) in students.iter().enumerate() {
        for guardian in &student.guardians {
            let Some(name) = &guardian.name else { continue };
            let own = entries.len();
            entries.push(Entry { child, name, person: own });
            for mark in marks(guardian) {
                let known = *by_mark.entry((name.folded(), mark)).or_insert(own);
                join(&mut entries, known, own);
            }
        }
    }
    entries
}

/// What tells a parent from a namesake: a telephone, an address.
fn marks(guardian: &Guardian) -> impl Iterator<Item = String> {
    let phone = guardian.phone.as_ref().map(ToString::to_string);
    let email = guardian.email.as_ref().map(|email| email.to_string().to_lowercase());
    phone.into_iter().chain(email)
}

/// Makes two entries, and all that are one person with them, one person.
fn join(entries: &mut [Entry<'_>], one: usize, other: usize) {
    let person = |at: usize, entries: &[Entry<'_>]| entries.get(at).map_or(at, |entry| entry.person);
    let (one, other) = (person(one, entries), person(other, entries));
    if one == other {
        return;
    }
    let (kept, gone) = (one.min(other), one.max(other));
    for entry in entries.iter_mut().filter(|entry| entry.person == gone) {
        entry.person = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::Family;
    use crate::school::{Guardian, PersonId, PersonName, Place, Roster, SchoolClass, Student};

    /// A pupil in one line: «5А Орлов Ян: Орлова Анна Юрьевна 1 a, Орлов Лев 2»: parents with the last digit of the
    /// telephone and the first letter of the address, where they have them.
    fn student(number: usize, line: &str) -> Student {
        let (head, parents) = line.split_once(':').unwrap();
        let (class, pupil) = head.split_once(' ').unwrap();
        let guardian = |text: &str| {
            let (marks, name): (Vec<&str>, Vec<&str>) = text.split_whitespace().partition(|word| word.len() == 1);
            let mark = |wanted: fn(char) -> bool| marks.iter().find(|mark| mark.starts_with(wanted));
            Guardian {
                id: None,
                name: (!name.is_empty()).then(|| person(&name.join(" "))),
                kinship: None,
                phone: mark(|c| c.is_ascii_digit()).map(|digit| format!("+7 944 000-00-0{digit}").parse().unwrap()),
                email: mark(|c| c.is_ascii_alphabetic()).map(|a| format!("{a}@example.org").parse().unwrap()),
            }
        };
        Student {
            id: Some(PersonId::of_bytes([number as u8; 16])),
            class: class.parse().unwrap(),
            name: person(pupil),
            birth_date: None,
            school: None,
            stable_id: None,
            guardians: parents.split(',').map(str::trim).filter(|text| !text.is_empty()).map(guardian).collect(),
            place: Place::file("список"),
        }
    }

    fn person(text: &str) -> PersonName {
        let mut words = text.splitn(3, ' ');
        let mut next = || words.next().unwrap_or_default();
        PersonName::new(next(), next(), next())
    }

    #[track_caller]
    fn check(pupils: &[&str], expected: &[&str]) {
        let mut roster = Roster::default();
        for (number, line) in pupils.iter().enumerate() {
            let student = student(number, line);
            let class = student.class.clone();
            let empty = SchoolClass { name: class.clone(), homeroom: None, students: Vec::new() };
            roster.classes.entry(class).or_insert(empty).students.push(student);
        }
        let shown: Vec<String> = Family::all(&roster)
            .iter()
            .map(|family| {
                let guardians: Vec<String> = family.guardians.iter().map(ToString::to_string).collect();
                let children =
                    family.children.iter().map(|child| format!("{} {}", child.class, child.name.without_patronymic()));
                format!("{}: {}", guardians.join(" и "), children.collect::<Vec<_>>().join(", "))
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_name_alone_joins_nobody() {
        check(&["5А Орлов Ян: Орлова Анна Юрьевна", "7Б Орлова Ия: Орлова Анна Юрьевна"], &[]);
        check(&["5А Орлов Ян: Орлова Анна Юрьевна 1", "7Б Орлова Ия: Орлова Анна Юрьевна"], &[]);
        check(&["5А Орлов Ян: Орлова Анна Юрьевна 1 a", "7Б Орлова Ия: Орлова Анна Юрьевна 2 b"], &[]);
    }

    #[test]
    fn a_telephone_alone_joins_nobody() {
        check(&["5А Орлов Ян: Орлова Анна Юрьевна 1", "7Б Орлова Ия: Орлова Инна Юрьевна 1"], &[]);
        check(&["5А Орлов Ян: Орлова Анна 1", "7Б Орлова Ия: Орлова Анна Юрьевна 1"], &[]);
        check(&["5А Орлов Ян: 1", "7Б Орлова Ия: 1"], &[]);
    }

    #[test]
    fn the_same_name_with_the_same_telephone_or_address_is_one_parent() {
        let expected = ["Орлова Алёна Юрьевна: 5А Орлов Ян, 7Б Орлова Ия"];
        check(&["5А Орлов Ян: Орлова Алёна Юрьевна 1", "7Б Орлова Ия: ОРЛОВА Алена Юрьевна 1 b"], &expected);
        check(&["5А Орлов Ян: Орлова Алёна Юрьевна 2 a", "7Б Орлова Ия: Орлова Алена Юрьевна 1 a"], &expected);
    }

    #[test]
    fn brothers_of_one_class_are_no_family_of_several() {
        check(&["5А Орлов Ян: Орлова Анна 1", "5А Орлова Ия: Орлова Анна 1"], &[]);
        check(
            &["5А Орлов Ян: Орлова Анна 1", "5А Орлова Ия: Орлова Анна 1", "9А Орлов Лев: Орлова Анна 1"],
            &["Орлова Анна: 5А Орлов Ян, 5А Орлова Ия, 9А Орлов Лев"],
        );
    }

    #[test]
    fn two_parents_of_the_same_children_are_one_family() {
        check(
            &[
                "2А Орлов Ян: Орлова Анна 1, Орлов Пётр 2",
                "7Б Орлова Ия: Орлов Пётр 2 b, Орлова Анна 1",
                "9В Орлов Лев: Орлова Анна 1, Орлов Пётр 3 b",
            ],
            &["Орлова Анна и Орлов Пётр: 2А Орлов Ян, 7Б Орлова Ия, 9В Орлов Лев"],
        );
    }

    #[test]
    fn a_parent_gets_no_data_of_another_s_child() {
        check(
            &["2А Орлов Ян: Орлова Анна 1", "7Б Орлова Ия: Орлова Анна 1, Белов Лев 2", "9В Белов Ким: Белов Лев 2"],
            &["Орлова Анна: 2А Орлов Ян, 7Б Орлова Ия", "Белов Лев: 7Б Орлова Ия, 9В Белов Ким"],
        );
    }

    #[test]
    fn a_parent_with_fewer_of_the_children_adds_no_family() {
        check(
            &[
                "2А Орлов Ян: Орлова Анна 1, Белов Лев 2",
                "7Б Орлова Ия: Орлова Анна 1, Белов Лев 2",
                "9В Белов Ким: Орлова Анна 1",
            ],
            &["Орлова Анна: 2А Орлов Ян, 7Б Орлова Ия, 9В Белов Ким"],
        );
    }
}
