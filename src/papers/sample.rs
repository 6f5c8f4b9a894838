//! An invented school for the tests of the papers.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;

use super::paper::{ChatSheet, ClassPapers, WholeSchool};
use super::wording::Wording;
use crate::school::{
    Act, Audience, Chat, ChatKey, ChatKind, Edition, Editions, Homeroom, Hours, LinkUrl, Official, PaperSettings,
    PersonName, Place, Platform, PosterRule, Preset, Regulation, School, SchoolClass, SlipsPerPage, Student, WeekDays,
};

/// All that [`ClassPapers`] borrows.
pub(super) struct Sample {
    pub(super) school: School,
    pub(super) regulation: Regulation,
    pub(super) settings: PaperSettings,
    pub(super) wording: Wording,
    pub(super) class: Option<SchoolClass>,
    pub(super) homeroom: Option<Homeroom>,
    pub(super) chats: Vec<Chat>,
    pub(super) links: Vec<Option<LinkUrl>>,
    pub(super) editions: Editions,
}

pub(super) const PUPILS: [&str; 26] = [
    "Богатырёва Пелагея Андреевна",
    "Ван Дер Берг Ян",
    "Гаджимагомедова Патимат Магомедрасуловна",
    "Жуков Илья Алексеевич",
    "Жуков Илья Петрович",
    "Йорданова Алёна Игоревна",
    "Константинопольский-Переяславский Александр-Константин Вячеславович",
    "Ли Вэй",
    "Мамедов Эльдар Тофик оглы",
    "Мартынюк-Заславская Ксения Владиславовна",
    "Никонова Ева Львовна",
    "Объедков Фёдор Фёдорович",
    "Орлов Лев Ильич",
    "Разумовский Семён Юрьевич",
    "Рожков Матвей Олегович",
    "Саликова Элина Рустамовна",
    "Семёнов-Тян-Шанский Пётр Андреевич",
    "Сидорова Майя Глебовна",
    "Тихонов Артём Юрьевич",
    "Улугбекова Зульфия Шухратовна",
    "Фёдорова-Ясная Анна Павловна",
    "Хвостикова Юлия Игоревна",
    "Цой Максим Сергеевич",
    "Чернышёва Дарья Романовна",
    "Щербаков Пётр Эдуардович",
    "Юй Ия",
];

/// The class with links to the parents' and the students' chat.
pub(super) fn sample() -> Sample {
    let chats = vec![chat(ChatKind::ClassParents, None, None), chat(ChatKind::ClassStudents, None, None)];
    let links =
        vec![Some(link("parents-7A-0000000000000000000000-01")), Some(link("students-7A-000000000000000000000-02"))];
    Sample {
        school: school("МБОУ «Средняя школа № 31»"),
        regulation: regulation(),
        settings: PaperSettings {
            slips_per_page: SlipsPerPage::Eight,
            blank_rows: 5,
            other_channel_column: true,
            optional: BTreeSet::new(),
        },
        wording: Wording::built_in().unwrap(),
        class: Some(class("7А", &PUPILS)),
        homeroom: Some(Homeroom { name: name("Кузнецова Ольга Сергеевна"), email: None }),
        chats,
        links,
        editions: Editions::all(Edition { version: 1, issued: date(2026, 9, 1) }),
    }
}

