//! Every sample through the whole way: what comes out is held against what the tables say, read by other means.

use std::collections::{BTreeMap, BTreeSet};

use calamine::{Data, Reader, Xlsx, open_workbook};
use mail_parser::{MessageParser, MimeHeaders};
use rayon::prelude::*;
use serde_json::Value;

use crate::call::{DATE, School};
use crate::pdf_text::{self, PageText};
use crate::pixels;

/// The resolutions at which codes are read: far less than any printer has.
const POSTER_DPI: f32 = 60.0;
const SLIP_DPI: f32 = 120.0;
/// «A class's invitation PDF is under 100 KB».
const INVITATION_MAX: usize = 100_000;

/// A planned chat as `plan --json` names it.
struct Chat {
    key: String,
    class: Option<String>,
    topic: Option<String>,
    audience: String,
}

/// A sample after its run.
struct Issued {
    school: School,
    chats: Vec<Chat>,
    /// The links of the register that are to be on paper, by key.
    links: BTreeMap<String, String>,
    people: Vec<Value>,
}

impl Issued {
    /// Runs a sample. `held` are the chats whose link is missing or wrong.
    fn run(name: &str, held: [&str; 2]) -> Self {
        let school = School::sample(name);
        let answer = school.run();
        assert_eq!(answer.status, 0, "{}", answer.shown());
        let checked = school.call(&["check", "школа", "--json"]);
        let checked: Value = serde_json::from_str(&checked.stdout).expect("one JSON value");
        let kinds = checked["issues"].as_array().unwrap().iter().map(|issue| issue["kind"].as_str().unwrap());
        let told: Vec<_> = kinds.filter(|kind| *kind != "left_student").collect();
        // Kinds of groups that the act of the sample does not know.
        let without_chat = match name {
            "school-31" => 3,
            "school-62" => 2,
            _ => 0,
        };
        let mut expected = vec!["group_without_chat"; without_chat];
        expected.extend(["link_refused", "link_awaited"]);
        assert_eq!(told, expected, "what is wrong in {name} is what was put there");
        let plan = school.call(&["plan", "школа", "--date", DATE, "--json"]);
        let plan: Value = serde_json::from_str(&plan.stdout).expect("one JSON value");
        let pinned = plan["rules_to_pin"].as_object().unwrap();
        let is_message = |text: &Value| (1..=4000).contains(&text.as_str().unwrap().chars().count());
        assert!(pinned.values().all(is_message), "every chat of {name} has a text to pin of one message");
        let of_classes =
            plan["classes"].as_array().unwrap().iter().flat_map(|class| class["chats"].as_array().unwrap());
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let chats = of_classes.chain(plan["school"].as_array().unwrap()).map(|chat| Chat {
            key: text(&chat["key"]).unwrap(),
            class: text(&chat["class"]),
            topic: text(&chat["topic"]),
            audience: text(&chat["audience"]).unwrap(),
        });
        let chats: Vec<Chat> = chats.collect();
        let mut links = register(&school);
        assert_eq!(links.len(), chats.len(), "the register of {name} has a row for every chat");
        assert!(chats.iter().all(|chat| pinned.contains_key(&chat.key)) && pinned.len() == chats.len());
        for key in held {
            assert!(links.remove(key).is_some(), "{key}");
        }
        let people: Value = serde_json::from_str(include_str!("../../samples/people.json")).unwrap();
        Self { school, chats, links, people: people[name].as_array().unwrap().clone() }
    }

    fn classes(&self) -> BTreeSet<&str> {
        self.chats.iter().filter_map(|chat| chat.class.as_deref()).collect()
    }

    /// The chats of a class, or of the school, that have a link.
    fn linked<'a>(&'a self, class: Option<&'a str>) -> impl Iterator<Item = &'a Chat> {
        self.chats.iter().filter(move |chat| chat.class.as_deref() == class && self.links.contains_key(&chat.key))
    }

    fn file(&self, name: &str) -> Option<Vec<u8>> {
        std::fs::read(self.school.path().join("выдача").join(name)).ok()
    }

    fn paper(&self, class: Option<&str>, title: &str) -> Option<Vec<u8>> {
        let whose = class.unwrap_or("Школа");
        self.file(&format!("{whose}/{whose} {title}.pdf"))
    }

    /// Every pupil of a class, as the sample's maker knows them.
    fn pupils<'a>(&'a self, class: &'a str) -> impl Iterator<Item = &'a Value> {
        self.people.iter().filter(move |person| person["class"] == class)
    }
}

/// The names of a class that two pupils have, as papers tell them apart.
fn namesakes(issued: &Issued, class: &str) -> Vec<String> {
    let mut births = BTreeMap::<&str, Vec<Vec<&str>>>::new();
    for pupil in issued.pupils(class) {
        let [name, birth] = ["name", "birth_date"].map(|key| pupil[key].as_str().unwrap());
        births.entry(name).or_default().push(birth.split('-').collect());
    }
    let told_apart = |(name, births): (&str, Vec<Vec<&str>>)| {
        let one_year = births.iter().all(|birth| birth[0] == births[0][0]);
        let mark = |birth: &Vec<&str>| {
            if one_year { format!("(род. {}.{})", birth[2], birth[1]) } else { format!("({} г. р.)", birth[0]) }
        };
        births.iter().map(|birth| format!("{name} {}", mark(birth))).collect::<Vec<_>>()
    };
    births.into_iter().filter(|(_, births)| births.len() > 1).flat_map(told_apart).collect()
}

