//! A small school of invented people for the tests of this room and of `report`.

pub(crate) mod states;
pub(crate) mod years;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;

use super::{ChatPlan, Departed, Inputs, plan};
use crate::school::{
    Act, Chat, ChatKey, ChatKind, ChatSettings, Checked, ClassName, Deadlines, GradeRange, Group, GroupKind, Groups,
    Guardian, Homeroom, Lesson, LinkMode, LinkSettings, MailSettings, NewYear, Official, PaperSettings, PersonName,
    Place, Platform, Preset, Regulation, Roster, School, SchoolClass, SchoolYear, Settings, SlipsPerPage, Staff,
    StaffMember, StaffRole, Student, TeachingLoad,
};

/// A school with the classes 7А and 10.
pub(crate) struct Sample {
    pub(crate) settings: Settings,
    pub(crate) roster: Roster,
    pub(crate) staff: Staff,
    pub(crate) load: TeachingLoad,
    pub(crate) groups: Groups,
    pub(crate) before: BTreeMap<ChatKey, Chat>,
    pub(crate) departed: BTreeMap<ChatKey, Vec<Departed>>,
    pub(crate) homerooms: BTreeMap<ClassName, Homeroom>,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let (settings, roster, staff, load, groups) = (settings(), roster(), staff(), load(), groups());
        let (before, departed, homerooms) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        Self { settings, roster, staff, load, groups, before, departed, homerooms }
    }

    /// The school with chats of these kinds only, and with the groups that have them.
    pub(crate) fn kinds(mut self, kinds: &[ChatKind]) -> Self {
        self.settings.chats.kinds = kinds.iter().copied().collect();
        self.groups.groups.retain(|group| kinds.contains(&group.kind.chat()));
        self
    }

    pub(crate) fn plan(&self) -> Checked<ChatPlan> {
        let Self { settings, roster, staff, load, groups, before, departed, homerooms } = self;
        let inputs = Inputs { settings, roster, staff, load, groups, before, departed, homerooms };
        plan(&inputs, SchoolYear::of(date(2026, 9, 1)))
    }
}

pub(crate) fn name(text: &str) -> PersonName {
    let mut parts = text.splitn(3, ' ');
    let mut part = || parts.next().unwrap_or_default();
    PersonName::new(part(), part(), part())
}

pub(crate) fn class(text: &str) -> ClassName {
    text.parse().expect("a class")
}

pub(crate) fn regulation() -> Regulation {
    Regulation {
        preset: Preset::School31,
        act: Act {
            title: "Положение об использовании коммуникационной платформы МАХ".to_owned(),
            title_instrumental: "Положением об использовании коммуникационной платформы МАХ".to_owned(),
            basis: Vec::new(),
            approval: Vec::new(),
            date: Some(date(2026, 8, 28)),
            number: Some("112".to_owned()),
        },
        platform: Platform::Max,
        chats: BTreeSet::new(),
        hours: None,
        class_hours: BTreeMap::new(),
        rules: BTreeMap::new(),
        poster: BTreeMap::new(),
        moderation: Vec::new(),
        administration: Vec::new(),
        measures: Vec::new(),
        violation: Vec::new(),
        consent: Vec::new(),
        acknowledgement: Vec::new(),
        common: Vec::new(),
        other_channel: None,
    }
}

fn settings() -> Settings {
    let official = |text: &str, post: &str| Official { name: name(text), post: post.to_owned() };
    Settings {
        school: School {
            full_name: "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 31»".to_owned(),
            short_name: "МБОУ «Средняя школа № 31»".to_owned(),
            city: "г. Заречный".to_owned(),
            address: String::new(),
            site: "https://school31.example.org".to_owned(),
            phone: "8 (800) 000-00-00".to_owned(),
            director: official("Ветрова Анна Павловна", "директор"),
            curator: official("Лунин Олег Иванович", "заместитель директора"),
            administrator: official("Яшина Дарья Олеговна", "администратор"),
        },
        regulation: regulation(),
        chats: ChatSettings {
            kinds: ChatKind::ALL.into_iter().collect(),
            subject_grades: GradeRange { from: 5, to: 9 },
            titles: BTreeMap::new(),
            administrator_in_class_chats: false,
            new_year: NewYear::Retitle,
        },
        deadlines: Deadlines::default(),
        links: LinkSettings { mode: LinkMode::Direct, unclaimed_days: 30 },
        papers: PaperSettings {
            slips_per_page: SlipsPerPage::Eight,
            blank_rows: 4,
            other_channel_column: true,
            optional: BTreeSet::new(),
        },
        mail: MailSettings { from: None, from_name: String::new(), reply_to: None, server: None, keep_days: 14 },
    }
}

