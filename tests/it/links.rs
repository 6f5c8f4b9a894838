//! `links`: what people send back, taken in; links revoked and renewed; what the papers, the register and the store say then.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use rust_xlsxwriter::Workbook;
use serde_json::Value;
use zavuch::store::{LinkLife, Store};

use crate::call::Answer;
use crate::handed_out;
use crate::small_school::{FIRST, SECOND, SmallSchool};
use crate::stamps::issued;

pub(crate) const CLASSES: [(&str, usize); 2] = [("7А", 3), ("7Б", 2)];
const PARENTS: &str = "7А/родители";
pub(crate) const SHORT: &str = "\n[links]\nmode = \"short\"\nbase = \"https://go.school.example.org\"\n";

/// Has the papers carry addresses of the school's own site.
pub(crate) fn print_short(school: &SmallSchool) {
    let settings = fs::read_to_string(school.path().join("zavuch.toml")).expect("settings");
    school.write("zavuch.toml", format!("{settings}{SHORT}").as_bytes());
}

/// A school with empty rows in its register.
pub(crate) fn without_links() -> SmallSchool {
    let mut school = SmallSchool::of(&CLASSES);
    for link in school.register.values_mut() {
        link.clear();
    }
    school.save_register();
    school
}

#[track_caller]
pub(crate) fn links(school: &SmallSchool, keys: &[&str], status: i32) -> Answer {
    let answer = school.call(&[&["ссылки"], keys].concat());
    assert_eq!(answer.status, status, "{}", answer.shown());
    answer
}

/// What `links list --json` says: the chats by key and stage.
#[track_caller]
fn stage(school: &SmallSchool, chat: &str) -> String {
    let answer = links(school, &["список", "школа", "--json", "--date", SECOND], 0);
    let json: Value = serde_json::from_str(&answer.stdout).expect("one JSON value");
    let chats = json["chats"].as_array().expect("chats").clone();
    let row = chats.into_iter().find(|row| row["key"] == chat).expect("the chat");
    row["stage"].as_str().expect("a stage").to_owned()
}

/// The links of a chat in the store: life, oldest first.
fn lives(school: &SmallSchool, chat: &str) -> Vec<LinkLife> {
    let store = Store::read(&school.path()).expect("readable").expect("a store");
    let key = zavuch::school::ChatKey::of(&chat.split('/').collect::<Vec<_>>());
    store.links_of_chat(&key).expect("links").iter().map(|link| link.life).collect()
}

/// The register as it lies in the folder, without its title: lines of cells.
pub(crate) fn register(school: &SmallSchool) -> Vec<String> {
    let path = school.path().join("ссылки.xlsx");
    let source = zavuch::tables::Source { path, label: "ссылки.xlsx".to_owned() };
    let workbook = zavuch::tables::read(&source).expect("a register");
    let sheet = workbook.sheets.first().expect("a sheet");
    let line = |row: u32| sheet.row(row).map(|cell| cell.value.text().into_owned()).collect::<Vec<_>>().join("|");
    sheet.rows().skip(3).map(line).collect()
}

/// The links of the register by the keys of the chats, in whatever form it lies there.
pub(crate) fn register_or_own(school: &SmallSchool) -> Vec<(String, String)> {
    let path =
        ["ссылки.xlsx", "ссылки.csv"].map(|name| school.path().join(name)).into_iter().find(|path| path.is_file());
    let source = zavuch::tables::Source { path: path.expect("a register"), label: "ссылки".to_owned() };
    let workbook = zavuch::tables::read(&source).expect("a register");
    let sheet = workbook.sheets.first().expect("a sheet");
    let text =
        |row: u32, column: u32| sheet.value(row, column).map(|value| value.text().into_owned()).unwrap_or_default();
    let header = sheet.rows().find(|row| text(*row, 0) == "Ключ чата").expect("a header");
    let link = (0..9).find(|column| text(header, *column) == "Ссылка").expect("a column");
    sheet.rows().filter(|row| *row > header).map(|row| (text(row, 0), text(row, link))).collect()
}

