//! What is recorded about somebody or something, for people.

use std::fmt::Write as _;

use super::explanation::{
    ChatFact, ChatFacts, Ended, EventRow, Explanation, Facts, LinkFact, LinkStanding, PaperFact, PupilFacts, Standing,
};
use super::uptake_facts::{JoinedFact, SignatureFact};
use crate::school::dotted;

/// More events of one kind in one run than this are told as a number.
const LISTED: usize = 4;

/// The explanation as text: what is recorded now, the chats, the papers, what happened.
pub fn explanation_text(explanation: &Explanation) -> String {
    let Explanation { facts, chats, papers, signatures, joined, events } = explanation;
    let mut text = String::new();
    match facts {
        Facts::Pupil(facts) => pupil(&mut text, facts),
        Facts::Staff { name, homeroom_of, source } => {
            heading(&mut text, "Сотрудник", name);
            let classes = homeroom_of.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            line(&mut text, "классное руководство", Some(classes).filter(|classes| !classes.is_empty()));
            line(&mut text, "строка таблицы", source.clone());
        }
        Facts::Class { name, standing, homeroom, pupils, source } => {
            heading(&mut text, "Класс", &name.to_string());
            match standing {
                Standing::Current => {
                    line(&mut text, "учеников", Some(pupils.to_string()));
                    let nobody = || "никто не назван".to_owned();
                    line(&mut text, "классный руководитель", Some(homeroom.clone().unwrap_or_else(nobody)));
                    line(&mut text, "откуда", Some(source.join("; ")));
                }
                Standing::Gone => text.push_str("  такого класса в списках больше нет\n"),
            }
        }
        Facts::Chat(facts) => chat(&mut text, facts),
    }
    section(&mut text, "Чаты", chats.iter().map(chat_line));
    section(&mut text, "Бумаги", papers.iter().map(paper_line));
    section(&mut text, "Ознакомление", signatures.iter().map(SignatureFact::line));
    section(&mut text, "Вступили", joined.iter().map(JoinedFact::line));
    happened(&mut text, events);
    text
}

fn heading(text: &mut String, what: &str, name: &str) {
    let _ = writeln!(text, "{what}: {name}");
}

fn line(text: &mut String, what: &str, value: Option<String>) {
    let _ = value.map(|value| writeln!(text, "  {what}: {value}"));
}

fn section(text: &mut String, title: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        let _ = writeln!(text, "\n{title}");
        lines.for_each(|line| {
            let _ = writeln!(text, "  {line}");
        });
    }
}

fn pupil(text: &mut String, facts: &PupilFacts) {
    let PupilFacts { name, class, since, left, birth_date, guardians, source } = facts;
    heading(text, "Ученик", name);
    let since = since.map(|since| format!(", с {}", dotted(since))).unwrap_or_default();
    match left {
        None => line(text, "класс", Some(format!("{class}{since}"))),
        Some(left) => {
            line(text, "последний класс", Some(format!("{class}{since}")));
            line(text, "выбыл(а)", Some(ended(left)));
        }
    }
    line(text, "дата рождения", birth_date.map(dotted));
    line(text, "родители", Some(guardians.join("; ")).filter(|list| !list.is_empty()));
    let row = if left.is_some() { "последняя строка" } else { "строка списка" };
    line(text, row, Some(source.clone()));
}

fn chat(text: &mut String, facts: &ChatFacts) {
    let ChatFacts { key, title, standing, purpose, moderator, co_admins, members, stage, told, links, source } = facts;
    heading(text, "Чат", &format!("«{title}»"));
    line(text, "ключ", Some(key.to_string()));
    match standing {
        Standing::Current => {
            line(text, "назначение", purpose.map(str::to_owned));
            let nobody = || "никто не назван".to_owned();
            line(text, "модератор", Some(moderator.clone().unwrap_or_else(nobody)));
            line(text, "администраторы", Some(co_admins.join("; ")).filter(|list| !list.is_empty()));
            line(text, "участников", Some(members.to_string()));
            line(text, "откуда", Some(source.join("; ")).filter(|list| !list.is_empty()));
            line(text, "что с ним", stage.map(|stage| stage.words().to_owned()));
            line(text, "отмечено", Some(told.join("; ")).filter(|told| !told.is_empty()));
        }
        Standing::Gone => text.push_str("  чат закрыт: больше не нужен\n"),
    }
    for LinkFact { state, received, ended: end } in links {
        let end = end.as_ref().map(|end| format!(" {}", ended(end))).unwrap_or_default();
        line(text, "ссылка", Some(format!("получена {}, {state}{end}", dotted(*received))));
    }
}