impl Sample {
    pub(super) fn with<T>(&self, make: impl FnOnce(&ClassPapers<'_>) -> T) -> T {
        let chats: Vec<ChatSheet<'_>> =
            self.chats.iter().zip(&self.links).map(|(chat, link)| ChatSheet { chat, link: link.as_ref() }).collect();
        make(&ClassPapers {
            school: &self.school,
            regulation: &self.regulation,
            settings: &self.settings,
            wording: &self.wording,
            class: self.class.as_ref(),
            homeroom: self.homeroom.as_ref(),
            chats: &chats,
            editions: &self.editions,
            whole_school: WholeSchool::default(),
        })
    }
}

/// An invitation with a token that says that it is none.
pub(super) fn link(token: &str) -> LinkUrl {
    LinkUrl::judged(format!("https://max.ru/join/EXAMPLE-{token}"))
}

pub(super) fn name(text: &str) -> PersonName {
    let mut words = text.splitn(3, ' ');
    let mut next = || words.next().unwrap_or_default();
    PersonName::new(next(), next(), next())
}

pub(super) fn class(class: &str, pupils: &[&str]) -> SchoolClass {
    let class: crate::school::ClassName = class.parse().unwrap();
    let student = |(row, pupil): (u32, &&str)| Student {
        id: None,
        class: class.clone(),
        name: name(pupil),
        birth_date: None,
        school: None,
        stable_id: None,
        guardians: Vec::new(),
        place: Place::sheet("списки/7А.xlsx", "Лист1").at(row, 1),
    };
    let students = (4..).zip(pupils).map(student).collect();
    SchoolClass { name: class.clone(), homeroom: None, students }
}

pub(super) fn chat(kind: ChatKind, topic: Option<&str>, group: Option<&str>) -> Chat {
    let audience = match kind {
        ChatKind::ClassParents | ChatKind::DirectorParents => Audience::Parents,
        ChatKind::SchoolChannel => Audience::Everyone,
        ChatKind::ClassTeachers | ChatKind::StaffRoom | ChatKind::StaffChannel | ChatKind::Methodical => {
            Audience::Staff
        }
        _ => Audience::Students,
    };
    let of_class = matches!(
        kind,
        ChatKind::ClassParents | ChatKind::ClassStudents | ChatKind::ClassTeachers | ChatKind::ClassSubject
    );
    Chat {
        key: ChatKey::of(&["7А", kind.id(), topic.unwrap_or_default(), group.unwrap_or_default()]),
        kind,
        title: format!("7А {} {}", kind.words(), topic.unwrap_or_default()).parse().unwrap(),
        class: of_class.then(|| "7А".parse().unwrap()),
        topic: topic.map(str::to_owned),
        group: group.map(str::to_owned),
        audience,
        moderator: Some(name("Кузнецова Ольга Сергеевна")),
        co_admins: Vec::new(),
        members: [].into(),
    }
}

pub(super) fn school(short_name: &str) -> School {
    let official = |text, post: &str| Official { name: name(text), post: post.to_owned() };
    School {
        full_name: "Муниципальное бюджетное общеобразовательное учреждение «Средняя школа № 31»".to_owned(),
        short_name: short_name.to_owned(),
        city: "г. Заречный".to_owned(),
        address: String::new(),
        site: String::new(),
        phone: "8 (800) 000-00-00".to_owned(),
        director: official("Ветрова Инна Павловна", "директор"),
        curator: official("Соколов Глеб Ильич", "заместитель директора"),
        administrator: official("Лебедев Олег Юрьевич", "учитель информатики"),
    }
}

pub(super) fn regulation() -> Regulation {
    let rule = |lead: &str, text: &str| PosterRule { lead: lead.to_owned(), text: text.to_owned() };
    let rules = vec![
        rule("Коротко и по делу,", "вежливо. Без поздравлений, смайликов и картинок."),
        rule("Без личных данных", "и фотографий без письменного согласия."),
        rule("Кодом не делимся:", "кто его получил, тот войдёт в чат."),
    ];
    let audiences = [Audience::Students, Audience::Parents, Audience::Staff, Audience::Everyone];
    Regulation {
        preset: Preset::School31,
        act: Act {
            title: "Положение".to_owned(),
            title_instrumental: "Положением".to_owned(),
            basis: Vec::new(),
            approval: Vec::new(),
            date: None,
            number: None,
        },
        platform: Platform::Max,
        chats: BTreeSet::new(),
        hours: Hours::parse(WeekDays::Weekdays, "07:00-17:00").ok(),
        class_hours: BTreeMap::new(),
        rules: BTreeMap::new(),
        poster: audiences.into_iter().map(|audience| (audience, rules.clone())).collect(),
        moderation: Vec::new(),
        administration: Vec::new(),
        measures: Vec::new(),
        violation: Vec::new(),
        consent: Vec::new(),
        acknowledgement: Vec::new(),
        common: Vec::new(),
        other_channel: Some("электронный журнал, тел. 8 (800) 000-00-00".to_owned()),
    }
}
