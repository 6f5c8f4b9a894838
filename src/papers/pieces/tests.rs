//! Every input of the papers is changed, one at a time: what is printed anew, and what misleads on an old copy.

use std::collections::BTreeMap;

use jiff::civil::date;

use super::{PieceContent, pieces};
use crate::papers::acknowledgement::form_sheets;
use crate::papers::announcements::announcement_sheets;
use crate::papers::canvas::Page;
use crate::papers::choice::Choice;
use crate::papers::consents::consent_sheets;
use crate::papers::family_sheets::family_sheets_of;
use crate::papers::forms_sample::{Sample, person};
use crate::papers::memo::{MemoFacts, memo_sheets};
use crate::papers::poster::poster_sheets;
use crate::papers::rules_sheet::rule_sheets_of;
use crate::papers::sample::link;
use crate::papers::slips::slip_sheets;
use crate::papers::violation_log::log_sheets;
use crate::papers::{ChatSheet, ClassPapers, PaperKind, Wording};
use crate::school::{
    Audience, Chat, ChatKind, Hours, LinkUrl, Measure, MeasureKind, Member, PersonId, Piece, Platform, Preset, Rule,
    SlipsPerPage, WeekDays,
};

/// The sample with a link for each chat.
struct Input {
    sample: Sample,
    links: Vec<Option<LinkUrl>>,
}

/// A piece with its pages.
struct Printed {
    content: PieceContent,
    pages: Vec<Page>,
}

fn input() -> Input {
    let mut sample = Sample::new(Preset::School31);
    sample.regulation.other_channel = None;
    for (number, student) in (1..).zip(&mut sample.class.as_mut().unwrap().students) {
        student.id = Some(PersonId::of_bytes([number; 16]));
    }
    let links = (0..sample.chats.len()).map(|number| Some(link(&format!("{number:040}")))).collect();
    Input { sample, links }
}

impl Input {
    fn printed(&self) -> Vec<Printed> {
        let Self { sample, links } = self;
        let sheets: Vec<_> =
            sample.chats.iter().zip(links).map(|(chat, link)| ChatSheet { chat, link: link.as_ref() }).collect();
        let papers = sample.papers(&sheets);
        let pinned = |chat: &Chat| sample.pinned.get(&chat.key).cloned().unwrap_or_default();
        let facts = MemoFacts { deadlines: &sample.deadlines, pinned: &pinned };
        let with_pages = |content: PieceContent| Printed { pages: pages(&papers, &facts, &content.piece), content };
        pieces(&papers, &facts).into_iter().map(with_pages).collect()
    }
}

fn pages(papers: &ClassPapers<'_>, facts: &MemoFacts<'_>, piece: &Piece) -> Vec<Page> {
    let only = [piece.clone()].into();
    let sheets = match piece {
        Piece::Poster { .. } => poster_sheets(papers, Choice::Only(&only)).unwrap(),
        Piece::Slip { .. } => slip_sheets(papers, Choice::Only(&only)).unwrap(),
        Piece::Family { .. } => family_sheets_of(papers, Choice::Only(&only)).unwrap(),
        Piece::Form { .. } => form_sheets(papers, Choice::Only(&only)),
        Piece::Memo => memo_sheets(papers, facts),
        Piece::Log => log_sheets(papers),
        Piece::Rules { audience } => rule_sheets_of(papers, *audience),
        Piece::Consent => consent_sheets(papers),
        Piece::Announcements => announcement_sheets(papers, facts),
        Piece::Draft { .. } => panic!("no draft has pages"),
    };
    sheets.pages
}

/// Changes one thing and looks at all pieces that are there before and after. `core` are the kinds of pieces that
/// mislead now, `all` those that look otherwise: «птлм» of «п» posters, «т» slips, «л» forms, «м» the memo,
/// «ж» the log, «р» rules sheets, «с» consents, «о» announcements.
#[track_caller]
fn check(change: impl FnOnce(&mut Input), core: &str, all: &str) {
    check_between(|_| {}, change, core, all);
}

