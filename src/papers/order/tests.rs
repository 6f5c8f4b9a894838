//! What the order, its annexes and the application of every preset say.

use jiff::civil::date;

use super::facts::BLANK;
use super::{DraftFacts, Transfer, application, draft, draft_issues, drafts, order};
use crate::papers::{ClassPapers, WholeSchool, Wording};
use crate::plan::sample::{Sample, class, name};
use crate::school::{
    Chat, Deadlines, Draft, Edition, Editions, PersonName, Piece, Preset, Regulation, Staff, StaffMember, StaffRole,
};
use crate::workspace::{OwnValues, Templates, load_regulation};

/// A school with two classes, its act and what moves.
struct Input {
    sample: Sample,
    regulation: Regulation,
    chats: Vec<Chat>,
    transfers: Vec<Transfer>,
    deadlines: Deadlines,
    wording: Wording,
}

fn input(preset: Preset) -> Input {
    let mut sample = Sample::new();
    for (person, post) in [
        ("Ветрова Анна Павловна", "директор"),
        ("Лунин Олег Иванович", "заместитель директора"),
        ("Яшина Дарья Олеговна", "учитель информатики"),
    ] {
        sample.staff.members.retain(|known| known.name != name(person));
        sample.staff.members.push(member(person, post));
    }
    let own = OwnValues { school: sample.settings.school.short_name.clone(), ..OwnValues::default() };
    let regulation = load_regulation(preset, &own, &Templates::default()).value.unwrap();
    let chats = sample.plan().value.chats().cloned().collect();
    let transfer = |old: &str, new: Option<&str>| Transfer {
        old: old.to_owned(),
        whose: class("7А").to_string(),
        new: new.map(str::to_owned),
        responsible: Some(name("Лунин Олег Иванович")),
        until: Some(date(2026, 9, 15)),
    };
    Input {
        sample,
        regulation,
        chats,
        transfers: vec![transfer("WhatsApp «Родители 7А»", Some("7 «А»: родители")), transfer("Viber «Роботы»", None)],
        deadlines: Deadlines {
            chats: Some(date(2026, 8, 28)),
            acknowledgement: None,
            joining: Some(date(2026, 10, 1)),
        },
        wording: Wording::built_in().unwrap(),
    }
}

fn member(person: &str, post: &str) -> StaffMember {
    StaffMember {
        name: name(person),
        post: post.to_owned(),
        role: StaffRole::Other,
        email: "yashina@example.org".parse().ok(),
        subjects: Vec::new(),
        homeroom: Vec::new(),
        homeroom_place: crate::school::Place::default(),
        place: crate::school::Place::default(),
    }
}

impl Input {
    fn with<T>(&self, of: impl FnOnce(&ClassPapers<'_>, &DraftFacts<'_>) -> T) -> T {
        let editions = Editions::all(Edition { version: 2, issued: date(2026, 9, 1) });
        let settings = &self.sample.settings;
        let papers = ClassPapers {
            school: &settings.school,
            regulation: &self.regulation,
            settings: &settings.papers,
            wording: &self.wording,
            class: None,
            homeroom: None,
            chats: &[],
            editions: &editions,
            whole_school: WholeSchool::default(),
        };
        let chats: Vec<&Chat> = self.chats.iter().collect();
        let facts = DraftFacts {
            chats: &chats,
            staff: &self.sample.staff,
            transfers: &self.transfers,
            mailbox: None,
            deadlines: &self.deadlines,
        };
        of(&papers, &facts)
    }

    /// The whole order as text.
    fn text(&self) -> String {
        self.with(|papers, facts| draft::words(&draft::blocks(papers, facts)).join("\n")).replace('\u{a0}', " ")
    }

    fn pieces(&self) -> Vec<(Draft, crate::school::Fingerprint)> {
        let pieces = self.with(drafts).into_iter();
        let of = |piece| match piece {
            Piece::Draft { draft } => draft,
            other => panic!("{other:?} is no draft"),
        };
        pieces.map(|piece| (of(piece.piece), piece.core)).collect()
    }
}