#[test]
fn a_chat_from_the_plan_to_the_slips() {
    let mut school = without_links();
    assert_eq!(stage(&school, PARENTS), "planned");
    school.applied(FIRST);
    assert_eq!(stage(&school, PARENTS), "planned");
    // The first letter brings the table to be filled in.
    let letter = handed_out::letter(&school.output("Письма/7А.eml"));
    assert!(letter.names().contains(&"7А Ссылки.xlsx"), "{:?}", letter.names());
    assert!(letter.text.contains("впишите в приложенную таблицу"), "{}", letter.text);

    let link = school.new_link(PARENTS);
    fs::write(school.beside().join("чаты.csv"), "чат;как создан;ссылка\n7А ученики;Сферум;\n").expect("a file");
    fs::write(school.beside().join("письмо.txt"), format!("Добрый день!\nродители 7А {link}\n")).expect("a file");
    let answer = links(&school, &["принять", "школа", "письмо.txt", "чаты.csv", "--date", FIRST], 0);
    assert!(answer.stdout.contains("«7А — родители» — новая (письмо.txt, строка 2)"), "{}", answer.shown());
    assert!(answer.stdout.contains("новых — 1"), "{}", answer.shown());
    assert!(answer.stderr.contains("zavuch применить"), "{}", answer.shown());
    assert_eq!(stage(&school, PARENTS), "link_received");
    assert_eq!(stage(&school, "7А/ученики"), "created");
    assert_eq!(lives(&school, PARENTS), [LinkLife::Received]);
    assert!(register(&school).iter().any(|line| line.contains(&link)), "{:?}", register(&school));
    assert!(school.path().join("ссылки (прежняя).csv").is_file(), "the old register stands beside it");

    school.applied(FIRST);
    assert_eq!(lives(&school, PARENTS), [LinkLife::Active]);
    assert_eq!(stage(&school, PARENTS), "printed");
    let table = format!("Ключ чата;Ссылка;Талоны розданы;Вступили\n{PARENTS};;02.09.2026;2\n");
    fs::write(school.beside().join("розданы.csv"), table).expect("a file");
    links(&school, &["принять", "школа", "розданы.csv", "--date", "2026-09-02"], 0);
    assert_eq!(stage(&school, PARENTS), "handed_out");
    assert_eq!(school.call(&["план", "школа", "--date", SECOND, "--check"]).status, 0, "the papers stay");
    let told = school.call(&["почему", "7А — родители", "школа"]);
    assert!(told.stdout.contains("талоны розданы 02.09.2026"), "{}", told.shown());
    assert!(!told.stdout.contains("max.ru/join"), "{}", told.shown());
}

