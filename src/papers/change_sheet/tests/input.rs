//! Changes of an invented class: usual, large, and as long as tables let them be.

use jiff::civil::date;

use crate::papers::canvas::Page;
use crate::papers::change_sheet::{WholeFiles, change_sheet, change_sheets};
use crate::papers::forms_sample::{Sample, chat, person, student};
use crate::papers::paper::Paper;
use crate::papers::sample::link;
use crate::papers::{ChatSheet, ClassPapers};
use crate::school::{
    AdmissionTask, Audience, ChangeSheet, ChatKey, ChatKind, Edition, Editions, LinkUrl, News, NewsKind, PersonId,
    Piece, Preset, RemovalTask, VoidPaper,
};

/// A class with ids and a link for each chat, and what it is given.
pub(super) struct Input {
    pub(super) sample: Sample,
    pub(super) links: Vec<Option<LinkUrl>>,
    pub(super) sheet: ChangeSheet,
    pub(super) whole: WholeFiles,
}

pub(super) fn id(number: usize) -> PersonId {
    PersonId::of_bytes([number as u8; 16])
}

impl Input {
    pub(super) fn new(preset: Preset) -> Self {
        let mut sample = Sample::new(preset);
        for (number, student) in sample.class.as_mut().unwrap().students.iter_mut().enumerate() {
            student.id = Some(id(number));
        }
        sample.editions = Editions::all(Edition { version: 1, issued: date(2026, 9, 8) });
        sample
            .editions
            .set(Piece::Form { audience: Audience::Parents }, Edition { version: 3, issued: date(2026, 8, 31) });
        let links = (0..sample.chats.len()).map(|number| Some(link(&format!("{number:040}")))).collect();
        Self { sample, links, sheet: ChangeSheet::default(), whole: WholeFiles::default() }
    }

    pub(super) fn school() -> Self {
        let mut input = Self::new(Preset::School31);
        input.sample.class = None;
        input.sample.homeroom = None;
        input.sample.chats =
            vec![chat(None, ChatKind::StaffRoom, "Учительская", 61), chat(None, ChatKind::SchoolChannel, "Канал", 812)];
        input.links = vec![Some(link("staff-room")), Some(link("channel"))];
        input.poster(ChatKind::StaffRoom);
        input.removals("Учительская", None, 2);
        input.admissions(3);
        input.sheet.news.push(news("классный руководитель теперь Ли Вэй (раньше: Ян Ия)", "штат.xlsx"));
        input
    }

