//! Addresses of the school's own site on papers: shut off with the chat, replaced when one has leaked, never given again.

use std::collections::BTreeSet;
use std::fs;

use zavuch::school::Piece;
use zavuch::store::{LinkLife, Store};

use crate::handed_out;
use crate::links::{CLASSES, links, print_short};
use crate::small_school::{FIRST, ListForm, SECOND, SmallSchool};

const PARENTS: &str = "7А/родители";
const SITE: &str = "https://go.school.example.org/";

/// A school whose papers carry addresses, printed and published.
fn published() -> SmallSchool {
    let school = SmallSchool::of(&CLASSES);
    print_short(&school);
    let answer = school.applied(FIRST);
    assert!(answer.stdout.contains("страниц на нём ещё нет"), "{}", answer.shown());
    links(&school, &["опубликовать", "сайт", "школа", "--date", FIRST], 0);
    school
}

/// The addresses that a chat ever had, oldest first.
fn addresses(school: &SmallSchool, chat: &str) -> Vec<String> {
    let store = Store::read(&school.path()).expect("readable").expect("a store");
    let own = store.short_links().expect("short links").into_iter();
    own.filter(|one| one.chat.as_ref().is_some_and(|key| key.as_str() == chat))
        .map(|one| format!("{SITE}{}", one.token.as_str()))
        .collect()
}

fn page(school: &SmallSchool, address: &str) -> String {
    let token = address.strip_prefix(SITE).expect("an address");
    fs::read_to_string(school.beside().join("сайт").join(token).join("index.html")).expect("a page")
}

/// Whether a paper with a code of the chat holds in the store.
fn holds(school: &SmallSchool, chat: &str) -> bool {
    school
        .state()
        .papers
        .keys()
        .any(|id| matches!(&id.piece, Piece::Poster { chat: of } | Piece::Slip { chat: of, .. } if of.as_str() == chat))
}

/// All codes of the papers in «выдача/».
fn printed(school: &SmallSchool) -> BTreeSet<String> {
    let has_codes = |name: &str| {
        ["Талоны.pdf", "приглашения.pdf"].iter().any(|end| name.ends_with(end)) || name.contains("Изменения")
    };
    let pdfs = school.stamps().into_iter().filter(|(name, _)| name.starts_with("выдача/7") && has_codes(name));
    pdfs.flat_map(|(_, (bytes, _))| handed_out::codes(&bytes)).collect()
}

#[test]
fn papers_of_a_revoked_chat_are_void_at_once() {
    let mut school = published();
    let [address] = addresses(&school, PARENTS).try_into().expect("one address");
    let answer = links(&school, &["отозвать", PARENTS, "школа", "--why", "чат не нужен", "--date", SECOND], 0);
    assert!(answer.stdout.contains("уничтожить"), "{}", answer.shown());
    assert!(!holds(&school, PARENTS) && !printed(&school).contains(&address));
    let void = handed_out::void(&school.output("7А/7А Изменения 08.09.2026 № 1.pdf"));
    assert!(void.len() == 4 && void.iter().all(|one| one.why == "чат не нужен"), "{void:?}");
    assert!(page(&school, &address).contains("отозвана"));
    assert_eq!(school.call(&["план", "школа", "--date", SECOND, "--check"]).status, 0, "nothing is left for later");

    // A newcomer gets no slip for the chat.
    school.arrive("7А");
    school.save_lists(ListForm::Csv);
    school.applied("2026-09-09");
    assert!(!holds(&school, PARENTS) && !printed(&school).contains(&address));

    // Who brings the chat back gives it another address: the old papers stay void.
    let new = school.new_link(PARENTS);
    fs::write(school.beside().join("п.txt"), format!("7А родители {new}\n")).expect("a file");
    links(&school, &["принять", "школа", "п.txt", "--date", "2026-09-10"], 0);
    assert!(!page(&school, &address).contains(&new));
    school.applied("2026-09-10");
    let all = addresses(&school, PARENTS);
    assert_eq!((all.len(), &all[0]), (2, &address));
    assert!(page(&school, &address).contains("отозвана") && page(&school, &all[1]).contains(&new));
    assert!(holds(&school, PARENTS) && printed(&school).contains(&all[1]) && !printed(&school).contains(&address));
}

