//! The new list with the ids of the people who are known, and without those who wait for a person's answer.

use std::collections::{BTreeMap, BTreeSet};

use super::guardians::GuardianMatch;
use super::matching::Matching;
use crate::school::{ClassName, PersonId, Roster, SchoolClass, Student, lowercase};

/// Whom a run works with.
#[derive(Clone, Debug, Default)]
pub struct Identified {
    /// Every pupil and parent with an id: the known ones with theirs, the others with a new one. Where nobody can tell who
    /// is whom, the recorded pupils stay as they were and the new rows wait.
    pub roster: Roster,
    /// Why a pupil is taken for a known one, by id, in Russian.
    pub evidence: BTreeMap<PersonId, &'static str>,
    /// Why somebody who had left is taken for the same, by id, in Russian.
    pub returned: BTreeMap<PersonId, &'static str>,
    /// How many pupils of a class that is no more wait for an answer in a new school year: nobody can tell where they are.
    pub lost: usize,
}

/// Gives everybody an id. `matching` is that of the recorded pupils and of those who left, each with an id, against those of `roster`;
/// `new_id` makes ids that nobody has. `successors` tells, in a new school year, which class has become which: those who
/// wait go with their class, for what it was called is other children's name now.
pub fn identify(
    roster: &Roster,
    matching: &Matching<'_, &Student>,
    successors: Option<&BTreeMap<ClassName, ClassName>>,
    new_id: &mut dyn FnMut() -> PersonId,
) -> Identified {
    let mut identified = Identified::default();
    let mut students: Vec<Student> = Vec::new();
    for pair in matching.pairs.iter().chain(&matching.returned) {
        let mut student = pair.after.clone();
        student.id = pair.before.id;
        // A list without dates of birth takes none away.
        student.birth_date = student.birth_date.or(pair.before.birth_date);
        for found in &pair.guardians {
            if let GuardianMatch::Kept { before, after, .. } = found
                && let (Some(old), Some(new)) = (pair.before.guardians.get(*before), student.guardians.get_mut(*after))
            {
                new.id = old.id;
            }
        }
        identified.evidence.extend(student.id.map(|id| (id, pair.step.reason())));
        students.push(student);
    }
    let back = matching.returned.iter();
    identified.returned = back.filter_map(|pair| Some((pair.before.id?, pair.step.reason()))).collect();
    students.extend(matching.added.iter().map(|student| (*student).clone()));
    let proposed = matching.proposals.iter().map(|proposal| *proposal.before);
    let ambiguous = matching.ambiguous.iter().flat_map(|group| group.before.iter().map(|before| **before));
    for waiting in proposed.chain(ambiguous) {
        let class = match successors.map(|successors| successors.get(&waiting.class)) {
            Some(Some(successor)) => successor.clone(),
            Some(None) => {
                identified.lost += 1;
                waiting.class.clone()
            }
            None => waiting.class.clone(),
        };
        students.push(Student { class, ..waiting.clone() });
    }
    for student in &mut students {
        student.id.get_or_insert_with(&mut *new_id);
        student.guardians.iter_mut().for_each(|guardian| {
            guardian.id.get_or_insert_with(&mut *new_id);
        });
    }
    identified.roster = in_classes(roster, students);
    identified
}

/// The pupils in their classes, in the order of lists; a class that only waiting rows name is not there yet.
fn in_classes(roster: &Roster, students: Vec<Student>) -> Roster {
    let mut classes = BTreeMap::new();
    for student in students {
        let name = student.class.clone();
        let homeroom = roster.classes.get(&name).and_then(|class| class.homeroom.clone());
        let class = classes.entry(name.clone());
        class.or_insert_with(|| SchoolClass { name, homeroom, students: Vec::new() }).students.push(student);
    }
    for class in classes.values_mut() {
        let order = |student: &Student| {
            let fold = |text: &str| lowercase(text).replace('ё', "е");
            let name = &student.name;
            let patronymic = name.patronymic.as_deref().unwrap_or_default();
            ([fold(&name.surname), fold(&name.given), fold(patronymic)], name.clone(), student.birth_date)
        };
        class.students.sort_by_cached_key(order);
        let mut seen = BTreeSet::new();
        class.students.retain(|student| seen.insert(student.id));
    }
    Roster { classes }
}