#[track_caller]
fn check_between(prepare: impl FnOnce(&mut Input), change: impl FnOnce(&mut Input), core: &str, all: &str) {
    let mut input = input();
    prepare(&mut input);
    let before: BTreeMap<Piece, Printed> =
        input.printed().into_iter().map(|printed| (printed.content.piece.clone(), printed)).collect();
    change(&mut input);
    let (mut other_core, mut other) = (String::new(), String::new());
    let mut seen = 0;
    for now in input.printed() {
        let Some(then) = before.get(&now.content.piece) else { continue };
        seen += 1;
        let piece = &now.content.piece;
        let looks_other = now.pages != then.pages;
        let is_other = now.content.fingerprint != then.content.fingerprint;
        assert_eq!(is_other, looks_other, "fingerprint and pages of {piece:?}");
        let core_is_other = now.content.core != then.content.core;
        assert!(is_other || !core_is_other, "a core without a fingerprint of {piece:?}");
        let letter = match now.content.kind {
            PaperKind::Posters => 'п',
            PaperKind::Slips => 'т',
            PaperKind::Families => panic!("no class has the sheets of families"),
            PaperKind::AcknowledgementForm => 'л',
            PaperKind::ModeratorMemo => 'м',
            PaperKind::ViolationLog => 'ж',
            PaperKind::Rules => 'р',
            PaperKind::Consents => 'с',
            PaperKind::Announcements => 'о',
            PaperKind::Draft(_) => panic!("no class has a draft"),
            PaperKind::Changes => panic!("no piece is a paper of changes"),
        };
        let note = |letters: &mut String, differs: bool| {
            if differs && !letters.contains(letter) {
                letters.push(letter);
            }
        };
        note(&mut other_core, core_is_other);
        note(&mut other, is_other);
    }
    assert!(seen > 0);
    assert_eq!((other_core.as_str(), other.as_str()), (core, all));
}

fn wording(input: &mut Input, template: &str, from: &str, to: &str) {
    let of = |known: crate::school::Template| known.text.replace(from, to);
    let texts: BTreeMap<&str, String> = crate::papers::TEMPLATES
        .into_iter()
        .filter(|known| known.name == template)
        .map(|known| (known.name, of(known)))
        .collect();
    let changed =
        crate::papers::TEMPLATES.into_iter().any(|known| texts.get(known.name).is_some_and(|text| text != known.text));
    assert!(changed, "{from}");
    *input.sample.wording = Wording::read(|known| texts.get(known.name).map_or(known.text, String::as_str)).unwrap();
}

#[test]
fn nothing_changed() {
    check(|_| {}, "", "");
}

#[test]
fn the_school() {
    check(|input| input.sample.school.full_name = "Школа".into(), "", "");
    check(|input| input.sample.school.short_name = "МБОУ «Школа № 5»".into(), "р", "плмжро");
    check(|input| input.sample.school.city = "г. Озёрск".into(), "", "п");
    check(|input| input.sample.school.site = "https://example.org".into(), "", "");
    check(|input| input.sample.school.phone = "8 (800) 000-00-01".into(), "п", "пмро");
    check(|input| input.sample.school.director.name = person("Ли", "Вэй", ""), "", "");
    check(|input| input.sample.school.curator.name = person("Ли", "Вэй", ""), "", "мжр");
    check(|input| input.sample.school.curator.post = "завуч".into(), "", "мжр");
    check(|input| input.sample.school.administrator.name = person("Ли", "Вэй", ""), "", "мро");
    check(|input| input.sample.school.administrator.post = "учитель".into(), "", "мро");
}