/// A chat whose link is being renewed, or whose new link is not printed yet, is given up: its papers hold by their address.
#[test]
fn a_chat_is_given_up_while_its_link_is_renewed() {
    for is_given in [false, true] {
        let mut school = published();
        let [address] = addresses(&school, PARENTS).try_into().expect("one address");
        links(&school, &["обновить", PARENTS, "школа", "--why", "утекла", "--date", SECOND], 0);
        if is_given {
            let new = school.new_link(PARENTS);
            fs::write(school.beside().join("п.txt"), format!("7А родители {new}\n")).expect("a file");
            links(&school, &["принять", "школа", "п.txt", "--date", SECOND], 0);
        }
        let answer = links(&school, &["отозвать", PARENTS, "школа", "--why", "не нужен", "--date", SECOND], 0);
        assert!(answer.stdout.contains("уничтожить"), "{}", answer.shown());
        assert!(!holds(&school, PARENTS) && page(&school, &address).contains("отозвана"));
        let plan = school.call(&["план", "школа", "--date", SECOND, "--check"]);
        assert!(plan.status == 0 && !plan.stdout.contains("ждут ссылку"), "{}", plan.shown());
    }
}

#[test]
fn an_address_has_leaked() {
    let school = published();
    let link = school.register[PARENTS].clone();
    let [old] = addresses(&school, PARENTS).try_into().expect("one address");
    let arguments = ["обновить", PARENTS, "школа", "--новый-адрес", "--why", "талон выложили в сеть", "--date", SECOND];
    let answer = links(&school, &arguments, 0);
    assert!(answer.stdout.contains("Лучше сменить и её"), "{}", answer.shown());
    let all = addresses(&school, PARENTS);
    let [first, new] = all.as_slice() else { panic!("{all:?}") };
    assert!(*first == old && *new != old);
    assert!(page(&school, &old).contains("отозвана") && !page(&school, &old).contains(&link));
    assert!(page(&school, new).contains(&link));
    let sheet = school.output("7А/7А Изменения 08.09.2026 № 1.pdf");
    let void = handed_out::void(&sheet);
    assert!(void.len() == 4 && void.iter().all(|one| one.why == "талон выложили в сеть"), "{void:?}");
    assert_eq!(handed_out::codes(&sheet), BTreeSet::from([new.clone()]));
    assert!(printed(&school).contains(new) && !printed(&school).contains(&old));
    assert_eq!(school.call(&["план", "школа", "--date", SECOND, "--check"]).status, 0);
    // The link stays.
    let store = Store::read(&school.path()).expect("readable").expect("a store");
    assert!(store.links().expect("links").iter().all(|one| one.link.life == LinkLife::Active));
    let told = school.call(&["почему", PARENTS, "школа"]);
    assert!(told.stdout.contains("новый адрес на сайте школы"), "{}", told.shown());
}

#[test]
fn only_papers_with_addresses_can_have_another_one() {
    let school = SmallSchool::issued(&CLASSES);
    let answer = links(&school, &["обновить", PARENTS, "школа", "--new-address", "--why", "утёк"], 2);
    assert!(answer.stderr.contains("стоят сами ссылки MAX"), "{}", answer.shown());
}

#[test]
fn a_site_whose_folder_is_gone_or_is_another_one() {
    let school = published();
    let answer = links(&school, &["опубликовать", "новый сайт", "школа", "--date", FIRST, "--json"], 0);
    let json: serde_json::Value = serde_json::from_str(&answer.stdout).expect("one JSON value");
    assert_eq!(json["sites"].as_array().map(Vec::len), Some(2), "{json}");
    fs::remove_dir_all(school.beside().join("новый сайт")).expect("the folder goes");
    let answer = links(&school, &["обновить", PARENTS, "школа", "--why", "утекла", "--date", SECOND], 0);
    assert!(answer.stdout.contains("на сайте всё осталось как было"), "{}", answer.shown());
    // The one of before is kept up to date.
    assert!(answer.stdout.contains("Страницы сайта обновлены"), "{}", answer.shown());
    let [address] = addresses(&school, PARENTS).try_into().expect("one address");
    assert!(!page(&school, &address).contains("/join/"));

    // One of before that is gone is told once.
    links(&school, &["опубликовать", "новый сайт", "школа", "--date", SECOND], 0);
    fs::remove_dir_all(school.beside().join("сайт")).expect("the folder goes");
    let answer = links(&school, &["обновить", "7Б/родители", "школа", "--why", "утекла", "--date", SECOND], 0);
    assert!(answer.stdout.contains("Прежней папки сайта больше нет"), "{}", answer.shown());
    let answer = links(&school, &["обновить", "7Б/ученики", "школа", "--why", "утекла", "--date", SECOND], 0);
    assert!(!answer.stdout.contains("Прежней папки"), "{}", answer.shown());
}

