//! Who is who: teachers by any spelling, members of a chat each once and in the order of Russian lists.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use crate::school::{
    Guardian, Homeroom, Member, MemberRole, PersonName, Roster, SchoolClass, Staff, StaffMember, Student, fold,
    lower_letters,
};

/// The staff table with a way to find a member by any spelling of the name.
pub(super) struct StaffIndex<'a> {
    staff: &'a Staff,
    by_name: BTreeMap<String, &'a StaffMember>,
}

impl<'a> StaffIndex<'a> {
    /// The index of a staff table; of two members of one name the first is meant.
    pub(super) fn of(staff: &'a Staff) -> Self {
        let mut by_name = BTreeMap::new();
        for member in &staff.members {
            by_name.entry(member.name.folded()).or_insert(member);
        }
        Self { staff, by_name }
    }

    /// The homeroom teacher of a class: the staff table first, the roster's name second, looked up in the staff table.
    pub(super) fn homeroom(&self, class: &SchoolClass) -> Option<Homeroom> {
        let of = |member: &StaffMember| Homeroom { name: member.name.clone(), email: member.email.clone() };
        self.staff.homeroom_of(&class.name).map(of).or_else(|| {
            let name = class.homeroom.as_ref()?;
            Some(self.known(name).map_or_else(|| Homeroom { name: name.clone(), email: None }, of))
        })
    }

    /// The name as the staff table spells it, else as it is given.
    pub(super) fn spelled(&self, name: &PersonName) -> PersonName {
        self.known(name).map_or(name, |member| &member.name).clone()
    }

    /// The member of this name; a name with initials («Кузнецова О. С.») stands for the only member that it fits.
    pub(super) fn known(&self, name: &PersonName) -> Option<&'a StaffMember> {
        // As `Staff::find` does: the very spelling first.
        let exact = self.staff.members.iter().find(|member| member.name == *name);
        exact.or_else(|| self.by_name.get(&name.folded()).copied()).or_else(|| {
            let mut fitting = self.staff.members.iter().filter(|member| fits(&member.name, name));
            fitting.next().filter(|_| fitting.next().is_none())
        })
    }
}

/// Whether a short name with an initial can be short for a full one.
fn fits(full: &PersonName, short: &PersonName) -> bool {
    let initial = |text: &str| text.chars().next().map(|letter| fold(&letter.to_string()));
    let is_initial = |text: &str| text.trim_end_matches('.').chars().count() == 1;
    let patronymics = match (&full.patronymic, &short.patronymic) {
        (Some(full), Some(short)) => initial(full) == initial(short),
        (_, None) => true,
        (None, Some(_)) => false,
    };
    is_initial(&short.given)
        && fold(&full.surname) == fold(&short.surname)
        && initial(&full.given) == initial(&short.given)
        && patronymics
}

/// The names without repetition and without the moderator, in the order given.
pub(super) fn others(moderator: Option<&PersonName>, names: Vec<PersonName>) -> Vec<PersonName> {
    let mut seen: BTreeSet<String> = moderator.map(PersonName::folded).into_iter().collect();
    names.into_iter().filter(|name| seen.insert(name.folded())).collect()
}

/// All members, sorted by role and then as Russian lists are; parents stand by their children.
///
/// A member of the staff stands once, in the highest role. Pupils and parents are taken as they come: namesakes are
/// different people.
pub(super) fn members(
    moderator: Option<&PersonName>,
    co_admins: &[PersonName],
    staff: Vec<PersonName>,
    families: Vec<Member>,
) -> Vec<Member> {
    let member = |role| move |name| Member { name: Some(name), role, student: None, id: None, student_id: None };
    let administrators: Vec<_> = moderator.into_iter().chain(co_admins).cloned().collect();
    let mut seen: BTreeSet<String> = administrators.iter().map(PersonName::folded).collect();
    let rest = staff.into_iter().filter(|name| seen.insert(name.folded()));
    let mut members: Vec<Member> = moderator
        .cloned()
        .into_iter()
        .map(member(MemberRole::Moderator))
        .chain(co_admins.iter().cloned().map(member(MemberRole::CoAdmin)))
        .chain(rest.map(member(MemberRole::Staff)))
        .chain(families)
        .collect();
    let in_lists = |one: &Option<PersonName>, other: &Option<PersonName>| match (one, other) {
        (Some(one), Some(other)) => compare_in_lists(one, other),
        _ => one.is_some().cmp(&other.is_some()),
    };
    members.sort_by(|one, other| {
        let by_role = one.role.cmp(&other.role);
        by_role.then_with(|| in_lists(&one.student, &other.student)).then_with(|| in_lists(&one.name, &other.name))
    });
    members
}

