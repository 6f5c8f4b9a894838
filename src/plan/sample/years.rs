//! A school with classes in every grade, in two years that follow each other.
//!
//! Every class is known by its cohort, which goes with its pupils: «Б3» is one class, whatever it is called in a year.
//! The stream А goes on to the eleventh grade, the stream Б leaves after the ninth.

use std::collections::BTreeMap;

use super::states::{contents, identify};
use super::{Sample, class, name};
use crate::plan::changes::{wanted, with_editions};
use crate::school::{
    ChatKey, ChatKind, ClassName, Guardian, Lesson, LinkUrl, Place, SchoolClass, SchoolState, StaffMember, StaffRole,
    Student,
};

/// The chats that the classes of this school have.
pub(crate) const KINDS: [ChatKind; 4] =
    [ChatKind::ClassStudents, ChatKind::ClassParents, ChatKind::ClassSubject, ChatKind::StaffRoom];

/// How many pupils a class has.
const PUPILS: u8 = 4;

/// The school in a year, counted from 0.
pub(crate) fn school_in(year: u8) -> Sample {
    let mut sample = Sample::new().kinds(&KINDS);
    sample.roster.classes.clear();
    sample.staff.members.clear();
    sample.load.lessons.clear();
    sample.groups.groups.clear();
    for (class, cohort) in classes_in(year) {
        let teacher = name(&format!("Учитель{cohort} Анна Ильинична"));
        sample.staff.members.push(StaffMember {
            name: teacher.clone(),
            post: "учитель".to_owned(),
            role: StaffRole::Teacher,
            email: None,
            subjects: Vec::new(),
            homeroom: vec![class.clone()],
            homeroom_place: Place::default(),
            place: Place::default(),
        });
        let subjects: &[&str] = if class.grade() == 7 {
            &["Алгебра", "История"]
        } else {
            &["Алгебра", "Физика"]
        };
        sample.load.lessons.extend(subjects.iter().map(|subject| Lesson {
            class: class.clone(),
            subject: (*subject).to_owned(),
            teacher: teacher.clone(),
            group: None,
            place: Place::default(),
            class_place: Place::default(),
            teacher_place: Place::default(),
        }));
        let students = (1..=PUPILS).map(|number| pupil(&class, &cohort, number)).collect();
        sample.roster.classes.insert(class.clone(), SchoolClass { name: class, homeroom: None, students });
    }
    sample
}

/// The classes of a year with their cohorts.
pub(crate) fn classes_in(year: u8) -> BTreeMap<ClassName, String> {
    let of_stream = |litera: &'static str, last: u8| {
        // The cohort that is in the first grade in the year 0 is number 12.
        (1..=last).map(move |grade| (class(&format!("{grade}{litera}")), format!("{litera}{}", 12 + year - grade)))
    };
    of_stream("А", 11).chain(of_stream("Б", 9)).collect()
}

/// Which class becomes which from the year 0 to the year 1.
pub(crate) fn successors() -> BTreeMap<ClassName, ClassName> {
    let after = classes_in(1);
    let now = |cohort: &String| after.iter().find(|(_, other)| *other == cohort).map(|(class, _)| class.clone());
    classes_in(0).iter().filter_map(|(class, cohort)| Some((class.clone(), now(cohort)?))).collect()
}

fn pupil(class: &ClassName, cohort: &str, number: u8) -> Student {
    let (surname, given) = (format!("Орлов{cohort}"), format!("Ян{cohort}-{number}"));
    let mother = name(&format!("{surname} Мать{cohort}-{number} Львовна"));
    Student {
        id: None,
        class: class.clone(),
        name: name(&format!("{surname} {given} Ильич")),
        birth_date: None,
        school: None,
        stable_id: None,
        guardians: vec![Guardian { id: None, name: Some(mother), kinship: None, phone: None, email: None }],
        place: Place::default(),
    }
}

/// The link of a chat of a cohort: it tells by itself whose it is.
pub(crate) fn link_of(cohort: &str, key: &ChatKey) -> LinkUrl {
    let rest = key.as_str().split_once('/').map_or("", |(_, rest)| rest);
    LinkUrl::judged(format!("https://max.ru/join/{cohort}/{rest}"))
}

/// The links of all chats of classes in a year.
pub(crate) fn links_in(year: u8) -> BTreeMap<ChatKey, LinkUrl> {
    let cohorts = classes_in(year);
    let plan = school_in(year).plan().value;
    let chats = plan.classes.iter().flat_map(|class| &class.chats);
    let link = |chat: &crate::school::Chat| {
        let cohort = cohorts.get(chat.class.as_ref()?)?;
        Some((chat.key.clone(), link_of(cohort, &chat.key)))
    };
    chats.filter_map(link).collect()
}

/// What a run of a school records with these links; the papers go on from those of `before`.
pub(crate) fn state_of(sample: &Sample, links: BTreeMap<ChatKey, LinkUrl>, before: &SchoolState) -> SchoolState {
    let mut roster = sample.roster.clone();
    roster.classes.values_mut().flat_map(|class| &mut class.students).for_each(identify);
    let with_ids = Sample {
        settings: sample.settings.clone(),
        roster,
        staff: sample.staff.clone(),
        load: sample.load.clone(),
        groups: sample.groups.clone(),
        before: before.chats.clone(),
        departed: BTreeMap::new(),
        homerooms: BTreeMap::new(),
    };
    let mut state = wanted(&with_ids.roster, &with_ids.staff, &with_ids.plan().value, links);
    let last = BTreeMap::new();
    state.papers = with_editions(contents(&state), &before.papers, &last, jiff::civil::date(2026, 8, 25));
    state
}
