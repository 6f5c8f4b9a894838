//! What the tables say about each other: classes, teachers and people that one names and another does not have.

use std::collections::{BTreeMap, BTreeSet};

use crate::school::{
    ClassName, Group, GroupKind, Groups, Issue, IssueKind, Noun, PersonName, Place, Roster, SchoolClass, Staff,
    StaffMember, TeachingLoad, count, fold,
};

use super::nearest::nearest;

mod signers;

pub use signers::unknown_signers;

/// Compares the tables with each other; each of them has been checked on its own before.
pub fn cross_check(roster: &Roster, staff: &Staff, load: &TeachingLoad, groups: &Groups) -> Vec<Issue> {
    let mut issues = Vec::new();
    issues.extend(unknown_classes(roster, staff, load, groups));
    for class in roster.classes.values() {
        issues.extend(homeroom_of(class, staff));
    }
    issues.extend(shared_homerooms(staff));
    issues.extend(unknown_teachers(staff, load, groups));
    let mut groups = groups.groups.iter().filter(|group| !group.people.is_empty()).peekable();
    if groups.peek().is_some() {
        let people = People::of(roster, staff);
        issues.extend(groups.filter_map(|group| people.unknown_in(group)));
    }
    issues
}

fn unknown_classes(roster: &Roster, staff: &Staff, load: &TeachingLoad, groups: &Groups) -> Vec<Issue> {
    let of_staff = staff
        .members
        .iter()
        .flat_map(|member| member.homeroom.iter().map(move |class| (class, &member.homeroom_place)));
    let of_load = load.lessons.iter().map(|lesson| (&lesson.class, &lesson.class_place));
    let of_groups =
        groups.groups.iter().flat_map(|group| group.classes.iter().map(move |class| (class, &group.classes_place)));
    let named = of_staff.chain(of_load).chain(of_groups);
    // A load names a class in many rows: one issue for each table and class, with the first cell.
    let mut unknown: Vec<(&ClassName, &Place, usize)> = Vec::new();
    for (class, place) in named.filter(|(class, _)| !roster.classes.contains_key(class)) {
        match unknown.iter_mut().find(|(known, first, _)| *known == class && first.file == place.file) {
            Some((_, _, cells)) => *cells += 1,
            None => unknown.push((class, place, 1)),
        }
    }
    unknown.into_iter().map(|(class, place, cells)| unknown_class(class, place, cells, roster)).collect()
}

fn unknown_class(class: &ClassName, place: &Place, cells: usize, roster: &Roster) -> Issue {
    let others = match cells - 1 {
        0 => String::new(),
        others => format!("; он стоит ещё в {}", count(others, Noun::new("ячейке", "ячейках", "ячейках"))),
    };
    let message = format!("{}{others}.", is_unknown(class));
    let advice = match nearest_class(class, roster) {
        Some(near) => format!("Исправьте класс (ближайший в списках — {near}) или добавьте список класса {class}."),
        None => format!("Исправьте класс или добавьте список класса {class}."),
    };
    Issue::new(IssueKind::UnknownClass, place.clone(), message, advice)
}

/// How the message of an unknown class begins.
fn is_unknown(class: &ClassName) -> String {
    format!("Класса {class} нет ни в одном списке")
}

/// Where a new school year has begun, says of a class of last year's name what it is called now: the nearest name in the
/// lists may be another class. `successors` tells what each class has become.
pub fn tell_of_successors(issues: &mut [Issue], successors: &BTreeMap<ClassName, ClassName>) {
    for issue in issues.iter_mut().filter(|issue| issue.kind == IssueKind::UnknownClass) {
        let is_of = |old: &ClassName| {
            let rest = issue.message.strip_prefix(&is_unknown(old));
            rest.is_some_and(|rest| rest.starts_with(['.', ';']))
        };
        if let Some((old, new)) = successors.iter().find(|(old, _)| is_of(old)) {
            issue.advice = format!("Класс перешёл: {old} в этом учебном году — {new}. Исправьте класс в таблице.");
        }
    }
}

