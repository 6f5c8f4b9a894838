//! An invented school for the tests of forms and memos: usual, and with everything as long as the settings let it be.

use std::collections::BTreeMap;

use jiff::civil::date;

use crate::papers::canvas::Page;
use crate::papers::{ChatSheet, ChildCode, ClassPapers, FamilyCodes, WholeSchool, Wording, sample};
use crate::school::{
    Chat, ChatKey, ChatKind, ChatLinks, ClassName, Deadlines, Edition, Editions, Guardian, Homeroom, LinkState,
    LinkUrl, Member, MemberRole, OptionalPaper, PaperSettings, PersonId, PersonName, Place, Preset, Regulation, School,
    SchoolClass, SlipsPerPage, StaffMember, StaffRole, Student,
};
use crate::workspace::{OwnValues, Templates, load_regulation};

/// The values behind [`ClassPapers`].
pub(crate) struct Sample {
    pub(crate) school: School,
    pub(crate) regulation: Regulation,
    pub(crate) settings: PaperSettings,
    pub(crate) wording: Box<Wording>,
    pub(crate) class: Option<SchoolClass>,
    pub(crate) homeroom: Option<Homeroom>,
    pub(crate) chats: Vec<Chat>,
    pub(crate) link: LinkUrl,
    pub(crate) editions: Editions,
    pub(crate) deadlines: Deadlines,
    pub(crate) pinned: BTreeMap<ChatKey, String>,
    pub(crate) staff: Vec<StaffMember>,
    pub(crate) families: Vec<FamilyCodes>,
    pub(crate) links: ChatLinks,
}

const PUPILS: [(&str, &str, &str); 9] = [
    ("Богатырёва", "Пелагея", "Андреевна"),
    ("Жуков", "Илья", "Алексеевич"),
    ("Йорданова", "Алёна", "Игоревна"),
    ("Ли", "Вэй", ""),
    ("Мамедов", "Эльдар", "Тофик оглы"),
    ("Мартынюк-Заславская", "Ксения", "Владиславовна"),
    ("Объедков", "Фёдор", "Фёдорович"),
    ("Разумовский", "Семён", "Юрьевич"),
    ("Щербаков", "Пётр", "Эдуардович"),
];

pub(crate) fn person(surname: &str, given: &str, patronymic: &str) -> PersonName {
    PersonName::new(surname, given, patronymic)
}

pub(crate) fn student(class: &ClassName, name: PersonName, parents: &[Option<PersonName>]) -> Student {
    let guardian =
        |name: &Option<PersonName>| Guardian { id: None, name: name.clone(), kinship: None, phone: None, email: None };
    let guardians = parents.iter().map(guardian).collect();
    Student {
        id: None,
        class: class.clone(),
        name,
        birth_date: None,
        school: None,
        stable_id: None,
        guardians,
        place: Place::file("5-7.xlsx"),
    }
}

/// A chat with its moderator and this many members.
pub(crate) fn chat(class: Option<&ClassName>, kind: ChatKind, title: &str, members: usize) -> Chat {
    let member = Member {
        name: Some(person("Ли", "Вэй", "")),
        role: MemberRole::Student,
        student: None,
        id: None,
        student_id: None,
    };
    Chat {
        key: ChatKey::of(&[&class.map_or_else(|| "школа".to_owned(), ToString::to_string), kind.id(), title]),
        title: title.parse().expect("a title"),
        class: class.cloned(),
        co_admins: vec![person("Яшина", "Дарья", "Олеговна")],
        members: vec![member; members].into(),
        ..sample::chat(kind, None, None)
    }
}

/// All text of some pages in one line, words divided at the ends of lines joined again.
pub(crate) fn text_of(pages: &[Page]) -> String {
    let mut text = String::new();
    for run in pages.iter().flat_map(Page::texts) {
        let divided = text.ends_with('-') && run.starts_with(char::is_lowercase);
        if divided {
            text.pop();
        } else {
            text.push(' ');
        }
        text.push_str(run.trim());
    }
    text
}

pub(crate) fn regulation(preset: Preset, own: &OwnValues) -> Regulation {
    load_regulation(preset, own, &Templates::default()).value.expect("the built-in template")
}