#[test]
fn the_act() {
    let rule =
        || Rule { clause: "9.9".into(), text: "Соблюдайте тишину.".into(), families_only: false };
    // A form is signed anew where the rules are others, as signatures know them.
    check(|input| input.sample.regulation.act.title = "Порядок".into(), "лж", "лмжр");
    check(|input| input.sample.regulation.act.title_instrumental = "Порядком".into(), "", "л");
    check(|input| input.sample.regulation.act.date = Some(date(2026, 8, 29)), "", "лр");
    check(|input| input.sample.regulation.act.number = Some("113".into()), "", "лр");
    check(|input| input.sample.regulation.act.basis.push("закон".into()), "", "лр");
    check(|input| input.sample.regulation.act.approval.push("ПРИНЯТО".into()), "", "лр");
    check(|input| input.sample.regulation.chats.clear(), "", "");
    check(|input| input.sample.regulation.platform = Platform::Sferum, "р", "мро");
    check(|input| input.sample.regulation.hours = Hours::parse(WeekDays::Daily, "9:00-16:00").ok(), "плр", "плро");
    let own = |input: &mut Input| {
        let class = input.sample.class.as_ref().unwrap().name.clone();
        let hours = Hours::parse(WeekDays::Daily, "9:00-16:00").unwrap();
        input.sample.regulation.class_hours.insert(class, hours);
    };
    check(own, "плр", "плро");
    check(|input| input.sample.regulation.rules.get_mut(&Audience::Parents).unwrap().duties.push(rule()), "лр", "лр");
    check(|input| input.sample.regulation.common.push(rule()), "лр", "лр");
    check(|input| input.sample.regulation.moderation.push(rule()), "", "м");
    check(|input| input.sample.regulation.administration.push(rule()), "", "");
    check(|input| input.sample.regulation.violation.push(rule()), "р", "р");
    let measure = |kind| move |input: &mut Input| input.sample.regulation.measures.push(Measure { kind, rule: rule() });
    check(measure(MeasureKind::Limit), "ж", "ж");
    check(|input| input.sample.regulation.measures.retain(|one| one.kind != MeasureKind::Unblocking), "ж", "ж");
    check(|input| input.sample.regulation.acknowledgement.push(rule()), "лр", "лмр");
    let on_poster = |input: &mut Input| {
        input.sample.regulation.poster.get_mut(&Audience::Parents).unwrap()[0].text = "вежливо.".into();
    };
    check(on_poster, "п", "п");
    check(|input| input.sample.regulation.other_channel = Some("журнал".into()), "п", "плмо");
}

#[test]
fn the_settings() {
    check(|input| input.sample.settings.slips_per_page = SlipsPerPage::Four, "", "т");
    check(|input| input.sample.settings.slips_per_page = SlipsPerPage::Ten, "", "т");
    check(|input| input.sample.settings.blank_rows = 6, "", "л");
    check(|input| input.sample.settings.other_channel_column = false, "", "л");
    check(|input| input.sample.deadlines.chats = None, "", "м");
    check(|input| input.sample.deadlines.acknowledgement = None, "", "м");
    check(|input| input.sample.deadlines.joining = Some(date(2026, 10, 1)), "о", "мо");
}

#[test]
fn the_class() {
    fn students(input: &mut Input) -> &mut Vec<crate::school::Student> {
        &mut input.sample.class.as_mut().unwrap().students
    }
    let renamed = |input: &mut Input| {
        input.sample.class.as_mut().unwrap().name = "8А".parse().unwrap();
    };
    check(renamed, "р", "тлмжро");
    check(|input| input.sample.class.as_mut().unwrap().homeroom = Some(person("Ли", "Вэй", "")), "", "");
    check(|input| students(input)[0].name.surname = "Белова".into(), "т", "тл");
    check(|input| students(input)[0].name.patronymic = None, "", "л");
    check(|input| students(input)[0].birth_date = Some(date(2013, 5, 1)), "", "");
    check(|input| students(input)[0].school = Some("Филиал".into()), "", "");
    check(|input| students(input)[0].stable_id = "Л-12".parse().ok(), "", "");
    check(|input| drop(students(input).remove(0)), "", "л");
    check(|input| students(input).swap(0, 1), "", "л");
    let namesake = |input: &mut Input| {
        let mut other = students(input)[1].clone();
        other.id = Some(PersonId::of_bytes([99; 16]));
        other.name.patronymic = Some("Петрович".into());
        students(input).push(other);
    };
    check(namesake, "т", "тл");
    check(|input| students(input)[0].guardians[0].name = None, "", "л");
    check(|input| students(input)[0].guardians.clear(), "", "л");
    check(|input| students(input)[0].guardians[0].kinship = Some("мать".into()), "", "");
    check(|input| students(input)[0].guardians[0].phone = "+7 944 000-00-01".parse().ok(), "", "");
    check(|input| students(input)[0].guardians[0].email = "a@example.org".parse().ok(), "", "");
}