#[test]
fn a_link_has_leaked() {
    let mut school = SmallSchool::issued(&CLASSES);
    let old = school.register[PARENTS].clone();
    let before = school.stamps();
    let answer = links(&school, &["обновить", "7А родители", "школа", "--why", "ссылка утекла", "--date", SECOND], 0);
    assert!(answer.stdout.contains("обновить в MAX ссылку чата «7А — родители»"), "{}", answer.shown());
    assert!(answer.stdout.contains("уничтожить"), "{}", answer.shown());
    assert_eq!(lives(&school, PARENTS), [LinkLife::Reissued]);
    assert_eq!(stage(&school, PARENTS), "renewing");
    assert!(register(&school).iter().all(|line| !line.contains(&old)), "the link still stands in the register");
    let touched = issued(&before, &school.stamps());
    assert!(touched.iter().all(|name| !name.contains("7Б")), "{touched:?}");
    let sheet = school.output("7А/7А Изменения 08.09.2026 № 1.pdf");
    let void = handed_out::void(&sheet);
    assert!(void.len() == 4 && void.iter().all(|one| one.why == "ссылка утекла"), "{void:?}");
    let letter = handed_out::letter(&school.output("Письма/7А 08.09.2026 № 1.eml"));
    assert!(letter.names().contains(&"7А Ссылки.xlsx"), "{:?}", letter.names());
    for name in ["7А/7А Талоны.pdf", "7А/7А Листы-приглашения.pdf"] {
        assert!(handed_out::papers(&school.output(name)).iter().all(|paper| paper.link != old), "{name}");
    }
    assert!(letter.text.contains("Обновите ссылки чатов (1) сегодня же"), "{}", letter.text);
    assert!(!letter.text.contains("Поправьте чаты"), "{}", letter.text);
    let words: String =
        crate::pdf_text::texts(&sheet).iter().flat_map(|page| &page.runs).map(|run| run.text.as_str()).collect();
    assert!(words.contains("модератор"), "{words}");
    // Once more says that it is done.
    let again = links(&school, &["обновить", "7А родители", "школа", "--why", "ещё раз", "--date", SECOND], 1);
    assert!(again.stderr.contains("уже отозвана 08.09.2026"), "{}", again.shown());

    // The old one comes back by mail and in the register: it is refused, by name of the chat.
    fs::write(school.beside().join("п.txt"), format!("7А родители {old}\n")).expect("a file");
    let refused = links(&school, &["принять", "школа", "п.txt", "--date", SECOND], 1);
    assert!(refused.stdout.contains("«7А — родители» — не принята"), "{}", refused.shown());
    assert!(refused.stdout.contains("эта ссылка отозвана"), "{}", refused.shown());
    let new = school.new_link(PARENTS);
    fs::write(school.beside().join("п.txt"), format!("7А родители {new}\n")).expect("a file");
    links(&school, &["принять", "школа", "п.txt", "--date", SECOND], 0);
    school.applied(SECOND);
    assert_eq!(lives(&school, PARENTS), [LinkLife::Reissued, LinkLife::Active]);
    let slips = handed_out::papers(&school.output("7А/7А Изменения 08.09.2026 № 2.pdf"));
    assert!(
        slips.len() == 4 && slips.iter().all(|slip| slip.link == new && slip.edition == "2 от 08.09.2026"),
        "{slips:?}"
    );
}

#[test]
fn a_revoked_link_put_back_into_the_register_is_refused() {
    let school = SmallSchool::issued(&CLASSES);
    links(&school, &["отозвать", PARENTS, "школа", "--why", "чат закрыт", "--date", SECOND], 0);
    assert_eq!(stage(&school, PARENTS), "revoked");
    let plan = school.call(&["план", "школа", "--date", SECOND, "--check"]);
    assert!(plan.status == 0 && !plan.stdout.contains("ждут ссылку"), "nothing is awaited: {}", plan.shown());
    assert!(!school.path().join("выдача/7А/7А Ссылки.xlsx").exists(), "no link is asked for");
    fs::remove_file(school.path().join("ссылки.xlsx")).expect("the register");
    let aside = school.path().join("ссылки (прежняя).csv");
    if aside.exists() {
        fs::remove_file(aside).expect("the former one");
    }
    school.save_register();
    let check = school.call(&["проверить", "школа"]);
    assert!(check.stdout.contains("Ссылка в строке чата «7А — родители» отозвана"), "{}", check.shown());
    assert_eq!(school.call(&["план", "школа", "--date", SECOND, "--check"]).status, 0);
}