impl Sample {
    /// Class 7А with nine pupils of a preset.
    pub(crate) fn new(preset: Preset) -> Self {
        let class: ClassName = "7А".parse().expect("a class");
        let school = sample::school("МБОУ «Средняя школа № 31»");
        let own = OwnValues {
            school: school.short_name.clone(),
            date: Some(date(2026, 8, 28)),
            number: Some("112".to_owned()),
            commission: Some("комиссия по урегулированию споров".to_owned()),
            other_channel: Some("электронный журнал, тел. 8 (800) 000-00-00".to_owned()),
            ..OwnValues::default()
        };
        let students: Vec<Student> = PUPILS
            .into_iter()
            .enumerate()
            .map(|(index, (surname, given, patronymic))| {
                let mother = Some(person("Жукова", "Елена", "Петровна"));
                let father = Some(person("Мартынюк-Заславский", "Александр", "Константинович"));
                let parents = match index {
                    3 => vec![],
                    1 | 5 => vec![mother, father],
                    _ => vec![mother],
                };
                student(&class, person(surname, given, patronymic), &parents)
            })
            .collect();
        let kinds = [
            (ChatKind::ClassStudents, "7А — обучающиеся"),
            (ChatKind::ClassParents, "7А — родители"),
            (ChatKind::ClassTeachers, "7А — учителя"),
            (ChatKind::ClassSubject, "7А — Английский язык 1"),
            (ChatKind::ClassSubject, "7А — Алгебра"),
        ];
        let regulation = regulation(preset, &own);
        let chats: Vec<Chat> = kinds
            .into_iter()
            .filter(|(kind, _)| regulation.chats.contains(kind))
            .map(|(kind, title)| chat(Some(&class), kind, title, 28))
            .collect();
        let pinned =
            chats.iter().map(|chat| (chat.key.clone(), format!("«{}»\n\nПросим:\n• Пишите по делу.", chat.title)));
        Self {
            school,
            regulation,
            settings: PaperSettings {
                slips_per_page: SlipsPerPage::Eight,
                blank_rows: 5,
                other_channel_column: true,
                optional: OptionalPaper::ALL.into(),
            },
            wording: Box::new(Wording::built_in().expect("the built-in words")),
            homeroom: Some(Homeroom {
                name: person("Кузнецова", "Ольга", "Сергеевна"), email: None
            }),
            link: LinkUrl::judged(format!("https://max.ru/join/{}", "a".repeat(43))),
            editions: Editions::all(Edition { version: 1, issued: date(2026, 9, 1) }),
            deadlines: Deadlines {
                chats: Some(date(2026, 9, 4)),
                acknowledgement: Some(date(2026, 9, 15)),
                joining: Some(date(2026, 9, 30)),
            },
            pinned: pinned.collect(),
            staff: Vec::new(),
            families: Vec::new(),
            links: ChatLinks::default(),
            class: Some(SchoolClass { name: class, homeroom: None, students }),
            chats,
        }
    }

    /// A usual class, the school, a class with nothing in what may be empty, one with all as long as can be.
    pub(crate) fn of_every_kind(preset: Preset) -> Vec<Self> {
        vec![Self::new(preset), Self::of_school(preset), Self::empty(preset), Self::long(preset)]
    }

    /// The chats of the school.
    pub(crate) fn of_school(preset: Preset) -> Self {
        let mut sample = Self::new(preset);
        sample.class = None;
        sample.homeroom = None;
        sample.chats = vec![
            chat(None, ChatKind::StaffRoom, "Учительская", 61),
            chat(None, ChatKind::DirectorParents, "Директор и родительский актив", 12),
            chat(None, ChatKind::SchoolChannel, "Общешкольный канал", 812),
        ];
        sample.pinned = sample.chats.iter().map(|chat| (chat.key.clone(), "Правила.".to_owned())).collect();
        sample.people_of_school(|| person("Орлова", "Анна", "Юрьевна"), || "учитель математики".to_owned());
        sample
    }

    /// Two members of the staff with names and posts of their own, and a family in three classes.
    pub(crate) fn people_of_school(&mut self, member: impl Fn() -> PersonName, post: impl Fn() -> String) {
        let staff_member = |_| StaffMember {
            name: member(),
            post: post(),
            role: StaffRole::Teacher,
            email: None,
            subjects: Vec::new(),
            homeroom: Vec::new(),
            homeroom_place: Place::file("штат.xlsx"),
            place: Place::file("штат.xlsx"),
        };
        self.staff = (0..2).map(staff_member).collect();
        let child = |class: &str| ChildCode {
            name: member(),
            class: class.parse().expect("a class"),
            chat: ChatKey::of(&[class, ChatKind::ClassParents.id()]),
            title: format!("{class} — родители").parse().expect("a title"),
            homeroom: Some(member()),
        };
        let children: Vec<ChildCode> = ["2Б", "7А", "11 соц-экономический"].map(child).into();
        for child in &children {
            self.links.set(child.chat.clone(), LinkState::Ready(self.link.clone()));
        }
        let known_by = PersonId::of_bytes([7; 16]);
        self.families = vec![FamilyCodes { known_by, guardians: vec![member(), member()], children }];
    }