/// Gives a chat a new link by mail.
fn receive(school: &mut SmallSchool, chat: &str, on: &str) -> String {
    let link = school.new_link(chat);
    let words = chat.replace('/', " ");
    fs::write(school.beside().join("п.txt"), format!("{words} {link}\n")).expect("a file");
    links(school, &["принять", "школа", "п.txt", "--date", on], 0);
    link
}

#[test]
fn what_else_waits_is_judged_before_anything_is_written() {
    // A new link is there, and one of another chat is not applied yet.
    let mut school = published();
    let [address] = addresses(&school, PARENTS).try_into().expect("one address");
    let new = receive(&mut school, PARENTS, SECOND);
    receive(&mut school, "7Б/родители", SECOND);
    let before = lives_of_all(&school);
    links(&school, &["отозвать", PARENTS, "школа", "--why", "не нужен", "--date", SECOND], 2);
    assert_eq!(lives_of_all(&school), before);
    assert!(page(&school, &address).contains(&new));

    // The link is being renewed, and one of another chat is not applied yet.
    let mut school = published();
    let [address] = addresses(&school, PARENTS).try_into().expect("one address");
    links(&school, &["обновить", PARENTS, "школа", "--why", "утекла", "--date", SECOND], 0);
    receive(&mut school, "7Б/родители", SECOND);
    let before = lives_of_all(&school);
    links(&school, &["отозвать", PARENTS, "школа", "--why", "не нужен", "--date", SECOND], 2);
    assert_eq!(lives_of_all(&school), before);
    assert!(page(&school, &address).contains("обновля"));
    school.applied(SECOND);
    links(&school, &["отозвать", PARENTS, "школа", "--why", "не нужен", "--date", SECOND], 0);
    assert!(!holds(&school, PARENTS) && page(&school, &address).contains("отозвана"));
}

fn lives_of_all(school: &SmallSchool) -> Vec<String> {
    let store = Store::read(&school.path()).expect("readable").expect("a store");
    let links = store.links().expect("links").into_iter();
    links.map(|one| format!("{:?} {} {:?}", one.chat, one.link.url.as_str(), one.link.life)).collect()
}

#[test]
fn whoever_gives_up_a_chat_is_told_to_put_the_pages_on_the_site() {
    let mut school = published();
    links(&school, &["обновить", PARENTS, "школа", "--why", "утекла", "--date", SECOND], 0);
    receive(&mut school, PARENTS, SECOND);
    let answer = links(&school, &["отозвать", PARENTS, "школа", "--why", "не нужен", "--date", SECOND], 0);
    assert!(answer.stdout.contains("Выложите эту папку"), "{}", answer.shown());
    assert!(answer.stdout.contains("обновить в MAX ссылку чата «7А — родители»"), "{}", answer.shown());
    let again = links(&school, &["отозвать", PARENTS, "школа", "--why", "не нужен", "--date", SECOND], 1);
    assert!(again.stderr.contains("выложите её целиком"), "{}", again.shown());
    // The same for other programs.
    receive(&mut school, "7Б/родители", SECOND);
    school.applied(SECOND);
    let arguments = ["отозвать", "7Б/родители", "школа", "--why", "не нужен", "--date", SECOND, "--json"];
    let json: serde_json::Value = serde_json::from_str(&links(&school, &arguments, 0).stdout).expect("one JSON value");
    assert_eq!(json["sites"].as_array().map(Vec::len), Some(1), "{json}");
}