/// «08.09.2026 — нет в списках».
fn ended(end: &Ended) -> String {
    let Ended { on, why } = end;
    if why.is_empty() { dotted(*on) } else { format!("{} — {why}", dotted(*on)) }
}

fn chat_line(fact: &ChatFact) -> String {
    let ChatFact { key: _, title, role, link } = fact;
    let role = if role.is_empty() { String::new() } else { format!("{role}; ") };
    let link = match link {
        LinkStanding::Ready => "ссылка есть",
        LinkStanding::Awaited => "ждёт ссылку",
    };
    format!("«{title}»: {role}{link}")
}

fn paper_line(fact: &PaperFact) -> String {
    let PaperFact { words, edition, void, number } = fact;
    let number = if *number > 1 { format!(": {number} шт.") } else { String::new() };
    let void = void.as_ref().map(|void| format!("; недействительно с {}", ended(void)));
    let void = void.unwrap_or_default();
    format!("{words}{number}, версия {} от {}{void}", edition.version, dotted(edition.issued))
}

fn happened(text: &mut String, events: &[EventRow]) {
    let _ = writeln!(text, "\nЧто происходило");
    if events.is_empty() {
        text.push_str("  записей нет\n");
    }
    let has_one_scope = events.windows(2).all(|pair| pair[0].scope == pair[1].scope);
    let scope = |event: &EventRow| if has_one_scope { String::new() } else { format!("{}: ", event.scope) };
    for run in events.chunk_by(|one, next| one.run == next.run) {
        let Some(first) = run.first() else { continue };
        let _ = writeln!(text, "  {}, запуск № {}", dotted(first.date), first.run);
        let mut groups: Vec<Vec<&EventRow>> = Vec::new();
        for event in run {
            match groups.iter_mut().find(|group| group.iter().any(|one| are_alike(one, event))) {
                Some(group) => group.push(event),
                None => groups.push(vec![event]),
            }
        }
        for group in groups {
            match group.first().and_then(|first| Some((first, counted(&first.kind)?))) {
                Some((first, words)) if group.len() > LISTED => {
                    let _ = writeln!(text, "    {}{words}: {}{}", scope(first), group.len(), why(first));
                }
                _ => group.iter().for_each(|event| {
                    let _ = writeln!(text, "    {}{}{}", scope(event), told(event), tail(event));
                }),
            }
        }
    }
}

fn are_alike(one: &EventRow, other: &EventRow) -> bool {
    one.kind == other.kind && one.scope == other.scope && one.why == other.why
}

/// What comes in dozens, without a noun that would have to agree with the number.
fn counted(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "arrived" => "прибыло учеников",
        "chat_new" => "дано заданий создать чат",
        "chat_retitled" => "дано заданий переименовать чат",
        "chat_closed" => "дано заданий закрыть чат",
        "link_received" => "получено ссылок",
        "link_replaced" => "заменено ссылок",
        "paper_new" => "выпущено бумаг",
        "paper_renewed" => "выпущено бумаг заново",
        "paper_copied" => "напечатано бумаг ещё раз",
        "paper_void" => "дано заданий уничтожить бумагу",
        _ => return None,
    })
}

/// The words of a plan as those of a memory: what was done, and what somebody was given to do.
fn told(event: &EventRow) -> String {
    let words = &event.words;
    match event.kind.as_str() {
        "paper_new" | "paper_renewed" => words.replacen("выпустить", "выпущено", 1),
        "paper_copied" => words.replacen("напечатать", "напечатано", 1),
        "chat_new" | "chat_retitled" | "chat_closed" | "link_reissued" | "link_revoked" | "link_expired"
        | "removal" | "admission" | "paper_void" => {
            format!("задание: {words}")
        }
        _ => words.clone(),
    }
}

fn tail(event: &EventRow) -> String {
    let source = event.source.as_ref().map(|source| format!(" ({source})")).unwrap_or_default();
    format!("{}{source}", why(event))
}

fn why(event: &EventRow) -> String {
    if event.why.is_empty() { String::new() } else { format!(" — {}", event.why) }
}