/// The order of [`list_order`], without making the keys: most members come in it.
fn compare_in_lists(one: &PersonName, other: &PersonName) -> Ordering {
    let by_part = |one: &str, other: &str| {
        // Most comparisons are of a child with itself, or differ in the first letters.
        if one == other { Ordering::Equal } else { letters(one).cmp(letters(other)) }
    };
    by_part(&one.surname, &other.surname).then_with(|| by_part(&one.given, &other.given)).then_with(|| {
        by_part(one.patronymic.as_deref().unwrap_or_default(), other.patronymic.as_deref().unwrap_or_default())
    })
}

/// The letters by which Russian lists are sorted: ё as е.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(lower_letters).map(|letter| if letter == 'ё' { 'е' } else { letter })
}

/// The key by which Russian lists are sorted: part by part, ё as е.
pub(super) fn list_order(name: &PersonName) -> [String; 3] {
    let plain = |text: &str| letters(text).collect();
    [plain(&name.surname), plain(&name.given), plain(name.patronymic.as_deref().unwrap_or_default())]
}

/// The pupils of a class as members.
pub(super) fn students(class: &SchoolClass) -> impl Iterator<Item = Member> {
    class.students.iter().map(student)
}

/// A pupil as a member.
pub(super) fn student(student: &Student) -> Member {
    Member {
        name: Some(student.name.clone()),
        role: MemberRole::Student,
        student: None,
        id: student.id,
        student_id: None,
    }
}

/// The parents of a class as members; for a pupil without any in the roster, one whose name is not known.
pub(super) fn guardians(class: &SchoolClass) -> impl Iterator<Item = Member> {
    class.students.iter().flat_map(|student| {
        let mut seen = BTreeSet::new();
        let named = student.guardians.iter().filter(|guardian| guardian.name.is_some());
        let mut is_new = |guardian: &&Guardian| guardian.name.as_ref().is_some_and(|name| seen.insert(name.folded()));
        let mut parents: Vec<Option<&Guardian>> = named.filter(&mut is_new).map(Some).collect();
        if parents.is_empty() {
            parents.push(None);
        }
        parents.into_iter().map(|parent| guardian(parent, student))
    })
}

fn guardian(guardian: Option<&Guardian>, student: &Student) -> Member {
    Member {
        name: guardian.and_then(|guardian| guardian.name.clone()),
        role: MemberRole::Guardian,
        student: Some(student.name.clone()),
        id: guardian.and_then(|guardian| guardian.id),
        student_id: student.id,
    }
}

/// The parents of these names, each once for every child in the school; a name that no roster has is taken as it
/// stands.
pub(super) fn parents<'a>(roster: &Roster, names: impl IntoIterator<Item = &'a PersonName>) -> Vec<Member> {
    let mut members = Vec::new();
    let mut seen = BTreeSet::new();
    for name in names {
        let folded = name.folded();
        if !seen.insert(folded.clone()) {
            continue;
        }
        let is_one = |parent: &&Guardian| parent.name.as_ref().is_some_and(|name| name.folded() == folded);
        let of_child = |student: &Student| {
            let parent = student.guardians.iter().find(is_one)?;
            Some(Member { name: Some(name.clone()), ..guardian(Some(parent), student) })
        };
        let before = members.len();
        members.extend(roster.students().filter_map(of_child));
        if members.len() == before {
            members.push(Member {
                name: Some(name.clone()),
                role: MemberRole::Guardian,
                student: None,
                id: None,
                student_id: None,
            });
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::StaffIndex;
    use crate::plan::sample::name;
    use crate::school::{Place, Staff, StaffMember, StaffRole};

    #[track_caller]
    fn check(written: &str, expected: &str) {
        let member = |text| StaffMember {
            name: name(text),
            post: String::new(),
            role: StaffRole::Teacher,
            email: None,
            subjects: Vec::new(),
            homeroom: Vec::new(),
            homeroom_place: Place::default(),
            place: Place::default(),
        };
        let names = ["Фёдорова Анна Ильинична", "Фёдорова Алла Ивановна", "Кузнецова Ольга Сергеевна", "Ли Вэй"];
        let staff = Staff { members: names.map(member).into() };
        assert_eq!(StaffIndex::of(&staff).spelled(&name(written)).to_string(), expected);
    }

    #[test]
    fn teachers_are_known_by_any_spelling() {
        check("ФЕДОРОВА Анна Ильинична", "Фёдорова Анна Ильинична");
        check("Кузнецова О. С.", "Кузнецова Ольга Сергеевна");
        check("Кузнецова О.", "Кузнецова Ольга Сергеевна");
        check("Ли В.", "Ли Вэй");
    }

    #[test]
    fn nobody_is_guessed() {
        check("Федорова А. И.", "Федорова А. И.");
        check("Кузнецова О. П.", "Кузнецова О. П.");
        check("Кузнецова Оксана Сергеевна", "Кузнецова Оксана Сергеевна");
        check("Ли В. В.", "Ли В. В.");
    }
}