#[test]
fn a_wrong_new_link_is_undone() {
    for is_short in [false, true] {
        let mut school = if is_short { published() } else { SmallSchool::issued(&CLASSES) };
        let old = school.register[PARENTS].clone();
        let before = school.stamps();
        let wrong = receive(&mut school, PARENTS, SECOND);
        let again = links(&school, &["принять", "школа", "п.txt", "--date", SECOND, "--json"], 0);
        assert!(!again.shown().contains(&wrong));
        // Whatever else waits.
        receive(&mut school, "7Б/родители", SECOND);
        let refused = links(&school, &["обновить", PARENTS, "школа", "--why", "не та", "--date", SECOND], 2);
        assert!(refused.stderr.contains("zavuch ссылки вернуть"), "{}", refused.shown());
        let answer = links(&school, &["вернуть", PARENTS, "школа", "--date", SECOND], 0);
        assert!(answer.stdout.contains("остаётся прежняя"), "{}", answer.shown());
        let table = crate::links::register(&school);
        assert!(table.iter().any(|line| line.contains(&old)) && table.iter().all(|line| !line.contains(&wrong)));
        links(&school, &["вернуть", PARENTS, "школа", "--date", SECOND], 1);
        if is_short {
            let [address] = addresses(&school, PARENTS).try_into().expect("one address");
            assert!(page(&school, &address).contains(&old));
        }
        school.applied(SECOND);
        assert_eq!(school.state().links[&zavuch::school::ChatKey::of(&["7А", "родители"])].as_str(), old);
        let touched = crate::stamps::issued(&before, &school.stamps());
        assert!(touched.iter().all(|name| !name.contains("7А")), "{touched:?}");
        fs::write(school.beside().join("п.txt"), format!("7А родители {wrong}\n")).expect("a file");
        links(&school, &["принять", "школа", "п.txt", "--date", SECOND], 1);
    }
}

/// Import tells how a mistake is undone.
#[test]
fn a_new_link_says_how_it_is_undone() {
    let mut school = SmallSchool::issued(&CLASSES);
    let link = school.new_link(PARENTS);
    fs::write(school.beside().join("п.txt"), format!("7А родители {link}\n")).expect("a file");
    let answer = links(&school, &["принять", "школа", "п.txt", "--date", SECOND], 0);
    assert!(answer.stderr.contains("zavuch ссылки вернуть"), "{}", answer.shown());
}

/// One was given and another one typed into the register: all of them go with the chat.
#[test]
fn a_chat_that_is_given_up_loses_all_of_its_links() {
    let mut school = published();
    let given = receive(&mut school, PARENTS, SECOND);
    let typed = school.new_link(PARENTS);
    let lines: Vec<String> = crate::links::register_or_own(&school)
        .into_iter()
        .map(|(chat, link)| format!("{chat};{}", if chat == PARENTS { &typed } else { &link }))
        .collect();
    for name in ["ссылки.xlsx", "ссылки (прежняя).csv"] {
        let _ = fs::remove_file(school.path().join(name));
    }
    school.write("ссылки.csv", format!("Ключ чата;Ссылка\n{}\n", lines.join("\n")).as_bytes());
    links(&school, &["отозвать", PARENTS, "школа", "--why", "не нужен", "--date", SECOND], 0);
    let all = lives_of_all(&school);
    for link in [&given, &typed, &school.register[PARENTS]] {
        assert!(all.iter().any(|one| one.contains(link) && one.ends_with("Revoked")), "{all:?}");
    }
    school.applied(SECOND);
    assert!(!holds(&school, PARENTS));
    assert!(crate::links::register(&school).iter().all(|line| !line.contains(&typed) && !line.contains(&given)));
}

/// From addresses of the site to the links themselves: those papers are void, and the chat can be given up as ever.
#[test]
fn from_addresses_to_links() {
    let school = published();
    let [address] = addresses(&school, PARENTS).try_into().expect("one address");
    let settings = fs::read_to_string(school.path().join("zavuch.toml")).expect("settings");
    school.write("zavuch.toml", settings.replace(crate::links::SHORT, "\n").as_bytes());
    school.applied(SECOND);
    assert!(page(&school, &address).contains("отозвана") && !printed(&school).contains(&address));
    links(&school, &["обновить", PARENTS, "школа", "--why", "утекла", "--date", SECOND], 0);
    let answer = links(&school, &["отозвать", PARENTS, "школа", "--why", "не нужен", "--date", SECOND], 0);
    assert!(answer.stdout.contains("Ссылка отозвана"), "{}", answer.shown());
}

#[test]
fn an_address_has_leaked_while_the_link_is_renewed() {
    let school = published();
    links(&school, &["обновить", PARENTS, "школа", "--why", "утекла", "--date", SECOND], 0);
    let arguments = ["обновить", PARENTS, "школа", "--новый-адрес", "--why", "талон в сети", "--date", SECOND];
    let answer = links(&school, &arguments, 0);
    assert!(answer.stdout.contains("когда придёт новая ссылка"), "{}", answer.shown());
    assert!(!answer.stdout.contains("осталась прежней"), "{}", answer.shown());
}