/// The links of the register by the keys of their chats, read without the program.
fn register(school: &School) -> BTreeMap<String, String> {
    let mut book: Xlsx<_> = open_workbook(school.path().join("ссылки.xlsx")).expect("the register");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("readable");
    let rows: Vec<Vec<String>> = sheet
        .rows()
        .map(|row| {
            row.iter().map(|cell| if let Data::String(text) = cell { text.clone() } else { String::new() }).collect()
        })
        .collect();
    let header = rows.iter().position(|row| row.iter().any(|cell| cell == "Ключ чата")).expect("a header");
    let column = |name: &str| rows[header].iter().position(|cell| cell == name).expect("a column");
    let (key, link) = (column("Ключ чата"), column("Ссылка"));
    rows[header + 1..]
        .iter()
        .filter(|row| !row[key].is_empty())
        .map(|row| (row[key].clone(), row[link].clone()))
        .collect()
}

/// Each poster holds one code, that of its chat; together they are the chats that have a link.
fn check_posters(issued: &Issued, class: Option<&str>) {
    let expected: BTreeMap<&str, &Chat> =
        issued.linked(class).map(|chat| (issued.links[&chat.key].as_str(), chat)).collect();
    let Some(pdf) = issued.paper(class, "Листы-приглашения") else {
        assert!(expected.is_empty(), "no posters for {class:?}");
        return;
    };
    assert!(pdf.len() < INVITATION_MAX, "{class:?}: {} bytes of posters", pdf.len());
    let mut found = BTreeSet::<String>::new();
    for (codes, text) in pixels::qr_texts(&pdf, POSTER_DPI).into_iter().zip(pdf_text::texts(&pdf)) {
        let [link] = codes.texts()[..] else { panic!("{:?} on a poster", codes.texts().len()) };
        let chat = expected[link];
        assert!(found.insert(link.to_owned()), "{} has two posters", chat.key);
        assert!(text.holds(link), "the link in clear on the poster of {}", chat.key);
        check_poster_text(chat, &text);
    }
    assert_eq!(found.len(), expected.len(), "a poster for every chat of {class:?}");
}

/// The words of a poster belong to the chat whose code it holds.
fn check_poster_text(chat: &Chat, text: &PageText) {
    let whom = match (chat.audience.as_str(), chat.key.rsplit('/').next().unwrap_or_default()) {
        ("parents", "родители") => "РОДИТЕЛЯМ (ЗАКОННЫМ ПРЕДСТАВИТЕЛЯМ)",
        ("parents", _) => "РОДИТЕЛЬСКОМУ АКТИВУ",
        ("students", "ученики") => "УЧЕНИКАМ",
        _ => "",
    };
    assert!(text.holds(whom), "«{whom}» on the poster of {}", chat.key);
    if let Some(class) = &chat.class {
        let letter = class.trim_start_matches(|digit: char| digit.is_ascii_digit());
        let grade = &class[..class.len() - letter.len()];
        let badge = if letter.is_empty() { grade.to_owned() } else { format!("{grade} «{letter}»") };
        assert!(text.holds(&badge), "«{badge}» on the poster of {}", chat.key);
    }
    if let Some(topic) = &chat.topic {
        assert!(text.holds(topic), "«{topic}» on the poster of {}", chat.key);
    }
}

/// A slip per pupil and chat with a link, each with the code of that chat and of no other.
fn check_slips(issued: &Issued, class: &str) {
    let pdf = issued.paper(Some(class), "Талоны");
    let link = |whom: &str| issued.links.get(&format!("{class}/{whom}")).map(String::as_str);
    let (parents, students) = (link("родители"), link("ученики"));
    let Some(pdf) = pdf else {
        assert_eq!((parents, students), (None, None), "no slips for {class}");
        return;
    };
    assert!(pdf.len() < INVITATION_MAX, "{class}: {} bytes of slips", pdf.len());
    let mut texts = BTreeMap::<&str, Vec<PageText>>::new();
    let mut slips = BTreeMap::<&str, usize>::new();
    for (codes, text) in pixels::qr_texts(&pdf, SLIP_DPI).into_iter().zip(pdf_text::texts(&pdf)) {
        let whom = if text.holds("РОДИТЕЛЯМ") { "родители" } else { "ученики" };
        assert_eq!(text.holds("УЧЕНИКУ"), whom == "ученики", "one audience on a page of {class}");
        assert!(
            codes.texts().iter().all(|code| Some(*code) == link(whom)),
            "a page of {class} with another chat's code"
        );
        *slips.entry(whom).or_default() += codes.codes.len();
        texts.entry(whom).or_default().push(text);
    }
    let pupils = issued.pupils(class).count();
    for whom in ["родители", "ученики"] {
        let expected = if link(whom).is_some() { pupils } else { 0 };
        assert_eq!(slips.get(whom).copied().unwrap_or_default(), expected, "slips of {class} for {whom}");
        for pupil in issued.pupils(class).filter(|_| expected > 0) {
            let words: Vec<_> = pupil["name"].as_str().unwrap().split(' ').take(2).collect();
            let name = words.join(" ");
            assert!(texts[whom].iter().any(|text| text.holds(&name)), "the slip of {name} for {whom}");
        }
        for name in namesakes(issued, class).iter().filter(|_| expected > 0) {
            assert!(texts[whom].iter().any(|text| text.holds(name)), "the slip of {name} for {whom}");
        }
    }
}

