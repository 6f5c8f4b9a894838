//! Where the move stands, through a school year: signatures and their corrections, joins, links, letters, old chats and lists
//! change in any order, a new year begins, and the figures stay those of one state, whoever shows them.

mod lived_year;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use zavuch::tables::{self, Source};

use self::lived_year::Year;
use crate::call::{School, call};

const SHARES: [&str; 6] = ["chats", "links", "printed", "handed_out", "signed", "joined"];

fn done_of(share: &Value) -> [u64; 2] {
    [&share["done"], &share["of"]].map(|number| number.as_u64().unwrap())
}

/// Each share is a share, the classes add up, and everybody counts the same.
#[track_caller]
fn check(folder: &Path, date: &str) -> Value {
    let json = |arguments: &[&str]| -> Value {
        let on: &[&str] = if arguments.starts_with(&["ack", "list"]) { &[] } else { &["--date", date] };
        let answer = call(folder, &[arguments, &["--json"], on].concat());
        serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{arguments:?}\n{}", answer.shown()))
    };
    let status = json(&["status", "школа"]);
    let rows: Vec<&Value> = status["classes"].as_array().unwrap().iter().chain([&status["staff"]]).collect();
    for id in SHARES {
        let of = |row: &Value| done_of(&row["shares"][id]);
        let sum = rows.iter().fold([0, 0], |sum, row| {
            let [done, all] = of(row);
            assert!(done <= all, "{id} of {}", row["name"]);
            [sum[0] + done, sum[1] + all]
        });
        assert_eq!(sum, done_of(&status["totals"][id]), "{id}");
    }
    let signing =
        |value: &Value| value.as_object().unwrap().values().map(|number| number.as_u64().unwrap()).sum::<u64>();
    for row in &rows {
        assert_eq!(signing(&row["signing"]), done_of(&row["shares"]["signed"])[1]);
        for chat in row["chats"].as_array().unwrap() {
            if let Some(joined) = chat["joined"].as_object() {
                assert!(joined["done"].as_u64() <= joined["of"].as_u64(), "{chat}");
            }
        }
    }
    // The register of signatures and the list of chats count the same.
    let list = json(&["ack", "list", "школа"]);
    for (state, number) in list["states"].as_object().unwrap() {
        assert_eq!(&status["signing"][state], number, "{state}");
    }
    let links = json(&["links", "list", "школа"]);
    let mut stages = BTreeMap::new();
    for row in &rows {
        for chat in row["chats"].as_array().unwrap() {
            *stages.entry(chat["stage"].as_str().unwrap().to_owned()).or_insert(0_u64) += 1;
        }
    }
    assert_eq!(serde_json::to_value(stages).unwrap(), links["stages"]);
    // What is left of each share is somebody's work, once.
    let left = |kinds: &[&str]| {
        let work = status["work"].as_array().unwrap().iter();
        let of_kinds = work.filter(|work| kinds.contains(&work["kind"].as_str().unwrap()));
        of_kinds.map(|work| work["number"].as_u64().unwrap()).sum::<u64>()
    };
    let open = |id: &str| {
        status["totals"][id].as_object().map(|_| done_of(&status["totals"][id])).map_or(0, |[done, of]| of - done)
    };
    assert_eq!(left(&["letters_waiting", "letters_held", "letters_unknown"]), open("letters"), "letters");
    assert_eq!(left(&["announce", "move"]), open("moved"), "old chats");
    let waiting = ["open", "not_returned", "again"].map(|state| status["signing"][state].as_u64().unwrap());
    assert_eq!(left(&["sign", "sign_again"]), waiting.iter().sum::<u64>(), "signatures");
    // The last point of the timeline is the state of now.
    if let Some(last) = status["timeline"]["points"].as_array().unwrap().last() {
        for id in ["links", "printed", "handed_out", "signed", "joined"] {
            assert_eq!(last[id].as_u64(), Some(done_of(&status["totals"][id])[0]), "{id}");
        }
    }
    status
}

fn year(seed: u64, steps: usize) {
    let mut year = Year::new(seed);
    year.apply();
    let now = |year: &Year| check(year.folder.path(), &year.date());
    assert!(done_of(&now(&year)["totals"]["letters"])[1] > 0 && done_of(&now(&year)["totals"]["moved"])[1] == 4);
    year.sign();
    for _ in 0..steps {
        year.step();
        now(&year);
    }
    year.correct();
    let status = now(&year);
    check_files(year.folder.path(), &year.date(), &status);
}

#[test]
fn the_figures_agree_through_a_year() {
    for seed in [1, 7] {
        year(seed, 9);
    }
}

