//! Whatever happens to links, in whatever order: no paper that holds and no published page leads to a link that is void.

use std::collections::BTreeMap;
use std::fs;

use zavuch::school::Piece;
use zavuch::store::{LinkLife, LinkOfChat, Store};

use crate::handed_out;
use crate::links::{CLASSES, print_short};
use crate::small_school::SmallSchool;

/// A small generator of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

/// What the store says of every link, and the pages of all addresses that were ever given out.
struct Memory {
    lives: BTreeMap<String, LinkLife>,
    /// The chat of every link.
    owners: BTreeMap<String, String>,
    /// By the address on papers.
    pages: BTreeMap<String, Address>,
}

/// An address of the school's own site.
struct Address {
    chat: Option<String>,
    is_void: bool,
    /// What stands there; `None` while the site is not published.
    page: Option<String>,
}

impl Address {
    /// Where its page leads.
    fn link(&self) -> Option<&str> {
        self.page.as_deref()?.split('"').find(|part| part.contains("/join/"))
    }
}

impl Memory {
    fn of(school: &SmallSchool) -> Self {
        let store = Store::read(&school.path()).expect("readable").expect("a store");
        let links = store.links().expect("links");
        let chat = |one: &LinkOfChat| one.chat.as_ref().map(ToString::to_string).unwrap_or_default();
        let owners = links.iter().map(|one| (one.link.url.as_str().to_owned(), chat(one))).collect();
        let lives = links.iter().map(|one| (one.link.url.as_str().to_owned(), one.link.life));
        let is_published = !store.sites().expect("sites").is_empty();
        let pages = store.short_links().expect("short links").into_iter().map(|one| {
            // Once published, every address has its page after every call, the same in all folders.
            let read = |site: &str| {
                let folder = school.beside().join(site);
                let page = folder.join(one.token.as_str()).join("index.html");
                (is_published && folder.is_dir()).then(|| fs::read_to_string(page).expect("a page"))
            };
            let (page, other) = (read("сайт"), read("другой сайт"));
            assert!(page.is_none() || other.is_none() || page == other, "two folders say two things");
            let page = page.or(other);
            let chat = one.chat.map(|key| key.to_string());
            let address = Address { chat, is_void: one.ended.is_some(), page };
            (format!("https://go.school.example.org/{}", one.token.as_str()), address)
        });
        Self { owners, pages: pages.collect(), lives: lives.collect() }
    }

    fn holds(&self, link: &str) -> bool {
        matches!(self.lives.get(link), Some(LinkLife::Active | LinkLife::Received))
    }
}