#[test]
fn a_link_of_the_school_beside() {
    let school = SmallSchool::issued(&CLASSES);
    let mut other = SmallSchool::of(&[("5А", 2)]);
    let theirs = format!("https://max.ru/join/OTHER{}", "sChOoL-4_".repeat(4) + "xy");
    other.register.insert("5А/родители".to_owned(), theirs.clone());
    other.save_register();
    other.applied(FIRST);
    let beside = school.beside().join("другая школа");
    fs::create_dir_all(&beside).expect("a folder");
    fs::copy(other.path().join("zavuch.db"), beside.join("zavuch.db")).expect("a store");
    fs::write(school.beside().join("п.txt"), format!("7А родители {theirs}\n")).expect("a file");
    let answer = links(&school, &["принять", "школа", "п.txt", "--date", SECOND], 1);
    assert!(answer.stdout.contains("уже стоит в таблице другой школы"), "{}", answer.shown());
    // A copy of the own store is no other school.
    let copy = school.beside().join("школа — копия");
    fs::create_dir_all(&copy).expect("a folder");
    fs::copy(school.path().join("zavuch.db"), copy.join("zavuch.db")).expect("a store");
    assert_eq!(school.call(&["план", "школа", "--date", SECOND, "--check"]).status, 0);
}

#[test]
fn links_that_not_everybody_has_used() {
    let school = SmallSchool::issued(&CLASSES);
    let october = "2026-10-15";
    let early = links(&school, &["отозвать", "школа", "--unclaimed", "--date", SECOND], 2);
    assert!(early.stderr.contains("срок вступления в чаты ещё не вышел"), "{}", early.shown());
    let told = school.register.iter().map(|(key, link)| {
        let joined = if key == PARENTS { "" } else { "все" };
        format!("{key};{link};{joined}\n")
    });
    let table: String = std::iter::once("Ключ чата;Ссылка;Вступили\n".to_owned()).chain(told).collect();
    school.write("ссылки.csv", table.as_bytes());
    school.applied(SECOND);
    let shown = links(&school, &["отозвать", "школа", "--unclaimed", "--dry-run", "--date", october], 0);
    assert!(shown.stdout.contains("«7А — родители»: ссылка на бумагах с 01.09.2026"), "{}", shown.shown());
    assert!(!shown.stdout.contains("7Б"), "{}", shown.shown());
    assert!(shown.stderr.contains("Аннулировать их: zavuch ссылки отозвать"), "{}", shown.shown());
    assert!(shown.shown().contains("(п. 2.1)"), "the clause of the act: {}", shown.shown());
    let arguments = ["отозвать", "школа", "--unclaimed", "--dry-run", "--why", "срок вышел", "--date", october];
    let told = links(&school, &arguments, 0);
    let call = "--unclaimed --why \"срок вышел\" --date 15.10.2026";
    assert!(told.stderr.contains(call), "the same call without --dry-run: {}", told.shown());
    links(&school, &["отозвать", "школа", "--unclaimed", "--date", october], 2);
    links(&school, &["отозвать", "школа", "--unclaimed", "--yes", "--date", october], 0);
    assert_eq!(lives(&school, PARENTS), [LinkLife::Expired]);
    assert_eq!(stage(&school, PARENTS), "revoked");
    let none = links(&school, &["отозвать", "школа", "--unclaimed", "--yes", "--date", october], 0);
    assert!(none.stdout.contains("Аннулировать нечего"), "{}", none.shown());
}

/// Nobody has counted: all links of families are old, and those of colleagues only where it is asked for.
#[test]
fn nobody_has_counted_who_joined() {
    let mut school = SmallSchool::issued(&CLASSES);
    // Whoever came last has as many days as everybody had.
    school.arrive("7Б");
    school.save_lists(crate::small_school::ListForm::Csv);
    school.applied("2026-10-10");
    let arguments = ["отозвать", "школа", "--unclaimed", "--dry-run", "--date", "2026-10-15"];
    let shown = links(&school, &arguments, 0);
    assert!(shown.stdout.contains("Столбец «Вступили» в таблице ссылок пуст"), "{}", shown.shown());
    assert!(shown.stdout.contains("«7А — родители»") && !shown.stdout.contains("«7Б — родители»"), "{}", shown.shown());
    assert!(!shown.stdout.contains("учителя"), "{}", shown.shown());
    let asked = links(&school, &[arguments.as_slice(), &["--staff"]].concat(), 0);
    assert!(asked.stdout.contains("учителя"), "{}", asked.shown());
}