#[test]
fn the_figures_agree_when_a_new_year_begins() {
    let school = crate::new_year::next_year();
    let folder = school.path().parent().unwrap().to_path_buf();
    let on = "2027-06-10";
    let list = school.call(&["ack", "list", "школа", "--json"]);
    let people: Value = serde_json::from_str(&list.stdout).unwrap();
    let mut table = "Класс;Кто;ФИО;Чей родитель;Отметка;Дата\n".to_owned();
    let mut members = String::new();
    for (person, number) in people["people"].as_array().unwrap().iter().zip(0..) {
        let text = |key: &str| person[key].as_str().unwrap_or_default();
        let who = match text("who") {
            "parents" => "родитель",
            "students" => "обучающийся",
            _ => "сотрудник",
        };
        let mark = ["ознакомлен(а)", "другой канал", "отказ", "не вернул(а)"][number % 4];
        let _ = writeln!(table, "{};{who};{};{};{mark};2027-05-20", text("class"), text("name"), text("pupil"));
        if text("who") == "students" {
            let _ = writeln!(members, "Чат: {} ученики\n{}", text("class"), text("name"));
        }
    }
    fs::write(folder.join("отметки.csv"), table).unwrap();
    fs::write(folder.join("участники.txt"), members).unwrap();
    let answer = school.call(&["ack", "import", "школа", "отметки.csv", "--date", on]);
    assert!(answer.stdout.contains("Новых отметок"), "{}", answer.shown());
    let answer = school.call(&["joined", "import", "школа", "участники.txt", "--date", on]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    // The lists of the next year lie there already: the register of links follows them, the state what is recorded.
    let before = school.call(&["status", "школа", "--json", "--date", on]).stdout;
    let before: Value = serde_json::from_str(&before).unwrap();
    assert!(done_of(&before["totals"]["signed"])[0] > 10 && done_of(&before["totals"]["joined"])[0] > 10);
    school.applied(crate::new_year::NEXT);
    let after = check(&folder, crate::new_year::NEXT);
    // Whoever stayed has signed and is in the chat that goes up with the class; whoever came has not.
    let [signed, asked] = done_of(&after["totals"]["signed"]);
    assert!(0 < signed && signed < done_of(&before["totals"]["signed"])[0] && signed < asked, "{after}");
    assert!(done_of(&after["totals"]["joined"])[0] > 0, "{after}");
}

/// The workbook and the page have the figures of the JSON.
#[track_caller]
fn check_files(folder: &Path, date: &str, status: &Value) {
    let answer =
        call(folder, &["status", "школа", "--date", date, "--xlsx", "состояние.xlsx", "--html", "состояние.html"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let workbook = tables::read(&Source {
        path: folder.join("состояние.xlsx"), label: "состояние.xlsx".to_owned()
    })
    .unwrap();
    let sheet = &workbook.sheets[1];
    let html = fs::read_to_string(folder.join("состояние.html")).unwrap();
    let total = sheet.rows().find(|row| sheet.value(*row, 0).is_some_and(|cell| cell.text() == "Всего")).unwrap();
    for (id, column) in SHARES.into_iter().zip((2..).step_by(3)) {
        let [done, of] = done_of(&status["totals"][id]);
        let cell = |column| sheet.value(total, column).unwrap().text().into_owned();
        assert_eq!([cell(column), cell(column + 1)], [done.to_string(), of.to_string()], "{id}");
        assert!(html.contains(&format!("<span class=\"numbers\">{done} из {of}</span>")), "{id}");
    }
    let summary = &workbook.sheets[0];
    let cell = |row, column| summary.value(row, column).map(|cell| cell.text().into_owned()).unwrap_or_default();
    for (id, row) in SHARES.into_iter().chain(["moved", "letters"]).zip(5..) {
        let [done, of] = done_of(&status["totals"][id]);
        assert_eq!([cell(row, 1), cell(row, 2)], [done.to_string(), of.to_string()], "{id}");
    }
    let work = workbook.sheets.last().unwrap();
    assert_eq!(work.rows().count(), status["work"].as_array().unwrap().len() + 1);
    assert_eq!(html.matches("<tr role=\"row\" data-class=").count(), status["classes"].as_array().unwrap().len() + 1);
    assert_eq!(html.matches("<li data-class=").count(), status["work"].as_array().unwrap().len());
}

#[test]
fn hostile_names_stay_texts() {
    let school = School::sample("school-62");
    let hostile = "=1+1 \"<img src=x onerror=alert(1)>\" & Ко";
    school.call(&["apply", "школа", "--date", "2026-09-01"]);
    let staff = school.call(&["ack", "list", "школа", "--class", "Школа", "--json"]).stdout;
    let teacher = serde_json::from_str::<Value>(&staff).unwrap()["people"][0]["name"].as_str().unwrap().to_owned();
    let settings = fs::read_to_string(school.path().join("zavuch.toml")).unwrap();
    let short = settings.lines().find(|line| line.trim_start().starts_with("short_name")).unwrap();
    let settings = settings.replace(short, &format!("short_name = '''{hostile}'''"));
    school.write("zavuch.toml", settings.as_bytes());
    let load = format!(
        "Класс;Предмет;Учитель;Группа\n5Б;<script>alert(1)</script>;{teacher};\n\
         5Б;=1+1 \u{202e}яицаргиммЭ \"'><b>;{teacher};\n"
    );
    fs::remove_file(school.path().join("нагрузка.xlsx")).unwrap();
    school.write("нагрузка.csv", load.as_bytes());
    let answer = school.call(&["apply", "школа", "--date", "2026-09-01"]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let answer = school.call(&[
        "status",
        "школа",
        "--date",
        "2026-09-02",
        "--with-names",
        "--html",
        "с.html",
        "--xlsx",
        "с.xlsx",
    ]);
    assert_eq!(answer.status, 0, "{}", answer.shown());
    let folder = school.path().parent().unwrap().to_path_buf();
    let html = fs::read_to_string(folder.join("с.html")).unwrap();
    assert!(!html.contains("<img") && !html.contains("<script>alert"), "markup of a name");
    assert_eq!(html.matches("<script>").count(), 1);
    assert!(html.contains("&lt;img src=x onerror=alert(1)&gt;"));
    assert!(html.contains("&lt;script&gt;alert(1)"), "the chat of the subject");
    let workbook = tables::read(&Source { path: folder.join("с.xlsx"), label: "с.xlsx".to_owned() }).unwrap();
    assert!(workbook.sheets[0].value(1, 0).unwrap().text().starts_with("=1+1"));
    // Judged by a browser: tests/check_status.py.
    let left = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/status");
    fs::create_dir_all(&left).unwrap();
    fs::copy(folder.join("с.html"), left.join("hostile.html")).unwrap();
}

#[test]
fn pages_name_nobody_unless_they_are_asked_to() {
    let school = School::sample("school-31");
    school.call(&["apply", "школа", "--date", "2026-09-01"]);
    let people: Value =
        serde_json::from_str(&school.call(&["ack", "list", "школа", "--class", "7А", "--json"]).stdout).unwrap();
    let name = people["people"][0]["name"].as_str().unwrap().to_owned();
    let folder = school.path().parent().unwrap().to_path_buf();
    let page = |more: &[&str]| {
        let files = ["status", "школа", "--date", "2026-09-12", "--html", "с.html"];
        assert_eq!(school.call(&[&files, more].concat()).status, 0);
        fs::read_to_string(folder.join("с.html")).unwrap()
    };
    let json =
        |more: &[&str]| school.call(&[&["status", "школа", "--date", "2026-09-12", "--json"], more].concat()).stdout;
    let without = page(&[]);
    assert!(!without.contains(&name) && !without.contains("Кузнецова"));
    assert!(!json(&[]).contains(&name) && !json(&[]).contains("Кузнецова"));
    let with = page(&["--with-names"]);
    assert!(with.contains(&name) && with.contains("Кузнецова"));
    assert!(json(&["--with-names"]).contains(&name));
    // What is shown is no link, ever.
    for text in [&without, &with, &json(&[])] {
        assert!(!text.contains("max.ru"), "a link");
    }
    let left = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tmp/status");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("plain.html"), without).unwrap();
    fs::write(left.join("named.html"), with).unwrap();
}

#[test]
fn nothing_is_written_over_and_nothing_is_recorded() {
    let school = School::sample("school-31");
    let answer = school.call(&["status", "школа"]);
    assert_eq!(answer.status, 1, "{}", answer.shown());
    assert!(answer.stderr.contains("пока ничего не записано"), "{}", answer.shown());
    school.call(&["apply", "школа", "--date", "2026-09-01"]);
    let before = school.files(".");
    assert_eq!(school.call(&["status", "школа"]).status, 0);
    assert_eq!(school.call(&["состояние", "школа", "--json"]).status, 0);
    assert_eq!(school.call(&["status", "школа", "--html", "школа/штат.xlsx"]).status, 2);
    assert_eq!(school.call(&["status", "школа", "--xlsx", "школа/штат.xlsx"]).status, 2);
    assert_eq!(school.call(&["status", "школа", "--xlsx", "школа/списки/с.xlsx"]).status, 2);
    assert_eq!(before, school.files("."));
    // Once more in its own place, and several schools at once.
    for _ in 0..2 {
        assert_eq!(school.call(&["status", "школа", "--xlsx", "с.xlsx", "--html", "с.html"]).status, 0);
    }
    let answer = school.call(&["status", "школа", "с.html", "школа/списки", "школа", "--json"]);
    let schools: Value = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!((schools.as_array().unwrap().len(), answer.status), (2, 0), "{schools}");
    // A folder that is not there is no reason to be silent about it.
    let answer = school.call(&["состояние", "школа", "нет такой"]);
    assert_eq!(answer.status, 4, "{}", answer.shown());
    assert!(answer.stdout.contains("нет такой: такой папки нет."), "{}", answer.shown());
    assert!(answer.stdout.contains("Всего"), "{}", answer.shown());
}