/// The class of the roster nearest to one that it does not have: of the same grade if there is one, else of the
/// same letter.
fn nearest_class<'a>(class: &ClassName, roster: &'a Roster) -> Option<&'a ClassName> {
    let distance = |other: &ClassName| {
        let grades = u32::from(other.grade().abs_diff(class.grade()));
        let letters = strsim::osa_distance(&fold(other.litera()), &fold(class.litera()));
        (grades > 0 && letters > 0, grades, letters, letter_gap(other, class))
    };
    roster.classes.keys().min_by_key(|other| distance(other))
}

/// How far apart the first letters of two classes are in the alphabet.
fn letter_gap(one: &ClassName, other: &ClassName) -> u32 {
    let first = |class: &ClassName| class.litera().chars().next().map_or(0, u32::from);
    first(one).abs_diff(first(other))
}

/// The homeroom teacher of a class: exactly one, with an address, the same in all tables.
fn homeroom_of(class: &SchoolClass, staff: &Staff) -> Vec<Issue> {
    let name = &class.name;
    match (staff.homeroom_of(name), &class.homeroom) {
        (Some(member), Some(listed)) if !is_same_person(listed, member) => {
            let message =
                format!("Классный руководитель {name}: в штате — {}, в списке класса — {listed}.", member.name);
            let advice = format!("Взят тот, кто указан в штате ({}); исправьте лишнюю запись.", member.name);
            let conflict = Issue::new(IssueKind::PersonConflict, member.place.clone(), message, advice);
            [conflict].into_iter().chain(without_address(member, name)).collect()
        }
        (Some(member), _) => without_address(member, name).into_iter().collect(),
        (None, Some(listed)) => match staff.find(listed) {
            Some(member) => without_address(member, name).into_iter().collect(),
            None => vec![unknown_homeroom(listed, class, staff)],
        },
        (None, None) => {
            let message = format!("У класса {name} нет классного руководителя.");
            let advice = "Впишите класс в столбец «Классное руководство» таблицы штата: иначе письмо некому отправить.";
            vec![Issue::new(IssueKind::NoHomeroomTeacher, place_of(class), message, advice)]
        }
    }
}

fn is_same_person(listed: &PersonName, member: &StaffMember) -> bool {
    let alone = Staff { members: vec![member.clone()] };
    alone.find(listed).is_some()
}

fn without_address(member: &StaffMember, class: &ClassName) -> Option<Issue> {
    if member.email.is_some() {
        return None;
    }
    let message = format!("У классного руководителя {class} ({}) нет адреса электронной почты.", member.name);
    let advice = "Впишите адрес в штат: бумаги класса будут сделаны, но письмо без адреса не отправить.";
    Some(Issue::new(IssueKind::NoAddress, member.place.clone(), message, advice))
}

fn unknown_homeroom(listed: &PersonName, class: &SchoolClass, staff: &Staff) -> Issue {
    let name = &class.name;
    let message = format!("Классного руководителя {name} ({listed}) нет в штате, поэтому нет и адреса для письма.");
    let advice = match nearest_member(listed, staff) {
        Some(near) => format!("Возможно, это {near}: исправьте имя или впишите {name} в штат."),
        None => format!("Добавьте сотрудника в штат и впишите ему {name} в «Классное руководство»."),
    };
    Issue::new(IssueKind::NoAddress, place_of(class), message, advice)
}

/// The sheet from which a class came.
fn place_of(class: &SchoolClass) -> Place {
    let place = class.students.first().map(|student| student.place.clone()).unwrap_or_default();
    Place { cell: None, line: None, ..place }
}