#[cfg(test)]
mod tests {
    use super::identify;
    use crate::roster::identity::{Decisions, match_students};
    use crate::roster::names::person_name;
    use crate::school::{ClassName, Guardian, PersonId, Place, Roster, SchoolClass, Student};

    /// «7А Иванов Пётр 2013-05-04 | Иванова Анна».
    fn student(text: &str) -> Student {
        let (pupil, parent) = text.split_once(" | ").unwrap_or((text, ""));
        let mut words = pupil.split(' ');
        let class: ClassName = words.next().unwrap().parse().unwrap();
        let rest: Vec<&str> = words.collect();
        let date = rest.last().and_then(|word| word.parse().ok());
        let name = rest[..rest.len() - usize::from(date.is_some())].join(" ");
        let guardian = |name| Guardian { id: None, name: Some(name), kinship: None, phone: None, email: None };
        Student {
            id: None,
            class,
            name: person_name(&name).unwrap(),
            birth_date: date,
            school: None,
            guardians: person_name(parent).ok().map(guardian).into_iter().collect(),
            stable_id: None,
            place: Place::file("7.csv"),
        }
    }

    fn roster(rows: &[&str]) -> Roster {
        let mut roster = Roster::default();
        for student in rows.iter().map(|text| student(text)) {
            let name = student.class.clone();
            let class = SchoolClass { name: name.clone(), homeroom: None, students: Vec::new() };
            roster.classes.entry(name).or_insert(class).students.push(student);
        }
        roster
    }

    #[track_caller]
    fn check(before: &[&str], after: &[&str], expected: &[&str]) {
        let mut number = 0_u8;
        let mut new_id = || {
            number += 1;
            PersonId::of_bytes([number; 16])
        };
        let nobody: [&Student; 0] = [];
        let old = roster(before);
        let new: Vec<&Student> = old.students().collect();
        let known = identify(&old, &match_students(&nobody, &new, &Decisions::default()), None, &mut new_id).roster;
        let known: Vec<&Student> = known.students().collect();
        let list = roster(after);
        let students: Vec<&Student> = list.students().collect();
        let matching = match_students(&known, &students, &Decisions::default());
        let identified = identify(&list, &matching, None, &mut new_id);
        let short = |id: Option<PersonId>| id.map(|id| id.to_string()[..2].to_owned()).unwrap_or_default();
        let shown: Vec<String> = identified
            .roster
            .students()
            .map(|student| {
                let parents: Vec<String> = student.guardians.iter().map(|guardian| short(guardian.id)).collect();
                format!("{} {} {} [{}]", student.class, student.name, short(student.id), parents.join(","))
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn the_known_keep_their_ids_and_newcomers_get_one() {
        check(
            &["7А Иванов Пётр 2013-05-04 | Иванова Анна", "7А Орлов Ян 2013-06-04"],
            &["7Б Иванов Петр 2013-05-04 | Иванова Анна", "7А Белов Лев 2013-07-04", "7А Орлов Ян 2013-06-04"],
            &["7А Белов Лев 04 []", "7А Орлов Ян 03 []", "7Б Иванов Петр 01 [02]"],
        );
    }

    #[test]
    fn what_waits_for_an_answer_stays_as_it_was() {
        // Another date of birth: probably one pupil, but a person decides.
        check(
            &["7А Иванов Пётр 2013-05-04", "7А Орлов Ян 2013-06-04"],
            &["7А Иванов Пётр 2013-05-14", "7А Орлов Ян 2013-06-04"],
            &["7А Иванов Пётр 01 []", "7А Орлов Ян 02 []"],
        );
    }
}