/// An old table, whenever it comes, takes back nothing of what was told since.
#[test]
fn what_was_told_of_a_chat_does_not_flip_back() {
    let school = SmallSchool::issued(&CLASSES);
    let table = |origin: &str, day: &str| {
        format!("Ключ чата;Ссылка;Как создан;Талоны розданы\n{PARENTS};;создан {origin};{day}\n")
    };
    fs::write(school.beside().join("первая.csv"), table("вручную", "02.09.2026")).expect("a file");
    fs::write(school.beside().join("вторая.csv"), table("Сферумом", "05.09.2026")).expect("a file");
    let registers: BTreeSet<Vec<String>> = [["первая.csv", "вторая.csv"], ["вторая.csv", "первая.csv"]]
        .iter()
        .map(|order| {
            let twin = school.twin();
            for file in order {
                fs::copy(school.beside().join(file), twin.beside().join(file)).expect("a copy");
                links(&twin, &["принять", "школа", file, "--date", SECOND], 0);
            }
            register(&twin)
        })
        .collect();
    assert_eq!(registers.len(), 1, "{registers:?}");
    let row = registers.first().expect("one").iter().find(|row| row.starts_with(PARENTS)).expect("a row").clone();
    assert!(row.contains("создан Сферумом") && row.contains("05.09.2026"), "{row}");
}

#[test]
fn an_empty_folder_is_told() {
    let school = SmallSchool::of(&CLASSES);
    fs::create_dir_all(school.beside().join("пусто")).expect("a folder");
    let answer = links(&school, &["принять", "школа", "пусто"], 2);
    assert!(answer.stderr.contains("нет файлов, которые можно принять"), "{}", answer.shown());
}

#[test]
fn papers_with_addresses_of_the_site_outlive_a_link() {
    let mut school = SmallSchool::of(&CLASSES);
    print_short(&school);
    school.applied(FIRST);
    let slips = school.output("7А/7А Талоны.pdf");
    let codes = handed_out::codes(&slips);
    assert!(codes.iter().all(|code| code.starts_with("https://go.school.example.org/")), "{codes:?}");
    links(&school, &["опубликовать", "сайт", "школа", "--date", FIRST], 0);
    let site = school.beside().join("сайт");
    let page = |code: &str| {
        let token = code.rsplit('/').next().expect("a token");
        fs::read_to_string(site.join(token).join("index.html")).expect("a page")
    };
    let old = school.register[PARENTS].clone();
    let code = codes.iter().find(|code| page(code).contains(&old)).expect("the parents' page").clone();
    assert!(school.path().join("правила сервера/nginx.conf").is_file());

    let before = school.stamps();
    let answer = links(&school, &["обновить", PARENTS, "школа", "--why", "ссылка утекла", "--date", SECOND], 0);
    assert!(answer.stdout.contains("Бумаги остаются"), "{}", answer.shown());
    assert!(!answer.stdout.contains("уничтожить"), "{}", answer.shown());
    let page_now = page(&code);
    assert!(!page_now.contains(&old) && page_now.contains("обновля"), "{page_now}");
    assert_eq!(school.output("7А/7А Талоны.pdf"), slips);
    assert!(handed_out::void(&school.output("7А/7А Изменения 08.09.2026 № 1.pdf")).is_empty());
    assert!(issued(&before, &school.stamps()).iter().all(|name| !name.contains("Талоны")));

    let new = school.new_link(PARENTS);
    fs::write(school.beside().join("п.txt"), format!("7А родители {new}\n")).expect("a file");
    links(&school, &["принять", "школа", "п.txt", "--date", SECOND], 0);
    assert!(page(&code).contains(&new));
    school.applied(SECOND);
    assert_eq!(school.output("7А/7А Талоны.pdf"), slips, "the slips are as they were");

    // A link that is replaced by hand changes no paper either, and the plan says so.
    let newer = school.new_link(PARENTS);
    let table = format!("Ключ чата;Ссылка\n{PARENTS};{newer}\n");
    fs::remove_file(school.path().join("ссылки.xlsx")).expect("the register");
    let _ = fs::remove_file(school.path().join("ссылки (прежняя).csv"));
    school.write("ссылки.csv", table.as_bytes());
    let plan = school.plan(SECOND);
    assert!(plan.stdout.contains("бумаги остаются"), "{}", plan.shown());
    school.applied(SECOND);
    assert!(page(&code).contains(&newer) && !page(&code).contains(&new));
    assert_eq!(school.output("7А/7А Талоны.pdf"), slips);

    // Somebody's own site is not written over, and the school's folder is not published.
    fs::create_dir_all(school.beside().join("чужой")).expect("a folder");
    fs::write(school.beside().join("чужой/index.html"), "сайт школы").expect("a page");
    links(&school, &["опубликовать", "чужой", "школа"], 2);
    links(&school, &["опубликовать", "школа", "школа"], 2);
    links(&school, &["опубликовать", "школа/выдача/сайт", "школа"], 2);
    assert_eq!(fs::read_to_string(school.beside().join("чужой/index.html")).expect("a page"), "сайт школы");
}

