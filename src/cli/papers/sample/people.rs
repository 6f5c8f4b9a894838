//! The invented people of the samples: a class, those who teach it, a group, and the sister of a pupil in another class.

use crate::cli::data::Tables;
use crate::school::{
    ClassName, Group, GroupKind, Groups, Guardian, Lesson, PersonName, Place, Roster, SchoolClass, Staff, StaffMember,
    StaffRole, Student, TeachingLoad,
};

/// The surname, the name, the patronymic and the parents of each pupil, sorted as a list is.
const PUPILS: [(&str, &[&str]); 9] = [
    ("Богатырёва Пелагея Андреевна", &["Богатырёва Анна Юрьевна"]),
    ("Жуков Илья Алексеевич", &["Жукова Елена Петровна", "Жуков Алексей Ильич"]),
    ("Йорданова Алёна Игоревна", &["Йорданова Мария Олеговна"]),
    ("Мамедов Эльдар Тофик оглы", &["Мамедов Тофик Рашид оглы"]),
    ("Мартынюк-Заславская Ксения Владиславовна", &["Мартынюк-Заславская Александра Константиновна"]),
    ("Объедков Фёдор Фёдорович", &["Объедкова Нина Львовна"]),
    ("Разумовский Семён Юрьевич", &["Разумовский Юрий Ильич"]),
    ("Чернышёва Дарья Романовна", &[]),
    ("Щербаков Пётр Эдуардович", &["Щербакова Ольга Ивановна"]),
];

/// The class whose papers are shown.
pub(super) const CLASS: &str = "7А";

/// A sister of one of the pupils, and her class.
const SISTER: (&str, &str) = ("Объедкова Майя Фёдоровна", "5Б");

/// The mother of both, known by her telephone.
const MOTHER: &str = "Объедкова Нина Львовна";

/// That telephone.
const PHONE: &str = "+79440000001";

const HOMEROOM: &str = "Кузнецова Ольга Сергеевна";

/// The members of the staff beside the homeroom teacher: name, post, subject.
const TEACHERS: [(&str, &str, &str); 2] = [
    ("Яшина Дарья Олеговна", "учитель английского языка", "Английский язык"),
    ("Орлов Глеб Матвеевич", "учитель математики", "Алгебра"),
];

/// The tables of these people.
pub(super) fn tables() -> Tables {
    // The name of a class that every school understands.
    let (Ok(class), Ok(other)) = (CLASS.parse::<ClassName>(), SISTER.1.parse::<ClassName>()) else {
        return Tables::default();
    };
    let students = PUPILS.iter().map(|(pupil, parents)| student(&class, pupil, parents)).collect();
    let sisters = vec![student(&other, SISTER.0, &[MOTHER])];
    let homeroom = StaffMember {
        homeroom: vec![class.clone()], ..member(HOMEROOM, "учитель русского языка", "")
    };
    let teachers = TEACHERS.iter().zip([Some(other.clone()), None]).map(|((teacher, post, subject), homeroom)| {
        StaffMember { homeroom: homeroom.into_iter().collect(), ..member(teacher, post, subject) }
    });
    let lesson = |(teacher, _, subject): &(&str, &str, &str)| Lesson {
        class: class.clone(),
        subject: (*subject).to_owned(),
        teacher: name(teacher),
        group: None,
        place: place(),
        class_place: place(),
        teacher_place: place(),
    };
    let group = |kind, title: &str| Group {
        kind,
        title: title.to_owned(),
        leader: Some(name(HOMEROOM)),
        classes: vec![class.clone()],
        people: Vec::new(),
        place: place(),
        leader_place: place(),
        classes_place: place(),
        people_place: place(),
    };
    Tables {
        roster: Roster {
            classes: [(class.clone(), students), (other.clone(), sisters)]
                .map(|(name, students)| (name.clone(), SchoolClass { name, homeroom: None, students }))
                .into(),
        },
        staff: Staff { members: [homeroom].into_iter().chain(teachers).collect() },
        load: TeachingLoad { lessons: TEACHERS.iter().map(lesson).collect() },
        groups: Groups { groups: vec![group(GroupKind::Extracurricular, "Разговоры о важном")] },
        ..Tables::default()
    }
}

fn student(class: &ClassName, pupil: &str, parents: &[&str]) -> Student {
    let guardian = |parent: &&str| Guardian {
        id: None,
        name: Some(name(parent)),
        kinship: None,
        phone: PHONE.parse().ok().filter(|_| *parent == MOTHER),
        email: None,
    };
    Student {
        id: None,
        class: class.clone(),
        name: name(pupil),
        birth_date: None,
        school: None,
        stable_id: None,
        guardians: parents.iter().map(guardian).collect(),
        place: place(),
    }
}

fn member(who: &str, post: &str, subject: &str) -> StaffMember {
    StaffMember {
        name: name(who),
        post: post.to_owned(),
        role: StaffRole::Teacher,
        email: None,
        subjects: [subject].into_iter().filter(|subject| !subject.is_empty()).map(str::to_owned).collect(),
        homeroom: Vec::new(),
        homeroom_place: place(),
        place: place(),
    }
}

fn name(text: &str) -> PersonName {
    let mut words = text.splitn(3, ' ');
    let mut next = || words.next().unwrap_or_default();
    PersonName::new(next(), next(), next())
}

fn place() -> Place {
    Place::file("образец")
}
