//! A new school year: classes go up and change letters, one leaves, one comes, and no code leads to other children.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use calamine::{Data, Reader, Xlsx, open_workbook};

use crate::handed_out;
use crate::pdf_text;
use crate::small_school::{ListForm, SmallSchool};

pub(crate) const CLASSES: [(&str, usize); 6] = [("5А", 6), ("6А", 6), ("7А", 7), ("7Б", 7), ("8А", 6), ("9А", 6)];
/// The class of last year and what it is called now; 7А and 7Б have changed letters.
const UP: [(&str, &str); 5] = [("5А", "6А"), ("6А", "7А"), ("7А", "8Б"), ("7Б", "8А"), ("8А", "9А")];
pub(crate) const NEXT: &str = "2027-09-01";

/// The lists and the staff of the next year, nothing applied yet.
pub(crate) fn next_year() -> SmallSchool {
    let mut school = SmallSchool::issued(&CLASSES);
    for class in ["7А", "9А"] {
        school.arrive(class);
    }
    school.save_lists(ListForm::Csv);
    school.applied("2026-10-01");
    go_up(&mut school);
    school
}

/// Makes the lists and the staff those of the next year.
pub(crate) fn go_up(school: &mut SmallSchool) {
    let up: BTreeMap<&str, &str> = UP.into();
    school.pupils.retain(|pupil| pupil.class != "9А");
    for pupil in &mut school.pupils {
        pupil.class = up[pupil.class.as_str()].to_owned();
    }
    for _ in 0..6 {
        school.arrive("1А");
    }
    for one in &mut school.staff {
        one.class = match one.class.as_str() {
            "9А" => "1А".to_owned(),
            other => up.get(other).copied().unwrap_or_default().to_owned(),
        };
    }
    school.save_lists(ListForm::Csv);
    school.save_staff();
}

/// The links of the register that the program wrote, by the keys of the chats.
pub(crate) fn register(school: &SmallSchool) -> BTreeMap<String, String> {
    let mut book: Xlsx<_> = open_workbook(school.path().join("ссылки.xlsx")).expect("the register");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("readable");
    let text = |cell: &Data| if let Data::String(text) = cell { text.clone() } else { String::new() };
    let rows: Vec<Vec<String>> = sheet.rows().map(|row| row.iter().map(text).collect()).collect();
    let header = rows.iter().position(|row| row.iter().any(|cell| cell == "Ключ чата")).expect("a header");
    let column = |name: &str| rows[header].iter().position(|cell| cell == name).expect("a column");
    let (key, link) = (column("Ключ чата"), column("Ссылка"));
    let rows = rows[header + 1..].iter().filter(|row| !row[key].is_empty());
    rows.map(|row| (row[key].clone(), row[link].clone())).collect()
}

/// Which class the chat of a link is of now: chats stay with their children.
fn class_now(school: &SmallSchool, link: &str) -> String {
    let key = school.owner(link);
    let class = key.split('/').next().expect("a class");
    let now = UP.iter().find(|(then, _)| *then == class).map_or(class, |(_, now)| now);
    now.to_owned()
}

/// Every code of the papers that are to be handed out this year leads to a chat of the class that gets it.
#[track_caller]
fn check_codes(school: &SmallSchool, made_this_year: impl Fn(&str) -> Option<String>) {
    let mut looked_at = BTreeSet::new();
    for (name, (bytes, _)) in school.stamps() {
        let Some(name) = name.strip_prefix("выдача/") else { continue };
        let is_pdf = name.rsplit_once('.').is_some_and(|(_, end)| end == "pdf");
        let (class, pdfs) = match name.strip_prefix("Письма/") {
            Some(letter) => {
                let files = handed_out::letter(&bytes).pdfs();
                (letter.split([' ', '.']).next().expect("a class"), files)
            }
            None if is_pdf => (name.split('/').next().expect("a folder"), vec![bytes]),
            None => continue,
        };
        for pdf in pdfs {
            let printed: BTreeSet<String> = handed_out::papers(&pdf).into_iter().map(|paper| paper.link).collect();
            for link in &printed {
                let of = made_this_year(link).unwrap_or_else(|| class_now(school, link));
                let of = if of == "школа" { "Школа" } else { &of };
                assert_eq!(of, class, "{name} leads to {}", school.owner(link));
                looked_at.insert(class.to_owned());
            }
            // The letters hold the files that lie in the folders: what is on them is read from the pixels once.
            if !printed.is_empty() && is_pdf {
                assert_eq!(handed_out::codes(&pdf), printed, "the codes of {name} are the links in clear");
            }
        }
    }
    assert!(looked_at.contains("8А") && looked_at.contains("8Б"), "{looked_at:?}");
}