#[test]
fn a_site_is_for_short_links_only() {
    let school = SmallSchool::issued(&[("7А", 2)]);
    let answer = links(&school, &["опубликовать", "сайт", "школа"], 2);
    assert!(answer.stderr.contains("mode = \"short\""), "{}", answer.shown());
    let settings = fs::read_to_string(school.path().join("zavuch.toml")).expect("settings");
    for (base, words) in [
        ("", "base"),
        ("base = \"http://go.example.org\"", "https://"),
        ("base = \"https://go.example.org/?a=1\"", "«?»"),
        ("base = \"https://max.ru\"", "мессенджер"),
    ] {
        school.write("zavuch.toml", format!("{settings}\n[links]\nmode = \"short\"\n{base}\n").as_bytes());
        let check = school.call(&["проверить", "школа"]);
        assert!(check.status == 1 && check.stdout.contains(words), "{base}: {}", check.shown());
    }
}

/// A table of one chat, as a moderator sends it back.
fn returned(row: &[&str]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let header = ["Ключ чата", "Класс", "Чат", "Название", "Модератор", "Как создан", "Ссылка"];
    for (column, text) in header.iter().enumerate() {
        sheet.write_string(0, column as u16, *text).expect("a cell");
    }
    for (column, text) in row.iter().enumerate() {
        sheet.write_string(1, column as u16, *text).expect("a cell");
    }
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn forty_tables_in_any_order_give_the_same_register() {
    let classes: Vec<(String, usize)> = ["5", "6", "7", "8", "9"]
        .iter()
        .flat_map(|grade| ["А", "Б", "В"].map(|letter| (format!("{grade}{letter}"), 1)))
        .collect();
    let classes: Vec<(&str, usize)> = classes.iter().map(|(name, size)| (name.as_str(), *size)).collect();
    let mut school = SmallSchool::of(&classes);
    let filled = school.register.clone();
    school.register.values_mut().for_each(String::clear);
    school.save_register();
    school.applied(FIRST);
    let inbox = school.beside().join("присланное");
    fs::create_dir_all(&inbox).expect("a folder");
    let mut names = Vec::new();
    for (number, (key, link)) in filled.iter().take(40).enumerate() {
        let name = format!("ответ {number:02}.{}", if number % 4 == 3 { "txt" } else { "xlsx" });
        let bytes = if number % 4 == 3 {
            let title = school.plan_json(FIRST)["classes"]
                .as_array()
                .expect("classes")
                .iter()
                .flat_map(|class| class["chats"].as_array().expect("chats").clone())
                .find(|chat| chat["key"] == key.as_str())
                .map_or_else(|| key.clone(), |chat| chat["title"].as_str().expect("a title").to_owned());
            format!("Высылаю ссылку.\n{title}\n{link}\n").into_bytes()
        } else {
            returned(&[key, "", "", "", "", "создан вручную", link])
        };
        fs::write(inbox.join(&name), bytes).expect("a file");
        names.push(format!("присланное/{name}"));
    }
    assert_eq!(names.len(), 40);
    let mut registers = BTreeSet::new();
    let mut states = BTreeSet::new();
    for turn in 0..3_usize {
        let twin = school.twin();
        copy_inbox(&school, &twin);
        // An order of its own, in pieces of different sizes, some of them twice.
        let mut order = names.clone();
        order.sort_by_key(|name| (name.bytes().map(usize::from).sum::<usize>() * (turn * 7 + 3) + turn * 31) % 41);
        for piece in order.chunks(7 + turn * 5) {
            let files: Vec<&str> = piece.iter().map(String::as_str).collect();
            links(&twin, &[&["принять", "школа"], files.as_slice(), &["--date", FIRST]].concat(), 0);
            links(&twin, &[&["принять", "школа"], &files[..1], &["--date", FIRST]].concat(), 0);
        }
        let before = twin.stamps();
        let all = links(&twin, &["принять", "школа", "присланное", "--date", SECOND], 0);
        assert!(all.stdout.contains("тех же — 40"), "{}", all.shown());
        assert!(twin.stamps() == before, "the same files once more changed something");
        let mut lines = String::new();
        for line in register(&twin) {
            let _ = writeln!(lines, "{line}");
        }
        registers.insert(lines);
        let received = Store::read(&twin.path()).expect("readable").expect("a store").links().expect("links");
        let mut recorded: Vec<String> = received
            .iter()
            .map(|one| format!("{:?} {} {:?}", one.chat, one.link.url.as_str(), one.link.life))
            .collect();
        recorded.sort();
        states.insert(recorded);
    }
    assert_eq!((registers.len(), states.len()), (1, 1));
    let register = registers.first().expect("one");
    assert!(filled.values().take(40).all(|link| register.contains(link.as_str())));
}

fn copy_inbox(from: &SmallSchool, to: &SmallSchool) {
    let inbox = to.beside().join("присланное");
    fs::create_dir_all(&inbox).expect("a folder");
    for entry in fs::read_dir(from.beside().join("присланное")).expect("a folder") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, inbox.join(path.file_name().expect("a name"))).expect("a copy");
    }
}

