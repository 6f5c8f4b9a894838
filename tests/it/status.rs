//! Where the move stands, through a school year: signatures and their corrections, joins, links, letters, old chats and lists
//! change in any order, a new year begins, and the figures stay those of one state, whoever shows them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;
use zavuch::tables::{self, Source};

use crate::call::{Answer, School, call};
use crate::generate;

/// A school of three classes in a folder of its own.
struct Year {
    folder: TempDir,
    roster: Vec<String>,
    /// How far each old chat has come.
    old_chats: [usize; 4],
    day: i64,
    seed: u64,
}

const SHARES: [&str; 6] = ["chats", "links", "printed", "handed_out", "signed", "joined"];

impl Year {
    fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let school = folder.path().join("школа");
        fs::create_dir(&school).unwrap();
        generate::workspace(&school, 3, 45).unwrap();
        let roster = fs::read_to_string(school.join("списки/обучающиеся.csv")).unwrap();
        let roster = roster.lines().map(str::to_owned).collect();
        // Letters wait for a server that is never asked.
        let settings = fs::read_to_string(school.join("zavuch.toml")).unwrap();
        let before = settings.split("[mail]").next().unwrap();
        let server = "[mail]\nfrom = \"max@example.org\"\nprovider = \"custom\"\nhost = \"127.0.0.1\"\nport = 2525\nsecurity = \"plain\"\n";
        fs::write(school.join("zavuch.toml"), format!("{before}{server}")).unwrap();
        let year = Self { folder, roster, old_chats: [0; 4], day: 0, seed };
        year.write_old_chats();
        year
    }

    fn write_old_chats(&self) {
        const STATES: [&str; 4] = ["не начат", "объявлено", "переехали", "закрыт"];
        let mut table = "Мессенджер;Название;Класс или группа;Для кого;До какого числа;Состояние\n".to_owned();
        for (whose, state) in ["1А", "2А", "3А", "Учительская"].iter().zip(self.old_chats) {
            let (until, state) = (if state % 2 == 0 { "10.09.2026" } else { "" }, STATES[state]);
            let _ = writeln!(table, "Viber;Прежний {whose};{whose};родители;{until};{state}");
        }
        fs::write(self.path("старые_чаты.csv"), table).unwrap();
    }

    fn next(&mut self, below: usize) -> usize {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) as usize % below
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("школа").join(name)
    }

    fn date(&self) -> String {
        let first = jiff::civil::date(2026, 9, 1);
        first.checked_add(jiff::Span::new().days(self.day)).unwrap().to_string()
    }

    #[track_caller]
    fn call(&self, arguments: &[&str], expected: &[i32]) -> Answer {
        let date = self.date();
        let answer = call(self.folder.path(), &[arguments, &["--date", &date]].concat());
        assert!(expected.contains(&answer.status), "{arguments:?}\n{}", answer.shown());
        answer
    }

    #[track_caller]
    fn json(&self, arguments: &[&str]) -> Value {
        let date = self.date();
        let on: &[&str] = if arguments.starts_with(&["ack", "list"]) { &[] } else { &["--date", &date] };
        let answer = call(self.folder.path(), &[arguments, &["--json"], on].concat());
        serde_json::from_str(&answer.stdout).unwrap_or_else(|_| panic!("{arguments:?}\n{}", answer.shown()))
    }

    fn apply(&self) {
        // A link that is missing is no reason to stop.
        self.call(&["apply", "школа", "--allow-removals", "1"], &[0, 2, 5]);
        let answer = call(self.folder.path(), &["apply", "школа", "--date", &self.date()]);
        assert_eq!(answer.status, 0, "{}", answer.shown());
    }

    fn write_roster(&self) {
        fs::write(self.path("списки/обучающиеся.csv"), self.roster.join("\n")).unwrap();
    }

    /// Something that happens in a school.
    fn step(&mut self) {
        self.day += 1;
        match self.next(11) {
            0 => {
                let at = 1 + self.next(self.roster.len() - 1);
                self.roster.remove(at);
                self.write_roster();
                self.apply();
            }
            1 => {
                let number = self.next(1000);
                let born = 10 + self.next(18);
                self.roster.push(format!(
                    "1А;Новичков{} Лев Олегович;{born}.05.2018;Новичкова{} Яна Львовна;;;",
                    letters(number),
                    letters(number)
                ));
                self.write_roster();
                self.apply();
            }
            2 => {
                let at = 1 + self.next(self.roster.len() - 1);
                let (_, rest) = self.roster[at].split_once(';').unwrap();
                let rest = rest.to_owned();
                let class = ["1А", "2А", "3А"][self.next(3)];
                self.roster[at] = format!("{class};{rest}");
                self.write_roster();
                self.apply();
            }
            3 | 4 => self.sign(),
            5 => self.join(),
            6 | 7 => self.correct(),
            8 => {
                let at = self.next(4);
                self.old_chats[at] = (self.old_chats[at] + 1).min(3);
                self.write_old_chats();
                self.apply();
            }
            _ => self.hand_out(),
        }
    }

    /// Some people of the register mark something, in a table of their own.
    fn sign(&mut self) {
        let people = self.json(&["ack", "list", "школа"]);
        let mut table = "Класс;Кто;ФИО;Чей родитель;Отметка;Дата\n".to_owned();
        for person in people["people"].as_array().unwrap() {
            if self.next(4) > 0 {
                continue;
            }
            let text = |key: &str| person[key].as_str().unwrap_or_default().to_owned();
            let who = match person["who"].as_str().unwrap() {
                "parents" => "родитель",
                "students" => "обучающийся",
                _ => "сотрудник",
            };
            let mark = ["ознакомлен(а)", "ознакомлен(а)", "другой канал", "отказ", "не вернул(а)"][self.next(5)];
            let on = self.date();
            let _ = writeln!(table, "{};{who};{};{};{mark};{on}", text("class"), text("name"), text("pupil"));
        }
        fs::write(self.folder.path().join("отметки.csv"), table).unwrap();
        self.call(&["ack", "import", "школа", "отметки.csv"], &[0, 1]);
        let again = self.json(&["ack", "import", "школа", "отметки.csv"]);
        assert_eq!((again["new"].as_u64(), again["changed"].as_u64()), (Some(0), Some(0)), "{again}");
    }

    /// Somebody finds marks that are wrong, in the table as it is now: one is changed, one cleared.
    fn correct(&mut self) {
        let path = self.path("ознакомление.xlsx");
        let workbook = tables::read(&Source { path, label: String::new() }).unwrap();
        let mut lines = Vec::new();
        let mut marked = Vec::new();
        for sheet in &workbook.sheets {
            for row in sheet.rows().filter(|row| *row > 1) {
                let cell = |column| sheet.value(row, column).map(|cell| cell.text().into_owned()).unwrap_or_default();
                let cells: Vec<String> = (0..10).map(cell).collect();
                if cells[0].starts_with('z') && !cells[5].is_empty() {
                    marked.push(lines.len());
                }
                lines.push(cells);
            }
        }
        let older = lines.clone();
        let (Some(first), Some(last)) = (marked.first().copied(), marked.last().copied()) else { return };
        let [changed, cleared] = if self.next(2) == 0 { [first, last] } else { [last, first] };
        let other = if lines[changed][5] == "отказ" { "другой канал" } else { "отказ" };
        lines[changed][5] = other.to_owned();
        if cleared != changed {
            lines[cleared][5].clear();
            lines[cleared][6].clear();
        }
        let import = |year: &Self, lines: &[Vec<String>]| {
            let table: Vec<String> = lines.iter().map(|cells| cells.join(";")).collect();
            fs::write(year.folder.path().join("исправлено.csv"), table.join("\n")).unwrap();
            year.json(&["ack", "import", "школа", "исправлено.csv"])
        };
        let before = check(self.folder.path(), &self.date())["signing"].clone();
        let answer = import(self, &lines);
        let number = |answer: &Value, key: &str| answer[key].as_u64().unwrap();
        assert_eq!(number(&answer, "withdrawn"), u64::from(cleared != changed), "{answer}");
        assert_eq!(number(&answer, "corrected"), 1, "{answer}");
        let after = check(self.folder.path(), &self.date())["signing"].clone();
        let marks = |signing: &Value| {
            ["signed", "other_channel", "refused", "not_returned"]
                .map(|state| signing[state].as_u64().unwrap())
                .iter()
                .sum::<u64>()
        };
        assert_eq!(marks(&before) - marks(&after), u64::from(cleared != changed));
        // The same table once more, and the one of before, change nothing.
        for lines in [&lines, &older] {
            let again = import(self, lines);
            let news = ["new", "changed", "corrected", "withdrawn"].map(|key| number(&again, key));
            assert_eq!(news, [0; 4], "{again}");
        }
    }

    /// Some of a class are found in a chat, with a stranger; sometimes the list is only a part.
    fn join(&mut self) {
        let class = ["1А", "2А", "3А"][self.next(3)];
        let people = self.json(&["ack", "list", "школа", "--class", class]);
        let mut list = format!("Чат: {class} родители\nЧужой Посторонний\n");
        for person in people["people"].as_array().unwrap() {
            if person["who"] == "parents" && self.next(3) > 0 {
                list += person["name"].as_str().unwrap_or_default();
                list.push('\n');
            }
        }
        fs::write(self.folder.path().join("участники.txt"), list).unwrap();
        let extent = if self.next(2) == 0 { "--whole" } else { "--partial" };
        let answer = self.json(&["joined", "import", "школа", "участники.txt", extent]);
        let chat = &answer["chats"][0];
        let number = |key: &str| chat[key].as_u64().unwrap();
        assert_eq!(number("present") + number("missing"), number("members"), "{answer}");
        assert_eq!(number("strangers"), 1, "{answer}");
    }

    /// Somebody writes into the register that slips were handed out.
    fn hand_out(&mut self) {
        let class = ["1А", "2А", "3А"][self.next(3)];
        let table = format!("Класс;Чат;Ссылка;Талоны розданы\n{class};родители;;{}\n", self.date());
        fs::write(self.folder.path().join("розданы.csv"), table).unwrap();
        self.call(&["links", "import", "школа", "розданы.csv"], &[0]);
    }
}

/// A number as letters: a name has no digits.
fn letters(number: usize) -> String {
    number.to_string().bytes().map(|digit| char::from_u32(u32::from('а') + u32::from(digit - b'0')).unwrap()).collect()
}

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