    pub(super) fn with<T>(&self, make: impl FnOnce(&ClassPapers<'_>) -> T) -> T {
        let chats: Vec<_> = self
            .sample
            .chats
            .iter()
            .zip(&self.links)
            .map(|(chat, link)| ChatSheet { chat, link: link.as_ref() })
            .collect();
        make(&self.sample.papers(&chats))
    }

    pub(super) fn pages(&self) -> Vec<Page> {
        self.with(|papers| change_sheets(papers, &self.sheet, self.whole, 1)).unwrap().pages
    }

    pub(super) fn paper(&self) -> Option<Paper> {
        self.with(|papers| change_sheet(papers, &self.sheet, self.whole, 1)).unwrap()
    }

    pub(super) fn key(&self, kind: ChatKind) -> ChatKey {
        self.sample.chats.iter().find(|chat| chat.kind == kind).unwrap().key.clone()
    }

    pub(super) fn link(&self, kind: ChatKind) -> String {
        let chats = self.sample.chats.iter().zip(&self.links);
        let mut of_kind = chats.filter(|(chat, _)| chat.kind == kind);
        of_kind.next().unwrap().1.as_ref().unwrap().as_str().to_owned()
    }

    pub(super) fn poster(&mut self, kind: ChatKind) {
        let chat = self.key(kind);
        self.sheet.pieces.insert(Piece::Poster { chat });
    }

    pub(super) fn slips(&mut self, pupils: impl IntoIterator<Item = usize>) {
        for pupil in pupils {
            for kind in [ChatKind::ClassParents, ChatKind::ClassStudents] {
                self.sheet.pieces.insert(Piece::Slip { chat: self.key(kind), student: id(pupil) });
            }
        }
    }

    pub(super) fn admissions(&mut self, count: usize) {
        for number in 1..=count {
            self.sheet.admissions.push(AdmissionTask {
                chat: "Учительская".to_owned(),
                moderator: Some("Лебедев Олег Юрьевич".to_owned()),
                who: format!("Ким-{number} Вера Львовна"),
                why: "по таблицам состоит в этом чате".to_owned(),
            });
        }
    }

    pub(super) fn removals(&mut self, chat: &str, moderator: Option<&str>, count: usize) {
        for number in 1..=count {
            self.sheet.removals.push(RemovalTask {
                chat: chat.to_owned(),
                moderator: moderator.map(str::to_owned),
                who: format!("Жукова Елена Петровна-{number} (родитель: Жуков Илья)"),
                why: if number % 2 == 0 {
                    "ребёнок переведён(а) в 8Б"
                } else {
                    "ребёнок выбыл(а)"
                }
                .to_owned(),
            });
        }
    }

    pub(super) fn void(&mut self, count: usize) {
        for number in 1..=count {
            self.sheet.void.push(VoidPaper {
                words: format!("талон «7А — родители», Жуков Илья-{number}"),
                edition: Edition { version: 2, issued: date(2026, 9, 1) },
                why: "ссылка заменена".to_owned(),
            });
        }
    }

    /// A class of this many pupils, two parents each.
    pub(super) fn class_of(&mut self, pupils: usize) {
        let class = self.sample.class.as_mut().unwrap();
        let parents = [Some(person("Жукова", "Елена", "Петровна")), Some(person("Жуков", "Алексей", "Ильич"))];
        class.students = (0..pupils)
            .map(|number| {
                let mut student = student(&class.name, person(&format!("Орлов-{number}"), "Ян", "Львович"), &parents);
                student.id = Some(id(number));
                student
            })
            .collect();
    }
}

pub(super) fn news(words: &str, why: &str) -> News {
    News { kind: NewsKind::Other, count: 1, words: words.to_owned(), chats: Vec::new(), why: why.to_owned() }
}

/// One newcomer in place of one who left.
pub(super) fn usual() -> Input {
    let mut input = Input::new(Preset::School31);
    input.sheet.news = vec![
        news("прибыл(а): Богатырёва Пелагея Андреевна", "новая строка"),
        news("выбыл(а): Орлов Ян Львович", "нет в списках"),
        news("ссылка чата «7А — Алгебра» заменена", ""),
    ];
    input.sheet.newcomers = [id(0)].into();
    input.slips([0]);
    input.poster(ChatKind::ClassSubject);
    input.removals("7А — родители", Some("Кузнецова Ольга Сергеевна"), 2);
    input.void(2);
    input
}

/// Thirty removals over six chats of three moderators and of nobody, forty void papers, forty-five newcomers.
pub(super) fn large() -> Input {
    let mut input = usual();
    input.class_of(45);
    input.sheet.newcomers = (0..45).map(id).collect();
    input.sheet.pieces.clear();
    input.slips(0..45);
    input.sheet.removals.clear();
    for (chat, moderator) in [
        ("7А — Алгебра", Some("Яшина Дарья Олеговна")),
        ("7А — родители", Some("Кузнецова Ольга Сергеевна")),
        ("7А — обучающиеся", Some("Кузнецова Ольга Сергеевна")),
        ("7А — Физика 10", Some("Белов Лев Ильич")),
        ("7А — Физика 2", Some("Белов Лев Ильич")),
        ("7А — учителя", None),
    ] {
        input.removals(chat, moderator, 5);
    }
    input.sheet.void.clear();
    input.void(40);
    input
}

/// Everything as long as tables let it be.
pub(super) fn long() -> Input {
    let mut input = large();
    let name = "Мартынюк-Заславская-Константинопольская Александра-Виктория Константиновна-Всеволодовна";
    let title = format!("{}{}", "Математика-и-информатика-углублённого-уровня ".repeat(2), "Ъ".repeat(60));
    input.sample.school.short_name = "Муниципальное бюджетное общеобразовательное учреждение ".repeat(5);
    input.sample.school.administrator.name = person("Ы".repeat(120).as_str(), "Ю", "");
    input.sample.class.as_mut().unwrap().name = "11 соц-экономический".parse().unwrap();
    input.sample.homeroom.as_mut().unwrap().name = person("Щ".repeat(90).as_str(), "Александра-Виктория", "");
    input.sheet.news = vec![news(&format!("прибыл(а): {name} {}", "Ш".repeat(200)), &title); 30];
    for task in &mut input.sheet.removals {
        task.chat = format!("{} {title}", task.chat);
        task.moderator = task.moderator.as_ref().map(|moderator| format!("{moderator} {name}"));
        task.who = format!("{name} (родитель: {name} {})", "Ж".repeat(100));
        task.why = format!("переведён(а) в 11 {}", "соц-экономический".repeat(5));
    }
    for paper in &mut input.sheet.void {
        paper.words = format!("талон «{title}», {name}");
        paper.edition.version = 4_000_000_000;
        paper.why = format!("{} {}", "ссылка заменена".repeat(4), "ь".repeat(90));
    }
    input
}