/// A letter with codes that are dead is not left to be sent.
#[test]
fn letters_with_dead_addresses_go() {
    let mut school = published();
    school.arrive("7А");
    school.save_lists(ListForm::Csv);
    school.applied("2026-09-02");
    let letter = "выдача/Письма/7А 02.09.2026 № 1.eml";
    assert!(school.path().join(letter).is_file());
    let arguments = ["обновить", PARENTS, "школа", "--новый-адрес", "--why", "талон в сети", "--date", "2026-09-03"];
    links(&school, &arguments, 0);
    assert!(!school.path().join(letter).exists(), "its slip has the address of before");
}

#[test]
fn nothing_is_published_before_there_are_addresses() {
    let school = SmallSchool::issued(&CLASSES);
    print_short(&school);
    let answer = links(&school, &["опубликовать", "сайт", "школа", "--date", FIRST], 2);
    assert!(answer.stderr.contains("ни у одного чата ещё нет адреса"), "{}", answer.shown());
    assert!(!school.beside().join("сайт").exists());
    // What is not recorded is not told: the next run would make another one.
    let shown = links(&school, &["список", "школа", "--show-links", "--json"], 0);
    assert!(!shown.stdout.contains(SITE), "{}", shown.shown());
}

#[test]
fn a_link_that_is_on_no_paper_is_taken_back() {
    let mut school = SmallSchool::issued(&CLASSES);
    let [first, second] = [school.new_link(PARENTS), school.new_link(PARENTS)];
    let mut fresh = SmallSchool::of(&CLASSES);
    fresh.register.insert(PARENTS.to_owned(), String::new());
    fresh.save_register();
    fresh.applied(FIRST);
    let lives = |school: &SmallSchool| {
        let store = Store::read(&school.path()).expect("readable").expect("a store");
        store.links_of_chat(&zavuch::school::ChatKey::of(&["7А", "родители"])).expect("links")
    };
    for (link, verb, life, count) in
        [(first, "обновить", LinkLife::Reissued, 1), (second, "отозвать", LinkLife::Revoked, 2)]
    {
        fs::write(fresh.beside().join("п.txt"), format!("7А родители {link}\n")).expect("a file");
        links(&fresh, &["принять", "школа", "п.txt", "--date", SECOND], 0);
        let answer = links(&fresh, &[verb, PARENTS, "школа", "--why", "не та", "--date", SECOND], 0);
        assert!(answer.stdout.contains("уничтожать нечего"), "{}", answer.shown());
        let all = lives(&fresh);
        assert_eq!((all.len(), all.last().map(|one| one.life)), (count, Some(life)));
        assert!(crate::links::register(&fresh).iter().all(|line| !line.contains(&link)));
        fresh.applied(SECOND);
        assert!(!holds(&fresh, PARENTS));
        // It is never taken again.
        links(&fresh, &["принять", "школа", "п.txt", "--date", SECOND], 1);
    }

    // Nobody waits for the successor of a link any more.
    let direct = SmallSchool::issued(&CLASSES);
    links(&direct, &["обновить", PARENTS, "школа", "--why", "утекла", "--date", SECOND], 0);
    links(&direct, &["отозвать", PARENTS, "школа", "--why", "не нужен", "--date", SECOND], 0);
    assert_eq!(lives(&direct).iter().map(|one| one.life).collect::<Vec<_>>(), [LinkLife::Reissued, LinkLife::Revoked]);

    // Where another one is on papers, a new one is the way out and not the leak; a chat that is given up loses both.
    let third = school.new_link(PARENTS);
    fs::write(school.beside().join("п.txt"), format!("7А родители {third}\n")).expect("a file");
    links(&school, &["принять", "школа", "п.txt", "--date", SECOND], 0);
    let answer = links(&school, &["обновить", PARENTS, "школа", "--why", "утекла", "--date", SECOND], 2);
    assert!(answer.stderr.contains("новая займёт её место"), "{}", answer.shown());
    links(&school, &["отозвать", PARENTS, "школа", "--why", "не нужен", "--date", SECOND], 0);
    let ends: BTreeSet<String> = lives(&school).iter().map(|one| format!("{:?}", one.life)).collect();
    assert_eq!(ends, BTreeSet::from(["Revoked".to_owned()]));
}
