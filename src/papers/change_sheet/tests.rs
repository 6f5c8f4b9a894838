use std::collections::BTreeSet;

use jiff::civil::date;

use super::{change_sheet, change_sheets};
use crate::papers::canvas::{Item, Page};
use crate::papers::checks::flaws;
use crate::papers::forms_sample::{Sample, chat, person, student, text_of};
use crate::papers::paper::Paper;
use crate::papers::qr::{QrMatrix, Resilience};
use crate::papers::sample::link;
use crate::papers::{ChatSheet, ClassPapers, PaperKind};
use crate::school::{
    Audience, ChangeSheet, ChatKind, Edition, LinkUrl, News, PersonId, Piece, Preset, RemovalTask, SlipsPerPage,
    VoidPaper,
};

/// A class with ids and a link for each chat, and what it is given.
struct Input {
    sample: Sample,
    links: Vec<Option<LinkUrl>>,
    sheet: ChangeSheet,
}

fn id(number: usize) -> PersonId {
    PersonId::of_bytes([number as u8; 16])
}

impl Input {
    fn new(preset: Preset) -> Self {
        let mut sample = Sample::new(preset);
        for (number, student) in sample.class.as_mut().unwrap().students.iter_mut().enumerate() {
            student.id = Some(id(number));
        }
        sample
            .editions
            .set(Piece::Form { audience: Audience::Parents }, Edition { version: 3, issued: date(2026, 8, 31) });
        let links = (0..sample.chats.len()).map(|number| Some(link(&format!("{number:040}")))).collect();
        Self { sample, links, sheet: ChangeSheet::default() }
    }

    fn school() -> Self {
        let mut input = Self::new(Preset::School31);
        input.sample.class = None;
        input.sample.homeroom = None;
        input.sample.chats =
            vec![chat(None, ChatKind::StaffRoom, "Учительская", 61), chat(None, ChatKind::SchoolChannel, "Канал", 812)];
        input.links = vec![Some(link("staff-room")), Some(link("channel"))];
        input.poster(ChatKind::StaffRoom);
        input.removals("Учительская", None, 2);
        input.sheet.news.push(news("классный руководитель теперь Ли Вэй (раньше: Ян Ия)", "штат.xlsx"));
        input
    }

    fn with<T>(&self, make: impl FnOnce(&ClassPapers<'_>) -> T) -> T {
        let chats: Vec<_> = self
            .sample
            .chats
            .iter()
            .zip(&self.links)
            .map(|(chat, link)| ChatSheet { chat, link: link.as_ref() })
            .collect();
        make(&self.sample.papers(&chats))
    }

    fn pages(&self) -> Vec<Page> {
        self.with(|papers| change_sheets(papers, &self.sheet, 1)).unwrap().pages
    }

    fn paper(&self) -> Option<Paper> {
        self.with(|papers| change_sheet(papers, &self.sheet, 1)).unwrap()
    }

    fn key(&self, kind: ChatKind) -> crate::school::ChatKey {
        self.sample.chats.iter().find(|chat| chat.kind == kind).unwrap().key.clone()
    }

    fn poster(&mut self, kind: ChatKind) {
        let chat = self.key(kind);
        self.sheet.pieces.insert(Piece::Poster { chat });
    }

    fn slips(&mut self, pupils: impl IntoIterator<Item = usize>) {
        for pupil in pupils {
            for kind in [ChatKind::ClassParents, ChatKind::ClassStudents] {
                self.sheet.pieces.insert(Piece::Slip { chat: self.key(kind), student: id(pupil) });
            }
        }
    }

    fn removals(&mut self, chat: &str, moderator: Option<&str>, count: usize) {
        for number in 1..=count {
            self.sheet.removals.push(RemovalTask {
                chat: chat.to_owned(),
                moderator: moderator.map(str::to_owned),
                who: format!("Жукова Елена Петровна-{number} (родитель: Жуков Илья Алексеевич)"),
                why: if number % 2 == 0 {
                    "ребёнок переведён(а) в 8Б"
                } else {
                    "ребёнок выбыл(а)"
                }
                .to_owned(),
            });
        }
    }

    fn void(&mut self, count: usize) {
        for number in 1..=count {
            self.sheet.void.push(VoidPaper {
                words: format!("талон «7А — родители», Жуков Илья-{number}"),
                edition: Edition { version: 2, issued: date(2026, 9, 1) },
                why: "ссылка заменена".to_owned(),
            });
        }
    }

    /// A class of this many pupils, two parents each.
    fn class_of(&mut self, pupils: usize) {
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

fn news(words: &str, why: &str) -> News {
    News { words: words.to_owned(), why: why.to_owned() }
}

/// One newcomer in place of one who left.
fn usual() -> Input {
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
fn large() -> Input {
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
fn long() -> Input {
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

#[test]
fn nothing_overlaps_however_long_it_is() {
    for make in [usual, large, long, Input::school] {
        for slips in [SlipsPerPage::Four, SlipsPerPage::Six, SlipsPerPage::Eight, SlipsPerPage::Ten] {
            let mut input = make();
            input.sample.settings.slips_per_page = slips;
            assert_eq!(flaws(&input.pages()), []);
        }
    }
}

/// Writes papers to `target/papers`, to be looked at: `cargo test --lib change_sheet::tests::look -- --ignored`.
#[test]
#[ignore = "writes files for the eye"]
#[expect(clippy::disallowed_methods, reason = "a scratch file of a test, below target")]
fn look() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/papers");
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, input: &Input| {
        std::fs::write(folder.join(format!("changes-{name}.pdf")), input.paper().unwrap().bytes).unwrap();
    };
    write("usual", &usual());
    write("large", &large());
    write("long", &long());
    write("school", &Input::school());
    let mut gone = usual();
    gone.sample.class.as_mut().unwrap().students.clear();
    write("gone", &gone);
    for (name, slips) in [("four", SlipsPerPage::Four), ("six", SlipsPerPage::Six), ("ten", SlipsPerPage::Ten)] {
        let mut input = Input::new(Preset::Belomorsk);
        input.sample.settings.slips_per_page = slips;
        input.slips([2]);
        input.removals("7А — родители", None, 1);
        write(name, &input);
    }
}