/// Classes that the staff table gives to several teachers.
fn shared_homerooms(staff: &Staff) -> Vec<Issue> {
    let mut teachers: BTreeMap<&ClassName, Vec<&StaffMember>> = BTreeMap::new();
    for member in &staff.members {
        for class in &member.homeroom {
            teachers.entry(class).or_default().push(member);
        }
    }
    let shared = teachers.into_iter().filter_map(|(class, members)| match members.as_slice() {
        [first, others @ ..] if !others.is_empty() => Some((class, *first, others.to_vec())),
        _ => None,
    });
    let issues = shared.flat_map(|(class, first, others)| {
        others.into_iter().map(move |other| {
            let message = format!(
                "У класса {class} два классных руководителя: {} ({}) и {}.",
                first.name, first.homeroom_place, other.name
            );
            let advice = "Оставьте класс у одного из них.";
            Issue::new(IssueKind::TwoHomeroomTeachers, other.homeroom_place.clone(), message, advice)
        })
    });
    issues.collect()
}

fn unknown_teachers(staff: &Staff, load: &TeachingLoad, groups: &Groups) -> Vec<Issue> {
    let of_load = load.lessons.iter().map(|lesson| (&lesson.teacher, &lesson.teacher_place));
    let of_groups = groups.groups.iter().filter_map(|group| Some((group.leader.as_ref()?, &group.leader_place)));
    let mut told = BTreeSet::new();
    let unknown = of_load
        .chain(of_groups)
        .filter(|(name, place)| told.insert((place.file.clone(), name.folded())) && staff.find(name).is_none());
    let issues = unknown.map(|(name, place)| {
        let message = format!("В штате нет сотрудника {name}.");
        let advice = match nearest_member(name, staff) {
            Some(near) => format!("Возможно, это {near}: исправьте имя."),
            None => "Исправьте имя или добавьте сотрудника в штат.".to_owned(),
        };
        Issue::new(IssueKind::UnknownTeacher, place.clone(), message, advice)
    });
    issues.collect()
}

fn nearest_member(name: &PersonName, staff: &Staff) -> Option<String> {
    let names = staff.members.iter().map(|member| member.name.to_string()).collect::<Vec<_>>();
    nearest(&name.to_string(), names.iter().map(String::as_str)).map(str::to_owned)
}

/// Everybody whom the school's tables name.
struct People {
    pupils: BTreeSet<String>,
    guardians: BTreeSet<String>,
    staff: Staff,
}

impl People {
    fn of(roster: &Roster, staff: &Staff) -> Self {
        let pupils = roster.students().flat_map(|student| keys(&student.name)).collect();
        let guardians = roster.students().flat_map(|student| &student.guardians);
        let guardians = guardians.filter_map(|guardian| guardian.name.as_ref()).flat_map(keys).collect();
        Self { pupils, guardians, staff: staff.clone() }
    }

    /// People of a group whom the tables do not have.
    ///
    /// Rosters often leave parents out, so the parents' active group is held against the roster only where it names
    /// parents at all.
    fn unknown_in(&self, group: &Group) -> Option<Issue> {
        if group.kind == GroupKind::ParentsCouncil && self.guardians.is_empty() {
            return None;
        }
        let names = group.people.iter().map(|person| &person.name);
        let unknown = names.filter(|name| !self.knows(name)).map(ToString::to_string);
        let unknown = unknown.collect::<Vec<_>>();
        if unknown.is_empty() {
            return None;
        }
        let mut message = format!("Группа «{}»: ни в списках, ни в штате нет — {}.", group.title, unknown.join(", "));
        if !matches!(group.kind, GroupKind::ParentsCouncil | GroupKind::Methodical) {
            message.push_str(
                " В чат программа таких не включает. Если это опечатка, ученик, который уже в нём, в нём и остаётся.",
            );
        }
        let advice = "Исправьте имена так, как они записаны в списках классов или в штате.";
        Some(Issue::new(IssueKind::UnknownPerson, group.people_place.clone(), message, advice))
    }

    fn knows(&self, person: &PersonName) -> bool {
        let folded = person.folded();
        self.pupils.contains(&folded) || self.guardians.contains(&folded) || self.staff.find(person).is_some()
    }
}

/// The forms by which a person may be named: with the patronymic and without it.
fn keys(name: &PersonName) -> [String; 2] {
    [name.folded(), fold(&name.without_patronymic())]
}

#[cfg(test)]
mod tests;