#[test]
fn the_homeroom_teacher() {
    let other = |input: &mut Input| input.sample.homeroom.as_mut().unwrap().name = person("Ли", "Вэй", "");
    let none = |input: &mut Input| input.sample.homeroom = None;
    // The poster says whether the moderator is the homeroom teacher.
    check(other, "п", "птлмро");
    // Slips name the moderator instead, who is the same person here.
    check(none, "п", "плмро");
    let moderators = |input: &mut Input| {
        let moderator = person("Яшина", "Дарья", "Олеговна");
        input.sample.chats.iter_mut().for_each(|chat| chat.moderator = Some(moderator.clone()));
    };
    check_between(moderators, other, "", "тлмр");
    check_between(moderators, none, "", "тлмр");
    check(|input| input.sample.homeroom.as_mut().unwrap().email = "a@example.org".parse().ok(), "", "");
}

#[test]
fn the_chats() {
    fn subject(input: &mut Input) -> &mut Chat {
        input.sample.chats.last_mut().unwrap()
    }
    fn parents(input: &mut Input) -> &mut Chat {
        input.sample.chats.iter_mut().find(|chat| chat.kind == ChatKind::ClassParents).unwrap()
    }
    check(|input| subject(input).topic = Some("Геометрия".into()), "п", "п");
    check(|input| subject(input).group = Some("2".into()), "п", "пм");
    check(|input| subject(input).title = "7А — Геометрия".parse().unwrap(), "пм", "пм");
    check(|input| parents(input).title = "7А — мамы и папы".parse().unwrap(), "мо", "мо");
    check(|input| subject(input).class = None, "п", "п");
    check(|input| subject(input).kind = ChatKind::Course, "пм", "пм");
    check(|input| subject(input).audience = Audience::Staff, "п", "пмо");
    check(|input| parents(input).moderator = Some(person("Ли", "Вэй", "")), "пм", "пмо");
    check(|input| parents(input).moderator = None, "пм", "пмо");
    check(|input| parents(input).co_admins.clear(), "м", "м");
    let members = |input: &mut Input, change: fn(&mut Vec<Member>)| {
        let chat = parents(input);
        let mut members = chat.members.to_vec();
        change(&mut members);
        chat.members = members.into();
    };
    check(|input| members(input, |members| drop(members.pop())), "", "м");
    check(|input| members(input, |members| members[0].name = None), "", "");
    check(|input| drop((input.sample.chats.pop(), input.links.pop())), "м", "м");
    let pinned = |input: &mut Input| {
        let key = parents(input).key.clone();
        input.sample.pinned.insert(key, "Правила.".into());
    };
    check(pinned, "м", "мо");
}

#[test]
fn the_links() {
    check(|input| input.links[1] = Some(link("other-0000000000000000000000000000000-99")), "пт", "пт");
    check(|input| input.links[1] = Some(LinkUrl::judged("https://sferum.ru/?p=EXAMPLE".into())), "пт", "пт");
    // Only those pieces count that are there before and after.
    check(|input| input.links[1] = None, "", "м");
}