#[test]
fn classes_go_up() {
    let mut school = next_year();
    let old = school.register.clone();
    let plan = school.plan_json(NEXT);
    assert_eq!(plan["people"]["verdict"], "rollover");
    let up: BTreeSet<String> = school.planned(NEXT, &["class_up", "class_new", "class_gone"]).into_iter().collect();
    for (then, now) in UP {
        assert!(up.contains(&format!("{now}: класс перешёл из {then}")), "{up:?}");
    }
    assert!(up.iter().any(|change| change.starts_with("1А: новый класс")), "{up:?}");
    school.applied(NEXT);

    // The register is rewritten, and the old one is kept.
    let kept = fs::read_to_string(school.path().join("ссылки 2026-27.csv")).expect("the old register");
    assert!(old.values().all(|link| kept.contains(link)));
    assert!(!school.path().join("ссылки.csv").exists());
    let new = register(&school);
    for (then, now) in UP {
        for chat in ["родители", "ученики"] {
            assert_eq!(new[&format!("{now}/{chat}")], old[&format!("{then}/{chat}")], "{then} → {now}");
        }
    }
    assert_eq!(new["1А/родители"], "");
    assert!(!new.values().any(|link| *link == old["9А/родители"]), "the class has left");
    check_codes(&school, |_| None);

    check_work_on_chats(&school);

    // Once more: nothing.
    let before = school.stamps();
    assert_eq!(school.call(&["план", "школа", "--date", NEXT, "--check"]).status, 0);
    school.applied(NEXT);
    assert!(school.stamps() == before, "the second run of the year touched something");

    // The first form gets its links; nothing else of the school moves.
    let mut mine = BTreeMap::new();
    let mut filled = new.clone();
    for (key, link) in filled.iter_mut().filter(|(key, _)| key.starts_with("1А/")) {
        *link = school.new_link(key);
        mine.insert(link.clone(), "1А".to_owned());
    }
    school.register = filled;
    fs::remove_file(school.path().join("ссылки.xlsx")).expect("the register");
    school.save_register();
    school.applied("2027-09-03");
    check_codes(&school, |link| mine.get(link).cloned());
    let papers = handed_out::papers(&school.output("1А/1А Талоны.pdf"));
    assert_eq!(papers.len(), 12, "two slips for each of six");
    let touched = school.stamps();
    let of_others = |name: &&String| name.starts_with("выдача/") && !name.contains("1А") && !name.ends_with(".опись");
    for name in before.keys().filter(of_others) {
        assert!(before[name] == touched[name], "{name} was touched");
    }
}

/// The class that has left is told which chats to close, the others which to retitle.
#[track_caller]
fn check_work_on_chats(school: &SmallSchool) {
    let gone = pdf_text::texts(&school.output("9 бывший А/9 бывший А Изменения 01.09.2027 № 1.pdf"));
    for text in ["Закройте чаты", "«9А — родители»", "«9А — обучающиеся»", "класса больше нет"]
    {
        assert!(gone.iter().any(|page| page.holds(text)), "«{text}» on the sheet of the class that is gone");
    }
    let letter = handed_out::letter(&school.output("Письма/9 бывший А 01.09.2027 № 1.eml")).text;
    assert!(letter.contains("больше нет в списках школы") && !letter.contains("В вашем"), "{letter}");
    assert!(letter.contains("закрывается чатов: 3") && letter.contains("Поправьте чаты (3"), "{letter}");
    let letter = handed_out::letter(&school.output("Письма/8А 01.09.2027 № 1.eml")).text;
    assert!(letter.contains("чатов с новым названием: 3") && letter.contains("Поправьте чаты (3"), "{letter}");
    // The rules are the same: who has signed them in the former class has signed them.
    assert!(!letter.contains("соберите подписи"), "{letter}");
    let sheet = pdf_text::texts(&school.output("8А/8А Изменения 01.09.2027 № 1.pdf"));
    assert!(!sheet.iter().any(|page| page.holds("Соберите подписи")));
}