#[test]
fn a_stop_between_the_old_register_and_the_new_one() {
    let school = SmallSchool::issued(&CLASSES);
    let before = lives(&school, PARENTS);
    fs::rename(school.path().join("ссылки.csv"), school.path().join("ссылки (прежняя).csv")).expect("put aside");
    school.applied(SECOND);
    assert_eq!(lives(&school, PARENTS), before);
    let table = register(&school);
    assert!(school.register.values().all(|link| table.iter().any(|line| line.contains(link.as_str()))), "{table:?}");
    // Lost without a trace, it is asked for as ever.
    for name in ["ссылки.xlsx", "ссылки (прежняя).csv"] {
        fs::remove_file(school.path().join(name)).expect("a register");
    }
    assert_eq!(school.apply(SECOND).status, 1);
}

/// The first letter holds the revoked code and leaves «выдача/»: whoever had not sent it yet must be told.
#[test]
fn a_revocation_names_the_letter_that_it_takes_away() {
    let school = SmallSchool::issued(&[("5А", 3), ("7А", 3)]);
    let call = ["ссылки", "отозвать", "5А родители", "школа", "--why", "не нужен", "--date", SECOND];
    let answer = school.call(&call);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let said = &answer.stdout;
    assert!(!school.path().join("выдача/Письма/5А.eml").exists());
    assert!(said.contains("Убрано устаревшее") && said.contains("Письма/5А.eml"), "{said}");
    assert!(
        said.contains("zavuch бумаги") && said.contains("--class \"5А\"") && !said.contains("--class \"7А\""),
        "{said}"
    );
}