#[test]
fn the_words() {
    let slips =
        |from: &'static str, to: &'static str| move |input: &mut Input| wording(input, "papers/slips.toml", from, to);
    check(slips("Прочитайте закреплённые правила", "Прочтите правила"), "", "т");
    check(slips("РОДИТЕЛЯМ", "СЕМЬЕ"), "", "т");
    check(slips("Код никому не передавать", "Код — секрет"), "", "т");
    check(slips("в. {версия}", "версия {версия}"), "", "т");
    check(slips("Номер телефона участника", "Телефон участника"), "", "");
    let poster =
        |from: &'static str, to: &'static str| move |input: &mut Input| wording(input, "papers/poster.toml", from, to);
    check(poster("Прочитайте закреплённые правила", "Прочтите правила"), "", "п");
    check(poster("Наведите камеру телефона на код и нажмите", "Сканируйте код и нажмите"), "", "п");
    check(poster("РОДИТЕЛЯМ", "СЕМЬЯМ"), "", "п");
    check(poster("Участие родителей", "Участие семей"), "", "п");
    check(poster("Лист {лист}", "Бумага {лист}"), "", "п");
    check(poster("\"выпущен {дата}", "\"от {дата}"), "", "п");
    check(poster("Чат родителей {в_платформе}", "Чат семей {в_платформе}"), "п", "п");
    check(poster("Чат по предмету", "Чат урока"), "п", "п");
    let hours = |input: &mut Input| {
        input.sample.regulation.hours = Hours::parse(WeekDays::Daily, "9:00-16:00").ok();
    };
    check_between(hours, poster("hours = \"Пишем\"", "hours = \"Общаемся\""), "п", "п");
    check(poster("Вопросы: тел.", "Телефон"), "п", "п");
    let form = |from: &'static str, to: &'static str| {
        move |input: &mut Input| wording(input, "papers/acknowledgement.toml", from, to)
    };
    check(form("Лист ознакомления\"", "Ознакомление\""), "", "л");
    check(form("Подпись\"", "Роспись\""), "", "л");
    check(form("Классный руководитель:", "Учитель:"), "", "л");
    let memo =
        |from: &'static str, to: &'static str| move |input: &mut Input| wording(input, "papers/memo.toml", from, to);
    check(memo("\"только владелец\"", "\"все\""), "м", "м");
    check(memo("2. Порядок действий", "2. Что делать"), "", "м");
    check(memo("9. Что закрепить в чате", "9. Закрепите"), "", "м");
    check(memo("Памятка, версия", "Версия"), "", "м");
    let log =
        |from: &'static str, to: &'static str| move |input: &mut Input| wording(input, "papers/log.toml", from, to);
    check(log("Участник, чат", "Участник"), "ж", "ж");
    check(log("Как заполнять", "Заполнение"), "", "ж");
    check(log("Журнал, версия", "Версия"), "", "ж");
    let rules =
        |from: &'static str, to: &'static str| move |input: &mut Input| wording(input, "papers/rules.toml", from, to);
    check(rules("Если правила нарушены", "За нарушения"), "р", "р");
    check(rules("К кому обращаться", "Вопросы"), "", "р");
    check(rules("Правила общения, версия", "Версия"), "", "р");
    let announcements = |from: &'static str, to: &'static str| {
        move |input: &mut Input| wording(input, "papers/announcements.toml", from, to)
    };
    check(announcements("Переезжаем", "Мы переезжаем"), "", "о");
    check(announcements("1. В прежний чат", "1. В старый чат"), "", "о");
}

#[test]
fn consents() {
    let with_permission = |input: &mut Input| {
        input.sample.regulation.consent =
            vec![Rule {
                clause: "5".into(), text: "Только с разрешения.".into(), families_only: false
            }];
    };
    let consent =
        |from: &'static str, to: &'static str| move |input: &mut Input| wording(input, "papers/consent.toml", from, to);
    check_between(with_permission, |input| input.sample.school.full_name = "Школа".into(), "с", "с");
    check_between(with_permission, |input| input.sample.school.address = "г. Озёрск".into(), "с", "с");
    check_between(with_permission, |input| input.sample.school.director.name = person("Ли", "Вэй", ""), "с", "с");
    check_between(with_permission, |input| input.sample.regulation.consent[0].clause = "7".into(), "с", "с");
    check_between(with_permission, consent("Адрес:\"", "Живу:\""), "с", "с");
    let patronymic = |input: &mut Input| input.sample.class.as_mut().unwrap().students[0].name.patronymic = None;
    check_between(with_permission, patronymic, "", "лс");
}