fn roster() -> Roster {
    let guardian = |text: &str| Guardian { id: None, name: Some(name(text)), kinship: None, phone: None, email: None };
    let student = |grade: &str, text: &str, guardians: &[&str]| Student {
        id: None,
        class: class(grade),
        name: name(text),
        birth_date: None,
        school: None,
        stable_id: None,
        guardians: guardians.iter().map(|text| guardian(text)).collect(),
        place: Place::file("списки/все.xlsx"),
    };
    let mother = "Ёлкина Нина Львовна";
    let seventh = SchoolClass {
        name: class("7А"),
        homeroom: None,
        students: vec![
            student("7А", "Ёлкин Пётр Ильич", &[mother, "Ёлкин Илья Юрьевич", mother]),
            student("7А", "Жуков Иван", &[]),
        ],
    };
    let tenth = SchoolClass {
        name: class("10"),
        homeroom: Some(name("Кузнецова О. С.")),
        students: vec![student("10", "Ёлкина Яна Ильинична", &[mother])],
    };
    Roster { classes: [seventh, tenth].map(|class| (class.name.clone(), class)).into() }
}

fn staff() -> Staff {
    let member = |text: &str, role, mail: Option<&str>, homeroom: &[&str]| StaffMember {
        name: name(text),
        post: "учитель".to_owned(),
        role,
        email: mail.map(|mail| mail.parse().expect("an address")),
        subjects: Vec::new(),
        homeroom: homeroom.iter().map(|text| class(text)).collect(),
        homeroom_place: Place::sheet("штат.xlsx", "Штат"),
        place: Place::sheet("штат.xlsx", "Штат"),
    };
    Staff {
        members: vec![
            member("Ветрова Анна Павловна", StaffRole::Director, None, &[]),
            member("Лунин Олег Иванович", StaffRole::Deputy, None, &[]),
            member("Яшина Дарья Олеговна", StaffRole::Administrator, None, &[]),
            member("Смирнова Вера Юрьевна", StaffRole::Teacher, Some("smirnova@example.org"), &["7А"]),
            member("Кузнецова Ольга Сергеевна", StaffRole::Teacher, None, &[]),
            member("Титов Егор Андреевич", StaffRole::Teacher, None, &[]),
        ],
    }
}

fn load() -> TeachingLoad {
    let lesson = |grade: &str, subject: &str, teacher: &str, group: Option<&str>, row| Lesson {
        class: class(grade),
        subject: subject.to_owned(),
        teacher: name(teacher),
        group: group.map(str::to_owned),
        place: Place::sheet("нагрузка.xlsx", "Нагрузка").at(row, 1),
        class_place: Place::sheet("нагрузка.xlsx", "Нагрузка").at(row, 0),
        teacher_place: Place::sheet("нагрузка.xlsx", "Нагрузка").at(row, 2),
    };
    TeachingLoad {
        lessons: vec![
            lesson("7А", "Английский язык", "Титов Егор Андреевич", Some("группа 2"), 1),
            lesson("7А", "Английский язык", "Кузнецова О. С.", Some("1"), 2),
            lesson("7А", "Алгебра", "Смирнова Вера Юрьевна", None, 3),
            lesson("10", "Алгебра", "Смирнова Вера Юрьевна", None, 4),
        ],
    }
}

fn groups() -> Groups {
    let group = |kind, title: &str, leader: Option<&str>, classes: &[&str], people: &[&str], row| Group {
        kind,
        title: title.to_owned(),
        leader: leader.map(name),
        classes: classes.iter().map(|text| class(text)).collect(),
        people: people.iter().map(|text| name(text).into()).collect(),
        place: Place::sheet("группы.xlsx", "Группы").at(row, 1),
        leader_place: Place::sheet("группы.xlsx", "Группы").at(row, 2),
        classes_place: Place::sheet("группы.xlsx", "Группы").at(row, 3),
        people_place: Place::sheet("группы.xlsx", "Группы").at(row, 4),
    };
    Groups {
        groups: vec![
            group(GroupKind::Course, "Робототехника", Some("Титов Егор Андреевич"), &["10"], &["Жуков Иван"], 1),
            group(GroupKind::Methodical, "Учителя математики", None, &[], &["Смирнова Вера Юрьевна"], 2),
            group(GroupKind::ParentsCouncil, "Родительский актив", None, &[], &["Ёлкина Нина Львовна"], 3),
            group(GroupKind::StudentsCouncil, "Актив", None, &[], &["Ёлкина Яна Ильинична"], 4),
        ],
    }
}