/// Clause by clause: what the order of a preset says of it, word for word.
#[track_caller]
fn check(preset: Preset, said: &[(&str, &str)]) {
    let text = input(preset).text();
    for (clause, words) in said {
        assert!(text.contains(words), "{clause}: «{words}» is missing in\n{text}");
        let cited = text.lines().find(|line| line.contains(words)).unwrap();
        let number = clause.trim_start_matches("п. ");
        assert!(cited.contains(number) || heading_cites(&text, cited, number), "{clause} is not cited in «{cited}»");
    }
}

/// Whether the point above an item cites the clause for all of its items.
fn heading_cites(text: &str, item: &str, clause: &str) -> bool {
    let number = item.split('.').next().unwrap_or_default();
    let mut lines = text.lines();
    lines.any(|line| line.starts_with(&format!("{number}. ")) && line.contains(clause))
}

#[test]
fn the_order_of_62() {
    check(
        Preset::School62,
        &[
            ("п. 1", "Использовать для электронного взаимодействия мессенджер MAX"),
            ("п. 2", "Не использовать иностранные мессенджеры"),
            ("п. 2", "Перенести в MAX чаты из иностранных мессенджеров: 2 чата"),
            ("п. 3", "создать чаты с названиями, указанными в приложении № 1, до 28.08.2026"),
            ("п. 4", "Назначить модераторами чатов"),
            ("п. 4", "знакомить с правилами общения каждого"),
            ("п. 4", "своевременно удалять негативные и лишние сообщения"),
            ("п. 4", "исключать из чата"),
            ("п. 5", "только с письменного разрешения"),
            ("п. 7", "вправе выйти из чата в любое время"),
        ],
    );
    let text = input(Preset::School62).text();
    assert!(!text.contains("администратором платформы"), "this act knows no administrator");
}

#[test]
fn the_order_of_belomorsk() {
    check(
        Preset::Belomorsk,
        &[
            (
                "п. 4.1",
                "Назначить администратором платформы MAX (п. 4.1) сотрудника: Яшина Дарья Олеговна, администратор.",
            ),
            ("п. 4.1", "создать её структуру: чат педагогов"),
            ("п. 4.1", "каждому в его роли"),
            ("п. 4.1", "распределить педагогов по классам"),
            ("п. 4.1", "рассматривать заявки на вступление"),
            ("п. 4.1", "аннулировать ссылки-приглашения, которыми не воспользовались до 01.10.2026"),
            ("п. 4.1", "обращаться в поддержку разработчика"),
            ("п. 4.2", "Назначить администраторами чатов"),
            ("п. 4.3", "через электронный журнал или по ссылке-приглашению"),
            ("п. 4.5", "передать родителям (законным представителям) ссылки-приглашения"),
            ("п. 5", "защищать персональные данные"),
            ("п. 6", "записывать видеовстречи только с согласия всех участников"),
            ("п. 8", "не передавать логины и пароли"),
            ("п. 9", "дисциплинарная и иная ответственность"),
        ],
    );
}

#[test]
fn the_order_of_50() {
    check(
        Preset::School50,
        &[
            ("п. 1.5", "Назначить куратором чатов заместителя директора (п. 1.5): Лунин Олег Иванович"),
            ("п. 1.5", "со стажем работы в школе не менее одного года (п. 1.5): Яшина Дарья Олеговна"),
            ("п. 2", "пригласить в них по специальной ссылке"),
            ("п. 3.1", "Поручить ведение чатов классным руководителям"),
            ("п. 3.2", "учителей-предметников и администрацию — по запросу"),
            ("п. 3.3", "разместить правила в каждом чате"),
            ("п. 3.4", "никого не удалять из-за личной неприязни"),
            ("п. 3.5", "если обучающийся выбыл из школы"),
            ("п. 3.6", "чрезвычайных обстоятельствах"),
            ("п. 3.6", "в тот же учебный день"),
            ("п. 4", "следить за временем общения (ежедневно 8:00–19:00)"),
            ("п. 5", "комиссию школы по урегулированию споров"),
        ],
    );
}