fn check(school: &SmallSchool, is_short: bool, step: &str) {
    let memory = Memory::of(school);
    let state = school.state();
    for (address, one) in &memory.pages {
        if let Some(link) = one.link() {
            assert!(!one.is_void && memory.holds(link), "after {step}: the page {address} leads to a void link");
            assert_eq!(one.chat.as_ref(), memory.owners.get(link), "after {step}: a page leads to another chat");
        }
        let Some(page) = &one.page else { continue };
        assert_eq!(page.contains("отозвана"), one.is_void, "after {step}: {address}");
        // Whoever has the link of now is led to it: the one that was given, or the one that is printed.
        let chat = one.chat.as_ref().filter(|_| !one.is_void);
        let active = chat.and_then(|chat| state.links.iter().find(|(key, _)| key.as_str() == chat));
        assert!(active.is_none() || one.link().is_some(), "after {step}: {address} leads nowhere");
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (name, (bytes, _)) in school.stamps() {
        let pdfs = if name.starts_with("выдача/Письма/") {
            handed_out::letter(&bytes).pdfs()
        } else if name.starts_with("выдача/") && handed_out::is_pdf(&bytes) {
            vec![bytes]
        } else {
            continue;
        };
        // What must be destroyed is not taken out of the hands by taking away the sheet that says so.
        let may_be_void = pdfs.iter().any(|pdf| !handed_out::void(pdf).is_empty());
        let is_whole = name.ends_with("Талоны.pdf") || name.ends_with("Листы-приглашения.pdf");
        for paper in pdfs.iter().flat_map(|pdf| handed_out::papers(pdf)) {
            let (chat, holds) = if is_short {
                let one = memory.pages.get(&paper.link);
                let one = one.unwrap_or_else(|| panic!("after {step}: {name} has an address that nobody gave"));
                (one.chat.clone(), !one.is_void)
            } else {
                (memory.owners.get(&paper.link).cloned(), memory.holds(&paper.link))
            };
            assert!(may_be_void || holds, "after {step}: {name} has a void code");
            if is_whole {
                *seen.entry(chat.unwrap_or_default()).or_default() += 1;
            }
        }
    }
    // A paper that holds in the store is of a chat that has its address.
    for id in state.papers.keys() {
        let (Piece::Poster { chat } | Piece::Slip { chat, .. }) = &id.piece else { continue };
        let has = if is_short { state.short.contains_key(chat) } else { state.links.contains_key(chat) };
        assert!(has, "after {step}: {id:?} holds without an address");
    }
    // Every paper that holds was looked at.
    let mut held: BTreeMap<String, usize> = BTreeMap::new();
    for chat in state.papers.keys().filter_map(|id| id.piece.chat()) {
        *held.entry(chat.to_string()).or_default() += 1;
    }
    assert_eq!(seen, held, "after {step}: papers by the chat that their code leads to");
}

/// Follows a school, and answers how often each step was carried out.
fn follow(seed: u64, steps: usize, is_short: bool) -> BTreeMap<&'static str, usize> {
    let mut school = SmallSchool::of(&CLASSES[..1]);
    if is_short {
        print_short(&school);
    }
    school.applied("2026-09-01");
    let keys: Vec<String> = school.register.keys().filter(|key| key.starts_with("7А")).cloned().collect();
    let mut dice = Dice(seed);
    let mut day = 1;
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    for _ in 0..steps {
        day += dice.roll(2);
        let date = format!("2026-{:02}-{:02}", 9 + day / 28, day % 28 + 1);
        let key = keys[dice.roll(keys.len())].clone();
        let letter = school.beside().join("письмо.csv");
        let step = [
            "receive",
            "receive again",
            "replace by hand",
            "reissue",
            "revoke",
            "unclaimed",
            "publish",
            "apply",
            "undo",
            "publish elsewhere",
            "readdress",
        ][dice.roll(if is_short { 11 } else { 9 })];
        if matches!(step, "reissue" | "readdress" | "revoke" | "unclaimed") && dice.roll(3) > 0 {
            // Nothing else may wait then.
            school.apply(&date);
            check(&school, is_short, "apply");
        }
        let answer = match step {
            "receive" => {
                let link = school.new_link(&key);
                fs::write(&letter, format!("Ключ чата;Ссылка\n{key};{link}\n")).expect("a file");
                school.call(&["ссылки", "принять", "школа", "письмо.csv", "--date", &date])
            }
            "receive again" if letter.exists() => {
                school.call(&["ссылки", "принять", "школа", "письмо.csv", "--date", &date])
            }
            "replace by hand" => {
                // Somebody types a new link into the table as it lies there.
                let link = school.new_link(&key);
                let lines: Vec<String> = crate::links::register_or_own(&school)
                    .into_iter()
                    .map(|(chat, old)| format!("{chat};{}", if chat == key { &link } else { &old }))
                    .collect();
                for name in ["ссылки.xlsx", "ссылки.csv"] {
                    let _ = fs::remove_file(school.path().join(name));
                }
                for name in school.stamps().into_keys().filter(|name| name.contains("прежняя")) {
                    fs::remove_file(school.path().join(name)).expect("a former register");
                }
                school.write("ссылки.csv", format!("Ключ чата;Ссылка\n{}\n", lines.join("\n")).as_bytes());
                school.apply(&date)
            }
            "reissue" => school.call(&["ссылки", "обновить", &key, "школа", "--why", "утекла", "--date", &date]),
            "revoke" => school.call(&["ссылки", "отозвать", &key, "школа", "--why", "не нужен", "--date", &date]),
            "readdress" => {
                school.call(&["ссылки", "обновить", &key, "школа", "--new-address", "--why", "утёк", "--date", &date])
            }
            "unclaimed" => school.call(&[
                "ссылки",
                "отозвать",
                "школа",
                "--unclaimed",
                "--older-than",
                "9d",
                "--yes",
                "--date",
                &date,
            ]),
            "undo" => school.call(&["ссылки", "вернуть", &key, "школа", "--date", &date]),
            "publish elsewhere" => school.call(&["ссылки", "опубликовать", "другой сайт", "школа", "--date", &date]),
            "publish" if is_short => school.call(&["ссылки", "опубликовать", "сайт", "школа", "--date", &date]),
            _ => school.apply(&date),
        };
        assert!(answer.status < 3, "{step} {key}: {}", answer.shown());
        *done.entry(step).or_default() += usize::from(answer.status == 0);
        check(&school, is_short, step);
    }
    done
}

/// What the model is for did happen.
#[track_caller]
fn happened(all: &[BTreeMap<&str, usize>], steps: &[&str]) {
    for step in steps {
        assert!(
            all.iter().any(|done| done.get(step).is_some_and(|times| *times > 0)),
            "{step} never happened: {all:?}"
        );
    }
}

#[test]
fn no_paper_leads_to_a_void_link() {
    let all = [0x2545_f491, 0x1234_5677].map(|seed| follow(seed, 40, false));
    happened(&all, &["receive", "replace by hand", "reissue", "revoke", "unclaimed", "apply"]);
}

#[test]
fn no_page_leads_to_a_void_link() {
    let all = [0x0000_beef, 0x0bad_cafe, 0x5eed_0007].map(|seed| follow(seed, 40, true));
    let steps =
        ["receive", "replace by hand", "reissue", "readdress", "revoke", "unclaimed", "undo", "publish", "apply"];
    happened(&all, &[steps.as_slice(), &["publish elsewhere"]].concat());
}
