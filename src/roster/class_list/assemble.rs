//! All class lists → the roster of the school.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use jiff::civil::Date;
use rayon::prelude::*;

use super::merge::merge;
use super::reading::{ClassListReading, HomeroomMention};
use super::workbook::read_workbook;
use crate::school::{
    Checked, ClassName, Issue, IssueKind, Noun, PersonName, Place, Roster, SchoolClass, Student, count,
};
use crate::tables::{self, Source};

/// More pupils than this in a class are unusual.
const USUAL_SIZE: usize = 45;
/// More pupils than this are no class: section rows were missed.
const LARGEST_SIZE: usize = 60;

/// Reads all class lists, in parallel, and joins them. `today` decides which dates of birth can be.
///
/// A pupil or a class of several files keeps the spelling of the first one.
pub fn read(sources: &[Source], today: Date) -> Checked<Roster> {
    let readings: Vec<Result<ClassListReading, Box<Issue>>> = sources
        .par_iter()
        .map(|source| {
            let workbook = tables::read(source).map_err(Box::new)?;
            Ok(read_workbook(&workbook, &source.label, today))
        })
        .collect();
    let mut issues = Vec::new();
    let mut understood = Vec::new();
    for reading in readings {
        match reading {
            Ok(reading) => understood.push(reading),
            Err(issue) => issues.push(*issue),
        }
    }
    let roster = assemble(understood).collect_into(&mut issues);
    issues.sort();
    issues.dedup();
    Checked::new(roster, issues)
}

/// Joins what single files gave.
fn assemble(readings: Vec<ClassListReading>) -> Checked<Roster> {
    let mut issues = Vec::new();
    let mut students = Vec::new();
    let mut mentions: BTreeMap<ClassName, Vec<HomeroomMention>> = BTreeMap::new();
    for reading in readings {
        issues.extend(reading.issues);
        students.extend(reading.students);
        for mention in reading.homerooms {
            mentions.entry(mention.class.clone()).or_default().push(mention);
        }
    }
    let mut roster = Roster::default();
    for student in merge(students).collect_into(&mut issues) {
        let name = student.class.clone();
        let class = roster.classes.entry(name.clone());
        class.or_insert_with(|| SchoolClass { name, homeroom: None, students: Vec::new() }).students.push(student);
    }
    for class in roster.classes.values_mut() {
        class.students.sort_by(by_name);
        class.homeroom = homeroom(mentions.get(&class.name).map_or(&[], Vec::as_slice), &mut issues);
        issues.extend(size_issue(class));
    }
    if roster.classes.is_empty() {
        issues.push(Issue::new(
            IssueKind::EmptyRoster,
            Place::file("списки"),
            "ни в одном списке нет учеников",
            "Положите в папку «списки» хотя бы один список класса и запустите снова.",
        ));
    }
    Checked::new(roster, issues)
}

/// The order of Russian lists: «ё» is «е», case does not count; spelling decides between equals.
fn by_name(one: &Student, other: &Student) -> Ordering {
    let key = |student: &Student| {
        let PersonName { surname, given, patronymic } = &student.name;
        let part = |text: &str| text.to_lowercase().replace('ё', "е");
        [part(surname), part(given), part(patronymic.as_deref().unwrap_or_default())]
    };
    let exact = |student: &Student| (student.name.clone(), student.birth_date, student.place.clone());
    key(one).cmp(&key(other)).then_with(|| exact(one).cmp(&exact(other)))
}

/// The teacher whom the lists name; where they name different ones, none, and an issue.
fn homeroom(mentions: &[HomeroomMention], issues: &mut Vec<Issue>) -> Option<PersonName> {
    let fullest = mentions.iter().max_by_key(|mention| mention.name.to_string().chars().count())?;
    let other = mentions.iter().find(|mention| !may_be_one(&mention.name, &fullest.name));
    let Some(other) = other else { return Some(fullest.name.clone()) };
    issues.push(Issue::new(
        IssueKind::TwoHomeroomTeachers,
        other.place.clone(),
        format!(
            "у класса {} названы два классных руководителя: {} и {} ({})",
            other.class, other.name, fullest.name, fullest.place
        ),
        "Оставьте в списках одного и запустите снова.",
    ));
    None
}

/// «Петрова О. С.» may be «Петрова Ольга Сергеевна».
fn may_be_one(one: &PersonName, other: &PersonName) -> bool {
    let begins = |one: &str, other: &str| {
        let [one, other] = [one, other].map(|part| crate::school::fold(part));
        one.starts_with(&other) || other.starts_with(&one)
    };
    let patronymics = one.patronymic.as_deref().zip(other.patronymic.as_deref());
    crate::school::fold(&one.surname) == crate::school::fold(&other.surname)
        && begins(&one.given, &other.given)
        && patronymics.is_none_or(|(one, other)| begins(one, other))
}

fn size_issue(class: &SchoolClass) -> Option<Issue> {
    let size = class.students.len();
    let place = class.students.first().map(|student| Place { cell: None, ..student.place.clone() }).unwrap_or_default();
    let pupils = count(size, Noun::new("ученик", "ученика", "учеников"));
    if size > LARGEST_SIZE {
        Some(Issue::new(
            IssueKind::ClassTooLarge,
            place,
            format!("в классе {} — {pupils}; таких классов не бывает", class.name),
            "Скорее всего, в списке несколько классов, и не все их названия распознаны: укажите класс в отдельном столбце и запустите снова.",
        ))
    } else if size > USUAL_SIZE {
        Some(Issue::new(
            IssueKind::ClassSize,
            place,
            format!("в классе {} — {pupils}, это необычно много", class.name),
            "Проверьте, не попали ли в него ученики другого класса.",
        ))
    } else {
        None
    }
}