#[test]
fn the_order_of_31() {
    check(
        Preset::School31,
        &[
            ("п. 2.1", "Назначить администратором платформы MAX (п. 2.1) сотрудника: Яшина Дарья Олеговна"),
            ("п. 2.1", "направить на info@sferum.ru заявку на регистрацию школы"),
            ("п. 2.1", "структурный класс «Учительская»"),
            ("п. 2.1", "в нужный класс и в нужной роли"),
            ("п. 2.1", "подтверждать статус «учитель»"),
            ("п. 2.1", "аннулировать ссылки-приглашения"),
            ("п. 2.1", "каналы «Общешкольный канал» и «Сотрудники»"),
            ("п. 2.1", "представлять директору статистику"),
            ("п. 2.2", "участвовать в управленческих чатах"),
            ("п. 2.3", "с учителями класса"),
            ("п. 2.4", "создать чаты класса по предмету"),
            ("п. 4.3", "до включения в чат знакомить каждого с правилами коммуникации"),
            ("п. 4.4", "напоминать участникам о правилах"),
            ("п. 4.5", "больше трёх раз, не более чем на один месяц"),
            ("п. 4.6", "если он извинился и никто из участников не возражает"),
            ("п. 4.7", "из-за личной неприязни"),
            ("п. 4.8", "удалять из чата уволенного сотрудника"),
        ],
    );
}

#[test]
fn the_order_of_65() {
    check(
        Preset::School65,
        &[
            ("п. 3", "направить заявку на info@sferum.ru"),
            ("п. 5.1", "Назначить администратором платформы"),
            ("п. 5.1", "Распределить обязанности по переносу чатов с педагогами, обучающимися и родителями"),
            ("п. 5.1", "объявить о переезде в прежнем чате"),
            ("п. 5.1", "подключить участников к новому чату"),
            ("п. 5.1", "Контроль за исполнением приказа"),
            ("п. 5.2", "заместителю директора: Лунин Олег Иванович"),
            ("п. 5.3", "в нужную группу и в нужной роли"),
            ("п. 5.3", "аннулировать ссылки-приглашения"),
            ("п. 5.3", "представлять администрации статистику"),
            ("п. 5.4", "обсудить правила поведения и ответственность"),
            ("п. 5.4", "отвечать за удаление противоправных материалов"),
            ("п. 5.5", "Учителям создать учебные чаты"),
            ("п. 6.2", "сообщать администратору и оператору о входе посторонних"),
        ],
    );
}

#[test]
fn every_order_has_its_requisites_and_annexes() {
    for preset in Preset::ALL {
        let input = input(preset);
        let text = input.text();
        let school = &input.sample.settings.school;
        let moderated = input.chats.iter().find_map(|chat| chat.moderator.as_ref()).unwrap().to_string();
        for part in [
            school.full_name.as_str(),
            "ПРИКАЗ\n",
            "____________\n№ ________",
            school.city.as_str(),
            "ПРИКАЗЫВАЮ:",
            "Основание: Федеральный закон",
            input.regulation.act.title.as_str(),
            "Директор\n________________\nА. П. Ветрова",
            "С приказом ознакомлены:",
            "Приложение № 1\nк приказу от",
            "Реестр чатов и модераторов",
            moderated.as_str(),
            "Приложение № 2\nк приказу от",
            "WhatsApp «Родители 7А»\n7А\n7 «А»: родители\nЛунин Олег Иванович\n15.09.2026",
            "Viber «Роботы»\n7А\nне определён",
        ] {
            assert!(text.contains(part), "{preset:?}: {part}\n{text}");
        }
        for chat in &input.chats {
            assert!(text.contains(chat.title.as_str()), "{preset:?}: {}", chat.title);
        }
        assert!(!text.contains('{') && !text.contains("**"), "{preset:?}: a placeholder is left\n{text}");
        let cyrillic_max = text.contains("МАХ") && !input.regulation.act.title.contains("МАХ");
        assert!(!cyrillic_max, "{preset:?}: MAX in Russian letters");
    }
}

#[test]
fn without_old_chats_nothing_is_said_of_a_move() {
    for preset in Preset::ALL {
        let input = Input { transfers: Vec::new(), ..input(preset) };
        let text = input.text();
        assert!(!text.contains("Приложение № 2") && !text.contains("прежн"), "{preset:?}\n{text}");
        let numbers = text.lines().filter_map(|line| line.split_once(". ")?.0.parse::<u32>().ok());
        let numbers: Vec<u32> = numbers.collect();
        assert_eq!(numbers, (1..=numbers.len() as u32).collect::<Vec<_>>(), "the points are numbered through");
    }
}