/// The table of groups still says 5А: its children are 6А now, and a new 5А must not take their chat unasked.
#[test]
fn a_group_of_last_year() {
    let mut school = SmallSchool::of(&CLASSES);
    let toml = school.path().join("zavuch.toml");
    // An act that knows courses (62.3).
    let settings = fs::read_to_string(&toml).expect("the settings").replace("school-31", "school-62");
    fs::write(toml, settings).expect("the settings");
    let leader = school.staff.last().expect("a colleague").name.clone();
    let table =
        |classes: &str| format!("Вид;Название;Руководитель;Классы;Участники\nкурс;Робототехника;{leader};{classes};\n");
    school.write("группы.csv", table("5А").as_bytes());
    school.applied("2026-10-01");
    go_up(&mut school);
    for _ in 0..5 {
        school.arrive("5А");
    }
    school.save_lists(ListForm::Csv);
    let before = school.stamps();
    for command in ["план", "применить"] {
        let answer = school.call(&[command, "школа", "--date", NEXT]);
        let said = answer.stderr.replace('\u{a0}', " ");
        assert_eq!(answer.status, 5, "{said}");
        let group = "У группы «Робототехника» в таблице класс 5А (группы.csv, ячейка D2), а прежний 5А теперь 6А: \
                     из чата группы уйдут 6 учеников";
        assert!(said.contains(group) && said.contains("--allow-removals 6"), "{said}");
        assert!(school.stamps() == before, "{command} changed something");
    }

    // Founded anew, or going on with its children: a person says which.
    let answer = school.call(&["план", "школа", "--date", NEXT, "--allow-removals", "6", "--json"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert_eq!(answer.stdout.matches("удалить из чата «Робототехника").count(), 6, "{}", answer.shown());
    school.write("группы.csv", table("6А").as_bytes());
    let removals = school.planned(NEXT, &["removal", "admission"]);
    assert!(!removals.iter().any(|task| task.contains("Робототехника")), "{removals:?}");
    school.applied(NEXT);
}

/// The settings still name the dates of last September: they are told of, and nobody is asked to be done by them.
#[test]
fn deadlines_of_last_year() {
    let school = next_year();
    let said = school.call(&["применить", "школа", "--date", NEXT, "--json"]).stdout;
    assert!(said.contains("Сроки прошлого учебного года (01.09.2026, 10.09.2026, 20.09.2026)"), "{said}");
    let letter = handed_out::letter(&school.output("Письма/1А.eml")).text;
    assert!(letter.contains("Здравствуйте") && !letter.contains("2026"), "{letter}");
    for class in ["1А", "8А"] {
        let memo = pdf_text::texts(&school.output(&format!("{class}/{class} Памятка модератора.pdf")));
        for dead in ["1 сентября 2026", "10 сентября 2026", "20 сентября 2026"] {
            assert!(!memo.iter().any(|page| page.holds(dead)), "{class}: {dead}");
        }
    }
    let toml = school.path().join("zavuch.toml");
    let settings = fs::read_to_string(&toml).expect("the settings").replace(".09.2026", ".09.2027");
    fs::write(toml, settings).expect("the settings of this year");
    let said = school.call(&["применить", "школа", "--date", NEXT, "--json"]).stdout;
    assert!(!said.contains("прошлого учебного года"), "{said}");
}

/// The row of 8А in a register of last year names children who are 9А now: it gives nobody a link.
#[test]
fn last_years_register_that_was_put_back() {
    let school = next_year();
    school.applied(NEXT);
    fs::remove_file(school.path().join("ссылки.xlsx")).expect("the register");
    fs::rename(school.path().join("ссылки 2026-27.csv"), school.path().join("ссылки.csv")).expect("put back");
    school.applied("2027-09-02");
    check_codes(&school, |_| None);
    assert_eq!(school.call(&["план", "школа", "--date", "2027-09-02", "--check"]).status, 0);
}

/// A plan is carried out in August: the year that is forgotten on 1 September ended with that run, not a week later.
#[test]
fn the_old_year_is_forgotten_when_the_new_one_began_in_august() {
    let school = next_year();
    school.applied("2027-08-25");
    let (issued, links) = (school.stamps(), school.state().links);
    let old = fs::read(school.path().join("ссылки 2026-27.csv")).expect("the old register");
    let forget = |on: &str| school.call(&["забыть", "школа", "--year", "2026/27", "--date", on, "--yes"]);
    let answer = forget("2027-09-01");
    assert_eq!(answer.status, 0, "{}", answer.shown());
    assert!(answer.stdout.contains("прежн"), "the links of 9А went: {}", answer.stdout);
    let is_output = |name: &&String| name.starts_with("выдача/");
    let after = school.stamps();
    for name in issued.keys().filter(is_output) {
        assert!(after.get(name) == issued.get(name), "{name} was touched");
    }
    assert_eq!(forget("2027-09-01").stdout, "Забывать некого и нечего.\n");

    // The first letters of the new year are not written again.
    school.applied("2027-09-01");
    assert!(school.stamps().keys().filter(is_output).eq(issued.keys().filter(is_output)));

    // The links of those who left are still known as those of others, though nobody can read them any more.
    let store = fs::read(school.path().join("zavuch.db")).expect("the store");
    let gone = school.register["9А/родители"].clone();
    assert!(!store.windows(gone.len()).any(|window| window == gone.as_bytes()));
    fs::remove_file(school.path().join("ссылки.xlsx")).expect("the register");
    fs::write(school.path().join("ссылки.csv"), old).expect("put back");
    assert_eq!(school.planned("2027-09-02", &["link_replaced", "link_received"]), [""; 0]);
    school.applied("2027-09-02");
    assert!(school.state().links == links);
    check_codes(&school, |_| None);
}

/// Who was in 7А last year and leaves 8Б in September is in no file of those who are 7А now.
#[test]
fn one_who_left_was_in_another_class_last_year() {
    let mut school = next_year();
    school.applied(NEXT);
    let name = school.names("8Б").remove(0);
    let issued = school.stamps();
    school.leave(&name);
    school.save_lists(ListForm::Csv);
    school.applied("2027-09-08");
    let answer = school.call(&["забыть", "школа", "--who", &name, "--date", "2027-09-09", "--yes", "--json"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let answer: serde_json::Value = serde_json::from_str(&answer.stdout).expect("one JSON value");
    let files: Vec<&str> = answer["files"].as_array().expect("files").iter().filter_map(|file| file.as_str()).collect();
    assert!(files.contains(&"Письма/8Б 01.09.2027 № 1.eml") || files.contains(&"Письма/8Б.eml"), "{files:?}");
    assert!(files.iter().all(|file| file.contains("8Б") || file.starts_with("Школа/")), "{files:?}");
    let after = school.stamps();
    for name in issued.keys().filter(|name| name.contains("7А")) {
        assert!(after.contains_key(name), "{name} is gone");
    }
}

/// In July, with the lists of the year that ends, a table is asked for; it comes back when 7А are other children.
#[test]
fn a_table_of_july_comes_back_in_september() {
    let mut school = SmallSchool::issued(&CLASSES);
    school.applied("2027-07-05");
    let july = ["обновить", "7А/родители", "школа", "--why", "утекла", "--date", "2027-07-05"];
    crate::links::links(&school, &july, 0);
    fs::copy(school.path().join("выдача/7А/7А Ссылки.xlsx"), school.beside().join("7А Ссылки.xlsx")).expect("a copy");
    let asked = texts_of(&school.beside().join("7А Ссылки.xlsx"));
    assert!(asked.contains("2026/27 учебный год"), "{asked}");
    go_up(&mut school);
    school.applied("2027-08-28");
    // The teacher has filled it in.
    let link = school.new_link("8Б/родители");
    let table = format!(";\"Какие ссылки нужны, 2026/27 учебный год\"\nКлюч чата;Ссылка\n7А/родители;{link}\n");
    fs::write(school.beside().join("июль.csv"), table).expect("a table");
    let answer = crate::links::links(&school, &["принять", "школа", "июль.csv", "--date", "2027-09-02"], 1);
    assert!(answer.stdout.contains("таблица 2026/27 учебного года"), "{}", answer.shown());
    let known = zavuch::store::Store::read(&school.path()).expect("readable").expect("a store").links().expect("links");
    assert!(known.iter().all(|one| one.link.url.as_str() != link), "the link of 8Б was taken for the new 7А");
    // What is asked for now is of the new year.
    let asked = texts_of(&school.path().join("выдача/1А/1А Ссылки.xlsx"));
    assert!(asked.contains("2027/28 учебный год"), "{asked}");
}

/// All texts of a table.
fn texts_of(path: &std::path::Path) -> String {
    let source = zavuch::tables::Source { path: path.to_owned(), label: "таблица".to_owned() };
    let workbook = zavuch::tables::read(&source).expect("a table");
    let sheet = workbook.sheets.first().expect("a sheet");
    sheet.rows().flat_map(|row| sheet.row(row).map(|cell| cell.value.text().into_owned())).collect::<Vec<_>>().join(" ")
}
