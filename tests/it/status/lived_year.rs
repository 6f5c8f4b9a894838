//! A school year as a school lives it: signatures and their corrections, joins, links, letters, old chats and lists change in any
//! order.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;
use zavuch::tables::{self, Source};

use super::check;
use crate::call::{Answer, call};
use crate::generate;

/// A school of three classes in a folder of its own.
pub(super) struct Year {
    pub(super) folder: TempDir,
    roster: Vec<String>,
    /// How far each old chat has come.
    old_chats: [usize; 4],
    day: i64,
    seed: u64,
}

impl Year {
    pub(super) fn new(seed: u64) -> Self {
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

    pub(super) fn date(&self) -> String {
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

    pub(super) fn apply(&self) {
        // A link that is missing is no reason to stop.
        self.call(&["apply", "школа", "--allow-removals", "1"], &[0, 2, 5]);
        let answer = call(self.folder.path(), &["apply", "школа", "--date", &self.date()]);
        assert_eq!(answer.status, 0, "{}", answer.shown());
    }

    fn write_roster(&self) {
        fs::write(self.path("списки/обучающиеся.csv"), self.roster.join("\n")).unwrap();
    }

    /// Something that happens in a school.
    pub(super) fn step(&mut self) {
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
    pub(super) fn sign(&mut self) {
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
    pub(super) fn correct(&mut self) {
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