#[test]
fn whoever_is_not_in_the_staff_table_is_a_blank() {
    for preset in Preset::ALL {
        let mut input = input(preset);
        let people: Vec<PersonName> = input.sample.staff.members.iter().map(|member| member.name.clone()).collect();
        input.sample.staff = Staff::default();
        let text = input.text();
        for person in &people {
            assert!(!text.contains(&person.to_string()) && !text.contains(&person.surname), "{preset:?}: {person}");
        }
        assert!(text.contains(BLANK), "{preset:?}");
        let issues = input.with(draft_issues);
        let expected = match preset {
            Preset::School62 => 1,
            Preset::Belomorsk => 2,
            // Of the acts that ask for an application the last one is that nobody can send it.
            Preset::School50 | Preset::School31 => 3,
            Preset::School65 => 4,
        };
        assert_eq!(issues.len(), expected, "{preset:?}: {issues:?}");
    }
}

#[test]
fn only_some_acts_ask_for_an_application() {
    for preset in Preset::ALL {
        let input = input(preset);
        let letter = input.with(application);
        assert_eq!(letter.is_some(), matches!(preset, Preset::School31 | Preset::School65), "{preset:?}");
        let Some(letter) = letter else { continue };
        assert_eq!((letter.to.as_str(), letter.from.as_str()), ("info@sferum.ru", "yashina@example.org"));
        for part in [
            input.sample.settings.school.full_name.as_str(),
            "фамилия, имя, отчество: Яшина Дарья Олеговна",
            "адрес электронной почты: yashina@example.org",
            "личный номер мобильного телефона: ____",
            "Приложение: копия приказа директора",
            "Д. О. Яшина",
        ] {
            assert!(letter.text.contains(part), "{part}: {}", letter.text);
        }
    }
}

#[test]
fn hostile_names_stay_texts() {
    let mut input = input(Preset::School31);
    let full = format!("МБОУ <w:p/> & \"«Школа»\" {{администратор}} \u{202e}ьлетичу {}", "ш".repeat(250));
    input.sample.settings.school.full_name.clone_from(&full);
    input.transfers[0].old = "</w:t> =1+1\n\u{200b}чат".to_owned();
    let text = input.text();
    assert!(text.contains(&full.replace('\u{202e}', "")), "{text}");
    assert!(text.contains("</w:t> =1+1 чат"), "{text}");
    assert!(!text.contains('\u{202e}'));
    let (one, other) = (input.with(order).unwrap().unwrap(), input.with(order).unwrap().unwrap());
    assert!(one.bytes == other.bytes, "the same bytes every time");
    assert_eq!(one.file_name, "Школа Приказ (проект).docx");
}

/// Which drafts are made anew by a change.
#[track_caller]
fn check_anew(change: impl FnOnce(&mut Input), expected: &[Draft]) {
    let mut input = input(Preset::School31);
    let before = input.pieces();
    change(&mut input);
    let after = input.pieces();
    let anew = after.into_iter().filter(|piece| !before.contains(piece)).map(|(draft, _)| draft);
    assert_eq!(anew.collect::<Vec<_>>(), expected);
}

#[test]
fn a_draft_is_made_anew_only_when_it_says_something_else() {
    check_anew(|_| {}, &[]);
    check_anew(
        |input| input.chats[0].moderator = Some(name("Лунин Олег Иванович")),
        &[Draft::Order, Draft::ChatRegister],
    );
    check_anew(|input| input.chats[0].members = Vec::new().into(), &[]);
    check_anew(|input| input.transfers[0].until = None, &[Draft::Order, Draft::ChatRegister]);
    check_anew(|input| input.deadlines.chats = None, &[Draft::Order]);
    check_anew(|input| input.sample.settings.school.full_name.push('!'), &[Draft::Order, Draft::Application]);
    check_anew(|input| input.chats.clear(), &[]);
}