/// The form names every pupil and every parent as they are typed, the memo every chat.
fn check_form_and_memo(issued: &Issued, class: &str) {
    let form = pdf_text::texts(&issued.paper(Some(class), "Лист ознакомления").expect("the form"));
    let holds = |text: &str| form.iter().any(|page| page.holds(text));
    for pupil in issued.pupils(class) {
        assert!(holds(pupil["name"].as_str().unwrap()), "{} on the form", pupil["name"]);
        for parent in pupil["parents"].as_array().unwrap() {
            assert!(holds(parent["name"].as_str().unwrap()), "{} on the form", parent["name"]);
        }
    }
    for name in namesakes(issued, class) {
        assert!(holds(&name), "{name} on the form");
    }
    for word in ["Лист ознакомления", "родителей (законных представителей)", "№", "не является согласием"]
    {
        assert!(holds(word), "«{word}» on the form of {class}");
    }
    let memo = pdf_text::texts(&issued.paper(Some(class), "Памятка модератора").expect("the memo"));
    let holds = |text: &str| memo.iter().any(|page| page.holds(text));
    for chat in issued.chats.iter().filter(|chat| chat.class.as_deref() == Some(class)) {
        assert!(chat.topic.as_deref().is_none_or(holds), "{} in the memo", chat.key);
    }
    let links = form.iter().chain(&memo).any(|page| page.holds("max.ru/join/EXAMPLE"));
    assert!(!links, "a link on the form or in the memo of {class}");
}

/// The letter goes to one address, carries exactly the papers of its class and shows neither links nor pupils.
fn check_letter(issued: &Issued, class: &str) {
    let letter = issued.file(&format!("Письма/{class}.eml")).expect("the letter");
    let message = MessageParser::default().parse(&letter).expect("a letter");
    let to: Vec<_> = message.to().unwrap().iter().filter_map(|address| address.address()).collect();
    assert!(matches!(to[..], [one] if one.ends_with("@example.org")), "{to:?}");
    assert!(message.cc().is_none() && message.bcc().is_none());
    let attached: BTreeMap<String, &[u8]> =
        message.attachments().map(|part| (part.attachment_name().unwrap().to_owned(), part.contents())).collect();
    let mut of_class = issued.school.files(&format!("выдача/{class}"));
    of_class.retain(|(name, bytes)| attached.get(name).is_some_and(|attached| attached == bytes));
    assert_eq!(of_class.len(), attached.len(), "only papers of {class}");
    assert_eq!(attached.len(), issued.school.files(&format!("выдача/{class}")).len(), "all papers of {class}");
    let texts = [message.body_text(0), message.body_html(0)].map(|text| text.expect("text and HTML").into_owned());
    let shown = format!("{} {} {}", message.subject().unwrap(), texts[0], texts[1]);
    assert!(!shown.contains("/join/"), "a link in the text of {class}");
    for pupil in issued.pupils(class) {
        assert!(!shown.contains(pupil["name"].as_str().unwrap()), "a pupil in the text of {class}");
    }
}

fn check(name: &str, held: [&str; 2]) {
    let issued = Issued::run(name, held);
    let classes = issued.classes();
    assert_eq!(classes.len(), issued.people.iter().map(|pupil| pupil["class"].as_str()).collect::<BTreeSet<_>>().len());
    classes.par_iter().for_each(|class| {
        check_posters(&issued, Some(class));
        check_slips(&issued, class);
        check_form_and_memo(&issued, class);
        check_letter(&issued, class);
    });
    check_posters(&issued, None);

    // A second run with the same date: the same bytes, and nothing was taken away.
    let first = issued.school.files("выдача");
    let again = issued.school.run();
    assert_eq!(again.status, 0, "{}", again.shown());
    assert!(issued.school.files("выдача") == first, "the second run of {name} differs");
}

#[test]
fn school_62() {
    check("school-62", ["6В/родители", "8А/ученики"]);
}

#[test]
fn belomorsk() {
    check("belomorsk", ["8Б/ученики", "школа/учительская"]);
}

#[test]
fn school_50() {
    check("school-50", ["6А/ученики", "3Б/учителя"]);
}

#[test]
fn school_31() {
    check("school-31", ["7Б/ученики", "9А/учителя"]);
}

#[test]
fn school_65() {
    check("school-65", ["4Б/ученики", "6А/учителя"]);
}