    /// Class 7А with nothing in what may be empty.
    pub(crate) fn empty(preset: Preset) -> Self {
        let mut empty = Self::new(preset);
        empty.homeroom = None;
        empty.deadlines = Deadlines::default();
        empty.school.phone = String::new();
        empty.regulation.other_channel = None;
        empty.regulation.moderation.clear();
        empty.regulation.measures.clear();
        empty.regulation.violation.clear();
        empty.regulation.acknowledgement.clear();
        empty.regulation.act.date = None;
        empty.regulation.act.number = None;
        empty.pinned.clear();
        for chat in &mut empty.chats {
            chat.moderator = None;
            chat.co_admins.clear();
            chat.members = [].into();
        }
        empty
    }

    /// All as long as can be: 45 pupils with names of 60 letters, a school of 250, an act of six titles.
    pub(crate) fn long(preset: Preset) -> Self {
        let mut sample = Self::new(preset);
        let name = || person("Мартынюк-Заславская-Константинопольская", "Александра-Виктория", "Константиновна");
        let class = sample.class.as_mut().expect("a class");
        class.name = "11 соц-экономический".parse().expect("a class");
        let one_word = || person(&"Щ".repeat(60), "Ы", "");
        class.students = (0..45)
            .map(|number| student(&class.name, if number % 2 == 0 { name() } else { one_word() }, &[Some(name())]))
            .collect();
        sample.homeroom.as_mut().expect("a teacher").name = name();
        sample.school.short_name = "Муниципальное бюджетное общеобразовательное учреждение ".repeat(5);
        sample.school.full_name = sample.school.short_name.clone();
        sample.school.address = "000000, Примерская область, г. Верхнеозёрск, ул. Школьная, д. 1, ".repeat(3);
        sample.school.director.name = name();
        sample.school.curator.name = name();
        sample.school.curator.post = "заместитель директора по учебно-воспитательной работе ".repeat(4);
        sample.school.administrator.name = name();
        sample.regulation.act.title = "Положение о применении сервисов взаимодействия ".repeat(6);
        let title = format!("{}{}", "Математика-и-информатика-углублённого-уровня ".repeat(3), "Ъ".repeat(60));
        for index in 0..30 {
            let mut chat = chat(None, ChatKind::ClassSubject, &format!("{index} {title}"), 999);
            chat.moderator = Some(name());
            chat.co_admins = vec![name(); 4];
            sample.chats.push(chat);
        }
        for (index, text) in sample.pinned.values_mut().enumerate() {
            *text = match index % 3 {
                0 => "Слово ".repeat(660),
                1 => "Первая строка.\n\n• Правило общения в чате. ".repeat(80),
                _ => "Щ".repeat(4000),
            };
        }
        sample
    }

    /// The text to pin in a chat.
    pub(crate) fn pinned(&self) -> impl Fn(&Chat) -> String {
        |chat| self.pinned.get(&chat.key).cloned().unwrap_or_default()
    }

    /// The chats, each second one with its link.
    pub(crate) fn sheets(&self) -> Vec<ChatSheet<'_>> {
        let link = |index: usize| index.is_multiple_of(2).then_some(&self.link);
        self.chats.iter().enumerate().map(|(index, chat)| ChatSheet { chat, link: link(index) }).collect()
    }

    pub(crate) fn papers<'a>(&'a self, chats: &'a [ChatSheet<'a>]) -> ClassPapers<'a> {
        ClassPapers {
            school: &self.school,
            regulation: &self.regulation,
            settings: &self.settings,
            wording: &self.wording,
            class: self.class.as_ref(),
            homeroom: self.homeroom.as_ref(),
            chats,
            editions: &self.editions,
            whole_school: WholeSchool { staff: &self.staff, families: &self.families, links: Some(&self.links) },
        }
    }
}
